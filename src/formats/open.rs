//! A file of whatever format as the table of one of its layers.

use super::layer::{BESIDE_SHAPES, FileSet, Kind, LayerErrorKind, SQLITE, is_survey, table_of};
use super::{
    Format, FormatError, MAX_BYTES, Passed, RawTable, file_name, geojson, list_bad_text, read,
    sheet,
};
use crate::progress::Progress;
use std::path::Path;

/// One layer or sheet of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub table: RawTable,
    /// The names of all layers or sheets, in the order of the file; none where a format has one.
    pub layers: Vec<String>,
    /// Which of them was read.
    pub layer: usize,
    /// What lies beside the file and belongs to the list: the table of a shapefile.
    pub beside: Vec<u8>,
}

impl Opened {
    /// The name of the layer where it has to be told from the first.
    pub fn later_layer(&self) -> Option<&str> {
        let name = self.layers.get(self.layer)?;
        (self.layer > 0).then_some(name.as_str())
    }

    fn alone(table: RawTable) -> Self {
        Self {
            table,
            layers: Vec::new(),
            layer: 0,
            beside: Vec::new(),
        }
    }
}

/// Reads the layer of this name, else the first that has rows. The content tells the format; the
/// ending of the file's name counts where it does not.
///
/// `bytes` are those of the file at `path`. A GeoPackage is read where it lies.
///
/// # Errors
/// [`LayerErrorKind`] where the content is of no format that is read, or the layer is not in it.
pub fn open(path: &Path, bytes: Vec<u8>, layer: Option<&str>) -> Result<Opened, LayerErrorKind> {
    if bytes.len() > MAX_BYTES {
        return Err(FormatError::TooLarge { limit: MAX_BYTES }.into());
    }
    let name = file_name(path);
    let mut opened = match sheet::Kind::of(&bytes)? {
        Some(kind) => {
            let mut book = sheet::Book::open(kind, &bytes)?;
            let names = std::mem::take(&mut book.names);
            chosen(&names, layer, |name| book.table(name))?
        }
        None => match format_of_layers(&name, &bytes) {
            Some(Format::GeoPackage) if is_survey(path)? => {
                return Err(FormatError::Survey.into());
            }
            Some(format) => layers(path, bytes, layer, format)?,
            None => {
                if let Some(name) = layer {
                    return Err(no_such_layer(name));
                }
                return Ok(Opened::alone(read(&name, &bytes)?));
            }
        },
    };
    list_bad_text(&mut opened.table);
    Ok(opened)
}

/// Goes through a long file without holding it, showing every slice of its bytes to `see` and every
/// row to `note`; its rows stay where they are. `None` where that cannot be done, and [`open`] must.
///
/// # Errors
/// Where the file cannot be read.
pub fn scan(
    path: &Path,
    see: &mut dyn FnMut(&[u8]),
    note: &mut dyn FnMut(Passed<'_>),
) -> std::io::Result<Option<Opened>> {
    Ok(geojson::scan(path, see, note)?.map(Opened::alone))
}

/// `None` where the file is one text, read as such.
fn format_of_layers(name: &str, bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(SQLITE) {
        return Some(Format::GeoPackage);
    }
    if bytes.starts_with(b"PK") {
        return Some(Format::Shapefile);
    }
    match Kind::of(name, bytes) {
        Some(Kind::Shapefile) => Some(Format::Shapefile),
        Some(Kind::Kml) => Some(Format::Kml),
        Some(Kind::Gpx) => Some(Format::Gpx),
        Some(Kind::GeoJson) => None,
        // Only to say that the .shp is the file to choose.
        None => {
            let ending = name
                .rsplit_once('.')
                .map(|(_, ending)| ending.to_lowercase());
            let is_beside = ending.is_some_and(|ending| BESIDE_SHAPES.contains(&ending.as_str()));
            is_beside.then_some(Format::Shapefile)
        }
    }
}

fn layers(
    path: &Path,
    bytes: Vec<u8>,
    layer: Option<&str>,
    format: Format,
) -> Result<Opened, LayerErrorKind> {
    let files = FileSet::of(path, bytes)?;
    let names = files.lists()?;
    let mut opened = chosen(&names, layer, |name| {
        // In a zip file every layer is of its own format.
        let format = files.kind(name).map_or(format, Kind::format);
        let raw = files.read(Some(name), &Progress::default())?;
        table_of(raw, format)
    })?;
    if let Some(name) = names.get(opened.layer) {
        opened.beside = files.table_beside(name);
    }
    Ok(opened)
}

fn chosen(
    names: &[String],
    wanted: Option<&str>,
    mut table: impl FnMut(&str) -> Result<RawTable, LayerErrorKind>,
) -> Result<Opened, LayerErrorKind> {
    let opened = |layer: usize, table: RawTable| Opened {
        layers: names.to_vec(),
        layer,
        ..Opened::alone(table)
    };
    if let Some(wanted) = wanted {
        let at = names.iter().position(|name| name == wanted);
        let at = at.ok_or_else(|| no_such_layer(wanted))?;
        return Ok(opened(at, table(wanted)?));
    }
    let first = table(names.first().ok_or(LayerErrorKind::NoLayers)?)?;
    if first.rows_read() == 0 {
        for (at, name) in names.iter().enumerate().skip(1) {
            let table = table(name)?;
            if table.rows_read() > 0 {
                return Ok(opened(at, table));
            }
        }
    }
    Ok(opened(0, first))
}

fn no_such_layer(name: &str) -> LayerErrorKind {
    LayerErrorKind::NoSuchLayer {
        name: name.to_owned(),
    }
}
