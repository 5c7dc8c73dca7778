//! Which records a list shows, in which order; worked out anew only when something changed.

use super::filter::{Conditions, Context};
use super::index::{Followed, Index};
use super::matching::Rank;
use super::naming::{Near, Precedence};
use super::query::Query;
use super::sort;
use crate::model::{EstateId, Filter, LonLat, Sort, Survey};
use std::collections::BTreeSet;

/// So many texts are spelt out in one go, so that a frame stays a frame.
const READ_AT_ONCE: usize = 4_000;

/// What a listing depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Counts up with every edit.
    pub revision: u64,
    /// Another number whenever what stands in [`Context`] may be different.
    pub context_revision: u64,
    pub query: Query,
    pub filters: BTreeSet<Filter>,
    pub sort: Sort,
    /// Where something is being drawn: register rows near it come first.
    pub near: Option<LonLat>,
}

/// The records listed, and what was worked out about every record of the survey.
#[derive(Default)]
pub struct Listing {
    asked: Option<Asked>,
    index: Index,
    /// Every place of the index, as sorted.
    order: Vec<u32>,
    /// How each record answers the query, by place; empty without a query.
    ranks: Vec<Option<Rank>>,
    listed: Vec<EstateId>,
    /// Counts the times that other records may have been listed.
    changes: u64,
    counted: usize,
}

impl Listing {
    /// Brings the listing up to what is asked for. Of a large survey texts are spelt out in
    /// several calls; until [`Self::is_complete`] the list holds what was found so far.
    pub fn update(&mut self, survey: &Survey, asked: Asked, context: &Context<'_>) {
        let before = self.asked.take();
        let survey_changed = before
            .as_ref()
            .is_none_or(|before| before.revision != asked.revision);
        let mut fresh = Vec::new();
        if survey_changed {
            let followed = self.index.follow(survey);
            self.take_over(&followed);
            let entries = self.index.entries().iter();
            self.counted = entries.filter(|entry| entry.is_counted).count();
            fresh = followed.fresh;
        }
        let read = self.index.read(READ_AT_ONCE);
        let same = before.as_ref() == Some(&asked);
        if same && (read.is_empty() || asked.query.is_empty()) {
            self.asked = before;
            return;
        }
        let is_sorted = before.as_ref().is_some_and(|before| {
            before.sort == asked.sort
                && (before.context_revision == asked.context_revision
                    || !sort::depends_on_context(asked.sort.by))
        });
        match is_sorted {
            true => sort::insert(
                &mut self.order,
                &fresh,
                &mut self.index,
                asked.sort,
                context,
            ),
            false => {
                self.order.extend(fresh);
                sort::sort(&mut self.order, &mut self.index, asked.sort, context);
            }
        }
        self.search(
            before.as_ref().map(|before| &before.query),
            &asked.query,
            &read,
        );
        self.list(&asked, context);
        self.asked = Some(asked);
    }

    /// In the order asked for.
    pub fn ids(&self) -> &[EstateId] {
        &self.listed
    }

    /// Another number whenever other records may be listed.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// Whether search or filters leave records out.
    pub fn leaves_out(&self) -> bool {
        let asks = |asked: &Asked| !asked.query.is_empty() || !asked.filters.is_empty();
        self.asked.as_ref().is_some_and(asks)
    }

    /// How many records the survey counts.
    pub fn counted(&self) -> usize {
        self.counted
    }

    /// Whether the survey holds any record at all.
    pub fn is_survey_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Whether every record has been looked at; else `update` is to be called again.
    pub fn is_complete(&self) -> bool {
        self.index.is_complete()
    }

    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Keeps the order and what was found of records that did not change; the fresh ones have no
    /// place in the order yet.
    fn take_over(&mut self, followed: &Followed) {
        if !followed.moved.is_empty() {
            let now = |place: &u32| followed.moved[*place as usize];
            self.order = self.order.iter().filter_map(now).collect();
        }
        if !followed.fresh.is_empty() {
            let is_fresh = |place: &u32| followed.fresh.binary_search(place).is_ok();
            self.order.retain(|place| !is_fresh(place));
        }
        if !followed.moved.is_empty() && !self.ranks.is_empty() {
            let mut ranks = vec![None; self.index.entries().len()];
            for (rank, now) in self.ranks.iter().zip(&followed.moved) {
                if let Some(now) = now {
                    ranks[*now as usize] = *rank;
                }
            }
            self.ranks = ranks;
        }
    }

    /// Ranks the records: only those just read where the query is the same, only those found
    /// before where letters were added to it.
    fn search(&mut self, before: Option<&Query>, query: &Query, read: &[usize]) {
        if query.is_empty() {
            self.ranks.clear();
            return;
        }
        let entries = self.index.entries();
        let search = self.index.search(query);
        let rank = |place: usize| {
            entries[place]
                .text
                .as_ref()
                .and_then(|text| search.rank(text))
        };
        let before = before.filter(|before| !before.is_empty() && !self.ranks.is_empty());
        match before {
            Some(before) if query.narrows(before) => {
                if before != query {
                    for (place, found) in self.ranks.iter_mut().enumerate() {
                        *found = found.and_then(|_| rank(place));
                    }
                }
                for place in read {
                    self.ranks[*place] = rank(*place);
                }
            }
            _ => self.ranks = (0..entries.len()).map(rank).collect(),
        }
    }

    fn list(&mut self, asked: &Asked, context: &Context<'_>) {
        let conditions = Conditions::new(&asked.filters);
        let searching = !asked.query.is_empty();
        // Whoever searches for a row that was merged must find what became of it.
        let all = searching || asked.filters.contains(&Filter::NotCounted);
        let mut places = Vec::new();
        for place in &self.order {
            let at = *place as usize;
            let found = !searching || self.ranks[at].is_some();
            if found
                && (all || self.index.entries()[at].is_counted)
                && conditions.hold(&mut self.index, at, context)
            {
                places.push(*place);
            }
        }
        let entries = self.index.entries();
        let rank = |place: u32| self.ranks.get(place as usize).copied().flatten();
        let precedence = |place: &u32, near: Option<&Near>| {
            Precedence::of(&entries[*place as usize], rank(*place), near)
        };
        match asked.near.map(Near::new) {
            Some(near) => places.sort_by_cached_key(|place| precedence(place, Some(&near))),
            None if searching => {
                places.sort_by_cached_key(|place| precedence(place, None).of_names())
            }
            None => {}
        }
        let id = |place: &u32| entries[*place as usize].id;
        self.listed = places.iter().map(id).collect();
        self.changes += 1;
    }
}
