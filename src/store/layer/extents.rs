//! What GeoPackage says of the layers as a whole.

use crate::store::blob::Bounds;
use crate::store::error::StoreErrorKind;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// How far the layers reach, for `gpkg_contents`. It grows and never shrinks: to GeoPackage it
/// is informative.
#[derive(Default)]
pub(in crate::store) struct Extents(BTreeMap<&'static str, Option<Bounds>>);

impl Extents {
    /// Notes that the layer was written, and that it reaches so far.
    pub(in crate::store) fn include(&mut self, table: &'static str, bounds: Option<Bounds>) {
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

    pub(in crate::store) fn write(
        &self,
        connection: &Connection,
        at: jiff::Timestamp,
    ) -> Result<(), StoreErrorKind> {
        let at = at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
        for (table, extent) in &self.0 {
            let [west, east, south, north] = extent.map_or([None; 4], |e| e.map(Some));
            connection.execute(
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
