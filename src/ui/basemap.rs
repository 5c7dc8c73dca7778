//! Which tiles lie under the survey: a file, the network, or nothing.

use super::preferences::OnlineTiles;
use crate::words::Language;
use egui::Context;
use std::path::{Path, PathBuf};
use walkers::Tiles;

/// The basemap in use. The file comes first: it works everywhere.
#[derive(Default)]
pub struct Basemap {
    file: Option<Box<dyn Tiles>>,
}

impl Basemap {
    pub fn open_file(&mut self, _path: &Path, _context: &Context) -> Result<(), String> {
        Ok(())
    }
    pub fn set_online(&mut self, _online: OnlineTiles, _context: &Context) {}
    pub fn set_file(&mut self, _path: Option<PathBuf>, _context: &Context) {}
    pub fn tiles(&mut self) -> Option<&mut dyn Tiles> {
        None
    }
    pub fn notice(&self, _language: Language) -> Option<String> {
        None
    }
}
