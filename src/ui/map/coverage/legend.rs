//! What the colours of the communities mean, or how their borders are loaded.

use super::{CommunityMap, FILL_OPACITY, color, pattern};
use crate::rules::communities::CommunityStanding;
use crate::ui::action::Action;
use crate::ui::map::outline;
use crate::ui::map::view::View;
use crate::ui::theme::Palette;
use crate::ui::verb::Verb;
use crate::words::{Language, coverage as words};
use egui::{Align2, Frame, Layout, Sense, Stroke, StrokeKind, Ui, vec2};

const MARGIN: f32 = 10.0;
const WIDTH: f32 = 230.0;

pub(in crate::ui::map) fn legend_panel(
    ui: &Ui,
    view: &View,
    map: &CommunityMap,
    palette: &Palette,
    language: Language,
) -> Option<Action> {
    let title = language.text("coverage.map_title");
    let corner = view.rect.right_top() + vec2(-MARGIN, MARGIN);
    // An area of its own: it takes the room it needs, and a click on it is none on the map.
    let shown = egui::Area::new(ui.scope_id().with("coverage legend"))
        // Below every window, above the map.
        .order(egui::Order::Background)
        .pivot(Align2::RIGHT_TOP)
        .fixed_pos(corner)
        .constrain_to(view.rect)
        .accessible_name(title.clone())
        .show(ui.ctx(), |ui| {
            let frame = Frame::popup(ui.style()).fill(palette.float.gamma_multiply(0.95));
            let framed = frame.show(ui, |ui| {
                ui.set_max_width(WIDTH);
                ui.strong(&*title);
                match map.areas {
                    Some(_) => {
                        rows(ui, map, palette, language);
                        None
                    }
                    None => {
                        ui.label(language.text("coverage.map_no_layer"));
                        let button = ui.button(language.text("coverage.map_load"));
                        button.clicked().then_some(Action::Do(Verb::Basemaps))
                    }
                }
            });
            framed.inner
        });
    shown.inner
}

fn rows(ui: &mut Ui, map: &CommunityMap, palette: &Palette, language: Language) {
    egui::Grid::new("coverage legend rows")
        .num_columns(3)
        .show(ui, |ui| {
            for standing in CommunityStanding::ALL {
                patch(ui, standing, palette);
                ui.label(words::standing_text(language, standing));
                let count = map.counts.get(&standing).copied().unwrap_or_default();
                let number = Layout::right_to_left(egui::Align::Center);
                ui.with_layout(number, |ui| ui.label(count.to_string()));
                ui.end_row();
            }
        });
}

/// Colour, pattern and sign in a small box, as the map shows them.
fn patch(ui: &mut Ui, standing: CommunityStanding, palette: &Palette) {
    let (rect, _) = ui.allocate_exact_size(vec2(30.0, 20.0), Sense::hover());
    let painter = ui.painter().with_clip_rect(rect);
    let color = color(palette, standing);
    let ground = palette.ground.lerp_to_gamma(color, FILL_OPACITY);
    painter.rect_filled(rect, 2.0, ground);
    pattern(&painter, &[outline::ring_of(rect)], standing, color);
    super::sign(&painter, rect.center(), standing, palette);
    painter.rect_stroke(rect, 2.0, Stroke::new(1.0, color), StrokeKind::Inside);
}
