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
    /// How sure a rule of `dedupe::suggest` is of its verdict, 0..1, by the rule's key.
    pub confidence: BTreeMap<String, f64>,
    /// What each supporting or contradicting piece of evidence beside the rule changes (log-odds).
    pub support_log_odds: f64,
    pub contradiction_log_odds: f64,
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
