//! Which tiles lie under the survey: a file, the network, or nothing.

use super::map::tiles::{mbtiles::MbtilesSource, xyz::XyzSource};
use super::preferences::Switch;
use crate::formats::mbtiles::TileFileError;
use crate::words::{Language, tiles as tiles_words};
use egui::Context;
use std::path::{Path, PathBuf};
use walkers::Tiles;

/// The basemap in use. The file comes first: it works everywhere.
#[derive(Default)]
pub struct Basemap {
    file: Option<MbtilesSource>,
    online: Option<XyzSource>,
    problem: Option<TileFileError>,
}

impl Basemap {
    /// Shows a tile file.
    ///
    /// # Errors
    /// Where it holds no raster tiles; the basemap stays as it was.
    pub fn open_file(&mut self, path: &Path, context: &Context) -> Result<(), TileFileError> {
        self.file = Some(MbtilesSource::open(path, context)?);
        self.problem = None;
        Ok(())
    }

    /// Takes the network's tiles on or off.
    pub fn set_online(&mut self, online: Switch, context: &Context) {
        match online {
            // One that is on keeps its threads and the tiles it has.
            Switch::On => {
                self.online
                    .get_or_insert_with(|| XyzSource::openstreetmap(context));
            }
            Switch::Off => self.online = None,
        }
    }

    /// Shows the file found beside a survey, or none. One that cannot be shown is told in a
    /// notice: the survey works without it.
    pub fn set_file(&mut self, path: Option<PathBuf>, context: &Context) {
        self.file = None;
        self.problem = None;
        if let Some(path) = path
            && let Err(problem) = self.open_file(&path, context)
        {
            self.problem = Some(problem);
        }
    }

    /// What to draw under the survey.
    pub fn tiles(&mut self) -> Option<&mut dyn Tiles> {
        match (&mut self.online, &mut self.file) {
            (Some(online), _) => Some(online),
            (None, Some(file)) => Some(file),
            (None, None) => None,
        }
    }

    /// What is wrong with the tiles, in a sentence.
    pub fn notice(&self, language: Language) -> Option<String> {
        if let Some(problem) = &self.problem {
            return Some(tiles_words::tile_file_error_text(language, problem));
        }
        self.online
            .as_ref()
            .and_then(|online| tiles_words::online_notice(language, online.status()))
    }
}
