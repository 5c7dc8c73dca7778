//! Which file belongs into the archive of a project, or is held against it.

use super::paths::path_ui;
use crate::model::{Coded, DocumentKind, EstateId};
use crate::ui::action::{Action, Browse};
use crate::ui::delivery::{ProjectAction, ReadReason};
use crate::ui::files::FileKind;
use crate::words::{Language, fields};
use egui::{ComboBox, Ui};

#[derive(Clone, Debug, PartialEq)]
pub struct DocumentDraft {
    estate: EstateId,
    reason: ReadReason,
    /// The name that the archive has; empty for a new document.
    file: String,
    path: String,
}

impl DocumentDraft {
    pub fn add(estate: EstateId, kind: DocumentKind) -> Self {
        Self {
            estate,
            reason: ReadReason::Add(kind),
            file: String::new(),
            path: String::new(),
        }
    }

    /// `sha256` is what the archive has of `file`.
    pub fn check(estate: EstateId, file: String, sha256: String) -> Self {
        Self {
            estate,
            reason: ReadReason::Check { sha256 },
            file,
            path: String::new(),
        }
    }

    pub(super) fn title(&self) -> &'static str {
        match self.reason {
            ReadReason::Add(_) => "delivery.archive.add_title",
            ReadReason::Check { .. } => "delivery.archive.check_title",
        }
    }

    pub(super) fn set_path(&mut self, path: String) {
        self.path = path;
    }
}

pub(super) fn document_ui(
    ui: &mut Ui,
    draft: &mut DocumentDraft,
    language: Language,
) -> Vec<Action> {
    let button = match &mut draft.reason {
        ReadReason::Add(kind) => {
            ui.label(language.text("delivery.archive.add_help"));
            kind_ui(ui, kind, language);
            "delivery.archive.add_it"
        }
        ReadReason::Check { .. } => {
            let file = &draft.file;
            ui.label(language.text_with("delivery.archive.check_help", &[("file", file)]));
            "delivery.archive.check_it"
        }
    };
    let (estate, reason) = (draft.estate, draft.reason.clone());
    let browse = Browse::Open(FileKind::Paper);
    path_ui(ui, &mut draft.path, language, (browse, button), |path| {
        Action::Project(Box::new(ProjectAction::ReadDocument {
            estate,
            reason,
            path,
        }))
    })
}

fn kind_ui(ui: &mut Ui, kind: &mut DocumentKind, language: Language) {
    let name = language.text("delivery.archive.kind");
    ui.horizontal(|ui| {
        ui.set_min_height(crate::ui::theme::BOX_HEIGHT);
        ui.label(&*name);
        let combo = ComboBox::from_id_salt("document kind")
            .selected_text(fields::coded_label(language, *kind))
            .height(400.0);
        let response = combo.show_ui(ui, |ui| {
            for one in DocumentKind::ALL {
                let label = fields::coded_label(language, *one);
                ui.selectable_value(kind, *one, label);
            }
        });
        response.response.accessible_name(name.as_ref());
    });
}
