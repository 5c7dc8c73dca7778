//! Which layers of others are shown on this laptop, and how: part of the preferences. Files are
//! named with their path, which means nothing elsewhere, so no survey file has any of it.

use crate::model::Crs;
use crate::ui::preferences::Switch;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// A layer of a file, and how it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReferenceSetting {
    pub path: PathBuf,
    /// Which of the file's layers; `None` is the only one.
    #[serde(default)]
    pub layer: Option<String>,
    /// What a user says of a file that does not say it itself.
    #[serde(default)]
    pub crs: Option<Crs>,
    #[serde(default = "on")]
    pub shown: Switch,
    #[serde(default = "on")]
    pub labels: Switch,
    #[serde(default = "on")]
    pub snaps: Switch,
    /// Which of the palette's colours.
    #[serde(default)]
    pub color: usize,
    /// The column of names, where another than the likeliest was chosen.
    #[serde(default)]
    pub label_column: Option<String>,
    /// Whether the division codes of new boundaries are taken from it.
    #[serde(default)]
    pub gives_codes: Switch,
}

fn on() -> Switch {
    Switch::On
}

impl ReferenceSetting {
    pub fn of(path: PathBuf, layer: Option<String>, color: usize) -> Self {
        Self {
            path,
            layer,
            crs: None,
            shown: Switch::On,
            labels: Switch::On,
            snaps: Switch::On,
            color,
            label_column: None,
            gives_codes: Switch::Off,
        }
    }

    /// Whether both are of the same layer, however it is shown.
    pub fn is_same_layer(&self, other: &Self) -> bool {
        self.path == other.path && self.layer == other.layer
    }

    /// Whether what was read for `other` serves this one.
    pub fn is_read_by(&self, other: &Self) -> bool {
        self.is_same_layer(other)
            && self.crs == other.crs
            && self.label_column == other.label_column
    }
}
