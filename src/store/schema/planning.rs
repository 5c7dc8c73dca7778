//! The step that adds the tables of projects, budgets and of what was held fast.

use super::{Labels, create_attributes};
use crate::store::error::StoreErrorKind;
use crate::store::planning::{
    BUDGET_COLUMNS, BUDGETS, PROJECT_COLUMNS, PROJECTS, SNAPSHOT_COLUMNS, SNAPSHOTS,
};
use rusqlite::Transaction;

const TABLES: [(&str, &[(&str, &str)]); 3] = [
    (PROJECTS, &PROJECT_COLUMNS),
    (BUDGETS, &BUDGET_COLUMNS),
    (SNAPSHOTS, &SNAPSHOT_COLUMNS),
];

pub(super) fn add_planning(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    let labels = Labels::shipped();
    for (table, columns) in TABLES {
        let headings = &labels.planning_columns;
        create_attributes(transaction, table, columns, (&labels, headings), |_| None)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_and_column_of_the_planning_has_its_label() {
        let labels = Labels::shipped();
        for (table, columns) in TABLES {
            assert!(labels.tables.contains_key(table));
            for (column, _) in columns {
                assert!(labels.planning_columns.contains_key(*column), "{column}");
            }
        }
    }
}
