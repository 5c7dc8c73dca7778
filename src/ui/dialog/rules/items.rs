//! What a county adds to the list of content items: each with its standard and its filing
//! («制定具体的改造内容清单和可操作的改造标准，并报…备案», 三(二)).

use super::RulesDraft;
use crate::catalogue::Item;
use crate::model::{Coded, ItemCode, Utility};
use crate::ui::dialog::DialogInput;
use crate::ui::icons;
use crate::ui::theme::RULE_VALUE_WIDTH;
use crate::words::Language;
use crate::words::fields::utility_label;
use egui::{Button, ComboBox, Grid, Label, TextEdit, Ui};
use serde_json::{Value as Json, json};

/// An item as it is being typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct NewItem {
    code: String,
    zh: String,
    en: String,
    utility: Option<Utility>,
    standard: String,
    filing_number: String,
    filed_on: String,
}

impl NewItem {
    /// The item as the pack holds it, or the text key of what is wrong with it.
    fn item(&self, taken: &dyn Fn(ItemCode) -> bool) -> Result<Json, &'static str> {
        let code =
            ItemCode::parse(self.code.trim()).filter(|code| matches!(code.group(), 'A'..='D'));
        let code = code.ok_or("rules_editor.item.code_wrong")?;
        if taken(code) {
            return Err("rules_editor.item.code_taken");
        }
        let day: jiff::civil::Date = self
            .filed_on
            .trim()
            .parse()
            .map_err(|_| "rules_editor.item.day_wrong")?;
        let texts = [&self.zh, &self.standard, &self.filing_number];
        if texts.iter().any(|text| text.trim().is_empty()) {
            return Err("rules_editor.item.text_missing");
        }
        let en = match self.en.trim() {
            "" => self.zh.trim(),
            en => en,
        };
        Ok(json!({
            "code": code.as_str(),
            "zh": self.zh.trim(),
            "en": en,
            "utilities": self.utility.iter().map(|it| it.key()).collect::<Vec<_>>(),
            // What counts for central money is the document's word, not the county's.
            "subsidy": "no",
            "standard": self.standard.trim(),
            "filing_number": self.filing_number.trim(),
            "filed_on": day.to_string(),
        }))
    }
}

fn items(pack: &Json) -> &[Json] {
    pack.get("items")
        .and_then(Json::as_array)
        .map_or(&[], Vec::as_slice)
}

pub(super) fn items_ui(ui: &mut Ui, draft: &mut RulesDraft, input: &DialogInput<'_>) {
    let language = input.language;
    ui.add(Label::new(language.text("rules_editor.items_help")).wrap());
    let mut removed = None;
    Grid::new("own items")
        .num_columns(4)
        .striped(true)
        .show(ui, |ui| {
            for (index, item) in items(&draft.pack).iter().enumerate() {
                let text = |key: &str| item.get(key).and_then(Json::as_str).unwrap_or_default();
                ui.label(text("code"));
                ui.label(match language {
                    Language::Chinese => text("zh"),
                    Language::English => text("en"),
                });
                ui.weak(format!(
                    "{} · {} · {}",
                    text("standard"),
                    text("filing_number"),
                    text("filed_on")
                ));
                let name =
                    language.text_with("rules_editor.item.remove", &[("code", &text("code"))]);
                let button = ui.add(Button::new(icons::TRASH).frame(false));
                if button.accessible_name(&name).on_hover_text(&name).clicked() {
                    removed = Some(index);
                }
                ui.end_row();
            }
        });
    if let (Some(index), Some(items)) = (removed, draft.pack.get_mut("items"))
        && let Some(items) = items.as_array_mut()
    {
        items.remove(index);
    }
    ui.separator();
    new_item_ui(ui, draft, input);
}

fn new_item_ui(ui: &mut Ui, draft: &mut RulesDraft, input: &DialogInput<'_>) {
    let language = input.language;
    let new = &mut draft.new_item;
    Grid::new("new item").num_columns(2).show(ui, |ui| {
        for (text, key) in [
            (&mut new.code, "rules_editor.item.code"),
            (&mut new.zh, "rules_editor.item.zh"),
            (&mut new.en, "rules_editor.item.en"),
            (&mut new.standard, "rules_editor.item.standard"),
            (&mut new.filing_number, "rules_editor.item.filing_number"),
            (&mut new.filed_on, "rules_editor.item.filed_on"),
        ] {
            let label = language.text(key);
            ui.label(label.as_ref());
            let text_box = TextEdit::singleline(text).desired_width(2.0 * RULE_VALUE_WIDTH);
            ui.add(text_box).accessible_name(label.as_ref());
            ui.end_row();
        }
        let label = language.text("rules_editor.item.utility");
        ui.label(label.as_ref());
        let none = language.text("rules_editor.item.no_utility");
        let shown = new
            .utility
            .map_or(none.clone(), |it| utility_label(language, it));
        let combo = ComboBox::from_id_salt("item utility").selected_text(shown.as_ref());
        let combo = combo.show_ui(ui, |ui| {
            ui.selectable_value(&mut new.utility, None, none.as_ref());
            for utility in Utility::ALL {
                let name = utility_label(language, *utility);
                ui.selectable_value(&mut new.utility, Some(*utility), name.as_ref());
            }
        });
        combo.response.accessible_name(label.as_ref());
        ui.end_row();
    });
    let in_guidance = |code: ItemCode| {
        let item = input.catalogue.items.get(code);
        item.is_some_and(Item::is_of_guidance)
    };
    let is_own = |code: ItemCode| {
        let mut own = items(&draft.pack).iter();
        own.any(|item| item.get("code").and_then(Json::as_str) == Some(code.as_str()))
    };
    let taken = |code: ItemCode| in_guidance(code) || is_own(code);
    let item = draft.new_item.item(&taken);
    let button = Button::new(language.text("rules_editor.item.add"));
    let response = ui.add_enabled(item.is_ok(), button);
    match item {
        Ok(item) if response.clicked() => {
            if let Some(pack) = draft.pack.as_object_mut() {
                let items = pack.entry("items").or_insert_with(|| json!([]));
                if let Some(items) = items.as_array_mut() {
                    items.push(item);
                }
            }
            draft.new_item = NewItem::default();
        }
        Ok(_) => {}
        Err(key) => {
            response.on_disabled_hover_text(language.text(key));
            ui.weak(language.text(key));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> NewItem {
        NewItem {
            code: "C90".into(),
            zh: "雨水花园".into(),
            standard: "海绵小区导则".into(),
            filing_number: "赣市建备〔2026〕3号".into(),
            filed_on: "2026-05-01".into(),
            ..NewItem::default()
        }
    }

    #[test]
    fn an_item_needs_a_free_code_a_standard_and_a_filing() {
        let item = |change: fn(&mut NewItem)| {
            let mut new = filled();
            change(&mut new);
            new.item(&|code| code.as_str() == "C04")
        };
        let added = item(|_| {}).unwrap();
        assert_eq!(added["en"], "雨水花园");
        assert_eq!(
            item(|new| new.code = "C04".into()),
            Err("rules_editor.item.code_taken")
        );
        assert_eq!(
            item(|new| new.code = "Z1".into()),
            Err("rules_editor.item.code_wrong")
        );
        assert_eq!(
            item(|new| new.standard = " ".into()),
            Err("rules_editor.item.text_missing")
        );
        assert_eq!(
            item(|new| new.filed_on = "五月".into()),
            Err("rules_editor.item.day_wrong")
        );
    }
}
