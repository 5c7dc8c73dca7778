//! Year and agreement, the companies and offices, and the note.

use super::Page;
use super::day::day_box;
use super::parts::{row, text_row};
use super::text::{Look, problems, text_area, text_box};
use crate::model::ProjectPart;
use crate::ui::delivery::slot::{Slot, Unit};
use crate::ui::icons;
use egui::Ui;

/// 年度 and the day on which content and money were agreed, 三(三)2.
pub fn section(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let told = match page.project.year {
        Some(year) => language.text_with("delivery.plan.told", &[("year", &year)]),
        None => language.text("delivery.plan.no_year").into_owned(),
    };
    let head = (icons::CLIPBOARD, "delivery.plan.title");
    page.section(ui, ProjectPart::Year, head, &told, |ui, page| {
        let label = language.text("delivery.plan.year");
        row(ui, &label, |ui| {
            let look = Look {
                width: 60.0,
                hint: "2027",
                suffix: "",
            };
            text_box(ui, page, Slot::Year, &label, look);
            problems(ui, page, &[Slot::Year]);
        });
        let label = language.text("delivery.plan.agreed_on");
        row(ui, &label, |ui| {
            day_box(ui, page, Slot::AgreedOn, &label);
            problems(ui, page, &[Slot::AgreedOn]);
        });
        ui.weak(language.text("delivery.plan.agreed_help"));
    });
}

pub fn units(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let named = Unit::ALL
        .iter()
        .filter(|unit| !Slot::Unit(**unit).text_of(page.project).is_empty());
    let (named, all) = (named.count(), Unit::ALL.len());
    let told = language.text_with("delivery.units.told", &[("named", &named), ("all", &all)]);
    let head = (icons::USERS, "delivery.units.title");
    page.section(ui, ProjectPart::Units, head, &told, |ui, page| {
        for unit in Unit::ALL {
            let label = language.text(&format!("delivery.unit.{}", unit.key()));
            text_row(ui, page, Slot::Unit(unit), &label, &label);
        }
    });
}

pub fn note(ui: &mut Ui, page: &mut Page<'_>) {
    let name = page.language().text("delivery.note");
    let head = (icons::NOTE, "delivery.note");
    page.section(ui, ProjectPart::Note, head, "", |ui, page| {
        text_area(ui, page, Slot::Note, &name);
    });
}
