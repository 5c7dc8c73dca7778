//! What became of a record: merged, part of another, withdrawn; and what was merged into it.

use super::Form;
use crate::edit::Command;
use crate::model::{Estate, EstateId, Standing, Survey};
use crate::ui::action::{Action, Selection};
use crate::ui::icons;
use crate::ui::verb::Verb;
use crate::words::fields;
use egui::{RichText, Ui};

/// The records that a record counts for, kept until the survey changes.
#[derive(Default)]
pub struct Absorbed {
    of: Option<(u64, EstateId)>,
    records: Vec<EstateId>,
}

impl Absorbed {
    fn of(&mut self, survey: &Survey, revision: u64, id: EstateId) -> &[EstateId] {
        if self.of != Some((revision, id)) {
            self.of = Some((revision, id));
            self.records = survey
                .estates()
                .filter(|estate| counted_by(&estate.standing) == Some(id))
                .map(|estate| estate.id)
                .collect();
        }
        &self.records
    }
}

fn counted_by(standing: &Standing) -> Option<EstateId> {
    match standing {
        Standing::Merged { into, .. } => Some(*into),
        Standing::PartOf { parent } => Some(*parent),
        Standing::Counted | Standing::Withdrawn { .. } => None,
    }
}

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

/// The records merged into this one or lying inside it.
pub fn absorbed_records(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let input = form.input;
    let absorbed = form
        .state
        .absorbed
        .of(input.survey, input.revision, estate.id)
        .to_vec();
    if absorbed.is_empty() {
        return;
    }
    let language = form.language();
    ui.add_space(6.0);
    let count = absorbed.len();
    ui.label(language.text_with("form.standing.absorbed", &[("count", &count)]));
    for id in absorbed {
        let name = name_of(form, id);
        ui.horizontal_wrapped(|ui| {
            if ui.link(&name).clicked() {
                form.actions.push(Action::Select(Selection::Only(id)));
            }
            let part = language.text("form.standing.unmerge");
            let named = language.text_with("form.standing.unmerge_named", &[("name", &name)]);
            if ui.small_button(part).accessible_name(named).clicked() {
                form.actions
                    .push(Action::Edit(Command::Unmerge { estate: id }));
            }
        });
    }
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

fn name_of(form: &Form<'_>, id: EstateId) -> String {
    let language = form.language();
    match form.input.survey.estate(id) {
        Some(estate) => fields::record_name(language, form.input.survey, estate),
        None => language.text("record.gone").into_owned(),
    }
}

fn framed(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(icons::INFO));
            ui.vertical(add);
        });
    });
}
