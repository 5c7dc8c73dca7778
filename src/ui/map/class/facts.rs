//! What themes show that no single record tells: the verdict of the rules about the survey.

use crate::catalogue::Items;
use crate::model::{Batch, EstateId, MapLook};
use crate::rules::recognition::RecognitionVerdict;
use crate::ui::preferences::Switch;

/// Of one estate; `None` is what the rules have not said yet.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EstateFacts {
    pub verdict: Option<RecognitionVerdict>,
    /// The need score, 0–100: low and high end.
    pub score: Option<[f64; 2]>,
    /// The same without willingness.
    pub need: Option<[f64; 2]>,
    pub batch: Option<Batch>,
    pub chosen: Chosen,
}

/// Whether the plan in the making takes the estate in: above the cut line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    #[default]
    No,
    Yes,
}

/// Of every estate that the rules looked at.
#[derive(Clone, Debug, Default)]
pub struct ThemeFacts {
    /// By key, ascending.
    pub by_estate: Vec<(EstateId, EstateFacts)>,
    /// Another number whenever they may be others.
    pub changes: u64,
}

impl ThemeFacts {
    pub fn of(&self, id: EstateId) -> Option<&EstateFacts> {
        let index = self.by_estate.binary_search_by_key(&id, |(id, _)| *id);
        Some(&self.by_estate[index.ok()?].1)
    }
}

/// What the map's classes are made from.
#[derive(Clone, Copy)]
pub struct Theming<'a> {
    pub look: MapLook,
    pub items: &'a Items,
    /// `None` until the rules have been through the survey.
    pub facts: Option<&'a ThemeFacts>,
    /// Whether the estates that the plan takes in are marked.
    pub marks_chosen: Switch,
}
