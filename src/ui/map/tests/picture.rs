//! What the graphics card makes of it.

use super::*;
use crate::model::{Category, Exclusion, Locality, Tenure, WillingnessBasis};
use crate::ui::map::class::Pattern;
use crate::ui::tool::{Purpose, Sketch};

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

/// Twenty estates in every state, one waiting row, one estate drawn twice.
fn town() -> Survey {
    let items = Catalogue::shipped().items;
    let water = items.leading(Utility::Water).unwrap().code;
    let mut estates = Vec::new();
    for n in 0..20u8 {
        let (column, row) = (f64::from(n % 5), f64::from(n / 5));
        let (west, south) = (column * 1.7 - 4.2, row * 1.6 - 3.2);
        let names = ["洪都新村", "粮食局宿舍", "Textile Mill Court", "阳光花园"];
        let name = names[usize::from(n % 4)];
        let boundary = rectangle(west, south, west + 1.4, south + 1.3);
        let mut estate = estate(u128::from(n), name, boundary);
        if let Some(severity) = Severity::ALL.get(usize::from(n % 5)) {
            estate.gaps.insert(water, *severity);
        }
        estate.willingness = Willingness::ALL.get(usize::from(n % 4)).copied();
        estate.tenure = Tenure::ALL
            .get(usize::from(n % 11))
            .copied()
            .into_iter()
            .collect();
        estate.locality = Locality::ALL.get(usize::from(n % 4)).copied();
        estate.willingness_basis = WillingnessBasis::ALL.get(usize::from(n % 6)).copied();
        estate.exclusions = Exclusion::ALL
            .get(usize::from(n % 6))
            .map(|it| [*it].into());
        estate.build_year = (n % 3 != 0).then_some(1970 + i32::from(n) * 2);
        estates.push(estate);
    }
    let mut waiting = Estate::new(id(90));
    waiting.name = "电机厂家属院".to_owned();
    waiting.position = Some(LonLat::new(MIDDLE.lon + 0.0055, MIDDLE.lat));
    estates.push(waiting);
    estates.push(estate(91, "Overlap", rectangle(-3.6, -2.6, -2.2, -1.4)));
    survey(estates)
}

fn rendered(mut bench: Bench, theme: egui::Theme) -> Option<Harness<'static, Bench>> {
    let render_state = render_state()?;
    bench.state = MapState::new(Some(&render_state));
    bench.state.set_view(MIDDLE, 16.0);
    bench.districts = Arc::new([District {
        name: "青云谱区".to_owned(),
        boundary: rectangle(-4.8, -4.0, 4.8, 3.8),
    }]);
    let renderer = egui_kittest::wgpu::WgpuTestRenderer::from_render_state(render_state);
    let harness = Harness::builder()
        .with_size(SCREEN.size())
        .with_max_steps(64)
        .with_theme(theme)
        .with_context_setup(install_fonts)
        .renderer(renderer)
        .build_ui_state(|ui, bench: &mut Bench| bench.ui(ui), bench);
    Some(harness)
}

/// Every theme that needs no item to be chosen.
fn themes() -> impl Iterator<Item = MapTheme> {
    let fields = Category::ALL.iter().copied().map(MapTheme::Category);
    let counts = MapTheme::AMOUNTS.into_iter();
    MapTheme::PLAIN.into_iter().chain(counts).chain(fields)
}

#[test]
fn the_gpu_paints_each_estate_in_the_colour_of_its_class() {
    let bench = Bench::new(town(), Tool::Select);
    let Some(mut harness) = rendered(bench, egui::Theme::Light) else {
        return;
    };
    let palette = Palette::of(&egui::Visuals::light());
    for theme in themes() {
        harness.state_mut().theme = theme;
        harness.run();
        let image = harness.render().unwrap();
        let view = harness.state().view();
        for slot in harness.state().state.scene.within(view.bounds()) {
            // Hatched ones have no one colour; the overlapping pair covers number 0.
            let number = slot.estate.id.0.as_u128();
            if slot.class.class == Class::Unknown || !(1..20).contains(&number) {
                continue;
            }
            // Off the label and the outline.
            let rings = outline::rings(slot.boundary().unwrap(), &view);
            let at = Rect::from_points(&rings[0]).right_top() + vec2(-12.0, 12.0);
            let color = slot.class.class.color(palette, crate::model::Ramp::Brown);
            // The shader draws a pattern in a fainter and a fuller tone.
            let tones: &[f32] = match slot.class.pattern() {
                Pattern::Plain => &[1.0],
                Pattern::Leaning => &[0.7, 1.25],
                Pattern::Hatched | Pattern::Crossed => &[0.35, 1.25],
                Pattern::Dotted => continue,
            };
            let tone = |tone: &f32| {
                palette
                    .ground
                    .lerp_to_gamma(color, estates::FILL_OPACITY * tone)
            };
            let expected: Vec<_> = tones.iter().map(tone).collect();
            let pixels = (0..12).flat_map(|x| (0..12).map(move |y| (x, y)));
            let is_there = pixels
                .map(|(x, y)| image.get_pixel(at.x as u32 - x, at.y as u32 + y).0)
                .any(|[r, g, b, _]| {
                    let near = |channel: u8, expected: u8| channel.abs_diff(expected) <= 3;
                    expected
                        .iter()
                        .any(|tone| near(r, tone.r()) && near(g, tone.g()) && near(b, tone.b()))
                });
            assert!(
                is_there,
                "{theme:?} {number} {:?}: none of {expected:?}",
                slot.class
            );
        }
    }
}

/// `JIUGAI_MAP_PNG=/tmp/map cargo test --lib pictures_for_the_eye -- --ignored`
#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures_for_the_eye() {
    let folder = std::env::var("JIUGAI_MAP_PNG").unwrap_or("/tmp/map".to_owned());
    let save = |harness: &mut Harness<Bench>, name: &str| {
        harness.run();
        let image = harness.render().unwrap();
        image.save(format!("{folder}.{name}.png")).unwrap();
    };
    for (mode, theme) in [("light", egui::Theme::Light), ("dark", egui::Theme::Dark)] {
        let mut bench = Bench::new(town(), Tool::Select);
        bench.language = Language::Chinese;
        bench.selection = vec![id(12)];
        bench.findings.insert(id(7));
        bench.highlighted = Some((id(0), id(91)));
        let mut harness = rendered(bench, theme).unwrap();
        for theme in themes() {
            harness.state_mut().theme = theme;
            save(&mut harness, &format!("{mode}.{}", theme.key()));
        }
        harness.state_mut().highlighted = None;
        harness.state_mut().tool = Tool::EditVertices { estate: id(12) };
        save(&mut harness, &format!("{mode}.corners"));
        let ring = [(-1.0, -3.6), (3.6, -3.6), (3.6, 1.0), (1.0, 1.5)];
        let ring = ring.map(|(x, y)| LonLat::new(MIDDLE.lon + x / 1e3, MIDDLE.lat + y / 1e3));
        let sketch = Sketch::new(Purpose::NewEstate).with(ring);
        harness.state_mut().tool = Tool::Sketch(sketch);
        let pointer = from_middle(harness.state(), -0.5, 0.5);
        harness.hover_at(pointer);
        save(&mut harness, &format!("{mode}.draw"));
        let pointer = from_middle(harness.state(), 4.5, -1.0);
        harness.hover_at(pointer);
        save(&mut harness, &format!("{mode}.crossing"));
        harness.state_mut().tool = Tool::Select;
        harness.state_mut().state.set_view(MIDDLE, 12.0);
        save(&mut harness, &format!("{mode}.far"));
    }
}
