//! The keyboard's way through the form: from must-have to must-have by itself, back again, and on
//! to the next record once nothing is open.

use super::onward::{Direction, Then, neighbour, next_of};
use super::{Form, sections};
use crate::model::{EstateId, Field};
use crate::ui::action::Action;
use egui::{Event, FocusDirection, Id, Key, Modifiers, Ui};

/// Where the keyboard came from, and what waits for the survey to change.
#[derive(Default)]
pub struct Way {
    /// The keyboard is to come in from outside.
    entry: Option<Entry>,
    /// The last jump, for Shift+Tab to take back.
    jump: Option<Jump>,
    /// The record that had something open when it was last drawn.
    unfinished: Option<EstateId>,
    /// The field that was done last, with nothing else open.
    finishing: Option<Field>,
}

/// How the keyboard comes into the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// At the first must-have that is open, or at the top.
    FirstOpen,
    /// After many values were filled in at once: to what they left open, else to the facilities,
    /// which differ most often between neighbours.
    Review,
}

struct Jump {
    from: Field,
    to: Field,
}

impl Way {
    pub fn enter(&mut self, entry: Entry) {
        self.entry = Some(entry);
    }
}

impl Form<'_> {
    /// What a press in `field` does to the keyboard.
    pub fn go(&mut self, ui: &Ui, field: Field, then: Then) {
        match then {
            Then::Stay => {}
            Then::GoOn | Then::Done => self.go_on(ui, field, then),
            Then::GoBack => {
                if let Some(to) = self.neighbour(&field, Direction::Up) {
                    self.jump(ui, field, to);
                }
            }
        }
    }

    fn go_on(&mut self, ui: &Ui, from: Field, then: Then) {
        let open = self.walkable(&self.open);
        // To put an earlier answer right is not to be done with the record: Enter is.
        let finishes = then == Then::Done || open.contains(&from);
        if let Some(next) = next_of(&open, &from, self.input.items) {
            self.jump(ui, from, next);
        } else if finishes && self.state.way.unfinished.is_some() {
            // What this field was answered with is in the survey from the next frame on.
            self.state.way.finishing = Some(from);
        } else {
            match self.neighbour(&from, Direction::Down) {
                Some(next) => self.jump(ui, from, next),
                None => leave(ui),
            }
        }
    }

    /// Done at the beginning of a frame, with the survey as the last press left it.
    pub fn arrive(&mut self, ui: &Ui) {
        self.take_jump_back(ui);
        let single = match self.estates {
            [estate] if estate.standing.is_counted() => Some(*estate),
            _ => None,
        };
        let id = single.map(|estate| estate.id);
        if self.state.way.unfinished != id {
            self.state.way.unfinished = None;
            self.state.way.finishing = None;
        }
        if self.state.way.finishing.take().is_some()
            && let Some(estate) = single
        {
            leave(ui);
            match self.open[..] {
                [] => {
                    self.state.way.unfinished = None;
                    self.actions.push(Action::Finished(estate.id));
                }
                [Field::Boundary] => self.actions.push(sections::draw_boundary(estate)),
                // The last one was passed by without an answer.
                _ => {}
            }
        }
        if !self.open.is_empty() {
            self.state.way.unfinished = id;
        }
        if let Some(entry) = self.state.way.entry.take()
            && self
                .estates
                .iter()
                .all(|estate| estate.standing.is_counted())
        {
            self.state.go_to = self.entrance(entry);
        }
    }

    fn entrance(&self, entry: Entry) -> Option<Field> {
        let open = self.walkable(&self.open);
        let top = match self.estates.len() {
            0 | 1 => Field::Name,
            _ => Field::Locality,
        };
        let first_facility = self
            .must_haves
            .iter()
            .find(|field| matches!(field, Field::Gap(_)));
        match (open.first(), entry) {
            (Some(first), _) => Some(*first),
            (None, Entry::FirstOpen) => Some(top),
            (None, Entry::Review) => Some(first_facility.copied().unwrap_or(top)),
        }
    }

    /// Shift+Tab right after a jump goes back to where it began: the field that was just answered
    /// may lie many stops above.
    fn take_jump_back(&mut self, ui: &Ui) {
        let Some(Jump { from, to }) = self.state.way.jump else {
            return;
        };
        let focused = ui.memory(|memory| memory.focused());
        if focused != Some(self.focus_id(&to)) {
            self.state.way.jump = None;
        } else if ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::Tab)) {
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
            self.state.way.jump = None;
            self.state.go_to = Some(from);
        }
    }

    fn neighbour(&self, from: &Field, direction: Direction) -> Option<Field> {
        let walkable = self.walkable(&self.must_haves);
        neighbour(&walkable, from, direction, self.input.items)
    }

    /// Of `fields`, those that are shown for what is selected.
    fn walkable(&self, fields: &[Field]) -> Vec<Field> {
        let several = self.estates.len() > 1;
        let shown = |field: &&Field| !several || crate::catalogue::is_shared(field);
        fields
            .iter()
            .filter(|field| **field != Field::Boundary)
            .filter(shown)
            .copied()
            .collect()
    }

    fn jump(&mut self, ui: &Ui, from: Field, to: Field) {
        self.state.go_to = Some(to);
        self.state.way.jump = Some(Jump { from, to });
        // Now, and not when the field is next drawn: a key that comes in between is for it.
        let id = self.focus_id(&to);
        ui.memory_mut(|memory| memory.request_focus(id));
        // The press has done its work; a field further down must not take it, or the letter that
        // comes with it, for itself.
        ui.input_mut(|input| {
            let is_typed =
                |event: &Event| matches!(event, Event::Text(_) | Event::Key { pressed: true, .. });
            input.events.retain(|event| !is_typed(event));
        });
    }

    /// The widget that has the keyboard while it is in `field`.
    fn focus_id(&self, field: &Field) -> Id {
        match field {
            Field::Gap(_) => super::facilities::grid_id(),
            field => self.widget_id(field),
        }
    }
}

/// Gives the keyboard back to the map.
fn leave(ui: &Ui) {
    ui.memory_mut(|memory| memory.stop_text_input());
}
