//! Not twice (不重): finds records that may be one estate, says why, and suggests a verdict.
//!
//! Five steps, each a pure function: [`profile`] takes every record apart once, [`candidates`]
//! picks the pairs worth a look, [`evidence`] lists what speaks for and against, [`suggest`] draws
//! a conclusion by named rules, and a person decides. Nothing merges by itself (DOMAIN §7).
//!
//! The evidence of a pair depends on its two records and the limits alone, so that an edit to one
//! record changes only its own pairs, and two teams see the same ledger.

pub mod address;
pub mod candidates;
pub mod datum_shift;
pub mod evidence;
#[cfg(test)]
mod fixtures;
pub mod normalise;
pub mod place;
pub mod profile;
pub mod suggest;

pub use candidates::CutBlock;
pub use evidence::{Evidence, Stance};
pub use suggest::Rule;

use crate::catalogue::DedupeLimits;
use crate::model::{Pair, Survey, Verdict};
use crate::progress::{Cancelled, Progress};
use profile::Profile;

/// Two records that may be one estate, with what speaks for and against.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub pair: Pair,
    pub suggestion: Verdict,
    /// How sure the rule is of its suggestion, 0..1.
    pub confidence: f64,
    pub rule: Rule,
    pub evidence: Vec<Evidence>,
}

/// What a search raised, and where it did not look at every pair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// Sorted by pair.
    pub candidates: Vec<Candidate>,
    /// How many pairs were compared.
    pub compared: usize,
    pub cut: Vec<CutBlock>,
}

/// The pairs of counted records that a person should look at, sorted by pair.
///
/// A pair with nothing to decide is left out: two estates, or two phases that are drawn nowhere
/// together. [`compare`] explains it all the same.
///
/// # Errors
/// [`Cancelled`] when the user stopped it.
pub fn candidates(
    survey: &Survey,
    limits: &DedupeLimits,
    progress: &Progress,
) -> Result<Vec<Candidate>, Cancelled> {
    search(survey, limits, progress).map(|search| search.candidates)
}

/// The same with what was compared and what was cut.
///
/// # Errors
/// [`Cancelled`] when the user stopped it.
pub fn search(
    survey: &Survey,
    limits: &DedupeLimits,
    progress: &Progress,
) -> Result<Search, Cancelled> {
    // By key, so that the pair of two positions is in the order of `Pair`.
    let estates: Vec<_> = survey.counted().collect();
    progress.begin(2 * estates.len() as u64);
    let mut profiles = Vec::with_capacity(estates.len());
    for (at, estate) in estates.iter().enumerate() {
        if at % 1024 == 0 {
            progress.reach(at as u64)?;
        }
        profiles.push(Profile::of(estate));
    }
    let found = candidates::pairs(&profiles, limits, progress)?;
    progress.begin(found.pairs.len() as u64);
    let mut raised = Vec::new();
    for (at, (first, second)) in found.pairs.iter().enumerate() {
        if at % 4096 == 0 {
            progress.reach(at as u64)?;
        }
        let (a, b) = (&profiles[*first as usize], &profiles[*second as usize]);
        let candidate = candidate(a, b, limits);
        raised.extend(candidate.filter(|it| it.rule.must_be_decided()));
    }
    Ok(Search {
        candidates: raised,
        compared: found.pairs.len(),
        cut: found.cut,
    })
}

/// The candidates that block a release (E03): not decided, or decided "unsure".
pub fn open_duplicates<'a>(
    survey: &Survey,
    candidates: &'a [Candidate],
) -> impl Iterator<Item = &'a Candidate> {
    candidates.iter().filter(|candidate| {
        let decided = survey.decision(candidate.pair).map(|it| it.verdict);
        candidate.rule.must_be_decided() && matches!(decided, None | Some(Verdict::Unsure))
    })
}

/// Any two records of the survey, counted or not. `None` where one does not exist.
pub fn compare(survey: &Survey, pair: Pair, limits: &DedupeLimits) -> Option<Candidate> {
    let (a, b) = (survey.estate(pair.a())?, survey.estate(pair.b())?);
    candidate(&Profile::of(a), &Profile::of(b), limits)
}

fn candidate(a: &Profile, b: &Profile, limits: &DedupeLimits) -> Option<Candidate> {
    let evidence = evidence::evidence(a, b, limits);
    let suggestion = suggest::suggest(&evidence, limits);
    Some(Candidate {
        pair: Pair::new(a.estate.id, b.estate.id)?,
        suggestion: suggestion.verdict,
        confidence: suggestion.confidence,
        rule: suggestion.rule,
        evidence,
    })
}

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
