//! The values of a pack, section by section, each with what the shipped pack says.

use super::RulesDraft;
use crate::catalogue::{PackValue, RulePack, WrongPackValue};
use crate::model::ItemCode;
use crate::ui::icons;
use crate::ui::theme::{Palette, RULE_NAME_WIDTH, RULE_VALUE_WIDTH, RULES_HEIGHT};
use crate::words::Language;
use egui::{Button, CollapsingHeader, Grid, Label, RichText, ScrollArea, TextEdit, Ui};
use serde_json::Value as Json;

pub(super) fn values_ui(ui: &mut Ui, draft: &mut RulesDraft, language: Language) {
    let hint = language.text("rules_editor.filter");
    let filter = TextEdit::singleline(&mut draft.filter).hint_text(hint.as_ref());
    ui.add(filter).accessible_name(hint.as_ref());
    let wanted = draft.filter.trim().to_lowercase();
    let values = RulePack::values(&draft.pack);
    // Given back below: a row changes the draft.
    let shipped = std::mem::take(&mut draft.shipped);
    let matches = |value: &PackValue| {
        wanted.is_empty()
            || value.path.contains(&wanted)
            || name(language, &value.path).to_lowercase().contains(&wanted)
    };
    ScrollArea::vertical()
        .max_height(RULES_HEIGHT)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for section in values.chunk_by(|a, b| a.section() == b.section()) {
                let rows: Vec<_> = section.iter().filter(|value| matches(value)).collect();
                let Some(first) = rows.first() else { continue };
                let title = match first.section() {
                    "" => language.text("rules_editor.about"),
                    section => language
                        .text_if_any(&format!("rules_editor.section.{section}"))
                        .unwrap_or_else(|| section.to_owned().into()),
                };
                CollapsingHeader::new(title.as_ref())
                    .id_salt(first.section())
                    .default_open(!wanted.is_empty() || first.section() == "recognition")
                    .show(ui, |ui| {
                        Grid::new(("rule values", first.section()))
                            .num_columns(3)
                            .striped(true)
                            .show(ui, |ui| {
                                for value in rows {
                                    let held = shipped.iter().find(|it| it.path == value.path);
                                    row(ui, draft, value, held, language);
                                    ui.end_row();
                                }
                            });
                    });
            }
        });
    draft.shipped = shipped;
}

fn name(language: Language, path: &str) -> String {
    let key = |path: &str| format!("rules_editor.value.{path}");
    if let Some(text) = language.text_if_any(&key(path)) {
        return text.into_owned();
    }
    // What the pack says item by item has one name for all of them.
    let of_item = path.rsplit_once('.').and_then(|(of, item)| {
        ItemCode::parse(item)?;
        language.text_if_any(&key(of))?;
        Some(language.text_with(&key(of), &[("item", &item)]))
    });
    of_item.unwrap_or_else(|| path.to_owned())
}

fn row(
    ui: &mut Ui,
    draft: &mut RulesDraft,
    value: &PackValue,
    shipped: Option<&PackValue>,
    language: Language,
) {
    let name = name(language, &value.path);
    ui.vertical(|ui| {
        ui.set_width(RULE_NAME_WIDTH);
        ui.add(Label::new(&name).wrap()).on_hover_text(&value.path);
    });
    match value.value {
        Json::Bool(mut holds) => {
            let label = language.text("value.yes");
            let response = ui
                .checkbox(&mut holds, label.as_ref())
                .accessible_name(&name);
            if response.changed() {
                RulePack::set_value(&mut draft.pack, &value.path, Json::Bool(holds));
            }
        }
        _ => text_ui(ui, draft, value, &name, language),
    }
    ui.horizontal(|ui| {
        let differs = shipped.filter(|shipped| shipped.value != value.value);
        let Some(shipped) = differs else { return };
        let text = match &shipped.value {
            Json::Bool(true) => language.text("value.yes").into_owned(),
            Json::Bool(false) => language.text("value.no").into_owned(),
            _ => shipped.text(),
        };
        let values: [(&str, &dyn std::fmt::Display); 1] = [("value", &text)];
        let was = language.text_with("rules_editor.shipped_value", &values);
        let back = ui.add(Button::new(icons::UNDO).small());
        let back = back.accessible_name(format!("{name}: {was}"));
        if back.on_hover_text(&was).clicked() {
            RulePack::set_value(&mut draft.pack, &value.path, shipped.value.clone());
            draft.typed.remove(&value.path);
        }
        ui.weak(was);
    });
}

/// What is being typed stays as it was typed, so that "2." on the way to "2.5" keeps its point;
/// what cannot be read stays with the reason beneath it, and the pack cannot be used meanwhile.
fn text_ui(ui: &mut Ui, draft: &mut RulesDraft, value: &PackValue, name: &str, language: Language) {
    ui.vertical(|ui| {
        ui.set_width(RULE_VALUE_WIDTH);
        let typed = draft.typed.get(&value.path).cloned();
        let mut shown = typed.unwrap_or_else(|| value.text());
        let text_box = TextEdit::singleline(&mut shown).desired_width(RULE_VALUE_WIDTH);
        let response = ui.add(text_box).accessible_name(name);
        let parsed = value.parse(&shown);
        if response.changed() {
            if let Ok(parsed) = &parsed {
                RulePack::set_value(&mut draft.pack, &value.path, parsed.clone());
            }
            draft.typed.insert(value.path.clone(), shown);
        }
        match parsed {
            Ok(_) if !response.has_focus() => {
                draft.typed.remove(&value.path);
            }
            Ok(_) => {}
            Err(wrong) => {
                let color = Palette::of(ui.visuals()).finding;
                let text = RichText::new(wrong_text(language, wrong)).color(color);
                ui.add(Label::new(text.small()).wrap());
            }
        }
    });
}

fn wrong_text(language: Language, wrong: WrongPackValue) -> String {
    match wrong {
        WrongPackValue::NotANumber => language.text("rules_editor.not_a_number").into_owned(),
        WrongPackValue::NotNumbers(count) => {
            language.text_with("rules_editor.not_numbers", &[("count", &count)])
        }
        WrongPackValue::Empty => language.text("rules_editor.empty").into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_but_the_weights_of_evidence_has_a_name_in_both_languages() {
        for language in Language::ALL {
            for value in RulePack::values(&RulePack::shipped_json()) {
                // Some hundred numbers of the search for duplicates go by the names of their file.
                if value.section() != "dedupe" {
                    let named = name(language, &value.path);
                    assert_ne!(named, value.path, "{language:?}");
                }
            }
        }
    }
}
