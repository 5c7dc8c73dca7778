//! What a frame of the map costs the thread that draws it, with each tool in hand and the mouse
//! moving over a survey of 10,000 estates: triangles made, nothing left to the graphics card.
//!
//! `cargo bench --bench map_tools` (`--profile dev` spares the optimised build, `-- vertices
//! move` has only the tools so called). It prints the median and the worst frame of each tool; no
//! frame may take longer than 16 ms.

// Clippy lets a #[test] unwrap, but not a bench.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use cpu_time::ThreadTime;
use egui::{Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2};
use geo::{Coord, Polygon, coord};
use jiugai::catalogue::{Borders, Catalogue};
use jiugai::model::MapTheme;
use jiugai::model::{Boundary, Building, BuildingId, Estate, EstateId, LonLat, Survey};
use jiugai::ui::keymap::Keymap;
use jiugai::ui::map::Theming;
use jiugai::ui::map::{District, FIRST_TOLERANCE_M, MapInput, MapState, map_ui};
use jiugai::ui::preferences::{DrawingAids, Switch};
use jiugai::ui::tool::{Purpose, Sketch, Tool};
use jiugai::words::Language;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

const ACROSS: u32 = 100;
const BUILDINGS_OF_AN_ESTATE: u32 = 12;
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
    let wanted: Vec<_> = std::env::args().skip(1).collect();
    let wanted: Vec<_> = wanted.iter().filter(|arg| !arg.starts_with('-')).collect();
    let is_wanted = |case: &Case| {
        wanted.is_empty() || wanted.iter().any(|part| case.name.contains(part.as_str()))
    };
    for case in cases().into_iter().filter(is_wanted) {
        let name = case.name;
        let times = bench.frames(&case);
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

/// A tool in hand over a part of the survey.
struct Case {
    name: &'static str,
    zoom: f64,
    tool: Tool,
    selection: Vec<EstateId>,
    /// Where the button went down that is held all the while.
    held: Option<LonLat>,
    buildings: Switch,
}

impl Case {
    fn new(name: &'static str, zoom: f64, tool: Tool) -> Self {
        Self {
            name,
            zoom,
            tool,
            selection: vec![middle()],
            held: None,
            buildings: Switch::Off,
        }
    }

    fn with_all_selected(self) -> Self {
        let selection = (0..ACROSS * ACROSS).map(id).collect();
        Self { selection, ..self }
    }

    fn held_at(self, east: f64, north: f64) -> Self {
        let held = Some(place(east, north));
        Self { held, ..self }
    }

    fn with_buildings(self) -> Self {
        let buildings = Switch::On;
        Self { buildings, ..self }
    }
}

/// Each tool near, and those that look at neighbours from afar too, where there are thousands.
fn cases() -> Vec<Case> {
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
    let (near, far) = (16.5, 11.5);
    let at = |zoom| move |name, tool| Case::new(name, zoom, tool);
    let (near_by, afar) = (at(near), at(far));
    let draw = |name, purpose, places: &[(f64, f64)]| {
        let corners = places.iter().map(|(x, y)| place(*x, *y));
        near_by(name, Tool::Sketch(Sketch::new(purpose).with(corners)))
    };
    let vertices = Tool::EditVertices { estate };
    let simplify = Tool::Simplify {
        tolerance_m: FIRST_TOLERANCE_M,
    };
    let rectangle = Purpose::Rectangle { estate: None };
    vec![
        near_by("select", Tool::Select),
        afar("select, all in view", Tool::Select),
        Case::new("select, buildings", 16.0, Tool::Select).with_buildings(),
        Case::new("select, numbered buildings", 17.0, Tool::Select).with_buildings(),
        draw("draw", Purpose::NewEstate, &ring),
        draw("draw, buildings", Purpose::NewEstate, &ring).with_buildings(),
        draw("draw, 400 corners", Purpose::NewEstate, &many),
        Case {
            zoom: far,
            ..draw("draw around the town", Purpose::NewEstate, &town)
        },
        draw("rectangle", rectangle, &ring[..2]),
        draw("hole", Purpose::Hole { estate }, &inside),
        draw("part", Purpose::Part { estate }, &beside),
        draw("split", Purpose::Split { estate }, &line),
        draw("reshape", Purpose::Reshape { estate }, &line),
        draw("measure", Purpose::Measure, &ring),
        draw("building", Purpose::Building { estate }, &inside).with_buildings(),
        near_by("vertices", vertices.clone()),
        afar("vertices, all in view", vertices.clone()),
        // Four estates meet there.
        near_by("vertices, shared corner held", vertices).held_at(0.5, 0.5),
        near_by("move", Tool::Move),
        near_by("move, held", Tool::Move).held_at(0.1, 0.1),
        near_by("move, all selected, held", Tool::Move)
            .with_all_selected()
            .held_at(0.1, 0.1),
        afar("move, all in view, held", Tool::Move)
            .with_all_selected()
            .held_at(0.1, 0.1),
        near_by("simplify", simplify.clone()),
        afar("simplify, all selected", simplify).with_all_selected(),
    ]
}

/// The estate in the middle of the town.
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
            )
            .with_buildings((0..ACROSS * ACROSS).flat_map(buildings)),
            catalogue: Catalogue::shipped(),
            districts: districts.collect(),
            state: MapState::new(render_state().as_ref()),
            context,
            seconds: 0.0,
        };
        // The large mesh is made beside the frames.
        let first = Case::new("before any", 11.5, Tool::Select);
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(2) {
            bench.frame(SCREEN.center(), None, &first);
        }
        bench
    }

    /// The times of frames with the pointer on its way across, sorted.
    fn frames(&mut self, case: &Case) -> Vec<Duration> {
        let center = case.held.unwrap_or(place(0.0, 0.0));
        self.state.set_view(center, case.zoom);
        for _ in 0..10 {
            self.frame(SCREEN.center(), None, case);
        }
        let button = |pressed| {
            case.held.map(|_| Event::PointerButton {
                pos: SCREEN.center(),
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            })
        };
        self.frame(SCREEN.center(), button(true), case);
        let mut times: Vec<_> = (0..FRAMES)
            .map(|n| {
                let share = n as f32 / FRAMES as f32;
                // Winding, so that it comes over corners, sides and open ground.
                let sway = (share * 40.0).sin() * 0.1;
                let at =
                    SCREEN.lerp_inside(egui::vec2(0.2 + 0.6 * share, 0.3 + 0.4 * share + sway));
                self.frame(at, None, case)
            })
            .collect();
        self.frame(SCREEN.center(), button(false), case);
        times.sort();
        times
    }

    fn frame(&mut self, pointer: Pos2, button: Option<Event>, case: &Case) -> Duration {
        self.seconds += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(SCREEN),
            time: Some(self.seconds),
            events: [Event::PointerMoved(pointer)]
                .into_iter()
                .chain(button)
                .collect(),
            ..RawInput::default()
        };
        let aids = DrawingAids {
            avoid_overlap: Switch::On,
            shared_borders: Switch::On,
            ..DrawingAids::default()
        };
        let findings = BTreeSet::new();
        let keys = Keymap::default();
        let start = ThreadTime::now();
        let mut output = self.context.run_ui(input, |ui| {
            let input = MapInput {
                survey: &self.survey,
                survey_revision: 1,
                selection: &case.selection,
                tool: &case.tool,
                aids,
                tracing: Switch::On,
                theming: Theming {
                    look: MapTheme::WorstEssential.into(),
                    items: &self.catalogue.items,
                    facts: None,
                    marks_chosen: jiugai::ui::preferences::Switch::Off,
                },
                highlighted: None,
                past_outline: None,
                trial: &[],
                references: &[],
                coverage: &Default::default(),
                me: None,
                track: &[],
                listed: None,
                buildings: case.buildings,
                building: None,
                photos: None,
                keys: &keys,
                findings: &findings,
                language: Language::Chinese,
                available: &|_| Ok(()),
                basemap: None,
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

/// A square of twelve corners that borders on its neighbours, the same corners on either side.
fn estate(number: u32) -> Estate {
    // Once around, in sixths of the way to the next estate.
    const AROUND: [(u32, u32); 12] = [
        (0, 0),
        (2, 0),
        (4, 0),
        (6, 0),
        (6, 2),
        (6, 4),
        (6, 6),
        (4, 6),
        (2, 6),
        (0, 6),
        (0, 4),
        (0, 2),
    ];
    let step = |index: u32, sixths: u32| PITCH * (f64::from(6 * index + sixths) / 6.0 - 0.5);
    let corner = |(east, north)| {
        let (column, row) = (number % ACROSS, number / ACROSS);
        SOUTH_WEST + coord! { x: step(column, east), y: step(row, north) }
    };
    let ring = AROUND.map(corner).into_iter().collect();
    Estate {
        name: format!("洪都新村{number}期"),
        boundary: Some(Arc::new(Boundary::from(Polygon::new(ring, Vec::new())))),
        ..Estate::new(id(number))
    }
}

/// Four rows of three in an estate.
fn buildings(estate: u32) -> impl Iterator<Item = Building> {
    (0..BUILDINGS_OF_AN_ESTATE).map(move |n| {
        let key = uuid::Uuid::from_u128(u128::from(estate * BUILDINGS_OF_AN_ESTATE + n));
        let east = f64::from(estate % ACROSS) - 0.4 + 0.3 * f64::from(n % 3);
        let north = f64::from(estate / ACROSS) - 0.4 + 0.2 * f64::from(n / 3);
        let corner = SOUTH_WEST + coord! { x: east * PITCH, y: north * PITCH };
        let size = coord! { x: 0.2 * PITCH, y: 0.1 * PITCH };
        let footprint = geo::Rect::new(corner, corner + size).to_polygon();
        Building {
            number: format!("{n}栋"),
            footprint: Some(Arc::new(footprint.into())),
            ..Building::new(BuildingId(key), id(estate))
        }
    })
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
