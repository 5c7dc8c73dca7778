//! What a search worked out, kept, so that an edit costs its own pairs alone.
//!
//! The records taken apart, their places and their keys stay; so do the weights, which are learned
//! anew with the next whole search. A changed record is a new one at the end, and the old one is
//! found no more.

use super::candidates::{Keys, Places};
use super::normalise::Aliases;
use super::profile::Profile;
use super::search::{Looked, look, raised};
use super::{Search, evidence};
use crate::catalogue::DedupeLimits;
use crate::model::{EstateId, Learning, Pair, Survey};
use crate::progress::{Cancelled, Progress};
use std::collections::{BTreeSet, HashMap};

/// A search that follows a survey's edits.
#[derive(Debug)]
pub struct Index {
    profiles: Vec<Profile>,
    /// Where in `profiles` each record stands that counts.
    positions: HashMap<EstateId, u32>,
    places: Places,
    keys: Keys,
    aliases: Aliases,
    learning: Learning,
    search: Search,
}

impl Index {
    /// Searches the whole survey.
    ///
    /// # Errors
    /// [`Cancelled`] when the user stopped it.
    pub fn new(
        survey: &Survey,
        limits: &DedupeLimits,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let Looked {
            profiles,
            places,
            search,
        } = look(survey, limits, progress)?;
        let positions = profiles.iter().enumerate();
        Ok(Self {
            positions: positions
                .map(|(at, it)| (it.estate.id, at as u32))
                .collect(),
            keys: Keys::of(&profiles),
            aliases: Aliases::of(&survey.settings().aliases),
            learning: survey.settings().learning,
            profiles,
            places,
            search,
        })
    }

    pub fn search(&self) -> &Search {
        &self.search
    }

    /// Whether the survey is one that this index can follow: the spellings that count as one, and
    /// what is learned from, are as when it was made. What is decided since is learned from with
    /// the next whole search.
    pub fn follows(&self, survey: &Survey) -> bool {
        self.aliases == Aliases::of(&survey.settings().aliases)
            && self.learning == survey.settings().learning
    }

    /// Brings the candidates up to date with records that were changed, added, merged or parted.
    pub fn update(
        &mut self,
        survey: &Survey,
        changed: impl IntoIterator<Item = EstateId>,
        limits: &DedupeLimits,
    ) {
        let changed: BTreeSet<EstateId> = changed.into_iter().collect();
        for id in &changed {
            if let Some(at) = self.positions.remove(id) {
                self.places.remove(at, &self.profiles[at as usize]);
            }
        }
        let first = self.profiles.len();
        for id in &changed {
            let Some(estate) = survey.estate(*id).filter(|it| it.standing.is_counted()) else {
                continue;
            };
            let at = self.profiles.len() as u32;
            let profile = Profile::of(estate, &self.aliases);
            self.places.insert(at, &profile);
            self.keys.insert(at, &profile);
            self.positions.insert(*id, at);
            self.profiles.push(profile);
        }
        let candidates = &mut self.search.candidates;
        candidates.retain(|it| {
            ![it.pair.a(), it.pair.b()]
                .iter()
                .any(|id| changed.contains(id))
        });
        let mut pairs = BTreeSet::new();
        for at in first..self.profiles.len() {
            let profile = &self.profiles[at];
            let others = self
                .places
                .around(at as u32, &self.profiles, limits)
                .chain(self.keys.shared(at as u32, &self.profiles, limits));
            for other in others {
                let theirs = &self.profiles[other as usize];
                let is_there = self.positions.get(&theirs.estate.id) == Some(&other);
                if let Some(pair) = Pair::new(profile.estate.id, theirs.estate.id)
                    && is_there
                {
                    pairs.insert(pair);
                }
            }
        }
        let model = &self.search.model;
        // Both records of each pair were found in `positions` a moment ago.
        let at = |id| &self.profiles[self.positions[&id] as usize];
        for pair in pairs {
            let (a, b) = (at(pair.a()), at(pair.b()));
            let evidence = evidence::evidence(a, b, limits, &model.terms);
            candidates.extend(raised(a, b, evidence, model, limits));
        }
        candidates.sort_unstable_by_key(|it| it.pair);
    }
}
