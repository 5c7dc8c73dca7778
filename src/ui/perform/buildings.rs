//! The buildings of an estate.

use crate::ui::app::App;
use egui::Context;

impl App {
    pub(super) fn draw_building(&mut self, _context: &Context) {}

    pub(super) fn take_from_buildings(&mut self, _context: &Context) {}
}
