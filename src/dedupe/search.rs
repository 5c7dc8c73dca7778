//! A whole survey searched for pairs to decide.

use super::candidates::{CutBlock, Pairs, Places};
use super::normalise::Aliases;
use super::profile::Profile;
use super::suggest::must_be_decided;
use super::weights::{Model, Pattern, Terms};
use super::{Candidate, Evidence, STRIDE, candidates, evidence, judged, suggest, weights};
use crate::catalogue::DedupeLimits;
use crate::model::Survey;
use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What a search raised, and where it did not look at every pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// The pairs that a person should look at, sorted by pair.
    pub candidates: Vec<Candidate>,
    /// How many pairs were compared.
    pub compared: usize,
    pub cut: Vec<CutBlock>,
    /// What evidence weighs in this survey.
    pub model: Model,
}

/// Searches the counted records of a survey.
///
/// A pair with nothing to decide is left out: two estates, or two phases that are drawn nowhere
/// together. [`super::compare`] explains it all the same.
///
/// # Errors
/// [`Cancelled`] when the user stopped it.
pub fn search(
    survey: &Survey,
    limits: &DedupeLimits,
    progress: &Progress,
) -> Result<Search, Cancelled> {
    look(survey, limits, progress).map(|looked| looked.search)
}

/// A search, and what it was made with.
pub(super) struct Looked {
    /// By key, so that the pair of two positions is in the order of [`crate::model::Pair`].
    pub profiles: Vec<Profile>,
    pub places: Places,
    pub search: Search,
}

/// The same, with what was worked out on the way.
pub(super) fn look(
    survey: &Survey,
    limits: &DedupeLimits,
    progress: &Progress,
) -> Result<Looked, Cancelled> {
    let profiles = profiles(survey, progress)?;
    let places = Places::of(&profiles);
    let found = candidates::pairs(&profiles, &places, limits, progress)?;
    let search = compare_all(survey, &profiles, found, limits, progress)?;
    Ok(Looked {
        profiles,
        places,
        search,
    })
}

/// Every counted record taken apart, by key.
fn profiles(survey: &Survey, progress: &Progress) -> Result<Vec<Profile>, Cancelled> {
    let estates: Vec<_> = survey.counted().collect();
    let aliases = Aliases::of(&survey.settings().aliases);
    // Taken apart, then looked around from.
    progress.begin(2 * estates.len() as u64);
    let mut profiles = Vec::with_capacity(estates.len());
    for some in estates.chunks(STRIDE) {
        progress.reach(profiles.len() as u64)?;
        profiles.par_extend(some.par_iter().map(|estate| Profile::of(estate, &aliases)));
    }
    Ok(profiles)
}

/// Compares every pair, learns what evidence weighs here, and judges what a rule leaves to decide.
fn compare_all(
    survey: &Survey,
    profiles: &[Profile],
    found: Pairs,
    limits: &DedupeLimits,
    progress: &Progress,
) -> Result<Search, Cancelled> {
    let terms = Terms::of(profiles);
    progress.begin(found.pairs.len() as u64);
    let mut patterns: BTreeMap<Pattern, u64> = BTreeMap::new();
    let mut kept = Vec::new();
    for (at, some) in found.pairs.chunks(STRIDE).enumerate() {
        progress.reach((at * STRIDE) as u64)?;
        let compared: Vec<_> = some
            .par_iter()
            .map(|(first, second)| {
                let (a, b) = (&profiles[*first as usize], &profiles[*second as usize]);
                let evidence = evidence::evidence(a, b, limits, &terms);
                let pattern = Pattern::of(&evidence, limits);
                (
                    pattern,
                    may_be_raised(&evidence, limits).then_some((a, b, evidence)),
                )
            })
            .collect();
        for (pattern, pair) in compared {
            *patterns.entry(pattern).or_default() += 1;
            kept.extend(pair);
        }
    }
    let decided = weights::decided::decided(survey, &terms, limits);
    let model = weights::estimate::model(&patterns, &decided, terms, limits);
    let judged = kept
        .into_par_iter()
        .filter_map(|(a, b, evidence)| raised(a, b, evidence, &model, limits));
    Ok(Search {
        candidates: judged.collect(),
        compared: found.pairs.len(),
        cut: found.cut,
        model,
    })
}

/// What weighs decides only where a rule leaves something to decide.
fn may_be_raised(evidence: &[Evidence], limits: &DedupeLimits) -> bool {
    let rule = suggest::rule(evidence, limits);
    must_be_decided(rule, rule.verdict())
}

/// The pair, where a person has something to decide about it.
pub(super) fn raised(
    a: &Profile,
    b: &Profile,
    evidence: Vec<Evidence>,
    model: &Model,
    limits: &DedupeLimits,
) -> Option<Candidate> {
    judged(a, b, evidence, model, limits).filter(|it| must_be_decided(it.rule, it.suggestion))
}
