//! The windows over the map. None blocks the rest; each is plain data and gives actions.

mod about;
mod aliases;
mod basemaps;
mod document;
mod export;
mod import;
mod keys;
mod ledger;
mod palette;
mod paths;
mod photo;
mod photos;
mod presets;
mod rebind;
mod rejects;
mod report;
mod rules;
mod settings;
mod systems;
mod withdraw;

pub use aliases::AliasesDraft;
pub use basemaps::{BasemapsDraft, PackAreas};
pub use document::DocumentDraft;
pub use export::{Counted, ExportDraft};
pub use import::{AfterImport, ImportDraft};
pub use ledger::LedgerDraft;
pub use palette::PaletteDraft;
pub use photo::PhotoView;
pub use photos::PhotoDialog;
pub use presets::PresetsDraft;
pub use rejects::RejectsDraft;
pub use report::ReportDraft;
pub use rules::RulesDraft;
pub use settings::SettingsDraft;

use super::action::Action;
use super::availability::Reason;
use super::basemap::Basemap;
use super::pictures::Pictures;
use super::preferences::{Preferences, Switch};
use super::references::References;
use super::verb::Verb;
use crate::catalogue::Catalogue;
use crate::model::{CommunityCode, EstateId, ListId, Preset, Survey};
use crate::words::Language;
use egui::{Align2, Pos2, Rect, Ui, vec2};

/// The open dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    NewSurvey {
        path: String,
        county_code: String,
    },
    OpenSurvey {
        path: String,
    },
    SaveCopy {
        path: String,
    },
    Basemaps(Box<BasemapsDraft>),
    Import(Box<ImportDraft>),
    Rejects(RejectsDraft),
    Export(Box<ExportDraft>),
    /// Why a record is taken out of the count.
    Withdraw {
        estate: EstateId,
        name: String,
        reason: String,
    },
    /// Why an unreadable row is left out.
    SetAsideRow {
        list: ListId,
        row: u32,
        reason: String,
    },
    Presets(PresetsDraft),
    /// Spellings that mean one employer or one road.
    Aliases(AliasesDraft),
    /// The rules that hold in the survey.
    Rules(Box<RulesDraft>),
    Palette(PaletteDraft),
    Settings(SettingsDraft),
    Keys,
    About,
    Photos(PhotoDialog),
    Report(ReportDraft),
    /// Where the ledger goes.
    WriteLedger {
        path: String,
    },
    /// An edited ledger that comes back.
    TakeLedger(Box<LedgerDraft>),
    /// The signed paper of a community.
    Paper {
        community: CommunityCode,
        path: String,
    },
    /// A file for the archive of a project.
    Document(DocumentDraft),
}

/// What a dialog needs to know of the rest of the window.
pub struct DialogInput<'a> {
    pub language: Language,
    pub available: &'a dyn Fn(Verb) -> Result<(), Reason>,
    pub preferences: &'a Preferences,
    /// Who the system says is here.
    pub system_author: &'a str,
    pub catalogue: &'a Catalogue,
    pub survey: Option<&'a Survey>,
    pub pictures: &'a Pictures,
    pub basemap: &'a Basemap,
    pub references: &'a References,
    /// How the receiver does; `None` while it is off.
    pub my_position: Option<String>,
    /// What an offline pack could be of.
    pub pack_areas: &'a PackAreas,
    pub presets: &'a [Preset],
    /// The one record selected, if it is one.
    pub selected: Option<EstateId>,
}

impl Dialog {
    fn title(&self) -> &'static str {
        match self {
            Self::NewSurvey { .. } => "dialog.new_survey.title",
            Self::OpenSurvey { .. } => "dialog.open_survey.title",
            Self::SaveCopy { .. } => "dialog.save_copy.title",
            Self::Basemaps(_) => "layers.title",
            Self::Import(_) => "dialog.import.title",
            Self::Rejects(_) => "lists.rejects.title",
            Self::Export(_) => "export.dialog.title",
            Self::Withdraw { .. } => "dialog.withdraw.title",
            Self::SetAsideRow { .. } => "dialog.set_aside.title",
            Self::Presets(_) => "dialog.presets.title",
            Self::Aliases(_) => "dialog.aliases.title",
            Self::Rules(_) => "rules_editor.title",
            Self::Palette(_) => "dialog.palette.title",
            Self::Settings(_) => "settings.title",
            Self::Keys => "dialog.keys.title",
            Self::About => "dialog.about.title",
            Self::Photos(dialog) => dialog.title(),
            Self::Report(draft) => draft.title(),
            Self::WriteLedger { .. } => "returned.dialog.write_title",
            Self::TakeLedger(_) => "returned.dialog.take_title",
            Self::Paper { .. } => "coverage.paper_title",
            Self::Document(draft) => draft.title(),
        }
    }

    /// Takes the keys that the dialog waits for, before any other view sees them.
    pub fn capture_keys(&mut self, ui: &Ui) -> Captured {
        match self {
            Self::Settings(draft) => draft.rebinding.capture(ui),
            _ => Captured::Nothing,
        }
    }

    fn width(&self) -> f32 {
        match self {
            Self::Keys => super::theme::SHEET_WIDTH,
            _ => super::theme::DIALOG_WIDTH,
        }
    }

    fn pivot(&self) -> Align2 {
        match self {
            Self::Basemaps(_) | Self::Import(_) => Align2::RIGHT_TOP,
            _ => Align2::CENTER_CENTER,
        }
    }

    /// Where it stands at first: in the middle, or beside what it changes.
    fn place(&self, window: Rect) -> Pos2 {
        match self {
            Self::Basemaps(_) | Self::Import(_) => {
                window.right_top() + vec2(-8.0, super::theme::BARS_HEIGHT)
            }
            _ => window.center() - vec2(0.0, 40.0),
        }
    }

    /// The name of the file that is suggested already, where one is.
    pub fn file_name(&self) -> Option<String> {
        let path = match self {
            Self::Report(draft) => &draft.path,
            Self::WriteLedger { path } => path,
            Self::Rejects(draft) => &draft.out,
            Self::Export(draft) => &draft.target().display().to_string(),
            _ => return None,
        };
        let name = std::path::Path::new(path.trim()).file_name()?;
        Some(name.to_string_lossy().into_owned())
    }

    /// Puts a picked path into the dialog's path box.
    pub fn set_path(&mut self, picked: &std::path::Path) {
        let text = picked.display().to_string();
        match self {
            Self::NewSurvey { path, .. }
            | Self::OpenSurvey { path }
            | Self::SaveCopy { path }
            | Self::WriteLedger { path }
            | Self::Paper { path, .. } => *path = text,
            Self::Basemaps(draft) => draft.set_path(text),
            Self::Import(draft) => draft.set_path(text),
            Self::Rejects(draft) => draft.set_path(text),
            Self::Export(draft) => draft.set_path(text),
            Self::Photos(dialog) => dialog.set_path(text),
            Self::Report(draft) => draft.path = text,
            Self::TakeLedger(draft) => draft.set_path(text),
            Self::Document(draft) => draft.set_path(text),
            Self::Rules(draft) => draft.set_path(text),
            Self::Withdraw { .. }
            | Self::SetAsideRow { .. }
            | Self::Presets(_)
            | Self::Aliases(_)
            | Self::Palette(_)
            | Self::Settings(_)
            | Self::Keys
            | Self::About => {}
        }
    }
}

/// A checkbox for what is on or off.
fn toggle(ui: &mut Ui, switch: &mut Switch, text: &str) -> egui::Response {
    let mut is_on = switch.is_on();
    let response = ui.checkbox(&mut is_on, text);
    *switch = is_on.into();
    response
}

/// Whether a dialog keeps the keyboard to itself in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Captured {
    Nothing,
    Keys,
}

/// Draws the open dialog.
#[must_use]
pub fn dialog_ui(ui: &Ui, dialog: &mut Dialog, input: &DialogInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut open = true;
    let title = input.language.text(dialog.title());
    // Each kind has a size of its own.
    let id = egui::Id::unique(("dialog", dialog.title()));
    egui::Window::new(title.as_ref())
        .id(id)
        .open(&mut open)
        .collapsible(false)
        .resizable([true, false])
        .default_width(dialog.width())
        .pivot(dialog.pivot())
        .default_pos(dialog.place(ui.ctx().content_rect()))
        .show(ui, |ui| {
            actions = match dialog {
                Dialog::NewSurvey { path, county_code } => {
                    paths::new_survey_ui(ui, path, county_code, input)
                }
                Dialog::OpenSurvey { path } => paths::open_survey_ui(ui, path, input),
                Dialog::SaveCopy { path } => paths::save_copy_ui(ui, path, input.language),
                Dialog::Basemaps(draft) => basemaps::basemaps_ui(ui, draft, input),
                Dialog::Import(draft) => import::import_ui(ui, draft, input),
                Dialog::Rejects(draft) => rejects::rejects_ui(ui, draft, input.language),
                Dialog::Export(draft) => export::export_ui(ui, draft, input),
                Dialog::Withdraw {
                    estate,
                    name,
                    reason,
                } => withdraw::withdraw_ui(ui, *estate, name, reason, input.language),
                Dialog::SetAsideRow { list, row, reason } => {
                    withdraw::set_aside_ui(ui, *list, *row, reason, input.language)
                }
                Dialog::Presets(draft) => presets::presets_ui(ui, draft, input),
                Dialog::Aliases(draft) => aliases::aliases_ui(ui, draft, input),
                Dialog::Rules(draft) => rules::rules_ui(ui, draft, input),
                Dialog::Palette(draft) => palette::palette_ui(ui, draft, input),
                Dialog::Settings(draft) => settings::settings_ui(ui, draft, input),
                Dialog::Keys => keys::keys_ui(ui, input),
                Dialog::About => about::about_ui(ui, input.language),
                Dialog::Photos(dialog) => photos::photos_ui(ui, dialog, input),
                Dialog::Report(draft) => report::report_ui(ui, draft, input.language),
                Dialog::WriteLedger { path } => ledger::write_ui(ui, path, input.language),
                Dialog::TakeLedger(draft) => ledger::take_ui(ui, draft, input),
                Dialog::Document(draft) => document::document_ui(ui, draft, input.language),
                Dialog::Paper { community, path } => {
                    paths::paper_ui(ui, *community, path, input.language)
                }
            };
        });
    // The title bar takes the keyboard, so it needs a name; egui gives it none.
    let title_bar = id.with("__title_click");
    ui.ctx().accesskit_node_builder(title_bar, |node| {
        node.set_role(egui::Role::TitleBar);
        node.set_label(title.as_ref());
    });
    if !open {
        actions.push(Action::CloseDialog);
    }
    actions
}
