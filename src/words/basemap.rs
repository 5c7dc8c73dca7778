//! Sentences about the sources of map pictures.

use super::Language;
use crate::basemap::Source;
use crate::model::{Coded, Datum};

/// What a source is called: in the user's language where it is shipped.
pub fn source_name(language: Language, source: &Source) -> String {
    match language.text_if_any(&format!("basemap.source.{}", source.id.0)) {
        Some(name) => name.into_owned(),
        None => source.name.clone(),
    }
}

/// Whose a source that is shipped is.
pub fn owner_name(language: Language, source: &Source) -> String {
    let key = format!("basemap.owner.{}", source.owner());
    language.text(&key).into_owned()
}

/// Limits and terms of a source that is shipped, in a sentence or two.
pub fn source_terms(language: Language, source: &Source) -> Option<String> {
    let key = format!("basemap.terms.{}", source.owner());
    Some(language.text_if_any(&key)?.into_owned())
}

/// What a datum is called.
pub fn datum_name(language: Language, datum: Datum) -> String {
    let key = format!("code.{}.{}", Datum::DOMAIN, datum.key());
    language.text(&key).into_owned()
}

/// What is done so that a map of this datum lies where it should.
pub fn shift_hint(language: Language, datum: Datum) -> String {
    let key = match datum {
        Datum::Wgs84 | Datum::Cgcs2000 => "basemap.shift.none",
        Datum::Gcj02 => "basemap.shift.gcj02",
        Datum::Bd09 => "basemap.shift.bd09",
    };
    language.text(key).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::presets;

    #[test]
    fn every_source_that_is_shipped_has_a_name_and_terms_in_both_languages() {
        for language in Language::ALL {
            for source in presets() {
                assert!(!source_name(language, source).is_empty(), "{:?}", source.id);
                assert!(source_terms(language, source).is_some(), "{:?}", source.id);
            }
        }
    }
}
