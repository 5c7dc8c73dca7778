//! 项目档案: the papers of the project. They stay where they are; name and sha256 are kept, so that
//! each can be found and recognised.

use super::Page;
use super::parts::{choose, of, remove_button, sign_button};
use super::text::{Look, problem_line, text_box};
use crate::model::{Document, DocumentKind, ProjectPart};
use crate::ui::action::Action;
use crate::ui::delivery::change::ProjectChange;
use crate::ui::delivery::slot::{Lines, Slot};
use crate::ui::dialog::{Dialog, DocumentDraft};
use crate::ui::icons;
use crate::words::coverage::day_in_china;
use egui::Ui;

/// What a second look at the file of a document said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Same,
    Different,
}

/// How much of a sum is shown; the rest is a hover away.
const SUM_SHOWN: usize = 12;

pub fn section(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let count = page.project.documents.len();
    let told = match count {
        0 => String::new(),
        count => language.text_with("delivery.archive.told", &[("count", &count)]),
    };
    let head = (icons::ARCHIVE, "delivery.archive.title");
    page.section(ui, ProjectPart::Documents, head, &told, |ui, page| {
        let project = page.project;
        for (line, document) in project.documents.iter().enumerate() {
            ui.push_id(("document", line), |ui| {
                document_ui(ui, page, line, document)
            });
        }
        let text = language.text("delivery.archive.add");
        let button = ui.button(format!("{} {text}", icons::FILE_PLUS));
        if button.accessible_name(text.as_ref()).clicked() {
            let draft = DocumentDraft::add(page.estate.id, DocumentKind::Plan);
            let dialog = Dialog::Document(draft);
            page.actions.push(Action::ShowDialog(Box::new(dialog)));
        }
        if count == 0 {
            ui.weak(language.text("delivery.archive.empty"));
        }
    });
}

fn document_ui(ui: &mut Ui, page: &mut Page<'_>, line: usize, document: &Document) {
    let language = page.language();
    let file = &document.paper.file_name;
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            if remove_button(ui, language, file) {
                page.change(ProjectChange::Remove(Lines::Documents, line));
            }
            let check = language.text_with("delivery.archive.check", &[("file", file)]);
            if sign_button(ui, icons::SEAL_CHECK, &check) {
                let sum = document.paper.sha256.clone();
                let draft = DocumentDraft::check(page.estate.id, file.clone(), sum);
                let dialog = Dialog::Document(draft);
                page.actions.push(Action::ShowDialog(Box::new(dialog)));
            }
            ui.strong(file);
        });
        ui.horizontal_wrapped(|ui| {
            let spoken = of(language, file, &language.text("delivery.archive.kind"));
            if let Some(kind) = choose(ui, line, &spoken, document.kind, 100.0, language) {
                page.change(ProjectChange::DocumentKind(line, kind));
            }
            let note = language.text("delivery.archive.note");
            let look = Look {
                width: 160.0,
                hint: &note,
                suffix: "",
            };
            text_box(
                ui,
                page,
                Slot::DocumentNote(line),
                &of(language, file, &note),
                look,
            );
        });
        let sum = &document.paper.sha256;
        let short: String = sum.chars().take(SUM_SHOWN).collect();
        let day = day_in_china(document.added_at);
        let text = language.text_with("delivery.archive.sum", &[("sum", &short), ("day", &day)]);
        ui.label(crate::ui::signs::beneath(ui, text).weak())
            .on_hover_text(sum);
        match page.state.checked.get(&(page.estate.id, sum.clone())) {
            None => {}
            Some(Checked::Same) => {
                let text = language.text("delivery.archive.same");
                ui.label(format!("{} {text}", icons::SEAL_CHECK));
            }
            Some(Checked::Different) => {
                problem_line(ui, &language.text("delivery.archive.different"));
            }
        }
    });
}
