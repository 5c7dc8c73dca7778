//! A newer version of a list that was imported before: told row by row, then taken in as one edit.

use super::{Conflicts, ImportArguments, rejects};
use crate::cli::console::{Console, Failure};
use crate::cli::new::failure;
use crate::edit::{Command, reason_given};
use crate::formats::file_name;
use crate::jobs::import::newer::{
    About, Choices, Gone, NewVersion, Newer, Row, ValueNews, compare, earlier_version, versions,
};
use crate::jobs::import::{ImportSettings, Preview, Source};
use crate::model::{ListId, Survey, Value};
use crate::session::Session;
use crate::words::lists as words;
use serde_json::json;
use std::path::Path;

/// The list that the file is a newer version of: the one that was named, else the one of the same
/// file name.
///
/// # Errors
/// A sentence where no such list was imported.
pub(super) fn earlier(
    console: &Console,
    survey: &Survey,
    source: &Path,
    (preview, settings): (&Preview, &ImportSettings),
    arguments: &ImportArguments,
) -> Result<Option<ListId>, Failure> {
    if arguments.separate {
        return Ok(None);
    }
    let Some(wanted) = &arguments.update else {
        let layer = preview
            .layers
            .get(preview.layer)
            .filter(|_| preview.layer > 0);
        let layer = layer.map(String::as_str);
        let found = earlier_version(survey, &file_name(source), layer, settings.role);
        return Ok(found.map(|list| list.id));
    };
    let lists = versions(survey);
    let is_wanted = |list: &str, id: ListId| list == wanted || id.to_string() == *wanted;
    let found = lists
        .iter()
        .find(|list| is_wanted(&list.file_name, list.id));
    match found {
        Some(list) => Ok(Some(list.id)),
        None => {
            let names: Vec<_> = lists.iter().map(|list| list.file_name.as_str()).collect();
            let text = words::no_such_list_text(console.language, wanted, &names);
            Err(Failure(text))
        }
    }
}

/// Holds the file against the earlier list and takes in what is new.
pub(super) fn take_in(
    console: &Console,
    session: &mut Session,
    (source, opened): (&Path, Source),
    (earlier, settings): (ListId, &ImportSettings),
    arguments: &ImportArguments,
) -> Result<(), Failure> {
    let language = console.language;
    let gone = match &arguments.withdraw_gone {
        Some(reason) => Gone::Withdraw {
            reason: reason_given(reason).map_err(|refusal| failure(console, &refusal.into()))?,
        },
        None => Gone::Keep,
    };
    let mut since = session.since_list();
    let survey = session.survey();
    // What nobody can read is taken for changed here.
    let mut changed_here = |estate| since.changed(estate).ok();
    let version = NewVersion {
        source: opened,
        settings,
        changed_here: &mut changed_here,
    };
    let now = super::now();
    let newer = console
        .watch("job.import", |progress| {
            compare(survey, earlier, version, &console.catalogue, now, progress)
        })
        .map_err(|error| Failure(words::newer_error_text(language, &error)))?;
    let choices = Choices {
        gone,
        ..match arguments.conflicts {
            Conflicts::Keep => Choices::default(),
            Conflicts::Take => Choices::taking_all(&newer),
        }
    };
    let update = newer.edit(survey, &choices);
    if !arguments.dry_run {
        let command = Command::Apply {
            label: update.label,
            changes: update.changes,
        };
        session
            .run(command)
            .map_err(|error| failure(console, &error))?;
    }
    let written = rejects::write_if_asked(console, source, &update.list, arguments)?;
    if arguments.json {
        let mut told = told(&newer, &choices);
        told["file"] = json!(source);
        told["rejected"] = json!(update.list.rejected);
        told["rejects"] = json!(written.as_ref().and_then(|it| it.json()));
        told["saved"] = json!(!arguments.dry_run);
        console.json(&told);
        return Ok(());
    }
    console.line(&words::newer_text(language, &newer));
    let items = &console.catalogue.items;
    for row in &newer.rows {
        for line in words::row_lines(language, row, &choices, items) {
            console.line(&line);
        }
    }
    for gone in &newer.gone {
        console.line(&words::gone_text(language, gone, &choices.gone));
    }
    super::remark_rows(console, &update.list, &newer.warnings);
    if let Some(written) = written {
        console.remark(&written.text(language));
    }
    if arguments.dry_run {
        console.remark(&language.text("lists.newer.dry_run"));
    }
    Ok(())
}

fn told(newer: &Newer, choices: &Choices) -> serde_json::Value {
    let rows = newer.rows.iter().filter_map(|row| told_row(row, choices));
    let gone = newer.gone.iter().map(|gone| {
        let origin = gone.record.origin.as_ref();
        json!({
            "id": gone.record.id,
            "row": origin.map(|origin| origin.row),
            "name": gone.record.name,
        })
    });
    json!({
        "update_of": newer.earlier.file_name,
        "tally": newer.tally(),
        "rows": rows.collect::<Vec<_>>(),
        "gone": gone.collect::<Vec<_>>(),
        "warnings": newer.warnings,
    })
}

/// `None` for a row that says what it said before.
fn told_row(row: &Row, choices: &Choices) -> Option<serde_json::Value> {
    Some(match &row.about {
        About::New => json!({ "row": row.number, "is": "new", "id": row.fresh.id }),
        About::Unclear { candidates } => {
            let candidates: Vec<_> = candidates.iter().map(|record| record.id).collect();
            json!({ "row": row.number, "is": "unclear", "candidates": candidates })
        }
        About::Known { news, .. } if news.is_empty() => return None,
        About::Known { record, by, news } => {
            let value = |news: &ValueNews| {
                json!({
                    "field": words::what_key(&news.what),
                    "here": news.here.as_ref().map(plain),
                    "says": news.says.as_ref().map(plain),
                    "fate": news.fate,
                    "taken": choices.takes(record.id, news),
                })
            };
            json!({
                "row": row.number,
                "is": "changed",
                "id": record.id,
                "matched_by": by,
                "values": news.iter().map(value).collect::<Vec<_>>(),
            })
        }
    })
}

/// The value itself; of a boundary how many corners it has.
fn plain(value: &Value) -> serde_json::Value {
    use geo::CoordsIter;
    match value {
        Value::Text(text) | Value::Code(text) => json!(text),
        Value::Texts(texts) | Value::Codes(texts) => json!(texts),
        Value::Count(count) => json!(count),
        Value::Year(year) => json!(year),
        Value::SquareMetres(area_m2) => json!(area_m2),
        Value::Flag(flag) => json!(flag),
        Value::Polygon(boundary) => json!({ "positions": boundary.coords_count() }),
    }
}
