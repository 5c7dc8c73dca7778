//! Where a click would put the next corner.

use super::Desk;
use super::snap::{Own, Target};
use super::trace;
use crate::geometry::snap::SnapTarget;
use crate::model::LonLat;
use crate::ui::tool::{Purpose, Sketch};
use egui::Pos2;

#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// What the click adds: the corner, and before it what is traced.
    pub path: Vec<LonLat>,
    /// What the corner is drawn to, if anything.
    pub target: Option<Target>,
}

/// A rectangle is drawn from two corners and a depth.
const RECTANGLE_CORNERS: usize = 2;

impl Next {
    pub fn at(desk: &Desk, sketch: &Sketch, pointer: Pos2) -> Self {
        let corners = &sketch.corners;
        let own = match sketch.purpose {
            Purpose::Rectangle { .. } | Purpose::Split { .. } | Purpose::Reshape { .. } => {
                Own::Line(corners)
            }
            _ => Own::Ring(corners),
        };
        match desk.snap(pointer, own) {
            Some(target) => {
                let traces = !matches!(sketch.purpose, Purpose::Rectangle { .. });
                let last = corners.last().filter(|_| traces).copied();
                Self {
                    path: trace::path(desk, last, &target),
                    target: Some(target),
                }
            }
            None => Self {
                path: vec![desk.view.unproject(pointer)],
                target: None,
            },
        }
    }

    /// The click is on the first corner.
    pub fn closes(&self) -> bool {
        let target = self.target.as_ref().map(|target| target.to);
        target == Some(SnapTarget::SketchStart)
    }

    /// Whether the click finishes the sketch.
    pub fn finishes(&self, sketch: &Sketch) -> bool {
        let is_depth = matches!(sketch.purpose, Purpose::Rectangle { .. })
            && sketch.corners.len() >= RECTANGLE_CORNERS;
        self.closes() || is_depth
    }

    /// The sketch as the click leaves it.
    pub fn added_to(&self, sketch: &Sketch) -> Sketch {
        let mut added = sketch.clone();
        if let Purpose::Rectangle { .. } = sketch.purpose {
            // One that was refused gets another depth.
            added.corners.truncate(RECTANGLE_CORNERS);
        }
        added.corners.extend(&self.path);
        if self.closes() && sketch.purpose.encloses() {
            // A ring does not repeat its first corner.
            added.corners.pop();
        }
        added
    }
}
