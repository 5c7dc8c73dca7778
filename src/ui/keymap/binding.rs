//! A key with its modifiers, as it is pressed, printed on the keys and written into preferences.

use egui::{Context, Key, KeyboardShortcut, Modifiers};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A key and its modifiers; "Ctrl" is ⌘ on a Mac.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Binding(KeyboardShortcut);

/// A text that names no key of this program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no key")]
pub struct NoKey(pub String);

/// Why a key cannot be given to a verb. Sentences: locale files, `keys.reserved.<key>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// Enter, Esc, Tab, arrows: they walk through the window and finish what is begun.
    Walks,
    /// Digits set severities, choose chips and decide pairs.
    Chooses,
    /// Delete and Backspace take back a corner or a value.
    Clears,
    /// The system's keys for copying, cutting and pasting.
    CopiesText,
}

impl Reserved {
    pub fn key(self) -> &'static str {
        match self {
            Self::Walks => "keys.reserved.walks",
            Self::Chooses => "keys.reserved.chooses",
            Self::Clears => "keys.reserved.clears",
            Self::CopiesText => "keys.reserved.copies_text",
        }
    }
}

const MODIFIERS: [(&str, Modifiers); 3] = [
    ("Ctrl", Modifiers::COMMAND),
    ("Alt", Modifiers::ALT),
    ("Shift", Modifiers::SHIFT),
];

impl Binding {
    pub fn new(shortcut: KeyboardShortcut) -> Self {
        Self(shortcut)
    }

    /// The binding that a press means. Where Shift is only how a sign is typed, as for "?" on most
    /// keyboards, it is no part of it.
    pub fn pressed(key: Key, modifiers: Modifiers) -> Self {
        let mut own = Modifiers::NONE;
        own.command = modifiers.command;
        own.alt = modifiers.alt;
        own.shift = modifiers.shift && !is_sign(key);
        Self(KeyboardShortcut::new(own, key))
    }

    pub fn shortcut(&self) -> KeyboardShortcut {
        self.0
    }

    pub fn key(&self) -> Key {
        self.0.logical_key
    }

    pub fn modifiers(&self) -> Modifiers {
        self.0.modifiers
    }

    /// How many modifiers it has: egui ignores a Shift that was not asked for, so the most
    /// specific binding has to be tried first.
    pub fn specificity(&self) -> usize {
        let of = [
            self.0.modifiers.command,
            self.0.modifiers.alt,
            self.0.modifiers.shift,
        ];
        of.into_iter().filter(|held| *held).count()
    }

    /// Whether it types something into a text box: no Ctrl, no Alt, no function key.
    pub fn types(&self) -> bool {
        let is_function_key = (Key::F1..=Key::F35).contains(&self.key());
        !self.0.modifiers.command && !self.0.modifiers.alt && !is_function_key
    }

    /// Why no verb may have this key.
    ///
    /// # Errors
    /// The reason.
    pub fn is_free(&self) -> Result<(), Reserved> {
        let plain = !self.0.modifiers.command && !self.0.modifiers.alt;
        match self.key() {
            Key::Enter | Key::Escape | Key::Tab => Err(Reserved::Walks),
            Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight => {
                Err(Reserved::Walks)
            }
            Key::Delete | Key::Backspace => Err(Reserved::Clears),
            Key::C | Key::X | Key::V if self.0.modifiers.command && !self.0.modifiers.shift => {
                Err(Reserved::CopiesText)
            }
            key if plain && (Key::Num0..=Key::Num9).contains(&key) => Err(Reserved::Chooses),
            _ => Ok(()),
        }
    }

    /// As it is printed on the keys.
    pub fn text(&self, context: &Context) -> String {
        let name = self.key().name();
        let cap = match self.key() {
            // egui has a typographic minus, which no key cap shows.
            Key::Minus => "-",
            key if is_sign(key) => key.symbol_or_name(),
            _ => name,
        };
        let text = context.format_shortcut(&self.0);
        match text.strip_suffix(name) {
            Some(modifiers) => format!("{modifiers}{cap}"),
            // A short form, as on a Mac, already ends in the sign.
            None => text,
        }
    }
}

/// Whether the key types a sign that some keyboards need Shift for.
fn is_sign(key: Key) -> bool {
    (Key::Colon..=Key::Quote).contains(&key)
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, modifier) in MODIFIERS {
            if self.0.modifiers.contains(modifier) {
                write!(f, "{name}+")?;
            }
        }
        f.write_str(self.key().name())
    }
}

impl FromStr for Binding {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let mut rest = text;
        let mut modifiers = Modifiers::NONE;
        for (name, modifier) in MODIFIERS {
            if let Some(after) = rest.strip_prefix(name).and_then(|r| r.strip_prefix('+')) {
                modifiers |= modifier;
                rest = after;
            }
        }
        let key = Key::from_name(rest).ok_or_else(|| NoKey(text.to_owned()))?;
        Ok(Self(KeyboardShortcut::new(modifiers, key)))
    }
}

impl From<Binding> for String {
    fn from(binding: Binding) -> Self {
        binding.to_string()
    }
}

impl TryFrom<String> for Binding {
    type Error = NoKey;

    fn try_from(text: String) -> Result<Self, NoKey> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_with_every_modifier_is_written_and_read_back() {
        for key in Key::ALL {
            for modifiers in [
                Modifiers::NONE,
                Modifiers::SHIFT,
                Modifiers::COMMAND,
                Modifiers::COMMAND | Modifiers::SHIFT,
                Modifiers::COMMAND | Modifiers::ALT | Modifiers::SHIFT,
            ] {
                let binding = Binding(KeyboardShortcut::new(modifiers, *key));
                assert_eq!(binding.to_string().parse(), Ok(binding), "{binding}");
            }
        }
        assert!("Hyper+R".parse::<Binding>().is_err());
        assert!("".parse::<Binding>().is_err());
    }

    #[test]
    fn bindings_are_written_as_people_write_them() {
        let shortcut = |modifiers, key| Binding(KeyboardShortcut::new(modifiers, key)).to_string();
        let both = Modifiers::COMMAND | Modifiers::SHIFT;
        assert_eq!(shortcut(both, Key::R), "Ctrl+Shift+R");
        assert_eq!(shortcut(Modifiers::COMMAND, Key::Comma), "Ctrl+Comma");
    }

    #[test]
    fn keys_are_called_what_is_printed_on_them() {
        let context = Context::default();
        context.set_os(egui::os::OperatingSystem::Windows);
        for (text, printed) in [
            ("Questionmark", "?"),
            ("Ctrl+Comma", "Ctrl+,"),
            ("Minus", "-"),
            ("Plus", "+"),
            ("Ctrl+Shift+S", "Ctrl+Shift+S"),
            ("Space", "Space"),
            ("F6", "F6"),
        ] {
            let binding: Binding = text.parse().unwrap();
            assert_eq!(binding.text(&context), printed, "{text}");
        }
    }

    #[test]
    fn shift_that_only_types_a_sign_is_no_part_of_a_binding() {
        let pressed = |key| Binding::pressed(key, Modifiers::SHIFT).to_string();
        assert_eq!(pressed(Key::Questionmark), "Questionmark");
        assert_eq!(pressed(Key::Plus), "Plus");
        assert_eq!(pressed(Key::R), "Shift+R");
        assert_eq!(pressed(Key::F6), "Shift+F6");
    }

    #[test]
    fn keys_that_the_window_itself_needs_are_given_to_no_verb() {
        for (text, free) in [
            ("Enter", Err(Reserved::Walks)),
            ("Ctrl+Tab", Err(Reserved::Walks)),
            ("Down", Err(Reserved::Walks)),
            ("2", Err(Reserved::Chooses)),
            ("Ctrl+2", Ok(())),
            ("Delete", Err(Reserved::Clears)),
            ("Ctrl+V", Err(Reserved::CopiesText)),
            ("Ctrl+Shift+V", Ok(())),
            ("V", Ok(())),
            ("F9", Ok(())),
            ("Space", Ok(())),
        ] {
            assert_eq!(text.parse::<Binding>().unwrap().is_free(), free, "{text}");
        }
    }
}
