//! Sentences about lists beyond their first import: rows to mend, newer versions. Texts: `lists.*`.

use super::Language;
use super::fields;
use super::import::import_error_text;
use crate::catalogue::Items;
use crate::jobs::import::newer::{
    About, Choices, Counts, Fate, Gone, GoneRecord, Ids, MatchedBy, Newer, NewerError, Row,
    ValueNews, What,
};
use crate::jobs::import::{RejectsError, TemplateError, TemplateErrorKind};
use crate::model::{Estate, Value};
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
                ("missing", &missing.join(", ")),
                ("columns", &known.join(", ")),
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
    language.text_with(key, &[("list", &wanted), ("lists", &known.join(", "))])
}

/// What a newer version comes to, in one line.
pub fn newer_text(language: Language, newer: &Newer) -> String {
    let tally = newer.tally();
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
    let line = |what: String| {
        language.text_with(
            "lists.newer.row",
            &[
                ("row", &row.number),
                ("name", &row_name(language, row)),
                ("what", &what),
            ],
        )
    };
    match &row.about {
        About::New => vec![line(language.text("lists.newer.is.new").into_owned())],
        About::Unclear { .. } => {
            let key = match choices.new.contains(&row.number) {
                true => "lists.newer.is.new",
                false => "lists.newer.is.unclear",
            };
            vec![line(language.text(key).into_owned())]
        }
        About::Known { record, news, .. } => {
            let values = news.iter();
            values
                .map(|value| {
                    let taken = choices.takes(record.id, value);
                    line(value_text(language, value, taken, items))
                })
                .collect()
        }
    }
}

/// What to call a row: by its name, else by its address.
pub fn row_name(language: Language, row: &Row) -> String {
    estate_name(language, &row.fresh)
}

fn estate_name(language: Language, estate: &Estate) -> String {
    let names = [&estate.name, &estate.address];
    let name = names.into_iter().find(|name| !name.is_empty());
    match name {
        Some(name) => name.clone(),
        None => language.text("record.unnamed").into_owned(),
    }
}

/// A record that the newer version does not have, and what becomes of it.
pub fn gone_text(language: Language, gone: &GoneRecord, choices: &Choices) -> String {
    let key = match (&choices.gone, gone.counts) {
        (Gone::Keep, _) => "lists.newer.gone_kept",
        (Gone::Withdraw { .. }, Counts::Alone) => "lists.newer.gone_withdrawn",
        (Gone::Withdraw { .. }, Counts::WithOthers) => "lists.newer.gone_with_others",
    };
    let row = gone.record.origin.as_ref().map_or(0, |origin| origin.row);
    let name = estate_name(language, &gone.record);
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
pub fn what_label(language: Language, what: &What, items: &Items) -> String {
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
pub fn shown(language: Language, what: &What, value: Option<&Value>) -> String {
    match (what, value) {
        (What::Field(field), value) => fields::value_text(language, field, value),
        (_, Some(Value::Text(text))) => text.clone(),
        (_, _) => language.text("value.not_surveyed").into_owned(),
    }
}

/// By what a row was known.
pub fn matched_text(language: Language, by: MatchedBy) -> Cow<'static, str> {
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
