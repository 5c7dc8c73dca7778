//! Changes of the boundaries selected, without a tool.

use crate::ui::app::App;
use crate::ui::verb::Shape;
use egui::Context;

impl App {
    pub(super) fn shape(&mut self, shape: Shape, _context: &Context) {
        match shape {
            Shape::Square | Shape::Simplify | Shape::Join | Shape::Repair => {}
        }
    }
}
