//! A move or a turn under way.

use super::lifted::Lifted;
use crate::geometry::snap::SnapTarget;
use crate::geometry::transform::{moved, rotated_about, turn};
use crate::model::{Boundary, LonLat, ShapeGesture};
use crate::ui::map::tools::Desk;
use crate::ui::map::tools::nudge::Run;
use crate::ui::map::tools::snap::{Own, Target};

/// With Shift a turn stops at multiples of this.
const STEP_DEGREES: f64 = 15.0;
/// A boundary of thousands of corners is drawn to its neighbours by some of them.
const MOST_SNAPPING: usize = 100;

#[derive(Default)]
pub enum Held {
    #[default]
    Nothing,
    /// By the pointer, which went down at `from`.
    Shift {
        from: LonLat,
        to: LonLat,
        snapped: Option<Snapped>,
    },
    Turn {
        about: LonLat,
        from: LonLat,
        degrees: f64,
    },
    /// By the arrow keys.
    Nudge(Run),
}

/// The own corner that is drawn to a neighbour.
pub struct Snapped {
    corner: LonLat,
    pub target: Target,
}

/// What happens to each boundary: first it is turned, then moved.
pub struct Change {
    turn: Option<(LonLat, f64)>,
    shift: Option<(LonLat, LonLat)>,
}

impl Held {
    pub fn shift(from: LonLat) -> Self {
        Self::Shift {
            from,
            to: from,
            snapped: None,
        }
    }

    pub fn turn(about: LonLat, from: LonLat) -> Self {
        Self::Turn {
            about,
            from,
            degrees: 0.0,
        }
    }

    pub fn is_pointer(&self) -> bool {
        matches!(self, Self::Shift { .. } | Self::Turn { .. })
    }

    /// Goes with the pointer or the keys. Whether it has just been let go.
    pub fn follow(&mut self, desk: &Desk, lifted: &Lifted) -> bool {
        let pointer = desk.held_pointer();
        let pointer = pointer.map(|at| desk.view.unproject(at));
        match self {
            Self::Nothing => {
                if let Some(run) = Run::with_turns(desk, None) {
                    *self = Self::Nudge(run);
                }
                false
            }
            Self::Nudge(run) => {
                *run = Run::with_turns(desk, Some(*run)).unwrap_or(*run);
                run.is_over(desk)
            }
            Self::Shift { from, to, snapped } => {
                *to = pointer.unwrap_or(*to);
                *snapped = snap(desk, lifted, *from, *to);
                !desk.is_pressed()
            }
            Self::Turn {
                about,
                from,
                degrees,
            } => {
                if let Some(to) = pointer {
                    let free = turn(*about, *from, to).to_degrees();
                    *degrees = match desk.modifiers().shift {
                        true => (free / STEP_DEGREES).round() * STEP_DEGREES,
                        false => free,
                    };
                }
                !desk.is_pressed()
            }
        }
    }

    /// What it comes to; `None` where everything lies as it lay.
    pub fn change(&self, desk: &Desk, lifted: &Lifted) -> Option<Change> {
        let (turn, shift) = match self {
            Self::Nothing => (None, None),
            Self::Shift { from, to, snapped } => match snapped {
                // From corner to corner: so the two meet to the bit.
                Some(snapped) => (None, Some((snapped.corner, snapped.target.at))),
                None => (None, Some((*from, *to))),
            },
            Self::Turn { about, degrees, .. } => (Some((*about, *degrees)), None),
            Self::Nudge(run) => {
                let from = lifted.middle;
                (
                    Some((from, run.degrees())),
                    Some((from, run.moved(desk, from))),
                )
            }
        };
        let change = Change {
            turn: turn.filter(|(_, degrees)| *degrees != 0.0),
            shift: shift.filter(|(from, to)| from != to),
        };
        (change.turn.is_some() || change.shift.is_some()).then_some(change)
    }

    pub fn target(&self) -> Option<&Target> {
        match self {
            Self::Shift { snapped, .. } => snapped.as_ref().map(|snapped| &snapped.target),
            _ => None,
        }
    }
}

impl Change {
    pub fn of(&self, boundary: &Boundary) -> Boundary {
        let turned = self
            .turn
            .map(|(about, degrees)| rotated_about(boundary, about, degrees.to_radians()));
        let turned = turned.as_ref().unwrap_or(boundary);
        match self.shift {
            Some((from, to)) => moved(turned, from, to),
            None => turned.clone(),
        }
    }

    pub fn gesture(&self) -> ShapeGesture {
        match self.shift {
            Some(_) => ShapeGesture::Move,
            None => ShapeGesture::Rotate,
        }
    }

    pub fn degrees(&self) -> Option<f64> {
        self.turn.map(|(_, degrees)| degrees)
    }

    pub fn shift(&self) -> Option<(LonLat, LonLat)> {
        self.shift
    }
}

/// The own corner that comes nearest to a neighbour's corner or side.
fn snap(desk: &Desk, lifted: &Lifted, from: LonLat, to: LonLat) -> Option<Snapped> {
    if !desk.snaps() {
        return None;
    }
    let by = desk.view.project(to) - desk.view.project(from);
    let corners = lifted.corners.iter();
    let own = corners.map(|corner| (*corner, desk.view.project(*corner) + by));
    let seen = own.filter(|(_, at)| desk.view.rect.contains(*at));
    let seen = thinned(seen.collect(), MOST_SNAPPING);
    let snapped = seen.filter_map(|(corner, at)| {
        let target = desk.snap(at, Own::Estates(&lifted.own))?;
        let away = at.distance(desk.view.project(target.at));
        Some((away, Snapped { corner, target }))
    });
    let rank = |snapped: &Snapped| match snapped.target.to {
        SnapTarget::SketchStart | SnapTarget::Vertex | SnapTarget::ReferenceVertex => 0,
        SnapTarget::Edge | SnapTarget::ReferenceEdge => 1,
    };
    snapped
        .min_by(|(a, one), (b, other)| rank(one).cmp(&rank(other)).then(a.total_cmp(b)))
        .map(|(_, snapped)| snapped)
}

/// At most `most` of them, evenly.
pub fn thinned<T>(all: Vec<T>, most: usize) -> impl Iterator<Item = T> {
    let every = all.len().div_ceil(most).max(1);
    all.into_iter().step_by(every)
}
