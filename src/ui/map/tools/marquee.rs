//! A box drawn with Shift held: what lies inside it is meant.

use super::Desk;
use crate::model::LonLat;
use crate::ui::map::outline::{self, Dash};
use egui::{Key, Modifiers, PointerButton, Rect, Stroke, Ui};

/// A box being drawn, from the corner where the drag began. On the ground, so that the wheel may
/// turn meanwhile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marquee {
    from: LonLat,
}

/// Whether a drag on the map draws a box now and must not pan.
pub fn wants_drag(ui: &Ui, held: Option<&Marquee>) -> bool {
    held.is_some() || ui.input(|input| input.modifiers.shift)
}

/// Follows a drag with Shift on the map itself. Gives the box, in degrees, as it is let go.
pub fn marquee(desk: &Desk, held: &mut Option<Marquee>) -> Option<geo::Rect> {
    if desk.response.drag_started_by(PointerButton::Primary)
        && desk.modifiers().shift
        && let Some(at) = desk.press_origin()
    {
        *held = Some(Marquee {
            from: desk.view.unproject(at),
        });
    }
    if held.is_some() && desk.consumes(Modifiers::NONE, Key::Escape) {
        *held = None;
    }
    let Marquee { from } = (*held)?;
    let to = desk.held_pointer();
    if !desk.is_pressed() {
        *held = None;
        let to = desk.view.unproject(to?);
        return Some(geo::Rect::new(from, to));
    }
    paint(desk, Rect::from_two_pos(desk.view.project(from), to?));
    None
}

fn paint(desk: &Desk, area: Rect) {
    let palette = desk.palette;
    let fill = palette.selection.gamma_multiply(0.08);
    desk.painter.rect_filled(area, 0.0, fill);
    let corners = [
        area.left_top(),
        area.right_top(),
        area.right_bottom(),
        area.left_bottom(),
        area.left_top(),
    ];
    let ring = [corners.to_vec()];
    let stroke = Stroke::new(1.5, palette.selection);
    outline::paint_with_halo(desk.painter, &ring, stroke, palette.halo, Dash::Dashed);
}
