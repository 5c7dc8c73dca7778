//! The history of a record, and what a user prefers.

use super::reports::now;
use crate::model::Boundary;
use crate::session::LogPosition;
use crate::ui::action::{Action, Preference, Workspace};
use crate::ui::app::App;
use crate::ui::dialog::{Dialog, SettingsDraft};
use crate::ui::history::{Of, Reading, Shown, Side};
use crate::ui::verb::Verb;
use egui::Context;
use std::sync::Arc;

impl App {
    /// Turns the right panel from the form to the history of the record, and back.
    pub(super) fn show_history(&mut self, context: &Context) {
        self.history.side = match self.history.side {
            Side::History if self.view.workspace == Workspace::Survey => Side::Form,
            Side::History | Side::Form => Side::History,
        };
        self.history.takes_focus = true;
        self.history.outline = None;
        self.go(Workspace::Survey, context);
    }

    /// Reads what is shown of the history of the record selected, where it is not up to date.
    pub(in crate::ui) fn keep_history_fresh(&mut self, context: &Context) {
        if self.form.is_called() {
            self.history.side = Side::Form;
        }
        let (Some(session), Some(estate)) = (&self.session, self.view.single()) else {
            self.history.outline = None;
            return;
        };
        let of = Of {
            estate,
            revision: session.revision(),
            language: self.preferences.language,
        };
        if self.history.count.is_none_or(|(known, _)| known != of) {
            // An unreadable log is told where it is opened; the number is no reason to.
            let count = session.count_edits_of(estate).unwrap_or_default();
            self.history.count = Some((of, count));
        }
        if self.history.side == Side::Form {
            self.history.outline = None;
            return;
        }
        if self
            .history
            .shown
            .as_ref()
            .is_none_or(|shown| shown.of != of)
        {
            self.history.shown = Some(Shown::new(of));
            self.history.outline = None;
            self.read_history(None, context);
        }
    }

    pub(super) fn read_older_history(&mut self, context: &Context) {
        if let Some(older) = self.history.shown.as_ref().and_then(|shown| shown.older) {
            self.read_history(Some(older), context);
        }
    }

    fn read_history(&mut self, older_than: Option<LogPosition>, context: &Context) {
        let (Some(session), Some(shown)) = (&self.session, &mut self.history.shown) else {
            return;
        };
        match session.history_of(shown.of.estate, older_than) {
            Ok(page) => {
                let reading = Reading {
                    survey: session.survey(),
                    items: &self.catalogue.items,
                    language: shown.of.language,
                    this_device: &self.system_author.device,
                    now: &now().to_zoned_datetime(jiff::tz::TimeZone::system()),
                };
                shown.add(page, &reading);
            }
            Err(error) => self.say_error(&error, context),
        }
    }

    pub(super) fn show_outline(&mut self, outline: Option<Arc<Boundary>>) {
        use geo::BoundingRect;
        if let Some(bounds) = outline.as_ref().and_then(|outline| outline.bounding_rect())
            && !self.map.shows(bounds)
        {
            self.map.fit(bounds);
        }
        self.history.outline = outline;
    }

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
            Preference::Columns(columns) => preferences.columns = columns,
            Preference::Position(position) => preferences.position = position,
            Preference::RetryPosition => self.my_position.retry(&preferences.position, context),
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
