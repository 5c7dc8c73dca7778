//! Sentences about lists beyond their first import: rows to mend, newer versions. Texts: `lists.*`.

use super::Language;
use super::fields;
use super::import::import_error_text;
use crate::catalogue::Items;
use crate::jobs::import::newer::{
    About, Choices, Counts, Fate, Gone, GoneRecord, Ids, MatchedBy, Newer, NewerError, Row, Tally,
    ValueNews, What,
};
use crate::jobs::import::{RejectsError, TemplateError, TemplateErrorKind};
use crate::model::Value;
use std::borrow::Cow;
use std::fmt::Display;

/// Why there is no reject file.
pub fn rejects_error_text(language: Language, error: &RejectsError) -> String {
    match error {
        RejectsError::Import(error) => import_error_text(language, error),
        RejectsError::OtherFile { file, list } => language.text_with(
            "lists.rejects.other_file",
            &[("file", file), ("list", list)],
        ),
        RejectsError::NothingRejected { list } => {
            language.text_with("lists.rejects.nothing_waits", &[("list", list)])
        }
    }
}

/// Why a saved mapping cannot be used.
pub fn template_error_text(language: Language, error: &TemplateError) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        let mut values = values.to_vec();
        values.push(("file", &error.file));
        language.text_with(&format!("lists.template.{key}"), &values)
    };
    match &error.kind {
        TemplateErrorKind::Io(reason) => say("io", &[("reason", reason)]),
        TemplateErrorKind::NoTemplate { reason } => say("no_template", &[("reason", reason)]),
        TemplateErrorKind::Newer { found } => say("newer", &[("found", found)]),
        TemplateErrorKind::UnknownSystem { system } => say("system", &[("system", system)]),
        TemplateErrorKind::UnknownField { column, field } => {
            say("field", &[("column", column), ("field", field)])
        }
        TemplateErrorKind::FedTwice { field, one, other } => {
            say("twice", &[("field", field), ("one", one), ("other", other)])
        }
        TemplateErrorKind::MissingColumns { missing, known } => say(
            "missing",
            &[
                ("missing", &language.listed(missing)),
                ("columns", &language.listed(known)),
            ],
        ),
    }
}

/// Why a file could not be held against an earlier list.
pub fn newer_error_text(language: Language, error: &NewerError) -> String {
    match error {
        NewerError::Import(error) => import_error_text(language, error),
        NewerError::NoSuchList => language.text("lists.newer.no_list").into_owned(),
        NewerError::Buildings { list } => {
            language.text_with("lists.newer.buildings", &[("list", list)])
        }
    }
}

/// No list is called this; which ones there are.
pub fn no_such_list_text(language: Language, wanted: &str, known: &[&str]) -> String {
    let key = match known.is_empty() {
        true => "lists.newer.no_lists",
        false => "lists.newer.no_such_list",
    };
    language.text_with(
        key,
        &[("list", &wanted), ("lists", &language.listed(known))],
    )
}

/// What a newer version comes to, in one line.
pub fn newer_text(language: Language, newer: &Newer) -> String {
    tally_text(language, newer, newer.tally())
}

/// The same where it is counted already.
pub fn tally_text(language: Language, newer: &Newer, tally: Tally) -> String {
    let values: [(&str, &dyn Display); 9] = [
        ("new", &tally.new),
        ("changed", &tally.changed),
        ("conflicts", &tally.conflicts),
        ("same", &tally.same),
        ("gone", &tally.gone),
        ("unclear", &tally.unclear),
        ("rejected", &tally.rejected),
        ("file", &newer.list.file_name),
        ("list", &newer.earlier.file_name),
    ];
    let text = language.text_with("lists.newer.done", &values);
    match newer.ids {
        Ids::Hold => text,
        Ids::RunningNumbers => format!("{text} {}", language.text("lists.newer.running_numbers")),
    }
}

/// A row and what becomes of it, a line for each value; none for a row that says what it said.
pub fn row_lines(language: Language, row: &Row, choices: &Choices, items: &Items) -> Vec<String> {
    match &row.about {
        About::New | About::Unclear { .. } => vec![row_text(language, row, choices)],
        About::Known { record, news, .. } => news
            .iter()
            .map(|value| {
                let taken = choices.takes(record.id, value);
                value_line(language, row, value, taken, items)
            })
            .collect(),
    }
}

/// A row as a whole: new, unclear, or known by what.
pub fn row_text(language: Language, row: &Row, choices: &Choices) -> String {
    let what = match &row.about {
        About::New => language.text("lists.newer.is.new"),
        About::Unclear { .. } => language.text(match choices.new.contains(&row.number) {
            true => "lists.newer.is.new",
            false => "lists.newer.is.unclear",
        }),
        About::Known { by, .. } => matched_text(language, *by),
    };
    line(language, row, &what)
}

/// One value of a row and which of the two stays; `taken` where it is the list's.
pub fn value_line(
    language: Language,
    row: &Row,
    value: &ValueNews,
    taken: bool,
    items: &Items,
) -> String {
    line(language, row, &value_text(language, value, taken, items))
}

fn line(language: Language, row: &Row, what: &str) -> String {
    let name = fields::bare_name(language, &row.fresh);
    language.text_with(
        "lists.newer.row",
        &[("row", &row.number), ("name", &name), ("what", &what)],
    )
}

/// A record that the newer version does not have, and what becomes of it.
pub fn gone_text(language: Language, gone: &GoneRecord, fate: &Gone) -> String {
    let key = match (fate, gone.counts) {
        (Gone::Keep, _) => "lists.newer.gone_kept",
        (Gone::Withdraw { .. }, Counts::Alone) => "lists.newer.gone_withdrawn",
        (Gone::Withdraw { .. }, Counts::WithOthers) => "lists.newer.gone_with_others",
    };
    let row = gone.record.origin.as_ref().map_or(0, |origin| origin.row);
    let name = fields::bare_name(language, &gone.record);
    language.text_with(key, &[("row", &row), ("name", &name)])
}

/// One value: what is here, what the list says, and which of them stays.
fn value_text(language: Language, value: &ValueNews, taken: bool, items: &Items) -> String {
    let key = match (value.fate, taken) {
        (Fate::Taken | Fate::Conflict, true) => "lists.newer.value.taken",
        (Fate::Taken, false) => "lists.newer.value.left",
        (Fate::Conflict, false) => "lists.newer.value.conflict",
        (Fate::Emptied, _) => "lists.newer.value.emptied",
    };
    language.text_with(
        key,
        &[
            ("field", &what_label(language, &value.what, items)),
            ("here", &shown(language, &value.what, value.here.as_ref())),
            ("says", &shown(language, &value.what, value.says.as_ref())),
        ],
    )
}

/// What the value belongs to, as people call it.
fn what_label(language: Language, what: &What, items: &Items) -> String {
    match what {
        What::Field(field) => fields::label(language, field, items),
        What::Position => language.text("lists.newer.position").into_owned(),
        What::Column(column) => column.clone(),
    }
}

/// The same for programs.
pub fn what_key(what: &What) -> String {
    match what {
        What::Field(field) => field.key(),
        What::Position => "position".to_owned(),
        What::Column(column) => format!("other.{column}"),
    }
}

/// A value of a list or of the survey.
fn shown(language: Language, what: &What, value: Option<&Value>) -> String {
    match (what, value) {
        (What::Field(field), value) => fields::value_text(language, field, value),
        (_, Some(Value::Text(text))) => text.clone(),
        (_, _) => language.text("value.not_surveyed").into_owned(),
    }
}

/// By what a row was known.
fn matched_text(language: Language, by: MatchedBy) -> Cow<'static, str> {
    language.text(match by {
        MatchedBy::Id => "lists.newer.by.id",
        MatchedBy::NameAndAddress => "lists.newer.by.name_and_address",
        MatchedBy::NameAndPlace => "lists.newer.by.name_and_place",
        MatchedBy::Name => "lists.newer.by.name",
        MatchedBy::Address => "lists.newer.by.address",
        MatchedBy::Place => "lists.newer.by.place",
        MatchedBy::Order => "lists.newer.by.order",
    })
}
