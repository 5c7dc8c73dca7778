//! The presets of the survey: filling in from them, and changing them. Each change is an edit of
//! the survey's settings, so it is shared with the team and can be undone.

use crate::catalogue::shared_values;
use crate::edit::Command;
use crate::model::{FilledFrom, Preset};
use crate::ui::action::PresetAction;
use crate::ui::app::App;
use egui::Context;

impl App {
    pub(in crate::ui) fn presets(&self) -> &[Preset] {
        match &self.session {
            Some(session) => &session.survey().settings().presets,
            None => &[],
        }
    }

    pub(super) fn preset(&mut self, action: PresetAction, context: &Context) {
        let Some(session) = &self.session else { return };
        let mut settings = session.survey().settings().clone();
        let presets = &mut settings.presets;
        match action {
            PresetAction::Apply(index) => {
                if let Some(Preset { name, values }) = presets.get(index).cloned() {
                    self.view.dialog = None;
                    let values: Vec<_> = values.into_iter().collect();
                    self.fill_open(&values, FilledFrom::Preset { name }, context);
                }
                return;
            }
            PresetAction::Save { name } => {
                let selected = self.view.single();
                let Some(estate) = selected.and_then(|id| session.survey().estate(id)) else {
                    return;
                };
                let values = shared_values(estate).into_iter().collect();
                let saved = Preset { name, values };
                // Saving under a name that is there already replaces it.
                match presets.iter_mut().find(|preset| preset.name == saved.name) {
                    Some(preset) => *preset = saved,
                    None => presets.push(saved),
                }
            }
            PresetAction::Rename { index, name } => {
                if let Some(preset) = presets.get_mut(index) {
                    preset.name = name;
                }
            }
            PresetAction::Delete(index) => {
                if index < presets.len() {
                    presets.remove(index);
                }
            }
        }
        self.edit(Command::ChangeSettings(settings), context);
    }
}
