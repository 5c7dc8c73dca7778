//! What became of a record: merged, part of another, withdrawn.

use super::Form;
use crate::edit::Command;
use crate::model::{Estate, EstateId, Standing};
use crate::ui::action::{Action, Selection};
use crate::ui::icons;
use crate::ui::verb::Verb;
use crate::words::fields;
use egui::{RichText, Ui};

/// Why the record does not count, with the way back.
pub fn notice(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let language = form.language();
    let (key, other) = match &estate.standing {
        Standing::Counted => return,
        Standing::Withdrawn { reason } => {
            framed(ui, |ui| {
                let text = language.text_with("form.standing.withdrawn", &[("reason", reason)]);
                ui.add(egui::Label::new(text).wrap());
                if ui.button(language.text("form.standing.restore")).clicked() {
                    let estate = estate.id;
                    form.actions.push(Action::Edit(Command::Restore { estate }));
                }
            });
            return;
        }
        Standing::Merged { into, .. } => ("form.standing.merged", *into),
        Standing::PartOf { parent } => ("form.standing.part_of", *parent),
    };
    let name = name_of(form, other);
    framed(ui, |ui| {
        ui.add(egui::Label::new(language.text_with(key, &[("name", &name)])).wrap());
        ui.horizontal_wrapped(|ui| {
            if ui.button(language.text("form.standing.go_to")).clicked() {
                form.actions.push(Action::Select(Selection::Only(other)));
            }
            if ui.button(language.text("form.standing.unmerge")).clicked() {
                let estate = estate.id;
                form.actions.push(Action::Edit(Command::Unmerge { estate }));
            }
        });
    });
}

/// Deleting what was drawn here; what came from a list or was released is withdrawn instead, with a
/// reason that the window asks for: 不重不漏, a row of a list keeps a fate.
pub fn removal(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    if !estate.standing.is_counted() {
        return;
    }
    let language = form.language();
    ui.add_space(10.0);
    let name = match estate.origin.is_none() && estate.lib_no.is_none() {
        true => language.text("form.delete"),
        false => language.text("form.withdraw"),
    };
    let button = ui.button(format!("{} {name}", icons::TRASH));
    if button.accessible_name(name).clicked() {
        form.actions.push(Action::Do(Verb::Delete));
    }
}

pub(super) fn name_of(form: &Form<'_>, id: EstateId) -> String {
    let language = form.language();
    match form.input.survey.estate(id) {
        Some(estate) => fields::record_name(language, form.input.survey, estate),
        None => language.text("record.gone").into_owned(),
    }
}

pub(super) fn framed(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(icons::INFO));
            ui.vertical(add);
        });
    });
}
