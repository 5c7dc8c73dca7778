//! From the drawing board to the ground. The town is planned on a straight grid of metres (`x` to
//! the east, `y` to the north); a gentle bend and a turn make it look grown, and put it in degrees.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use jiugai::model::LonLat;

/// The middle of the town: inside Hengfeng county (361125), eight kilometres from its border, in
/// hills where no town stands.
const MIDDLE: LonLat = LonLat {
    lon: 117.612,
    lat: 28.488,
};

/// Seven degrees, counter-clockwise.
const TURN_COS: f64 = 0.992_546_151_6;
const TURN_SIN: f64 = 0.121_869_343_4;

/// Metres in a degree at 28.488° N on the WGS 84 ellipsoid.
const METRES_PER_DEGREE: LonLat = LonLat {
    lon: 97_914.0,
    lat: 110_840.0,
};

/// Straight edges on the board that are longer get corners in between, so that they bend along.
const LONGEST_STRAIGHT_M: f64 = 110.0;

/// Where a point of the board lies, to a centimetre: the same digits on every machine.
pub fn place(at: Coord) -> Coord {
    let x = at.x + 22.0 * (at.y / 410.0 + 0.6).sin() + 9.0 * (at.x / 300.0).sin();
    let y = at.y + 26.0 * (at.x / 470.0 + 0.3).sin() + 7.0 * (at.y / 350.0).sin();
    let east = x * TURN_COS - y * TURN_SIN;
    let north = x * TURN_SIN + y * TURN_COS;
    Coord {
        x: round7(MIDDLE.lon + east / METRES_PER_DEGREE.lon),
        y: round7(MIDDLE.lat + north / METRES_PER_DEGREE.lat),
    }
}

pub fn round7(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

pub fn place_line(line: &LineString) -> LineString {
    let mut placed = Vec::new();
    for edge in line.lines() {
        let length = edge.delta().x.hypot(edge.delta().y);
        let pieces = (length / LONGEST_STRAIGHT_M).ceil().max(1.0) as usize;
        for piece in 0..pieces {
            placed.push(place(
                edge.start + edge.delta() * (piece as f64 / pieces as f64),
            ));
        }
    }
    placed.extend(line.0.last().map(|last| place(*last)));
    LineString(placed)
}

pub fn place_polygon(polygon: &Polygon) -> Polygon {
    Polygon::new(
        place_line(polygon.exterior()),
        polygon.interiors().iter().map(place_line).collect(),
    )
}

pub fn place_all(polygons: &MultiPolygon) -> MultiPolygon {
    MultiPolygon(polygons.iter().map(place_polygon).collect())
}

/// Moves a placed point by metres.
pub fn moved_point(at: Coord, east_m: f64, north_m: f64) -> Coord {
    Coord {
        x: round7(at.x + east_m / METRES_PER_DEGREE.lon),
        y: round7(at.y + north_m / METRES_PER_DEGREE.lat),
    }
}

/// Metres between two placed points.
pub fn distance_m(a: Coord, b: Coord) -> f64 {
    let east = (a.x - b.x) * METRES_PER_DEGREE.lon;
    let north = (a.y - b.y) * METRES_PER_DEGREE.lat;
    east.hypot(north)
}
