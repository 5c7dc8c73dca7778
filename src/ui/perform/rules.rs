//! Which rules hold: the shipped ones, or the survey's own.

use crate::catalogue::{Catalogue, RulePack};
use crate::jobs::report::write_new;
use crate::ui::action::RulesAction;
use crate::ui::app::App;
use crate::ui::dialog::{Dialog, RulesDraft};
use crate::ui::notice::Tone;
use egui::Context;
use std::path::Path;
use std::sync::Arc;

/// A rule pack has some hundred lines; whatever is larger is no rule pack.
const MOST_BYTES: u64 = 4_000_000;

impl App {
    /// Takes over the rules that hold in the open survey.
    ///
    /// # Errors
    /// The sentence to show where its own rules cannot be read; the shipped ones hold then.
    pub(super) fn take_rules(&mut self) -> Result<(), String> {
        let settings = self
            .session
            .as_ref()
            .map(|session| session.survey().settings());
        let own = settings.and_then(|settings| settings.own_rules.as_ref());
        if own == self.own_rules.as_ref() {
            return Ok(());
        }
        let own = own.cloned();
        let catalogue = settings.map_or_else(|| Ok(Catalogue::shipped()), Catalogue::of);
        self.own_rules = own;
        match catalogue {
            Ok(catalogue) => {
                self.catalogue = Arc::new(catalogue);
                Ok(())
            }
            Err(error) => {
                self.catalogue = Arc::new(Catalogue::shipped());
                let reason = error.to_string();
                let language = self.language();
                Err(language.text_with("plan.rules_unreadable", &[("reason", &reason)]))
            }
        }
    }

    pub(super) fn show_rules(&mut self) {
        if let Some(session) = &self.session {
            let draft = RulesDraft::new(session.survey().settings());
            self.view.dialog = Some(Dialog::Rules(Box::new(draft)));
        }
    }

    pub(super) fn rules_file(&mut self, action: RulesAction, context: &Context) {
        let language = self.language();
        let (path, done, failed) = match &action {
            RulesAction::Read(path) => (path, "rules_editor.was_read", "rules_editor.not_read"),
            RulesAction::Write { path, .. } => {
                (path, "rules_editor.was_written", "rules_editor.not_written")
            }
        };
        let result = match &action {
            RulesAction::Read(path) => read(path).map(|pack| {
                if let Some(Dialog::Rules(draft)) = &mut self.view.dialog {
                    draft.take(pack);
                }
            }),
            RulesAction::Write { path, pack } => write(path, pack),
        };
        let shown = path.display();
        match result {
            Ok(()) => {
                let text = language.text_with(done, &[("path", &shown)]);
                self.say(Tone::Done, text, context);
            }
            Err(reason) => {
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("path", &shown), ("reason", &reason)];
                self.say(Tone::Problem, language.text_with(failed, &values), context);
            }
        }
    }
}

fn read(path: &Path) -> Result<serde_json::Value, String> {
    let told = |error: std::io::Error| error.to_string();
    let size = std::fs::metadata(path).map_err(told)?.len();
    if size > MOST_BYTES {
        return Err(format!("{size} > {MOST_BYTES} B"));
    }
    let text = std::fs::read_to_string(path).map_err(told)?;
    let pack = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| error.to_string())?;
    RulePack::from_json(&pack).map_err(|error| error.to_string())?;
    Ok(RulePack::whole(&pack))
}

/// Never over a file that is there.
fn write(path: &Path, pack: &serde_json::Value) -> Result<(), String> {
    let text = serde_json::to_string_pretty(pack).map_err(|error| error.to_string())?;
    write_new(path, text.as_bytes()).map_err(|error| error.to_string())
}
