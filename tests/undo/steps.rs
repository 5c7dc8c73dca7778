//! What the property test of undo does to a survey: any command, on whatever is there.

use crate::plan_steps::{PlanStep, plan_steps};
use geo::polygon;
use jiugai::edit::{
    Answer, BuildingCommand, BuildingPlace, Command, CoverageCommand, Decide, PhotoCommand,
};
use jiugai::model::{
    Boundary, Building, BuildingField, BuildingId, Coded, CommunityCode, CommunityState, EstateId,
    Field, GridCell, ItemCode, ListId, ListKind, LonLat, Pair, Photo, PhotoId, PhotoKind,
    SearchedPlace, Settings, ShapeGesture, Survey, Value, Verdict,
};
use jiugai::rules::buildings::Figure;
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::Arc;

/// A command whose records are chosen among those there are when its turn comes.
#[derive(Clone, Debug)]
pub enum Step {
    Draw(u8),
    Reshape(Index, u8),
    ReshapeMany(Vec<Index>, u8),
    Split(Index, u8),
    Join(Index, Vec<Index>),
    TakeRow(Index, Index),
    SetField(Vec<Index>, (Field, Option<Value>)),
    FillIn(Index, Vec<(Field, Option<Value>)>),
    RestIntact(Index),
    Delete(Index),
    Withdraw(Index),
    Restore(Index),
    Decide(Choice),
    DecideMany(Vec<Choice>),
    Unmerge(Index),
    SetAsideRow,
    ChangeSettings,
    AddPhotos(Vec<u8>, Index),
    AssignPhotos(Index, Option<Index>),
    NotePhoto(Index),
    RemovePhotos(Index),
    AddBuildings(Index, Vec<u8>),
    OfBuildings(Vec<Index>, BuildingStep),
    TakeFigures(Index, Vec<Figure>),
    SetListKind(Index),
    Answer(Vec<u8>, Option<CommunityState>),
    SignFor(u8, u8),
    SetAnswering(u8),
    Search(Vec<u8>, bool),
    SearchAgain(Vec<u8>),
    Plan(PlanStep),
}

/// What is done to buildings that are there.
#[derive(Clone, Debug)]
pub enum BuildingStep {
    Set(BuildingField, Option<Value>),
    Reshape(u8),
    Place(u8),
    Move(Index),
    Delete,
}

#[derive(Clone, Debug)]
pub struct Choice {
    pair: (Index, Index),
    verdict: Verdict,
    keep: bool,
    take: Vec<Field>,
}

impl Choice {
    /// Nothing where both sides are the same record.
    fn decide(&self, survey: &Survey) -> Option<Decide> {
        let (a, b) = (record(survey, &self.pair.0), record(survey, &self.pair.1));
        Some(Decide {
            keep: self.keep.then_some(b),
            take: self.take.clone(),
            ..Decide::new(Pair::new(a, b)?, self.verdict)
        })
    }
}

impl Step {
    pub fn command(self, survey: &Survey) -> Option<Command> {
        let at = |index: &Index| record(survey, index);
        Some(match self {
            Step::Draw(place) => Command::Draw {
                boundary: square(place),
            },
            Step::Reshape(index, place) => Command::Reshape {
                estate: at(&index),
                boundary: square(place),
            },
            Step::ReshapeMany(indices, place) => Command::ReshapeMany {
                boundaries: indices.iter().map(|i| (at(i), square(place))).collect(),
                gesture: ShapeGesture::Move,
            },
            Step::Split(index, place) => Command::Split {
                estate: at(&index),
                line: line_through(place).to_vec(),
            },
            Step::Join(index, others) => Command::Join {
                keep: at(&index),
                absorb: others.iter().map(at).collect(),
            },
            Step::TakeRow(drawn, row) => Command::TakeRow {
                drawn: at(&drawn),
                row: at(&row),
            },
            Step::SetField(indices, (field, value)) => Command::SetField {
                estates: indices.iter().map(at).collect(),
                field,
                value,
            },
            Step::FillIn(index, values) => Command::FillIn {
                estate: at(&index),
                values,
            },
            Step::RestIntact(index) => Command::RestIntact {
                estate: at(&index),
                items: ["C04", "C05", "C06", "C12"].map(item).to_vec(),
            },
            Step::Delete(index) => Command::Delete { estate: at(&index) },
            Step::Withdraw(index) => Command::Withdraw {
                estate: at(&index),
                reason: "already renovated 已改造".to_owned(),
            },
            Step::Restore(index) => Command::Restore { estate: at(&index) },
            Step::Decide(choice) => Command::Decide(choice.decide(survey)?),
            Step::DecideMany(choices) => Command::DecideMany {
                decisions: choices.iter().filter_map(|c| c.decide(survey)).collect(),
            },
            Step::Unmerge(index) => Command::Unmerge { estate: at(&index) },
            Step::SetAsideRow => Command::SetAsideRow {
                list: LIST,
                row: UNREADABLE_ROW,
                reason: "a sum, no estate".to_owned(),
            },
            Step::ChangeSettings => Command::ChangeSettings(Settings {
                county_code: "360102".to_owned(),
                ..survey.settings().clone()
            }),
            Step::SetListKind(index) => Command::Coverage(CoverageCommand::SetListKind {
                list: LIST,
                kind: *index.get(ListKind::ALL),
            }),
            Step::Answer(numbers, state) => Command::Coverage(CoverageCommand::Answer {
                communities: numbers.into_iter().map(community).collect(),
                state,
            }),
            Step::SignFor(number, day) => Command::Coverage(CoverageCommand::AnswerAll {
                answers: vec![Answer {
                    signed_by: "居委会".to_owned(),
                    signed_on: Some(jiff::civil::date(2026, 11, 1 + (day % 28) as i8)),
                    ..Answer::new(community(number), CommunityState::SignedList)
                }],
            }),
            Step::Search(numbers, cells) => Command::Coverage(CoverageCommand::Search {
                places: numbers
                    .into_iter()
                    .map(|number| (searched(number, cells), LonLat::new(115.9, 28.7)))
                    .collect(),
                reason: "厂房".to_owned(),
            }),
            Step::SearchAgain(numbers) => Command::Coverage(CoverageCommand::SearchAgain {
                places: numbers
                    .into_iter()
                    .map(|n| searched(n, n % 2 == 0).id())
                    .collect(),
            }),
            Step::Plan(step) => return step.command(survey, at),
            Step::SetAnswering(number) => Command::Coverage(CoverageCommand::SetAnswering {
                codes: [community(number).to_string()].into(),
            }),
            Step::AddPhotos(numbers, index) => Command::Photo(PhotoCommand::Add {
                photos: numbers.into_iter().map(|n| photo(n, at(&index))).collect(),
            }),
            Step::AssignPhotos(index, estate) => Command::Photo(PhotoCommand::Assign {
                photos: vec![photo_at(survey, &index)?],
                estate: estate.as_ref().map(at),
            }),
            Step::NotePhoto(index) => Command::Photo(PhotoCommand::Note {
                photo: photo_at(survey, &index)?,
                note: "北门 gate".to_owned(),
            }),
            Step::RemovePhotos(index) => Command::Photo(PhotoCommand::Remove {
                photos: vec![photo_at(survey, &index)?],
            }),
            Step::AddBuildings(index, numbers) => {
                let estate = at(&index);
                let new = |number: &u8| Building {
                    number: format!("{number}栋"),
                    households: Some(24),
                    ..Building::new(BuildingId(uuid::Uuid::new_v4()), estate)
                };
                let buildings = numbers.iter().map(new).collect();
                Command::Building(BuildingCommand::Add { buildings })
            }
            Step::OfBuildings(indices, step) => {
                let ids: Vec<_> = survey.buildings().map(|b| b.id).collect();
                if ids.is_empty() {
                    return None;
                }
                let mut buildings: Vec<_> = indices.iter().map(|i| *i.get(&ids)).collect();
                buildings.sort();
                buildings.dedup();
                Command::Building(step.command(buildings, survey))
            }
            Step::TakeFigures(index, figures) => Command::Building(BuildingCommand::TakeFigures {
                estate: at(&index),
                figures,
            }),
        })
    }
}

impl BuildingStep {
    fn command(self, buildings: Vec<BuildingId>, survey: &Survey) -> BuildingCommand {
        let building = buildings[0];
        match self {
            Self::Set(field, value) => BuildingCommand::SetField {
                buildings,
                field,
                value,
            },
            Self::Reshape(place) => BuildingCommand::Reshape {
                building,
                place: BuildingPlace::Footprint(square(place)),
            },
            Self::Place(place) => BuildingCommand::Reshape {
                building,
                place: BuildingPlace::Point(LonLat::new(115.9 + f64::from(place) / 1e4, 28.7)),
            },
            Self::Move(to) => BuildingCommand::Move {
                buildings,
                estate: record(survey, &to),
            },
            Self::Delete => BuildingCommand::Delete { buildings },
        }
    }
}

pub const LIST: ListId = ListId(uuid::Uuid::from_u128(0x1157));
pub const UNREADABLE_ROW: u32 = 4;

pub fn item(code: &str) -> ItemCode {
    ItemCode::parse(code).unwrap()
}

fn record(survey: &Survey, index: &Index) -> EstateId {
    let ids: Vec<_> = survey.estates().map(|estate| estate.id).collect();
    *index.get(&ids)
}

/// A photo with and without each of what a camera may not have written.
fn photo(number: u8, estate: EstateId) -> Photo {
    let time = jiff::civil::date(2026, 5, 4).at(15, 30, 0, 0);
    Photo {
        id: PhotoId([number; 32]),
        file_name: format!("微信图片 {number}.jpg"),
        kind: PhotoKind::Jpeg,
        bytes: 4_000_000_000 + u64::from(number),
        estate: number.is_multiple_of(2).then_some(estate),
        taken_at: number.is_multiple_of(3).then_some(time),
        position: number
            .is_multiple_of(5)
            .then_some(LonLat::new(115.900_000_1, 28.7)),
        added_at: jiff::Timestamp::UNIX_EPOCH,
        note: String::new(),
    }
}

fn photo_at(survey: &Survey, index: &Index) -> Option<PhotoId> {
    let ids: Vec<_> = survey.photos().map(|photo| photo.id).collect();
    (!ids.is_empty()).then(|| *index.get(&ids))
}

pub fn square(place: u8) -> Arc<Boundary> {
    let (x, y) = (
        115.9 + f64::from(place % 16) / 3000.0,
        28.7 + f64::from(place / 16) / 3000.0,
    );
    let ring = polygon![(x: x, y: y), (x: x + 0.001, y: y), (x: x + 0.001, y: y + 0.001), (x: x, y: y + 0.001)];
    Arc::new(ring.into())
}

/// A line from south to north through the middle of a square.
fn line_through(place: u8) -> [LonLat; 2] {
    let corner = square(place).0[0].exterior().0[0];
    [-0.001, 0.002].map(|north| LonLat::new(corner.x + 0.0004, corner.y + north))
}

/// Every kind of value, and fields taken back to "not surveyed".
fn settings_of_fields() -> impl Strategy<Value = (Field, Option<Value>)> {
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let code = |key: &str| Some(Value::Code(key.to_owned()));
    let codes = |keys: &[&str]| Some(Value::Codes(keys.iter().map(|k| (*k).to_owned()).collect()));
    proptest::sample::select(vec![
        (Field::Name, text("洪都新村")),
        (Field::Name, text("阳光 “花园”")),
        (Field::Name, None),
        (
            Field::Aliases,
            Some(Value::Texts(vec!["新村".to_owned(), "旧院".to_owned()])),
        ),
        (Field::Aliases, None),
        (
            Field::CommunityCodes,
            Some(Value::Texts(vec!["360102001001".to_owned()])),
        ),
        (Field::BuildYear, Some(Value::Year(1987))),
        (Field::BuildYear, None),
        (Field::Households, Some(Value::Count(0))),
        (Field::Households, Some(Value::Count(321))),
        (Field::Households, None),
        (Field::FloorArea, Some(Value::SquareMetres(12_345.678))),
        (Field::Residential, Some(Value::Flag(false))),
        (Field::Residential, None),
        (Field::Locality, code("city")),
        (Field::Tenure, codes(&["reformed", "commodity"])),
        (Field::Exclusions, codes(&[])),
        (Field::Exclusions, codes(&["X1", "X9"])),
        (Field::Exclusions, None),
        (Field::Willingness, code("strong")),
        (Field::Gap(item("C04")), code("2")),
        (Field::Gap(item("C04")), None),
        (Field::Boundary, None),
        (Field::Remarks, text("")),
    ])
}

pub fn steps() -> impl Strategy<Value = Step> {
    let choice = || {
        let pair = any::<(Index, Index)>();
        let verdict = proptest::sample::select(Verdict::ALL);
        let fields = vec![Field::Name, Field::Households, Field::Boundary];
        let take = proptest::sample::subsequence(fields, 0..=3);
        (pair, verdict, any::<bool>(), take).prop_map(|(pair, verdict, keep, take)| Choice {
            pair,
            verdict,
            keep,
            take,
        })
    };
    let several = || proptest::collection::vec(any::<Index>(), 1..4);
    let values = proptest::collection::vec(settings_of_fields(), 1..6);
    prop_oneof![
        2 => any::<u8>().prop_map(Step::Draw),
        2 => any::<(Index, u8)>().prop_map(|(index, place)| Step::Reshape(index, place)),
        1 => (several(), any::<u8>()).prop_map(|(at, place)| Step::ReshapeMany(at, place)),
        2 => any::<(Index, u8)>().prop_map(|(at, place)| Step::Split(at, place % 4)),
        4 => (any::<Index>(), several()).prop_map(|(keep, absorb)| Step::Join(keep, absorb)),
        2 => any::<(Index, Index)>().prop_map(|(drawn, row)| Step::TakeRow(drawn, row)),
        4 => (several(), settings_of_fields()).prop_map(|(at, value)| Step::SetField(at, value)),
        2 => (any::<Index>(), values).prop_map(|(at, values)| Step::FillIn(at, values)),
        1 => any::<Index>().prop_map(Step::RestIntact),
        2 => any::<Index>().prop_map(Step::Delete),
        2 => any::<Index>().prop_map(Step::Withdraw),
        2 => any::<Index>().prop_map(Step::Restore),
        6 => choice().prop_map(Step::Decide),
        1 => proptest::collection::vec(choice(), 1..4).prop_map(Step::DecideMany),
        4 => any::<Index>().prop_map(Step::Unmerge),
        1 => Just(Step::SetAsideRow),
        1 => Just(Step::ChangeSettings),
        3 => (proptest::collection::vec(0u8..12, 1..4), any::<Index>())
            .prop_map(|(numbers, at)| Step::AddPhotos(numbers, at)),
        2 => any::<(Index, Option<Index>)>().prop_map(|(photo, at)| Step::AssignPhotos(photo, at)),
        1 => any::<Index>().prop_map(Step::NotePhoto),
        1 => any::<Index>().prop_map(Step::RemovePhotos),
        4 => (any::<Index>(), proptest::collection::vec(1u8..4, 1..4))
            .prop_map(|(at, numbers)| Step::AddBuildings(at, numbers)),
        6 => (several(), building_steps()).prop_map(|(at, step)| Step::OfBuildings(at, step)),
        2 => (any::<Index>(), proptest::sample::subsequence(Figure::ALL.to_vec(), 1..=4))
            .prop_map(|(at, figures)| Step::TakeFigures(at, figures)),
        3 => coverage_steps(),
        6 => plan_steps().prop_map(Step::Plan),
    ]
}

fn coverage_steps() -> impl Strategy<Value = Step> {
    let states = [None]
        .into_iter()
        .chain(CommunityState::ALL.iter().copied().map(Some));
    let state = proptest::sample::select(states.collect::<Vec<_>>());
    let communities = proptest::collection::vec(any::<u8>(), 1..4);
    prop_oneof![
        1 => any::<Index>().prop_map(Step::SetListKind),
        3 => (communities, state).prop_map(|(codes, state)| Step::Answer(codes, state)),
        2 => any::<(u8, u8)>().prop_map(|(code, day)| Step::SignFor(code, day)),
        1 => any::<u8>().prop_map(Step::SetAnswering),
        2 => (proptest::collection::vec(any::<u8>(), 1..4), any::<bool>())
            .prop_map(|(places, cells)| Step::Search(places, cells)),
        2 => proptest::collection::vec(any::<u8>(), 1..4).prop_map(Step::SearchAgain),
    ]
}

fn building_steps() -> impl Strategy<Value = BuildingStep> {
    let count = |count| Some(Value::Count(count));
    let values = vec![
        (
            BuildingField::Number,
            Some(Value::Text("３号楼".to_owned())),
        ),
        (BuildingField::Number, None),
        (BuildingField::Floors, count(6)),
        (BuildingField::Lifts, count(0)),
        (BuildingField::Households, None),
        (BuildingField::FloorArea, Some(Value::SquareMetres(1_234.5))),
        (BuildingField::BuildYear, Some(Value::Year(1987))),
        (BuildingField::Footprint, None),
    ];
    prop_oneof![
        4 => proptest::sample::select(values).prop_map(|(f, value)| BuildingStep::Set(f, value)),
        1 => any::<u8>().prop_map(BuildingStep::Reshape),
        1 => any::<u8>().prop_map(BuildingStep::Place),
        1 => any::<Index>().prop_map(BuildingStep::Move),
        1 => Just(BuildingStep::Delete),
    ]
}

fn community(number: u8) -> CommunityCode {
    format!("36010200200{}", number % 4).parse().unwrap()
}

fn searched(number: u8, is_cell: bool) -> SearchedPlace {
    match is_cell {
        true => SearchedPlace::Cell(GridCell {
            column: i32::from(number % 4) - 2,
            row: 12,
            size_m: 250,
        }),
        false => SearchedPlace::Feature {
            layer: "居住区.geojson".to_owned(),
            feature: u32::from(number % 4),
        },
    }
}
