//! What was held fast at one moment, to be compared with later: a ranking, a yearly plan, the
//! figures of an assessment. A snapshot never changes.

use super::ids::{EstateId, SnapshotId};
use super::money::Yuan;
use super::project::Batch;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The rule pack that a result was made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackStamp {
    pub id: String,
    pub version: String,
    pub authority: String,
    /// E.g. 赣建城〔2019〕26号.
    pub document: String,
    pub effective_from: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub id: SnapshotId,
    /// What the planner called it; of a yearly plan its number.
    pub title: String,
    pub taken_at: jiff::Timestamp,
    pub taken_by: String,
    pub pack: PackStamp,
    pub content: SnapshotContent,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SnapshotContent {
    Scores(ScoreVersion),
    YearPlan(YearPlan),
    Assessment(AssessmentFigures),
}

/// A ranking under one set of weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreVersion {
    /// By the key of the part.
    pub weights: BTreeMap<String, f64>,
    /// Best first.
    pub ranking: Vec<FrozenScore>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrozenScore {
    pub estate: EstateId,
    /// 0–100, low and high end.
    pub low: f64,
    pub high: f64,
}

/// 年度改造计划 of a county, as it was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YearPlan {
    /// Never reused: county code, year and sequence.
    pub number: String,
    pub county_code: String,
    pub year: i32,
    pub budget: Option<Yuan>,
    pub capacity: Option<Yuan>,
    pub weights: BTreeMap<String, f64>,
    /// In the order of the ranking.
    pub entries: Vec<YearPlanEntry>,
}

/// One estate of a yearly plan, with the values it was decided on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YearPlanEntry {
    pub estate: EstateId,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lib_no: Option<String>,
    pub batch: Batch,
    /// The key of the reason for the batch.
    pub reason: String,
    pub low: f64,
    pub high: f64,
    pub households: Option<u32>,
    pub buildings: Option<u32>,
    pub floor_area_m2: Option<f64>,
    /// Of all that is planned; `None` where an item has no cost yet.
    pub cost: Option<Yuan>,
    /// What the county itself pays.
    pub local_fiscal: Yuan,
}

/// The figures of an assessment (四(四)) of a county's year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssessmentFigures {
    /// Empty for the whole survey.
    pub county_code: String,
    pub year: i32,
    /// By the key of the figure; each in its own unit.
    pub figures: BTreeMap<String, f64>,
}
