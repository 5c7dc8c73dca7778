//! Which rules hold: the shipped ones, or the survey's own.

use crate::catalogue::Catalogue;
use crate::ui::app::App;
use std::sync::Arc;

impl App {
    /// Takes over the rules that hold in the open survey.
    ///
    /// # Errors
    /// The sentence to show where its own rules cannot be read; the shipped ones hold then.
    pub(super) fn take_rules(&mut self) -> Result<(), String> {
        let own = |app: &Self| {
            let session = app.session.as_ref()?;
            session.survey().settings().own_rules.clone()
        };
        let own = own(self);
        if own == self.own_rules {
            return Ok(());
        }
        let settings = self
            .session
            .as_ref()
            .map(|session| session.survey().settings());
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
}
