//! The Chinese words of the ledger 台账: data, `data/catalogue/ledger.json`. The headings of fields
//! and the words of coded values are those of lists, so that the import recognises a ledger.

use super::parse;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const SHIPPED: &str = include_str!("../../data/catalogue/ledger.json");

/// The words, by kind and by key.
#[derive(Clone, Debug)]
pub struct LedgerWords(BTreeMap<String, BTreeMap<String, String>>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Words(BTreeMap<String, String>),
    /// For whoever reads the file.
    Note(serde::de::IgnoredAny),
}

impl LedgerWords {
    pub fn shipped() -> &'static Self {
        static WORDS: OnceLock<LedgerWords> = OnceLock::new();
        WORDS.get_or_init(|| {
            // A compiled-in file: the test below reads it, so it cannot fail later.
            let entries: BTreeMap<String, Entry> = parse("data/catalogue/ledger.json", SHIPPED)
                .expect("data/catalogue/ledger.json is checked by a test");
            let words = |(kind, entry)| match entry {
                Entry::Words(words) => Some((kind, words)),
                Entry::Note(_) => None,
            };
            Self(entries.into_iter().filter_map(words).collect())
        })
    }

    /// The word of `kind` for `key`; the key itself where the file has none.
    pub fn word<'a>(&'a self, kind: &str, key: &'a str) -> &'a str {
        let words = self.0.get(kind);
        words
            .and_then(|words| words.get(key))
            .map_or(key, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Batch, Coded, Verdict};

    #[test]
    fn every_coded_value_has_its_word() {
        let words = LedgerWords::shipped();
        for batch in Batch::ALL {
            assert_ne!(words.word("batch", batch.key()), batch.key());
        }
        for verdict in Verdict::ALL {
            assert_ne!(words.word("verdict", verdict.key()), verdict.key());
        }
        assert_eq!(words.word("sheets", "ledger"), "台账");
        assert_eq!(words.word("sheets", "moon"), "moon");
    }
}
