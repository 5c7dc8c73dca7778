//! «Searched, nothing here»: a place of somebody's map, or a cell of a grid, where a person looked
//! and found no old estate («不漏», 三(三)1).

use super::place::LonLat;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The key of a searched place: the same place has the same key on every laptop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SearchId(pub Uuid);

impl std::fmt::Display for SearchId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl std::str::FromStr for SearchId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// What was searched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchedPlace {
    /// A feature of a layer of others: the file's own name with the layer's, and the number that the
    /// file counts it by. A path would mean nothing on another laptop.
    Feature {
        layer: String,
        feature: u32,
    },
    Cell(GridCell),
}

/// A cell of the grid that a town is searched by: see `geodesy::grid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GridCell {
    /// Counted eastwards from Greenwich, in its row.
    pub column: i32,
    /// Counted northwards from the equator.
    pub row: i32,
    pub size_m: u32,
}

impl SearchedPlace {
    pub fn id(&self) -> SearchId {
        let text = match self {
            Self::Feature { layer, feature } => format!("feature {feature} {layer}"),
            Self::Cell(GridCell {
                column,
                row,
                size_m,
            }) => format!("cell {column} {row} {size_m}"),
        };
        // FNV-1a: no secret is kept by it, it need only tell places apart.
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        let hash = text.bytes().fold(BASIS, |hash, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(PRIME)
        });
        let bytes = hash.to_be_bytes();
        SearchId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

/// A place where a person found nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Searched {
    pub place: SearchedPlace,
    /// Its middle: where it is to be found again without the layer.
    pub at: LonLat,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    pub searched_by: String,
    pub searched_at: jiff::Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn one_place_has_one_key_and_no_two_places_share_theirs() {
        let feature = |layer: &str, feature| SearchedPlace::Feature {
            layer: layer.to_owned(),
            feature,
        };
        let features = (0..300).map(|number| feature("建筑.geojson", number));
        let others = (0..300).map(|number| feature("建筑.shp", number));
        let cells = (-20..20).flat_map(|column| {
            (-20..20).map(move |row| {
                let size_m = 250;
                SearchedPlace::Cell(GridCell {
                    column,
                    row,
                    size_m,
                })
            })
        });
        let all: Vec<_> = features.chain(others).chain(cells).collect();
        let keys: BTreeSet<_> = all.iter().map(SearchedPlace::id).collect();
        assert_eq!(keys.len(), all.len());
        // As files have it: it must never change.
        let known = "825323b1-9efa-8f63-9361-f9a80b5a73f8";
        assert_eq!(feature("建筑.geojson", 7).id().to_string(), known);
        assert_eq!(known.parse(), Ok(feature("建筑.geojson", 7).id()));
    }
}
