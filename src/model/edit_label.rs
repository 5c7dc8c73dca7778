//! What an edit is called: data, whose sentences are in the locale files.

use super::building::BuildingField;
use super::codes::Verdict;
use super::community::{CommunityCode, CommunityState};
use super::field::Field;
use super::list::ListKind;
use super::project::Batch;
use serde::{Deserialize, Serialize};

/// What the user did, for the history and the undo menu. Sentences: locale files, `edit.<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditLabel {
    ChangeSettings,
    /// QGIS or another program wrote the file while it was closed here.
    ChangedOutside {
        records: u32,
    },
    Import {
        file: String,
        rows: u32,
    },
    /// A newer version of a list that was imported before.
    UpdateList {
        file: String,
        rows: u32,
    },
    Draw {
        name: String,
    },
    Reshape {
        name: String,
    },
    /// A drawing tool changed one or more boundaries at once.
    ReshapeMany {
        gesture: ShapeGesture,
        name: String,
        estates: u32,
    },
    /// Cut along a line into `parts`.
    Split {
        name: String,
        parts: u32,
    },
    /// Neighbours became one estate.
    Join {
        name: String,
        absorbed: u32,
    },
    /// A drawn boundary turned out to be that of a register row.
    TakeRow {
        name: String,
    },
    SetField {
        field: Field,
        name: String,
        estates: u32,
    },
    FillIn {
        name: String,
    },
    /// Several fields of one or more records, taken from elsewhere.
    Fill {
        name: String,
        estates: u32,
        from: FilledFrom,
    },
    /// "The rest is intact."
    RestIntact {
        name: String,
    },
    Delete {
        name: String,
    },
    Withdraw {
        name: String,
    },
    Restore {
        name: String,
    },
    Decide {
        verdict: Verdict,
        name: String,
        other: String,
    },
    /// Decisions read from a file.
    DecideMany {
        pairs: u32,
    },
    Unmerge {
        name: String,
    },
    SetAsideRow {
        file: String,
        row: u32,
    },
    /// Cells of a ledger 台账 that was edited elsewhere, taken back.
    Ledger {
        file: String,
        cells: u32,
        estates: u32,
    },
    Release {
        estates: u32,
    },
    Building(BuildingLabel),
    Photo(PhotoLabel),
    Coverage(CoverageLabel),
    Plan(PlanLabel),
}

/// What the user did to plans and projects. Sentences: locale files, `plan.edit.<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanLabel {
    /// A part of the project of `name`, or of several.
    Project {
        part: ProjectPart,
        name: String,
        projects: u32,
    },
    /// A person put an estate into a batch; `None` lets the rules decide again.
    Place {
        name: String,
        batch: Option<Batch>,
    },
    Budget {
        county_code: String,
        year: i32,
    },
    /// A ranking was held fast.
    FreezeScores {
        title: String,
    },
    FreezeYearPlan {
        number: String,
    },
    FreezeAssessment {
        title: String,
    },
    RemoveSnapshot {
        title: String,
    },
    /// The survey's own rule pack.
    Rules {
        revision: u32,
    },
    /// The shipped rule pack holds again.
    ShippedRules,
}

/// What an edit of a project is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectPart {
    Year,
    Content,
    Funding,
    Units,
    Milestones,
    Signatures,
    Issues,
    Evaluation,
    Management,
    Documents,
    Note,
}

/// What the user did for completeness. Sentences: locale files, `coverage.edit.<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverageLabel {
    ListKind {
        file: String,
        kind: ListKind,
    },
    /// `None`: taken back to "nothing yet". `code` is of one of them.
    Communities {
        communities: u32,
        code: CommunityCode,
        state: Option<CommunityState>,
    },
    /// Who signed, when, and what else is known of an answer.
    Return {
        code: CommunityCode,
    },
    /// Places of a layer where nothing was found.
    Searched {
        places: u32,
    },
    /// Cells of the grid where nothing was found.
    SearchedCells {
        cells: u32,
    },
    /// They are to be searched again.
    SearchAgain {
        places: u32,
    },
    /// Who has to answer.
    Scope {
        codes: Vec<String>,
    },
}

/// What the user did to photos. Sentences: locale files, `photos.edit.<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoLabel {
    Add {
        photos: u32,
    },
    /// `None`: they belong to no estate any more.
    Assign {
        photos: u32,
        name: Option<String>,
    },
    Note {
        file: String,
    },
    Remove {
        photos: u32,
    },
}

/// What the user did to buildings. Sentences: locale files, `buildings.edit.<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuildingLabel {
    /// To the estate `name`.
    Add {
        name: String,
        buildings: u32,
    },
    SetField {
        field: BuildingField,
        /// The building's, where it is one.
        number: String,
        buildings: u32,
    },
    Reshape {
        number: String,
    },
    /// To the estate `name`.
    Move {
        name: String,
        buildings: u32,
    },
    Delete {
        number: String,
        buildings: u32,
    },
    /// Figures of the estate `name` taken from its buildings.
    TakeFigures {
        name: String,
    },
}

/// What a drawing tool did to a boundary. Sentences: locale files, `edit.gesture.<kind>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShapeGesture {
    Move,
    Rotate,
    Square,
    Simplify,
    /// Along a drawn line.
    Reshape,
    /// A border that neighbours share, moved together.
    SharedBorder,
    /// Clipped to the neighbours.
    AvoidOverlap,
    Repair,
    AddHole,
    RemoveHole,
    AddPart,
    RemovePart,
}

/// Where values came from that nobody typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilledFrom {
    /// Repeated from the estate tagged before.
    Estate {
        name: String,
    },
    Clipboard,
    Preset {
        name: String,
    },
    /// "The rest is intact", said of several.
    RestIntact,
    /// Codes worked out from a layer of divisions.
    Divisions {
        layer: String,
    },
}
