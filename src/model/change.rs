//! An edit is data: what each record was before and is after. Undo, redo, the audit trail, crash
//! safety, redraw and team merge are all read from it.

use super::budget::{Budget, BudgetKey};
use super::building::Building;
use super::community::{CommunityCode, CommunityReturn};

use super::decision::{Decision, Pair};
use super::edit_label::EditLabel;
use super::estate::Estate;
use super::ids::{BuildingId, EditId, EstateId, ListId, SnapshotId};
use super::list::ImportList;
use super::photo::{Photo, PhotoId};
use super::project::Project;
use super::searched::{SearchId, Searched};
use super::settings::Settings;
use super::snapshot::Snapshot;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The name of a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKey {
    Estate(EstateId),
    Building(BuildingId),
    Decision(Pair),
    List(ListId),
    Settings,
    Photo(PhotoId),
    Community(CommunityCode),
    Searched(SearchId),
    Project(EstateId),
    Budget(BudgetKey),
    Snapshot(SnapshotId),
}

/// One record before and after. `None` is "does not exist".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Estate {
        id: EstateId,
        before: Option<Arc<Estate>>,
        after: Option<Arc<Estate>>,
    },
    Building {
        id: BuildingId,
        before: Option<Arc<Building>>,
        after: Option<Arc<Building>>,
    },
    Decision {
        pair: Pair,
        before: Option<Box<Decision>>,
        after: Option<Box<Decision>>,
    },
    List {
        id: ListId,
        before: Option<Arc<ImportList>>,
        after: Option<Arc<ImportList>>,
    },
    Settings {
        before: Box<Settings>,
        after: Box<Settings>,
    },
    Photo {
        id: PhotoId,
        before: Option<Arc<Photo>>,
        after: Option<Arc<Photo>>,
    },
    Community {
        code: CommunityCode,
        before: Option<Arc<CommunityReturn>>,
        after: Option<Arc<CommunityReturn>>,
    },
    Searched {
        id: SearchId,
        before: Option<Arc<Searched>>,
        after: Option<Arc<Searched>>,
    },
    Project {
        /// The estate's.
        id: EstateId,
        before: Option<Arc<Project>>,
        after: Option<Arc<Project>>,
    },
    Budget {
        key: BudgetKey,
        before: Option<Box<Budget>>,
        after: Option<Box<Budget>>,
    },
    Snapshot {
        id: SnapshotId,
        before: Option<Arc<Snapshot>>,
        after: Option<Arc<Snapshot>>,
    },
}

impl Change {
    pub fn key(&self) -> RecordKey {
        match self {
            Self::Estate { id, .. } => RecordKey::Estate(*id),
            Self::Building { id, .. } => RecordKey::Building(*id),
            Self::Decision { pair, .. } => RecordKey::Decision(*pair),
            Self::List { id, .. } => RecordKey::List(*id),
            Self::Settings { .. } => RecordKey::Settings,
            Self::Photo { id, .. } => RecordKey::Photo(*id),
            Self::Community { code, .. } => RecordKey::Community(*code),
            Self::Searched { id, .. } => RecordKey::Searched(*id),
            Self::Project { id, .. } => RecordKey::Project(*id),
            Self::Budget { key, .. } => RecordKey::Budget(key.clone()),
            Self::Snapshot { id, .. } => RecordKey::Snapshot(*id),
        }
    }

    /// The estates whose building, photo or project this is, before and after: their history tells of it.
    pub fn owners(&self) -> BTreeSet<EstateId> {
        match self {
            Self::Building { before, after, .. } => {
                let sides = [before, after].into_iter().flatten();
                sides.map(|building| building.estate).collect()
            }
            Self::Photo { before, after, .. } => {
                let sides = [before, after].into_iter().flatten();
                sides.filter_map(|photo| photo.estate).collect()
            }
            Self::Project { id, .. } => BTreeSet::from([*id]),
            Self::Estate { .. }
            | Self::Decision { .. }
            | Self::List { .. }
            | Self::Settings { .. }
            | Self::Community { .. }
            | Self::Searched { .. }
            | Self::Budget { .. }
            | Self::Snapshot { .. } => BTreeSet::new(),
        }
    }

    /// Whether before and after differ.
    pub fn changes_something(&self) -> bool {
        match self {
            Self::Estate { before, after, .. } => before != after,
            Self::Building { before, after, .. } => before != after,
            Self::Decision { before, after, .. } => before != after,
            Self::List { before, after, .. } => before != after,
            Self::Settings { before, after } => before != after,
            Self::Photo { before, after, .. } => before != after,
            Self::Community { before, after, .. } => before != after,
            Self::Searched { before, after, .. } => before != after,
            Self::Project { before, after, .. } => before != after,
            Self::Budget { before, after, .. } => before != after,
            Self::Snapshot { before, after, .. } => before != after,
        }
    }

    /// The change that takes this one back.
    pub fn inverse(self) -> Self {
        match self {
            Self::Estate { id, before, after } => Self::Estate {
                id,
                before: after,
                after: before,
            },
            Self::Building { id, before, after } => Self::Building {
                id,
                before: after,
                after: before,
            },
            Self::Decision {
                pair,
                before,
                after,
            } => Self::Decision {
                pair,
                before: after,
                after: before,
            },
            Self::List { id, before, after } => Self::List {
                id,
                before: after,
                after: before,
            },
            Self::Settings { before, after } => Self::Settings {
                before: after,
                after: before,
            },
            Self::Photo { id, before, after } => Self::Photo {
                id,
                before: after,
                after: before,
            },
            Self::Searched { id, before, after } => Self::Searched {
                id,
                before: after,
                after: before,
            },
            Self::Project { id, before, after } => Self::Project {
                id,
                before: after,
                after: before,
            },
            Self::Budget { key, before, after } => Self::Budget {
                key,
                before: after,
                after: before,
            },
            Self::Snapshot { id, before, after } => Self::Snapshot {
                id,
                before: after,
                after: before,
            },
            Self::Community {
                code,
                before,
                after,
            } => Self::Community {
                code,
                before: after,
                after: before,
            },
        }
    }
}

/// One finished action: what the log holds a row of, and what Ctrl+Z takes back whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    pub id: EditId,
    pub label: EditLabel,
    pub kind: EditKind,
    pub author: String,
    pub device: String,
    pub at: jiff::Timestamp,
    pub changes: Vec<Change>,
}

/// How an edit takes part in undo and redo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditKind {
    Do,
    /// Takes back the named edit.
    Undo(EditId),
    /// Does the named edit, which had been undone, again.
    Redo(EditId),
    /// Cannot be taken back, nor anything before it: numbers were given out.
    Barrier,
}
