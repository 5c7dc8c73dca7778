//! The attribute columns of the layers of buildings, and reading their rows.

use super::blob;
use super::column::{json, real, sql_type, text, write_value};
use super::layer::{Layer, LayerColumn, Layered, RowDraft};
use super::origin::{OriginColumn, OriginDraft};
use super::row::{from_json, number, parsed, read_value, shown};
use crate::model::{Boundary, Building, BuildingField, BuildingId, EstateId, LonLat};
use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};
use std::sync::Arc;
use uuid::Uuid;

/// A column of `building` and `building_point`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BuildingColumn {
    Uuid,
    /// The `uuid` of the record it was surveyed for.
    Estate,
    Field(BuildingField),
    Lon,
    Lat,
    Other,
    Origin(OriginColumn),
}

impl BuildingColumn {
    /// Every column, in the order QGIS shows them.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        // The footprint is the geometry.
        let fields = BuildingField::ALL.iter().copied();
        let fields = fields.filter(|field| *field != BuildingField::Footprint);
        [Self::Uuid, Self::Estate]
            .into_iter()
            .chain(fields.map(Self::Field))
            .chain([Self::Lon, Self::Lat, Self::Other])
            .chain(OriginColumn::ALL.map(Self::Origin))
    }

    pub(super) fn sql_type(self) -> &'static str {
        match self {
            Self::Uuid => "TEXT UNIQUE",
            Self::Lon | Self::Lat => "DOUBLE",
            Self::Field(field) => sql_type(field.kind()),
            Self::Origin(column) => column.sql_type(),
            Self::Estate | Self::Other => "TEXT",
        }
    }

    pub(super) fn holds_json(self) -> bool {
        self == Self::Other
    }
}

impl LayerColumn for BuildingColumn {
    const KEY: Self = Self::Uuid;

    fn named(name: &str) -> Option<Self> {
        Self::all().find(|column| column.name() == name)
    }

    fn required() -> impl Iterator<Item = Self> {
        Self::all()
    }

    fn name(&self) -> String {
        let name = match self {
            Self::Uuid => "uuid",
            Self::Estate => "estate",
            Self::Field(field) => field.key(),
            Self::Lon => "lon",
            Self::Lat => "lat",
            Self::Other => "other",
            Self::Origin(column) => column.name(),
        };
        name.to_owned()
    }
}

impl Layered for Building {
    type Column = BuildingColumn;
    type Draft = BuildingDraft;

    const WITH_OUTLINE: Layer = Layer::Building;
    const WITHOUT_OUTLINE: Layer = Layer::BuildingPoint;

    fn key(&self) -> Uuid {
        self.id.0
    }

    fn called(&self) -> &str {
        &self.number
    }

    fn outline(&self) -> Option<&Arc<Boundary>> {
        self.footprint.as_ref()
    }

    fn position(&self) -> Option<LonLat> {
        self.position
    }

    fn set_outline(&mut self, outline: Arc<Boundary>) {
        self.footprint = Some(outline);
    }

    fn set_position(&mut self, position: LonLat) {
        self.position = Some(position);
    }

    fn write(&self, column: &BuildingColumn, _: &[BuildingColumn]) -> ToSqlOutput<'_> {
        let value = match column {
            BuildingColumn::Uuid => text(self.id.to_string()),
            BuildingColumn::Estate => text(self.estate.to_string()),
            BuildingColumn::Field(field) => self.get(*field).map_or(SqlValue::Null, write_value),
            BuildingColumn::Lon => real(self.position.map(|at| at.lon)),
            BuildingColumn::Lat => real(self.position.map(|at| at.lat)),
            BuildingColumn::Other => json(self.other.is_empty(), &self.other),
            BuildingColumn::Origin(column) => column.write(self.origin.as_ref()),
        };
        ToSqlOutput::Owned(value)
    }
}

/// A building being read, column by column.
pub(super) struct BuildingDraft {
    building: Building,
    key: Option<Uuid>,
    lon: Option<f64>,
    lat: Option<f64>,
    origin: OriginDraft,
    spoilt: Vec<(String, String)>,
}

/// What a row without a usable `estate` is read with: no record has this key.
pub(super) const NO_ESTATE: EstateId = EstateId(Uuid::nil());

impl Default for BuildingDraft {
    fn default() -> Self {
        Self {
            building: Building::new(BuildingId(Uuid::nil()), NO_ESTATE),
            key: None,
            lon: None,
            lat: None,
            origin: OriginDraft::default(),
            spoilt: Vec::new(),
        }
    }
}

impl BuildingDraft {
    fn take(&mut self, column: &BuildingColumn, value: ValueRef<'_>) -> Option<()> {
        match column {
            BuildingColumn::Uuid => self.key = parsed(value),
            // An unusable one is reported as a building without an estate.
            BuildingColumn::Estate => self.building.estate = parsed(value).unwrap_or(NO_ESTATE),
            BuildingColumn::Field(field) => {
                let value = read_value(field.kind(), value)?;
                self.building.set(*field, Some(value)).ok()?;
            }
            BuildingColumn::Lon => self.lon = Some(number(value)?),
            BuildingColumn::Lat => self.lat = Some(number(value)?),
            BuildingColumn::Other => self.building.other = from_json(value)?,
            BuildingColumn::Origin(column) => self.origin.take(*column, value)?,
        }
        Some(())
    }
}

impl RowDraft for BuildingDraft {
    type Record = Building;
    type Column = BuildingColumn;

    fn read(&mut self, column: &BuildingColumn, value: ValueRef<'_>) {
        // QGIS writes an empty text where a person has emptied a cell.
        if matches!(value, ValueRef::Null | ValueRef::Text(b"")) {
            return;
        }
        if self.take(column, value).is_none() {
            self.spoilt.push((column.name(), shown(value)));
        }
    }

    fn key(&self) -> Option<Uuid> {
        self.key
    }

    fn finish(mut self, key: Uuid) -> (Building, Vec<(String, String)>) {
        self.building.id = BuildingId(key);
        let position = self.lon.zip(self.lat);
        self.building.position = position.map(|(lon, lat)| LonLat::new(lon, lat));
        self.building.origin = self.origin.finish();
        (self.building, self.spoilt)
    }
}

/// The column of the first value in `building` that SQLite or WKB would not give back.
pub(super) fn unstorable(building: &Building) -> Option<String> {
    let footprint = building.footprint.as_deref();
    let area = |area: f64| area.is_finite() && area >= 0.0;
    let column = if !footprint.is_none_or(blob::is_storable) {
        return Some(BuildingField::Footprint.key().to_owned());
    } else if !building.position.is_none_or(LonLat::is_finite) {
        BuildingColumn::Lon
    } else if !building.floor_area_m2.is_none_or(area) {
        BuildingColumn::Field(BuildingField::FloorArea)
    } else if building.estate == NO_ESTATE {
        BuildingColumn::Estate
    } else {
        return None;
    };
    Some(column.name())
}
