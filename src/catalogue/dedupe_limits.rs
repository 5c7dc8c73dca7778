//! The part of a rule pack that finding duplicates uses (DOMAIN §7). Starting values, all proposals.

use serde::Deserialize;
use std::collections::BTreeMap;

/// DOMAIN §7: starting values for the evidence.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DedupeLimits {
    /// IoU from which two polygons are a SAME candidate.
    pub same_iou: f64,
    /// Share of the smaller inside the larger from which it is PART_OF.
    pub part_of_share: f64,
    /// Share of the smaller from which an overlap must be decided.
    pub must_decide_share: f64,
    /// Outlines no further apart than this adjoin, drawn by two hands.
    pub touch_m: f64,
    /// Two positions this close are one place, as two sources give it.
    pub near_m: f64,
    /// Within this distance nine of ten positions of one estate lie.
    pub around_m: f64,
    /// Distance that contradicts sameness.
    pub far_apart_m: f64,
    /// How far apart two records may lie and still be compared for likeness.
    pub search_m: f64,
    /// The same for records of the same name or number: some sources give the agency's shop.
    pub search_same_name_m: f64,
    /// Records of one name or number beyond which only neighbours are compared.
    pub max_block: usize,
    /// Least likeness of two names, 0..1, that is worth a look.
    pub similar_name: f64,
    /// Differences that still support sameness …
    pub same_years: i32,
    pub same_households_share: f64,
    pub same_floor_area_share: f64,
    /// … and differences from which they contradict it.
    pub other_years: i32,
    pub other_size_share: f64,
    pub datum_shift: DatumShiftLimits,
    /// How sure a rule of `dedupe::suggest` is that it is a part, phases or unsure, 0..1, by the
    /// rule's key. How likely two records are one, the evidence says.
    pub confidence: BTreeMap<String, f64>,
    pub evidence: EvidenceLimits,
}

/// What evidence weighs before a survey's own pairs are looked at, and how far they move it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct EvidenceLimits {
    /// The share of compared pairs that are one estate.
    pub prior: f64,
    /// By the key of a level: its share among pairs that are one estate, and among others.
    pub shares: BTreeMap<String, [f64; 2]>,
    /// For how many pairs the shipped shares count beside the survey's own.
    pub strength: f64,
    /// For how many pairs one that a person decided counts, where decisions are learned from.
    pub decided_strength: f64,
    /// How often the survey's pairs are counted anew.
    pub rounds: u32,
    /// How far, in log-odds, a survey may move a shipped weight.
    pub most_moved: f64,
    /// A pair that a rule holds for one estate is suggested as such from this probability; below
    /// it, as unsure.
    pub same_from: f64,
    /// A part of the other below this probability of being anything of the kind is unsure.
    pub part_from: f64,
    /// A pair that a rule is unsure about is suggested as one estate from here …
    pub sure_from: f64,
    /// … and not raised below this.
    pub raised_from: f64,
    pub terms: TermLimits,
}

/// How a name's rareness is judged.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TermLimits {
    /// Share of records that bear a certain employer's or two-character core, as expected.
    pub common_share: f64,
    /// The same for any longer core.
    pub rare_share: f64,
    /// For how many records the expectation counts beside the survey's own.
    pub strength: f64,
    /// From this share on a name is one that many estates have.
    pub common_from: f64,
    /// The share at which a name weighs as the shipped shares say.
    pub typical_share: f64,
    /// How far rareness may move a weight, in log-odds.
    pub most_log_odds: f64,
}

/// When a copy displaced by a datum's offset is recognised as one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DatumShiftLimits {
    /// How far the displacement may be from the offset of the datum, in metres.
    pub residual_m: f64,
    /// The same where there are positions only.
    pub point_residual_m: f64,
    /// IoU, once laid over each other, of two outlines that may be one …
    pub aligned_iou: f64,
    /// … and of two that are one whatever they are called.
    pub congruent_iou: f64,
}
