//! The step that adds the table of what the communities answered.

use super::{Labels, create_attributes};
use crate::model::{Coded, CommunityState};
use crate::store::community::{COLUMNS, TABLE};
use crate::store::error::StoreErrorKind;
use rusqlite::Transaction;

pub(super) fn add_communities(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    let labels = Labels::shipped();
    let domain = |name: &str| (name == "state").then_some(CommunityState::DOMAIN);
    let headings = &labels.community_columns;
    create_attributes(transaction, TABLE, &COLUMNS, (&labels, headings), domain)?;
    for (key, label) in &labels.community_states {
        transaction.execute(
            "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, description)
             VALUES (?1, 'enum', ?2, ?3)",
            [CommunityState::DOMAIN, key, label],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_and_state_of_a_community_has_its_label() {
        let labels = Labels::shipped();
        assert!(labels.tables.contains_key(TABLE));
        for (column, _) in COLUMNS {
            assert!(labels.community_columns.contains_key(column), "{column}");
        }
        let keys: Vec<_> = labels
            .community_states
            .iter()
            .map(|(key, _)| key.as_str())
            .collect();
        let known: Vec<_> = CommunityState::ALL
            .iter()
            .map(|state| state.key())
            .collect();
        assert_eq!(keys, known);
    }
}
