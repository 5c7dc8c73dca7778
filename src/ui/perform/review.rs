//! Going through the queue of possible duplicates, and deciding.

use super::reports::now;
use crate::edit::{Command, Decide, Refusal, plan};
use crate::model::{Estate, Learning, Pair, Photo, Survey, Verdict};
use crate::ui::action::{Action, Workspace};
use crate::ui::app::App;
use crate::ui::history::{Of, Reading, Shown};
use crate::ui::notice::Tone;
use crate::ui::review::{Behind, FieldKey, Step, VERDICTS, field_rows, next_pair, step};
use crate::ui::verb::OfPair;
use crate::ui::view::joined;
use egui::Context;
use std::sync::Arc;

fn records(survey: &Survey, pair: Pair) -> Option<[&Arc<Estate>; 2]> {
    Some([survey.estate(pair.a())?, survey.estate(pair.b())?])
}

impl App {
    /// Lets decisions move what evidence weighs in this survey, or no longer.
    pub(super) fn learn_from_decisions(&mut self, context: &Context) {
        let Some(session) = &self.session else { return };
        let mut settings = session.survey().settings().clone();
        settings.learning = match settings.learning {
            Learning::PairsAlone => Learning::Decisions,
            Learning::Decisions => Learning::PairsAlone,
        };
        self.edit(Command::ChangeSettings(settings), context);
    }

    pub(super) fn of_pair(&mut self, verb: OfPair, context: &Context) {
        match verb {
            OfPair::Next => self.walk_pairs(Step::Next, context),
            OfPair::Previous => self.walk_pairs(Step::Previous, context),
            OfPair::Decide(verdict) => self.decide_pair(verdict, context),
            OfPair::KeepOther => {
                let (Some(session), Some(pair)) = (&self.session, self.view.pair) else {
                    return;
                };
                if let Some(records) = records(session.survey(), pair) {
                    self.review.look_at(pair);
                    self.review.keep_other(records);
                }
            }
            OfPair::OpenInForm => self.open_pair_in_form(context),
            OfPair::AcceptAlike => self.accept_alike(context),
            OfPair::Part => {
                let (Some(session), Some(pair)) = (&self.session, self.view.pair) else {
                    return;
                };
                if let Some(estate) = joined(session.survey(), pair) {
                    self.perform(Action::Edit(Command::Unmerge { estate }), context);
                }
            }
        }
    }

    fn decide_pair(&mut self, verdict: Verdict, context: &Context) {
        let (Some(session), Some(pair)) = (&self.session, self.view.pair) else {
            return;
        };
        let Some(records) = records(session.survey(), pair) else {
            return;
        };
        self.review.look_at(pair);
        let decide = self.review.decide(pair, verdict, records);
        self.perform(Action::Edit(Command::Decide(decide)), context);
    }

    /// To the record kept, at the field where the cursor is; Ctrl+2 leads back to the pair.
    fn open_pair_in_form(&mut self, context: &Context) {
        let (Some(session), Some(pair)) = (&self.session, self.view.pair) else {
            return;
        };
        let Some(records) = records(session.survey(), pair) else {
            return;
        };
        let estate = self.review.kept(records);
        match self.review.at {
            Some(field) => self.perform(Action::GoToField(estate, field), context),
            None => {
                self.go(Workspace::Survey, context);
                self.view.selection = vec![estate];
            }
        }
    }

    /// Moves the cursor among the fields that differ, or chooses the left or the right value.
    pub(super) fn pair_field(&mut self, key: FieldKey, context: &Context) {
        let (Some(session), Some(pair)) = (&self.session, self.view.pair) else {
            return;
        };
        let Some(records) = records(session.survey(), pair) else {
            return;
        };
        self.review.look_at(pair);
        let rows = field_rows(records.map(|estate| &**estate));
        let at = self.review.at.or_else(|| step(&rows, None, FieldKey::Down));
        let side = match key {
            FieldKey::Up | FieldKey::Down => {
                self.review.go_to(step(&rows, self.review.at, key));
                return;
            }
            FieldKey::Left => 0,
            FieldKey::Right => 1,
        };
        match at {
            Some(field) => {
                self.review.go_to(at);
                self.review.choose(field, records[side].id);
            }
            None => {
                let text = self.language().text("review.nothing_differs").into_owned();
                self.say(Tone::Done, text, context);
            }
        }
    }

    /// Reads photos and history of the pair under review, where they are not up to date.
    pub(in crate::ui) fn keep_pair_fresh(&mut self, context: &Context) {
        let (Some(session), Some(pair)) = (&self.session, self.view.pair) else {
            self.review.behind = None;
            return;
        };
        let (revision, language) = (session.revision(), self.preferences.language);
        let of = (pair, revision, language);
        let known = self.review.behind.as_ref().map(|behind| behind.of);
        if self.view.workspace != Workspace::Review || known == Some(of) {
            return;
        }
        let survey = session.survey();
        let sides = [pair.a(), pair.b()];
        let photos = sides.map(|id| {
            let mut photos: Vec<_> = survey.photos_of(id).cloned().collect();
            photos.sort_by(|a, b| Photo::by_time(a, b));
            photos
        });
        let mut problem = None;
        let history = sides.map(|estate| {
            let mut shown = Shown::new(Of {
                estate,
                revision,
                language,
            });
            match session.history_of(estate, None) {
                Ok(page) => {
                    let reading = Reading {
                        survey,
                        items: &self.catalogue.items,
                        language,
                        this_device: &self.system_author.device,
                        now: &now().to_zoned_datetime(jiff::tz::TimeZone::system()),
                    };
                    shown.add(page, &reading);
                }
                Err(error) => problem = Some(error),
            }
            shown
        });
        // What is joined is parted first, whatever the verdict: none of them is in the way.
        let verdicts = match joined(survey, pair) {
            Some(_) => &[][..],
            None => &VERDICTS,
        };
        let refused = verdicts.iter().filter_map(|(verdict, ..)| {
            let verdict = *verdict;
            let command = Command::Decide(Decide::new(pair, verdict));
            match plan(survey, command, &session.ambient()) {
                // Saying again what was said is no mistake.
                Ok(_) | Err(Refusal::NothingChanges) => None,
                Err(refusal) => Some((verdict, refusal)),
            }
        });
        self.review.behind = Some(Behind {
            of,
            photos,
            history,
            refused: refused.collect(),
        });
        if let Some(error) = problem {
            self.say_error(&error, context);
        }
        // Read after the frame was laid out: it is shown in the next.
        context.request_repaint();
    }

    fn walk_pairs(&mut self, step: Step, context: &Context) {
        self.go(Workspace::Review, context);
        if !self.step_pair(step) {
            let text = self.language().text("review.none").into_owned();
            self.say(Tone::Done, text, context);
        }
    }

    /// On to the pair that waits next; stays where none does.
    pub(super) fn next_pair(&mut self) {
        self.step_pair(Step::Next);
    }

    fn step_pair(&mut self, step: Step) -> bool {
        let Some(session) = &self.session else {
            return false;
        };
        let (queue, filter) = (&self.review_queue, self.review.filter);
        let next = next_pair(queue, session.survey(), filter, self.view.pair, step);
        if let Some(pair) = next {
            self.open_pair(pair);
        }
        next.is_some()
    }

    pub(super) fn open_pair(&mut self, pair: Pair) {
        self.view.pair = Some(pair);
        self.show_on_map(&[pair.a(), pair.b()]);
    }
}
