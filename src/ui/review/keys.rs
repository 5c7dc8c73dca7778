//! Keys of the review that are no plain shortcut: digits decide, arrows walk the fields.

use super::VERDICTS;
use super::fields::FieldKey;
use crate::ui::action::{Action, BulkAction, Workspace};
use crate::ui::app::App;
use crate::ui::verb::{OfPair, Verb};
use egui::{Key, Modifiers, Ui};

const ARROWS: [(Key, FieldKey); 4] = [
    (Key::ArrowUp, FieldKey::Up),
    (Key::ArrowDown, FieldKey::Down),
    (Key::ArrowLeft, FieldKey::Left),
    (Key::ArrowRight, FieldKey::Right),
];

impl App {
    pub(in crate::ui) fn review_keys(&self, ui: &Ui) -> Vec<Action> {
        let in_review = self.session.is_some() && self.view.workspace == Workspace::Review;
        let elsewhere = self.view.dialog.is_some()
            || ui.ctx().text_edit_focused()
            || egui::Popup::is_any_open(ui.ctx());
        if !in_review || elsewhere {
            return Vec::new();
        }
        // Whatever has the keyboard, the map too, needs the arrows for itself.
        let idle = ui.memory(|memory| memory.focused().is_none());
        ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            let verdicts = VERDICTS
                .into_iter()
                .filter(|(.., key)| pressed(*key))
                .map(|(verdict, ..)| Action::Do(Verb::Pair(OfPair::Decide(verdict))));
            let mut actions: Vec<_> = verdicts.collect();
            if self.review.bulk.is_some() && pressed(Key::Escape) {
                actions.push(Action::Bulk(BulkAction::Close));
            }
            if idle && self.view.pair.is_some() {
                let arrows = ARROWS.into_iter().filter(|(key, _)| pressed(*key));
                actions.extend(arrows.map(|(_, key)| Action::PairField(key)));
            }
            actions
        })
    }
}
