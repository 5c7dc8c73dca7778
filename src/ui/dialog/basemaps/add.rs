//! Where more layers come from: what is shipped, and files.

use crate::basemap::{Source, TokenName, presets};
use crate::ui::action::{Action, BasemapAction, Browse};
use crate::ui::basemap::settings::Token;
use crate::ui::dialog::DialogInput;
use crate::ui::dialog::paths::path_row;
use crate::ui::files::FileKind;
use crate::ui::theme;
use crate::words::basemap as words;
use egui::{Button, TextEdit, Ui};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is typed on this page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddDraft {
    pub(super) path: String,
    /// Tokens as they are being typed.
    tokens: BTreeMap<TokenName, Token>,
}

pub(super) fn add_ui(ui: &mut Ui, draft: &mut AddDraft, input: &DialogInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.strong(language.text("layers.add.file"));
    ui.label(language.text("layers.add.file_help"));
    let browse = Browse::Open(FileKind::Tiles);
    let entered = path_row(ui, &mut draft.path, language, browse, &mut actions);
    ui.horizontal(|ui| {
        let ready = !draft.path.trim().is_empty();
        let button = Button::new(language.text("layers.add.open"));
        if (ui.add_enabled(ready, button).clicked() || entered) && ready {
            let path = PathBuf::from(draft.path.trim());
            actions.push(Action::Basemap(BasemapAction::AddFile(path)));
        }
        if ui.button(language.text("layers.add.folder")).clicked() {
            actions.push(Action::Browse(Browse::Folder));
        }
    });
    ui.separator();
    ui.strong(language.text("layers.add.presets"));
    egui::ScrollArea::vertical()
        .max_height(theme::LAYERS_HEIGHT)
        .show(ui, |ui| {
            for source in presets() {
                ui.push_id(&source.id.0, |ui| {
                    actions.extend(preset_ui(ui, source, draft, input));
                });
            }
        });
    actions
}

/// A source that is shipped, its terms, and its token where it asks for one.
fn preset_ui(
    ui: &mut Ui,
    source: &Source,
    draft: &mut AddDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let settings = &input.preferences.basemap;
    let name = words::source_name(language, source);
    let mut actions = Vec::new();
    ui.horizontal(|ui| {
        let is_in_use = settings
            .layers
            .iter()
            .any(|layer| layer.source == source.id);
        let label = language.text_with("layers.add.preset", &[("source", &name)]);
        let button = Button::new(language.text("layers.add.add"));
        let response = ui.add_enabled(!is_in_use, button).accessible_name(label);
        if response.clicked() {
            actions.push(Action::Basemap(BasemapAction::Add(Box::new(
                source.clone(),
            ))));
        }
        ui.label(&name);
    });
    if let Some(token) = &source.token {
        let typed = draft
            .tokens
            .entry(token.clone())
            .or_insert_with(|| settings.tokens.get(token).cloned().unwrap_or_default());
        ui.horizontal(|ui| {
            let label = language.text("layers.add.token");
            ui.label(&*label);
            let named = language.text_with("layers.add.token_of", &[("source", &name)]);
            let edit = TextEdit::singleline(&mut typed.0).password(true);
            let response = ui.add(edit).accessible_name(named);
            if response.lost_focus() {
                let action = BasemapAction::SetToken(token.clone(), typed.clone());
                actions.push(Action::Basemap(action));
            }
        });
    }
    if let Some(terms) = words::source_terms(language, source) {
        ui.add(egui::Label::new(egui::RichText::new(terms).small().weak()).wrap());
    }
    ui.add_space(4.0);
    actions
}
