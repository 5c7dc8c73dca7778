//! A ledger 台账 that was edited in an office program comes back as a set of changes to look at.
//!
//! Three states of a cell are held against each other: what was exported, what the ledger says now
//! and what the survey holds now. What was changed in the ledger alone is proposed; what was changed
//! in both to different values is a conflict, which nobody but a person settles; what was changed
//! here alone stays. Rows are told by the number of their record, columns by their heading, so that
//! sorting, filtering, moving and adding columns do no harm. A row or cell that says nothing that
//! can be taken is listed with the reason.

mod accept;
mod book;
mod cell;
mod compare;
mod recognise;
#[cfg(test)]
mod tests;

pub use accept::Accepted;
pub use compare::compare;
pub(in crate::jobs) use recognise::numbers_of;

use crate::formats::layer::LayerError;
use crate::model::{EstateId, Field, RowProblem, Value};
use crate::progress::Cancelled;
use serde::Serialize;

/// What a ledger that came back says.
#[derive(Clone, Debug, PartialEq)]
pub struct Returned {
    /// The file's own name, without its folder.
    pub file: String,
    /// Rows that are of a record of this survey.
    pub rows: usize,
    /// In the order of the ledger's rows.
    pub edits: Vec<CellEdit>,
    pub remarks: Vec<Remark>,
}

/// A value that was changed in the ledger, and is not what the survey holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellEdit {
    /// As office programs number it.
    pub row: u32,
    pub estate: EstateId,
    pub field: Field,
    /// What the survey holds; `None` is not surveyed.
    pub ours: Option<Value>,
    /// What the ledger says; `None` is a cell that was emptied.
    pub theirs: Option<Value>,
    pub here: Here,
}

/// What became of the value here since the ledger was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Here {
    Unchanged,
    /// Changed here too; the text that was exported, empty where it was not surveyed.
    Changed {
        exported: String,
    },
    /// The record has changed, and what was exported is not kept in this ledger.
    Unknown,
}

impl CellEdit {
    /// Whether taking it over would overwrite what somebody did here.
    pub fn is_conflict(&self) -> bool {
        self.here != Here::Unchanged
    }
}

impl Returned {
    pub fn proposed(&self) -> impl Iterator<Item = &CellEdit> {
        self.edits.iter().filter(|edit| !edit.is_conflict())
    }

    pub fn conflicts(&self) -> impl Iterator<Item = &CellEdit> {
        self.edits.iter().filter(|edit| edit.is_conflict())
    }
}

/// What of a ledger is not taken, or is not as it went out. Sentences: locale files,
/// `returned.remark`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// A cell that says nothing its field takes. The row is as office programs number it.
    Unreadable(RowProblem),
    /// A row that somebody added.
    NoNumber { row: u32, name: String },
    /// A row with a number that no record of this survey has.
    UnknownNumber { row: u32, number: String },
    /// Its record was merged or withdrawn since.
    NotCounted { row: u32, name: String },
    /// Several rows with the number of one record: none of them is read.
    Repeated { rows: Vec<u32>, name: String },
    /// Rows that somebody deleted: the records stay.
    RowsGone { names: Vec<String> },
    /// A column of the program's own, edited in these rows.
    OwnColumn { column: String, rows: Vec<u32> },
    /// Columns that somebody deleted or renamed: the values stay.
    ColumnsGone { columns: Vec<String> },
    /// Columns that somebody added.
    ColumnsAdded { columns: Vec<String> },
    /// The ledger does not keep what was exported.
    NothingKept,
}

/// Why a file is not read as a ledger.
#[derive(Debug, thiserror::Error)]
pub enum ReturnedError {
    #[error(transparent)]
    File(#[from] LayerError),
    #[error("{file} is no workbook")]
    NoWorkbook { file: String },
    #[error("{file} has no sheet '{sheet}'")]
    NoSheet { file: String, sheet: String },
    #[error("the sheet '{sheet}' of {file} has no column '{column}'")]
    NoNumbers {
        file: String,
        sheet: String,
        column: String,
    },
    /// Not one row is of a record of this survey.
    #[error("{file} is the ledger of another survey")]
    OtherSurvey { file: String },
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}
