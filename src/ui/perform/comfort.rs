//! The history of a record, and what a user prefers.

use crate::ui::app::App;
use egui::Context;

impl App {
    pub(super) fn show_history(&mut self, _context: &Context) {}

    pub(super) fn show_settings(&mut self, _context: &Context) {}
}
