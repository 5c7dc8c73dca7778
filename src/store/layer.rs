//! The two layers that QGIS shows, and the records in them.

use super::blob;
use super::column::Column;
use super::error::{ReadProblem, ReadProblemKind, StoreErrorKind};
use super::row::RowDraft;
use crate::model::{Estate, EstateId, LonLat};
use rusqlite::types::{Value as SqlValue, ValueRef};
use rusqlite::{Connection, Row, Transaction, params, params_from_iter};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A layer of the file. A record lies in the one that its boundary, or the lack of one, says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// Records with a boundary.
    Estate,
    /// 名册: records without one.
    RegisterRow,
}

impl Layer {
    pub(super) const ALL: [Self; 2] = [Self::Estate, Self::RegisterRow];

    pub(super) fn table(self) -> &'static str {
        match self {
            Self::Estate => "estate",
            Self::RegisterRow => "register_row",
        }
    }

    pub(super) fn geometry_type(self) -> &'static str {
        match self {
            Self::Estate => "MULTIPOLYGON",
            Self::RegisterRow => "POINT",
        }
    }
}

/// Both layers, as the file at hand has them.
pub(super) struct Layers {
    estate: LayerTable,
    register_row: LayerTable,
}

impl Layers {
    /// # Errors
    /// `Damaged` where another program took a layer or a column away that values would need.
    pub(super) fn of(connection: &Connection) -> Result<Self, StoreErrorKind> {
        Ok(Self {
            estate: LayerTable::of(connection, Layer::Estate)?,
            register_row: LayerTable::of(connection, Layer::RegisterRow)?,
        })
    }

    /// Writes a record, moving it between the layers where its boundary came or went.
    pub(super) fn put(
        &self,
        transaction: &Transaction<'_>,
        estate: &Estate,
        extents: &mut Extents,
    ) -> Result<(), StoreErrorKind> {
        let (here, there) = match estate.boundary {
            Some(_) => (&self.estate, &self.register_row),
            None => (&self.register_row, &self.estate),
        };
        let row = here.row(estate);
        let bounds = match row.first() {
            Some(SqlValue::Blob(geometry)) => blob::bounds(geometry),
            _ => None,
        };
        extents.include(here.layer.table(), bounds);
        // An update keeps the fid, and the columns another program added.
        let mut update = transaction.prepare_cached(&here.update)?;
        if update.execute(params_from_iter(&row))? == 0 {
            there.remove(transaction, estate.id)?;
            extents.include(there.layer.table(), None);
            let mut insert = transaction.prepare_cached(&here.insert)?;
            insert.execute(params_from_iter(&row))?;
        }
        Ok(())
    }

    pub(super) fn remove(
        &self,
        transaction: &Transaction<'_>,
        id: EstateId,
        extents: &mut Extents,
    ) -> Result<(), StoreErrorKind> {
        for table in [&self.estate, &self.register_row] {
            table.remove(transaction, id)?;
            extents.include(table.layer.table(), None);
        }
        Ok(())
    }

    /// Every record of the file, and what is wrong with some.
    pub(super) fn read(&self, connection: &Connection) -> Result<LayerContents, StoreErrorKind> {
        let mut contents = LayerContents::default();
        for table in [&self.estate, &self.register_row] {
            let mut statement = connection.prepare(&table.select)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                table.read_row(row, &mut contents)?;
            }
        }
        Ok(contents)
    }
}

/// What the two layers hold.
#[derive(Default)]
pub(super) struct LayerContents {
    pub(super) estates: Vec<Estate>,
    pub(super) problems: Vec<ReadProblem>,
    pub(super) keys_given: KeysGiven,
    keys: BTreeSet<EstateId>,
}

/// Rows whose `uuid` is still to be written: it was missing, taken, or spelt in another way.
#[derive(Default)]
pub(super) struct KeysGiven(Vec<(Layer, i64, EstateId)>);

impl KeysGiven {
    pub(super) fn write(&self, transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
        // First away with all, because one row's new key may be another's old spelling.
        for (layer, fid, _) in &self.0 {
            let sql = format!("UPDATE {} SET uuid = NULL WHERE fid = ?1", layer.table());
            transaction.execute(&sql, [fid])?;
        }
        for (layer, fid, key) in &self.0 {
            let sql = format!("UPDATE {} SET uuid = ?2 WHERE fid = ?1", layer.table());
            transaction.execute(&sql, params![fid, key.to_string()])?;
        }
        Ok(())
    }
}

/// One layer's table, and the statements that fit the columns it has.
struct LayerTable {
    layer: Layer,
    columns: Vec<Column>,
    select: String,
    update: String,
    insert: String,
    delete: String,
}

impl LayerTable {
    fn of(connection: &Connection, layer: Layer) -> Result<Self, StoreErrorKind> {
        let table = layer.table();
        let mut names = Vec::new();
        connection.pragma(None, "table_info", table, |row| {
            names.push(row.get::<_, String>("name")?);
            Ok(())
        })?;
        let columns: Vec<_> = names
            .iter()
            .filter_map(|name| Column::named(name))
            .collect();
        let keyed = ["fid", "geom"].map(|name| (name.to_owned(), names.iter().any(|n| n == name)));
        let attributes =
            Column::required().map(|column| (column.name(), columns.contains(&column)));
        if let Some((missing, _)) = keyed
            .into_iter()
            .chain(attributes)
            .find(|(_, there)| !there)
        {
            return Err(StoreErrorKind::damaged(format!(
                "no column {table}.{missing}"
            )));
        }

        let quoted: Vec<_> = columns
            .iter()
            .map(|c| format!("\"{}\"", c.name()))
            .collect();
        // ?1 is the geometry, ?2 and so on the columns in their order.
        let numbered = || quoted.iter().zip(2..);
        let assignments: String = numbered().map(|(c, n)| format!(", {c} = ?{n}")).collect();
        let places: String = numbered().map(|(_, n)| format!(", ?{n}")).collect();
        let names: String = quoted.iter().map(|c| format!(", {c}")).collect();
        let key = columns
            .iter()
            .position(|column| *column == Column::Uuid)
            .map_or(0, |index| index + 2);
        Ok(Self {
            layer,
            select: format!("SELECT fid, geom{names} FROM {table} ORDER BY fid"),
            update: format!("UPDATE {table} SET geom = ?1{assignments} WHERE uuid = ?{key}"),
            insert: format!("INSERT INTO {table} (geom{names}) VALUES (?1{places})"),
            delete: format!("DELETE FROM {table} WHERE uuid = ?1"),
            columns,
        })
    }

    fn row(&self, estate: &Estate) -> Vec<SqlValue> {
        let geometry = match (&estate.boundary, estate.position) {
            (Some(boundary), _) => SqlValue::Blob(blob::of_boundary(boundary)),
            (None, Some(position)) => SqlValue::Blob(blob::of_position(position)),
            (None, None) => SqlValue::Null,
        };
        let values = self.columns.iter().map(|c| c.write(estate, &self.columns));
        std::iter::once(geometry).chain(values).collect()
    }

    fn remove(&self, transaction: &Transaction<'_>, id: EstateId) -> Result<(), StoreErrorKind> {
        let mut delete = transaction.prepare_cached(&self.delete)?;
        delete.execute([id.to_string()])?;
        Ok(())
    }

    fn read_row(&self, row: &Row<'_>, contents: &mut LayerContents) -> Result<(), StoreErrorKind> {
        let fid: i64 = row.get(0)?;
        let geometry = row.get_ref(1)?;
        let mut draft = RowDraft::new();
        let mut spelling = ValueRef::Null;
        for (column, index) in self.columns.iter().zip(2..) {
            let value = row.get_ref(index)?;
            if *column == Column::Uuid {
                spelling = value;
            }
            draft.read(column, value);
        }

        let name = draft.name().to_owned();
        let mut report = |kind| {
            contents.problems.push(ReadProblem {
                table: self.layer.table(),
                fid,
                name: name.clone(),
                kind,
            });
        };
        let key = match draft.key {
            Some(key) if !contents.keys.contains(&key) => key,
            _ => {
                let key = self.new_key(fid, geometry, &contents.keys);
                report(ReadProblemKind::KeyGiven { key });
                key
            }
        };
        contents.keys.insert(key);
        if spelling.as_str() != Ok(key.to_string().as_str()) {
            contents.keys_given.0.push((self.layer, fid, key));
        }

        let (mut estate, spoilt) = draft.finish(key);
        for (column, value) in spoilt {
            report(ReadProblemKind::UnknownValue { column, value });
        }
        if self.take_geometry(geometry, &mut estate).is_err() {
            report(ReadProblemKind::UnreadableGeometry);
        }
        contents.estates.push(estate);
        Ok(())
    }

    fn take_geometry(
        &self,
        geometry: ValueRef<'_>,
        estate: &mut Estate,
    ) -> Result<(), blob::Unreadable> {
        let bytes = match geometry {
            ValueRef::Null => return Ok(()),
            ValueRef::Blob(bytes) => bytes,
            _ => return Err(blob::Unreadable),
        };
        match self.layer {
            Layer::Estate => estate.boundary = Some(Arc::new(blob::boundary(bytes)?)),
            // The point on the map wins over the two columns: QGIS moves the one, not the others.
            Layer::RegisterRow => {
                let point: Option<LonLat> = blob::position(bytes)?;
                estate.position = point.or(estate.position);
            }
        }
        Ok(())
    }

    /// A key for a row that has none: worked out from what the row holds, so that reading a file
    /// twice, or on two laptops, gives the same.
    fn new_key(&self, fid: i64, geometry: ValueRef<'_>, taken: &BTreeSet<EstateId>) -> EstateId {
        let geometry = geometry.as_blob().unwrap_or_default();
        let mut attempt: u32 = 0;
        loop {
            let digest = Sha256::new()
                .chain_update(self.layer.table())
                .chain_update(fid.to_le_bytes())
                .chain_update(attempt.to_le_bytes())
                .chain_update(geometry)
                .finalize();
            let mut bytes = [0; 16];
            bytes.copy_from_slice(&digest[..16]);
            let key = EstateId(uuid::Builder::from_custom_bytes(bytes).into_uuid());
            if !taken.contains(&key) {
                return key;
            }
            attempt += 1;
        }
    }
}

/// How far the layers reach, for `gpkg_contents`. It grows and never shrinks: to GeoPackage it
/// is informative.
#[derive(Default)]
pub(super) struct Extents(BTreeMap<&'static str, Option<blob::Bounds>>);

impl Extents {
    /// Notes that the layer was written, and that it reaches so far.
    pub(super) fn include(&mut self, table: &'static str, bounds: Option<blob::Bounds>) {
        let extent = self.0.entry(table).or_default();
        *extent = match (*extent, bounds) {
            (Some(a), Some(b)) => Some([
                a[0].min(b[0]),
                a[1].max(b[1]),
                a[2].min(b[2]),
                a[3].max(b[3]),
            ]),
            (a, b) => a.or(b),
        };
    }

    pub(super) fn write(
        &self,
        transaction: &Transaction<'_>,
        at: jiff::Timestamp,
    ) -> Result<(), StoreErrorKind> {
        let at = at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
        for (table, extent) in &self.0 {
            let [west, east, south, north] = extent.map_or([None; 4], |e| e.map(Some));
            transaction.execute(
                "UPDATE gpkg_contents SET last_change = ?2,
                   min_x = min(ifnull(min_x, ?3), ifnull(?3, min_x)),
                   max_x = max(ifnull(max_x, ?4), ifnull(?4, max_x)),
                   min_y = min(ifnull(min_y, ?5), ifnull(?5, min_y)),
                   max_y = max(ifnull(max_y, ?6), ifnull(?6, max_y))
                 WHERE table_name = ?1",
                params![table, at, west, east, south, north],
            )?;
        }
        Ok(())
    }
}
