//! The address of a tile, from what a source says of its addresses.

use super::{Source, SourceKind, TileAddress};

/// The address of a tile. `None` where the source is no online one, or has no such level.
/// Whoever keeps or prints an address keeps [`redacted`] in mind: a token can be part of it.
pub fn tile_url(source: &Source, tile: TileAddress, token: Option<&str>) -> Option<String> {
    let (url, subdomains) = match &source.kind {
        SourceKind::Xyz { url, subdomains } => {
            let last_row = 1u64.checked_shl(tile.level.into())? - 1;
            let from_south = last_row.checked_sub(tile.y.into())?;
            let url = url
                .replace("{z}", &tile.level.to_string())
                .replace("{x}", &tile.x.to_string())
                .replace("{y}", &tile.y.to_string())
                .replace("{-y}", &from_south.to_string());
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
                .replace("{TileMatrix}", matrix)
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
    Some(
        url.replace("{s}", host)
            .replace("{token}", token.unwrap_or_default()),
    )
}

/// A text without the token that may be in it, such as an error that repeats an address.
pub fn redacted(text: &str, token: Option<&str>) -> String {
    match token {
        Some(token) if !token.is_empty() => text.replace(token, "…"),
        _ => text.to_owned(),
    }
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
            ("http://a/{z}/{x}/{-y}.png", "http://a/3/6/5.png"),
            (
                "http://{s}.a/{z}/{x}/{y}?tk={token}",
                "http://t2.a/3/6/2?tk=secret",
            ),
        ] {
            let source = xyz(url, &["t0", "t1", "t2"]);
            assert_eq!(tile_url(&source, tile, Some("secret")).unwrap(), filled);
        }
    }

    #[test]
    fn a_token_is_taken_out_of_a_text() {
        let text = "http://a/?tk=secret: refused";
        assert_eq!(redacted(text, Some("secret")), "http://a/?tk=…: refused");
        assert_eq!(redacted(text, Some("")), text);
    }
}
