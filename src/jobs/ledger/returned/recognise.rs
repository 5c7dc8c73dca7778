//! A table that was written from this survey: read as somebody's list, it would bring every estate
//! a second time (不重).

use crate::formats::RawTable;
use crate::jobs::ledger::cells::word;
use crate::model::{EstateId, Survey};

/// The heading of the numbers, where a row of the table has that of a record of `survey`.
pub(in crate::jobs) fn numbers_of(survey: &Survey, table: &RawTable) -> Option<&'static str> {
    let heading = word("columns", "id");
    let column = table.columns.iter().position(|name| name == heading)?;
    let is_known = |number: &str| {
        let id = uuid::Uuid::parse_str(number.trim()).map(EstateId);
        id.is_ok_and(|id| survey.estate(id).is_some())
    };
    let mut numbers = table.rows.iter().filter_map(|row| row.cells.get(column));
    let is_here = numbers.any(is_known);
    is_here.then_some(heading)
}
