//! The team's presets: a digit fills in what the selected estates leave open.

use super::DialogInput;
use crate::model::Preset;
use crate::ui::action::{Action, PresetAction};
use crate::ui::icons;
use crate::ui::keymap::DIGITS;
use crate::words::Language;
use crate::words::fields::{label, value_text};
use egui::text::{CCursor, CCursorRange};
use egui::{Button, Grid, Key, Label, Modifiers, RichText, ScrollArea, TextEdit, Ui};

/// What is being typed in the dialog.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PresetsDraft {
    new_name: String,
    /// The preset being renamed, and its name so far.
    renamed: Option<(usize, String)>,
}

pub(super) fn presets_ui(
    ui: &mut Ui,
    draft: &mut PresetsDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut asked = Vec::new();
    ui.add(Label::new(language.text("dialog.presets.help")).wrap());
    if input.presets.is_empty() {
        ui.weak(language.text("dialog.presets.none"));
    }
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        Grid::new("presets")
            .num_columns(3)
            .striped(true)
            .show(ui, |ui| {
                for (index, preset) in input.presets.iter().enumerate() {
                    asked.extend(preset_row(ui, draft, index, preset, input));
                    ui.end_row();
                }
            });
    });
    ui.separator();
    asked.extend(save_row(ui, draft, input));
    if !ui.ctx().text_edit_focused() {
        asked.extend(by_digit(ui, input.presets.len()));
    }
    asked.into_iter().map(Action::Preset).collect()
}

fn by_digit(ui: &Ui, count: usize) -> Option<PresetAction> {
    let mut digits = DIGITS.iter().skip(1).take(count);
    let pressed = |key: &Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, *key));
    digits.position(pressed).map(PresetAction::Apply)
}

fn preset_row(
    ui: &mut Ui,
    draft: &mut PresetsDraft,
    index: usize,
    preset: &Preset,
    input: &DialogInput<'_>,
) -> Option<PresetAction> {
    let language = input.language;
    let mut asked = None;
    match DIGITS.get(index + 1) {
        Some(_) => ui.strong((index + 1).to_string()),
        None => ui.label(""),
    };
    match &mut draft.renamed {
        Some((renamed, name)) if *renamed == index => {
            let label = language.text_with("dialog.presets.new_name_of", &[("name", &preset.name)]);
            let response = ui.add(TextEdit::singleline(name).desired_width(220.0));
            let response = response.accessible_name(label);
            if response.lost_focus() {
                let name = name.trim().to_owned();
                let entered = ui.input(|input| input.key_pressed(Key::Enter));
                draft.renamed = None;
                if entered && !name.is_empty() {
                    asked = Some(PresetAction::Rename { index, name });
                }
            } else if !response.has_focus() {
                response.request_focus();
                mark_everything(ui, response.id);
            }
        }
        _ => {
            let apply = ui.button(&preset.name).on_hover_ui(|ui| {
                for line in lines(preset, input) {
                    ui.label(line);
                }
            });
            if apply.clicked() {
                asked = Some(PresetAction::Apply(index));
            }
        }
    }
    ui.horizontal(|ui| {
        let count = preset.values.len();
        ui.weak(language.text_with("dialog.presets.values", &[("values", &count)]));
        let named = |key: &str| language.text_with(key, &[("name", &preset.name)]);
        let small = |ui: &mut Ui, icon: &str, name: String| {
            let button = ui.add(Button::new(icon).frame(false));
            button.accessible_name(&name).on_hover_text(name).clicked()
        };
        if small(ui, icons::PENCIL, named("dialog.presets.rename")) {
            draft.renamed = Some((index, preset.name.clone()));
        }
        if small(ui, icons::TRASH, named("dialog.presets.delete")) {
            asked = Some(PresetAction::Delete(index));
        }
    });
    asked
}

/// What is typed replaces the old name.
fn mark_everything(ui: &Ui, text_box: egui::Id) {
    let mut state = TextEdit::load_state(ui.ctx(), text_box).unwrap_or_default();
    let everything = CCursorRange::two(CCursor::default(), CCursor::new(usize::MAX));
    state.cursor.set_char_range(Some(everything));
    state.store(ui.ctx(), text_box);
}

/// What the preset fills in, a line a field.
fn lines(preset: &Preset, input: &DialogInput<'_>) -> Vec<String> {
    let items = &input.catalogue.items;
    let line = |(field, value)| {
        let value = value_text(input.language, field, Some(value));
        format!("{}: {value}", label(input.language, field, items))
    };
    preset.values.iter().map(line).collect()
}

fn save_row(
    ui: &mut Ui,
    draft: &mut PresetsDraft,
    input: &DialogInput<'_>,
) -> Option<PresetAction> {
    let language: Language = input.language;
    let heading = language.text("dialog.presets.save_help");
    ui.label(RichText::new(heading).weak());
    let mut asked = None;
    ui.horizontal(|ui| {
        let name = TextEdit::singleline(&mut draft.new_name)
            .hint_text(language.text("dialog.presets.name_hint"))
            .desired_width(260.0);
        let response = ui.add(name);
        let response = response.accessible_name(language.text("dialog.presets.name").as_ref());
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let name = draft.new_name.trim().to_owned();
        let reason = match (input.selected.is_some(), name.is_empty()) {
            (false, _) => Some("reason.select_one"),
            (true, true) => Some("reason.name_needed"),
            (true, false) => None,
        };
        let button = Button::new(language.text("dialog.presets.save"));
        let response = ui.add_enabled(reason.is_none(), button);
        let clicked = response.clicked();
        if let Some(reason) = reason {
            response.on_disabled_hover_text(language.text(reason));
        } else if clicked || entered {
            draft.new_name.clear();
            asked = Some(PresetAction::Save { name });
        }
    });
    asked
}
