//! 长效管理, 三(四): who stands for the owners, and how the estate is kept.

use super::Page;
use super::day::day_box;
use super::parts::{chips, row, text_row};
use super::text::{problems, sentence};
use crate::model::{ManagementBody, ManagementMode, ProjectPart};
use crate::rules::management::gaps;
use crate::ui::delivery::change::ProjectChange;
use crate::ui::delivery::slot::{ManagementText, Slot};
use crate::ui::icons;
use crate::words::{delivery as stages, fields};
use egui::Ui;

pub fn section(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let held = page.project.management.clone().unwrap_or_default();
    let told = match held.body {
        Some(body) => fields::coded_label(language, body).into_owned(),
        None => String::new(),
    };
    let head = (icons::HOUSE, "delivery.management.title");
    page.section(ui, ProjectPart::Management, head, &told, |ui, page| {
        let label = language.text("delivery.management.body");
        row(ui, &label, |ui| {
            if let Some(body) = chips::<ManagementBody>(ui, &label, held.body, language) {
                page.change(ProjectChange::Body(body));
            }
        });
        let label = language.text("delivery.management.mode");
        row(ui, &label, |ui| {
            if let Some(mode) = chips::<ManagementMode>(ui, &label, held.mode, language) {
                page.change(ProjectChange::Mode(mode));
            }
        });
        if held.mode == Some(ManagementMode::PropertyCompany) || !held.company.is_empty() {
            let label = language.text("delivery.management.company");
            let slot = Slot::Management(ManagementText::Company);
            text_row(ui, page, slot, &label, &label);
        }
        let label = language.text("delivery.management.since");
        row(ui, &label, |ui| {
            let slot = Slot::Management(ManagementText::Since);
            day_box(ui, page, slot, &label);
            problems(ui, page, &[slot]);
        });
        let color = ui.visuals().weak_text_color();
        for gap in gaps(page.project) {
            let text = stages::management_gap_text(language, gap);
            sentence(ui, icons::CIRCLE, &text, color);
        }
    });
}
