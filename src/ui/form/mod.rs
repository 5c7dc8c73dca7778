//! The two-minute form: one record (or several) and everything a survey asks about it.
//!
//! The form never writes. It reads the survey, keeps what is being typed in [`FormState`], and
//! returns actions; a finished field is one `SetField`, so it is one step of undo.

mod chips;
mod choices;
mod division;
mod facilities;
mod facility_keys;
mod facility_presses;
mod photos;
mod row;
mod sections;
mod standing;
mod text_field;
mod typed;

#[cfg(test)]
mod tests;

pub use facilities::rest_intact;

use crate::catalogue::{Items, must_haves};
use crate::edit::Command;
use crate::model::{Estate, EstateId, Field, ItemCode, Survey, Value};
use crate::rules::checks::{Finding, Gravity};
use crate::ui::action::Action;
use crate::ui::pictures::Pictures;
use crate::words::Language;
use crate::words::fields;
use crate::words::rules::problem_text;
use egui::Ui;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use typed::TypedProblem;

/// Something the checks found, told beside the field that it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldIssue {
    /// `None` concerns the record as a whole.
    pub field: Option<Field>,
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
    pub issues: &'a [FieldIssue],
    /// Counts up with every edit; what the form works out is kept until it changes.
    pub revision: u64,
    pub pictures: &'a Pictures,
    pub language: Language,
}

/// What outlives a frame: texts being typed, and what is folded away.
#[derive(Default)]
pub struct FormState {
    drafts: BTreeMap<DraftKey, Draft>,
    go_to: Option<Field>,
    folded: BTreeSet<Section>,
    /// The facility group that is unfolded; one at a time, so that its keys are unambiguous.
    open_group: Option<char>,
    /// The facility cell that the keyboard is on.
    facility: Option<ItemCode>,
    /// A cell was clicked in the last frame: the keyboard follows.
    grid_clicked: bool,
    /// Keys pressed in the facility grid that wait for their frame.
    presses: VecDeque<(egui::Key, egui::Modifiers)>,
    absorbed: standing::Absorbed,
    photos: photos::PhotoStrip,
}

type DraftKey = (Vec<EstateId>, Field);

/// Text in a field that the survey does not hold yet.
struct Draft {
    text: String,
    /// Set once the text was to become a value and could not.
    problem: Option<TypedProblem>,
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
    Photos,
    Imported,
}

impl FormState {
    /// Puts the cursor into `field` when the form is next drawn.
    pub fn go_to(&mut self, field: Field) {
        self.go_to = Some(field);
    }

    /// Whether a text is being typed that is no edit yet: Ctrl+Z is then the text field's.
    pub fn is_typing(&self) -> bool {
        self.drafts.values().any(|draft| draft.problem.is_none())
    }

    /// Turns typed texts into commands where the form is not drawn any more: before the window
    /// closes, the workspace changes or the selection is dropped. Texts that are no value stay.
    #[must_use]
    pub fn commit_typed(&mut self, survey: &Survey) -> Vec<Action> {
        let keys: Vec<_> = self.drafts.keys().cloned().collect();
        keys.into_iter()
            .filter_map(|key| self.commit(&key, survey))
            .collect()
    }

    /// The command that a typed text means, where it changes anything. Text that is no value
    /// stays, with the reason.
    fn commit(&mut self, key: &DraftKey, survey: &Survey) -> Option<Action> {
        let (estates, field) = key;
        let draft = self.drafts.get_mut(key)?;
        match typed::parse(field, &draft.text) {
            Ok(value) => {
                self.drafts.remove(key);
                let mut held = estates.iter().filter_map(|id| survey.estate(*id));
                held.any(|estate| estate.get(field) != value).then(|| {
                    Action::Edit(Command::SetField {
                        estates: estates.clone(),
                        field: *field,
                        value,
                    })
                })
            }
            Err(problem) => {
                draft.problem = Some(problem);
                None
            }
        }
    }
}

/// Draws the form and returns what the user did.
#[must_use]
pub fn form_ui(ui: &mut Ui, state: &mut FormState, input: FormInput<'_>) -> Vec<Action> {
    let selected = input.selection.iter();
    let estates: Vec<&Estate> = selected
        .filter_map(|id| input.survey.estate(*id).map(|estate| &**estate))
        .collect();
    let mut form = Form {
        actions: Vec::new(),
        state,
        must_haves: must_haves(input.items),
        ids: estates.iter().map(|estate| estate.id).collect(),
        estates: &estates,
        input: &input,
    };
    form.commit_texts_of_other_records();
    match estates[..] {
        [] => {
            let text = input.language.text("form.nothing_selected");
            ui.add(egui::Label::new(egui::RichText::new(text).weak()).wrap());
            photos::photos_without_estate(ui, &mut form);
        }
        [estate] => one_record(ui, &mut form, estate),
        _ => sections::several(ui, &mut form, estates.len()),
    }
    form.state.go_to = None;
    form.actions
}

fn one_record(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    sections::heading(ui, form, estate);
    standing::notice(ui, form, estate);
    ui.add_enabled_ui(estate.standing.is_counted(), |ui| {
        sections::identity(ui, form);
        sections::building(ui, form, estate);
        sections::facilities(ui, form, estate);
        sections::willingness(ui, form, estate);
        sections::exclusions(ui, form, estate);
        sections::remarks(ui, form);
    });
    photos::photos(ui, form, estate);
    sections::imported_columns(ui, form, estate);
    standing::absorbed_records(ui, form, estate);
    standing::removal(ui, form, estate);
}

/// One frame of the form.
struct Form<'a> {
    actions: Vec<Action>,
    state: &'a mut FormState,
    input: &'a FormInput<'a>,
    estates: &'a [&'a Estate],
    must_haves: Vec<Field>,
    ids: Vec<EstateId>,
}

/// What the selected records hold in a field.
#[derive(Clone, Debug, PartialEq)]
enum Held {
    Same(Option<Value>),
    /// Several records, not all with the same value.
    Different,
}

impl Held {
    fn value(&self) -> Option<&Value> {
        match self {
            Self::Same(value) => value.as_ref(),
            Self::Different => None,
        }
    }
}

impl Form<'_> {
    fn language(&self) -> Language {
        self.input.language
    }

    fn label(&self, field: &Field) -> String {
        fields::label(self.language(), field, self.input.items)
    }

    fn held(&self, field: &Field) -> Held {
        let mut values = self.estates.iter().map(|estate| estate.get(field));
        let first = values.next().flatten();
        match values.all(|value| value == first) {
            true => Held::Same(first),
            false => Held::Different,
        }
    }

    fn set(&mut self, field: Field, value: Option<Value>) {
        if self.held(&field) == Held::Same(value.clone()) {
            return;
        }
        self.state.drafts.remove(&(self.ids.clone(), field));
        self.actions.push(Action::Edit(Command::SetField {
            estates: self.ids.clone(),
            field,
            value,
        }));
    }

    /// The key of a field's widget. Each record has its own, or egui's undo inside a text field
    /// would bring back what was typed for another record.
    fn widget_id(&self, field: &Field) -> egui::Id {
        egui::Id::unique(("form", &self.ids, field.key()))
    }

    fn draft_key(&self, field: &Field) -> DraftKey {
        (self.ids.clone(), *field)
    }

    /// The selection moved on while a text was being typed: it belongs to the record it was
    /// typed for. Text that is no value waits there until the record is selected again.
    fn commit_texts_of_other_records(&mut self) {
        let left: Vec<_> = self
            .state
            .drafts
            .iter()
            .filter(|((ids, _), draft)| *ids != self.ids && draft.problem.is_none())
            .map(|(key, _)| key.clone())
            .collect();
        for key in left {
            let committed = self.state.commit(&key, self.input.survey);
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
