//! Boxes, corners, moving and turning: the editing of what is there.

use super::*;
use crate::ui::action::Selection;
use crate::ui::verb::{Shape, Take, Verb};

#[test]
fn a_box_selects_what_lies_wholly_inside_and_control_adds() {
    let mut harness = harness(Bench::new(small_survey(), Tool::Select));
    let before = harness.state().state.center();
    let corner = |harness: &Harness<Bench>, x, y| from_middle(harness.state(), x, y);
    // Around the block alone, then around the block and the waiting row but not the estate.
    let (from, to) = (corner(&harness, 0.2, 0.2), corner(&harness, 1.7, 1.7));
    drag_with(&mut harness, Modifiers::SHIFT, from, to);
    let (from, to) = (corner(&harness, 3.5, 1.7), corner(&harness, 0.2, -0.5));
    let both = Modifiers::SHIFT | Modifiers::COMMAND;
    drag_with(&mut harness, both, from, to);
    let asked = &harness.state().asked;
    let expected = [
        Action::Select(Selection::These(vec![id(2)])),
        Action::Select(Selection::Also(vec![id(2), id(4)])),
    ];
    assert_eq!(asked[..], expected);
    assert_eq!(harness.state().state.center(), before);
}

#[test]
fn a_right_click_selects_what_it_is_about_and_offers_what_can_be_done() {
    let mut bench = Bench::new(small_survey(), Tool::Select);
    bench.selection = vec![id(1), id(4)];
    let mut harness = harness(bench);
    let block = from_middle(harness.state(), 1.0, 1.0);
    click_with(&mut harness, block, PointerButton::Secondary);
    harness.get_by_label("Square the corners").click();
    harness.run();
    // Within the selection the menu is about all of it.
    let estate = from_middle(harness.state(), -1.0, -1.0);
    click_with(&mut harness, estate, PointerButton::Secondary);
    harness.get_by_label("Edit corners").click();
    harness.run();
    let expected = [
        Action::Select(Selection::Only(id(2))),
        Action::Do(Verb::Shape(Shape::Square)),
        Action::Do(Verb::Take(Take::Vertices)),
    ];
    assert_eq!(harness.state().asked[..], expected);
    assert!(harness.query_by_label("Edit corners").is_none());
}

fn drag_with(harness: &mut Harness<Bench>, modifiers: Modifiers, from: Pos2, to: Pos2) {
    harness.event(Event::ModifiersChanged(modifiers));
    drag(harness, from, to);
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    harness.run();
}
