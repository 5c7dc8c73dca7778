//! Looks at a whole survey: which records may be one estate, what the checks say, where every
//! row went. The window runs it after each edit, the command line before a release.

use crate::catalogue::{Borders, Catalogue, Divisions};
use crate::dedupe::{self, Candidate};
use crate::jobs::release::{self, ReleaseError, ReleaseSettings, Staged};
use crate::model::{EstateId, Pair, Survey};
use crate::progress::{Cancelled, Progress};
use crate::rules::checks::{self, CountyBorder, Finding, Gravity};
use crate::rules::fate::{self, Judgements, Tally};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// What a survey looked like at one moment.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// Every pair that was raised, decided or not, as `dedupe::search` sorts them.
    pub candidates: Vec<Candidate>,
    /// The raised pairs that nobody has decided.
    pub open_pairs: Vec<Pair>,
    pub findings: Vec<Finding>,
    pub judgements: Judgements,
    pub tally: Tally,
    /// Records that wait for a boundary.
    pub waiting: usize,
    // Places in `findings`: a window asks for them in every frame, of a hundred thousand.
    blocking: Vec<usize>,
    warnings: Vec<usize>,
    by_estate: BTreeMap<EstateId, Vec<usize>>,
}

/// Evaluates `survey`; `today` is the day on which the check is made.
///
/// # Errors
/// [`Cancelled`] when the user stopped it.
pub fn evaluate(
    survey: &Survey,
    catalogue: &Catalogue,
    today: Date,
    progress: &Progress,
) -> Result<Evaluation, Cancelled> {
    let search = dedupe::search(survey, &catalogue.rules.dedupe, progress)?;
    Ok(evaluate_with(search.candidates, survey, catalogue, today))
}

/// The same where the pairs that may be one estate are known already.
pub fn evaluate_with(
    candidates: Vec<Candidate>,
    survey: &Survey,
    catalogue: &Catalogue,
    today: Date,
) -> Evaluation {
    evaluate_as_of(candidates, survey, catalogue, today.year(), today)
}

/// The same; nothing can have been built after `this_year`, and what is late is counted on `today`.
fn evaluate_as_of(
    candidates: Vec<Candidate>,
    survey: &Survey,
    catalogue: &Catalogue,
    this_year: i16,
    today: Date,
) -> Evaluation {
    let open_pairs = open_pairs(survey, &candidates);
    let findings = with_context(survey, catalogue, this_year, today, |context| {
        checks::check(survey, &open_pairs, context)
    });
    let judgements = fate::judge(survey, catalogue);
    let tally = fate::tally(survey, &judgements);
    let mut by_estate: BTreeMap<EstateId, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        if let Some(estate) = finding.estate {
            by_estate.entry(estate).or_default().push(index);
        }
    }
    let (blocking, warnings) =
        (0..findings.len()).partition(|index| findings[*index].gravity == Gravity::Blocks);
    Evaluation {
        candidates,
        open_pairs,
        findings,
        judgements,
        tally,
        waiting: survey.waiting(),
        blocking,
        warnings,
        by_estate,
    }
}

/// Evaluates `survey` and stages its release; `as_of` is the time of its last edit that was not
/// itself a release.
///
/// # Errors
/// [`ReleaseError`]: what blocks it, or why it could not be written; nothing has changed.
pub fn stage_release(
    survey: &Survey,
    catalogue: &Catalogue,
    settings: &ReleaseSettings,
    as_of: jiff::Timestamp,
    progress: &Progress,
) -> Result<Staged, ReleaseError> {
    let search = dedupe::search(survey, &catalogue.rules.dedupe, progress)?;
    // The same library gives the same bytes: what is late is counted on the day of its last edit.
    let today = as_of.to_zoned_datetime(TimeZone::UTC).date();
    let evaluation = evaluate_as_of(search.candidates, survey, catalogue, settings.year, today);
    release::prepare(
        survey,
        catalogue,
        evaluation.findings,
        settings,
        as_of,
        progress,
    )
}

fn open_pairs(survey: &Survey, candidates: &[Candidate]) -> Vec<Pair> {
    dedupe::open_duplicates(survey, candidates)
        .map(|candidate| candidate.pair)
        .collect()
}

/// Gives `use_it` what the checks look up: the shipped divisions, and the border of the county.
fn with_context<R>(
    survey: &Survey,
    catalogue: &Catalogue,
    this_year: i16,
    today: Date,
    use_it: impl FnOnce(&checks::Context) -> R,
) -> R {
    let county_code = survey.settings().county_code.as_str();
    let border = Borders::shipped()
        .district(county_code)
        .map(|district| CountyBorder::new(&district.boundary));
    let exists = |code: &str| Divisions::shipped().exists(code);
    use_it(&checks::Context {
        catalogue,
        county_code,
        county: border.as_ref(),
        division_exists: Some(&exists),
        this_year: this_year.into(),
        today,
    })
}

impl Evaluation {
    /// Takes in the pairs of a survey that was edited since; what the checks say follows later.
    pub fn take_candidates(&mut self, survey: &Survey, candidates: Vec<Candidate>) {
        self.open_pairs = open_pairs(survey, &candidates);
        self.candidates = candidates;
    }

    /// The findings of one record.
    pub fn of_estate(&self, id: EstateId) -> impl Iterator<Item = &Finding> {
        let indices = self.by_estate.get(&id).map(Vec::as_slice).unwrap_or(&[]);
        indices.iter().map(|index| &self.findings[*index])
    }

    /// What blocks a release.
    pub fn blocking(&self) -> impl ExactSizeIterator<Item = &Finding> {
        self.with(Gravity::Blocks)
    }

    /// The findings that block, or those that warn.
    pub fn with(&self, gravity: Gravity) -> impl ExactSizeIterator<Item = &Finding> {
        let indices = match gravity {
            Gravity::Blocks => &self.blocking,
            Gravity::Warns => &self.warnings,
        };
        indices.iter().map(|index| &self.findings[*index])
    }

    /// What the search said of a pair, if it raised it.
    pub fn candidate(&self, pair: Pair) -> Option<&Candidate> {
        // `dedupe::search` sorts them by pair.
        self.candidates
            .binary_search_by_key(&pair, |candidate| candidate.pair)
            .ok()
            .map(|index| &self.candidates[index])
    }

    /// How many findings of one record block and how many warn.
    pub fn counts(&self, id: EstateId) -> (usize, usize) {
        let blocks = self
            .of_estate(id)
            .filter(|finding| finding.gravity == Gravity::Blocks)
            .count();
        (blocks, self.of_estate(id).count() - blocks)
    }
}
