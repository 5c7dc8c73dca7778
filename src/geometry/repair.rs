//! Making an unsound boundary sound, and saying what that took.
//!
//! What a ring runs around is meant to be ground, whichever way it turns; what a hole runs around
//! is meant to be none; what two polygons both cover counts once. A ring that crosses itself falls
//! apart at the crossing: the loops much smaller than its largest are slips of the hand and go.

use super::ShapeProblem;
use super::overlay::{Grid, combine, doubled_area, fill, flat};
use super::plane::Plane;
use super::sliver::is_sliver_polygon;
use super::validity::is_sound;
use crate::geodesy::measure::area_m2;
use crate::model::Boundary;
use geo::orient::Direction;
use geo::{Coord, LineString, Orient, Polygon};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_shape::int::shape::{IntContour, IntShapes};

pub use super::clip::overlaps;
pub use super::sliver::is_sliver;

/// A loop smaller than this share of the largest of its ring is a slip of the hand.
pub const SMALLEST_LOOP: f64 = 0.05;
/// A corner sharper than this (radians, half a degree) is the end of a spike.
pub const SPIKE_ANGLE: f64 = 0.0087;
/// Each round of cutting and smoothing leaves fewer corners to go wrong.
const ROUNDS: usize = 4;

/// A sound boundary, and what had to be done to get it; no fix where nothing was wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    pub boundary: Boundary,
    pub fixes: Vec<Fix>,
}

/// One kind of fix. Sentences: locale files, `fix.<kind>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fix {
    /// Positions standing twice in a row.
    RepeatedCorners { removed: usize },
    /// A ring running out and straight back, enclosing nothing.
    Spikes { removed: usize },
    /// Rings crossing themselves or each other, cut apart at the crossings.
    Crossings,
    /// Pieces too thin or too small to be meant.
    Slivers { removed: usize, area_m2: f64 },
    /// Rings turned the wrong way round.
    Winding,
}

/// `boundary` made sound; corners that need not move keep their bits.
///
/// # Errors
/// [`ShapeProblem::ZeroArea`] where nothing is left, [`ShapeProblem::TooFewCorners`] where there was
/// nothing, [`ShapeProblem::BadPosition`].
pub fn repaired(boundary: &Boundary) -> Result<Repair, ShapeProblem> {
    // Nothing is reckoned with a position that is none.
    Grid::over(&[boundary], &[])?;
    let mut tally = Tally::default();
    let mut mended = without_slips(boundary, &mut tally);
    // Cutting at a crossing can leave a spike, and rounding there another crossing, in a corner.
    for _ in 0..ROUNDS {
        if is_sound(&mended) {
            break;
        }
        mended = without_slips(&uncrossed(&mended, &mut tally)?, &mut tally);
    }
    let turned = mended.orient(Direction::Default);
    let is_turned = turned != mended;
    match is_sound(&turned) {
        true => Ok(Repair {
            boundary: turned,
            fixes: tally.fixes(is_turned),
        }),
        false => Err(ShapeProblem::ResultUnsound),
    }
}

/// What was done so far.
#[derive(Default)]
struct Tally {
    repeated: usize,
    spikes: usize,
    crossings: usize,
    slivers: usize,
    slivers_m2: f64,
}

impl Tally {
    fn fixes(&self, is_turned: bool) -> Vec<Fix> {
        let Self {
            repeated,
            spikes,
            crossings,
            slivers,
            slivers_m2,
        } = *self;
        let all = [
            (repeated, Fix::RepeatedCorners { removed: repeated }),
            (spikes, Fix::Spikes { removed: spikes }),
            (crossings, Fix::Crossings),
            (
                slivers,
                Fix::Slivers {
                    removed: slivers,
                    area_m2: slivers_m2,
                },
            ),
            (usize::from(is_turned), Fix::Winding),
        ];
        let done = all.into_iter().filter(|(times, _)| *times > 0);
        done.map(|(_, fix)| fix).collect()
    }
}

/// Without repeated corners and spikes, and without the rings that then enclose nothing.
fn without_slips(boundary: &Boundary, tally: &mut Tally) -> Boundary {
    let Some(plane) = Plane::of(boundary) else {
        return boundary.clone();
    };
    let mut mended = |ring: &LineString| {
        let before = ring.0.len();
        let mut corners = ring.0.clone();
        corners.dedup();
        tally.repeated += before - corners.len();
        // The closing position is no corner of its own.
        if corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        let open = corners.len();
        despike(&plane, &mut corners);
        tally.spikes += open - corners.len();
        LineString(corners)
    };
    let polygons = boundary.iter().filter_map(|polygon| {
        let exterior = mended(polygon.exterior());
        let holes = polygon.interiors().iter().map(&mut mended);
        let holes: Vec<_> = holes.filter(|hole| hole.0.len() >= 3).collect();
        (exterior.0.len() >= 3).then(|| Polygon::new(exterior, holes))
    });
    Boundary::new(polygons.collect())
}

/// Takes the ends of spikes away, and with them the corners that come to stand twice.
fn despike(plane: &Plane, corners: &mut Vec<Coord>) {
    let is_spike = |before: Coord, end: Coord, after: Coord| {
        let end = plane.to_metres(end.into());
        let one = plane.to_metres(before.into()) - end;
        let other = plane.to_metres(after.into()) - end;
        let (dot, cross) = (
            one.x * other.x + one.y * other.y,
            one.x * other.y - one.y * other.x,
        );
        cross.abs().atan2(dot) < SPIKE_ANGLE
    };
    let mut index = 0;
    while corners.len() >= 3 && index < corners.len() {
        let count = corners.len();
        let (before, end, after) = (
            corners[(index + count - 1) % count],
            corners[index],
            corners[(index + 1) % count],
        );
        if end == after || is_spike(before, end, after) {
            corners.remove(index);
            // What stood before it may now be the end of one.
            index = index.saturating_sub(2);
        } else {
            index += 1;
        }
    }
}

/// What the rings run around, cut apart where they cross.
fn uncrossed(boundary: &Boundary, tally: &mut Tally) -> Result<Boundary, ShapeProblem> {
    if boundary.0.is_empty() {
        return Err(ShapeProblem::ZeroArea);
    }
    let grid = Grid::over(&[boundary], &[])?;
    let mut slips = IntShapes::new();
    let mut ground: Vec<IntContour> = Vec::new();
    for polygon in boundary {
        let mut contours = grid.contours(polygon).into_iter();
        let exterior: Vec<_> = contours.next().into_iter().collect();
        let loops = around(&exterior);
        let largest = loops.iter().map(doubled_area).max().unwrap_or(0);
        let (kept, dropped): (IntShapes, IntShapes) = loops
            .into_iter()
            .partition(|piece| doubled_area(piece) as f64 >= largest as f64 * SMALLEST_LOOP);
        slips.extend(dropped);
        let holes = flat(&around(&contours.collect::<Vec<_>>()));
        let polygon = combine(&flat(&kept), &holes, OverlayRule::Difference);
        ground = flat(&combine(&ground, &flat(&polygon), OverlayRule::Union));
    }
    let whole = grid.boundary(&combine(&ground, &[], OverlayRule::Subject));
    let (slivers, meant): (Vec<Polygon>, Vec<Polygon>) =
        whole.into_iter().partition(is_sliver_polygon);
    if meant.is_empty() {
        return Err(ShapeProblem::ZeroArea);
    }
    tally.crossings += 1;
    tally.slivers += slips.len() + slivers.len();
    tally.slivers_m2 += area_m2(&grid.boundary(&slips)) + area_m2(&Boundary::new(slivers));
    Ok(Boundary::new(meant))
}

/// Everything that rings run around at all, whichever way they turn.
fn around(rings: &[IntContour]) -> IntShapes {
    fill(rings, &[], OverlayRule::Subject, FillRule::NonZero)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::fixtures::{area, corners, polygon, rectangle, shape};
    use geo::Winding;
    use proptest::prelude::*;

    type Ring = &'static [(f64, f64)];
    const SQUARE: Ring = &[(0.0, 0.0), (40.0, 0.0), (40.0, 40.0), (0.0, 40.0)];

    #[test]
    fn each_fault_is_mended_and_told() {
        let spikes = |removed| Fix::Spikes { removed };
        let cases: &[(&str, Vec<Polygon>, &[Fix], f64)] = &[
            ("nothing wrong", vec![polygon(&[SQUARE])], &[], 1600.0),
            (
                "a corner clicked twice",
                vec![polygon(&[&[
                    (0.0, 0.0),
                    (40.0, 0.0),
                    (40.0, 0.0),
                    (40.0, 40.0),
                    (0.0, 40.0),
                ]])],
                &[Fix::RepeatedCorners { removed: 1 }],
                1600.0,
            ),
            (
                "clockwise",
                vec![polygon(&[&[
                    (0.0, 0.0),
                    (0.0, 40.0),
                    (40.0, 40.0),
                    (40.0, 0.0),
                ]])],
                &[Fix::Winding],
                1600.0,
            ),
            (
                "a spike",
                vec![polygon(&[&[
                    (0.0, 0.0),
                    (40.0, 0.0),
                    (40.0, 40.0),
                    (20.0, 40.0),
                    (20.0, 60.0),
                    (20.0, 40.0),
                    (0.0, 40.0),
                ]])],
                // Its end, and the corner that then stands twice.
                &[spikes(2)],
                1600.0,
            ),
            (
                "an even bow tie: both halves are meant",
                vec![polygon(&[&[
                    (0.0, 0.0),
                    (40.0, 40.0),
                    (40.0, 0.0),
                    (0.0, 40.0),
                ]])],
                &[Fix::Crossings],
                800.0,
            ),
            (
                "two polygons on one ground",
                vec![
                    polygon(&[SQUARE]),
                    polygon(&[&[(20.0, 0.0), (60.0, 0.0), (60.0, 40.0), (20.0, 40.0)]]),
                ],
                &[Fix::Crossings],
                2400.0,
            ),
            (
                "two polygons with a common side",
                vec![
                    polygon(&[SQUARE]),
                    polygon(&[&[(40.0, 0.0), (60.0, 0.0), (60.0, 40.0), (40.0, 40.0)]]),
                ],
                &[Fix::Crossings],
                2400.0,
            ),
            (
                "a hole over the border",
                vec![polygon(&[
                    SQUARE,
                    &[(30.0, 10.0), (50.0, 10.0), (50.0, 30.0), (30.0, 30.0)],
                ])],
                &[Fix::Crossings],
                1400.0,
            ),
            (
                "a hole that is a line",
                vec![polygon(&[
                    SQUARE,
                    &[(10.0, 10.0), (20.0, 10.0), (30.0, 10.0)],
                ])],
                &[spikes(1)],
                1600.0,
            ),
        ];
        for (name, polygons, fixes, expected) in cases {
            let repair = repaired(&Boundary::new(polygons.clone())).unwrap();
            assert_eq!(repair.fixes, *fixes, "{name}");
            assert!(
                (area(&repair.boundary) - expected).abs() < 0.01,
                "{name}: {repair:?}"
            );
            assert!(is_sound(&repair.boundary), "{name}");
            assert!(
                repair.boundary.iter().all(|p| p.exterior().is_ccw()),
                "{name}"
            );
        }
    }

    #[test]
    fn a_small_loop_is_a_slip_and_goes() {
        // The last side crosses the first near the start.
        let slip = shape(&[&[
            (0.0, 0.0),
            (100.0, 0.0),
            (100.0, 80.0),
            (3.0, 80.0),
            (3.0, -4.0),
        ]]);
        let repair = repaired(&slip).unwrap();
        assert_eq!(
            corners(&repair.boundary),
            [[(3.0, 0.0), (100.0, 0.0), (100.0, 80.0), (3.0, 80.0)]]
        );
        let [
            Fix::Crossings,
            Fix::Slivers {
                removed: 1,
                area_m2,
            },
        ] = repair.fixes[..]
        else {
            panic!("{:?}", repair.fixes);
        };
        assert!((area_m2 - 6.0).abs() < 0.01, "{area_m2}");
    }

    #[test]
    fn what_encloses_nothing_is_refused() {
        for (name, ring) in [
            ("a line", &[(0.0, 0.0), (20.0, 20.0), (40.0, 40.0)][..]),
            ("two corners", &[(0.0, 0.0), (20.0, 20.0)]),
            (
                "a crumb that crosses itself",
                &[(0.0, 0.0), (0.3, 0.3), (0.3, 0.0), (0.0, 0.3)],
            ),
        ] {
            assert_eq!(
                repaired(&shape(&[ring])),
                Err(ShapeProblem::ZeroArea),
                "{name}"
            );
        }
        let nowhere = shape(&[&[(0.0, 0.0), (f64::NAN, 1.0), (1.0, 1.0)]]);
        assert_eq!(repaired(&nowhere), Err(ShapeProblem::BadPosition));
        let nothing = Boundary::new(vec![]);
        assert_eq!(repaired(&nothing), Err(ShapeProblem::TooFewCorners));
    }

    #[test]
    fn a_repaired_boundary_needs_no_repair() {
        let sound = rectangle(0.0, 0.0, 30.0, 20.0);
        let repair = repaired(&sound).unwrap();
        assert_eq!(
            repair,
            Repair {
                boundary: sound,
                fixes: vec![]
            }
        );
    }

    proptest! {
        #[test]
        fn any_rings_become_sound_or_are_refused(
            rings in prop::collection::vec(
                prop::collection::vec((0i32..8, 0i32..8), 0..9), 1..4),
            jitter in 0.0..0.01f64,
        ) {
            let rings: Vec<Vec<(f64, f64)>> = rings
                .iter()
                .map(|ring| ring.iter().map(|(x, y)| {
                    (f64::from(*x) * 10.0 + jitter * f64::from(*y), f64::from(*y) * 10.0)
                }).collect())
                .collect();
            let rings: Vec<&[(f64, f64)]> = rings.iter().map(Vec::as_slice).collect();
            for boundary in [shape(&rings), Boundary::new(rings.iter().map(|r| polygon(&[r])).collect())] {
                match repaired(&boundary) {
                    Ok(repair) => {
                        prop_assert!(is_sound(&repair.boundary));
                        let again = repaired(&repair.boundary).unwrap();
                        prop_assert_eq!(again.boundary, repair.boundary);
                    }
                    Err(ShapeProblem::TooFewCorners | ShapeProblem::ZeroArea) => {}
                    Err(problem) => prop_assert!(false, "{problem}"),
                }
            }
        }
    }
}
