//! One drawn state of one record: its shape, its class, how it looks.

use crate::model::{Boundary, Estate, LonLat, Standing};
use crate::ui::map::class::{Class, Pattern};
use crate::ui::map::mesh::Figure;
use geo::{Area, BoundingRect};
use std::sync::Arc;

/// How a slot looks: what to take from the palette, and how to fill.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Style {
    /// An index into [`Class::ALL`], or one of the constants here.
    pub class: u8,
    /// 0 plain, 1 hatched, 2 outline alone.
    pub pattern: u8,
}

impl Style {
    /// The pattern that leaves the ground to the map.
    pub const OUTLINE_ALONE: u8 = 2;
    pub const HIDDEN: Style = Style {
        class: 255,
        pattern: 0,
    };
    /// A record inside another, which counts it: outline alone.
    pub const CONTAINED: Style = Style {
        class: 16,
        pattern: Self::OUTLINE_ALONE,
    };
    pub const DISTRICT: Style = Style {
        class: 17,
        pattern: Self::OUTLINE_ALONE,
    };
    pub const WAITING: Style = Style {
        class: 18,
        pattern: 0,
    };
    /// How many colours reference layers can have.
    pub const REFERENCES: usize = 4;
    const FIRST_REFERENCE: u8 = 19;
    /// How many entries the palette on the GPU has.
    pub const COUNT: usize = 24;

    /// A layer of others, in one of its colours: outline alone.
    pub fn reference(color: usize) -> Self {
        Self {
            class: Self::FIRST_REFERENCE + (color % Self::REFERENCES) as u8,
            pattern: Self::OUTLINE_ALONE,
        }
    }

    /// Which of the reference layers' colours a class stands for.
    pub fn reference_color(class: u8) -> Option<usize> {
        let index = usize::from(class.checked_sub(Self::FIRST_REFERENCE)?);
        (index < Self::REFERENCES).then_some(index)
    }

    fn of(class: Class) -> Self {
        Self {
            class: class.index(),
            pattern: match class.pattern() {
                Pattern::Plain => 0,
                Pattern::Hatched => 1,
            },
        }
    }
}

/// One drawn state of one record.
#[derive(Debug)]
pub struct Slot {
    pub estate: Arc<Estate>,
    pub shape: Shape,
    pub class: Class,
    /// In square degrees, to compare by.
    pub area: f64,
}

#[derive(Clone, Debug)]
pub enum Shape {
    Area(Arc<Boundary>),
    Point(LonLat),
}

impl Shape {
    /// Merged and withdrawn records are not drawn: what counts for them is drawn.
    pub fn of(estate: &Estate) -> Option<Self> {
        match (&estate.standing, &estate.boundary, estate.position) {
            (Standing::Merged { .. } | Standing::Withdrawn { .. }, _, _) => None,
            (_, Some(boundary), _) => Some(Self::Area(boundary.clone())),
            (Standing::Counted, None, Some(position)) => Some(Self::Point(position)),
            _ => None,
        }
    }

    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Area(a), Self::Area(b)) => Arc::ptr_eq(a, b) || a == b,
            (Self::Point(a), Self::Point(b)) => a == b,
            _ => false,
        }
    }

    pub fn figure(&self) -> Figure<'_> {
        match self {
            Self::Area(boundary) => Figure::Area(boundary),
            Self::Point(position) => Figure::Point(*position),
        }
    }

    /// South-west and north-east corner; `None` where it lies nowhere.
    pub fn extent(&self) -> Option<[[f64; 2]; 2]> {
        let corners = match self {
            Self::Area(boundary) => {
                let rect = boundary.bounding_rect()?;
                [rect.min(), rect.max()].map(|corner| [corner.x, corner.y])
            }
            Self::Point(at) => [[at.lon, at.lat]; 2],
        };
        let mut axes = corners.iter().flatten();
        axes.all(|axis| axis.is_finite()).then_some(corners)
    }
}

impl Slot {
    pub fn new(estate: Arc<Estate>, shape: Shape) -> Self {
        let area = match &shape {
            Shape::Area(boundary) => boundary.unsigned_area(),
            Shape::Point(_) => 0.0,
        };
        Self {
            estate,
            shape,
            class: Class::Unknown,
            area,
        }
    }

    pub fn boundary(&self) -> Option<&Boundary> {
        match &self.shape {
            Shape::Area(boundary) => Some(boundary),
            Shape::Point(_) => None,
        }
    }

    /// Where a waiting register row lies.
    pub fn waiting_at(&self) -> Option<LonLat> {
        match &self.shape {
            Shape::Area(_) => None,
            Shape::Point(position) => Some(*position),
        }
    }

    pub fn style(&self) -> Style {
        match (&self.shape, &self.estate.standing) {
            (Shape::Point(_), _) => Style::WAITING,
            (Shape::Area(_), Standing::PartOf { .. }) => Style::CONTAINED,
            (Shape::Area(_), _) => Style::of(self.class),
        }
    }
}
