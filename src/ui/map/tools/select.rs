//! Select: a click picks the smallest estate under the cursor, a box what lies in it; hovering
//! names an estate.

use super::marquee::{Marquee, marquee};
use super::{Desk, REACH_POINTS};
use crate::model::{Building, EstateId};
use crate::ui::action::{Action, Selection};
use crate::ui::context_menu::{ContextInput, context_menu};
use crate::ui::map::buildings;
use crate::ui::map::outline::{self, Dash};
use crate::ui::map::scene::Slot;
use crate::words::fields::record_name;
use egui::{CursorIcon, Modifiers, Pos2, Stroke};

pub fn ui(
    desk: &Desk,
    building: Option<&Building>,
    menu: ContextInput<'_>,
    held: &mut Option<Marquee>,
) -> Vec<Action> {
    if let Some(drawn) = marquee(desk, held) {
        let inside = desk.scene.inside(drawn);
        return vec![Action::Select(match desk.modifiers().command {
            true => Selection::Also(inside),
            false => Selection::These(inside),
        })];
    }
    if held.is_some() {
        return Vec::new();
    }
    let mut actions = Vec::new();
    let hit_at_click = || {
        let at = desk.response.interact_pointer_pos()?;
        hit(desk, at).map(|slot| slot.estate.id)
    };
    if desk.response.clicked() {
        match building {
            Some(building) if desk.modifiers().is_none() => {
                actions.push(Action::SelectBuilding(building.id));
            }
            _ => actions.extend(selection(hit_at_click(), desk.modifiers()).map(Action::Select)),
        }
    }
    if desk.response.secondary_clicked() {
        let change = selection_for_menu(hit_at_click(), desk.selection);
        actions.extend(change.map(Action::Select));
    }
    actions.extend(context_menu(desk.response, menu));
    if let Some(building) = building {
        if !desk.response.context_menu_opened() {
            buildings::hover(desk, building);
        }
        return actions;
    }
    let under = desk.pointer().and_then(|at| hit(desk, at));
    if let Some(slot) = under.filter(|_| !desk.response.context_menu_opened()) {
        hover(desk, slot);
    }
    actions
}

/// A menu is about what was clicked on; within a selection of several, about all of them.
fn selection_for_menu(hit: Option<EstateId>, selected: &[EstateId]) -> Option<Selection> {
    let id = hit.filter(|id| !selected.contains(id))?;
    Some(Selection::Only(id))
}

/// What a click on `hit` does to the selection; `None` leaves it.
fn selection(hit: Option<EstateId>, modifiers: Modifiers) -> Option<Selection> {
    match (hit, modifiers.command || modifiers.shift) {
        (Some(id), false) => Some(Selection::Only(id)),
        (Some(id), true) => Some(Selection::Toggle(id)),
        (None, false) => Some(Selection::Nothing),
        // A slip of the hand while gathering several must not lose them.
        (None, true) => None,
    }
}

/// The estate under a point of the screen.
pub fn hit<'a>(desk: &Desk<'a>, at: Pos2) -> Option<&'a Slot> {
    let here = desk.view.unproject(at);
    let beside = desk.view.unproject(at + egui::Vec2::splat(REACH_POINTS));
    let reach = geo::coord! { x: beside.lon - here.lon, y: here.lat - beside.lat };
    desk.scene.hit(here, reach)
}

fn hover(desk: &Desk, slot: &Slot) {
    if let Some(boundary) = slot.boundary() {
        let rings = outline::rings(boundary, &desk.view);
        let stroke = Stroke::new(2.0, desk.palette.hover);
        outline::paint(desk.painter, &rings, stroke, Dash::Solid);
    }
    desk.response.ctx.set_cursor_icon(CursorIcon::PointingHand);
    let language = desk.language;
    let estate = &slot.estate;
    desk.response.clone().on_hover_ui_at_pointer(|ui| {
        ui.strong(record_name(language, desk.survey, estate));
        let year = match estate.years() {
            Some((from, to)) if from == to => language.text_with("map.built", &[("year", &from)]),
            Some((i32::MIN, to)) => language.text_with("map.built_until", &[("year", &to)]),
            Some((from, i32::MAX)) => language.text_with("map.built_from", &[("year", &from)]),
            Some((from, to)) => {
                let years = format!("{from}–{to}");
                language.text_with("map.built", &[("year", &years)])
            }
            None => language.text("map.year_unknown").into_owned(),
        };
        ui.label(year);
        match slot.waiting_at() {
            Some(_) => ui.label(language.text("map.waiting")),
            None => ui.label(format!(
                "{} {}",
                slot.class.sign(),
                slot.class.class.word(language)
            )),
        };
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::test_bench::id;

    #[test]
    fn control_and_shift_gather_and_a_miss_loses_nothing() {
        for (hit, modifiers, expected) in [
            (Some(id(1)), Modifiers::NONE, Some(Selection::Only(id(1)))),
            (
                Some(id(1)),
                Modifiers::COMMAND,
                Some(Selection::Toggle(id(1))),
            ),
            (
                Some(id(1)),
                Modifiers::SHIFT,
                Some(Selection::Toggle(id(1))),
            ),
            (None, Modifiers::NONE, Some(Selection::Nothing)),
            (None, Modifiers::SHIFT, None),
        ] {
            assert_eq!(selection(hit, modifiers), expected, "{hit:?} {modifiers:?}");
        }
    }
}
