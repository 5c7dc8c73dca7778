//! Which divisions a place lies in, and who may be asked.

use super::{Boundary, Estate, Field, LonLat, Value, ValueSource};
use std::fmt::Debug;

/// The codes of the divisions around a place: county (6 digits), street or town (9), community
/// (12). `None` where nobody knows, or where several claim the place.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct DivisionCodes {
    pub county: Option<String>,
    pub street: Option<String>,
    pub community: Option<String>,
}

impl DivisionCodes {
    /// The division with this code and those around it; none of them for what is no code.
    pub fn of(code: &str) -> Self {
        let part = |digits: usize| {
            let is_code = code.bytes().all(|byte| byte.is_ascii_digit());
            let part = code.get(..digits).filter(|_| is_code);
            part.map(str::to_owned)
        };
        match code.len() {
            6 | 9 | 12 => Self {
                county: part(6),
                street: part(9),
                community: part(12),
            },
            _ => Self::default(),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Puts the codes where `estate` has none, or has some that were worked out before, from the
    /// county down: a street of another county than the one that a person chose is none.
    pub fn fill(&self, estate: &mut Estate) {
        let text = |code: &String| Value::Text(code.clone());
        put(estate, Field::CountyCode, self.county.as_ref().map(text));
        let county = estate.county_code.clone();
        let street = self.street.as_ref();
        let street = street.filter(|code| code.starts_with(&county));
        put(estate, Field::StreetCode, street.map(text));
        let community = self.community.as_ref();
        let community = community
            .filter(|code| code.starts_with(&county) && code.starts_with(&estate.street_code));
        let texts = community.map(|code| Value::Texts(vec![code.clone()]));
        put(estate, Field::CommunityCodes, texts);
    }
}

fn put(estate: &mut Estate, field: Field, value: Option<Value>) {
    let is_open = estate.get(&field).is_none() || estate.source_of(&field) == ValueSource::Derived;
    let Some(value) = value.filter(|_| is_open) else {
        return;
    };
    // These fields take every text.
    if estate.set(&field, Some(value)).is_ok() {
        estate.sources.insert(field, ValueSource::Derived);
    }
}

/// A map of divisions: what a new estate's codes are worked out from.
pub trait DivisionsAt: Debug + Send + Sync {
    /// The divisions around this position.
    fn at_position(&self, at: LonLat) -> DivisionCodes;
    /// The divisions around a position inside this boundary.
    fn at_boundary(&self, boundary: &Boundary) -> DivisionCodes;
}
