//! A reject file: rows of somebody's list as a table that is mended in Excel and imported again.

use super::RawGeometry;
use super::formula::guarded;
use super::wkt::HEADING;
use ::wkt::ToWkt;

/// A table as CSV for Excel: UTF-8 with a byte order mark, lines ended by CR LF, no cell a formula.
pub fn csv(headings: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut table = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(&mut bytes);
    for row in std::iter::once(headings).chain(rows.iter().map(Vec::as_slice)) {
        // Writing to memory does not fail, and every row is as wide as the headings.
        let _ = table.write_record(row.iter().map(|cell| guarded(cell).into_owned()));
    }
    drop(table);
    bytes
}

/// The heading of the column of geometries, which an import finds them by.
pub const GEOMETRY: &str = HEADING;

/// A geometry as well-known text, in the numbers of its file; as the text it is where it is none.
pub fn geometry_cell(geometry: &RawGeometry) -> String {
    match geometry {
        RawGeometry::None => String::new(),
        RawGeometry::Unsupported(kind) => (*kind).to_owned(),
        RawGeometry::Broken(text) => text.clone(),
        RawGeometry::Point(at) => geo::Point(*at).wkt_string(),
        RawGeometry::Polygons(polygons) => polygons.wkt_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Coord, wkt};

    #[test]
    fn a_cell_is_no_formula_and_a_line_break_stays_in_its_cell() {
        let cells = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
        let bytes = csv(&cells(["名称", "a,b"]), &[cells(["=1+1", "甲\n乙"])]);
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "\u{feff}名称,\"a,b\"\r\n'=1+1,\"甲\n乙\"\r\n");
    }

    #[test]
    fn a_geometry_is_told_as_its_file_has_it() {
        let with_hole =
            wkt!(MULTIPOLYGON(((0. 0., 4. 0., 4. 4.5, 0. 0.), (1. 1., 2. 1., 2. 2., 1. 1.))));
        for (geometry, text) in [
            (RawGeometry::None, ""),
            (RawGeometry::Unsupported("LineString"), "LineString"),
            (RawGeometry::Broken("[1,".into()), "[1,"),
            (
                RawGeometry::Point(Coord { x: 115.5, y: 28.0 }),
                "POINT(115.5 28)",
            ),
            (
                RawGeometry::Polygons(with_hole),
                "MULTIPOLYGON(((0 0,4 0,4 4.5,0 0),(1 1,2 1,2 2,1 1)))",
            ),
        ] {
            assert_eq!(geometry_cell(&geometry), text);
        }
    }
}
