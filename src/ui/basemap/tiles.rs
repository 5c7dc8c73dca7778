//! The tiles of one source as textures: read on threads of their own, uploaded a few a frame,
//! kept in a bounded amount of memory.
//!
//! A frame only asks what there is. What is missing is drawn from the tile around it, enlarged;
//! so is everything beyond the deepest level.

use crate::basemap::{Lattice, TileAddress};
use crate::tiles::TileReader;
use crate::ui::loader::{Fetch, Fetched, Loader, State};
use egui::{ColorImage, Context, Rect, TextureHandle, TextureOptions, pos2};
use image::RgbaImage;
use image::imageops::FilterType;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// What the textures of one source may take.
const KEPT_BYTES: usize = 64 << 20;
/// Larger pictures are made smaller as they come: a server in disorder must not fill the memory.
const LARGEST_SIDE_PX: u32 = 512;
/// An upload is a copy of up to a megabyte: this many take a millisecond or two.
const UPLOADS_A_FRAME: usize = 6;

/// How far a tile is that was asked for.
#[derive(Clone)]
enum Loaded {
    /// The source has none there.
    Nothing,
    /// Come, but not on the graphics card yet.
    Pixels(Arc<ColorImage>),
    Here(TextureHandle),
}

/// A texture, and the part of it to draw.
pub struct Piece {
    pub texture: TextureHandle,
    pub part: Rect,
}

/// The tiles of one source.
pub struct Tiles {
    lattice: Lattice,
    loader: Loader<TileAddress, Loaded>,
    context: Context,
}

impl Tiles {
    /// One thread for each reader.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(
        lattice: Lattice,
        readers: Vec<Box<dyn TileReader>>,
        context: &Context,
    ) -> std::io::Result<Self> {
        let side = lattice.tile_px.clamp(256, LARGEST_SIDE_PX) as usize;
        let kept = NonZeroUsize::new(KEPT_BYTES / (side * side * 4)).unwrap_or(NonZeroUsize::MIN);
        let fetchers = readers.into_iter().map(|reader| Fetcher {
            reader,
            side: side as u32,
        });
        Ok(Self {
            loader: Loader::start("jiugai tiles", kept, fetchers.collect(), context)?,
            lattice,
            context: context.clone(),
        })
    }

    pub fn lattice(&self) -> &Lattice {
        &self.lattice
    }

    /// Takes over what has come since, as much as a frame has time for.
    pub fn receive(&mut self) {
        let context = &self.context;
        let more = self
            .loader
            .receive_some(UPLOADS_A_FRAME, |tile, loaded| match loaded {
                Loaded::Pixels(pixels) => {
                    let name = format!("tile {}/{}/{}", tile.level, tile.x, tile.y);
                    Loaded::Here(context.load_texture(name, pixels, TextureOptions::LINEAR))
                }
                other => other,
            });
        if more {
            context.request_repaint();
        }
    }

    /// Asks again, at once, for everything that failed.
    pub fn retry(&mut self) {
        self.loader.forget_failures();
    }

    /// The tile, or the part of the nearest one around it, as far as there by now; asks for what
    /// is missing.
    pub fn piece(&mut self, tile: TileAddress) -> Option<Piece> {
        if !self.lattice.contains(tile) {
            return None;
        }
        let (first, last) = (*self.lattice.levels.start(), *self.lattice.levels.end());
        let mut asked = false;
        for level in (first..=tile.level.min(last)).rev() {
            let around = tile.around(level);
            match self.loader.state(around) {
                Some(State::Here(Loaded::Here(texture))) => {
                    let part = part_of(tile, level);
                    return Some(Piece { texture, part });
                }
                // Where the source has nothing, the level above may.
                Some(State::Here(Loaded::Nothing)) => {}
                Some(State::Here(Loaded::Pixels(_)) | State::Asked | State::Failed { .. }) => {
                    asked = true;
                }
                None if asked => {}
                None => {
                    self.loader.ask(around);
                    asked = true;
                }
            }
        }
        None
    }

    /// Whether nothing is waited for.
    #[cfg(test)]
    pub fn is_idle(&self) -> bool {
        self.loader.is_idle()
    }
}

/// Which part of the tile of `level` around it `tile` is.
fn part_of(tile: TileAddress, level: u8) -> Rect {
    let (left, top, side) = tile.part_of_around(level);
    let corner = |x: f64, y: f64| pos2(x as f32, y as f32);
    Rect::from_min_max(corner(left, top), corner(left + side, top + side))
}

struct Fetcher {
    reader: Box<dyn TileReader>,
    /// What the pictures should measure.
    side: u32,
}

impl Fetch<TileAddress, Loaded> for Fetcher {
    fn fetch(&mut self, tile: TileAddress, _: &Context) -> Fetched<Loaded> {
        match self.reader.read(tile) {
            Ok(None) => Fetched::Here(Loaded::Nothing),
            Ok(Some(picture)) => {
                let pixels = pixels_of(picture, self.side);
                Fetched::Here(Loaded::Pixels(Arc::new(pixels)))
            }
            Err(trouble) => Fetched::Failed {
                again_after: trouble.again_after,
            },
        }
    }
}

/// The pixels of a picture, no more than `side` either way.
fn pixels_of(picture: RgbaImage, side: u32) -> ColorImage {
    let picture = match picture.width().max(picture.height()) > side.max(1) {
        true => image::imageops::resize(&picture, side, side, FilterType::Triangle),
        false => picture,
    };
    let size = [picture.width() as usize, picture.height() as usize];
    ColorImage::from_rgba_unmultiplied(size, picture.as_raw())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Datum;
    use crate::tiles::TileTrouble;
    use std::time::{Duration, Instant};

    /// Has the even columns of level 3, all of level 2, and of level 1 nothing but trouble. Its
    /// pictures are larger than they should be.
    struct Checkered;

    impl TileReader for Checkered {
        fn read(&mut self, tile: TileAddress) -> Result<Option<RgbaImage>, TileTrouble> {
            match tile.level {
                3 if !tile.x.is_multiple_of(2) => Ok(None),
                2 | 3 => Ok(Some(RgbaImage::new(700, 1_400))),
                _ => Err(TileTrouble {
                    again_after: Duration::from_secs(60),
                }),
            }
        }
    }

    fn tiles() -> Tiles {
        let lattice = Lattice::web_mercator(Datum::Wgs84, 1..=3);
        let readers: Vec<Box<dyn TileReader>> = vec![Box::new(Checkered)];
        Tiles::start(lattice, readers, &Context::default()).unwrap()
    }

    fn tile(level: u8, x: u32, y: u32) -> TileAddress {
        TileAddress::new(level, x, y)
    }

    /// What is drawn once everything that was asked for has come.
    fn drawn_in_the_end(tiles: &mut Tiles, tile: TileAddress) -> Option<Piece> {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            tiles.receive();
            let piece = tiles.piece(tile);
            if tiles.is_idle() || Instant::now() > end {
                return piece;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn part(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        Rect::from_min_max(pos2(left, top), pos2(right, bottom))
    }

    #[test]
    fn the_first_question_is_answered_later() {
        let mut tiles = tiles();
        assert!(tiles.piece(tile(3, 4, 2)).is_none());
        let drawn = drawn_in_the_end(&mut tiles, tile(3, 4, 2)).unwrap();
        assert_eq!(drawn.part, part(0.0, 0.0, 1.0, 1.0));
    }

    #[test]
    fn a_missing_tile_and_one_beyond_the_deepest_level_come_from_the_one_around() {
        let mut tiles = tiles();
        for (asked, shown) in [
            (tile(3, 5, 2), part(0.5, 0.0, 1.0, 0.5)),
            (tile(5, 17, 10), part(0.25, 0.5, 0.5, 0.75)),
        ] {
            let drawn = drawn_in_the_end(&mut tiles, asked).unwrap();
            assert_eq!(drawn.part, shown, "{asked:?}");
        }
    }

    #[test]
    fn nothing_is_drawn_outside_the_world_and_nothing_asked_for() {
        let mut tiles = tiles();
        for outside in [tile(3, 8, 0), tile(3, 0, 8), tile(0, 0, 0)] {
            assert!(tiles.piece(outside).is_none());
        }
        assert!(tiles.is_idle());
    }

    #[test]
    fn a_failure_is_asked_about_again_when_the_user_says_so() {
        let mut tiles = tiles();
        let failing = tile(1, 0, 0);
        assert!(drawn_in_the_end(&mut tiles, failing).is_none());
        assert!(tiles.piece(failing).is_none() && tiles.is_idle());
        tiles.retry();
        assert!(tiles.piece(failing).is_none() && !tiles.is_idle());
    }

    #[test]
    fn a_picture_that_is_too_large_takes_no_more_memory_than_another() {
        let mut tiles = tiles();
        let drawn = drawn_in_the_end(&mut tiles, tile(2, 0, 0)).unwrap();
        assert_eq!(drawn.texture.size(), [256, 256]);
    }
}
