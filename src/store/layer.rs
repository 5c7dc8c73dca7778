//! The layers that QGIS shows, and the records in them.
//!
//! Each kind of record has two: a layer holds one kind of geometry, and a record lies in the one
//! that its outline, or the lack of one, says.

mod extents;
mod insert;

pub(super) use extents::Extents;
pub(super) use insert::Inserter;

use super::blob::{self, Bounds};
use super::error::{ReadProblem, ReadProblemKind, StoreErrorKind};
use crate::model::{Boundary, LonLat};
use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};
use rusqlite::{Connection, Row, Statement, Transaction, params};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;
use uuid::Uuid;

/// A layer of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Layer {
    /// Estates with a boundary.
    Estate,
    /// 名册: those without one.
    RegisterRow,
    /// 楼栋: buildings with a footprint.
    Building,
    /// Buildings with a point, or with no place at all.
    BuildingPoint,
    /// 照片: where the camera was.
    Photo,
}

impl Layer {
    pub(super) fn table(self) -> &'static str {
        match self {
            Self::Estate => "estate",
            Self::RegisterRow => "register_row",
            Self::Building => "building",
            Self::BuildingPoint => "building_point",
            Self::Photo => "photo",
        }
    }

    pub(super) fn geometry_type(self) -> &'static str {
        match self {
            Self::Estate | Self::Building => "MULTIPOLYGON",
            Self::RegisterRow | Self::BuildingPoint | Self::Photo => "POINT",
        }
    }
}

/// A kind of record that is kept in layers.
pub(super) trait Layered: Sized {
    type Column: LayerColumn;
    type Draft: RowDraft<Record = Self, Column = Self::Column>;

    const WITH_OUTLINE: Layer;
    const WITHOUT_OUTLINE: Layer;

    fn key(&self) -> Uuid;
    /// What a person calls it.
    fn called(&self) -> &str;
    fn outline(&self) -> Option<&Arc<Boundary>>;
    fn position(&self) -> Option<LonLat>;
    fn set_outline(&mut self, outline: Arc<Boundary>);
    fn set_position(&mut self, position: LonLat);
    /// What `column` holds for this record in a table with these `columns`.
    fn write(&self, column: &Self::Column, columns: &[Self::Column]) -> ToSqlOutput<'_>;
}

/// An attribute column of a kind of record.
pub(super) trait LayerColumn: Copy + PartialEq {
    /// The column `uuid`.
    const KEY: Self;

    /// The column of a file with this name; `None` for columns that other programs added.
    fn named(name: &str) -> Option<Self>;
    /// The columns without which a record would lose values.
    fn required() -> impl Iterator<Item = Self>;
    fn name(&self) -> String;

    /// Whether it says which record this is, and of which place: what comparing records asks for.
    fn identifies(&self) -> bool {
        true
    }
}

/// A record being read, column by column.
pub(super) trait RowDraft: Default {
    type Record;
    type Column;

    /// Takes a value as another program may have left it.
    fn read(&mut self, column: &Self::Column, value: ValueRef<'_>);
    /// `None` where the row has no usable `uuid`.
    fn key(&self) -> Option<Uuid>;
    /// The record under `key`, its outline still to be set, and each column whose value could not
    /// be taken, with the value.
    fn finish(self, key: Uuid) -> (Self::Record, Vec<(String, String)>);
}

/// Both layers of a kind of record, as the file at hand has them.
pub(super) struct LayerPair<R: Layered> {
    with_outline: LayerTable<R>,
    without_outline: LayerTable<R>,
}

impl<R: Layered> LayerPair<R> {
    /// # Errors
    /// `Damaged` where another program took a layer or a column away that values would need.
    pub(super) fn of(connection: &Connection) -> Result<Self, StoreErrorKind> {
        Ok(Self {
            with_outline: LayerTable::of(connection, R::WITH_OUTLINE)?,
            without_outline: LayerTable::of(connection, R::WITHOUT_OUTLINE)?,
        })
    }

    /// The same, reading only what tells records apart; not to be written with.
    pub(super) fn to_compare(connection: &Connection) -> Result<Self, StoreErrorKind> {
        let mut pair = Self::of(connection)?;
        for table in [&mut pair.with_outline, &mut pair.without_outline] {
            table.columns.retain(LayerColumn::identifies);
            table.select = select(table.layer, &table.columns);
        }
        Ok(pair)
    }

    /// Writes a record, moving it between the layers where its outline came or went.
    pub(super) fn put(
        &self,
        transaction: &Transaction<'_>,
        record: &R,
        extents: &mut Extents,
    ) -> Result<(), StoreErrorKind> {
        let (here, there) = match record.outline() {
            Some(_) => (&self.with_outline, &self.without_outline),
            None => (&self.without_outline, &self.with_outline),
        };
        // An update keeps the fid, and the columns another program added.
        let mut update = transaction.prepare_cached(&here.update)?;
        let bounds = here.bind(&mut update, record)?;
        extents.include(here.layer.table(), bounds);
        if update.raw_execute()? == 0 {
            there.remove(transaction, record.key())?;
            extents.include(there.layer.table(), None);
            let mut insert = transaction.prepare_cached(&here.insert)?;
            here.bind(&mut insert, record)?;
            insert.raw_execute()?;
        }
        Ok(())
    }

    pub(super) fn remove(
        &self,
        transaction: &Transaction<'_>,
        key: Uuid,
        extents: &mut Extents,
    ) -> Result<(), StoreErrorKind> {
        for table in [&self.with_outline, &self.without_outline] {
            table.remove(transaction, key)?;
            extents.include(table.layer.table(), None);
        }
        Ok(())
    }

    /// Every record of the file that `check` has no objection to, and what is wrong with some.
    pub(super) fn read(
        &self,
        connection: &Connection,
        check: impl Fn(&R) -> Result<(), ReadProblemKind>,
    ) -> Result<LayerContents<R>, StoreErrorKind> {
        let mut records = Vec::new();
        let found = self.each(connection, check, &mut |record| {
            records.push(record);
            ControlFlow::Continue(())
        })?;
        Ok(LayerContents {
            records,
            problems: found.problems,
            keys_given: found.keys_given,
        })
    }

    /// Gives the same records to `take`, one by one, until it breaks.
    pub(super) fn each(
        &self,
        connection: &Connection,
        check: impl Fn(&R) -> Result<(), ReadProblemKind>,
        take: &mut dyn FnMut(R) -> ControlFlow<()>,
    ) -> Result<Found, StoreErrorKind> {
        let mut found = Found::default();
        for table in [&self.with_outline, &self.without_outline] {
            let mut statement = connection.prepare(&table.select)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let record = table.read_row(row, &check, &mut found)?;
                if record.is_some_and(|record| take(record).is_break()) {
                    return Ok(found);
                }
            }
        }
        Ok(found)
    }
}

/// What two layers hold.
pub(super) struct LayerContents<R> {
    pub(super) records: Vec<R>,
    pub(super) problems: Vec<ReadProblem>,
    pub(super) keys_given: KeysGiven,
}

/// What reading two layers found beside the records.
#[derive(Default)]
pub(super) struct Found {
    pub(super) problems: Vec<ReadProblem>,
    keys_given: KeysGiven,
    keys: HashSet<Uuid>,
}

/// Rows whose `uuid` is still to be written: it was missing, taken, or spelt in another way.
#[derive(Default)]
pub(super) struct KeysGiven(Vec<(Layer, i64, Uuid)>);

impl KeysGiven {
    pub(super) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

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

fn select<C: LayerColumn>(layer: Layer, columns: &[C]) -> String {
    let names: String = columns
        .iter()
        .map(|column| format!(", \"{}\"", column.name()))
        .collect();
    format!(
        "SELECT fid, geom{names} FROM {} ORDER BY fid",
        layer.table()
    )
}

/// One layer's table, and the statements that fit the columns it has.
struct LayerTable<R: Layered> {
    layer: Layer,
    columns: Vec<R::Column>,
    select: String,
    update: String,
    insert: String,
    delete: String,
}

impl<R: Layered> LayerTable<R> {
    fn of(connection: &Connection, layer: Layer) -> Result<Self, StoreErrorKind> {
        let table = layer.table();
        let mut names = Vec::new();
        connection.pragma(None, "table_info", table, |row| {
            names.push(row.get::<_, String>("name")?);
            Ok(())
        })?;
        let columns: Vec<_> = names
            .iter()
            .filter_map(|name| R::Column::named(name))
            .collect();
        let keyed = ["fid", "geom"].map(|name| (name.to_owned(), names.iter().any(|n| n == name)));
        let attributes =
            R::Column::required().map(|column| (column.name(), columns.contains(&column)));
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
            .position(|column| *column == R::Column::KEY)
            .map_or(0, |index| index + 2);
        Ok(Self {
            layer,
            select: select(layer, &columns),
            update: format!("UPDATE {table} SET geom = ?1{assignments} WHERE uuid = ?{key}"),
            insert: format!("INSERT INTO {table} (geom{names}) VALUES (?1{places})"),
            delete: format!("DELETE FROM {table} WHERE uuid = ?1"),
            columns,
        })
    }

    /// Gives a statement the values of a record; says how far it reaches.
    fn bind(
        &self,
        statement: &mut Statement<'_>,
        record: &R,
    ) -> Result<Option<Bounds>, StoreErrorKind> {
        // Most columns of most records hold nothing.
        statement.clear_bindings();
        let geometry = match (record.outline(), record.position()) {
            (Some(outline), _) => Some(blob::of_boundary(outline)),
            (None, Some(position)) => Some(blob::of_position(position)),
            (None, None) => None,
        };
        let bounds = geometry.as_deref().and_then(blob::bounds);
        if let Some(geometry) = geometry {
            statement.raw_bind_parameter(1, geometry)?;
        }
        for (column, place) in self.columns.iter().zip(2..) {
            match record.write(column, &self.columns) {
                ToSqlOutput::Owned(SqlValue::Null) => {}
                value => statement.raw_bind_parameter(place, value)?,
            }
        }
        Ok(bounds)
    }

    fn remove(&self, transaction: &Transaction<'_>, key: Uuid) -> Result<(), StoreErrorKind> {
        let mut delete = transaction.prepare_cached(&self.delete)?;
        delete.execute([key.to_string()])?;
        Ok(())
    }

    /// The record of a row; `None` where `check` objects to it.
    fn read_row(
        &self,
        row: &Row<'_>,
        check: impl Fn(&R) -> Result<(), ReadProblemKind>,
        found: &mut Found,
    ) -> Result<Option<R>, StoreErrorKind> {
        let fid: i64 = row.get(0)?;
        let geometry = row.get_ref(1)?;
        let mut draft = R::Draft::default();
        let mut spelling = ValueRef::Null;
        for (column, index) in self.columns.iter().zip(2..) {
            let value = row.get_ref(index)?;
            if *column == R::Column::KEY {
                spelling = value;
            }
            draft.read(column, value);
        }

        let usable = draft.key().filter(|key| !found.keys.contains(key));
        let key = usable.unwrap_or_else(|| self.new_key(fid, geometry, &found.keys));
        let mut kinds = Vec::new();
        let (mut record, spoilt) = draft.finish(key);
        let checked = check(&record);
        let is_accepted = checked.is_ok();
        match checked {
            Err(kind) => kinds.push(kind),
            Ok(()) => {
                found.keys.insert(key);
                if usable.is_none() {
                    kinds.push(ReadProblemKind::KeyGiven { key });
                }
                if !is_spelt(spelling, key) {
                    found.keys_given.0.push((self.layer, fid, key));
                }
                let unknown = |(column, value)| ReadProblemKind::UnknownValue { column, value };
                kinds.extend(spoilt.into_iter().map(unknown));
                if self.take_geometry(geometry, &mut record).is_err() {
                    kinds.push(ReadProblemKind::UnreadableGeometry);
                }
            }
        }
        found
            .problems
            .extend(kinds.into_iter().map(|kind| ReadProblem {
                table: self.layer.table(),
                fid,
                name: record.called().to_owned(),
                kind,
            }));
        Ok(is_accepted.then_some(record))
    }

    fn take_geometry(
        &self,
        geometry: ValueRef<'_>,
        record: &mut R,
    ) -> Result<(), blob::Unreadable> {
        let bytes = match geometry {
            ValueRef::Null => return Ok(()),
            ValueRef::Blob(bytes) => bytes,
            _ => return Err(blob::Unreadable),
        };
        if self.layer == R::WITH_OUTLINE {
            record.set_outline(Arc::new(blob::boundary(bytes)?));
        } else if let Some(point) = blob::position(bytes)? {
            // The point on the map wins over the two columns: QGIS moves the one, not the others.
            record.set_position(point);
        }
        Ok(())
    }

    /// A key for a row that has none: worked out from what the row holds, so that reading a file
    /// twice, or on two laptops, gives the same.
    fn new_key(&self, fid: i64, geometry: ValueRef<'_>, taken: &HashSet<Uuid>) -> Uuid {
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
            let key = uuid::Builder::from_custom_bytes(bytes).into_uuid();
            if !taken.contains(&key) {
                return key;
            }
            attempt += 1;
        }
    }
}

/// Whether a cell has this key as this program spells it.
fn is_spelt(spelling: ValueRef<'_>, key: Uuid) -> bool {
    let mut buffer = Uuid::encode_buffer();
    spelling.as_str() == Ok(key.hyphenated().encode_lower(&mut buffer))
}
