//! What was typed, word by word.

use crate::catalogue::comparable;

/// More than any name has.
const MOST_WORDS: usize = 8;
const MOST_LETTERS: usize = 32;

/// The words typed: a record must answer every one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<Vec<char>>,
}

impl Query {
    /// Case, width, quotes and traditional forms make no difference.
    pub fn new(typed: &str) -> Self {
        let words = typed
            .split_whitespace()
            .map(|word| spelt(word).take(MOST_LETTERS).collect::<Vec<_>>())
            .filter(|word| !word.is_empty())
            .take(MOST_WORDS)
            .collect();
        Self { words }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn words(&self) -> &[Vec<char>] {
        &self.words
    }

    /// Whether whatever answers this query also answers `earlier`: letters were only added.
    pub fn narrows(&self, earlier: &Query) -> bool {
        let mut pairs = earlier.words.iter().zip(&self.words);
        earlier.words.len() <= self.words.len() && pairs.all(|(old, new)| new.starts_with(old))
    }

    /// Whether it is typed in Latin letters: no Chinese name is, so it stands for one.
    pub fn is_in_letters(&self) -> bool {
        let letters = |word: &Vec<char>| word.iter().any(char::is_ascii_alphabetic);
        let words = &self.words;
        words.iter().any(letters) && words.iter().flatten().all(char::is_ascii)
    }
}

/// The characters of a text as they are compared: brackets make no difference either.
pub(super) fn spelt(text: &str) -> impl Iterator<Item = char> {
    let folded: Vec<char> = comparable(text)
        .chars()
        .filter(|c| !matches!(c, '(' | ')' | ',' | '、'))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    folded.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_added_narrow_a_query() {
        for (earlier, later, narrows) in [
            ("", "h", true),
            ("h", "hd", true),
            ("hd ", "hd 12", true),
            ("hd 12", "hdx 12号", true),
            ("hd", "h", false),
            ("hd", "xd", false),
            ("hd 12", "hd", false),
        ] {
            let (earlier, later) = (Query::new(earlier), Query::new(later));
            assert_eq!(later.narrows(&earlier), narrows, "{earlier:?} {later:?}");
        }
    }

    #[test]
    fn letters_stand_for_a_name() {
        for (typed, letters) in [
            ("hdxc", true),
            ("xi'an 12", true),
            ("hd新村", false),
            ("12", false),
            ("", false),
        ] {
            assert_eq!(Query::new(typed).is_in_letters(), letters, "{typed}");
        }
    }
}
