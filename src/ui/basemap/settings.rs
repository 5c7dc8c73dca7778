//! Which layers lie under the survey on this laptop, and how: part of the preferences.

use crate::basemap::{Source, SourceId, TokenName, presets};
use crate::ui::preferences::Switch;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The layers and what they need. Kept in the preferences, which only their owner may read, and
/// nowhere else: a survey file has none of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BasemapSettings {
    /// From the lowest up.
    pub layers: Vec<LayerSetting>,
    /// What was added to the sources that are shipped.
    pub sources: Vec<Source>,
    pub tokens: Tokens,
}

/// How one source is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerSetting {
    pub source: SourceId,
    #[serde(default)]
    pub shown: Switch,
    /// 0..=1.
    #[serde(default = "opaque")]
    pub opacity: f32,
    /// The zoom levels of the map between which it is drawn.
    #[serde(default = "any_zoom")]
    pub zooms: (f32, f32),
}

fn opaque() -> f32 {
    1.0
}

/// Every zoom that the map has.
pub fn any_zoom() -> (f32, f32) {
    use crate::ui::map::view::{MAX_ZOOM, MIN_ZOOM};
    (MIN_ZOOM as f32, MAX_ZOOM as f32)
}

impl LayerSetting {
    /// A layer that has just been added: there to be seen.
    pub fn of(source: SourceId) -> Self {
        Self {
            source,
            shown: Switch::On,
            opacity: opaque(),
            zooms: any_zoom(),
        }
    }

    pub fn is_shown_at(&self, zoom: f64) -> bool {
        let (from, to) = self.zooms;
        // The goal of a zoom is reached in steps: its ends belong to it.
        self.shown.is_on() && (f64::from(from) - 0.01..=f64::from(to) + 0.01).contains(&zoom)
    }
}

/// What a source's owner gave to open it. Never printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Token(pub String);

impl std::fmt::Debug for Token {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Token(…)")
    }
}

/// Tokens by the name of what they open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tokens(BTreeMap<TokenName, Token>);

impl Tokens {
    pub fn get(&self, name: &TokenName) -> Option<&Token> {
        self.0.get(name)
    }

    /// An empty token takes away the one there was.
    pub fn set(&mut self, name: TokenName, token: Token) {
        match token.0.trim() {
            "" => drop(self.0.remove(&name)),
            trimmed => drop(self.0.insert(name, Token(trimmed.to_owned()))),
        }
    }
}

impl Default for BasemapSettings {
    /// OpenStreetMap, as far as online maps are turned on.
    fn default() -> Self {
        let openstreetmap = SourceId("openstreetmap".to_owned());
        Self {
            layers: vec![LayerSetting::of(openstreetmap)],
            sources: Vec::new(),
            tokens: Tokens::default(),
        }
    }
}

impl BasemapSettings {
    /// The source of this id, shipped or added.
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        let mut all = presets().iter().chain(&self.sources);
        all.find(|source| source.id == *id)
    }

    /// A source that was added, to be changed.
    pub fn source_mut(&mut self, id: &SourceId) -> Option<&mut Source> {
        self.sources.iter_mut().find(|source| source.id == *id)
    }

    /// Shows a layer in another way.
    pub fn set(&mut self, setting: LayerSetting) {
        let mut layers = self.layers.iter_mut();
        if let Some(layer) = layers.find(|layer| layer.source == setting.source) {
            *layer = setting;
        }
    }

    /// Adds a source above the others, or shows it where it is one of them.
    pub fn add(&mut self, source: Source) {
        let id = source.id.clone();
        if self.source(&id).is_none() {
            self.sources.push(source);
        }
        match self.layers.iter_mut().find(|layer| layer.source == id) {
            Some(layer) => layer.shown = Switch::On,
            None => self.layers.push(LayerSetting::of(id)),
        }
    }

    /// Takes a layer away, and its source where it is none of those shipped.
    pub fn remove(&mut self, id: &SourceId) {
        self.layers.retain(|layer| layer.source != *id);
        self.sources.retain(|source| source.id != *id);
    }

    /// Puts a layer one place up or down.
    pub fn shift(&mut self, id: &SourceId, shift: Shift) {
        let Some(at) = self.layers.iter().position(|layer| layer.source == *id) else {
            return;
        };
        let to = match shift {
            Shift::Up => at + 1,
            Shift::Down => at.wrapping_sub(1),
        };
        if to < self.layers.len() {
            self.layers.swap(at, to);
        }
    }
}

/// Where a layer goes among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    Up,
    Down,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(settings: &BasemapSettings) -> Vec<&str> {
        let layers = settings.layers.iter();
        layers.map(|layer| layer.source.0.as_str()).collect()
    }

    #[test]
    fn layers_are_added_on_top_moved_and_taken_away_with_their_source() {
        let mut settings = BasemapSettings::default();
        let plan = Source {
            id: SourceId("plan".to_owned()),
            ..presets()[0].clone()
        };
        settings.add(plan.clone());
        assert_eq!(ids(&settings), ["openstreetmap", "plan"]);
        settings.shift(&plan.id, Shift::Up);
        settings.shift(&plan.id, Shift::Down);
        assert_eq!(ids(&settings), ["plan", "openstreetmap"]);
        settings.shift(&plan.id, Shift::Down);
        settings.add(plan.clone());
        assert_eq!((ids(&settings).len(), settings.sources.len()), (2, 1));
        settings.remove(&plan.id);
        assert_eq!(settings, BasemapSettings::default());
    }

    #[test]
    fn a_token_is_kept_and_never_printed() {
        let mut settings = BasemapSettings::default();
        let (name, token) = (
            TokenName("tianditu".to_owned()),
            Token("0123abcd".to_owned()),
        );
        settings
            .tokens
            .set(name.clone(), Token(" 0123abcd ".to_owned()));
        let text = serde_json::to_string(&settings).unwrap();
        let back: BasemapSettings = serde_json::from_str(&text).unwrap();
        assert_eq!(back.tokens.get(&name), Some(&token));
        assert!(!format!("{settings:?}").contains("0123"));
    }
}
