//! What becomes of the rows of a list of buildings.

use super::*;
use crate::model::{
    Boundary, Building, BuildingField, Datum, Estate, EstateId, LonLat, RowProblemKind, Settings,
    Value,
};
use geo::{MultiPolygon, Rect};

fn id(number: u128) -> EstateId {
    EstateId(uuid::Uuid::from_u128(number))
}

fn square(west: f64, south: f64, side: f64) -> Arc<Boundary> {
    let rect = Rect::new((west, south), (west + side, south + side));
    Arc::new(MultiPolygon(vec![rect.to_polygon()]))
}

/// 洪都新村 (1) around 115.005, 28.005, and 八一新村 (2) east of it.
fn two_estates() -> Survey {
    let estate = |number: u128, name: &str, west| Estate {
        name: name.to_owned(),
        boundary: Some(square(west, 28.0, 0.01)),
        ..Estate::new(id(number))
    };
    let estates = [estate(1, "洪都新村", 115.0), estate(2, "八一新村", 115.02)];
    Survey::from_parts(estates, [], [], Settings::default())
}

fn read(survey: &Survey, file_name: &str, content: &str) -> Result<Imported, ImportError> {
    let catalogue = Catalogue::shipped();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name);
    std::fs::write(&path, content).unwrap();
    let (role, kind) = (ListRole::Buildings, ListKind::Other);
    let crs = Crs::Degrees(Datum::Cgcs2000);
    let previewed = preview(&path, &catalogue)?;
    let settings = ImportSettings {
        layer: None,
        crs,
        role,
        kind,
        mapping: previewed.mapping_for(crs, catalogue.headings_for(role)),
    };
    let now = "2026-11-24T08:00:00Z".parse().unwrap();
    let progress = Progress::default();
    import(survey, &path, &settings, &catalogue, now, &progress)
}

fn fates(imported: &Imported) -> Vec<(u32, RowProblemKind)> {
    let rejected = imported.list.rejected.iter();
    rejected.map(|r| (r.problem.row, r.problem.kind)).collect()
}

fn apply(survey: &mut Survey, imported: &Imported) {
    survey.check_before_images(&imported.changes).unwrap();
    survey.apply(&imported.changes);
    for fates in crate::rules::buildings::row_fates(survey).values() {
        assert!(fates.adds_up(), "{fates:?}");
    }
}

const POINTS: &str = "栋号,层数,单元数,户数,建成年份,电梯数,建筑面积,经度,纬度,门牌
1栋,6层,3个单元,36户,1985,0,2400,115.001,28.001,甲
2栋,7,3,42,1985-1987,无,约2800,115.003,28.001,乙
1栋,6,2,24,1990,,1600,115.021,28.001,丙
9栋,6,2,24,1990,,1600,115.05,28.001,丁
10栋,6,2,24,1990,,1600,,,戊
1幢,6,2,24,1990,,1600,115.004,28.004,己
";

#[test]
fn points_are_given_to_the_estates_they_stand_in_and_every_row_has_a_fate() {
    let mut survey = two_estates();
    let imported = read(&survey, "楼栋.csv", POINTS).unwrap();
    assert_eq!(imported.buildings, 3);
    assert_eq!(
        fates(&imported),
        [
            (4, RowProblemKind::OutsideEveryEstate),
            (5, RowProblemKind::MissingGeometry),
            (6, RowProblemKind::AlreadyThere),
        ]
    );
    let odd: Vec<_> = imported
        .warnings
        .iter()
        .map(|w| (w.row, w.column.as_deref(), w.kind))
        .collect();
    assert_eq!(
        odd,
        [
            (2, Some("建成年份"), RowProblemKind::NotANumber),
            (2, Some("电梯数"), RowProblemKind::NotANumber),
            (2, Some("建筑面积"), RowProblemKind::NotANumber),
        ]
    );
    apply(&mut survey, &imported);

    let [one, two] = survey.own_buildings(id(1)) else {
        panic!("{:?}", survey.own_buildings(id(1)));
    };
    assert_eq!((one.number.as_str(), two.number.as_str()), ("1栋", "2栋"));
    let surveyed = |building: &Building| {
        let fields = [
            BuildingField::Floors,
            BuildingField::Units,
            BuildingField::Households,
            BuildingField::BuildYear,
            BuildingField::Lifts,
            BuildingField::FloorArea,
        ];
        fields.map(|field| building.get(field))
    };
    assert_eq!(
        surveyed(one),
        [
            Some(Value::Count(6)),
            Some(Value::Count(3)),
            Some(Value::Count(36)),
            Some(Value::Year(1985)),
            Some(Value::Count(0)),
            Some(Value::SquareMetres(2400.0)),
        ]
    );
    assert_eq!(one.position, Some(LonLat::new(115.001, 28.001)));
    assert_eq!(&one.other["门牌"], "甲");
    assert_eq!(&two.other["建成年份"], "1985-1987");
    assert_eq!(two.build_year, None);
    assert_eq!(survey.own_buildings(id(2))[0].households, Some(24));
}

#[test]
fn outlines_belong_to_the_estate_with_most_of_them() {
    let feature = |west: f64, properties: &str| {
        let (east, south, north) = (west + 0.0004, 28.002, 28.0024);
        format!(
            r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":
            [[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
        )
    };
    let features = [
        feature(115.001, r#""building:levels":"6","name":"3栋""#),
        feature(115.0097, r#""name":"4栋""#),
        feature(115.0099, r#""name":"5栋""#),
        feature(115.001, ""),
        feature(115.001, ""),
    ];
    let content = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    );
    let mut survey = two_estates();
    let imported = read(&survey, "轮廓.geojson", &content).unwrap();
    assert_eq!(
        fates(&imported),
        [
            (3, RowProblemKind::OutsideEveryEstate),
            // Two outlines without a number that are one place.
            (5, RowProblemKind::AlreadyThere),
        ]
    );
    apply(&mut survey, &imported);
    let buildings = survey.own_buildings(id(1));
    assert_eq!(buildings.len(), 3);
    assert_eq!(buildings[0].floors, Some(6));
    assert!(buildings.iter().all(|b| b.footprint.is_some()));
}

#[test]
fn a_second_list_of_the_same_buildings_shows_them_as_there_already() {
    let mut survey = two_estates();
    let imported = read(&survey, "楼栋.csv", POINTS).unwrap();
    apply(&mut survey, &imported);
    let second = "楼号,经度,纬度\n1号楼,115.0012,28.0011\n3号楼,115.006,28.001\n";
    let imported = read(&survey, "二次.csv", second).unwrap();
    assert_eq!(imported.buildings, 1);
    assert_eq!(fates(&imported), [(1, RowProblemKind::AlreadyThere)]);
    apply(&mut survey, &imported);
}

#[test]
fn a_list_comes_again_once_the_missing_estate_is_drawn() {
    let mut survey = two_estates();
    let imported = read(&survey, "楼栋.csv", POINTS).unwrap();
    apply(&mut survey, &imported);
    // Nobody has drawn anything since.
    let again = read(&survey, "楼栋.csv", POINTS).unwrap_err();
    assert!(matches!(again, ImportError::AlreadyImported { .. }));

    let mut drawn = Estate::new(id(3));
    drawn.boundary = Some(square(115.045, 28.0, 0.01));
    survey.apply(&[Change::Estate {
        id: drawn.id,
        before: None,
        after: Some(Arc::new(drawn)),
    }]);
    let again = read(&survey, "楼栋.csv", POINTS).unwrap();
    assert_eq!(again.buildings, 1);
    assert_eq!(
        fates(&again),
        [
            (5, RowProblemKind::MissingGeometry),
            (6, RowProblemKind::AlreadyThere),
        ]
    );
    apply(&mut survey, &again);
    assert_eq!(survey.own_buildings(id(3))[0].number, "9栋");
    assert_eq!(survey.buildings().len(), 4);
}

#[test]
fn a_list_without_places_is_refused_once() {
    let refused = read(&two_estates(), "楼栋.csv", "栋号,层数\n1栋,6\n").unwrap_err();
    assert!(matches!(refused, ImportError::NoPlaces { .. }));
}
