//! Several files, one after the other.

use super::Read;
use super::done::Finished;
use crate::jobs::import::{ImportSettings, Mapping};
use crate::ui::preferences::Switch;
use crate::words::Language;
use egui::{Button, Ui};
use std::collections::VecDeque;
use std::path::PathBuf;

/// The files that wait, and those that are in the survey.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Queue {
    rest: VecDeque<PathBuf>,
    /// Files that were read so far, the one at hand included.
    read: usize,
    pub finished: Vec<Finished>,
    /// Whether files with the same headings get the same answers.
    same: Switch,
    answers: Option<Box<Answers>>,
}

/// What was answered for a file, and its headings.
#[derive(Clone, Debug, PartialEq)]
struct Answers {
    columns: Vec<String>,
    settings: ImportSettings,
}

impl Queue {
    pub fn add(&mut self, paths: Vec<PathBuf>) {
        self.rest.extend(paths);
    }

    /// A file that was typed in: the first, or one instead of that which could not be read.
    pub fn begin(&mut self) {
        self.read = self.read.max(self.finished.len() + 1);
    }

    pub fn next(&mut self) -> Option<PathBuf> {
        let next = self.rest.pop_front()?;
        self.read += 1;
        Some(next)
    }

    pub fn keep_answers(&mut self, read: &Read) {
        self.answers = match (self.same.is_on(), read.settings()) {
            (true, Some(settings)) => Some(Box::new(Answers {
                columns: read.columns(),
                settings,
            })),
            _ => None,
        };
    }

    /// Gives a file the answers of the one before, where its headings are the same. Whether it
    /// has all it needs.
    pub fn answer(&self, read: &mut Read) -> bool {
        let columns = read.columns();
        let Some(answers) = self.answers.as_ref().filter(|it| it.columns == columns) else {
            return false;
        };
        let ImportSettings {
            crs,
            role,
            kind,
            ref mapping,
            ..
        } = answers.settings;
        read.crs = read.preview.crs_named.or(Some(crs));
        read.role = role;
        read.kind = kind;
        read.mapping = Mapping::clone(mapping);
        true
    }
}

/// Which file this is, what follows, and whether it gets the same answers; whether this one is
/// left out.
pub(super) fn queue_ui(ui: &mut Ui, queue: &mut Queue, can_skip: bool, language: Language) -> bool {
    let all = queue.read + queue.rest.len();
    if all < 2 {
        return false;
    }
    let mut is_skipped = false;
    ui.horizontal_wrapped(|ui| {
        let text = language.text_with("lists.queue.at", &[("at", &queue.read), ("all", &all)]);
        ui.strong(text);
        if queue.finished.len() < queue.read {
            let button = Button::new(language.text("lists.queue.skip"));
            is_skipped = ui.add_enabled(can_skip, button).clicked();
        }
    });
    if !queue.rest.is_empty() {
        let names = queue.rest.iter().filter_map(|path| path.file_name());
        let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
        let text = language.text_with("lists.queue.then", &[("files", &language.listed(&names))]);
        ui.weak(text);
        let mut same = queue.same.is_on();
        ui.checkbox(&mut same, language.text("lists.queue.same"));
        queue.same = same.into();
    }
    is_skipped
}
