//! What a new user sees before any survey is open.

use super::action::Action;
use super::verb::Verb;
use crate::words::Language;
use egui::{Button, RichText, Ui, vec2};
use std::path::PathBuf;

#[must_use]
pub fn start_ui(ui: &mut Ui, language: Language, recent: &[PathBuf]) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.16);
        ui.heading(RichText::new(language.text("app.name")).size(super::theme::TITLE_SIZE));
        ui.add_space(4.0);
        ui.label(RichText::new(language.text("start.heading")).strong());
        ui.label(language.text("start.help"));
        ui.add_space(20.0);
        for verb in [Verb::NewSurvey, Verb::OpenSurvey, Verb::OpenSample] {
            let name = language.text(verb.key());
            let button = Button::new(format!("{}  {name}", verb.icon()))
                .min_size(vec2(super::theme::START_BUTTON_WIDTH, 34.0));
            let response = ui.add(button);
            let response = response.accessible_name(name.as_ref());
            if response.clicked() {
                actions.push(Action::Do(verb));
            }
            ui.add_space(4.0);
        }
        ui.weak(language.text("start.sample_help"));
        if !recent.is_empty() {
            ui.add_space(20.0);
            ui.strong(language.text("start.recent"));
            for path in recent {
                if ui.link(path.display().to_string()).clicked() {
                    actions.push(Action::OpenSurvey(path.clone()));
                }
            }
        }
    });
    actions
}
