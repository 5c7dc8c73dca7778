//! Cells in formats that know texts alone.

use super::Cell;
use crate::catalogue::{Catalogue, CellWords};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Between several texts in one cell.
const SEPARATOR: &str = "、";

/// The words for what is neither text nor number, as the import reads them.
pub(super) struct Words {
    flags: [&'static str; 2],
    none: &'static str,
}

impl Words {
    /// For people: 是, 否.
    pub fn spoken() -> Self {
        // Reading the whole catalogue takes longer than writing a small survey.
        static SHIPPED: LazyLock<CellWords> = LazyLock::new(|| Catalogue::shipped().headings.words);
        Self {
            flags: [false, true].map(|flag| SHIPPED.written_flag(flag)),
            none: SHIPPED.written_no_exclusion(),
        }
    }

    /// For programs: `1`, `0`; GDAL warns of `true` in a KML.
    pub fn of_programs() -> Self {
        Self {
            flags: ["0", "1"],
            ..Self::spoken()
        }
    }

    /// `None` where nothing was surveyed. A list without entries is a word: an empty cell would
    /// take back what the surveyor said.
    pub fn text<'a>(&'a self, cell: &'a Cell<'_>) -> Option<Cow<'a, str>> {
        Some(match cell {
            Cell::Empty => return None,
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Texts(texts) if texts.is_empty() => Cow::Borrowed(self.none),
            Cell::Texts(texts) => Cow::Owned(texts.join(SEPARATOR)),
            Cell::Whole(number) => Cow::Owned(number.to_string()),
            Cell::Decimal(number) if !number.is_finite() => return None,
            Cell::Decimal(number) => Cow::Owned(number.to_string()),
            Cell::Flag(flag) => Cow::Borrowed(self.flags[usize::from(*flag)]),
        })
    }
}
