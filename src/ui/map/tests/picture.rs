//! What the graphics card makes of it.

use super::*;

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
    waiting.name = "电机厂家属院".to_owned();
    waiting.position = Some(LonLat::new(MIDDLE.lon + 0.0055, MIDDLE.lat));
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
        .with_context_setup(install_fonts)
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
