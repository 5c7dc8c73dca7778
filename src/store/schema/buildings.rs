//! The step that adds the layers of buildings.

use super::{ColumnDefinition, Labels, add_style, create_layer};
use crate::model::Building;
use crate::store::building::BuildingColumn;
use crate::store::error::StoreErrorKind;
use crate::store::layer::{Layer, LayerColumn, Layered};
use rusqlite::Transaction;

pub(super) fn add_buildings(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    let labels = Labels::shipped();
    for layer in [Building::WITH_OUTLINE, Building::WITHOUT_OUTLINE] {
        let columns = BuildingColumn::all().map(|column| ColumnDefinition {
            name: column.name(),
            sql_type: column.sql_type(),
            heading: labels.of_building(column),
            description: None,
            holds_json: column.holds_json(),
            domain: None,
        });
        create_layer(transaction, layer, &columns.collect::<Vec<_>>(), &labels)?;
        // An edit finds the buildings of an estate in QGIS too.
        let table = layer.table();
        transaction.execute_batch(&format!(
            "CREATE INDEX \"{table}_estate\" ON \"{table}\" (estate)"
        ))?;
    }
    add_style(transaction, Layer::Building, include_str!("building.qml"))?;
    let points = include_str!("building_point.qml");
    add_style(transaction, Layer::BuildingPoint, points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_a_building_has_its_label() {
        let labels = Labels::shipped();
        for column in BuildingColumn::all() {
            assert!(labels.of_building(column).is_some(), "{column:?}");
            assert_eq!(BuildingColumn::named(&column.name()), Some(column));
        }
    }
}
