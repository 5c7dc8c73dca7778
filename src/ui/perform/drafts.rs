//! Keeps what is being typed in the form beside the survey, so that neither closing the window nor
//! a crash loses it.

use crate::session::Session;
use crate::ui::action::Workspace;
use crate::ui::app::App;
use crate::ui::notice::Tone;
use crate::words::fields::{label, record_name};
use egui::Context;

/// Where the survey file keeps them.
const DRAFTS: &str = "form drafts";

/// The least time between two writings, in seconds: nobody types a word faster.
const EVERY_SECONDS: f64 = 1.0;

/// What the survey file holds of the drafts.
#[derive(Default)]
pub(in crate::ui) struct KeptDrafts {
    changes: u64,
    /// When it was written, in seconds of egui's clock.
    at: f64,
}

impl App {
    /// Writes the drafts down once a second while they change.
    pub(in crate::ui) fn keep_drafts(&mut self, context: &Context) {
        let changes = self.form.drafts().changes();
        if changes == self.kept_drafts.changes || self.session.is_none() {
            return;
        }
        let now = context.input(|input| input.time);
        let wait = self.kept_drafts.at + EVERY_SECONDS - now;
        // A clock that was set back, as egui's is for a new window, makes nobody wait.
        if (0.0..EVERY_SECONDS).contains(&wait) {
            context.request_repaint_after(std::time::Duration::from_secs_f64(wait));
            return;
        }
        self.kept_drafts = KeptDrafts { changes, at: now };
        let kept = self.form.drafts().to_kept();
        if let Some(session) = &mut self.session
            && let Err(error) = session.keep(DRAFTS, kept.as_deref())
        {
            self.say_error(&error, context);
        }
    }

    /// Leaves what is no value yet for the next opening.
    pub(super) fn leave_drafts(&mut self, session: &mut Session) {
        let kept = self.form.drafts().to_kept();
        // The window is going: there is nobody left to tell.
        let _ = session.keep(DRAFTS, kept.as_deref());
        self.kept_drafts = KeptDrafts::default();
    }

    /// Goes on with the text that was being typed when the survey was last closed.
    pub(super) fn resume_drafts(&mut self, context: &Context) {
        let Some(session) = &self.session else { return };
        let kept = match session.kept(DRAFTS) {
            Ok(kept) => kept,
            Err(error) => {
                self.say_error(&error, context);
                return;
            }
        };
        let survey = session.survey().clone();
        let drafts = self.form.drafts();
        let Some((estates, field)) = kept.and_then(|kept| drafts.take_up(&kept, &survey)) else {
            return;
        };
        let language = self.language();
        let name = match survey.estate(estates[0]) {
            Some(estate) if estates.len() == 1 => record_name(language, &survey, estate),
            _ => language.text_with("form.several", &[("count", &estates.len())]),
        };
        let field_name = label(language, &field, &self.catalogue.items);
        let text = language.text_with(
            "tagging.resumed",
            &[("field", &field_name), ("name", &name)],
        );
        // Not through `go`, which would make an edit of the text.
        self.view.workspace = Workspace::Survey;
        self.view.selection = estates.to_vec();
        self.form.go_to(field);
        self.say(Tone::Done, text, context);
    }
}
