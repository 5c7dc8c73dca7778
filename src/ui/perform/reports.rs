//! Jobs: starting them on a snapshot, and taking in what they report.

use super::lists::fitting;
use crate::dedupe::Index;
use crate::edit::Command;
use crate::jobs::evaluate::{Evaluation, evaluate_with, stage_release};
use crate::jobs::import::{self, Candidate, ImportError, Imported};
use crate::jobs::release::{Release, ReleaseError, ReleaseMode, ReleaseSettings, Staged};
use crate::jobs::review_queue::{ReviewQueue, review_queue};
use crate::model::EstateId;
use crate::rules::coverage::Coverage;
use crate::ui::action::{ImportRequest, ReadAs, Workspace};
use crate::ui::app::{App, Freshness};
use crate::ui::dialog::Dialog;
use crate::ui::notice::Tone;
use crate::ui::report::{LookedAt, Report};
use crate::words::{import as import_words, release as release_words};
use egui::Context;
use std::collections::BTreeSet;
use std::path::PathBuf;

impl App {
    pub(super) fn preview_source(&mut self, path: PathBuf, layer: Option<String>) {
        let catalogue = self.catalogue.clone();
        let folder = self.templates_folder();
        self.worker.run("job.preview", move |_| {
            let preview = import::preview_layer(&path, layer.as_deref(), &catalogue);
            let templates = fitting(folder.as_deref(), &preview, &catalogue.items);
            Report::Previewed {
                path,
                preview,
                templates,
            }
        });
    }

    pub(super) fn compare_systems(&mut self, read: ReadAs) {
        let Some(session) = &self.session else { return };
        let county = session.survey().settings().county_code.clone();
        let catalogue = self.catalogue.clone();
        self.worker.run("job.compare", move |_| {
            let county = Some(county.as_str()).filter(|code| !code.is_empty());
            let ReadAs {
                path,
                layer,
                mapping,
                role,
            } = read;
            let layer = layer.as_deref();
            let ways = import::candidates(&path, layer, &mapping, role, county, &catalogue);
            Report::Compared(ways)
        });
    }

    fn take_ways(&mut self, ways: Vec<Candidate>) {
        if let Some(Dialog::Import(draft)) = &mut self.view.dialog {
            draft.set_ways(ways);
            self.map.show_positions(draft.trial_places());
        }
    }

    pub(super) fn import(&mut self, request: ImportRequest) {
        let Some(session) = &self.session else { return };
        let survey = session.survey().clone();
        let catalogue = self.catalogue.clone();
        let now = now();
        self.worker.run("job.import", move |progress| {
            let ImportRequest { path, settings } = request;
            let imported = import::import(&survey, &path, &settings, &catalogue, now, progress);
            Report::Imported { path, imported }
        });
    }

    pub(super) fn release_from_menu(&mut self, mode: ReleaseMode, context: &Context) {
        self.go(Workspace::Release, context);
        if let Some(session) = &self.session {
            let settings = self.release.settings(session.path(), mode, year());
            self.start_release(settings);
        }
    }

    pub(super) fn start_release(&mut self, mut settings: ReleaseSettings) {
        let Some(session) = &self.session else { return };
        let survey = session.survey().clone();
        settings.gaps = self.coverage.gap_summary(&survey);
        let catalogue = self.catalogue.clone();
        let as_of = session.as_of();
        self.worker.run("job.release", move |progress| {
            let staged = stage_release(&survey, &catalogue, &settings, as_of, progress);
            Report::Staged(Box::new(staged))
        });
    }

    /// Evaluates the survey again where it has changed and no other job is under way.
    pub(in crate::ui) fn keep_evaluation_fresh(&mut self) {
        let Some(session) = &self.session else { return };
        if self.freshness != Freshness::Stale || self.worker.running().is_some() {
            return;
        }
        let survey = session.survey().clone();
        let catalogue = self.catalogue.clone();
        let revision = session.revision();
        let gaps = self.coverage.gaps();
        self.freshness = Freshness::Working { revision };
        let known = self.duplicates.known();
        if known.is_none() {
            self.duplicates.begin_search();
        }
        self.worker.run("job.evaluate", move |progress| {
            let searched = match known {
                Some(known) => Ok((known, None)),
                None => Index::new(&survey, &catalogue.rules.dedupe, progress)
                    .map(|index| (index.search().candidates.clone(), Some(index))),
            };
            let evaluation = searched.map(|(candidates, duplicates)| {
                let evaluation = evaluate_with(candidates, &survey, &catalogue, today());
                Box::new(LookedAt {
                    queue: review_queue(&survey, &evaluation),
                    duplicates,
                    coverage: Coverage::of(&survey, &evaluation.judgements),
                    gaps: gaps.map(|gaps| {
                        let open = gaps.uncovered(&survey, &catalogue.rules.coverage);
                        (gaps, open)
                    }),
                    evaluation,
                })
            });
            Report::Evaluated {
                revision,
                evaluation,
            }
        });
    }

    pub(in crate::ui) fn take_in(&mut self, report: Report, context: &Context) {
        match report {
            Report::Previewed {
                path,
                preview,
                templates,
            } => self.take_preview(path, preview, templates, context),
            Report::Compared(Ok(ways)) => self.take_ways(ways),
            Report::Compared(Err(error)) => {
                self.take_ways(Vec::new());
                let text = import_words::import_error_text(self.language(), &error);
                self.say(Tone::Problem, text, context);
            }
            Report::Imported {
                path,
                imported: Ok(imported),
            } => self.take_import(path, imported, context),
            Report::Imported {
                imported: Err(ImportError::Cancelled(_)),
                ..
            }
            | Report::Evaluated {
                evaluation: Err(_), ..
            } => self.say_cancelled(context),
            Report::Imported {
                imported: Err(error),
                ..
            } => {
                let text = import_words::import_error_text(self.language(), &error);
                self.say(Tone::Problem, text, context);
            }
            Report::ComparedNewer { path, newer } => {
                self.take_compared_newer(&path, *newer, context);
            }
            Report::RejectsSaved { out, saved } => self.take_rejects(&out, saved, context),
            Report::Evaluated {
                revision,
                evaluation: Ok(looked_at),
            } => {
                self.coverage.take(looked_at.coverage);
                if let Some((gaps, open)) = looked_at.gaps {
                    self.coverage.take_open(&gaps, open);
                }
                self.take_duplicates(looked_at.duplicates);
                self.take_evaluation(revision, looked_at.evaluation, looked_at.queue);
            }
            Report::Planned { revision, planning } => self.take_planning(revision, planning),
            Report::Proposed { of, proposal } => self.take_proposal(*of, proposal, context),
            Report::Staged(staged) => self.take_staged(*staged, context),
            Report::ExportCounted { order, counted } => self.take_counted(&order, counted),
            Report::Exported(exported) => self.take_exported(*exported, context),
            Report::PhotosAdded(added) => self.take_added(added, context),
            Report::PhotosVerified(states) => self.take_verified(states, context),
            Report::Printed { target, written } => self.take_printed(target, written, context),
            Report::LedgerWritten { path, rows } => self.take_written_ledger(&path, rows, context),
            Report::LedgerCompared { path, returned } => {
                self.take_returned_ledger(&path, returned, context);
            }
            Report::GapsFound(gaps) => self.take_gaps(gaps, context),
            Report::PaperRead { community, paper } => self.take_paper(community, paper, context),
            Report::DocumentRead {
                estate,
                reason,
                paper,
            } => self.take_document(estate, reason, paper, context),
            Report::PicturesCopied(handover) => self.take_handover(handover, context),
        }
    }

    fn take_duplicates(&mut self, found: Option<Index>) {
        if let (Some(index), Some(session)) = (found, &self.session) {
            let limits = &self.catalogue.rules.dedupe;
            self.duplicates.take(index, session.survey(), limits);
        }
    }

    /// Brings the queue up to date with an edit at once; the checks follow on the worker.
    pub(super) fn follow_duplicates(&mut self, changed: BTreeSet<EstateId>) {
        let Some(session) = &self.session else { return };
        let survey = session.survey();
        let limits = &self.catalogue.rules.dedupe;
        if self.duplicates.follow(survey, changed, limits) {
            self.show_known_duplicates();
        }
    }

    fn show_known_duplicates(&mut self) {
        if let (Some(session), Some(evaluation)) = (&self.session, &mut self.evaluation)
            && let Some(known) = self.duplicates.known()
        {
            evaluation.take_candidates(session.survey(), known);
            self.review_queue = review_queue(session.survey(), evaluation);
        }
    }

    fn take_evaluation(&mut self, revision: u64, evaluation: Evaluation, queue: ReviewQueue) {
        let current = self.session.as_ref().map(|session| session.revision());
        self.freshness = match current == Some(revision) {
            true => Freshness::Fresh,
            false => Freshness::Stale,
        };
        self.estates_with_findings = evaluation
            .blocking()
            .filter_map(|finding| finding.estate)
            .collect();
        self.evaluation = Some(evaluation);
        self.review_queue = queue;
        if self.freshness == Freshness::Stale {
            self.show_known_duplicates();
        }
        self.evaluations += 1;
    }

    fn take_import(&mut self, path: PathBuf, imported: Imported, context: &Context) {
        let Some(session) = &mut self.session else {
            return;
        };
        let command = Command::Apply {
            label: imported.label,
            changes: imported.changes,
        };
        match session.run(command) {
            Ok(committed) => {
                let survey = session.survey().clone();
                let text = self.language().text_with(
                    "dialog.import.done",
                    &[
                        ("rows", &imported.list.rows_read),
                        (
                            "records",
                            &(imported.estates + imported.register_rows + imported.buildings),
                        ),
                        ("rejected", &imported.list.rejected.len()),
                        ("warnings", &imported.warnings.len()),
                    ],
                );
                let text = import_words::with_axes(self.language(), imported.axes, text);
                self.after_commit(&committed);
                self.view.list_files.insert(imported.list.id, path);
                self.map.show_survey(&survey);
                self.say(Tone::Done, text, context);
                self.after_list(imported.list, imported.warnings, context);
            }
            Err(error) => self.say_error(&error, context),
        }
    }

    /// Commits the numbers that a staged release gives, then puts it in place: a number that is
    /// published is always in the survey.
    fn take_staged(&mut self, staged: Result<Staged, ReleaseError>, context: &Context) {
        let released = staged.and_then(|staged| {
            let Some(session) = self.session.as_mut().filter(|_| !staged.changes.is_empty()) else {
                return staged.publish().map(Ok);
            };
            let command = Command::Apply {
                label: staged.label(),
                changes: staged.changes.clone(),
            };
            match session.run(command) {
                Ok(committed) => {
                    self.after_commit(&committed);
                    staged.publish().map(Ok)
                }
                Err(error) => Ok(Err(error)),
            }
        });
        match released {
            Ok(Ok(release)) => self.take_release(release, context),
            Ok(Err(error)) => self.say_error(&error, context),
            Err(ReleaseError::Cancelled(_)) => self.say_cancelled(context),
            Err(ReleaseError::Blocked(findings)) => {
                let text = self
                    .language()
                    .text_with("notice.blocked", &[("count", &findings.len())]);
                self.say(Tone::Problem, text, context);
            }
            Err(error) => {
                let text = release_words::release_error_text(self.language(), &error);
                self.say(Tone::Problem, text, context);
            }
        }
    }

    fn take_release(&mut self, release: Release, context: &Context) {
        let key = match release.manifest.draft {
            true => "notice.draft_released",
            false => "notice.released",
        };
        let text = self.language().text_with(
            key,
            &[
                ("estates", &release.manifest.counts.estates),
                ("path", &release.package.display()),
            ],
        );
        self.release.done(release);
        self.say(Tone::Done, text, context);
    }

    pub(super) fn say_cancelled(&mut self, context: &Context) {
        let text = self.language().text("notice.cancelled").into_owned();
        self.say(Tone::Done, text, context);
    }
}

/// The window is an edge: here jobs are given the time.
#[allow(clippy::disallowed_methods)]
pub(in crate::ui) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

pub(in crate::ui) fn year() -> i16 {
    today().year()
}

/// By the clock of this laptop.
pub(in crate::ui) fn today() -> jiff::civil::Date {
    now().to_zoned_datetime(jiff::tz::TimeZone::system()).date()
}
