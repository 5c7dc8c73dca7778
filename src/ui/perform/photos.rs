//! Photos taken in and looked at.

use crate::ui::app::App;
use egui::Context;

impl App {
    pub(super) fn add_photos(&mut self, _context: &Context) {}

    pub(super) fn watch_photos(&mut self, _context: &Context) {}
}
