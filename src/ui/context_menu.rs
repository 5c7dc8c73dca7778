//! The menu under a right click on an estate: entries of the action table for what is selected.

use super::action::Action;
use super::availability::Reason;
use super::keymap::Keymap;
use super::menu_bar::{self, EntryInput};
use super::verb::{CONTEXT, Verb};
use crate::words::Language;
use egui::{Popup, Response, Ui};

/// What a context menu needs to know of the rest of the window.
#[derive(Clone, Copy)]
pub struct ContextInput<'a> {
    pub language: Language,
    pub available: &'a dyn Fn(Verb) -> Result<(), Reason>,
    pub keys: &'a Keymap,
}

/// Opens over `response` at a right click, and stays until something is chosen or clicked beside.
#[must_use]
pub fn context_menu(response: &Response, input: ContextInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    Popup::context_menu(response).show(|ui| actions = entries(ui, input));
    actions
}

/// The entries themselves, for a menu that has others before them.
#[must_use]
pub fn entries(ui: &mut Ui, input: ContextInput<'_>) -> Vec<Action> {
    let input = EntryInput {
        language: input.language,
        available: input.available,
        is_on: &|_| false,
        keys: input.keys,
    };
    menu_bar::entries(ui, CONTEXT, &input)
}
