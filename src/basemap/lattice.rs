//! Where the pixels of a source lie: a coordinate system, and a quarter-tree of tiles in it.
//!
//! One type holds for every source: web tiles, Tianditu's tiles of degrees, and a scanned plan,
//! whose tiles are cut from one image. They differ in the [`Crs`], the [`Affine`] from tiles to its
//! coordinates, and the levels.

use crate::geodesy::crs;
use crate::model::{Crs, Datum, LonLat};
use geo::Coord;
use std::f64::consts::PI;
use std::ops::RangeInclusive;

/// Half the side of the square that web maps show, in metres: half the equator of WGS 84.
const WEB_MERCATOR_HALF_M: f64 = PI * 6_378_137.0;

/// A tile: its level, and its column and row in it, counted from the affine's origin (the
/// north-west corner, as a rule).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileAddress {
    pub level: u8,
    pub x: u32,
    pub y: u32,
}

impl TileAddress {
    pub fn new(level: u8, x: u32, y: u32) -> Self {
        Self { level, x, y }
    }

    /// The row of a web map's tile as MBTiles and TMS count it, from the south; the same way back.
    /// `None` where the level has no such row.
    pub fn row_from_south(self) -> Option<u32> {
        let last = 1u64.checked_shl(self.level.into())? - 1;
        u32::try_from(last.checked_sub(self.y.into())?).ok()
    }

    /// The tile of a coarser level around this one; the same where `level` is not coarser.
    pub fn around(self, level: u8) -> Self {
        let levels = u32::from(self.level.saturating_sub(level));
        Self {
            level: self.level.min(level),
            x: self.x.checked_shr(levels).unwrap_or(0),
            y: self.y.checked_shr(levels).unwrap_or(0),
        }
    }

    /// Where this tile lies in the one [`Self::around`] it: left, top and side, in 0..=1.
    pub fn part_of_around(self, level: u8) -> (f64, f64, f64) {
        let around = self.around(level);
        let side = (-f64::from(self.level - around.level)).exp2();
        let start = |index: u32, of: u32| f64::from(index) * side - f64::from(of);
        (start(self.x, around.x), start(self.y, around.y), side)
    }
}

/// From tiles of level 0, as (column, row), to coordinates: `x = x0 + xc·column + xr·row`, and `y`
/// alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Affine {
    pub origin: Coord,
    /// What a column adds.
    pub column: Coord,
    /// What a row adds.
    pub row: Coord,
}

impl Affine {
    /// Axis-parallel, rows to the south: sides of a tile of level 0 in units of the coordinates.
    pub fn north_up(origin: Coord, side_x: f64, side_y: f64) -> Self {
        Self {
            origin,
            column: Coord { x: side_x, y: 0.0 },
            row: Coord { x: 0.0, y: -side_y },
        }
    }

    fn apply(&self, column: f64, row: f64) -> Coord {
        self.origin + self.column * column + self.row * row
    }

    /// Columns and rows of a place; `None` where the affine is degenerate.
    fn invert(&self, at: Coord) -> Option<Coord> {
        let determinant = self.column.x * self.row.y - self.column.y * self.row.x;
        let Coord { x, y } = at - self.origin;
        let found = Coord {
            x: (x * self.row.y - y * self.row.x) / determinant,
            y: (y * self.column.x - x * self.column.y) / determinant,
        };
        (found.x.is_finite() && found.y.is_finite()).then_some(found)
    }
}

/// Where the tiles of a source lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Lattice {
    pub crs: Crs,
    pub affine: Affine,
    /// Columns and rows of level 0 that there can be; a fraction where an edge cuts a tile.
    pub size: Coord,
    /// The levels that the source has.
    pub levels: RangeInclusive<u8>,
    /// Pixels along the side of a tile.
    pub tile_px: u32,
}

impl Lattice {
    /// The square of web maps, tiles of 256 pixels, drawn from degrees of `datum`. Tianditu calls
    /// it 球面墨卡托.
    pub fn web_mercator(datum: Datum, levels: RangeInclusive<u8>) -> Self {
        let origin = Coord {
            x: -WEB_MERCATOR_HALF_M,
            y: WEB_MERCATOR_HALF_M,
        };
        let side = 2.0 * WEB_MERCATOR_HALF_M;
        Self {
            crs: Crs::WebMercator(datum),
            affine: Affine::north_up(origin, side, side),
            size: Coord { x: 1.0, y: 1.0 },
            levels,
            tile_px: 256,
        }
    }

    /// Tiles of degrees: level 1 has two of them side by side. Tianditu calls it 经纬度直投.
    pub fn geographic(datum: Datum, levels: RangeInclusive<u8>) -> Self {
        let origin = Coord { x: -180.0, y: 90.0 };
        Self {
            crs: Crs::Degrees(datum),
            affine: Affine::north_up(origin, 360.0, 360.0),
            size: Coord { x: 1.0, y: 0.5 },
            levels,
            tile_px: 256,
        }
    }

    /// The stored position of a place in a level, `x` tiles from the origin's edge and `y` rows on;
    /// `None` where the projection has no such place.
    pub fn position(&self, level: u8, x: f64, y: f64) -> Option<LonLat> {
        let side = (-f64::from(level)).exp2();
        crs::to_storage(self.crs, self.affine.apply(x * side, y * side))
    }

    /// Columns and rows of a stored position in a level.
    pub fn tiles_to(&self, level: u8, position: LonLat) -> Option<Coord> {
        let at = crs::from_storage(self.crs, position)?;
        Some(self.affine.invert(at)? * f64::from(level).exp2())
    }

    /// What encloses all of it, in stored degrees; for a plan, whose corners are near.
    pub fn bounds(&self) -> Option<geo::Rect> {
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)];
        let positions = corners.into_iter().filter_map(|(u, v)| {
            let at = self.position(0, self.size.x * u, self.size.y * v)?;
            Some(geo::Rect::new(at, at))
        });
        positions.reduce(|a, b| {
            let low = Coord {
                x: a.min().x.min(b.min().x),
                y: a.min().y.min(b.min().y),
            };
            let high = Coord {
                x: a.max().x.max(b.max().x),
                y: a.max().y.max(b.max().y),
            };
            geo::Rect::new(low, high)
        })
    }

    /// Whether a level has such a tile.
    pub fn contains(&self, tile: TileAddress) -> bool {
        let tiles = self.size * f64::from(tile.level).exp2();
        f64::from(tile.x) < tiles.x && f64::from(tile.y) < tiles.y
    }

    /// The tiles of a level that touch the box around `bounds` (degrees), row by row; none where
    /// the box lies elsewhere. Counted first: [`TileRange::count`].
    pub fn tiles_in(&self, level: u8, bounds: geo::Rect) -> TileRange {
        let (min, max) = (bounds.min(), bounds.max());
        let (mut low, mut high) = (
            Coord {
                x: f64::INFINITY,
                y: f64::INFINITY,
            },
            Coord {
                x: f64::NEG_INFINITY,
                y: f64::NEG_INFINITY,
            },
        );
        // The sides of the box are curves in some systems: their middles count too.
        for u in [0.0, 0.5, 1.0] {
            for v in [0.0, 0.5, 1.0] {
                let at = LonLat::new(min.x + (max.x - min.x) * u, min.y + (max.y - min.y) * v);
                let Some(found) = self.tiles_to(level, at) else {
                    continue;
                };
                low = Coord {
                    x: low.x.min(found.x),
                    y: low.y.min(found.y),
                };
                high = Coord {
                    x: high.x.max(found.x),
                    y: high.y.max(found.y),
                };
            }
        }
        let tiles = self.size * f64::from(level).exp2();
        // `as` takes what is out of range, and what is no number, to the nearest bound.
        let from = |low: f64| low.floor().max(0.0) as u32;
        let to = |high: f64, tiles: f64| (high.floor() + 1.0).min(tiles.ceil()).max(0.0) as u32;
        TileRange {
            level,
            columns: from(low.x)..to(high.x, tiles.x),
            rows: from(low.y)..to(high.y, tiles.y),
        }
    }

    /// The level whose pixels are nearest to `metres` wide at `position`, rather too fine than
    /// too coarse by half a level; within the levels there are.
    pub fn level_for(&self, position: LonLat, metres: f64) -> u8 {
        let (start, end) = (*self.levels.start(), *self.levels.end());
        let Some(size) = self.pixel_m(end, position) else {
            return end;
        };
        let coarser = (metres / size).log2().round().max(0.0);
        match coarser.is_finite() {
            true => (f64::from(end) - coarser).max(f64::from(start)) as u8,
            false => end,
        }
    }

    /// How wide a pixel of a level is on the ground, in metres.
    pub fn pixel_m(&self, level: u8, position: LonLat) -> Option<f64> {
        let at = self.tiles_to(level, position)?;
        let step = 1.0 / f64::from(self.tile_px);
        let here = self.position(level, at.x, at.y)?;
        let beside = self.position(level, at.x + step, at.y)?;
        let metres = crate::geodesy::measure::distance_m(here, beside);
        (metres > 0.0).then_some(metres)
    }
}

/// Tiles of one level: some columns, some rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileRange {
    pub level: u8,
    pub columns: std::ops::Range<u32>,
    pub rows: std::ops::Range<u32>,
}

impl TileRange {
    pub fn count(&self) -> u64 {
        let length =
            |range: &std::ops::Range<u32>| u64::from(range.end.saturating_sub(range.start));
        length(&self.columns) * length(&self.rows)
    }

    pub fn iter(&self) -> impl Iterator<Item = TileAddress> + use<> {
        let (level, columns) = (self.level, self.columns.clone());
        self.rows
            .clone()
            .flat_map(move |y| columns.clone().map(move |x| TileAddress { level, x, y }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::measure::distance_m;
    use proptest::prelude::*;

    const NANCHANG: LonLat = LonLat {
        lon: 115.892,
        lat: 28.676,
    };

    #[test]
    fn web_tiles_have_the_numbers_that_every_map_gives_them() {
        let lattice = Lattice::web_mercator(Datum::Wgs84, 0..=19);
        for (level, x, y) in [(0, 0, 0), (10, 841, 426), (15, 26932, 13657)] {
            let at = lattice.tiles_to(level, NANCHANG).unwrap();
            assert_eq!((at.x as u32, at.y as u32), (x, y), "level {level}");
        }
    }

    #[test]
    fn tianditu_counts_tiles_of_degrees_from_two_side_by_side() {
        let lattice = Lattice::geographic(Datum::Cgcs2000, 1..=18);
        let level = |level, size| {
            let world = geo::Rect::new((-179.9, -89.9), (179.9, 89.9));
            assert_eq!(lattice.tiles_in(level, world).count(), size, "{level}");
        };
        level(1, 2);
        level(2, 8);
        // 360° / 2^10 a tile: (115.892 + 180) / 0.3515625, (90 - 28.676) / 0.3515625.
        let at = lattice.tiles_to(10, NANCHANG).unwrap();
        assert_eq!((at.x as u32, at.y as u32), (841, 174));
    }

    #[test]
    fn the_tiles_of_a_map_in_gcj02_lie_half_a_kilometre_aside() {
        let stored = Lattice::web_mercator(Datum::Cgcs2000, 3..=18);
        let shifted = Lattice::web_mercator(Datum::Gcj02, 3..=18);
        let at = shifted.tiles_to(16, NANCHANG).unwrap();
        let same_pixel = stored.position(16, at.x, at.y).unwrap();
        let metres = distance_m(NANCHANG, same_pixel);
        assert!((300.0..700.0).contains(&metres), "{metres}");
        let back = shifted.position(16, at.x, at.y).unwrap();
        assert!(distance_m(NANCHANG, back) < 0.01);
    }

    #[test]
    fn a_tile_is_part_of_the_one_around_it() {
        let tile = TileAddress::new(4, 11, 6);
        assert_eq!(tile.around(2), TileAddress::new(2, 2, 1));
        assert_eq!(tile.part_of_around(2), (0.75, 0.5, 0.25));
        assert_eq!(tile.around(4), tile);
        assert_eq!(tile.part_of_around(6), (0.0, 0.0, 1.0));
    }

    #[test]
    fn the_level_fits_the_pixels_of_the_screen() {
        let lattice = Lattice::web_mercator(Datum::Wgs84, 3..=18);
        let pixel_m = |level| lattice.pixel_m(level, NANCHANG).unwrap();
        for level in 3..=18 {
            assert_eq!(lattice.level_for(NANCHANG, pixel_m(level)), level);
        }
        assert_eq!(lattice.level_for(NANCHANG, 1e-3), 18);
        assert_eq!(lattice.level_for(NANCHANG, 1e9), 3);
    }

    #[test]
    fn a_box_elsewhere_has_no_tiles() {
        let plan = Lattice {
            affine: Affine::north_up(Coord { x: 115.8, y: 28.7 }, 0.1, 0.1),
            size: Coord { x: 1.0, y: 0.7 },
            ..Lattice::geographic(Datum::Cgcs2000, 0..=3)
        };
        let elsewhere = geo::Rect::new((117.0, 28.0), (117.1, 28.1));
        assert_eq!(plan.tiles_in(3, elsewhere).count(), 0);
        let around = geo::Rect::new((115.0, 28.0), (117.0, 29.0));
        assert_eq!(plan.tiles_in(3, around).count(), 8 * 6);
        assert!(plan.contains(TileAddress::new(3, 7, 5)));
        assert!(!plan.contains(TileAddress::new(3, 7, 6)));
    }

    proptest! {
        #[test]
        fn a_position_and_its_place_in_the_tiles_are_inverse(
            lon in 113.5..118.6f64, lat in 24.4..30.1f64, level in 0u8..20, turn in -3.0..3.0f64,
        ) {
            let at = LonLat::new(lon, lat);
            let turned = Affine {
                origin: Coord { x: 115.0, y: 28.0 },
                column: Coord { x: turn.cos(), y: turn.sin() },
                row: Coord { x: turn.sin(), y: -turn.cos() },
            };
            for lattice in [
                Lattice::web_mercator(Datum::Gcj02, 0..=20),
                Lattice::geographic(Datum::Cgcs2000, 0..=20),
                Lattice { affine: turned, ..Lattice::geographic(Datum::Bd09, 0..=20) },
            ] {
                let tiles = lattice.tiles_to(level, at).unwrap();
                let back = lattice.position(level, tiles.x, tiles.y).unwrap();
                prop_assert!(distance_m(at, back) < 0.01);
            }
        }
    }
}
