//! The rows of a list that gave no record, as a file: mended there, they are imported again.
//!
//! The survey keeps the beginning of such a row alone, so the list's own file is read once more.

use super::ImportError;
use super::source::Source;
use crate::formats::part;
use crate::formats::rejects::{csv, geometry_cell};
use crate::formats::{RawGeometry, RawTable};
use crate::model::{ImportList, ListId, RejectedRow};
use std::collections::BTreeMap;
use std::path::Path;

/// Which row of the list it was, and why it gave no record: remarks of ours, which a later import
/// of the file leaves out. In Chinese, as those who mend the file read it.
pub(super) const REMARKS: [&str; 2] = ["原行号", "未导入原因"];
/// The geometry of a row, and the text of one that nobody could tell apart into cells.
const GEOMETRY: &str = "WKT";
const TEXT: &str = "原文";

/// A reject file, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejects {
    pub rows: usize,
    bytes: Vec<u8>,
}

/// Why there is no reject file.
#[derive(Debug, thiserror::Error)]
pub enum RejectsError {
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The file is not the one that the list was read from, or has been changed since.
    #[error("{file} is not the file of the list {list}")]
    OtherFile { file: String, list: String },
    /// Every row became a record, or was set aside.
    #[error("no row of {list} waits")]
    NothingRejected { list: String },
}

impl Rejects {
    /// # Errors
    /// What the operating system reports; what stood there before still does then.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        part::replace(path, &self.bytes)
    }
}

/// The rows of `list` that gave no record and that nobody has set aside, with the columns that
/// they have in `path`, its file. `why` says what is wrong with one.
///
/// # Errors
/// Every [`RejectsError`].
pub fn rejects(
    path: &Path,
    list: &ImportList,
    why: impl Fn(&RejectedRow) -> String,
) -> Result<Rejects, RejectsError> {
    let open: Vec<&RejectedRow> = list.rejected.iter().filter(|row| row.is_open()).collect();
    if open.is_empty() {
        let list = list.file_name.clone();
        return Err(RejectsError::NothingRejected { list });
    }
    let table = table_of(path, list)?;
    let rows: BTreeMap<u32, _> = table.rows.iter().map(|row| (row.row, row)).collect();
    let has_geometry = |row: &&RejectedRow| {
        let raw = rows.get(&row.problem.row);
        raw.is_some_and(|raw| raw.geometry != RawGeometry::None)
    };
    let is_text = |row: &&RejectedRow| !rows.contains_key(&row.problem.row);
    let extras = [
        (GEOMETRY, open.iter().any(|row| has_geometry(row))),
        (TEXT, open.iter().any(|row| is_text(row))),
    ];
    let extras: Vec<&str> = extras
        .into_iter()
        .filter_map(|(heading, is_needed)| is_needed.then_some(heading))
        .collect();
    let lines: Vec<Vec<String>> = open
        .iter()
        .map(|rejected| {
            let raw = rows.get(&rejected.problem.row);
            let mut cells = vec![String::new(); table.columns.len()];
            for (column, text) in raw.iter().flat_map(|raw| &raw.cells) {
                cells[*column].clone_from(text);
            }
            cells.extend(extras.iter().map(|extra| match (*extra, raw) {
                (GEOMETRY, Some(raw)) => geometry_cell(&raw.geometry),
                (TEXT, None) => rejected.text.clone(),
                _ => String::new(),
            }));
            cells.push(rejected.problem.row.to_string());
            cells.push(why(rejected));
            cells
        })
        .collect();
    let headings = table.columns.iter().map(String::as_str);
    let headings: Vec<String> = headings
        .chain(extras.iter().copied())
        .chain(REMARKS)
        .map(str::to_owned)
        .collect();
    Ok(Rejects {
        rows: lines.len(),
        bytes: csv(&headings, &lines),
    })
}

/// The layer of the file that the list was read from.
fn table_of(path: &Path, list: &ImportList) -> Result<RawTable, RejectsError> {
    let is_it = |source: &Source| ListId::of_file(&source.identity(), list.role.key()) == list.id;
    let source = Source::open(path, None)?;
    if is_it(&source) {
        return Ok(source.opened.table);
    }
    for layer in &source.opened.layers {
        let other = Source::open(path, Some(layer))?;
        if is_it(&other) {
            return Ok(other.opened.table);
        }
    }
    Err(RejectsError::OtherFile {
        file: source.file_name,
        list: list.file_name.clone(),
    })
}

/// Takes our own remarks out of a reject file that comes back.
pub(super) fn drop_remarks(table: &mut RawTable) {
    let place = |heading: &str| table.columns.iter().position(|column| column == heading);
    let [Some(row), Some(reason)] = REMARKS.map(place) else {
        return;
    };
    let is_remark = |column: usize| column == row || column == reason;
    let mut kept = 0;
    let places: Vec<Option<usize>> = (0..table.columns.len())
        .map(|column| {
            let place = (!is_remark(column)).then_some(kept);
            kept += usize::from(place.is_some());
            place
        })
        .collect();
    let mut column = 0;
    table.columns.retain(|_| {
        column += 1;
        places[column - 1].is_some()
    });
    for row in &mut table.rows {
        let cells = std::mem::take(&mut row.cells).into_iter();
        row.cells = cells
            .filter_map(|(column, text)| Some((places[column]?, text)))
            .collect();
    }
    table.warnings.retain(|warning| {
        !warning
            .column
            .as_deref()
            .is_some_and(|c| REMARKS.contains(&c))
    });
}
