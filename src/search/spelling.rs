//! The characters of a survey's texts, each numbered once, and how each is read.
//!
//! 170,000 names and addresses are written with some thousand different characters. What a typed
//! letter may stand for is asked once a character, not once a name.

use pinyin::ToPinyinMulti;
use std::collections::HashMap;

/// The number of a character in an [`Alphabet`].
pub type Number = u16;

/// Stands between texts; no typed letter matches it.
pub const GAP: Number = 0;

#[derive(Debug)]
pub struct Character {
    pub character: char,
    /// Toneless syllables in lower case, in every reading; empty for what is no Chinese character.
    pub readings: Vec<&'static str>,
}

/// Every character met so far.
#[derive(Debug)]
pub struct Alphabet {
    characters: Vec<Character>,
    numbers: HashMap<char, Number>,
}

impl Default for Alphabet {
    fn default() -> Self {
        Self {
            characters: vec![Character {
                character: '\n',
                readings: Vec::new(),
            }],
            numbers: HashMap::new(),
        }
    }
}

impl Alphabet {
    /// The number of a character, given now where it is new.
    pub fn number(&mut self, character: char) -> Number {
        if let Some(number) = self.numbers.get(&character) {
            return *number;
        }
        // No survey has 65,535 different characters; a file made to have them finds less.
        let Ok(number) = Number::try_from(self.characters.len()) else {
            return GAP;
        };
        self.characters.push(Character {
            character,
            readings: readings(character),
        });
        self.numbers.insert(character, number);
        number
    }

    pub fn get(&self, number: Number) -> &Character {
        &self.characters[usize::from(number)]
    }

    /// In the order of their numbers.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Character> {
        self.characters.iter()
    }
}

/// Every reading without its tone: 重 is zhong and chong. On a keyboard ü is v or u.
fn readings(character: char) -> Vec<&'static str> {
    let mut readings = Vec::new();
    for reading in character.to_pinyin_multi().into_iter().flatten() {
        match reading.plain() {
            "lü" => readings.extend(["lv", "lu"]),
            "nü" => readings.extend(["nv", "nu"]),
            "lüe" => readings.extend(["lve", "lue"]),
            "nüe" => readings.extend(["nve", "nue"]),
            plain if plain.bytes().all(|byte| byte.is_ascii_lowercase()) => readings.push(plain),
            // Interjections such as ê, which nobody types.
            _ => {}
        }
    }
    readings.sort_unstable();
    readings.dedup();
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_read_in_every_way() {
        for (character, expected) in [
            ('洪', &["hong"][..]),
            ('重', &["chong", "zhong"]),
            ('绿', &["lu", "lv"]),
            ('8', &[]),
            ('a', &[]),
            ('（', &[]),
        ] {
            let found = readings(character);
            let all = expected.iter().all(|reading| found.contains(reading));
            assert!(
                all && expected.is_empty() == found.is_empty(),
                "{character} {found:?}"
            );
        }
    }

    #[test]
    fn a_character_keeps_its_number() {
        let mut alphabet = Alphabet::default();
        let first = alphabet.number('洪');
        let second = alphabet.number('都');
        assert_ne!(first, second);
        assert_eq!(alphabet.number('洪'), first);
        assert_eq!(alphabet.get(second).character, '都');
        assert_ne!(first, GAP);
    }
}
