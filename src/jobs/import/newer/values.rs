//! What a row says otherwise than its record has it, field by field.

use super::ChangedHere;
use crate::model::{Boundary, Estate, Field, LonLat, Value, ValueSource};
use geo::CoordsIter;

/// About two centimetres: what another program's decimals make of a corner.
const SAME_DEGREES: f64 = 2e-7;
/// Of an area: what its decimals make of it.
const SAME_SHARE: f64 = 1e-9;

/// What a value belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Field(Field),
    /// The point that the list gives.
    Position,
    /// A column that no field takes.
    Column(String),
}

/// One value that a row says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueNews {
    pub what: What,
    pub here: Option<Value>,
    pub says: Option<Value>,
    pub fate: Fate,
}

/// What becomes of a value of the newer version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Nobody changed it here.
    Taken,
    /// It was changed here as well: kept as it is here, unless a person decides otherwise.
    Conflict,
    /// The newer version says nothing any more: kept as it is.
    Emptied,
}

/// The fields that are read from one cell: a year, or the earliest and latest of several.
const YEARS: [Field; 3] = [Field::BuildYear, Field::YearMin, Field::YearMax];

/// What the row `fresh` says otherwise than `record`. `fields` are those that the list has a column
/// for; `changed_here` is `None` where nobody knows what the list said before.
pub(super) fn news(
    record: &Estate,
    fresh: &Estate,
    fields: &[Field],
    changed_here: Option<&ChangedHere>,
) -> Vec<ValueNews> {
    let mut news = Vec::new();
    let says_a_year = YEARS.iter().any(|field| fresh.get(field).is_some());
    for field in fields {
        let (here, says) = (record.get(field), fresh.get(field));
        if is_same(here.as_ref(), says.as_ref()) {
            continue;
        }
        let is_part_of_answer = YEARS.contains(field) && says_a_year;
        let is_emptied = says.is_none() && !is_part_of_answer;
        let fate = match is_emptied {
            true => match changed(record, field, changed_here) {
                Changed::No => Fate::Emptied,
                // Answered here; the list never said anything, or no longer does.
                Changed::Yes(_) | Changed::Unknown => continue,
            },
            false => match changed(record, field, changed_here) {
                Changed::No => Fate::Taken,
                Changed::Yes(said) if is_same(said.as_ref(), says.as_ref()) => continue,
                Changed::Yes(_) | Changed::Unknown => Fate::Conflict,
            },
        };
        news.push(ValueNews {
            what: What::Field(*field),
            here,
            says,
            fate,
        });
    }
    news.extend(position(record.position, fresh.position));
    news.extend(columns(record, fresh));
    news
}

enum Changed {
    No,
    /// With what the list said.
    Yes(Option<Value>),
    Unknown,
}

fn changed(record: &Estate, field: &Field, changed_here: Option<&ChangedHere>) -> Changed {
    let is_imported = record.source_of(field) == ValueSource::Imported;
    match changed_here {
        Some(changed) => match (changed.get(field), is_imported) {
            (Some(said), _) => Changed::Yes(said.clone()),
            (None, true) => Changed::No,
            (None, false) => Changed::Unknown,
        },
        None => Changed::Unknown,
    }
}

fn position(here: Option<LonLat>, says: Option<LonLat>) -> Option<ValueNews> {
    let says = says?;
    let is_moved = here.is_none_or(|here| !are_near(here.into(), says.into()));
    let text = |at: LonLat| Value::Text(format!("{:.6}, {:.6}", at.lon, at.lat));
    is_moved.then(|| ValueNews {
        what: What::Position,
        here: here.map(text),
        says: Some(text(says)),
        fate: Fate::Taken,
    })
}

fn columns(record: &Estate, fresh: &Estate) -> impl Iterator<Item = ValueNews> {
    fresh.other.iter().filter_map(|(column, says)| {
        let here = record.other.get(column);
        let text = |text: &str| Value::Text(text.to_owned());
        (here != Some(says)).then(|| ValueNews {
            what: What::Column(column.to_owned()),
            here: here.map(text),
            says: Some(text(says)),
            fate: Fate::Taken,
        })
    })
}

fn is_same(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (Some(Value::SquareMetres(a)), Some(Value::SquareMetres(b))) => {
            (a - b).abs() <= SAME_SHARE * a.abs().max(b.abs())
        }
        (Some(Value::Polygon(a)), Some(Value::Polygon(b))) => is_same_outline(a, b),
        (a, b) => a == b,
    }
}

fn is_same_outline(a: &Boundary, b: &Boundary) -> bool {
    let parts = |boundary: &Boundary| -> Vec<usize> {
        let polygons = boundary.iter();
        polygons
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
            .map(|ring| ring.0.len())
            .collect()
    };
    parts(a) == parts(b)
        && a.coords_iter()
            .zip(b.coords_iter())
            .all(|(a, b)| are_near(a, b))
}

fn are_near(a: geo::Coord, b: geo::Coord) -> bool {
    (a.x - b.x).abs() <= SAME_DEGREES && (a.y - b.y).abs() <= SAME_DEGREES
}
