//! Sentences about the sources of map pictures.

use super::Language;
use crate::basemap::Source;
use crate::basemap::address::AddressFault;
use crate::basemap::share::ShareFault;
use crate::basemap::wmts::{CapabilitiesFault, Unusable};
use crate::model::{Coded, Datum};
use std::fmt::Display;
use std::path::Path;

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

/// What is missing in an address of tiles.
pub fn address_fault_text(language: Language, fault: AddressFault) -> String {
    let key = match fault {
        AddressFault::Empty => "empty",
        AddressFault::NoScheme => "no_scheme",
        AddressFault::Missing(place) => {
            let values: [(&str, &dyn Display); 1] = [("place", &place.text())];
            return language.text_with("basemap.address.missing", &values);
        }
        AddressFault::NoSubdomains => "no_subdomains",
        AddressFault::Unknown => "unknown",
        AddressFault::Levels => "levels",
        AddressFault::RowsFromSouth => "rows_from_south",
    };
    language
        .text(&format!("basemap.address.{key}"))
        .into_owned()
}

/// Why a file of sources gives none, or cannot be written.
pub fn share_fault_text(language: Language, path: &Path, fault: &ShareFault) -> String {
    let path: &dyn Display = &path.display();
    let sentence = |key: &str, values: &[(&str, &dyn Display)]| {
        let values = [values, &[("path", path)]].concat();
        language.text_with(&format!("basemap.share.{key}"), &values)
    };
    match fault {
        ShareFault::NotShared => sentence("not_shared", &[]),
        ShareFault::Newer { version } => sentence("newer", &[("version", version)]),
        ShareFault::Damaged { detail } => sentence("damaged", &[("detail", detail)]),
        ShareFault::Nothing => sentence("nothing", &[]),
    }
}

/// That a file of sources could not be written.
pub fn share_unwritten_text(language: Language, path: &Path, detail: &str) -> String {
    let values: [(&str, &dyn Display); 2] = [("detail", &detail), ("path", &path.display())];
    language.text_with("basemap.share.unwritten", &values)
}

/// Why a text describes no WMTS.
pub fn capabilities_fault_text(language: Language, fault: &CapabilitiesFault) -> String {
    match fault {
        CapabilitiesFault::NoXml => language.text("basemap.service.no_xml").into_owned(),
        CapabilitiesFault::NoWmts { says } if says.is_empty() => {
            language.text("basemap.service.no_wmts").into_owned()
        }
        CapabilitiesFault::NoWmts { says } => {
            language.text_with("basemap.service.says", &[("says", says)])
        }
    }
}

/// Why a layer of a service cannot be shown.
pub fn unusable_text(language: Language, why: &Unusable) -> String {
    match why {
        Unusable::UnknownCrs { name } => {
            language.text_with("basemap.service.unknown_crs", &[("name", name)])
        }
        Unusable::Ladder { set } => language.text_with("basemap.service.ladder", &[("set", set)]),
        Unusable::NoPicture => language.text("basemap.service.no_picture").into_owned(),
        Unusable::NoAddress => language.text("basemap.service.no_address").into_owned(),
    }
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
