//! The step that adds the table of what was searched.

use super::{Labels, create_attributes};
use crate::store::error::StoreErrorKind;
use crate::store::searched::{COLUMNS, TABLE};
use rusqlite::Transaction;

pub(super) fn add_searched(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    let labels = Labels::shipped();
    let headings = &labels.searched_columns;
    create_attributes(transaction, TABLE, &COLUMNS, (&labels, headings), |_| None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_a_searched_place_has_its_heading() {
        let labels = Labels::shipped();
        assert!(labels.tables.contains_key(TABLE));
        for (column, _) in COLUMNS {
            assert!(labels.searched_columns.contains_key(column), "{column}");
        }
    }
}
