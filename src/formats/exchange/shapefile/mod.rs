//! Shapefile: a file of outlines, and beside it one of points for the records that have no outline,
//! because a file has one kind of shape. Names in ten letters, texts in 254 bytes: what is cut is
//! told.

mod shapes;
mod table;

use super::output::at;
use super::{Layer, Record, RecordWriter, Shape, WriteError, Written};
use crate::formats::part::{self, PartFile, put_all, with_suffix};
use shapes::{ShapeKind, Shapes};
use std::fs;
use std::path::{Path, PathBuf};
use table::Table;

/// Behind the name of the file of points.
const POINTS: &str = "_point";
/// The endings of what is written, the file that programs open first.
const ENDINGS: [&str; 5] = ["shp", "shx", "dbf", "prj", "cpg"];
/// Indexes that other programs make. Those of an earlier file would hide shapes of this one.
const INDEXES: [&str; 4] = ["qix", "sbn", "sbx", "fix"];
/// EPSG:4490, as ESRI spells it.
const SYSTEM: &str = "GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\",\
    SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],\
    UNIT[\"Degree\",0.0174532925199433]]";
const ENCODING: &str = "UTF-8";

/// What an export to `path` may write over or take away besides. Whether there will be points is
/// not known beforehand.
pub(super) fn beside(path: &Path) -> Vec<PathBuf> {
    let files = ["", POINTS].into_iter().flat_map(|suffix| {
        let endings = ENDINGS.into_iter().chain(INDEXES);
        endings.map(move |ending| with_suffix(path, suffix, ending))
    });
    // The first is `path` itself, whose ending the user spells.
    files.skip(1).collect()
}

pub(super) struct ShapefileWriter {
    path: PathBuf,
    layer: Layer,
    outlines: FileSet,
    /// Made with its first record.
    points: Option<FileSet>,
    cut: Vec<(String, String)>,
}

impl ShapefileWriter {
    pub fn begin(path: &Path, layer: &Layer) -> Result<Self, WriteError> {
        Ok(Self {
            path: path.to_owned(),
            layer: layer.clone(),
            outlines: FileSet::begin(path, "", ShapeKind::Polygon, layer)?,
            points: None,
            cut: Vec::new(),
        })
    }

    fn points(&mut self) -> Result<&mut FileSet, WriteError> {
        let path = &self.path;
        Ok(match &mut self.points {
            Some(points) => points,
            none => none.insert(FileSet::begin(path, POINTS, ShapeKind::Point, &self.layer)?),
        })
    }

    /// Takes away what an earlier export left and this one has not: its points, where there are
    /// none any more, and indexes.
    fn clear(path: &Path, was_there: bool, has_points: bool) {
        let stale = |suffix, endings: &[&str]| {
            for ending in endings {
                // There mostly is none.
                let _ = fs::remove_file(with_suffix(path, suffix, ending));
            }
        };
        stale("", &INDEXES);
        stale(POINTS, if has_points { &INDEXES } else { &[] });
        if was_there && !has_points {
            stale(POINTS, &ENDINGS);
            stale(POINTS, &INDEXES);
        }
    }
}

impl RecordWriter for ShapefileWriter {
    fn record(&mut self, record: &Record<'_>) -> Result<(), WriteError> {
        let shape = record.shape.on_earth();
        let files = match shape {
            Shape::Outline(_) => &mut self.outlines,
            _ => self.points()?,
        };
        files.shapes.push(shape)?;
        let cut = files.table.push(&record.cells)?;
        let columns = cut.iter().map(|index| &self.layer.columns[*index]);
        let cut = columns.map(|column| (record.id.to_string(), column.key.clone()));
        self.cut.extend(cut);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Written, WriteError> {
        let path = self.path;
        let was_there = path.exists();
        let has_points = self.points.is_some();
        let mut parts = Vec::new();
        for set in std::iter::once(self.outlines).chain(self.points) {
            parts.extend(set.close()?);
        }
        let files = parts.iter().map(|part| part.target().to_owned()).collect();
        put_all(parts).map_err(|(path, reason)| WriteError::Io { path, reason })?;
        Self::clear(&path, was_there, has_points);
        Ok(Written {
            files,
            cut: self.cut,
        })
    }
}

/// The files of one kind of shape.
struct FileSet {
    path: PathBuf,
    suffix: &'static str,
    shapes: Shapes,
    table: Table,
}

impl FileSet {
    fn begin(
        path: &Path,
        suffix: &'static str,
        kind: ShapeKind,
        layer: &Layer,
    ) -> Result<Self, WriteError> {
        let beside = |ending| match (suffix, ending) {
            // As the user spelt its ending.
            ("", "shp") => path.to_owned(),
            _ => with_suffix(path, suffix, ending),
        };
        Ok(Self {
            shapes: Shapes::begin(&beside("shp"), &beside("shx"), kind)?,
            table: Table::begin(&beside("dbf"), &layer.columns)?,
            path: path.to_owned(),
            suffix,
        })
    }

    fn close(self) -> Result<Vec<PartFile>, WriteError> {
        let [shp, shx] = self.shapes.close()?;
        let dbf = self.table.close()?;
        let mut parts = vec![shp, shx, dbf];
        for (ending, text) in [("prj", SYSTEM), ("cpg", ENCODING)] {
            let target = with_suffix(&self.path, self.suffix, ending);
            parts.push(part::written(&target, text.as_bytes()).map_err(at(&target))?);
        }
        Ok(parts)
    }
}

/// Two gigabytes: more is read by few programs.
fn check_size(path: &Path, bytes: u64) -> Result<(), WriteError> {
    const MOST_BYTES: u64 = i32::MAX as u64;
    match bytes > MOST_BYTES {
        true => Err(WriteError::NoRoom {
            path: path.to_owned(),
            reason: format!("more than {MOST_BYTES} bytes"),
        }),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_two_gigabytes_are_refused() {
        let path = Path::new("a.dbf");
        check_size(path, (1 << 31) - 1).unwrap();
        let refused = check_size(path, 1 << 31);
        assert!(matches!(refused, Err(WriteError::NoRoom { .. })));
    }
}
