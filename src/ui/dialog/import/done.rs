//! What a person has to look at after an import.

use crate::model::{ImportList, RowProblem};
use crate::ui::action::Action;
use crate::words::{Language, import as words};
use egui::{ScrollArea, Ui};
use std::sync::Arc;

/// More than a screenful of odd values tells nothing that the first ones do not.
const WARNINGS_SHOWN: usize = 200;
/// Of each of the lists after an import.
const LISTED_HEIGHT: f32 = 220.0;

/// A list that is in the survey, and what is odd about its values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finished {
    pub list: Arc<ImportList>,
    pub warnings: Vec<RowProblem>,
}

impl Finished {
    /// Whether somebody has to look at it.
    pub fn is_odd(&self) -> bool {
        !self.warnings.is_empty() || !self.list.rejected.is_empty()
    }
}

/// Rows that gave no record, and odd values; of several lists, those that have any.
pub(super) fn finished_ui(ui: &mut Ui, finished: &[Finished], language: Language) -> Vec<Action> {
    let mut actions = Vec::new();
    let odd: Vec<_> = finished.iter().filter(|one| one.is_odd()).collect();
    for one in &odd {
        if odd.len() > 1 {
            ui.heading(&one.list.file_name);
        }
        ui.push_id(one.list.id, |ui| {
            actions.extend(done_ui(ui, &one.list, &one.warnings, language));
        });
    }
    actions
}

fn done_ui(
    ui: &mut Ui,
    list: &ImportList,
    warnings: &[RowProblem],
    language: Language,
) -> Option<Action> {
    let file = &list.file_name;
    let mut action = None;
    if !list.rejected.is_empty() {
        let count = list.rejected.len();
        ui.strong(language.text_with("lists.rejects.listed", &[("count", &count)]));
        let texts = list.rejected.iter();
        listed_ui(
            ui,
            "rejected",
            texts,
            |row| words::rejected_row_text(language, file, row),
            language,
        );
        let save = ui.button(language.text("lists.rejects.save"));
        action = save.clicked().then_some(Action::MendRows(list.id));
        ui.add_space(8.0);
    }
    if !warnings.is_empty() {
        ui.strong(language.text("dialog.import.warnings"));
        listed_ui(
            ui,
            "warnings",
            warnings.iter(),
            |problem| words::warning_text(language, file, problem),
            language,
        );
    }
    action
}

fn listed_ui<T>(
    ui: &mut Ui,
    id: &str,
    mut all: impl ExactSizeIterator<Item = T>,
    text: impl Fn(T) -> String,
    language: Language,
) {
    let area = ScrollArea::vertical().id_salt(id).max_height(LISTED_HEIGHT);
    area.show(ui, |ui| {
        for one in all.by_ref().take(WARNINGS_SHOWN) {
            ui.label(text(one));
        }
        let more = all.len();
        if more > 0 {
            ui.weak(language.text_with("dialog.import.more", &[("count", &more)]));
        }
    });
}
