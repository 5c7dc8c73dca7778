//! «查找原因，寻求解决办法», 三(三)5: faults, why, and what is done about them.

use super::Page;
use super::day::day_box;
use super::parts::{of, remove_button, row};
use super::text::{Look, problems, text_box};
use crate::model::ProjectPart;
use crate::rules::evaluation::{issue_gap, open_issues};
use crate::ui::delivery::change::ProjectChange;
use crate::ui::delivery::slot::{IssueText, Lines, Slot};
use crate::ui::icons;
use crate::words::projects as words;
use egui::Ui;

pub fn section(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let all = page.project.issues.len();
    let told = match all {
        0 => String::new(),
        all => {
            let open = open_issues(page.project).count();
            language.text_with("delivery.issues.told", &[("open", &open), ("all", &all)])
        }
    };
    let head = (icons::WARNING_CIRCLE, "delivery.issues.title");
    page.section(ui, ProjectPart::Issues, head, &told, |ui, page| {
        for line in 0..all {
            ui.push_id(("issue", line), |ui| issue_ui(ui, page, line));
        }
        let hint = language.text("delivery.issues.new");
        let look = Look {
            width: ui.available_width() - 8.0,
            hint: &hint,
            suffix: "",
        };
        text_box(ui, page, Slot::NewIssue, &hint, look);
    });
}

fn issue_ui(ui: &mut Ui, page: &mut Page<'_>, line: usize) {
    let language = page.language();
    let number = line + 1;
    let name = language.text_with("delivery.issues.name", &[("number", &number)]);
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            if remove_button(ui, language, &name) {
                page.change(ProjectChange::Remove(Lines::Issues, line));
            }
            ui.strong(&name);
            let issue = &page.project.issues[line];
            match issue_gap(issue) {
                None => {
                    let text = language.text("delivery.issues.solved");
                    ui.label(format!("{} {text}", icons::CHECK));
                }
                Some(gap) => {
                    ui.weak(words::issue_gap_text(language, gap));
                }
            }
        });
        for (text, key) in [
            (IssueText::Issue, "delivery.issues.issue"),
            (IssueText::Cause, "delivery.issues.cause"),
            (IssueText::Remedy, "delivery.issues.remedy"),
        ] {
            let label = language.text(key);
            let slot = Slot::Issue(line, text);
            let spoken = of(language, &name, &label);
            super::parts::text_row(ui, page, slot, &label, &spoken);
        }
        for (text, key) in [
            (IssueText::FoundOn, "delivery.issues.found_on"),
            (IssueText::SolvedOn, "delivery.issues.solved_on"),
        ] {
            let label = language.text(key);
            let slot = Slot::Issue(line, text);
            row(ui, &label, |ui| {
                day_box(ui, page, slot, &of(language, &name, &label));
                problems(ui, page, &[slot]);
            });
        }
    });
}
