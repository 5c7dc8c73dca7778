//! Which estate a photo lies in.

use crate::geodesy::measure::{area_m2, local_metres};
use crate::model::{Boundary, Estate, EstateId, LonLat, Survey};
use geo::{BoundingRect, Distance, Euclidean, Intersects, MapCoords, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// A photo of a gate is taken from across the street, and a phone's position between houses is
/// ten metres or more off.
const NEAR_M: f64 = 30.0;

type Place<'a> = GeomWithData<Rectangle<[f64; 2]>, (&'a Estate, &'a Boundary)>;

/// The estates that count and have a boundary, by where they are.
pub(super) struct Places<'a>(RTree<Place<'a>>);

impl<'a> Places<'a> {
    pub fn of(survey: &'a Survey) -> Self {
        let places = survey.counted().filter_map(|estate| {
            let boundary = estate.boundary.as_deref()?;
            let rect = boundary.bounding_rect()?;
            let corners = [rect.min().x_y(), rect.max().x_y()].map(<[f64; 2]>::from);
            let rectangle = Rectangle::from_corners(corners[0], corners[1]);
            Some(GeomWithData::new(rectangle, (&**estate, boundary)))
        });
        Self(RTree::bulk_load(places.collect()))
    }

    /// The smallest estate around `at`; where there is none, the nearest within [`NEAR_M`].
    pub fn estate_at(&self, at: LonLat) -> Option<EstateId> {
        let point = Point(at.into());
        let metres = local_metres(at);
        let reach = [
            NEAR_M / metres.per_degree_lon,
            NEAR_M / metres.per_degree_lat,
        ];
        let window = AABB::from_corners(
            [at.lon - reach[0], at.lat - reach[1]],
            [at.lon + reach[0], at.lat + reach[1]],
        );
        let near: Vec<_> = self
            .0
            .locate_in_envelope_intersecting(window)
            .map(|place| place.data)
            .collect();
        let least = |measured: Vec<(f64, EstateId)>| {
            // By key where two are the same, so that the order of the tree decides nothing.
            let by_size =
                |a: &(f64, EstateId), b: &(f64, EstateId)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
            measured.into_iter().min_by(by_size).map(|(_, id)| id)
        };
        let around = near
            .iter()
            .filter(|(_, boundary)| boundary.intersects(&point));
        let around = around.map(|(estate, boundary)| (area_m2(boundary), estate.id));
        least(around.collect()).or_else(|| {
            let flat = |boundary: &Boundary| {
                boundary.map_coords(|c| geo::Coord {
                    x: (c.x - at.lon) * metres.per_degree_lon,
                    y: (c.y - at.lat) * metres.per_degree_lat,
                })
            };
            let distances = near.iter().map(|(estate, boundary)| {
                let here = Point::new(0.0, 0.0);
                (Euclidean.distance(&here, &flat(boundary)), estate.id)
            });
            least(distances.filter(|(metres, _)| *metres <= NEAR_M).collect())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn id(number: u128) -> EstateId {
        EstateId(uuid::Uuid::from_u128(number))
    }

    /// A square estate, its south-west corner so many metres east and north of a place in Nanchang.
    fn square(number: u128, east_m: f64, north_m: f64, side_m: f64) -> Estate {
        let south_west = from_origin(east_m, north_m);
        let north_east = from_origin(east_m + side_m, north_m + side_m);
        let rect = geo::Rect::new(south_west, north_east);
        Estate {
            boundary: Some(Arc::new(rect.to_polygon().into())),
            ..Estate::new(id(number))
        }
    }

    fn from_origin(east_m: f64, north_m: f64) -> LonLat {
        let origin = LonLat::new(115.9, 28.68);
        let metres = local_metres(origin);
        LonLat::new(
            origin.lon + east_m / metres.per_degree_lon,
            origin.lat + north_m / metres.per_degree_lat,
        )
    }

    #[test]
    fn a_photo_belongs_to_the_smallest_estate_around_it_else_to_the_nearest_across_the_street() {
        let mut withdrawn = square(4, 1000.0, 0.0, 100.0);
        withdrawn.standing = crate::model::Standing::Withdrawn {
            reason: "gone".to_owned(),
        };
        let estates = [
            square(1, 0.0, 0.0, 300.0),
            square(2, 100.0, 100.0, 50.0),
            square(3, 340.0, 0.0, 100.0),
            withdrawn,
            Estate::new(id(5)),
        ];
        let survey = Survey::from_parts(estates, [], [], Default::default());
        let places = Places::of(&survey);
        for (east_m, north_m, expected) in [
            (10.0, 10.0, Some(1)),
            (125.0, 125.0, Some(2)),
            // Between two estates forty metres apart.
            (318.0, 50.0, Some(1)),
            (322.0, 50.0, Some(3)),
            (200.0, 328.0, Some(1)),
            (200.0, 333.0, None),
            // Near both sides of a corner's frame, but not the corner.
            (-25.0, -25.0, None),
            (1050.0, 50.0, None),
        ] {
            let found = places.estate_at(from_origin(east_m, north_m));
            assert_eq!(
                found,
                expected.map(id),
                "{east_m} m east, {north_m} m north"
            );
        }
    }
}
