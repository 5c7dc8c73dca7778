//! Going from one record to the next, and selecting what is listed.

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
