//! The dialogs about photos: which to add, which folder to watch, what came of it, and one at
//! full size.

use super::DialogInput;
use super::paths::path_row;
use super::photo::{PhotoView, photo_ui};
use crate::jobs::photos::Destination;
use crate::model::EstateId;
use crate::ui::action::{Action, Browse, PhotoAction};
use crate::ui::icons;
use crate::ui::theme::LISTS_HEIGHT;
use crate::words::Language;
use crate::words::fields::record_name;
use egui::{Button, Label, ScrollArea, Ui};
use std::path::{Path, PathBuf};

/// A dialog about photos.
#[derive(Clone, Debug, PartialEq)]
pub enum PhotoDialog {
    Add {
        path: String,
        to: Destination,
    },
    Watch {
        path: String,
    },
    Look(PhotoView),
    /// What is wrong with files that were to be added.
    Problems {
        problems: Vec<String>,
    },
}

impl PhotoDialog {
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::Add { .. } => "photos.dialog.add.title",
            Self::Watch { .. } => "photos.dialog.watch.title",
            Self::Look(_) => "photos.dialog.look.title",
            Self::Problems { .. } => "photos.dialog.problems.title",
        }
    }

    pub(super) fn set_path(&mut self, text: String) {
        if let Self::Add { path, .. } | Self::Watch { path } = self {
            *path = text;
        }
    }

    /// What was typed and is no edit yet.
    pub fn typed_note(&mut self) -> Option<Action> {
        match self {
            Self::Look(view) => view.typed_note(),
            _ => None,
        }
    }
}

pub(super) fn photos_ui(
    ui: &mut Ui,
    dialog: &mut PhotoDialog,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    match dialog {
        PhotoDialog::Add { path, to } => add_ui(ui, path, *to, input),
        PhotoDialog::Watch { path } => watch_ui(ui, path, language),
        PhotoDialog::Look(view) => photo_ui(ui, view, input),
        PhotoDialog::Problems { problems } => {
            ScrollArea::vertical()
                .max_height(2.0 * LISTS_HEIGHT)
                .show(ui, |ui| {
                    for problem in problems.iter() {
                        ui.add(Label::new(problem.as_str()).wrap());
                    }
                });
            Vec::new()
        }
    }
}

fn add_ui(ui: &mut Ui, path: &mut String, to: Destination, input: &DialogInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.label(where_to(to, input));
    ui.label(language.text("photos.dialog.add.or_drop"));
    ui.add_space(8.0);
    let pick = language.text("photos.dialog.add.pick");
    let button = ui.button(format!("{} {pick}", icons::IMAGE));
    if button.accessible_name(pick).clicked() {
        actions.push(Action::Photo(PhotoAction::Browse { to }));
    }
    ui.add_space(8.0);
    ui.label(language.text("photos.dialog.add.or_folder"));
    let button = "photos.dialog.add.add";
    actions.extend(folder_ui(ui, path, button, language, |path| {
        let paths = vec![path.to_owned()];
        PhotoAction::Add { paths, to }
    }));
    actions
}

/// Which estate the photos will belong to.
fn where_to(to: Destination, input: &DialogInput<'_>) -> String {
    let language = input.language;
    let named = |key: &str, id: EstateId| {
        let survey = input.survey?;
        let name = record_name(language, survey, survey.estate(id)?);
        Some(language.text_with(key, &[("name", &name)]))
    };
    match to {
        Destination::Estate(id) => named("photos.dialog.add.to_estate", id),
        Destination::ByPosition {
            placeless: Some(id),
        } => named("photos.dialog.add.by_position_or_to_estate", id),
        Destination::ByPosition { placeless: None } => None,
    }
    .unwrap_or_else(|| language.text("photos.dialog.add.by_position").into_owned())
}

fn watch_ui(ui: &mut Ui, path: &mut String, language: Language) -> Vec<Action> {
    ui.label(language.text("photos.dialog.watch.help"));
    ui.add_space(8.0);
    let button = "photos.dialog.watch.watch";
    folder_ui(ui, path, button, language, |path| {
        PhotoAction::Watch(path.to_owned())
    })
}

/// A path box for a folder with a button that acts on it; Enter in the box does the same.
fn folder_ui(
    ui: &mut Ui,
    path: &mut String,
    button: &str,
    language: Language,
    act: impl FnOnce(&Path) -> PhotoAction,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let entered = path_row(ui, path, language, Browse::Folder, &mut actions);
    ui.add_space(8.0);
    let ready = !path.trim().is_empty();
    let clicked = ui
        .add_enabled(ready, Button::new(language.text(button)))
        .clicked();
    if ready && (clicked || entered) {
        let path = PathBuf::from(path.trim());
        actions.push(Action::Photo(act(&path)));
    }
    actions
}
