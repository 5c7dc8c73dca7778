//! Whether a record answers a query, and how well.
//!
//! A typed letter stands for itself or for a character read so; a syllable may be written out,
//! begun, or left at its initial, each as the typist likes: hdxc, hongduxincun, hongdxc, hd新村.

use super::index::{Part, Text};
use super::query::Query;
use super::spelling::{Alphabet, Character, GAP, Number};

/// How well a record answers, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The whole name, in characters.
    Exact,
    /// The name begins so, in characters.
    Begins,
    /// The initials with which the name begins.
    Initials,
    /// The name contains the characters.
    Contains,
    /// The name sounds so somewhere.
    Sounds,
    Alias,
    Address,
    /// A code, a number, the key of the row it came from.
    Number,
}

/// How a stretch of text was typed. The worse way of any character counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Typed {
    Characters,
    Initials,
    Syllables,
}

/// A query made ready for the texts of one alphabet.
pub struct Search<'a> {
    alphabet: &'a Alphabet,
    words: Vec<Word<'a>>,
}

struct Word<'a> {
    letters: &'a [char],
    /// A bit a character: whether the word may begin with it.
    begins: Vec<u64>,
}

impl<'a> Search<'a> {
    pub fn new(query: &'a Query, alphabet: &'a Alphabet) -> Self {
        let words = query.words().iter();
        Self {
            alphabet,
            words: words.map(|letters| Word::new(letters, alphabet)).collect(),
        }
    }

    /// How well a record with this text answers: as well as its worst word. `None` where a word
    /// does not occur.
    pub fn rank(&self, text: &Text) -> Option<Rank> {
        let mut worst = Rank::Exact;
        for word in &self.words {
            worst = worst.max(self.rank_of_word(word, text)?);
        }
        Some(worst)
    }

    fn rank_of_word(&self, word: &Word, text: &Text) -> Option<Rank> {
        let mut best: Option<Rank> = None;
        for (at, number) in text.symbols.iter().enumerate() {
            // A later part of the text gives no better rank.
            if *number == GAP && best.is_some() {
                break;
            }
            if !word.may_begin_with(*number) {
                continue;
            }
            let found = self.read(&text.symbols, at, word.letters, Typed::Characters);
            if let Some((typed, end)) = found {
                let rank = rank(text, at, end, typed);
                best = Some(best.map_or(rank, |best| best.min(rank)));
            }
        }
        best
    }

    /// The best way in which `letters` read what stands from `at` on, and where they end.
    fn read(
        &self,
        symbols: &[Number],
        at: usize,
        letters: &[char],
        so_far: Typed,
    ) -> Option<(Typed, usize)> {
        let Some((first, rest)) = letters.split_first() else {
            return Some((so_far, at));
        };
        let number = *symbols.get(at)?;
        if number == GAP {
            return None;
        }
        let character = self.alphabet.get(number);
        let mut best = None;
        let mut try_way = |rest: &[char], typed: Typed| {
            let found = self.read(symbols, at + 1, rest, so_far.max(typed));
            best = match (best, found) {
                (None, found) => found,
                (Some(best), Some(found)) => Some(std::cmp::min(best, found)),
                (best, None) => best,
            };
        };
        if character.character == *first {
            try_way(rest, Typed::Characters);
        }
        for reading in &character.readings {
            let shared = shared_letters(reading, letters);
            if shared > 0 {
                try_way(rest, Typed::Initials);
            }
            // 知 has the initial zh, or for short z.
            if shared > 1 && reading.as_bytes()[1] == b'h' {
                try_way(&letters[2..], Typed::Initials);
            }
            // The whole syllable, or as much of it as is typed yet.
            if shared > 1 && (shared == reading.len() || shared == letters.len()) {
                try_way(&letters[shared..], Typed::Syllables);
            }
        }
        best
    }
}

impl<'a> Word<'a> {
    fn new(letters: &'a [char], alphabet: &Alphabet) -> Self {
        let mut begins = vec![0; alphabet.iter().len().div_ceil(64)];
        for (number, character) in alphabet.iter().enumerate() {
            if may_begin(character, letters) {
                begins[number / 64] |= 1 << (number % 64);
            }
        }
        Self { letters, begins }
    }

    fn may_begin_with(&self, number: Number) -> bool {
        let number = usize::from(number);
        let bits = self.begins.get(number / 64).copied().unwrap_or_default();
        bits >> (number % 64) & 1 == 1
    }
}

fn may_begin(character: &Character, letters: &[char]) -> bool {
    let mut readings = character.readings.iter();
    letters.first() == Some(&character.character)
        || readings.any(|reading| shared_letters(reading, letters) > 0)
}

/// How many letters a syllable and what is typed have in common from the beginning.
fn shared_letters(reading: &str, letters: &[char]) -> usize {
    let pairs = reading.bytes().zip(letters);
    pairs
        .take_while(|(byte, letter)| char::from(*byte) == **letter)
        .count()
}

fn rank(text: &Text, at: usize, end: usize, typed: Typed) -> Rank {
    match (text.part(at), typed) {
        (Part::Name, Typed::Characters) if at == 0 && end == text.name_length() => Rank::Exact,
        (Part::Name, Typed::Characters) if at == 0 => Rank::Begins,
        (Part::Name, Typed::Initials) if at == 0 => Rank::Initials,
        (Part::Name, Typed::Characters) => Rank::Contains,
        (Part::Name, _) => Rank::Sounds,
        (Part::Alias, _) => Rank::Alias,
        (Part::Address, _) => Rank::Address,
        (Part::Number, _) => Rank::Number,
    }
}
