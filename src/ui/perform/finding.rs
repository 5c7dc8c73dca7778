//! Going from one record to the next, and selecting what is listed.

use super::reports::now;
use crate::model::EstateId;
use crate::search::{NextRecord, next_record};
use crate::ui::action::Workspace;
use crate::ui::app::App;
use crate::ui::form::Entry;
use crate::ui::notice::Tone;
use crate::ui::tool::{Purpose, Tool};
use egui::Context;

impl App {
    pub(super) fn select_all(&mut self) {
        let Some(session) = &self.session else { return };
        let counts = |id: &EstateId| {
            let estate = session.survey().estate(*id);
            estate.is_some_and(|estate| estate.standing.is_counted())
        };
        // What is merged or withdrawn is found by a search, and takes no value.
        self.view.selection = self.table.listed().iter().copied().filter(counts).collect();
    }

    /// Keeps in step what the list tells of the log: this surveyor's work today, and who changed
    /// what last where somebody wants to see it.
    pub(in crate::ui) fn keep_today(&mut self, context: &Context) {
        let Some(session) = &mut self.session else {
            return;
        };
        let mut read = self.today.update(session, start_of_day());
        if read.is_ok() && self.table.shows_last_change() {
            read = session.load_last_changes();
        }
        if let Err(error) = read {
            self.say_error(&error, context);
        }
    }

    /// Selects the next record to work on: draws for it, or goes to its first open must-have.
    pub(super) fn next_to_do(&mut self, context: &Context) {
        let Some(session) = &self.session else { return };
        let after = self.view.single();
        match next_record(session.survey(), &self.catalogue.items, after) {
            Some(NextRecord::Draw(id)) => {
                self.go_to_record(id, context);
                let purpose = Purpose::Boundary { estate: id };
                self.set_tool(Tool::sketch(purpose), context);
            }
            Some(NextRecord::Tag(id)) => {
                self.go_to_record(id, context);
                self.set_tool(Tool::Select, context);
                self.form.enter(Entry::FirstOpen);
            }
            None => {
                let text = self.language().text("notice.all_done").into_owned();
                self.say(Tone::Done, text, context);
            }
        }
    }

    fn go_to_record(&mut self, id: EstateId, context: &Context) {
        self.go(Workspace::Survey, context);
        self.view.selection = vec![id];
        self.show_on_map(&[id]);
    }
}

/// Midnight, where the surveyor is.
fn start_of_day() -> jiff::Timestamp {
    let now = now();
    let local = now.to_zoned_datetime(jiff::tz::TimeZone::system());
    local.start_of_day().map_or(now, |start| start.timestamp())
}
