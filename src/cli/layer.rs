//! `jiugai layer`: what a reference layer holds, and which divisions it draws.

use super::args::LayerArguments;
use super::console::{Console, Failure, Outcome};
use crate::catalogue::Divisions as Known;
use crate::model::AxisOrder;
use crate::reference::divisions::{Divisions, FoundBy};
use crate::reference::{self, Layer, LayerError, SkipReason};
use crate::words::reference as words;
use serde_json::{Value, json};

pub(super) fn run(console: &Console, arguments: LayerArguments) -> Result<Outcome, Failure> {
    let language = console.language;
    let refused = |error: LayerError| words::layer_error_text(language, &error);
    let names = reference::layers(&arguments.file);
    let names = names.map_err(|error| Failure(refused(error)))?;
    let mut complaints = Vec::new();
    for name in &names {
        let read = console.watch("job.preview", |progress| {
            reference::read(&arguments.file, Some(name), arguments.crs, progress)
        });
        // One layer of several that cannot be read says nothing about the others.
        match read {
            Ok(layer) => print(console, &layer, &arguments),
            Err(error) => complaints.push(refused(error)),
        }
    }
    match complaints.is_empty() {
        true => Ok(Outcome::Fine),
        false => Err(Failure(complaints.join("\n"))),
    }
}

fn print(console: &Console, layer: &Layer, arguments: &LayerArguments) {
    let language = console.language;
    let divisions = Divisions::of(layer, Known::shipped(), arguments.county.as_deref());
    if arguments.json {
        console.json(&json!({
            "name": layer.name,
            "system": layer.crs.key(),
            "north_first": layer.axes == AxisOrder::NorthFirst,
            "columns": layer.columns,
            "features": layer.features.len(),
            "extent": layer.extent.map(|(min, max)| [min.lon, min.lat, max.lon, max.lat]),
            "skipped": layer.skipped.iter().map(|skipped| {
                json!({ "feature": skipped.number, "reason": skip_key(skipped.reason) })
            }).collect::<Vec<_>>(),
            "divisions": divisions.as_ref().ok().map(divisions_json),
        }));
        return;
    }
    console.line(&words::layer_text(language, layer));
    console.line(&match &divisions {
        Ok(divisions) => words::divisions_text(language, &layer.name, divisions),
        Err(reason) => words::no_divisions_text(language, &layer.name, reason),
    });
}

fn divisions_json(divisions: &Divisions) -> Value {
    let (by, column) = match &divisions.found_by {
        FoundBy::Codes { column } => ("codes", column),
        FoundBy::Names { column } => ("names", column),
    };
    json!({
        "by": by,
        "column": column,
        "found": divisions.len(),
        "unmatched": divisions.unmatched.iter().map(|(feature, text)| {
            json!({ "feature": feature, "text": text })
        }).collect::<Vec<_>>(),
    })
}

fn skip_key(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::NoGeometry => "no_geometry",
        SkipReason::Broken => "broken",
        SkipReason::Unsupported => "unsupported",
        SkipReason::BadPosition => "bad_position",
    }
}
