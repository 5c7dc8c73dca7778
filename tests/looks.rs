//! Every tool in use, pictured in both languages, light and dark, at two sizes, to be looked at:
//! `cargo test --test looks -- --ignored` writes `target/looks/<size>-<language>-<theme>/<tool>.png`.
//! `JIUGAI_LOOKS=1280x800-en` draws only the folders and tools whose path holds that text.

#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "journeys/bench.rs"]
#[allow(dead_code, unused_imports)]
mod bench;
#[path = "photos/pictures.rs"]
#[allow(dead_code)]
mod pictures;

use bench::{Window, complete_estate, folder, id, surveyor};
use egui::{DroppedFile, Key, Modifiers, Pos2, Vec2, vec2};
use egui_kittest::Harness;
use geo::{Coord, LineString, Polygon};
use jiugai::edit::Command;
use jiugai::model::{Boundary, Building, BuildingId, Change, EditLabel, Estate, Field, Value};
use jiugai::session::Session;
use jiugai::ui::preferences::Brightness;
use jiugai::ui::verb::{Take, Verb};
use jiugai::words::Language;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const SIZES: [Vec2; 2] = [vec2(1280.0, 800.0), vec2(1920.0, 1080.0)];

/// A place of the ground in thousandths of a degree, from where the survey begins.
type Place = (f64, f64);

const ORIGIN: Coord = Coord {
    x: 115.902,
    y: 28.68,
};

const HONGDU: u128 = 1;
const WITH_A_HOLE: u128 = 3;
const CROSSING: u128 = 4;

fn at((east, north): Place) -> Coord {
    ORIGIN + geo::coord! { x: east, y: north } / 1e3
}

fn ring(places: &[Place]) -> LineString {
    places.iter().map(|place| at(*place)).collect()
}

fn ground(outer: &[Place], holes: &[&[Place]]) -> Arc<Boundary> {
    let holes = holes.iter().map(|hole| ring(hole)).collect();
    Arc::new(Polygon::new(ring(outer), holes).into())
}

fn block((west, south): Place, (east, north): Place) -> [Place; 4] {
    [(west, south), (east, south), (east, north), (west, north)]
}

/// Two neighbours with a common border, one estate with a hole, one whose boundary crosses itself,
/// one of many corners, and a row that waits for its boundary.
fn estates() -> Vec<Estate> {
    let drawn = |number, name, boundary| Estate {
        boundary: Some(boundary),
        ..complete_estate(number, name)
    };
    let mut wavy: Vec<Place> = (0..40)
        .map(|n| (2.2 + f64::from(n) * 0.02, f64::from(n % 2) * 0.02))
        .collect();
    wavy.extend([(3.0, 0.5), (2.2, 0.5)]);
    let hole = block((0.3, 1.8), (0.6, 2.1));
    let bow_tie = [(2.2, 1.6), (3.0, 2.4), (3.0, 1.6), (2.2, 2.4)];
    let unfinished = Estate {
        households: None,
        gaps: Default::default(),
        ..drawn(2, "粮食局宿舍", ground(&block((1.0, 0.0), (2.0, 0.8)), &[]))
    };
    let waiting = Estate {
        boundary: None,
        position: Some(at((2.7, 1.1)).into()),
        ..complete_estate(6, "阳光花园")
    };
    vec![
        drawn(1, "洪都新村", ground(&block((0.0, 0.0), (1.0, 0.8)), &[])),
        unfinished,
        drawn(
            WITH_A_HOLE as u8,
            "青山湖小区",
            ground(&block((0.0, 1.6), (1.0, 2.4)), &[&hole]),
        ),
        drawn(CROSSING as u8, "铁路新村", ground(&bow_tie, &[])),
        drawn(5, "八一公园东侧宿舍", ground(&wavy, &[])),
        waiting,
    ]
}

fn buildings() -> Vec<Building> {
    let places = [(0.15, 0.15), (0.55, 0.15), (0.15, 0.5)];
    let building = |(index, (east, north)): (usize, Place)| Building {
        number: format!("{}栋", index + 1),
        floors: Some(6),
        build_year: Some(1985),
        households: Some(36),
        footprint: Some(ground(
            &block((east, north), (east + 0.25, north + 0.1)),
            &[],
        )),
        ..Building::new(BuildingId(uuid::Uuid::from_u128(index as u128)), id(HONGDU))
    };
    places.into_iter().enumerate().map(building).collect()
}

/// A picture held over the window and let go.
#[derive(Debug)]
struct Picture(PathBuf);

impl DroppedFile for Picture {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// The survey that every picture begins with; a window changes it, so each gets a new one.
fn survey(folder: &Path) -> PathBuf {
    let path = bench::survey_file(&folder.join("洪都.gpkg"), estates());
    let mut session = Session::open(&path, surveyor()).unwrap();
    let changes = buildings().into_iter().map(|building| Change::Building {
        id: building.id,
        before: None,
        after: Some(Arc::new(building)),
    });
    let changes = changes.collect();
    let label = EditLabel::ChangeSettings;
    session.run(Command::Apply { label, changes }).unwrap();
    let households = Command::SetField {
        estates: vec![id(HONGDU)],
        field: Field::Households,
        value: Some(Value::Count(196)),
    };
    session.run(households).unwrap();
    session.close().unwrap();
    path
}

/// A window over the survey, in one look.
struct Ground {
    window: Window,
    language: Language,
    /// Two points of the map: the ground there, and where that is on the screen.
    known: [(Coord, Pos2); 2],
    folder: PathBuf,
    _temporary: tempfile::TempDir,
}

impl Ground {
    fn new(look: Look) -> Self {
        let (temporary, folder) = folder();
        let path = survey(&folder);
        let builder = Harness::builder().with_size(look.size).wgpu();
        let mut window = Window::build(builder, Some(path), look.language, look.brightness);
        window.press(Key::Home);
        let known = [0.25, 0.75].map(|share| {
            window.hover_map(share, share);
            (pointed_at(&window), window.on_map(share, share))
        });
        Self {
            window,
            language: look.language,
            known,
            folder,
            _temporary: temporary,
        }
    }

    /// Where a place of the ground is on the screen.
    fn on_screen(&self, place: Place) -> Pos2 {
        let [(from, start), (to, end)] = self.known;
        let (wanted, whole) = (at(place) - from, to - from);
        let share = vec2((wanted.x / whole.x) as f32, (wanted.y / whole.y) as f32);
        start + share * (end - start)
    }

    fn hover(&mut self, place: Place) {
        let at = self.on_screen(place);
        self.window.harness.hover_at(at);
        self.window.finish_jobs();
    }

    fn click(&mut self, places: &[Place]) {
        for place in places {
            let at = self.on_screen(*place);
            self.window.drag(Modifiers::NONE, at, at);
        }
    }

    fn select(&mut self, place: Place) {
        self.click(&[place]);
        self.window.press(Key::Escape);
    }

    /// Takes a tool by its key, sets corners and points where the next would be.
    fn sketch(&mut self, key: Key, corners: &[Place], pointer: Place) {
        self.window.press(key);
        self.click(corners);
        self.hover(pointer);
    }

    /// Clicks a control by the key of its name.
    fn press_button(&mut self, key: &str) {
        let name = self.language.text(key).into_owned();
        self.window.click(&name);
    }

    /// A page of the dialog of basemaps.
    fn basemaps(&mut self, page: &str) {
        self.command(Key::B);
        let name = self.language.text(page);
        self.window.click(&name);
    }

    fn command(&mut self, key: Key) {
        self.window.press_with(Modifiers::COMMAND, key);
    }

    fn drop_pictures(&mut self) {
        for (number, name) in (1..).zip(["北门.jpg", "2栋楼道.jpg", "化粪池.jpg"]) {
            let path = self.folder.join(name);
            let here = pictures::position(115.9025, 28.6804);
            std::fs::write(&path, pictures::jpeg_with(number, &here)).unwrap();
            let dropped = Arc::new(Picture(path));
            self.window.harness.input_mut().dropped_files.push(dropped);
        }
        self.window.finish_jobs();
    }

    /// Pictures the window once tiles and meshes, which come from threads of their own, are there.
    fn picture(&mut self, path: &Path) {
        self.window.harness.run_ok();
        std::thread::sleep(Duration::from_millis(150));
        self.window.harness.run_ok();
        let picture = self.window.harness.render().unwrap();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        picture.save(path).unwrap();
    }
}

/// The ground under the pointer, which the status bar says.
fn pointed_at(window: &Window) -> Coord {
    let text = window.text_with(", 28.");
    let mut numbers = text.split(", ").map(|number| number.parse().unwrap());
    geo::coord! { x: numbers.next().unwrap(), y: numbers.next().unwrap() }
}

const MIDDLE_OF_HONGDU: Place = (0.5, 0.4);
const NEIGHBOUR: Place = (1.5, 0.4);

/// A tool or panel by name, and how it comes to be in use.
type Scene = (&'static str, fn(&mut Ground));

/// What is done with boundaries.
const DRAWING: [Scene; 17] = [
    ("select", |ground| {
        ground.select(MIDDLE_OF_HONGDU);
        ground.hover(NEIGHBOUR);
    }),
    ("draw-snapped", |ground| {
        ground.sketch(Key::D, &[(0.3, 1.0), (0.9, 1.0)], (1.005, 0.802));
    }),
    ("draw-overlap", |ground| {
        let corners = [(0.8, 0.6), (1.4, 0.5), (1.4, 1.2)];
        ground.sketch(Key::D, &corners, (0.7, 1.2));
    }),
    ("draw-crossing", |ground| {
        let corners = [(1.2, 1.1), (1.8, 1.5), (1.8, 1.1)];
        ground.sketch(Key::D, &corners, (1.2, 1.5));
    }),
    ("rectangle", |ground| {
        ground.sketch(Key::B, &[(1.2, 1.0), (1.8, 1.1)], (1.7, 1.5));
    }),
    ("hole", |ground| {
        ground.select(NEIGHBOUR);
        ground.sketch(Key::H, &[(1.3, 0.2), (1.7, 0.2)], (1.7, 0.6));
    }),
    ("part", |ground| {
        ground.select(MIDDLE_OF_HONGDU);
        ground.sketch(Key::P, &[(0.2, 1.0), (0.8, 1.0)], (0.8, 1.4));
    }),
    ("split", |ground| {
        ground.select(MIDDLE_OF_HONGDU);
        ground.sketch(Key::X, &[(0.4, -0.2), (0.5, 0.4)], (0.4, 1.0));
    }),
    ("reshape", |ground| {
        ground.select(MIDDLE_OF_HONGDU);
        ground.sketch(Key::L, &[(0.2, 0.8), (0.3, 1.1), (0.8, 1.1)], (0.8, 0.8));
    }),
    ("trace", |ground| {
        ground.window.press(Key::T);
        ground.sketch(Key::D, &[(0.0, 0.8)], (2.0, 0.8));
    }),
    ("measure-area", |ground| {
        let corners = [(1.2, 1.0), (1.8, 1.0), (1.8, 1.5)];
        ground.sketch(Key::M, &corners, (1.2, 1.0));
    }),
    ("vertices-shared", |ground| {
        ground.select(MIDDLE_OF_HONGDU);
        ground.window.press(Key::J);
        ground.sketch(Key::E, &[(1.0, 0.8)], (1.0, 0.8));
    }),
    ("move", |ground| {
        ground.select(MIDDLE_OF_HONGDU);
        ground.sketch(Key::G, &[], MIDDLE_OF_HONGDU);
    }),
    ("move-in-hand", |ground| {
        ground.select((0.15, 2.0));
        ground.window.press(Key::G);
        let (from, to) = (ground.on_screen((0.15, 2.0)), ground.on_screen((0.5, 1.7)));
        ground.window.harness.hover_at(from);
        ground.window.harness.drag_at(from);
        ground.window.harness.run_ok();
        ground.window.harness.hover_at(to);
    }),
    ("simplify", |ground| {
        ground.select((2.6, 0.3));
        for key in [Key::Y, Key::Plus, Key::Plus] {
            ground.window.press(key);
        }
        ground.hover((2.6, 0.3));
    }),
    ("building", |ground| {
        ground.select(MIDDLE_OF_HONGDU);
        ground.sketch(Key::U, &[(0.55, 0.5), (0.85, 0.5)], (0.85, 0.65));
    }),
    ("crossing-selected", |ground| {
        ground.select((2.3, 2.0));
        ground.sketch(Key::E, &[], (2.6, 2.0));
    }),
];

/// Forms, lists and dialogs.
const PANELS: [Scene; 21] = [
    ("name-suggestions", |ground| {
        ground.sketch(Key::B, &[(2.5, 0.9), (2.9, 0.9)], (2.9, 1.2));
        ground.click(&[(2.9, 1.2)]);
        ground.window.type_text("yang");
    }),
    ("facilities", |ground| {
        ground.select(NEIGHBOUR);
        let grid = ground.language.text("form.facilities").into_owned();
        ground.window.focus(&grid);
        ground.window.press(Key::W);
        ground.window.press(Key::W);
        ground.window.press(Key::ArrowRight);
    }),
    ("several-selected", |ground| ground.command(Key::A)),
    ("history", |ground| {
        ground.select(MIDDLE_OF_HONGDU);
        ground.command(Key::H);
    }),
    ("settings", |ground| ground.command(Key::Comma)),
    ("basemaps-layers", |ground| ground.command(Key::B)),
    ("basemaps-add", |ground| ground.basemaps("layers.page.add")),
    ("basemaps-address", |ground| {
        ground.basemaps("layers.page.address")
    }),
    ("basemaps-references", |ground| {
        ground.basemaps("layers.page.references")
    }),
    ("basemaps-pack", |ground| {
        ground.basemaps("layers.page.pack")
    }),
    ("basemaps-position", |ground| {
        ground.basemaps("layers.page.position")
    }),
    ("keys", |ground| ground.window.press(Key::Questionmark)),
    ("palette", |ground| {
        ground.command(Key::P);
        let word = ground.language.text(Verb::Take(Take::Draw).key());
        let first: String = word.chars().take(1).collect();
        ground.window.type_text(&first);
    }),
    ("presets", |ground| {
        ground.select(MIDDLE_OF_HONGDU);
        ground.command(Key::L);
    }),
    ("photo-strip", |ground| {
        ground.drop_pictures();
        ground.window.let_notices_go();
        ground.select(MIDDLE_OF_HONGDU);
        ground.window.focus("北门.jpg");
    }),
    ("photos-just-added", |ground| ground.drop_pictures()),
    ("filter-menu", |ground| {
        ground.press_button("table.add_filter");
        let year = ground.language.text("table.by_year").into_owned();
        ground.window.click_menu(&year);
    }),
    ("context-menu", |ground| {
        let here = ground.on_screen(MIDDLE_OF_HONGDU);
        ground.window.right_click(here);
    }),
    ("menu-draw", |ground| {
        ground.select(MIDDLE_OF_HONGDU);
        let menu = ground.language.text("menu.draw").into_owned();
        ground.window.open_menu(&menu);
    }),
    ("issues", |ground| ground.window.press(Key::F7)),
    ("parked", |ground| {
        ground.sketch(Key::D, &[(1.2, 1.1), (1.8, 1.5)], (1.8, 1.1));
        ground.window.press(Key::Escape);
    }),
];

#[derive(Clone, Copy)]
struct Look {
    size: Vec2,
    language: Language,
    brightness: Brightness,
}

impl Look {
    fn all() -> impl Iterator<Item = Self> {
        let brightnesses = [Brightness::Light, Brightness::Dark];
        let of_size = move |size| {
            let of_language = move |language| {
                brightnesses.map(|brightness| Self {
                    size,
                    language,
                    brightness,
                })
            };
            Language::ALL.into_iter().flat_map(of_language)
        };
        SIZES.into_iter().flat_map(of_size)
    }

    fn name(self) -> String {
        let language = match self.language {
            Language::English => "en",
            Language::Chinese => "zh",
        };
        let theme = match self.brightness {
            Brightness::Light => "light",
            Brightness::Dark => "dark",
        };
        format!("{}x{}-{language}-{theme}", self.size.x, self.size.y)
    }
}

#[test]
#[ignore = "draws pictures to look at"]
fn every_tool_in_use() {
    let wanted = std::env::var("JIUGAI_LOOKS").unwrap_or_default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/looks");
    for look in Look::all() {
        for (tool, bring_about) in DRAWING.iter().chain(&PANELS) {
            let name = format!("{}/{tool}.png", look.name());
            if name.contains(&wanted) {
                let mut ground = Ground::new(look);
                bring_about(&mut ground);
                ground.picture(&folder.join(name));
            }
        }
    }
}
