//! What a frame of the map costs the thread that draws it, with each tool in hand and the mouse
//! moving over a survey of 10,000 estates: triangles made, nothing left to the graphics card.
//!
//! `cargo bench --bench map_tools` (`--profile dev` spares the optimised build). It prints the
//! median and the worst frame of each tool; no frame may take longer than 16 ms.

// Clippy lets a #[test] unwrap, but not a bench.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use cpu_time::ThreadTime;
use egui::{Context, Event, Pos2, RawInput, Rect, pos2};
use geo::{Coord, Polygon, coord};
use jiugai::catalogue::{Borders, Catalogue};
use jiugai::model::{Boundary, Estate, EstateId, LonLat, Survey};
use jiugai::ui::action::MapTheme;
use jiugai::ui::keymap::Keymap;
use jiugai::ui::map::{District, MapInput, MapState, map_ui};
use jiugai::ui::preferences::{DrawingAids, Switch};
use jiugai::ui::tool::{Purpose, Sketch, Tool};
use jiugai::words::Language;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

const ACROSS: u32 = 100;
/// From one estate to the next, in degrees.
const PITCH: f64 = 1e-3;
const SOUTH_WEST: Coord = Coord {
    x: 115.85,
    y: 28.63,
};
const SCREEN: Rect = Rect {
    min: pos2(0.0, 0.0),
    max: pos2(1280.0, 800.0),
};
const FRAMES: usize = 240;
const LIMIT: Duration = Duration::from_millis(16);

fn main() {
    let mut bench = Bench::new();
    println!("CPU time of a frame over {} estates", ACROSS * ACROSS);
    println!("{:34}{:>12}{:>12}", "tool", "median ms", "worst ms");
    let mut slow = Vec::new();
    for (name, zoom, tool) in tools() {
        let times = bench.frames(zoom, &tool);
        let [median, worst] = [FRAMES / 2, FRAMES - 1].map(|index| times[index]);
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        println!("{name:34}{:12.2}{:12.2}", ms(median), ms(worst));
        if worst > LIMIT {
            slow.push(name);
        }
    }
    match slow.is_empty() {
        true => println!("no frame takes longer than {LIMIT:?}"),
        false => println!("longer than {LIMIT:?}: {}", slow.join(", ")),
    }
}

/// Each tool near, and those that look at neighbours from afar too, where there are thousands.
fn tools() -> Vec<(&'static str, f64, Tool)> {
    let estate = middle();
    // Over some twenty neighbours; the pointer adds the last corner.
    let ring = [
        (-1.6, -1.2),
        (1.7, -1.3),
        (1.9, 0.2),
        (1.2, 1.4),
        (-0.3, 1.7),
    ];
    let inside = [(-0.1, -0.1), (0.1, -0.1), (0.1, 0.1)];
    let beside = [(0.3, 0.45), (0.45, 0.3)];
    let line = [(-0.7, 0.0), (0.0, 0.05)];
    let angles = (0..400).map(|n| f64::from(n) / 400.0 * std::f64::consts::PI);
    let many: Vec<_> = angles
        .map(|angle| (3.0 * angle.cos(), 3.0 * angle.sin()))
        .collect();
    let town = [(-45.0, -45.0), (45.0, -45.0), (45.0, 40.0)];
    let sketch = |purpose, places: &[(f64, f64)]| {
        let corners = places.iter().map(|(x, y)| place(*x, *y));
        Tool::Sketch(Sketch::new(purpose).with(corners))
    };
    let (near, far) = (16.5, 11.5);
    vec![
        ("select", near, Tool::Select),
        ("select, all in view", far, Tool::Select),
        ("draw", near, sketch(Purpose::NewEstate, &ring)),
        ("draw, 400 corners", near, sketch(Purpose::NewEstate, &many)),
        (
            "draw around the town",
            far,
            sketch(Purpose::NewEstate, &town),
        ),
        (
            "rectangle",
            near,
            sketch(Purpose::Rectangle { estate: None }, &ring[..2]),
        ),
        ("hole", near, sketch(Purpose::Hole { estate }, &inside)),
        ("part", near, sketch(Purpose::Part { estate }, &beside)),
        ("split", near, sketch(Purpose::Split { estate }, &line)),
        ("reshape", near, sketch(Purpose::Reshape { estate }, &line)),
        ("measure", near, sketch(Purpose::Measure, &ring)),
        (
            "building",
            near,
            sketch(Purpose::Building { estate }, &inside),
        ),
        ("vertices", near, Tool::EditVertices { estate }),
        ("vertices, all in view", far, Tool::EditVertices { estate }),
    ]
}

/// Of the estate in the middle of the town.
fn middle() -> EstateId {
    id(ACROSS / 2 * ACROSS + ACROSS / 2)
}

fn id(number: u32) -> EstateId {
    EstateId(uuid::Uuid::from_u128(u128::from(number)))
}

/// A place east and north of the middle, in steps from one estate to the next.
fn place(east: f64, north: f64) -> LonLat {
    let steps = f64::from(ACROSS / 2);
    (SOUTH_WEST + coord! { x: (steps + east) * PITCH, y: (steps + north) * PITCH }).into()
}

struct Bench {
    survey: Survey,
    catalogue: Catalogue,
    districts: Arc<[District]>,
    state: MapState,
    context: Context,
    seconds: f64,
}

impl Bench {
    fn new() -> Self {
        let districts = Borders::shipped();
        let districts = districts.districts().iter().map(|district| District {
            name: district.name.clone(),
            boundary: district.boundary.clone(),
        });
        let context = Context::default();
        jiugai::ui::fonts::install(&context);
        let mut bench = Self {
            survey: Survey::from_parts(
                (0..ACROSS * ACROSS).map(estate),
                [],
                [],
                Default::default(),
            ),
            catalogue: Catalogue::shipped(),
            districts: districts.collect(),
            state: MapState::new(render_state().as_ref()),
            context,
            seconds: 0.0,
        };
        // The large mesh is made beside the frames.
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(2) {
            bench.frame(SCREEN.center(), &Tool::Select);
        }
        bench
    }

    /// The times of frames with the pointer on its way across, sorted.
    fn frames(&mut self, zoom: f64, tool: &Tool) -> Vec<Duration> {
        self.state.set_view(place(0.0, 0.0), zoom);
        for _ in 0..10 {
            self.frame(SCREEN.center(), tool);
        }
        let mut times: Vec<_> = (0..FRAMES)
            .map(|n| {
                let share = n as f32 / FRAMES as f32;
                // Winding, so that it comes over corners, sides and open ground.
                let sway = (share * 40.0).sin() * 0.1;
                let at =
                    SCREEN.lerp_inside(egui::vec2(0.2 + 0.6 * share, 0.3 + 0.4 * share + sway));
                self.frame(at, tool)
            })
            .collect();
        times.sort();
        times
    }

    fn frame(&mut self, pointer: Pos2, tool: &Tool) -> Duration {
        self.seconds += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(SCREEN),
            time: Some(self.seconds),
            events: vec![Event::PointerMoved(pointer)],
            ..RawInput::default()
        };
        let aids = DrawingAids {
            avoid_overlap: Switch::On,
            shared_borders: Switch::On,
            ..DrawingAids::default()
        };
        let (findings, selection) = (BTreeSet::new(), [middle()]);
        let keys = Keymap::default();
        let start = ThreadTime::now();
        let mut output = self.context.run_ui(input, |ui| {
            let input = MapInput {
                survey: &self.survey,
                survey_revision: 1,
                items: &self.catalogue.items,
                selection: &selection,
                tool,
                aids,
                tracing: Switch::On,
                theme: MapTheme::WorstEssential,
                highlighted: None,
                past_outline: None,
                listed: None,
                buildings: Switch::On,
                building: None,
                photos: None,
                keys: &keys,
                findings: &findings,
                language: Language::Chinese,
                available: &|_| Ok(()),
                basemap: None,
                overlays: Vec::new(),
                districts: &self.districts,
                notice: None,
            };
            std::hint::black_box(map_ui(ui, &mut self.state, input));
        });
        std::hint::black_box(self.context.tessellate(output.shapes, 1.0));
        let elapsed = start.elapsed();
        // No card here to take them.
        output.textures_delta.clear();
        elapsed
    }
}

fn estate(number: u32) -> Estate {
    let corner = |n: u32| {
        let angle = f64::from(n) / 12.0 * std::f64::consts::TAU;
        let radius = if n.is_multiple_of(2) { 0.49 } else { 0.4 };
        let east = f64::from(number % ACROSS) + radius * angle.cos();
        let north = f64::from(number / ACROSS) + radius * angle.sin();
        SOUTH_WEST + coord! { x: east * PITCH, y: north * PITCH }
    };
    let ring = (0..12).map(corner).collect();
    Estate {
        name: format!("洪都新村{number}期"),
        boundary: Some(Arc::new(Boundary::from(Polygon::new(ring, Vec::new())))),
        ..Estate::new(id(number))
    }
}

/// The window's renderer, so that estates are drawn by the card and not by the CPU.
fn render_state() -> Option<egui_wgpu::RenderState> {
    let create = || {
        egui_kittest::wgpu::create_render_state(
            egui_kittest::wgpu::default_wgpu_setup(),
            egui_wgpu::RendererOptions::PREDICTABLE,
        )
    };
    let state = std::panic::catch_unwind(create).ok();
    if state.is_none() {
        println!("no graphics here: every estate is drawn by the CPU, which no window does");
    }
    state
}
