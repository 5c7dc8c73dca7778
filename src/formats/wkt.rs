//! Places as well-known text, in a column of tables: degrees, longitude first, seven decimals.

use super::exchange::Shape;
use super::{RawGeometry, RawTable, degrees};
use ::wkt::Wkt;
use geo::{Geometry, LineString, MultiPolygon};
use std::str::FromStr;

/// The heading that GDAL and QGIS find the column by.
pub(super) const HEADING: &str = "WKT";

/// Headings of such columns, in small letters: of GDAL, of PostGIS and of GeoPandas.
const HEADINGS: [&str; 6] = [
    "wkt",
    "geom",
    "geometry",
    "the_geom",
    "geom_wkt",
    "geometry_wkt",
];

/// Geometries that are no place of an estate. A collection is not looked into: it may hold itself
/// a thousand times.
const UNSUPPORTED: [&str; 4] = [
    "GeometryCollection",
    "LineString",
    "MultiLineString",
    "MultiPoint",
];

/// Makes the geometry of each row of its text, where a column holds such texts; that column is no
/// list's own any more.
pub(super) fn take_places(table: &mut RawTable) {
    let is_heading = |name: &String| HEADINGS.contains(&name.to_lowercase().as_str());
    let Some(column) = table.columns.iter().position(is_heading) else {
        return;
    };
    let mut texts = table.rows.iter().filter_map(|row| row.cells.get(column));
    if !texts.any(|text| !matches!(read(text), RawGeometry::Broken(_))) {
        return;
    }
    table.columns.remove(column);
    for row in &mut table.rows {
        if let Some(text) = row.cells.get(column) {
            row.geometry = read(text);
        }
        row.cells
            .renumber(|index| (index != column).then(|| index - usize::from(index > column)));
    }
}

/// The geometry that a text stands for.
fn read(text: &str) -> RawGeometry {
    let text = text.trim();
    let broken = || RawGeometry::Broken(text.to_owned());
    // PostGIS may put the system before it.
    let wkt = match text.split_once(';') {
        Some((system, rest)) if system.to_uppercase().starts_with("SRID=") => rest.trim(),
        _ => text,
    };
    let word = wkt.split(|sign: char| !sign.is_ascii_alphabetic()).next();
    let word = word.unwrap_or_default();
    if let Some(kind) = UNSUPPORTED
        .iter()
        .find(|kind| kind.eq_ignore_ascii_case(word))
    {
        return RawGeometry::Unsupported(kind);
    }
    if !["POINT", "POLYGON", "MULTIPOLYGON"]
        .iter()
        .any(|kind| kind.eq_ignore_ascii_case(word))
    {
        return broken();
    }
    match Wkt::<f64>::from_str(wkt).map(Geometry::try_from) {
        Ok(Ok(Geometry::Point(point))) => RawGeometry::Point(point.0),
        Ok(Ok(Geometry::Polygon(polygon))) => RawGeometry::Polygons(MultiPolygon(vec![polygon])),
        Ok(Ok(Geometry::MultiPolygon(polygons))) => RawGeometry::Polygons(polygons),
        _ => broken(),
    }
}

/// Appends the text; nothing where there is no place.
pub(super) fn push(out: &mut Vec<u8>, shape: Shape) {
    match shape.on_earth() {
        Shape::None => {}
        Shape::Point(at) => {
            out.extend(b"POINT (");
            push_pair(out, at.into());
            out.push(b')');
        }
        Shape::Outline(boundary) => {
            out.extend(b"MULTIPOLYGON (");
            list(out, boundary, |out, polygon| {
                let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
                out.push(b'(');
                list(out, rings, push_ring);
                out.push(b')');
            });
            out.push(b')');
        }
    }
}

fn push_ring(out: &mut Vec<u8>, ring: &LineString) {
    out.push(b'(');
    list(out, ring.coords(), |out, coord| push_pair(out, *coord));
    out.push(b')');
}

fn push_pair(out: &mut Vec<u8>, coord: geo::Coord) {
    degrees::push(out, coord.x);
    out.push(b' ');
    degrees::push(out, coord.y);
}

fn list<T>(
    out: &mut Vec<u8>,
    items: impl IntoIterator<Item = T>,
    mut push: impl FnMut(&mut Vec<u8>, T),
) {
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.extend(b", ");
        }
        push(out, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::read as read_list;
    use geo::polygon;

    #[test]
    fn texts_are_the_geometries_they_say() {
        let square = polygon![(x: 1.0, y: 2.0), (x: 3.0, y: 2.0), (x: 3.0, y: 4.0)];
        let square = RawGeometry::Polygons(MultiPolygon(vec![square]));
        for (text, geometry) in [
            ("POLYGON((1 2,3 2,3 4,1 2))", square.clone()),
            (
                " srid=4490; Polygon ((1 2, 3 2, 3 4, 1 2)) ",
                square.clone(),
            ),
            ("MULTIPOLYGON (((1 2,3 2,3 4,1 2)))", square),
            (
                "POINT (115.9 28.7)",
                RawGeometry::Point((115.9, 28.7).into()),
            ),
            (
                "LINESTRING (1 2, 3 4)",
                RawGeometry::Unsupported("LineString"),
            ),
            ("POINT (a b)", RawGeometry::Broken("POINT (a b)".to_owned())),
            ("POINT EMPTY", RawGeometry::Broken("POINT EMPTY".to_owned())),
            ("洪都", RawGeometry::Broken("洪都".to_owned())),
        ] {
            assert_eq!(read(text), geometry, "{text}");
        }
    }

    #[test]
    fn a_column_of_places_becomes_the_geometry_of_the_rows() {
        let text = "name,WKT,户数\n甲,POINT (115.9 28.7),3\n乙,,4\n丙,POINT (,5";
        let table = read_list("a.csv", text.as_bytes()).unwrap();
        assert_eq!(table.columns, ["name", "户数"]);
        let cells: Vec<_> = table.rows.iter().map(|row| row.cells.get(1)).collect();
        assert_eq!(cells, ["3", "4", "5"].map(Some));
        let places: Vec<_> = table.rows.iter().map(|row| row.geometry.clone()).collect();
        assert_eq!(
            places,
            [
                RawGeometry::Point((115.9, 28.7).into()),
                RawGeometry::None,
                RawGeometry::Broken("POINT (".to_owned()),
            ]
        );
    }

    #[test]
    fn a_column_that_is_only_called_so_stays() {
        let table = read_list("a.csv", "geom,name\n东,甲".as_bytes()).unwrap();
        assert_eq!(table.columns, ["geom", "name"]);
        assert_eq!(table.rows[0].cells.iter().count(), 2);
    }

    #[test]
    fn no_nesting_overflows_the_stack() {
        let deep = format!(
            "GEOMETRYCOLLECTION ({}",
            "GEOMETRYCOLLECTION (".repeat(100_000)
        );
        assert_eq!(read(&deep), RawGeometry::Unsupported("GeometryCollection"));
        let deep = format!("POLYGON {}", "(".repeat(100_000));
        assert!(matches!(read(&deep), RawGeometry::Broken(_)));
    }
}
