//! Where the command line writes: results on standard output, progress and complaints on standard
//! error.

use super::interrupt::Stoppable;
use crate::catalogue::{Catalogue, RulePack};
use crate::model::Settings;
use crate::progress::Progress;
use crate::words::Language;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What a command found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exit 0.
    Fine,
    /// Findings that block: exit 1.
    Blocked,
}

/// Bad input or usage, in a sentence: exit 2.
#[derive(Debug)]
pub struct Failure(pub String);

pub struct Console {
    pub language: Language,
    pub catalogue: Arc<Catalogue>,
}

impl Console {
    /// The same console under the rules that hold in a survey: its own copy, where it has one.
    ///
    /// # Errors
    /// A sentence where this program cannot read them: to judge by others would mislead.
    pub fn under(&self, settings: &Settings) -> Result<Self, Failure> {
        let catalogue = match settings.own_rules {
            None => self.catalogue.clone(),
            Some(_) => Arc::new(Catalogue::of(settings).map_err(|error| {
                Failure(
                    self.language
                        .text_with("cli.rules_unreadable", &[("reason", &error)]),
                )
            })?),
        };
        Ok(Self {
            language: self.language,
            catalogue,
        })
    }

    /// A line of results. A reader that has gone away (`| head`) is no error.
    pub fn line(&self, text: &str) {
        let _ = writeln!(std::io::stdout().lock(), "{text}");
    }

    /// A line for a person watching, never part of the results.
    pub fn remark(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// A line of results from the locale files.
    pub fn say(&self, key: &str, values: &[(&str, &dyn std::fmt::Display)]) {
        self.line(&self.language.text_with(key, values));
    }

    pub fn json(&self, value: &serde_json::Value) {
        self.line(&value.to_string());
    }

    /// Runs a job that Ctrl-C stops, with a bar on standard error where that is a terminal.
    pub fn watch<R>(&self, title: &str, job: impl FnOnce(&Progress) -> R) -> R {
        let progress = Progress::default();
        let _stoppable = Stoppable::new(&progress);
        if !std::io::stderr().is_terminal() {
            return job(&progress);
        }
        let bar = indicatif::ProgressBar::new(100);
        bar.set_message(self.language.text(title).into_owned());
        if let Ok(style) = indicatif::ProgressStyle::with_template("{msg} {bar:30} {percent} %") {
            bar.set_style(style);
        }
        let finished = AtomicBool::new(false);
        let result = std::thread::scope(|scope| {
            let ticker = std::thread::Builder::new()
                .name("jiugai progress".to_owned())
                .spawn_scoped(scope, || {
                    while !finished.load(Ordering::Relaxed) {
                        let fraction = progress.fraction().unwrap_or(0.0);
                        bar.set_position((fraction * 100.0) as u64);
                        std::thread::sleep(Duration::from_millis(100));
                    }
                });
            let result = job(&progress);
            finished.store(true, Ordering::Relaxed);
            // Without a ticker there is no bar, and the job ran all the same.
            drop(ticker);
            result
        });
        bar.finish_and_clear();
        result
    }
}

/// What a result says of the rules that it was made with.
pub(super) fn rules_json(rules: &RulePack) -> serde_json::Value {
    serde_json::json!({ "id": rules.id, "version": rules.version, "document": rules.document })
}
