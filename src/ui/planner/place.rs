//! A person puts an estate into another batch: which, who answers for it, and why. What the rules
//! would not honour cannot be asked for, and the button says why.

use super::{PlannerInput, PlannerState};
use crate::edit::{Command, PlanCommand};
use crate::model::{Batch, EstateId};
use crate::rules::batches::may_place;
use crate::ui::action::Action;
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::words::fields::coded_label;
use crate::words::planning::placement_problem_text;
use egui::{Button, Grid, Label, RichText, TextEdit, Ui};

/// What is being filled in.
#[derive(Default)]
pub struct PlaceDraft {
    pub estate: Option<EstateId>,
    batch: Option<Batch>,
    by: String,
    reason: String,
}

impl PlaceDraft {
    pub fn open(&mut self, estate: EstateId, author: &str) {
        *self = Self {
            estate: Some(estate),
            batch: None,
            by: author.to_owned(),
            reason: String::new(),
        };
    }
}

/// The form, while it is open for `estate`.
pub fn place_ui(
    ui: &mut Ui,
    state: &mut PlannerState,
    input: &PlannerInput<'_>,
    estate: EstateId,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    let Some(ranking) = state
        .ranking
        .as_ref()
        .filter(|_| state.place.estate == Some(estate))
    else {
        return actions;
    };
    let (Some(row), Some(place)) = (ranking.planning.row(estate), ranking.place_of(estate)) else {
        return actions;
    };
    let (county_code, plan) = &ranking.plans[place.plan as usize];
    let draft = &mut state.place;
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.strong(language.text("planner.place_title"));
        ui.horizontal_wrapped(|ui| {
            for batch in [Batch::Implement, Batch::Planned, Batch::Reserve] {
                let text = coded_label(language, batch);
                if ui.radio(draft.batch == Some(batch), text).clicked() {
                    draft.batch = Some(batch);
                }
            }
        });
        let problem = draft
            .batch
            .and_then(|batch| may_place(&row.candidate, batch, plan).err());
        if let Some(problem) = problem {
            let palette = Palette::of(ui.visuals());
            let text = placement_problem_text(language, problem);
            let text = RichText::new(format!("{} {text}", icons::PROHIBIT)).color(palette.finding);
            ui.add(Label::new(text).wrap());
        }
        Grid::new("place").num_columns(2).show(ui, |ui| {
            for (key, text) in [
                ("planner.place_by", &mut draft.by),
                ("planner.place_reason", &mut draft.reason),
            ] {
                let name = language.text(key);
                ui.label(&*name);
                ui.add(TextEdit::singleline(text).desired_width(200.0))
                    .accessible_name(name);
                ui.end_row();
            }
        });
        let wanting = match draft.batch {
            None => Some("planner.place_needs_batch"),
            Some(_) if problem.is_some() => Some("planner.place_refused"),
            Some(_) if draft.by.trim().is_empty() => Some("plan.refusal.person_needed"),
            Some(_) if draft.reason.trim().is_empty() => Some("planner.place_needs_reason"),
            Some(_) => None,
        };
        ui.horizontal_wrapped(|ui| {
            let button = Button::new(language.text("planner.place_do"));
            let button = ui.add_enabled(wanting.is_none(), button);
            let why_not = wanting.map(|key| language.text(key)).unwrap_or_default();
            if button.on_disabled_hover_text(why_not).clicked() {
                actions.push(Action::Edit(Command::Plan(PlanCommand::Place {
                    estates: vec![estate],
                    year: ranking.key.year,
                    batch: draft.batch,
                    by: draft.by.clone(),
                    reason: draft.reason.clone(),
                })));
                draft.estate = None;
            }
            if row.candidate.placement.is_some()
                && ui.button(language.text("planner.place_undo")).clicked()
            {
                actions.push(Action::Edit(Command::Plan(PlanCommand::Place {
                    estates: vec![estate],
                    year: ranking.key.year,
                    batch: None,
                    by: String::new(),
                    reason: String::new(),
                })));
                draft.estate = None;
            }
            if ui.button(language.text("planner.cancel")).clicked() {
                draft.estate = None;
            }
        });
        ui.weak(format!("{county_code} · {}", ranking.key.year));
    });
    actions
}
