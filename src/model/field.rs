//! The fields of a record, by name: what forms, files, merges and findings talk about.
//!
//! `Estate` stays a plain struct for the rules; `get` and `set` are the one bridge between it and
//! everything that treats fields alike.

use super::codes::{Coded, Exclusion, Severity, Tenure};
use super::estate::Estate;
use super::item::ItemCode;
use super::value::{Kind, Setting, Value, WrongValue, code, codes, text, texts};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A field of [`Estate`] that a person or a file can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Name,
    Aliases,
    CountyCode,
    StreetCode,
    CommunityCodes,
    Locality,
    Address,
    BuildYear,
    YearMin,
    YearMax,
    YearBasis,
    Households,
    FloorArea,
    Buildings,
    Tenure,
    OrigUnit,
    Residential,
    Exclusions,
    ExclusionNote,
    Willingness,
    WillingnessBasis,
    Sent,
    Returned,
    Agree,
    Oppose,
    WillingToPay,
    WillingnessDate,
    Remarks,
    Boundary,
    /// The severity of one facility gap.
    Gap(ItemCode),
}

impl Field {
    /// Every field but the gaps, in form order.
    pub const PLAIN: &'static [Field] = &[
        Field::Name,
        Field::Aliases,
        Field::CountyCode,
        Field::StreetCode,
        Field::CommunityCodes,
        Field::Locality,
        Field::Address,
        Field::BuildYear,
        Field::YearMin,
        Field::YearMax,
        Field::YearBasis,
        Field::Households,
        Field::FloorArea,
        Field::Buildings,
        Field::Tenure,
        Field::OrigUnit,
        Field::Residential,
        Field::Exclusions,
        Field::ExclusionNote,
        Field::Willingness,
        Field::WillingnessBasis,
        Field::Sent,
        Field::Returned,
        Field::Agree,
        Field::Oppose,
        Field::WillingToPay,
        Field::WillingnessDate,
        Field::Remarks,
        Field::Boundary,
    ];

    /// The stable ASCII key, as files and the command line carry it.
    pub fn key(&self) -> String {
        match self {
            Field::Gap(item) => format!("gap.{item}"),
            plain => plain.plain_key().to_owned(),
        }
    }

    /// The field with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        if let Some(item) = key.strip_prefix("gap.") {
            return ItemCode::parse(item).map(Field::Gap);
        }
        Self::PLAIN
            .iter()
            .copied()
            .find(|field| field.plain_key() == key)
    }

    fn plain_key(&self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Aliases => "aliases",
            Field::CountyCode => "county_code",
            Field::StreetCode => "street_code",
            Field::CommunityCodes => "community_code",
            Field::Locality => "locality",
            Field::Address => "address",
            Field::BuildYear => "build_year",
            Field::YearMin => "year_min",
            Field::YearMax => "year_max",
            Field::YearBasis => "year_basis",
            Field::Households => "households",
            Field::FloorArea => "floor_area_m2",
            Field::Buildings => "buildings",
            Field::Tenure => "tenure",
            Field::OrigUnit => "orig_unit",
            Field::Residential => "residential",
            Field::Exclusions => "exclusions",
            Field::ExclusionNote => "exclusion_note",
            Field::Willingness => "willingness",
            Field::WillingnessBasis => "willingness_basis",
            Field::Sent => "sent",
            Field::Returned => "returned",
            Field::Agree => "agree",
            Field::Oppose => "oppose",
            Field::WillingToPay => "willing_to_pay",
            Field::WillingnessDate => "willingness_date",
            Field::Remarks => "remarks",
            Field::Boundary => "geometry",
            Field::Gap(_) => "gap",
        }
    }

    pub fn kind(&self) -> Kind {
        match self {
            Field::Name
            | Field::CountyCode
            | Field::StreetCode
            | Field::Address
            | Field::OrigUnit
            | Field::ExclusionNote
            | Field::WillingnessDate
            | Field::Remarks => Kind::Text,
            Field::Aliases | Field::CommunityCodes => Kind::Texts,
            Field::BuildYear | Field::YearMin | Field::YearMax => Kind::Year,
            Field::Households
            | Field::Buildings
            | Field::Sent
            | Field::Returned
            | Field::Agree
            | Field::Oppose
            | Field::WillingToPay => Kind::Count,
            Field::FloorArea => Kind::SquareMetres,
            Field::Residential => Kind::Flag,
            Field::Locality => Kind::Code(super::codes::Locality::DOMAIN),
            Field::YearBasis => Kind::Code(super::codes::YearBasis::DOMAIN),
            Field::Willingness => Kind::Code(super::codes::Willingness::DOMAIN),
            Field::WillingnessBasis => Kind::Code(super::codes::WillingnessBasis::DOMAIN),
            Field::Gap(_) => Kind::Code(Severity::DOMAIN),
            Field::Tenure => Kind::Codes(Tenure::DOMAIN),
            Field::Exclusions => Kind::Codes(Exclusion::DOMAIN),
            Field::Boundary => Kind::Polygon,
        }
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key())
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Field::from_key(&key)
            .ok_or_else(|| serde::de::Error::custom(format!("'{key}' is no field")))
    }
}

impl Estate {
    /// The value of `field`; `None` where it was not surveyed.
    pub fn get(&self, field: &Field) -> Option<Value> {
        match field {
            Field::Name
            | Field::CountyCode
            | Field::StreetCode
            | Field::Address
            | Field::OrigUnit
            | Field::ExclusionNote
            | Field::WillingnessDate
            | Field::Remarks => self.text(field).and_then(text),
            Field::Aliases => texts(&self.aliases),
            Field::CommunityCodes => texts(&self.community_codes),
            Field::Locality => code(self.locality),
            Field::BuildYear => self.build_year.map(Value::Year),
            Field::YearMin => self.year_min.map(Value::Year),
            Field::YearMax => self.year_max.map(Value::Year),
            Field::YearBasis => code(self.year_basis),
            Field::Households => self.households.map(Value::Count),
            Field::FloorArea => self.floor_area_m2.map(Value::SquareMetres),
            Field::Buildings => self.buildings.map(Value::Count),
            Field::Tenure => (!self.tenure.is_empty()).then(|| codes(&self.tenure)),
            Field::Residential => self.residential.map(Value::Flag),
            Field::Exclusions => self.exclusions.as_ref().map(codes),
            Field::Willingness => code(self.willingness),
            Field::WillingnessBasis => code(self.willingness_basis),
            Field::Sent => self.sent.map(Value::Count),
            Field::Returned => self.returned.map(Value::Count),
            Field::Agree => self.agree.map(Value::Count),
            Field::Oppose => self.oppose.map(Value::Count),
            Field::WillingToPay => self.willing_to_pay.map(Value::Count),
            Field::Gap(item) => code(self.gaps.get(item).copied()),
            Field::Boundary => self.boundary.clone().map(Value::Polygon),
        }
    }

    /// What a field that holds one text says, as it is; `None` where it was not surveyed, and for
    /// every other field.
    pub fn text(&self, field: &Field) -> Option<&str> {
        let text = match field {
            Field::Name => &self.name,
            Field::CountyCode => &self.county_code,
            Field::StreetCode => &self.street_code,
            Field::Address => &self.address,
            Field::OrigUnit => &self.orig_unit,
            Field::ExclusionNote => &self.exclusion_note,
            Field::WillingnessDate => &self.willingness_date,
            Field::Remarks => &self.remarks,
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// Sets `field`; `None` takes it back to "not surveyed".
    ///
    /// # Errors
    /// [`WrongValue`] where the kind does not fit or a coded key is unknown.
    pub fn set(&mut self, field: &Field, value: Option<Value>) -> Result<(), WrongValue> {
        let setting = Setting {
            field: *field,
            value,
        };
        match field {
            Field::Name => self.name = setting.text()?,
            Field::Aliases => self.aliases = setting.texts()?,
            Field::CountyCode => self.county_code = setting.text()?,
            Field::StreetCode => self.street_code = setting.text()?,
            Field::CommunityCodes => {
                self.community_codes = setting.texts()?.into_iter().collect();
            }
            Field::Locality => self.locality = setting.code()?,
            Field::Address => self.address = setting.text()?,
            Field::BuildYear => self.build_year = setting.year()?,
            Field::YearMin => self.year_min = setting.year()?,
            Field::YearMax => self.year_max = setting.year()?,
            Field::YearBasis => self.year_basis = setting.code()?,
            Field::Households => self.households = setting.count()?,
            Field::FloorArea => self.floor_area_m2 = setting.square_metres()?,
            Field::Buildings => self.buildings = setting.count()?,
            Field::Tenure => self.tenure = setting.codes()?.unwrap_or_default(),
            Field::OrigUnit => self.orig_unit = setting.text()?,
            Field::Residential => self.residential = setting.flag()?,
            Field::Exclusions => self.exclusions = setting.codes()?,
            Field::ExclusionNote => self.exclusion_note = setting.text()?,
            Field::Willingness => self.willingness = setting.code()?,
            Field::WillingnessBasis => self.willingness_basis = setting.code()?,
            Field::Sent => self.sent = setting.count()?,
            Field::Returned => self.returned = setting.count()?,
            Field::Agree => self.agree = setting.count()?,
            Field::Oppose => self.oppose = setting.count()?,
            Field::WillingToPay => self.willing_to_pay = setting.count()?,
            Field::WillingnessDate => self.willingness_date = setting.text()?,
            Field::Remarks => self.remarks = setting.text()?,
            Field::Gap(item) => match setting.code::<Severity>()? {
                Some(severity) => {
                    self.gaps.insert(*item, severity);
                }
                None => {
                    self.gaps.remove(item);
                }
            },
            Field::Boundary => self.boundary = setting.polygon()?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EstateId;

    #[test]
    fn a_key_names_one_field_and_back() {
        let gap = Field::Gap(ItemCode::parse("C04").unwrap());
        for field in Field::PLAIN.iter().chain([&gap]) {
            assert_eq!(Field::from_key(&field.key()), Some(*field));
        }
        assert_eq!(Field::from_key("telephone"), None);
    }

    #[test]
    fn not_surveyed_is_never_none_and_none_is_never_not_surveyed() {
        let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
        assert_eq!(estate.get(&Field::Exclusions), None);
        estate
            .set(&Field::Exclusions, Some(Value::Codes(vec![])))
            .unwrap();
        assert_eq!(
            estate.get(&Field::Exclusions),
            Some(Value::Codes(Vec::new()))
        );
        estate.set(&Field::Exclusions, None).unwrap();
        assert_eq!(estate.exclusions, None);
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_refused_and_changes_nothing() {
        let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
        let before = estate.clone();
        for (field, value) in [
            (Field::Households, Value::Text("many".into())),
            (Field::Locality, Value::Code("moon".into())),
            (Field::Tenure, Value::Codes(vec!["moon".into()])),
            (Field::FloorArea, Value::SquareMetres(f64::NAN)),
            (Field::Boundary, Value::Text(String::new())),
        ] {
            assert!(estate.set(&field, Some(value)).is_err());
        }
        assert_eq!(estate, before);
    }
}
