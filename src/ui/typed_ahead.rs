//! One key press a frame. A fast typist, or a slow frame, sends several at once: each must find the
//! keyboard where the one before it has put it.

use egui::Event;
use std::collections::VecDeque;

/// What was typed faster than it was drawn.
#[derive(Default)]
pub struct TypedAhead {
    waiting: VecDeque<Event>,
}

impl TypedAhead {
    /// Leaves in `events` what belongs to one key press, and keeps the rest, in order, for the
    /// next frame. Returns whether anything waits.
    pub fn one_key(&mut self, events: &mut Vec<Event>) -> bool {
        self.waiting.extend(events.drain(..));
        let mut presses = 0;
        while let Some(event) = self.waiting.pop_front() {
            presses += usize::from(is_press(&event));
            if presses > 1 {
                self.waiting.push_front(event);
                break;
            }
            events.push(event);
        }
        !self.waiting.is_empty()
    }
}

fn is_press(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { pressed: true, .. } | Event::Copy | Event::Cut | Event::Paste(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Key, Modifiers};

    fn key(key: Key, pressed: bool) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    #[test]
    fn keys_that_come_together_are_handed_over_one_by_one_with_their_text() {
        let text = |text: &str| Event::Text(text.into());
        let mut events = vec![
            key(Key::Num8, true),
            text("8"),
            key(Key::Num8, false),
            key(Key::Enter, true),
            key(Key::Num2, true),
            text("2"),
        ];
        let mut typed = TypedAhead::default();
        assert!(typed.one_key(&mut events));
        assert_eq!(
            events,
            [key(Key::Num8, true), text("8"), key(Key::Num8, false)]
        );
        events = vec![Event::PointerGone];
        assert!(typed.one_key(&mut events));
        assert_eq!(events, [key(Key::Enter, true)]);
        events.clear();
        assert!(!typed.one_key(&mut events));
        assert_eq!(
            events,
            [key(Key::Num2, true), text("2"), Event::PointerGone]
        );
        events.clear();
        assert!(!typed.one_key(&mut events));
        assert!(events.is_empty());
    }
}
