//! What the checks found, each a click away from its field; and the lists that were imported.

use super::action::{Action, Selection, Workspace};
use super::dialog::Dialog;
use super::icons;
use super::theme::Palette;
use crate::catalogue::Items;
use crate::jobs::evaluate::Evaluation;
use crate::model::Survey;
use crate::rules::checks::{Finding, Gravity};
use crate::words::{Language, import as import_words, rules as rules_words};
use egui::{Button, RichText, ScrollArea, Ui};

/// What the issues list needs.
pub struct IssuesInput<'a> {
    pub survey: &'a Survey,
    pub items: &'a Items,
    pub evaluation: Option<&'a Evaluation>,
    pub language: Language,
}

/// Which findings are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listed {
    #[default]
    Blocking,
    Warnings,
}

#[must_use]
pub fn issues_ui(ui: &mut Ui, listed: &mut Listed, input: &IssuesInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.heading(language.text("issues.heading"));
    let Some(evaluation) = input.evaluation else {
        ui.label(language.text("issues.working"));
        return actions;
    };
    let blocking = evaluation.blocking().len();
    let warnings = evaluation.with(Gravity::Warns).len();
    ui.horizontal_wrapped(|ui| {
        for (shown, key, count) in [
            (Listed::Blocking, "issues.blocks", blocking),
            (Listed::Warnings, "issues.warns", warnings),
        ] {
            let text = language.text_with(key, &[("count", &count)]);
            ui.selectable_value(listed, shown, text);
        }
    });
    ui.separator();
    let shown = evaluation.with(match listed {
        Listed::Blocking => Gravity::Blocks,
        Listed::Warnings => Gravity::Warns,
    });
    if shown.len() == 0 {
        ui.label(format!("{} {}", icons::CHECK, language.text("issues.none")));
    }
    let row_height = ui.spacing().interact_size.y;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, row_height, shown.len(), |ui, rows| {
            for finding in shown.skip(rows.start).take(rows.len()) {
                actions.extend(finding_row(ui, finding, input));
            }
        });
    actions
}

fn finding_row(ui: &mut Ui, finding: &Finding, input: &IssuesInput<'_>) -> Vec<Action> {
    let palette = Palette::of(ui.visuals());
    let (icon, color) = match finding.gravity {
        Gravity::Blocks => (icons::CLOSE_CIRCLE, palette.finding),
        Gravity::Warns => (icons::WARNING, palette.caution),
    };
    let sentence = rules_words::finding_text(input.language, finding, input.survey, input.items);
    let text = format!("{} {sentence}", finding.code.key());
    let mut clicked = false;
    ui.horizontal(|ui| {
        ui.set_height(ui.spacing().interact_size.y);
        ui.colored_label(color, icon);
        let button = Button::new(RichText::new(&text)).frame(false).truncate();
        clicked = ui.add(button).on_hover_text(&text).clicked();
    });
    if let (true, Some(estate), Some(part)) = (clicked, finding.estate, finding.part) {
        return vec![
            Action::ShowProject(estate, Some(part)),
            Action::ShowOnMap(estate),
        ];
    }
    match (clicked, finding.estate, finding.field) {
        (true, Some(estate), Some(field)) => vec![
            Action::Select(Selection::Only(estate)),
            Action::ShowOnMap(estate),
            Action::GoToField(estate, field),
        ],
        (true, Some(estate), None) => vec![
            Action::Select(Selection::Only(estate)),
            Action::ShowOnMap(estate),
        ],
        // The capacity of a county's year is entered where it is planned.
        (true, None, _) if finding.budget.is_some() => {
            vec![Action::SetWorkspace(Workspace::Plan)]
        }
        (true, None, _) => {
            let community = finding.community();
            community.map(Action::ShowCommunity).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The imported lists, and their rows that could not become a record.
#[must_use]
pub fn lists_ui(ui: &mut Ui, input: &IssuesInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    for list in input.survey.lists_in_force() {
        let open = list.rejected.iter().filter(|r| r.is_open()).count();
        let title = match open {
            0 => format!("{} · {}", list.file_name, list.rows_read),
            open => format!(
                "{} · {} · {} {open}",
                list.file_name,
                list.rows_read,
                icons::WARNING
            ),
        };
        egui::CollapsingHeader::new(title)
            .id_salt(list.id)
            .show(ui, |ui| {
                if open > 0 && ui.button(language.text("lists.rejects.save")).clicked() {
                    actions.push(Action::MendRows(list.id));
                }
                for rejected in &list.rejected {
                    let problem = import_words::row_problem_text(language, &rejected.problem);
                    ui.horizontal_wrapped(|ui| {
                        ui.label(problem).on_hover_text(&rejected.text);
                        match &rejected.set_aside {
                            Some(reason) => {
                                ui.weak(
                                    language
                                        .text_with("issues.set_aside_done", &[("reason", reason)]),
                                );
                            }
                            None if !rejected.is_open() => {}
                            None => {
                                if ui.button(language.text("issues.set_aside")).clicked() {
                                    let dialog = Dialog::SetAsideRow {
                                        list: list.id,
                                        row: rejected.problem.row,
                                        reason: String::new(),
                                    };
                                    actions.push(Action::ShowDialog(Box::new(dialog)));
                                }
                            }
                        }
                    });
                }
            });
    }
    actions
}
