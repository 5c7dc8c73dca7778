//! Layers of maps: GeoPackage, Shapefile, KML, GPX and GeoJSON with every kind of geometry.
//!
//! A feature that cannot be read keeps its attributes, with the reason; only a file that cannot be
//! told apart into features is an error.

mod error;
mod files;
mod geojson;
mod geopackage;
pub mod gpx;
mod kml;
pub(crate) mod raw;
mod rows;
mod shapefile;
pub(crate) mod table;
mod xml;

pub use error::{Damage, LayerError, LayerErrorKind, SkipReason, Skipped};
pub(crate) use files::FileSet;
pub(super) use files::{BESIDE_SHAPES, Kind, SQLITE, check_unpacked_size, names_in_zip};
pub(super) use geopackage::is_survey;
pub(super) use rows::table_of;
pub(super) use xml::{Token, Tokens};
