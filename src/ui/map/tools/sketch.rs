//! Sketch: corner by corner. What is drawn lies in [`Tool::Sketch`], so that it can be parked in
//! the survey file and outlives the window.

use super::finish::problem_text;
use super::ring::{RingProblem, area_m2, close, mu, would_cross};
use super::{Desk, REACH_POINTS};
use crate::model::LonLat;
use crate::ui::action::Action;
use crate::ui::map::labels::paint_haloed;
use crate::ui::map::outline::{self, Dash};
use crate::ui::theme::MAP_LABEL_SIZE;
use crate::ui::tool::{Sketch, Tool};
use crate::ui::verb::Verb;
use crate::words::Language;
use crate::words::fields::area_figure;
use egui::{CursorIcon, FontId, Key, Modifiers, PointerButton, Pos2, Stroke, Ui, vec2};

pub fn ui(ui: &Ui, desk: &Desk, sketch: &Sketch) -> Vec<Action> {
    let corners = &sketch.corners;
    let next = desk.pointer().map(|at| Next::at(desk, corners, at));
    paint(desk, corners, next.as_ref());
    if next.is_some() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    let mut actions = pointer(desk, sketch);
    if !ui.ctx().text_edit_focused() {
        actions.extend(keys(ui, sketch));
    }
    actions
}

/// Where a click would put the next corner.
struct Next {
    at: LonLat,
    /// On the first corner: the click closes the ring.
    closes: bool,
    crosses: bool,
}

impl Next {
    fn at(desk: &Desk, ring: &[LonLat], pointer: Pos2) -> Self {
        let first = ring.first().filter(|_| ring.len() >= 3);
        let on_first =
            first.filter(|first| desk.view.project(**first).distance(pointer) <= REACH_POINTS);
        let at = on_first
            .copied()
            .unwrap_or_else(|| desk.view.unproject(pointer));
        Self {
            at,
            closes: on_first.is_some(),
            crosses: would_cross(ring, at),
        }
    }
}

fn pointer(desk: &Desk, sketch: &Sketch) -> Vec<Action> {
    let response = desk.response;
    let Some(at) = response.interact_pointer_pos() else {
        return Vec::new();
    };
    let finish = vec![Action::Do(Verb::FinishSketch)];
    // The first of the two clicks has already set the last corner.
    if response.double_clicked() || response.clicked_by(PointerButton::Secondary) {
        return finish;
    }
    if !response.clicked() {
        return Vec::new();
    }
    let next = Next::at(desk, &sketch.corners, at);
    match next {
        Next { closes: true, .. } => finish,
        Next { crosses: true, .. } => {
            let sentence = problem_text(RingProblem::CrossesItself, desk.language);
            vec![Action::Notice(sentence)]
        }
        Next { at, .. } => vec![Action::SetTool(Tool::Sketch(sketch.with([at])))],
    }
}

fn keys(ui: &Ui, sketch: &Sketch) -> Vec<Action> {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::NONE, Key::Enter) {
        return vec![Action::Do(Verb::FinishSketch)];
    }
    if pressed(Modifiers::NONE, Key::Escape) {
        return vec![match sketch.is_kept() {
            true => Action::Do(Verb::ParkSketch),
            false => Action::SetTool(Tool::Select),
        }];
    }
    // With nothing drawn yet Ctrl+Z is the survey's undo, which the window handles.
    let takes_back = !sketch.corners.is_empty()
        && (pressed(Modifiers::NONE, Key::Backspace) || pressed(Modifiers::COMMAND, Key::Z));
    match takes_back {
        true => vec![Action::SetTool(Tool::Sketch(sketch.without_last()))],
        false => Vec::new(),
    }
}

fn paint(desk: &Desk, ring: &[LonLat], next: Option<&Next>) {
    let palette = desk.palette;
    let place = |at: &LonLat| desk.view.project(*at);
    let points: Vec<Pos2> = ring.iter().map(place).collect();
    let solid = Stroke::new(2.0, palette.sketch);
    let path = [points.clone()];
    outline::paint_with_halo(desk.painter, &path, solid, palette.halo, Dash::Solid);
    if let (Some(last), Some(first), Some(next)) = (points.last(), points.first(), next) {
        let color = match next.crosses {
            true => palette.invalid,
            false => palette.sketch,
        };
        let tip = place(&next.at);
        let band = [vec![*last, tip]];
        let stroke = Stroke::new(2.0, color);
        outline::paint_with_halo(desk.painter, &band, stroke, palette.halo, Dash::Solid);
        if !next.closes && ring.len() >= 2 {
            let closing = [vec![tip, *first]];
            let closing_crosses = close(&with(ring, next.at)).is_err();
            let color = match closing_crosses {
                true => palette.invalid,
                false => palette.sketch,
            };
            outline::paint(
                desk.painter,
                &closing,
                Stroke::new(1.2, color),
                Dash::Dashed,
            );
        }
    }
    for (index, at) in points.iter().enumerate() {
        let closes = index == 0 && next.is_some_and(|next| next.closes);
        let radius = if closes { 7.0 } else { 4.0 };
        desk.painter.circle(
            *at,
            radius,
            palette.handle,
            Stroke::new(2.0, palette.sketch),
        );
    }
    let shape = match next {
        Some(next) if !next.closes => with(ring, next.at),
        _ => ring.to_vec(),
    };
    let beside = next.map(|next| place(&next.at)).or(points.last().copied());
    if let (Some(area), Some(beside)) = (area_m2(&shape), beside) {
        let font = FontId::proportional(MAP_LABEL_SIZE);
        let text = area_text(area, desk.language);
        let galley = desk.painter.layout_no_wrap(text, font, palette.label);
        let at = beside + vec2(14.0, 10.0);
        paint_haloed(desk.painter, at, galley, palette.label, palette.halo);
    }
}

fn with(ring: &[LonLat], next: LonLat) -> Vec<LonLat> {
    ring.iter().copied().chain([next]).collect()
}

/// "12,345 m² · 18.52 mu"
pub fn area_text(area_m2: f64, language: Language) -> String {
    let square_metres = area_figure(area_m2.round());
    let mu = area_figure(mu(area_m2));
    language.text_with("map.area", &[("m2", &square_metres), ("mu", &mu)])
}
