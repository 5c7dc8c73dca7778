//! What a reader is put through with a file that nobody vouches for: by the fuzz targets beside
//! this file, and by `tests/hostile_files.rs` with the files that were kept.
//!
//! A file is refused with an error, or each of its rows gets a fate; nothing panics, and nothing is
//! left beside it.

use jiugai::catalogue::Catalogue;
use jiugai::jobs::import::{ImportSettings, import, preview, preview_layer};
use jiugai::jobs::release::verify;
use jiugai::model::{Crs, Datum, ListKind, ListRole, Settings, Survey};
use jiugai::progress::Progress;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::OnceLock;

/// Takes the bytes of a file, and must not panic.
pub type Reader = fn(&[u8]);

/// Every reader by the name of its corpus.
pub const READERS: [(&str, Reader); 9] = [
    ("geojson", |bytes| list("a.geojson", bytes)),
    ("table", |bytes| list("a.csv", bytes)),
    ("workbook", |bytes| list("a.xlsx", bytes)),
    ("kml", |bytes| list("a.kml", bytes)),
    ("gpx", |bytes| list("a.gpx", bytes)),
    ("geopackage", |bytes| list("a.gpkg", bytes)),
    ("archive", |bytes| list("a.zip", bytes)),
    ("shapefile", shapefile),
    ("release", release),
];

/// Layers of one file that are looked at; a hostile one names thousands.
const LAYERS: usize = 4;

/// Reads a list as the import does: look, guess, take.
fn list(name: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder for the file");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("room for the file");
    let Ok(first) = preview(&path, catalogue()) else {
        return left_alone(folder.path());
    };
    take(&path, None);
    for layer in first.layers.iter().take(LAYERS) {
        take(&path, Some(layer));
    }
    left_alone(folder.path());
}

fn take(path: &Path, layer: Option<&str>) {
    let Ok(preview) = preview_layer(path, layer, catalogue()) else {
        return;
    };
    let crs = preview.crs_named.unwrap_or(Crs::Degrees(Datum::Cgcs2000));
    let settings = ImportSettings {
        crs,
        role: ListRole::Register,
        kind: ListKind::default(),
        layer: layer.map(str::to_owned),
        mapping: preview.mapping_for(crs, catalogue().headings_for(ListRole::Register)),
    };
    let survey = Survey::new(Settings::default());
    let now = jiff::Timestamp::UNIX_EPOCH;
    let progress = Progress::default();
    let Ok(imported) = import(&survey, path, &settings, catalogue(), now, &progress) else {
        return;
    };
    let fates = u64::from(imported.estates) + u64::from(imported.register_rows);
    let rejected = imported.list.rejected.len() as u64;
    assert_eq!(u64::from(imported.list.rows_read), fates + rejected);
}

/// Shapes and their table side by side, as an archive holds them: packed by the test, so that the
/// fuzzer need not learn checksums. The first two bytes say how long the shapes are.
fn shapefile(bytes: &[u8]) {
    let Some((length, rest)) = bytes.split_first_chunk::<2>() else {
        return;
    };
    let length = usize::from(u16::from_le_bytes(*length)).min(rest.len());
    let (shapes, table) = rest.split_at(length);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in [("a.shp", shapes), ("a.dbf", table)] {
        zip.start_file(name, stored).expect("a name that is free");
        zip.write_all(content).expect("memory is there");
    }
    let packed = zip.finish().expect("memory is there").into_inner();
    list("a.zip", &packed);
}

/// Looks into a packed release, as the province does.
fn release(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder for the file");
    let path = folder.path().join("library.zip");
    std::fs::write(&path, bytes).expect("room for the file");
    let _ = verify(&path, None);
    left_alone(folder.path());
}

fn left_alone(folder: &Path) {
    let files = std::fs::read_dir(folder).expect("the folder is still there");
    assert_eq!(files.count(), 1, "a reader left something beside the file");
}

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(Catalogue::shipped)
}

/// Puts one file through the reader of this name.
pub fn run(reader: &str, bytes: &[u8]) {
    let found = READERS.iter().find(|(name, _)| *name == reader);
    let (_, read) = found.expect("a reader of this name");
    read(bytes);
}
