//! A tile matrix set as one grid, where it is one.

use super::{Unsuitable, children, own_text, text_of};
use crate::model::{AxisOrder, Crs};
use geo::Coord;
use roxmltree::Node;
use std::f64::consts::PI;

/// The pixel that scales are of, in metres (OGC 07-057r7, 6.1).
const PIXEL_M: f64 = 0.000_28;
/// The pixel of 96 to the inch, which Tianditu's scales are of.
const PIXEL_96_M: f64 = 0.025_4 / 96.0;
/// Metres of a degree at the equator of WGS 84, as the standard turns degrees into scales.
const DEGREE_M: f64 = PI * 6_378_137.0 / 180.0;
const WEB_MERCATOR_SIDE_M: f64 = 2.0 * PI * 6_378_137.0;
/// How exactly the matrices halve: as many digits as services write.
const HALVING: f64 = 1e-6;
/// Corners agree within this part of a tile.
const CORNER: f64 = 1e-3;
const MOST_LEVELS: usize = 30;

/// A set whose matrices halve from one corner.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Set {
    pub crs: Crs,
    pub top_left: (f64, f64),
    /// The side of a tile of level 0, in units of `crs`.
    pub side: f64,
    pub tile_px: u32,
    first_level: u8,
    /// What the matrices are called, from the coarsest on.
    pub names: Vec<String>,
    /// Columns and rows of the coarsest and of the finest.
    counts: Vec<(f64, f64)>,
}

/// One matrix, as written.
struct Matrix<'a> {
    name: &'a str,
    /// The side of a pixel, in units of the system, if pixels are of the standard.
    pixel: f64,
    corner: (f64, f64),
    tile: (f64, f64),
    count: (f64, f64),
}

impl Set {
    pub fn of(node: Node) -> Result<Self, Unsuitable> {
        let written = text_of(node, "SupportedCRS");
        let Some(crs) = Crs::named(written) else {
            return Err(Unsuitable::UnknownCrs {
                crs: written.to_owned(),
            });
        };
        let mut matrices: Vec<_> = children(node, "TileMatrix")
            .filter_map(|matrix| Matrix::of(matrix, crs))
            .collect();
        matrices.sort_by(|a, b| b.pixel.total_cmp(&a.pixel));
        matrices.truncate(MOST_LEVELS);
        let (Some(first), Some(last)) = (matrices.first(), matrices.last()) else {
            return Err(Unsuitable::NoMatrices);
        };
        let (tile_px, unit) = (first.tile.0, pixel_in_use(crs, last));
        let is_square = tile_px == first.tile.1 && (16.0..=2_048.0).contains(&tile_px);
        let side = first.pixel * unit * tile_px;
        let is_near = |a: f64, b: f64| (a - b).abs() <= CORNER * side;
        let is_one = |matrix: &Matrix| {
            matrix.tile == first.tile
                && is_near(matrix.corner.0, first.corner.0)
                && is_near(matrix.corner.1, first.corner.1)
        };
        if !is_square || !matrices.iter().all(is_one) {
            return Err(Unsuitable::NotOneGrid);
        }
        let halves = |pair: &[Matrix]| (pair[0].pixel / pair[1].pixel / 2.0 - 1.0).abs() < HALVING;
        if !matrices.windows(2).all(halves) {
            return Err(Unsuitable::NotHalving);
        }
        let first_level = level_of(crs, side);
        Ok(Self {
            crs,
            top_left: corner(crs, written, first.corner),
            side: side * f64::from(first_level).exp2(),
            tile_px: tile_px as u32,
            first_level,
            names: matrices.iter().map(|it| it.name.to_owned()).collect(),
            counts: matrices.iter().map(|it| it.count).collect(),
        })
    }

    pub fn levels(&self) -> (u8, u8) {
        // No more than `MOST_LEVELS`.
        let more = u8::try_from(self.names.len()).unwrap_or(1).max(1) - 1;
        (self.first_level, self.first_level + more)
    }

    /// Tiles of level 0, as the finest matrix has them.
    pub fn size(&self) -> (f64, f64) {
        let (_, finest) = self.levels();
        let (columns, rows) = self.counts.last().copied().unwrap_or_default();
        let tiles = f64::from(finest).exp2();
        (columns / tiles, rows / tiles)
    }

    /// The same, of no more levels than a layer says it has.
    pub fn limited(&self, link: Node) -> Self {
        let named: Vec<_> = children(link, "TileMatrixSetLimits")
            .flat_map(|limits| children(limits, "TileMatrixLimits"))
            .map(|limits| text_of(limits, "TileMatrix"))
            .collect();
        let has = |name: &String| named.contains(&name.as_str());
        let first = self.names.iter().position(has);
        let last = self.names.iter().rposition(has);
        let (Some(first), Some(last)) = (first, last) else {
            return self.clone();
        };
        Self {
            first_level: self.first_level + u8::try_from(first).unwrap_or(0),
            names: self.names[first..=last].to_vec(),
            counts: self.counts[first..=last].to_vec(),
            ..self.clone()
        }
    }
}

impl<'a> Matrix<'a> {
    fn of(node: Node<'a, '_>, crs: Crs) -> Option<Self> {
        let number = |name: &'static str| -> Option<f64> {
            let number = children(node, name).next().map(own_text)?;
            number.parse().ok().filter(|it: &f64| it.is_finite())
        };
        let scale = number("ScaleDenominator")?;
        let mut corner = text_of(node, "TopLeftCorner").split_whitespace();
        let mut next = || corner.next()?.parse().ok();
        Some(Self {
            name: text_of(node, "Identifier"),
            pixel: match crs {
                Crs::Degrees(_) => scale * PIXEL_M / DEGREE_M,
                Crs::WebMercator(_) | Crs::GaussKruger(..) => scale * PIXEL_M,
            },
            corner: (next()?, next()?),
            tile: (number("TileWidth")?, number("TileHeight")?),
            count: (number("MatrixWidth")?, number("MatrixHeight")?),
        })
        .filter(|matrix| matrix.pixel > 0.0 && matrix.count.0 >= 1.0 && matrix.count.1 >= 1.0)
    }
}

/// How wide the whole world is in a system.
fn world(crs: Crs) -> Option<f64> {
    match crs {
        Crs::Degrees(_) => Some(360.0),
        Crs::WebMercator(_) => Some(WEB_MERCATOR_SIDE_M),
        Crs::GaussKruger(..) => None,
    }
}

/// What scales are to be multiplied with: 1, or less where they are of pixels of 96 to the inch.
/// That is seen where the columns are as wide as the world only then.
fn pixel_in_use(crs: Crs, finest: &Matrix) -> f64 {
    let of_96 = PIXEL_96_M / PIXEL_M;
    let width = finest.pixel * finest.tile.0 * finest.count.0;
    match world(crs) {
        Some(world) if (width * of_96 / world - 1.0).abs() < 1e-4 => of_96,
        _ => 1.0,
    }
}

/// The level whose tiles have this side where level 0 is the world in one; 0 where no level is.
fn level_of(crs: Crs, side: f64) -> u8 {
    let Some(world) = world(crs) else { return 0 };
    let level = (world / side).log2();
    let is_whole = (level - level.round()).abs() < 1e-3 && (0.0..24.0).contains(&level.round());
    if is_whole { level.round() as u8 } else { 0 }
}

/// The corner with the number to the east first. Systems named by their URN say the one to the
/// north first where their authority does; whoever wrote it otherwise is seen by its signs.
fn corner(crs: Crs, written: &str, corner: (f64, f64)) -> (f64, f64) {
    let is_urn = written.to_ascii_lowercase().starts_with("urn:");
    let is_crs84 = written.to_ascii_uppercase().contains("CRS84");
    let order = match crs {
        _ if is_crs84 || !is_urn => AxisOrder::EastFirst,
        Crs::Degrees(_) | Crs::GaussKruger(..) => AxisOrder::NorthFirst,
        Crs::WebMercator(_) => AxisOrder::EastFirst,
    };
    let given = Coord {
        x: corner.0,
        y: corner.1,
    };
    let mut found = order.east_first(given);
    // No grid of ours has its northern edge in the southern hemisphere.
    if found.y < 0.0 && found.x > 0.0 {
        found = Coord {
            x: found.y,
            y: found.x,
        };
    }
    (found.x, found.y)
}
