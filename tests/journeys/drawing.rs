//! The drawing tools, by their keys and by clicks on places of the ground.

use crate::bench::{Window, complete_estate, folder, id, read, survey_file};
use egui::{Key, Modifiers};
use geo::{Area, Coord};
use jiugai::model::{Boundary, Estate};
use std::path::PathBuf;

/// Two places of the map, in shares of its width and of its height, where nothing floats on it.
const SHARES: [f64; 2] = [0.3, 0.6];

/// A window over two estates, and where on its map a position lies.
pub struct Ground {
    pub window: Window,
    pub path: PathBuf,
    /// What lies at two places of the map, see [`SHARES`].
    corners: [Coord; 2],
    _temporary: tempfile::TempDir,
}

impl Ground {
    /// Two squares of a thousandth of a degree, the first at 115.902, 28.68, the second two further
    /// east.
    pub fn new() -> Self {
        let (temporary, folder) = folder();
        let estates = [
            complete_estate(1, "洪都新村"),
            complete_estate(2, "青山湖小区"),
        ];
        let path = survey_file(&folder.join("洪都.gpkg"), estates);
        let mut window = Window::on(&path);
        let corners = looked_at(&mut window);
        Self {
            window,
            path,
            corners,
            _temporary: temporary,
        }
    }

    /// Something else has taken or given room since.
    pub fn look_again(&mut self) {
        self.corners = looked_at(&mut self.window);
    }

    /// Clicks `east` and `north` of 115.902, 28.68, in thousandths of a degree.
    pub fn click(&mut self, (east, north): (f64, f64)) {
        let at = geo::coord! { x: 115.902 + east / 1e3, y: 28.68 + north / 1e3 };
        let [from, to] = self.corners;
        let [low, high] = SHARES;
        let share =
            |at: f64, from: f64, to: f64| (low + (high - low) * (at - from) / (to - from)) as f32;
        let (x, y) = (share(at.x, from.x, to.x), share(at.y, from.y, to.y));
        self.window.click_map(x, y);
    }

    pub fn click_all(&mut self, places: &[(f64, f64)]) {
        for place in places {
            self.click(*place);
        }
    }

    /// Selects the first estate by a click into it.
    fn select_first(&mut self) {
        self.window.press(Key::V);
        self.click((0.5, 0.5));
    }

    fn first(&self) -> &Boundary {
        let estate = self.window.survey().estate(id(1)).unwrap();
        estate.boundary.as_ref().unwrap()
    }

    /// Records that were not there at the start.
    pub fn new_estates(&self) -> Vec<&Estate> {
        let all = self.window.survey().estates();
        all.filter(|estate| ![id(1), id(2)].contains(&estate.id))
            .map(|estate| estate.as_ref())
            .collect()
    }

    pub fn drawn(&self) -> &Boundary {
        let [estate] = self.new_estates()[..] else {
            panic!("{:?}", self.new_estates());
        };
        estate.boundary.as_ref().unwrap()
    }

    /// Closes the window and opens it on the same file.
    fn reopen(mut self) -> Self {
        self.window.close();
        self.window = Window::on(&self.path);
        self
    }
}

/// What lies at two places of the map, see [`SHARES`].
fn looked_at(window: &mut Window) -> [Coord; 2] {
    SHARES.map(|share| {
        window.hover_map(share as f32, share as f32);
        pointed_at(window)
    })
}

/// What the status bar says the pointer is at.
fn pointed_at(window: &Window) -> Coord {
    let text = window.text_with(", 28.");
    let mut numbers = text.split(", ").map(|number| number.parse().unwrap());
    geo::coord! { x: numbers.next().unwrap(), y: numbers.next().unwrap() }
}

pub fn ring(boundary: &Boundary) -> &[Coord] {
    &boundary.0[0].exterior().0
}

#[test]
fn three_points_are_a_rectangle() {
    let mut ground = Ground::new();
    ground.window.press(Key::B);
    ground.click_all(&[(0.2, -0.8), (0.8, -0.7), (0.7, -0.4)]);
    let corners = ring(ground.drawn());
    assert_eq!(corners.len(), 5, "four, closed: {corners:?}");
    let side = |a: usize, b: usize| {
        let east = (corners[b].x - corners[a].x) * 28.68_f64.to_radians().cos();
        (east, corners[b].y - corners[a].y)
    };
    let ((a, b), (c, d)) = (side(0, 1), side(1, 2));
    let cosine = (a * c + b * d) / (a.hypot(b) * c.hypot(d));
    assert!(cosine.abs() < 0.01, "a right angle on the ground: {cosine}");
    assert!(ground.window.has_cursor("Name"), "the form is next");
}

#[test]
fn a_hole_and_a_part_are_added_to_the_estate_selected() {
    let mut ground = Ground::new();
    ground.select_first();
    let before = ground.first().unsigned_area();
    ground.window.press(Key::H);
    ground.click_all(&[(0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7)]);
    ground.window.press(Key::Enter);
    assert_eq!(ground.first().0[0].interiors().len(), 1);
    let share = ground.first().unsigned_area() / before;
    assert!((share - 0.84).abs() < 0.01, "{share}");

    ground.window.press(Key::P);
    ground.click_all(&[(0.2, -0.8), (0.8, -0.8), (0.8, -0.4)]);
    ground.window.press(Key::Enter);
    assert_eq!(ground.first().0.len(), 2);
    assert!(ground.new_estates().is_empty(), "both are the estate's own");

    // A hole elsewhere is refused, and stays in hand to be drawn on.
    ground.window.press(Key::H);
    ground.click_all(&[(1.2, 0.3), (1.5, 0.3), (1.5, 0.7)]);
    ground.window.press(Key::Enter);
    assert!(ground.window.shows("A hole must lie inside the boundary"));
    assert!(ground.window.is_enabled("Undo"));
    for _ in 0..3 {
        ground.window.press(Key::Backspace);
    }
    for _ in 0..2 {
        ground.window.press_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(ground.first().unsigned_area(), before);
}

#[test]
fn a_line_through_an_estate_splits_it() {
    let mut ground = Ground::new();
    ground.select_first();
    let before = ground.first().unsigned_area();
    ground.window.press(Key::X);
    ground.click_all(&[(0.3, -0.3), (0.3, 1.3)]);
    ground.window.press(Key::Enter);
    let shares = [ground.first(), ground.drawn()].map(|part| part.unsigned_area() / before);
    assert!((shares[0] - 0.7).abs() < 0.01, "{shares:?}");
    assert!((shares[0] + shares[1] - 1.0).abs() < 1e-6, "{shares:?}");
}

#[test]
fn a_border_is_redrawn_along_a_line() {
    let mut ground = Ground::new();
    ground.select_first();
    let before = ground.first().unsigned_area();
    ground.window.press(Key::L);
    // From the east side out and back to it.
    ground.click_all(&[(1.0, 0.2), (1.3, 0.2), (1.3, 0.8), (1.0, 0.8)]);
    ground.window.press(Key::Enter);
    let share = ground.first().unsigned_area() / before;
    assert!((share - 1.18).abs() < 0.01, "{share}");
}

#[test]
fn a_corner_beside_a_neighbours_is_the_same_corner() {
    let mut ground = Ground::new();
    ground.window.press(Key::D);
    // A little beside the north-east and south-east corners of the first estate.
    ground.click_all(&[(1.01, 0.01), (1.5, 0.0), (1.5, 1.0), (1.01, 0.99)]);
    ground.window.press(Key::Enter);
    let shared = ring(ground.drawn()).to_vec();
    let neighbour = ring(ground.first());
    let common = neighbour[..4]
        .iter()
        .filter(|corner| shared.contains(corner));
    assert_eq!(common.count(), 2, "{shared:?} {neighbour:?}");
}

#[test]
fn a_border_is_traced_between_two_clicks() {
    let mut ground = Ground::new();
    ground.window.press(Key::T);
    ground.window.press(Key::D);
    // Around the first estate's east side: both its corners are taken on the way.
    ground.click_all(&[
        (0.5, 0.0),
        (0.8, 1.0),
        (0.8, 1.4),
        (1.4, 1.4),
        (1.4, -0.4),
        (0.5, -0.4),
    ]);
    ground.window.press(Key::Enter);
    let drawn = ring(ground.drawn());
    assert_eq!(drawn.len(), 9, "six clicked, two traced, closed: {drawn:?}");
    let east = |corner: &&Coord| (corner.x - 115.903).abs() < 1e-7;
    let taken: Vec<_> = ring(ground.first())[..4].iter().filter(east).collect();
    assert!(
        taken.iter().all(|corner| drawn.contains(corner)),
        "{drawn:?}"
    );
}

#[test]
fn new_ground_is_clipped_to_the_neighbours_and_undo_takes_it_back_whole() {
    let mut ground = Ground::new();
    let before = ground.window.survey().clone();
    ground.window.press(Key::O);
    ground.window.press(Key::D);
    ground.click_all(&[(0.6, 0.25), (1.6, 0.25), (1.6, 0.75), (0.6, 0.75)]);
    ground.window.press(Key::Enter);
    let notice = ground.window.text_with("Cut off");
    assert!(notice.contains("m² that belong to 洪都新村"), "{notice}");
    let west = ring(ground.drawn()).iter().map(|corner| corner.x);
    let west = west.fold(f64::MAX, f64::min);
    assert!((west - 115.903).abs() < 1e-9, "{west}");
    ground.window.press(Key::Escape);
    ground.window.click("Undo");
    assert_eq!(*ground.window.survey(), before);
}

#[test]
fn a_parked_splitting_line_comes_back_with_the_file() {
    let mut ground = Ground::new();
    ground.select_first();
    ground.window.press(Key::X);
    ground.click_all(&[(0.3, -0.3), (0.3, 1.3)]);
    ground.window.press(Key::Escape);
    assert!(ground.window.shows("Choose “Split along a line” to go on"));

    // Another tool meanwhile; its sketch is parked beside the first.
    ground.window.press(Key::D);
    ground.click((1.4, 0.2));
    ground.window.press(Key::Escape);

    let mut ground = ground.reopen();
    assert!(ground.window.shows("An unfinished sketch was found"));
    ground.select_first();
    ground.window.press(Key::X);
    ground.window.press(Key::Enter);
    assert_eq!(ground.new_estates().len(), 1, "the line has split it");
    ground.window.close();
    assert_eq!(read(&ground.path).estates().len(), 3);
}

#[test]
fn k_repairs_a_bow_tie_in_hand() {
    let mut ground = Ground::new();
    ground.window.press(Key::D);
    ground.click_all(&[(0.2, -0.8), (0.8, -0.4), (0.8, -0.8), (0.2, -0.4)]);
    ground.window.press(Key::Enter);
    assert!(ground.window.shows("Press K to repair it"));
    assert!(ground.new_estates().is_empty());
    ground.window.press(Key::K);
    assert!(
        ground
            .window
            .shows("put the corners into an order that does not cross")
    );
    ground.window.press(Key::Enter);
    let share = ground.drawn().unsigned_area() / (0.6e-3 * 0.4e-3);
    assert!((share - 1.0).abs() < 0.05, "the whole rectangle: {share}");
}

#[test]
fn a_length_and_an_area_are_measured_and_nothing_is_changed() {
    let mut ground = Ground::new();
    let before = ground.window.survey().clone();
    ground.window.press(Key::M);
    ground.click_all(&[(0.2, -0.8), (0.8, -0.8), (0.8, -0.4), (0.2, -0.8)]);
    assert!(ground.window.is_on("Measure"));
    for _ in 0..2 {
        ground.window.press(Key::Escape);
    }
    assert!(ground.window.is_on("Select"));
    assert_eq!(*ground.window.survey(), before);
}
