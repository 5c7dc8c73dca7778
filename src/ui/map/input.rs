//! What the map is given for a frame.

use super::{CoverageLayers, District, Listed, ShownLayer, Theming};
use crate::model::{Boundary, BuildingId, EstateId, LonLat, Survey};
use crate::ui::availability::Reason;
use crate::ui::basemap::Basemap;
use crate::ui::keymap::Keymap;
use crate::ui::my_position::MyPlace;
use crate::ui::pictures::Pictures;
use crate::ui::preferences::{DrawingAids, Switch};
use crate::ui::tool::Tool;
use crate::ui::verb::Verb;
use crate::words::Language;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a frame of the map shows.
pub struct MapInput<'a> {
    pub survey: &'a Survey,
    /// Another number after every commit; records are only looked at anew when it changes.
    pub survey_revision: u64,
    pub selection: &'a [EstateId],
    pub buildings: Switch,
    /// The building that is picked.
    pub building: Option<BuildingId>,
    pub tool: &'a Tool,
    pub aids: DrawingAids,
    /// Whether a click on an edge follows it from the last corner.
    pub tracing: Switch,
    /// What colours the estates.
    pub theming: Theming<'a>,
    /// A pair under review: the first outlined solid, the second dashed, where they differ hatched.
    pub highlighted: Option<(EstateId, EstateId)>,
    /// An outline from the history of the selected record, drawn dashed.
    pub past_outline: Option<&'a Boundary>,
    /// Points of a list that is not imported yet.
    pub trial: &'a [LonLat],
    /// What the list holds, while it leaves records out: those are drawn as outlines alone.
    pub listed: Option<Listed<'a>>,
    /// Records with an open finding; their label carries a sign.
    pub findings: &'a BTreeSet<EstateId>,
    /// Where photos were taken; `None` hides them.
    pub photos: Option<&'a Pictures>,
    pub language: Language,
    /// Which verbs the menu under a right click offers.
    pub available: &'a dyn Fn(Verb) -> Result<(), Reason>,
    pub keys: &'a Keymap,
    pub basemap: Option<&'a mut Basemap>,
    /// Where the surveyor stands, and the way that was recorded.
    pub me: Option<MyPlace>,
    pub track: &'a [LonLat],
    /// Layers of others, the lowest first.
    pub references: &'a [ShownLayer<'a>],
    /// How communities stand, gaps, and what was searched.
    pub coverage: &'a CoverageLayers<'a>,
    /// District borders. The same `Arc` as long as they are the same.
    pub districts: &'a Arc<[District]>,
    /// A sentence about the map itself, e.g. that tiles cannot be loaded.
    pub notice: Option<&'a str>,
}
