//! The keys of the vertex tool: everything but placing a corner goes without the mouse.

use super::hand::Hand;
use super::handles::{Handle, HandleKind};
use super::{Command, edit, remove};
use crate::model::LonLat;
use crate::ui::action::Action;
use crate::ui::map::tools::Desk;
use crate::ui::map::tools::corners::{Ground, side};
use crate::ui::map::tools::ring::{Corner, corners};
use crate::ui::tool::Tool;
use egui::{Key, Modifiers};
use std::collections::BTreeSet;

pub fn keys(
    desk: &Desk,
    hand: &mut Hand,
    ground: &Ground,
    hovered: Option<&Handle>,
) -> Vec<Action> {
    let pressed = |key| desk.consumes(Modifiers::NONE, key);
    if pressed(Key::Delete) || pressed(Key::Backspace) {
        let gone = match (hand.chosen.is_empty(), hovered.map(|handle| handle.kind)) {
            (true, Some(HandleKind::Corner(corner))) => BTreeSet::from([corner]),
            _ => hand.chosen.clone(),
        };
        return remove(desk, hand, ground, &gone).into_iter().collect();
    }
    if pressed(Key::Insert) {
        return insert(desk, hand, ground).into_iter().collect();
    }
    // Only while the map has the keyboard: elsewhere Tab goes from box to box.
    if desk.response.has_focus() {
        if desk.consumes(Modifiers::SHIFT, Key::Tab) {
            walk(hand, ground, Step::Back);
        } else if pressed(Key::Tab) {
            walk(hand, ground, Step::On);
        }
    }
    match pressed(Key::Enter) || pressed(Key::Escape) {
        true => vec![Action::SetTool(Tool::Select)],
        false => Vec::new(),
    }
}

#[derive(Clone, Copy)]
enum Step {
    On,
    Back,
}

/// Chooses the next corner, round and round.
fn walk(hand: &mut Hand, ground: &Ground, step: Step) {
    let all = corners(&ground.own.1);
    let at = |corner: Option<&Corner>| {
        let corner = corner?;
        all.iter().position(|(other, _)| other == corner)
    };
    let index = match step {
        Step::On => at(hand.chosen.last()).map_or(0, |index| index + 1),
        Step::Back => at(hand.chosen.first()).unwrap_or(0) + all.len().saturating_sub(1),
    };
    if let Some((corner, at)) = all.get(index % all.len().max(1)) {
        hand.chosen = [*corner].into();
        hand.look_at = Some(*at);
    }
}

/// A corner in the middle of the side after the one chosen.
fn insert(desk: &Desk, hand: &mut Hand, ground: &Ground) -> Option<Action> {
    let corner = *hand.chosen.last()?;
    let (from, to) = side(&ground.own.1, corner)?;
    let middle = LonLat::new((from.lon + to.lon) / 2.0, (from.lat + to.lat) / 2.0);
    let changed = ground.with_inserted(corner, middle).into_changed();
    let action = edit(desk, hand, &changed, None);
    if matches!(
        action,
        Some(Action::Edit(
            Command::Reshape { .. } | Command::ReshapeMany { .. }
        ))
    ) {
        let position = corner.position + 1;
        hand.chosen = [Corner { position, ..corner }].into();
    }
    action
}
