//! Estates with any value in any field, and edits made of them.

use jiugai::model::{
    Boundary, Building, BuildingField, BuildingId, Change, Coded, Edit, EditId, EditKind,
    EditLabel, Estate, EstateId, Exclusion, Field, ItemCode, Kind, ListId, Locality, LonLat,
    Origin, ReplacedValue, Severity, Standing, Survey, Tenure, Value, ValueSource, Willingness,
    WillingnessBasis, YearBasis,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::sync::Arc;
use uuid::Uuid;

pub fn key(number: u128) -> EstateId {
    EstateId(Uuid::from_u128(number))
}

pub fn time(second: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_760_000_000 + second).unwrap()
}

pub fn edit(number: u128, kind: EditKind, changes: Vec<Change>) -> Edit {
    Edit {
        id: EditId(Uuid::from_u128(number)),
        label: EditLabel::Draw {
            name: "洪都新村".to_owned(),
        },
        kind,
        author: "王工".to_owned(),
        device: "笔记本 1".to_owned(),
        at: time(number as i64),
        changes,
    }
}

/// The change that puts `after` where `survey` has what it has.
pub fn change(survey: &Survey, id: EstateId, after: Option<Estate>) -> Change {
    Change::Estate {
        id,
        before: survey.estate(id).cloned(),
        after: after.map(Arc::new),
    }
}

pub fn create(estate: &Estate) -> Change {
    change(&Survey::default(), estate.id, Some(estate.clone()))
}

/// The change that makes a building.
pub fn build(building: &Building) -> Change {
    Change::Building {
        id: building.id,
        before: None,
        after: Some(Arc::new(building.clone())),
    }
}

/// A building of the estate with key 1.
pub fn numbered(number: u128, called: &str) -> Building {
    let mut building = Building::new(BuildingId(Uuid::from_u128(number)), key(1));
    building.number = called.to_owned();
    building.floors = Some(6);
    building
}

/// A square of a hundredth of a degree with its south-west corner at `lon`, `lat`.
pub fn square(lon: f64, lat: f64) -> Boundary {
    let rect = geo::Rect::new((lon, lat), (lon + 0.01, lat + 0.01));
    geo::MultiPolygon(vec![rect.to_polygon()])
}

/// An estate as the tests of other programs want it: named, drawn, a few values.
pub fn drawn(number: u128, name: &str) -> Estate {
    let mut estate = Estate::new(key(number));
    estate.name = name.to_owned();
    estate.boundary = Some(Arc::new(square(115.8 + number as f64 / 1e4, 28.6)));
    estate.households = Some(198);
    estate.floor_area_m2 = Some(19_404.5);
    estate.locality = Some(Locality::CountySeat);
    estate.exclusions = Some(Default::default());
    let code = |code| ItemCode::parse(code).unwrap();
    estate.gaps.insert(code("C04"), Severity::Failing);
    estate.gaps.insert(code("Z901"), Severity::Ageing);
    estate
}

fn text() -> impl Strategy<Value = String> {
    vec(any::<char>(), 0..8).prop_map(String::from_iter)
}

fn finite() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO
}

fn ring() -> impl Strategy<Value = geo::LineString> {
    let coord = (finite(), finite()).prop_map(|(x, y)| geo::Coord { x, y });
    vec(coord, 0..6).prop_map(geo::LineString)
}

fn boundary() -> impl Strategy<Value = Arc<Boundary>> {
    let polygon = (ring(), vec(ring(), 0..2));
    // A hole in nothing cannot be stored.
    let polygon = polygon.prop_map(|(outer, mut holes)| {
        holes.retain(|_| !outer.0.is_empty());
        geo::Polygon::new(outer, holes)
    });
    vec(polygon, 0..3).prop_map(|polygons| Arc::new(geo::MultiPolygon(polygons)))
}

fn code<C: Coded>() -> BoxedStrategy<Value> {
    let keys: Vec<_> = C::ALL.iter().map(|code| code.key()).collect();
    select(keys)
        .prop_map(|key| Value::Code(key.to_owned()))
        .boxed()
}

fn codes<C: Coded>() -> BoxedStrategy<Value> {
    let keys: Vec<_> = C::ALL.iter().map(|code| code.key().to_owned()).collect();
    let most = keys.len();
    subsequence(keys, 0..=most).prop_map(Value::Codes).boxed()
}

fn value(field: Field) -> BoxedStrategy<Value> {
    value_of(field.kind())
}

fn value_of(kind: Kind) -> BoxedStrategy<Value> {
    match kind {
        Kind::Text => text().prop_map(Value::Text).boxed(),
        Kind::Texts => vec(text(), 0..3).prop_map(Value::Texts).boxed(),
        Kind::Count => any::<u32>().prop_map(Value::Count).boxed(),
        Kind::Year => any::<i32>().prop_map(Value::Year).boxed(),
        Kind::SquareMetres => finite()
            .prop_map(|area| Value::SquareMetres(area.abs()))
            .boxed(),
        Kind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Kind::Code(Locality::DOMAIN) => code::<Locality>(),
        Kind::Code(YearBasis::DOMAIN) => code::<YearBasis>(),
        Kind::Code(Willingness::DOMAIN) => code::<Willingness>(),
        Kind::Code(WillingnessBasis::DOMAIN) => code::<WillingnessBasis>(),
        Kind::Code(_) => code::<Severity>(),
        Kind::Codes(Tenure::DOMAIN) => codes::<Tenure>(),
        Kind::Codes(_) => codes::<Exclusion>(),
        Kind::Polygon => boundary().prop_map(Value::Polygon).boxed(),
    }
}

fn any_key() -> impl Strategy<Value = EstateId> {
    any::<u128>().prop_map(key)
}

fn source() -> impl Strategy<Value = ValueSource> {
    prop_oneof![
        Just(ValueSource::Surveyed),
        Just(ValueSource::Imported),
        Just(ValueSource::Derived),
        any_key().prop_map(ValueSource::Merged),
    ]
}

fn field() -> impl Strategy<Value = Field> {
    prop_oneof![
        select(Field::PLAIN),
        select(vec!["B10", "C04", "Z901"]).prop_map(|c| Field::Gap(ItemCode::parse(c).unwrap())),
    ]
}

fn replaced() -> impl Strategy<Value = ReplacedValue> {
    let values = |field| (option::of(value(field)), option::of(value(field)));
    field()
        .prop_flat_map(move |field| (Just(field), values(field), option::of(source())))
        .prop_map(|(field, (before, after), source_before)| ReplacedValue {
            field,
            before,
            after,
            source_before,
        })
}

fn standing() -> impl Strategy<Value = Standing> {
    prop_oneof![
        Just(Standing::Counted),
        any_key().prop_map(|parent| Standing::PartOf { parent }),
        text().prop_map(|reason| Standing::Withdrawn { reason }),
        (any_key(), vec(replaced(), 0..3))
            .prop_map(|(into, replaced)| Standing::Merged { into, replaced }),
    ]
}

fn origin() -> impl Strategy<Value = Origin> {
    (any::<u128>(), any::<u32>(), text(), text()).prop_map(|(list, row, source, source_id)| {
        Origin {
            list: ListId(Uuid::from_u128(list)),
            row,
            source,
            source_id,
        }
    })
}

fn gaps() -> impl Strategy<Value = Vec<(ItemCode, Severity)>> {
    let code = select(vec!["A01", "B10", "C04", "C05", "C12", "D10", "Z1", "Z901"]);
    let code = code.prop_map(|code| ItemCode::parse(code).unwrap());
    vec((code, select(Severity::ALL)), 0..8)
}

/// Any record under this key, whatever its fields hold.
pub fn estate(id: EstateId) -> impl Strategy<Value = Estate> {
    let values: Vec<_> = Field::PLAIN
        .iter()
        .map(|field| option::of(value(*field)))
        .collect();
    let position = (finite(), finite()).prop_map(|(lon, lat)| LonLat::new(lon, lat));
    let beside = (
        option::of(text()),
        option::of(position),
        btree_map(text(), text(), 0..3),
        option::of(origin()),
        btree_map(field(), source(), 0..3),
        standing(),
    );
    (values, gaps(), beside).prop_map(move |(values, gaps, beside)| {
        let mut estate = Estate::new(id);
        for (field, value) in Field::PLAIN.iter().zip(values) {
            estate.set(field, value).unwrap();
        }
        estate.gaps.extend(gaps);
        let (lib_no, position, other, origin, sources, standing) = beside;
        estate.lib_no = lib_no;
        estate.position = position;
        estate.other = other.into_iter().collect();
        estate.origin = origin;
        estate.sources = sources;
        estate.standing = standing;
        estate
    })
}

/// A building of the estate with key 1, whatever its fields hold.
pub fn building() -> impl Strategy<Value = Building> {
    let values: Vec<_> = BuildingField::ALL
        .iter()
        .map(|field| option::of(value_of(field.kind())))
        .collect();
    let position = (finite(), finite()).prop_map(|(lon, lat)| LonLat::new(lon, lat));
    let beside = (
        option::of(position),
        btree_map(text(), text(), 0..3),
        option::of(origin()),
    );
    (values, beside).prop_map(|(values, (position, other, origin))| {
        let mut building = numbered(1, "");
        for (field, value) in BuildingField::ALL.iter().zip(values) {
            building.set(*field, value).unwrap();
        }
        building.position = position;
        building.other = other.into_iter().collect();
        building.origin = origin;
        building
    })
}
