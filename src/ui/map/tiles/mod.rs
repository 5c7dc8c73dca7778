//! Tiles from a file or from the network.
//!
//! Both are fetched and decoded on named threads ([`loader`]) and kept as a bounded number of
//! textures; a frame only asks what there is. What is missing is drawn from the tile around it,
//! enlarged; so is everything beyond the deepest level.

mod loader;
pub mod mbtiles;
pub mod xyz;

use egui::{Rect, pos2};
use loader::{Loader, State};
use std::ops::RangeInclusive;
use walkers::sources::Attribution;
use walkers::{TileId, TilePiece};

/// A source of tiles as the map asks it: levels, and whose they are.
struct Layer {
    loader: Loader,
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
                Some(State::Ready(texture)) => return Some(TilePiece::new(texture, uv)),
                // Where the source has nothing, the level above may.
                Some(State::Missing) => {}
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

#[cfg(test)]
mod tests {
    use super::loader::{Fetch, Fetched};
    use super::*;
    use egui::{Color32, ColorImage, Context};
    use std::time::{Duration, Instant};

    /// Has the even columns of level 3, all of level 2, and of level 1 nothing but trouble.
    struct Checkered;

    impl Fetch for Checkered {
        fn fetch(&mut self, tile: TileId) -> Fetched {
            match tile.zoom {
                3 if tile.x.is_multiple_of(2) => Fetched::Image(image()),
                2 => Fetched::Image(image()),
                3 => Fetched::Missing,
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
            loader: Loader::start("tiles-test", vec![Checkered], &Context::default()).unwrap(),
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
}
