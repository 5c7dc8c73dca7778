//! What a ledger that came back asks for, and what of it is not taken. Texts: `returned.*`.

use super::Language;
use super::edit::or_unnamed;
use super::fields;
use super::import::row_problem_text;
use super::reference::layer_error_text;
use crate::catalogue::Items;
use crate::jobs::ledger::returned::{CellEdit, Here, Remark, Returned, ReturnedError};
use crate::jobs::ledger::{LedgerError, LedgerFileError};
use crate::model::Survey;
use std::fmt::Display;
use std::io::ErrorKind;
use std::path::Path;

/// More rows or names than these are counted and not told.
const MOST_NAMED: usize = 8;

/// How many values are proposed, and how many of them are in somebody's way.
pub fn summary_text(language: Language, returned: &Returned) -> String {
    language.text_with(
        "returned.summary",
        &[
            ("file", &returned.file),
            ("rows", &returned.rows),
            ("proposed", &returned.proposed().count()),
            ("conflicts", &returned.conflicts().count()),
            ("remarks", &returned.remarks.len()),
        ],
    )
}

/// Which cell: "row 5, 洪都新村, households".
pub fn place_text(language: Language, survey: &Survey, edit: &CellEdit, items: &Items) -> String {
    let estate = survey.estate(edit.estate);
    let name = estate.map(|estate| fields::record_name(language, survey, estate));
    let name = name.unwrap_or_else(|| language.text("record.gone").into_owned());
    let field = fields::label(language, &edit.field, items);
    language.text_with(
        "returned.place",
        &[("row", &edit.row), ("field", &field), ("name", &name)],
    )
}

/// What becomes of it: "300 households → 320 households".
pub fn values_text(language: Language, edit: &CellEdit) -> String {
    let text = |value| fields::value_text(language, &edit.field, value);
    let ours = text(edit.ours.as_ref());
    let theirs = text(edit.theirs.as_ref());
    language.text_with("returned.values", &[("ours", &ours), ("theirs", &theirs)])
}

/// Why a person has to say which value holds; `None` where nobody has.
pub fn conflict_text(language: Language, edit: &CellEdit) -> Option<String> {
    match &edit.here {
        Here::Unchanged => None,
        Here::Unknown => Some(language.text("returned.stale").into_owned()),
        Here::Changed { exported } => {
            let exported = match exported.trim() {
                "" => language.text("value.not_surveyed").into_owned(),
                exported => exported.to_owned(),
            };
            Some(language.text_with("returned.changed_here", &[("exported", &exported)]))
        }
    }
}

/// A line about one cell.
pub fn edit_text(language: Language, survey: &Survey, edit: &CellEdit, items: &Items) -> String {
    let place = place_text(language, survey, edit, items);
    let values = values_text(language, edit);
    let line = language.text_with("returned.edit", &[("values", &values), ("place", &place)]);
    match conflict_text(language, edit) {
        None => line,
        Some(why) => language.text_with("returned.conflict", &[("why", &why), ("line", &line)]),
    }
}

/// What of the ledger is not taken, and why.
pub fn remark_text(language: Language, remark: &Remark) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        language.text_with(&format!("returned.remark.{key}"), values)
    };
    let named = |key: &str, row: &u32, name: &str| {
        let name = or_unnamed(language, name);
        say(key, &[("row", row), ("name", &name)])
    };
    match remark {
        Remark::Unreadable(problem) => {
            let problem = row_problem_text(language, problem);
            say("unreadable", &[("problem", &problem)])
        }
        Remark::NoNumber { row, name } => named("no_number", row, name),
        Remark::UnknownNumber { row, number } => {
            say("unknown_number", &[("row", row), ("number", number)])
        }
        Remark::NotCounted { row, name } => named("not_counted", row, name),
        Remark::Repeated { rows, name } => {
            let name = or_unnamed(language, name);
            let rows = some_of(language, rows.iter());
            say("repeated", &[("rows", &rows), ("name", &name)])
        }
        Remark::RowsGone { names } => {
            let count = names.len();
            let names = names.iter().map(|name| or_unnamed(language, name));
            let names = some_of(language, names);
            say("rows_gone", &[("count", &count), ("names", &names)])
        }
        Remark::OwnColumn { column, rows } => {
            let rows = some_of(language, rows.iter());
            say("own_column", &[("rows", &rows), ("column", column)])
        }
        Remark::ColumnsGone { columns } => say(
            "columns_gone",
            &[("columns", &some_of(language, columns.iter()))],
        ),
        Remark::ColumnsAdded { columns } => say(
            "columns_added",
            &[("columns", &some_of(language, columns.iter()))],
        ),
        Remark::NothingKept => say("nothing_kept", &[]),
    }
}

/// The first of many, and that there are more.
fn some_of<T: Display>(language: Language, mut all: impl ExactSizeIterator<Item = T>) -> String {
    let first = all.by_ref().take(MOST_NAMED);
    let first: Vec<String> = first.map(|one| one.to_string()).collect();
    let listed = language.listed(&first);
    match all.len() {
        0 => listed,
        more => language.text_with("returned.and_more", &[("more", &more), ("listed", &listed)]),
    }
}

/// Why a ledger was not written to a file, and what to do.
pub fn file_error_text(language: Language, path: &Path, error: &LedgerFileError) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        let path: (&str, &dyn Display) = ("path", &path.display());
        let values = [values, &[path]].concat();
        language.text_with(&format!("returned.file.{key}"), &values)
    };
    match error {
        LedgerFileError::Ledger(LedgerError::Cancelled(_)) => {
            language.text("notice.cancelled").into_owned()
        }
        LedgerFileError::Ledger(LedgerError::Workbook(error)) => say(
            "no_room",
            &[("reason", &error.reason), ("sheet", &error.sheet)],
        ),
        LedgerFileError::Io(error) => match error.kind() {
            ErrorKind::AlreadyExists => say("exists", &[]),
            ErrorKind::NotFound => say("no_folder", &[]),
            ErrorKind::StorageFull => say("disk_full", &[]),
            _ => say("io", &[("reason", error)]),
        },
    }
}

/// Why a file is not read as a ledger, and what to do.
pub fn error_text(language: Language, error: &ReturnedError) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        language.text_with(&format!("returned.error.{key}"), values)
    };
    match error {
        ReturnedError::File(error) => layer_error_text(language, error),
        ReturnedError::NoWorkbook { file } => say("no_workbook", &[("file", file)]),
        ReturnedError::NoSheet { file, sheet } => {
            say("no_sheet", &[("file", file), ("sheet", sheet)])
        }
        ReturnedError::NoNumbers {
            file,
            sheet,
            column,
        } => say(
            "no_numbers",
            &[("file", file), ("sheet", sheet), ("column", column)],
        ),
        ReturnedError::OtherSurvey { file } => say("other_survey", &[("file", file)]),
        ReturnedError::Cancelled(_) => language.text("notice.cancelled").into_owned(),
    }
}
