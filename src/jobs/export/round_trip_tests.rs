//! What goes out comes in again: the same estates, to the precision that the format has.

use super::*;
use crate::jobs::import::{ImportError, ImportSettings, import, preview_layer};
use crate::model::{
    Boundary, Change, Coded, Crs, Datum, EstateId, Exclusion, Field, ItemCode, ListId, ListKind,
    ListRole, Locality, LonLat, Origin, OtherTexts, Settings, Severity, Tenure, Value, Willingness,
    WillingnessBasis, YearBasis,
};
use geo::Orient;
use geo::orient::Direction;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

fn maybe<T: std::fmt::Debug + Clone>(
    strategy: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(strategy)
}

/// Texts as people type them, and as spreadsheets misread them.
fn any_text() -> impl Strategy<Value = String> {
    const ODD: &[&str] = &[
        "=1+1",
        "@甲",
        "+7 栋",
        "-甲",
        "00123",
        "说\"好\"",
        "甲,乙",
        "<b>&",
        "'甲",
    ];
    prop_oneof![
        Just(String::new()),
        "[洪都新村a-z0-9（）()·]{1,12}".prop_map(|text| format!("甲{text}")),
        select(ODD).prop_map(str::to_owned),
    ]
}

fn coded<C: Coded + std::fmt::Debug>() -> impl Strategy<Value = Option<C>> {
    maybe(select(C::ALL))
}

fn place() -> impl Strategy<Value = Option<(f64, f64)>> {
    // On the grid of the seventh decimal, which every format keeps.
    maybe((1_158_000_000i64..1_159_000_000, 284_000_000i64..285_000_000))
        .prop_map(|at| at.map(|(x, y)| (x as f64 / 1e7, y as f64 / 1e7)))
}

fn outline(x: f64, y: f64) -> Arc<Boundary> {
    let at = |dx: f64, dy: f64| {
        let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
        (round(x + dx), round(y + dy))
    };
    let ring = vec![
        at(0.0, 0.0),
        at(0.001, 0.0),
        at(0.001, 0.0008),
        at(0.0, 0.0008),
    ];
    let hole = vec![at(0.0002, 0.0002), at(0.0002, 0.0004), at(0.0004, 0.0004)];
    let whole = geo::Polygon::new(ring.into(), vec![hole.into()]);
    let apart = vec![at(0.002, 0.0), at(0.003, 0.0), at(0.003, 0.0008)];
    let apart = geo::Polygon::new(apart.into(), Vec::new());
    Arc::new(geo::MultiPolygon(vec![whole, apart]).orient(Direction::Default))
}

fn any_estate() -> impl Strategy<Value = Estate> {
    let texts = proptest::array::uniform4(any_text());
    let aliases = proptest::collection::vec("[洪都新村a-z]{1,5}", 0..3);
    let counts = proptest::array::uniform7(maybe(0u32..5_000));
    let years = proptest::array::uniform3(maybe(1950i32..2020));
    let lists = (
        subsequence(Tenure::ALL, 0..3),
        maybe(subsequence(Exclusion::ALL, 0..3)),
        subsequence(Severity::ALL, 0..4),
        maybe(0u32..9_000_000),
        any::<Option<bool>>(),
    );
    let codes = (
        coded::<Locality>(),
        coded::<YearBasis>(),
        coded::<Willingness>(),
        coded::<WillingnessBasis>(),
    );
    let other = proptest::collection::btree_map(
        select(&["物业公司", "户数", "fid", "联系电话", "name_en"][..]),
        any_text().prop_filter("blank cells are no cells", |text| !text.is_empty()),
        0..4,
    );
    let places = (place(), any::<bool>());
    (texts, aliases, counts, years, lists, codes, other, places).prop_map(
        |(texts, aliases, counts, years, lists, codes, other, (place, has_outline))| {
            let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
            [
                estate.address,
                estate.orig_unit,
                estate.exclusion_note,
                estate.remarks,
            ] = texts;
            estate.aliases = aliases;
            estate.county_code = "360103".to_owned();
            estate.community_codes = ["360103001002".to_owned(), "360103001003".to_owned()].into();
            let [households, buildings, sent, returned, agree, oppose, pay] = counts;
            (estate.households, estate.buildings) = (households, buildings);
            (estate.sent, estate.returned) = (sent, returned);
            (estate.agree, estate.oppose, estate.willing_to_pay) = (agree, oppose, pay);
            [estate.build_year, estate.year_min, estate.year_max] = years;
            let (tenure, exclusions, gaps, area, residential) = lists;
            estate.tenure = tenure.into_iter().collect();
            estate.exclusions = exclusions.map(|list| list.into_iter().collect());
            estate.gaps = ["A01", "C04", "C05", "D02"]
                .into_iter()
                .filter_map(ItemCode::parse)
                .zip(gaps)
                .collect();
            estate.floor_area_m2 = area.map(|tenths| f64::from(tenths) / 10.0);
            estate.residential = residential;
            let (locality, year_basis, willingness, basis) = codes;
            (estate.locality, estate.year_basis) = (locality, year_basis);
            (estate.willingness, estate.willingness_basis) = (willingness, basis);
            estate.willingness_date = "2026-11-01".to_owned();
            estate.other = other.into_iter().collect();
            match (place, has_outline) {
                (Some((x, y)), true) => estate.boundary = Some(outline(x, y)),
                (Some((x, y)), false) => estate.position = Some(LonLat::new(x, y)),
                (None, _) => {}
            }
            estate
        },
    )
}

fn survey_of(estates: Vec<Estate>) -> Survey {
    let estates = estates.into_iter().zip(1u32..).map(|(mut estate, number)| {
        estate.id = EstateId(uuid::Uuid::from_u128(number.into()));
        estate.name = format!("小区{number}");
        estate.origin = Some(Origin {
            list: ListId(uuid::Uuid::nil()),
            row: number,
            source: "住建局".to_owned(),
            source_id: format!("A-{number:03}"),
        });
        estate
    });
    Survey::from_parts(estates, [], [], Settings::default())
}

/// The records that an import of the file gives, by name.
fn imported(path: &Path, catalogue: &Catalogue) -> BTreeMap<String, Arc<Estate>> {
    let layers = preview_layer(path, None, catalogue).unwrap().layers;
    let layers: Vec<Option<String>> = match layers.len() {
        0 | 1 => vec![None],
        _ => layers.into_iter().map(Some).collect(),
    };
    let mut records = BTreeMap::new();
    for layer in layers {
        let preview = preview_layer(path, layer.as_deref(), catalogue).unwrap();
        let crs = preview.crs_named.unwrap_or(Crs::Degrees(Datum::Cgcs2000));
        let settings = ImportSettings {
            crs,
            role: ListRole::Estates,
            kind: ListKind::default(),
            layer,
            mapping: preview.mapping_for(crs, &catalogue.headings),
        };
        let empty = Survey::new(Settings::default());
        let now = jiff::Timestamp::UNIX_EPOCH + jiff::Span::new().hours(490_000);
        let progress = Progress::default();
        let import = match import(&empty, path, &settings, catalogue, now, &progress) {
            // Of outlines or of points there may be none.
            Err(ImportError::NoRows { .. }) => continue,
            import => import.unwrap(),
        };
        assert_eq!(import.list.rejected, []);
        for change in import.changes {
            if let Change::Estate {
                after: Some(estate),
                ..
            } = change
            {
                records.insert(estate.name.clone(), estate);
            }
        }
    }
    records
}

/// The files of an export that hold records.
fn files(written: &Written) -> Vec<&Path> {
    let is_table = |path: &&Path| ExchangeFormat::of(path).is_some();
    written
        .files
        .iter()
        .map(|path| path.as_path())
        .filter(is_table)
        .collect()
}

fn goes_round(survey: &Survey, format: ExchangeFormat, profile: Profile) {
    let catalogue = Catalogue::shipped();
    let folder = tempfile::Builder::new().prefix("导出 ").tempdir().unwrap();
    let request = ExportRequest {
        path: folder.path().join(format!("调查.{}", format.extension())),
        format,
        profile,
        template: ExportTemplate::named("survey").unwrap(),
        filter: String::new(),
    };
    let plan = request.plan(&catalogue, &Beyond::of(survey)).unwrap();
    let today = jiff::civil::date(2026, 11, 29);
    let progress = Progress::default();
    let writer = request.writer(&plan).unwrap();
    let exported = export_survey(survey, &catalogue, &plan, today, writer, &progress).unwrap();
    let mut found = BTreeMap::new();
    for file in files(&exported.written) {
        found.extend(imported(file, &catalogue));
    }
    assert_eq!(found.len(), survey.estates().len(), "{format:?}");
    for before in survey.estates() {
        same(before, &found[&before.name], format);
    }
}

fn same(before: &Estate, after: &Estate, format: ExchangeFormat) {
    let name = &before.name;
    let gaps = before.gaps.keys().chain(after.gaps.keys());
    let gaps = gaps.map(|item| Field::Gap(*item));
    for field in Field::PLAIN.iter().copied().chain(gaps) {
        let [was, is] = [before, after].map(|estate| match estate.get(&field) {
            Some(Value::Polygon(boundary)) => Some(Value::Polygon(normal(&boundary))),
            value => value,
        });
        assert_eq!(is, was, "{format:?} {name} {}", field.key());
    }
    let round = |at: LonLat| [at.lon, at.lat].map(|degrees| (degrees * 1e7).round() as i64);
    let [was, is] = [before, after].map(|estate| estate.position.map(round));
    assert_eq!(is, was, "{format:?} {name}");
    let source_id = |estate: &Estate| estate.origin.as_ref().map(|it| it.source_id.clone());
    assert_eq!(source_id(after), source_id(before));
    // A Shapefile has no room for the names of other columns, but keeps their texts.
    let others = |estate: &Estate| match format {
        ExchangeFormat::Shapefile => {
            let mut texts: Vec<_> = estate
                .other
                .iter()
                .map(|(_, text)| text.to_owned())
                .collect();
            texts.sort();
            texts
                .iter()
                .map(|text| (text, text))
                .collect::<OtherTexts>()
        }
        // The import keeps what the file itself numbers its records by: GeoJSON by their keys, a
        // GeoPackage by its own `fid`.
        _ => estate
            .other
            .iter()
            .filter(|(name, _)| *name != "@id")
            .filter(|(name, _)| *name != "fid" || format != ExchangeFormat::GeoPackage)
            .collect(),
    };
    assert_eq!(others(after), others(before), "{format:?} {name}");
}

/// Rings in one sense, from their smallest corner, on the grid of the seventh decimal.
fn normal(boundary: &Boundary) -> Arc<Boundary> {
    let ring = |line: &geo::LineString| {
        let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
        let mut corners: Vec<_> = line
            .coords()
            .map(|c| geo::coord! { x: round(c.x), y: round(c.y) })
            .collect();
        corners.pop();
        let first = (0..corners.len())
            .min_by(|a, b| {
                let key = |index: &usize| (corners[*index].x, corners[*index].y);
                key(a).partial_cmp(&key(b)).unwrap()
            })
            .unwrap();
        corners.rotate_left(first);
        geo::LineString(corners)
    };
    let boundary = boundary.orient(Direction::Default);
    let polygons = boundary.iter().map(|polygon| {
        let holes = polygon.interiors().iter().map(ring).collect();
        geo::Polygon::new(ring(polygon.exterior()), holes)
    });
    Arc::new(polygons.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_export_imports_as_the_same_estates(
        estates in proptest::collection::vec(any_estate(), 1..6),
    ) {
        let survey = survey_of(estates);
        for format in ExchangeFormat::ALL {
            goes_round(&survey, format, Profile::Cgcs2000);
        }
        goes_round(&survey, ExchangeFormat::GeoJson, Profile::Rfc7946);
    }
}
