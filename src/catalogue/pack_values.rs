//! A rule pack as a list of values that a person can look through and change.

use super::RulePack;
use serde_json::Value as Json;

/// What is no number of policy: the document's own words, and items, which are edited as such.
const NO_VALUES: [&str; 2] = ["clauses", "items"];

/// One value of a pack, by the names that lead to it.
#[derive(Clone, Debug, PartialEq)]
pub struct PackValue {
    /// E.g. `recognition.cutoff_year`.
    pub path: String,
    /// A number, a text, yes or no, or a list of those.
    pub value: Json,
}

impl PackValue {
    /// The first name of the path; of what describes the pack itself nothing.
    pub fn section(&self) -> &str {
        self.path.split_once('.').map_or("", |(section, _)| section)
    }

    /// The value as a person types it: a list with commas.
    pub fn text(&self) -> String {
        text(&self.value)
    }

    /// What was typed for it, as a value of the same kind.
    ///
    /// # Errors
    /// The kind that was wanted.
    pub fn parse(&self, typed: &str) -> Result<Json, WrongPackValue> {
        parse(&self.value, typed.trim())
    }
}

/// What a value has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongPackValue {
    #[error("not a number")]
    NotANumber,
    #[error("not a list of {0} numbers")]
    NotNumbers(usize),
    #[error("empty")]
    Empty,
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn parse(held: &Json, typed: &str) -> Result<Json, WrongPackValue> {
    match held {
        Json::String(_) if typed.is_empty() => Err(WrongPackValue::Empty),
        Json::String(_) => Ok(Json::String(typed.to_owned())),
        // A list with nothing in it yet may be one of words.
        Json::Array(held) if !held.is_empty() && held.iter().all(Json::is_number) => {
            let parts: Result<Vec<_>, _> = typed.split([',', '，', '、']).map(number).collect();
            match parts {
                Ok(parts) if parts.len() == held.len() => Ok(Json::Array(parts)),
                _ => Err(WrongPackValue::NotNumbers(held.len())),
            }
        }
        Json::Array(_) => {
            let parts = typed.split([',', '，', '、']).map(str::trim);
            let parts = parts.filter(|part| !part.is_empty());
            Ok(Json::Array(parts.map(|part| part.into()).collect()))
        }
        _ => number(typed),
    }
}

fn number(text: &str) -> Result<Json, WrongPackValue> {
    let text = text.trim();
    let whole = text.parse::<i64>().ok().map(Json::from);
    let fraction = || {
        let number = text
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())?;
        serde_json::Number::from_f64(number).map(Json::Number)
    };
    whole.or_else(fraction).ok_or(WrongPackValue::NotANumber)
}

impl RulePack {
    /// The values of a pack, in the order of its file.
    pub fn values(pack: &Json) -> Vec<PackValue> {
        let mut values = Vec::new();
        if let Json::Object(members) = pack {
            let members = members.iter();
            for (name, value) in members.filter(|(name, _)| !NO_VALUES.contains(&name.as_str())) {
                walk(name.clone(), value, &mut values);
            }
        }
        values
    }

    /// Puts a value where `path` leads; what is not there stays away.
    pub fn set_value(pack: &mut Json, path: &str, value: Json) {
        let held = path
            .split('.')
            .try_fold(pack, |pack, name| pack.as_object_mut()?.get_mut(name));
        if let Some(held) = held {
            *held = value;
        }
    }
}

fn walk(path: String, value: &Json, values: &mut Vec<PackValue>) {
    match value {
        Json::Object(members) => {
            for (name, value) in members {
                walk(format!("{path}.{name}"), value, values);
            }
        }
        value => values.push(PackValue {
            path,
            value: value.clone(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(path: &str) -> PackValue {
        let values = RulePack::values(&RulePack::shipped_json());
        values.into_iter().find(|value| value.path == path).unwrap()
    }

    #[test]
    fn every_number_of_the_shipped_pack_is_a_value_and_reads_back_as_it_was() {
        let shipped = RulePack::shipped_json();
        let values = RulePack::values(&shipped);
        assert!(values.iter().any(|value| value.path == "document"));
        assert!(!values.iter().any(|value| value.path.starts_with("clauses")));
        let mut copy = shipped.clone();
        for value in &values {
            if !value.value.is_boolean() {
                let again = value.parse(&value.text()).unwrap();
                RulePack::set_value(&mut copy, &value.path, again);
            }
        }
        let read = |pack: &Json| RulePack::from_json(pack).unwrap();
        assert_eq!(read(&copy), read(&shipped));
    }

    #[test]
    fn what_is_typed_is_of_the_kind_that_was_there() {
        let year = value("recognition.cutoff_year");
        assert_eq!(year.section(), "recognition");
        assert_eq!(year.parse(" 2005 "), Ok(Json::from(2005)));
        assert_eq!(year.parse("两千年"), Err(WrongPackValue::NotANumber));
        let bounds = value("checks.floor_area_per_household_m2");
        assert_eq!(bounds.parse("25，180"), Ok(serde_json::json!([25, 180])));
        assert_eq!(bounds.parse("25"), Err(WrongPackValue::NotNumbers(2)));
        assert_eq!(value("document").parse(" "), Err(WrongPackValue::Empty));
    }
}
