//! What the vertex tool holds between frames: the corners chosen, and those in the hand.

use super::handles::{Handle, HandleKind};
use crate::geometry::shared::{SAME_PLACE_DEGREES, coincident};
use crate::geometry::validity::RingIndex;
use crate::model::{Boundary, EstateId, LonLat};
use crate::ui::map::problems::Problems;
use crate::ui::map::tools::Desk;
use crate::ui::map::tools::corners::{Carried, Changed, Ground, side};
use crate::ui::map::tools::neighbours::is_neighbour;
use crate::ui::map::tools::nudge::Run;
use crate::ui::map::tools::ring::{Corner, corners};
use crate::ui::map::tools::snap::{Own, Target};
use egui::{Pos2, Vec2};
use geo::BoundingRect;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Default)]
pub struct Hand {
    estate: Option<EstateId>,
    /// What was stored in the frame before.
    seen: Option<Arc<Boundary>>,
    /// What the edit just asked for makes of it.
    expected: Option<Boundary>,
    pub chosen: BTreeSet<Corner>,
    pub held: Held,
    /// A corner that the keys have gone to and that should be in view.
    pub look_at: Option<LonLat>,
    /// What the open menu is about.
    pub ring: Option<RingIndex>,
    /// What is wrong with what is stored.
    pub problems: Problems,
    sharing: Sharing,
}

#[derive(Default)]
pub enum Held {
    #[default]
    Nothing,
    /// By the pointer.
    Drag(Lift, Drag),
    /// By the arrow keys.
    Nudge(Lift, Run),
}

/// Corners lifted off the boundaries they belong to.
pub struct Lift {
    ground: Ground,
    carried: Carried,
    /// Where the corner lay that is led; the others follow.
    lead: LonLat,
}

pub struct Drag {
    /// From the pointer to the corner when it was taken.
    offset: Vec2,
    pub to: LonLat,
    /// What the corner is drawn to.
    pub target: Option<Target>,
}

/// Whether the tool has just been taken in hand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    Now,
    Before,
}

impl Hand {
    /// Brings the hand up to what is stored.
    pub fn follow(&mut self, estate: EstateId, stored: &Arc<Boundary>) -> Taken {
        if self.estate != Some(estate) {
            *self = Self {
                estate: Some(estate),
                seen: Some(stored.clone()),
                ..Self::default()
            };
            return Taken::Now;
        }
        if let Some(seen) = self.seen.replace(stored.clone())
            && !Arc::ptr_eq(&seen, stored)
        {
            let is_ours = self.expected.take().is_some_and(|own| own == **stored);
            if !is_ours {
                // An undo, or another hand: what was begun was begun on something else.
                self.held = Held::Nothing;
                if !same_rings(&seen, stored) {
                    self.chosen.clear();
                }
            }
        }
        Taken::Before
    }

    /// The corners chosen, on the boundaries they move with.
    pub fn lift(&self, ground: &Ground, lead: LonLat) -> Lift {
        let lay = corners(&ground.own.1).into_iter();
        let lay = lay.filter(|(corner, _)| self.chosen.contains(corner));
        let ground = ground.with_corners_at(lay.map(|(_, at)| at));
        Lift {
            carried: Carried::of(&ground, &self.chosen),
            ground,
            lead,
        }
    }

    /// Takes a handle that the pointer began to drag.
    pub fn grab(&mut self, desk: &Desk, ground: &Ground, handle: &Handle) {
        let offset = handle.at - desk.press_origin().unwrap_or(handle.at);
        let (ground, corner) = match handle.kind {
            HandleKind::Corner(corner) => (ground.clone(), corner),
            HandleKind::Middle(corner) => {
                let position = corner.position + 1;
                let added = Corner { position, ..corner };
                self.chosen = [added].into();
                (ground.with_inserted(corner, handle.place), added)
            }
        };
        if !self.chosen.contains(&corner) {
            self.chosen = [corner].into();
        }
        let lift = self.lift(&ground, handle.place);
        let to = handle.place;
        let drag = Drag {
            offset,
            to,
            target: None,
        };
        self.held = Held::Drag(lift, drag);
    }

    /// Remembers what an edit will make of the boundary, so that the corners stay chosen.
    pub fn expect(&mut self, changed: &Changed) {
        let own = changed.iter().find(|(id, _)| Some(*id) == self.estate);
        self.expected = own.map(|(_, boundary)| boundary.clone());
    }

    /// The boundary, and the neighbours that move with it where borders are moved together.
    pub fn ground(&mut self, desk: &Desk, estate: EstateId, stored: &Arc<Boundary>) -> Ground {
        let key = Some((estate, desk.revision));
        if self.sharing.key != key {
            self.sharing = Sharing::of(desk, estate, stored);
            self.sharing.key = key;
        }
        Ground {
            own: (estate, stored.clone()),
            neighbours: match desk.aids.shared_borders.is_on() {
                true => self.sharing.neighbours.clone(),
                false => Vec::new(),
            },
        }
    }

    /// Whether `estate` is the one in hand.
    pub fn is_of(&self, estate: EstateId) -> bool {
        self.estate == Some(estate)
    }

    /// Who shares a corner, where anybody does.
    pub fn shared_with(&self, corner: Corner) -> Option<&[EstateId]> {
        self.sharing.corners.get(&corner).map(Vec::as_slice)
    }

    /// Where a stored corner lies.
    pub fn place_of(&self, corner: Corner) -> Option<LonLat> {
        let stored = self.seen.as_ref()?;
        side(stored, corner).map(|(at, _)| at)
    }
}

impl Drag {
    /// Where the corner is to go without snapping, on the screen.
    fn wanted(&self, desk: &Desk) -> Option<Pos2> {
        let pointer = desk.held_pointer();
        pointer.map(|at| at + self.offset)
    }

    /// Goes where the pointer is, or to what it is near.
    pub fn follow(&mut self, desk: &Desk, lift: &Lift) {
        if let Some(wanted) = self.wanted(desk) {
            // What moves along is no target: it would be met everywhere.
            self.target = desk.snap(wanted, Own::Estates(&lift.carried.estates()));
            let free = || desk.view.unproject(wanted);
            self.to = self.target.as_ref().map_or_else(free, |target| target.at);
        }
    }
}

impl Lift {
    /// The boundaries with the led corner at `to`.
    fn at(&self, to: LonLat) -> Changed {
        match to == self.lead {
            true => Vec::new(),
            false => self.carried.moved(&self.ground, self.lead, to),
        }
    }
}

impl Held {
    /// The boundaries as they would be now; `None` where nothing is in the hand.
    pub fn changed(&self, desk: &Desk) -> Option<Changed> {
        match self {
            Self::Nothing => None,
            Self::Drag(lift, drag) => Some(lift.at(drag.to)),
            Self::Nudge(lift, run) => Some(lift.at(run.moved(desk, lift.lead))),
        }
    }
}

/// The neighbours of a boundary, and which of its corners they share.
#[derive(Default)]
struct Sharing {
    key: Option<(EstateId, u64)>,
    neighbours: Vec<(EstateId, Arc<Boundary>)>,
    corners: BTreeMap<Corner, Vec<EstateId>>,
}

impl Sharing {
    fn of(desk: &Desk, estate: EstateId, stored: &Boundary) -> Self {
        let Some(extent) = stored.bounding_rect() else {
            return Self::default();
        };
        let neighbours = near(desk, estate, extent);
        let mut shared = BTreeMap::new();
        for (corner, at) in corners(stored) {
            let reach = geo::coord! { x: 2.0 * SAME_PLACE_DEGREES, y: 2.0 * SAME_PLACE_DEGREES };
            let at_here = geo::Coord::from(at);
            let here = near(
                desk,
                estate,
                geo::Rect::new(at_here - reach, at_here + reach),
            );
            let here: Vec<_> = here
                .iter()
                .map(|(id, boundary)| (*id, &**boundary))
                .collect();
            let with: BTreeSet<_> = coincident(&here, at).iter().map(|s| s.estate).collect();
            if !with.is_empty() {
                shared.insert(corner, with.into_iter().collect());
            }
        }
        Self {
            key: None,
            neighbours,
            corners: shared,
        }
    }
}

/// The neighbours whose extent meets `extent`, by key. By the scene's index: a survey has ten
/// thousand estates.
fn near(desk: &Desk, estate: EstateId, extent: geo::Rect) -> Vec<(EstateId, Arc<Boundary>)> {
    let met = desk.scene.within(extent);
    let mut near: Vec<_> = met
        .filter(|slot| is_neighbour(&slot.estate, Some(estate)))
        .filter_map(|slot| Some((slot.estate.id, slot.estate.boundary.clone()?)))
        .collect();
    near.sort_by_key(|(id, _)| *id);
    near
}

/// Whether both have the same rings with as many corners each.
fn same_rings(one: &Boundary, other: &Boundary) -> bool {
    let lengths = |boundary: &Boundary| -> Vec<Vec<usize>> {
        let rings = |polygon: &geo::Polygon| {
            let all = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            all.map(|ring| ring.0.len()).collect()
        };
        boundary.iter().map(rings).collect()
    };
    lengths(one) == lengths(other)
}
