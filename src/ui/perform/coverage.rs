//! What belongs to completeness and takes a job.

use crate::edit::{Answer, Command, CoverageCommand};
use crate::jobs::paper::{self, PaperError};
use crate::model::{CommunityCode, Paper};
use crate::ui::app::App;
use crate::ui::dialog::Dialog;
use crate::ui::notice::Tone;
use crate::ui::report::Report;
use egui::Context;
use std::path::PathBuf;

impl App {
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
