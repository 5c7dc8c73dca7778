//! What a record counts for: the records merged into it or lying inside it, where each came from,
//! every value that its merge replaced, and the way to part it again.

use super::Form;
use super::standing::{framed, name_of};
use crate::edit::Command;
use crate::model::{Estate, EstateId, ReplacedValue, Standing, Survey};
use crate::ui::action::{Action, Selection};
use crate::ui::icons;
use crate::ui::review::{Choice, field_rows, published, source_line, value_text};
use crate::words::fields;
use egui::{CollapsingHeader, Label, RichText, Ui};
use std::sync::Arc;

/// The records that a record counts for, kept until the survey changes.
#[derive(Default)]
pub struct Absorbed {
    of: Option<(u64, EstateId)>,
    records: Vec<Arc<Estate>>,
    /// The hint above was pressed: the list is to come into view.
    called: bool,
}

impl Absorbed {
    fn of(&mut self, survey: &Survey, revision: u64, id: EstateId) -> &[Arc<Estate>] {
        if self.of != Some((revision, id)) {
            self.of = Some((revision, id));
            self.records = survey
                .estates()
                .filter(|estate| estate.standing.counted_by() == Some(id))
                .cloned()
                .collect();
        }
        &self.records
    }
}

fn absorbed(form: &mut Form<'_>, estate: &Estate) -> Vec<Arc<Estate>> {
    let input = form.input;
    let absorbed = &mut form.state.absorbed;
    absorbed
        .of(input.survey, input.revision, estate.id)
        .to_vec()
}

/// At the top of the form: that there are some, and the way down to them.
pub fn hint(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let count = absorbed(form, estate).len();
    if count == 0 {
        return;
    }
    let language = form.language();
    let text = language.text_with("form.standing.absorbed_hint", &[("count", &count)]);
    let link = ui.link(format!("{} {text}", icons::UNITE));
    if link.accessible_name(text).clicked() {
        form.state.absorbed.called = true;
    }
}

/// The records merged into this one or lying inside it.
pub fn absorbed_records(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let records = absorbed(form, estate);
    if records.is_empty() {
        return;
    }
    let language = form.language();
    ui.add_space(6.0);
    if std::mem::take(&mut form.state.absorbed.called) {
        ui.scroll_to_cursor(Some(egui::Align::TOP));
    }
    let count = records.len();
    ui.strong(language.text_with("form.standing.absorbed", &[("count", &count)]));
    for record in &records {
        ui.push_id(record.id, |ui| {
            framed(ui, |ui| record_ui(ui, form, estate, record));
        });
    }
}

fn record_ui(ui: &mut Ui, form: &mut Form<'_>, kept: &Estate, record: &Estate) {
    let language = form.language();
    let name = name_of(form, record.id);
    ui.horizontal_wrapped(|ui| {
        if ui.link(&name).clicked() {
            form.actions
                .push(Action::Select(Selection::Only(record.id)));
        }
        let part = language.text("form.standing.unmerge");
        let named = language.text_with("form.standing.unmerge_named", &[("name", &name)]);
        let button = ui.small_button(format!("{} {part}", icons::UNLINK));
        if button.accessible_name(named).clicked() {
            let estate = record.id;
            form.actions.push(Action::Edit(Command::Unmerge { estate }));
        }
    });
    let survey = form.input.survey;
    let key = match record.standing {
        Standing::PartOf { .. } => "form.standing.is_part",
        _ => "form.standing.is_merged",
    };
    let source = source_line(language, survey, record);
    let about = format!("{} · {source}", language.text(key));
    ui.add(Label::new(RichText::new(about).small()).wrap());
    if let Some(published) = published(record.origin.as_ref(), language) {
        ui.add(Label::new(RichText::new(published).small()).wrap());
    }
    if !record.aliases.is_empty() {
        let names = language.listed(&record.aliases);
        let text = language.text_with("review.aliases", &[("names", &names)]);
        ui.add(Label::new(RichText::new(text).small()).wrap());
    }
    if let Standing::Merged { replaced, .. } = &record.standing {
        replaced_ui(ui, form, kept, replaced);
        otherwise_ui(ui, form, kept, record);
    }
}

/// Every value that the merge changed in the record kept.
fn replaced_ui(ui: &mut Ui, form: &Form<'_>, kept: &Estate, replaced: &[ReplacedValue]) {
    let language = form.language();
    if replaced.is_empty() {
        let text = language.text("form.standing.changed_nothing");
        ui.add(Label::new(RichText::new(text).small().weak()).wrap());
        return;
    }
    let lines = replaced.iter().map(|value| {
        let field = &value.field;
        let text = |value: &Option<_>| value_text(language, field, value.as_ref());
        let line = language.text_with(
            "form.standing.change",
            &[
                ("field", &fields::label(language, field, form.input.items)),
                ("before", &text(&value.before)),
                ("after", &text(&value.after)),
            ],
        );
        // Set anew since the merge: parting the two leaves it as it is.
        match kept.get(field) == value.after {
            true => line,
            false => format!("{line} {}", language.text("form.standing.changed_since")),
        }
    });
    let title = language.text_with("form.standing.changed_here", &[("count", &replaced.len())]);
    lines_ui(ui, title, &lines.collect::<Vec<_>>());
}

/// Where the two disagree and the kept record's value stands.
fn otherwise_ui(ui: &mut Ui, form: &Form<'_>, kept: &Estate, record: &Estate) {
    let language = form.language();
    let rows = field_rows([kept, record]);
    let differing = rows.iter().filter(|row| row.choice == Choice::Either);
    let lines: Vec<_> = differing
        .map(|row| {
            let [ours, theirs] = &row.values;
            let text = |value: &Option<_>| value_text(language, &row.field, value.as_ref());
            language.text_with(
                "form.standing.otherwise",
                &[
                    (
                        "field",
                        &fields::label(language, &row.field, form.input.items),
                    ),
                    ("theirs", &text(theirs)),
                    ("ours", &text(ours)),
                ],
            )
        })
        .collect();
    if !lines.is_empty() {
        let title = language.text_with("form.standing.says_otherwise", &[("count", &lines.len())]);
        lines_ui(ui, title, &lines);
    }
}

fn lines_ui(ui: &mut Ui, title: String, lines: &[String]) {
    /// More than these are folded away at first.
    const MOST_OPEN: usize = 6;
    CollapsingHeader::new(RichText::new(title).small())
        .default_open(lines.len() <= MOST_OPEN)
        .show_unindented(ui, |ui| {
            for line in lines {
                ui.add(Label::new(RichText::new(line).small()).wrap());
            }
        });
}
