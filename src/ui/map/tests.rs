//! The map through a harness: real pointer and key events in, actions out.

use super::*;
use crate::catalogue::{Catalogue, Utility};
use crate::edit::Command;
use crate::model::{Boundary, Change, Estate, Severity, Standing};
use crate::ui::action::Selection;
use crate::ui::verb::Verb;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

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
            items: &self.catalogue.items,
            selection: &self.selection,
            tool: &self.tool.clone(),
            theme: self.theme,
            highlighted: self.highlighted,
            findings: &self.findings,
            language: self.language,
            basemap: None,
            overlays: Vec::new(),
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
        .allow_missing_glyphs()
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

fn id(number: u128) -> EstateId {
    EstateId(uuid::Uuid::from_u128(number))
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

#[test]
fn a_click_selects_the_smallest_estate_under_it() {
    let mut harness = harness(Bench::new(small_survey(), Tool::Select));
    for (x, y, expected) in [
        (-1.0, -1.0, Selection::Only(id(1))),
        (1.0, 1.0, Selection::Only(id(2))),
        // The merged copy is not drawn, so what lies under it is picked.
        (0.0, 0.0, Selection::Only(id(1))),
        (3.0, 0.0, Selection::Only(id(4))),
        (0.0, -2.5, Selection::Nothing),
    ] {
        let at = from_middle(harness.state(), x, y);
        click(&mut harness, at);
        let asked = std::mem::take(&mut harness.state_mut().asked);
        assert_eq!(asked, [Action::Select(expected)], "{x} {y}");
    }
}

#[test]
fn a_square_of_clicks_and_enter_is_one_new_estate() {
    let tool = Tool::Draw {
        ring: Vec::new(),
        for_estate: None,
    };
    let mut harness = harness(Bench::new(survey([]), tool));
    let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
    for (x, y) in corners {
        let at = from_middle(harness.state(), x, y);
        click(&mut harness, at);
    }
    harness.key_press(Key::Enter);
    harness.run();
    let [Action::Edit(Command::Draw { boundary })] = &harness.state().asked[..] else {
        panic!("{:?}", harness.state().asked);
    };
    let drawn = tools::ring::corners(boundary);
    assert_eq!(drawn.len(), 4);
    for (x, y) in corners {
        let near = |at: &LonLat| {
            (at.lon - MIDDLE.lon - x / 1e3).abs() < 1e-6
                && (at.lat - MIDDLE.lat - y / 1e3).abs() < 1e-6
        };
        assert!(drawn.iter().any(|(_, at)| near(at)), "{x} {y}: {drawn:?}");
    }
    // Until the commit is through the sketch stays: a failed one must not lose it.
    assert!(matches!(&harness.state().tool, Tool::Draw { ring, .. } if ring.len() == 4));
}

#[test]
fn a_ring_drawn_for_a_waiting_row_becomes_its_boundary() {
    let tool = Tool::Draw {
        ring: Vec::new(),
        for_estate: Some(id(4)),
    };
    let mut harness = harness(Bench::new(small_survey(), tool));
    for (x, y) in [(2.5, -0.5), (3.5, -0.5), (3.5, 0.5)] {
        let at = from_middle(harness.state(), x, y);
        click(&mut harness, at);
    }
    // A click on the first corner closes the ring.
    let first = from_middle(harness.state(), 2.5, -0.5);
    click(&mut harness, first + vec2(4.0, 3.0));
    let asked = &harness.state().asked[..];
    assert!(
        matches!(asked, [Action::Edit(Command::Reshape { estate, .. })] if *estate == id(4)),
        "{asked:?}"
    );
}

fn three_corners() -> Tool {
    let ring = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0)];
    Tool::Draw {
        ring: ring
            .map(|(x, y)| LonLat::new(MIDDLE.lon + x / 1e3, MIDDLE.lat + y / 1e3))
            .into(),
        for_estate: None,
    }
}

fn drawn_corners(asked: &[Action]) -> Option<usize> {
    match asked {
        [Action::Edit(Command::Draw { boundary })] => Some(tools::ring::corners(boundary).len()),
        _ => None,
    }
}

#[test]
fn a_right_click_ends_the_ring() {
    let mut harness = harness(Bench::new(survey([]), three_corners()));
    click_with(&mut harness, pos2(450.0, 200.0), PointerButton::Secondary);
    assert_eq!(drawn_corners(&harness.state().asked), Some(3));
}

#[test]
fn a_double_click_sets_the_last_corner_and_ends_the_ring() {
    let mut harness = harness(Bench::new(survey([]), three_corners()));
    let last = from_middle(harness.state(), -1.0, 1.0);
    harness.hover_at(last);
    harness.run();
    // The harness's own clock is too slow for a double click.
    for (tick, pressed) in [true, false, true, false].into_iter().enumerate() {
        press(&harness, last, PointerButton::Primary, pressed);
        harness.input_mut().time = Some(100.0 + tick as f64 / 50.0);
        harness.step();
    }
    assert_eq!(drawn_corners(&harness.state().asked), Some(4));
}

#[test]
fn backspace_takes_back_the_last_corner_and_escape_parks_the_ring() {
    let mut harness = harness(Bench::new(survey([]), three_corners()));
    harness.key_press(Key::Backspace);
    harness.run();
    assert!(matches!(&harness.state().tool, Tool::Draw { ring, .. } if ring.len() == 2));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert!(matches!(&harness.state().tool, Tool::Draw { ring, .. } if ring.len() == 1));
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().asked, [Action::Do(Verb::ParkSketch)]);
}

#[test]
fn a_corner_that_would_cross_the_ring_is_refused_with_a_sentence() {
    let tool = three_corners();
    let mut harness = harness(Bench::new(survey([]), tool.clone()));
    let across = from_middle(harness.state(), 0.0, -2.0);
    click(&mut harness, across);
    assert_eq!(harness.state().tool, tool);
    assert!(matches!(&harness.state().asked[..], [Action::Notice(_)]));
}

#[test]
fn dragging_a_corner_is_one_edit_and_does_not_pan() {
    let tool = Tool::EditVertices { estate: id(1) };
    let mut harness = harness(Bench::new(small_survey(), tool));
    let before = harness.state().state.center();
    let from = from_middle(harness.state(), -2.0, -2.0);
    let to = from_middle(harness.state(), -2.4, -1.6);
    drag(&mut harness, from + vec2(2.0, 1.0), to + vec2(2.0, 1.0));
    let [Action::Edit(Command::Reshape { estate, boundary })] = &harness.state().asked[..] else {
        panic!("{:?}", harness.state().asked);
    };
    assert_eq!(*estate, id(1));
    let corners = tools::ring::corners(boundary);
    assert_eq!(corners.len(), 4);
    let moved = |at: &LonLat| {
        (at.lon - MIDDLE.lon + 0.0024).abs() < 1e-6 && (at.lat - MIDDLE.lat + 0.0016).abs() < 1e-6
    };
    assert!(corners.iter().any(|(_, at)| moved(at)), "{corners:?}");
    assert_eq!(harness.state().state.center(), before);
}

#[test]
fn dragging_a_sides_middle_makes_a_corner_and_a_right_click_takes_one_away() {
    let tool = Tool::EditVertices { estate: id(1) };
    let mut harness = harness(Bench::new(small_survey(), tool));
    let middle = from_middle(harness.state(), 0.0, -2.0);
    drag(&mut harness, middle, middle + vec2(0.0, 40.0));
    let corner = from_middle(harness.state(), 2.0, 2.0);
    click_with(&mut harness, corner, PointerButton::Secondary);
    let counts: Vec<_> = harness.state().asked.iter().map(corners_of).collect();
    assert_eq!(counts, [Some(5), Some(3)]);
}

fn corners_of(action: &Action) -> Option<usize> {
    match action {
        Action::Edit(Command::Reshape { boundary, .. }) => {
            Some(tools::ring::corners(boundary).len())
        }
        _ => None,
    }
}

#[test]
fn a_drag_pans_and_the_wheel_zooms_about_the_cursor() {
    let mut harness = harness(Bench::new(small_survey(), Tool::Select));
    let before = harness.state().view();
    drag(&mut harness, pos2(300.0, 600.0), pos2(400.0, 620.0));
    let panned = harness.state().view();
    assert!(panned.center[0] < before.center[0] && panned.center[1] < before.center[1]);
    assert_eq!(harness.state().asked, [], "a drag is no click");

    let cursor = pos2(700.0, 200.0);
    harness.hover_at(cursor);
    harness.run();
    let under = harness.state().view().unproject(cursor);
    harness.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, 2.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    harness.run();
    let zoomed = harness.state().view();
    assert_eq!(zoomed.zoom, 17.0);
    let now_under = zoomed.unproject(cursor);
    assert!((now_under.lon - under.lon).abs() < 1e-8 && (now_under.lat - under.lat).abs() < 1e-8);
}

#[test]
fn the_map_has_a_name_and_its_buttons_too() {
    let mut harness = harness(Bench::new(small_survey(), Tool::Select));
    harness.get_by_label("map");
    harness.get_by_label("Zoom in").click();
    harness.run();
    assert_eq!(harness.state().state.zoom(), 17.0);
    harness.get_by_label("Show the whole survey").click();
    harness.run();
    let view = harness.state().view();
    assert!(view.rect.contains(from_middle(harness.state(), 3.0, 0.0)));
    assert!(view.rect.contains(from_middle(harness.state(), -2.0, 2.0)));
}

#[test]
fn a_click_on_the_legend_is_none_on_the_map() {
    let mut harness = harness(Bench::new(small_survey(), Tool::Select));
    let word = harness.get_by_label("ageing").rect().center();
    click(&mut harness, word);
    assert_eq!(harness.state().asked, []);
    harness
        .get_by_label_contains("Worst of water, power, road, gas")
        .click();
    harness.run();
    assert!(harness.query_by_label("ageing").is_none());
}

#[test]
fn an_edit_of_one_estate_leaves_the_large_mesh_alone() {
    let mut survey = survey((0..50).map(|n| {
        let west = n as f64;
        estate(n, "", rectangle(west, 0.0, west + 0.5, 0.5))
    }));
    let items = Catalogue::shipped().items;
    let theme = MapTheme::WorstEssential;
    let mut scene = Scene::default();
    scene.update(&survey, 1, theme, &items);
    let base = scene.meshes()[0].clone();

    let change = |survey: &mut Survey, edit: &dyn Fn(&mut Estate)| {
        let before = survey.estate(id(7)).cloned().unwrap();
        let mut after = (*before).clone();
        edit(&mut after);
        survey.apply(&[Change::Estate {
            id: id(7),
            before: Some(before),
            after: Some(Arc::new(after)),
        }]);
    };
    let water = items.leading(Utility::Water).unwrap().code;
    change(&mut survey, &|estate| {
        estate.gaps.insert(water, Severity::Failing);
    });
    scene.update(&survey, 2, theme, &items);
    let failing = Class::Severity(Severity::Failing);
    assert_eq!(scene.slot(id(7)).unwrap().class, failing);
    assert_eq!(scene.counts()[&failing], 1);
    assert!(Arc::ptr_eq(&base, scene.meshes()[0]));
    assert!(scene.meshes()[1].cells.is_empty());

    let moved = Arc::new(rectangle(0.0, 5.0, 1.0, 6.0));
    change(&mut survey, &|estate| estate.boundary = Some(moved.clone()));
    scene.update(&survey, 3, theme, &items);
    assert!(Arc::ptr_eq(&base, scene.meshes()[0]));
    assert_eq!(scene.meshes()[1].dots.len(), 1);
    let at = |x: f64, y: f64| LonLat::new(MIDDLE.lon + x / 1e3, MIDDLE.lat + y / 1e3);
    let reach = geo::coord! { x: 1e-6, y: 1e-6 };
    let hit = |scene: &Scene, at| scene.hit(at, reach).map(|slot| slot.estate.id);
    assert_eq!(hit(&scene, at(0.5, 5.5)), Some(id(7)));
    assert_eq!(hit(&scene, at(7.2, 0.2)), None, "where it was before");
    assert_eq!(hit(&scene, at(8.2, 0.2)), Some(id(8)));

    survey.apply(&[Change::Estate {
        id: id(7),
        before: None,
        after: None,
    }]);
    scene.update(&survey, 4, theme, &items);
    assert_eq!(hit(&scene, at(0.5, 5.5)), None);
    assert_eq!(scene.counts().values().sum::<usize>(), 49);
}

/// The window's renderer, where this machine can render at all.
fn render_state() -> Option<egui_wgpu::RenderState> {
    let create = || {
        egui_kittest::wgpu::create_render_state(
            egui_kittest::wgpu::default_wgpu_setup(),
            egui_wgpu::RendererOptions::PREDICTABLE,
        )
    };
    let created = std::panic::catch_unwind(create).ok();
    if created.is_none() {
        eprintln!("skipped: no adapter to render with (Debian: mesa-vulkan-drivers)");
    }
    created
}

fn with_shipped_font(ctx: &egui::Context) {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/fonts/NotoSansSC-GB2312.ttf"
    );
    let Ok(bytes) = std::fs::read(path) else {
        return;
    };
    let mut fonts = egui::FontDefinitions::default();
    let font = Arc::new(egui::FontData::from_owned(bytes));
    fonts.font_data.insert("shipped".to_owned(), font);
    let proportional = fonts.families.entry(egui::FontFamily::Proportional);
    proportional.or_default().insert(0, "shipped".to_owned());
    ctx.set_fonts(fonts);
}

/// Every class of every kind in one picture: `JIUGAI_MAP_PNG=/tmp/map cargo test the_gpu_paints`
/// writes it as `/tmp/map.<theme>.png`.
#[test]
fn the_gpu_paints_each_estate_in_the_colour_of_its_class() {
    let Some(render_state) = render_state() else {
        return;
    };
    let items = Catalogue::shipped().items;
    let water = items.leading(Utility::Water).unwrap().code;
    let mut estates = Vec::new();
    for n in 0..20u8 {
        let (column, row) = (f64::from(n % 5), f64::from(n / 5));
        let (west, south) = (column * 1.7 - 4.2, row * 1.6 - 3.2);
        let name = ["洪都新村", "粮食局宿舍", "Textile Mill Court", "阳光花园"];
        let name = name[usize::from(n % 4)];
        let boundary = rectangle(west, south, west + 1.4, south + 1.3);
        let mut estate = estate(u128::from(n), name, boundary);
        if let Some(severity) = [
            Severity::Intact,
            Severity::Ageing,
            Severity::Failing,
            Severity::Missing,
        ]
        .get(usize::from(n % 5))
        {
            estate.gaps.insert(water, *severity);
        }
        estate.build_year = (n % 3 != 0).then_some(1970 + i32::from(n) * 2);
        estates.push(estate);
    }
    let mut waiting = Estate::new(id(90));
    waiting.position = Some(LonLat::new(MIDDLE.lon + 0.005, MIDDLE.lat));
    estates.push(waiting);
    // The second of a pair under review overlaps the first.
    estates.push(estate(91, "Overlap", rectangle(-3.6, -2.6, -2.2, -1.4)));
    let mut bench = Bench::new(survey(estates), Tool::Select);
    bench.state = MapState::new(Some(&render_state));
    bench.state.set_view(MIDDLE, 16.0);
    bench.selection = vec![id(12)];
    bench.highlighted = Some((id(0), id(91)));
    bench.findings.insert(id(7));
    bench.districts = Arc::new([District {
        name: "青云谱区".to_owned(),
        boundary: rectangle(-4.8, -4.0, 4.8, 3.8),
    }]);
    let mut harness = Harness::builder()
        .with_size(SCREEN.size())
        .with_max_steps(64)
        .with_theme(egui::Theme::Light)
        .with_context_setup(with_shipped_font)
        .allow_missing_glyphs()
        .renderer(egui_kittest::wgpu::WgpuTestRenderer::from_render_state(
            render_state,
        ))
        .build_ui_state(|ui, bench: &mut Bench| bench.ui(ui), bench);
    for theme in MapTheme::ALL {
        harness.state_mut().theme = theme;
        harness.run();
        let image = harness.render().unwrap();
        if let Ok(path) = std::env::var("JIUGAI_MAP_PNG") {
            image.save(format!("{path}.{}.png", theme.key())).unwrap();
        }
        let palette = Palette::of(&egui::Visuals::light());
        for slot in harness
            .state()
            .state
            .scene
            .within(harness.state().view().bounds())
        {
            let number = slot.estate.id.0.as_u128();
            if slot.class == Class::Unknown || !(1..20).contains(&number) {
                continue;
            }
            // Off the label and the outline.
            let rings = outline::rings(slot.boundary().unwrap(), &harness.state().view());
            let at = Rect::from_points(&rings[0]).right_top() + vec2(-12.0, 12.0);
            let pixel = image.get_pixel(at.x as u32, at.y as u32).0;
            let color = slot.class.color(palette);
            let ground = palette.ground;
            let mixed = |over: u8, under: u8| {
                estates::FILL_OPACITY * f32::from(over)
                    + (1.0 - estates::FILL_OPACITY) * f32::from(under)
            };
            let expected = [
                mixed(color.r(), ground.r()),
                mixed(color.g(), ground.g()),
                mixed(color.b(), ground.b()),
            ];
            for (channel, expected) in pixel.into_iter().zip(expected) {
                assert!(
                    (f32::from(channel) - expected).abs() < 3.0,
                    "{theme:?} {number} {:?}: {pixel:?}, not {expected}",
                    slot.class
                );
            }
        }
    }
}

/// `cargo test --release --lib ui::map -- --ignored --nocapture cpu_time` prints what a frame
/// costs this thread; what the graphics card does is not in it.
#[test]
#[ignore = "a measurement, not a test"]
fn cpu_time_of_a_frame_with_every_estate_in_view() {
    use std::time::{Duration, Instant};
    let time = |work: &mut dyn FnMut()| -> Duration {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    for count in [10_000u32, 100_000, 200_000] {
        let across = f64::from(count).sqrt().ceil();
        let estates = (0..count).map(|n| {
            let (x, y) = (f64::from(n) % across, (f64::from(n) / across).floor());
            estate(u128::from(n), "洪都新村", twelve_corners(x, y))
        });
        let mut bench = Bench::new(survey(estates), Tool::Select);
        let items = bench.catalogue.items.clone();
        let mut scene = Scene::default();
        let theme = MapTheme::WorstEssential;
        let first = time(&mut || scene.update(&bench.survey, 1, theme, &items));
        let again = time(&mut || scene.update(&bench.survey, 2, theme, &items));
        let themed = time(&mut || scene.update(&bench.survey, 2, MapTheme::BuildYear, &items));
        let mut before = bench.survey.estate(id(5)).cloned();
        let mut after = (**before.as_ref().unwrap()).clone();
        after.boundary = Some(Arc::new(twelve_corners(-5.0, 0.0)));
        bench.survey.apply(&[Change::Estate {
            id: id(5),
            before: before.take(),
            after: Some(Arc::new(after)),
        }]);
        let reshaped = time(&mut || scene.update(&bench.survey, 3, MapTheme::BuildYear, &items));
        bench.state.scene = scene;
        bench.revision = 3;
        bench.theme = MapTheme::BuildYear;
        bench.state.renderer = Renderer::Gpu;
        bench.state.fit_survey(&bench.survey.clone());
        println!(
            "{count} estates: first {first:?}, nothing changed {again:?}, other theme {themed:?}, one reshaped {reshaped:?}"
        );
        let ctx = egui::Context::default();
        for zoom in [None, Some(14.0), Some(16.0)] {
            let input = |clock: f64, n: usize| egui::RawInput {
                screen_rect: Some(SCREEN),
                time: Some(clock + n as f64 / 60.0),
                events: vec![Event::PointerMoved(pos2(300.0 + n as f32, 300.0))],
                ..Default::default()
            };
            if let Some(zoom) = zoom {
                bench.state.set_view(bench.state.center(), zoom);
            }
            let mut frames = Vec::new();
            let clock = ctx.input(|input| input.time) + 1.0;
            for n in 0..40 {
                let start = Instant::now();
                let mut output = ctx.run_ui(input(clock, n), |ui| bench.ui(ui));
                let shapes = std::mem::take(&mut output.shapes);
                let pieces = ctx.tessellate(shapes, 1.0);
                frames.push(start.elapsed());
                output.textures_delta.clear();
                std::hint::black_box(pieces);
            }
            frames.sort();
            let zoom = bench.state.zoom();
            println!(
                "    zoom {zoom:.1}: median {:?}, worst {:?}",
                frames[20], frames[39]
            );
        }
    }
}

fn twelve_corners(x: f64, y: f64) -> Boundary {
    let ring: Vec<_> = (0..12)
        .map(|n| {
            let angle = f64::from(n) / 12.0 * std::f64::consts::TAU;
            let radius = if n % 2 == 0 { 0.45 } else { 0.3 };
            geo::coord! {
                x: MIDDLE.lon + (x + radius * angle.cos()) / 1e3,
                y: MIDDLE.lat + (y + radius * angle.sin()) / 1e3,
            }
        })
        .collect();
    geo::Polygon::new(geo::LineString(ring), vec![]).into()
}
