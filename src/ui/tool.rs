//! The tool in hand on the map. A sketch is plain data, so that it can be parked in the survey file.

use super::verb::{Shape, Take, Verb};
use crate::model::{EstateId, LonLat, Survey};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Tool {
    /// Click selects, drag pans.
    #[default]
    Select,
    /// Corner by corner, whatever it becomes.
    Sketch(Sketch),
    /// The vertices of one estate can be dragged, inserted and deleted.
    EditVertices { estate: EstateId },
    /// What is selected is moved and turned whole.
    Move,
    /// Shows what is selected with fewer corners, before it is so.
    Simplify { tolerance_m: f64 },
}

impl Tool {
    pub fn sketch(purpose: Purpose) -> Self {
        Self::Sketch(Sketch::new(purpose))
    }

    /// How it is taken in hand.
    pub fn verb(&self) -> Verb {
        Verb::Take(match self {
            Self::Select => Take::Select,
            Self::Sketch(sketch) => sketch.purpose.take(),
            Self::EditVertices { .. } => Take::Vertices,
            Self::Move => Take::Move,
            Self::Simplify { .. } => return Verb::Shape(Shape::Simplify),
        })
    }

    /// The record it works on, if it is one there is already.
    pub fn estate(&self) -> Option<EstateId> {
        match self {
            Self::Select | Self::Move | Self::Simplify { .. } => None,
            Self::Sketch(sketch) => sketch.purpose.estate(),
            Self::EditVertices { estate } => Some(*estate),
        }
    }
}

/// What has been drawn so far, and what it is to become.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sketch {
    pub purpose: Purpose,
    /// In the order of the clicks; a ring does not repeat its first corner.
    pub corners: Vec<LonLat>,
}

/// One sketch, many purposes: all are clicked, snapped, taken back, finished and parked alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    NewEstate,
    /// The boundary of a record that waits for one.
    Boundary {
        estate: EstateId,
    },
    /// Two corners of a side and how deep the rectangle is; of a waiting record or a new estate.
    Rectangle {
        estate: Option<EstateId>,
    },
    Hole {
        estate: EstateId,
    },
    /// One more polygon.
    Part {
        estate: EstateId,
    },
    Split {
        estate: EstateId,
    },
    Reshape {
        estate: EstateId,
    },
    /// Never an edit, and never kept.
    Measure,
    Building {
        estate: EstateId,
    },
}

impl Purpose {
    /// Whether the corners are those of a ring; else they are a line.
    pub fn encloses(self) -> bool {
        match self {
            Self::NewEstate
            | Self::Boundary { .. }
            | Self::Rectangle { .. }
            | Self::Hole { .. }
            | Self::Part { .. }
            | Self::Building { .. } => true,
            Self::Split { .. } | Self::Reshape { .. } | Self::Measure => false,
        }
    }

    pub fn estate(self) -> Option<EstateId> {
        match self {
            Self::NewEstate | Self::Measure => None,
            Self::Rectangle { estate } => estate,
            Self::Boundary { estate }
            | Self::Hole { estate }
            | Self::Part { estate }
            | Self::Split { estate }
            | Self::Reshape { estate }
            | Self::Building { estate } => Some(estate),
        }
    }

    /// The tool it is drawn with.
    pub fn take(self) -> Take {
        match self {
            Self::NewEstate | Self::Boundary { .. } => Take::Draw,
            Self::Rectangle { .. } => Take::Rectangle,
            Self::Hole { .. } => Take::Hole,
            Self::Part { .. } => Take::Part,
            Self::Split { .. } => Take::Split,
            Self::Reshape { .. } => Take::Reshape,
            Self::Measure => Take::Measure,
            Self::Building { .. } => Take::Building,
        }
    }
}

impl Sketch {
    pub fn new(purpose: Purpose) -> Self {
        Self {
            purpose,
            corners: Vec::new(),
        }
    }

    pub fn with(&self, corners: impl IntoIterator<Item = LonLat>) -> Self {
        let mut sketch = self.clone();
        sketch.corners.extend(corners);
        sketch
    }

    pub fn without_last(&self) -> Self {
        let mut sketch = self.clone();
        sketch.corners.pop();
        sketch
    }

    /// Whether it is worth keeping: something is drawn, and it can become an edit.
    pub fn is_kept(&self) -> bool {
        !self.corners.is_empty() && self.purpose != Purpose::Measure
    }

    /// Whether the record it is drawn for is still there.
    pub fn has_estate(&self, survey: &Survey) -> bool {
        let estate = self.purpose.estate();
        estate.is_none_or(|id| survey.estate(id).is_some())
    }
}
