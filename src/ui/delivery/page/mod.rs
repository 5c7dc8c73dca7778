//! The page of one project: stages on top, below them what belongs to each, in sections that
//! collapse.

mod acceptance;
mod archive;
mod content;
mod day;
mod evaluation;
mod funding;
mod issues;
mod item_picker;
mod management;
mod milestones;
mod parts;
mod plan;
mod stages;
mod start;
mod text;

use super::change::ProjectChange;
use super::drafts::Drafts;
use super::slot::{Lines, Slot};
use super::{DeliveryInput, ProjectAction};
use crate::model::{Estate, EstateId, FundingSource, Project, ProjectPart};
use crate::ui::action::Action;
use crate::words::Language;
use crate::words::planning::item_text;
use archive::Checked;
use egui::{CollapsingHeader, Id, RichText, ScrollArea, Ui};
use std::collections::BTreeMap;

/// What outlives a frame.
#[derive(Default)]
pub struct PageState {
    pub(super) drafts: Drafts,
    /// The part that the page is to open and bring into view.
    go_to: Option<ProjectPart>,
    picker: item_picker::PickerState,
    new_source: Option<FundingSource>,
    /// The funding line whose note was asked for.
    noted: Option<(EstateId, usize)>,
    calendar: day::CalendarState,
    /// What a second look at a document's file said, by the sum that the archive has.
    checked: BTreeMap<(EstateId, String), Checked>,
}

impl PageState {
    pub fn go_to(&mut self, part: ProjectPart) {
        self.go_to = Some(part);
    }

    pub fn take_checked(&mut self, estate: EstateId, wanted: String, found: &str) {
        let checked = match wanted == found {
            true => Checked::Same,
            false => Checked::Different,
        };
        self.checked.insert((estate, wanted), checked);
    }
}

/// One frame of the page.
pub(super) struct Page<'a> {
    input: &'a DeliveryInput<'a>,
    estate: &'a Estate,
    project: &'a Project,
    state: &'a mut PageState,
    /// The part to open and bring into view in this frame.
    wanted: Option<ProjectPart>,
    /// Texts that are done: they come before what was pressed in the same frame, because a line
    /// may be removed by it.
    typed: Vec<Action>,
    actions: Vec<Action>,
}

/// Draws the page of the project of one estate.
pub(super) fn page_ui(
    ui: &mut Ui,
    state: &mut PageState,
    estate: &Estate,
    input: &DeliveryInput<'_>,
) -> Vec<Action> {
    let nothing_yet;
    let project: &Project = match input.survey.project(estate.id) {
        Some(project) => project,
        None => {
            nothing_yet = Project::new(estate.id);
            &nothing_yet
        }
    };
    let mut page = Page {
        input,
        estate,
        project,
        wanted: state.go_to.take(),
        state,
        typed: Vec::new(),
        actions: Vec::new(),
    };
    // The page of another estate begins at its top.
    let scroll = ScrollArea::vertical().id_salt(estate.id);
    scroll.auto_shrink(false).show(ui, |ui| {
        // Each estate has boxes of its own, or the undo of a text box would bring back what was
        // typed for another.
        ui.push_id(estate.id, |ui| page.show(ui));
    });
    let mut actions = page.typed;
    actions.extend(page.actions);
    actions
}

impl Page<'_> {
    fn show(&mut self, ui: &mut Ui) {
        start::heading(ui, self);
        if self.project.is_empty() {
            start::nothing_yet(ui, self);
            return;
        }
        stages::strip(ui, self);
        plan::section(ui, self);
        content::section(ui, self);
        funding::section(ui, self);
        plan::units(ui, self);
        milestones::section(ui, self);
        acceptance::section(ui, self);
        issues::section(ui, self);
        evaluation::section(ui, self);
        management::section(ui, self);
        archive::section(ui, self);
        plan::note(ui, self);
    }

    fn language(&self) -> Language {
        self.input.language
    }

    fn change(&mut self, change: ProjectChange) {
        if let ProjectChange::Remove(lines, line) = change {
            self.remove_drafts(lines, line);
        }
        self.actions.push(change_action(self.estate.id, change));
    }

    fn remove_drafts(&mut self, lines: Lines, line: usize) {
        let drafts = &mut self.state.drafts;
        drafts.line_removed(self.estate.id, lines, line);
    }

    /// Makes a change of the text typed there.
    fn commit(&mut self, slot: Slot) {
        let (estate, survey) = (self.estate.id, self.input.survey);
        let change = self.state.drafts.commit(estate, slot, survey);
        let action = change.map(|change| change_action(estate, change));
        self.typed.extend(action);
    }

    /// What an item is called, with its code.
    fn item_name(&self, code: crate::model::ItemCode) -> String {
        item_text(self.language(), code, &self.input.catalogue.items)
    }

    /// A part of the page under a heading that folds it away. `told` is what the heading says of
    /// what is inside.
    fn section(
        &mut self,
        ui: &mut Ui,
        part: ProjectPart,
        (icon, key): (&str, &str),
        told: &str,
        add: impl FnOnce(&mut Ui, &mut Self),
    ) {
        let wanted = self.wanted == Some(part);
        let name = self.language().text(key);
        let title = match told {
            "" => format!("{icon} {name}"),
            told => format!("{icon} {name} · {told}"),
        };
        let header = CollapsingHeader::new(RichText::new(title).strong())
            .id_salt(key)
            .default_open(true)
            .open(wanted.then_some(true));
        let shown = header.show(ui, |ui| add(ui, self));
        if wanted {
            shown.header_response.scroll_to_me(Some(egui::Align::Min));
        }
    }
}

pub(super) fn change_action(estate: EstateId, change: ProjectChange) -> Action {
    let estates = vec![estate];
    Action::Project(Box::new(ProjectAction::Change { estates, change }))
}

/// The id of a typed place, for the keyboard to find.
fn slot_id(estate: EstateId, slot: Slot) -> Id {
    Id::unique(("project", estate, slot))
}
