//! Import: somebody's list becomes records, and every row gets a fate (E04, «不重不漏»).
//!
//! `preview` reads a file and guesses what its columns are for; a person confirms that and names
//! the system of its coordinates, which is never guessed; `import` then gives the changes. Each row becomes a record
//! or is listed as rejected with its reason: `rows_read` is always the sum of both. A value that
//! does not fit its field costs the row nothing: it stays with the record, under its column.
//!
//! A list is imported once. A list of buildings may come again: its rows that lay in no estate are
//! then given to those drawn since.

mod assign;
mod boundary;
mod buildings;
#[cfg(test)]
mod buildings_tests;
mod frame;
#[cfg(test)]
mod long_tests;
mod mapping;
pub mod newer;
mod place;
mod rejects;
mod row;
mod source;
mod summary;
mod systems;
mod template;
pub(super) mod values;
mod years;

pub use mapping::{Mapping, MappingError};
pub use rejects::{Rejects, RejectsError, rejects};
pub use source::Source;
pub use summary::GeometryCounts;
pub use systems::{Candidate, candidates, ways_to_read};
pub use template::{Template, TemplateError, TemplateErrorKind};

use crate::catalogue::{Catalogue, Guess, Headings, Target};
use crate::formats::layer::LayerError;
use crate::formats::{Format, FormatError, RawRow, RawTable, TextEncoding};
use crate::jobs::ledger::returned::numbers_of;
use crate::model::{
    AxisOrder, Change, Crs, EditLabel, Field, ImportList, ListId, ListKind, ListRole, Origin,
    RejectedRow, RowProblem, RowProblemKind, Survey,
};
use crate::progress::{Cancelled, Progress};
use frame::Frame;
use std::collections::BTreeSet;
use std::ops::{ControlFlow, RangeInclusive};
use std::path::Path;
use std::sync::Arc;

/// DOMAIN §3: building years are 1900 to now.
pub(super) const EARLIEST_YEAR: i32 = 1900;
/// Rows between two looks at whether to stop.
const PROGRESS_STEP: u64 = 256;

/// What a file holds, before anything is imported.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub format: Format,
    /// None where the format is no text, or has one encoding only.
    pub encoding: Option<TextEncoding>,
    /// The layers or sheets of the file, where it can have several.
    pub layers: Vec<String>,
    /// Which of them this is.
    pub layer: usize,
    pub columns: Vec<Column>,
    /// Data rows or features, unreadable ones too.
    pub rows: usize,
    pub geometries: GeometryCounts,
    /// The guesses of `columns`; see [`Preview::mapping_for`].
    pub mapping: Mapping,
    /// The system that the file itself names: the answer, unless a person knows better.
    pub crs_named: Option<Crs>,
    /// What the file calls its system, where nobody here knows it.
    pub unknown_system: Option<String>,
    /// What the file or a heading says about the system: shown beside the question, no answer.
    pub crs_hint: Option<Crs>,
    /// Lower-case hexadecimal.
    pub sha256: String,
}

impl Preview {
    /// The guessed mapping once the system is declared, to be corrected and handed to [`import`]:
    /// of positions given in several systems it takes those in this one.
    pub fn mapping_for(&self, crs: Crs, headings: &Headings) -> Mapping {
        let columns: Vec<_> = self.columns.iter().map(|c| c.name.clone()).collect();
        Mapping::guess(&columns, headings, Some(crs))
    }
}

/// One column of a previewed file.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    /// Some of its values, cut to a readable length.
    pub samples: Vec<String>,
    pub guess: Option<Guess>,
}

/// What a person decides before an import.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportSettings {
    /// The system of every coordinate in the file.
    pub crs: Crs,
    pub role: ListRole,
    /// Whose list it is.
    pub kind: ListKind,
    /// Which layer or sheet of the file; else the first that has rows.
    pub layer: Option<String>,
    pub mapping: Mapping,
}

/// An import, ready to be committed as one edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    pub label: EditLabel,
    pub changes: Vec<Change>,
    pub list: Arc<ImportList>,
    /// Records with a boundary. A register's polygons count here too: they keep their boundary.
    pub estates: u32,
    /// Records that wait for a boundary.
    pub register_rows: u32,
    /// Buildings given to the estate they stand in. Those in none are in `list.rejected`.
    pub buildings: u32,
    /// Which of the two coordinates was read as the one to the east.
    pub axes: AxisOrder,
    /// What is odd about rows that became records, in row order. Rejected rows are in `list`.
    pub warnings: Vec<RowProblem>,
}

/// Why a file was not imported at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{file} cannot be read")]
    Io {
        file: String,
        #[source]
        reason: std::io::Error,
    },
    #[error("{file} is no list: {reason}")]
    Format {
        file: String,
        #[source]
        reason: FormatError,
    },
    /// The file is of no format that is read, is damaged, or has no such layer.
    #[error(transparent)]
    Layer(LayerError),
    #[error("{file} holds no rows")]
    NoRows { file: String },
    /// No column gives a name, an address or a position, and no row has a geometry.
    #[error("no column of {file} tells one estate from another")]
    NothingMapped { file: String, columns: Vec<String> },
    /// A list of buildings without outlines, points and columns of positions.
    #[error("no row of {file} says where its building stands")]
    NoPlaces { file: String },
    #[error("{file} was imported at {at}")]
    AlreadyImported {
        file: String,
        role: ListRole,
        at: jiff::Timestamp,
    },
    /// A ledger or another table of this very survey.
    #[error("{file} names records of this survey in the column {column}")]
    WrittenHere { file: String, column: String },
    #[error(transparent)]
    Mapping(#[from] MappingError),
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Reads a file and guesses what its columns are for: of several layers or sheets, of the first
/// that has rows.
///
/// # Errors
/// As [`preview_layer`].
pub fn preview(path: &Path, catalogue: &Catalogue) -> Result<Preview, ImportError> {
    preview_layer(path, None, catalogue)
}

/// As [`preview`], of the layer or sheet of this name.
///
/// # Errors
/// As [`Source::open`].
pub fn preview_layer(
    path: &Path,
    layer: Option<&str>,
    catalogue: &Catalogue,
) -> Result<Preview, ImportError> {
    Ok(preview_of(&Source::open(path, layer)?, catalogue))
}

/// As [`preview`], of a file that is open.
pub fn preview_of(source: &Source, catalogue: &Catalogue) -> Preview {
    let table = &source.opened.table;
    let headings = &catalogue.headings;
    let mapping = Mapping::guess(&table.columns, headings, None);
    let guesses = headings.guess(&table.columns, None);
    let columns = table.columns.iter().zip(guesses).enumerate();
    Preview {
        format: table.format,
        encoding: table.encoding,
        columns: columns
            .map(|(index, (name, guess))| Column {
                name: name.clone(),
                samples: source.summary.samples(index),
                guess,
            })
            .collect(),
        rows: table.rows_read(),
        geometries: source.summary.geometries,
        crs_named: table.crs_hint,
        unknown_system: table.unknown_system.clone(),
        layers: source.opened.layers.clone(),
        layer: source.opened.layer,
        crs_hint: table
            .crs_hint
            .or_else(|| mapping.datum_hint(headings).map(Crs::Degrees)),
        mapping,
        sha256: source.sha256_hex(),
    }
}

/// Reads a file into records. Nothing is changed yet: the caller commits `changes`.
///
/// `now` is the time the list is recorded with, and bounds building years.
///
/// # Errors
/// Every variant of [`ImportError`]; rows and values that cannot be read are no errors.
pub fn import(
    survey: &Survey,
    path: &Path,
    settings: &ImportSettings,
    catalogue: &Catalogue,
    now: jiff::Timestamp,
    progress: &Progress,
) -> Result<Imported, ImportError> {
    let source = Source::open(path, settings.layer.as_deref())?;
    import_source(survey, source, settings, catalogue, now, progress)
}

/// As [`import()`], of a file that is open.
///
/// # Errors
/// As [`import()`].
pub fn import_source(
    survey: &Survey,
    source: Source,
    settings: &ImportSettings,
    catalogue: &Catalogue,
    now: jiff::Timestamp,
    progress: &Progress,
) -> Result<Imported, ImportError> {
    let mut changes = Vec::new();
    let take = &mut |change| {
        changes.push(change);
        ControlFlow::Continue(())
    };
    let imported = import_into(survey, source, settings, catalogue, now, progress, take)?;
    Ok(Imported {
        changes,
        ..imported
    })
}

/// The same, giving each change to `take` as soon as its row is read: the list that they are of
/// comes last, and `changes` stays empty. Where `take` breaks, the import is cancelled.
///
/// # Errors
/// As [`import()`].
pub fn import_into(
    survey: &Survey,
    source: Source,
    settings: &ImportSettings,
    catalogue: &Catalogue,
    now: jiff::Timestamp,
    progress: &Progress,
    take: &mut Take<'_>,
) -> Result<Imported, ImportError> {
    let list = source.list(settings.role);
    let earlier = survey.list(list);
    let already_imported = |earlier: &ImportList| ImportError::AlreadyImported {
        file: source.file_name.clone(),
        role: settings.role,
        at: earlier.imported_at,
    };
    let again = earlier.map_or_else(BTreeSet::new, |earlier| outside_every_estate(earlier));
    if let Some(earlier) = earlier.filter(|_| again.is_empty()) {
        return Err(already_imported(earlier));
    }
    check_usable(&source, settings)?;
    refuse_own(survey, &source)?;

    let table = &source.opened.table;
    let rows_read = table.rows_read();
    progress.begin(rows_read as u64);
    let headings = catalogue.headings_for(settings.role);
    let unreadable = |reason| source.unreadable(reason);
    let frame = Frame::of(table, settings, &headings.words).map_err(unreadable)?;
    let context = Context {
        settings,
        frame,
        list,
        years: EARLIEST_YEAR..=year_in_china(now),
        only: earlier.map(|_| &again),
        progress,
    };
    let records = match settings.role {
        ListRole::Estates | ListRole::Register => row::read(table, headings, &context, take),
        ListRole::Buildings => buildings::read(survey, table, headings, &context, take),
    };
    let mut records = records.map_err(|stopped| match stopped {
        Stopped::Io(reason) => unreadable(reason),
        Stopped::Cancelled(cancelled) => cancelled.into(),
    })?;
    let rejected = &mut records.rejected;
    match earlier {
        None => rejected.extend(table.unreadable.iter().cloned()),
        Some(earlier) if records.buildings == 0 => return Err(already_imported(earlier)),
        Some(earlier) => {
            let others = earlier.rejected.iter();
            rejected.extend(others.filter(|r| !again.contains(&r.problem.row)).cloned());
        }
    }
    rejected.sort_by_key(|row| row.problem.row);
    let is_rejected = |row: u32| {
        rejected
            .binary_search_by_key(&row, |r| r.problem.row)
            .is_ok()
    };
    let mut warnings = records.warnings;
    let of_records = table.warnings.iter().filter(|w| !is_rejected(w.row));
    warnings.extend(of_records.filter(|w| context.reads(w.row)).cloned());
    warnings.sort_by_key(|warning| warning.row);

    let list = Arc::new(ImportList {
        id: list,
        sha256: source.sha256_hex(),
        file_name: source.list_name(),
        role: settings.role,
        // A list that is read again is whose it was.
        kind: earlier.map_or(settings.kind, |earlier| earlier.kind),
        crs: settings.crs,
        imported_at: now,
        rows_read: count(rows_read),
        mapping: settings.mapping.record(),
        rejected: records.rejected,
    });
    progress.reach(rows_read as u64)?;
    let of_list = Change::List {
        id: list.id,
        before: earlier.cloned(),
        after: Some(list.clone()),
    };
    give(take, of_list)?;
    Ok(Imported {
        label: source.label(),
        changes: Vec::new(),
        list,
        estates: records.estates,
        register_rows: records.register_rows,
        buildings: records.buildings,
        axes: frame.order,
        warnings,
    })
}

/// What takes the changes of an import, one by one, and says when it has enough.
pub type Take<'a> = dyn FnMut(Change) -> ControlFlow<()> + 'a;

fn give(take: &mut Take<'_>, change: Change) -> Result<(), Cancelled> {
    match take(change) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Cancelled),
    }
}

/// Why the rows of a list were not read to the end.
enum Stopped {
    Io(std::io::Error),
    Cancelled(Cancelled),
}

impl From<Cancelled> for Stopped {
    fn from(cancelled: Cancelled) -> Self {
        Self::Cancelled(cancelled)
    }
}

/// What reading a row depends on besides the row and its headings.
struct Context<'a> {
    settings: &'a ImportSettings,
    frame: Frame,
    list: ListId,
    /// Building years that can be.
    years: RangeInclusive<i32>,
    /// The rows to read, where not all of them.
    only: Option<&'a BTreeSet<u32>>,
    progress: &'a Progress,
}

impl Context<'_> {
    /// Goes through the rows of `table`, saying now and then how many are read.
    fn each_row(
        &self,
        table: &RawTable,
        mut read: impl FnMut(&RawRow) -> Result<(), Stopped>,
    ) -> Result<(), Stopped> {
        let mut rows = 0u64;
        let all = table.each_row(|raw| {
            if rows.is_multiple_of(PROGRESS_STEP) {
                self.progress.reach(rows)?;
            }
            rows += 1;
            read(raw)
        });
        all.map_err(Stopped::Io)?
    }

    fn reads(&self, row: u32) -> bool {
        self.only.is_none_or(|only| only.contains(&row))
    }

    fn origin(&self, row: u32) -> Origin {
        Origin {
            list: self.list,
            row,
            source: String::new(),
            source_id: String::new(),
        }
    }
}

/// What became of the rows of a list.
#[derive(Default)]
struct Records {
    rejected: Vec<RejectedRow>,
    warnings: Vec<RowProblem>,
    estates: u32,
    register_rows: u32,
    buildings: u32,
}

/// The rows of buildings that a list is read again for, once somebody has drawn the estate around
/// them.
fn outside_every_estate(list: &ImportList) -> BTreeSet<u32> {
    let open = list.rejected.iter().filter(|row| row.is_open());
    open.filter(|row| row.problem.kind == RowProblemKind::OutsideEveryEstate)
        .map(|row| row.problem.row)
        .collect()
}

/// What was written from this survey is taken back as a ledger, and is no list of somebody.
fn refuse_own(survey: &Survey, source: &Source) -> Result<(), ImportError> {
    let numbers = numbers_of(survey, &source.opened.table);
    match numbers.map_err(|reason| source.unreadable(reason))? {
        None => Ok(()),
        Some(column) => Err(ImportError::WrittenHere {
            file: source.file_name.clone(),
            column: column.to_owned(),
        }),
    }
}

/// A list that cannot give a single record is a wrong mapping or a wrong file: better said once
/// than once a row.
fn check_usable(source: &Source, settings: &ImportSettings) -> Result<(), ImportError> {
    let table = &source.opened.table;
    let mapping = &settings.mapping;
    let file = source.file_name.clone();
    if table.rows_read() == 0 {
        return Err(ImportError::NoRows { file });
    }
    if let Some((column, _)) = mapping
        .iter()
        .find(|(column, _)| !table.columns.iter().any(|name| name == column))
    {
        return Err(ImportError::Mapping(MappingError::UnknownColumn {
            column: column.to_owned(),
            known: table.columns.clone(),
        }));
    }
    let places =
        (mapping.has(Target::Lon) && mapping.has(Target::Lat)) || source.summary.geometries.any();
    let names = [Field::Name, Field::Address]
        .into_iter()
        .any(|field| mapping.has(Target::Field(field)));
    // Nothing to map where no row could be read: the reasons are in the unreadable rows.
    match (settings.role, table.readable_rows() == 0 || places) {
        (_, true) => Ok(()),
        (ListRole::Buildings, false) => Err(ImportError::NoPlaces { file }),
        (ListRole::Estates | ListRole::Register, false) if names => Ok(()),
        (ListRole::Estates | ListRole::Register, false) => Err(ImportError::NothingMapped {
            file,
            columns: table.columns.clone(),
        }),
    }
}

/// The year in China, whatever the time zone of the laptop.
fn year_in_china(now: jiff::Timestamp) -> i32 {
    i32::from(jiff::tz::offset(8).to_datetime(now).year())
}

/// Files are limited to far fewer rows than a `u32` counts.
fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
