//! GeoJSON with coordinates of exactly seven decimals (one centimetre), one feature a line, so that
//! two releases can be compared line by line.

use super::degrees;
use super::exchange::Shape;
use super::library::Profile;
use super::ring::each_corner;
use crate::model::Boundary;
use geo::winding_order::WindingOrder;
use geo::{BoundingRect, Coord, LineString, Rect};
use std::io::{self, Write};

/// Writes one FeatureCollection, feature by feature.
pub struct CollectionWriter<W: Write> {
    out: W,
    profile: Profile,
    is_first: bool,
    /// Around all features so far.
    bounds: Option<Rect>,
    /// The feature under way. Kept, so that its memory serves the next.
    line: Vec<u8>,
}

impl<W: Write> CollectionWriter<W> {
    /// Opens a collection of this name.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn begin(mut out: W, profile: Profile, name: &str) -> io::Result<Self> {
        write!(out, "{{\"type\":\"FeatureCollection\",\"name\":")?;
        serde_json::to_writer(&mut out, name)?;
        if profile == Profile::Cgcs2000 {
            let crs = profile.crs();
            let member = format!("{{\"type\":\"name\",\"properties\":{{\"name\":\"{crs}\"}}}}");
            write!(out, ",\"crs\":{member}")?;
        }
        write!(out, ",\"features\":[")?;
        Ok(Self {
            out,
            profile,
            is_first: true,
            bounds: None,
            line: Vec::new(),
        })
    }

    /// Writes one feature; `properties` appends the JSON of its properties. What is no place on
    /// Earth becomes `null`, as RFC 7946 has it for a feature without a place.
    ///
    /// # Errors
    /// What writing gives.
    pub fn feature(
        &mut self,
        id: &str,
        shape: Shape<'_>,
        properties: impl FnOnce(&mut Vec<u8>) -> io::Result<()>,
    ) -> io::Result<()> {
        let shape = shape.on_earth();
        let rect = bounds(shape);
        let line = &mut self.line;
        line.clear();
        line.extend(if self.is_first { "\n" } else { ",\n" }.bytes());
        line.extend(b"{\"type\":\"Feature\",\"id\":");
        serde_json::to_writer(&mut *line, id)?;
        line.push(b',');
        if let (Profile::Rfc7946, Shape::Outline(_), Some(rect)) = (self.profile, shape, rect) {
            push_bbox(line, rect);
            line.push(b',');
        }
        line.extend(b"\"geometry\":");
        push_geometry(line, shape);
        line.extend(b",\"properties\":");
        properties(line)?;
        line.push(b'}');
        self.out.write_all(line)?;
        self.is_first = false;
        self.bounds = around(self.bounds, rect);
        Ok(())
    }

    /// Closes the collection and gives back what it was written to. The `bbox` comes last: only now
    /// is it known.
    ///
    /// # Errors
    /// What writing gives.
    pub fn end(mut self) -> io::Result<W> {
        write!(self.out, "\n]")?;
        if let (Profile::Rfc7946, Some(rect)) = (self.profile, self.bounds) {
            self.line.clear();
            self.line.push(b',');
            push_bbox(&mut self.line, rect);
            self.out.write_all(&self.line)?;
        }
        writeln!(self.out, "}}")?;
        Ok(self.out)
    }
}

fn bounds(shape: Shape) -> Option<Rect> {
    match shape {
        Shape::None => None,
        Shape::Point(at) => Some(Rect::new(Coord::from(at), Coord::from(at))),
        Shape::Outline(boundary) => boundary.bounding_rect(),
    }
}

fn around(one: Option<Rect>, other: Option<Rect>) -> Option<Rect> {
    let (Some(a), Some(b)) = (one, other) else {
        return one.or(other);
    };
    let (low, high) = ((a.min(), b.min()), (a.max(), b.max()));
    Some(Rect::new(
        (low.0.x.min(low.1.x), low.0.y.min(low.1.y)),
        (high.0.x.max(high.1.x), high.0.y.max(high.1.y)),
    ))
}

fn push_bbox(line: &mut Vec<u8>, rect: Rect) {
    line.extend(b"\"bbox\":[");
    push_pair(line, rect.min());
    line.push(b',');
    push_pair(line, rect.max());
    line.push(b']');
}

/// A boundary is always a MultiPolygon, so that a layer has one geometry type whatever its estates
/// are.
fn push_geometry(line: &mut Vec<u8>, shape: Shape) {
    match shape {
        Shape::None => line.extend(b"null"),
        Shape::Point(at) => {
            line.extend(b"{\"type\":\"Point\",\"coordinates\":[");
            push_pair(line, at.into());
            line.extend(b"]}");
        }
        Shape::Outline(boundary) => push_boundary(line, boundary),
    }
}

fn push_boundary(line: &mut Vec<u8>, boundary: &Boundary) {
    line.extend(b"{\"type\":\"MultiPolygon\",\"coordinates\":[");
    for (index, polygon) in boundary.iter().enumerate() {
        line.extend(if index > 0 { ",[" } else { "[" }.bytes());
        // Right-hand rule (RFC 7946, 3.1.6); the other profile does not mind.
        push_ring(line, polygon.exterior(), WindingOrder::CounterClockwise);
        for hole in polygon.interiors() {
            line.push(b',');
            push_ring(line, hole, WindingOrder::Clockwise);
        }
        line.push(b']');
    }
    line.extend(b"]}");
}

/// A part of a boundary may have no corner where the boundary has some.
fn push_ring(line: &mut Vec<u8>, ring: &LineString, order: WindingOrder) {
    line.push(b'[');
    let mut separator: &[u8] = b"[";
    each_corner(ring, order, |corner| {
        line.extend(separator);
        push_pair(line, *corner);
        line.push(b']');
        separator = b",[";
    });
    line.push(b']');
}

fn push_pair(line: &mut Vec<u8>, coord: Coord) {
    degrees::push(line, coord.x);
    line.push(b',');
    degrees::push(line, coord.y);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LonLat;
    use geo::{MultiPolygon, Polygon, Winding};
    use serde_json::{Map, Value};

    fn boundary() -> Boundary {
        // Clockwise outside, counter-clockwise inside: both against the right-hand rule.
        let outer = vec![
            (115.9, 28.7),
            (115.9, 28.71),
            (115.91, 28.71),
            (115.91, 28.7),
        ];
        let inner = vec![(115.902, 28.702), (115.904, 28.702), (115.904, 28.704)];
        MultiPolygon(vec![Polygon::new(outer.into(), vec![inner.into()])])
    }

    fn written(profile: Profile, boundary: Option<&Boundary>) -> String {
        let mut out = Vec::new();
        let mut writer = CollectionWriter::begin(&mut out, profile, "library").unwrap();
        let mut properties = Map::new();
        properties.insert("name".into(), "洪都新村 \"一期\"".into());
        properties.insert("households".into(), Value::Null);
        let shape = boundary.map_or(Shape::None, Shape::Outline);
        writer
            .feature("1", shape, |line| {
                Ok(serde_json::to_writer(line, &properties)?)
            })
            .unwrap();
        writer.end().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn rfc_7946_has_a_bbox_the_right_hand_rule_and_no_crs() {
        let text = written(Profile::Rfc7946, Some(&boundary()));
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json.get("crs"), None);
        assert_eq!(
            json["bbox"],
            serde_json::json!([115.9, 28.7, 115.91, 28.71])
        );
        assert_eq!(json["features"][0]["bbox"], json["bbox"]);
        let rings = json["features"][0]["geometry"]["coordinates"][0]
            .as_array()
            .unwrap();
        let ring = |index: usize| -> LineString {
            let positions: Vec<[f64; 2]> = serde_json::from_value(rings[index].clone()).unwrap();
            positions.into_iter().map(geo::Coord::from).collect()
        };
        assert!(ring(0).is_ccw() && ring(1).is_cw());
        assert!(ring(0).is_closed() && ring(1).is_closed());
    }

    #[test]
    fn a_part_without_corners_leaves_the_file_json() {
        let mut boundary = boundary();
        boundary
            .0
            .push(Polygon::new(LineString(Vec::new()), vec![]));
        let text = written(Profile::Cgcs2000, Some(&boundary));
        let json: Value = serde_json::from_str(&text).unwrap();
        let parts = json["features"][0]["geometry"]["coordinates"].as_array();
        assert_eq!(parts.unwrap().len(), 2);
    }

    #[test]
    fn cgcs2000_names_its_crs() {
        let text = written(Profile::Cgcs2000, Some(&boundary()));
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            json["crs"]["properties"]["name"],
            "urn:ogc:def:crs:EPSG::4490"
        );
        assert_eq!(json.get("bbox"), None);
    }

    #[test]
    fn coordinates_have_exactly_seven_decimals_in_both_profiles() {
        for profile in Profile::ALL {
            let text = written(profile, Some(&boundary()));
            assert!(text.contains("[115.9000000,28.7000000]"), "{text}");
        }
    }

    #[test]
    fn unknown_values_are_null_and_an_impossible_boundary_is_too() {
        let mut broken = boundary();
        broken.0[0].exterior_mut(|ring| ring.0[1].x = f64::NAN);
        for boundary in [None, Some(&broken)] {
            let text = written(Profile::Rfc7946, boundary);
            let json: Value = serde_json::from_str(&text).unwrap();
            let feature = &json["features"][0];
            assert!(feature["geometry"].is_null());
            assert!(feature["properties"]["households"].is_null());
            assert_eq!(feature["properties"]["name"], "洪都新村 \"一期\"");
        }
    }

    #[test]
    fn a_record_with_a_place_alone_is_a_point_and_counts_for_the_bbox() {
        let mut out = Vec::new();
        let mut writer = CollectionWriter::begin(&mut out, Profile::Rfc7946, "甲 \"乙\"").unwrap();
        for at in [LonLat::new(115.9, 28.7), LonLat::new(116.1, 28.5)] {
            let nothing = |line: &mut Vec<u8>| line.write_all(b"{}");
            writer.feature("1", Shape::Point(at), nothing).unwrap();
        }
        writer.end().unwrap();
        let json: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(json["name"], "甲 \"乙\"");
        assert_eq!(json["bbox"], serde_json::json!([115.9, 28.5, 116.1, 28.7]));
        let geometry = &json["features"][1]["geometry"];
        assert_eq!(geometry["type"], "Point");
        assert_eq!(geometry["coordinates"], serde_json::json!([116.1, 28.5]));
    }

    #[test]
    fn an_empty_collection_is_one() {
        for profile in Profile::ALL {
            let writer = CollectionWriter::begin(Vec::new(), profile, "library").unwrap();
            let json: Value = serde_json::from_slice(&writer.end().unwrap()).unwrap();
            assert_eq!(json["features"], serde_json::json!([]));
        }
    }
}
