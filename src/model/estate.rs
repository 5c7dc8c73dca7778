//! One record of the survey: an estate, or a register row that still waits for its boundary.

use super::codes::{
    Exclusion, Locality, Severity, Tenure, Willingness, WillingnessBasis, YearBand, YearBasis,
};
use super::field::Field;
use super::ids::{EstateId, ListId};
use super::item::ItemCode;
use super::other_texts::OtherTexts;
use super::place::{Boundary, LonLat};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An estate record (小区). Fields follow DOMAIN §3; `None` and "empty" mean *not surveyed*,
/// never "no" or zero.
///
/// A register row (名册) is the same record without a `boundary`: drawing its boundary turns it
/// into an estate on the map and keeps every value and its source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estate {
    pub id: EstateId,
    /// 项目库编号, given at release, never reused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lib_no: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "super::place::nested_arrays::option"
    )]
    pub boundary: Option<Arc<Boundary>>,
    /// The point a list gave for it; kept as evidence after the boundary is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<LonLat>,
    /// Division codes are text as given: a wrong one is a finding (E06), not a refusal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub county_code: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub street_code: String,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub community_codes: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<Locality>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build_year: Option<i32>,
    /// With `year_max`, a range where no single year is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_min: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_max: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_basis: Option<YearBasis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_area_m2: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buildings: Option<u32>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tenure: BTreeSet<Tenure>,
    /// 原产权单位
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub orig_unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residential: Option<bool>,
    /// `Some(empty)` is the surveyor's explicit "none"; `None` is not asked yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusions: Option<BTreeSet<Exclusion>>,
    /// The text that X9 («等») needs.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub exclusion_note: String,
    /// Facility gaps by item; an item that is absent was not surveyed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gaps: BTreeMap<ItemCode, Severity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub willingness: Option<Willingness>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub willingness_basis: Option<WillingnessBasis>,
    /// Households asked, answered, for and against: counts alone, never a resident.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agree: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oppose: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub willing_to_pay: Option<u32>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub willingness_date: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remarks: String,
    /// Columns of an imported file that the survey has no field for, kept as they came.
    #[serde(default, skip_serializing_if = "OtherTexts::is_empty")]
    pub other: OtherTexts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Where a value came from, for the fields that differ from the record's own origin.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<Field, ValueSource>,
    #[serde(default, skip_serializing_if = "Standing::is_counted")]
    pub standing: Standing,
}

/// The row an imported record was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub list: ListId,
    /// 1-based, as the file counts its data rows or features.
    pub row: u32,
    /// Who published the row (a listing site, an office), where the file says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The publisher's own key of the row.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_id: String,
}

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueSource {
    /// Entered or drawn here by a person.
    Surveyed,
    /// Read from the row in the record's `origin`.
    Imported,
    /// Taken over from a record that was merged into this one.
    Merged(EstateId),
    /// Worked out by the program, e.g. a division code from a boundary layer.
    Derived,
}

/// Whether a record counts, and if not, what became of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    #[default]
    Counted,
    /// The same physical estate as `into`, whose values `replaced` gave way to this record's.
    Merged {
        into: EstateId,
        replaced: Vec<ReplacedValue>,
    },
    /// Lies inside `parent`, which counts it.
    PartOf { parent: EstateId },
    /// Taken out by a person.
    Withdrawn { reason: String },
}

/// One value that a merge changed in the record that was kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplacedValue {
    pub field: Field,
    pub before: Option<super::value::Value>,
    pub after: Option<super::value::Value>,
    pub source_before: Option<ValueSource>,
}

impl Standing {
    /// The stable ASCII keys, as files carry them, in form order.
    pub const KEYS: [&'static str; 4] = ["counted", "merged", "part_of", "withdrawn"];

    pub fn key(&self) -> &'static str {
        let [counted, merged, part_of, withdrawn] = Self::KEYS;
        match self {
            Self::Counted => counted,
            Self::Merged { .. } => merged,
            Self::PartOf { .. } => part_of,
            Self::Withdrawn { .. } => withdrawn,
        }
    }

    pub fn is_counted(&self) -> bool {
        matches!(self, Self::Counted)
    }

    /// The other record that this one counts through.
    pub fn counted_by(&self) -> Option<EstateId> {
        match self {
            Self::Merged { into, .. } => Some(*into),
            Self::PartOf { parent } => Some(*parent),
            Self::Counted | Self::Withdrawn { .. } => None,
        }
    }
}

impl Estate {
    /// An empty record: nothing surveyed.
    pub fn new(id: EstateId) -> Self {
        Self {
            id,
            lib_no: None,
            name: String::new(),
            aliases: Vec::new(),
            boundary: None,
            position: None,
            county_code: String::new(),
            street_code: String::new(),
            community_codes: BTreeSet::new(),
            locality: None,
            address: String::new(),
            build_year: None,
            year_min: None,
            year_max: None,
            year_basis: None,
            households: None,
            floor_area_m2: None,
            buildings: None,
            tenure: BTreeSet::new(),
            orig_unit: String::new(),
            residential: None,
            exclusions: None,
            exclusion_note: String::new(),
            gaps: BTreeMap::new(),
            willingness: None,
            willingness_basis: None,
            sent: None,
            returned: None,
            agree: None,
            oppose: None,
            willing_to_pay: None,
            willingness_date: String::new(),
            remarks: String::new(),
            other: OtherTexts::default(),
            origin: None,
            sources: BTreeMap::new(),
            standing: Standing::Counted,
        }
    }

    /// Earliest and latest possible building year, inclusive.
    pub fn years(&self) -> Option<(i32, i32)> {
        match (self.build_year, self.year_min, self.year_max) {
            (Some(year), _, _) => Some((year, year)),
            (None, Some(min), Some(max)) => Some((min, max)),
            // A range with one open end proves nothing at that end.
            (None, Some(min), None) => Some((min, i32::MAX)),
            (None, None, Some(max)) => Some((i32::MIN, max)),
            (None, None, None) => None,
        }
    }

    /// The band of its building year. `None` where the year is unknown or may lie in several.
    pub fn year_band(&self) -> Option<YearBand> {
        let (earliest, latest) = self.years()?;
        let band = YearBand::of_year(earliest);
        (band == YearBand::of_year(latest)).then_some(band)
    }

    /// Where the record lies: the middle of its boundary, else the point a list gave.
    pub fn anchor(&self) -> Option<LonLat> {
        use geo::Centroid;
        match &self.boundary {
            Some(boundary) => boundary.centroid().map(|point| point.0.into()),
            None => self.position,
        }
    }

    /// What encloses it, in degrees; `None` where it has no place.
    pub fn extent(&self) -> Option<geo::Rect> {
        use geo::BoundingRect;
        let boundary = self.boundary.as_ref().and_then(|b| b.bounding_rect());
        let of_point = |at: LonLat| geo::Rect::new(at, at);
        let extent = boundary.or_else(|| self.position.map(of_point))?;
        let is_finite = |corner: geo::Coord| corner.x.is_finite() && corner.y.is_finite();
        (is_finite(extent.min()) && is_finite(extent.max())).then_some(extent)
    }

    /// A record without a boundary that nobody has merged or withdrawn: work that waits.
    pub fn waits_for_boundary(&self) -> bool {
        self.boundary.is_none() && self.standing.is_counted()
    }

    /// Every value keeps its source: one changed here is the surveyor's, whatever the row said.
    pub fn mark_surveyed(&mut self, field: Field) {
        match self.origin {
            Some(_) => {
                self.sources.insert(field, ValueSource::Surveyed);
            }
            // A record drawn here is surveyed throughout; only exceptions are written down.
            None => {
                self.sources.remove(&field);
            }
        }
    }

    /// Where the value of `field` came from.
    pub fn source_of(&self, field: &Field) -> ValueSource {
        match (self.sources.get(field), &self.origin) {
            (Some(source), _) => *source,
            (None, Some(_)) => ValueSource::Imported,
            (None, None) => ValueSource::Surveyed,
        }
    }
}
