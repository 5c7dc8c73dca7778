//! Documents of our own making, in the manner of those that are met.

use super::*;
use crate::basemap::template::tile_url;
use crate::basemap::{TileAddress, presets};
use crate::model::{Crs, Datum, Easting, LonLat, Meridian};

const NANCHANG: LonLat = LonLat {
    lon: 115.892,
    lat: 28.676,
};

/// A matrix, its scale denominator and its size.
struct Matrix(&'static str, f64, u32, u32);

fn set(name: &str, crs: &str, corner: &str, matrices: &[Matrix]) -> String {
    let matrices = matrices.iter().map(|Matrix(name, scale, columns, rows)| {
        format!(
            "<TileMatrix><ows:Identifier>{name}</ows:Identifier>
             <ScaleDenominator>{scale:e}</ScaleDenominator><TopLeftCorner>{corner}</TopLeftCorner>
             <TileWidth>256</TileWidth><TileHeight>256</TileHeight>
             <MatrixWidth>{columns}</MatrixWidth><MatrixHeight>{rows}</MatrixHeight></TileMatrix>"
        )
    });
    format!(
        "<TileMatrixSet><ows:Identifier>{name}</ows:Identifier>
         <ows:SupportedCRS>{crs}</ows:SupportedCRS>{}</TileMatrixSet>",
        matrices.collect::<String>()
    )
}

fn document(operations: &str, layers: &str, sets: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <Capabilities xmlns="http://www.opengis.net/wmts/1.0"
            xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xlink="http://www.w3.org/1999/xlink">
          <ows:ServiceIdentification><ows:Title>测试服务</ows:Title></ows:ServiceIdentification>
          <ows:OperationsMetadata>{operations}</ows:OperationsMetadata>
          <Contents>{layers}{sets}</Contents></Capabilities>"#
    )
}

fn layer(name: &str, format: &str, set: &str, more: &str) -> String {
    format!(
        r#"<Layer><ows:Title>{name} title</ows:Title><ows:Identifier>{name}</ows:Identifier>
        <Style><ows:Identifier>other</ows:Identifier></Style>
        <Style isDefault="true"><ows:Identifier>default</ows:Identifier></Style>
        <Format>{format}</Format>
        <TileMatrixSetLink><TileMatrixSet>{set}</TileMatrixSet></TileMatrixSetLink>{more}</Layer>"#
    )
}

fn get_tile(address: &str) -> String {
    format!(
        r#"<ows:Operation name="GetTile"><ows:DCP><ows:HTTP><ows:Get xlink:href="{address}">
        <ows:Constraint name="GetEncoding"><ows:AllowedValues><ows:Value>KVP</ows:Value>
        </ows:AllowedValues></ows:Constraint></ows:Get></ows:HTTP></ows:DCP></ows:Operation>"#
    )
}

/// The one source, and the tile of it over Nanchang.
fn only(document: &str, address: &str, level: u8) -> (Source, TileAddress) {
    let offers = offers(document, address).unwrap();
    let source = offers.offers[0].source.clone().unwrap();
    let lattice = source.online_lattice().unwrap();
    let at = lattice.tiles_to(level, NANCHANG).unwrap();
    let tile = TileAddress::new(level, at.x as u32, at.y as u32);
    assert!(lattice.contains(tile));
    (source, tile)
}

/// As Tianditu writes them: scales of 96 pixels to the inch, levels from 1, and the corner of the
/// projected set with the number to the north first.
const SCALE_1: f64 = 2.958293554545656e8;

fn tianditu(set_name: &str, crs: &str, corner: &str, rows: u32) -> String {
    let matrices = [
        Matrix("1", SCALE_1, 2, rows),
        Matrix("2", SCALE_1 / 2.0, 4, rows * 2),
        Matrix("3", SCALE_1 / 4.0, 8, rows * 4),
    ];
    document(
        &get_tile("http://t0.tianditu.gov.cn/vec_c/wmts?"),
        &layer("vec", "tiles", set_name, ""),
        &set(set_name, crs, corner, &matrices),
    )
}

#[test]
fn tianditu_offers_the_very_grids_that_are_shipped() {
    for (set_name, crs, corner, rows, id) in [
        (
            "c",
            "urn:ogc:def:crs:EPSG::4490",
            "90.0 -180.0",
            1,
            "tianditu-vec-c",
        ),
        (
            "w",
            "urn:ogc:def:crs:EPSG::900913",
            "20037508.3427892 -20037508.3427892",
            2,
            "tianditu-vec-w",
        ),
    ] {
        let document = tianditu(set_name, crs, corner, rows);
        let address = "http://t0.tianditu.gov.cn/vec_c/wmts?request=GetCapabilities&tk=0123abcd";
        let (source, tile) = only(&document, address, 3);
        let preset = presets().iter().find(|preset| preset.id.0 == id).unwrap();
        let (ours, theirs) = (
            preset.online_lattice().unwrap(),
            source.online_lattice().unwrap(),
        );
        assert_eq!(source.levels, (1, 3), "{id}");
        let at = |lattice: &crate::basemap::Lattice| lattice.tiles_to(18, NANCHANG).unwrap();
        let off = at(&ours) - at(&theirs);
        assert!(off.x.abs() < 0.01 && off.y.abs() < 0.01, "{id} {off:?}");
        assert_eq!(theirs.size.x, 1.0, "{id}");
        assert_eq!(source.token.as_ref().unwrap().0, "tianditu");
        let url = tile_url(&source, tile, Some("secret")).unwrap();
        assert!(
            url.ends_with("&TILEMATRIX=3&TILEROW=3&TILECOL=6") || set_name == "c",
            "{url}"
        );
        assert!(
            url.contains("tk=secret&") && url.contains("FORMAT=tiles"),
            "{url}"
        );
        assert!(!format!("{source:?}").contains("0123abcd"));
        let token = offers(&document, address).unwrap().token.unwrap();
        assert_eq!(token.value, "0123abcd");
    }
}

#[test]
fn a_geoserver_is_read_with_its_names_of_matrices_and_its_own_addresses() {
    let scale = 5.590822639508929e8;
    let matrices = [
        Matrix("EPSG:900913:0", scale, 1, 1),
        Matrix("EPSG:900913:1", scale / 2.0, 2, 2),
        Matrix("EPSG:900913:2", scale / 4.0, 4, 4),
    ];
    let template = "http://gis.example/gwc/rest/wmts/a:b/{style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}?format=image/png";
    let resource =
        format!(r#"<ResourceURL format="image/png" resourceType="tile" template="{template}"/>"#);
    let document = document(
        "",
        &layer("a:b", "image/png", "EPSG:900913", &resource),
        &set(
            "EPSG:900913",
            "urn:ogc:def:crs:EPSG::900913",
            "-2.003750834E7 2.0037508E7",
            &matrices,
        ),
    );
    let (source, tile) = only(&document, "http://gis.example/gwc", 2);
    assert_eq!(source.levels, (0, 2));
    assert_eq!(source.token, None);
    assert_eq!(
        tile_url(&source, tile, None).unwrap(),
        "http://gis.example/gwc/rest/wmts/a:b/default/EPSG:900913/EPSG:900913:2/1/3?format=image/png"
    );
    assert_eq!(
        source.online_lattice().unwrap().crs,
        Crs::WebMercator(Datum::Wgs84)
    );
}

#[test]
fn an_arcgis_plan_in_gauss_kruger_lies_where_its_corner_says_north_first() {
    // Half a metre a pixel at the coarsest, from a corner in zone 39.
    let scale = 0.5 / 0.00028;
    let matrices = [
        Matrix("0", scale, 200, 100),
        Matrix("1", scale / 2.0, 400, 200),
    ];
    let document = document(
        &get_tile("http://gis.example/arcgis/rest/services/plan/MapServer/WMTS?"),
        &layer("plan", "image/jpeg", "default028mm", ""),
        &set(
            "default028mm",
            "urn:ogc:def:crs:EPSG::4548",
            "3180000.0 388000.0",
            &matrices,
        ),
    );
    let (source, tile) = only(&document, "http://gis.example/wmts.xml", 1);
    assert_eq!(
        source.online_lattice().unwrap().crs,
        Crs::GaussKruger(Meridian::East117, Easting::Plain)
    );
    let lattice = source.online_lattice().unwrap();
    assert_eq!(
        (lattice.affine.origin.x, lattice.affine.origin.y),
        (388_000.0, 3_180_000.0)
    );
    assert!((lattice.affine.column.x - 128.0).abs() < 1e-6);
    let url = tile_url(&source, tile, None).unwrap();
    assert!(
        url.contains("WMTS?SERVICE=WMTS&") && url.contains("TILEMATRIX=1&"),
        "{url}"
    );
}

#[test]
fn degrees_are_read_in_the_order_that_their_name_means() {
    let scale = 2.795411320143589e8;
    for (crs, corner) in [
        ("urn:ogc:def:crs:EPSG::4326", "90 -180"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "-180 90"),
        ("EPSG:4326", "-180 90"),
        // Some write it the wrong way round.
        ("urn:ogc:def:crs:EPSG::4326", "-180 90"),
    ] {
        let matrices = [Matrix("0", scale, 2, 1), Matrix("1", scale / 2.0, 4, 2)];
        let document = document(
            &get_tile("http://a.example/?"),
            &layer("l", "image/png", "s", ""),
            &set("s", crs, corner, &matrices),
        );
        let (source, _) = only(&document, "http://a.example/", 2);
        assert_eq!(source.levels, (1, 2), "{crs} {corner}");
        let lattice = source.online_lattice().unwrap();
        assert_eq!(
            (lattice.affine.origin.x, lattice.affine.origin.y),
            (-180.0, 90.0)
        );
        assert!((lattice.affine.column.x - 360.0).abs() < 1e-6);
        assert_eq!((lattice.size.x, lattice.size.y), (1.0, 0.5));
    }
}

#[test]
fn what_cannot_be_shown_is_listed_with_its_reason() {
    let whole = |name: &str, crs: &str, factor: f64| {
        let matrices = [Matrix("0", 1e6, 1, 1), Matrix("1", 1e6 / factor, 2, 2)];
        set(name, crs, "-180 90", &matrices)
    };
    let sets = [
        whole("unknown", "urn:ogc:def:crs:EPSG::2437", 2.0),
        whole("thirds", "EPSG:3857", 3.0),
        whole("good", "EPSG:3857", 2.0),
        set("empty", "EPSG:3857", "", &[]),
    ];
    let timed = r#"<ResourceURL format="image/png" resourceType="tile" template="http://a/{Time}/{TileMatrix}/{TileRow}/{TileCol}"/>"#;
    let layers = [
        layer("1", "image/png", "unknown", ""),
        layer("2", "image/png", "thirds", ""),
        layer("3", "application/vnd.mapbox-vector-tile", "good", ""),
        layer("4", "image/png", "missing", ""),
        layer("5", "image/png", "empty", ""),
        layer("6", "image/png", "good", timed),
    ];
    let rest_only = r#"<ows:Operation name="GetTile"><ows:DCP><ows:HTTP><ows:Get xlink:href="http://a/">
        <ows:Constraint name="GetEncoding"><ows:AllowedValues><ows:Value>RESTful</ows:Value>
        </ows:AllowedValues></ows:Constraint></ows:Get></ows:HTTP></ows:DCP></ows:Operation>"#;
    let document = document(rest_only, &layers.concat(), &sets.concat());
    let offers = offers(&document, "http://a/").unwrap();
    let reasons: Vec<_> = offers
        .offers
        .into_iter()
        .map(|offer| offer.source.unwrap_err())
        .collect();
    assert_eq!(
        reasons,
        [
            Unsuitable::UnknownCrs {
                crs: "urn:ogc:def:crs:EPSG::2437".to_owned()
            },
            Unsuitable::NotHalving,
            Unsuitable::NoPicture {
                formats: "application/vnd.mapbox-vector-tile".to_owned()
            },
            Unsuitable::NoMatrices,
            Unsuitable::NoMatrices,
            Unsuitable::NoAddress,
        ]
    );
}

#[test]
fn what_is_no_capabilities_document_is_told_by_its_kind() {
    use CapabilitiesError::*;
    let told = |document: &str| offers(document, "http://a/").unwrap_err();
    assert!(matches!(told("<html"), NotXml { .. }));
    let html = NotCapabilities {
        found: "html".to_owned(),
    };
    assert_eq!(told("<html><body/></html>"), html);
    let complaint =
        "<ows:ExceptionReport xmlns:ows='o'><ows:Exception><ows:ExceptionText>无效的 key
        </ows:ExceptionText></ows:Exception></ows:ExceptionReport>";
    let refused = Refused {
        text: "无效的 key".to_owned(),
    };
    assert_eq!(told(complaint), refused);
    // Entities that grow are cut short.
    let mut bomb = "<!DOCTYPE a [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..40 {
        let before = level - 1;
        bomb += &format!("<!ENTITY a{level} \"&a{before};&a{before};\">");
    }
    assert!(matches!(
        told(&format!("{bomb}]><a>&a39;</a>")),
        NotXml { .. }
    ));
}
