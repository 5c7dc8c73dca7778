//! Which key does what: the defaults of the action table, overlaid by what the user chose.
//!
//! Menus, tool tips, palette, the sheet of keys and the keyboard itself all ask here. Kept in the
//! preferences by the verb's name; what this program does not know there is left as it is.

mod binding;

pub use binding::{Binding, Reserved};

use super::verb::Verb;
use egui::{Context, Event, InputState, Key, Modifiers};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The user's own keys, by the verb's name without `verb.`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keymap(BTreeMap<String, Entry>);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Entry {
    /// `None` takes the verb's key away.
    Key(Option<Binding>),
    /// Written by another version of this program.
    Unknown(serde_json::Value),
}

/// The keys 0 to 9, in the row above the letters and on the number pad.
pub const DIGITS: [Key; 10] = [
    Key::Num0,
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// Who is at the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Nobody: every key is a verb's.
    Nothing,
    /// A button or a list, which needs the keys that walk and press.
    Control,
    /// The facility grid, where every letter is a facility's.
    Grid,
    /// A text box, which needs what types and edits text.
    Text,
    /// A text box whose text is no edit yet: it takes back by itself what is typed.
    Typing,
    /// An open dialog without a text box in use; letters mean nothing behind it.
    Dialog,
    /// An open dialog that shows a picture, from which undo takes back what was done to it.
    Picture,
}

impl Keymap {
    /// The key of a verb: the user's own, or the default unless the user gave that to another.
    pub fn binding(&self, verb: Verb) -> Option<Binding> {
        if let Some(Entry::Key(own)) = self.0.get(name(verb)) {
            return *own;
        }
        let default = default(verb)?;
        let is_taken = self
            .0
            .values()
            .any(|entry| *entry == Entry::Key(Some(default)));
        (!is_taken).then_some(default)
    }

    /// The key of a verb, as it is printed on the keys.
    pub fn text(&self, verb: Verb, context: &Context) -> Option<String> {
        Some(self.binding(verb)?.text(context))
    }

    pub fn is_default(&self, verb: Verb) -> bool {
        self.binding(verb) == default(verb)
    }

    /// The verb that has this key now.
    pub fn holder(&self, binding: Binding) -> Option<Verb> {
        Verb::all().find(|verb| self.binding(*verb) == Some(binding))
    }

    /// Gives a verb a key, or none. Who had the key is left without one.
    pub fn bind(&mut self, verb: Verb, binding: Option<Binding>) {
        if let Some(holder) = binding.and_then(|binding| self.holder(binding)) {
            self.set(holder, None);
        }
        self.set(verb, binding);
    }

    /// Gives a verb its default key back; who had that is left without one.
    pub fn reset(&mut self, verb: Verb) {
        self.bind(verb, default(verb));
    }

    /// Every verb has its default key again.
    pub fn reset_all(&mut self) {
        self.0
            .retain(|key, _| Verb::all().all(|verb| name(verb) != key));
    }

    fn set(&mut self, verb: Verb, binding: Option<Binding>) {
        match binding == default(verb) {
            true => self.0.remove(name(verb)),
            false => self.0.insert(name(verb).to_owned(), Entry::Key(binding)),
        };
    }

    /// The verbs whose keys were pressed, taken out of what others get to see.
    pub fn pressed(&self, input: &mut InputState, focus: Focus) -> Vec<Verb> {
        let mut bound: Vec<_> = Verb::all()
            .filter_map(|verb| Some((self.binding(verb)?, verb)))
            .filter(|(binding, verb)| passes(*binding, *verb, focus))
            .collect();
        bound.sort_by_key(|(binding, _)| std::cmp::Reverse(binding.specificity()));
        let pressed = bound
            .into_iter()
            .filter(|(binding, _)| self.take(input, *binding));
        pressed.map(|(_, verb)| verb).collect()
    }

    fn take(&self, input: &mut InputState, binding: Binding) -> bool {
        let (key, modifiers) = (binding.key(), binding.modifiers());
        // The window system tells of these as what they do, not as a key.
        let told_as = |event: &Event| match key {
            Key::C => matches!(event, Event::Copy),
            Key::X => matches!(event, Event::Cut),
            Key::V => matches!(event, Event::Paste(_)),
            _ => false,
        };
        if modifiers == Modifiers::COMMAND && input.events.iter().any(told_as) {
            input.events.retain(|event| !told_as(event));
            return true;
        }
        if input.consume_key(modifiers, key) {
            return true;
        }
        // "+" without Shift, where nobody has "=".
        let unshifted = Binding::pressed(Key::Equals, modifiers);
        key == Key::Plus
            && self.holder(unshifted).is_none()
            && input.consume_key(modifiers, Key::Equals)
    }
}

/// Whether a key reaches its verb past whoever is at the keyboard.
fn passes(binding: Binding, verb: Verb, focus: Focus) -> bool {
    if matches!(verb, Verb::Undo | Verb::Redo) && matches!(focus, Focus::Typing | Focus::Dialog) {
        return false;
    }
    if !binding.types() {
        let edits_text = matches!(
            binding.key(),
            Key::A | Key::C | Key::X | Key::V | Key::Backspace | Key::Delete
        );
        return !matches!(focus, Focus::Text | Focus::Typing) || !edits_text;
    }
    match focus {
        Focus::Nothing => true,
        // From the first letter on, keys type; before it they walk and press.
        Focus::Control => binding.key() > Key::Paste,
        Focus::Grid | Focus::Text | Focus::Typing | Focus::Dialog | Focus::Picture => false,
    }
}

/// The verb's name in the preferences.
fn name(verb: Verb) -> &'static str {
    let key = verb.key();
    key.strip_prefix("verb.").unwrap_or(key)
}

fn default(verb: Verb) -> Option<Binding> {
    verb.shortcut().map(Binding::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::verb::{Tag, Take};

    const DRAW: Verb = Verb::Take(Take::Draw);
    const REPEAT: Verb = Verb::Tag(Tag::RepeatLast);

    fn binding(text: &str) -> Binding {
        text.parse().unwrap()
    }

    /// The verbs that one press means.
    fn press(keymap: &Keymap, key: Key, modifiers: Modifiers, focus: Focus) -> Vec<Verb> {
        let event = Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        };
        told(keymap, event, focus)
    }

    fn told(keymap: &Keymap, event: Event, focus: Focus) -> Vec<Verb> {
        let mut input = InputState::default();
        input.events.push(event);
        keymap.pressed(&mut input, focus)
    }

    #[test]
    fn every_default_key_reaches_its_verb_and_no_other() {
        let keymap = Keymap::default();
        for verb in Verb::all() {
            let Some(shortcut) = verb.shortcut() else {
                continue;
            };
            let modifiers = Modifiers {
                ctrl: shortcut.modifiers.command,
                ..shortcut.modifiers
            };
            let pressed = press(&keymap, shortcut.logical_key, modifiers, Focus::Nothing);
            assert_eq!(pressed, [verb]);
            let free = Binding::new(shortcut).is_free();
            let copies = [Verb::Tag(Tag::Copy), Verb::Tag(Tag::Paste)];
            assert!(free.is_ok() || copies.contains(&verb), "{verb:?}: {free:?}");
        }
    }

    #[test]
    fn shift_makes_another_key_of_a_letter_but_not_of_a_sign() {
        let keymap = Keymap::default();
        let shift = |key| press(&keymap, key, Modifiers::SHIFT, Focus::Nothing);
        assert_eq!(shift(Key::R), [Verb::Tag(Tag::RepeatField)]);
        assert_eq!(shift(Key::Questionmark), [Verb::Keys]);
        assert_eq!(shift(Key::Plus), [Verb::ZoomIn]);
        let plain = |key| press(&keymap, key, Modifiers::NONE, Focus::Nothing);
        assert_eq!(plain(Key::R), [REPEAT]);
        assert_eq!(plain(Key::Equals), [Verb::ZoomIn]);
    }

    #[test]
    fn the_clipboard_keys_reach_their_verbs_though_the_system_tells_of_them_otherwise() {
        let keymap = Keymap::default();
        let copy = Verb::Tag(Tag::Copy);
        assert_eq!(told(&keymap, Event::Copy, Focus::Nothing), [copy]);
        assert_eq!(told(&keymap, Event::Copy, Focus::Text), []);
        let paste = Event::Paste("洪都新村".into());
        assert_eq!(
            told(&keymap, paste, Focus::Control),
            [Verb::Tag(Tag::Paste)]
        );
    }

    #[test]
    fn who_is_at_the_keyboard_gets_the_keys_he_needs() {
        use Focus::{Control, Dialog, Grid, Nothing, Text, Typing};
        let keymap = Keymap::default();
        for (key, modifiers, reach) in [
            (Key::D, Modifiers::NONE, &[Nothing, Control][..]),
            (Key::R, Modifiers::SHIFT, &[Nothing, Control]),
            (Key::Questionmark, Modifiers::SHIFT, &[Nothing, Control]),
            (Key::Space, Modifiers::NONE, &[Nothing]),
            (Key::Home, Modifiers::NONE, &[Nothing]),
            (
                Key::F6,
                Modifiers::NONE,
                &[Nothing, Control, Grid, Text, Typing, Dialog],
            ),
            (
                Key::K,
                Modifiers::COMMAND,
                &[Nothing, Control, Grid, Text, Typing, Dialog],
            ),
            (Key::Z, Modifiers::COMMAND, &[Nothing, Control, Grid, Text]),
            (
                Key::A,
                Modifiers::COMMAND,
                &[Nothing, Control, Grid, Dialog],
            ),
        ] {
            for focus in [Nothing, Control, Grid, Text, Typing, Dialog] {
                let reaches = !press(&keymap, key, modifiers, focus).is_empty();
                assert_eq!(reaches, reach.contains(&focus), "{key:?} {focus:?}");
            }
        }
    }

    #[test]
    fn a_key_that_is_given_away_leaves_its_holder_without_one() {
        let mut keymap = Keymap::default();
        assert_eq!(keymap.holder(binding("R")), Some(REPEAT));
        keymap.bind(DRAW, Some(binding("R")));
        assert_eq!(keymap.binding(DRAW), Some(binding("R")));
        assert_eq!(keymap.binding(REPEAT), None);
        assert_eq!(keymap.holder(binding("D")), None, "free now");
        assert_eq!(
            press(&keymap, Key::R, Modifiers::NONE, Focus::Nothing),
            [DRAW]
        );

        keymap.reset(REPEAT);
        assert_eq!(keymap.binding(REPEAT), Some(binding("R")));
        assert_eq!(keymap.binding(DRAW), None);
        keymap.reset_all();
        assert_eq!(keymap, Keymap::default());
    }

    #[test]
    fn a_new_default_does_not_take_a_key_that_the_user_gave_to_another() {
        let keymap: Keymap = serde_json::from_str(r#"{"draw_tool": "R"}"#).unwrap();
        assert_eq!(keymap.binding(REPEAT), None);
        assert_eq!(keymap.holder(binding("R")), Some(DRAW));
    }

    #[test]
    fn entries_of_another_version_are_kept_and_ignored() {
        let text = r#"{"draw_tool":"Hyper+W","fly":"Ctrl+Shift+F","undo":{"long":3},"redo":null}"#;
        let mut keymap: Keymap = serde_json::from_str(text).unwrap();
        assert_eq!(keymap.binding(DRAW), Some(binding("D")));
        assert_eq!(keymap.binding(Verb::Undo), Some(binding("Ctrl+Z")));
        assert_eq!(keymap.binding(Verb::Redo), None);
        keymap.bind(Verb::Redo, Some(binding("Ctrl+Shift+Z")));
        let written = serde_json::to_value(&keymap).unwrap();
        let expected = serde_json::json!({
            "draw_tool": "Hyper+W",
            "fly": "Ctrl+Shift+F",
            "undo": {"long": 3},
            "redo": "Ctrl+Shift+Z",
        });
        assert_eq!(written, expected);
    }
}
