//! What the search box compares: everything a person might remember of a record. Pure.

use crate::model::Estate;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Without difference of case or width: «１２号» is found by "12号".
fn normalised(text: &str) -> String {
    // Nearly every Chinese name is in this form already, and 170,000 of them wait for the answer.
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => text.to_lowercase(),
        IsNormalized::No | IsNormalized::Maybe => text.nfkc().collect::<String>().to_lowercase(),
    }
}

/// Name, aliases, address, codes and numbers of a record, one a line, normalised.
pub fn searchable(estate: &Estate) -> String {
    let mut text = String::new();
    let origin = estate.origin.iter().map(|origin| &origin.source_id);
    let parts = [&estate.name, &estate.address]
        .into_iter()
        .chain(&estate.aliases)
        .chain([&estate.county_code, &estate.street_code])
        .chain(&estate.community_codes)
        .chain(&estate.lib_no)
        .chain(origin);
    for part in parts.filter(|part| !part.is_empty()) {
        text.push_str(part);
        text.push('\n');
    }
    normalised(&text)
}

/// What was typed, word by word: every word must occur.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<String>);

impl Query {
    pub fn new(typed: &str) -> Self {
        Self(
            normalised(typed)
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        )
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a [`searchable`] text answers it.
    pub fn matches(&self, searchable: &str) -> bool {
        self.0.iter().all(|word| searchable.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EstateId, ListId, Origin};

    #[test]
    fn a_record_is_found_by_any_part_whatever_its_case_and_width() {
        let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
        estate.name = "洪都新村（一期）".into();
        estate.aliases = vec!["Hongdu Xincun".into()];
        estate.address = "洪都北大道１２号".into();
        estate.county_code = "360104".into();
        estate.lib_no = Some("36010420260007".into());
        estate.origin = Some(Origin {
            list: ListId(uuid::Uuid::nil()),
            row: 1,
            source: String::new(),
            source_id: "NC-0042".into(),
        });
        let text = searchable(&estate);
        for typed in [
            "",
            "新村",
            "新村(一期)",
            "HONGDU",
            "大道12号",
            "ｎｃ-0042",
            "360104",
            "20260007",
            "一期 12号",
        ] {
            assert!(Query::new(typed).matches(&text), "{typed}");
        }
        for typed in ["二期", "新村 13号", "nc-0043"] {
            assert!(!Query::new(typed).matches(&text), "{typed}");
        }
    }
}
