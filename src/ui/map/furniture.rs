//! What floats on the map: scale bar, attribution, zoom buttons, a notice.

use super::labels::paint_haloed;
use super::legend::legend_id;
use super::review::pair_legend_id;
use super::view::{View, scale_bar_m};
use crate::ui::action::{Action, BasemapAction};
use crate::ui::icons;
use crate::ui::theme::{Palette, SMALL_SIZE};
use crate::words::Language;
use egui::{
    Align2, Color32, FontId, Frame, Layout, Painter, Rect, Stroke, Ui, UiBuilder, pos2, vec2,
};

pub const MARGIN: f32 = 10.0;

/// What the buttons on the map ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewChange {
    In,
    Out,
    FitSurvey,
}

pub fn zoom_buttons(ui: &mut Ui, view: &View, language: Language) -> Option<ViewChange> {
    let builder = UiBuilder::new()
        .max_rect(zoom_room(view))
        .layout(Layout::top_down(egui::Align::Min))
        .id_salt("zoom buttons");
    let mut asked = None;
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (sign, key, change) in [
            (icons::PLUS, "verb.zoom_in", ViewChange::In),
            (icons::MINUS, "verb.zoom_out", ViewChange::Out),
            (icons::FIT, "verb.fit_survey", ViewChange::FitSurvey),
        ] {
            let name = language.text(key);
            let button = ui.add_sized([28.0, 28.0], egui::Button::new(sign));
            let button = button.accessible_name(name.clone()).on_hover_text(name);
            if button.clicked() {
                asked = Some(change);
            }
        }
    });
    asked
}

/// What covers the map: the zoom buttons, and the legends and the notice as they were a frame ago.
pub fn floating(ui: &Ui, view: &View) -> impl Iterator<Item = Rect> {
    let area = |id| ui.memory(|memory| memory.area_rect(id));
    let areas = [legend_id(ui), notice_id(ui), pair_legend_id(ui)].map(area);
    areas.into_iter().flatten().chain([zoom_room(view)])
}

fn zoom_room(view: &View) -> Rect {
    let corner = view.rect.left_top() + vec2(MARGIN, MARGIN);
    Rect::from_min_size(corner, vec2(30.0, 100.0))
}

/// Lower left: the scale bar and, below it, who made the map.
pub fn scale_and_attribution(
    painter: &Painter,
    view: &View,
    attributions: &[&str],
    palette: &Palette,
    language: Language,
) {
    const WIDEST_POINTS: f64 = 120.0;
    let font = FontId::proportional(SMALL_SIZE);
    let metres_per_point = view.metres_per_point();
    let metres = scale_bar_m(metres_per_point, WIDEST_POINTS);
    let width = (metres / metres_per_point) as f32;
    let text = match metres >= 1000.0 {
        true => language.text_with("map.kilometres", &[("n", &(metres / 1000.0))]),
        false => language.text_with("map.metres", &[("n", &metres)]),
    };
    let left = view.rect.left() + MARGIN;
    let bottom = view.rect.bottom() - MARGIN - 18.0;
    let bar = vec![
        pos2(left, bottom - 6.0),
        pos2(left, bottom),
        pos2(left + width, bottom),
        pos2(left + width, bottom - 6.0),
    ];
    painter.line(bar.clone(), Stroke::new(4.0, palette.halo));
    painter.line(bar, Stroke::new(1.5, palette.label));
    let words = |text: String, at: egui::Pos2, anchor: Align2, color: Color32| {
        let galley = painter.layout_no_wrap(text, font.clone(), color);
        let rect = anchor.anchor_size(at, galley.size());
        paint_haloed(painter, rect.min, galley, color, palette.halo);
    };
    let above = pos2(left + width / 2.0, bottom - 3.0);
    words(text, above, Align2::CENTER_BOTTOM, palette.label);
    let who = attributions.join("  ·  ");
    let below = pos2(left, view.rect.bottom() - 4.0);
    words(who, below, Align2::LEFT_BOTTOM, palette.label);
}

/// One quiet line over the map about the map itself, and a way to try again.
pub fn notice_panel(ui: &Ui, view: &View, text: &str, language: Language) -> Option<Action> {
    let middle = pos2(view.rect.center().x, view.rect.top() + MARGIN);
    let shown = egui::Area::new(notice_id(ui))
        .order(egui::Order::Background)
        .pivot(Align2::CENTER_TOP)
        .fixed_pos(middle)
        .constrain_to(view.rect)
        .accessible_name(text)
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style())
                .show(ui, |ui| {
                    ui.set_max_width((view.rect.width() - 160.0).max(120.0));
                    ui.horizontal_wrapped(|ui| {
                        ui.label(text);
                        ui.small_button(language.text("layers.retry")).clicked()
                    })
                    .inner
                })
                .inner
        });
    shown.inner.then_some(Action::Basemap(BasemapAction::Retry))
}

fn notice_id(ui: &Ui) -> egui::Id {
    ui.scope_id().with("map notice")
}
