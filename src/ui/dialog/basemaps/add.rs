//! Where more layers come from: what is shipped, and files.

use super::terms_ui;
use super::token::{TokenDrafts, token_ui};
use crate::basemap::address::Parsed;
use crate::basemap::{Source, presets};
use crate::ui::action::{Action, BasemapAction, Browse};
use crate::ui::dialog::DialogInput;
use crate::ui::dialog::paths::path_row;
use crate::ui::files::FileKind;
use crate::ui::{icons, theme};
use crate::words::basemap as words;
use egui::{Button, Ui};
use std::path::PathBuf;

/// What is typed on this page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddDraft {
    pub(super) path: String,
}

pub(super) fn add_ui(
    ui: &mut Ui,
    draft: &mut AddDraft,
    tokens: &mut TokenDrafts,
    input: &DialogInput<'_>,
) -> Vec<Action> {
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
        let settings = &input.preferences.basemap;
        let has_own = settings.sources.iter().any(Source::is_online);
        let share = Button::new(language.text("layers.add.share"));
        let share = ui.add_enabled(ready && has_own, share);
        let share = share.on_hover_text(language.text("layers.add.share_hint"));
        if share
            .on_disabled_hover_text(language.text("layers.add.share_needs"))
            .clicked()
        {
            let path = PathBuf::from(draft.path.trim());
            actions.push(Action::Basemap(BasemapAction::Share(path)));
        }
    });
    ui.separator();
    ui.strong(language.text("layers.add.presets"));
    egui::ScrollArea::vertical()
        .min_scrolled_height(theme::LAYERS_HEIGHT)
        .max_height(theme::LAYERS_HEIGHT)
        .show(ui, |ui| {
            for owned in presets().chunk_by(|a, b| a.owner() == b.owner()) {
                ui.push_id(owned[0].owner(), |ui| {
                    actions.extend(owner_ui(ui, owned, tokens, input));
                });
            }
        });
    actions
}

/// The sources of one owner that are shipped: its terms, its token where it asks for one, and a
/// button each.
fn owner_ui(
    ui: &mut Ui,
    owned: &[Source],
    tokens: &mut TokenDrafts,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let settings = &input.preferences.basemap;
    let mut actions = Vec::new();
    let owner = words::owner_name(language, &owned[0]);
    ui.separator();
    ui.horizontal(|ui| {
        ui.label(&owner);
        ui.weak(words::datum_name(language, owned[0].datum));
    });
    terms_ui(ui, &owned[0], language);
    if let Some(token) = &owned[0].token {
        actions.extend(token_ui(
            ui,
            tokens,
            token,
            &owner,
            &settings.tokens,
            language,
        ));
    }
    ui.horizontal_wrapped(|ui| {
        for source in owned {
            let name = words::source_name(language, source);
            let is_in_use = settings
                .layers
                .iter()
                .any(|layer| layer.source == source.id);
            let label = language.text_with("layers.add.preset", &[("source", &name)]);
            let button = Button::new(format!("{} {name}", icons::PLUS));
            if ui
                .add_enabled(!is_in_use, button)
                .accessible_name(label)
                .clicked()
            {
                let added = Parsed {
                    source: source.clone(),
                    token: None,
                };
                actions.push(Action::Basemap(BasemapAction::Add(Box::new(added))));
            }
        }
    });
    actions
}
