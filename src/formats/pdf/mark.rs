//! What is drawn on a page, in points from its upper left corner.

use super::ink::Ink;
use std::sync::Arc;

pub(super) type Spot = [f32; 2];

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Box2 {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Box2 {
    pub(super) fn new(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self {
            left,
            top,
            right: left + width,
            bottom: top + height,
        }
    }

    /// `bounds`, made wider where `spot` lies outside.
    pub(super) fn around(bounds: Option<Self>, [x, y]: Spot) -> Self {
        let bounds = bounds.unwrap_or(Self::new(x, y, 0.0, 0.0));
        Self {
            left: bounds.left.min(x),
            top: bounds.top.min(y),
            right: bounds.right.max(x),
            bottom: bounds.bottom.max(y),
        }
    }

    pub(super) fn width(self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f32 {
        self.bottom - self.top
    }

    pub(super) fn middle(self) -> Spot {
        [
            (self.left + self.right) / 2.0,
            (self.top + self.bottom) / 2.0,
        ]
    }

    pub(super) fn corners(self) -> Vec<Spot> {
        vec![
            [self.left, self.top],
            [self.right, self.top],
            [self.right, self.bottom],
            [self.left, self.bottom],
        ]
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }

    pub(super) fn holds(self, other: Self) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Weight {
    #[default]
    Plain,
    /// The typeface has one weight: a line around the letters makes them heavier.
    Bold,
    /// With a light edge, over a map.
    Haloed,
}

#[derive(Clone, Debug)]
pub(super) enum Mark {
    Text {
        /// Where the base line begins.
        at: Spot,
        text: String,
        size: f32,
        ink: Ink,
        weight: Weight,
    },
    /// The number of the page that the heading with this index stands on, ending at `right`.
    PageOf {
        heading: usize,
        right: Spot,
        size: f32,
    },
    Shape {
        rings: Vec<Vec<Spot>>,
        fill: Option<Ink>,
        line: Option<(Ink, f32)>,
    },
    Line {
        from: Spot,
        to: Spot,
        ink: Ink,
        width: f32,
    },
    Picture {
        jpeg: Arc<Vec<u8>>,
        place: Box2,
    },
    /// Nothing outside is drawn until `Unclip`.
    Clip(Box2),
    Unclip,
}

impl Mark {
    pub(super) fn text(at: Spot, text: &str, size: f32, ink: Ink) -> Self {
        let (text, weight) = (text.to_owned(), Weight::Plain);
        Self::Text {
            at,
            text,
            size,
            ink,
            weight,
        }
    }

    pub(super) fn filled(place: Box2, ink: Ink) -> Self {
        Self::Shape {
            rings: vec![place.corners()],
            fill: Some(ink),
            line: None,
        }
    }

    pub(super) fn framed(place: Box2, ink: Ink, width: f32) -> Self {
        Self::Shape {
            rings: vec![place.corners()],
            fill: None,
            line: Some((ink, width)),
        }
    }
}
