//! Finding records: what a person types, in characters, pinyin or initials; conditions that
//! combine; the order they are listed in. Pure: no clock, no disk, no screen.
//!
//! [`Index`] knows every record by how it is spelt and read. [`Listing`] holds it and gives the
//! records listed; [`rows_for`] gives the register rows that a drawn estate may be, [`next_record`] where to go on.

mod filter;
mod index;
mod listing;
mod matching;
mod naming;
mod next;
mod query;
mod sort;
mod spelling;
mod state;

#[cfg(test)]
mod tests;

pub use filter::{Context, is_answered_here, same_kind};
pub use index::Index;
pub use listing::{Asked, Listing};
pub use matching::Rank;
pub use naming::{FoundRow, NEAR_M, rows_for};
pub use next::{NextRecord, next_record};
pub use query::Query;
pub use state::RecordState;
