//! The two-minute form: one record (or several) and everything a survey asks about it.
//!
//! The form never writes. It reads the survey, keeps what is being typed in [`FormState`], and
//! returns actions; a finished field is one `SetField`, so it is one step of undo.

mod absorbed;
mod buildings;
mod chips;
mod choices;
mod division;
mod drafts;
mod facilities;
mod facility_about;
mod facility_cell;
mod facility_keys;
mod facility_presses;
mod name_suggestions;
mod onward;
mod photos;
mod row;
mod sections;
mod several;
mod standing;
mod summary;
mod text_field;
mod typed;
mod way;
mod willingness;

#[cfg(test)]
mod tests;

pub use drafts::Drafts;
pub use facilities::{facilities_have_focus, rest_intact};
pub use text_field::prepare_text;
pub use way::Entry;

use crate::catalogue::{Items, Recognition, must_haves, shared_values};
use crate::edit::Command;
use crate::model::{BuildingId, Estate, EstateId, Field, ProjectPart, Survey, Value};
use crate::rules::checks::{Finding, Gravity};
use crate::search::Index;
use crate::ui::action::Action;
use crate::ui::pictures::Pictures;
use crate::words::Language;
use crate::words::fields;
use crate::words::rules::problem_text;
use buildings::BuildingCells;
use drafts::DraftKey;
use egui::Ui;
use facilities::GridState;
use std::collections::BTreeSet;
use std::sync::Arc;
use summary::{Held, Summary};
use way::Way;

/// Something the checks found, told beside the field that it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldIssue {
    /// `None` concerns the record as a whole.
    pub field: Option<Field>,
    /// The part of the project that it is corrected in, where it is about the project.
    pub part: Option<ProjectPart>,
    pub gravity: Gravity,
    pub text: String,
}

impl FieldIssue {
    /// What the checks found about a record, in words.
    pub fn of<'a>(
        findings: impl Iterator<Item = &'a Finding>,
        survey: &Survey,
        items: &Items,
        language: Language,
    ) -> Vec<Self> {
        findings
            .map(|finding| Self {
                field: finding.field,
                part: finding.part,
                gravity: finding.gravity,
                text: problem_text(language, finding, survey, items),
            })
            .collect()
    }
}

/// What the form shows.
pub struct FormInput<'a> {
    pub survey: &'a Survey,
    pub items: &'a Items,
    /// With several records, only what can be set for all of them is shown.
    pub selection: &'a [EstateId],
    /// The building picked on the map or in the table.
    pub building: Option<BuildingId>,
    pub issues: &'a [FieldIssue],
    /// Where register rows are found for an estate that has no name yet.
    pub index: &'a Index,
    /// The estate tagged before this one: its values can be repeated.
    pub tagged_before: Option<&'a Estate>,
    /// By what the willingness of counted answers is judged.
    pub recognition: &'a Recognition,
    /// Counts up with every edit; what the form works out is kept until it changes.
    pub revision: u64,
    pub pictures: &'a Pictures,
    pub language: Language,
}

/// What outlives a frame: texts being typed, and what is folded away.
#[derive(Default)]
pub struct FormState {
    drafts: Drafts,
    go_to: Option<Field>,
    way: Way,
    summary: Summary,
    folded: BTreeSet<Section>,
    grid: GridState,
    absorbed: absorbed::Absorbed,
    photos: photos::PhotoStrip,
    naming: name_suggestions::Naming,
    buildings: BuildingCells,
}

/// A part of the form that folds away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Identity,
    Building,
    Facilities,
    Willingness,
    Exclusions,
    Remarks,
    Buildings,
    Photos,
    Imported,
}

impl FormState {
    /// Puts the cursor into `field` when the form is next drawn.
    pub fn go_to(&mut self, field: Field) {
        self.go_to = Some(field);
    }

    /// Lets the keyboard come in when the form is next drawn.
    pub fn enter(&mut self, entry: Entry) {
        self.way.enter(entry);
    }

    /// Whether the cursor is on its way into a field.
    pub fn is_called(&self) -> bool {
        self.go_to.is_some()
    }

    /// Whether a text is being typed that is no edit yet: Ctrl+Z is then the text field's.
    pub fn is_typing(&self) -> bool {
        self.drafts.is_typing() || self.buildings.is_typing()
    }

    /// The cells of the table of buildings.
    pub fn buildings(&mut self) -> &mut BuildingCells {
        &mut self.buildings
    }

    /// The texts being typed, for the survey file to keep them.
    pub fn drafts(&mut self) -> &mut Drafts {
        &mut self.drafts
    }

    /// Turns typed texts into commands where the form is not drawn any more: before the window
    /// closes, the workspace changes or the selection is dropped. Texts that are no value stay.
    #[must_use]
    pub fn commit_typed(&mut self, survey: &Survey) -> Vec<Action> {
        let mut actions = self.drafts.commit_all(survey);
        actions.extend(self.buildings.commit_all(survey));
        actions
    }
}

/// Draws the form and returns what the user did.
#[must_use]
pub fn form_ui(ui: &mut Ui, state: &mut FormState, input: FormInput<'_>) -> Vec<Action> {
    let selected = input.selection.iter();
    let estates: Vec<&Estate> = selected
        .filter_map(|id| input.survey.estate(*id).map(|estate| &**estate))
        .collect();
    let ids: Arc<[EstateId]> = estates.iter().map(|estate| estate.id).collect();
    let selection = egui::Id::unique(("form", &ids));
    let summary = &mut state.summary;
    summary.refresh(input.revision, selection, &estates, input.items);
    let wanted = state.go_to;
    let mut form = Form {
        actions: Vec::new(),
        open: summary.open().to_vec(),
        must_haves: must_haves(input.items),
        offered: offered(&estates, &input),
        state,
        ids,
        selection,
        estates: &estates,
        input: &input,
    };
    form.commit_texts_of_other_records();
    form.arrive(ui);
    match estates[..] {
        [] => {
            let text = input.language.text("form.nothing_selected");
            ui.add(egui::Label::new(egui::RichText::new(text).weak()).wrap());
            photos::photos_without_estate(ui, &mut form);
        }
        [estate] => one_record(ui, &mut form, estate),
        _ => several::several(ui, &mut form),
    }
    // A field that is not shown must not take the cursor when it comes to be.
    if form.state.go_to == wanted {
        form.state.go_to = None;
    }
    form.actions
}

/// The values that the one selected record could take over from the estate tagged before.
fn offered(estates: &[&Estate], input: &FormInput<'_>) -> Vec<(Field, Value)> {
    match (estates, input.tagged_before) {
        ([_], Some(before)) => shared_values(before),
        _ => Vec::new(),
    }
}

fn one_record(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    sections::heading(ui, form, estate);
    standing::notice(ui, form, estate);
    absorbed::hint(ui, form, estate);
    ui.add_enabled_ui(estate.standing.is_counted(), |ui| {
        sections::identity(ui, form);
        sections::building(ui, form);
        sections::facilities(ui, form);
        sections::willingness(ui, form, estate);
        sections::exclusions(ui, form);
        sections::remarks(ui, form);
        buildings::buildings(ui, form, estate);
    });
    photos::photos(ui, form, estate);
    sections::imported_columns(ui, form, estate);
    absorbed::absorbed_records(ui, form, estate);
    standing::removal(ui, form, estate);
}

/// One frame of the form.
struct Form<'a> {
    actions: Vec<Action>,
    state: &'a mut FormState,
    input: &'a FormInput<'a>,
    estates: &'a [&'a Estate],
    must_haves: Vec<Field>,
    /// The must-haves that a selected record lacks.
    open: Vec<Field>,
    /// What the estate tagged before has to give.
    offered: Vec<(Field, Value)>,
    ids: Arc<[EstateId]>,
    /// A key of these records, in this order.
    selection: egui::Id,
}

impl Form<'_> {
    fn language(&self) -> Language {
        self.input.language
    }

    fn label(&self, field: &Field) -> String {
        fields::label(self.language(), field, self.input.items)
    }

    fn held(&self, field: &Field) -> Held {
        self.state.summary.held(field)
    }

    fn set(&mut self, field: Field, value: Option<Value>) {
        if self.held(&field) == Held::Same(value.clone()) {
            return;
        }
        self.state.drafts.remove(&self.draft_key(&field));
        self.actions.push(Action::Edit(Command::SetField {
            estates: self.ids.to_vec(),
            field,
            value,
        }));
    }

    /// The value of `field` in the estate tagged before.
    fn offered(&self, field: &Field) -> Option<&Value> {
        let offered = self.offered.iter().find(|(one, _)| one == field);
        offered.map(|(_, value)| value)
    }

    /// The key of a field's widget. Each record has its own, or egui's undo inside a text field
    /// would bring back what was typed for another record.
    fn widget_id(&self, field: &Field) -> egui::Id {
        self.selection.with(field.key())
    }

    fn draft_key(&self, field: &Field) -> DraftKey {
        (self.ids.clone(), *field)
    }

    /// The selection moved on while a text was being typed: it belongs to the record it was
    /// typed for. Text that is no value waits there until the record is selected again.
    fn commit_texts_of_other_records(&mut self) {
        for key in self.state.drafts.left_behind(&self.ids) {
            let committed = self.state.drafts.commit(&key, self.input.survey);
            self.actions.extend(committed);
        }
        let one = match *self.ids {
            [one] => Some(one),
            _ => None,
        };
        for cell in self.state.buildings.left_behind(one) {
            let committed = self.state.buildings.commit(cell, None, self.input.survey);
            self.actions.extend(committed);
        }
    }

    /// Whether the cursor is to go into `field`; true once.
    fn takes_cursor(&mut self, field: &Field) -> bool {
        let wanted = self.state.go_to == Some(*field);
        if wanted {
            self.state.go_to = None;
        }
        wanted
    }
}
