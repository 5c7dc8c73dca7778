//! Where an image lies: inside a GeoTIFF, or in a world file beside a picture.

use super::super::{TileFileErrorKind, unreadable};
use crate::basemap::Affine;
use crate::geodesy::wkt::{UnknownCrs, crs_of_wkt};
use crate::model::Crs;
use geo::Coord;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use tiff::decoder::Decoder;
use tiff::tags::Tag;

/// A system, and the way from pixels to its coordinates.
pub struct Place {
    pub crs: Crs,
    pub pixels: Affine,
}

/// The place of an image file.
///
/// # Errors
/// [`TileFileErrorKind::NoPlace`], [`TileFileErrorKind::NoCrs`] and
/// [`TileFileErrorKind::UnknownCrs`].
pub fn of(path: &Path, declared: Option<Crs>) -> Result<Place, TileFileErrorKind> {
    let inside = geotiff(path)?;
    let (pixels, crs) = match inside {
        Some(GeoTiff { pixels, crs }) => (pixels, crs?),
        None => (world_file(path)?.ok_or(TileFileErrorKind::NoPlace)?, None),
    };
    if !is_plane(&pixels) {
        return Err(TileFileErrorKind::NoPlace);
    }
    let crs = match crs {
        Some(crs) => Some(crs),
        None => projection_file(path)?,
    };
    let crs = crs.or(declared).ok_or(TileFileErrorKind::NoCrs)?;
    Ok(Place { crs, pixels })
}

/// Whether pixels spread over an area, rather than over a line, a point, or nothing that is a
/// number.
fn is_plane(pixels: &Affine) -> bool {
    let Affine {
        origin,
        column,
        row,
    } = pixels;
    let area = column.x * row.y - column.y * row.x;
    area.is_normal() && origin.x.is_finite() && origin.y.is_finite()
}

struct GeoTiff {
    pixels: Affine,
    /// `None` where the file does not say.
    crs: Result<Option<Crs>, TileFileErrorKind>,
}

/// The keys of a GeoTIFF that say in which system it is, and how its pixels are counted.
mod key {
    pub const RASTER_TYPE: u16 = 1025;
    pub const CITATION: u16 = 1026;
    pub const GEOGRAPHIC_TYPE: u16 = 2048;
    pub const PROJECTED_TYPE: u16 = 3072;
    pub const PROJECTED_CITATION: u16 = 3073;
    pub const USER_DEFINED: u16 = 32_767;
    pub const PIXEL_IS_POINT: u16 = 2;
}

/// What a GeoTIFF says; `None` where the file is none.
fn geotiff(path: &Path) -> Result<Option<GeoTiff>, TileFileErrorKind> {
    let file = std::fs::File::open(path).map_err(|error| unreadable(&error))?;
    let Ok(mut tiff) = Decoder::new(BufReader::new(file)) else {
        return Ok(None);
    };
    let mut numbers = |tag| tiff.get_tag_f64_vec(tag).ok();
    let scale = numbers(Tag::ModelPixelScaleTag);
    let tie = numbers(Tag::ModelTiepointTag);
    let matrix = numbers(Tag::ModelTransformationTag);
    let pixels = match (matrix.as_deref(), scale.as_deref(), tie.as_deref()) {
        (Some([a, b, _, d, e, f, _, h, ..]), _, _) => Affine {
            origin: Coord { x: *d, y: *h },
            column: Coord { x: *a, y: *e },
            row: Coord { x: *b, y: *f },
        },
        (None, Some([x, y, ..]), Some([column, row, _, east, north, ..])) => {
            let origin = Coord {
                x: east - column * x,
                y: north + row * y,
            };
            Affine::north_up(origin, *x, *y)
        }
        _ => return Ok(None),
    };
    let directory = tiff
        .get_tag_u16_vec(Tag::GeoKeyDirectoryTag)
        .unwrap_or_default();
    let texts = tiff
        .get_tag_ascii_string(Tag::GeoAsciiParamsTag)
        .unwrap_or_default();
    let value = |key: u16| {
        let entries = directory.get(4..).unwrap_or_default().chunks_exact(4);
        let mut found = entries.filter(|entry| entry[0] == key && entry[1] == 0);
        found.next().map(|entry| entry[3])
    };
    let pixels = match value(key::RASTER_TYPE) {
        Some(key::PIXEL_IS_POINT) => half_a_pixel_back(pixels),
        _ => pixels,
    };
    let code = value(key::PROJECTED_TYPE).or(value(key::GEOGRAPHIC_TYPE));
    let crs = match code {
        None | Some(0) => Ok(None),
        Some(key::USER_DEFINED) => user_defined(&directory, &texts),
        Some(code) => match Crs::of_epsg(code.into()) {
            Some(crs) => Ok(Some(crs)),
            None => Err(TileFileErrorKind::UnknownCrs {
                name: format!("EPSG:{code}"),
            }),
        },
    };
    Ok(Some(GeoTiff { pixels, crs }))
}

/// A system that is described in words alone, as desktop programs of China write it.
fn user_defined(directory: &[u16], texts: &str) -> Result<Option<Crs>, TileFileErrorKind> {
    let entries = directory.get(4..).unwrap_or_default().chunks_exact(4);
    let cited =
        entries.filter(|entry| [key::CITATION, key::PROJECTED_CITATION].contains(&entry[0]));
    let mut first = None;
    for entry in cited {
        let start = usize::from(entry[3]);
        let end = start + usize::from(entry[2]);
        let Some(text) = texts.get(start..end.min(texts.len())) else {
            continue;
        };
        let text = text.trim_end_matches(['|', '\0']).trim();
        if let Some(crs) = Crs::of_name(text) {
            return Ok(Some(crs));
        }
        first.get_or_insert(text.to_owned());
    }
    match first {
        Some(name) if !name.is_empty() => Err(TileFileErrorKind::UnknownCrs { name }),
        _ => Ok(None),
    }
}

/// World files give the middle of the first pixel; everything here counts from its corner.
fn half_a_pixel_back(pixels: Affine) -> Affine {
    Affine {
        origin: pixels.origin - (pixels.column + pixels.row) * 0.5,
        ..pixels
    }
}

/// Whether a world file lies beside a picture.
pub fn has_world_file(path: &Path) -> bool {
    world_text(path).is_some()
}

/// What the world file beside a picture says; `None` where there is none.
fn world_file(path: &Path) -> Result<Option<Affine>, TileFileErrorKind> {
    let Some(text) = world_text(path) else {
        return Ok(None);
    };
    let numbers: Vec<f64> = text
        .split_whitespace()
        .map_while(|number| number.replace(',', ".").parse().ok())
        .collect();
    match numbers[..] {
        [a, d, b, e, c, f, ..] => Ok(Some(half_a_pixel_back(Affine {
            origin: Coord { x: c, y: f },
            column: Coord { x: a, y: d },
            row: Coord { x: b, y: e },
        }))),
        _ => Err(TileFileErrorKind::NoPlace),
    }
}

/// The text of the world file beside a picture; `None` where there is none.
fn world_text(path: &Path) -> Option<String> {
    let lower = path.extension()?.to_str()?.to_ascii_lowercase();
    // `pgw` for `png`: its first and last letter; or the whole with a `w`.
    let ends = lower.chars().next().zip(lower.chars().last());
    let short = ends.map(|(first, last)| format!("{first}{last}w"));
    let mut endings = short
        .into_iter()
        .chain([format!("{lower}w"), "wld".to_owned()]);
    endings.find_map(|ending| beside(path, &ending))
}

/// The system that a projection file beside the picture names; `None` where there is none.
fn projection_file(path: &Path) -> Result<Option<Crs>, TileFileErrorKind> {
    let Some(text) = beside(path, "prj") else {
        return Ok(None);
    };
    match crs_of_wkt(&text) {
        Ok(crs) => Ok(Some(crs)),
        // A web page saved under this name says nothing: the user may.
        Err(UnknownCrs::NoText) => Ok(None),
        Err(UnknownCrs::Other { name }) => Err(TileFileErrorKind::UnknownCrs { name }),
    }
}

/// The text of the file of the same name with another ending, in either case.
fn beside(path: &Path, ending: &str) -> Option<String> {
    let candidates = [ending.to_owned(), ending.to_ascii_uppercase()];
    let read = |ending: String| -> Option<Vec<u8>> {
        let beside: PathBuf = path.with_extension(ending);
        std::fs::read(beside).ok()
    };
    let bytes = candidates.into_iter().find_map(read)?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
