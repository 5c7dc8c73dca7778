//! Dialogs that ask for a file: a path box always, because a system may have no file dialog.

use super::DialogInput;
use crate::catalogue::Divisions;
use crate::model::CommunityCode;
use crate::ui::action::{Action, Browse};
use crate::ui::files::FileKind;
use crate::ui::icons;
use crate::words::Language;
use egui::{Button, Key, TextEdit, Ui};
use std::path::PathBuf;

pub(super) fn new_survey_ui(
    ui: &mut Ui,
    path: &mut String,
    county_code: &mut String,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.label(language.text("dialog.new_survey.help"));
    ui.add_space(8.0);
    let entered = path_row(
        ui,
        path,
        language,
        Browse::Save(FileKind::Survey),
        &mut actions,
    );
    ui.add_space(8.0);
    county_ui(ui, county_code, language);
    ui.add_space(12.0);
    let ready = !path.trim().is_empty();
    let button = Button::new(language.text("dialog.new_survey.create"));
    if (ui.add_enabled(ready, button).clicked() || entered) && ready {
        actions.push(Action::CreateSurvey {
            path: with_ending(path, SURVEY),
            county_code: county_code.clone(),
        });
    }
    actions
}

/// The county surveyed, from the shipped list.
fn county_ui(ui: &mut Ui, county_code: &mut String, language: Language) {
    let label = language.text("dialog.new_survey.county");
    ui.horizontal(|ui| {
        ui.set_min_height(crate::ui::theme::BOX_HEIGHT);
        ui.label(&*label);
        let chosen = match Divisions::shipped().name(county_code) {
            Some(name) => format!("{county_code} {name}"),
            None => language.text("dialog.new_survey.no_county").into_owned(),
        };
        let combo = egui::ComboBox::from_id_salt("county")
            .selected_text(chosen)
            .width(260.0)
            .height(400.0);
        let response = combo.show_ui(ui, |ui| {
            let none = language.text("dialog.new_survey.no_county");
            ui.selectable_value(county_code, String::new(), none);
            for county in Divisions::shipped().counties() {
                let text = format!("{} {}", county.code, county.name);
                ui.selectable_value(county_code, county.code.to_string(), text);
            }
        });
        response.response.accessible_name(label.as_ref());
    });
}

pub(super) fn open_survey_ui(
    ui: &mut Ui,
    path: &mut String,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let browse = Browse::Open(FileKind::Survey);
    let button = "dialog.open_survey.open";
    let mut actions = path_ui(ui, path, language, (browse, button), Action::OpenSurvey);
    if !input.preferences.recent.is_empty() {
        ui.add_space(8.0);
        ui.label(language.text("dialog.open_survey.recent"));
        for recent in &input.preferences.recent {
            if ui.link(recent.display().to_string()).clicked() {
                actions.push(Action::OpenSurvey(recent.clone()));
            }
        }
    }
    actions
}

pub(super) fn save_copy_ui(ui: &mut Ui, path: &mut String, language: Language) -> Vec<Action> {
    ui.label(language.text("dialog.save_copy.help"));
    let browse = Browse::Save(FileKind::Survey);
    let button = "dialog.save_copy.save";
    path_ui(ui, path, language, (browse, button), |path| {
        Action::SaveCopy(with_ending(&path.to_string_lossy(), SURVEY))
    })
}

pub(super) fn paper_ui(
    ui: &mut Ui,
    community: CommunityCode,
    path: &mut String,
    language: Language,
) -> Vec<Action> {
    ui.label(language.text("coverage.paper_help"));
    let browse = Browse::Open(FileKind::Paper);
    let button = "coverage.attach";
    path_ui(ui, path, language, (browse, button), |path| {
        Action::AttachPaper { community, path }
    })
}

/// A path box with a button that acts on the path; Enter in the box does the same.
pub(super) fn path_ui(
    ui: &mut Ui,
    path: &mut String,
    language: Language,
    (browse, button): (Browse, &str),
    act: impl FnOnce(PathBuf) -> Action,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let entered = path_row(ui, path, language, browse, &mut actions);
    ui.add_space(8.0);
    let ready = !path.trim().is_empty();
    let clicked = ui
        .add_enabled(ready, Button::new(language.text(button)))
        .clicked();
    if ready && (clicked || entered) {
        actions.push(act(PathBuf::from(path.trim())));
    }
    actions
}

/// The file that was typed, with its ending. A full stop in a name is no ending.
pub(super) fn with_ending(typed: &str, ending: &str) -> PathBuf {
    let typed = typed.trim();
    match typed.to_lowercase().ends_with(&format!(".{ending}")) {
        true => PathBuf::from(typed),
        false => PathBuf::from(format!("{typed}.{ending}")),
    }
}

/// How the name of a survey file ends.
const SURVEY: &str = "gpkg";

/// Room for the button beside the path box, in either language.
const BROWSE_WIDTH: f32 = 120.0;

/// A path box with a browse button; whether Enter was pressed in it.
pub(super) fn path_row(
    ui: &mut Ui,
    path: &mut String,
    language: Language,
    browse: Browse,
    actions: &mut Vec<Action>,
) -> bool {
    let label = language.text("dialog.path");
    let entered = named_path_row(ui, &label, path, language);
    if let PathRow::Browse = entered {
        actions.push(Action::Browse(browse));
    }
    matches!(entered, PathRow::Entered)
}

/// What was done in a path row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathRow {
    Nothing,
    /// Enter was pressed in the box.
    Entered,
    /// The system's dialog is wanted.
    Browse,
}

/// The same where a dialog asks for several files, each under a name of its own.
pub(super) fn named_path_row(
    ui: &mut Ui,
    label: &str,
    path: &mut String,
    language: Language,
) -> PathRow {
    let mut done = PathRow::Nothing;
    ui.horizontal(|ui| {
        ui.set_min_height(crate::ui::theme::BOX_HEIGHT);
        ui.label(label);
        let text = TextEdit::singleline(path)
            .hint_text(language.text("dialog.path_hint"))
            .desired_width(ui.available_width() - BROWSE_WIDTH);
        let response = ui.add(text);
        let response = response.accessible_name(label);
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            done = PathRow::Entered;
        }
        let name = language.text("dialog.browse");
        let button = ui.button(format!("{} {name}", icons::FOLDER_OPEN));
        if button.accessible_name(name).clicked() {
            done = PathRow::Browse;
        }
    });
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gets_its_ending_once() {
        for (typed, file) in [
            (" 台账 ", "台账.xlsx"),
            ("台账.XLSX", "台账.XLSX"),
            ("台账2.0版", "台账2.0版.xlsx"),
        ] {
            assert_eq!(with_ending(typed, "xlsx"), PathBuf::from(file));
        }
    }
}
