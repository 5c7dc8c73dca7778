//! Pictures of tiles, from files and from the network, as far as they can be had now.
//!
//! A [`TileReader`] belongs to one thread and may take its time; whoever draws asks threads of its
//! own. Each picture comes as its pixels, whatever it was kept as.

use crate::basemap::TileAddress;
use image::RgbaImage;
use std::time::Duration;

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
