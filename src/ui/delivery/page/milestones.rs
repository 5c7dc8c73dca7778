//! 立项, 开工, 完工, 验收: when each is meant to be reached and when it was (三(三)3).

use super::Page;
use super::day::day_box;
use super::parts::of;
use super::text::{Look, caution_line, problem_line, problems, text_box};
use crate::model::{Coded, MilestoneKind, ProjectPart};
use crate::rules::delivery::{Late, deadline, lateness};
use crate::ui::delivery::slot::{MilestoneText, Slot};
use crate::ui::theme::BOX_HEIGHT;
use crate::ui::{icons, signs};
use crate::words::{delivery as stages, fields, projects as words};
use egui::Ui;

pub fn section(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let late = lateness(page.project, page.input.today, page.input.catalogue);
    let overdue = late.iter().filter(|one| one.is_overdue()).count();
    let told = match overdue {
        0 => String::new(),
        overdue => language.text_with("delivery.milestones.overdue", &[("count", &overdue)]),
    };
    let head = (icons::GANTT, "delivery.milestones.title");
    page.section(ui, ProjectPart::Milestones, head, &told, |ui, page| {
        for kind in MilestoneKind::ALL {
            let of_kind: Vec<&Late> = late.iter().filter(|one| one.milestone == *kind).collect();
            ui.push_id(kind.key(), |ui| milestone_ui(ui, page, *kind, &of_kind));
        }
    });
}

fn milestone_ui(ui: &mut Ui, page: &mut Page<'_>, kind: MilestoneKind, late: &[&Late]) {
    let language = page.language();
    let name = fields::coded_label(language, kind);
    let place = |text| Slot::Milestone(kind, text);
    let (planned, actual) = (place(MilestoneText::Planned), place(MilestoneText::Actual));
    let reason = place(MilestoneText::DelayReason);
    ui.horizontal_wrapped(|ui| {
        ui.label(words::capitalised(&name));
        let year = page.project.year;
        if let Some(day) = year.and_then(|year| deadline(kind, year, page.input.catalogue)) {
            let text = language.text_with("delivery.milestones.deadline", &[("day", &day)]);
            ui.label(signs::beneath(ui, text).weak());
        }
    });
    ui.vertical(|ui| {
        ui.horizontal(|ui| {
            ui.set_min_height(BOX_HEIGHT);
            ui.spacing_mut().item_spacing.x = 4.0;
            let word = language.text("delivery.milestones.planned");
            ui.weak(&*word);
            day_box(ui, page, planned, &of(language, &name, &word));
            let word = language.text("delivery.milestones.actual");
            ui.weak(&*word);
            match (kind, page.project.reached(kind)) {
                // It is recorded beside the signatures that it needs.
                (MilestoneKind::Acceptance, day) => accepted_ui(ui, page, day),
                _ => day_box(ui, page, actual, &of(language, &name, &word)),
            }
        });
        problems(ui, page, &[planned, actual]);
        for one in late {
            let text = stages::late_text_alone(language, one);
            match one.is_overdue() {
                true => problem_line(ui, &text),
                false => caution_line(ui, &text),
            }
        }
        let has_reason = !reason.text_of(page.project).is_empty();
        if !late.is_empty() || has_reason {
            let hint = language.text("delivery.milestones.reason");
            let look = Look {
                width: ui.available_width() - 8.0,
                hint: &hint,
                suffix: "",
            };
            text_box(ui, page, reason, &of(language, &name, &hint), look);
        }
    });
}

fn accepted_ui(ui: &mut Ui, page: &mut Page<'_>, day: Option<jiff::civil::Date>) {
    let language = page.language();
    let text = match day {
        Some(day) => day.to_string(),
        None => language
            .text("delivery.milestones.see_signatures")
            .into_owned(),
    };
    if ui.link(text).clicked() {
        page.state.go_to = Some(ProjectPart::Signatures);
    }
}
