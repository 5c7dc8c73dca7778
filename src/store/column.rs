//! The attribute columns of the two layers: one a field, and a few for what is no field.
//! Both layers have the same, so that a record keeps every value when it moves between them.

use super::blob;
use super::layer::{Layer, LayerColumn, Layered};
use super::origin::OriginColumn;
use super::row::EstateDraft;
use crate::catalogue::Items;
use crate::model::{Boundary, Estate, Field, ItemCode, Kind, LonLat, Standing, Value};
use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// A column of `estate` and `register_row`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Uuid,
    LibNo,
    Field(Field),
    /// Gaps of the items that have no column of their own: what a county added.
    GapsAdded,
    /// The record's `position`: the geometry of a register row, and kept under a boundary.
    Lon,
    Lat,
    Other,
    Origin(OriginColumn),
    Sources,
    Standing,
    StandingTarget,
    StandingReason,
    Replaced,
}

impl Column {
    const BESIDE_FIELDS: [Column; 15] = [
        Self::Uuid,
        Self::LibNo,
        Self::GapsAdded,
        Self::Lon,
        Self::Lat,
        Self::Other,
        Self::Origin(OriginColumn::List),
        Self::Origin(OriginColumn::Row),
        Self::Origin(OriginColumn::Source),
        Self::Origin(OriginColumn::SourceId),
        Self::Sources,
        Self::Standing,
        Self::StandingTarget,
        Self::StandingReason,
        Self::Replaced,
    ];

    /// Every column of a new file, in the order QGIS shows them.
    pub(super) fn of_new_file(items: &Items) -> Vec<Self> {
        let fields = Field::PLAIN
            .iter()
            .filter(|field| **field != Field::Boundary)
            .copied();
        let gaps = items.iter().map(|item| Field::Gap(item.code));
        let (keys, rest) = Self::BESIDE_FIELDS.split_at(2);
        keys.iter()
            .copied()
            .chain(fields.chain(gaps).map(Self::Field))
            .chain(rest.iter().copied())
            .collect()
    }

    pub(super) fn sql_type(&self) -> &'static str {
        match self {
            Self::Uuid => "TEXT UNIQUE",
            Self::Lon | Self::Lat => "DOUBLE",
            Self::Origin(column) => column.sql_type(),
            Self::Field(Field::Gap(_)) => "INTEGER",
            Self::Field(field) => sql_type(field.kind()),
            _ => "TEXT",
        }
    }

    /// The domain of coded values that a single value of this column is one of.
    pub(super) fn domain(&self) -> Option<&'static str> {
        match self {
            Self::Standing => Some("standing"),
            Self::Field(field) => match field.kind() {
                Kind::Code(domain) => Some(domain),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn holds_json(&self) -> bool {
        match self {
            Self::GapsAdded | Self::Other | Self::Sources | Self::Replaced => true,
            Self::Field(field) => field.kind() == Kind::Texts,
            _ => false,
        }
    }
}

impl LayerColumn for Column {
    const KEY: Self = Self::Uuid;

    /// The columns without which a record would lose values. A gap without a column of its own
    /// goes to `GapsAdded`.
    fn required() -> impl Iterator<Item = Self> {
        let fields = Field::PLAIN.iter().copied();
        let fields = fields.filter(|field| *field != Field::Boundary);
        Self::BESIDE_FIELDS
            .into_iter()
            .chain(fields.map(Self::Field))
    }

    /// The column of a file with this name; `None` for columns that other programs added.
    fn named(name: &str) -> Option<Self> {
        if let Some(code) = name.strip_prefix("gap_") {
            return ItemCode::parse(code).map(|code| Self::Field(Field::Gap(code)));
        }
        Self::required().find(|column| column.name() == name)
    }

    fn name(&self) -> String {
        let name = match self {
            Self::Field(Field::Gap(code)) => return format!("gap_{code}"),
            Self::Field(field) => return field.key(),
            Self::Uuid => "uuid",
            Self::LibNo => "lib_no",
            Self::GapsAdded => "gaps_added",
            Self::Lon => "lon",
            Self::Lat => "lat",
            Self::Other => "other",
            Self::Origin(column) => column.name(),
            Self::Sources => "sources",
            Self::Standing => "standing",
            Self::StandingTarget => "standing_target",
            Self::StandingReason => "standing_reason",
            Self::Replaced => "replaced",
        };
        name.to_owned()
    }

    fn identifies(&self) -> bool {
        match self {
            Self::Field(field) => matches!(
                field,
                Field::Name
                    | Field::Aliases
                    | Field::CountyCode
                    | Field::StreetCode
                    | Field::CommunityCodes
                    | Field::Address
                    | Field::BuildYear
                    | Field::Households
                    | Field::FloorArea
                    | Field::Buildings
                    | Field::OrigUnit
            ),
            Self::LibNo | Self::GapsAdded | Self::Other | Self::Sources | Self::Replaced => false,
            Self::Uuid
            | Self::Lon
            | Self::Lat
            | Self::Origin(_)
            | Self::Standing
            | Self::StandingTarget
            | Self::StandingReason => true,
        }
    }
}

impl Layered for Estate {
    type Column = Column;
    type Draft = EstateDraft;

    const WITH_OUTLINE: Layer = Layer::Estate;
    const WITHOUT_OUTLINE: Layer = Layer::RegisterRow;

    fn key(&self) -> Uuid {
        self.id.0
    }

    fn called(&self) -> &str {
        &self.name
    }

    fn outline(&self) -> Option<&Arc<Boundary>> {
        self.boundary.as_ref()
    }

    fn position(&self) -> Option<LonLat> {
        self.position
    }

    fn set_outline(&mut self, outline: Arc<Boundary>) {
        self.boundary = Some(outline);
    }

    fn set_position(&mut self, position: LonLat) {
        self.position = Some(position);
    }

    fn write(&self, column: &Column, columns: &[Column]) -> ToSqlOutput<'_> {
        let value = match column {
            Column::Uuid => text(self.id.to_string()),
            Column::LibNo => self.lib_no.clone().map_or(SqlValue::Null, text),
            Column::Field(field) if let Some(text) = self.text(field) => {
                return ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()));
            }
            Column::Field(Field::Gap(code)) => match self.gaps.get(code) {
                Some(severity) => SqlValue::Integer(severity.degree().into()),
                None => SqlValue::Null,
            },
            Column::Field(field) => self.get(field).map_or(SqlValue::Null, write_value),
            Column::GapsAdded if self.gaps.is_empty() => SqlValue::Null,
            Column::GapsAdded => {
                let without_column =
                    |code: &ItemCode| !columns.contains(&Column::Field(Field::Gap(*code)));
                let added: BTreeMap<_, _> = self
                    .gaps
                    .iter()
                    .filter(|(code, _)| without_column(code))
                    .collect();
                json(added.is_empty(), &added)
            }
            Column::Lon => real(self.position.map(|at| at.lon)),
            Column::Lat => real(self.position.map(|at| at.lat)),
            Column::Other => json(self.other.is_empty(), &self.other),
            Column::Origin(column) => column.write(self.origin.as_ref()),
            Column::Sources => json(self.sources.is_empty(), &self.sources),
            Column::Standing => {
                let key = self.standing.key();
                return ToSqlOutput::Borrowed(ValueRef::Text(key.as_bytes()));
            }
            Column::StandingTarget => match &self.standing {
                Standing::Merged { into, .. } => text(into.to_string()),
                Standing::PartOf { parent } => text(parent.to_string()),
                Standing::Counted | Standing::Withdrawn { .. } => SqlValue::Null,
            },
            Column::StandingReason => match &self.standing {
                Standing::Withdrawn { reason } => filled(reason),
                _ => SqlValue::Null,
            },
            Column::Replaced => match &self.standing {
                Standing::Merged { replaced, .. } => json(replaced.is_empty(), replaced),
                _ => SqlValue::Null,
            },
        };
        ToSqlOutput::Owned(value)
    }
}

/// The column type of a kind of value, of those GeoPackage knows (clause 1.1.1.1.3).
pub(super) fn sql_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Count | Kind::Year => "INTEGER",
        Kind::SquareMetres => "DOUBLE",
        Kind::Flag => "BOOLEAN",
        _ => "TEXT",
    }
}

pub(super) fn text(text: String) -> SqlValue {
    SqlValue::Text(text)
}

pub(super) fn filled(text: &str) -> SqlValue {
    match text {
        "" => SqlValue::Null,
        text => SqlValue::Text(text.to_owned()),
    }
}

pub(super) fn real(number: Option<f64>) -> SqlValue {
    number.map_or(SqlValue::Null, SqlValue::Real)
}

/// `NULL` where there is nothing to say.
pub(super) fn json<T: Serialize>(is_empty: bool, value: &T) -> SqlValue {
    match is_empty {
        true => SqlValue::Null,
        false => SqlValue::Text(to_json(value)),
    }
}

/// The column of the first value in `estate` that SQLite, WKB or JSON would not give back.
pub(super) fn unstorable(estate: &Estate) -> Option<String> {
    let boundary = blob::is_storable;
    let area = |area: f64| area.is_finite() && area >= 0.0;
    let value = |value: &Option<Value>| match value {
        Some(Value::SquareMetres(number)) => number.is_finite(),
        Some(Value::Polygon(polygon)) => boundary(polygon),
        _ => true,
    };
    let replaced = |standing: &Standing| match standing {
        Standing::Merged { replaced, .. } => {
            replaced.iter().all(|r| value(&r.before) && value(&r.after))
        }
        _ => true,
    };
    let column = if !estate.boundary.as_deref().is_none_or(boundary) {
        return Some(Field::Boundary.key());
    } else if !estate.position.is_none_or(LonLat::is_finite) {
        Column::Lon
    } else if !estate.floor_area_m2.is_none_or(area) {
        Column::Field(Field::FloorArea)
    } else if !replaced(&estate.standing) {
        Column::Replaced
    } else {
        return None;
    };
    Some(column.name())
}

pub(super) fn to_json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value)
        .expect("records have text keys and nothing that fails to serialize")
}

/// An explicit "none" among columns of several codes; an empty text is "not surveyed".
pub(super) const NONE: &str = "none";

pub(super) fn write_value(value: Value) -> SqlValue {
    match value {
        Value::Text(text) => SqlValue::Text(text),
        Value::Texts(texts) => SqlValue::Text(to_json(&texts)),
        Value::Count(count) => SqlValue::Integer(count.into()),
        Value::Year(year) => SqlValue::Integer(year.into()),
        Value::SquareMetres(area) => SqlValue::Real(area),
        Value::Flag(flag) => SqlValue::Integer(flag.into()),
        Value::Code(key) => SqlValue::Text(key),
        Value::Codes(keys) if keys.is_empty() => SqlValue::Text(NONE.to_owned()),
        Value::Codes(keys) => SqlValue::Text(keys.join(";")),
        // `Field::Boundary` has no column: it is the geometry.
        Value::Polygon(_) => SqlValue::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn a_new_file_has_a_column_for_every_field_and_every_shipped_item() {
        let columns = Column::of_new_file(&Catalogue::shipped().items);
        assert_eq!(columns.len(), 28 + 57 + 15);
        for column in &columns {
            assert_eq!(Column::named(&column.name()), Some(*column));
        }
        assert_eq!(Column::named("ward"), None);
        assert_eq!(Column::named("gap_"), None);
    }
}
