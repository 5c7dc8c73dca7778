//! An address that somebody types or pastes, made into a source, or refused with what it lacks.

use super::template::extract_token;
use super::{Keeping, Source, SourceId, SourceKind, TokenName, WmtsGrid};
use crate::model::{Crs, Datum};

/// What is filled in about a source of one's own.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedSource {
    pub name: String,
    pub address: String,
    /// Hosts in place of `{s}`, with commas or spaces between.
    pub subdomains: String,
    pub datum: Datum,
    pub grid: Grid,
    pub levels: (u8, u8),
    pub attribution: String,
    /// Whether whoever adds it may keep its tiles offline.
    pub keeping: Keeping,
}

/// How the tiles of an address are cut. What a service describes itself is not asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grid {
    /// Squares of the projection of web maps; Tianditu calls it 球面墨卡托, «w».
    #[default]
    WebMercator,
    /// Squares of degrees; Tianditu calls it 经纬度直投, «c».
    Degrees,
}

impl Grid {
    pub const ALL: [Self; 2] = [Self::WebMercator, Self::Degrees];

    /// What an address says of its grid, as Tianditu's do; web maps where it says nothing.
    pub fn of_address(address: &str) -> Self {
        let lower = address.to_ascii_lowercase();
        let says = [
            "_c/wmts",
            "tilematrixset=c&",
            "t=vec_c",
            "t=img_c",
            "t=cva_c",
            "t=cia_c",
        ];
        match says.iter().any(|part| lower.contains(part)) || lower.ends_with("tilematrixset=c") {
            true => Self::Degrees,
            false => Self::WebMercator,
        }
    }
}

/// Why an address is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    Empty,
    /// Neither `http://` nor `https://`.
    NoScheme,
    /// This place for a number is missing.
    Missing(Place),
    /// `{s}` without hosts to stand there.
    NoSubdomains,
    /// Something in braces that nobody fills in.
    Unknown,
    /// Rows of degrees are counted from the north alone.
    RowsFromSouth,
    /// The first level is beyond the last.
    Levels,
}

/// The places that every address of tiles has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Level,
    Column,
    Row,
}

impl Place {
    pub fn text(self) -> &'static str {
        match self {
            Self::Level => "{z}",
            Self::Column => "{x}",
            Self::Row => "{y}",
        }
    }
}

/// A source, and the token that stood in the address it was pasted with.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    pub source: Source,
    pub token: Option<String>,
}

/// The deepest level that any map has.
pub const LAST_LEVEL: u8 = 22;
const FILLED: [&str; 6] = ["{z}", "{x}", "{y}", "{-y}", "{s}", "{token}"];

/// Makes a source of what was typed.
///
/// # Errors
/// [`AddressFault`]: the first thing that is missing.
pub fn parse(typed: &TypedSource, id: SourceId) -> Result<Parsed, AddressFault> {
    let address = typed.address.trim();
    if address.is_empty() {
        return Err(AddressFault::Empty);
    }
    if !address.starts_with("http://") && !address.starts_with("https://") {
        return Err(AddressFault::NoScheme);
    }
    let (url, token) = extract_token(&ours(address));
    let token = token.map(|found| found.value);
    let has = |place: &str| url.contains(place);
    if !has("{z}") {
        return Err(AddressFault::Missing(Place::Level));
    }
    if !has("{x}") {
        return Err(AddressFault::Missing(Place::Column));
    }
    if !has("{y}") && !has("{-y}") {
        return Err(AddressFault::Missing(Place::Row));
    }
    let left = FILLED
        .iter()
        .fold(url.clone(), |url, known| url.replace(known, ""));
    if left.contains(['{', '}']) {
        return Err(AddressFault::Unknown);
    }
    let subdomains: Vec<String> = typed
        .subdomains
        .split([',', '，', ' ', ';'])
        .filter(|host| !host.is_empty())
        .map(str::to_owned)
        .collect();
    if has("{s}") && subdomains.is_empty() {
        return Err(AddressFault::NoSubdomains);
    }
    let (first, last) = typed.levels;
    if first > last || last > LAST_LEVEL {
        return Err(AddressFault::Levels);
    }
    if typed.grid == Grid::Degrees && has("{-y}") {
        return Err(AddressFault::RowsFromSouth);
    }
    let name = match typed.name.trim() {
        "" => host(&url).to_owned(),
        name => name.to_owned(),
    };
    Ok(Parsed {
        source: Source {
            token: url.contains("{token}").then(|| TokenName(id.0.clone())),
            id,
            name,
            kind: match typed.grid {
                Grid::WebMercator => SourceKind::Xyz { url, subdomains },
                Grid::Degrees => degrees(&url, subdomains, typed),
            },
            datum: typed.datum,
            levels: typed.levels,
            attribution: typed.attribution.trim().to_owned(),
            attribution_url: String::new(),
            keeping: typed.keeping,
        },
        token,
    })
}

/// Tiles of degrees: two side by side in level 1, numbered as their levels are.
fn degrees(url: &str, subdomains: Vec<String>, typed: &TypedSource) -> SourceKind {
    let url = url
        .replace("{z}", "{TileMatrix}")
        .replace("{x}", "{TileCol}")
        .replace("{y}", "{TileRow}");
    let (first, last) = typed.levels;
    SourceKind::Wmts {
        url,
        subdomains,
        grid: WmtsGrid {
            crs: Crs::Degrees(typed.datum),
            top_left: (-180.0, 90.0),
            side: 360.0,
            size: (1.0, 0.5),
            tile_px: 256,
            matrices: (first..=last).map(|level| level.to_string()).collect(),
        },
    }
}

/// The address as written for other programs, with the places as they are called here.
fn ours(address: &str) -> String {
    let mut url = address.to_owned();
    for (theirs, ours) in [
        ("${", "{"),
        ("{Z}", "{z}"),
        ("{X}", "{x}"),
        ("{Y}", "{y}"),
        ("{zoom}", "{z}"),
        ("{TileMatrix}", "{z}"),
        ("{TILEMATRIX}", "{z}"),
        ("{TileCol}", "{x}"),
        ("{TILECOL}", "{x}"),
        ("{TileRow}", "{y}"),
        ("{TILEROW}", "{y}"),
        ("{key}", "{token}"),
        ("{tk}", "{token}"),
        ("{apikey}", "{token}"),
        // Fine screens are asked for by nobody here.
        ("{r}", ""),
        ("@2x", ""),
    ] {
        url = url.replace(theirs, ours);
    }
    url
}

/// The host of an address, for a name where nobody gave one.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(address: &str) -> TypedSource {
        TypedSource {
            name: String::new(),
            address: address.to_owned(),
            subdomains: String::new(),
            datum: Datum::Cgcs2000,
            grid: Grid::of_address(address),
            levels: (1, 18),
            attribution: String::new(),
            keeping: Keeping::Unknown,
        }
    }

    fn read(address: &str) -> Result<Parsed, AddressFault> {
        parse(&typed(address), SourceId("own".to_owned()))
    }

    #[test]
    fn an_address_that_lacks_something_is_refused_for_just_that() {
        use AddressFault::*;
        for (address, fault) in [
            ("  ", Empty),
            ("tiles.example/{z}/{x}/{y}", NoScheme),
            ("http://a/{x}/{y}.png", Missing(Place::Level)),
            ("http://a/{z}/{y}.png", Missing(Place::Column)),
            ("http://a/{z}/{x}.png", Missing(Place::Row)),
            ("http://a/{z}/{x}/{y}/{style}.png", Unknown),
            ("http://{s}.a/{z}/{x}/{y}.png", NoSubdomains),
        ] {
            assert_eq!(read(address).err(), Some(fault), "{address}");
        }
        let levels = TypedSource {
            levels: (9, 3),
            ..typed("http://a/{z}/{x}/{y}")
        };
        let id = SourceId("own".to_owned());
        assert_eq!(parse(&levels, id).err(), Some(Levels));
    }

    #[test]
    fn addresses_of_other_programs_are_understood() {
        for (address, url) in [
            (
                "https://a.b/${z}/{X}/{-y}.png",
                "https://a.b/{z}/{x}/{-y}.png",
            ),
            (
                "http://a/{TileMatrix}/{TileRow}/{TileCol}{r}.jpg",
                "http://a/{z}/{y}/{x}.jpg",
            ),
        ] {
            let parsed = read(address).unwrap();
            let SourceKind::Xyz { url: ours, .. } = &parsed.source.kind else {
                panic!("{parsed:?}");
            };
            assert_eq!((ours.as_str(), parsed.token), (url, None));
        }
    }

    #[test]
    fn a_pasted_address_of_tianditus_degrees_lies_where_degrees_do() {
        use crate::basemap::template::tile_url;
        use crate::basemap::{Lattice, TileAddress};
        let parsed = read(
            "http://t0.tianditu.gov.cn/img_c/wmts?layer=img&tilematrixset=c\
             &tilematrix={z}&tilerow={y}&tilecol={x}&tk=0a1b",
        );
        let source = parsed.unwrap().source;
        let lattice = source.online_lattice().unwrap();
        assert_eq!(lattice, Lattice::geographic(Datum::Cgcs2000, 1..=18));
        let url = tile_url(&source, TileAddress::new(1, 1, 0), Some("s")).unwrap();
        assert!(
            url.ends_with("tilematrix=1&tilerow=0&tilecol=1&tk=s"),
            "{url}"
        );
        let from_south = "http://a/img_c/wmts/{z}/{-y}/{x}";
        assert_eq!(read(from_south).err(), Some(AddressFault::RowsFromSouth));
        assert_eq!(
            Grid::of_address("http://t0/img_w/wmts?tilematrixset=w"),
            Grid::WebMercator
        );
    }

    #[test]
    fn a_token_in_a_pasted_address_is_taken_out_of_it() {
        let parsed =
            read("http://t0.tianditu.gov.cn/vec_w/wmts?l={z}&x={x}&y={y}&tk=0a1b2c").unwrap();
        assert_eq!(parsed.token.as_deref(), Some("0a1b2c"));
        let text = serde_json::to_string(&parsed.source).unwrap();
        assert!(
            !text.contains("0a1b2c") && text.contains("tk={token}"),
            "{text}"
        );
        assert_eq!(parsed.source.name, "t0.tianditu.gov.cn");
        assert_eq!(parsed.source.token, Some(TokenName("own".to_owned())));
    }
}
