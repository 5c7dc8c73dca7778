//! How severities, must-haves and issues look. Every colour of the form comes from here; no colour
//! stands alone: a sign, a word or a pattern says the same.

use super::Blocking;
use crate::model::Severity;
use crate::ui::icons;
use egui::{Color32, Painter, Pos2, Rect, RichText, Stroke, TextStyle, Ui, Visuals};

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// Intact … missing, falling in lightness all the way: readable to colour-blind eyes and in print.
const SEVERITY: [Color32; 4] = [rgb(0xfff3b0), rgb(0xfec44f), rgb(0xd95f0e), rgb(0x7f2704)];

/// What a severity's cell is filled with; `None` is "not surveyed", which is hatched besides.
pub fn fill(visuals: &Visuals, severity: Option<Severity>) -> Color32 {
    match (severity, visuals.dark_mode) {
        (Some(severity), _) => SEVERITY[usize::from(severity.degree())],
        (None, true) => rgb(0x3a3d41),
        (None, false) => rgb(0xe4e4e1),
    }
}

/// The colour of text on `fill`.
pub fn ink(visuals: &Visuals, severity: Option<Severity>) -> Color32 {
    match (severity, visuals.dark_mode) {
        (Some(Severity::Failing | Severity::Missing), _) => rgb(0xffffff),
        (Some(_), _) | (None, false) => rgb(0x141414),
        (None, true) => rgb(0xe0e0e0),
    }
}

/// 0–3, or a question mark.
pub fn sign(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Intact) => "0",
        Some(Severity::Ageing) => "1",
        Some(Severity::Failing) => "2",
        Some(Severity::Missing) => "3",
        None => "?",
    }
}

pub fn issue_colour(visuals: &Visuals, blocks: Blocking) -> Color32 {
    match (blocks, visuals.dark_mode) {
        (Blocking::Blocks, false) => rgb(0xb00020),
        (Blocking::Blocks, true) => rgb(0xff7b7b),
        (Blocking::Warns, false) => rgb(0x8a5300),
        (Blocking::Warns, true) => rgb(0xffb74d),
    }
}

pub fn issue_sign(blocks: Blocking) -> &'static str {
    match blocks {
        Blocking::Blocks => icons::PROHIBIT,
        Blocking::Warns => icons::WARNING,
    }
}

/// Text beneath a field: smaller than the field's, and readable for all that.
pub fn beneath(ui: &Ui, text: impl Into<String>) -> RichText {
    let size = TextStyle::Body.resolve(ui.style()).size;
    RichText::new(text).size((size * 0.88).round())
}

/// The star of a must-have that is still open.
pub fn must_have(visuals: &Visuals) -> Color32 {
    issue_colour(visuals, Blocking::Warns)
}

/// The fill and the text of a chip that is chosen.
pub fn chosen(visuals: &Visuals) -> (Color32, Color32) {
    match visuals.dark_mode {
        true => (rgb(0x7fb4ff), rgb(0x10151c)),
        false => (rgb(0x1f4e8c), rgb(0xffffff)),
    }
}

/// Fields and chips have an outline: in light mode their ground is nearly the panel's.
pub fn outline_fields(ui: &mut Ui) {
    let widgets = &mut ui.visuals_mut().widgets;
    widgets.inactive.bg_stroke = widgets.noninteractive.bg_stroke;
}

/// The ring around what the keyboard is on.
pub fn focus_ring(visuals: &Visuals) -> Stroke {
    match visuals.dark_mode {
        true => Stroke::new(2.0, rgb(0x7fb4ff)),
        false => Stroke::new(2.0, rgb(0x0057d9)),
    }
}

/// The ground of a severity: its colour, and hatching where nobody looked.
pub fn paint_ground(painter: &Painter, rect: Rect, visuals: &Visuals, severity: Option<Severity>) {
    const RADIUS: f32 = 3.0;
    painter.rect_filled(rect, RADIUS, fill(visuals, severity));
    if severity.is_none() {
        let hatch = match visuals.dark_mode {
            true => rgb(0x54585d),
            false => rgb(0xcbcbc6),
        };
        paint_hatching(painter, rect, Stroke::new(1.0, hatch));
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
