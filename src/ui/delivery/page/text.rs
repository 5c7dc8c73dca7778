//! Boxes to type in. The text is the page's until Enter, Tab or a click elsewhere makes it one
//! edit; text that is no value stays in the box with a sentence beneath.

use super::{Page, slot_id};
use crate::ui::delivery::slot::Slot;
use crate::ui::form::prepare_text;
use crate::ui::theme::Palette;
use crate::ui::{icons, signs};
use egui::{Key, Response, RichText, TextEdit, Ui};

/// How a box looks.
#[derive(Clone, Copy, Default)]
pub struct Look<'a> {
    pub width: f32,
    pub hint: &'a str,
    pub suffix: &'a str,
}

impl Look<'_> {
    pub fn wide(width: f32) -> Self {
        Self {
            width,
            ..Self::default()
        }
    }
}

/// A box of one line, called `name`.
pub fn text_box(ui: &mut Ui, page: &mut Page<'_>, slot: Slot, name: &str, look: Look<'_>) {
    let mut text = shown_text(page, slot);
    let mut edit = TextEdit::singleline(&mut text)
        .id(slot_id(page.estate.id, slot))
        .hint_text(look.hint.to_owned())
        .desired_width(look.width);
    if !look.suffix.is_empty() {
        edit = edit.suffix(look.suffix.to_owned());
    }
    let response = ui.add(edit);
    after_drawing(ui, page, slot, &response, text);
    response.accessible_name(name);
}

/// A box of several lines.
pub fn text_area(ui: &mut Ui, page: &mut Page<'_>, slot: Slot, name: &str) {
    let mut text = shown_text(page, slot);
    let edit = TextEdit::multiline(&mut text)
        .id(slot_id(page.estate.id, slot))
        .desired_width(ui.available_width() - 8.0)
        .desired_rows(2);
    let response = ui.add(edit);
    after_drawing(ui, page, slot, &response, text);
    response.accessible_name(name);
}

/// Why what was typed at these places is no value.
pub fn problems(ui: &mut Ui, page: &Page<'_>, slots: &[Slot]) {
    for slot in slots {
        let Some(draft) = page.state.drafts.get(page.estate.id, *slot) else {
            continue;
        };
        if let Some(problem) = &draft.problem {
            let text = problem.text(page.language(), &draft.text);
            problem_line(ui, &text);
        }
    }
}

/// A sentence about something wrong, with its sign.
pub fn problem_line(ui: &mut Ui, text: &str) {
    let color = Palette::of(ui.visuals()).finding;
    sentence(ui, icons::PROHIBIT, text, color);
}

/// A sentence about something to look at.
pub fn caution_line(ui: &mut Ui, text: &str) {
    let color = Palette::of(ui.visuals()).caution;
    sentence(ui, icons::WARNING, text, color);
}

/// A sentence with its sign; it wraps beside the sign.
pub fn sentence(ui: &mut Ui, icon: &str, text: &str, color: egui::Color32) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(RichText::new(icon).color(color));
        let text = signs::beneath(ui, text).color(color);
        ui.add(egui::Label::new(text).wrap());
    });
}

pub(super) fn shown_text(page: &Page<'_>, slot: Slot) -> String {
    match page.state.drafts.get(page.estate.id, slot) {
        Some(draft) => draft.text.clone(),
        None => slot.text_of(page.project),
    }
}

fn after_drawing(ui: &Ui, page: &mut Page<'_>, slot: Slot, response: &Response, text: String) {
    let estate = page.estate.id;
    if response.changed() {
        page.state.drafts.insert(estate, slot, text);
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    // What was no value is put right by typing over it.
    let draft = page.state.drafts.get(estate, slot);
    let typing = draft.is_some_and(|draft| draft.problem.is_none());
    prepare_text(ui, response, typing);
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        page.state.drafts.remove(estate, slot);
    }
    // Enter tries once more: what was refused may be taken by now.
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered && let Some(draft) = page.state.drafts.get(estate, slot) {
        let text = draft.text.clone();
        page.state.drafts.insert(estate, slot, text);
    }
    let waits = page
        .state
        .drafts
        .get(estate, slot)
        .is_some_and(|draft| draft.problem.is_none());
    if waits && !response.has_focus() {
        page.commit(slot);
        if entered && page.state.drafts.get(estate, slot).is_some() {
            response.request_focus();
        }
    }
}
