//! «不重不漏», 三(三)1: every imported row has exactly one fate, and the fates add up.

use super::recognition::{Recognised, RecognitionVerdict, RuleId, recognise};
use crate::catalogue::Catalogue;
use crate::model::{Estate, EstateId, ListId, Standing, Survey};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// In the library, counted once.
    Kept,
    /// Counted by another record: merged into it, or a part of it.
    Merged {
        into: EstateId,
    },
    Excluded(ExcludedWhy),
    /// Nobody can say yet.
    Open(OpenWhy),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExcludedWhy {
    Withdrawn,
    NotRecognised,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenWhy {
    NoBoundary,
    Undetermined,
    /// It was merged into a record that is not there, or in a circle.
    MergedIntoNothing,
}

/// What a record is and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    pub recognised: Recognised,
    pub fate: Fate,
}

pub type Judgements = BTreeMap<EstateId, Judgement>;

/// Judges every record of a survey.
pub fn judge(survey: &Survey, catalogue: &Catalogue) -> Judgements {
    let judge = |estate: &Estate| {
        let recognised = recognise(estate, &catalogue.items, &catalogue.rules.recognition);
        let fate = fate(survey, estate, recognised.verdict);
        Judgement { recognised, fate }
    };
    survey.estates().map(|e| (e.id, judge(e))).collect()
}

/// What becomes of `estate`, about which recognition said `verdict`.
pub fn fate(survey: &Survey, estate: &Estate, verdict: RecognitionVerdict) -> Fate {
    match (&estate.standing, verdict) {
        (Standing::Merged { .. } | Standing::PartOf { .. }, _) => {
            let into = survey.root(estate.id);
            let found = survey.estate(into).is_some_and(|root| {
                matches!(
                    root.standing,
                    Standing::Counted | Standing::Withdrawn { .. }
                )
            });
            match found {
                true => Fate::Merged { into },
                false => Fate::Open(OpenWhy::MergedIntoNothing),
            }
        }
        (Standing::Withdrawn { .. }, _) => Fate::Excluded(ExcludedWhy::Withdrawn),
        (Standing::Counted, RecognitionVerdict::NotRecognised) => {
            Fate::Excluded(ExcludedWhy::NotRecognised)
        }
        (Standing::Counted, _) if estate.boundary.is_none() => Fate::Open(OpenWhy::NoBoundary),
        (Standing::Counted, RecognitionVerdict::Undetermined) => Fate::Open(OpenWhy::Undetermined),
        (Standing::Counted, RecognitionVerdict::Recognised) => Fate::Kept,
    }
}

/// Why a record is not in the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grounds<'a> {
    /// The keys of the rules that exclude it; none where a person took it out.
    pub rules: Vec<&'static str>,
    /// In the words of a person.
    pub reason: &'a str,
}

impl Judgement {
    /// What the rules and people have said against `estate`, whose judgement this is.
    pub fn grounds<'a>(&self, estate: &'a Estate) -> Grounds<'a> {
        let rules = match self.fate {
            Fate::Excluded(ExcludedWhy::NotRecognised) => self.recognised.deciding(),
            _ => Vec::new(),
        };
        Grounds {
            rules: rules.into_iter().map(RuleId::key).collect(),
            reason: match &estate.standing {
                Standing::Withdrawn { reason } => reason,
                _ => &estate.exclusion_note,
            },
        }
    }
}

/// How many rows came in and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCount {
    pub rows_in: u64,
    pub kept: u64,
    pub merged: u64,
    pub excluded: u64,
    pub open: u64,
    /// Of `open`: rows that could not be read.
    pub rejected_open: u64,
    /// Of `excluded`: unreadable rows that a person set aside with a reason.
    pub rejected_set_aside: u64,
}

/// The fates of a survey's rows, list by list and in total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub lists: BTreeMap<ListId, RowCount>,
    /// Every list together.
    pub total: RowCount,
    /// Records drawn here: they came in no list, each is its own row.
    pub drawn_here: RowCount,
}

/// Counts what became of every row.
pub fn tally(survey: &Survey, judgements: &Judgements) -> Tally {
    let mut tally = Tally::default();
    // Rows of buildings are no estates: `buildings::row_fates` counts them.
    for list in survey.lists().filter(|list| list.role.gives_estates()) {
        let set_aside = list.rejected.iter().filter(|r| r.set_aside.is_some());
        let set_aside = set_aside.count() as u64;
        let rejected_open = list.rejected.len() as u64 - set_aside;
        let count = RowCount {
            rows_in: list.rows_read.into(),
            excluded: set_aside,
            open: rejected_open,
            rejected_open,
            rejected_set_aside: set_aside,
            ..RowCount::default()
        };
        tally.lists.insert(list.id, count);
    }
    for estate in survey.estates() {
        let count = match &estate.origin {
            // A record of a list that is gone is counted there all the same: it must not add up.
            Some(origin) => tally.lists.entry(origin.list).or_default(),
            None => {
                tally.drawn_here.rows_in += 1;
                &mut tally.drawn_here
            }
        };
        match judgements.get(&estate.id).map(|judgement| judgement.fate) {
            Some(Fate::Kept) => count.kept += 1,
            Some(Fate::Merged { .. }) => count.merged += 1,
            Some(Fate::Excluded(_)) => count.excluded += 1,
            Some(Fate::Open(_)) | None => count.open += 1,
        }
    }
    for count in tally.lists.values() {
        tally.total.add(count);
    }
    tally
}

impl RowCount {
    /// Rows with a fate. E04 wants as many as came in.
    pub fn accounted_for(&self) -> u64 {
        // Saturating: a manifest that somebody edited may hold anything.
        [self.merged, self.excluded, self.open]
            .into_iter()
            .fold(self.kept, u64::saturating_add)
    }

    /// The identity of E04: input rows = kept + merged + excluded + open.
    pub fn adds_up(&self) -> bool {
        self.rows_in == self.accounted_for()
    }

    /// Saturating, as [`RowCount::accounted_for`] is.
    pub fn add(&mut self, other: &Self) {
        for (sum, more) in [
            (&mut self.rows_in, other.rows_in),
            (&mut self.kept, other.kept),
            (&mut self.merged, other.merged),
            (&mut self.excluded, other.excluded),
            (&mut self.open, other.open),
            (&mut self.rejected_open, other.rejected_open),
            (&mut self.rejected_set_aside, other.rejected_set_aside),
        ] {
            *sum = sum.saturating_add(more);
        }
    }
}

impl Tally {
    /// Whether the identity holds for each list and for all of them together.
    pub fn adds_up(&self) -> bool {
        let mut counts = self.lists.values().chain([&self.total, &self.drawn_here]);
        counts.all(RowCount::adds_up)
    }

    /// Records in the library.
    pub fn library(&self) -> u64 {
        self.total.kept + self.drawn_here.kept
    }
}

impl Fate {
    /// The stable ASCII key, as files carry it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Merged { .. } => "merged",
            Self::Excluded(_) => "excluded",
            Self::Open(_) => "open",
        }
    }

    /// The stable ASCII key of the reason; empty where the fate says it all.
    pub fn why(self) -> &'static str {
        match self {
            Self::Kept | Self::Merged { .. } => "",
            Self::Excluded(ExcludedWhy::Withdrawn) => "withdrawn",
            Self::Excluded(ExcludedWhy::NotRecognised) => "not_recognised",
            Self::Open(OpenWhy::NoBoundary) => "no_boundary",
            Self::Open(OpenWhy::Undetermined) => "undetermined",
            Self::Open(OpenWhy::MergedIntoNothing) => "merged_into_nothing",
        }
    }
}

#[cfg(test)]
mod tests;
