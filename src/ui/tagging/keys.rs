//! Keys of tagging that are no plain shortcut: the clipboard, and Tab from the map into the form.

use crate::ui::action::{Action, Workspace};
use crate::ui::app::App;
use crate::ui::verb::{Tag, Verb};
use egui::text_selection::LabelSelectionState;
use egui::{Event, FocusDirection, Key, Modifiers, Ui};

impl App {
    pub(in crate::ui) fn tagging_keys(&self, ui: &Ui) -> Vec<Action> {
        let mut actions = Vec::new();
        if self.session.is_none() || self.view.dialog.is_some() {
            return actions;
        }
        actions.extend(clipboard(ui));
        let in_survey = self.view.workspace == Workspace::Survey;
        if in_survey && !self.view.selection.is_empty() && tab_from_the_map(ui) {
            actions.push(Action::Do(Verb::Tag(Tag::NextMustHave)));
        }
        actions
    }
}

/// Ctrl+C and Ctrl+V come from the system as events of their own, never as keys. A text box, or
/// text that is marked in a sentence, means them for itself.
fn clipboard(ui: &Ui) -> Vec<Action> {
    let marked = ui.ctx().plugin::<LabelSelectionState>();
    if ui.ctx().text_edit_focused() || marked.lock().has_selection() {
        return Vec::new();
    }
    let mut asked = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| {
            match event {
                Event::Copy => asked.push(Action::Do(Verb::Tag(Tag::Copy))),
                Event::Paste(text) => asked.push(Action::Paste(text.clone())),
                _ => return true,
            }
            false
        });
    });
    asked
}

/// With nothing else in hand, Tab goes into the form rather than into the menu bar.
fn tab_from_the_map(ui: &Ui) -> bool {
    let idle = ui.memory(|memory| memory.focused().is_none());
    let open_menu = egui::Popup::is_any_open(ui.ctx());
    let pressed = idle
        && !open_menu
        && ui.input_mut(|input| {
            input.modifiers.is_none() && input.consume_key(Modifiers::NONE, Key::Tab)
        });
    if pressed {
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
    pressed
}
