//! The rows of a list that gave no record, as a file: mended there, they are imported again.
//!
//! The survey keeps the beginning of such a row alone, so the list's own file is read once more.

use super::ImportError;
use super::source::Source;
use crate::formats::part;
use crate::formats::rejects::{GEOMETRY, csv, geometry_cell};
use crate::formats::{RawGeometry, RawRow, RawTable};
use crate::model::{ImportList, RejectedRow};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Which row of the list it was, and why it gave no record: remarks of ours, which a later import
/// of the file leaves out. In Chinese, as those who mend the file read it.
pub(super) const REMARKS: [&str; 2] = ["原行号", "未导入原因"];
/// The text of a row that nobody could tell apart into cells.
const TEXT: &str = "原文";

/// A reject file, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejects {
    pub rows: usize,
    bytes: Vec<u8>,
}

/// Why there is no reject file.
#[derive(Debug, thiserror::Error)]
pub enum RejectsError {
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The file is not the one that the list was read from, or has been changed since.
    #[error("{file} is not the file of the list {list}")]
    OtherFile { file: String, list: String },
    /// Every row became a record, or was set aside.
    #[error("no row of {list} waits")]
    NothingRejected { list: String },
}

impl Rejects {
    /// # Errors
    /// What the operating system reports; what stood there before still does then.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        part::replace(path, &self.bytes)
    }
}

/// The rows of `list` that gave no record and that nobody has set aside, with the columns that
/// they have in `path`, its file. `why` says what is wrong with one.
///
/// # Errors
/// Every [`RejectsError`].
pub fn rejects(
    path: &Path,
    list: &ImportList,
    why: impl Fn(&RejectedRow) -> String,
) -> Result<Rejects, RejectsError> {
    let open: Vec<&RejectedRow> = list.rejected.iter().filter(|row| row.is_open()).collect();
    if open.is_empty() {
        let list = list.file_name.clone();
        return Err(RejectsError::NothingRejected { list });
    }
    let source = source_of(path, list)?;
    let table = &source.opened.table;
    let rows = rows_of(&source, &open)?;
    let has_geometry = |row: &&RejectedRow| {
        let raw = rows.get(&row.problem.row);
        raw.is_some_and(|raw| raw.geometry != RawGeometry::None)
    };
    let is_text = |row: &&RejectedRow| !rows.contains_key(&row.problem.row);
    let extras = [
        (GEOMETRY, open.iter().any(has_geometry)),
        (TEXT, open.iter().any(is_text)),
    ];
    let extras: Vec<&str> = extras
        .into_iter()
        .filter_map(|(heading, is_needed)| is_needed.then_some(heading))
        .collect();
    let lines: Vec<Vec<String>> = open
        .iter()
        .map(|rejected| {
            let raw = rows.get(&rejected.problem.row);
            let mut cells = vec![String::new(); table.columns.len()];
            for (column, text) in raw.iter().flat_map(|raw| raw.cells.iter()) {
                text.clone_into(&mut cells[column]);
            }
            cells.extend(extras.iter().map(|extra| match (*extra, raw) {
                (GEOMETRY, Some(raw)) => geometry_cell(&raw.geometry),
                (TEXT, None) => rejected.text.clone(),
                _ => String::new(),
            }));
            cells.push(rejected.problem.row.to_string());
            cells.push(why(rejected));
            cells
        })
        .collect();
    let headings = table.columns.iter().map(String::as_str);
    let headings: Vec<String> = headings
        .chain(extras.iter().copied())
        .chain(REMARKS)
        .map(str::to_owned)
        .collect();
    Ok(Rejects {
        rows: lines.len(),
        bytes: csv(&headings, &lines),
    })
}

/// The rows of the file that gave no record.
fn rows_of(source: &Source, open: &[&RejectedRow]) -> Result<BTreeMap<u32, RawRow>, RejectsError> {
    let wanted: BTreeSet<u32> = open.iter().map(|row| row.problem.row).collect();
    let mut rows = BTreeMap::new();
    let found = source.opened.table.each_row(|row| {
        if wanted.contains(&row.row) {
            rows.insert(row.row, row.clone());
        }
        Ok::<(), std::convert::Infallible>(())
    });
    match found {
        Ok(Ok(())) => Ok(rows),
        Err(reason) => Err(source.unreadable(reason).into()),
    }
}

/// The file, or the layer of it, that the list was read from.
fn source_of(path: &Path, list: &ImportList) -> Result<Source, RejectsError> {
    let is_it = |source: &Source| source.list(list.role) == list.id;
    let source = Source::open(path, None)?;
    if is_it(&source) {
        return Ok(source);
    }
    for layer in &source.opened.layers {
        let other = Source::open(path, Some(layer))?;
        if is_it(&other) {
            return Ok(other);
        }
    }
    Err(RejectsError::OtherFile {
        file: source.file_name,
        list: list.file_name.clone(),
    })
}

/// Takes our own remarks out of a reject file that comes back.
pub(super) fn drop_remarks(table: &mut RawTable) {
    let place = |heading: &str| table.columns.iter().position(|column| column == heading);
    let [Some(row), Some(reason)] = REMARKS.map(place) else {
        return;
    };
    let is_remark = |column: usize| column == row || column == reason;
    let mut kept = 0;
    let places: Vec<Option<usize>> = (0..table.columns.len())
        .map(|column| {
            let place = (!is_remark(column)).then_some(kept);
            kept += usize::from(place.is_some());
            place
        })
        .collect();
    let mut column = 0;
    table.columns.retain(|_| {
        column += 1;
        places[column - 1].is_some()
    });
    for row in &mut table.rows {
        let cells = row.cells.iter();
        row.cells = cells
            .filter_map(|(column, text)| Some((places[column]?, text)))
            .collect();
    }
    table.warnings.retain(|warning| {
        !warning
            .column
            .as_deref()
            .is_some_and(|c| REMARKS.contains(&c))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::jobs::import::{ImportSettings, Imported, import, preview};
    use crate::model::{Change, Crs, Datum, Estate, EstateId, ListKind, ListRole, Survey};
    use crate::progress::Progress;
    use std::sync::Arc;

    const BUILDINGS: &str = r#"{ "type": "FeatureCollection", "features": [
        { "type": "Feature", "properties": { "楼号": "1栋" }, "geometry": { "type": "Polygon",
          "coordinates": [[[115.9, 28.6], [115.901, 28.6], [115.901, 28.601], [115.9, 28.6]]] } },
        { "type": "Feature", "properties": { "楼号": "2栋" },
          "geometry": { "type": "Point", "coordinates": [115.9005, 28.6004] } },
        { "type": "Feature", "properties": { "楼号": "=3栋" },
          "geometry": { "type": "LineString", "coordinates": [[1, 2], [3, 4]] } },
        "no feature" ] }"#;

    fn read(survey: &Survey, path: &Path) -> Imported {
        let catalogue = Catalogue::shipped();
        let crs = Crs::Degrees(Datum::Cgcs2000);
        let headings = catalogue.headings_for(ListRole::Buildings);
        let preview = preview(path, &catalogue).unwrap();
        let settings = ImportSettings {
            crs,
            role: ListRole::Buildings,
            kind: ListKind::default(),
            layer: None,
            mapping: preview.mapping_for(crs, headings),
        };
        let (now, progress) = (jiff::Timestamp::UNIX_EPOCH, Progress::default());
        import(survey, path, &settings, &catalogue, now, &progress).unwrap()
    }

    #[test]
    fn outlines_and_points_go_out_and_come_in_again_and_an_unreadable_row_leaves_its_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("楼栋 1.geojson");
        std::fs::write(&path, BUILDINGS).unwrap();
        let mut survey = Survey::default();
        let imported = read(&survey, &path);
        assert_eq!((imported.buildings, imported.list.rejected.len()), (0, 4));
        let written = rejects(&path, &imported.list, |_| "原因".to_owned()).unwrap();
        assert_eq!(written.rows, 4);
        let out = folder.path().join("待改.csv");
        written.write(&out).unwrap();
        let text = std::fs::read_to_string(&out).unwrap();
        assert!(text.contains("'=3栋,LineString,,3,原因"), "{text}");
        assert!(text.contains("no feature"), "{text}");

        // Somebody has drawn the estate around them meanwhile.
        let square = geo::Rect::new((115.89, 28.59), (115.91, 28.61)).to_polygon();
        let mut estate = Estate::new(EstateId(uuid::Uuid::from_u128(1)));
        estate.boundary = Some(Arc::new(square.into()));
        survey.apply(&[Change::Estate {
            id: estate.id,
            before: None,
            after: Some(Arc::new(estate)),
        }]);
        let again = read(&survey, &out);
        assert_eq!(again.buildings, 2);
        let outline = again.changes.iter().find_map(|change| match change {
            Change::Building { after, .. } => after.as_ref()?.footprint.clone(),
            _ => None,
        });
        assert_eq!(outline.unwrap().0[0].exterior().0.len(), 4);
    }

    #[test]
    fn another_file_and_a_list_without_rejected_rows_give_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        std::fs::write(&path, BUILDINGS).unwrap();
        let list = read(&Survey::default(), &path).list;
        std::fs::write(&path, BUILDINGS.replace("28.6004", "28.6005")).unwrap();
        let other = rejects(&path, &list, |_| String::new());
        assert!(matches!(other, Err(RejectsError::OtherFile { .. })));
        let mut aside = ImportList::clone(&list);
        for row in &mut aside.rejected {
            row.set_aside = Some("理由".into());
        }
        let none = rejects(&path, &aside, |_| String::new());
        assert!(matches!(none, Err(RejectsError::NothingRejected { .. })));
    }
}
