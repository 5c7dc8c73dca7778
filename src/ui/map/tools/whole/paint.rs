//! The look of what is moved, and how far.

use super::{Hand, Whole, extent};
use crate::geodesy::measure::distance_m;
use crate::model::{Boundary, EstateId, LonLat};
use crate::ui::icons;
use crate::ui::map::outline::{self, Dash};
use crate::ui::map::problems;
use crate::ui::map::tools::readout::length_text;
use crate::ui::map::tools::{Desk, marks};
use crate::ui::preferences::Switch;
use egui::{Align2, FontId, Pos2, Stroke, vec2};

/// Thousands selected are moved all the same, but not all are painted on their way.
const MOST_OUTLINES: usize = 300;
/// The ground shared with neighbours is told of so many.
const MOST_CHECKED: usize = 8;

pub fn paint(desk: &Desk, hand: &Hand, whole: &Whole, middle: LonLat, handle: Pos2) {
    let palette = desk.palette;
    let change = hand.held.change(desk, whole);
    let shown: Vec<(EstateId, Boundary)> = whole
        .iter()
        .take(MOST_OUTLINES)
        .map(|(id, boundary)| match &change {
            Some(change) => (*id, change.of(boundary)),
            None => (*id, (**boundary).clone()),
        })
        .collect();
    let stroke = Stroke::new(2.0, palette.sketch);
    for (_, boundary) in &shown {
        let rings = outline::rings(boundary, &desk.view);
        outline::paint_with_halo(desk.painter, &rings, stroke, palette.halo, Dash::Solid);
    }
    let boundaries: Vec<_> = shown.iter().map(|(_, boundary)| boundary).collect();
    if change.is_none() {
        paint_handle(desk, extent(desk, &boundaries).center_top(), handle);
        return;
    }
    if shown.len() <= MOST_CHECKED {
        let ids: Vec<_> = whole.iter().map(|(id, _)| *id).collect();
        for boundary in boundaries {
            let flaws = problems::of_neighbours(desk.scene, boundary, &ids);
            marks::paint_flaws(desk, &flaws, Switch::Off);
        }
    }
    if let Some(target) = hand.held.target() {
        desk.paint_target(target);
    }
    if let Some(change) = change {
        let beside = desk.held_pointer().filter(|_| hand.held.is_pointer());
        let beside = beside.unwrap_or(desk.view.project(middle));
        let at = beside + vec2(14.0, 12.0);
        let text = text(desk, change.shift(), change.degrees());
        desk.write(at, Align2::LEFT_TOP, text, palette.label);
    }
}

/// A stalk, and a ring to turn by.
fn paint_handle(desk: &Desk, top: Pos2, at: Pos2) {
    const RADIUS: f32 = 11.0;
    let palette = desk.palette;
    let stalk = [vec![top, at]];
    let stroke = Stroke::new(1.5, palette.sketch);
    outline::paint_with_halo(desk.painter, &stalk, stroke, palette.halo, Dash::Solid);
    desk.painter.circle(at, RADIUS, palette.handle, stroke);
    let font = FontId::proportional(14.0);
    let anchor = Align2::CENTER_CENTER;
    desk.painter
        .text(at, anchor, icons::RELOAD, font, palette.sketch);
}

/// "12.3 m", "turned left 15.0°", or both.
fn text(desk: &Desk, shift: Option<(LonLat, LonLat)>, degrees: Option<f64>) -> String {
    let language = desk.language;
    let metres = shift.map(|(from, to)| length_text(distance_m(from, to), language));
    let turned = degrees.map(|degrees| {
        let key = match degrees < 0.0 {
            true => "shapes.turned_right",
            false => "shapes.turned_left",
        };
        let degrees = format!("{:.1}", degrees.abs());
        language.text_with(key, &[("degrees", &degrees)])
    });
    let parts: Vec<_> = metres.into_iter().chain(turned).collect();
    parts.join(" · ")
}
