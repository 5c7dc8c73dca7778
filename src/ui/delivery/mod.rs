//! 项目: from the plan of an estate to what was built, accepted and is managed.
//!
//! Left the projects, the timeline of a county's year and the assessment; right the page of the
//! project that was picked; the map between shows where.

mod assessment;
mod change;
mod drafts;
mod filters;
mod list;
mod listing;
mod page;
mod several;
mod slot;
mod timeline;
mod typed;

pub use change::ProjectChange;
pub use slot::Slot;
pub use typed::TypedProblem;

use super::action::Action;
use super::icons;
use super::theme::Palette;
use crate::catalogue::Catalogue;
use crate::jobs::evaluate::Evaluation;
use crate::model::{DocumentKind, EstateId, ProjectPart, Survey};
use crate::rules::checks::Gravity;
use crate::words::{Language, fields};
use egui::Ui;
use std::path::PathBuf;

pub struct DeliveryInput<'a> {
    pub survey: &'a Survey,
    /// Counts the changes of the survey.
    pub revision: u64,
    pub catalogue: &'a Catalogue,
    pub selection: &'a [EstateId],
    pub today: jiff::civil::Date,
    pub language: Language,
    pub evaluation: Option<&'a Evaluation>,
    /// Counts the evaluations.
    pub evaluations: u64,
    /// What the checks say of the one record selected, where it is about its project.
    pub findings: &'a [Said],
}

/// Something the checks found about a project, in words, and the part that it is corrected in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub gravity: Gravity,
    pub part: ProjectPart,
    pub text: String,
}

/// What is wanted of projects.
#[derive(Clone, Debug, PartialEq)]
pub enum ProjectAction {
    /// The same change of each; one edit.
    Change {
        estates: Vec<EstateId>,
        change: ProjectChange,
    },
    /// Reads a file for the archive, on the worker.
    ReadDocument {
        estate: EstateId,
        reason: ReadReason,
        path: PathBuf,
    },
}

/// Why the file of a document is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadReason {
    Add(DocumentKind),
    /// Whether it is still the file of this sum.
    Check {
        sha256: String,
    },
}

/// What is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Side {
    #[default]
    Projects,
    Timeline,
    Assessment,
}

#[derive(Default)]
pub struct DeliveryState {
    side: Side,
    listing: listing::Listing,
    filters: filters::Filters,
    list: list::ListState,
    timeline: timeline::TimelineState,
    assessment: assessment::AssessmentState,
    page: page::PageState,
    several: several::SeveralState,
}

impl DeliveryState {
    /// Opens a part of the page when it is next drawn.
    pub fn go_to(&mut self, part: Option<ProjectPart>) {
        if let Some(part) = part {
            self.page.go_to(part);
        }
    }

    /// Whether a text is being typed that is no edit yet: Ctrl+Z is then the text box's.
    pub fn is_typing(&self) -> bool {
        self.page.drafts.is_typing()
    }

    /// Turns typed texts into changes where the page is not drawn any more. Texts that are no value
    /// stay.
    #[must_use]
    pub fn commit_typed(&mut self, survey: &Survey) -> Vec<(EstateId, ProjectChange)> {
        self.commit_left_behind(None, survey)
    }

    fn commit_left_behind(
        &mut self,
        shown: Option<EstateId>,
        survey: &Survey,
    ) -> Vec<(EstateId, ProjectChange)> {
        let drafts = &mut self.page.drafts;
        let left = drafts.left_behind(shown).into_iter();
        left.filter_map(|(estate, slot)| Some((estate, drafts.commit(estate, slot, survey)?)))
            .collect()
    }

    /// The survey did not take what was typed: it goes back into its box, with the reason.
    pub fn give_back(&mut self, estate: EstateId, slot: Slot, text: String, why: TypedProblem) {
        self.page.drafts.give_back(estate, slot, text, why);
    }

    /// Takes in what the file of a document is by now.
    pub fn take_checked(&mut self, estate: EstateId, wanted: String, found: &str) {
        self.page.take_checked(estate, wanted, found);
    }

    /// Another survey is open: nothing of the last one is left.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

/// The left side: projects, timeline, assessment.
#[must_use]
pub fn delivery_ui(
    ui: &mut Ui,
    state: &mut DeliveryState,
    input: &DeliveryInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    ui.heading(language.text("delivery.title"));
    state.listing.refresh(input);
    ui.horizontal_wrapped(|ui| {
        for (side, key) in [
            (Side::Projects, "delivery.list.page"),
            (Side::Timeline, "delivery.timeline.page"),
            (Side::Assessment, "delivery.assessment.page"),
        ] {
            ui.selectable_value(&mut state.side, side, language.text(key));
        }
    });
    ui.separator();
    match state.side {
        Side::Projects => {
            let (listing, filters) = (&mut state.listing, &mut state.filters);
            list::list_ui(ui, &mut state.list, listing, filters, input)
        }
        Side::Timeline => {
            let (listing, filters) = (&mut state.listing, &mut state.filters);
            timeline::timeline_ui(ui, &mut state.timeline, listing, filters, input)
        }
        Side::Assessment => assessment::assessment_ui(ui, &mut state.assessment, input),
    }
}

/// The right side: one project, or what several are given at once.
#[must_use]
pub fn project_ui(
    ui: &mut Ui,
    state: &mut DeliveryState,
    input: &DeliveryInput<'_>,
) -> Vec<Action> {
    ui.set_min_width(ui.available_width());
    let survey = input.survey;
    let single = match *input.selection {
        [one] => survey.estate(survey.root(one)),
        _ => None,
    };
    let left = state.commit_left_behind(single.map(|estate| estate.id), survey);
    let mut actions: Vec<Action> = left
        .into_iter()
        .map(|(estate, change)| page::change_action(estate, change))
        .collect();
    astray_ui(ui, input);
    match (single, input.selection) {
        (Some(estate), _) => actions.extend(page::page_ui(ui, &mut state.page, estate, input)),
        (None, []) => {
            let text = input.language.text("delivery.pick");
            ui.add(egui::Label::new(egui::RichText::new(text).weak()).wrap());
        }
        (None, _) => actions.extend(several::several_ui(ui, &mut state.several, input)),
    }
    actions
}

/// A project on a record that another one counts: what is shown is the other's, and what lies here
/// is not lost (`rules::projects`).
fn astray_ui(ui: &mut Ui, input: &DeliveryInput<'_>) {
    let [id] = *input.selection else { return };
    let survey = input.survey;
    let (Some(record), Some(project)) = (survey.estate(id), survey.project(id)) else {
        return;
    };
    if record.standing.is_counted() {
        return;
    }
    let language = input.language;
    let name = fields::record_name(language, survey, record);
    let (items, lines) = (project.content.len(), project.funding.len());
    let text = language.text_with(
        "delivery.astray",
        &[("name", &name), ("items", &items), ("lines", &lines)],
    );
    let color = Palette::of(ui.visuals()).caution;
    ui.add(
        egui::Label::new(egui::RichText::new(format!("{} {text}", icons::WARNING)).color(color))
            .wrap(),
    );
}
