//! A newer version of a list that was imported before: what is new, changed, gone and the same,
//! row by row, for a person to look at; then one edit.
//!
//! Three voices are held against each other, field by field: what the list said, what it says now
//! and what the survey has. Where only the list changed, its value is taken. Where somebody changed
//! the value here as well, it is a conflict: listed, and kept as it is here unless a person decides
//! otherwise. An empty cell takes nothing away.
//!
//! Records keep their keys and all that was surveyed. They pass over to the new version; the
//! earlier list stays with those of its rows alone that the new version does not have. So every
//! row has one fate in one list (E04), and neither file can be imported once more.

mod compare;
mod edit;
mod matching;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
mod values;

pub use compare::{NewVersion, compare, earlier_version, versions};
pub use edit::{Choices, Gone, Update};
pub use matching::MatchedBy;
pub use values::{Fate, ValueNews, What};

use super::ImportError;
use crate::model::{AxisOrder, Estate, Field, ImportList, RowProblem, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The fields of a record that somebody changed here, each with what the list had said: `None` is
/// "nothing".
pub type ChangedHere = BTreeMap<Field, Option<Value>>;

/// A newer version of a list, held against the earlier one. Nothing is changed yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Newer {
    pub earlier: Arc<ImportList>,
    /// Versions before that one which still have rows that no later one had.
    pub older: Vec<Arc<ImportList>>,
    /// The new version, as an import of it alone would record it.
    pub list: Arc<ImportList>,
    /// Every row that could be read, in the order of the file.
    pub rows: Vec<Row>,
    /// Records of earlier versions that no row of this one is about.
    pub gone: Vec<GoneRecord>,
    /// The column of ids counts rows, so that it says nothing about which row is which.
    pub ids: Ids,
    pub axes: AxisOrder,
    /// What is odd about rows that could be read.
    pub warnings: Vec<RowProblem>,
}

/// Whether the publisher's ids tell from one version to the next which row is which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    Hold,
    /// They go on counting where a row was put in between: names and places tell.
    RunningNumbers,
}

/// One row of the newer version.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// 1-based, as the file counts.
    pub number: u32,
    pub about: About,
    /// The row by itself, as an import of it alone would record it.
    pub fresh: Arc<Estate>,
}

/// Which record a row is about.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// None: it is new.
    New,
    Known {
        record: Arc<Estate>,
        by: MatchedBy,
        /// Empty where the row says what it said before.
        news: Vec<ValueNews>,
    },
    /// Several records could be meant, or several rows could mean one.
    Unclear { candidates: Vec<Arc<Estate>> },
}

/// A record that the newer version has no row about.
#[derive(Clone, Debug, PartialEq)]
pub struct GoneRecord {
    pub record: Arc<Estate>,
    pub counts: Counts,
}

/// Whether a record can be taken out by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    Alone,
    /// Others are counted through it, or it through another.
    WithOthers,
}

/// How many rows came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    pub new: usize,
    /// Rows with a value that is taken.
    pub changed: usize,
    /// Rows with a value that was changed here as well.
    pub conflicts: usize,
    pub same: usize,
    pub unclear: usize,
    pub gone: usize,
    pub rejected: usize,
}

impl Row {
    fn has(&self, fate: Fate) -> bool {
        match &self.about {
            About::Known { news, .. } => news.iter().any(|value| value.fate == fate),
            About::New | About::Unclear { .. } => false,
        }
    }

    pub fn is_changed(&self) -> bool {
        self.has(Fate::Taken)
    }

    pub fn is_in_conflict(&self) -> bool {
        self.has(Fate::Conflict)
    }
}

impl Newer {
    pub fn tally(&self) -> Tally {
        let mut tally = Tally {
            gone: self.gone.len(),
            rejected: self.list.rejected.len(),
            ..Tally::default()
        };
        for row in &self.rows {
            tally.changed += usize::from(row.is_changed());
            tally.conflicts += usize::from(row.is_in_conflict());
            match &row.about {
                About::New => tally.new += 1,
                About::Unclear { .. } => tally.unclear += 1,
                About::Known { .. } if row.is_changed() || row.is_in_conflict() => {}
                About::Known { .. } => tally.same += 1,
            }
        }
        tally
    }
}

/// Why a file could not be held against an earlier list.
#[derive(Debug, thiserror::Error)]
pub enum NewerError {
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error("no such list")]
    NoSuchList,
    /// Buildings know by themselves which are there already.
    #[error("{list} is a list of buildings")]
    Buildings { list: String },
}
