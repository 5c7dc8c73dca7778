//! The attribute columns of the two layers: one a field, and a few for what is no field.
//! Both layers have the same, so that a record keeps every value when it moves between them.

use super::blob;
use crate::catalogue::Items;
use crate::model::{
    Coded, Estate, EstateId, Field, ItemCode, Kind, ListId, LonLat, Origin, ReplacedValue,
    Severity, Standing, Value, ValueSource,
};
use rusqlite::types::{Value as SqlValue, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

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
    OriginList,
    OriginRow,
    OriginSource,
    OriginSourceId,
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
        Self::OriginList,
        Self::OriginRow,
        Self::OriginSource,
        Self::OriginSourceId,
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

    /// The columns without which a record would lose values. A gap without a column of its own
    /// goes to `GapsAdded`.
    pub(super) fn required() -> impl Iterator<Item = Self> {
        let fields = Field::PLAIN.iter().copied();
        let fields = fields.filter(|field| *field != Field::Boundary);
        Self::BESIDE_FIELDS
            .into_iter()
            .chain(fields.map(Self::Field))
    }

    /// The column of a file with this name; `None` for columns that other programs added.
    pub(super) fn named(name: &str) -> Option<Self> {
        if let Some(code) = name.strip_prefix("gap_") {
            return ItemCode::parse(code).map(|code| Self::Field(Field::Gap(code)));
        }
        Self::required().find(|column| column.name() == name)
    }

    pub(super) fn name(&self) -> String {
        let name = match self {
            Self::Field(Field::Gap(code)) => return format!("gap_{code}"),
            Self::Field(field) => return field.key(),
            Self::Uuid => "uuid",
            Self::LibNo => "lib_no",
            Self::GapsAdded => "gaps_added",
            Self::Lon => "lon",
            Self::Lat => "lat",
            Self::Other => "other",
            Self::OriginList => "origin_list",
            Self::OriginRow => "origin_row",
            Self::OriginSource => "origin_source",
            Self::OriginSourceId => "origin_source_id",
            Self::Sources => "sources",
            Self::Standing => "standing",
            Self::StandingTarget => "standing_target",
            Self::StandingReason => "standing_reason",
            Self::Replaced => "replaced",
        };
        name.to_owned()
    }

    /// The column type, of those GeoPackage knows (clause 1.1.1.1.3).
    pub(super) fn sql_type(&self) -> &'static str {
        match self {
            Self::Uuid => "TEXT UNIQUE",
            Self::Lon | Self::Lat => "DOUBLE",
            Self::OriginRow => "INTEGER",
            Self::Field(Field::Gap(_)) => "INTEGER",
            Self::Field(field) => match field.kind() {
                Kind::Count | Kind::Year => "INTEGER",
                Kind::SquareMetres => "DOUBLE",
                Kind::Flag => "BOOLEAN",
                _ => "TEXT",
            },
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

    /// What the column holds for `estate` in a table with these `columns`.
    pub(super) fn write(&self, estate: &Estate, columns: &[Column]) -> SqlValue {
        let origin = estate.origin.as_ref();
        match self {
            Self::Uuid => text(estate.id.to_string()),
            Self::LibNo => estate.lib_no.clone().map_or(SqlValue::Null, text),
            Self::Field(Field::Gap(code)) => match estate.gaps.get(code) {
                Some(severity) => SqlValue::Integer(severity.degree().into()),
                None => SqlValue::Null,
            },
            Self::Field(field) => estate.get(field).map_or(SqlValue::Null, write_value),
            Self::GapsAdded => {
                let without_column =
                    |code: &ItemCode| !columns.contains(&Self::Field(Field::Gap(*code)));
                let added: BTreeMap<_, _> = estate
                    .gaps
                    .iter()
                    .filter(|(code, _)| without_column(code))
                    .collect();
                json(added.is_empty(), &added)
            }
            Self::Lon => real(estate.position.map(|at| at.lon)),
            Self::Lat => real(estate.position.map(|at| at.lat)),
            Self::Other => json(estate.other.is_empty(), &estate.other),
            Self::OriginList => origin.map_or(SqlValue::Null, |o| text(o.list.to_string())),
            Self::OriginRow => origin.map_or(SqlValue::Null, |o| SqlValue::Integer(o.row.into())),
            Self::OriginSource => origin.map_or(SqlValue::Null, |o| filled(&o.source)),
            Self::OriginSourceId => origin.map_or(SqlValue::Null, |o| filled(&o.source_id)),
            Self::Sources => json(estate.sources.is_empty(), &estate.sources),
            Self::Standing => text(standing_key(&estate.standing).to_owned()),
            Self::StandingTarget => match &estate.standing {
                Standing::Merged { into, .. } => text(into.to_string()),
                Standing::PartOf { parent } => text(parent.to_string()),
                Standing::Counted | Standing::Withdrawn { .. } => SqlValue::Null,
            },
            Self::StandingReason => match &estate.standing {
                Standing::Withdrawn { reason } => filled(reason),
                _ => SqlValue::Null,
            },
            Self::Replaced => match &estate.standing {
                Standing::Merged { replaced, .. } => json(replaced.is_empty(), replaced),
                _ => SqlValue::Null,
            },
        }
    }
}

fn text(text: String) -> SqlValue {
    SqlValue::Text(text)
}

fn filled(text: &str) -> SqlValue {
    match text {
        "" => SqlValue::Null,
        text => SqlValue::Text(text.to_owned()),
    }
}

fn real(number: Option<f64>) -> SqlValue {
    number.map_or(SqlValue::Null, SqlValue::Real)
}

/// `NULL` where there is nothing to say.
fn json<T: Serialize>(is_empty: bool, value: &T) -> SqlValue {
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

fn standing_key(standing: &Standing) -> &'static str {
    match standing {
        Standing::Counted => "counted",
        Standing::Merged { .. } => "merged",
        Standing::PartOf { .. } => "part_of",
        Standing::Withdrawn { .. } => "withdrawn",
    }
}

/// An explicit "none" among columns of several codes; an empty text is "not surveyed".
const NONE: &str = "none";

fn write_value(value: Value) -> SqlValue {
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

/// A value as another program may have left it; `None` where the kind takes no such thing.
fn read_value(kind: Kind, value: ValueRef<'_>) -> Option<Value> {
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

fn integer<T: TryFrom<i64>>(value: ValueRef<'_>) -> Option<T> {
    match value {
        ValueRef::Integer(number) => T::try_from(number).ok(),
        _ => None,
    }
}

fn number(value: ValueRef<'_>) -> Option<f64> {
    match value {
        ValueRef::Integer(number) => Some(number as f64),
        ValueRef::Real(number) => Some(number),
        _ => None,
    }
    .filter(|number| number.is_finite())
}

fn parsed<T: std::str::FromStr>(value: ValueRef<'_>) -> Option<T> {
    value.as_str().ok()?.trim().parse().ok()
}

fn from_json<T: DeserializeOwned>(value: ValueRef<'_>) -> Option<T> {
    serde_json::from_str(value.as_str().ok()?).ok()
}

/// A record being read, column by column.
pub(super) struct RowDraft {
    estate: Estate,
    /// `None` where the row has no usable `uuid`.
    pub(super) key: Option<EstateId>,
    lon: Option<f64>,
    lat: Option<f64>,
    origin_list: Option<ListId>,
    origin_row: u32,
    origin_source: String,
    origin_source_id: String,
    standing: String,
    target: Option<EstateId>,
    reason: String,
    replaced: Vec<ReplacedValue>,
    /// Columns whose value could not be taken, with the value.
    pub(super) spoilt: Vec<(String, String)>,
}

impl RowDraft {
    pub(super) fn new() -> Self {
        Self {
            estate: Estate::new(EstateId(uuid::Uuid::nil())),
            key: None,
            lon: None,
            lat: None,
            origin_list: None,
            origin_row: 0,
            origin_source: String::new(),
            origin_source_id: String::new(),
            standing: String::new(),
            target: None,
            reason: String::new(),
            replaced: Vec::new(),
            spoilt: Vec::new(),
        }
    }

    pub(super) fn read(&mut self, column: &Column, value: ValueRef<'_>) {
        // QGIS writes an empty text where a person has emptied a cell.
        let nothing = matches!(value, ValueRef::Null | ValueRef::Text(b""));
        if nothing && !(*column == Column::LibNo && value != ValueRef::Null) {
            return;
        }
        if self.take(column, value).is_none() {
            self.spoilt.push((column.name(), shown(value)));
        }
    }

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
            Column::OriginList => self.origin_list = Some(parsed(value)?),
            Column::OriginRow => self.origin_row = integer(value)?,
            Column::OriginSource => self.origin_source = text()?,
            Column::OriginSourceId => self.origin_source_id = text()?,
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

    pub(super) fn name(&self) -> &str {
        &self.estate.name
    }

    /// The record, under `key`; its boundary is still to be set.
    pub(super) fn finish(mut self, key: EstateId) -> (Estate, Vec<(String, String)>) {
        self.estate.id = key;
        self.estate.position = match (self.lon, self.lat) {
            (Some(lon), Some(lat)) => Some(LonLat::new(lon, lat)),
            _ => None,
        };
        self.estate.origin = self.origin_list.map(|list| Origin {
            list,
            row: self.origin_row,
            source: self.origin_source,
            source_id: self.origin_source_id,
        });
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

/// A spoilt value in a message, cut to a readable length.
fn shown(value: ValueRef<'_>) -> String {
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

    #[test]
    fn what_another_program_leaves_is_read_or_reported() {
        let field = |key| Column::Field(Field::from_key(key).unwrap());
        let text = |text: &'static str| ValueRef::Text(text.as_bytes());
        let one_alias = |e: &Estate| e.aliases == ["洪都"];
        let cases: [(Column, ValueRef<'_>, fn(&Estate) -> bool, usize); 12] = [
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
            let mut draft = RowDraft::new();
            draft.read(&column, value);
            let (estate, problems) = draft.finish(EstateId(uuid::Uuid::nil()));
            assert!(expected(&estate), "{column:?} {value:?}");
            assert_eq!(problems.len(), spoilt, "{column:?} {value:?}");
        }
    }
}
