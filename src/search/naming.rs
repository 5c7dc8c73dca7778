//! Which register rows a drawn estate may be: by what is typed, and by where they lie.

use super::index::{Entry, Index};
use super::matching::Rank;
use super::query::Query;
use crate::geodesy::measure::{LocalMetres, distance_m, local_metres};
use crate::model::{EstateId, LonLat};

/// A row within so many metres is near: lists place an estate at its gate or its middle.
pub const NEAR_M: f64 = 500.0;

/// A register row that a drawn estate may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundRow {
    pub id: EstateId,
    /// From the middle of what is drawn; `None` where the list gave no position.
    pub distance_m: Option<f64>,
    /// How it answers what was typed; `None` where nothing was.
    pub rank: Option<Rank>,
}

impl FoundRow {
    /// Whether it may be taken without being pointed at: a full Chinese name that is typed may
    /// also be that of an estate in no list, and the row one of the same name far away.
    pub fn is_safe_guess(&self, query: &Query) -> bool {
        let is_near = self.distance_m.is_none_or(|distance| distance <= NEAR_M);
        self.rank.is_some() && (is_near || query.is_in_letters())
    }
}

/// At most `most` waiting rows that answer `query`, the near ones first. With an empty query
/// those that lie near `at`.
pub fn rows_for(index: &Index, query: &Query, at: Option<LonLat>, most: usize) -> Vec<FoundRow> {
    let near = at.map(Near::new);
    let search = index.search(query);
    let waiting = index.entries().iter().filter(|entry| entry.waits);
    let mut rows: Vec<(Precedence, &Entry)> = waiting
        .filter_map(|entry| {
            let rank = match query.is_empty() {
                true => None,
                false => Some(search.rank(entry.text.as_ref()?)?),
            };
            let precedence = Precedence::of(entry, rank, near.as_ref());
            let offered = rank.is_some() || precedence.distance_dm <= dm(NEAR_M);
            offered.then_some((precedence, entry))
        })
        .collect();
    rows.sort_by(|(a, one), (b, other)| a.cmp(b).then(one.id.cmp(&other.id)));
    rows.truncate(most);
    let row = |(precedence, entry): (Precedence, &Entry)| FoundRow {
        id: entry.id,
        distance_m: at
            .zip(entry.estate.position)
            .map(|(at, position)| distance_m(at, position)),
        rank: precedence.rank,
    };
    rows.into_iter().map(row).collect()
}

/// A place, and how far others are from it.
pub(super) struct Near {
    place: LonLat,
    metres: LocalMetres,
}

impl Near {
    pub fn new(place: LonLat) -> Self {
        Self {
            place,
            metres: local_metres(place),
        }
    }

    fn distance_dm(&self, position: LonLat) -> u32 {
        dm(self.metres.distance_m(self.place, position))
    }
}

/// Whole decimetres, so that distances have an order. What is no number is far.
fn dm(metres: f64) -> u32 {
    match metres.is_finite() {
        true => (metres * 10.0).round().clamp(0.0, f64::from(u32::MAX)) as u32,
        false => u32::MAX,
    }
}

/// What comes first where something is searched or drawn; the smaller one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Precedence {
    /// Found by an address or a number, not by a name.
    beside_name: bool,
    /// How far a near row is: among near ones the place counts, among the others the name.
    near_dm: u32,
    rank: Option<Rank>,
    /// A short name that answers is answered more fully.
    name_length: usize,
    distance_dm: u32,
}

impl Precedence {
    /// The same as one number, where no place counts.
    pub fn of_names(self) -> u32 {
        let length = u32::try_from(self.name_length)
            .unwrap_or(u32::MAX)
            .min(0xffff);
        (self.rank.map_or(0, |rank| rank as u32) << 16) | length
    }

    pub fn of(entry: &Entry, rank: Option<Rank>, near: Option<&Near>) -> Self {
        // Only rows are drawn for; an estate that is drawn already is not what lies here.
        let position = entry.estate.position.filter(|_| entry.waits);
        let distance_dm = match (near, position) {
            (Some(near), Some(position)) => near.distance_dm(position),
            _ => u32::MAX,
        };
        let by_name = rank.filter(|rank| *rank <= Rank::Alias);
        Self {
            beside_name: rank.is_some() && by_name.is_none(),
            near_dm: match rank.is_none() || distance_dm <= dm(NEAR_M) {
                true => distance_dm,
                false => u32::MAX,
            },
            rank,
            name_length: match (by_name, &entry.text) {
                (Some(_), Some(text)) => text.name_length(),
                _ => 0,
            },
            distance_dm,
        }
    }
}
