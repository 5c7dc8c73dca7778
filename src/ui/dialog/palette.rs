//! The command palette: every verb, found by typing part of its name in either language.

use super::DialogInput;
use crate::ui::action::Action;
use crate::ui::verb::Verb;
use crate::words::Language;
use egui::{Button, Key, TextEdit, Ui};

pub(super) fn palette_ui(ui: &mut Ui, query: &mut String, input: &DialogInput<'_>) -> Vec<Action> {
    let language = input.language;
    let label = language.text("dialog.palette.title");
    let text = TextEdit::singleline(query)
        .hint_text(language.text("dialog.palette.hint"))
        .desired_width(f32::INFINITY);
    let response = ui.add(text);
    let response = response.accessible_name(label.as_ref());
    if !response.has_focus() && !response.lost_focus() {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));

    let mut chosen = None;
    if matching(query).next().is_none() {
        ui.weak(language.text("dialog.palette.none"));
    }
    for verb in matching(query) {
        let available = (input.available)(verb);
        if entered && chosen.is_none() && available.is_ok() {
            chosen = Some(verb);
        }
        let mut button = Button::new(language.text(verb.key())).frame(false);
        if let Some(key) = verb.key_text(ui.ctx()) {
            button = button.shortcut_text(key);
        }
        let response = ui.add_enabled(available.is_ok(), button);
        if response.clicked() {
            chosen = Some(verb);
        }
        if let Err(reason) = available {
            response.on_disabled_hover_text(language.text(reason.key()));
        }
    }
    match chosen {
        Some(verb) => vec![Action::CloseDialog, Action::Do(verb)],
        None => Vec::new(),
    }
}

/// The verbs whose name in any language holds `query`.
fn matching(query: &str) -> impl Iterator<Item = Verb> {
    let query = query.trim().to_lowercase();
    Verb::all().filter(move |verb| {
        Language::ALL
            .iter()
            .any(|language| language.text(verb.key()).to_lowercase().contains(&query))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_is_found_by_its_name_in_either_language() {
        for query in ["undo", "撤销", "UNDO "] {
            assert!(matching(query).any(|verb| verb == Verb::Undo), "{query}");
        }
        assert_eq!(matching("no such thing").count(), 0);
    }
}
