//! What a surveyor should know about an item besides its name.

use crate::catalogue::{Item, Items};
use crate::model::ItemCode;
use crate::words::Language;
use crate::words::fields::{item_label, utility_label};

/// Name and notes in one line, for the cell that the keyboard is on.
pub fn one_line(language: Language, items: &Items, code: ItemCode) -> String {
    let Some(item) = items.get(code) else {
        return code.to_string();
    };
    let mut parts = vec![format!("{code} {}", item_label(language, item))];
    parts.extend(notes(language, item));
    parts.join(" · ")
}

/// What it counts as, where it lies and on what condition it is done.
pub fn notes(language: Language, item: &Item) -> Vec<String> {
    let utilities = item.utilities.iter();
    let mut notes: Vec<String> = utilities
        .map(|utility| utility_label(language, *utility).into_owned())
        .collect();
    if item.safety {
        notes.push(language.text("form.item.safety").into_owned());
    }
    if item.linked_outside {
        notes.push(language.text("form.item.linked_outside").into_owned());
    }
    if let Some(condition) = &item.condition {
        notes.push(language.text_with("form.item.condition", &[("words", condition)]));
    }
    notes
}
