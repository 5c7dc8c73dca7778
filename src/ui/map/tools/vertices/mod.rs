//! Edit vertices: corners are chosen and dragged, alone or together; a drag on a side's middle
//! makes a corner; Delete or a right click takes some away. One gesture is one edit.

mod hand;
mod handles;
mod keys;
mod paint;
mod rings;

pub use hand::Hand;

use super::Desk;
use super::corners::{Changed, Ground, Removed};
use super::marquee::{Marquee, marquee};
use super::nudge::Run;
use super::ring::{Corner, corners};
use super::select;
use crate::edit::Command;
use crate::geometry::ShapeProblem;
use crate::model::{Boundary, EstateId, ShapeGesture};
use crate::ui::action::{Action, Selection};
use crate::ui::context_menu::ContextInput;
use crate::ui::tool::Tool;
use crate::words::fields::record_name;
use crate::words::geometry::shape_problem_text;
use egui::{CursorIcon, Key, Modifiers, PointerButton, Ui};
use geo::Intersects;
use hand::{Held, Taken};
use handles::{Handle, HandleKind, handles};
use std::collections::BTreeSet;
use std::sync::Arc;

pub fn ui(
    ui: &Ui,
    desk: &Desk,
    menu: ContextInput<'_>,
    estate: EstateId,
    hand: &mut Hand,
    boxed: &mut Option<Marquee>,
) -> Vec<Action> {
    let edited = edited(desk, estate);
    let Some(stored) = boundary_of(desk, edited).filter(|_| edited == estate) else {
        let tool = match boundary_of(desk, edited) {
            Some(_) => Tool::EditVertices { estate: edited },
            None => Tool::Select,
        };
        return vec![Action::SetTool(tool)];
    };
    if hand.follow(estate, &stored) == Taken::Now {
        desk.take_keyboard();
    }
    if !matches!(hand.held, Held::Nothing) && desk.consumes(Modifiers::NONE, Key::Escape) {
        hand.held = Held::Nothing;
    }
    let mut ground = hand.ground(desk, estate, &stored);
    let handles = handles(ui, desk, estate, &stored);
    let hovered = hovered(&handles);
    let mut actions = Vec::new();
    if let Some(changed) = held(desk, hand, &ground) {
        actions.extend(edit(desk, hand, &changed, None));
        // What is pressed next is about what the edit leaves.
        ground = ground.with(changed);
    }
    actions.extend(pointer(desk, hand, &ground, &handles, boxed));
    actions.extend(keys::keys(desk, hand, &ground, hovered));
    actions.extend(rings::menu(desk, menu, hand, &ground));
    if hovered.is_some() || matches!(hand.held, Held::Drag(..)) {
        ui.ctx().set_cursor_icon(CursorIcon::Grab);
    }
    paint::paint(desk, hand, &ground, hovered);
    actions
}

/// What is edited follows the selection, e.g. when a row of the list is clicked on.
fn edited(desk: &Desk, estate: EstateId) -> EstateId {
    match desk.selection {
        [one] => *one,
        _ => estate,
    }
}

fn boundary_of(desk: &Desk, estate: EstateId) -> Option<Arc<Boundary>> {
    desk.survey.estate(estate)?.boundary.clone()
}

fn hovered(handles: &[Handle]) -> Option<&Handle> {
    // The last is on top.
    let mut on_top = handles.iter().rev();
    on_top.find(|handle| handle.response.contains_pointer())
}

/// Moves on what is in the hand. Gives the boundaries as they are when it is let go.
fn held(desk: &Desk, hand: &mut Hand, ground: &Ground) -> Option<Changed> {
    if let Held::Nothing = hand.held {
        let run = Run::of(desk, None).filter(|_| !hand.chosen.is_empty())?;
        let mut chosen = corners(&ground.own.1).into_iter();
        let (_, lead) = chosen.find(|(corner, _)| hand.chosen.contains(corner))?;
        hand.held = Held::Nudge(hand.lift(ground, lead), run);
    }
    let is_let_go = match &mut hand.held {
        Held::Nothing => false,
        Held::Drag(lift, drag) => {
            drag.follow(desk, lift);
            !desk.is_pressed()
        }
        Held::Nudge(_, run) => {
            *run = Run::of(desk, Some(*run)).unwrap_or(*run);
            run.is_over(desk)
        }
    };
    is_let_go
        .then(|| std::mem::take(&mut hand.held))
        .and_then(|held| held.changed(desk))
}

/// The edit that makes boundaries what they have become, or a sentence why there is none.
fn edit(
    desk: &Desk,
    hand: &mut Hand,
    changed: &Changed,
    gesture: Option<ShapeGesture>,
) -> Option<Action> {
    let is_new = |(id, now): &&(EstateId, Boundary)| {
        boundary_of(desk, *id).is_some_and(|before| *before != *now)
    };
    let changed: Changed = changed.iter().filter(is_new).cloned().collect();
    let before = |id| boundary_of(desk, id);
    if let Some(spoilt) = super::corners::spoilt(&changed, before) {
        return Some(Action::Notice(refusal(desk, hand, spoilt)));
    }
    hand.expect(&changed);
    let mut boundaries: Vec<_> = changed
        .into_iter()
        .map(|(id, boundary)| (id, Arc::new(boundary)))
        .collect();
    let command = match (gesture, boundaries.len()) {
        (_, 0) => return None,
        (None, 1) => {
            let (estate, boundary) = boundaries.remove(0);
            Command::Reshape { estate, boundary }
        }
        (gesture, _) => Command::ReshapeMany {
            boundaries,
            gesture: gesture.unwrap_or(ShapeGesture::SharedBorder),
        },
    };
    Some(Action::Edit(command))
}

/// Why a change is not made that would spoil an estate's boundary.
fn refusal(desk: &Desk, hand: &Hand, spoilt: EstateId) -> String {
    let text = shape_problem_text(desk.language, ShapeProblem::ResultUnsound);
    match desk.survey.estate(spoilt) {
        Some(neighbour) if !hand.is_of(spoilt) => {
            let name = record_name(desk.language, desk.survey, neighbour);
            let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &name), ("text", &text)];
            desk.language.text_with("shapes.neighbour", &values)
        }
        _ => text.into_owned(),
    }
}

/// Takes corners away, and with the last of a ring the ring.
fn remove(
    desk: &Desk,
    hand: &mut Hand,
    ground: &Ground,
    gone: &BTreeSet<Corner>,
) -> Option<Action> {
    match ground.without(gone) {
        Ok(Removed { changed, gesture }) => {
            let action = edit(desk, hand, &changed, gesture);
            hand.chosen.clear();
            action
        }
        Err(problem) => {
            let text = shape_problem_text(desk.language, problem);
            Some(Action::Notice(text.into_owned()))
        }
    }
}

/// Clicks choose, drags lift, a right click takes a corner away, a box chooses many.
fn pointer(
    desk: &Desk,
    hand: &mut Hand,
    ground: &Ground,
    handles: &[Handle],
    boxed: &mut Option<Marquee>,
) -> Vec<Action> {
    if let Some(area) = marquee(desk, boxed) {
        let all = corners(&ground.own.1).into_iter();
        let inside = all.filter(|(_, at)| area.intersects(&geo::Coord::from(*at)));
        let inside: BTreeSet<_> = inside.map(|(corner, _)| corner).collect();
        match desk.modifiers().command {
            true => hand.chosen.extend(inside),
            false => hand.chosen = inside,
        }
        desk.take_keyboard();
    }
    for handle in handles {
        let response = &handle.response;
        if response.drag_started_by(PointerButton::Primary) {
            hand.grab(desk, ground, handle);
            desk.take_keyboard();
        }
        let HandleKind::Corner(corner) = handle.kind else {
            continue;
        };
        if response.clicked() {
            choose(hand, corner, desk.modifiers());
            desk.take_keyboard();
        }
        if response.clicked_by(PointerButton::Secondary) {
            return remove(desk, hand, ground, &[corner].into())
                .into_iter()
                .collect();
        }
    }
    match desk.response.clicked() {
        true => click_beside(desk, hand, ground.own.0),
        false => Vec::new(),
    }
}

fn choose(hand: &mut Hand, corner: Corner, modifiers: Modifiers) {
    let several = modifiers.shift || modifiers.command;
    if !several {
        hand.chosen = [corner].into();
    } else if !hand.chosen.remove(&corner) {
        hand.chosen.insert(corner);
    }
}

/// On another estate, goes on with that one.
fn click_beside(desk: &Desk, hand: &mut Hand, estate: EstateId) -> Vec<Action> {
    hand.chosen.clear();
    desk.take_keyboard();
    let at = desk.response.interact_pointer_pos();
    let other = at.and_then(|at| select::hit(desk, at));
    match other.map(|slot| slot.estate.id) {
        Some(other) if other != estate => vec![Action::Select(Selection::Only(other))],
        _ => Vec::new(),
    }
}
