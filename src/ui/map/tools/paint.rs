//! How a sketch looks while it is drawn: its sides, what the next click would add, what it would
//! become, what is wrong with it, and what it measures.

use super::Desk;
use super::flaws::{self, Flaw, Form};
use super::marks::paint_flaws;
use super::next::Next;
use super::outcome::{Outcome, outcome, ring};
use super::readout::{Line, readout};
use crate::geometry::ShapeProblem;
use crate::model::{Boundary, LonLat};
use crate::ui::map::outline::{self, Dash, Lean};
use crate::ui::map::problems::of_neighbours;
use crate::ui::tool::{Purpose, Sketch};
use egui::{Align2, Pos2, Stroke, vec2};
use geo::{Coord, Polygon};

/// `next` is what a click at the pointer would add.
pub fn paint(desk: &Desk, sketch: &Sketch, next: Option<&Next>) {
    let shown = match next {
        Some(next) => next.added_to(sketch),
        None => sketch.clone(),
    };
    let corners = ring(&shown);
    let would_be = match acts_on_boundary(shown.purpose) {
        true => outcome(&shown, desk.survey),
        // It becomes what is seen anyway.
        false => Ok(Outcome::Measured),
    };
    paint_outcome(desk, would_be.as_ref());
    let flaws = flaws_of(desk, &shown, &corners, would_be.as_ref());
    paint_sides(desk, sketch, &corners, next, &flaws);
    // First come the words that follow the pointer: the others can stand further off.
    let lines = readout(desk, &shown, &corners, would_be.as_ref(), &flaws);
    let last = corners.last().map(|at| desk.view.project(*at));
    if let Some(beside) = desk.pointer().filter(|_| next.is_some()).or(last) {
        paint_lines(desk, beside, &lines);
    }
    if let Some(target) = next.and_then(|next| next.target.as_ref()) {
        desk.paint_target(target);
    }
    paint_flaws(desk, &flaws, desk.aids.avoid_overlap);
}

/// Whether the boundary of an estate is another one afterwards, which is shown beforehand.
fn acts_on_boundary(purpose: Purpose) -> bool {
    matches!(
        purpose,
        Purpose::Hole { .. }
            | Purpose::Part { .. }
            | Purpose::Split { .. }
            | Purpose::Reshape { .. }
    )
}

fn paint_outcome(desk: &Desk, outcome: Result<&Outcome, &ShapeProblem>) {
    let palette = desk.palette;
    let thin = Stroke::new(1.5, palette.sketch);
    match outcome {
        Ok(Outcome::Split { parts, .. }) => {
            // Every second part, so that each is told from the one beside it.
            for part in parts.iter().skip(1).step_by(2) {
                let rings = outline::rings(part, &desk.view);
                outline::hatch(desk.painter, &rings, thin, 9.0, Lean::Right);
            }
        }
        Ok(Outcome::Reshaped { boundary, .. }) => {
            let rings = outline::rings(boundary, &desk.view);
            outline::paint_with_halo(desk.painter, &rings, thin, palette.halo, Dash::Dashed);
        }
        _ => {}
    }
}

fn flaws_of(
    desk: &Desk,
    shown: &Sketch,
    corners: &[LonLat],
    outcome: Result<&Outcome, &ShapeProblem>,
) -> Vec<Flaw> {
    if shown.purpose == Purpose::Measure {
        return Vec::new();
    }
    let form = match shown.purpose.encloses() {
        true => Form::Ring,
        false => Form::Line,
    };
    let mut flaws = flaws::of_corners(corners, form);
    let own = shown.purpose.estate();
    match (form, outcome) {
        (Form::Ring, _) if corners.len() >= 3 => {
            let coords = corners.iter().map(|at| Coord::from(*at)).collect();
            let ground = Boundary::from(Polygon::new(coords, Vec::new()));
            // While the second side is drawn every ring is thin.
            if corners.len() > 3 {
                flaws.extend(flaws::of_ground(&ground));
            }
            if takes_ground(shown.purpose) {
                flaws.extend(of_neighbours(desk.scene, &ground, own.as_slice()));
            }
        }
        (Form::Line, Ok(Outcome::Reshaped { boundary, .. })) => {
            flaws.extend(of_neighbours(desk.scene, boundary, own.as_slice()));
        }
        _ => {}
    }
    flaws
}

/// Whether the ring drawn must be nobody else's ground.
fn takes_ground(purpose: Purpose) -> bool {
    matches!(
        purpose,
        Purpose::NewEstate
            | Purpose::Boundary { .. }
            | Purpose::Rectangle { .. }
            | Purpose::Part { .. }
    )
}

fn paint_sides(
    desk: &Desk,
    sketch: &Sketch,
    corners: &[LonLat],
    next: Option<&Next>,
    flaws: &[Flaw],
) {
    let palette = desk.palette;
    let points: Vec<Pos2> = corners.iter().map(|at| desk.view.project(*at)).collect();
    let drawn = sketch.corners.len().min(points.len());
    let crosses = flaws.iter().any(|flaw| matches!(flaw, Flaw::Crossing(_)));
    let color = match crosses {
        true => palette.invalid,
        false => palette.sketch,
    };
    let path = [points[..drawn].to_vec()];
    let solid = Stroke::new(2.0, palette.sketch);
    outline::paint_with_halo(desk.painter, &path, solid, palette.halo, Dash::Solid);
    let mut to_come = points[drawn.saturating_sub(1)..].to_vec();
    if next.is_some_and(Next::closes) && sketch.purpose.encloses() {
        to_come.extend(points.first());
    }
    let band = Stroke::new(2.0, color);
    outline::paint_with_halo(desk.painter, &[to_come], band, palette.halo, Dash::Solid);
    if let (true, [first, _, .., last]) = (sketch.purpose.encloses(), points.as_slice()) {
        let closing = [vec![*last, *first]];
        outline::paint(
            desk.painter,
            &closing,
            Stroke::new(1.2, color),
            Dash::Dashed,
        );
    }
    for at in &points[..drawn] {
        let rim = Stroke::new(2.0, palette.sketch);
        desk.painter.circle(*at, 4.0, palette.handle, rim);
    }
}

fn paint_lines(desk: &Desk, beside: Pos2, lines: &[Line]) {
    let lines = lines.iter().map(|line| match line {
        Line::Figure(text) => (text.as_str(), desk.palette.label),
        Line::Problem(text) => (text.as_str(), desk.palette.invalid),
    });
    desk.write(beside + vec2(14.0, 10.0), Align2::LEFT_TOP, lines);
}
