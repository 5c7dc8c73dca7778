//! Tiles from a file or from the network.
//!
//! Both are fetched and decoded on named threads ([`crate::ui::loader`]) and kept as a bounded number of
//! textures; a frame only asks what there is. What is missing is drawn from the tile around it,
//! enlarged; so is everything beyond the deepest level.

pub mod mbtiles;
pub mod xyz;

use crate::ui::loader::{Fetch, Fetched, Loader, State};
use egui::{ColorImage, Context, Rect, TextureOptions, pos2};
use image::{ImageReader, Limits};
use std::io::Cursor;
use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use walkers::sources::Attribution;
use walkers::{Tile, TileId, TilePiece};

/// Enough for a large screen and the way back; at 256 by 256 pixels 128 MB of textures.
const KEPT: NonZeroUsize = NonZeroUsize::new(512).expect("is not zero");
/// Larger images are no tiles.
const SIDE_PX: u32 = 2_048;

/// A tile that was fetched; `None` where the source has none there.
type Loaded = Option<Tile>;

/// Threads that fetch tiles.
fn start_loader<F: Fetch<TileId, Loaded>>(
    name: &str,
    fetchers: Vec<F>,
    context: &Context,
) -> std::io::Result<Loader<TileId, Loaded>> {
    Loader::start(name, KEPT, fetchers, context)
}

/// An image as a tile on the graphics card.
fn uploaded(tile: TileId, image: Option<ColorImage>, context: &Context) -> Fetched<Loaded> {
    let name = format!("tile {}/{}/{}", tile.zoom, tile.x, tile.y);
    Fetched::Here(
        image.map(|image| Tile::Raster(context.load_texture(name, image, TextureOptions::LINEAR))),
    )
}

/// A source of tiles as the map asks it: levels, and whose they are.
struct Layer {
    loader: Loader<TileId, Loaded>,
    zooms: RangeInclusive<u8>,
    attribution: Attribution,
}

impl Layer {
    /// The tile, or the part of the nearest one around it, as far as loaded by now.
    fn at(&mut self, tile: TileId) -> Option<TilePiece> {
        self.loader.receive();
        let side = 1u32.checked_shl(tile.zoom.into())?;
        if tile.x >= side || tile.y >= side {
            return None;
        }
        let deepest = tile.zoom.min(*self.zooms.end());
        let mut asked = false;
        for zoom in (*self.zooms.start()..=deepest).rev() {
            let (around, uv) = part_of(tile, zoom);
            match self.loader.state(around) {
                Some(State::Here(Some(texture))) => return Some(TilePiece::new(texture, uv)),
                // Where the source has nothing, the level above may.
                Some(State::Here(None)) => {}
                Some(State::Asked | State::Failed { .. }) => asked = true,
                None if asked => {}
                None => {
                    self.loader.ask(around);
                    asked = true;
                }
            }
        }
        None
    }

    fn attribution(&self) -> Attribution {
        self.attribution.clone()
    }
}

/// The tile of level `zoom` around `tile`, and which part of it `tile` is.
fn part_of(tile: TileId, zoom: u8) -> (TileId, Rect) {
    let levels = u32::from(tile.zoom.saturating_sub(zoom));
    let (x, y) = (tile.x >> levels, tile.y >> levels);
    let around = TileId { x, y, zoom };
    let side = (-f64::from(levels)).exp2();
    let start = |index: u32, of: u32| f64::from(index - (of << levels)) * side;
    let (left, top) = (start(tile.x, x), start(tile.y, y));
    let uv = Rect::from_min_max(
        pos2(left as f32, top as f32),
        pos2((left + side) as f32, (top + side) as f32),
    );
    (around, uv)
}

/// The picture in a PNG or JPEG file; `None` where it is none, or too large for a tile.
fn decode(file: &[u8]) -> Option<ColorImage> {
    let mut reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_PX);
    limits.max_image_height = Some(SIDE_PX);
    reader.limits(limits);
    let pixels = reader.decode().ok()?.into_rgba8();
    let size = [pixels.width() as usize, pixels.height() as usize];
    Some(ColorImage::from_rgba_unmultiplied(size, pixels.as_raw()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Color32;
    use std::time::{Duration, Instant};

    /// Has the even columns of level 3, all of level 2, and of level 1 nothing but trouble.
    struct Checkered;

    impl Fetch<TileId, Loaded> for Checkered {
        fn fetch(&mut self, tile: TileId, context: &Context) -> Fetched<Loaded> {
            match tile.zoom {
                3 if tile.x.is_multiple_of(2) => uploaded(tile, Some(image()), context),
                2 => uploaded(tile, Some(image()), context),
                3 => Fetched::Here(None),
                _ => Fetched::Failed {
                    again_after: Duration::from_secs(60),
                },
            }
        }
    }

    fn image() -> ColorImage {
        ColorImage::filled([2, 2], Color32::WHITE)
    }

    fn layer() -> Layer {
        Layer {
            loader: start_loader("tiles-test", vec![Checkered], &Context::default()).unwrap(),
            zooms: 1..=3,
            attribution: Attribution {
                text: "",
                url: "",
                logo_light: None,
                logo_dark: None,
            },
        }
    }

    fn tile(zoom: u8, x: u32, y: u32) -> TileId {
        TileId { x, y, zoom }
    }

    /// Which part of a texture is drawn once everything that was asked for has come.
    fn drawn_in_the_end(layer: &mut Layer, tile: TileId) -> Option<Rect> {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            let piece = layer.at(tile);
            if layer.loader.is_idle() || Instant::now() > end {
                return piece.map(|piece| piece.uv);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn uv(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        Rect::from_min_max(pos2(left, top), pos2(right, bottom))
    }

    #[test]
    fn a_tile_is_part_of_the_one_around_it() {
        for (of, zoom, around, part) in [
            (tile(3, 5, 2), 3, tile(3, 5, 2), uv(0.0, 0.0, 1.0, 1.0)),
            (tile(3, 5, 2), 2, tile(2, 2, 1), uv(0.5, 0.0, 1.0, 0.5)),
            (tile(4, 11, 6), 2, tile(2, 2, 1), uv(0.75, 0.5, 1.0, 0.75)),
            (tile(3, 7, 7), 0, tile(0, 0, 0), uv(0.875, 0.875, 1.0, 1.0)),
        ] {
            assert_eq!(part_of(of, zoom), (around, part), "{of:?} at {zoom}");
        }
    }

    #[test]
    fn the_first_question_is_answered_later() {
        let mut layer = layer();
        assert!(layer.at(tile(3, 4, 2)).is_none());
        let drawn = drawn_in_the_end(&mut layer, tile(3, 4, 2));
        assert_eq!(drawn, Some(uv(0.0, 0.0, 1.0, 1.0)));
    }

    #[test]
    fn a_missing_tile_and_one_beyond_the_deepest_level_come_from_the_one_around() {
        let mut layer = layer();
        let missing = drawn_in_the_end(&mut layer, tile(3, 5, 2));
        assert_eq!(missing, Some(uv(0.5, 0.0, 1.0, 0.5)));
        let beyond = drawn_in_the_end(&mut layer, tile(5, 17, 10));
        assert_eq!(beyond, Some(uv(0.25, 0.5, 0.5, 0.75)));
    }

    #[test]
    fn nothing_is_drawn_outside_the_world_or_above_the_first_level() {
        let mut layer = layer();
        for outside in [tile(3, 8, 0), tile(3, 0, 8), tile(0, 0, 0), tile(40, 0, 0)] {
            assert!(layer.at(outside).is_none());
        }
        assert!(layer.loader.is_idle());
    }

    #[test]
    fn a_failure_is_not_asked_about_again_at_once() {
        let mut layer = layer();
        assert_eq!(drawn_in_the_end(&mut layer, tile(1, 0, 0)), None);
        assert!(layer.at(tile(1, 0, 0)).is_none());
        assert!(layer.loader.is_idle());
    }

    #[test]
    fn what_is_no_picture_is_none() {
        for file in [b"".as_slice(), b"<html>", b"\x89PNG\r\n\x1a\n cut off"] {
            assert!(decode(file).is_none());
        }
    }
}
