//! What a vector tile holds (Mapbox Vector Tile 2.1, sections 4.1 to 4.4), read so that it takes
//! memory in proportion to its bytes, whatever it claims: features are unpacked one by one, and
//! their texts are looked up where they stand.

use geo::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use prost::{Message, bytes::Bytes};

#[derive(Clone, PartialEq, Message)]
pub struct Tile {
    #[prost(message, repeated, tag = "3")]
    pub layers: Vec<Layer>,
}

#[derive(Clone, PartialEq, Message)]
pub struct Layer {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(bytes = "bytes", repeated, tag = "2")]
    features: Vec<Bytes>,
    #[prost(string, repeated, tag = "3")]
    keys: Vec<String>,
    #[prost(message, repeated, tag = "4")]
    values: Vec<Value>,
    /// Units along the side of the tile.
    #[prost(uint32, optional, tag = "5", default = "4096")]
    extent: Option<u32>,
}

/// Texts alone: nothing else is drawn by.
#[derive(Clone, PartialEq, Message)]
struct Value {
    #[prost(string, optional, tag = "1")]
    text: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
struct FeatureData {
    /// Pairs of a key and a value, as their places in the layer.
    #[prost(uint32, repeated, tag = "2")]
    tags: Vec<u32>,
    #[prost(int32, tag = "3")]
    kind: i32,
    #[prost(uint32, repeated, tag = "4")]
    commands: Vec<u32>,
}

/// A thing to draw, in the units of its layer.
pub struct Feature<'a> {
    layer: &'a Layer,
    tags: Vec<u32>,
    pub geometry: Geometry<f32>,
}

impl Tile {
    /// `None` where the data are no vector tile.
    pub fn read(data: Vec<u8>) -> Option<Self> {
        Self::decode(Bytes::from(data)).ok()
    }
}

impl Layer {
    pub fn side(&self) -> u32 {
        self.extent().max(1)
    }

    /// The features that can be read; spoilt ones are left out.
    pub fn features(&self) -> impl Iterator<Item = Feature<'_>> {
        self.features.iter().filter_map(|bytes| {
            let data = FeatureData::decode(bytes.clone()).ok()?;
            Some(Feature {
                layer: self,
                geometry: geometry(data.kind, &data.commands)?,
                tags: data.tags,
            })
        })
    }
}

impl Feature<'_> {
    /// The text under a key; `None` where there is none, or an empty one.
    pub fn text(&self, key: &str) -> Option<&str> {
        let mut pairs = self.tags.chunks_exact(2);
        let at = |list: u32| list as usize;
        let pair = pairs.find(|pair| {
            let name = self.layer.keys.get(at(pair[0]));
            name.is_some_and(|name| name == key)
        })?;
        let text = self.layer.values.get(at(pair[1]))?.text.as_deref()?;
        Some(text.trim()).filter(|text| !text.is_empty())
    }
}

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

fn geometry(kind: i32, commands: &[u32]) -> Option<Geometry<f32>> {
    let parts = parts(commands).into_iter();
    let lines = |parts: std::vec::IntoIter<Vec<_>>, fewest| {
        let long = parts.filter(move |part| part.len() >= fewest);
        long.map(LineString::new)
    };
    match kind {
        1 => {
            let points = parts.flatten().map(Point).collect();
            Some(Geometry::MultiPoint(MultiPoint(points)))
        }
        2 => {
            let lines = lines(parts, 2).collect();
            Some(Geometry::MultiLineString(MultiLineString(lines)))
        }
        3 => Some(Geometry::MultiPolygon(polygons(lines(parts, 3)))),
        _ => None,
    }
}

/// The lines that a pen draws: a new one with every move. What is claimed beyond the end is not
/// there.
fn parts(commands: &[u32]) -> Vec<Vec<Coord<f32>>> {
    let mut parts: Vec<Vec<Coord<f32>>> = Vec::new();
    let (mut x, mut y) = (0_i32, 0_i32);
    let mut numbers = commands.iter().copied();
    while let Some(command) = numbers.next() {
        let (what, times) = (command & 7, command >> 3);
        if what == CLOSE_PATH {
            continue;
        }
        if ![MOVE_TO, LINE_TO].contains(&what) {
            return parts;
        }
        for _ in 0..times {
            let (Some(right), Some(down)) = (numbers.next(), numbers.next()) else {
                return parts;
            };
            x = x.saturating_add(unfolded(right));
            y = y.saturating_add(unfolded(down));
            let at = Coord {
                x: x as f32,
                y: y as f32,
            };
            match parts.last_mut() {
                Some(part) if what == LINE_TO => part.push(at),
                _ => parts.push(vec![at]),
            }
        }
    }
    parts
}

/// A signed number that is kept with its sign in the last bit.
fn unfolded(number: u32) -> i32 {
    (number >> 1) as i32 ^ -((number & 1) as i32)
}

/// Rings that turn one way are outer, the others holes in the outer ring before.
fn polygons(rings: impl Iterator<Item = LineString<f32>>) -> MultiPolygon<f32> {
    let mut polygons: Vec<(LineString<f32>, Vec<LineString<f32>>)> = Vec::new();
    for ring in rings {
        match polygons.last_mut() {
            Some((_, holes)) if turn(&ring) <= 0.0 => holes.push(ring),
            _ => polygons.push((ring, Vec::new())),
        }
    }
    let polygons = polygons.into_iter();
    MultiPolygon(
        polygons
            .map(|(outer, holes)| Polygon::new(outer, holes))
            .collect(),
    )
}

/// Twice the area of a ring; positive where it turns clockwise as seen, with y downwards. From its
/// own first corner: coordinates far from the tile would eat up the figures.
fn turn(ring: &LineString<f32>) -> f64 {
    let Some(first) = ring.0.first() else {
        return 0.0;
    };
    let from_first = |at: &Coord<f32>| {
        let (x, y) = (f64::from(at.x), f64::from(at.y));
        (x - f64::from(first.x), y - f64::from(first.y))
    };
    let pairs = ring.0.windows(2).map(|pair| {
        let ((ax, ay), (bx, by)) = (from_first(&pair[0]), from_first(&pair[1]));
        ax * by - bx * ay
    });
    pairs.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(number: i32) -> u32 {
        ((number << 1) ^ (number >> 31)) as u32
    }

    /// Commands of these closed rings, each from where the pen is.
    fn rings(rings: &[[(i32, i32); 4]]) -> Vec<u32> {
        let mut commands = Vec::new();
        for [first, rest @ ..] in rings {
            commands.extend([9, folded(first.0), folded(first.1), 3 << 3 | LINE_TO]);
            commands.extend(rest.iter().flat_map(|(x, y)| [folded(*x), folded(*y)]));
            commands.push(1 << 3 | CLOSE_PATH);
        }
        commands
    }

    #[test]
    fn a_yard_is_a_hole_and_a_second_house_a_polygon_of_its_own() {
        let house = [(0, 0), (100, 0), (0, 100), (-100, 0)];
        let yard = [(20, -80), (0, 50), (50, 0), (0, -50)];
        let beside = [(200, 0), (100, 0), (0, 100), (-100, 0)];
        let Some(Geometry::MultiPolygon(found)) = geometry(3, &rings(&[house, yard, beside]))
        else {
            panic!("no polygons");
        };
        let holes: Vec<_> = found.iter().map(|it| it.interiors().len()).collect();
        assert_eq!(holes, [1, 0]);
        assert_eq!(found.0[1].exterior().0.len(), 5);
    }

    #[test]
    fn the_example_of_the_specification_is_read() {
        // Section 4.3.5, "Example Multi Linestring" and "Example Multi Point".
        let lines = [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8];
        let Some(Geometry::MultiLineString(found)) = geometry(2, &lines) else {
            panic!("no lines");
        };
        let ends: Vec<_> = found.iter().map(|line| line.0[line.0.len() - 1]).collect();
        assert_eq!(ends, [Coord { x: 10.0, y: 10.0 }, Coord { x: 3.0, y: 5.0 }]);
        let Some(Geometry::MultiPoint(found)) = geometry(1, &[17, 10, 14, 3, 9]) else {
            panic!("no points");
        };
        assert_eq!(found.0, [Point::new(5.0, 7.0), Point::new(3.0, 2.0)]);
    }

    #[test]
    fn what_is_claimed_beyond_the_end_is_not_there() {
        for commands in [
            vec![u32::MAX - 6, 2, 2],
            vec![!7 | LINE_TO],
            vec![9, u32::MAX, u32::MAX - 1, 18, u32::MAX - 1],
            vec![7, 7, 15, 0, 9],
            vec![],
        ] {
            for kind in 0..5 {
                _ = geometry(kind, &commands);
            }
            assert!(parts(&commands).len() <= 1, "{commands:?}");
        }
    }
}
