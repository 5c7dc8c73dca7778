//! Lines of other layers that corners are drawn to: district borders, and those of reference layers.
//! Indexed side by side, because one border can have thousands of them.

use super::estates::District;
use crate::geometry::snap::{Snap, best, nearest_on_lines};
use crate::model::LonLat;
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};
use std::sync::Arc;

/// A side, and whose it is: an index into the names.
type Side = GeomWithData<Line<[f64; 2]>, usize>;

/// Named lines to snap to.
#[derive(Default)]
pub struct Guides {
    of: Option<Arc<[District]>>,
    names: Vec<String>,
    sides: RTree<Side>,
}

impl Guides {
    pub fn update(&mut self, districts: &Arc<[District]>) {
        let known = self.of.as_ref();
        if known.is_some_and(|known| Arc::ptr_eq(known, districts)) {
            return;
        }
        let rings = districts.iter().flat_map(|district| {
            let polygons = district.boundary.iter();
            let rings = polygons
                .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
            rings.map(|ring| {
                let line = ring.0.iter().map(|at| LonLat::from(*at)).collect();
                (district.name.clone(), line)
            })
        });
        *self = Self {
            of: Some(districts.clone()),
            ..Self::of_lines(rings)
        };
    }

    /// Any lines, each with the name of what it belongs to.
    pub fn of_lines(lines: impl IntoIterator<Item = (String, Vec<LonLat>)>) -> Self {
        let mut names = Vec::new();
        let mut sides = Vec::new();
        for (name, line) in lines {
            let finite = |pair: &&[LonLat]| pair.iter().all(|at| at.is_finite());
            sides.extend(line.windows(2).filter(finite).map(|pair| {
                let [from, to] = [pair[0], pair[1]].map(|at| [at.lon, at.lat]);
                Side::new(Line::new(from, to), names.len())
            }));
            names.push(name);
        }
        Self {
            of: None,
            names,
            sides: RTree::bulk_load(sides),
        }
    }

    /// The place of these lines within `tolerance_m` of `pointer`, and what it belongs to. `reach`
    /// encloses the tolerance in degrees.
    pub fn nearest(
        &self,
        pointer: LonLat,
        tolerance_m: f64,
        reach: geo::Rect,
    ) -> Option<Snapped<'_>> {
        let corners = [reach.min(), reach.max()].map(|corner| [corner.x, corner.y]);
        let envelope = AABB::from_corners(corners[0], corners[1]);
        let near = self.sides.locate_in_envelope_intersecting(envelope);
        let snapped: Vec<_> = near
            .filter_map(|side| {
                let Line { from, to } = side.geom();
                let ends = [from, to].map(|[lon, lat]| LonLat::new(*lon, *lat));
                let snap = nearest_on_lines(pointer, tolerance_m, [ends.as_slice()])?;
                Some((snap.of_reference(), side.data))
            })
            .collect();
        let snap = best(snapped.iter().map(|(snap, _)| *snap))?;
        // Neighbours share their border: the first of them in the list names it.
        let whose = snapped.iter().filter(|(other, _)| *other == snap);
        let name = whose.map(|(_, name)| *name).min()?;
        Some((snap, &self.names[name]))
    }
}

/// A place, and the name of what it belongs to.
pub type Snapped<'a> = (Snap, &'a str);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::snap::SnapTarget;

    #[test]
    fn the_nearest_line_is_named_and_keeps_its_corners_bit_for_bit() {
        let at = |x: f64, y: f64| LonLat::new(115.9 + x / 1e4, 28.68 + y / 1e4);
        let guides = Guides::of_lines([
            ("far".to_owned(), vec![at(50.0, 0.0), at(50.0, 9.0)]),
            (
                "near".to_owned(),
                vec![at(1.0, -9.0), at(1.0, 0.1), at(1.0, 9.0)],
            ),
        ]);
        let reach = |x: f64, y: f64| {
            geo::Rect::new(
                geo::Coord::from(at(x - 1.1, y - 1.1)),
                at(x + 1.1, y + 1.1).into(),
            )
        };
        let (snap, name) = guides.nearest(at(0.5, 0.0), 9.0, reach(0.5, 0.0)).unwrap();
        assert_eq!((snap.at, name), (at(1.0, 0.1), "near"));
        assert_eq!(snap.to, SnapTarget::ReferenceVertex);
        let (snap, _) = guides.nearest(at(0.5, 5.0), 9.0, reach(0.5, 5.0)).unwrap();
        assert_eq!(snap.to, SnapTarget::ReferenceEdge);
        assert_eq!(guides.nearest(at(0.0, 5.0), 3.0, reach(0.0, 5.0)), None);
    }
}
