//! The tables of a survey file, and the steps from each version of them to the next.
//!
//! Steps are only ever appended. All that are due run in one exclusive transaction, so that a
//! file is always wholly of one version; a file of a newer version is refused.

mod buildings;
mod community;
mod foreign;
mod photo;
mod planning;
mod searched;

use super::building::BuildingColumn;
use super::column::Column;
use super::error::StoreErrorKind;
use super::layer::{Layer, LayerColumn};
use crate::catalogue::{Catalogue, Items, Utility};
use crate::geopackage::{self, ColumnDefinition, LayerDefinition};
use crate::model::{Field, Kind};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The row of `setting` that makes a GeoPackage a survey of ours.
pub(super) const VERSION_KEY: &str = "jiugai_schema";

/// One step to the next version of the schema.
pub(super) type Step = fn(&Transaction<'_>) -> Result<(), StoreErrorKind>;

/// Step `n` makes version `n + 1`.
pub(super) const STEPS: &[Step] = &[
    version_1,
    buildings::add_buildings,
    photo::add_photos,
    index_of_log,
    owners_in_log,
    projected_lists,
    list_kinds,
    community::add_communities,
    searched::add_searched,
    planning::add_planning,
    foreign::note_foreign_changes,
];

/// The schema version of a survey file.
///
/// # Errors
/// `NotGeoPackage` and `NotASurvey` for other databases.
pub(super) fn version(connection: &Connection) -> Result<u32, StoreErrorKind> {
    if !has_table(connection, "gpkg_contents")? {
        return Err(StoreErrorKind::NotGeoPackage);
    }
    if !has_table(connection, "setting")? {
        return Err(StoreErrorKind::NotASurvey);
    }
    let sql = "SELECT value FROM setting WHERE key = ?1";
    let value = connection.query_row(sql, [VERSION_KEY], |row| row.get::<_, String>(0));
    let value = match value.optional() {
        Ok(value) => value.ok_or(StoreErrorKind::NotASurvey)?,
        // A table of this name with other columns.
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown) => {
            return Err(StoreErrorKind::NotASurvey);
        }
        Err(error) => return Err(error.into()),
    };
    value
        .parse()
        .map_err(|_| StoreErrorKind::damaged(format!("{VERSION_KEY} = {value}")))
}

fn has_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT count(*) > 0 FROM sqlite_master WHERE type = 'table' AND name = ?1";
    connection.query_row(sql, [name], |row| row.get(0))
}

/// Refuses a file that this program is too old for.
pub(super) fn refuse_newer(found: u32, steps: &[Step]) -> Result<(), StoreErrorKind> {
    let known = steps.len() as u32;
    match found > known {
        true => Err(StoreErrorKind::Newer { found, known }),
        false => Ok(()),
    }
}

/// Takes a file of version `found` to the newest version.
pub(super) fn migrate(
    connection: &mut Connection,
    found: u32,
    steps: &[Step],
) -> Result<(), StoreErrorKind> {
    let due = steps.get(found as usize..).unwrap_or_default();
    if due.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    for step in due {
        step(&transaction)?;
    }
    transaction.execute(
        "INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)",
        params![VERSION_KEY, steps.len().to_string()],
    )?;
    Ok(transaction.commit()?)
}

fn version_1(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    geopackage::begin(transaction)?;
    geopackage::add_styles(transaction)?;
    transaction.execute_batch(include_str!("own.sql"))?;
    let items = Catalogue::shipped().items;
    let labels = Labels::shipped();
    let columns = Column::of_new_file(&items)
        .into_iter()
        .map(|column| ColumnDefinition {
            name: column.name(),
            sql_type: column.sql_type(),
            heading: labels.heading(&column, &items),
            description: labels.description(&column),
            holds_json: column.holds_json(),
            domain: column.domain(),
        });
    let columns: Vec<_> = columns.collect();
    for layer in [Layer::Estate, Layer::RegisterRow] {
        create_layer(transaction, layer, &columns, &labels)?;
    }
    for (domain, codes) in &labels.codes {
        let codes = codes
            .iter()
            .map(|(key, label)| (key.as_str(), label.as_str()));
        geopackage::add_codes(transaction, domain, codes)?;
    }
    add_style(transaction, Layer::Estate, &estate_style(&items))
}

/// The history of one record, and whether an edit was undone, without reading the whole log.
fn index_of_log(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    transaction.execute_batch(
        "CREATE INDEX edit_change_record ON edit_change (key, edit);
         CREATE INDEX edit_log_target ON edit_log (kind_target) WHERE kind_target IS NOT NULL;",
    )?;
    Ok(())
}

/// Which estates an edit touched through their buildings and photos.
fn owners_in_log(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    transaction.execute_batch(
        "CREATE TABLE edit_owner (
           estate TEXT NOT NULL,
           edit INTEGER NOT NULL REFERENCES edit_log(id),
           PRIMARY KEY (estate, edit)
         ) WITHOUT ROWID;
         INSERT OR IGNORE INTO edit_owner (estate, edit)
         SELECT json_extract(image, '$.estate'), edit FROM (
           SELECT edit, record, before AS image FROM edit_change
           UNION ALL SELECT edit, record, after FROM edit_change
         )
         WHERE record IN ('building', 'photo') AND json_extract(image, '$.estate') IS NOT NULL;",
    )?;
    Ok(())
}

/// Lists in metres: `import_list.datum` holds the key of a whole system since. No table changes,
/// but a program that knows datums alone must refuse the file rather than lose a list.
fn projected_lists(_: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    Ok(())
}

/// Whose list each is; of those imported before, nobody said.
fn list_kinds(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    transaction
        .execute_batch("ALTER TABLE import_list ADD COLUMN kind TEXT NOT NULL DEFAULT 'other'")?;
    Ok(())
}

fn create_layer(
    transaction: &Transaction<'_>,
    layer: Layer,
    columns: &[ColumnDefinition],
    labels: &Labels,
) -> Result<(), StoreErrorKind> {
    let table = layer.table();
    let [title, description] = labels.tables.get(table).cloned().unwrap_or_default();
    let definition = LayerDefinition {
        table,
        title: &title,
        description: &description,
        geometry_type: layer.geometry_type(),
    };
    geopackage::add_layer(transaction, &definition, columns)?;
    geopackage::add_rtree(transaction, table)?;
    Ok(())
}

/// A table without geometry that GDAL and QGIS list beside the layers.
fn create_attributes(
    transaction: &Transaction<'_>,
    table: &str,
    columns: &[(&str, &str)],
    (labels, headings): (&Labels, &BTreeMap<String, String>),
    domain: impl Fn(&str) -> Option<&'static str>,
) -> Result<(), StoreErrorKind> {
    let definitions: String = columns
        .iter()
        .map(|(name, sql_type)| format!(", {name} {sql_type}"))
        .collect();
    transaction.execute_batch(&format!(
        "CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL{definitions})"
    ))?;
    let [title, description] = labels.tables.get(table).cloned().unwrap_or_default();
    transaction.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
         VALUES (?1, 'attributes', ?2, ?3)",
        [table, &title, &description],
    )?;
    for (name, _) in columns {
        // GDAL and QGIS show `name` as the heading.
        transaction.execute(
            "INSERT INTO gpkg_data_columns VALUES (?1, ?2, ?3, ?3, NULL, NULL, ?4)",
            params![table, name, headings.get(*name), domain(name)],
        )?;
    }
    Ok(())
}

/// The style that QGIS draws `layer` with.
fn add_style(
    transaction: &Transaction<'_>,
    layer: Layer,
    style: &str,
) -> Result<(), StoreErrorKind> {
    Ok(geopackage::add_style(transaction, layer.table(), style)?)
}

/// What QGIS shows for tables, columns and coded values. In Chinese alone: a GeoPackage has room
/// for one language.
#[derive(Deserialize)]
struct Labels {
    /// Title and description.
    tables: BTreeMap<String, [String; 2]>,
    columns: BTreeMap<String, String>,
    /// Of buildings, where they are not the same.
    building_columns: BTreeMap<String, String>,
    photo_columns: BTreeMap<String, String>,
    community_columns: BTreeMap<String, String>,
    searched_columns: BTreeMap<String, String>,
    planning_columns: BTreeMap<String, String>,
    /// Key and label, as `codes`; a file of the first version has none of these.
    community_states: Vec<(String, String)>,
    /// By domain, in form order: key and label.
    codes: BTreeMap<String, Vec<(String, String)>>,
}

impl Labels {
    fn shipped() -> Self {
        serde_json::from_str(include_str!("../labels.json"))
            .expect("labels.json is compiled in and checked by a test")
    }

    fn heading(&self, column: &Column, items: &Items) -> Option<String> {
        if let Column::Field(Field::Gap(code)) = column {
            return items.get(*code).map(|item| format!("{code} {}", item.zh));
        }
        self.columns.get(&column.name()).cloned()
    }

    fn of_building(&self, column: BuildingColumn) -> Option<String> {
        let name = column.name();
        let own = self.building_columns.get(&name);
        own.or_else(|| self.columns.get(&name)).cloned()
    }

    /// A column of several codes has no domain of its own, so its codes are spelt out.
    fn description(&self, column: &Column) -> Option<String> {
        let Column::Field(field) = column else {
            return None;
        };
        let Kind::Codes(domain) = field.kind() else {
            return None;
        };
        let codes = self.codes.get(domain)?.iter();
        let spelt: Vec<_> = codes.map(|(key, label)| format!("{key} {label}")).collect();
        Some(spelt.join("；"))
    }
}

/// The style that draws the worst of water, power, road and gas, as the window does.
fn estate_style(items: &Items) -> String {
    const NOT_SURVEYED: i32 = -1;
    let essential = |utility: &Utility| Utility::ESSENTIAL.contains(utility);
    let degrees: Vec<_> = items
        .iter()
        .filter(|item| item.utilities.iter().any(essential))
        .map(|item| format!("coalesce(&quot;gap_{}&quot;,{NOT_SURVEYED})", item.code))
        .collect();
    include_str!("estate.qml")
        .replace("{worst}", &format!("max({})", degrees.join(",")))
        .replace(
            "{counted}",
            "coalesce(&quot;standing&quot;,'counted') = 'counted'",
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{self, Coded};

    #[test]
    fn every_table_column_and_coded_value_has_its_label() {
        let labels = Labels::shipped();
        let items = Catalogue::shipped().items;
        for layer in [
            Layer::Estate,
            Layer::RegisterRow,
            Layer::Building,
            Layer::BuildingPoint,
            Layer::Photo,
        ] {
            assert!(labels.tables.contains_key(layer.table()));
        }
        for column in Column::of_new_file(&items) {
            assert!(labels.heading(&column, &items).is_some(), "{column:?}");
            if let Some(domain) = column.domain() {
                assert!(labels.codes.contains_key(domain), "{domain}");
            }
        }
        fn keys<C: Coded>(labels: &Labels) {
            let labelled = &labels.codes[C::DOMAIN];
            assert_eq!(labelled.len(), C::ALL.len(), "{}", C::DOMAIN);
            for (code, (key, _)) in C::ALL.iter().zip(labelled) {
                assert_eq!(code.key(), key);
            }
        }
        keys::<model::Locality>(&labels);
        keys::<model::YearBasis>(&labels);
        keys::<model::Tenure>(&labels);
        keys::<model::Exclusion>(&labels);
        keys::<model::Willingness>(&labels);
        keys::<model::WillingnessBasis>(&labels);
        keys::<model::Severity>(&labels);
    }

    #[test]
    fn the_style_looks_at_the_items_of_the_four_essential_utilities_alone() {
        let style = estate_style(&Catalogue::shipped().items);
        assert!(style.contains("gap_C04") && style.contains("gap_C12"));
        // A lift is no essential utility.
        assert!(!style.contains("gap_B10"));
        assert!(!style.contains("{worst}") && !style.contains("{counted}"));
    }
}
