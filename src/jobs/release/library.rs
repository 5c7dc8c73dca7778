//! Which estates are in the library, in which order, and what they sum up to.

use crate::catalogue::Catalogue;
use crate::formats::library::{Counts, LibraryEstate};
use crate::geodesy::measure::area_m2;
use crate::geometry::validity::is_sound;
use crate::jobs::planning::planning;
use crate::model::{Estate, EstateId, Pair, Standing, Survey};
use crate::progress::{Cancelled, Progress};
use crate::rules::batches::Placed;
use crate::rules::checks::{Detail, Finding};
use crate::rules::fate::{Fate, Judgements};
use std::collections::{BTreeMap, BTreeSet};

/// The kept estates, by library number; those without one after them, in the order in which
/// numbers are given.
pub(super) fn collect<'a>(
    survey: &'a Survey,
    judgements: &Judgements,
    findings: &[Finding],
    placed: &BTreeMap<EstateId, Placed>,
) -> Vec<LibraryEstate<'a>> {
    let absorbed = absorbed(survey, judgements);
    let checks = checks_by_estate(findings);
    let mut library: Vec<LibraryEstate> = survey
        .estates()
        .filter(|estate| {
            judgements
                .get(&estate.id)
                .is_some_and(|j| j.fate == Fate::Kept)
        })
        .map(|estate| {
            let (merged, parts) = absorbed.get(&estate.id).copied().unwrap_or_default();
            let checks = checks.get(&estate.id);
            let placed = placed.get(&estate.id);
            let sound = estate.boundary.as_deref().filter(|b| is_sound(b));
            LibraryEstate {
                estate,
                source: source(survey, estate),
                dup_of_count: merged,
                part_count: parts,
                ground_area_m2: sound.map(area_m2),
                score: placed.map(|placed| placed.score),
                batch: placed.map(|placed| placed.batch),
                checks: checks.into_iter().flatten().copied().collect(),
            }
        })
        .collect();
    library.sort_by_cached_key(|entry| order_in_library(entry.estate));
    library
}

/// Where every estate stands in `year`, within the budgets that the survey holds.
///
/// # Errors
/// [`Cancelled`] when the user stopped it.
pub(in crate::jobs) fn place(
    survey: &Survey,
    catalogue: &Catalogue,
    findings: &[Finding],
    year: i16,
    progress: &Progress,
) -> Result<BTreeMap<EstateId, Placed>, Cancelled> {
    let open = findings.iter().filter_map(|finding| {
        let Detail::UndecidedPair { other } = finding.detail else {
            return None;
        };
        Pair::new(finding.estate?, other)
    });
    let open: Vec<Pair> = open.collect();
    let planning = planning(survey, catalogue, &open, progress)?;
    Ok(planning.standings(survey, year.into(), &planning.weights()))
}

/// By library number; those without one after them, in the order in which numbers are given.
pub(in crate::jobs) fn order_in_library(estate: &Estate) -> impl Ord + use<> {
    let lib_no = estate.lib_no.clone();
    (lib_no.is_none(), lib_no, order(estate))
}

/// The order in which numbers are given: by community, then by name.
pub(super) fn order(estate: &Estate) -> (Option<String>, String, EstateId) {
    let community = estate.community_codes.first().cloned();
    (community, estate.name.clone(), estate.id)
}

/// Who published the row a record came from: as the row says, else the list's file.
pub fn source<'a>(survey: &'a Survey, estate: &'a Estate) -> &'a str {
    match &estate.origin {
        Some(origin) if !origin.source.is_empty() => &origin.source,
        Some(origin) => survey.list(origin.list).map_or("", |list| &list.file_name),
        None => "",
    }
}

pub(super) fn counts(library: &[LibraryEstate]) -> Counts {
    let mut counts = Counts::default();
    for LibraryEstate { estate, .. } in library {
        counts.add(
            estate.households.map(u64::from),
            estate.buildings.map(u64::from),
            estate.floor_area_m2,
        );
    }
    counts
}

/// How many records each counts for: merged into it, and lying inside it.
pub(in crate::jobs) fn absorbed(
    survey: &Survey,
    judgements: &Judgements,
) -> BTreeMap<EstateId, (u32, u32)> {
    let mut absorbed = BTreeMap::<EstateId, (u32, u32)>::new();
    for estate in survey.estates() {
        let Some(Fate::Merged { into }) = judgements.get(&estate.id).map(|j| j.fate) else {
            continue;
        };
        let (merged, parts) = absorbed.entry(into).or_default();
        match estate.standing {
            Standing::PartOf { .. } => *parts += 1,
            _ => *merged += 1,
        }
    }
    absorbed
}

pub(in crate::jobs) fn checks_by_estate(
    findings: &[Finding],
) -> BTreeMap<EstateId, BTreeSet<&'static str>> {
    let mut checks = BTreeMap::<EstateId, BTreeSet<&'static str>>::new();
    for finding in findings {
        let other = match finding.detail {
            Detail::UndecidedPair { other } | Detail::NumberHeldTwice { other, .. } => Some(other),
            _ => None,
        };
        for id in finding.estate.into_iter().chain(other) {
            checks.entry(id).or_default().insert(finding.code.key());
        }
    }
    checks
}
