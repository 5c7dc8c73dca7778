//! What panning across a basemap that nobody has looked at costs the thread that draws: every
//! frame shows ground whose tiles have to be read, decoded, put on the graphics card and painted.
//!
//! `cargo bench --bench basemap` prints the median and the worst frame for one layer of pictures,
//! one in GCJ-02, one of noise that compresses badly, and three over each other; and how much
//! memory their textures take at most. No frame may take longer than 16 ms.

// Clippy lets a #[test] unwrap, but not a bench.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use cpu_time::ThreadTime;
use egui::{Context, RawInput, Rect, pos2};
use image::{ImageFormat, RgbaImage};
use jiugai::basemap::{Keeping, Source, SourceId, SourceKind};
use jiugai::catalogue::Catalogue;
use jiugai::model::MapTheme;
use jiugai::model::{Datum, LonLat, Survey};
use jiugai::ui::basemap::Basemap;
use jiugai::ui::basemap::settings::{BasemapSettings, LayerSetting};
use jiugai::ui::keymap::Keymap;
use jiugai::ui::map::Theming;
use jiugai::ui::map::{MapInput, MapState, map_ui};
use jiugai::ui::preferences::{DrawingAids, Switch};
use jiugai::ui::tool::Tool;
use jiugai::words::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const SCREEN: Rect = Rect {
    min: pos2(0.0, 0.0),
    max: pos2(1920.0, 1080.0),
};
const FRAMES: usize = 400;
/// Points that the ground moves between two frames: a hand that throws the map.
const STEP: f64 = 60.0;
const LEVEL: u8 = 17;
const START: LonLat = LonLat {
    lon: 115.85,
    lat: 28.68,
};
const LIMIT: Duration = Duration::from_millis(16);

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("noise.mbtiles");
    write_tiles(&file);
    println!("CPU time of a frame while panning across tiles never seen, {SCREEN:?}");
    println!(
        "{:28}{:>12}{:>12}{:>14}",
        "layers", "median ms", "worst ms", "textures MB"
    );
    let mut slow = Vec::new();
    for (name, datums) in [
        ("one", vec![Datum::Cgcs2000]),
        ("one in GCJ-02", vec![Datum::Gcj02]),
        ("three", vec![Datum::Cgcs2000, Datum::Gcj02, Datum::Bd09]),
    ] {
        let (mut times, megabytes) = Bench::new(&file, &datums).pan();
        times.sort();
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        let (median, worst) = (times[FRAMES / 2], times[FRAMES - 1]);
        println!(
            "{name:28}{:12.2}{:12.2}{megabytes:14.0}",
            ms(median),
            ms(worst)
        );
        if worst > LIMIT {
            slow.push(name);
        }
    }
    match slow.is_empty() {
        true => println!("no frame takes longer than {LIMIT:?}"),
        false => println!("longer than {LIMIT:?}: {}", slow.join(", ")),
    }
}

/// A tile for every place that the way leads over, of noise: nothing compresses worse.
fn write_tiles(path: &Path) {
    let file = rusqlite::Connection::open(path).unwrap();
    file.execute_batch(
        "CREATE TABLE metadata (name TEXT, value TEXT);
         INSERT INTO metadata VALUES ('format', 'png'), ('minzoom', '17'), ('maxzoom', '17');
         CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
         CREATE UNIQUE INDEX tile ON tiles (zoom_level, tile_column, tile_row);
         BEGIN;",
    )
    .unwrap();
    let mut seed = 1u32;
    let pictures: Vec<Vec<u8>> = (0..8)
        .map(|_| {
            let tile = RgbaImage::from_fn(256, 256, |_, _| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let [r, g, b, _] = seed.to_be_bytes();
                image::Rgba([r, g, b, 255])
            });
            let mut png = Vec::new();
            tile.write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
                .unwrap();
            png
        })
        .collect();
    let world = f64::from(1u32 << LEVEL);
    let column = ((START.lon / 360.0 + 0.5) * world) as i64;
    let north = START.lat.to_radians().tan().asinh();
    let row = ((0.5 - north / (2.0 * std::f64::consts::PI)) * world) as i64;
    let far = (FRAMES as f64 * STEP / 256.0) as i64 + 12;
    let mut insert = file
        .prepare("INSERT INTO tiles VALUES (?, ?, ?, ?)")
        .unwrap();
    for x in column - 12..column + far {
        for y in row - 10..row + 10 {
            let from_south = (1 << LEVEL) - 1 - y;
            let picture = &pictures[(x + y).rem_euclid(8) as usize];
            insert.execute((LEVEL, x, from_south, picture)).unwrap();
        }
    }
    drop(insert);
    file.execute_batch("COMMIT").unwrap();
}

struct Bench {
    context: Context,
    survey: Survey,
    catalogue: Catalogue,
    state: MapState,
    basemap: Basemap,
    render: Option<egui_wgpu::RenderState>,
    seconds: f64,
    /// Bytes of every texture there is.
    textures: BTreeMap<egui::TextureId, usize>,
}

impl Bench {
    fn new(file: &Path, datums: &[Datum]) -> Self {
        let context = Context::default();
        jiugai::ui::fonts::install(&context);
        let render = render_state();
        let mut settings = BasemapSettings {
            layers: Vec::new(),
            ..BasemapSettings::default()
        };
        for (number, datum) in datums.iter().enumerate() {
            let source = source(number, file.to_owned(), *datum);
            settings.layers.push(LayerSetting {
                opacity: 0.7,
                ..LayerSetting::of(source.id.clone())
            });
            settings.sources.push(source);
        }
        let mut basemap = Basemap::default();
        basemap.apply(&settings, Switch::Off, &context);
        Self {
            survey: Survey::from_parts([], [], [], Default::default()),
            catalogue: Catalogue::shipped(),
            state: MapState::new(render.as_ref()),
            basemap,
            render,
            context,
            seconds: 0.0,
            textures: BTreeMap::new(),
        }
    }

    /// The times of frames on the way, and the most megabytes of textures there were.
    fn pan(mut self) -> (Vec<Duration>, f64) {
        let degrees = STEP * 360.0 / (256.0 * f64::from(LEVEL).exp2());
        let mut most = 0;
        // The first frames open the file.
        for _ in 0..30 {
            self.frame(START);
            std::thread::sleep(Duration::from_millis(10));
        }
        let times = (0..FRAMES)
            .map(|n| {
                let at = LonLat::new(START.lon + degrees * n as f64, START.lat);
                let time = self.frame(at);
                most = most.max(self.textures.values().sum());
                // As long as a frame lasts on the screen: tiles come meanwhile.
                std::thread::sleep(Duration::from_millis(12));
                time
            })
            .collect();
        (times, most as f64 / 1e6)
    }

    fn frame(&mut self, at: LonLat) -> Duration {
        self.state.set_view(at, f64::from(LEVEL));
        self.seconds += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(SCREEN),
            time: Some(self.seconds),
            ..RawInput::default()
        };
        let (findings, keys, districts) = (BTreeSet::new(), Keymap::default(), Arc::from([]));
        let start = ThreadTime::now();
        let mut output = self.context.run_ui(input, |ui| {
            let input = MapInput {
                survey: &self.survey,
                survey_revision: 1,
                selection: &[],
                tool: &Tool::Select,
                aids: DrawingAids::default(),
                tracing: Switch::Off,
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
                buildings: Switch::Off,
                building: None,
                photos: None,
                keys: &keys,
                findings: &findings,
                language: Language::Chinese,
                available: &|_| Ok(()),
                basemap: Some(&mut self.basemap),
                districts: &districts,
                notice: None,
            };
            std::hint::black_box(map_ui(ui, &mut self.state, input));
        });
        std::hint::black_box(self.context.tessellate(output.shapes, 1.0));
        // What the window's renderer does with a picture before it can be drawn.
        if let Some(render) = &self.render {
            let mut renderer = render.renderer.write();
            for (id, deltas) in &output.textures_delta.set {
                for delta in deltas {
                    renderer.update_texture(&render.device, &render.queue, *id, delta);
                }
            }
        }
        let elapsed = start.elapsed();
        for (id, deltas) in &output.textures_delta.set {
            let whole = deltas.iter().find(|delta| delta.is_whole());
            if let Some(whole) = whole {
                let [width, height] = whole.image.size();
                self.textures.insert(*id, width * height * 4);
            }
        }
        for id in &output.textures_delta.free {
            self.textures.remove(id);
        }
        if let Some(render) = &self.render {
            let mut renderer = render.renderer.write();
            for id in &output.textures_delta.free {
                renderer.free_texture(id);
            }
            // A window submits what it has queued; uploads would pile up here otherwise.
            render.queue.submit([]);
        }
        output.textures_delta.clear();
        elapsed
    }
}

fn source(number: usize, path: PathBuf, datum: Datum) -> Source {
    Source {
        id: SourceId(format!("bench {number}")),
        name: String::new(),
        kind: SourceKind::MbTiles { path },
        datum,
        levels: (LEVEL, LEVEL),
        attribution: String::new(),
        attribution_url: String::new(),
        keeping: Keeping::Allowed,
        token: None,
    }
}

fn render_state() -> Option<egui_wgpu::RenderState> {
    let create = || {
        egui_kittest::wgpu::create_render_state(
            egui_kittest::wgpu::default_wgpu_setup(),
            egui_wgpu::RendererOptions::PREDICTABLE,
        )
    };
    let state = std::panic::catch_unwind(create).ok();
    if state.is_none() {
        println!("no graphics here: uploads are not measured");
    }
    state
}
