//! The system that a list's coordinates are in, and which of the two numbers comes first: one
//! answer for the whole list.

use super::ImportSettings;
use super::values;
use crate::catalogue::{CellWords, Target};
use crate::formats::{RawGeometry, RawRow, RawTable};
use crate::geodesy::form::{Form, order_of};
use crate::model::{AxisOrder, Crs};
use geo::{Coord, CoordsIter};

/// How the pairs of numbers of a list are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub crs: Crs,
    pub order: AxisOrder,
}

impl Frame {
    /// The declared system, in the order that most rows show. Degrees are taken as their columns
    /// are mapped: a latitude mapped as a longitude is a mistake, X to the north is a custom.
    ///
    /// # Errors
    /// Where rows have stayed in their file, and it cannot be read again.
    pub fn of(
        table: &RawTable,
        settings: &ImportSettings,
        words: &CellWords,
    ) -> std::io::Result<Self> {
        let crs = settings.crs;
        let order = match crs {
            Crs::Degrees(_) => AxisOrder::EastFirst,
            _ => order_of(Form::of_crs(crs), pairs(table, settings, words)?),
        };
        Ok(Self { crs, order })
    }

    #[cfg(test)]
    pub fn east_first(crs: Crs) -> Self {
        let order = AxisOrder::EastFirst;
        Self { crs, order }
    }
}

/// A pair of each row that has one: of its geometry, else of its columns.
///
/// # Errors
/// As [`Frame::of`].
pub(super) fn pairs(
    table: &RawTable,
    settings: &ImportSettings,
    words: &CellWords,
) -> std::io::Result<Vec<Coord>> {
    let column_of = |target: Target| {
        let mut columns = table.columns.iter();
        columns.position(|name| settings.mapping.target(name) == target)
    };
    let (first, second) = (column_of(Target::Lon), column_of(Target::Lat));
    let number = |row: &RawRow, column: Option<usize>| {
        let read = values::coordinate(row.cells.get(column?)?, words);
        read.ok().flatten()
    };
    let of_columns = |row: &RawRow| {
        Some(Coord {
            x: number(row, first)?,
            y: number(row, second)?,
        })
    };
    let mut pairs = Vec::new();
    let read = table.each_row(|row| {
        pairs.extend(of_geometry(&row.geometry).or_else(|| of_columns(row)));
        Ok::<(), std::convert::Infallible>(())
    });
    read.map(|_| pairs)
}

fn of_geometry(geometry: &RawGeometry) -> Option<Coord> {
    match geometry {
        RawGeometry::Point(coord) => Some(*coord),
        RawGeometry::Polygons(polygons) => polygons.coords_iter().next(),
        RawGeometry::None | RawGeometry::Unsupported(_) | RawGeometry::Broken(_) => None,
    }
}
