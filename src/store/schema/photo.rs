//! The step that adds the layer of photos.

use super::{CGCS2000_SRS_ID, Labels};
use crate::model::{Coded, PhotoKind};
use crate::store::error::StoreErrorKind;
use crate::store::photo::{COLUMNS, TABLE};
use rusqlite::{Transaction, params};

pub(super) fn add_photos(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    let labels = Labels::shipped();
    let definitions: String = COLUMNS
        .iter()
        .map(|(name, kind)| format!(", {name} {kind}"))
        .collect();
    transaction.execute_batch(&format!(
        "CREATE TABLE {TABLE} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT{definitions})"
    ))?;
    let [title, description] = labels.tables.get(TABLE).cloned().unwrap_or_default();
    transaction.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
         VALUES (?1, 'features', ?2, ?3, ?4)",
        params![TABLE, title, description, CGCS2000_SRS_ID],
    )?;
    transaction.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'POINT', ?2, 0, 0)",
        params![TABLE, CGCS2000_SRS_ID],
    )?;
    transaction.execute_batch(&include_str!("rtree.sql").replace("{t}", TABLE))?;
    for (column, _) in COLUMNS {
        let heading = labels.columns.get(&format!("{TABLE}.{column}"));
        let domain = (column == "kind").then_some(PhotoKind::DOMAIN);
        transaction.execute(
            "INSERT INTO gpkg_data_columns VALUES (?1, ?2, ?3, ?3, NULL, NULL, ?4)",
            params![TABLE, column, heading, domain],
        )?;
    }
    for kind in PhotoKind::ALL {
        transaction.execute(
            "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, description)
             VALUES (?1, 'enum', ?2, ?3)",
            [PhotoKind::DOMAIN, kind.key(), &kind.key().to_uppercase()],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_the_photo_layer_has_its_heading() {
        let labels = Labels::shipped();
        assert!(labels.tables.contains_key(TABLE));
        for (column, _) in COLUMNS {
            let heading = labels.columns.get(&format!("{TABLE}.{column}"));
            assert!(heading.is_some(), "{column}");
        }
    }
}
