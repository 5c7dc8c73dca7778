//! What is asked of several shapes at once, put to `i_overlay` on its own ground: whole numbers.
//!
//! geo's `BooleanOps` scales every operation to a grid of its own, so that a corner comes back a
//! little beside where it went in, and neighbours part by a hair. Here the grid is ours, a
//! micrometre wide for an estate, and remembers whose corner each of its points is.

use super::ShapeProblem;
use super::faces::{faces, sides, signed_area};
use super::plane::Plane;
use super::validity::is_sound;
use crate::model::{Boundary, LonLat};
use geo::{BoundingRect, Coord, CoordsIter, LineString, Polygon};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::flat::buffer::FlatContoursBuffer;
use i_overlay::i_shape::int::shape::{IntContour, IntShape, IntShapes};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// `i_overlay` reckons in 32 bits; its own scaling fills 30 of them.
const BITS: i32 = 29;
/// Grid points to the metre, as a power of two: finer would be finer than a degree's last bit.
const FINEST: i32 = 20;
/// A corner this many grid points beside a side lies on it: it was rounded onto it before.
const ON_SIDE: f64 = 4.0;
/// Bending a side onto a corner can bring it beside another one, hardly ever a third.
const SETTLING: usize = 4;

/// Whole numbers beside some shapes, and the corner that each stands for.
pub(super) struct Grid {
    plane: Plane,
    per_metre: f64,
    corners: BTreeMap<IntPoint, LonLat>,
}

impl Grid {
    /// The grid for shapes and lines; where two corners are one to the grid, the first given
    /// keeps its bits.
    ///
    /// # Errors
    /// [`ShapeProblem::BadPosition`], or [`ShapeProblem::TooFewCorners`] where there is none.
    pub fn over(boundaries: &[&Boundary], line: &[LonLat]) -> Result<Self, ShapeProblem> {
        let of_shapes = boundaries.iter().flat_map(|shape| shape.coords_iter());
        let positions: Vec<Coord> = of_shapes
            .chain(line.iter().map(|at| Coord::from(*at)))
            .collect();
        if !positions.iter().all(is_on_earth) {
            return Err(ShapeProblem::BadPosition);
        }
        let positions = LineString(positions);
        let extent = positions
            .bounding_rect()
            .ok_or(ShapeProblem::TooFewCorners)?;
        let plane = Plane::at(extent.center().into());
        let far = plane.to_metres(extent.max().into());
        let bits = far.x.max(far.y).max(1.0).log2().ceil() as i32;
        let mut grid = Self {
            plane,
            per_metre: f64::from(FINEST.min(BITS - bits)).exp2(),
            corners: BTreeMap::new(),
        };
        for at in positions.0 {
            let point = grid.point(at);
            grid.corners.entry(point).or_insert(at.into());
        }
        Ok(grid)
    }

    pub fn plane(&self) -> Plane {
        self.plane
    }

    fn point(&self, at: Coord) -> IntPoint {
        let metres = self.plane.to_metres(at.into());
        // The grid was made for every position asked of it, so none is outside 32 bits.
        let whole = |value: f64| (value * self.per_metre).round() as i32;
        IntPoint::new(whole(metres.x), whole(metres.y))
    }

    fn position(&self, point: IntPoint) -> LonLat {
        self.corners.get(&point).copied().unwrap_or_else(|| {
            self.plane.to_degrees(Coord {
                x: f64::from(point.x) / self.per_metre,
                y: f64::from(point.y) / self.per_metre,
            })
        })
    }

    /// Every ring of a polygon.
    pub fn contours(&self, polygon: &Polygon) -> Vec<IntContour> {
        std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(|ring| self.contour(ring))
            .collect()
    }

    pub fn all_contours(&self, boundary: &Boundary) -> Vec<IntContour> {
        boundary.iter().flat_map(|p| self.contours(p)).collect()
    }

    pub fn contour(&self, ring: &LineString) -> IntContour {
        let open = ring.0.len().saturating_sub(usize::from(ring.is_closed()));
        ring.0[..open].iter().map(|at| self.point(*at)).collect()
    }

    /// A ring whose corners came near known ones, with those instead where they are within
    /// `reach_m`.
    pub fn contour_near(&self, ring: &LineString, reach_m: f64) -> IntContour {
        let reach = (reach_m * self.per_metre).ceil() as i32;
        let nearest = |point: IntPoint| {
            let (west, east) = (point.x - reach, point.x + reach);
            let near = self.corners.range(columns(west, east));
            near.map(|(corner, _)| *corner)
                .min_by_key(|corner| corner.sqr_distance(point))
                .filter(|corner| corner.sqr_distance(point) <= i64::from(reach).pow(2))
                .unwrap_or(point)
        };
        let mut contour: IntContour = self.contour(ring).into_iter().map(nearest).collect();
        contour.dedup();
        contour
    }

    pub fn path(&self, line: &[LonLat]) -> Vec<IntPoint> {
        line.iter().map(|at| self.point(Coord::from(*at))).collect()
    }

    /// A rectangle around everything, with room between.
    pub fn frame(&self) -> IntContour {
        let reach = |of: fn(&IntPoint) -> i32| {
            let farthest = self.corners.keys().map(|p| of(p).unsigned_abs()).max();
            // No corner lies outside the 30 bits of which it is half.
            i32::try_from(farthest.unwrap_or(0)).unwrap_or(i32::MAX / 2) / 8 * 9 + 64
        };
        let (x, y) = (reach(|p| p.x), reach(|p| p.y));
        [(-x, -y), (x, -y), (x, y), (-x, y)]
            .map(IntPoint::from)
            .to_vec()
    }

    /// In degrees: what was a corner before has its exact bits again. The operation drops corners
    /// that lie on a straight side; they come back, since a neighbour, or another ring that
    /// touches there, may have them too and must go on meeting this one exactly.
    pub fn boundary(&self, shapes: &[IntShape]) -> Boundary {
        let (shapes, points) = self.settled(shapes);
        let ring = |contour: &IntContour| {
            let corners = with_points(contour, &points, 0.0);
            LineString(corners.map(|point| self.position(point).into()).collect())
        };
        let polygon = |shape: &IntShape| {
            let mut rings = shape.iter().map(ring);
            // `Polygon::new` closes every ring.
            Polygon::new(
                rings.next().unwrap_or(LineString(Vec::new())),
                rings.collect(),
            )
        };
        Boundary::new(shapes.iter().map(polygon).collect())
    }

    /// Shapes whose sides run exactly through every corner that is beside them by rounding alone,
    /// and all corners. One that only just touched would cross in degrees, or miss.
    fn settled(&self, shapes: &[IntShape]) -> (IntShapes, BTreeSet<IntPoint>) {
        let mut shapes = shapes.to_vec();
        for _ in 0..SETTLING {
            let points = self.points_of(&shapes);
            let pinned = |off: f64| -> Vec<IntContour> {
                let pin = |contour| with_points(contour, &points, off).collect();
                shapes.iter().flatten().map(pin).collect()
            };
            let bent = pinned(ON_SIDE);
            if bent == pinned(0.0) {
                break;
            }
            // What a bent side uncovers or covers twice is rounding too: outer rings turn one way.
            shapes = fill(&bent, &[], OverlayRule::Subject, FillRule::Positive);
        }
        let points = self.points_of(&shapes);
        (shapes, points)
    }

    fn points_of(&self, shapes: &[IntShape]) -> BTreeSet<IntPoint> {
        let of_shapes = shapes.iter().flatten().flatten();
        of_shapes.chain(self.corners.keys()).copied().collect()
    }

    /// The same, refused where rounding made it unsound.
    ///
    /// # Errors
    /// [`ShapeProblem::ResultUnsound`].
    pub fn sound_boundary(&self, shapes: &[IntShape]) -> Result<Boundary, ShapeProblem> {
        let boundary = self.boundary(shapes);
        match is_sound(&boundary) {
            true => Ok(boundary),
            false => Err(ShapeProblem::ResultUnsound),
        }
    }
}

/// Whether a position is one: nothing is reckoned with "not a number".
pub(super) fn is_on_earth(at: &Coord) -> bool {
    LonLat::from(*at).is_on_earth()
}

/// What `rule` makes of two sets of contours, as valid shapes; each set encloses by even-odd.
pub(super) fn combine(subject: &[IntContour], clip: &[IntContour], rule: OverlayRule) -> IntShapes {
    fill(subject, clip, rule, FillRule::EvenOdd)
}

/// The same, what encloses chosen.
pub(super) fn fill(
    subject: &[IntContour],
    clip: &[IntContour],
    rule: OverlayRule,
    fill_rule: FillRule,
) -> IntShapes {
    let options = IntOverlayOptions::keep_all_points();
    let mut overlay = Overlay::with_contours_custom(subject, clip, options, Solver::default());
    let mut contours = FlatContoursBuffer::default();
    overlay.overlay_into(rule, fill_rule, &mut contours);
    let contours = contours.to_contours();
    faces(&contours.iter().flat_map(|contour| sides(contour)).collect())
}

/// A contour with each of `points` that lies on a side, to within rounding, as a corner there: a
/// line snapped to a side ends on it, not short of it.
pub(super) fn pinned(contour: &IntContour, points: &BTreeSet<IntPoint>) -> IntContour {
    with_points(contour, points, ON_SIDE).collect()
}

/// The rings of several shapes, as an operation takes them.
pub(super) fn flat(shapes: &[IntShape]) -> Vec<IntContour> {
    shapes.iter().flatten().cloned().collect()
}

/// All points from `west` to `east`, however far north or south.
fn columns(west: i32, east: i32) -> RangeInclusive<IntPoint> {
    IntPoint::new(west, i32::MIN)..=IntPoint::new(east, i32::MAX)
}

/// A contour with each of `points` that lies on a side, or at most `off` grid points beside it, as
/// a corner there.
fn with_points<'a>(
    contour: &'a IntContour,
    points: &'a BTreeSet<IntPoint>,
    off: f64,
) -> impl Iterator<Item = IntPoint> + 'a {
    sides(contour).flat_map(move |(from, to)| {
        let reach = off as i32;
        let (west, east) = (from.x.min(to.x) - reach, from.x.max(to.x) + reach);
        let mut on: Vec<_> = points
            .range(columns(west, east))
            .filter(|point| **point != from && **point != to)
            .filter_map(|point| Some((place_on(from, to, *point, off)?, *point)))
            .collect();
        on.sort();
        std::iter::once(from).chain(on.into_iter().map(|(_, point)| point))
    })
}

/// How far along the side from `from` to `to` a point lies, where it is at most `off` beside it.
fn place_on(from: IntPoint, to: IntPoint, point: IntPoint, off: f64) -> Option<i128> {
    let vector = |to: IntPoint| {
        let x = i128::from(to.x) - i128::from(from.x);
        let y = i128::from(to.y) - i128::from(from.y);
        (x, y)
    };
    let ((x, y), (px, py)) = (vector(to), vector(point));
    let (dot, cross) = (px * x + py * y, px * y - py * x);
    let length_squared = x * x + y * y;
    let is_beside = (cross as f64).abs() <= off * (length_squared as f64).sqrt();
    (is_beside && 0 < dot && dot < length_squared).then_some(dot)
}

/// Twice the area of a shape, holes taken off, in grid points.
pub(super) fn doubled_area(shape: &IntShape) -> i128 {
    shape.iter().map(signed_area).sum()
}
