//! Text painted into a cell: no label, since the row carries one name for all of its cells.

use egui::{Align2, Color32, Rect, TextStyle, TextWrapMode, Ui, WidgetText};

/// Paints `text` into `rect`, cut off with an ellipsis where it has no room.
pub fn paint(ui: &Ui, rect: Rect, text: &str, align: Align2, color: Color32) {
    let galley = WidgetText::from(text).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        rect.width(),
        TextStyle::Body,
    );
    let at = align.align_size_within_rect(galley.size(), rect).min;
    ui.painter().galley(at, galley, color);
}
