//! A field that is typed. The text is the form's until Enter, Tab or a click elsewhere makes it
//! one edit; text that is no value stays in the field with a sentence beneath.

use super::onward::Then;
use super::row::{about, issue_line};
use super::summary::Held;
use super::{Form, typed};
use crate::model::{Field, Kind};
use crate::rules::checks::Gravity;
use crate::words::fields;
use egui::text::{CCursor, CCursorRange};
use egui::{Id, Key, Response, TextEdit, Ui};

/// How a typed field is named for people who hear the form.
#[derive(Clone, Copy, Debug)]
pub enum Named {
    /// By the label beside it.
    By(Id),
    /// It shares its line, so it carries the name itself.
    Itself,
}

/// A one-line field, as wide as `width`.
pub fn text_field(ui: &mut Ui, form: &mut Form<'_>, field: Field, named: Named, width: f32) {
    let mut text = shown_text(form, &field);
    let mut edit = TextEdit::singleline(&mut text)
        .id(form.widget_id(&field))
        .desired_width(width);
    if let Some(unit) = fields::unit(form.language(), &field) {
        edit = edit.suffix(unit.into_owned());
    }
    if form.held(&field) == Held::Different {
        edit = edit.hint_text(different(form, width));
    }
    let response = ui.add(edit);
    after_drawing(ui, form, field, named, response, text);
    problem_line(ui, form, &field);
}

/// In words, where there is room for them.
fn different(form: &Form<'_>, width: f32) -> String {
    const ROOM_FOR_WORDS: f32 = 120.0;
    match width < ROOM_FOR_WORDS {
        true => "≠".to_owned(),
        false => form.language().text("form.different").into_owned(),
    }
}

/// A field of several lines.
pub fn text_area(ui: &mut Ui, form: &mut Form<'_>, field: Field, named: Named) {
    let mut text = shown_text(form, &field);
    let edit = TextEdit::multiline(&mut text)
        .id(form.widget_id(&field))
        .desired_width(ui.available_width())
        .desired_rows(2);
    let response = ui.add(edit);
    after_drawing(ui, form, field, named, response, text);
    problem_line(ui, form, &field);
}

/// Why the typed text is no value, for fields that share a line with others.
fn problem_line(ui: &mut Ui, form: &Form<'_>, field: &Field) {
    if let Some(draft) = form.state.drafts.get(&form.draft_key(field))
        && let Some(problem) = draft.problem
    {
        let text = problem.text(form.language(), &draft.text);
        issue_line(ui, Gravity::Blocks, &text);
    }
}

fn shown_text(form: &Form<'_>, field: &Field) -> String {
    match form.state.drafts.get(&form.draft_key(field)) {
        Some(draft) => draft.text.clone(),
        None => typed::text_of(form.held(field).value()),
    }
}

fn after_drawing(
    ui: &Ui,
    form: &mut Form<'_>,
    field: Field,
    named: Named,
    response: Response,
    text: String,
) {
    let key = form.draft_key(&field);
    if response.changed() {
        form.state.drafts.insert(key.clone(), text);
    }
    if form.takes_cursor(&field) {
        response.request_focus();
        response.scroll_to_me(Some(egui::Align::Center));
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    prepare_text(ui, &response, form.state.drafts.get(&key).is_some());
    let escaped = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
    if escaped {
        form.state.drafts.remove(&key);
    }
    let waits = form
        .state
        .drafts
        .get(&key)
        .is_some_and(|draft| draft.problem.is_none());
    if waits && !response.has_focus() {
        let committed = form.state.drafts.commit(&key, form.input.survey);
        form.actions.extend(committed);
    }
    if response.lost_focus()
        && let Some(then) = entered(ui)
    {
        match form.state.drafts.get(&key).is_some() {
            // What is no value is put right before anything else.
            true => response.request_focus(),
            false => form.go(ui, field, then),
        }
    }
    let response = match named {
        Named::By(label) => response.labelled_by(label),
        Named::Itself => response.accessible_name(form.label(&field)),
    };
    let about = about(form, &field);
    if !about.is_empty() {
        response.on_hover_text(about);
    }
}

/// Enter is done with the field, Shift+Enter goes back.
fn entered(ui: &Ui) -> Option<Then> {
    ui.input(|input| match input.key_pressed(Key::Enter) {
        true if input.modifiers.shift => Some(Then::GoBack),
        true => Some(Then::Done),
        false => None,
    })
}

/// What the keyboard comes into is replaced by what is typed; and nothing that was committed can
/// come back by the text field's own undo, behind the survey's.
pub fn prepare_text(ui: &Ui, response: &Response, typing: bool) {
    let came_by_keyboard = response.gained_focus() && !response.is_pointer_button_down_on();
    if typing || !response.has_focus() {
        return;
    }
    let mut state = TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
    state.clear_undoer();
    if came_by_keyboard {
        let everything = CCursorRange::two(CCursor::default(), CCursor::new(usize::MAX));
        state.cursor.set_char_range(Some(everything));
    }
    state.store(ui.ctx(), response.id);
}

/// How wide a field of this kind needs to be.
pub fn natural_width(ui: &Ui, field: &Field) -> f32 {
    match field.kind() {
        Kind::Year => 56.0,
        Kind::Count | Kind::SquareMetres => 150.0_f32.min(ui.available_width()),
        _ => ui.available_width(),
    }
}
