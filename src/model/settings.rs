//! What holds for the whole survey file.

use super::preset::Preset;
use super::saved_view::{self, SavedView};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The county surveyed, 6 digits; empty where none was named.
    #[serde(default)]
    pub county_code: String,
    /// The id of the rule pack that every evaluation uses and names.
    pub rule_pack: String,
    /// The highest sequence number ever given out, by `county code + year`.
    #[serde(default)]
    pub numbers_given: std::collections::BTreeMap<String, u32>,
    /// In the order of their keys, 1 to 9.
    #[serde(default)]
    pub presets: Vec<Preset>,
    /// Views of the list that the team shares, in the order they were saved.
    #[serde(default, deserialize_with = "saved_view::readable")]
    pub saved_views: Vec<SavedView>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            county_code: String::new(),
            rule_pack: "JX-2019-26".to_owned(),
            numbers_given: Default::default(),
            presets: Vec::new(),
            saved_views: Vec::new(),
        }
    }
}
