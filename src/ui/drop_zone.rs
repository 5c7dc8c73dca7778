//! Files held or let go over the window.

use super::action::Action;
use super::theme::Palette;
use crate::words::Language;
use egui::{Align2, FontId, Id, LayerId, Order, StrokeKind, TextStyle, Ui};

/// Says that files can be let go while they are held over the window; gives those that were.
#[must_use]
pub fn drop_ui(ui: &Ui, language: Language) -> Option<Action> {
    let (is_held, dropped) = ui.input(|input| {
        let files = input.raw.dropped_files.iter();
        let paths: Vec<_> = files.map(|file| file.path().to_owned()).collect();
        (!input.raw.hovered_files.is_empty(), paths)
    });
    if is_held {
        let room = ui.ctx().content_rect();
        let layer = LayerId::new(Order::Foreground, Id::unique("drop zone"));
        let painter = ui.ctx().layer_painter(layer);
        let palette = Palette::of(ui.visuals());
        let font = FontId::proportional(TextStyle::Heading.resolve(ui.style()).size);
        painter.rect(
            room.shrink(8.0),
            8.0,
            palette.float.gamma_multiply(0.85),
            (3.0, palette.selection),
            StrokeKind::Inside,
        );
        let text = language.text("notice.drop_here");
        let middle = room.center();
        painter.text(middle, Align2::CENTER_CENTER, text, font, palette.label);
    }
    (!dropped.is_empty()).then_some(Action::Drop(dropped))
}
