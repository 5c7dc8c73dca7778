//! The stages as a strip: what is done, where the project is, what is still to come. Each is a
//! click from what it takes.

use super::Page;
use crate::model::ProjectPart;
use crate::rules::delivery::{Stage, Step, stage, steps};
use crate::ui::icons;
use crate::ui::signs;
use crate::ui::theme::Palette;
use crate::words::{delivery as stages, projects as words};
use egui::{Button, RichText, Ui, vec2};

pub fn strip(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let now = stage(page.project);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 4.0);
        for step in steps(page.project) {
            let word = stages::stage_label(language, step.stage);
            let (sign, said) = standing(&step, now);
            let said = language.text(said);
            let text = RichText::new(format!("{sign} {word}"));
            let button = match step.stage == now {
                true => {
                    let ink = signs::chosen_ink(ui.visuals());
                    let fill = Palette::of(ui.visuals()).selection;
                    Button::new(text.color(ink).strong()).fill(fill)
                }
                false if step.is_done => Button::new(text),
                false => Button::new(text.weak()).frame(false),
            };
            let spoken = format!("{word}: {said}");
            let response = ui.add(button.corner_radius(8.0));
            let response = response.on_hover_text(words::step_about(language, &step));
            if response.accessible_name(spoken).clicked() {
                page.state.go_to = Some(part_of(step.stage));
            }
        }
    });
}

fn standing(step: &Step, now: Stage) -> (&'static str, &'static str) {
    if step.stage == now {
        (icons::FLAG, "delivery.stage_is.now")
    } else if step.is_done {
        (icons::CHECK, "delivery.stage_is.done")
    } else if step.stage < now {
        (icons::QUESTION, "delivery.stage_is.skipped")
    } else {
        (icons::CIRCLE, "delivery.stage_is.open")
    }
}

/// The part of the page that a stage is entered in.
fn part_of(stage: Stage) -> ProjectPart {
    match stage {
        Stage::Recognised => ProjectPart::Content,
        Stage::Planned => ProjectPart::Year,
        Stage::Approved | Stage::Started | Stage::Finished => ProjectPart::Milestones,
        Stage::Accepted => ProjectPart::Signatures,
        Stage::Evaluated => ProjectPart::Evaluation,
        Stage::Managed => ProjectPart::Management,
    }
}
