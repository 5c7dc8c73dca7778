//! What holds for the whole survey file.

use super::ids::ListId;
use super::map_theme::SavedTheme;
use super::own_rules::OwnRules;
use super::preset::Preset;
use super::saved_view::SavedView;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

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
    /// Whose communities have to answer (E14): counties, streets and communities by their codes.
    /// Empty until somebody says so; nothing is then held against anybody.
    #[serde(default)]
    pub answering: std::collections::BTreeSet<String>,
    /// In the order of their keys, 1 to 9.
    #[serde(default, deserialize_with = "readable")]
    pub presets: Vec<Preset>,
    /// Views of the list that the team shares, in the order they were saved.
    #[serde(default, deserialize_with = "readable")]
    pub saved_views: Vec<SavedView>,
    /// Maps that the team shares, in the order they were saved.
    #[serde(default, deserialize_with = "readable")]
    pub saved_themes: Vec<SavedTheme>,
    /// Spellings that mean one employer or one road, beside those that are shipped.
    #[serde(default, deserialize_with = "readable")]
    pub aliases: Vec<Alias>,
    /// Whether what people decided about pairs moves what evidence weighs in this survey.
    #[serde(default)]
    pub learning: Learning,
    /// The survey's own copy of the rule pack; `None` where the shipped one holds.
    #[serde(default)]
    pub own_rules: Option<Box<OwnRules>>,
    /// The highest revision that an own rule pack ever had.
    #[serde(default)]
    pub rule_revisions: u32,
    /// Which list is the newer version of which: the newer by the earlier.
    #[serde(default)]
    pub newer_versions: std::collections::BTreeMap<ListId, ListId>,
}

/// What is learned from besides the pairs themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Learning {
    #[default]
    PairsAlone,
    Decisions,
}

/// A spelling and the name that it is compared by: 江柴 for 江西柴油机厂 (DOMAIN §7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    pub kind: AliasKind,
    pub spelling: String,
    pub same_as: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AliasKind {
    /// An employer, renamed or abbreviated.
    Unit,
    /// A road, renamed or written otherwise.
    Road,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            county_code: String::new(),
            rule_pack: "JX-2019-26".to_owned(),
            numbers_given: Default::default(),
            answering: Default::default(),
            presets: Vec::new(),
            saved_views: Vec::new(),
            saved_themes: Vec::new(),
            aliases: Vec::new(),
            learning: Learning::default(),
            own_rules: None,
            rule_revisions: 0,
            newer_versions: Default::default(),
        }
    }
}

/// What this program understands of a list. A view or a preset of a later program, with a filter or
/// a field of its own, must not keep the whole survey from opening.
fn readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let values = Vec::<serde_json::Value>::deserialize(deserializer)?;
    let values = values.into_iter().map(serde_json::from_value);
    Ok(values.filter_map(Result::ok).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preset_with_a_field_of_a_later_program_costs_only_itself() {
        let text = r#"{ "rule_pack": "JX-2019-26", "presets": [
            { "name": "新", "values": { "noise_level": { "count": 3 } } },
            { "name": "单位宿舍", "values": { "residential": { "flag": true } } }
        ] }"#;
        let settings: Settings = serde_json::from_str(text).unwrap();
        let names: Vec<_> = settings.presets.iter().map(|preset| &preset.name).collect();
        assert_eq!(names, ["单位宿舍"]);
    }
}
