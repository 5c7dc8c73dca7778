//! Sentences about the sources of map pictures.

use super::Language;
use crate::basemap::Source;
use crate::basemap::share::ShareError;
use crate::basemap::template::TemplateError;
use crate::basemap::wmts::{CapabilitiesError, Unsuitable};
use crate::model::Datum;

/// What a source is called: in the user's language where it is shipped.
pub fn source_name(language: Language, source: &Source) -> String {
    match language.text_if_any(&format!("basemap.source.{}", source.id.0)) {
        Some(name) => name.into_owned(),
        None => source.name.clone(),
    }
}

/// Limits and terms of a source that is shipped, in a sentence or two.
pub fn source_terms(language: Language, source: &Source) -> Option<String> {
    let owner = source.id.0.split('-').next()?;
    let terms = language.text_if_any(&format!("basemap.terms.{owner}"))?;
    Some(terms.into_owned())
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

/// What an address lacks to be one of tiles, and what to do.
pub fn template_error_text(language: Language, error: &TemplateError) -> String {
    let plain = |key: &str| language.text(key).into_owned();
    match error {
        TemplateError::NotWeb => plain("basemap.template.not_web"),
        TemplateError::Missing { place } => {
            language.text_with("basemap.template.missing", &[("place", place)])
        }
        TemplateError::Unknown { place } => {
            language.text_with("basemap.template.unknown", &[("place", place)])
        }
        TemplateError::NeedsCapabilities => plain("basemap.template.needs_capabilities"),
        TemplateError::BaiduGrid => plain("basemap.template.baidu_grid"),
    }
}

/// Why a document says nothing of layers.
pub fn capabilities_error_text(language: Language, error: &CapabilitiesError) -> String {
    match error {
        CapabilitiesError::TooLarge => language.text("basemap.wmts.too_large").into_owned(),
        CapabilitiesError::NotXml { detail } => {
            language.text_with("basemap.wmts.not_xml", &[("detail", detail)])
        }
        CapabilitiesError::NotCapabilities { found } => {
            language.text_with("basemap.wmts.not_capabilities", &[("found", found)])
        }
        CapabilitiesError::Refused { text } => {
            language.text_with("basemap.wmts.refused", &[("text", text)])
        }
    }
}

/// Why a layer of a WMTS cannot be shown.
pub fn unsuitable_text(language: Language, unsuitable: &Unsuitable) -> String {
    let plain = |key: &str| language.text(key).into_owned();
    match unsuitable {
        Unsuitable::UnknownCrs { crs } => {
            language.text_with("basemap.wmts.unknown_crs", &[("crs", crs)])
        }
        Unsuitable::NotHalving => plain("basemap.wmts.not_halving"),
        Unsuitable::NotOneGrid => plain("basemap.wmts.not_one_grid"),
        Unsuitable::NoPicture { formats } => {
            language.text_with("basemap.wmts.no_picture", &[("formats", formats)])
        }
        Unsuitable::NoAddress => plain("basemap.wmts.no_address"),
        Unsuitable::NoMatrices => plain("basemap.wmts.no_matrices"),
    }
}

/// Why a file gives no sources.
pub fn share_error_text(language: Language, error: &ShareError) -> String {
    match error {
        ShareError::NotSources { detail } => {
            language.text_with("basemap.share.not_sources", &[("detail", detail)])
        }
        ShareError::Newer { version } => {
            language.text_with("basemap.share.newer", &[("version", version)])
        }
        ShareError::BadSource { number, detail } => language.text_with(
            "basemap.share.bad_source",
            &[("number", number), ("detail", detail)],
        ),
        ShareError::IsFile { number } => {
            language.text_with("basemap.share.is_file", &[("number", number)])
        }
        ShareError::BadGrid { number } => {
            language.text_with("basemap.share.bad_grid", &[("number", number)])
        }
        ShareError::TooLarge { megabytes } => {
            language.text_with("basemap.share.too_large", &[("megabytes", megabytes)])
        }
    }
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

    #[test]
    fn every_error_of_a_source_is_a_sentence_in_both_languages() {
        let some = || "something".to_owned();
        for language in Language::ALL {
            let templates = [
                TemplateError::NotWeb,
                TemplateError::Missing { place: "z" },
                TemplateError::Unknown { place: some() },
                TemplateError::NeedsCapabilities,
                TemplateError::BaiduGrid,
            ];
            let documents = [
                CapabilitiesError::TooLarge,
                CapabilitiesError::NotXml { detail: some() },
                CapabilitiesError::NotCapabilities { found: some() },
                CapabilitiesError::Refused { text: some() },
            ];
            let layers = [
                Unsuitable::UnknownCrs { crs: some() },
                Unsuitable::NotHalving,
                Unsuitable::NotOneGrid,
                Unsuitable::NoPicture { formats: some() },
                Unsuitable::NoAddress,
                Unsuitable::NoMatrices,
            ];
            let files = [
                ShareError::NotSources { detail: some() },
                ShareError::Newer { version: 2 },
                ShareError::BadSource {
                    number: 1,
                    detail: some(),
                },
                ShareError::IsFile { number: 1 },
                ShareError::BadGrid { number: 1 },
                ShareError::TooLarge { megabytes: 9 },
            ];
            let texts = (templates.iter().map(|it| template_error_text(language, it)))
                .chain(
                    documents
                        .iter()
                        .map(|it| capabilities_error_text(language, it)),
                )
                .chain(layers.iter().map(|it| unsuitable_text(language, it)))
                .chain(files.iter().map(|it| share_error_text(language, it)));
            for text in texts {
                assert!(
                    !text.contains("%{") && !text.starts_with("basemap."),
                    "{text}"
                );
            }
        }
    }
}
