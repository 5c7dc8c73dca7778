//! Which records the table lists, in which order; worked out anew only when something changed.

use super::search::{Query, searchable};
use crate::catalogue::{Items, missing_must_haves};
use crate::model::{Estate, EstateId, Standing, Survey};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A condition on the records listed. Chosen ones hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    WaitsForBoundary,
    NotFullySurveyed,
    WithErrors,
    /// Merged, part of another or withdrawn: what is not listed otherwise.
    NotCounted,
}

impl Filter {
    pub const ALL: [Filter; 4] = [
        Self::WaitsForBoundary,
        Self::NotFullySurveyed,
        Self::WithErrors,
        Self::NotCounted,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::WaitsForBoundary => "table.filter.waits",
            Self::NotFullySurveyed => "table.filter.unfinished",
            Self::WithErrors => "table.filter.errors",
            Self::NotCounted => "table.filter.not_counted",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    Name,
    Year,
    Households,
    FloorArea,
    State,
}

impl SortBy {
    pub const ALL: [SortBy; 5] = [
        Self::Name,
        Self::Year,
        Self::Households,
        Self::FloorArea,
        Self::State,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "table.sort.name",
            Self::Year => "table.sort.year",
            Self::Households => "table.sort.households",
            Self::FloorArea => "table.sort.floor_area",
            Self::State => "table.sort.state",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Ascending,
    Descending,
}

impl Direction {
    pub fn turned(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub by: SortBy,
    pub direction: Direction,
}

/// How far a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordState {
    WaitsForBoundary,
    /// Drawn, but must-haves are open.
    Unfinished,
    Complete,
    Merged,
    PartOf,
    Withdrawn,
}

impl RecordState {
    /// The state of a record that lacks `missing` must-haves.
    pub fn of(estate: &Estate, missing: usize) -> Self {
        match &estate.standing {
            Standing::Merged { .. } => Self::Merged,
            Standing::PartOf { .. } => Self::PartOf,
            Standing::Withdrawn { .. } => Self::Withdrawn,
            Standing::Counted if estate.boundary.is_none() => Self::WaitsForBoundary,
            Standing::Counted if missing > 0 => Self::Unfinished,
            Standing::Counted => Self::Complete,
        }
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::WaitsForBoundary => "table.state.waits",
            Self::Unfinished => "table.state.unfinished",
            Self::Complete => "table.state.complete",
            Self::Merged => "table.state.merged",
            Self::PartOf => "table.state.part_of",
            Self::Withdrawn => "table.state.withdrawn",
        }
    }
}

/// What the listing depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub revision: u64,
    pub issues_revision: u64,
    pub query: Query,
    pub filters: BTreeSet<Filter>,
    pub sort: Sort,
}

/// The records listed, and what was worked out about every record of the survey.
#[derive(Default)]
pub struct Listing {
    asked: Option<Asked>,
    /// Every record by key; what is known of one holds as long as its `Arc` is the survey's.
    known: Vec<Known>,
    listed: Vec<EstateId>,
    counted: usize,
}

struct Known {
    estate: Arc<Estate>,
    /// Only once somebody searched.
    searchable: Option<String>,
    /// Open must-haves, only once somebody asked.
    missing: Option<usize>,
}

impl Known {
    fn searchable(&mut self) -> &str {
        self.searchable
            .get_or_insert_with(|| searchable(&self.estate))
    }

    fn state(&mut self, items: &Items) -> RecordState {
        let missing = self
            .missing
            .get_or_insert_with(|| missing_must_haves(&self.estate, items).len());
        RecordState::of(&self.estate, *missing)
    }
}

impl Listing {
    /// The listing as asked for.
    pub fn update(
        &mut self,
        survey: &Survey,
        items: &Items,
        asked: Asked,
        blocking_issues: &dyn Fn(EstateId) -> usize,
    ) {
        if self.asked.as_ref() == Some(&asked) {
            return;
        }
        let revision = self.asked.as_ref().map(|before| before.revision);
        if revision != Some(asked.revision) {
            self.refresh(survey);
        }
        let mut listed: Vec<&mut Known> = self
            .known
            .iter_mut()
            .filter_map(|known| passes(known, items, &asked, blocking_issues).then_some(known))
            .collect();
        if asked.sort.by == SortBy::State {
            for known in &mut listed {
                known.state(items);
            }
        }
        listed.sort_by(|a, b| compare(a, b, asked.sort));
        self.listed = listed.iter().map(|known| known.estate.id).collect();
        self.asked = Some(asked);
    }

    /// In the order asked for.
    pub fn ids(&self) -> &[EstateId] {
        &self.listed
    }

    /// How many records the survey counts.
    pub fn counted(&self) -> usize {
        self.counted
    }

    /// Whether the survey holds any record at all.
    pub fn is_survey_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Keeps what is known of records that did not change: both lists are in key order.
    fn refresh(&mut self, survey: &Survey) {
        let mut old = std::mem::take(&mut self.known).into_iter().peekable();
        self.counted = 0;
        self.known.reserve(survey.estates().len());
        for estate in survey.estates() {
            self.counted += usize::from(estate.standing.is_counted());
            while old.next_if(|known| known.estate.id < estate.id).is_some() {}
            let same = old.next_if(|known| Arc::ptr_eq(&known.estate, estate));
            self.known.push(same.unwrap_or_else(|| Known {
                estate: Arc::clone(estate),
                searchable: None,
                missing: None,
            }));
        }
    }
}

fn passes(
    known: &mut Known,
    items: &Items,
    asked: &Asked,
    blocking_issues: &dyn Fn(EstateId) -> usize,
) -> bool {
    let counted = known.estate.standing.is_counted();
    // Whoever searches for a row that was merged must find what became of it.
    let listed = counted || !asked.query.is_empty() || asked.filters.contains(&Filter::NotCounted);
    listed
        && asked.filters.iter().all(|filter| match filter {
            Filter::WaitsForBoundary => known.estate.waits_for_boundary(),
            Filter::NotFullySurveyed => known.state(items) <= RecordState::Unfinished,
            Filter::WithErrors => blocking_issues(known.estate.id) > 0,
            Filter::NotCounted => !counted,
        })
        && (asked.query.is_empty() || asked.query.matches(known.searchable()))
}

fn compare(a: &Known, b: &Known, sort: Sort) -> Ordering {
    let directed = |ordering: Ordering| match sort.direction {
        Direction::Ascending => ordering,
        Direction::Descending => ordering.reverse(),
    };
    let (one, other) = (&a.estate, &b.estate);
    let name = |estate| Some(name_of(estate)).filter(|name| !name.is_empty());
    let ordering = match sort.by {
        SortBy::Name => known_first(name(one), name(other), &directed),
        SortBy::Year => known_first(one.years(), other.years(), &directed),
        SortBy::Households => known_first(one.households, other.households, &directed),
        SortBy::FloorArea => match (one.floor_area_m2, other.floor_area_m2) {
            (Some(one), Some(other)) => directed(one.total_cmp(&other)),
            (one, other) => known_first(one.map(|_| ()), other.map(|_| ()), &directed),
        },
        SortBy::State => {
            let state = |known: &Known| RecordState::of(&known.estate, known.missing.unwrap_or(0));
            directed(state(a).cmp(&state(b)).then(b.missing.cmp(&a.missing)))
        }
    };
    ordering.then(one.id.cmp(&other.id))
}

fn name_of(estate: &Estate) -> &str {
    &estate.name
}

/// What is not surveyed stands last, whichever way the list is turned.
fn known_first<T: Ord>(
    one: Option<T>,
    other: Option<T>,
    directed: &dyn Fn(Ordering) -> Ordering,
) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => directed(one.cmp(&other)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
