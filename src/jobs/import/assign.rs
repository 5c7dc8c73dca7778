//! Which estate a building stands in: the one with most of its footprint, or around its point.

use crate::model::{Boundary, Estate, EstateId, LonLat, Standing, Survey};
use geo::{Area, BooleanOps, BoundingRect, Centroid, Contains, Intersects, Point, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::sync::Arc;

/// "Most" of a footprint.
const MOST: f64 = 0.5;
/// Shares that arithmetic alone tells apart are even.
const EVEN: f64 = 1e-6;

type Entry = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// The boundaries that buildings can stand in, found by place.
pub(super) struct Estates {
    boundaries: Vec<(EstateId, Arc<Boundary>)>,
    tree: RTree<Entry>,
}

impl Estates {
    /// Records that count, or that another counts as its part. A merged record has given way to
    /// the one that counts it, and a withdrawn one is out.
    pub(super) fn of(survey: &Survey) -> Self {
        let takes_buildings = |estate: &&Arc<Estate>| {
            matches!(estate.standing, Standing::Counted | Standing::PartOf { .. })
        };
        let boundaries: Vec<_> = survey
            .estates()
            .filter(takes_buildings)
            .filter_map(|estate| Some((estate.id, estate.boundary.clone()?)))
            .collect();
        let entry = |(index, (_, boundary)): (usize, &(EstateId, Arc<Boundary>))| {
            Some(Entry::new(rectangle(boundary.bounding_rect()?), index))
        };
        let entries = boundaries.iter().enumerate().filter_map(entry).collect();
        Self {
            tree: RTree::bulk_load(entries),
            boundaries,
        }
    }

    /// The record around a building; `None` where it stands mostly in none.
    ///
    /// Of two that have as much of it, the smaller: a part before the estate around it.
    pub(super) fn around(
        &self,
        footprint: Option<&Boundary>,
        position: Option<LonLat>,
    ) -> Option<EstateId> {
        let area = footprint.map_or(0.0, Area::unsigned_area);
        let point = match footprint {
            Some(footprint) => footprint.centroid()?,
            None => Point(position?.into()),
        };
        let bounds = footprint
            .and_then(BoundingRect::bounding_rect)
            .unwrap_or_else(|| point.bounding_rect());
        let envelope = AABB::from_corners(
            [bounds.min().x, bounds.min().y],
            [bounds.max().x, bounds.max().y],
        );
        let share = |boundary: &Boundary| match footprint {
            Some(footprint) if area > 0.0 => match boundary.contains(footprint) {
                true => 1.0,
                false => boundary.intersection(footprint).unsigned_area() / area,
            },
            _ => f64::from(u8::from(boundary.intersects(&point))),
        };
        let mut best: Option<(f64, f64, EstateId)> = None;
        for entry in self.tree.locate_in_envelope_intersecting(envelope) {
            let (id, boundary) = &self.boundaries[entry.data];
            let found = (share(boundary), boundary.unsigned_area(), *id);
            if found.0 > MOST && best.is_none_or(|best| is_better(found, best)) {
                best = Some(found);
            }
        }
        best.map(|(_, _, id)| id)
    }
}

fn is_better(a: (f64, f64, EstateId), b: (f64, f64, EstateId)) -> bool {
    match (a.0 - b.0).abs() < EVEN {
        true => a.1.total_cmp(&b.1).then(a.2.cmp(&b.2)).is_lt(),
        false => a.0 > b.0,
    }
}

fn rectangle(rect: Rect) -> Rectangle<[f64; 2]> {
    Rectangle::from_corners([rect.min().x, rect.min().y], [rect.max().x, rect.max().y])
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn square(west: f64, south: f64, side: f64) -> Boundary {
        let rect = Rect::new((west, south), (west + side, south + side));
        geo::MultiPolygon(vec![rect.to_polygon()])
    }

    fn estate(number: u128, boundary: Boundary, standing: Standing) -> Estate {
        Estate {
            boundary: Some(Arc::new(boundary)),
            standing,
            ..Estate::new(EstateId(Uuid::from_u128(number)))
        }
    }

    #[test]
    fn a_building_belongs_to_the_estate_with_most_of_it() {
        let withdrawn = Standing::Withdrawn {
            reason: "已拆".to_owned(),
        };
        let part_of = Standing::PartOf {
            parent: EstateId(Uuid::from_u128(1)),
        };
        let survey = Survey::from_parts(
            [
                estate(1, square(115.0, 28.0, 0.01), Standing::Counted),
                estate(2, square(115.01, 28.0, 0.01), Standing::Counted),
                estate(3, square(115.002, 28.002, 0.002), part_of),
                estate(4, square(115.03, 28.0, 0.01), withdrawn),
            ],
            [],
            [],
            Default::default(),
        );
        let estates = Estates::of(&survey);
        for (west, south, side, expected, why) in [
            (115.006, 28.006, 0.001, Some(1), "inside"),
            (115.0092, 28.006, 0.001, Some(1), "four fifths inside"),
            (115.0098, 28.006, 0.001, Some(2), "four fifths in the next"),
            (115.0025, 28.0025, 0.001, Some(3), "in a part"),
            (114.9994, 28.006, 0.001, None, "mostly outside"),
            (115.032, 28.002, 0.001, None, "in a withdrawn one"),
            (115.05, 28.05, 0.001, None, "far away"),
        ] {
            let footprint = square(west, south, side);
            let found = estates.around(Some(&footprint), None);
            assert_eq!(found.map(|id| id.0.as_u128()), expected, "{why}");
        }
        for (lon, lat, expected) in [
            (115.006, 28.006, Some(1)),
            (115.003, 28.003, Some(3)),
            (115.0, 28.005, Some(1)),
            (114.9, 28.0, None),
        ] {
            let found = estates.around(None, Some(LonLat::new(lon, lat)));
            assert_eq!(found.map(|id| id.0.as_u128()), expected, "{lon} {lat}");
        }
        assert_eq!(estates.around(None, None), None);
    }
}
