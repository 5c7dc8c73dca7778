//! Whatever is exported comes back as it was, to the precision that the format has.

use crate::{layer, opened, target, write};
use geo::orient::Direction;
use geo::{Coord, CoordsIter, LineString, MultiPolygon, Orient, Polygon};
use jiugai::formats::exchange::{Cell, Column, ExchangeFormat, Record, Shape};
use jiugai::formats::library::Profile;
use jiugai::formats::{RawGeometry, RawRow};
use jiugai::model::{Boundary, LonLat};
use proptest::prelude::*;

/// A record that owns what an exported one borrows.
#[derive(Clone, Debug)]
struct Owned {
    place: Place,
    cells: Vec<Cell<'static>>,
}

#[derive(Clone, Debug)]
enum Place {
    None,
    Point(LonLat),
    Outline(Boundary),
}

impl Owned {
    fn record(&self, id: usize) -> Record<'_> {
        let name = match &self.cells[0] {
            Cell::Text(name) => name.clone(),
            _ => "".into(),
        };
        Record {
            id: id.to_string().into(),
            name,
            shape: match &self.place {
                Place::None => Shape::None,
                Place::Point(at) => Shape::Point(*at),
                Place::Outline(boundary) => Shape::Outline(boundary),
            },
            cells: self.cells.clone(),
        }
    }

    fn has_outline(&self) -> bool {
        matches!(self.place, Place::Outline(_))
    }
}

/// Signs that some format has to spell in its own way, and letters.
const TEXT: &str = "[洪都新村a-c0-3 ,;\"'<>&=+@%_/\\\\\\-\n、()\\[\\]{}]{1,30}";

fn text() -> impl Strategy<Value = Cell<'static>> {
    TEXT.prop_map(|text| Cell::Text(text.into()))
}

fn cells() -> impl Strategy<Value = Vec<Cell<'static>>> {
    let maybe = |cell: BoxedStrategy<Cell<'static>>| prop_oneof![1 => Just(Cell::Empty), 3 => cell];
    let named = TEXT.prop_map(|text| Cell::Text(format!("名{text}").into()));
    let codes = proptest::collection::vec("[0-9]{12}", 0..4);
    let codes = codes.prop_map(|texts| Cell::Texts(texts.into_iter().map(Into::into).collect()));
    let number = prop_oneof![
        (-1e9..1e9).prop_map(|number: f64| (number * 100.0).round() / 100.0),
        any::<f64>().prop_filter("finite", |number| number.is_finite()),
    ];
    (
        named,
        maybe(codes.boxed()),
        maybe(any::<i64>().prop_map(Cell::Whole).boxed()),
        maybe((1_900..2_100i64).prop_map(Cell::Whole).boxed()),
        maybe(number.prop_map(Cell::Decimal).boxed()),
        maybe(any::<bool>().prop_map(Cell::Flag).boxed()),
        maybe(text().boxed()),
    )
        .prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g])
}

/// A star around a centre, running one way or the other.
fn ring(centre: Coord, radius: f64, spikes: &[f64], turns: bool) -> LineString {
    let count = spikes.len() as f64;
    let corners = spikes.iter().enumerate().map(|(index, spike)| {
        let angle = std::f64::consts::TAU * index as f64 / count;
        let reach = radius * spike;
        Coord {
            x: centre.x + reach * angle.cos(),
            y: centre.y + reach * angle.sin(),
        }
    });
    let mut ring: Vec<_> = corners.collect();
    if turns {
        ring.reverse();
    }
    ring.push(ring[0]);
    LineString(ring)
}

fn polygon(lon: f64) -> impl Strategy<Value = Polygon> {
    let spikes = || proptest::collection::vec(0.6..1.0, 3..12);
    let hole = proptest::option::of((spikes(), any::<bool>()));
    (28.0..29.0, spikes(), any::<bool>(), hole).prop_map(move |(lat, spikes, turns, hole)| {
        let centre = Coord { x: lon, y: lat };
        let hole = hole.map(|(spikes, turns)| ring(centre, 0.000_5, &spikes, turns));
        // A triangle reaches half as far between its corners: no hole touches it.
        Polygon::new(
            ring(centre, 0.004, &spikes, turns),
            hole.into_iter().collect(),
        )
    })
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        Just(Place::None),
        (114.0..118.0, 24.0..30.0).prop_map(|(lon, lat)| Place::Point(LonLat::new(lon, lat))),
        polygon(115.9).prop_map(|one| Place::Outline(MultiPolygon(vec![one]))),
        (polygon(115.9), polygon(116.1))
            .prop_map(|(one, two)| Place::Outline(MultiPolygon(vec![one, two]))),
    ]
}

fn records() -> impl Strategy<Value = Vec<Owned>> {
    let record = (place(), cells()).prop_map(|(place, cells)| Owned { place, cells });
    proptest::collection::vec(record, 1..8)
}

/// How a cell reads in a format; `None` where nothing stands there.
fn text_of(cell: &Cell, format: ExchangeFormat) -> Option<String> {
    use ExchangeFormat::*;
    let text = match cell {
        Cell::Empty => return None,
        Cell::Text(text) => text.to_string(),
        Cell::Texts(texts) => match format {
            GeoJson | GeoPackage => serde_json::to_string(texts).unwrap(),
            _ if texts.is_empty() => "无".to_owned(),
            _ => texts.join("、"),
        },
        Cell::Whole(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Flag(flag) => {
            let words = match format {
                GeoJson => ["false", "true"],
                GeoPackage | Kml => ["0", "1"],
                Shapefile => ["F", "T"],
                Csv | Xlsx => ["否", "是"],
            };
            words[usize::from(*flag)].to_owned()
        }
    };
    let text = text.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn name_of(column: &Column, format: ExchangeFormat) -> &str {
    match format {
        ExchangeFormat::Shapefile => &column.short,
        ExchangeFormat::Csv | ExchangeFormat::Xlsx => &column.heading,
        _ => &column.key,
    }
}

fn is_same(read: &str, cell: &Cell, written: &str) -> bool {
    match cell {
        Cell::Decimal(number) => read.parse() == Ok(*number),
        _ => read.trim() == written,
    }
}

fn is_near(a: Coord, b: Coord) -> bool {
    const HALF_A_DECIMAL: f64 = 0.500_1e-7;
    (a.x - b.x).abs() <= HALF_A_DECIMAL && (a.y - b.y).abs() <= HALF_A_DECIMAL
}

fn is_same_place(read: &RawGeometry, place: &Place) -> bool {
    match (read, place) {
        (RawGeometry::None, Place::None) => true,
        (RawGeometry::Point(read), Place::Point(at)) => is_near(*read, (*at).into()),
        (RawGeometry::Polygons(read), Place::Outline(boundary)) => {
            let [read, written] = [read, boundary].map(|it| it.orient(Direction::Default));
            let shape = |it: &Boundary| -> Vec<usize> {
                it.iter().map(|polygon| polygon.interiors().len()).collect()
            };
            shape(&read) == shape(&written)
                && read.coords_count() == written.coords_count()
                && read
                    .coords_iter()
                    .zip(written.coords_iter())
                    .all(|(a, b)| is_near(a, b))
        }
        _ => false,
    }
}

/// The rows of all layers, those with an outline first where they are apart.
fn rows(
    path: &std::path::Path,
    format: ExchangeFormat,
    records: &[Owned],
) -> Vec<(Vec<String>, RawRow)> {
    let (has_outlines, has_points) = (
        records.iter().any(Owned::has_outline),
        !records.iter().all(Owned::has_outline),
    );
    let mut tables = Vec::new();
    match format {
        ExchangeFormat::GeoPackage => {
            for (layer, is_there) in [("estate", has_outlines), ("estate_point", has_points)] {
                if is_there {
                    tables.push(opened(path, Some(layer)).table);
                }
            }
        }
        ExchangeFormat::Shapefile => {
            tables.push(opened(path, None).table);
            if has_points {
                tables.push(opened(&path.with_file_name("名册 一_point.shp"), None).table);
            }
        }
        _ => tables.push(opened(path, None).table),
    }
    let mut rows = Vec::new();
    for table in tables {
        assert!(
            table.unreadable.is_empty() && table.warnings.is_empty(),
            "{table:?}"
        );
        let columns = table.columns;
        rows.extend(table.rows.into_iter().map(|row| (columns.clone(), row)));
    }
    rows
}

fn assert_round_trip(format: ExchangeFormat, records: &[Owned]) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().unwrap();
    let path = target(folder.path(), format);
    let layer = layer(Profile::Rfc7946);
    let exported: Vec<_> = records
        .iter()
        .zip(0..)
        .map(|(r, id)| r.record(id))
        .collect();
    let written = write(&path, &layer, &exported);
    prop_assert_eq!(written.cut, vec![]);

    let mut expected: Vec<_> = records.iter().collect();
    if matches!(
        format,
        ExchangeFormat::GeoPackage | ExchangeFormat::Shapefile
    ) {
        expected.sort_by_key(|record| !record.has_outline());
    }
    let rows = rows(&path, format, records);
    prop_assert_eq!(rows.len(), expected.len());
    for ((columns, row), record) in rows.iter().zip(expected) {
        prop_assert!(
            is_same_place(&row.geometry, &record.place),
            "{:?} {:?}",
            row.geometry,
            record.place
        );
        for (column, cell) in layer.columns.iter().zip(&record.cells) {
            let name = name_of(column, format);
            let at = columns.iter().position(|it| it == name);
            let read = at.and_then(|at| row.cells.get(at));
            let written = text_of(cell, format);
            let is_same = match (read, &written) {
                (Some(read), Some(written)) => is_same(read, cell, written),
                (read, written) => read.is_none() && written.is_none(),
            };
            prop_assert!(is_same, "{} {:?} {:?} {:?}", name, read, written, cell);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn geojson_comes_back(records in records()) {
        assert_round_trip(ExchangeFormat::GeoJson, &records)?;
    }

    #[test]
    fn a_geopackage_comes_back(records in records()) {
        assert_round_trip(ExchangeFormat::GeoPackage, &records)?;
    }

    #[test]
    fn a_shapefile_comes_back(records in records()) {
        assert_round_trip(ExchangeFormat::Shapefile, &records)?;
    }

    #[test]
    fn kml_comes_back(records in records()) {
        assert_round_trip(ExchangeFormat::Kml, &records)?;
    }

    #[test]
    fn csv_comes_back(records in records()) {
        assert_round_trip(ExchangeFormat::Csv, &records)?;
    }

    #[test]
    fn a_workbook_comes_back(records in records()) {
        assert_round_trip(ExchangeFormat::Xlsx, &records)?;
    }
}
