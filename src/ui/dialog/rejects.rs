//! Where the rows of a list that gave no record are to go, to be mended.

use super::paths::{PathRow, named_path_row};
use crate::model::{ImportList, ListId};
use crate::ui::action::{Action, Browse, RejectsRequest};
use crate::ui::files::FileKind;
use crate::words::Language;
use egui::{Button, Ui};
use std::path::PathBuf;

/// The list, its file and the new one as typed so far.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectsDraft {
    list: ListId,
    list_name: String,
    source: String,
    pub(super) out: String,
    /// Which path the system's dialog was asked for.
    browsed: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Source,
    Out,
}

impl RejectsDraft {
    /// `source` is where the list's file was last seen.
    pub fn new(list: &ImportList, source: Option<PathBuf>, language: Language) -> Self {
        let suggested = |source: &PathBuf| {
            let stem = source.file_stem().unwrap_or_default().to_string_lossy();
            let name = language.text_with("lists.rejects.file_name", &[("stem", &stem)]);
            source.with_file_name(name)
        };
        let text = |path: &PathBuf| path.display().to_string();
        Self {
            list: list.id,
            list_name: list.file_name.clone(),
            out: source
                .as_ref()
                .map(suggested)
                .as_ref()
                .map(text)
                .unwrap_or_default(),
            source: source.as_ref().map(text).unwrap_or_default(),
            browsed: Side::Out,
        }
    }

    pub(super) fn set_path(&mut self, path: String) {
        match self.browsed {
            Side::Source => self.source = path,
            Side::Out => self.out = path,
        }
    }
}

pub(super) fn rejects_ui(ui: &mut Ui, draft: &mut RejectsDraft, language: Language) -> Vec<Action> {
    let mut actions = Vec::new();
    let list: (&str, &dyn std::fmt::Display) = ("list", &draft.list_name);
    ui.label(language.text_with("lists.rejects.help", &[list]));
    ui.add_space(8.0);
    let mut entered = false;
    for side in [Side::Source, Side::Out] {
        let (key, path, browse) = match side {
            Side::Source => (
                "lists.rejects.source",
                &mut draft.source,
                Browse::Open(FileKind::Source),
            ),
            Side::Out => (
                "lists.rejects.out",
                &mut draft.out,
                Browse::Save(FileKind::Rejects),
            ),
        };
        match named_path_row(ui, &language.text(key), path, language) {
            PathRow::Nothing => {}
            PathRow::Entered => entered = true,
            PathRow::Browse => {
                draft.browsed = side;
                actions.push(Action::Browse(browse));
            }
        }
    }
    ui.add_space(8.0);
    let (source, out) = (draft.source.trim(), draft.out.trim());
    // The list itself stays as it is.
    let ready = !source.is_empty() && !out.is_empty() && source != out;
    let button = Button::new(language.text("lists.rejects.write"));
    let clicked = ui.add_enabled(ready, button).clicked();
    if ready && (clicked || entered) {
        actions.push(Action::SaveRejects(Box::new(RejectsRequest {
            list: draft.list,
            source: PathBuf::from(source),
            out: PathBuf::from(out),
        })));
    }
    actions
}
