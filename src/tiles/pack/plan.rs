//! Which tiles a pack takes, how large it will be, and whether there may be one.

use crate::basemap::{Keeping, Lattice, Source, TileAddress, TileRange};
use crate::model::{Crs, Datum};
use crate::tiles::online::{SourceKey, TileCache};
use geo::{BoundingRect, Coord, Intersects, MultiPolygon, Polygon, Rect};
use serde::Deserialize;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// Limits of packs, from `data/basemaps/packs.json`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Policy {
    /// No pack has more tiles.
    pub most_tiles: u64,
    /// What a tile takes where none was ever seen.
    pub assumed_tile_bytes: u64,
    /// So many tiles of a source tell what the others take.
    pub samples_needed: u64,
    pub attempts_a_tile: u32,
    /// So many failures in a row stop a download; it can be taken up again.
    pub failures_to_give_up: u32,
}

impl Policy {
    pub fn shipped() -> &'static Self {
        static POLICY: LazyLock<Policy> = LazyLock::new(|| {
            let text = include_str!("../../../data/basemaps/packs.json");
            // Shipped and read by a test: spoilt, no pack could be made rather than any.
            serde_json::from_str(text).unwrap_or(Policy {
                most_tiles: 0,
                assumed_tile_bytes: 0,
                samples_needed: 1,
                attempts_a_tile: 1,
                failures_to_give_up: 1,
            })
        });
        &POLICY
    }
}

/// Where a pack has tiles, in stored degrees.
#[derive(Clone, Debug, PartialEq)]
pub enum PackArea {
    Box(Rect),
    /// Tiles that touch one of these.
    Polygons(MultiPolygon),
}

/// Why there can be no pack.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PackRefusal {
    /// A file: it is offline already.
    #[error("not online")]
    NotOnline,
    #[error("the owner forbids it")]
    Forbidden,
    /// Nobody has said whether it may be kept; whoever added the source can.
    #[error("not known to be allowed")]
    NotKnownAllowed,
    /// Tiles of degrees or of a plan: MBTiles has those of web maps alone.
    #[error("not the grid of web maps")]
    OtherGrid,
    #[error("levels {} to {} alone", .has.0, .has.1)]
    NoSuchLevels { has: (u8, u8) },
    /// The area is empty, or the map has nothing there.
    #[error("no tiles there")]
    Empty,
    #[error("{tiles} tiles, at most {most}")]
    TooMany { tiles: u64, most: u64 },
}

/// What a download will fetch.
#[derive(Clone, Debug, PartialEq)]
pub struct PackPlan {
    pub source: Source,
    pub area: PackArea,
    /// Levels and the tiles of each, from the coarsest on.
    pub levels: Vec<LevelCount>,
    pub estimate: Estimate,
    lattice: Lattice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelCount {
    pub level: u8,
    pub tiles: u64,
}

/// What a pack will take, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    pub bytes: u64,
    /// Tiles of the same source seen before; `None` where there were too few, and a usual size is
    /// assumed.
    pub samples: Option<u64>,
}

/// Counts the tiles of an area at these levels, and says what they will take. Levels that the
/// source lacks are left out. May take a second for a large polygon.
///
/// # Errors
/// [`PackRefusal`]: why there is no pack.
pub fn plan(
    source: &Source,
    area: PackArea,
    levels: RangeInclusive<u8>,
    cache: Option<&TileCache>,
) -> Result<PackPlan, PackRefusal> {
    let policy = Policy::shipped();
    let lattice = source.online_lattice().ok_or(PackRefusal::NotOnline)?;
    match source.keeping {
        Keeping::Allowed => {}
        Keeping::Forbidden => return Err(PackRefusal::Forbidden),
        Keeping::Unknown => return Err(PackRefusal::NotKnownAllowed),
    }
    if !is_web_mercator(&lattice) {
        return Err(PackRefusal::OtherGrid);
    }
    let has = source.levels;
    let levels = *levels.start().max(&has.0)..=*levels.end().min(&has.1);
    if levels.is_empty() {
        return Err(PackRefusal::NoSuchLevels { has });
    }
    let mut plan = PackPlan {
        source: source.clone(),
        area,
        levels: Vec::new(),
        estimate: Estimate {
            bytes: 0,
            samples: None,
        },
        lattice,
    };
    let refuse_too_many = |tiles: u64, most: u64| match tiles > most {
        true => Err(PackRefusal::TooMany {
            tiles,
            most: policy.most_tiles,
        }),
        false => Ok(()),
    };
    // The box is counted at once; tiles of a polygon one by one, so not without end.
    let in_box = levels.clone().map(|level| plan.range(level).count()).sum();
    let most_in_box = match plan.area {
        PackArea::Box(_) => policy.most_tiles,
        PackArea::Polygons(_) => policy.most_tiles * 8,
    };
    refuse_too_many(in_box, most_in_box)?;
    plan.levels = levels
        .clone()
        .map(|level| LevelCount {
            level,
            tiles: plan.tiles_of(level).count() as u64,
        })
        .collect();
    let tiles = plan.tile_count();
    refuse_too_many(tiles, policy.most_tiles)?;
    if tiles == 0 {
        return Err(PackRefusal::Empty);
    }
    plan.estimate = estimate(source, tiles, levels, cache, policy);
    Ok(plan)
}

fn estimate(
    source: &Source,
    tiles: u64,
    levels: RangeInclusive<u8>,
    cache: Option<&TileCache>,
    policy: &Policy,
) -> Estimate {
    let seen = cache.map(|cache| cache.pictures_of(&SourceKey::of(source), levels));
    match seen {
        Some((samples, bytes)) if samples >= policy.samples_needed => Estimate {
            bytes: bytes / samples.max(1) * tiles,
            samples: Some(samples),
        },
        _ => Estimate {
            bytes: policy.assumed_tile_bytes * tiles,
            samples: None,
        },
    }
}

/// Whether columns, rows and levels are those of every web map, as MBTiles counts them. Services
/// write the corner with more or fewer digits: a metre is no other grid.
fn is_web_mercator(lattice: &Lattice) -> bool {
    let web = Lattice::web_mercator(Datum::Wgs84, lattice.levels.clone());
    let is_near = |a: Coord, b: Coord| (a.x - b.x).abs() < 1.0 && (a.y - b.y).abs() < 1.0;
    matches!(lattice.crs, Crs::WebMercator(_))
        && is_near(lattice.affine.origin, web.affine.origin)
        && is_near(lattice.affine.column, web.affine.column)
        && is_near(lattice.affine.row, web.affine.row)
}

impl PackPlan {
    pub fn tile_count(&self) -> u64 {
        self.levels.iter().map(|level| level.tiles).sum()
    }

    /// Every tile, the coarsest first: a pack that was stopped shows the whole area all the same.
    pub fn tiles(&self) -> impl Iterator<Item = TileAddress> + '_ {
        let levels = self.levels.iter();
        levels.flat_map(|level| self.tiles_of(level.level))
    }

    /// What encloses the area, in stored degrees.
    pub fn bounds(&self) -> Option<Rect> {
        match &self.area {
            PackArea::Box(bounds) => Some(*bounds),
            PackArea::Polygons(polygons) => polygons.bounding_rect(),
        }
    }

    fn range(&self, level: u8) -> TileRange {
        match self.bounds() {
            Some(bounds) => self.lattice.tiles_in(level, bounds),
            None => TileRange {
                level,
                columns: 0..0,
                rows: 0..0,
            },
        }
    }

    fn tiles_of(&self, level: u8) -> impl Iterator<Item = TileAddress> + '_ {
        self.range(level).iter().filter(|tile| match &self.area {
            PackArea::Box(_) => true,
            PackArea::Polygons(polygons) => {
                outline(&self.lattice, *tile).is_some_and(|tile| polygons.intersects(&tile))
            }
        })
    }
}

/// A tile's corners on the ground.
fn outline(lattice: &Lattice, tile: TileAddress) -> Option<Polygon> {
    let (x, y) = (f64::from(tile.x), f64::from(tile.y));
    let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
    let corners: Option<Vec<Coord>> = corners
        .into_iter()
        .map(|(u, v)| Some(lattice.position(tile.level, x + u, y + v)?.into()))
        .collect();
    Some(Polygon::new(corners?.into(), Vec::new()))
}
