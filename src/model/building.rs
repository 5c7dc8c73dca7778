//! Buildings (楼栋) inside an estate: the optional second layer of a survey (DOMAIN §3).

use super::estate::Origin;
use super::ids::{BuildingId, EstateId};
use super::other_texts::OtherTexts;
use super::place::{Boundary, LonLat};
use super::value::{Kind, Setting, Value, WrongValue, text};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// One building. `None` and "empty" mean *not surveyed*, never "no" or zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Building {
    pub id: BuildingId,
    /// The record it was surveyed for. It counts through that record, so a merge moves nothing:
    /// see [`super::Survey::buildings_of`].
    pub estate: EstateId,
    /// 栋号, as it is written on the wall or in the list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build_year: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floors: Option<u32>,
    /// 单元数
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_area_m2: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifts: Option<u32>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "super::place::nested_arrays::option"
    )]
    pub footprint: Option<Arc<Boundary>>,
    /// The point a list or a person gave for it; kept after its footprint is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<LonLat>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remarks: String,
    /// Columns of an imported file that a building has no field for, kept as they came.
    #[serde(default, skip_serializing_if = "OtherTexts::is_empty")]
    pub other: OtherTexts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// A field of [`Building`] that a person or a file can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuildingField {
    Number,
    BuildYear,
    Floors,
    Units,
    Households,
    FloorArea,
    Lifts,
    Remarks,
    Footprint,
}

impl Building {
    /// A building of `estate` about which nothing is known.
    pub fn new(id: BuildingId, estate: EstateId) -> Self {
        Self {
            id,
            estate,
            number: String::new(),
            build_year: None,
            floors: None,
            units: None,
            households: None,
            floor_area_m2: None,
            lifts: None,
            footprint: None,
            position: None,
            remarks: String::new(),
            other: OtherTexts::default(),
            origin: None,
        }
    }

    /// Where it stands: the middle of its footprint, else its point.
    pub fn anchor(&self) -> Option<LonLat> {
        use geo::Centroid;
        match &self.footprint {
            Some(footprint) => footprint.centroid().map(|point| point.0.into()),
            None => self.position,
        }
    }

    /// The order of a list of buildings: 2栋 before 10栋, those without a number last.
    pub fn order(&self, other: &Self) -> Ordering {
        let unnumbered = |building: &Self| building.number.is_empty();
        unnumbered(self)
            .cmp(&unnumbered(other))
            .then_with(|| {
                alphanumeric_sort::compare_str(folded(&self.number), folded(&other.number))
            })
            .then_with(|| self.id.cmp(&other.id))
    }

    /// What the number says once the words for "building" are left out: 栋 = 幢 = 号楼 = #
    /// (DOMAIN §7). Two buildings of one estate with the same are one. `None` without a number.
    pub fn number_core(&self) -> Option<String> {
        number_core(&self.number)
    }

    /// What the building beside it is probably numbered: 10栋 after 9栋. `None` where the number
    /// has no figure in it.
    pub fn number_after(&self) -> Option<String> {
        let number = folded(&self.number);
        let start = number.find(|c: char| c.is_ascii_digit())?;
        let rest = &number[start..];
        let length = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let next = rest[..length].parse::<u32>().ok()?.checked_add(1)?;
        Some(format!("{}{next}{}", &number[..start], &rest[length..]))
    }

    /// The value of `field`; `None` where it was not surveyed.
    pub fn get(&self, field: BuildingField) -> Option<Value> {
        match field {
            BuildingField::Number => text(&self.number),
            BuildingField::BuildYear => self.build_year.map(Value::Year),
            BuildingField::Floors => self.floors.map(Value::Count),
            BuildingField::Units => self.units.map(Value::Count),
            BuildingField::Households => self.households.map(Value::Count),
            BuildingField::FloorArea => self.floor_area_m2.map(Value::SquareMetres),
            BuildingField::Lifts => self.lifts.map(Value::Count),
            BuildingField::Remarks => text(&self.remarks),
            BuildingField::Footprint => self.footprint.clone().map(Value::Polygon),
        }
    }

    /// Sets `field`; `None` takes it back to "not surveyed".
    ///
    /// # Errors
    /// [`WrongValue`] where the kind does not fit.
    pub fn set(
        &mut self,
        field: BuildingField,
        value: Option<Value>,
    ) -> Result<(), WrongValue<BuildingField>> {
        let setting = Setting { field, value };
        match field {
            BuildingField::Number => self.number = setting.text()?,
            BuildingField::BuildYear => self.build_year = setting.year()?,
            BuildingField::Floors => self.floors = setting.count()?,
            BuildingField::Units => self.units = setting.count()?,
            BuildingField::Households => self.households = setting.count()?,
            BuildingField::FloorArea => self.floor_area_m2 = setting.square_metres()?,
            BuildingField::Lifts => self.lifts = setting.count()?,
            BuildingField::Remarks => self.remarks = setting.text()?,
            BuildingField::Footprint => self.footprint = setting.polygon()?,
        }
        Ok(())
    }
}

impl BuildingField {
    /// Every field, in the order of the table.
    pub const ALL: &'static [Self] = &[
        Self::Number,
        Self::BuildYear,
        Self::Floors,
        Self::Units,
        Self::Households,
        Self::FloorArea,
        Self::Lifts,
        Self::Remarks,
        Self::Footprint,
    ];

    /// The stable ASCII key, as files and the command line carry it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::BuildYear => "build_year",
            Self::Floors => "floors",
            Self::Units => "units",
            Self::Households => "households",
            Self::FloorArea => "floor_area_m2",
            Self::Lifts => "lifts",
            Self::Remarks => "remarks",
            Self::Footprint => "footprint",
        }
    }

    /// The field with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }

    pub fn kind(self) -> Kind {
        match self {
            Self::Number | Self::Remarks => Kind::Text,
            Self::BuildYear => Kind::Year,
            Self::Floors | Self::Units | Self::Households | Self::Lifts => Kind::Count,
            Self::FloorArea => Kind::SquareMetres,
            Self::Footprint => Kind::Polygon,
        }
    }
}

impl Serialize for BuildingField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for BuildingField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = Cow::<str>::deserialize(deserializer)?;
        Self::from_key(&key)
            .ok_or_else(|| serde::de::Error::custom(format!("'{key}' is no field of a building")))
    }
}

/// Full-width digits as ASCII. Most numbers need no copy.
fn folded(number: &str) -> Cow<'_, str> {
    let is_wide = |c: char| ('\u{ff01}'..='\u{ff5e}').contains(&c);
    match number.contains(is_wide) {
        true => number.nfkc().collect::<String>().into(),
        false => number.into(),
    }
}

fn number_core(number: &str) -> Option<String> {
    /// The longest first, so that 号楼 does not leave a 号 behind.
    const WORDS: [&str; 8] = ["号楼", "#楼", "栋楼", "栋", "幢", "座", "号", "#"];
    let plain: String = number.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_lowercase();
    let core = WORDS
        .iter()
        .find_map(|word| plain.strip_suffix(word))
        .unwrap_or(&plain);
    let core = core.strip_prefix('第').unwrap_or(core);
    // 03栋 and 3栋 are one, 0栋 stays.
    let trimmed = core.trim_start_matches('0');
    let core = match trimmed.starts_with(|c: char| c.is_ascii_digit()) {
        true => trimmed,
        false => core,
    };
    match (core, plain.as_str()) {
        ("", "") => None,
        ("", plain) => Some(plain.to_owned()),
        (core, _) => Some(core.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(number: &str) -> Building {
        let nil = uuid::Uuid::nil();
        let mut building = Building::new(BuildingId(nil), EstateId(nil));
        building.number = number.to_owned();
        building
    }

    #[test]
    fn numbers_are_ordered_as_a_person_counts() {
        let mut numbers = ["", "10栋", "２栋", "1栋", "A座", "2栋甲", "1-2栋"].map(numbered);
        numbers.sort_by(Building::order);
        let ordered = numbers.map(|building| building.number);
        assert_eq!(
            ordered,
            ["1栋", "1-2栋", "２栋", "2栋甲", "10栋", "A座", ""]
        );
    }

    #[test]
    fn one_building_goes_by_many_numbers() {
        for (number, core) in [
            ("3栋", "3"),
            ("3幢", "3"),
            ("3号楼", "3"),
            (" 3 # ", "3"),
            ("３＃楼", "3"),
            ("第3栋", "3"),
            ("03栋", "3"),
            ("0栋", "0"),
            ("A座", "a"),
            ("甲", "甲"),
            ("1-2栋", "1-2"),
            ("栋", "栋"),
        ] {
            assert_eq!(number_core(number).as_deref(), Some(core), "{number}");
        }
        assert_eq!(number_core("  "), None);
    }

    #[test]
    fn the_next_number_counts_on() {
        for (number, next) in [
            ("9栋", Some("10栋")),
            ("９栋", Some("10栋")),
            ("A12", Some("A13")),
            ("3", Some("4")),
            ("甲", None),
            ("", None),
            ("4294967295栋", None),
        ] {
            assert_eq!(numbered(number).number_after().as_deref(), next, "{number}");
        }
    }

    #[test]
    fn every_field_is_got_as_it_was_set_and_refuses_another_kind() {
        let mut building = numbered("");
        for field in BuildingField::ALL {
            assert_eq!(BuildingField::from_key(field.key()), Some(*field));
            let value = match field.kind() {
                Kind::Text => Value::Text("3栋".to_owned()),
                Kind::Year => Value::Year(1987),
                Kind::Count => Value::Count(6),
                Kind::SquareMetres => Value::SquareMetres(1234.5),
                _ => Value::Polygon(Arc::new(geo::MultiPolygon(Vec::new()))),
            };
            building.set(*field, Some(value.clone())).unwrap();
            assert_eq!(building.get(*field), Some(value));
            assert!(building.set(*field, Some(Value::Flag(true))).is_err());
            building.set(*field, None).unwrap();
            assert_eq!(building.get(*field), None);
        }
    }
}
