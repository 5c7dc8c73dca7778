//! What the map costs the thread that draws it; what the graphics card does is not in it.

use super::*;
use crate::model::{Building, BuildingId};
use std::time::{Duration, Instant};

/// `cargo test --lib cpu_time_of_a_frame -- --ignored --nocapture`
#[test]
#[ignore = "a measurement, not a test"]
fn cpu_time_of_a_frame_with_every_estate_in_view() {
    for count in [10_000, 100_000, 200_000] {
        let mut bench = Bench::new(many(count), Tool::Select);
        bench.state.renderer = Renderer::Gpu;
        println!("{count} estates");
        let first = Instant::now();
        let mut slowest = Duration::ZERO;
        loop {
            slowest = slowest.max(update(&mut bench));
            if !bench.state.scene.is_building() {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        println!(
            "    shown after {:?}, no frame longer than {slowest:?}",
            first.elapsed()
        );
        bench.revision += 1;
        println!("    commit that changes nothing {:?}", update(&mut bench));
        let reshaped = estate(5, "洪都新村", twelve_corners(-5.0, 0.0));
        bench.survey.apply(&[Change::Estate {
            id: id(5),
            before: None,
            after: Some(Arc::new(reshaped)),
        }]);
        bench.revision += 1;
        println!("    commit of one boundary {:?}", update(&mut bench));
        for theme in MapTheme::PLAIN.into_iter().chain(MapTheme::AMOUNTS) {
            bench.theme = theme;
            println!("    theme {theme:?} {:?}", update(&mut bench));
        }
        let survey = bench.survey.clone();
        bench.state.show_survey(&survey);
        let context = egui::Context::default();
        install_fonts(&context);
        println!("    frame, all in view: {}", frames(&mut bench, &context));
        for zoom in [14.0, 16.0] {
            bench.state.set_view(bench.state.center(), zoom);
            let cost = frames(&mut bench, &context);
            println!("    frame, zoom {zoom}: {cost}");
        }
    }
}

fn update(bench: &mut Bench) -> Duration {
    let start = Instant::now();
    bench.state.scene.update(
        &bench.survey,
        bench.revision,
        Theming {
            look: bench.theme.into(),
            items: &bench.catalogue.items,
            facts: None,
            marks_chosen: Switch::Off,
        },
        &egui::Context::default(),
    );
    start.elapsed()
}

/// Forty frames with a moving pointer, shapes turned into triangles.
fn frames(bench: &mut Bench, context: &egui::Context) -> String {
    let clock = context.input(|input| input.time) + 1.0;
    let mut times: Vec<_> = (0..40)
        .map(|n| {
            let input = egui::RawInput {
                screen_rect: Some(SCREEN),
                time: Some(clock + f64::from(n) / 60.0),
                events: vec![Event::PointerMoved(pos2(300.0 + n as f32, 300.0))],
                ..Default::default()
            };
            let start = Instant::now();
            let mut output = context.run_ui(input, |ui| bench.ui(ui));
            let shapes = std::mem::take(&mut output.shapes);
            std::hint::black_box(context.tessellate(shapes, 1.0));
            let elapsed = start.elapsed();
            output.textures_delta.clear();
            elapsed
        })
        .collect();
    times.sort();
    format!("median {:?}, worst {:?}", times[20], times[39])
}

fn many(count: u32) -> Survey {
    survey(places(count).map(|(n, x, y)| estate(u128::from(n), "洪都新村", twelve_corners(x, y))))
}

fn places(count: u32) -> impl Iterator<Item = (u32, f64, f64)> {
    let across = f64::from(count).sqrt().ceil();
    (0..count).map(move |n| (n, f64::from(n) % across, (f64::from(n) / across).floor()))
}

/// `cargo test --lib cpu_time_of_a_frame_with_buildings -- --ignored --nocapture`
#[test]
#[ignore = "a measurement, not a test"]
fn cpu_time_of_a_frame_with_buildings() {
    const OF_AN_ESTATE: u32 = 12;
    let buildings = places(10_000).flat_map(|(n, x, y)| {
        (0..OF_AN_ESTATE).map(move |k| {
            let key = uuid::Uuid::from_u128(u128::from(n * OF_AN_ESTATE + k));
            let (column, row) = (f64::from(k % 3), f64::from(k / 3));
            let corner = geo::coord! {
                x: MIDDLE.lon + (x - 0.25 + column * 0.18) / 1e3,
                y: MIDDLE.lat + (y - 0.25 + row * 0.14) / 1e3,
            };
            let rect = geo::Rect::new(corner, corner + geo::coord! { x: 1.2e-4, y: 8e-5 });
            Building {
                number: format!("{k}栋"),
                footprint: Some(Arc::new(rect.to_polygon().into())),
                ..Building::new(BuildingId(key), id(u128::from(n)))
            }
        })
    });
    let start = Instant::now();
    let survey = many(10_000).with_buildings(buildings);
    println!(
        "{} buildings, read in {:?}",
        survey.buildings().len(),
        start.elapsed()
    );
    let mut bench = Bench::new(survey, Tool::Select);
    bench.state.renderer = Renderer::Gpu;
    update(&mut bench);
    while bench.state.scene.is_building() {
        std::thread::sleep(Duration::from_millis(1));
        update(&mut bench);
    }
    let survey = bench.survey.clone();
    bench.state.show_survey(&survey);
    let context = egui::Context::default();
    install_fonts(&context);
    frames(&mut bench, &context);
    for zoom in [15.5, 16.0, 17.0, 18.0] {
        bench.state.set_view(bench.state.center(), zoom);
        println!("    frame, zoom {zoom}: {}", frames(&mut bench, &context));
    }
}

fn twelve_corners(x: f64, y: f64) -> Boundary {
    let corner = |n: u32| {
        let angle = f64::from(n) / 12.0 * std::f64::consts::TAU;
        let radius = if n.is_multiple_of(2) { 0.45 } else { 0.3 };
        geo::coord! {
            x: MIDDLE.lon + (x + radius * angle.cos()) / 1e3,
            y: MIDDLE.lat + (y + radius * angle.sin()) / 1e3,
        }
    };
    geo::Polygon::new((0..12).map(corner).collect(), vec![]).into()
}
