//! Names brought to a comparable form, one small function a rule of DOMAIN §7.
//! The original is what is stored and shown.

mod aliases;
mod brackets;
mod divisions;
mod likeness;
mod name;
mod numerals;
mod phase;
mod suffix;
mod words;

/// One spelling for one name or address.
pub use crate::catalogue::comparable as fold;
pub use aliases::Aliases;
pub use brackets::split_brackets;
pub use divisions::{
    is_division, strip_division_prefix, strip_leading_divisions, strip_office_level,
};
pub use likeness::{NameRelation, relation, similarity, sound, sounds_or_looks_alike};
pub use name::{Name, NameKind, ParsedName, parse_name};
pub use numerals::numerals_to_digits;
pub use phase::{Part, PartRelation, split_part};
pub use suffix::split_suffix;
pub use words::SuffixClass;
