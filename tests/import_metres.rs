//! Lists in metres: Gauss–Krüger with and without zone numbers, X to the east or to the north.

#![allow(
    clippy::unwrap_used,
    reason = "clippy takes functions outside #[test] for code"
)]

use jiugai::catalogue::Catalogue;
use jiugai::geodesy::{crs, measure};
use jiugai::jobs::import::{ImportSettings, Imported, import, preview};
use jiugai::model::{AxisOrder, Change, Crs, ListKind, ListRole, LonLat, RowProblemKind, Survey};
use jiugai::progress::Progress;
use std::sync::LazyLock;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::shipped);

const PLACES: [LonLat; 3] = [
    LonLat {
        lon: 115.8921,
        lat: 28.6765,
    },
    LonLat {
        lon: 115.9012,
        lat: 28.6833,
    },
    LonLat {
        lon: 115.9104,
        lat: 28.6899,
    },
];

fn imported(file_name: &str, content: &str, crs: &str) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name);
    std::fs::write(&path, content).unwrap();
    let crs = Crs::named(crs).unwrap();
    let settings = ImportSettings {
        layer: None,
        crs,
        role: ListRole::Register,
        kind: ListKind::Other,
        mapping: preview(&path, &CATALOGUE)
            .unwrap()
            .mapping_for(crs, &CATALOGUE.headings),
    };
    let (survey, progress) = (Survey::default(), Progress::default());
    let now = "2026-11-28T08:00:00Z".parse().unwrap();
    let imported = import(&survey, &path, &settings, &CATALOGUE, now, &progress).unwrap();
    let fates = imported.estates + imported.register_rows;
    let rejected = imported.list.rejected.len() as u32;
    assert_eq!(imported.list.rows_read, fates + rejected);
    imported
}

/// A list of [`PLACES`] under these two headings.
fn list(headings: [&str; 2], crs: &str, order: AxisOrder) -> String {
    let system = Crs::named(crs).unwrap();
    let mut text = format!("小区名称,{},{}\n", headings[0], headings[1]);
    for (index, place) in PLACES.iter().enumerate() {
        let pair = crs::from_storage(system, *place).unwrap();
        // Turning a pair twice gives it back, so this turns it.
        let pair = order.east_first(pair);
        text += &format!("小区{index},{:.3},{:.3}\n", pair.x, pair.y);
    }
    text
}

fn positions(imported: &Imported) -> Vec<Option<LonLat>> {
    let estate = |change: &Change| match change {
        Change::Estate { after, .. } => Some(after.as_ref()?.position),
        _ => None,
    };
    imported.changes.iter().filter_map(estate).collect()
}

fn kinds(imported: &Imported) -> Vec<RowProblemKind> {
    imported.warnings.iter().map(|w| w.kind).collect()
}

#[test]
fn a_list_in_metres_lies_where_it_belongs_whichever_axis_is_first() {
    use AxisOrder::{EastFirst, NorthFirst};
    for crs in ["gk114", "gk114-zone", "gk117", "gk117-zone", "web-mercator"] {
        for (headings, order, said) in [
            (["X", "Y"], EastFirst, EastFirst),
            (["X", "Y"], NorthFirst, NorthFirst),
            (["X坐标", "Y坐标"], NorthFirst, NorthFirst),
            (["横坐标", "纵坐标"], EastFirst, EastFirst),
            (["纵坐标(X)", "横坐标(Y)"], NorthFirst, EastFirst),
            (["东(米)", "北(米)"], EastFirst, EastFirst),
            (["北坐标", "东坐标"], NorthFirst, EastFirst),
        ] {
            let imported = imported("名册.csv", &list(headings, crs, order), crs);
            assert_eq!(imported.axes, said, "{crs} {headings:?}");
            assert_eq!(kinds(&imported), [], "{crs} {headings:?}");
            for (found, place) in positions(&imported).into_iter().zip(PLACES) {
                let apart = measure::distance_m(found.unwrap(), place);
                assert!(apart < 0.01, "{crs} {headings:?} {apart}");
            }
        }
    }
}

#[test]
fn coordinates_of_another_system_are_kept_and_named_for_what_they_look_like() {
    use RowProblemKind::*;
    for (declared, content, kind) in [
        ("gk114", "115.9,28.7", LooksLikeDegrees),
        ("gk114-zone", "685719.7,3175280.9", LooksUnzoned),
        ("gk114", "38685719.7,3175280.9", LooksZoned),
        ("gk114-zone", "39685719.7,3175280.9", LooksZoned),
        ("gk114", "12901929,3334980", LooksLikeMercator),
        ("wgs84", "685719.7,3175280.9", LooksUnzoned),
        ("bd09", "28.7,115.9", SwappedAxes),
        ("gk117", "0,0", OutsideChina),
    ] {
        let text = format!("小区名称,X,Y\n红星小区,{content}\n");
        let imported = imported("a.csv", &text, declared);
        assert_eq!(kinds(&imported), [kind], "{declared} {content}");
        assert_eq!(positions(&imported), [None]);
    }
}

#[test]
fn one_row_the_other_way_round_does_not_turn_the_list() {
    let text = list(["X", "Y"], "gk114", AxisOrder::NorthFirst) + "错行,685719.7,3175280.9\n";
    let imported = imported("a.csv", &text, "gk114");
    assert_eq!(imported.axes, AxisOrder::NorthFirst);
    assert_eq!(kinds(&imported), [RowProblemKind::SwappedAxes]);
}

#[test]
fn a_place_far_from_the_meridian_is_read_with_a_warning() {
    let content = "小区名称,X,Y\n玉山某小区,938000,3180000\n";
    let imported = imported("a.csv", content, "gk114");
    assert_eq!(kinds(&imported), [RowProblemKind::FarFromMeridian]);
    assert!(positions(&imported)[0].unwrap().lon > 118.0);
}

#[test]
fn polygons_in_gauss_krueger_become_boundaries_with_x_to_the_north_too() {
    let corners = [
        (0.0, 0.0),
        (200.0, 0.0),
        (200.0, 100.0),
        (0.0, 100.0),
        (0.0, 0.0),
    ];
    for north_first in ["[{north},{east}]", "[{east},{north}]"] {
        let ring: Vec<_> = corners
            .iter()
            .map(|(x, y)| {
                let (east, north) = (38_685_719.7 + x, 3_175_280.9 + y);
                north_first
                    .replace("{east}", &east.to_string())
                    .replace("{north}", &north.to_string())
            })
            .collect();
        let ring = ring.join(",");
        let text = format!(
            r#"{{"type":"FeatureCollection",
            "crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::4526"}}}},
            "features":[{{"type":"Feature","properties":{{"name":"红星小区"}},
            "geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}]}}"#
        );
        let imported = imported("a.geojson", &text, "EPSG:4526");
        let Change::Estate { after, .. } = &imported.changes[0] else {
            unreachable!("the first change is the estate")
        };
        let boundary = after.as_ref().unwrap().boundary.clone().unwrap();
        let area = measure::area_m2(&boundary);
        // The projection stretches a little this far from its meridian.
        assert!((area - 20_000.0).abs() < 30.0, "{area}");
        assert_eq!(kinds(&imported), []);
    }
}
