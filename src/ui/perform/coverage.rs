//! What belongs to completeness and takes a job.

use crate::edit::{Answer, Command, CoverageCommand};
use crate::geodesy::grid;
use crate::jobs::gaps::{self, Gaps};
use crate::jobs::paper::{self, PaperError};
use crate::model::{CommunityCode, GridCell, Paper, SearchedPlace};
use crate::progress::Cancelled;
use crate::ui::action::CoverageAction;
use crate::ui::app::App;
use crate::ui::dialog::Dialog;
use crate::ui::map::{MOST_CELLS, enclosing};
use crate::ui::notice::Tone;
use crate::ui::report::Report;
use egui::Context;
use geo::BoundingRect;
use std::path::PathBuf;

impl App {
    pub(super) fn cover(&mut self, action: CoverageAction, context: &Context) {
        match action {
            CoverageAction::FindGaps(name) => self.find_gaps(name),
            CoverageAction::PickGap(index) => {
                let picked = self.coverage.pick_gap(index);
                if let Some(bounds) = picked.and_then(|gap| gap.outline.bounding_rect()) {
                    self.map.fit(bounds);
                }
            }
            CoverageAction::ToggleCell(cell) => self.toggle_cell(cell, context),
            CoverageAction::ToggleMiddle => {
                let cell = grid::cell_at(self.map.center(), self.cell_m());
                self.toggle_cell(cell, context);
            }
            CoverageAction::SearchView => self.search_view(context),
        }
    }

    fn cell_m(&self) -> u32 {
        self.catalogue.rules.coverage.cell_m
    }

    fn find_gaps(&mut self, name: String) {
        let Some(session) = &self.session else { return };
        let mut layers = self.references.with_polygons();
        let found = layers.find(|(called, _)| *called == name);
        let Some(layer) = found.map(|(_, layer)| layer.clone()) else {
            return;
        };
        let survey = session.survey().clone();
        let catalogue = self.catalogue.clone();
        self.worker.run("job.gaps", move |progress| {
            let features: Vec<_> = layer.polygons().collect();
            let limits = &catalogue.rules.coverage;
            Report::GapsFound(gaps::find(&survey, &name, &features, limits, progress))
        });
    }

    pub(super) fn take_gaps(&mut self, gaps: Result<Gaps, Cancelled>, context: &Context) {
        match gaps {
            Ok(gaps) => {
                let bounds = gaps
                    .gaps
                    .iter()
                    .filter_map(|gap| gap.outline.bounding_rect());
                if let Some(bounds) = bounds.reduce(enclosing) {
                    self.map.fit(bounds);
                }
                self.coverage.take_gaps(gaps);
            }
            Err(Cancelled) => self.say_cancelled(context),
        }
    }

    fn toggle_cell(&mut self, cell: GridCell, context: &Context) {
        let Some(session) = &self.session else { return };
        let place = SearchedPlace::Cell(cell);
        let id = place.id();
        let command = match session.survey().searched_at(id) {
            Some(_) => CoverageCommand::SearchAgain { places: vec![id] },
            None => CoverageCommand::Search {
                places: vec![(place, grid::middle(cell))],
                reason: self.coverage.cell_reason().to_owned(),
            },
        };
        self.edit(Command::Coverage(command), context);
    }

    fn search_view(&mut self, context: &Context) {
        let cells = grid::cells_in(self.map.bounds(), self.cell_m(), MOST_CELLS);
        if cells.is_empty() {
            let text = self.language().text("coverage.cells.too_many").into_owned();
            return self.say(Tone::Problem, text, context);
        }
        let places = cells
            .into_iter()
            .map(|cell| (SearchedPlace::Cell(cell), grid::middle(cell)));
        let command = CoverageCommand::Search {
            places: places.collect(),
            reason: self.coverage.cell_reason().to_owned(),
        };
        self.edit(Command::Coverage(command), context);
    }

    pub(super) fn read_paper(&mut self, community: CommunityCode, path: PathBuf) {
        self.worker
            .run("job.paper", move |progress| Report::PaperRead {
                community,
                paper: paper::read(&path, progress),
            });
    }

    pub(super) fn take_paper(
        &mut self,
        community: CommunityCode,
        paper: Result<Paper, PaperError>,
        context: &Context,
    ) {
        match paper {
            Ok(paper) => {
                let session = self.session.as_ref();
                let held = session.and_then(|session| session.survey().community(community));
                // Taken back while the file was read: there is nothing to put it to.
                let Some(held) = held else { return };
                let answer = Answer {
                    paper: Some(paper),
                    ..Answer::of(held)
                };
                let answers = vec![answer];
                let command = Command::Coverage(CoverageCommand::AnswerAll { answers });
                self.edit(command, context);
                if matches!(self.view.dialog, Some(Dialog::Paper { .. })) {
                    self.view.dialog = None;
                }
            }
            Err(PaperError::Cancelled(_)) => self.say_cancelled(context),
            Err(PaperError::Io(error)) => {
                let text = self
                    .language()
                    .text_with("coverage.paper_unread", &[("reason", &error)]);
                self.say(Tone::Problem, text, context);
            }
        }
    }
}
