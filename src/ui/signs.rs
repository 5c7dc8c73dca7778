//! How severities, must-haves, findings and choices look: the palette's colours, each with the
//! sign, word or pattern that says the same.

use super::icons;
use super::theme::Palette;
use crate::model::Severity;
use crate::rules::checks::Gravity;
use egui::{Button, Color32, Painter, Pos2, Rect, RichText, Stroke, TextStyle, Ui, Visuals};

/// The colour of text on a severity's ground.
pub fn severity_ink(visuals: &Visuals, severity: Option<Severity>) -> Color32 {
    match severity {
        Some(_) => Palette::ink_on(Palette::of(visuals).severity(severity)),
        None => visuals.strong_text_color(),
    }
}

/// 0–3, or a question mark.
pub fn severity_sign(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Intact) => "0",
        Some(Severity::Ageing) => "1",
        Some(Severity::Failing) => "2",
        Some(Severity::Missing) => "3",
        None => "?",
    }
}

/// The ground of a severity: its colour, or hatching where nobody looked.
pub fn paint_severity_ground(
    painter: &Painter,
    rect: Rect,
    visuals: &Visuals,
    severity: Option<Severity>,
) {
    const RADIUS: f32 = 3.0;
    let color = Palette::of(visuals).severity(severity);
    match severity {
        Some(_) => {
            painter.rect_filled(rect, RADIUS, color);
        }
        None => {
            painter.rect_filled(rect, RADIUS, color.gamma_multiply(0.2));
            paint_hatching(painter, rect, Stroke::new(1.0, color.gamma_multiply(0.35)));
        }
    }
}

fn paint_hatching(painter: &Painter, rect: Rect, stroke: Stroke) {
    const STEP: f32 = 6.0;
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        let foot = Pos2::new(x, rect.bottom());
        let head = Pos2::new(x + rect.height(), rect.top());
        painter.line_segment([foot, head], stroke);
        x += STEP;
    }
}

pub fn gravity_colour(visuals: &Visuals, gravity: Gravity) -> Color32 {
    let palette = Palette::of(visuals);
    match gravity {
        Gravity::Blocks => palette.finding,
        Gravity::Warns => palette.waiting,
    }
}

pub fn gravity_sign(gravity: Gravity) -> &'static str {
    match gravity {
        Gravity::Blocks => icons::PROHIBIT,
        Gravity::Warns => icons::WARNING,
    }
}

/// The star of a must-have that is still open.
pub fn must_have(visuals: &Visuals) -> Color32 {
    Palette::of(visuals).waiting
}

/// The ring around what the keyboard is on.
pub fn focus_ring(visuals: &Visuals) -> Stroke {
    Stroke::new(2.0, Palette::of(visuals).selection)
}

/// The colour of text on a chosen chip.
pub fn chosen_ink(visuals: &Visuals) -> Color32 {
    Palette::ink_on(Palette::of(visuals).selection)
}

/// A choice among several: filled where it is chosen.
pub fn chip(ui: &Ui, label: &str, chosen: bool) -> Button<'static> {
    let text = RichText::new(label);
    let button = match chosen {
        true => {
            let fill = Palette::of(ui.visuals()).selection;
            Button::new(text.color(chosen_ink(ui.visuals()))).fill(fill)
        }
        false => Button::new(text),
    };
    button.corner_radius(4.0)
}

/// Text beneath a field: smaller than the field's, and readable for all that.
pub fn beneath(ui: &Ui, text: impl Into<String>) -> RichText {
    let size = TextStyle::Body.resolve(ui.style()).size;
    RichText::new(text).size((size * 0.88).round())
}
