//! The ledger 台账 (DOMAIN §9): one workbook in which a housing office finds every estate, the sums,
//! and what became of the records that are not in it.
//!
//! The sheet 台账 has each record that counts or may count; sums in 汇总 are of those that are in
//! the library, so that they agree with a release.
//!
//! A ledger that goes out to be edited keeps, where nobody sees it, what its cells were: when it
//! comes back, [`returned`] tells what was changed in it from what was changed here since.

pub(in crate::jobs) mod cells;
mod columns;
mod estates;
mod exported;
mod others;
pub mod returned;
mod summary;

use crate::catalogue::{Catalogue, LedgerWords};
use crate::formats::ledger::{Sheet, WorkbookError, workbook};
use crate::jobs::evaluate::evaluate;
use crate::jobs::release::place;
use crate::jobs::report::write_new;
use crate::model::{EstateId, Survey};
use crate::progress::{Cancelled, Progress};
use crate::rules::batches::Placed;
use crate::rules::checks::Finding;
use crate::rules::fate::Judgements;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;

/// What the ledger is written from; all of this very survey.
pub struct LedgerInput<'a> {
    pub survey: &'a Survey,
    pub catalogue: &'a Catalogue,
    pub judgements: &'a Judgements,
    pub findings: &'a [Finding],
    /// Where every estate stands in the ledger's year.
    pub placed: &'a BTreeMap<EstateId, Placed>,
}

/// A ledger that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    pub bytes: Vec<u8>,
    /// Of the sheet 台账.
    pub rows: usize,
}

/// Why there is no ledger.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// What a ledger is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It is part of a release: what stands in it is what is seen.
    Release,
    /// It may come back, so it keeps what its cells were.
    ToEdit,
}

/// Why a ledger is in no file.
#[derive(Debug, thiserror::Error)]
pub enum LedgerFileError {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Evaluates `survey` and writes its ledger for `year`; what is late is counted on `today`. The
/// file must not be there yet; it is written whole or not at all. Returns the rows of the sheet 台账.
///
/// # Errors
/// [`LedgerFileError`].
pub fn write_new_file(
    survey: &Survey,
    catalogue: &Catalogue,
    (year, today): (i16, Date),
    path: &Path,
    progress: &Progress,
) -> Result<usize, LedgerFileError> {
    if path.exists() {
        return Err(std::io::Error::from(std::io::ErrorKind::AlreadyExists).into());
    }
    let ledger = of_survey(survey, catalogue, year, today, progress)?;
    write_new(path, &ledger.bytes)?;
    Ok(ledger.rows)
}

/// Evaluates `survey` and writes its ledger for `year`, to be edited; what is late is counted on
/// `today`.
///
/// # Errors
/// [`LedgerError`].
pub fn of_survey(
    survey: &Survey,
    catalogue: &Catalogue,
    year: i16,
    today: Date,
    progress: &Progress,
) -> Result<Ledger, LedgerError> {
    let evaluation = evaluate(survey, catalogue, today, progress)?;
    let placed = place(survey, catalogue, &evaluation.findings, year, progress)?;
    let input = LedgerInput {
        survey,
        catalogue,
        judgements: &evaluation.judgements,
        findings: &evaluation.findings,
        placed: &placed,
    };
    Ok(write(&input, Purpose::ToEdit)?)
}

/// Writes the workbook. Equal input gives equal bytes.
///
/// # Errors
/// [`WorkbookError`] where Excel has no room for the survey.
pub fn write(input: &LedgerInput, purpose: Purpose) -> Result<Ledger, WorkbookError> {
    let mut sheets = sheets(input);
    let ledger = sheets.first();
    let rows = ledger.map_or(0, |sheet| sheet.rows.len());
    if purpose == Purpose::ToEdit {
        let exported = ledger.map(|ledger| exported::sheet(ledger, input.catalogue));
        sheets.extend(exported);
    }
    let title = LedgerWords::shipped().word("sheets", "ledger");
    let bytes = workbook(title, &sheets)?;
    Ok(Ledger { bytes, rows })
}

fn sheets(input: &LedgerInput) -> Vec<Sheet> {
    let rows = estates::rows(input);
    vec![
        estates::sheet(input, &rows),
        summary::sheet(&rows),
        others::duplicates(input),
        others::excluded(input),
        others::coverage(input),
        others::checks(input),
    ]
}

#[cfg(test)]
mod tests;
