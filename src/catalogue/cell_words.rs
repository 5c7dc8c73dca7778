//! The words that cells of lists use: for "not surveyed", for yes and no, for units and for coded
//! values. Data, like the headings: `data/catalogue/fields.json`.

use super::headings::fold_width;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Deserialize)]
pub struct CellWords {
    /// Square metres in one of a unit.
    area_units_m2: BTreeMap<String, f64>,
    count_units: Vec<String>,
    not_surveyed: Vec<String>,
    /// 无: "not surveyed" in most columns, an answer in some.
    nothing: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
    no_exclusion: Vec<String>,
    /// By domain, by key.
    codes: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl CellWords {
    pub(super) fn folded(mut self) -> Self {
        let lists = [
            &mut self.count_units,
            &mut self.not_surveyed,
            &mut self.nothing,
            &mut self.yes,
            &mut self.no,
            &mut self.no_exclusion,
        ];
        let codes = self.codes.values_mut().flat_map(BTreeMap::values_mut);
        for word in lists.into_iter().chain(codes).flatten() {
            *word = fold_cell(word);
        }
        // The longest unit first: 万m2 ends with m2.
        self.count_units
            .sort_by_key(|unit| std::cmp::Reverse(unit.len()));
        self
    }

    pub fn is_not_surveyed(&self, text: &str) -> bool {
        let folded = fold_cell(text);
        folded.is_empty() || self.not_surveyed.contains(&folded)
    }

    pub fn is_nothing(&self, text: &str) -> bool {
        self.nothing.contains(&fold_cell(text))
    }

    /// The explicit "none of the exclusions".
    pub fn is_no_exclusion(&self, text: &str) -> bool {
        self.no_exclusion.contains(&fold_cell(text))
    }

    pub fn flag(&self, text: &str) -> Option<bool> {
        let folded = fold_cell(text);
        match (self.yes.contains(&folded), self.no.contains(&folded)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    /// The key of the coded value of `domain` that `text` names: by key, or by one of its words.
    pub fn code(&self, domain: &str, text: &str) -> Option<&str> {
        let folded = fold_cell(text);
        let (key, _) = self
            .codes
            .get(domain)?
            .iter()
            .find(|(key, words)| key.to_lowercase() == folded || words.contains(&folded))?;
        Some(key)
    }

    pub(super) fn area_unit_m2(&self, unit: &str) -> Option<f64> {
        self.area_units_m2.get(unit).copied()
    }

    /// What stands before an area unit at the end of folded text, and the square metres in it.
    pub fn split_area_unit<'a>(&self, folded: &'a str) -> Option<(&'a str, f64)> {
        self.area_units_m2
            .iter()
            .filter_map(|(unit, factor)| Some((folded.strip_suffix(unit.as_str())?, *factor)))
            .min_by_key(|(rest, _)| rest.len())
    }

    /// Folded text without a counting word at its end: 户, 栋, 幢, …
    pub fn without_count_unit<'a>(&self, folded: &'a str) -> &'a str {
        self.count_units
            .iter()
            .find_map(|unit| folded.strip_suffix(unit.as_str()))
            .unwrap_or(folded)
    }
}

/// Half width, lower case, no spaces: how cells are compared with words and read as numbers.
pub fn fold_cell(text: &str) -> String {
    let mut folded = fold_width(text);
    folded.retain(|c| !c.is_whitespace() && !c.is_control() && c != '\u{feff}');
    folded
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::model::{
        Coded, Exclusion, Locality, Severity, Tenure, Willingness, WillingnessBasis, YearBasis,
    };

    #[test]
    fn every_coded_value_answers_to_its_key_and_to_chinese() {
        fn check<C: Coded>() {
            let words = Catalogue::shipped().headings.words;
            for value in C::ALL {
                assert_eq!(words.code(C::DOMAIN, value.key()), Some(value.key()));
                let chinese = words.codes[C::DOMAIN][value.key()].first().unwrap();
                assert_eq!(words.code(C::DOMAIN, chinese), Some(value.key()));
            }
            assert_eq!(words.codes[C::DOMAIN].len(), C::ALL.len());
        }
        check::<Locality>();
        check::<YearBasis>();
        check::<Tenure>();
        check::<Exclusion>();
        check::<Willingness>();
        check::<WillingnessBasis>();
        check::<Severity>();
    }

    #[test]
    fn no_word_stands_for_two_values_of_a_domain() {
        let words = Catalogue::shipped().headings.words;
        for (domain, codes) in &words.codes {
            let mut all: Vec<_> = codes.values().flatten().collect();
            let count = all.len();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), count, "{domain}");
        }
    }

    #[test]
    fn the_longer_unit_is_read() {
        let words = Catalogue::shipped().headings.words;
        assert_eq!(words.split_area_unit("1.2万m2"), Some(("1.2", 10_000.0)));
        assert_eq!(words.split_area_unit("800平方米"), Some(("800", 1.0)));
        assert_eq!(words.split_area_unit("800"), None);
    }
}
