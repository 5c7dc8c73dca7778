//! Boxes, corners, moving and turning: the editing of what is there.

use super::*;
use crate::geodesy::measure::{area_m2, distance_m};
use crate::model::ShapeGesture;
use crate::ui::action::Selection;
use crate::ui::map::tools::ring::corners;
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

/// Two squares with a common side, and one a little apart.
fn row_of_three(tool: Tool) -> Harness<'static, Bench> {
    let squares = [
        estate(1, "Hongdu", rectangle(-2.0, -1.0, 0.0, 1.0)),
        estate(2, "Grain Bureau", rectangle(0.0, -1.0, 2.0, 1.0)),
        estate(3, "Sunshine", rectangle(2.5, -1.0, 4.0, 1.0)),
    ];
    let mut bench = Bench::new(survey(squares), tool);
    bench.selection = vec![id(1)];
    harness(bench)
}

const VERTICES_OF_FIRST: fn() -> Tool = || Tool::EditVertices { estate: id(1) };

fn at(x: f64, y: f64) -> LonLat {
    LonLat::new(MIDDLE.lon + x / 1e3, MIDDLE.lat + y / 1e3)
}

/// The boundaries asked for, and by which gesture; one that was merely redrawn has none.
fn asked(harness: &Harness<Bench>) -> (Option<ShapeGesture>, Vec<(EstateId, Boundary)>) {
    match &harness.state().asked[..] {
        [Action::Edit(Command::Reshape { estate, boundary })] => {
            (None, vec![(*estate, (**boundary).clone())])
        }
        [
            Action::Edit(Command::ReshapeMany {
                boundaries,
                gesture,
            }),
        ] => {
            let boundaries = boundaries.iter().map(|(id, b)| (*id, (**b).clone()));
            (Some(*gesture), boundaries.collect())
        }
        other => panic!("{other:?}"),
    }
}

fn places(boundary: &Boundary) -> Vec<LonLat> {
    corners(boundary).into_iter().map(|(_, at)| at).collect()
}

#[test]
fn a_corner_that_neighbours_share_moves_with_them_to_the_same_bits_where_asked() {
    for (shared_borders, estates) in [(Switch::On, 2), (Switch::Off, 1)] {
        let mut harness = row_of_three(VERTICES_OF_FIRST());
        harness.state_mut().aids.shared_borders = shared_borders;
        let from = from_middle(harness.state(), 0.0, 1.0);
        drag(&mut harness, from, from + vec2(20.0, -45.0));
        let (gesture, boundaries) = asked(&harness);
        assert_eq!(boundaries.len(), estates, "{shared_borders:?}");
        assert_eq!(
            gesture.is_some(),
            shared_borders.is_on(),
            "one boundary alone is merely redrawn"
        );
        let mut moved = places(&boundaries[0].1);
        moved.retain(|corner| *corner != at(0.0, -1.0) && corner.lon > MIDDLE.lon - 0.001);
        let [moved] = moved[..] else {
            panic!("{moved:?}")
        };
        let in_all = |(_, boundary): &(EstateId, Boundary)| places(boundary).contains(&moved);
        assert!(boundaries.iter().all(in_all), "{boundaries:?}");
    }
}

#[test]
fn a_corner_is_drawn_to_a_neighbours_and_meets_it_to_the_bit_unless_alt_is_held() {
    for (modifiers, meets) in [(Modifiers::NONE, true), (Modifiers::ALT, false)] {
        let mut harness = row_of_three(Tool::EditVertices { estate: id(2) });
        harness.state_mut().selection = vec![id(2)];
        let from = from_middle(harness.state(), 2.0, 1.0);
        let near = from_middle(harness.state(), 2.5, 1.0) + vec2(-4.0, 3.0);
        drag_with(&mut harness, modifiers, from, near);
        let (_, boundaries) = asked(&harness);
        let theirs = harness.state().survey.estate(id(3)).unwrap();
        let theirs = places(theirs.boundary.as_ref().unwrap());
        let met = places(&boundaries[0].1)
            .iter()
            .any(|ours| theirs.contains(ours));
        assert_eq!(met, meets, "{modifiers:?}");
    }
}

#[test]
fn several_corners_chosen_move_together_and_a_run_of_arrow_keys_is_one_edit() {
    let mut harness = row_of_three(VERTICES_OF_FIRST());
    let first = from_middle(harness.state(), -2.0, -1.0);
    let second = from_middle(harness.state(), -2.0, 1.0);
    click(&mut harness, first);
    harness.event(Event::ModifiersChanged(Modifiers::SHIFT));
    click(&mut harness, second);
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    for (modifiers, key) in [
        (Modifiers::NONE, Key::ArrowLeft),
        (Modifiers::SHIFT, Key::ArrowLeft),
        (Modifiers::NONE, Key::ArrowLeft),
    ] {
        harness.key_press_modifiers(modifiers, key);
        // A frame is a quarter of a second here.
        harness.step();
        assert!(harness.state().asked.is_empty(), "the run goes on");
    }
    // Anything else ends it, before it is carried out itself.
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().tool, Tool::Select);
    let (_, boundaries) = asked(&harness);
    let moved = places(&boundaries[0].1);
    let view = harness.state().view();
    for before in [first, second] {
        let to = before - vec2(12.0, 0.0);
        let near = |corner: &LonLat| view.project(*corner).distance(to) < 0.1;
        assert!(moved.iter().any(near), "{moved:?}");
    }
    assert_eq!(moved.len(), 4);
}

#[test]
fn escape_takes_back_a_run_of_arrow_keys() {
    let mut harness = row_of_three(VERTICES_OF_FIRST());
    for key in [Key::Tab, Key::ArrowDown, Key::Escape] {
        harness.key_press(key);
        harness.run();
    }
    assert_eq!(harness.state().asked, []);
    assert_eq!(harness.state().tool, VERTICES_OF_FIRST());
}

#[test]
fn the_keys_walk_the_corners_insert_and_delete() {
    let mut harness = row_of_three(VERTICES_OF_FIRST());
    harness.key_press(Key::Tab);
    harness.key_press(Key::Tab);
    harness.key_press(Key::Insert);
    harness.run();
    let (_, boundaries) = asked(&harness);
    let before = harness
        .state()
        .survey
        .estate(id(1))
        .unwrap()
        .boundary
        .clone();
    let second = places(&before.unwrap())[1];
    let inserted = places(&boundaries[0].1);
    assert_eq!((inserted.len(), inserted[1]), (5, second));

    harness.state_mut().asked.clear();
    // Back from the first one comes to the last.
    for (modifiers, key) in [(Modifiers::SHIFT, Key::Tab), (Modifiers::NONE, Key::Delete)] {
        harness.key_press_modifiers(modifiers, key);
        harness.run();
    }
    let (_, boundaries) = asked(&harness);
    assert_eq!(places(&boundaries[0].1).len(), 3);
}

#[test]
fn a_box_chooses_corners_and_delete_refuses_to_leave_less_than_a_triangle() {
    let mut harness = row_of_three(VERTICES_OF_FIRST());
    let from = from_middle(harness.state(), -2.3, -1.3);
    let to = from_middle(harness.state(), -1.7, 1.3);
    drag_with(&mut harness, Modifiers::SHIFT, from, to);
    harness.key_press(Key::Delete);
    harness.run();
    assert!(matches!(harness.state().asked[..], [Action::Notice(_)]));
}

#[test]
fn a_change_that_would_spoil_the_neighbour_is_refused_by_its_name() {
    let mut harness = row_of_three(VERTICES_OF_FIRST());
    harness.state_mut().aids.shared_borders = Switch::On;
    harness.state_mut().aids.snapping = Switch::Off;
    let from = from_middle(harness.state(), 0.0, 1.0);
    let to = from_middle(harness.state(), 1.0, -2.0);
    drag(&mut harness, from, to);
    let [Action::Notice(text)] = &harness.state().asked[..] else {
        panic!("{:?}", harness.state().asked);
    };
    assert!(text.contains("Grain Bureau"), "{text}");
}

#[test]
fn a_hole_is_removed_from_the_menu_over_it() {
    let hole = rectangle(-1.5, -0.5, -0.5, 0.5).0[0].exterior().clone();
    let mut pierced = rectangle(-2.0, -1.0, 0.0, 1.0);
    pierced.0[0].interiors_push(hole);
    let mut bench = Bench::new(survey([estate(1, "Hongdu", pierced)]), VERTICES_OF_FIRST());
    bench.selection = vec![id(1)];
    let mut harness = harness(bench);
    let inside = from_middle(harness.state(), -1.2, -0.2);
    click_with(&mut harness, inside, PointerButton::Secondary);
    harness.get_by_label("Remove this hole").click();
    harness.run();
    let (gesture, boundaries) = asked(&harness);
    assert_eq!(gesture, Some(ShapeGesture::RemoveHole));
    assert_eq!(places(&boundaries[0].1).len(), 4);
}

#[test]
fn another_estate_is_edited_when_it_is_clicked_on_or_selected_in_the_list() {
    let mut harness = row_of_three(VERTICES_OF_FIRST());
    let other = from_middle(harness.state(), 1.0, 0.3);
    click(&mut harness, other);
    let expected = Action::Select(Selection::Only(id(2)));
    assert_eq!(harness.state().asked, [expected]);
    harness.state_mut().selection = vec![id(2)];
    harness.run();
    assert_eq!(harness.state().tool, Tool::EditVertices { estate: id(2) });
}

#[test]
fn what_is_selected_is_moved_whole_and_its_corner_meets_the_neighbours() {
    let mut harness = row_of_three(Tool::Move);
    harness.state_mut().selection = vec![id(3)];
    harness.run();
    let before = harness.state().state.center();
    let inside = from_middle(harness.state(), 3.0, 0.2);
    let step = from_middle(harness.state(), 2.0, 0.0) - from_middle(harness.state(), 2.5, 0.0);
    drag(&mut harness, inside, inside + step + vec2(3.0, 4.0));
    assert_eq!(harness.state().state.center(), before);
    let (gesture, boundaries) = asked(&harness);
    assert_eq!(gesture, Some(ShapeGesture::Move));
    let moved = places(&boundaries[0].1);
    assert!(moved.contains(&at(2.0, 1.0)) || moved.contains(&at(2.0, -1.0)));
    let stored = rectangle(2.5, -1.0, 4.0, 1.0);
    let areas = [&stored, &boundaries[0].1].map(area_m2);
    assert!((areas[0] - areas[1]).abs() < 0.5, "{areas:?}");
}

#[test]
fn a_turn_with_shift_is_by_fifteen_degrees_and_common_corners_stay_common() {
    let mut harness = row_of_three(Tool::Move);
    harness.state_mut().selection = vec![id(1), id(2)];
    harness.run();
    let handle = harness.get_by_label("Turn").rect().center();
    let to = handle + vec2(24.0, 3.0);
    drag_with(&mut harness, Modifiers::SHIFT, handle, to);
    let (gesture, boundaries) = asked(&harness);
    assert_eq!(gesture, Some(ShapeGesture::Rotate));
    let [(_, one), (_, two)] = &boundaries[..] else {
        panic!("{boundaries:?}");
    };
    let common = places(one).into_iter().filter(|c| places(two).contains(c));
    assert_eq!(common.count(), 2);
    // The top of the common side lay 111 m north of the centre; a sixth of a right angle is 29 m.
    let top = places(one)[1];
    let gone = distance_m(top, at(0.0, 1.0));
    assert!((gone - 28.9).abs() < 0.6, "{gone}");
}

#[test]
fn a_move_is_taken_back_by_escape_and_the_map_pans_beside_the_selection() {
    let mut harness = row_of_three(Tool::Move);
    let inside = from_middle(harness.state(), -1.0, 0.2);
    harness.hover_at(inside);
    press(&harness, inside, PointerButton::Primary, true);
    harness.hover_at(inside + vec2(30.0, 30.0));
    harness.run();
    harness.key_press(Key::Escape);
    press(&harness, inside, PointerButton::Primary, false);
    harness.run();
    assert_eq!(harness.state().asked, []);
    assert_eq!(harness.state().tool, Tool::Move);
    let before = harness.state().state.center();
    let beside = from_middle(harness.state(), 1.0, 2.0);
    drag(&mut harness, beside, beside + vec2(60.0, 0.0));
    assert_eq!(harness.state().asked, []);
    assert_ne!(harness.state().state.center(), before);
}

#[test]
fn the_arrow_keys_move_and_with_control_turn_and_a_run_of_both_is_one_edit() {
    let mut harness = row_of_three(Tool::Move);
    for (modifiers, key) in [
        (Modifiers::SHIFT, Key::ArrowUp),
        (Modifiers::COMMAND, Key::ArrowLeft),
        (Modifiers::NONE, Key::Enter),
    ] {
        harness.key_press_modifiers(modifiers, key);
        harness.step();
    }
    let (gesture, boundaries) = asked(&harness);
    assert_eq!((gesture, boundaries.len()), (Some(ShapeGesture::Move), 1));
    assert_eq!(harness.state().tool, Tool::Select);
}

#[test]
fn fewer_corners_are_shown_before_they_are_taken() {
    let mut wavy: Vec<_> = (0..30)
        .map(|n| at(f64::from(n) / 15.0, f64::from(n % 2) / 200.0))
        .collect();
    wavy.extend([at(2.0, 1.0), at(0.0, 1.0)]);
    let ring = wavy.iter().map(|at| geo::Coord::from(*at)).collect();
    let wavy: Boundary = geo::Polygon::new(ring, vec![]).into();
    let tool = Tool::Simplify { tolerance_m: 0.1 };
    let mut bench = Bench::new(survey([estate(1, "Hongdu", wavy)]), tool);
    bench.selection = vec![id(1)];
    let mut harness = harness(bench);
    harness.get_by_label("32 → 32 corners, within 0.1 m");
    for _ in 0..3 {
        harness.get_by_label("Fewer corners").click();
        harness.run();
    }
    harness.get_by_label("32 → 4 corners, within 1 m");
    harness.key_press(Key::Enter);
    harness.run();
    let (gesture, boundaries) = asked(&harness);
    assert_eq!(gesture, Some(ShapeGesture::Simplify));
    assert_eq!(places(&boundaries[0].1).len(), 4);
    assert_eq!(harness.state().tool, Tool::Select);
}
