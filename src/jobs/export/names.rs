//! The names that a filter may use, whatever their case: keys, the template's own names, and the
//! headings that lists have.

use super::cells::Codes;
use crate::catalogue::{Catalogue, CellWords, Known, Source, Target};
use crate::formats::exchange::Column;
use crate::model::Field;
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Names<'a> {
    known: BTreeMap<String, Source>,
    catalogue: &'a Catalogue,
}

/// The key of everything that a template may name alone, but for gaps.
pub(super) fn source_keys() -> Vec<String> {
    let fields = Field::PLAIN
        .iter()
        .filter(|field| **field != Field::Boundary);
    let known = Known::ALL.iter().map(|known| known.key().to_owned());
    fields.map(Field::key).chain(known).collect()
}

impl<'a> Names<'a> {
    pub fn new<'c>(
        columns: impl IntoIterator<Item = (&'c Source, &'c Column)>,
        catalogue: &'a Catalogue,
    ) -> Self {
        let mut names = Self {
            known: BTreeMap::new(),
            catalogue,
        };
        let gaps = catalogue
            .items
            .iter()
            .map(|item| Source::Field(Field::Gap(item.code)));
        let keys = source_keys().into_iter().chain([Field::Boundary.key()]);
        for source in keys.filter_map(|key| Source::from_key(&key)).chain(gaps) {
            names.add(&source.key(), &source);
            names.add(&source.column_key(), &source);
        }
        for (source, column) in columns {
            for name in [&column.key, &column.heading, &column.short, &source.key()] {
                names.add(name, source);
            }
        }
        names
    }

    /// Imported columns without a field, with and without the mark of one.
    pub fn add_other(&mut self, headings: &BTreeSet<String>) {
        for heading in headings {
            let source = Source::Other(heading.clone());
            self.add(&source.key(), &source);
            // A heading that is also a field's means the field.
            if self.of_heading(heading).is_none() {
                self.add(heading, &source);
            }
        }
    }

    fn add(&mut self, name: &str, source: &Source) {
        let known = self.known.entry(name.to_lowercase());
        known.or_insert_with(|| source.clone());
    }

    pub fn find(&self, name: &str) -> Option<Source> {
        let known = self.known.get(&name.to_lowercase()).cloned();
        known.or_else(|| self.of_heading(name))
    }

    /// As the import takes a column of this heading.
    fn of_heading(&self, name: &str) -> Option<Source> {
        let guesses = self.catalogue.headings.guess(&[name.to_owned()], None);
        match guesses.into_iter().next()??.target {
            Target::Field(field) => Some(Source::Field(field)),
            Target::Lon => Some(Source::Known(Known::Lon)),
            Target::Lat => Some(Source::Known(Known::Lat)),
            Target::Source => Some(Source::Known(Known::Publisher)),
            Target::SourceId => Some(Source::Known(Known::SourceId)),
            Target::Building(_) | Target::Ignore => None,
        }
    }

    /// The words that cells of lists have.
    pub fn words(&self) -> &CellWords {
        &self.catalogue.headings.words
    }

    /// The word for a coded value.
    pub fn word(&self, codes: &Codes, key: &str) -> String {
        codes.word(key, self.words())
    }

    /// What somebody may have meant by `name`.
    pub fn nearest(&self, name: &str) -> Vec<String> {
        crate::catalogue::nearest(name, self.known.keys().map(String::as_str))
    }
}
