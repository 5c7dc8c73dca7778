//! A basemap from a file, for where there is no network.

use super::Layer;
use super::loader::{Fetch, Fetched, Loader, decode};
use crate::formats::mbtiles::{MbtilesFile, Metadata, TileFileError, TileFileErrorKind};
use egui::Context;
use std::path::Path;
use std::time::Duration;
use walkers::sources::Attribution;
use walkers::{TileId, TilePiece, Tiles};

/// How long a tile that could not be read (the stick was pulled out) is left alone.
const PATIENCE: Duration = Duration::from_secs(5);

/// The tiles of one MBTiles file. Reading and decoding happen on a thread of their own.
pub struct MbtilesSource {
    layer: Layer,
    metadata: Metadata,
}

impl MbtilesSource {
    /// # Errors
    /// [`TileFileError`] where the file is missing, damaged, or holds no raster tiles.
    pub fn open(path: &Path, context: &Context) -> Result<Self, TileFileError> {
        let file = MbtilesFile::open(path)?;
        let metadata = file.metadata().clone();
        let reader = vec![Reader { file }];
        let loader = Loader::start("tiles-file", reader, context).map_err(|error| {
            let detail = error.to_string();
            TileFileError {
                path: path.to_owned(),
                kind: TileFileErrorKind::Unreadable { detail },
            }
        })?;
        let layer = Layer {
            loader,
            zooms: metadata.min_zoom..=metadata.max_zoom,
            attribution: Attribution {
                // The map wants text that lives on: one line for each file that is opened.
                text: Box::leak(metadata.attribution.clone().into_boxed_str()),
                url: "",
                logo_light: None,
                logo_dark: None,
            },
        };
        Ok(Self { layer, metadata })
    }

    /// Name, levels and bounds of the file.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }
}

impl Tiles for MbtilesSource {
    fn at(&mut self, tile: TileId) -> Option<TilePiece> {
        self.layer.at(tile)
    }

    fn attribution(&self) -> Attribution {
        self.layer.attribution()
    }

    fn tile_size(&self) -> u32 {
        256
    }
}

struct Reader {
    file: MbtilesFile,
}

impl Fetch for Reader {
    fn fetch(&mut self, tile: TileId) -> Fetched {
        match self.file.tile(tile.zoom, tile.x, tile.y) {
            // One spoilt picture is a hole in the map, no reason to say anything.
            Ok(image) => image
                .and_then(|image| decode(&image))
                .map_or(Fetched::Missing, Fetched::Image),
            Err(_) => Fetched::Failed {
                again_after: PATIENCE,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    fn eventually(source: &mut MbtilesSource, tile: TileId) -> Option<TilePiece> {
        let end = Instant::now() + Duration::from_secs(10);
        while Instant::now() < end {
            if let Some(piece) = source.at(tile) {
                return Some(piece);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        None
    }

    #[test]
    fn the_bundled_town_is_drawn_and_enlarged_beyond_its_last_level() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/town.mbtiles");
        let mut town = MbtilesSource::open(Path::new(path), &Context::default()).unwrap();
        assert!(town.attribution().text.contains("CC0"));
        for (zoom, width) in [(15, 1.0), (17, 1.0), (19, 0.25)] {
            let tile = TileId {
                x: 27_089 << zoom >> 15,
                y: 13_676 << zoom >> 15,
                zoom,
            };
            let piece = eventually(&mut town, tile).unwrap();
            assert_eq!(piece.uv.width(), width, "level {zoom}");
        }
    }

    #[test]
    fn every_published_example_opens_or_is_refused_and_none_panics() {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../shared/testdata/tiles/mbtiles"
        );
        let Ok(examples) = std::fs::read_dir(folder) else {
            eprintln!("skipped: {folder} is not here");
            return;
        };
        for example in examples.flatten() {
            let opened = MbtilesSource::open(&example.path(), &Context::default());
            let Ok(mut source) = opened else { continue };
            let zoom = source.metadata().max_zoom;
            let middle = (1 << zoom) / 2;
            let piece = eventually(
                &mut source,
                TileId {
                    x: middle,
                    y: middle - 1,
                    zoom,
                },
            );
            assert!(piece.is_some(), "{:?}", example.path());
        }
    }
}
