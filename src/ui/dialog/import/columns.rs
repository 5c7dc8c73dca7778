//! What each column of the list means.

use super::Read;
use crate::catalogue::{Catalogue, Target};
use crate::model::{BuildingField, Field, ListRole};
use crate::words::{Language, buildings, fields};
use egui::{ComboBox, ScrollArea, Ui};

/// Height of the list of columns, and what is kept free below it.
const LEAST_COLUMNS: f32 = 100.0;
const MOST_COLUMNS: f32 = 260.0;
const BELOW_COLUMNS: f32 = 110.0;

pub(super) fn columns_ui(ui: &mut Ui, read: &mut Read, catalogue: &Catalogue, language: Language) {
    ui.strong(language.text("dialog.import.columns"));
    let targets = targets(read.role, catalogue);
    // What stands below must stay on the screen of a small laptop.
    let left = ui.ctx().content_rect().bottom() - ui.cursor().top() - BELOW_COLUMNS;
    let height = left.clamp(LEAST_COLUMNS, MOST_COLUMNS);
    let columns = ScrollArea::vertical()
        .min_scrolled_height(height)
        .max_height(height);
    columns.show(ui, |ui| {
        egui::Grid::new("columns")
            .num_columns(3)
            .striped(true)
            .show(ui, |ui| {
                for key in ["column", "means", "example"] {
                    ui.weak(language.text(&format!("dialog.import.{key}")));
                }
                ui.end_row();
                for column in &read.preview.columns {
                    ui.label(&column.name);
                    let mut target = read.mapping.target(&column.name);
                    let before = target;
                    let combo = ComboBox::from_id_salt(("means", &column.name))
                        .selected_text(target_label(target, catalogue, language))
                        .width(190.0)
                        .height(320.0);
                    let response = combo.show_ui(ui, |ui| {
                        for choice in &targets {
                            let label = target_label(*choice, catalogue, language);
                            ui.selectable_value(&mut target, *choice, label);
                        }
                    });
                    let name =
                        language.text_with("dialog.import.meaning_of", &[("column", &column.name)]);
                    response.response.accessible_name(name);
                    if target != before {
                        // The column is one of the preview's own, so it is known.
                        let _ = read.mapping.set(&column.name, target);
                    }
                    ui.weak(column.samples.join(" · "));
                    ui.end_row();
                }
            });
    });
}

/// What a column of a list of this role can be for.
fn targets(role: ListRole, catalogue: &Catalogue) -> Vec<Target> {
    let plain = Field::PLAIN.iter().filter(|f| **f != Field::Boundary);
    let gaps = catalogue.items.iter().map(|item| Field::Gap(item.code));
    let fields: Vec<Target> = match role {
        ListRole::Estates | ListRole::Register => {
            plain.copied().chain(gaps).map(Target::Field).collect()
        }
        ListRole::Buildings => BuildingField::ALL
            .iter()
            .filter(|field| **field != BuildingField::Footprint)
            .map(|field| Target::Building(*field))
            .collect(),
    };
    [
        Target::Ignore,
        Target::Lon,
        Target::Lat,
        Target::Source,
        Target::SourceId,
    ]
    .into_iter()
    .chain(fields)
    .collect()
}

fn target_label(target: Target, catalogue: &Catalogue, language: Language) -> String {
    match target {
        Target::Field(field) => fields::label(language, &field, &catalogue.items),
        Target::Building(field) => buildings::field_label(language, field).into_owned(),
        Target::Ignore => language.text("dialog.import.ignore").into_owned(),
        Target::Lon | Target::Lat | Target::Source | Target::SourceId => language
            .text(&format!("dialog.import.target.{}", target.key()))
            .into_owned(),
    }
}
