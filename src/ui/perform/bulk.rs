//! Accepting all pairs of a class at once: a job works out what it does, one edit does it.

use super::reports::now;
use crate::edit::{Command, Decide, Proposal, propose};
use crate::jobs::review_queue::Class;
use crate::model::{Pair, Survey};
use crate::progress::Cancelled;
use crate::ui::action::{BulkAction, Workspace};
use crate::ui::app::App;
use crate::ui::notice::Tone;
use crate::ui::report::Report;
use crate::ui::review::{Bulk, ProposedFor, can_accept, waits};
use egui::Context;

impl App {
    pub(super) fn bulk(&mut self, action: BulkAction, context: &Context) {
        if let BulkAction::Open(class) = action {
            self.open_bulk(class, context);
            return;
        }
        let Some(bulk) = &mut self.review.bulk else {
            return;
        };
        match action {
            BulkAction::Open(_) => {}
            BulkAction::Close => self.review.bulk = None,
            BulkAction::Tick(pair) => {
                bulk.left_out.remove(&pair);
            }
            BulkAction::LeaveOut(pair) => {
                bulk.left_out.insert(pair);
            }
            BulkAction::TickAll => bulk.left_out.clear(),
            BulkAction::TickNone => bulk.left_out = bulk.pairs.iter().copied().collect(),
            BulkAction::Accept => self.accept_bulk(context),
        }
    }

    /// The class of the pair under review.
    pub(super) fn accept_alike(&mut self, context: &Context) {
        let candidate = self.view.pair.and_then(|pair| {
            let evaluation = self.evaluation.as_ref()?;
            evaluation.candidate(pair)
        });
        match candidate.map(Class::of) {
            Some(class) => self.open_bulk(class, context),
            None => self.say_key("reason.no_suggestion", context),
        }
    }

    fn open_bulk(&mut self, class: Class, context: &Context) {
        let Some(session) = &self.session else { return };
        if let Err(reason) = can_accept(class, &self.review.seen) {
            self.say_key(reason.key(), context);
            return;
        }
        let of_class = self.review_queue.of_class(class).map(|row| row.pair);
        let pairs = pairs_of(&of_class.collect::<Vec<_>>(), session.survey());
        self.review.bulk = Some(Bulk::new(class, pairs));
        self.go(Workspace::Review, context);
    }

    fn say_key(&mut self, key: &'static str, context: &Context) {
        let text = self.language().text(key).into_owned();
        self.say(Tone::Problem, text, context);
    }

    /// Has what the panel lists worked out again where ticks or the survey changed.
    pub(in crate::ui) fn keep_bulk_fresh(&mut self) {
        let (Some(session), Some(bulk)) = (&self.session, &mut self.review.bulk) else {
            return;
        };
        let revision = session.revision();
        bulk.pairs = pairs_of(&bulk.pairs, session.survey());
        let wanted = bulk.wanted(revision);
        if bulk.fresh(revision).is_some() || bulk.asked.as_ref() == Some(&wanted) {
            return;
        }
        bulk.asked = Some(wanted.clone());
        let survey = session.survey().clone();
        let ambient = session.ambient();
        self.worker.run("job.bulk", move |progress| {
            progress.begin(wanted.pairs.len() as u64);
            let verdict = wanted.class.suggestion;
            let decisions = wanted.pairs.iter().map(|pair| Decide::new(*pair, verdict));
            let at = |done: usize| progress.reach(done as u64);
            let proposal = propose(&survey, decisions.collect(), &ambient, at);
            Report::Proposed {
                of: Box::new(wanted),
                proposal,
            }
        });
    }

    pub(super) fn take_proposal(
        &mut self,
        of: ProposedFor,
        proposal: Result<Proposal, Cancelled>,
        context: &Context,
    ) {
        let Some(bulk) = self.review.bulk.as_mut() else {
            return;
        };
        match proposal {
            Ok(proposal) => bulk.proposal = Some((of, proposal)),
            Err(Cancelled) => {
                self.review.bulk = None;
                self.say_cancelled(context);
            }
        }
    }

    fn accept_bulk(&mut self, context: &Context) {
        let Some(session) = &self.session else { return };
        let revision = session.revision();
        let fresh = |bulk: &mut Bulk| bulk.fresh(revision).is_some();
        let Some(bulk) = self.review.bulk.take_if(fresh) else {
            return;
        };
        let Some((_, proposal)) = bulk.proposal else {
            return;
        };
        let (decided, refused) = (proposal.decided, proposal.refused());
        let label = proposal.label();
        let changes = proposal.changes_at(now());
        match self.run(Command::Apply { label, changes }) {
            Ok(()) => {
                let language = self.language();
                let key = match refused {
                    0 => "notice.pairs_decided",
                    _ => "notice.pairs_decided_but",
                };
                let counts: [(&str, &dyn std::fmt::Display); 2] =
                    [("count", &decided), ("refused", &refused)];
                self.say(Tone::Done, language.text_with(key, &counts), context);
                self.next_pair();
            }
            Err(error) => self.say_error(&error, context),
        }
    }
}

/// Those of `pairs` that still wait.
fn pairs_of(pairs: &[Pair], survey: &Survey) -> Vec<Pair> {
    let waiting = pairs.iter().copied();
    waiting.filter(|pair| waits(survey, *pair)).collect()
}
