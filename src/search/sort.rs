//! The order of a list by one of its columns.

use super::filter::Context;
use super::index::Index;
use crate::catalogue::{Items, Utility};
use crate::model::{Direction, Estate, ListColumn, Sort};
use std::cmp::Ordering;

/// Up to so many records find their place one by one; for more everything is sorted.
const FEW: usize = 256;

/// Puts places of `index` into the order asked for; equal ones by key.
pub(super) fn sort(order: &mut [u32], index: &mut Index, sort: Sort, context: &Context<'_>) {
    remember_states(order, index, sort, context);
    let index = &*index;
    let keyed = order
        .iter()
        .map(|place| (key(sort, index, *place, context), *place));
    let mut keyed: Vec<(Option<Key>, u32)> = keyed.collect();
    keyed.sort_unstable_by(|one, other| compare(one, other, sort.direction));
    for (slot, (_, place)) in order.iter_mut().zip(keyed) {
        *slot = place;
    }
}

/// Puts `fresh` places into an order that holds the others already.
pub(super) fn insert(
    order: &mut Vec<u32>,
    fresh: &[u32],
    index: &mut Index,
    by: Sort,
    context: &Context<'_>,
) {
    if fresh.len() > FEW {
        order.extend(fresh);
        return sort(order, index, by, context);
    }
    remember_states(fresh, index, by, context);
    let index = &*index;
    let keyed = |place: u32| (key(by, index, place, context), place);
    for place in fresh {
        let new = keyed(*place);
        let before = |other: &u32| compare(&keyed(*other), &new, by.direction) == Ordering::Less;
        let at = order.partition_point(before);
        order.insert(at, *place);
    }
}

/// How far a record is takes long to tell; it is asked once.
fn remember_states(places: &[u32], index: &mut Index, sort: Sort, context: &Context<'_>) {
    if sort.by == ListColumn::State {
        for place in places {
            index.state(*place as usize, context.items);
        }
    }
}

/// Whether the order may change while the survey stays the same.
pub(super) fn depends_on_context(by: ListColumn) -> bool {
    matches!(by, ListColumn::Issues | ListColumn::LastChange)
}

/// What a column is sorted by. Keys of one column are of one kind.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Key<'a> {
    Text(&'a str),
    Number(i64),
    Pair(i64, i64),
    Real(f64),
    /// A list and a row of it.
    Row(u128, u32),
}

/// What is not known stands last, whichever way the list is turned.
fn compare(
    (one, place): &(Option<Key>, u32),
    (other, other_place): &(Option<Key>, u32),
    direction: Direction,
) -> Ordering {
    let ordering = match (one, other) {
        (Some(one), Some(other)) => match direction {
            Direction::Ascending => one.compare(other),
            Direction::Descending => other.compare(one),
        },
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    ordering.then(place.cmp(other_place))
}

impl Key<'_> {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (Self::Number(one), Self::Number(other)) => one.cmp(other),
            (Self::Pair(a, b), Self::Pair(c, d)) => (a, b).cmp(&(c, d)),
            (Self::Real(one), Self::Real(other)) => one.total_cmp(other),
            (Self::Row(a, b), Self::Row(c, d)) => (a, b).cmp(&(c, d)),
            _ => Ordering::Equal,
        }
    }
}

/// `None` where the record has nothing in that column.
fn key<'a>(sort: Sort, index: &'a Index, place: u32, context: &Context<'_>) -> Option<Key<'a>> {
    let entry = &index.entries()[place as usize];
    let estate = &*entry.estate;
    let utility = |utility| severity(context.items, estate, utility);
    match sort.by {
        ListColumn::State => {
            let (state, missing) = entry.state()?;
            // Of unfinished ones the least surveyed first.
            Some(Key::Pair(state as i64, -(missing as i64)))
        }
        ListColumn::Name => text(&estate.name),
        ListColumn::Year => estate
            .years()
            .map(|(earliest, latest)| Key::Pair(earliest.into(), latest.into())),
        ListColumn::Households => number(estate.households),
        ListColumn::FloorArea => estate.floor_area_m2.map(Key::Real),
        ListColumn::Buildings => number(estate.buildings),
        ListColumn::Address => text(&estate.address),
        ListColumn::Community => estate.community_codes.first().and_then(|code| text(code)),
        ListColumn::WorstEssential => number(context.items.worst_essential(estate).map(degree)),
        ListColumn::Water => utility(Utility::Water),
        ListColumn::Power => utility(Utility::Power),
        ListColumn::Road => utility(Utility::Road),
        ListColumn::Gas => utility(Utility::Gas),
        ListColumn::Willingness => estate.willingness.map(|level| Key::Number(level as i64)),
        ListColumn::Issues => match (context.issues)(estate.id) {
            (0, 0) => None,
            (blocks, warns) => Some(Key::Pair(blocks as i64, warns as i64)),
        },
        ListColumn::LibNo => estate.lib_no.as_deref().and_then(text),
        ListColumn::Origin => {
            let origin = estate.origin.as_ref()?;
            Some(Key::Row(origin.list.0.as_u128(), origin.row))
        }
        ListColumn::LastChange => {
            (context.changed_at)(estate.id).map(|at| Key::Number(at.as_microsecond()))
        }
    }
}

fn text(text: &str) -> Option<Key<'_>> {
    (!text.is_empty()).then_some(Key::Text(text))
}

fn number<'a>(number: Option<u32>) -> Option<Key<'a>> {
    number.map(|number| Key::Number(number.into()))
}

fn degree(severity: crate::model::Severity) -> u32 {
    severity.degree().into()
}

fn severity<'a>(items: &Items, estate: &Estate, utility: Utility) -> Option<Key<'a>> {
    number(items.utility_severity(estate, utility).map(degree))
}
