//! The ledger 台账 (DOMAIN §9): one workbook in which a housing office finds every estate, the sums,
//! and what became of the records that are not in it.
//!
//! The sheet 台账 has each record that counts or may count; sums in 汇总 are of those that are in
//! the library, so that they agree with a release.

pub(in crate::jobs) mod cells;
mod estates;
mod others;
mod summary;

use crate::catalogue::{Catalogue, LedgerWords};
use crate::formats::ledger::{Sheet, WorkbookError, workbook};
use crate::jobs::evaluate::evaluate;
use crate::jobs::release::place;
use crate::model::{EstateId, Survey};
use crate::progress::{Cancelled, Progress};
use crate::rules::batches::Placed;
use crate::rules::checks::Finding;
use crate::rules::fate::Judgements;
use jiff::civil::Date;
use std::collections::BTreeMap;

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

/// Evaluates `survey` and writes its ledger for `year`; what is late is counted on `today`.
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
    Ok(write(&LedgerInput {
        survey,
        catalogue,
        judgements: &evaluation.judgements,
        findings: &evaluation.findings,
        placed: &placed,
    })?)
}

/// Writes the workbook. Equal input gives equal bytes.
///
/// # Errors
/// [`WorkbookError`] where Excel has no room for the survey.
pub fn write(input: &LedgerInput) -> Result<Ledger, WorkbookError> {
    let sheets = sheets(input);
    let rows = sheets.first().map_or(0, |sheet| sheet.rows.len());
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
