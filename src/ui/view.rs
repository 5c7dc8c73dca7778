//! What is on the screen and nowhere else: selection, tool, open windows. None of it is an edit.

use super::action::{Selection, Workspace};
use super::notice::Notices;
use super::tool::{Sketch, Tool};
use crate::model::{BuildingId, EstateId, ListId, LonLat, Pair, Survey};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The state of the window.
#[derive(Default)]
pub struct View {
    pub selection: Vec<EstateId>,
    /// The building picked on the map or in the table.
    pub building: Option<BuildingId>,
    pub tool: Tool,
    pub workspace: Workspace,
    /// Sketches that were put aside; choosing the tool of one goes on with it.
    pub parked: Vec<Sketch>,
    /// Whether a click on an edge follows it from the last corner.
    pub tracing: super::preferences::Switch,
    /// The pair under review.
    pub pair: Option<Pair>,
    /// Where the mouse points on the map.
    pub pointed_at: Option<LonLat>,
    pub notices: Notices,
    pub dialog: Option<super::dialog::Dialog>,
    /// Where the lists that were read in this run lie.
    pub list_files: BTreeMap<ListId, PathBuf>,
}

impl View {
    pub fn select(&mut self, selection: Selection) {
        self.building = None;
        match selection {
            Selection::Only(id) => self.selection = vec![id],
            Selection::Toggle(id) => match self.selection.iter().position(|held| *held == id) {
                Some(index) => {
                    self.selection.remove(index);
                }
                None => self.selection.push(id),
            },
            Selection::These(ids) => self.selection = ids,
            Selection::Also(ids) => {
                let held: BTreeSet<_> = self.selection.iter().copied().collect();
                let new = ids.into_iter().filter(|id| !held.contains(id));
                self.selection.extend(new);
            }
            Selection::Nothing => self.selection.clear(),
        }
    }

    /// The one record selected, if it is one.
    pub fn single(&self) -> Option<EstateId> {
        match self.selection.as_slice() {
            [id] => Some(*id),
            _ => None,
        }
    }

    /// Where something lies that has no name yet: the sketch of a new estate, or an estate just
    /// drawn. What is looked for is likely to be near.
    pub fn place_to_name(&self, survey: &Survey) -> Option<LonLat> {
        if let Tool::Sketch(sketch) = &self.tool
            && !sketch.corners.is_empty()
        {
            let is_new = sketch.purpose.encloses() && sketch.purpose.estate().is_none();
            return is_new.then(|| middle(&sketch.corners));
        }
        let estate = survey.estate(self.single()?)?;
        let is_nameless = estate.name.is_empty() && estate.origin.is_none();
        match is_nameless && estate.boundary.is_some() {
            true => estate.anchor(),
            false => None,
        }
    }

    /// Lets go of records that are no longer there, e.g. after an undo.
    pub fn drop_missing(&mut self, survey: &Survey) {
        self.selection.retain(|id| survey.estate(*id).is_some());
        self.building.take_if(|id| survey.building(*id).is_none());
        if let Some(pair) = self.pair
            && [pair.a(), pair.b()]
                .iter()
                .any(|id| survey.estate(*id).is_none())
        {
            self.pair = None;
        }
        let works_on = self.tool.estate();
        if works_on.is_some_and(|id| survey.estate(id).is_none()) {
            self.tool = Tool::Select;
        }
    }
}

/// The one of two records that is merged into the other or part of it.
pub fn joined(survey: &Survey, pair: Pair) -> Option<EstateId> {
    let joins = |(id, other): &(EstateId, EstateId)| {
        let estate = survey.estate(*id);
        estate.is_some_and(|estate| estate.standing.counted_by() == Some(*other))
    };
    let ways = [(pair.a(), pair.b()), (pair.b(), pair.a())];
    ways.into_iter().find(joins).map(|(id, _)| id)
}

fn middle(positions: &[LonLat]) -> LonLat {
    let count = positions.len() as f64;
    let sum = |axis: fn(&LonLat) -> f64| positions.iter().map(axis).sum::<f64>();
    LonLat::new(sum(|at| at.lon) / count, sum(|at| at.lat) / count)
}
