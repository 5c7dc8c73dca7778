//! A basemap from a file, for where there is no network.

use super::{Layer, Loaded, decode, start_loader, uploaded};
use crate::formats::mbtiles::{MbtilesFile, Metadata, TileFileError, TileFileErrorKind};
use crate::ui::loader::{Fetch, Fetched};
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
        let loader = start_loader("tiles-file", reader, context).map_err(|error| {
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

impl Fetch<TileId, Loaded> for Reader {
    fn fetch(&mut self, tile: TileId, context: &Context) -> Fetched<Loaded> {
        match self.file.tile(tile.zoom, tile.x, tile.y) {
            // One spoilt picture is a hole in the map, no reason to say anything.
            Ok(image) => uploaded(tile, image.and_then(|image| decode(&image)), context),
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

    /// Which part of a texture is drawn once everything that was asked for has come.
    fn drawn_in_the_end(source: &mut MbtilesSource, tile: TileId) -> Option<egui::Rect> {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            let piece = source.at(tile);
            if source.layer.loader.is_idle() || Instant::now() > end {
                return piece.map(|piece| piece.uv);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn tile_at(lon: f64, lat: f64, zoom: u8) -> TileId {
        let side = f64::from(1u32 << zoom);
        let north = (lat.to_radians().tan() + 1.0 / lat.to_radians().cos()).ln();
        TileId {
            x: ((lon / 360.0 + 0.5) * side) as u32,
            y: ((0.5 - north / (2.0 * std::f64::consts::PI)) * side) as u32,
            zoom,
        }
    }

    #[test]
    fn the_bundled_town_is_drawn_and_enlarged_beyond_its_last_level() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/town.mbtiles");
        let mut town = MbtilesSource::open(Path::new(path), &Context::default()).unwrap();
        assert!(town.attribution().text.contains("CC0"));
        for (zoom, width) in [(15, 1.0), (17, 1.0), (19, 0.25)] {
            let tile = tile_at(117.612, 28.489, zoom);
            let drawn = drawn_in_the_end(&mut town, tile).unwrap();
            assert_eq!(drawn.width(), width, "level {zoom}");
        }
        let elsewhere = tile_at(115.9, 28.7, 15);
        assert_eq!(drawn_in_the_end(&mut town, elsewhere), None);
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
        let mut drawn = 0;
        for example in examples.flatten() {
            let opened = MbtilesSource::open(&example.path(), &Context::default());
            let Ok(mut source) = opened else { continue };
            let [west, south, east, north] = source.metadata().bounds.unwrap();
            let (lon, lat) = ((west + east) / 2.0 + 0.1, (south + north) / 2.0 + 0.1);
            let tile = tile_at(lon, lat, source.metadata().max_zoom);
            assert!(drawn_in_the_end(&mut source, tile).is_some(), "{example:?}");
            drawn += 1;
        }
        assert_eq!(drawn, 8);
    }
}
