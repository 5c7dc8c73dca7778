//! A table that was written from this survey: read as somebody's list, it would bring every estate
//! a second time (不重).

use crate::formats::RawTable;
use crate::jobs::ledger::cells::word;
use crate::model::{EstateId, Survey};

/// The heading of the numbers, where a row of the table has that of a record of `survey`.
///
/// # Errors
/// Where the rows have stayed in their file, and it cannot be read.
pub(in crate::jobs) fn numbers_of(
    survey: &Survey,
    table: &RawTable,
) -> std::io::Result<Option<&'static str>> {
    let heading = word("columns", "id");
    let Some(column) = table.columns.iter().position(|name| name == heading) else {
        return Ok(None);
    };
    let is_known = |number: &str| {
        let id = number.trim().parse::<EstateId>();
        id.is_ok_and(|id| survey.estate(id).is_some())
    };
    let looked = table.each_row(|row| match row.cells.get(column).is_some_and(is_known) {
        true => Err(()),
        false => Ok(()),
    })?;
    Ok(looked.is_err().then_some(heading))
}
