//! One list: whose it is, and what became of each of its rows.

use super::{CoverageInput, kind_ui};
use crate::edit::{Command, CoverageCommand};
use crate::model::ImportList;
use crate::rules::reconciliation::{OpenAs, Outcome, Reconciled, Row};
use crate::ui::action::{Action, Selection, Workspace};
use crate::ui::dialog::Dialog;
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::words::coverage as words;
use crate::words::release::rows_text;
use egui::{Button, RichText, ScrollArea, Ui, vec2};

/// Which rows are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    #[default]
    Open,
    All,
}

pub(super) fn rows_ui(
    ui: &mut Ui,
    reconciled: &Reconciled,
    shown: &mut Shown,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let list = input.survey.list(reconciled.list).map(|list| &**list);
    let mut actions = Vec::new();
    if let Some(list) = list {
        actions.extend(about_ui(ui, list, input));
    }
    ui.label(rows_text(language, &reconciled.count));
    if reconciled.count.rejected_open > 0
        && ui.button(language.text("lists.rejects.save")).clicked()
    {
        actions.push(Action::MendRows(reconciled.list));
    }
    let open: Vec<&Row> = reconciled.open().collect();
    ui.horizontal(|ui| {
        for (choice, key, count) in [
            (Shown::Open, "coverage.rows_open", open.len()),
            (Shown::All, "coverage.rows_all", reconciled.rows.len()),
        ] {
            let text = language.text_with(key, &[("count", &count)]);
            ui.selectable_value(shown, choice, text);
        }
    });
    ui.separator();
    let rows = match shown {
        Shown::Open => open,
        Shown::All => reconciled.rows.iter().collect(),
    };
    if rows.is_empty() {
        ui.label(language.text("coverage.no_open_rows"));
    }
    let height = ui.spacing().interact_size.y * 2.0;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, height, rows.len(), |ui, range| {
            for row in &rows[range] {
                actions.extend(row_ui(ui, height, row, list, input));
            }
        });
    actions
}

fn about_ui(ui: &mut Ui, list: &ImportList, input: &CoverageInput<'_>) -> Option<Action> {
    let language = input.language;
    ui.heading(&list.file_name);
    ui.weak(words::list_text(language, list));
    let mut kind = list.kind;
    let name = language.text("coverage.kind");
    let changed = ui.horizontal(|ui| {
        ui.label(&*name);
        kind_ui(ui, &mut kind, &name, language)
    });
    let list = list.id;
    changed.inner.then(|| {
        let command = CoverageCommand::SetListKind { list, kind };
        Action::Edit(Command::Coverage(command))
    })
}

/// Two lines: the row by its name, and what became of it. A click selects its record.
fn row_ui(
    ui: &mut Ui,
    height: f32,
    row: &Row,
    list: Option<&ImportList>,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let name = words::row_name(language, input.survey, list, row);
    let outcome = words::outcome_text(language, input.survey, &row.outcome);
    let mut actions = Vec::new();
    ui.horizontal(|ui| {
        ui.set_height(height - ui.spacing().item_spacing.y);
        let color = match row.outcome {
            Outcome::Open(_) => Palette::of(ui.visuals()).finding,
            _ => ui.visuals().weak_text_color(),
        };
        let side = ui.spacing().interact_size.x;
        let width = ui.available_width() - side;
        ui.allocate_ui(vec2(width, height), |ui| {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let title = format!("{}  {name}", row.number);
                let button = Button::new(RichText::new(&title).strong()).frame(false);
                let response = ui.add(button.truncate());
                let file = list.map_or("", |list| &list.file_name);
                let full = language.text_with(
                    "coverage.row",
                    &[("file", &file), ("number", &row.number), ("name", &name)],
                );
                let response = response.accessible_name(full);
                if let (true, Some(id)) = (response.clicked(), row.estate) {
                    actions.push(Action::Select(Selection::Only(id)));
                    actions.push(Action::ShowOnMap(id));
                }
                response.on_hover_text(&outcome);
                let text = RichText::new(&outcome).small().color(color);
                ui.add(egui::Label::new(text).truncate());
            });
        });
        actions.extend(next_ui(ui, row, list, &name, input));
    });
    actions
}

/// What is done about an open row: its record is worked on, or the unreadable row set aside.
fn next_ui(
    ui: &mut Ui,
    row: &Row,
    list: Option<&ImportList>,
    name: &str,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let button = |ui: &mut Ui, icon: &str, key: &str| {
        let text = language.text(key);
        let response = ui.button(icon).on_hover_text(&*text);
        let full = format!("{text}: {} {name}", row.number);
        response.accessible_name(full).clicked()
    };
    match (&row.outcome, row.estate, list) {
        (Outcome::Open(OpenAs::Unreadable), _, Some(list)) => {
            match button(ui, icons::MINUS_CIRCLE, "issues.set_aside") {
                true => {
                    let dialog = Dialog::SetAsideRow {
                        list: list.id,
                        row: row.number,
                        reason: String::new(),
                    };
                    vec![Action::ShowDialog(Box::new(dialog))]
                }
                false => Vec::new(),
            }
        }
        (Outcome::Open(_), Some(id), _) => {
            match button(ui, icons::PENCIL, "coverage.open_in_survey") {
                true => vec![
                    Action::Select(Selection::Only(id)),
                    Action::ShowOnMap(id),
                    Action::SetWorkspace(Workspace::Survey),
                ],
                false => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}
