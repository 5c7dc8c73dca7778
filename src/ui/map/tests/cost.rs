//! What the map costs the thread that draws it; what the graphics card does is not in it.

use super::*;
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
        for theme in MapTheme::ALL {
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
        bench.theme,
        &bench.catalogue.items,
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
    let across = f64::from(count).sqrt().ceil();
    survey((0..count).map(|n| {
        let (x, y) = (f64::from(n) % across, (f64::from(n) / across).floor());
        estate(u128::from(n), "洪都新村", twelve_corners(x, y))
    }))
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
