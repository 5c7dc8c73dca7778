//! 效果共评, 三(三)5: what the residents say of the result, as counts alone.

use super::Page;
use super::day::day_box;
use super::parts::row;
use super::text::{Look, problems, text_area, text_box};
use crate::model::ProjectPart;
use crate::rules::evaluation::satisfied_share;
use crate::ui::delivery::slot::{EvaluationText, Slot};
use crate::ui::icons;
use egui::Ui;

pub fn section(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let told = match satisfied_share(page.project) {
        Some(share) => {
            let share = format!("{:.0}", share * 100.0);
            language.text_with("delivery.evaluation.told", &[("share", &share)])
        }
        None => String::new(),
    };
    let head = (icons::HAND_RAISED, "delivery.evaluation.title");
    page.section(ui, ProjectPart::Evaluation, head, &told, |ui, page| {
        let slot = Slot::Evaluation(EvaluationText::On);
        let label = language.text("delivery.evaluation.on");
        row(ui, &label, |ui| {
            day_box(ui, page, slot, &label);
            problems(ui, page, &[slot]);
        });
        for (text, key) in [
            (EvaluationText::Answered, "delivery.evaluation.answered"),
            (EvaluationText::Satisfied, "delivery.evaluation.satisfied"),
        ] {
            let slot = Slot::Evaluation(text);
            let label = language.text(key);
            row(ui, &label, |ui| {
                let unit = language.text("unit.households");
                let look = Look {
                    width: 130.0,
                    hint: "",
                    suffix: &unit,
                };
                text_box(ui, page, slot, &label, look);
                problems(ui, page, &[slot]);
            });
        }
        let label = language.text("delivery.evaluation.note");
        row(ui, &label, |ui| {
            text_area(ui, page, Slot::Evaluation(EvaluationText::Note), &label);
        });
    });
}
