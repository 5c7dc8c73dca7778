//! Reading a row of a layer, whatever another program made of it.

use super::column::{Column, NONE};
use super::layer::{LayerColumn, RowDraft};
use super::origin::OriginDraft;
use crate::model::{
    Coded, Estate, EstateId, Field, ItemCode, Kind, LonLat, ReplacedValue, Severity, Standing,
    Value, ValueSource,
};
use rusqlite::types::ValueRef;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A record being read, column by column.
pub(super) struct EstateDraft {
    estate: Estate,
    /// `None` where the row has no usable `uuid`.
    key: Option<Uuid>,
    lon: Option<f64>,
    lat: Option<f64>,
    origin: OriginDraft,
    standing: String,
    target: Option<EstateId>,
    reason: String,
    replaced: Vec<ReplacedValue>,
    /// Columns whose value could not be taken, with the value.
    spoilt: Vec<(String, String)>,
}

impl Default for EstateDraft {
    fn default() -> Self {
        Self {
            estate: Estate::new(EstateId(uuid::Uuid::nil())),
            key: None,
            lon: None,
            lat: None,
            origin: OriginDraft::default(),
            standing: String::new(),
            target: None,
            reason: String::new(),
            replaced: Vec::new(),
            spoilt: Vec::new(),
        }
    }
}

impl EstateDraft {
    fn take(&mut self, column: &Column, value: ValueRef<'_>) -> Option<()> {
        let text = || value.as_str().ok().map(str::to_owned);
        match column {
            // An unusable key is reported once the row gets a new one.
            Column::Uuid => self.key = parsed(value),
            Column::LibNo => self.estate.lib_no = Some(text()?),
            Column::Field(field) => {
                let value = read_value(field.kind(), value)?;
                self.estate.set(field, Some(value)).ok()?;
            }
            Column::GapsAdded => {
                let added: BTreeMap<ItemCode, Severity> = from_json(value)?;
                self.estate.gaps.extend(added);
            }
            Column::Lon => self.lon = Some(number(value)?),
            Column::Lat => self.lat = Some(number(value)?),
            Column::Other => self.estate.other = from_json(value)?,
            Column::Origin(column) => self.origin.take(*column, value)?,
            Column::Sources => {
                self.estate.sources = from_json::<BTreeMap<Field, ValueSource>>(value)?;
            }
            Column::Standing => self.standing = text()?,
            Column::StandingTarget => self.target = Some(parsed(value)?),
            Column::StandingReason => self.reason = text()?,
            Column::Replaced => self.replaced = from_json(value)?,
        }
        Some(())
    }
}

impl RowDraft for EstateDraft {
    type Record = Estate;
    type Column = Column;

    fn read(&mut self, column: &Column, value: ValueRef<'_>) {
        // QGIS writes an empty text where a person has emptied a cell.
        let nothing = matches!(value, ValueRef::Null | ValueRef::Text(b""));
        if nothing && !(*column == Column::LibNo && value != ValueRef::Null) {
            return;
        }
        if self.take(column, value).is_none() {
            self.spoilt.push((column.name(), shown(value)));
        }
    }

    fn key(&self) -> Option<Uuid> {
        self.key
    }

    fn finish(mut self, key: Uuid) -> (Estate, Vec<(String, String)>) {
        self.estate.id = EstateId(key);
        let position = self.lon.zip(self.lat);
        self.estate.position = position.map(|(lon, lat)| LonLat::new(lon, lat));
        self.estate.origin = self.origin.finish();
        self.estate.standing = match (self.standing.as_str(), self.target) {
            ("counted" | "", _) => Standing::Counted,
            ("merged", Some(into)) => Standing::Merged {
                into,
                replaced: self.replaced,
            },
            ("part_of", Some(parent)) => Standing::PartOf { parent },
            ("withdrawn", _) => Standing::Withdrawn {
                reason: self.reason,
            },
            _ => {
                self.spoilt
                    .push((Column::Standing.name(), self.standing.clone()));
                Standing::Counted
            }
        };
        (self.estate, self.spoilt)
    }
}

/// A value as another program may have left it; `None` where the kind takes no such thing.
pub(super) fn read_value(kind: Kind, value: ValueRef<'_>) -> Option<Value> {
    let text = || value.as_str().ok();
    match kind {
        Kind::Text => text().map(|text| Value::Text(text.to_owned())),
        // A person typing in QGIS writes one plain text, not an array.
        Kind::Texts => text().map(|text| {
            let texts = serde_json::from_str(text).unwrap_or_else(|_| vec![text.to_owned()]);
            Value::Texts(texts)
        }),
        Kind::Count => integer(value).map(Value::Count),
        Kind::Year => integer(value).map(Value::Year),
        Kind::SquareMetres => number(value).map(Value::SquareMetres),
        Kind::Flag => match value {
            ValueRef::Integer(0) => Some(Value::Flag(false)),
            ValueRef::Integer(1) => Some(Value::Flag(true)),
            _ => None,
        },
        Kind::Code(Severity::DOMAIN) => {
            integer::<i64>(value).map(|degree| Value::Code(degree.to_string()))
        }
        Kind::Code(_) => text().map(|key| Value::Code(key.to_owned())),
        Kind::Codes(_) => text().map(|keys| match keys {
            NONE => Value::Codes(Vec::new()),
            keys => Value::Codes(keys.split(';').map(|key| key.trim().to_owned()).collect()),
        }),
        Kind::Polygon => None,
    }
}

pub(super) fn integer<T: TryFrom<i64>>(value: ValueRef<'_>) -> Option<T> {
    match value {
        ValueRef::Integer(number) => T::try_from(number).ok(),
        _ => None,
    }
}

pub(super) fn number(value: ValueRef<'_>) -> Option<f64> {
    match value {
        ValueRef::Integer(number) => Some(number as f64),
        ValueRef::Real(number) => Some(number),
        _ => None,
    }
    .filter(|number| number.is_finite())
}

pub(super) fn parsed<T: std::str::FromStr>(value: ValueRef<'_>) -> Option<T> {
    value.as_str().ok()?.trim().parse().ok()
}

pub(super) fn from_json<T: DeserializeOwned>(value: ValueRef<'_>) -> Option<T> {
    serde_json::from_str(value.as_str().ok()?).ok()
}

/// A spoilt value in a message, cut to a readable length.
pub(super) fn shown(value: ValueRef<'_>) -> String {
    const READABLE: usize = 80;
    let whole = match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            String::from_utf8_lossy(&bytes[..bytes.len().min(READABLE * 4)]).into_owned()
        }
    };
    whole.chars().take(READABLE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_program_leaves_is_read_or_reported() {
        let field = |key| Column::Field(Field::from_key(key).unwrap());
        let text = |text: &'static str| ValueRef::Text(text.as_bytes());
        let one_alias = |e: &Estate| e.aliases == ["洪都"];
        type Case = (Column, ValueRef<'static>, fn(&Estate) -> bool, usize);
        let cases: [Case; 12] = [
            (field("aliases"), text("洪都"), one_alias, 0),
            (field("aliases"), text(r#"["洪都"]"#), one_alias, 0),
            (
                field("exclusions"),
                text("none"),
                |e| e.exclusions == Some(Default::default()),
                0,
            ),
            (field("exclusions"), text(""), |e| e.exclusions.is_none(), 0),
            (
                field("exclusions"),
                text("X1; X4"),
                |e| e.exclusions.as_ref().is_some_and(|x| x.len() == 2),
                0,
            ),
            (
                field("exclusions"),
                text("X7"),
                |e| e.exclusions.is_none(),
                1,
            ),
            (field("locality"), text("moon"), |e| e.locality.is_none(), 1),
            (
                field("households"),
                ValueRef::Integer(-4),
                |e| e.households.is_none(),
                1,
            ),
            (
                field("households"),
                text("many"),
                |e| e.households.is_none(),
                1,
            ),
            (
                field("floor_area_m2"),
                ValueRef::Integer(12),
                |e| e.floor_area_m2 == Some(12.0),
                0,
            ),
            (
                field("gap.C04"),
                ValueRef::Integer(7),
                |e| e.gaps.is_empty(),
                1,
            ),
            (
                Column::Standing,
                text("merged"),
                |e| e.standing.is_counted(),
                1,
            ),
        ];
        for (column, value, expected, spoilt) in cases {
            let mut draft = EstateDraft::default();
            draft.read(&column, value);
            let (estate, problems) = draft.finish(Uuid::nil());
            assert!(expected(&estate), "{column:?} {value:?}");
            assert_eq!(problems.len(), spoilt, "{column:?} {value:?}");
        }
    }
}
