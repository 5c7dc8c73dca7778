//! Names on a vector tile: whole inside their tile, none over another.

use super::lettering::Letters;
use super::style::{self, Look};
use super::{Onto, SIDE_PX, paint};
use geo::{Area, Centroid, Geometry};
use std::cell::RefCell;
use tiny_skia::{FillRule, Pixmap, Rect, Stroke, Transform};

/// More names than this in one tile cannot be read.
const MOST: usize = 40;
/// Of a name; longer ones are no names.
const LONGEST: usize = 40;

thread_local! {
    // Outlines are looked up once a thread, and each reader has a thread of its own.
    static LETTERS: RefCell<Option<Letters>> = RefCell::new(Letters::new().ok());
}

struct Name {
    text: String,
    middle: (f32, f32),
    px: f32,
}

/// The names of a tile that have found room, the most important first.
pub struct Names {
    placed: Vec<Name>,
    taken: Vec<Rect>,
}

impl Names {
    pub fn new() -> Self {
        Self {
            placed: Vec::new(),
            taken: Vec::new(),
        }
    }

    /// Takes a name in where there is room for it.
    pub fn consider(&mut self, look: &Look, onto: &Onto, geometry: &Geometry<f32>, text: &str) {
        let length = text.chars().count();
        let is_known = self.placed.iter().any(|name| name.text == text);
        if look.name_px == 0.0 || self.placed.len() >= MOST || length > LONGEST || is_known {
            return;
        }
        let Some(middle) = middle(geometry).map(|at| onto.place(at)) else {
            return;
        };
        let width = width(text) * look.name_px;
        let (half, high) = (width / 2.0 + 3.0, look.name_px / 2.0 + 3.0);
        let (x, y) = middle;
        let room = Rect::from_ltrb(x - half, y - high, x + half, y + high);
        let Some(room) = room.filter(is_inside) else {
            return;
        };
        if self
            .taken
            .iter()
            .any(|taken| taken.intersect(&room).is_some())
        {
            return;
        }
        self.taken.push(room);
        self.placed.push(Name {
            text: text.to_owned(),
            middle,
            px: look.name_px,
        });
    }

    pub fn draw(&self, picture: &mut Pixmap) {
        LETTERS.with_borrow_mut(|letters| {
            if let Some(letters) = letters {
                for name in &self.placed {
                    write(picture, letters, name);
                }
            }
        });
    }
}

fn is_inside(room: &Rect) -> bool {
    let side = SIDE_PX as f32;
    room.left() >= 0.0 && room.top() >= 0.0 && room.right() <= side && room.bottom() <= side
}

/// In heights of a sign.
fn width(text: &str) -> f32 {
    LETTERS.with_borrow_mut(|letters| match letters {
        Some(letters) => text.chars().map(|sign| letters.letter(sign).width).sum(),
        None => 0.0,
    })
}

fn write(picture: &mut Pixmap, letters: &mut Letters, name: &Name) {
    let signs: Vec<_> = name.text.chars().map(|sign| letters.letter(sign)).collect();
    let width: f32 = signs.iter().map(|sign| sign.width).sum();
    let halo = Stroke {
        width: 3.0 / name.px,
        ..Stroke::default()
    };
    for pass in [style::HALO, style::NAME] {
        let mut x = name.middle.0 - width * name.px / 2.0;
        for sign in &signs {
            let middle = x + sign.width * name.px / 2.0;
            let place =
                Transform::from_scale(name.px, name.px).post_translate(middle, name.middle.1);
            x += sign.width * name.px;
            let Some(outline) = &sign.outline else {
                continue;
            };
            match pass == style::HALO {
                true => picture.stroke_path(outline, &paint(pass), &halo, place, None),
                false => picture.fill_path(outline, &paint(pass), FillRule::Winding, place, None),
            }
        }
    }
}

/// Where the name of a thing stands.
fn middle(geometry: &Geometry<f32>) -> Option<geo::Coord<f32>> {
    match geometry {
        Geometry::Point(point) => Some(point.0),
        Geometry::MultiPoint(points) => points.0.first().map(|point| point.0),
        Geometry::LineString(line) => line.0.get(line.0.len() / 2).copied(),
        Geometry::MultiLineString(lines) => {
            let longest = lines.iter().max_by_key(|line| line.0.len())?;
            longest.0.get(longest.0.len() / 2).copied()
        }
        Geometry::Polygon(polygon) => polygon.centroid().map(|at| at.0),
        Geometry::MultiPolygon(polygons) => {
            let area = |polygon: &&geo::Polygon<f32>| polygon.unsigned_area();
            let largest = polygons.iter().max_by(|a, b| area(a).total_cmp(&area(b)))?;
            largest.centroid().map(|at| at.0)
        }
        _ => None,
    }
}
