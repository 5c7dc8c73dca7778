//! What is wrong with a sketch, marked on it: a sign and a word at the place, hatching on ground.

use super::Desk;
use super::flaws::Flaw;
use crate::model::LonLat;
use crate::ui::map::labels::paint_haloed;
use crate::ui::map::outline::{self, Dash, Lean};
use crate::ui::theme::MAP_LABEL_SIZE;
use crate::words::fields::{area_figure, record_name};
use egui::{Align2, FontId, Pos2, Shape, Stroke, vec2};
use geo::Centroid;

/// A mark of its own for each, and the word beside the first of its kind.
pub fn paint_flaws(desk: &Desk, flaws: &[Flaw]) {
    for flaw in flaws {
        if let Flaw::Overlap {
            neighbour,
            ground,
            area_m2,
        } = flaw
        {
            let stroke = Stroke::new(1.5, desk.palette.invalid);
            let rings = outline::rings(ground, &desk.view);
            outline::hatch(desk.painter, &rings, stroke, 6.0, Lean::Left);
            outline::paint(desk.painter, &rings, stroke, Dash::Solid);
            let key = match desk.aids.avoid_overlap.is_on() {
                true => "map.sketch.will_be_cut",
                false => "map.sketch.overlaps",
            };
            let record = desk.survey.estate(*neighbour);
            let name = record.map(|record| record_name(desk.language, desk.survey, record));
            let area = area_figure(area_m2.round());
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("name", &name.unwrap_or_default()), ("m2", &area)];
            if let Some(middle) = ground.centroid() {
                let at = desk.view.project(middle.0.into());
                word(
                    desk,
                    at,
                    Align2::CENTER_CENTER,
                    desk.language.text_with(key, &values),
                );
            }
        }
    }
    let crossings = flaws.iter().filter_map(|flaw| match flaw {
        Flaw::Crossing(at) => Some(*at),
        _ => None,
    });
    places(desk, crossings, "map.sketch.crosses", cross);
    let repeated = flaws.iter().filter_map(|flaw| match flaw {
        Flaw::Repeated(at) => Some(*at),
        _ => None,
    });
    places(desk, repeated, "map.sketch.repeated", rings);
}

fn places(desk: &Desk, at: impl Iterator<Item = LonLat>, key: &str, sign: fn(&Desk, Pos2, Stroke)) {
    for (index, at) in at.map(|at| desk.view.project(at)).enumerate() {
        sign(desk, at, Stroke::new(5.0, desk.palette.halo));
        sign(desk, at, Stroke::new(2.5, desk.palette.invalid));
        if index == 0 {
            let beside = at + vec2(0.0, -12.0);
            word(
                desk,
                beside,
                Align2::CENTER_BOTTOM,
                desk.language.text(key).into_owned(),
            );
        }
    }
}

fn cross(desk: &Desk, at: Pos2, stroke: Stroke) {
    const REACH: f32 = 7.0;
    let arm = |x: f32| [at - vec2(x, REACH), at + vec2(x, REACH)];
    let arms = [arm(REACH), arm(-REACH)].map(|ends| Shape::line_segment(ends, stroke));
    desk.painter.extend(arms);
}

fn rings(desk: &Desk, at: Pos2, stroke: Stroke) {
    desk.painter.circle_stroke(at, 6.0, stroke);
    desk.painter.circle_stroke(at, 10.0, stroke);
}

fn word(desk: &Desk, at: Pos2, anchor: Align2, text: String) {
    let font = FontId::proportional(MAP_LABEL_SIZE);
    let color = desk.palette.invalid;
    let galley = desk.painter.layout_no_wrap(text, font, color);
    let rect = anchor.anchor_size(at, galley.size());
    // At the panel's edge the word stays readable.
    let room = desk.view.rect.shrink(4.0);
    let inside = rect
        .min
        .clamp(room.min, (room.max - rect.size()).max(room.min));
    paint_haloed(desk.painter, inside, galley, color, desk.palette.halo);
}
