//! Not twice (不重): finds records that may be one estate, says why, and suggests a verdict.
//!
//! Six steps, each a pure function: [`profile`] takes every record apart once, [`candidates`]
//! picks the pairs worth a look, [`evidence`] lists what speaks for and against, [`weights`] says
//! how much that is in this survey, [`suggest`] draws a conclusion by named rules, and a person
//! decides. Nothing merges by itself (DOMAIN §7). [`groups`] puts the pairs together that hang
//! together, and [`index`] keeps what was worked out, so that an edit costs its own pairs alone.
//!
//! What is compared depends on the two records, the limits and how many records bear a name; what
//! it weighs, on the survey's own pairs. The same survey gives the same ledger on every laptop and
//! any number of threads.

pub mod address;
pub mod candidates;
pub mod datum_shift;
pub mod evidence;
#[cfg(test)]
mod fixtures;
pub mod groups;
pub mod index;
pub mod normalise;
pub mod place;
pub mod profile;
pub mod score;
mod search;
pub mod suggest;
pub mod weights;

pub use candidates::CutBlock;
pub use evidence::{Evidence, Frequency, Stance};
pub use index::Index;
pub use search::{Search, search};
pub use suggest::Rule;
pub use weights::{Ledger, Model};

use crate::catalogue::DedupeLimits;
use crate::model::{Pair, Survey, Verdict};
use normalise::Aliases;
use profile::Profile;
use std::sync::Arc;

/// How many records or pairs are looked at between two looks at whether to stop.
const STRIDE: usize = 8192;

/// Two records that may be one estate, with what speaks for and against.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub pair: Pair,
    pub suggestion: Verdict,
    /// How likely the suggestion is right, 0..1.
    pub confidence: f64,
    pub rule: Rule,
    pub evidence: Arc<[Evidence]>,
}

/// The candidates that block a release (E03): not decided, or decided "unsure".
pub fn open_duplicates<'a>(
    survey: &Survey,
    candidates: &'a [Candidate],
) -> impl Iterator<Item = &'a Candidate> {
    candidates.iter().filter(|candidate| {
        let decided = survey.decision(candidate.pair).map(|it| it.verdict);
        matches!(decided, None | Some(Verdict::Unsure))
    })
}

/// Any two records of the survey, counted or not. `None` where one does not exist.
///
/// A pair with nothing to decide, that [`search`] does not raise, is explained all the same.
pub fn compare(
    survey: &Survey,
    pair: Pair,
    model: &Model,
    limits: &DedupeLimits,
) -> Option<Candidate> {
    let (a, b) = (survey.estate(pair.a())?, survey.estate(pair.b())?);
    let aliases = Aliases::of(&survey.settings().aliases);
    let (a, b) = (&Profile::of(a, &aliases), &Profile::of(b, &aliases));
    let evidence = evidence::evidence(a, b, limits, &model.terms);
    judged(a, b, evidence, model, limits)
}

fn judged(
    a: &Profile,
    b: &Profile,
    evidence: Vec<Evidence>,
    model: &Model,
    limits: &DedupeLimits,
) -> Option<Candidate> {
    let suggestion = suggest::suggest(&evidence, model.log_odds(&evidence, limits), limits);
    Some(Candidate {
        pair: Pair::new(a.estate.id, b.estate.id)?,
        suggestion: suggestion.verdict,
        confidence: suggestion.confidence,
        rule: suggestion.rule,
        evidence: evidence.into(),
    })
}

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
