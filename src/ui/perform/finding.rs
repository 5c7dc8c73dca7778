//! Going from one record to the next, and selecting what is listed.

use super::reports::now;
use crate::model::EstateId;
use crate::ui::action::Workspace;
use crate::ui::app::App;
use crate::ui::notice::Tone;
use crate::ui::tool::{Purpose, Tool};
use egui::Context;

impl App {
    pub(super) fn select_all(&mut self) {
        self.view.selection = self.table.listed().to_vec();
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

    /// Selects the next record that waits for a boundary and takes the draw tool for it.
    pub(super) fn next_waiting(&mut self, context: &Context) {
        let Some(session) = &self.session else { return };
        let after = self.view.single();
        let waiting: Vec<EstateId> = session
            .survey()
            .estates()
            .filter(|estate| estate.waits_for_boundary())
            .map(|estate| estate.id)
            .collect();
        let next = waiting
            .iter()
            .find(|id| after.is_none_or(|after| **id > after))
            .or(waiting.first())
            .copied();
        match next {
            Some(id) => {
                self.go(Workspace::Survey, context);
                self.view.selection = vec![id];
                self.show_on_map(&[id]);
                let purpose = Purpose::Boundary { estate: id };
                self.set_tool(Tool::sketch(purpose), context);
            }
            None => {
                let text = self.language().text("notice.all_drawn").into_owned();
                self.say(Tone::Done, text, context);
            }
        }
    }
}

/// Midnight, where the surveyor is.
fn start_of_day() -> jiff::Timestamp {
    let now = now();
    let local = now.to_zoned_datetime(jiff::tz::TimeZone::system());
    local.start_of_day().map_or(now, |start| start.timestamp())
}
