//! Boxes, corners, moving and turning: the editing of what is there.

use super::*;
use crate::ui::action::Selection;

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

fn drag_with(harness: &mut Harness<Bench>, modifiers: Modifiers, from: Pos2, to: Pos2) {
    harness.event(Event::ModifiersChanged(modifiers));
    drag(harness, from, to);
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    harness.run();
}
