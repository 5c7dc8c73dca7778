//! The map through a harness: real pointer and key events in, actions out.

mod cost;
mod panel;
mod picture;
mod scene;
mod shapes;
mod sketch;
mod tools;

use super::*;
use crate::catalogue::{Catalogue, Items, Utility};
use crate::edit::Command;
use crate::model::MapTheme;
use crate::model::{Boundary, Change, Coded, Estate, Severity, Standing, Willingness};
use crate::ui::preferences::DrawingAids;
use crate::ui::test_bench::{id, install_fonts};
use crate::words::Language;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::collections::BTreeSet;
use std::sync::Arc;

const MIDDLE: LonLat = LonLat {
    lon: 115.9,
    lat: 28.68,
};

/// A window with nothing but a map, and everything it asked for.
struct Bench {
    survey: Survey,
    revision: u64,
    selection: Vec<EstateId>,
    tool: Tool,
    aids: DrawingAids,
    tracing: Switch,
    theme: MapTheme,
    highlighted: Option<(EstateId, EstateId)>,
    findings: BTreeSet<EstateId>,
    language: Language,
    districts: Arc<[District]>,
    state: MapState,
    catalogue: Catalogue,
    asked: Vec<Action>,
}

impl Bench {
    fn new(survey: Survey, tool: Tool) -> Self {
        let mut state = MapState::new(None);
        state.set_view(MIDDLE, 16.0);
        Self {
            survey,
            revision: 1,
            selection: Vec::new(),
            tool,
            aids: DrawingAids::default(),
            tracing: Switch::Off,
            theme: MapTheme::WorstEssential,
            highlighted: None,
            findings: BTreeSet::new(),
            language: Language::English,
            districts: Arc::new([]),
            state,
            catalogue: Catalogue::shipped(),
            asked: Vec::new(),
        }
    }

    fn ui(&mut self, ui: &mut Ui) {
        let input = MapInput {
            survey: &self.survey,
            survey_revision: self.revision,
            selection: &self.selection,
            tool: &self.tool.clone(),
            aids: self.aids,
            tracing: self.tracing,
            theming: Theming {
                look: self.theme.into(),
                items: &self.catalogue.items,
                facts: None,
                marks_chosen: Switch::Off,
            },
            highlighted: self.highlighted,
            past_outline: None,
            trial: &[],
            references: &[],
            coverage: &Default::default(),
            me: None,
            track: &[],
            listed: None,
            buildings: crate::ui::preferences::Switch::On,
            building: None,
            findings: &self.findings,
            photos: None,
            language: self.language,
            available: &|_| Ok(()),
            keys: &Default::default(),
            basemap: None,
            districts: &self.districts,
            notice: None,
        };
        for action in map_ui(ui, &mut self.state, input) {
            match action {
                Action::SetTool(tool) => self.tool = tool,
                Action::PointAt(_) => {}
                other => self.asked.push(other),
            }
        }
    }

    fn view(&self) -> View {
        self.state.motion.view(SCREEN)
    }
}

const SCREEN: Rect = Rect {
    min: pos2(0.0, 0.0),
    max: pos2(900.0, 700.0),
};

fn harness(bench: Bench) -> Harness<'static, Bench> {
    let mut harness = Harness::builder()
        .with_size(SCREEN.size())
        .with_max_steps(64)
        .with_context_setup(install_fonts)
        .build_ui_state(|ui, bench: &mut Bench| bench.ui(ui), bench);
    harness.run();
    harness
}

fn press(harness: &Harness<Bench>, at: Pos2, button: PointerButton, pressed: bool) {
    harness.event(Event::PointerButton {
        pos: at,
        button,
        pressed,
        modifiers: Modifiers::NONE,
    });
}

fn click(harness: &mut Harness<Bench>, at: Pos2) {
    click_with(harness, at, PointerButton::Primary);
}

fn click_with(harness: &mut Harness<Bench>, at: Pos2, button: PointerButton) {
    harness.hover_at(at);
    press(harness, at, button, true);
    press(harness, at, button, false);
    harness.run();
}

fn drag(harness: &mut Harness<Bench>, from: Pos2, to: Pos2) {
    harness.hover_at(from);
    press(harness, from, PointerButton::Primary, true);
    for step in 1..=4 {
        harness.hover_at(from + (to - from) * (step as f32 / 4.0));
    }
    press(harness, to, PointerButton::Primary, false);
    harness.run();
}

/// A rectangle, its corners in thousandths of a degree from the middle.
fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Boundary {
    let at = |x: f64, y: f64| geo::Coord::from(MIDDLE) + geo::coord! { x: x / 1e3, y: y / 1e3 };
    geo::Rect::new(at(west, south), at(east, north))
        .to_polygon()
        .into()
}

fn estate(number: u128, name: &str, boundary: Boundary) -> Estate {
    let mut estate = Estate::new(id(number));
    estate.name = name.to_owned();
    estate.boundary = Some(Arc::new(boundary));
    estate
}

fn survey(estates: impl IntoIterator<Item = Estate>) -> Survey {
    Survey::from_parts(estates, [], [], Default::default())
}

/// A large estate, a block inside it, a merged copy of it, and a waiting row.
fn small_survey() -> Survey {
    let large = estate(1, "Hongdu", rectangle(-2.0, -2.0, 2.0, 2.0));
    let block = estate(2, "Hongdu Block 3", rectangle(0.5, 0.5, 1.5, 1.5));
    let mut merged = estate(3, "Hongdu copy", rectangle(-0.1, -0.1, 0.1, 0.1));
    merged.standing = Standing::Merged {
        into: id(1),
        replaced: Vec::new(),
    };
    let mut waiting = Estate::new(id(4));
    waiting.name = "Grain Bureau".to_owned();
    waiting.position = Some(LonLat::new(MIDDLE.lon + 0.003, MIDDLE.lat));
    survey([large, block, merged, waiting])
}

fn from_middle(bench: &Bench, x: f64, y: f64) -> Pos2 {
    let at = LonLat::new(MIDDLE.lon + x / 1e3, MIDDLE.lat + y / 1e3);
    bench.view().project(at)
}
