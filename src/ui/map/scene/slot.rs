//! One drawn state of one record: its shape, its class, how it looks.

use crate::model::{Boundary, Estate, LonLat, MapLook, Standing};
use crate::ui::map::class::{Chosen, Class, Classed, Pattern, symbol_eighths};
use crate::ui::map::mesh::Figure;
use geo::{Area, BoundingRect};
use std::sync::Arc;

/// How a slot looks: what to take from the palette, and how to fill.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Style {
    /// An index into [`Class::ALL`], or one of the constants here.
    pub class: u8,
    /// One of [`Style::pattern_of`], or outline alone.
    pub pattern: u8,
    /// The radius of the symbol, in eighths of a point.
    pub symbol: u8,
    /// 1 where the outline says that the plan takes the estate in.
    pub rim: u8,
}

impl Style {
    /// The pattern that leaves the ground to the map.
    pub const OUTLINE_ALONE: u8 = 2;
    /// As large as every symbol is that tells no count.
    const EVEN_SYMBOL: u8 = 32;
    pub const HIDDEN: Style = Style::special(255, 0);
    /// A record inside another, which counts it: outline alone.
    pub const CONTAINED: Style = Style::special(Self::CLASSES, Self::OUTLINE_ALONE);
    pub const DISTRICT: Style = Style::special(Self::CLASSES + 1, Self::OUTLINE_ALONE);
    /// Its number is also in the shader.
    pub const WAITING: Style = Style::special(Self::CLASSES + 2, 0);
    /// The outline of what the plan takes in; also in the shader.
    pub const CHOSEN: Style = Style::special(Self::CLASSES + 3, Self::OUTLINE_ALONE);
    const CLASSES: u8 = Class::ALL.len() as u8;
    /// How many colours reference layers can have.
    pub const REFERENCES: usize = 4;
    const FIRST_REFERENCE: u8 = Self::CLASSES + 4;
    /// How many entries the palette on the GPU has; also in the shader.
    pub const COUNT: usize = 84;

    const fn special(class: u8, pattern: u8) -> Self {
        Self {
            class,
            pattern,
            symbol: Self::EVEN_SYMBOL,
            rim: 0,
        }
    }

    /// A layer of others, in one of its colours: outline alone.
    pub fn reference(color: usize) -> Self {
        let class = Self::FIRST_REFERENCE + (color % Self::REFERENCES) as u8;
        Self::special(class, Self::OUTLINE_ALONE)
    }

    /// Which of the reference layers' colours a class stands for.
    pub fn reference_color(class: u8) -> Option<usize> {
        let index = usize::from(class.checked_sub(Self::FIRST_REFERENCE)?);
        (index < Self::REFERENCES).then_some(index)
    }

    /// The number that the shader knows a pattern by.
    pub fn pattern_of(pattern: Pattern) -> u8 {
        match pattern {
            Pattern::Plain => 0,
            Pattern::Hatched => 1,
            // 2 is the outline alone.
            Pattern::Leaning => 3,
            Pattern::Dotted => 4,
            Pattern::Crossed => 5,
        }
    }

    fn of(class: Classed) -> Self {
        Self::special(class.class.index(), Self::pattern_of(class.pattern()))
    }
}

/// One drawn state of one record.
#[derive(Debug)]
pub struct Slot {
    pub estate: Arc<Estate>,
    pub shape: Shape,
    pub class: Classed,
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
            class: Class::Unknown.into(),
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

    pub fn style(&self, chosen: Chosen, look: MapLook) -> Style {
        let style = match (&self.shape, &self.estate.standing) {
            (Shape::Point(_), _) => Style::WAITING,
            (Shape::Area(_), Standing::PartOf { .. }) => Style::CONTAINED,
            (Shape::Area(_), _) => Style {
                symbol: symbol_eighths(&self.estate, look.theme, look.symbols),
                ..Style::of(self.class)
            },
        };
        let rim = u8::from(chosen == Chosen::Yes);
        Style { rim, ..style }
    }
}

// Every class, every special style and every colour of a reference layer has an entry.
const _: () = assert!(Style::FIRST_REFERENCE as usize + Style::REFERENCES <= Style::COUNT);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shader_knows_the_same_numbers() {
        let shader = include_str!("../gpu/estates.wgsl");
        for line in [
            format!("fill: array<vec4<f32>, {}>", Style::COUNT),
            format!("line: array<vec4<f32>, {}>", Style::COUNT),
            format!("const WAITING: u32 = {}u;", Style::WAITING.class),
            format!("const CHOSEN: u32 = {}u;", Style::CHOSEN.class),
        ] {
            assert!(shader.contains(&line), "{line}");
        }
    }
}
