//! Boundaries as vertex data, made once and kept until a boundary changes.
//!
//! Vertices are f32 relative to the corner of their cell; where a cell lies on the screen is worked
//! out in f64 each frame, so that nothing jitters at zoom 21 however far from the equator.

use super::view::{View, World, world_of};
use crate::model::{Boundary, LonLat};
use geo::triangulate_earcut::RawTriangulation;
use geo::{Area, TriangulateEarcut};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::float::simplify::SimplifyShape;
use std::ops::Range;

/// A corner of a filled triangle.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct FillVertex {
    pub at: [f32; 2],
    pub slot: u32,
}

/// A piece of outline.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Segment {
    pub from: [f32; 2],
    pub to: [f32; 2],
    pub slot: u32,
}

/// A symbol: an estate seen from far away, or a waiting register row.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Dot {
    pub at: [f32; 2],
    pub slot: u32,
}

/// Everything to draw, cell by cell.
#[derive(Debug, Default, PartialEq)]
pub struct Mesh {
    pub cells: Vec<Cell>,
    pub vertices: Vec<FillVertex>,
    pub indices: Vec<u32>,
    pub segments: Vec<Segment>,
    pub dots: Vec<Dot>,
    pub waiting: Vec<Dot>,
}

/// A square of the world and what is drawn from its corner.
#[derive(Debug, PartialEq)]
pub struct Cell {
    pub origin: World,
    /// North-west and south-east corner of its contents, which may reach beyond the square.
    pub extent: [World; 2],
    pub indices: Range<u32>,
    pub segments: Range<u32>,
    pub dots: Range<u32>,
    pub waiting: Range<u32>,
}

/// What is drawn for a record.
#[derive(Clone, Copy, Debug)]
pub enum Figure<'a> {
    Area(&'a Boundary),
    /// Outline alone: districts.
    Line(&'a Boundary),
    /// A line that need not be closed.
    Path(&'a geo::LineString),
    Point(LonLat),
}

/// About 35 km in Jiangxi: an f32 resolves 2 mm across it, a province has some two hundred.
const CELLS_ACROSS_WORLD: f64 = 1024.0;

/// A figure and the cell that its middle lies in.
struct Placed<'a> {
    key: [i64; 2],
    middle: World,
    slot: u32,
    figure: Figure<'a>,
}

impl Mesh {
    /// The mesh of `figures`, each under the slot that its style is looked up by.
    ///
    /// Rings that are no rings (too short, not finite) are left out: a check reports them.
    pub fn of<'a>(figures: impl IntoIterator<Item = (u32, Figure<'a>)>) -> Self {
        let place = |(slot, figure)| {
            let middle = middle(figure)?;
            let key = middle.map(|axis| (axis * CELLS_ACROSS_WORLD).floor() as i64);
            Some(Placed {
                key,
                middle,
                slot,
                figure,
            })
        };
        let mut placed: Vec<_> = figures.into_iter().filter_map(place).collect();
        placed.sort_by_key(|placed| placed.key);
        let mut mesh = Self::default();
        for cell in placed.chunk_by(|a, b| a.key == b.key) {
            mesh.push_cell(cell);
        }
        mesh
    }

    fn push_cell(&mut self, figures: &[Placed]) {
        let ends = |mesh: &Self| {
            let ends = [&mesh.dots, &mesh.waiting].map(|dots| dots.len() as u32);
            (mesh.indices.len() as u32, mesh.segments.len() as u32, ends)
        };
        let starts = ends(self);
        let corner = |axis: i64| axis as f64 / CELLS_ACROSS_WORLD;
        let origin = figures
            .first()
            .map_or([0.0; 2], |first| first.key.map(corner));
        let mut extent = Extent::default();
        for placed in figures {
            let dot = Dot {
                at: [0, 1].map(|axis| (placed.middle[axis] - origin[axis]) as f32),
                slot: placed.slot,
            };
            extent.reach(dot.at.map(f64::from));
            match placed.figure {
                Figure::Point(_) => self.waiting.push(dot),
                Figure::Area(boundary) => {
                    self.dots.push(dot);
                    for polygon in drawable(boundary) {
                        let polygon = relative(polygon, origin);
                        self.fill(&polygon, placed.slot);
                        self.outline(&polygon, placed.slot, &mut extent);
                    }
                }
                Figure::Line(boundary) => {
                    for polygon in drawable(boundary) {
                        self.outline(&relative(polygon, origin), placed.slot, &mut extent);
                    }
                }
                Figure::Path(line) => {
                    self.sides(&relative_line(line, origin), placed.slot, &mut extent);
                }
            }
        }
        let (indices, segments, [dots, waiting]) = ends(self);
        self.cells.push(Cell {
            origin,
            extent: [extent.min, extent.max].map(|at| [origin[0] + at[0], origin[1] + at[1]]),
            indices: starts.0..indices,
            segments: starts.1..segments,
            dots: starts.2[0]..dots,
            waiting: starts.2[1]..waiting,
        });
    }

    fn fill(&mut self, polygon: &geo::Polygon, slot: u32) {
        let triangles = polygon.earcut_triangles_raw();
        if covers_another_area(&triangles, polygon) {
            for part in uncrossed(polygon) {
                self.push_triangles(&part.earcut_triangles_raw(), slot);
            }
        } else {
            self.push_triangles(&triangles, slot);
        }
    }

    fn push_triangles(&mut self, triangles: &RawTriangulation<f64>, slot: u32) {
        let first = self.vertices.len() as u32;
        let corners = triangles.vertices.iter().map(|at| FillVertex {
            at: at.map(|axis| axis as f32),
            slot,
        });
        self.vertices.extend(corners);
        let indices = triangles.triangle_indices.iter();
        self.indices
            .extend(indices.map(|index| first + *index as u32));
    }

    fn outline(&mut self, polygon: &geo::Polygon, slot: u32, extent: &mut Extent) {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            self.sides(ring, slot, extent);
        }
    }

    fn sides(&mut self, line: &geo::LineString, slot: u32, extent: &mut Extent) {
        for side in line.0.windows(2) {
            let [from, to] = [side[0], side[1]].map(|at| [at.x as f32, at.y as f32]);
            extent.reach([side[0].x, side[0].y]);
            extent.reach([side[1].x, side[1].y]);
            if from != to {
                self.segments.push(Segment { from, to, slot });
            }
        }
    }
}

/// Whether the triangles miss something, or cover what lies outside, as they do where a ring
/// crosses itself.
fn covers_another_area(triangles: &RawTriangulation<f64>, polygon: &geo::Polygon) -> bool {
    let corner = |index: usize| triangles.vertices[index];
    let twice = triangles.triangle_indices.chunks_exact(3).map(|triangle| {
        let [a, b, c] = [0, 1, 2].map(|at| corner(triangle[at]));
        ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs()
    });
    let covered = twice.sum::<f64>() / 2.0;
    let area = polygon.unsigned_area();
    (covered - area).abs() > 1e-6 * covered.max(area)
}

/// What the rings enclose an odd number of times, as polygons that cross nothing.
fn uncrossed(polygon: &geo::Polygon) -> Vec<geo::Polygon> {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let open = |ring: &geo::LineString| -> Vec<[f64; 2]> {
        let corners = ring.0.iter().skip(1);
        corners.map(|at| [at.x, at.y]).collect()
    };
    let rings: Vec<_> = rings.map(open).collect();
    let ring = |corners: Vec<[f64; 2]>| corners.into_iter().map(geo::Coord::from).collect();
    let shapes = rings.simplify_shape(FillRule::EvenOdd).into_iter();
    shapes
        .filter_map(|shape| {
            let mut rings = shape.into_iter().map(ring);
            Some(geo::Polygon::new(rings.next()?, rings.collect()))
        })
        .collect()
}

/// What a cell's contents reach, from its corner.
struct Extent {
    min: World,
    max: World,
}

impl Default for Extent {
    fn default() -> Self {
        Self {
            min: [f64::MAX; 2],
            max: [f64::MIN; 2],
        }
    }
}

impl Extent {
    fn reach(&mut self, at: World) {
        let lesser = |a: World, b: World| [a[0].min(b[0]), a[1].min(b[1])];
        let greater = |a: World, b: World| [a[0].max(b[0]), a[1].max(b[1])];
        self.min = lesser(self.min, at);
        self.max = greater(self.max, at);
    }
}

impl Cell {
    pub fn is_seen(&self, view: &View) -> bool {
        let [min, max] = self.extent.map(|corner| view.place(corner));
        let extent = egui::Rect::from_min_max(min, max);
        view.rect.intersects(extent.expand(8.0))
    }
}

/// The polygon in world units from a cell's corner, still in f64.
fn relative(polygon: &geo::Polygon, origin: World) -> geo::Polygon {
    let ring = |line: &geo::LineString| relative_line(line, origin);
    geo::Polygon::new(
        ring(polygon.exterior()),
        polygon.interiors().iter().map(ring).collect(),
    )
}

fn relative_line(line: &geo::LineString, origin: World) -> geo::LineString {
    let place = |at: &geo::Coord| {
        let world = world_of((*at).into());
        geo::coord! { x: world[0] - origin[0], y: world[1] - origin[1] }
    };
    line.0.iter().map(place).collect()
}

/// The polygons that have an area to draw; earcut wants closed rings of at least four positions.
fn drawable(boundary: &Boundary) -> impl Iterator<Item = &geo::Polygon> {
    boundary.iter().filter(|polygon| {
        std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .all(|ring| {
                ring.0.len() >= 4 && ring.0.iter().all(|c| c.x.is_finite() && c.y.is_finite())
            })
    })
}

/// The middle of the figure's extent.
fn middle(figure: Figure) -> Option<World> {
    use geo::BoundingRect;
    match figure {
        Figure::Point(position) => position.is_finite().then(|| world_of(position)),
        Figure::Path(line) => {
            let is_finite = line.0.iter().all(|at| at.x.is_finite() && at.y.is_finite());
            let middle = line.bounding_rect()?.center();
            is_finite.then(|| world_of(middle.into()))
        }
        Figure::Area(boundary) | Figure::Line(boundary) => {
            let middle = boundary.bounding_rect()?.center();
            (middle.x.is_finite() && middle.y.is_finite()).then(|| world_of(middle.into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{MultiPolygon, polygon};

    fn area(mesh: &Mesh) -> f64 {
        let corner = |index: u32| mesh.vertices[index as usize].at.map(f64::from);
        let triangle = |t: &[u32]| {
            let [a, b, c] = [corner(t[0]), corner(t[1]), corner(t[2])];
            ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs() / 2.0
        };
        mesh.indices.chunks(3).map(triangle).sum()
    }

    #[test]
    fn holes_and_parts_are_filled_as_drawn() {
        let with_hole = polygon!(
            exterior: [(x: 115.9, y: 28.6), (x: 115.94, y: 28.6), (x: 115.94, y: 28.64), (x: 115.9, y: 28.64)],
            interiors: [[(x: 115.91, y: 28.61), (x: 115.93, y: 28.61), (x: 115.93, y: 28.63), (x: 115.91, y: 28.63)]],
        );
        let part = polygon![(x: 115.95, y: 28.6), (x: 115.96, y: 28.6), (x: 115.96, y: 28.61)];
        let boundary = MultiPolygon(vec![with_hole.clone(), part.clone()]);
        let mesh = Mesh::of([(7, Figure::Area(&boundary))]);
        assert_eq!(mesh.segments.len(), 4 + 4 + 3);
        assert_eq!(mesh.dots.len(), 1);
        assert!(mesh.vertices.iter().all(|vertex| vertex.slot == 7));
        let whole = |boundary| area(&Mesh::of([(0, Figure::Area(&boundary))]));
        let outer = geo::Polygon::new(with_hole.exterior().clone(), vec![]);
        let inner = geo::Polygon::new(with_hole.interiors()[0].clone(), vec![]);
        let expected = whole(outer.into()) - whole(inner.into()) + whole(part.into());
        assert!((area(&mesh) / expected - 1.0).abs() < 1e-3);
    }

    #[test]
    fn a_ring_that_crosses_itself_is_filled_on_both_sides_of_the_crossing() {
        let bow = |dip: f64| polygon![(x: 115.9, y: 28.6), (x: 115.92, y: 28.6), (x: 115.9, y: 28.62 + dip), (x: 115.92, y: 28.62)];
        let square = geo::Rect::new((115.9, 28.6), (115.92, 28.62)).to_polygon();
        let whole = |polygon: geo::Polygon| area(&Mesh::of([(0, Figure::Area(&polygon.into()))]));
        let half = whole(square) / 2.0;
        assert!((whole(bow(0.0)) / half - 1.0).abs() < 1e-3);
        // Loops of other sizes, so that their areas do not cancel.
        assert!(whole(bow(0.01)) > half * 1.1);
    }

    #[test]
    fn rings_that_are_none_are_left_out() {
        let empty = MultiPolygon::<f64>(vec![]);
        let line = geo::Polygon::new(geo::LineString(vec![]), vec![]);
        let nan = polygon![(x: f64::NAN, y: 28.6), (x: 115.96, y: 28.6), (x: 115.96, y: 28.61)];
        for boundary in [empty, line.into(), nan.into()] {
            let mesh = Mesh::of([(0, Figure::Area(&boundary))]);
            assert!(mesh.vertices.is_empty() && mesh.segments.is_empty());
        }
        let nowhere = Figure::Point(LonLat::new(f64::NAN, 1.0));
        assert_eq!(Mesh::of([(0, nowhere)]), Mesh::default());
    }

    #[test]
    fn a_vertex_is_exact_to_a_few_millimetres_at_the_highest_zoom() {
        let at = LonLat::new(115.899_999_9, 28.611_111_1);
        let corner = geo::Coord::from(at);
        let boundary =
            MultiPolygon::from(geo::Rect::new(corner, geo::coord!(x: 116.0, y: 28.7)).to_polygon());
        let mesh = Mesh::of([(0, Figure::Area(&boundary))]);
        let cell = &mesh.cells[0];
        let exact = world_of(at);
        let nearest = mesh
            .vertices
            .iter()
            .map(|vertex| {
                let dx = cell.origin[0] + f64::from(vertex.at[0]) - exact[0];
                let dy = cell.origin[1] + f64::from(vertex.at[1]) - exact[1];
                dx.hypot(dy) * 40_075_017.0
            })
            .fold(f64::MAX, f64::min);
        assert!(nearest < 0.005, "{nearest} m");
    }

    #[test]
    fn figures_far_apart_lie_in_cells_of_their_own() {
        let places = [(115.9, 28.6), (114.0, 25.0)].map(|(lon, lat)| LonLat::new(lon, lat));
        let mesh = Mesh::of(places.into_iter().map(|at| (0, Figure::Point(at))));
        assert_eq!(mesh.cells.len(), 2);
        assert_eq!(mesh.waiting.len(), 2);
        for cell in &mesh.cells {
            let dot = mesh.waiting[cell.waiting.start as usize];
            assert!(dot.at.iter().all(|axis| (0.0..0.001).contains(axis)));
        }
    }
}
