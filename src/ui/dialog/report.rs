//! Where a report on paper is to go: a file for one, a folder for several.

use super::paths::{path_row, with_ending};
use crate::jobs::report::{Target, Wanted};
use crate::ui::action::{Action, Browse, ReportRequest};
use crate::ui::files::FileKind;
use crate::words::Language;
use egui::{Button, Ui};
use std::path::PathBuf;

/// What is to be printed, and the path typed so far.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportDraft {
    pub wanted: Vec<Wanted>,
    pub path: String,
}

impl ReportDraft {
    pub(super) fn title(&self) -> &'static str {
        match self.wanted.as_slice() {
            [Wanted::County(_), ..] => "report.dialog.county",
            [_] => "report.dialog.sheet",
            _ => "report.dialog.sheets",
        }
    }

    /// The path with its ending, where it names a file.
    fn target(&self) -> Target {
        let path = self.path.trim();
        match self.wanted.len() {
            1 => Target::File(with_ending(path, "pdf")),
            _ => Target::Folder(PathBuf::from(path)),
        }
    }
}

pub(super) fn report_ui(ui: &mut Ui, draft: &mut ReportDraft, language: Language) -> Vec<Action> {
    let mut actions = Vec::new();
    let (help, browse) = match draft.wanted.len() {
        1 => ("report.dialog.help_file", Browse::Save(FileKind::Report)),
        _ => (folder_help(&draft.wanted), Browse::Folder),
    };
    ui.label(language.text_with(help, &[("count", &draft.wanted.len())]));
    ui.add_space(8.0);
    let entered = path_row(ui, &mut draft.path, language, browse, &mut actions);
    ui.add_space(8.0);
    let ready = !draft.path.trim().is_empty();
    let button = Button::new(language.text("report.dialog.make"));
    let clicked = ui.add_enabled(ready, button).clicked();
    if ready && (clicked || entered) {
        actions.push(Action::Report(Box::new(ReportRequest {
            wanted: draft.wanted.clone(),
            target: draft.target(),
        })));
    }
    actions
}

fn folder_help(wanted: &[Wanted]) -> &'static str {
    match wanted {
        [Wanted::County(_), ..] => "report.dialog.help_counties",
        _ => "report.dialog.help_folder",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EstateId;

    #[test]
    fn one_report_is_a_file_with_its_ending_and_several_are_a_folder() {
        let sheet = Wanted::Sheet(EstateId(uuid::Uuid::nil()));
        let target = |reports: usize, path: &str| {
            let wanted = vec![sheet.clone(); reports];
            let path = path.to_owned();
            ReportDraft { wanted, path }.target()
        };
        let file = |path: &str| Target::File(PathBuf::from(path));
        assert_eq!(target(1, " 洪都 "), file("洪都.pdf"));
        assert_eq!(target(1, "洪都.PDF"), file("洪都.PDF"));
        // A full stop in a name is no ending.
        assert_eq!(target(1, "洪都2.0版"), file("洪都2.0版.pdf"));
        assert_eq!(target(2, "表"), Target::Folder(PathBuf::from("表")));
    }
}
