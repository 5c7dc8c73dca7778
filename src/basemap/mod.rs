//! What lies under a survey: sources of map pictures, and where on the ground their pixels are.
//!
//! A source is data ([`Source`]): what it is called, where it comes from, whose it is, in which
//! datum it lies and what its owner allows. Its pixels come in tiles of a [`Lattice`], which knows
//! the way between a tile and stored positions. Nothing here opens a file or a connection.

pub mod address;
mod lattice;
mod presets;
pub mod share;
mod source;
pub mod template;
pub mod wmts;

pub use lattice::{Affine, Lattice, TileAddress, TileRange};
pub use presets::presets;
pub use source::{Keeping, Source, SourceId, SourceKind, Subdomains, TokenName, WmtsGrid};
