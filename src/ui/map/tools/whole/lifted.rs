//! The boundaries selected, looked up once an edit: there may be ten thousand.

use super::gesture::thinned;
use crate::geometry::transform::centre;
use crate::model::{Boundary, EstateId, LonLat};
use crate::ui::map::tools::Desk;
use crate::ui::map::tools::ring::corners;
use crate::ui::map::view::View;
use egui::Rect;
use geo::{BoundingRect, Coord, Intersects};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Of more than these, not all are looked for on the screen.
const MOST_CORNERS: usize = 4000;

/// Boundaries of records that count.
pub struct Lifted {
    revision: u64,
    selection: Vec<EstateId>,
    pub ids: Vec<EstateId>,
    /// The same, to be looked up in.
    pub own: BTreeSet<EstateId>,
    pub boundaries: Vec<Arc<Boundary>>,
    extents: Vec<geo::Rect>,
    /// The corners that neighbours may draw to theirs: some, of a whole town's.
    pub corners: Vec<LonLat>,
    /// What they are turned about.
    pub middle: LonLat,
}

impl Lifted {
    /// `None` where nothing selected has ground.
    pub fn of(desk: &Desk) -> Option<Self> {
        let estates = desk.selection.iter();
        let estates = estates.filter_map(|id| desk.survey.estate(*id));
        let (ids, boundaries): (Vec<_>, Vec<_>) = estates
            .filter(|estate| estate.standing.is_counted())
            .filter_map(|estate| Some((estate.id, estate.boundary.clone()?)))
            .unzip();
        let borrowed: Vec<_> = boundaries.iter().map(|boundary| &**boundary).collect();
        let corners = borrowed.iter().flat_map(|boundary| corners(boundary));
        let corners = corners.map(|(_, at)| at);
        Some(Self {
            revision: desk.revision,
            selection: desk.selection.to_vec(),
            middle: centre(&borrowed)?,
            extents: borrowed
                .iter()
                .map(|boundary| boundary.bounding_rect())
                .collect::<Option<_>>()?,
            corners: thinned(corners.collect(), MOST_CORNERS).collect(),
            own: ids.iter().copied().collect(),
            ids,
            boundaries,
        })
    }

    pub fn is_of(&self, desk: &Desk) -> bool {
        self.revision == desk.revision && self.selection == desk.selection
    }

    /// Whether a position lies on the ground of one of them.
    pub fn holds(&self, at: LonLat) -> bool {
        let at = Coord::from(at);
        let near = self.extents.iter().zip(&self.boundaries);
        near.filter(|(extent, _)| extent.intersects(&at))
            .any(|(_, boundary)| boundary.intersects(&at))
    }

    /// What encloses them on the screen.
    pub fn extent(&self, view: &View) -> Rect {
        let corners = self.extents.iter().flat_map(|e| [e.min(), e.max()]);
        let lie = |corner: Coord| [corner.x, corner.y];
        let [west, south, east, north] = corners.map(lie).fold(
            [
                f64::INFINITY,
                f64::INFINITY,
                f64::NEG_INFINITY,
                f64::NEG_INFINITY,
            ],
            |[west, south, east, north], [x, y]| {
                [west.min(x), south.min(y), east.max(x), north.max(y)]
            },
        );
        let corners = [LonLat::new(west, south), LonLat::new(east, north)];
        Rect::from_points(&corners.map(|at| view.project(at)))
    }
}
