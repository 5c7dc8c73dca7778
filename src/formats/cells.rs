//! The cells of one row.

/// `(index of the column, text)` of the cells that are not blank, all texts in one piece of
/// memory: a row is then two pieces and not fifty, and the next row can use them again.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    texts: String,
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    column: u32,
    start: u32,
    end: u32,
}

impl Cells {
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (usize, &str)> {
        self.places.iter().map(|place| {
            let text = &self.texts[place.start as usize..place.end as usize];
            (place.column as usize, text)
        })
    }

    /// The text in a column.
    pub fn get(&self, column: usize) -> Option<&str> {
        self.iter()
            .find_map(|(index, text)| (index == column).then_some(text))
    }

    pub fn push(&mut self, column: usize, text: &str) {
        let start = offset(self.texts.len());
        self.texts.push_str(text);
        self.places.push(Place {
            column: u32::try_from(column).unwrap_or(u32::MAX),
            start,
            end: offset(self.texts.len()),
        });
    }

    pub fn clear(&mut self) {
        self.texts.clear();
        self.places.clear();
    }

    /// Whether a text holds what an encoding had no character for.
    pub(super) fn has_bad_text(&self) -> bool {
        self.texts.contains(char::REPLACEMENT_CHARACTER)
    }

    /// Gives every cell another column, or none and drops it.
    pub(super) fn renumber(&mut self, mut column: impl FnMut(usize) -> Option<usize>) {
        self.places.retain_mut(|place| {
            let Some(index) = column(place.column as usize) else {
                return false;
            };
            place.column = u32::try_from(index).unwrap_or(u32::MAX);
            true
        });
    }

    /// In column order; of two in one column the first stands.
    pub(super) fn sort(&mut self) {
        if !self.places.is_sorted_by(|a, b| a.column < b.column) {
            self.places.sort_by_key(|place| place.column);
            self.places.dedup_by_key(|place| place.column);
        }
    }
}

/// No file of more than a gigabyte is read.
fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl<T: AsRef<str>> FromIterator<(usize, T)> for Cells {
    fn from_iter<I: IntoIterator<Item = (usize, T)>>(cells: I) -> Self {
        let mut row = Self::default();
        for (column, text) in cells {
            row.push(column, text.as_ref());
        }
        row
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}
