//! 竣工验收, 三(三)4: six sign together, and then the work is accepted.

use super::Page;
use super::day::day_box;
use super::parts::row;
use super::text::problems;
use crate::model::{Coded, MilestoneKind, ProjectPart, Signer};
use crate::rules::acceptance::missing_signers;
use crate::ui::delivery::change::ProjectChange;
use crate::ui::delivery::slot::{MilestoneText, Slot};
use crate::ui::icons;
use crate::words::{fields, plan, projects as words};
use egui::Ui;

pub fn section(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let missing = missing_signers(page.project);
    let signed = Signer::ALL.len() - missing.len();
    let told = match page.project.reached(MilestoneKind::Acceptance) {
        Some(day) => language.text_with("delivery.acceptance.accepted", &[("day", &day)]),
        None => language.text_with(
            "delivery.acceptance.signed",
            &[("signed", &signed), ("all", &Signer::ALL.len())],
        ),
    };
    let head = (icons::SIGNATURE, "delivery.acceptance.title");
    page.section(ui, ProjectPart::Signatures, head, &told, |ui, page| {
        for signer in Signer::ALL {
            let slot = Slot::Signature(*signer);
            let name = fields::coded_label(language, *signer);
            let label = words::capitalised(&name);
            row(ui, &label, |ui| {
                ui.horizontal_wrapped(|ui| {
                    let spoken = language.text_with("delivery.acceptance.by", &[("name", &name)]);
                    day_box(ui, page, slot, &spoken);
                    match page.project.signatures.contains_key(signer) {
                        true => {
                            let text = language.text("delivery.acceptance.has_signed");
                            ui.label(format!("{} {text}", icons::CHECK));
                        }
                        false => today_button(ui, page, slot, &name),
                    }
                });
                problems(ui, page, &[slot]);
            });
        }
        ui.separator();
        let label = language.text("delivery.acceptance.on");
        row(ui, &label, |ui| {
            let slot = Slot::Milestone(MilestoneKind::Acceptance, MilestoneText::Actual);
            day_box(ui, page, slot, &label);
            problems(ui, page, &[slot]);
            if !missing.is_empty() {
                let who = plan::signers_text(language, &missing);
                let text = language.text_with("delivery.acceptance.missing", &[("who", &who)]);
                let text = crate::ui::signs::beneath(ui, text).weak();
                ui.add(egui::Label::new(text).wrap());
            }
        });
    });
}

fn today_button(ui: &mut Ui, page: &mut Page<'_>, slot: Slot, name: &str) {
    let language = page.language();
    let text = language.text("delivery.acceptance.today");
    let spoken = language.text_with("delivery.acceptance.today_by", &[("name", &name)]);
    if ui.button(&*text).accessible_name(spoken).clicked() {
        page.state.drafts.remove(page.estate.id, slot);
        let today = page.input.today.to_string();
        page.change(ProjectChange::Type(slot, today));
    }
}
