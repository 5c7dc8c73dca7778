//! A source of map pictures, as data: what the program ships, and what users add and share.

use super::{Affine, Lattice};
use crate::model::{Crs, Datum};
use geo::Coord;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What a source is known by in settings, caches and packs: lower-case ASCII for what is shipped,
/// a UUID for what a user added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceId(pub String);

/// What a token opens, such as every service of one owner.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenName(pub String);

/// A source. Never holds a token: the place for one is `{token}` in its address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub id: SourceId,
    /// As a user called it; what is shipped is named in the locale files under
    /// `basemap.source.<id>`.
    #[serde(default)]
    pub name: String,
    pub kind: SourceKind,
    /// Which datum its picture is drawn in. Files that declare a coordinate system know better.
    pub datum: Datum,
    /// The first and last level it has.
    pub levels: (u8, u8),
    /// Whose pictures they are, as their licence asks; shown on the map.
    #[serde(default)]
    pub attribution: String,
    #[serde(default)]
    pub attribution_url: String,
    #[serde(default)]
    pub keeping: Keeping,
    /// Which token stands for `{token}`, where there is one to ask for.
    #[serde(default)]
    pub token: Option<TokenName>,
}

/// Where a source comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// An address with `{z}`, `{x}` and `{y}` (or `{-y}`, counted from the south), and if need be
    /// `{s}` (one of the subdomains), `{r}` (`@2x` on fine screens) and `{token}`.
    Xyz {
        url: String,
        #[serde(default)]
        subdomains: Subdomains,
    },
    /// An address with `{TileMatrix}`, `{TileCol}` and `{TileRow}`, as a WMTS's capabilities give
    /// it, and if need be `{s}` and `{token}`.
    Wmts {
        url: String,
        #[serde(default)]
        subdomains: Subdomains,
        grid: WmtsGrid,
    },
    MbTiles {
        path: PathBuf,
    },
    PmTiles {
        path: PathBuf,
    },
    /// `<folder>/<z>/<x>/<y>.png` and the like.
    Folder {
        path: PathBuf,
    },
    /// One image: a GeoTIFF, or a picture with a world file beside it.
    Sheet {
        path: PathBuf,
        /// What a user said of a picture that does not say it itself.
        #[serde(default)]
        crs: Option<Crs>,
    },
}

/// Hosts that share the requests, in place of `{s}`.
pub type Subdomains = Vec<String>;

/// A tile matrix set, as far as its matrices halve from one to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WmtsGrid {
    pub crs: Crs,
    /// The north-west corner, in the units of `crs`.
    pub top_left: (f64, f64),
    /// The side of a tile of level 0, in the units of `crs`, whether there is a level 0 or not.
    pub side: f64,
    /// Tiles of level 0, as columns and rows; a fraction where an edge cuts one.
    pub size: (f64, f64),
    pub tile_px: u32,
    /// What the matrices are called, from the source's first level on.
    pub matrices: Vec<String>,
}

/// Whether the owner lets tiles be kept beyond a cache, as an offline pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeping {
    /// The terms forbid it.
    Forbidden,
    /// Nobody has said; whoever adds a source of their own says so.
    #[default]
    Unknown,
    /// The owner, or whoever added the source, says that it may.
    Allowed,
}

impl Source {
    /// Whose it is, where it is shipped: what its id begins with.
    pub fn owner(&self) -> &str {
        self.id.0.split('-').next().unwrap_or_default()
    }

    /// Whether a user added it: those have ids that nobody else gives.
    pub fn is_own(&self) -> bool {
        uuid::Uuid::parse_str(&self.id.0).is_ok()
    }

    /// Whether it comes over the network.
    pub fn is_online(&self) -> bool {
        matches!(self.kind, SourceKind::Xyz { .. } | SourceKind::Wmts { .. })
    }

    /// The file or folder that it is; `None` for what comes over the network.
    pub fn path(&self) -> Option<&PathBuf> {
        match &self.kind {
            SourceKind::MbTiles { path }
            | SourceKind::PmTiles { path }
            | SourceKind::Folder { path }
            | SourceKind::Sheet { path, .. } => Some(path),
            SourceKind::Xyz { .. } | SourceKind::Wmts { .. } => None,
        }
    }

    /// Where the tiles of an online source lie. `None` for files, which say so themselves.
    pub fn online_lattice(&self) -> Option<Lattice> {
        let levels = self.levels.0..=self.levels.1;
        match &self.kind {
            SourceKind::Xyz { .. } => Some(Lattice::web_mercator(self.datum, levels)),
            SourceKind::Wmts { grid, .. } => {
                let (x, y) = grid.top_left;
                Some(Lattice {
                    crs: grid.crs,
                    affine: Affine::north_up(Coord { x, y }, grid.side, grid.side),
                    size: Coord {
                        x: grid.size.0,
                        y: grid.size.1,
                    },
                    levels,
                    tile_px: grid.tile_px,
                })
            }
            _ => None,
        }
    }
}
