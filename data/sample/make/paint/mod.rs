//! The map under the sample: a pale street map of the town as raster tiles in one MBTiles file.

mod colours;
mod mbtiles;
mod scene;
mod tile;

pub use mbtiles::file;
pub use scene::Scene;
#[cfg(test)]
pub use tile::Painter;
