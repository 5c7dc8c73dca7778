//! The step that adds the layer of photos.

use super::{ColumnDefinition, Labels, add_style, create_layer};
use crate::model::{Coded, PhotoKind};
use crate::store::error::StoreErrorKind;
use crate::store::layer::Layer;
use crate::store::photo::COLUMNS;
use rusqlite::Transaction;

pub(super) fn add_photos(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    let labels = Labels::shipped();
    let columns = COLUMNS.map(|(name, sql_type)| ColumnDefinition {
        name: name.to_owned(),
        sql_type,
        heading: labels.photo_columns.get(name).cloned(),
        description: None,
        holds_json: false,
        domain: (name == "kind").then_some(PhotoKind::DOMAIN),
    });
    create_layer(transaction, Layer::Photo, &columns, &labels)?;
    for kind in PhotoKind::ALL {
        transaction.execute(
            "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, description)
             VALUES (?1, 'enum', ?2, ?3)",
            [PhotoKind::DOMAIN, kind.key(), &kind.key().to_uppercase()],
        )?;
    }
    add_style(transaction, Layer::Photo, include_str!("photo.qml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_a_photo_has_its_heading() {
        let labels = Labels::shipped();
        for (column, _) in COLUMNS {
            assert!(labels.photo_columns.contains_key(column), "{column}");
        }
    }
}
