//! The rules' pass over the survey for planning: started on a snapshot where somebody looks at what
//! comes of it, and taken in.

use crate::jobs::planning::{Planning, planning};
use crate::progress::Cancelled;
use crate::rules::score::Weights;
use crate::ui::action::Workspace;
use crate::ui::app::{App, Freshness};
use crate::ui::planner::Moment;
use crate::ui::preferences::Switch;
use crate::ui::report::Report;

impl App {
    /// Brings the ranking up to date, and asks the rules again where the survey has changed.
    pub(in crate::ui) fn keep_planning_fresh(&mut self) {
        let Some(session) = &self.session else { return };
        let is_here = self.view.workspace == Workspace::Plan;
        if !is_here && !self.preferences.look.theme.is_of_rules() {
            return;
        }
        let revision = session.revision();
        // The batches ask which pairs are open, so the evaluation goes first.
        let is_evaluated = self.freshness == Freshness::Fresh;
        let open_pairs = self.evaluation.as_ref().filter(|_| is_evaluated);
        if let Some(evaluation) = open_pairs
            && self.planner.wants_pass(revision)
            && self.worker.running().is_none()
        {
            let survey = session.survey().clone();
            let catalogue = self.catalogue.clone();
            let open_pairs = evaluation.open_pairs.clone();
            self.planner.begin_pass(revision);
            self.worker
                .run("job.plan", move |progress| Report::Planned {
                    revision,
                    planning: planning(&survey, &catalogue, &open_pairs, progress),
                });
        }
        let moment = Moment {
            revision,
            next_year: i32::from(super::year()) + 1,
        };
        let weights = Weights::of_pack(&self.catalogue.rules.score);
        // Elsewhere the map's theme waits for the rules, so that typing costs nothing.
        let follows = Switch::from(is_here);
        self.planner
            .update(session.survey(), moment, weights, follows);
    }

    pub(super) fn take_planning(&mut self, revision: u64, found: Result<Planning, Cancelled>) {
        self.planner.take(revision, found.ok());
    }
}
