//! The history of a record, and what a user prefers.

use crate::ui::action::{Action, Preference};
use crate::ui::app::App;
use crate::ui::dialog::{Dialog, SettingsDraft};
use crate::ui::verb::Verb;
use egui::Context;

impl App {
    pub(super) fn show_history(&mut self, _context: &Context) {}

    pub(super) fn show_settings(&mut self) {
        let author = self.preferences.author.clone().unwrap_or_default();
        self.view.dialog = Some(Dialog::Settings(SettingsDraft::new(author)));
    }

    pub(super) fn take_preference(&mut self, preference: Preference, context: &Context) {
        let preferences = &mut self.preferences;
        match preference {
            Preference::Brightness(brightness) => preferences.brightness = brightness,
            Preference::AutoAdvance(switch) => preferences.auto_advance = switch,
            Preference::SnapPoints(points) => preferences.drawing.snap_points = points,
            Preference::Author(author) => {
                preferences.author = author;
                let author = self.author();
                if let Some(session) = &mut self.session {
                    session.set_author(author);
                }
            }
            Preference::Key(verb, binding) => preferences.keys.bind(verb, binding),
            Preference::DefaultKey(verb) => preferences.keys.reset(verb),
            Preference::DefaultKeys => preferences.keys.reset_all(),
        }
        self.prefer(context);
    }

    pub(super) fn do_from_palette(&mut self, verb: Verb, context: &Context) {
        self.view.dialog = None;
        self.preferences.remember_verb(verb);
        self.save_preferences();
        self.perform(Action::Do(verb), context);
    }
}
