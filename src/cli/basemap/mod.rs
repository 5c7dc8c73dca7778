//! `jiugai basemap`: which maps there are, and a part of one for where there is no network.

mod download;

use super::args::{BasemapCommands, BasemapListArguments};
use super::console::{Console, Failure, Outcome};
use crate::basemap::{Keeping, Source, presets, share};
use crate::model::Coded;
use crate::words::basemap as words;
use serde_json::json;
use std::path::Path;

pub(super) fn run(console: &Console, command: BasemapCommands) -> Result<Outcome, Failure> {
    match command {
        BasemapCommands::List(arguments) => list(console, &arguments),
        BasemapCommands::Download(arguments) => download::run(console, arguments),
    }
}

/// What is shipped, then what a colleague's file holds.
fn sources(console: &Console, shared: Option<&Path>) -> Result<Vec<Source>, Failure> {
    let mut sources = presets().to_vec();
    if let Some(path) = shared {
        let text = std::fs::read_to_string(path).map_err(|reason| {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("reason", &reason), ("path", &path.display())];
            Failure(console.language.text_with("cli.not_read", &values))
        })?;
        let found = share::read(&text);
        let refused = |fault| Failure(words::share_fault_text(console.language, path, &fault));
        sources.extend(found.map_err(refused)?);
    }
    Ok(sources)
}

fn list(console: &Console, arguments: &BasemapListArguments) -> Result<Outcome, Failure> {
    let language = console.language;
    let sources = sources(console, arguments.shared.as_deref())?;
    if arguments.json {
        let sources: Vec<_> = sources
            .iter()
            .map(|source| {
                json!({
                    "id": source.id,
                    "name": words::source_name(language, source),
                    "datum": source.datum.key(),
                    "levels": source.levels,
                    "keeping": source.keeping,
                    "needs_token": source.token.is_some(),
                    "attribution": source.attribution,
                })
            })
            .collect();
        console.json(&sources.into());
        return Ok(Outcome::Fine);
    }
    let mut terms_told = None;
    for source in &sources {
        // Once for all maps of an owner.
        let terms = words::source_terms(language, source);
        if terms.is_some() && terms != terms_told {
            let owner = words::owner_name(language, source);
            let terms = terms.as_deref().unwrap_or_default();
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("owner", &owner), ("terms", &terms)];
            console.say("cli.basemap.list.owner", &values);
        }
        terms_told = terms;
        print(console, source);
    }
    Ok(Outcome::Fine)
}

fn print(console: &Console, source: &Source) {
    let language = console.language;
    let kept = match source.keeping {
        Keeping::Allowed => "cli.basemap.list.may_be_kept",
        Keeping::Forbidden => "cli.basemap.list.forbidden",
        Keeping::Unknown => "cli.basemap.list.not_known",
    };
    let kept = language.text(kept);
    let name = words::source_name(language, source);
    let datum = words::datum_name(language, source.datum);
    let (first, last) = source.levels;
    console.say(
        "cli.basemap.list.source",
        &[
            ("first", &first),
            ("last", &last),
            ("datum", &datum),
            ("kept", &kept),
            ("id", &source.id.0),
            ("name", &name),
        ],
    );
}
