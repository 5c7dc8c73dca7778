//! Changes of the boundaries selected, without a tool.

use crate::edit::{Command, Refusal, better_surveyed};
use crate::model::{EstateId, ShapeGesture};
use crate::session::SessionError;
use crate::ui::app::App;
use crate::ui::map::FIRST_TOLERANCE_M;
use crate::ui::notice::Tone;
use crate::ui::shapes::{self, Borders, Outcome};
use crate::ui::tool::Tool;
use crate::ui::verb::Shape;
use crate::words::fields::record_name;
use crate::words::shapes as shape_words;
use egui::Context;

impl App {
    pub(super) fn shape(&mut self, shape: Shape, context: &Context) {
        match shape {
            Shape::Square => self.square(context),
            Shape::Simplify => {
                let tolerance_m = FIRST_TOLERANCE_M;
                self.set_tool(Tool::Simplify { tolerance_m }, context);
            }
            Shape::Join => self.join(context),
            Shape::Repair => self.repair(context),
        }
    }

    fn square(&mut self, context: &Context) {
        let borders = match self.preferences.drawing.shared_borders.is_on() {
            true => Borders::Together,
            false => Borders::Apart,
        };
        let Some(session) = &self.session else { return };
        let outcome = shapes::square(session.survey(), &self.view.selection, borders);
        let language = self.language();
        let said = match outcome.done.len() {
            0 => language.text("shapes.square_already").into_owned(),
            done => language.text_with("shapes.squared", &[("estates", &done)]),
        };
        self.change_shapes(outcome, ShapeGesture::Square, said, context);
    }

    fn repair(&mut self, context: &Context) {
        let Some(session) = &self.session else { return };
        let outcome = shapes::repair(session.survey(), &self.view.selection);
        let said = shape_words::fixes_text(self.language(), &outcome.fixes);
        self.change_shapes(outcome, ShapeGesture::Repair, said, context);
    }

    /// Commits what became of the boundaries; says `said`, and of which nothing became and why.
    fn change_shapes(
        &mut self,
        outcome: Outcome,
        gesture: ShapeGesture,
        said: String,
        context: &Context,
    ) {
        let Some(session) = &self.session else { return };
        let survey = session.survey();
        let failed: Vec<_> = outcome
            .failed
            .iter()
            .filter_map(|(id, problem)| Some((survey.estate(*id)?, *problem)))
            .map(|(estate, problem)| (record_name(self.language(), survey, estate), problem))
            .collect();
        if !outcome.changed.is_empty() {
            let boundaries = outcome.changed.into_iter().collect();
            let command = Command::ReshapeMany {
                boundaries,
                gesture,
            };
            if let Err(error) = self.run(command) {
                return self.say_error(&error, context);
            }
        }
        if !outcome.done.is_empty() || failed.is_empty() {
            self.say(Tone::Done, said, context);
        }
        if let Some(text) = shape_words::failures_text(self.language(), &failed) {
            self.say(Tone::Problem, text, context);
        }
    }

    /// Makes one estate of the neighbours selected: the best surveyed goes on.
    fn join(&mut self, context: &Context) {
        let Some(session) = &self.session else { return };
        let before = session.survey().clone();
        let estates = self
            .view
            .selection
            .iter()
            .filter_map(|id| before.estate(*id));
        let best = estates.reduce(
            |best, other| match better_surveyed(best, other) == best.id {
                true => best,
                false => other,
            },
        );
        let Some(keep) = best.map(|estate| estate.id) else {
            return;
        };
        let selected = self.view.selection.iter().copied();
        let absorb: Vec<EstateId> = selected.filter(|id| *id != keep).collect();
        let command = Command::Join {
            keep,
            absorb: absorb.clone(),
        };
        match self.run(command) {
            Ok(()) => {
                self.view.selection = vec![keep];
                self.set_tool(Tool::Select, context);
                if let Some(session) = &self.session {
                    let joined = shape_words::Joined {
                        before: &before,
                        after: session.survey(),
                        keep,
                        absorbed: &absorb,
                    };
                    let text = joined.text(self.language(), &self.catalogue.items);
                    self.say(Tone::Done, text, context);
                }
            }
            Err(SessionError::Refused(Refusal::NothingChanges)) => {}
            Err(error) => self.say_error(&error, context),
        }
    }

    /// The keys of the zoom change the tolerance while fewer corners are shown.
    pub(super) fn changes_tolerance(&mut self, step: fn(f64) -> f64, context: &Context) -> bool {
        let Tool::Simplify { tolerance_m } = self.view.tool else {
            return false;
        };
        let tolerance_m = step(tolerance_m);
        self.set_tool(Tool::Simplify { tolerance_m }, context);
        true
    }
}
