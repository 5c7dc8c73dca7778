//! Many new records at once: each statement is prepared once, and the R-trees are built in the end.

use super::{Extents, LayerPair, LayerTable, Layered};
use crate::geopackage::rtree;
use crate::store::error::StoreErrorKind;
use rusqlite::{Connection, Statement};

impl<R: Layered> LayerPair<R> {
    /// What puts records that the file has not yet into their layers.
    pub(in crate::store) fn inserter<'a>(
        &'a self,
        connection: &'a Connection,
    ) -> Result<Inserter<'a, R>, StoreErrorKind> {
        let into = |table: &'a LayerTable<R>| -> Result<_, StoreErrorKind> {
            Ok(Destination {
                table,
                insert: connection.prepare(&table.insert)?,
                places: Vec::new(),
            })
        };
        Ok(Inserter {
            connection,
            with_outline: into(&self.with_outline)?,
            without_outline: into(&self.without_outline)?,
        })
    }
}

/// Puts records that the file has not yet into their layers, whose R-trees it leaves behind until
/// [`Inserter::finish`].
pub(in crate::store) struct Inserter<'a, R: Layered> {
    connection: &'a Connection,
    with_outline: Destination<'a, R>,
    without_outline: Destination<'a, R>,
}

/// A layer that records are put into.
struct Destination<'a, R: Layered> {
    table: &'a LayerTable<R>,
    insert: Statement<'a>,
    /// Where the rows are that the R-tree does not hold yet.
    places: Vec<rtree::Entry>,
}

impl<R: Layered> Inserter<'_, R> {
    pub(in crate::store) fn insert(
        &mut self,
        record: &R,
        extents: &mut Extents,
    ) -> Result<(), StoreErrorKind> {
        let into = match record.outline() {
            Some(_) => &mut self.with_outline,
            None => &mut self.without_outline,
        };
        let bounds = into.table.bind(&mut into.insert, record)?;
        into.insert.raw_execute()?;
        extents.include(into.table.layer.table(), bounds);
        if let Some(bounds) = bounds {
            let fid = self.connection.last_insert_rowid();
            into.places.push(rtree::Entry::new(fid, bounds));
        }
        Ok(())
    }

    /// Brings the R-trees up to date.
    pub(in crate::store) fn finish(self) -> Result<(), StoreErrorKind> {
        for into in [self.with_outline, self.without_outline] {
            rtree::add(self.connection, into.table.layer.table(), into.places)?;
        }
        Ok(())
    }
}
