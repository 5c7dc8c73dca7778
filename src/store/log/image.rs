//! What a record was before an edit, and after it.

use crate::model::{Change, EstateId, Pair};
use crate::store::column::to_json;
use crate::store::error::StoreErrorKind;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A change as the log has it.
pub(super) struct Image {
    pub record: String,
    pub key: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Image {
    pub fn of(change: &Change) -> Self {
        fn image<T: Serialize>(record: Option<&T>) -> Option<String> {
            record.map(to_json)
        }
        let (record, key, before, after) = match change {
            Change::Estate { id, before, after } => (
                "estate",
                id.to_string(),
                image(before.as_deref()),
                image(after.as_deref()),
            ),
            Change::Building { id, before, after } => (
                "building",
                id.to_string(),
                image(before.as_deref()),
                image(after.as_deref()),
            ),
            Change::Decision {
                pair,
                before,
                after,
            } => (
                "decision",
                format!("{} {}", pair.a(), pair.b()),
                image(before.as_deref()),
                image(after.as_deref()),
            ),
            Change::List { id, before, after } => (
                "list",
                id.to_string(),
                image(before.as_deref()),
                image(after.as_deref()),
            ),
            Change::Settings { before, after } => (
                "settings",
                String::new(),
                image(Some(before.as_ref())),
                image(Some(after.as_ref())),
            ),
            Change::Photo { id, before, after } => (
                "photo",
                id.to_string(),
                image(before.as_deref()),
                image(after.as_deref()),
            ),
            Change::Searched { id, before, after } => (
                "searched",
                id.to_string(),
                image(before.as_deref()),
                image(after.as_deref()),
            ),
            Change::Project { id, before, after } => (
                "project",
                id.to_string(),
                image(before.as_deref()),
                image(after.as_deref()),
            ),
            Change::Budget { key, before, after } => (
                "budget",
                key.to_string(),
                image(before.as_deref()),
                image(after.as_deref()),
            ),
            Change::Snapshot { id, before, after } => (
                "snapshot",
                id.to_string(),
                image(before.as_deref()),
                image(after.as_deref()),
            ),
            Change::Community {
                code,
                before,
                after,
            } => (
                "community",
                code.to_string(),
                image(before.as_deref()),
                image(after.as_deref()),
            ),
        };
        Self {
            record: record.to_owned(),
            key,
            before,
            after,
        }
    }

    pub fn change(&self) -> Result<Change, StoreErrorKind> {
        let spoilt =
            || StoreErrorKind::damaged(format!("edit_change {} {}", self.record, self.key));
        Ok(match self.record.as_str() {
            "estate" => Change::Estate {
                id: self.key.parse().map_err(|_| spoilt())?,
                before: self.parse(&self.before)?.map(Arc::new),
                after: self.parse(&self.after)?.map(Arc::new),
            },
            "building" => Change::Building {
                id: self.key.parse().map_err(|_| spoilt())?,
                before: self.parse(&self.before)?.map(Arc::new),
                after: self.parse(&self.after)?.map(Arc::new),
            },
            "decision" => Change::Decision {
                pair: pair(&self.key).ok_or_else(spoilt)?,
                before: self.parse(&self.before)?,
                after: self.parse(&self.after)?,
            },
            "list" => Change::List {
                id: self.key.parse().map_err(|_| spoilt())?,
                before: self.parse(&self.before)?.map(Arc::new),
                after: self.parse(&self.after)?.map(Arc::new),
            },
            "settings" => Change::Settings {
                before: self.parse(&self.before)?.ok_or_else(spoilt)?,
                after: self.parse(&self.after)?.ok_or_else(spoilt)?,
            },
            "photo" => Change::Photo {
                id: self.key.parse().map_err(|_| spoilt())?,
                before: self.parse(&self.before)?.map(Arc::new),
                after: self.parse(&self.after)?.map(Arc::new),
            },
            "searched" => Change::Searched {
                id: self.key.parse().map_err(|_| spoilt())?,
                before: self.parse(&self.before)?.map(Arc::new),
                after: self.parse(&self.after)?.map(Arc::new),
            },
            "project" => Change::Project {
                id: self.key.parse().map_err(|_| spoilt())?,
                before: self.parse(&self.before)?.map(Arc::new),
                after: self.parse(&self.after)?.map(Arc::new),
            },
            "budget" => Change::Budget {
                key: self.key.parse().map_err(|_| spoilt())?,
                before: self.parse(&self.before)?,
                after: self.parse(&self.after)?,
            },
            "snapshot" => Change::Snapshot {
                id: self.key.parse().map_err(|_| spoilt())?,
                before: self.parse(&self.before)?.map(Arc::new),
                after: self.parse(&self.after)?.map(Arc::new),
            },
            "community" => Change::Community {
                code: self.key.parse().map_err(|_| spoilt())?,
                before: self.parse(&self.before)?.map(Arc::new),
                after: self.parse(&self.after)?.map(Arc::new),
            },
            _ => return Err(spoilt()),
        })
    }

    fn parse<T: DeserializeOwned>(
        &self,
        image: &Option<String>,
    ) -> Result<Option<T>, StoreErrorKind> {
        let parsed = image.as_deref().map(serde_json::from_str).transpose();
        parsed.map_err(|error| {
            StoreErrorKind::damaged(format!("edit_change {} {}: {error}", self.record, self.key))
        })
    }
}

fn pair(key: &str) -> Option<Pair> {
    let (a, b) = key.split_once(' ')?;
    let id = |text: &str| text.parse::<EstateId>().ok();
    Pair::new(id(a)?, id(b)?)
}
