//! Points that are in no survey yet, as one reading of a list places them: crosses that hide
//! nothing of the map beneath.

use super::view::View;
use crate::model::LonLat;
use crate::ui::theme::Palette;
use egui::{Painter, Stroke, vec2};

const ARM: f32 = 6.0;

pub fn paint(painter: &Painter, view: &View, places: &[LonLat], palette: &Palette) {
    for (width, color) in [(4.0, palette.halo), (2.0, palette.second)] {
        let stroke = Stroke::new(width, color);
        for place in places {
            let at = view.project(*place);
            if view.rect.expand(ARM).contains(at) {
                painter.line_segment([at - vec2(ARM, 0.0), at + vec2(ARM, 0.0)], stroke);
                painter.line_segment([at - vec2(0.0, ARM), at + vec2(0.0, ARM)], stroke);
            }
        }
    }
}
