//! Values as cells, and headings with their units.

use crate::catalogue::{Catalogue, LedgerWords};
use crate::formats::ledger::{Cell, Column, Look, Sheet, Visibility};
use crate::model::{Field, Kind, Value};

pub(in crate::jobs) fn word<'a>(kind: &str, key: &'a str) -> &'a str {
    LedgerWords::shipped().word(kind, key)
}

pub(super) fn sheet(key: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Sheet {
    let name = word("sheets", key).to_owned();
    Sheet {
        name,
        columns,
        rows,
        visibility: Visibility::Shown,
    }
}

pub(super) fn column(key: &str, width: f64, look: Look) -> Column {
    Column {
        heading: word("columns", key).to_owned(),
        width,
        look,
        hidden: false,
    }
}

/// An empty text is an empty cell.
pub(super) fn text(text: impl Into<String>) -> Cell {
    match text.into() {
        text if text.is_empty() => Cell::Empty,
        text => Cell::Text(text),
    }
}

pub(super) fn number(number: Option<impl Into<f64>>) -> Cell {
    number.map_or(Cell::Empty, |number| Cell::Number(number.into()))
}

/// The heading that the import knows the field by, and its unit.
pub(in crate::jobs) fn heading(field: Field, catalogue: &Catalogue) -> String {
    let name = match field {
        Field::Gap(item) => catalogue
            .items
            .iter()
            .find(|known| known.code == item)
            .map_or_else(|| field.key(), |known| known.zh.clone()),
        plain => catalogue.headings.written(plain),
    };
    let unit = match (field, field.kind()) {
        (Field::Buildings, _) => word("units", "count_buildings"),
        (_, Kind::Count) => word("units", "count_households"),
        (_, Kind::SquareMetres) => word("units", "square_metres"),
        _ => return name,
    };
    format!("{name}（{unit}）")
}

pub(super) fn field_column(field: Field, catalogue: &Catalogue) -> Column {
    let (look, width) = match field.kind() {
        Kind::Count => (Look::Whole, 11.0),
        Kind::SquareMetres => (Look::Decimal, 15.0),
        Kind::Year => (Look::Year, 10.0),
        Kind::Code(_) | Kind::Flag => (Look::Text, 12.0),
        _ => (Look::Text, 20.0),
    };
    Column {
        heading: heading(field, catalogue),
        width,
        look,
        hidden: false,
    }
}

/// Coded values as the words that the import reads; "not surveyed" is an empty cell.
pub(super) fn value(field: Field, value: Option<Value>, catalogue: &Catalogue) -> Cell {
    let words = &catalogue.headings.words;
    let domain = match field.kind() {
        Kind::Code(domain) | Kind::Codes(domain) => domain,
        _ => "",
    };
    match value {
        None | Some(Value::Polygon(_)) => Cell::Empty,
        Some(Value::Text(value)) => text(value),
        Some(Value::Texts(values)) => text(values.join("、")),
        Some(Value::Count(count)) => Cell::Number(count.into()),
        Some(Value::Year(year)) => Cell::Number(year.into()),
        Some(Value::SquareMetres(area)) => Cell::Number(area),
        Some(Value::Flag(flag)) => text(words.written_flag(flag)),
        Some(Value::Code(key)) => text(words.written(domain, &key)),
        Some(Value::Codes(keys)) if keys.is_empty() => text(words.written_no_exclusion()),
        Some(Value::Codes(keys)) => {
            let values: Vec<&str> = keys.iter().map(|key| words.written(domain, key)).collect();
            text(values.join("、"))
        }
    }
}
