//! How two records lie to each other on the ground: overlap, inside, adjoining, apart.

use super::profile::{Outline, Profile};
use crate::geodesy::measure::{LocalMetres, local_metres};
use crate::model::LonLat;
use geo::line_measures::metric_spaces::Euclidean;
use geo::{
    Area, BooleanOps, BoundingRect, Contains, Coord, Distance, MapCoords, MultiPolygon, Point, Rect,
};

/// How two records lie to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlaceRelation {
    /// One of them has no position.
    Unknown,
    /// Both outlines share ground.
    Overlap { iou: f64, share_of_smaller: f64 },
    /// A position inside the other's outline.
    PointInside,
    /// Outlines no further apart than two hands draw one line.
    Adjoining,
    /// Between outlines or positions, whichever there are.
    Apart { metres: f64 },
}

/// How two profiles lie to each other. Outlines within `touch_m` of each other adjoin.
pub fn relation(a: &Profile, b: &Profile, touch_m: f64) -> PlaceRelation {
    match (&a.outline, &b.outline) {
        (Some(ours), Some(theirs)) => outlines(ours, theirs, touch_m),
        (Some(outline), None) => point_and_outline(b.anchor, outline),
        (None, Some(outline)) => point_and_outline(a.anchor, outline),
        (None, None) => match (a.anchor, b.anchor) {
            (Some(from), Some(to)) => PlaceRelation::Apart {
                metres: distance_m(from, to),
            },
            _ => PlaceRelation::Unknown,
        },
    }
}

/// Flat distance: right to a decimetre where it matters, within 2 km.
pub fn distance_m(from: LonLat, to: LonLat) -> f64 {
    let offset = Frame::at(from).metres(to.into());
    offset.x.hypot(offset.y)
}

/// IoU of two outlines once their middles are laid over each other, 0..1.
pub fn aligned_iou(a: &Outline, b: &Outline) -> f64 {
    let ours = Frame::at(a.middle).project(&a.shape);
    let theirs = Frame::at(b.middle).project(&b.shape);
    overlap(&ours, a.area_m2, &theirs, b.area_m2).0
}

fn outlines(a: &Outline, b: &Outline, touch_m: f64) -> PlaceRelation {
    let frame = Frame::at(a.middle);
    let gap = rect_gap(frame.rect(a.bounds), frame.rect(b.bounds));
    // The gap between the rectangles is exact enough where nobody could take them for neighbours.
    if gap > 10.0 * touch_m {
        return PlaceRelation::Apart { metres: gap };
    }
    let (ours, theirs) = (frame.project(&a.shape), frame.project(&b.shape));
    let (iou, share_of_smaller) = match gap > 0.0 {
        true => (0.0, 0.0),
        false => overlap(&ours, a.area_m2, &theirs, b.area_m2),
    };
    if share_of_smaller > 0.0 {
        return PlaceRelation::Overlap {
            iou,
            share_of_smaller,
        };
    }
    let metres = ours
        .iter()
        .flat_map(|x| theirs.iter().map(move |y| Euclidean.distance(x, y)))
        .fold(f64::INFINITY, f64::min);
    match metres <= touch_m {
        true => PlaceRelation::Adjoining,
        false => PlaceRelation::Apart { metres },
    }
}

fn point_and_outline(point: Option<LonLat>, outline: &Outline) -> PlaceRelation {
    let Some(point) = point else {
        return PlaceRelation::Unknown;
    };
    let frame = Frame::at(point);
    let shape = frame.project(&outline.shape);
    let here = Point::new(0.0, 0.0);
    if shape.contains(&here) {
        return PlaceRelation::PointInside;
    }
    let metres = shape
        .iter()
        .map(|polygon| Euclidean.distance(&here, polygon))
        .fold(f64::INFINITY, f64::min);
    PlaceRelation::Apart { metres }
}

/// IoU, and the share of the smaller outline that lies in the other, both 0..1.
fn overlap(a: &MultiPolygon, area_a: f64, b: &MultiPolygon, area_b: f64) -> (f64, f64) {
    let shared = a.intersection(b).unsigned_area();
    let smaller = area_a.min(area_b);
    let union = area_a + area_b - shared;
    if smaller <= 0.0 || union <= 0.0 {
        return (0.0, 0.0);
    }
    ((shared / union).min(1.0), (shared / smaller).min(1.0))
}

fn rect_gap(a: Rect, b: Rect) -> f64 {
    let apart = |a_min: f64, a_max: f64, b_min: f64, b_max: f64| {
        (b_min - a_max).max(a_min - b_max).max(0.0)
    };
    let x = apart(a.min().x, a.max().x, b.min().x, b.max().x);
    let y = apart(a.min().y, a.max().y, b.min().y, b.max().y);
    x.hypot(y)
}

/// Metres east and north of one place.
struct Frame {
    origin: Coord,
    scale: LocalMetres,
}

impl Frame {
    fn at(origin: LonLat) -> Self {
        Self {
            origin: origin.into(),
            scale: local_metres(origin),
        }
    }

    fn metres(&self, at: Coord) -> Coord {
        Coord {
            x: (at.x - self.origin.x) * self.scale.per_degree_lon,
            y: (at.y - self.origin.y) * self.scale.per_degree_lat,
        }
    }

    fn project(&self, shape: &MultiPolygon) -> MultiPolygon {
        shape.map_coords(|coord| self.metres(coord))
    }

    fn rect(&self, bounds: Rect) -> Rect {
        Rect::new(self.metres(bounds.min()), self.metres(bounds.max()))
    }
}

/// Area on the flat picture around `middle`, in m²: for ratios only, what is reported is geodesic.
pub(super) fn flat_area_m2(shape: &MultiPolygon, middle: LonLat) -> f64 {
    Frame::at(middle).project(shape).unsigned_area()
}

/// Width and height in metres.
pub(super) fn size_m(outline: &Outline) -> (f64, f64) {
    let rect = Frame::at(outline.middle).rect(outline.bounds);
    (rect.width(), rect.height())
}

/// The rectangle around a shape, if it has one.
pub(super) fn bounds(shape: &MultiPolygon) -> Option<Rect> {
    shape.bounding_rect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedupe::fixtures::{at, estate, outlined, square};
    use crate::dedupe::normalise::Aliases;
    use PlaceRelation::*;

    fn relate(a: crate::model::Estate, b: crate::model::Estate) -> PlaceRelation {
        relation(
            &Profile::of(&a.into(), &Aliases::default()),
            &Profile::of(&b.into(), &Aliases::default()),
            3.0,
        )
    }

    #[test]
    fn two_records_lie_to_each_other() {
        let near = |found: PlaceRelation, expected: PlaceRelation| match (found, expected) {
            (
                Overlap {
                    iou,
                    share_of_smaller,
                },
                Overlap {
                    iou: i,
                    share_of_smaller: s,
                },
            ) => (iou - i).abs() < 0.01 && (share_of_smaller - s).abs() < 0.01,
            (Apart { metres }, Apart { metres: m }) => (metres - m).abs() < 0.5,
            (found, expected) => found == expected,
        };
        let overlap = |iou, share_of_smaller| Overlap {
            iou,
            share_of_smaller,
        };
        for (a, b, expected) in [
            (
                square(0.0, 0.0, 100.0),
                square(0.0, 0.0, 100.0),
                overlap(1.0, 1.0),
            ),
            (
                square(0.0, 0.0, 100.0),
                square(50.0, 0.0, 100.0),
                overlap(1.0 / 3.0, 0.5),
            ),
            (
                square(0.0, 0.0, 100.0),
                square(25.0, 25.0, 50.0),
                overlap(0.25, 1.0),
            ),
            (
                square(0.0, 0.0, 100.0),
                square(101.0, 0.0, 100.0),
                Adjoining,
            ),
            (
                square(0.0, 0.0, 100.0),
                square(120.0, 0.0, 100.0),
                Apart { metres: 20.0 },
            ),
            (
                square(0.0, 0.0, 100.0),
                square(600.0, 0.0, 100.0),
                Apart { metres: 500.0 },
            ),
        ] {
            let found = relate(outlined("", a.clone()), outlined("", b.clone()));
            assert!(near(found, expected), "{found:?} is not {expected:?}");
            let back = relate(outlined("", b), outlined("", a));
            assert!(near(back, expected), "{back:?} is not {expected:?}");
        }
        let outline = || outlined("", square(0.0, 0.0, 100.0));
        assert_eq!(relate(outline(), at("", 50.0, 50.0)), PointInside);
        assert!(near(
            relate(at("", 150.0, 50.0), outline()),
            Apart { metres: 50.0 }
        ));
        assert!(near(
            relate(at("", 0.0, 0.0), at("", 30.0, 40.0)),
            Apart { metres: 50.0 }
        ));
        assert_eq!(relate(estate(""), outline()), Unknown);
    }

    #[test]
    fn a_shape_laid_over_its_own_copy_agrees() {
        let (a, b) = (
            outlined("", square(0.0, 0.0, 100.0)),
            outlined("", square(500.0, 300.0, 100.0)),
        );
        let (a, b) = (
            Profile::of(&a.into(), &Aliases::default()),
            Profile::of(&b.into(), &Aliases::default()),
        );
        let (Some(a), Some(b)) = (&a.outline, &b.outline) else {
            panic!("both have outlines");
        };
        assert!(aligned_iou(a, b) > 0.99);
    }
}
