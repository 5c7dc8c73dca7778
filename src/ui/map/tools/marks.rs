//! What is wrong with a sketch, marked on it: a sign and a word at the place, hatching on ground.

use super::Desk;
use super::flaws::Flaw;
use crate::geometry::validity::BoundaryProblem;
use crate::model::LonLat;
use crate::ui::map::outline::{self, Dash, Lean};
use crate::ui::preferences::Switch;
use crate::words::fields::{area_figure, record_name};
use egui::{Align2, Pos2, Rect, Shape, Stroke, vec2};

/// A mark of its own for each, and the word beside the first of its kind.
///
/// With `avoid_overlap` on, ground that is a neighbour's will be cut off, and the word says so.
pub fn paint_flaws(desk: &Desk, flaws: &[Flaw], avoid_overlap: Switch) {
    for flaw in flaws {
        if let Flaw::Overlap {
            neighbour,
            ground,
            area_m2,
        } = flaw
        {
            let rings = outline::rings(ground, &desk.view);
            for stroke in [
                // Red alone is not seen on every ground.
                Stroke::new(3.5, desk.palette.halo),
                Stroke::new(1.5, desk.palette.invalid),
            ] {
                outline::hatch(desk.painter, &rings, stroke, 7.0, Lean::Left);
                outline::paint(desk.painter, &rings, stroke, Dash::Solid);
            }
            let key = match avoid_overlap.is_on() {
                true => "map.sketch.will_be_cut",
                false => "map.sketch.overlaps",
            };
            let record = desk.survey.estate(*neighbour);
            let name = record.map(|record| record_name(desk.language, desk.survey, record));
            let area = area_figure(area_m2.round());
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("name", &name.unwrap_or_default()), ("m2", &area)];
            let extent = Rect::from_points(&rings.concat());
            let above = extent.center_top() - vec2(0.0, 4.0);
            let text = desk.language.text_with(key, &values);
            word(desk, above, Align2::CENTER_BOTTOM, text);
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
    places(desk, repeated, "map.sketch.repeated", double_ring);
    for flaw in flaws {
        match flaw {
            Flaw::Thin(at) => places(desk, [*at].into_iter(), "map.sketch.sliver", double_ring),
            Flaw::Ring { at, problem } => {
                places(desk, [*at].into_iter(), ring_key(problem), double_ring);
            }
            _ => {}
        }
    }
}

fn ring_key(problem: &BoundaryProblem) -> &'static str {
    match problem {
        BoundaryProblem::Empty
        | BoundaryProblem::BadPosition { .. }
        | BoundaryProblem::TooFewPositions { .. } => "shapes.flaw.too_few_corners",
        BoundaryProblem::SelfCrossing { .. } => "map.sketch.crosses",
        BoundaryProblem::RepeatedPosition { .. } => "map.sketch.repeated",
        BoundaryProblem::ZeroArea { .. } => "map.sketch.no_area",
        BoundaryProblem::HoleOutside { .. } => "shapes.flaw.hole_outside",
        BoundaryProblem::HolesOverlap { .. } => "shapes.flaw.holes_overlap",
        BoundaryProblem::PolygonsOverlap { .. } => "shapes.flaw.parts_overlap",
        BoundaryProblem::PolygonsTouch { .. } => "shapes.flaw.parts_touch",
    }
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

fn double_ring(desk: &Desk, at: Pos2, stroke: Stroke) {
    desk.painter.circle_stroke(at, 6.0, stroke);
    desk.painter.circle_stroke(at, 10.0, stroke);
}

fn word(desk: &Desk, at: Pos2, anchor: Align2, text: String) {
    desk.write(at, anchor, [(text.as_str(), desk.palette.invalid)]);
}
