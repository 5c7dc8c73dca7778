//! What each filter asks of a record. Filters of one kind add up, kinds narrow each other:
//! (community 1 or community 2) and errors.

use super::index::Index;
use super::state::RecordState;
use crate::catalogue::{Items, SURVEY_ANSWERS};
use crate::model::{Estate, EstateId, Field, Filter, ItemCode, ValueSource};
use std::collections::BTreeSet;

/// What is known about records beside the survey itself.
pub struct Context<'a> {
    pub items: &'a Items,
    /// How many findings of a record block a release, and how many warn.
    pub issues: &'a dyn Fn(EstateId) -> (usize, usize),
    /// What whoever looks has touched today.
    pub mine_today: &'a BTreeSet<EstateId>,
    /// When a record was last changed.
    pub changed_at: &'a dyn Fn(EstateId) -> Option<jiff::Timestamp>,
}

/// What a filter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Boundary,
    Survey,
    Findings,
    Mine,
    Community,
    Street,
    Year,
    /// Each item by itself: water broken *and* gas not looked at.
    Gap(ItemCode),
    Willingness,
    Standing,
}

fn kind(filter: &Filter) -> Kind {
    match filter {
        Filter::WaitsForBoundary => Kind::Boundary,
        Filter::NotSurveyed | Filter::NotFullySurveyed => Kind::Survey,
        Filter::Errors | Filter::Warnings => Kind::Findings,
        Filter::MineToday => Kind::Mine,
        Filter::Community(_) => Kind::Community,
        Filter::Street(_) => Kind::Street,
        Filter::Built(_) => Kind::Year,
        Filter::Gap { item, .. } => Kind::Gap(*item),
        Filter::Willingness(_) => Kind::Willingness,
        Filter::NotCounted => Kind::Standing,
    }
}

/// Whether two filters add up rather than narrow each other.
pub fn same_kind(one: &Filter, other: &Filter) -> bool {
    kind(one) == kind(other)
}

/// Chosen filters, kind by kind.
pub(super) struct Conditions<'a> {
    kinds: Vec<Vec<&'a Filter>>,
}

impl<'a> Conditions<'a> {
    pub fn new(filters: &'a BTreeSet<Filter>) -> Self {
        let mut kinds: Vec<Vec<&Filter>> = Vec::new();
        for filter in filters {
            match kinds.iter_mut().find(|kind| same_kind(kind[0], filter)) {
                Some(kind) => kind.push(filter),
                None => kinds.push(vec![filter]),
            }
        }
        Self { kinds }
    }

    /// Whether the record at `place` fulfils one filter of each kind.
    pub fn hold(&self, index: &mut Index, place: usize, context: &Context<'_>) -> bool {
        let mut any = |kind: &Vec<&Filter>| {
            let mut kind = kind.iter();
            kind.any(|filter| passes(index, place, filter, context))
        };
        self.kinds.iter().all(&mut any)
    }
}

fn passes(index: &mut Index, place: usize, filter: &Filter, context: &Context<'_>) -> bool {
    let estate = &*index.entries()[place].estate;
    match filter {
        Filter::WaitsForBoundary => estate.waits_for_boundary(),
        Filter::NotSurveyed => estate.standing.is_counted() && !is_answered_here(estate),
        Filter::NotFullySurveyed => index.state(place, context.items).0 <= RecordState::Unfinished,
        Filter::Errors => (context.issues)(estate.id).0 > 0,
        Filter::Warnings => (context.issues)(estate.id).1 > 0,
        Filter::MineToday => context.mine_today.contains(&estate.id),
        Filter::Community(code) => estate.community_codes.contains(code),
        Filter::Street(code) => estate.street_code == *code,
        Filter::Built(band) => estate.year_band() == *band,
        Filter::Gap { item, at_least } => match (estate.gaps.get(item), at_least) {
            (Some(severity), Some(at_least)) => severity >= at_least,
            (severity, None) => severity.is_none(),
            (None, Some(_)) => false,
        },
        Filter::Willingness(level) => estate.willingness == *level,
        Filter::NotCounted => !estate.standing.is_counted(),
    }
}

/// The year, and the first of the counted answers, which stand for a level of willingness.
const YEAR_AND_COUNTS: [Field; 4] = [
    Field::BuildYear,
    Field::YearMin,
    Field::YearMax,
    Field::Returned,
];

/// Whether somebody has answered here what a survey asks: what a list said is no survey.
pub fn is_answered_here(estate: &Estate) -> bool {
    let gaps = estate.gaps.keys().map(|item| Field::Gap(*item));
    let mut fields = YEAR_AND_COUNTS
        .into_iter()
        .chain(SURVEY_ANSWERS)
        .chain(gaps);
    fields.any(|field| {
        estate.source_of(&field) != ValueSource::Imported && estate.get(&field).is_some()
    })
}
