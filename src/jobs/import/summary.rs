//! What is shown of a file before it is imported.

use crate::formats::{Passed, READ_ROWS, RawGeometry, RawRow, ShapeKind, readable};

/// Different values shown of a column.
const SAMPLES: usize = 3;

/// How many rows have which kind of geometry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GeometryCounts {
    pub none: usize,
    pub points: usize,
    pub polygons: usize,
    /// Lines and collections, which become no record.
    pub unsupported: usize,
    pub broken: usize,
}

impl GeometryCounts {
    /// Whether a row has a geometry, of whatever kind.
    pub(super) fn any(&self) -> bool {
        self.points + self.polygons + self.unsupported + self.broken > 0
    }
}

/// What the rows of a table are like, noted one by one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Summary {
    pub geometries: GeometryCounts,
    rows: usize,
    /// By column.
    samples: Vec<Vec<String>>,
}

impl Summary {
    /// Notes a row of a file that is gone through.
    pub fn note(&mut self, passed: Passed<'_>) {
        match passed {
            Passed::Read(row) => self.note_row(row),
            Passed::Skimmed(ShapeKind::None) => self.geometries.none += 1,
            Passed::Skimmed(ShapeKind::Point) => self.geometries.points += 1,
            Passed::Skimmed(ShapeKind::Polygons) => self.geometries.polygons += 1,
        }
    }

    pub fn note_row(&mut self, row: &RawRow) {
        let counts = &mut self.geometries;
        let count = match row.geometry {
            RawGeometry::None => &mut counts.none,
            RawGeometry::Point(_) => &mut counts.points,
            RawGeometry::Polygons(_) => &mut counts.polygons,
            RawGeometry::Unsupported(_) => &mut counts.unsupported,
            RawGeometry::Broken(_) => &mut counts.broken,
        };
        *count += 1;
        self.rows += 1;
        // As many as are read of a long file.
        if self.rows > READ_ROWS {
            return;
        }
        for (column, text) in row.cells.iter() {
            if self.samples.len() <= column {
                self.samples.resize_with(column + 1, Vec::new);
            }
            let samples = &mut self.samples[column];
            if samples.len() == SAMPLES {
                continue;
            }
            let text = readable(text);
            if !samples.contains(&text) {
                samples.push(text);
            }
        }
    }

    /// The first few different values of a column.
    pub fn samples(&self, column: usize) -> Vec<String> {
        self.samples.get(column).cloned().unwrap_or_default()
    }
}
