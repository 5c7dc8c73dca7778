//! A source from an address that somebody pastes, or what is missing in it.

use super::{FoundToken, extract_token};
use crate::basemap::{Keeping, Source, SourceId, SourceKind, Subdomains, TokenName, presets};
use crate::model::Datum;

/// Levels of a web map of which nobody says more.
const LEVELS: (u8, u8) = (0, 19);
/// What Leaflet puts in place of `{s}` where nobody says otherwise; addresses are pasted from there.
const USUAL_SUBDOMAINS: [&str; 3] = ["a", "b", "c"];
const PLACES: &[&str] = &["z", "x", "y", "-y", "s", "r", "token"];

/// Hosts whose maps are drawn in GCJ-02, as every map must that is published in China.
const GCJ02_HOSTS: &[&str] = &[
    "autonavi.com",
    "amap.com",
    "gtimg.com",
    "qq.com",
    "google.cn",
];
/// Baidu's tiles are of a grid of its own.
const BAIDU_HOSTS: &[&str] = &["bdimg.com", "baidu.com", "bdstatic.com"];

/// Why an address is none of tiles.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("neither http nor https")]
    NotWeb,
    #[error("{{{place}}} is missing")]
    Missing { place: &'static str },
    /// A placeholder that nobody here can fill.
    #[error("{{{place}}} is unknown")]
    Unknown { place: String },
    /// `{TileMatrix}` and the like: where such tiles lie, the capabilities say alone.
    #[error("a WMTS without its capabilities")]
    NeedsCapabilities,
    /// Baidu counts tiles from the middle of the map and projects them in a way of its own.
    #[error("Baidu's grid")]
    BaiduGrid,
}

/// The source that an address is of, still without an identifier and a name of its own, and the
/// token that was in it. Its datum is a guess from the host: whoever adds it may know better.
///
/// # Errors
/// [`TemplateError`] with what is missing.
pub fn source_of(pasted: &str) -> Result<(Source, Option<FoundToken>), TemplateError> {
    let pasted = pasted.trim();
    let host = host_of(pasted).ok_or(TemplateError::NotWeb)?;
    let (url, token) = extract_token(pasted);
    if let Some(preset) = tianditu(&host, &url) {
        return Ok((preset.clone(), token));
    }
    let is_of = |hosts: &[&str]| hosts.iter().any(|end| is_below(&host, end));
    if is_of(BAIDU_HOSTS) {
        return Err(TemplateError::BaiduGrid);
    }
    let (url, subdomains) = normal(&url);
    let places = placeholders(&url);
    if let Some(place) = places.iter().find(|place| !PLACES.contains(place)) {
        return Err(match place.to_ascii_lowercase().starts_with("tile") {
            true => TemplateError::NeedsCapabilities,
            false => TemplateError::Unknown {
                place: (*place).to_owned(),
            },
        });
    }
    for place in ["z", "x"] {
        if !places.contains(&place) {
            return Err(TemplateError::Missing { place });
        }
    }
    if !places.contains(&"y") && !places.contains(&"-y") {
        return Err(TemplateError::Missing { place: "y" });
    }
    let asks_token = url.contains("{token}");
    let source = Source {
        id: SourceId(String::new()),
        name: String::new(),
        datum: match is_of(GCJ02_HOSTS) {
            true => Datum::Gcj02,
            false => Datum::Wgs84,
        },
        levels: LEVELS,
        attribution: String::new(),
        attribution_url: String::new(),
        keeping: match is_of(GCJ02_HOSTS) || is_below(&host, "openstreetmap.org") {
            true => Keeping::Forbidden,
            false => Keeping::Unknown,
        },
        token: asks_token.then(|| TokenName::of_url(&url)),
        kind: SourceKind::Xyz { url, subdomains },
    };
    Ok((source, token))
}

impl TokenName {
    /// Who gives the token that an address asks for: Tianditu, else the host itself.
    pub fn of_url(url: &str) -> Self {
        let host = host_of(url).unwrap_or_default();
        match is_below(&host, "tianditu.gov.cn") {
            true => Self("tianditu".to_owned()),
            false => Self(host),
        }
    }
}

/// In lower case, without the port. `None` where the address is none of the web.
fn host_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let is_web = ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str());
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (is_web && !host.is_empty()).then(|| host.to_ascii_lowercase())
}

fn is_below(host: &str, end: &str) -> bool {
    host.strip_suffix(end)
        .is_some_and(|start| start.is_empty() || start.ends_with('.'))
}

/// The preset that an address of Tianditu's is of, by the first part of its path or by `T=vec_w`.
fn tianditu(host: &str, url: &str) -> Option<&'static Source> {
    if !["tianditu.gov.cn", "tianditu.com", "tianditu.cn"]
        .iter()
        .any(|end| is_below(host, end))
    {
        return None;
    }
    let words = url.split(['/', '?', '&', '=']);
    let words: Vec<_> = words.map(|word| word.to_ascii_lowercase()).collect();
    presets().iter().find(|preset| {
        let layer = preset.id.0.strip_prefix("tianditu-");
        layer.is_some_and(|layer| words.contains(&layer.replace('-', "_")))
    })
}

/// Placeholders as this program writes them: `{X}` and `${x}` are `{x}`, and `{0-7}`, `{a,b}` and
/// `{switch:a,b}` are `{s}` with those subdomains.
fn normal(url: &str) -> (String, Subdomains) {
    let mut normal = String::new();
    let mut subdomains = Vec::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        normal.push_str(before.strip_suffix('$').unwrap_or(before));
        let Some((place, after)) = after.split_once('}') else {
            normal.push('{');
            rest = after;
            continue;
        };
        let lower = place.to_ascii_lowercase();
        match hosts(place) {
            Some(hosts) => {
                subdomains = hosts;
                normal.push_str("{s}");
            }
            None if PLACES.contains(&lower.as_str()) => normal += &format!("{{{lower}}}"),
            None => normal += &format!("{{{place}}}"),
        }
        rest = after;
    }
    normal.push_str(rest);
    if subdomains.is_empty() && normal.contains("{s}") {
        subdomains = USUAL_SUBDOMAINS.map(str::to_owned).to_vec();
    }
    (normal, subdomains)
}

/// `0-7`, `a-c`, `a,b`, `switch:a,b`.
fn hosts(place: &str) -> Option<Subdomains> {
    let list = place.strip_prefix("switch:").unwrap_or(place);
    if list.contains(',') {
        return Some(list.split(',').map(|host| host.trim().to_owned()).collect());
    }
    let mut signs = list.chars();
    match (signs.next()?, signs.next()?, signs.next()?, signs.next()) {
        (from, '-', to, None) if from.is_ascii_alphanumeric() && from <= to => {
            Some((from..=to).map(String::from).collect())
        }
        _ => None,
    }
}

fn placeholders(url: &str) -> Vec<&str> {
    let starts = url.split('{').skip(1);
    starts
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::TileAddress;
    use crate::basemap::template::tile_url;

    #[test]
    fn what_is_pasted_becomes_a_source_however_placeholders_are_written() {
        for (pasted, filled) in [
            (
                "https://a.example/{z}/{x}/{y}.png",
                "https://a.example/3/6/2.png",
            ),
            ("HTTP://a.example/${Z}/${X}/${Y}", "HTTP://a.example/3/6/2"),
            (
                "https://t{0-1}.example/{z}/{x}/{-y}",
                "https://t0.example/3/6/5",
            ),
            (
                "https://{switch:m,n}.example/{z}/{x}/{y}",
                "https://m.example/3/6/2",
            ),
            (
                "https://{s}.example/{z}/{x}/{y}{r}",
                "https://c.example/3/6/2",
            ),
            (
                "https://a.example/{z}/{x}/{y}?apikey=abc",
                "https://a.example/3/6/2?apikey=abc",
            ),
        ] {
            let (source, token) = source_of(pasted).unwrap();
            let token = token.map(|token| token.value);
            let url = tile_url(&source, TileAddress::new(3, 6, 2), token.as_deref());
            assert_eq!(url.as_deref(), Some(filled));
            assert_eq!(source.token.is_some(), token.is_some());
            assert!(!format!("{source:?}").contains("abc"));
        }
    }

    #[test]
    fn an_address_says_what_it_lacks() {
        use TemplateError::*;
        let unknown = |place: &str| Unknown {
            place: place.to_owned(),
        };
        for (pasted, error) in [
            ("tiles/{z}/{x}/{y}", NotWeb),
            ("ftp://a/{z}/{x}/{y}", NotWeb),
            ("https:///{z}/{x}/{y}", NotWeb),
            ("https://a/{x}/{y}", Missing { place: "z" }),
            ("https://a/{z}/{y}", Missing { place: "x" }),
            ("https://a/{z}/{x}/0", Missing { place: "y" }),
            ("https://a/{q}", unknown("q")),
            ("https://a/{z}/{x}/{y}/{time}", unknown("time")),
            (
                "https://a/{TileMatrix}/{TileRow}/{TileCol}",
                NeedsCapabilities,
            ),
            ("https://online0.map.bdimg.com/{z}/{x}/{y}", BaiduGrid),
            ("https://a/{z}/{x}/{y", Missing { place: "y" }),
        ] {
            assert_eq!(source_of(pasted).unwrap_err(), error, "{pasted}");
        }
    }

    #[test]
    fn tianditu_is_known_with_its_grid_and_its_token() {
        for (pasted, id) in [
            (
                "http://t0.tianditu.gov.cn/vec_c/wmts?SERVICE=WMTS&TILEMATRIXSET=c&tk=0123abcd",
                "tianditu-vec-c",
            ),
            (
                "https://t{s}.tianditu.gov.cn/DataServer?T=img_w&x={x}&y={y}&l={z}&tk=0123abcd",
                "tianditu-img-w",
            ),
        ] {
            let (source, token) = source_of(pasted).unwrap();
            assert_eq!(source.id.0, id);
            assert_eq!(token.unwrap().value, "0123abcd");
            assert_eq!(source.token.unwrap().0, "tianditu");
        }
    }

    #[test]
    fn the_host_tells_the_datum_and_whether_tiles_may_be_kept() {
        for (pasted, datum, keeping) in [
            (
                "https://webrd01.is.autonavi.com/appmaptile?x={x}&y={y}&z={z}",
                Datum::Gcj02,
                Keeping::Forbidden,
            ),
            (
                "https://a.tile.openstreetmap.org/{z}/{x}/{y}.png",
                Datum::Wgs84,
                Keeping::Forbidden,
            ),
            (
                "https://notautonavi.com/{z}/{x}/{y}",
                Datum::Wgs84,
                Keeping::Unknown,
            ),
        ] {
            let (source, _) = source_of(pasted).unwrap();
            assert_eq!((source.datum, source.keeping), (datum, keeping), "{pasted}");
        }
    }
}
