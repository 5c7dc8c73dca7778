//! Texts by column, in one piece: a list of thirty unknown columns would otherwise cost a survey of
//! 170,000 records ten million small pieces of memory.

use serde::de::{DeserializeSeed, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// Columns of an imported file that the survey has no field for, each with its text, in the order
/// of their names.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct OtherTexts {
    /// Name and text of each column, one after the other.
    texts: Box<str>,
    /// Where each name and each text ends, in bytes.
    ends: Box<[u32]>,
}

impl OtherTexts {
    /// As collecting them does, without asking for memory more than once.
    pub fn of<'a>(columns: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Self {
        let (mut count, mut length) = (0, 0);
        for (name, text) in columns.clone() {
            count += 2;
            length += name.len() + text.len();
        }
        let mut pieces = Pieces {
            texts: String::with_capacity(length),
            ends: Vec::with_capacity(count),
        };
        pieces.extend(columns);
        pieces.finish()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.ends.len() / 2
    }

    pub fn get(&self, column: &str) -> Option<&str> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = (low + high) / 2;
            let (name, text) = self.at(middle);
            match name.cmp(column) {
                std::cmp::Ordering::Equal => return Some(text),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// `(column, text)`, in the order of the columns' names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        let mut start = 0;
        self.ends.chunks_exact(2).map(move |ends| {
            let (middle, end) = (ends[0] as usize, ends[1] as usize);
            let column = (&self.texts[start..middle], &self.texts[middle..end]);
            start = end;
            column
        })
    }

    /// Keeps `text` under `column`, instead of what was there.
    pub fn insert(&mut self, column: &str, text: &str) {
        *self = self.iter().chain([(column, text)]).collect();
    }

    fn at(&self, index: usize) -> (&str, &str) {
        let end = |piece: usize| self.ends[piece] as usize;
        let start = match index {
            0 => 0,
            _ => end(2 * index - 1),
        };
        let (middle, end) = (end(2 * index), end(2 * index + 1));
        (&self.texts[start..middle], &self.texts[middle..end])
    }

    fn is_in_order(&self) -> bool {
        self.iter().map(|(name, _)| name).is_sorted_by(|a, b| a < b)
    }
}

/// The pieces of [`OtherTexts`] on their way into it.
#[derive(Default)]
struct Pieces {
    texts: String,
    ends: Vec<u32>,
}

impl Pieces {
    fn extend<N: AsRef<str>, T: AsRef<str>>(&mut self, columns: impl IntoIterator<Item = (N, T)>) {
        for (name, text) in columns {
            self.push(name.as_ref());
            self.push(text.as_ref());
        }
    }

    fn push(&mut self, piece: &str) {
        self.texts.push_str(piece);
        // A file of more than a gigabyte is not read at all.
        self.ends
            .push(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
    }

    /// In whatever order the columns came; of one that came twice the last stands.
    fn finish(self) -> OtherTexts {
        let others = OtherTexts {
            texts: self.texts.into_boxed_str(),
            ends: self.ends.into_boxed_slice(),
        };
        match others.is_in_order() {
            true => others,
            false => others.iter().collect::<BTreeMap<_, _>>().iter().collect(),
        }
    }
}

impl<N: AsRef<str>, T: AsRef<str>> FromIterator<(N, T)> for OtherTexts {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(columns: I) -> Self {
        let mut pieces = Pieces::default();
        pieces.extend(columns);
        pieces.finish()
    }
}

impl std::ops::Index<&str> for OtherTexts {
    type Output = str;

    fn index(&self, column: &str) -> &str {
        self.get(column).unwrap_or_default()
    }
}

impl fmt::Debug for OtherTexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for OtherTexts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for OtherTexts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Columns)
    }
}

struct Columns;

impl<'de> Visitor<'de> for Columns {
    type Value = OtherTexts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("texts by column")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OtherTexts, A::Error> {
        let mut pieces = Pieces::default();
        while map.next_key_seed(Piece(&mut pieces))?.is_some() {
            map.next_value_seed(Piece(&mut pieces))?;
        }
        Ok(pieces.finish())
    }
}

/// A text that goes straight to the others, without a piece of memory of its own.
struct Piece<'a>(&'a mut Pieces);

impl<'de> DeserializeSeed<'de> for Piece<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Piece<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.push(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_a_map_in_one_piece(
            columns in proptest::collection::vec(("[a-d物业]{0,3}", ".{0,5}"), 0..12),
            asked in "[a-d物业]{0,3}",
        ) {
            let map: BTreeMap<String, String> = columns.iter().cloned().collect();
            let others: OtherTexts = columns.iter().map(|(name, text)| (name, text)).collect();
            let pairs = columns.iter().map(|(name, text)| (name.as_str(), text.as_str()));
            prop_assert_eq!(&OtherTexts::of(pairs), &others);
            let mut inserted = OtherTexts::default();
            columns.iter().for_each(|(name, text)| inserted.insert(name, text));
            prop_assert_eq!(&inserted, &others);
            prop_assert_eq!(others.len(), map.len());
            prop_assert!(others.iter().eq(map.iter().map(|(n, t)| (n.as_str(), t.as_str()))));
            prop_assert_eq!(others.get(&asked), map.get(&asked).map(String::as_str));
            let json = serde_json::to_string(&others).unwrap();
            prop_assert_eq!(&json, &serde_json::to_string(&map).unwrap());
            prop_assert_eq!(serde_json::from_str::<OtherTexts>(&json).unwrap(), others);
        }
    }

    #[test]
    fn what_is_no_map_of_texts_is_refused() {
        for json in [r#"{"a":1}"#, r#"["a"]"#, r#"{"a":null}"#] {
            assert!(serde_json::from_str::<OtherTexts>(json).is_err(), "{json}");
        }
        let disordered = r#"{"b":"1","a":"2","b":"3"}"#;
        let others: OtherTexts = serde_json::from_str(disordered).unwrap();
        assert!(others.iter().eq([("a", "2"), ("b", "3")]));
    }
}
