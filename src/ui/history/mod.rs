//! The history of the estate selected: who changed what and when, newest first, each value with
//! the way back to it. It stands where the form stands, so that the map stays in view.

mod entry;

use super::action::Action;
use super::icons;
use super::verb::Verb;
use crate::catalogue::Items;
use crate::model::{Boundary, Estate, EstateId, Survey};
use crate::session::{HistoryPage, LogPosition};
use crate::words::Language;
use crate::words::fields::record_name;
use egui::{Button, Ui};
use entry::{Entry, brief_ui, entry_ui};
use std::sync::Arc;

/// What the right panel shows of the estate selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    Form,
    History,
}

/// What the history remembers between frames. It is read from the file by `perform`, never here.
#[derive(Default)]
pub struct HistoryState {
    pub side: Side,
    /// How many entries the history of a record has.
    pub count: Option<(Of, u32)>,
    pub shown: Option<Shown>,
    /// An outline from the past, for the map.
    pub outline: Option<Arc<Boundary>>,
    /// The panel was just opened by a key: the keyboard follows.
    pub takes_focus: bool,
}

/// Which state of which record something was read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Of {
    pub estate: EstateId,
    pub revision: u64,
    pub language: Language,
}

/// The entries read so far, in words.
pub struct Shown {
    pub of: Of,
    entries: Vec<Entry>,
    pub older: Option<LogPosition>,
}

/// What is needed to put entries into words.
pub struct Reading<'a> {
    pub survey: &'a Survey,
    pub items: &'a Items,
    pub language: Language,
    pub this_device: &'a str,
    pub now: &'a jiff::ZonedDateTime,
}

impl Shown {
    pub fn new(of: Of) -> Self {
        Self {
            of,
            entries: Vec::new(),
            older: None,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes in the next older page.
    pub fn add(&mut self, page: HistoryPage, reading: &Reading<'_>) {
        let entries = page.entries.into_iter();
        self.entries
            .extend(entries.map(|entry| Entry::of(entry, reading)));
        self.older = page.older;
    }
}

/// Draws the history of `estate`.
#[must_use]
pub fn history_ui(
    ui: &mut Ui,
    state: &mut HistoryState,
    survey: &Survey,
    estate: &Estate,
    language: Language,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let back = language.text("history.back");
    let button = ui.button(format!("{} {back}", icons::ARROW_LEFT));
    let button = button.accessible_name(back);
    if std::mem::take(&mut state.takes_focus) {
        button.request_focus();
    }
    if button.clicked() {
        actions.push(Action::Do(Verb::History));
    }
    let name = record_name(language, survey, estate);
    let heading = language.text_with("history.heading", &[("name", &name)]);
    ui.add(egui::Label::new(egui::RichText::new(heading).strong()).wrap());
    ui.separator();
    let Some(shown) = &state.shown else {
        return actions;
    };
    egui::ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| {
            if shown.entries.is_empty() {
                ui.add(egui::Label::new(language.text("history.none")).wrap());
            }
            for entry in &shown.entries {
                let outline = state.outline.as_ref();
                actions.extend(entry_ui(ui, entry, estate, outline, language));
                ui.separator();
            }
            if shown.older.is_some() {
                let older = Button::new(language.text("history.older"));
                if ui.add(older).clicked() {
                    actions.push(Action::OlderHistory);
                }
            }
        });
    actions
}

/// The newest entries in a few lines, without the way back.
pub fn recent_ui(ui: &mut Ui, shown: &Shown, most: usize, language: Language) {
    for entry in shown.entries.iter().take(most) {
        brief_ui(ui, entry, language);
    }
    let more = shown.entries.len().saturating_sub(most);
    if more > 0 {
        // A page holds only so many: what is older is not counted here.
        let key = match shown.older {
            Some(_) => "history.more_than",
            None => "history.more",
        };
        ui.weak(language.text_with(key, &[("count", &more)]));
    }
}

/// The way to the history, at the foot of the form.
#[must_use]
pub fn foot_ui(ui: &mut Ui, count: u32, language: Language) -> Option<Action> {
    ui.add_space(6.0);
    let name = language.text_with("history.foot", &[("count", &count)]);
    let button = ui.button(format!("{} {name}", icons::HISTORY));
    let clicked = button.accessible_name(name).clicked();
    clicked.then_some(Action::Do(Verb::History))
}
