//! GeoJSON with coordinates of exactly seven decimals (one centimetre), one feature a line, so that
//! two releases can be compared line by line.

use super::Profile;
use crate::model::{Boundary, LonLat};
use geo::orient::Direction;
use geo::{BoundingRect, CoordsIter, LineString, Orient, Rect};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// Writes one FeatureCollection, feature by feature.
pub struct CollectionWriter<W: Write> {
    out: W,
    profile: Profile,
    is_first: bool,
}

impl<W: Write> CollectionWriter<W> {
    /// Opens a collection. `boundaries` are those of the features to come, for the `bbox`.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn begin<'a>(
        mut out: W,
        profile: Profile,
        boundaries: impl IntoIterator<Item = &'a Boundary>,
    ) -> io::Result<Self> {
        write!(
            out,
            "{{\"type\":\"FeatureCollection\",\"name\":\"library\","
        )?;
        match profile {
            Profile::Cgcs2000 => write!(
                out,
                "\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"{}\"}}}},",
                profile.crs()
            )?,
            Profile::Rfc7946 => write_bbox(&mut out, bounds(boundaries))?,
        }
        write!(out, "\"features\":[")?;
        Ok(Self {
            out,
            profile,
            is_first: true,
        })
    }

    /// Writes one feature. A boundary that is no place on Earth becomes `null`, as RFC 7946 has it
    /// for a feature without a place.
    ///
    /// # Errors
    /// What writing gives.
    pub fn feature(
        &mut self,
        id: &str,
        boundary: Option<&Boundary>,
        properties: &Map<String, Value>,
    ) -> io::Result<()> {
        let boundary = boundary.filter(|boundary| is_writable(boundary));
        let separator = if self.is_first { "\n" } else { ",\n" };
        self.is_first = false;
        let out = &mut self.out;
        write!(out, "{separator}{{\"type\":\"Feature\",\"id\":")?;
        serde_json::to_writer(&mut *out, id)?;
        write!(out, ",")?;
        if self.profile == Profile::Rfc7946 {
            write_bbox(out, boundary.and_then(|b| b.bounding_rect()))?;
        }
        write!(out, "\"geometry\":")?;
        write_geometry(out, boundary)?;
        write!(out, ",\"properties\":")?;
        serde_json::to_writer(&mut *out, properties)?;
        write!(out, "}}")
    }

    /// Closes the collection.
    ///
    /// # Errors
    /// What writing gives.
    pub fn end(mut self) -> io::Result<()> {
        writeln!(self.out, "\n]}}")
    }
}

fn is_writable(boundary: &Boundary) -> bool {
    let on_earth = |at: geo::Coord| LonLat::from(at).is_on_earth();
    !boundary.0.is_empty() && boundary.coords_iter().all(on_earth)
}

fn bounds<'a>(boundaries: impl IntoIterator<Item = &'a Boundary>) -> Option<Rect> {
    let rects = boundaries
        .into_iter()
        .filter(|boundary| is_writable(boundary));
    rects
        .filter_map(|boundary| boundary.bounding_rect())
        .reduce(|one, other| {
            let (a, b) = (one.min(), other.min());
            let (c, d) = (one.max(), other.max());
            Rect::new((a.x.min(b.x), a.y.min(b.y)), (c.x.max(d.x), c.y.max(d.y)))
        })
}

fn write_bbox(out: &mut impl Write, rect: Option<Rect>) -> io::Result<()> {
    let Some(rect) = rect else {
        return Ok(());
    };
    write!(out, "\"bbox\":[")?;
    write_pair(out, rect.min())?;
    write!(out, ",")?;
    write_pair(out, rect.max())?;
    write!(out, "],")
}

/// Always a MultiPolygon, so that a layer has one geometry type whatever its estates are.
fn write_geometry(out: &mut impl Write, boundary: Option<&Boundary>) -> io::Result<()> {
    let Some(boundary) = boundary else {
        return write!(out, "null");
    };
    write!(out, "{{\"type\":\"MultiPolygon\",\"coordinates\":[")?;
    // Right-hand rule (RFC 7946, 3.1.6); the other profile does not mind.
    for (index, polygon) in boundary.orient(Direction::Default).iter().enumerate() {
        write!(out, "{}[", if index > 0 { "," } else { "" })?;
        write_ring(out, polygon.exterior())?;
        for hole in polygon.interiors() {
            write!(out, ",")?;
            write_ring(out, hole)?;
        }
        write!(out, "]")?;
    }
    write!(out, "]}}")
}

fn write_ring(out: &mut impl Write, ring: &LineString) -> io::Result<()> {
    write!(out, "[")?;
    for (index, coord) in ring.coords().enumerate() {
        write!(out, "{}[", if index > 0 { "," } else { "" })?;
        write_pair(out, *coord)?;
        write!(out, "]")?;
    }
    write!(out, "]")
}

fn write_pair(out: &mut impl Write, coord: geo::Coord) -> io::Result<()> {
    write!(out, "{:.7},{:.7}", coord.x, coord.y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{MultiPolygon, Polygon, Winding};

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
        let mut writer = CollectionWriter::begin(&mut out, profile, boundary).unwrap();
        let mut properties = Map::new();
        properties.insert("name".into(), "洪都新村 \"一期\"".into());
        properties.insert("households".into(), Value::Null);
        writer.feature("1", boundary, &properties).unwrap();
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
}
