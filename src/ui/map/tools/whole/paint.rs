//! The look of what is moved, and how far.

use super::gesture::Held;
use super::lifted::Lifted;
use crate::geodesy::measure::distance_m;
use crate::model::LonLat;
use crate::ui::icons;
use crate::ui::map::outline::{self, Dash};
use crate::ui::map::problems;
use crate::ui::map::tools::readout::length_text;
use crate::ui::map::tools::{Desk, marks};
use crate::ui::preferences::Switch;
use egui::{Align2, FontId, Pos2, Stroke, vec2};
use std::borrow::Cow;

/// Thousands selected are moved all the same, but not all are painted on their way.
const MOST_OUTLINES: usize = 300;
/// The ground shared with neighbours is told of so many.
const MOST_CHECKED: usize = 8;

pub fn paint(desk: &Desk, held: &Held, lifted: &Lifted, handle: Pos2) {
    let palette = desk.palette;
    let change = held.change(desk, lifted);
    let stroke = Stroke::new(2.0, palette.sketch);
    for boundary in lifted.boundaries.iter().take(MOST_OUTLINES) {
        let shown = match &change {
            Some(change) => Cow::Owned(change.of(boundary)),
            None => Cow::Borrowed(&**boundary),
        };
        let rings = outline::rings(&shown, &desk.view);
        outline::paint_with_halo(desk.painter, &rings, stroke, palette.halo, Dash::Solid);
        if change.is_some() && lifted.ids.len() <= MOST_CHECKED {
            let flaws = problems::of_neighbours(desk.scene, &shown, &lifted.ids);
            marks::paint_flaws(desk, &flaws, Switch::Off);
        }
    }
    let Some(change) = change else {
        return paint_handle(desk, lifted.extent(&desk.view).center_top(), handle);
    };
    if let Some(target) = held.target() {
        desk.paint_target(target);
    }
    let beside = desk.held_pointer().filter(|_| held.is_pointer());
    let beside = beside.unwrap_or(desk.view.project(lifted.middle));
    let at = beside + vec2(14.0, 12.0);
    let text = text(desk, change.shift(), change.degrees());
    desk.write(at, Align2::LEFT_TOP, [(text.as_str(), palette.label)]);
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
