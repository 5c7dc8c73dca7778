//! Layers of others, as the user wants them.

use crate::reference;
use crate::reference::known::KnownDivisions;
use crate::ui::action::ReferenceAction;
use crate::ui::app::App;
use crate::ui::dialog::Dialog;
use crate::ui::notice::Tone;
use crate::ui::preferences::Switch;
use crate::ui::references::settings::ReferenceSetting;
use crate::words::reference as words;
use egui::Context;
use std::path::Path;
use std::sync::Arc;

/// A file of more layers than this is a database: each would be read and drawn at once.
const MOST_LAYERS: usize = 12;

impl App {
    pub(super) fn reference(&mut self, action: ReferenceAction, context: &Context) {
        let layers = &mut self.preferences.references;
        match action {
            ReferenceAction::Add(path) => self.add_reference(&path, context),
            ReferenceAction::Set(setting) => {
                let known = layers
                    .iter_mut()
                    .find(|layer| layer.is_same_layer(&setting));
                if let Some(layer) = known {
                    *layer = setting;
                }
            }
            ReferenceAction::Remove(setting) => {
                layers.retain(|layer| !layer.is_same_layer(&setting));
            }
            ReferenceAction::Retry => return self.references.retry(context),
        }
        self.prefer(context);
    }

    fn add_reference(&mut self, path: &Path, context: &Context) {
        // A relative path means another file after the next start.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        match reference::layers(&path) {
            Ok(names) => {
                // A file of one layer is known by its path alone.
                let names: Vec<_> = match names.len() {
                    0 | 1 => vec![None],
                    _ => names.into_iter().take(MOST_LAYERS).map(Some).collect(),
                };
                for name in names {
                    let layers = &mut self.preferences.references;
                    let color = layers.len();
                    let setting = ReferenceSetting::of(path.clone(), name, color);
                    match layers
                        .iter_mut()
                        .find(|layer| layer.is_same_layer(&setting))
                    {
                        Some(layer) => layer.shown = Switch::On,
                        None => layers.push(setting),
                    }
                }
                if let Some(Dialog::Basemaps(draft)) = &mut self.view.dialog {
                    draft.clear_reference_path();
                }
            }
            Err(error) => {
                let text = words::layer_error_text(self.language(), &error);
                self.say(Tone::Problem, text, context);
            }
        }
    }

    /// Takes in the layers that have been read since.
    pub(in crate::ui) fn receive_references(&mut self) {
        if self.references.receive() {
            self.take_divisions();
        }
    }

    /// From now on new boundaries get their codes from the map of divisions that is meant to give
    /// them.
    fn take_divisions(&mut self) {
        let layer = self.references.divisions();
        if let Some(session) = &mut self.session {
            session.set_divisions(Some(Arc::new(KnownDivisions { layer })));
        }
    }

    /// Reads the layers for the survey that is open now.
    pub(in crate::ui) fn apply_references(&mut self, context: &Context) {
        let county = self
            .session
            .as_ref()
            .map(|session| session.survey().settings().county_code.clone());
        let county = county.unwrap_or_default();
        self.references
            .apply(&self.preferences.references, &county, context);
        self.take_divisions();
    }
}
