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
    pub fn of(table: &RawTable, settings: &ImportSettings, words: &CellWords) -> Self {
        let crs = settings.crs;
        let order = match crs {
            Crs::Degrees(_) => AxisOrder::EastFirst,
            _ => order_of(Form::of_crs(crs), pairs(table, settings, words)),
        };
        Self { crs, order }
    }

    #[cfg(test)]
    pub fn east_first(crs: Crs) -> Self {
        let order = AxisOrder::EastFirst;
        Self { crs, order }
    }
}

/// A pair of each row that has one: of its geometry, else of its columns.
pub(super) fn pairs(
    table: &RawTable,
    settings: &ImportSettings,
    words: &CellWords,
) -> impl Iterator<Item = Coord> {
    let column_of = |target: Target| {
        let mut columns = table.columns.iter();
        columns.position(|name| settings.mapping.target(name) == target)
    };
    let (first, second) = (column_of(Target::Lon), column_of(Target::Lat));
    table.rows.iter().filter_map(move |row| {
        of_geometry(&row.geometry).or_else(|| {
            let number = |column: Option<usize>| {
                values::coordinate(cell(row, column?)?, words)
                    .ok()
                    .flatten()
            };
            Some(Coord {
                x: number(first)?,
                y: number(second)?,
            })
        })
    })
}

fn of_geometry(geometry: &RawGeometry) -> Option<Coord> {
    match geometry {
        RawGeometry::Point(coord) => Some(*coord),
        RawGeometry::Polygons(polygons) => polygons.coords_iter().next(),
        RawGeometry::None | RawGeometry::Unsupported(_) | RawGeometry::Broken(_) => None,
    }
}

fn cell(row: &RawRow, column: usize) -> Option<&str> {
    let cell = row.cells.iter().find(|(index, _)| *index == column);
    cell.map(|(_, text)| text.as_str())
}
