//! The address of a tile, from what a source says of its addresses. Tokens are taken out on the way
//! in, and put in on the way out alone.

mod token;

pub use token::{FoundToken, extract_token, redacted};

use super::{Source, SourceKind, TileAddress};

/// The address of a tile. `None` where the source is no online one, or has no such level.
/// Whoever keeps or prints an address keeps [`redacted`] in mind: a token can be part of it.
pub fn tile_url(source: &Source, tile: TileAddress, token: Option<&str>) -> Option<String> {
    let (url, subdomains) = match &source.kind {
        SourceKind::Xyz { url, subdomains } => {
            let from_south = tile.row_from_south()?;
            let url = url
                .replace("{z}", &tile.level.to_string())
                .replace("{x}", &tile.x.to_string())
                .replace("{y}", &tile.y.to_string())
                .replace("{-y}", &from_south.to_string())
                // Tiles are scaled to the screen: the plain ones do.
                .replace("{r}", "");
            (url, subdomains)
        }
        SourceKind::Wmts {
            url,
            subdomains,
            grid,
        } => {
            let level = tile.level.checked_sub(source.levels.0)?;
            let matrix = grid.matrices.get(usize::from(level))?;
            let url = url
                .replace("{TileMatrix}", &token::escaped(matrix))
                .replace("{TileCol}", &tile.x.to_string())
                .replace("{TileRow}", &tile.y.to_string());
            (url, subdomains)
        }
        _ => return None,
    };
    // The same tile always from the same host, so that caches on the way know it.
    let host = match subdomains.len() {
        0 => "",
        hosts => &subdomains[(u64::from(tile.x) + u64::from(tile.y)) as usize % hosts],
    };
    let token = token::escaped(token.unwrap_or_default());
    Some(url.replace("{s}", host).replace("{token}", &token))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::presets;

    fn xyz(url: &str, subdomains: &[&str]) -> Source {
        Source {
            kind: SourceKind::Xyz {
                url: url.to_owned(),
                subdomains: subdomains.iter().map(|&name| name.to_owned()).collect(),
            },
            ..presets()[0].clone()
        }
    }

    #[test]
    fn every_place_in_an_address_is_filled() {
        let tile = TileAddress::new(3, 6, 2);
        for (url, filled) in [
            ("http://a/{z}/{x}/{y}.png", "http://a/3/6/2.png"),
            ("http://a/{z}/{x}/{y}{r}.png", "http://a/3/6/2.png"),
            ("http://a/{z}/{x}/{-y}.png", "http://a/3/6/5.png"),
            (
                "http://{s}.a/{z}/{x}/{y}?tk={token}",
                "http://t2.a/3/6/2?tk=secret%26",
            ),
        ] {
            let source = xyz(url, &["t0", "t1", "t2"]);
            assert_eq!(tile_url(&source, tile, Some("secret&")).unwrap(), filled);
        }
    }

    #[test]
    fn a_level_or_row_that_is_none_has_no_address() {
        let source = xyz("http://a/{z}/{x}/{-y}", &[]);
        for tile in [TileAddress::new(3, 0, 8), TileAddress::new(99, 0, 0)] {
            assert_eq!(tile_url(&source, tile, None), None);
        }
        let degrees = presets().iter().find(|it| it.id.0 == "tianditu-vec-c");
        let tile = |level| tile_url(degrees.unwrap(), TileAddress::new(level, 1, 0), Some("t"));
        assert_eq!((tile(0), tile(19)), (None, None));
        assert!(
            tile(1)
                .unwrap()
                .contains("&TILEMATRIX=1&TILEROW=0&TILECOL=1&tk=t")
        );
    }
}
