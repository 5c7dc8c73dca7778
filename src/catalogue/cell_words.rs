//! The words that cells of lists use: for "not surveyed", for yes and no, for units and for coded
//! values. Data, like the headings: `data/catalogue/fields.json`.

use super::fold::Folded;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
pub struct CellWords {
    not_surveyed: BTreeSet<Folded>,
    nothing: BTreeSet<Folded>,
    flags: BTreeMap<Folded, bool>,
    no_exclusion: BTreeSet<Folded>,
    /// By domain: word to key.
    codes: BTreeMap<String, BTreeMap<Folded, String>>,
    /// By domain, by key: the word that is written.
    written: BTreeMap<String, BTreeMap<String, String>>,
    written_flags: [String; 2],
    written_no_exclusion: String,
    /// Square metres in one of a unit, the longest unit first: 万m2 ends with m2.
    area_units_m2: Vec<(Folded, f64)>,
    /// The longest first.
    count_units: Vec<Folded>,
}

/// The words as `fields.json` has them.
#[derive(Deserialize)]
pub(super) struct CellWordsFile {
    area_units_m2: BTreeMap<String, f64>,
    count_units: Vec<String>,
    not_surveyed: Vec<String>,
    nothing: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
    no_exclusion: Vec<String>,
    /// By domain, by key.
    codes: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl CellWords {
    /// The words of a file.
    ///
    /// # Errors
    /// The word that stands for two values.
    pub(super) fn of_file(file: CellWordsFile) -> Result<Self, String> {
        let set = |words: &[String]| words.iter().map(|word| Folded::of(word)).collect();
        let mut flags = BTreeMap::new();
        for (words, flag) in [(&file.yes, true), (&file.no, false)] {
            for word in words {
                insert_once(&mut flags, word, flag)?;
            }
        }
        let mut codes = BTreeMap::new();
        for (domain, words_of) in &file.codes {
            let mut by_word = BTreeMap::new();
            for (key, words) in words_of {
                for word in words.iter().chain([key]) {
                    insert_once(&mut by_word, word, key.clone())?;
                }
            }
            codes.insert(domain.clone(), by_word);
        }
        let first = |words: &[String]| words.first().cloned().unwrap_or_default();
        let written = file.codes.iter().map(|(domain, words_of)| {
            let words = words_of
                .iter()
                .map(|(key, words)| (key.clone(), first(words)));
            (domain.clone(), words.collect())
        });
        let area_units = file.area_units_m2.iter();
        let mut area_units_m2: Vec<_> = area_units
            .map(|(unit, m2)| (Folded::of(unit), *m2))
            .collect();
        area_units_m2.sort_by_key(|(unit, _)| std::cmp::Reverse(unit.as_str().len()));
        let mut count_units: Vec<_> = file.count_units.iter().map(|u| Folded::of(u)).collect();
        count_units.sort_by_key(|unit| std::cmp::Reverse(unit.as_str().len()));
        Ok(Self {
            not_surveyed: set(&file.not_surveyed),
            nothing: set(&file.nothing),
            flags,
            no_exclusion: set(&file.no_exclusion),
            codes,
            written: written.collect(),
            written_flags: [first(&file.no), first(&file.yes)],
            written_no_exclusion: first(&file.no_exclusion),
            area_units_m2,
            count_units,
        })
    }

    pub fn is_not_surveyed(&self, cell: &Folded) -> bool {
        cell.as_str().is_empty() || self.not_surveyed.contains(cell)
    }

    /// 无: "not surveyed" in most columns, an answer in some.
    pub fn is_nothing(&self, cell: &Folded) -> bool {
        self.nothing.contains(cell)
    }

    /// The explicit "none of the exclusions".
    pub fn is_no_exclusion(&self, cell: &Folded) -> bool {
        self.no_exclusion.contains(cell)
    }

    pub fn flag(&self, cell: &Folded) -> Option<bool> {
        self.flags.get(cell).copied()
    }

    /// The key of the coded value of `domain` that a cell names, by key or by one of its words.
    pub fn code(&self, domain: &str, cell: &Folded) -> Option<&str> {
        self.codes.get(domain)?.get(cell).map(String::as_str)
    }

    /// The word that a list has for a coded value: the first of its words.
    pub fn written<'a>(&'a self, domain: &str, key: &'a str) -> &'a str {
        let words = self.written.get(domain);
        words
            .and_then(|words| words.get(key))
            .map_or(key, String::as_str)
    }

    pub fn written_flag(&self, flag: bool) -> &str {
        &self.written_flags[usize::from(flag)]
    }

    /// The explicit "none of the exclusions", in a word.
    pub fn written_no_exclusion(&self) -> &str {
        &self.written_no_exclusion
    }

    pub(super) fn area_unit_m2(&self, unit: &str) -> Option<f64> {
        let found = self.area_units_m2.iter().find(|(u, _)| u.as_str() == unit);
        found.map(|(_, m2)| *m2)
    }

    /// What stands before an area unit at the end of folded text, and the square metres in it.
    pub fn split_area_unit<'a>(&self, folded: &'a str) -> Option<(&'a str, f64)> {
        self.area_units_m2
            .iter()
            .find_map(|(unit, m2)| Some((folded.strip_suffix(unit.as_str())?, *m2)))
    }

    /// Folded text without a counting word at its end: 户, 栋, 幢, …
    pub fn without_count_unit<'a>(&self, folded: &'a str) -> &'a str {
        self.count_units
            .iter()
            .find_map(|unit| folded.strip_suffix(unit.as_str()))
            .unwrap_or(folded)
    }
}

fn insert_once<V: PartialEq>(
    words: &mut BTreeMap<Folded, V>,
    word: &str,
    value: V,
) -> Result<(), String> {
    match words.insert(Folded::of(word), value) {
        None => Ok(()),
        Some(_) => Err(format!("the word '{word}' stands twice")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::{
        Coded, Exclusion, Locality, Severity, Tenure, Willingness, WillingnessBasis, YearBasis,
    };

    fn words() -> CellWords {
        Catalogue::shipped().headings.words
    }

    #[test]
    fn every_coded_value_answers_to_its_key_and_to_chinese() {
        fn check<C: Coded>(words: &CellWords) {
            for value in C::ALL {
                let key = Some(value.key());
                assert_eq!(words.code(C::DOMAIN, &Folded::of(value.key())), key);
                let of_value = words.codes[C::DOMAIN]
                    .iter()
                    .filter(|(_, k)| Some(k.as_str()) == key);
                let is_chinese = |word: &Folded| word.as_str().chars().any(|c| c >= '一');
                assert!(of_value.map(|(word, _)| word).any(is_chinese), "{key:?}");
            }
            let known = |key: &String| C::from_key(key).is_some();
            assert!(words.codes[C::DOMAIN].values().all(known), "{}", C::DOMAIN);
        }
        let words = words();
        check::<Locality>(&words);
        check::<YearBasis>(&words);
        check::<Tenure>(&words);
        check::<Exclusion>(&words);
        check::<Willingness>(&words);
        check::<WillingnessBasis>(&words);
        check::<Severity>(&words);
    }

    #[test]
    fn a_word_that_stands_for_two_values_is_refused() {
        let mut words = BTreeMap::new();
        insert_once(&mut words, "强烈", "strong").unwrap();
        assert!(insert_once(&mut words, " 强烈", "weak").is_err());
    }

    #[test]
    fn the_longer_unit_is_read() {
        let words = words();
        assert_eq!(words.split_area_unit("1.2万m2"), Some(("1.2", 10_000.0)));
        assert_eq!(words.split_area_unit("800平方米"), Some(("800", 1.0)));
        assert_eq!(words.split_area_unit("800"), None);
    }
}
