//! The status bar: where the pointer is, in which datum, what is saved, what is running.

use super::action::Action;
use super::icons;
use super::keymap::Keymap;
use super::tool::Tool;
use super::tool_hint::tool_hint;
use super::verb::Verb;
use super::worker::Running;
use crate::model::{Datum, LonLat};
use crate::rules::fate::RowCount;
use crate::words::release::rows_text;
use crate::words::{Language, basemap as words};
use egui::{Align, Button, ProgressBar, Ui};
use std::path::Path;

pub struct StatusInput<'a> {
    pub language: Language,
    pub pointed_at: Option<LonLat>,
    pub zoom: f64,
    /// In which the layers are drawn that the map shows.
    pub map_datums: &'a [Datum],
    pub tool: &'a Tool,
    pub keys: &'a Keymap,
    pub last_saved: Option<jiff::Timestamp>,
    pub running: Option<&'a Running>,
    /// Where every imported row went; `None` where nothing was imported or counted yet.
    pub rows: Option<RowCount>,
    /// A folder whose new pictures are added.
    pub watched: Option<&'a Path>,
}

#[must_use]
pub fn status_bar_ui(ui: &mut Ui, input: &StatusInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    let hint = tool_hint(ui.ctx(), input.tool, input.keys, language);
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
            let (text, hint) = map_badge(input.map_datums, language);
            badge(ui, &text, &hint);
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
        if let Some(folder) = input.watched {
            ui.separator();
            actions.extend(watching_ui(ui, folder, language));
        }
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
                        ui.add(egui::Label::new(rows_text(language, &rows)).truncate());
                    }
                    _ => {}
                }
            });
        });
    });
    actions
}

/// That a folder is watched; a click stops it.
fn watching_ui(ui: &mut Ui, folder: &Path, language: Language) -> Option<Action> {
    let name = folder.file_name().unwrap_or(folder.as_os_str());
    let text = language.text_with("photos.watch.on", &[("folder", &name.display())]);
    let hint = language.text_with("photos.watch.on_hint", &[("path", &folder.display())]);
    let button = ui.small_button(format!("{} {text}", icons::EYE));
    let button = button.accessible_name(text).on_hover_text(hint);
    button.clicked().then_some(Action::Do(Verb::WatchPhotos))
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

/// In which datum the basemap is, whether it is shifted, and what that means.
fn map_badge(datums: &[Datum], language: Language) -> (String, String) {
    let shifted = |datum: &&Datum| matches!(datum, Datum::Gcj02 | Datum::Bd09);
    let named = datums.iter().find(shifted).or(datums.first());
    let Some(named) = named else {
        let hint = words::shift_hint(language, Datum::Cgcs2000);
        return (language.text("basemap.badge.none").into_owned(), hint);
    };
    let key = match shifted(&named) {
        true => "basemap.badge.shifted",
        false => "basemap.badge.plain",
    };
    let hints = datums
        .iter()
        .map(|datum| words::shift_hint(language, *datum));
    let hint: Vec<_> = hints.collect();
    let datum = words::datum_name(language, *named);
    (
        language.text_with(key, &[("datum", &datum)]),
        hint.join("\n"),
    )
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
