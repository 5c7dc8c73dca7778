//! Vector tiles drawn as pictures, in one plain style that knows the common schemas.
//!
//! They are drawn on the thread that reads them, so that a map of vectors costs a frame no more
//! than one of pictures and works on a laptop without a graphics card.

mod decode;
pub mod lettering;
mod names;
mod style;

use crate::basemap::TileAddress;
use decode::{Feature, Tile};
use flate2::read::GzDecoder;
use geo::{Geometry, LineString, Polygon};
use image::RgbaImage;
use names::Names;
use std::io::Read;
use std::panic::AssertUnwindSafe;
use style::Look;
use tiny_skia::{FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, Transform};

/// Vectors stay sharp beyond their last level; farther on there is nothing new to see.
pub const LEVELS_BEYOND: u8 = 3;
/// Pixels along the side of a tile that is drawn.
const SIDE_PX: u32 = 512;
/// An unpacked tile is rarely a megabyte; a packed one can pretend anything.
const MOST_BYTES: u64 = 16 << 20;
/// Of features in a tile; more is no map.
const MOST_FEATURES: usize = 100_000;

/// The picture of `tile` from the data of `kept`, itself or a tile around it; `None` where the data
/// are no vector tile.
pub fn draw(data: &[u8], kept: TileAddress, tile: TileAddress) -> Option<RgbaImage> {
    let unpacked = unpacked(data)?;
    // Drawing takes numbers of any size: a damaged tile must not take the thread with it.
    let drawn = std::panic::catch_unwind(AssertUnwindSafe(|| drawn(unpacked, kept, tile)));
    drawn.ok().flatten()
}

/// The data as they are, or without their gzip packing.
pub(super) fn unpacked(data: &[u8]) -> Option<Vec<u8>> {
    if !data.starts_with(&[0x1f, 0x8b]) {
        return Some(data.to_vec());
    }
    let mut bytes = Vec::new();
    let mut reader = GzDecoder::new(data).take(MOST_BYTES);
    reader.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn drawn(data: Vec<u8>, kept: TileAddress, tile: TileAddress) -> Option<RgbaImage> {
    let data = Tile::read(data)?;
    let mut things = Vec::new();
    let features = data
        .layers
        .iter()
        .flat_map(|layer| layer.features().map(move |feature| (layer, feature)));
    for (layer, feature) in features.take(MOST_FEATURES) {
        let onto = Onto::tile(kept, tile, layer.side());
        let class = ["class", "kind", "pmap:kind", "highway", "type", "fclass"];
        let class = class.iter().find_map(|key| feature.text(key));
        if let Some(look) = Look::of(&layer.name, class.unwrap_or_default()) {
            things.push((look, onto, feature));
        }
    }
    // Stable: what the file has later lies above.
    things.sort_by_key(|(look, _, _)| look.order);
    let mut picture = Pixmap::new(SIDE_PX, SIDE_PX)?;
    picture.fill(style::GROUND.color());
    let mut names = Names::new();
    for (look, onto, feature) in &things {
        draw_feature(&mut picture, look, onto, &feature.geometry, tile.level);
    }
    for (look, onto, feature) in things.iter().rev() {
        if let Some(name) = name(feature) {
            names.consider(look, onto, &feature.geometry, name);
        }
    }
    names.draw(&mut picture);
    RgbaImage::from_raw(SIDE_PX, SIDE_PX, picture.take())
}

/// From the numbers of a layer to pixels of the picture.
#[derive(Clone, Copy)]
struct Onto {
    scale: f32,
    left: f32,
    top: f32,
}

impl Onto {
    fn tile(kept: TileAddress, tile: TileAddress, extent: u32) -> Self {
        let (left, top, side) = tile.part_of_around(kept.level);
        let side_px = SIDE_PX as f32 / side as f32;
        Self {
            scale: side_px / extent.max(1) as f32,
            left: left as f32 * side_px,
            top: top as f32 * side_px,
        }
    }

    fn place(&self, at: geo::Coord<f32>) -> (f32, f32) {
        (at.x * self.scale - self.left, at.y * self.scale - self.top)
    }
}

/// The name for readers of Chinese, else the name of the place.
fn name<'a>(feature: &'a Feature) -> Option<&'a str> {
    let keys = ["name:zh-Hans", "name:zh", "name_zh", "name"];
    keys.iter().find_map(|key| feature.text(key))
}

fn draw_feature(
    picture: &mut Pixmap,
    look: &Look,
    onto: &Onto,
    geometry: &Geometry<f32>,
    level: u8,
) {
    let fill = |picture: &mut Pixmap, path: &Path, ink: style::Ink| {
        let paint = paint(ink);
        picture.fill_path(path, &paint, FillRule::EvenOdd, Transform::identity(), None);
    };
    let line = |picture: &mut Pixmap, path: &Path, ink: style::Ink, width: f32| {
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        picture.stroke_path(path, &paint(ink), &stroke, Transform::identity(), None);
    };
    let Some(path) = path(geometry, onto) else {
        return;
    };
    if let (Some(ink), Geometry::Polygon(_) | Geometry::MultiPolygon(_)) = (look.fill, geometry) {
        fill(picture, &path, ink);
    }
    let width = look.width_at(level);
    if let (Some(rim), false) = (look.rim, width == 0.0) {
        line(picture, &path, rim, width + 2.0);
    }
    if let Some(ink) = look.line.filter(|_| width > 0.0) {
        line(picture, &path, ink, width);
    }
}

fn paint(ink: style::Ink) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(ink.color());
    paint.anti_alias = true;
    paint
}

/// The lines and rings of a geometry as one path; `None` for points and for nothing.
fn path(geometry: &Geometry<f32>, onto: &Onto) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let mut add = |line: &LineString<f32>, closed: bool| {
        for (index, at) in line.0.iter().enumerate() {
            let (x, y) = onto.place(*at);
            match index {
                0 => builder.move_to(x, y),
                _ => builder.line_to(x, y),
            }
        }
        if closed && line.0.len() > 2 {
            builder.close();
        }
    };
    let mut rings = |polygon: &Polygon<f32>| {
        add(polygon.exterior(), true);
        polygon.interiors().iter().for_each(|ring| add(ring, true));
    };
    match geometry {
        Geometry::Polygon(polygon) => rings(polygon),
        Geometry::MultiPolygon(polygons) => polygons.iter().for_each(rings),
        Geometry::LineString(line) => add(line, false),
        Geometry::MultiLineString(lines) => lines.iter().for_each(|line| add(line, false)),
        _ => {}
    }
    builder.finish()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A layer "water" of 4096 units whose left half is one polygon.
    pub fn tile_of_water() -> Vec<u8> {
        let field = |number: u8, content: &[u8]| {
            let mut bytes = vec![number << 3 | 2, content.len() as u8];
            bytes.extend(content);
            bytes
        };
        // MoveTo 0 0; LineTo 2048 0, 0 4096, -2048 0; close.
        let zigzag = |value: i32| ((value << 1) ^ (value >> 31)) as u32;
        let mut commands = Vec::new();
        let numbers = [
            9,
            zigzag(0),
            zigzag(0),
            26,
            zigzag(2048),
            zigzag(0),
            zigzag(0),
            zigzag(4096),
            zigzag(-2048),
            zigzag(0),
            15,
        ];
        for mut number in numbers {
            while number >= 0x80 {
                commands.push(number as u8 | 0x80);
                number >>= 7;
            }
            commands.push(number as u8);
        }
        let mut feature = vec![3 << 3, 3];
        feature.extend(field(4, &commands));
        let mut layer = vec![15 << 3, 2];
        layer.extend(field(1, b"water"));
        layer.extend(field(2, &feature));
        layer.extend([5 << 3, 0x80, 0x20]);
        field(3, &layer)
    }

    const TILE: TileAddress = TileAddress {
        level: 10,
        x: 5,
        y: 6,
    };

    #[test]
    fn water_is_blue_where_it_is_and_the_ground_where_it_is_not() {
        let picture = draw(&tile_of_water(), TILE, TILE).unwrap();
        let [water, ground] = [100, 400].map(|x| *picture.get_pixel(x, 256));
        assert_ne!(water, ground);
        assert!(water.0[2] > water.0[0], "{water:?}");
        // A level deeper the western tile is all water.
        let deeper = TileAddress::new(11, 10, 12);
        let picture = draw(&tile_of_water(), TILE, deeper).unwrap();
        assert_eq!(
            (*picture.get_pixel(10, 10), *picture.get_pixel(500, 500)),
            (water, water)
        );
    }

    #[test]
    fn a_packed_tile_is_the_same_and_what_is_no_tile_is_none() {
        use std::io::Write;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&tile_of_water()).unwrap();
        let packed = packed.finish().unwrap();
        assert_eq!(
            draw(&packed, TILE, TILE),
            draw(&tile_of_water(), TILE, TILE)
        );
        assert_eq!(draw(&packed[..20], TILE, TILE), None);
        assert_eq!(draw(b"<html>", TILE, TILE), None);
    }

    /// A layer of one feature with these commands.
    fn tile_of(geometry: &[u8]) -> Vec<u8> {
        fn field(number: u8, content: &[u8]) -> Vec<u8> {
            let mut bytes = vec![number << 3 | 2];
            let mut length = content.len();
            while length >= 0x80 {
                bytes.push(length as u8 | 0x80);
                length >>= 7;
            }
            bytes.push(length as u8);
            bytes.extend(content);
            bytes
        }
        let mut feature = vec![3 << 3, 2];
        feature.extend(field(4, geometry));
        let mut layer = vec![15 << 3, 2];
        layer.extend(field(1, b"transportation"));
        layer.extend(field(2, &feature));
        field(3, &layer)
    }

    #[test]
    fn a_feature_of_many_parts_takes_no_more_memory_than_its_parts() {
        // MoveTo 0 0, LineTo 2 2, again and again: a part takes six bytes.
        let tile = tile_of(&[9, 0, 0, 10, 4, 4].repeat(300_000));
        assert!(draw(&tile, TILE, TILE).is_some());
    }

    proptest! {
        #[test]
        fn a_spoilt_tile_never_stops_the_thread(at in 0usize..50, byte: u8, cut in 0usize..60) {
            let mut tile = tile_of_water();
            let at = at % tile.len();
            tile[at] = byte;
            tile.truncate(tile.len().saturating_sub(cut % 5));
            _ = draw(&tile, TILE, TILE);
        }
    }
}
