//! Pictures of tiles, from files and from the network, as far as they can be had now.
//!
//! A [`TileReader`] belongs to one thread and may take its time; whoever draws asks threads of its
//! own. Each picture comes as its pixels, whatever it was kept as.

pub mod files;
pub mod online;
pub mod pack;
pub mod vector;

use crate::basemap::TileAddress;
use image::{ImageReader, Limits, RgbaImage};
use std::io::Cursor;
use std::time::Duration;

/// Larger images are no tiles.
const LARGEST_SIDE_PX: u32 = 2_048;

/// Gets the pictures of one source. One thread owns it.
pub trait TileReader: Send {
    /// The picture of a tile; `None` where the source has none there.
    ///
    /// # Errors
    /// [`TileTrouble`]: nothing is known of the tile, and it may be asked for again.
    fn read(&mut self, tile: TileAddress) -> Result<Option<RgbaImage>, TileTrouble>;
}

/// A tile did not come. Why is told where the source is asked how it does; here only when to try
/// again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TileTrouble {
    pub again_after: Duration,
}

/// The picture in a PNG, JPEG or WebP file; `None` where it is none, or too large for a tile.
fn decode(file: &[u8]) -> Option<RgbaImage> {
    let mut reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE_PX);
    limits.max_image_height = Some(LARGEST_SIDE_PX);
    reader.limits(limits);
    Some(reader.decode().ok()?.into_rgba8())
}

/// The picture of `tile` from the bytes of `kept`, itself or one around it: decoded, or drawn from
/// vectors. `None` where the bytes are neither.
fn picture(bytes: &[u8], kept: TileAddress, tile: TileAddress) -> Option<RgbaImage> {
    match image::guess_format(bytes) {
        Ok(_) => decode(bytes),
        Err(_) => vector::draw(bytes, kept, tile),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_is_none() {
        for file in [b"".as_slice(), b"<html>", b"\x89PNG\r\n\x1a\n cut off"] {
            assert!(decode(file).is_none());
        }
    }
}
