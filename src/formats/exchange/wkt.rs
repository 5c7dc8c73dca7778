//! Places as well-known text, in a column of tables: degrees, longitude first, seven decimals.

use super::Shape;
use crate::formats::degrees;
use geo::LineString;

/// The heading that GDAL and QGIS find the column by.
pub(super) const HEADING: &str = "WKT";

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
