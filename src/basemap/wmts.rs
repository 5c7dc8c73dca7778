//! A WMTS's description of itself, as the layers that can be shown here: after OGC 07-057r7.

use super::template::{FoundToken, extract_token};
use super::{Keeping, Source, SourceId, SourceKind, TokenName, WmtsGrid};
use crate::model::Crs;
use roxmltree::{Document, Node};
use std::collections::BTreeMap;

/// Metres of a pixel at the scale denominator 1, as the standard has it.
const PIXEL_M: f64 = 0.000_28;
/// Metres of a degree that the standard reckons with, whatever the place.
const DEGREE_M: f64 = 111_319.490_793_273_57;
/// How far two matrices may be from halving.
const TOLERANCE: f64 = 1e-6;

/// A layer that the service offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    pub title: String,
    /// The layer as a source, or why it cannot be shown.
    pub source: Result<Source, Unusable>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// None of its tile matrix sets is in a system that is known here; the first names its own.
    UnknownCrs { name: String },
    /// The matrices of the set do not halve from one to the next.
    Ladder { set: String },
    /// No picture in a format that is read here.
    NoPicture,
    /// The description lacks an address for the tiles.
    NoAddress,
}

/// Why a text describes no WMTS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CapabilitiesFault {
    /// No XML at all: a sign-in page, as a rule.
    NoXml,
    /// XML, but of something else; the service says this, where it says anything.
    NoWmts { says: String },
}

/// The layers of a service. `url` is where the description came from, its token (if any) included;
/// `id` makes an id for the layer of this index.
///
/// # Errors
/// [`CapabilitiesFault`].
pub fn read(
    text: &str,
    url: &str,
    id: impl Fn(usize) -> SourceId,
) -> Result<Vec<Offered>, CapabilitiesFault> {
    let document = Document::parse(text.trim_start_matches('\u{feff}').trim_start())
        .map_err(|_| CapabilitiesFault::NoXml)?;
    let root = document.root_element();
    if root.tag_name().name() != "Capabilities" {
        let says = find(root, "ExceptionText").or(find(root, "ServiceException"));
        let says = says.and_then(|node| node.text()).unwrap_or_default();
        return Err(CapabilitiesFault::NoWmts {
            says: says.trim().to_owned(),
        });
    }
    let contents = child(root, "Contents").ok_or(CapabilitiesFault::NoWmts {
        says: String::new(),
    })?;
    let sets: BTreeMap<&str, Node> = children(contents, "TileMatrixSet")
        .filter_map(|set| Some((text_of(set, "Identifier")?, set)))
        .collect();
    let provider = find(root, "ProviderName").and_then(|node| node.text());
    let service = Service {
        sets,
        attribution: provider.unwrap_or_default().trim().to_owned(),
        key_value: key_value_address(root),
        token: extract_token(url).1,
    };
    let layers = children(contents, "Layer").enumerate();
    Ok(layers
        .map(|(index, layer)| {
            let name = text_of(layer, "Identifier").unwrap_or_default();
            let title = text_of(layer, "Title").filter(|title| !title.is_empty());
            let title = title.unwrap_or(name).to_owned();
            let source = service.source(layer, name, &title, id(index));
            Offered { title, source }
        })
        .collect())
}

struct Service<'a> {
    sets: BTreeMap<&'a str, Node<'a, 'a>>,
    attribution: String,
    /// Where tiles are asked for by parameters.
    key_value: Option<&'a str>,
    /// What the description was asked for with.
    token: Option<FoundToken>,
}

impl Service<'_> {
    fn source(
        &self,
        layer: Node,
        name: &str,
        title: &str,
        id: SourceId,
    ) -> Result<Source, Unusable> {
        let links = children(layer, "TileMatrixSetLink");
        let linked: Vec<_> = links
            .filter_map(|link| self.sets.get(text_of(link, "TileMatrixSet")?))
            .collect();
        let mut refused = None;
        let mut usable = None;
        for set in linked {
            match ladder(*set) {
                Ok(ladder) => {
                    // Square tiles of Mercator fit the map best; any other that is known will do.
                    let is_mercator = matches!(ladder.grid.crs, Crs::WebMercator(_));
                    if usable.is_none() || is_mercator {
                        usable = Some((text_of(*set, "Identifier").unwrap_or_default(), ladder));
                    }
                    if is_mercator {
                        break;
                    }
                }
                Err(why) => drop(refused.get_or_insert(why)),
            }
        }
        let Some((set, Ladder { grid, first, last })) = usable else {
            return Err(refused.unwrap_or(Unusable::NoAddress));
        };
        let url = self.address(layer, name, set)?;
        let (url, in_url) = extract_token(&url);
        let url = match (&self.token, in_url) {
            // The address does not repeat the token that the description was asked for with.
            (Some(token), None) if !url.contains("{token}") => {
                let joint = if url.contains('?') { '&' } else { '?' };
                format!("{url}{joint}{}={{token}}", token.key)
            }
            _ => url,
        };
        Ok(Source {
            token: url
                .contains("{token}")
                .then(|| TokenName(super::address::host(&url).to_owned())),
            id,
            name: title.to_owned(),
            datum: grid.crs.datum(),
            levels: (first, last),
            kind: SourceKind::Wmts {
                url,
                subdomains: Vec::new(),
                grid,
            },
            attribution: self.attribution.clone(),
            attribution_url: String::new(),
            keeping: Keeping::Unknown,
        })
    }

    /// The address of the tiles of a layer, with places for the matrix, the column and the row.
    fn address(&self, layer: Node, name: &str, set: &str) -> Result<String, Unusable> {
        let formats: Vec<_> = children(layer, "Format")
            .filter_map(|node| node.text())
            .collect();
        let wanted = [
            "image/png",
            "image/jpeg",
            "image/jpg",
            "image/webp",
            "tiles",
            "image/png8",
        ];
        let format = wanted.iter().find(|format| {
            let mut offered = formats.iter();
            offered.any(|offered| offered.trim().eq_ignore_ascii_case(format))
        });
        let format = format.ok_or(Unusable::NoPicture)?;
        let style = children(layer, "Style");
        let style = style
            .max_by_key(|style| style.attribute("isDefault") == Some("true"))
            .and_then(|style| text_of(style, "Identifier"))
            .unwrap_or("default");
        let tiles = children(layer, "ResourceURL");
        let template = tiles
            .filter(|node| node.attribute("resourceType") == Some("tile"))
            .filter(|node| {
                node.attribute("format")
                    .is_none_or(|it| it.eq_ignore_ascii_case(format))
            })
            .find_map(|node| node.attribute("template"));
        if let Some(template) = template {
            let mut url = template.to_owned();
            for (place, value) in [
                ("{TileMatrixSet}", set),
                ("{Style}", style),
                ("{style}", style),
                ("{Layer}", name),
            ] {
                url = url.replace(place, value);
            }
            for dimension in children(layer, "Dimension") {
                let given = text_of(dimension, "Identifier").zip(text_of(dimension, "Default"));
                if let Some((name, value)) = given {
                    url = url.replace(&format!("{{{name}}}"), value);
                }
            }
            return Ok(url);
        }
        let base = self.key_value.ok_or(Unusable::NoAddress)?;
        let joint = match base.contains('?') {
            true if base.ends_with(['?', '&']) => "",
            true => "&",
            false => "?",
        };
        Ok(format!(
            "{base}{joint}SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={name}&STYLE={style}\
             &TILEMATRIXSET={set}&FORMAT={format}&TILEMATRIX={{TileMatrix}}&TILEROW={{TileRow}}\
             &TILECOL={{TileCol}}"
        ))
    }
}

/// The address under GetTile in the metadata of operations.
fn key_value_address<'a>(root: Node<'a, 'a>) -> Option<&'a str> {
    let metadata = child(root, "OperationsMetadata")?;
    let mut operations = children(metadata, "Operation");
    let tile = operations.find(|node| node.attribute("name") == Some("GetTile"))?;
    let get = find(tile, "Get")?;
    let href = |node: Node<'a, 'a>| {
        let mut attributes = node.attributes();
        attributes
            .find(|it| it.name() == "href")
            .map(|it| it.value())
    };
    href(get)
}

struct Ladder {
    grid: WmtsGrid,
    first: u8,
    last: u8,
}

/// A rung: its identifier, units a pixel, corner, and tiles across and down.
struct Matrix<'a> {
    id: &'a str,
    resolution: f64,
    corner: (f64, f64),
    width: f64,
    height: f64,
    tile_px: u32,
}

fn ladder(set: Node) -> Result<Ladder, Unusable> {
    let system = text_of(set, "SupportedCRS").unwrap_or_default();
    let (crs, axes) = crs_of(system).ok_or_else(|| Unusable::UnknownCrs {
        name: system.to_owned(),
    })?;
    let name = text_of(set, "Identifier").unwrap_or_default();
    let refused = || Unusable::Ladder {
        set: name.to_owned(),
    };
    let unit_m = match crs {
        Crs::Degrees(_) => DEGREE_M,
        _ => 1.0,
    };
    let mut matrices: Vec<_> = children(set, "TileMatrix")
        .filter_map(|matrix| read_matrix(matrix, axes, unit_m))
        .map(|matrix| of_whole_world(matrix, crs))
        .collect();
    matrices.sort_by(|a, b| b.resolution.total_cmp(&a.resolution));
    let first = matrices.first().ok_or_else(refused)?;
    let side = first.resolution * f64::from(first.tile_px);
    for (steps, matrix) in matrices.iter().enumerate() {
        let expected = first.resolution / (steps as f64).exp2();
        let corner = |a: f64, b: f64| (a - b).abs() <= TOLERANCE * side;
        let halves = (matrix.resolution / expected - 1.0).abs() < TOLERANCE;
        let same_corner =
            corner(matrix.corner.0, first.corner.0) && corner(matrix.corner.1, first.corner.1);
        if !halves || !same_corner || matrix.tile_px != first.tile_px {
            return Err(refused());
        }
    }
    // Numbered from the whole world, so that levels mean the same for every source.
    let world = world(crs);
    let level = (world / side).log2().round().clamp(0.0, 22.0);
    let scale = level.exp2();
    let last = level as usize + matrices.len() - 1;
    Ok(Ladder {
        first: level as u8,
        last: last.min(24) as u8,
        grid: WmtsGrid {
            crs,
            top_left: first.corner,
            side: side * scale,
            size: (first.width / scale, first.height / scale),
            tile_px: first.tile_px,
            matrices: matrices.iter().map(|matrix| matrix.id.to_owned()).collect(),
        },
    })
}

/// How wide the world is in a system, or a square of the same size in one of a zone.
fn world(crs: Crs) -> f64 {
    match crs {
        Crs::Degrees(_) => 360.0,
        _ => 40_075_016.685_578_5,
    }
}

/// A matrix of the whole world by its count of tiles: Tianditu and others reckon their scale
/// denominators with screens of 96 dots an inch instead of the standard's 0.28 mm.
fn of_whole_world(matrix: Matrix, crs: Crs) -> Matrix {
    let west = world(crs) / -2.0;
    let whole = world(crs) / (matrix.width * f64::from(matrix.tile_px));
    let is_whole =
        !matches!(crs, Crs::GaussKruger(..)) && (matrix.corner.0 / west - 1.0).abs() < 1e-6;
    match is_whole && (matrix.resolution / whole - 1.0).abs() < 0.1 {
        true => Matrix {
            resolution: whole,
            ..matrix
        },
        false => matrix,
    }
}

/// Which number of a corner comes first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Axes {
    EastFirst,
    NorthFirst,
}

/// The system of an `urn:ogc:def:crs:EPSG::4490`, an `EPSG:3857` or an `…CRS84`.
fn crs_of(name: &str) -> Option<(Crs, Axes)> {
    if name.ends_with("CRS84") {
        return Some((Crs::of_epsg(4326)?, Axes::EastFirst));
    }
    let code = name.rsplit([':', '/']).next()?.trim().parse().ok()?;
    let crs = Crs::of_epsg(code)?;
    // The register has degrees, and Gauss–Krüger too, with the north first; those who write the
    // short form mean the east.
    let by_register = name.starts_with("urn:") && !matches!(crs, Crs::WebMercator(_));
    Some((
        crs,
        if by_register {
            Axes::NorthFirst
        } else {
            Axes::EastFirst
        },
    ))
}

fn read_matrix<'a>(node: Node<'a, 'a>, axes: Axes, unit_m: f64) -> Option<Matrix<'a>> {
    let number = |name: &str| text_of(node, name)?.parse::<f64>().ok();
    let mut corner = text_of(node, "TopLeftCorner")?.split_whitespace();
    let mut next = || corner.next()?.parse::<f64>().ok();
    let (first, second) = (next()?, next()?);
    let (x, y) = match axes {
        Axes::EastFirst => (first, second),
        Axes::NorthFirst => (second, first),
    };
    // Many servers write the other first, whatever the register says. A latitude is never beyond
    // 90; and no north-western corner of a map of China lies in the south-east: Tianditu writes
    // that of its Mercator so.
    let is_beyond = unit_m == DEGREE_M && y.abs() > 90.0;
    let (x, y) = match is_beyond || (x > 0.0 && y < 0.0) {
        true => (y, x),
        false => (x, y),
    };
    let width = number("TileWidth")?;
    let is_square = number("TileHeight")? == width;
    let fits = is_square && (1.0..=2_048.0).contains(&width);
    fits.then_some(Matrix {
        id: text_of(node, "Identifier")?,
        resolution: number("ScaleDenominator")? * PIXEL_M / unit_m,
        corner: (x, y),
        width: number("MatrixWidth")?,
        height: number("MatrixHeight")?,
        tile_px: width as u32,
    })
}

fn child<'a>(node: Node<'a, 'a>, name: &'a str) -> Option<Node<'a, 'a>> {
    children(node, name).next()
}

/// Children of this name, whatever namespace they are in.
fn children<'a>(node: Node<'a, 'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    let elements = node.children().filter(Node::is_element);
    elements.filter(move |child| child.tag_name().name() == name)
}

fn find<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.descendants()
        .find(|node| node.tag_name().name() == name)
}

fn text_of<'a>(node: Node<'a, 'a>, name: &'a str) -> Option<&'a str> {
    child(node, name)?.text().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::template::tile_url;
    use crate::basemap::{Lattice, TileAddress};
    use crate::geodesy::measure::distance_m;
    use crate::model::{Datum, Easting, LonLat, Meridian};

    const DEGREES: &str = include_str!("../../tests/fixtures/wmts/degrees.xml");
    const REST: &str = include_str!("../../tests/fixtures/wmts/rest.xml");
    const GAUSS_KRUGER: &str = include_str!("../../tests/fixtures/wmts/gauss_kruger.xml");
    const NANCHANG: LonLat = LonLat {
        lon: 115.892,
        lat: 28.676,
    };

    fn offered(text: &str, url: &str) -> Vec<Offered> {
        read(text, url, |index| SourceId(format!("own {index}"))).unwrap()
    }

    #[test]
    fn tianditus_degrees_begin_at_level_1_and_ask_for_the_token_they_were_described_with() {
        let offered = offered(DEGREES, "http://t0.tianditu.gov.cn/vec_c/wmts?tk=0a1b2c");
        let source = offered[0].source.as_ref().unwrap();
        assert_eq!((source.levels, source.datum), ((1, 18), Datum::Cgcs2000));
        assert!(source.token.is_some() && !format!("{source:?}").contains("0a1b2c"));
        let lattice = source.online_lattice().unwrap();
        let ours = Lattice::geographic(Datum::Cgcs2000, 1..=18);
        let (there, here) = (lattice.tiles_to(15, NANCHANG), ours.tiles_to(15, NANCHANG));
        assert!(
            (there.unwrap() - here.unwrap()).x.abs() < 1e-3,
            "{there:?} {here:?}"
        );
        let url = tile_url(source, TileAddress::new(1, 1, 0), Some("secret")).unwrap();
        assert!(
            url.contains("TILEMATRIX=1&TILEROW=0&TILECOL=1&tk=secret"),
            "{url}"
        );
    }

    #[test]
    fn tianditus_mercator_lies_where_it_does_although_its_corner_is_written_north_first() {
        let text = DEGREES.replace("EPSG::4490", "EPSG::900913");
        let text = text.replace("90.0 -180.0", "20037508.3427892 -20037508.3427892");
        let offered = offered(&text, "http://t0.tianditu.gov.cn/vec_w/wmts");
        let source = offered[0].source.as_ref().unwrap();
        assert_eq!(source.levels, (1, 18));
        let lattice = source.online_lattice().unwrap();
        let ours = Lattice::web_mercator(Datum::Wgs84, 1..=18);
        let off = lattice.tiles_to(15, NANCHANG).unwrap() - ours.tiles_to(15, NANCHANG).unwrap();
        assert!(off.x.abs() < 1e-3 && off.y.abs() < 1e-3, "{off:?}");
    }

    #[test]
    fn each_layer_is_a_source_or_says_why_it_is_none() {
        let offered = offered(REST, "http://gis.example/gwc/service/wmts");
        let titles: Vec<_> = offered.iter().map(|layer| layer.title.as_str()).collect();
        assert_eq!(titles, ["道路规划", "地籍图", "矢量", "旧图"]);
        let road = offered[0].source.as_ref().unwrap();
        let url = tile_url(road, TileAddress::new(3, 6, 2), None).unwrap();
        assert_eq!(
            url,
            "http://gis.example/rest/plan:road/default/EPSG:900913/EPSG:900913:3/2/6?format=image/png"
        );
        assert_eq!(road.attribution, "县自然资源局");
        let why: Vec<_> = offered[1..]
            .iter()
            .map(|layer| layer.source.clone().err())
            .collect();
        let name = "urn:ogc:def:crs:EPSG::2437".to_owned();
        let ladder = Unusable::Ladder {
            set: "GK".to_owned(),
        };
        assert_eq!(
            why,
            [
                Some(ladder),
                Some(Unusable::NoPicture),
                Some(Unusable::UnknownCrs { name })
            ]
        );
    }

    #[test]
    fn a_service_in_gauss_kruger_lies_where_it_says() {
        let offered = offered(GAUSS_KRUGER, "http://gis.example/arcgis");
        let source = offered[0].source.as_ref().unwrap();
        let crs = Crs::GaussKruger(Meridian::East117, Easting::Plain);
        let lattice = source.online_lattice().unwrap();
        assert_eq!((lattice.crs, lattice.tile_px), (crs, 512));
        // Row 1, column 1 of matrix 1: 71,680 m east and south of the corner.
        let first = source.levels.0 + 1;
        let corner = lattice.position(first, 1.0, 1.0).unwrap();
        let step = 500_000.0 * PIXEL_M * 512.0;
        let expected = geo::coord! { x: 400_000.0 + step, y: 3_400_000.0 - step };
        let expected = crate::geodesy::crs::to_storage(crs, expected).unwrap();
        assert!(distance_m(corner, expected) < 0.01);
        let url = tile_url(source, TileAddress::new(first, 1, 1), None).unwrap();
        assert!(url.ends_with("/1/1/1.jpg"), "{url}");
    }

    #[test]
    fn what_describes_no_wmts_says_what_it_is() {
        let none = |text: &str| read(text, "", |_| SourceId(String::new())).err();
        assert_eq!(none("<html><br></html"), Some(CapabilitiesFault::NoXml));
        assert_eq!(none(""), Some(CapabilitiesFault::NoXml));
        let says = "token不正确".to_owned();
        let exception = "<ows:ExceptionReport xmlns:ows='x'><ows:Exception><ows:ExceptionText>token不正确</ows:ExceptionText></ows:Exception></ows:ExceptionReport>";
        assert_eq!(none(exception), Some(CapabilitiesFault::NoWmts { says }));
    }
}
