//! Sentences about reference layers: why one was refused, and which features are missing.

use super::Language;
use super::import::{crs_text, format_error_text};
use crate::geodesy::form::Form;
use crate::reference::divisions::{Divisions, FoundBy, NoDivisions};
use crate::reference::{Damage, Layer, LayerError, LayerErrorKind, SkipReason};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::ErrorKind;

/// Why a file is no layer, and what to do.
pub fn layer_error_text(language: Language, error: &LayerError) -> String {
    let file: (&str, &dyn Display) = ("file", &error.file);
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        let values = [values, &[file]].concat();
        language.text_with(&format!("reference.error.{key}"), &values)
    };
    match &error.kind {
        LayerErrorKind::Io(reason) => match reason.kind() {
            ErrorKind::NotFound => say("not_found", &[]),
            _ => say("io", &[("reason", reason)]),
        },
        LayerErrorKind::TooLarge { limit } => say("too_large", &[("limit", &(limit >> 20))]),
        LayerErrorKind::UnknownFormat => say("unknown_format", &[]),
        LayerErrorKind::NoLayers => say("no_layers", &[]),
        LayerErrorKind::NoSuchLayer { name } => say("no_such_layer", &[("name", name)]),
        LayerErrorKind::NoShapes => say("no_shapes", &[]),
        LayerErrorKind::Damaged(damage) => {
            let (key, reason) = match damage {
                Damage::Zip(reason) => ("damaged_zip", reason),
                Damage::Shapefile(reason) => ("damaged_shapefile", reason),
                Damage::GeoPackage(reason) => ("damaged_geopackage", reason),
                Damage::Xml(reason) => ("damaged_xml", reason),
                Damage::Sheet(reason) => ("damaged_sheet", reason),
            };
            say(key, &[("reason", reason)])
        }
        LayerErrorKind::Format(reason) => format_error_text(language, &error.file, reason),
        LayerErrorKind::NoSystem { looks_like } => {
            let looks = looks_text(language, *looks_like);
            say("no_system", &[("looks", &looks)])
        }
        LayerErrorKind::UnknownSystem { name } => say("unknown_system", &[("name", name)]),
        LayerErrorKind::NotOfSystem { crs, looks_like } => {
            let looks = looks_text(language, *looks_like);
            let system = crs_text(language, *crs);
            say("not_of_system", &[("system", &system), ("looks", &looks)])
        }
        LayerErrorKind::Cancelled(_) => say("cancelled", &[]),
    }
}

/// What was read, and how many features of which kind were not.
pub fn layer_text(language: Language, layer: &Layer) -> String {
    let mut counts: BTreeMap<SkipReason, usize> = BTreeMap::new();
    for skipped in &layer.skipped {
        *counts.entry(skipped.reason).or_default() += 1;
    }
    let mut sentences = vec![language.text_with(
        "reference.read",
        &[
            ("name", &layer.name),
            ("count", &layer.features.len()),
            ("system", &crs_text(language, layer.crs)),
        ],
    )];
    for (reason, count) in counts {
        let key = match reason {
            SkipReason::NoGeometry => "no_geometry",
            SkipReason::Broken => "broken",
            SkipReason::Unsupported => "unsupported",
            SkipReason::BadPosition => "bad_position",
        };
        let key = format!("reference.skipped.{key}");
        sentences.push(language.text_with(&key, &[("count", &count)]));
    }
    sentences.join(&language.text("reference.and"))
}

/// Why a layer is no map of divisions, and what to do.
pub fn no_divisions_text(language: Language, layer: &str, reason: &NoDivisions) -> String {
    match reason {
        NoDivisions::NoPolygons => {
            language.text_with("reference.divisions.no_polygons", &[("layer", &layer)])
        }
        NoDivisions::NoCodes { columns } => language.text_with(
            "reference.divisions.no_codes",
            &[("layer", &layer), ("columns", &language.listed(columns))],
        ),
    }
}

/// How the divisions of a layer were recognised, and how many were not.
pub fn divisions_text(language: Language, layer: &str, divisions: &Divisions) -> String {
    let (key, column) = match &divisions.found_by {
        FoundBy::Codes { column } => ("reference.divisions.by_codes", column),
        FoundBy::Names { column } => ("reference.divisions.by_names", column),
    };
    language.text_with(
        key,
        &[
            ("layer", &layer),
            ("column", column),
            ("count", &divisions.len()),
            ("unmatched", &divisions.unmatched.len()),
        ],
    )
}

fn looks_text(language: Language, form: Option<Form>) -> String {
    let key = match form {
        Some(Form::Degrees) => "degrees",
        Some(Form::WebMercator) => "web_mercator",
        Some(Form::Plain) => "plain",
        Some(Form::Zoned(_)) => "zoned",
        None => "nothing",
    };
    let key = format!("reference.looks.{key}");
    match form {
        Some(Form::Zoned(zone)) => language.text_with(&key, &[("zone", &zone)]),
        _ => language.text(&key).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::FormatError;
    use crate::model::{AxisOrder, Crs};
    use crate::progress::Cancelled;
    use crate::reference::Skipped;

    fn kinds() -> Vec<LayerErrorKind> {
        let text = || "甲".to_owned();
        let crs = Crs::named("gk114").unwrap();
        let mut kinds = vec![
            LayerErrorKind::Io(ErrorKind::NotFound.into()),
            LayerErrorKind::Io(ErrorKind::PermissionDenied.into()),
            LayerErrorKind::TooLarge { limit: 1 << 30 },
            LayerErrorKind::UnknownFormat,
            LayerErrorKind::NoLayers,
            LayerErrorKind::NoSuchLayer { name: text() },
            LayerErrorKind::NoShapes,
            LayerErrorKind::Damaged(Damage::Zip(text())),
            LayerErrorKind::Damaged(Damage::Shapefile(text())),
            LayerErrorKind::Damaged(Damage::GeoPackage(text())),
            LayerErrorKind::Damaged(Damage::Xml(text())),
            LayerErrorKind::Format(FormatError::Empty),
            LayerErrorKind::UnknownSystem { name: text() },
            LayerErrorKind::Cancelled(Cancelled),
        ];
        for looks_like in [
            None,
            Some(Form::Degrees),
            Some(Form::WebMercator),
            Some(Form::Plain),
            Some(Form::Zoned(38)),
        ] {
            kinds.push(LayerErrorKind::NoSystem { looks_like });
            kinds.push(LayerErrorKind::NotOfSystem { crs, looks_like });
        }
        kinds
    }

    fn assert_whole(sentence: &str) {
        let leftovers = ["%{", "reference.", "import."];
        let is_whole = leftovers.iter().all(|part| !sentence.contains(part));
        assert!(is_whole && !sentence.is_empty(), "{sentence}");
    }

    #[test]
    fn every_error_and_every_layer_has_its_sentence_in_both_languages() {
        use SkipReason::*;
        let skipped = [NoGeometry, Broken, Unsupported, BadPosition, Broken];
        let layer = Layer {
            name: "街道".to_owned(),
            crs: Crs::named("gk117-zone").unwrap(),
            axes: AxisOrder::EastFirst,
            columns: Vec::new(),
            label_column: None,
            features: Vec::new(),
            skipped: (1..)
                .zip(skipped)
                .map(|(number, reason)| Skipped { number, reason })
                .collect(),
            extent: None,
        };
        for language in Language::ALL {
            for kind in kinds() {
                let file = "街道.shp".to_owned();
                let sentence = layer_error_text(language, &LayerError { file, kind });
                assert_whole(&sentence);
            }
            assert_whole(&layer_text(language, &layer));
        }
        for language in Language::ALL {
            let columns = vec!["a".to_owned()];
            for reason in [NoDivisions::NoPolygons, NoDivisions::NoCodes { columns }] {
                assert_whole(&no_divisions_text(language, "街道", &reason));
            }
        }
        let english = layer_text(Language::English, &layer);
        assert!(english.contains("2 could not be read"), "{english}");
    }
}
