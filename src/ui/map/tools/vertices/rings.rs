//! The menu under a right click beside the corners: about the ring that was clicked on.

use super::{Hand, edit};
use crate::geometry::parts::without_ring;
use crate::geometry::validity::RingIndex;
use crate::model::{Boundary, ShapeGesture};
use crate::ui::action::Action;
use crate::ui::context_menu::{ContextInput, entries};
use crate::ui::map::tools::corners::{Ground, rings};
use crate::ui::map::tools::ring::corners;
use crate::ui::map::tools::{Desk, REACH_POINTS};
use crate::words::geometry::shape_problem_text;
use egui::{Popup, Pos2, Ui};
use geo::{Contains, Distance, Euclidean, Line, LineString, Polygon};

/// Opens at a right click on a ring, in a hole or in a part, and offers to remove it.
pub fn menu(desk: &Desk, input: ContextInput<'_>, hand: &mut Hand, ground: &Ground) -> Vec<Action> {
    if desk.response.secondary_clicked() {
        let at = desk.response.interact_pointer_pos();
        hand.ring = at.and_then(|at| ring_at(desk, &ground.own.1, at));
    }
    let mut actions = Vec::new();
    Popup::context_menu(desk.response).show(|ui| {
        if let Some(ring) = hand.ring {
            actions.extend(of_ring(ui, desk, hand, ground, ring));
            ui.separator();
        }
        actions.extend(entries(ui, input));
    });
    actions
}

fn of_ring(
    ui: &mut Ui,
    desk: &Desk,
    hand: &mut Hand,
    ground: &Ground,
    ring: RingIndex,
) -> Option<Action> {
    let (key, gesture) = match ring.ring {
        0 => ("shapes.remove_part", ShapeGesture::RemovePart),
        _ => ("shapes.remove_hole", ShapeGesture::RemoveHole),
    };
    let (estate, boundary) = &ground.own;
    let without = without_ring(boundary, ring);
    let button = egui::Button::new(desk.language.text(key));
    let response = ui.add_enabled(without.is_ok(), button);
    let clicked = response.clicked();
    if let Err(problem) = &without {
        response.on_disabled_hover_text(shape_problem_text(desk.language, *problem));
    }
    if ui
        .button(desk.language.text("shapes.choose_ring"))
        .clicked()
    {
        let all = corners(boundary).into_iter().map(|(corner, _)| corner);
        hand.chosen = all.filter(|corner| corner.ring_index() == ring).collect();
        ui.close();
    }
    if !clicked {
        return None;
    }
    ui.close();
    hand.chosen.clear();
    edit(desk, hand, &vec![(*estate, without.ok()?)], Some(gesture))
}

/// The ring under a point of the screen: one whose side is near, else the hole or part it lies in.
fn ring_at(desk: &Desk, boundary: &Boundary, at: Pos2) -> Option<RingIndex> {
    let on_screen = |ring: &LineString| -> LineString {
        let place = |at: &geo::Coord| desk.view.project((*at).into());
        ring.0
            .iter()
            .map(place)
            .map(|at| (f64::from(at.x), f64::from(at.y)))
            .collect()
    };
    let point = geo::Point::new(f64::from(at.x), f64::from(at.y));
    let away = |ring: &LineString| {
        let distance = |side: Line| Euclidean.distance(&point, &side);
        ring.lines().map(distance).min_by(f64::total_cmp)
    };
    let all: Vec<_> = rings(boundary)
        .map(|(index, ring)| (index, on_screen(ring)))
        .collect();
    let near = all
        .iter()
        .filter_map(|(index, ring)| Some((away(ring)?, *index)))
        .filter(|(away, _)| *away <= f64::from(REACH_POINTS))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    // A hole lies in its part, so the last ring that contains the point is the innermost.
    let around = || {
        let holds = |ring: &LineString| Polygon::new(ring.clone(), vec![]).contains(&point);
        all.iter()
            .rev()
            .find(|(_, ring)| holds(ring))
            .map(|(index, _)| *index)
    };
    near.map(|(_, index)| index).or_else(around)
}
