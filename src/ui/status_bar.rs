//! The status bar: where the pointer is, in which datum, what is saved, what is running.

use super::action::Action;
use super::icons;
use super::tool::Tool;
use super::tool_hint::tool_hint;
use super::worker::Running;
use crate::model::LonLat;
use crate::rules::fate::RowCount;
use crate::words::Language;
use crate::words::release::rows_text;
use egui::{Align, Button, ProgressBar, Ui};

pub struct StatusInput<'a> {
    pub language: Language,
    pub pointed_at: Option<LonLat>,
    pub zoom: f64,
    pub tool: &'a Tool,
    pub last_saved: Option<jiff::Timestamp>,
    pub running: Option<&'a Running>,
    /// Where every imported row went; `None` where nothing was imported or counted yet.
    pub rows: Option<RowCount>,
}

#[must_use]
pub fn status_bar_ui(ui: &mut Ui, input: &StatusInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    let hint = tool_hint(ui.ctx(), input.tool, language);
    ui.horizontal(|ui| {
        match input.pointed_at {
            Some(at) => ui.monospace(format!("{:.6}, {:.6}", at.lon, at.lat)),
            None => ui.weak(language.text("status.nowhere")),
        };
        badge(
            ui,
            &language.text("status.datum"),
            &language.text("status.datum_hint"),
        );
        // With a tool in hand its keys have the room.
        if hint.is_none() {
            badge(
                ui,
                &language.text("status.map_datum"),
                &language.text("status.map_datum_hint"),
            );
            ui.separator();
            let zoom = format!("{:.1}", input.zoom);
            ui.label(language.text_with("status.zoom", &[("zoom", &zoom)]));
        }
        ui.separator();
        let saved = match input.last_saved {
            Some(at) => {
                let local = at.to_zoned_datetime(jiff::tz::TimeZone::system());
                let time = local.strftime("%H:%M:%S").to_string();
                language.text_with("status.saved", &[("time", &time)])
            }
            None => language.text("status.not_saved_yet").into_owned(),
        };
        ui.label(format!("{} {saved}", icons::SAVE))
            .on_hover_text(language.text("status.saved_hint"));
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            if let Some(running) = input.running {
                actions.extend(running_ui(ui, running, language));
            }
            ui.with_layout(egui::Layout::left_to_right(Align::Center), |ui| {
                match (hint, input.rows) {
                    (Some(hint), _) => {
                        ui.separator();
                        ui.add(egui::Label::new(hint).truncate());
                    }
                    (None, Some(rows)) if rows.rows_in > 0 => {
                        ui.separator();
                        ui.label(rows_text(language, &rows));
                    }
                    _ => {}
                }
            });
        });
    });
    actions
}

fn running_ui(ui: &mut Ui, running: &Running, language: Language) -> Option<Action> {
    let cancel = ui.add(Button::new(language.text("status.cancel")));
    match running.progress.fraction() {
        Some(fraction) => {
            ui.add(
                ProgressBar::new(fraction)
                    .desired_width(super::theme::PROGRESS_WIDTH)
                    .show_percentage(),
            );
        }
        None => {
            ui.spinner();
        }
    }
    ui.label(language.text(running.title));
    cancel.clicked().then_some(Action::CancelJob)
}

fn badge(ui: &mut Ui, text: &str, hint: &str) {
    let frame = egui::Frame::new()
        .fill(ui.visuals().faint_bg_color)
        .stroke(ui.visuals().widgets.noninteractive.bg_stroke)
        .corner_radius(super::theme::BADGE_RADIUS)
        .inner_margin(egui::Margin::symmetric(6, 1));
    frame
        .show(ui, |ui| ui.small(text))
        .response
        .on_hover_text(hint);
}
