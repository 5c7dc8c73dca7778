//! Any sequence of drawing and editing leaves valid geometry or a refusal with a reason, keeps the
//! ground it cuts, and undoes completely.

// Clippy lets a #[test] unwrap and panic, but not the functions it calls.
#![allow(clippy::unwrap_used, clippy::panic)]

use geo::{Area, Coord, InteriorPoint, LineString, Polygon};
use jiugai::catalogue::Catalogue;
use jiugai::edit::{Ambient, Command, Plan, plan};
use jiugai::geometry::plane::Plane;
use jiugai::geometry::validity::{is_sound, problems};
use jiugai::geometry::{
    ShapeProblem, clip, join, parts, repair, reshape, shared, simplify, square, transform,
};
use jiugai::model::{
    Boundary, Change, Estate, EstateId, LonLat, Origin, ShapeGesture, Standing, Survey,
};
use jiugai::words::Language;
use jiugai::words::edit::{edit_text, refusal_text};
use jiugai::words::geometry::shape_problem_text;
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::Arc;

/// Metres on a grid of five, so that borders often coincide, or five metres off it by a little.
type Place = (i8, i8, u8);

/// A gesture on records chosen among those there are when its turn comes.
#[derive(Clone, Debug)]
enum Step {
    Draw(Vec<Place>),
    DrawBeside(Place, u8, u8),
    /// A ring as it was clicked, mended before it is saved.
    DrawRepaired(Vec<Place>),
    MoveCorner(Index, Index, Place),
    MoveSharedCorner(Index, Index, Place),
    InsertShared(Index, Index, Place),
    Split(Index, Vec<Place>),
    Join(Index, Vec<Index>),
    JoinTouching(Index),
    Unmerge(Index),
    Move(Index, Place),
    Rotate(Index, u8),
    Square(Index),
    Simplify(Index, u8),
    ReshapeAlong(Index, Vec<Place>),
    AddHole(Index, u8),
    AddPart(Index, Vec<Place>),
    RemoveRing(Index, Place),
    Clip(Index),
    Repair(Index),
    TakeRow(Index, Index),
    Undo,
}

fn at((east, north, off): Place) -> LonLat {
    let plane = Plane::at(LonLat::new(115.9, 28.68));
    // Mostly on the grid, sometimes millimetres beside it, sometimes anywhere.
    let off = match off {
        0..=199 => 0.0,
        200..=229 => f64::from(off) * 1e-5,
        230.. => f64::from(off - 230) / 13.0,
    };
    plane.to_degrees(Coord {
        x: f64::from(east) * 5.0 + off,
        y: f64::from(north) * 5.0 + off / 2.0,
    })
}

fn ring(places: &[Place]) -> Vec<LonLat> {
    places.iter().copied().map(at).collect()
}

struct Bench {
    survey: Survey,
    catalogue: Catalogue,
    /// What each edit changed, and the survey before it.
    done: Vec<(Vec<Change>, Survey)>,
    made: u128,
}

/// What a step comes to: a command, or the reason why a tool has none.
type Attempt = Result<Option<Command>, ShapeProblem>;

impl Bench {
    fn new() -> Self {
        let row = |number: u128| {
            let mut estate = Estate::new(EstateId(uuid::Uuid::from_u128(number)));
            estate.name = format!("小区 {number}");
            estate.households = Some(100);
            estate.origin = Some(Origin {
                list: jiugai::model::ListId(uuid::Uuid::nil()),
                row: number as u32,
                source: String::new(),
                source_id: String::new(),
            });
            estate
        };
        Self {
            survey: Survey::from_parts((1..4).map(row), [], [], Default::default()),
            catalogue: Catalogue::shipped(),
            done: Vec::new(),
            made: 1000,
        }
    }

    fn record(&self, index: &Index) -> Arc<Estate> {
        let all: Vec<_> = self.survey.estates().cloned().collect();
        index.get(&all).clone()
    }

    /// A record with a boundary, where there is one.
    fn shape(&self, index: &Index) -> Option<(EstateId, Arc<Boundary>)> {
        let drawn: Vec<_> = self
            .survey
            .counted()
            .filter_map(|estate| Some((estate.id, estate.boundary.clone()?)))
            .collect();
        (!drawn.is_empty()).then(|| index.get(&drawn).clone())
    }

    fn shapes(&self) -> Vec<(EstateId, Arc<Boundary>)> {
        let counted = self.survey.counted();
        counted
            .filter_map(|e| Some((e.id, e.boundary.clone()?)))
            .collect()
    }

    fn corner(&self, shape: &Boundary, index: &Index) -> (LonLat, LonLat) {
        let sides: Vec<_> = shape.0[0].exterior().lines().collect();
        let side = index.get(&sides);
        (side.start.into(), side.end.into())
    }

    fn attempt(&self, step: &Step) -> Attempt {
        let one = |index: &Index,
                   gesture: ShapeGesture,
                   change: &dyn Fn(&Boundary) -> Result<Boundary, ShapeProblem>|
         -> Attempt {
            let Some((id, shape)) = self.shape(index) else {
                return Ok(None);
            };
            let boundaries = vec![(id, Arc::new(change(&shape)?))];
            Ok(Some(Command::ReshapeMany {
                boundaries,
                gesture,
            }))
        };
        let several = |boundaries: Vec<(EstateId, Boundary)>| {
            let boundaries = boundaries.into_iter().map(|(id, b)| (id, Arc::new(b)));
            let gesture = ShapeGesture::SharedBorder;
            Ok(Some(Command::ReshapeMany {
                boundaries: boundaries.collect(),
                gesture,
            }))
        };
        let draw = |boundary: Boundary| {
            let boundary = Arc::new(boundary);
            Ok(Some(Command::Draw { boundary }))
        };
        let shapes = self.shapes();
        let all: Vec<_> = shapes.iter().map(|(id, b)| (*id, b.as_ref())).collect();
        use ShapeGesture as G;
        match step {
            Step::Draw(places) => draw(parts::ring_boundary(&ring(places))?),
            Step::DrawBeside(place, width, height) => {
                let (x, y, off) = *place;
                let far = |from: i8, by: &u8| from.saturating_add((by % 12 + 1) as i8);
                let (a, b) = (at(*place), at((far(x, width), y, off)));
                draw(transform::rectangle(a, b, at((x, far(y, height), off)))?)
            }
            Step::DrawRepaired(places) => {
                let clicked = ring(places).into_iter().map(Coord::from).collect();
                let clicked = Polygon::new(LineString(clicked), vec![]);
                draw(repair::repaired(&clicked.into())?.boundary)
            }
            Step::MoveCorner(index, corner, to) => one(index, G::Reshape, &|shape| {
                let from = self.corner(shape, corner).0;
                let id = EstateId(uuid::Uuid::nil());
                let moved = shared::move_shared(&[(id, shape)], from, at(*to));
                let moved = moved.into_iter().next();
                Ok(moved.map_or_else(|| shape.clone(), |(_, moved)| moved))
            }),
            Step::MoveSharedCorner(index, corner, to) => match self.shape(index) {
                None => Ok(None),
                Some((_, shape)) => {
                    let from = self.corner(&shape, corner).0;
                    several(shared::move_shared(&all, from, at(*to)))
                }
            },
            Step::InsertShared(index, corner, to) => match self.shape(index) {
                None => Ok(None),
                Some((_, shape)) => {
                    let side = self.corner(&shape, corner);
                    several(shared::insert_shared(&all, side, at(*to)))
                }
            },
            Step::Split(index, line) => Ok(self.shape(index).map(|(estate, _)| Command::Split {
                estate,
                line: ring(line),
            })),
            Step::Join(index, others) => Ok(self.shape(index).map(|(keep, _)| Command::Join {
                keep,
                absorb: others.iter().map(|i| self.record(i).id).collect(),
            })),
            Step::JoinTouching(index) => Ok(self.shape(index).map(|(keep, shape)| {
                let touches = |other: &Boundary| join::join(&[&shape, other], 1.0).is_ok();
                let others = all
                    .iter()
                    .filter(|(id, other)| *id != keep && touches(other));
                Command::Join {
                    keep,
                    absorb: others.map(|(id, _)| *id).collect(),
                }
            })),
            Step::Unmerge(index) => {
                let merged = self.survey.estates().filter(|e| !e.standing.is_counted());
                let merged: Vec<_> = merged.map(|estate| estate.id).collect();
                let estate = (!merged.is_empty()).then(|| *index.get(&merged));
                Ok(estate.map(|estate| Command::Unmerge { estate }))
            }
            Step::Move(index, to) => one(index, G::Move, &|shape| {
                Ok(transform::moved(shape, at((0, 0, 0)), at(*to)))
            }),
            Step::Rotate(index, angle) => one(index, G::Rotate, &|shape| {
                Ok(transform::rotated(shape, f64::from(*angle) / 20.0))
            }),
            Step::Square(index) => one(index, G::Square, &square::squared),
            Step::Simplify(index, tolerance) => one(index, G::Simplify, &|shape| {
                simplify::simplified(shape, f64::from(*tolerance) / 10.0)
            }),
            Step::ReshapeAlong(index, line) => {
                one(index, G::Reshape, &|s| reshape::reshaped(s, &ring(line)))
            }
            Step::AddHole(index, size) => one(index, G::AddHole, &|shape| {
                let inside = shape.interior_point().ok_or(ShapeProblem::ZeroArea)?;
                let south_west = LonLat::from(inside.0);
                let by = f64::from(*size) / 10.0;
                let north_east = transform::offset(south_west, by, by);
                let south_east = LonLat::new(north_east.lon, south_west.lat);
                parts::with_hole(shape, &[south_west, south_east, north_east])
            }),
            Step::AddPart(index, places) => {
                one(index, G::AddPart, &|s| parts::with_part(s, &ring(places)))
            }
            Step::RemoveRing(index, pointer) => one(index, G::RemovePart, &|shape| {
                let nearest = parts::nearest_ring(shape, at(*pointer));
                parts::without_ring(shape, nearest.ok_or(ShapeProblem::NoSuchRing)?)
            }),
            Step::Clip(index) => {
                let itself = self.shape(index).map(|(id, _)| id);
                let others = all.iter().filter(|(id, _)| Some(*id) != itself);
                let others: Vec<_> = others.map(|(_, shape)| *shape).collect();
                one(index, G::AvoidOverlap, &|shape| {
                    let clipped = clip::without(shape, &others)?;
                    assert!(clip::overlaps(&clipped.boundary, &others).is_empty());
                    Ok(clipped.boundary)
                })
            }
            Step::Repair(index) => one(index, G::Repair, &|s| Ok(repair::repaired(s)?.boundary)),
            Step::TakeRow(drawn, row) => Ok(Some(Command::TakeRow {
                drawn: self.record(drawn).id,
                row: self.record(row).id,
            })),
            Step::Undo => Ok(None),
        }
    }

    fn run(&mut self, step: &Step) {
        if let Step::Undo = step {
            return self.undo();
        }
        let command = match self.attempt(step) {
            Ok(Some(command)) => command,
            Ok(None) => return,
            Err(problem) => return assert_is_said(&shape_problem_text(Language::Chinese, problem)),
        };
        let items = &self.catalogue.items;
        self.made += 100;
        let ambient = Ambient {
            now: jiff::Timestamp::UNIX_EPOCH,
            author: "测绘员".to_owned(),
            new_estate: EstateId(uuid::Uuid::from_u128(self.made)),
            divisions: None,
        };
        match plan(&self.survey, command.clone(), &ambient) {
            Ok(planned) => {
                assert_is_said(&edit_text(Language::English, &planned.label, items));
                self.commit(&command, planned);
            }
            Err(refusal) => {
                assert_is_said(&refusal_text(Language::English, &refusal, items));
            }
        }
    }

    fn commit(&mut self, command: &Command, planned: Plan) {
        let before = self.survey.clone();
        self.survey.check_before_images(&planned.changes).unwrap();
        self.survey.apply(&planned.changes);
        for change in &planned.changes {
            let Change::Estate {
                after: Some(estate),
                ..
            } = change
            else {
                continue;
            };
            if let Some(shape) = &estate.boundary {
                assert!(is_sound(shape), "{command:?}: {:?}", problems(shape));
            }
        }
        if let Command::Split { estate, .. } = command {
            // In the plane: a new corner on a side as long as a street moves the geodesic through it
            // by a tenth of a millimetre, which is more than the cut may lose.
            let ground = |survey: &Survey| -> f64 {
                let counted = survey.counted().filter_map(|e| e.boundary.as_deref());
                counted.map(|shape| shape.unsigned_area()).sum()
            };
            let (whole, sum) = (ground(&before), ground(&self.survey));
            let lost = (sum / whole - 1.0).abs();
            assert!(lost < 1e-6, "{estate} lost {lost:e} of its ground");
        }
        self.done.push((planned.changes, before));
    }

    fn undo(&mut self) {
        if let Some((changes, before)) = self.done.pop() {
            for change in changes.into_iter().rev() {
                self.survey.apply(&[change.inverse()]);
            }
            assert!(self.survey == before);
        }
    }
}

fn assert_is_said(sentence: &str) {
    assert!(sentence.contains(' ') || !sentence.is_ascii(), "{sentence}");
    assert!(!sentence.contains("%{"), "{sentence}");
}

fn steps() -> impl Strategy<Value = Step> {
    let index = || any::<Index>();
    let place = || (-20i8..20, -20i8..20, any::<u8>());
    let places = |least| proptest::collection::vec(place(), least..8);
    let indices = || proptest::collection::vec(any::<Index>(), 1..4);
    prop_oneof![
        2 => places(3).prop_map(Step::Draw),
        6 => (place(), any::<u8>(), any::<u8>()).prop_map(|(p, w, h)| Step::DrawBeside(p, w, h)),
        3 => places(3).prop_map(Step::DrawRepaired),
        2 => (index(), index(), place()).prop_map(|(i, c, p)| Step::MoveCorner(i, c, p)),
        2 => (index(), index(), place()).prop_map(|(i, c, p)| Step::MoveSharedCorner(i, c, p)),
        2 => (index(), index(), place()).prop_map(|(i, c, p)| Step::InsertShared(i, c, p)),
        5 => (index(), places(2)).prop_map(|(i, p)| Step::Split(i, p)),
        1 => (index(), indices()).prop_map(|(i, o)| Step::Join(i, o)),
        5 => index().prop_map(Step::JoinTouching),
        3 => index().prop_map(Step::Unmerge),
        2 => (index(), place()).prop_map(|(i, p)| Step::Move(i, p)),
        2 => (index(), any::<u8>()).prop_map(|(i, a)| Step::Rotate(i, a)),
        2 => index().prop_map(Step::Square),
        2 => (index(), any::<u8>()).prop_map(|(i, t)| Step::Simplify(i, t)),
        4 => (index(), places(2)).prop_map(|(i, p)| Step::ReshapeAlong(i, p)),
        3 => (index(), 1u8..).prop_map(|(i, size)| Step::AddHole(i, size)),
        3 => (index(), places(3)).prop_map(|(i, p)| Step::AddPart(i, p)),
        1 => (index(), place()).prop_map(|(i, p)| Step::RemoveRing(i, p)),
        4 => index().prop_map(Step::Clip),
        1 => index().prop_map(Step::Repair),
        2 => (index(), index()).prop_map(|(d, r)| Step::TakeRow(d, r)),
        2 => Just(Step::Undo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_drawing_leaves_valid_geometry_or_a_reason_and_undoes_completely(
        steps in proptest::collection::vec(steps(), 1..40),
    ) {
        let mut bench = Bench::new();
        let start = bench.survey.clone();
        for step in &steps {
            bench.run(step);
        }
        // Every merged record still leads to one that is there.
        for estate in bench.survey.estates() {
            if let Standing::Merged { into, .. } = &estate.standing {
                prop_assert!(bench.survey.estate(*into).is_some());
            }
        }
        while !bench.done.is_empty() {
            bench.undo();
        }
        prop_assert!(bench.survey == start);
    }
}
