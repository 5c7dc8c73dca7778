//! Where two records on the ground come nearest to each other.

use super::plane::Plane;
use crate::model::{Boundary, LonLat};
use geo::{Closest, ClosestPoint, Coord, CoordsIter, Intersects, Point};

/// What is known of a record's place.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    Ground(&'a Boundary),
    Spot(LonLat),
}

impl Place<'_> {
    fn somewhere(&self) -> Option<LonLat> {
        match self {
            Self::Ground(boundary) => Some(boundary.coords_iter().next()?.into()),
            Self::Spot(at) => Some(*at),
        }
    }
}

/// The shortest way from one to the other; `None` where they share ground, or one has none.
pub fn nearest(a: Place<'_>, b: Place<'_>) -> Option<(LonLat, LonLat)> {
    let plane = Plane::at(a.somewhere()?);
    // Both have a position, so that the plane and every distance below are numbers.
    b.somewhere()?;
    let degrees = |(from, to): (Coord, Coord)| (plane.to_degrees(from), plane.to_degrees(to));
    match (a, b) {
        (Place::Spot(a), Place::Spot(b)) => (a != b).then_some((a, b)),
        (Place::Spot(spot), Place::Ground(ground)) => {
            from_spot(plane.to_metres(spot), &plane.flatten(ground)).map(degrees)
        }
        (Place::Ground(ground), Place::Spot(spot)) => {
            let way = from_spot(plane.to_metres(spot), &plane.flatten(ground));
            way.map(|(from, to)| (to, from)).map(degrees)
        }
        (Place::Ground(a), Place::Ground(b)) => {
            let (a, b) = (plane.flatten(a), plane.flatten(b));
            if a.intersects(&b) {
                return None;
            }
            // Apart, two outlines are nearest at a corner of one of them.
            let there = a.coords_iter().filter_map(|corner| from_spot(corner, &b));
            let back = b.coords_iter().filter_map(|corner| from_spot(corner, &a));
            let ways = there.chain(back.map(|(from, to)| (to, from)));
            ways.min_by(|one, other| length(one).total_cmp(&length(other)))
                .map(degrees)
        }
    }
}

fn length((from, to): &(Coord, Coord)) -> f64 {
    (to.x - from.x).hypot(to.y - from.y)
}

fn from_spot(spot: Coord, ground: &Boundary) -> Option<(Coord, Coord)> {
    match ground.closest_point(&Point(spot)) {
        Closest::SinglePoint(at) => Some((spot, at.0)),
        // Inside or on it, or the ground is none.
        Closest::Intersection(_) | Closest::Indeterminate => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::measure::distance_m;
    use crate::geometry::fixtures::{at, rectangle};

    #[test]
    fn the_way_is_the_shortest_between_what_is_known() {
        let (block, other) = (
            rectangle(0.0, 0.0, 100.0, 50.0),
            rectangle(130.0, 90.0, 40.0, 40.0),
        );
        let ground = Place::Ground(&block);
        for (name, a, b, metres) in [
            (
                "spots",
                Place::Spot(at(0.0, 0.0)),
                Place::Spot(at(30.0, 40.0)),
                Some(50.0),
            ),
            (
                "one spot",
                Place::Spot(at(5.0, 5.0)),
                Place::Spot(at(5.0, 5.0)),
                None,
            ),
            (
                "beside an edge",
                ground,
                Place::Spot(at(50.0, 70.0)),
                Some(20.0),
            ),
            (
                "beside a corner",
                Place::Spot(at(-30.0, -40.0)),
                ground,
                Some(50.0),
            ),
            ("inside", ground, Place::Spot(at(50.0, 20.0)), None),
            ("outlines apart", ground, Place::Ground(&other), Some(50.0)),
            ("the same outline", ground, ground, None),
        ] {
            let way = nearest(a, b).map(|(from, to)| distance_m(from, to));
            match (way, metres) {
                (Some(way), Some(metres)) => assert!((way - metres).abs() < 0.1, "{name}: {way}"),
                (way, metres) => assert_eq!(way, metres, "{name}"),
            }
        }
        let (from, _) = nearest(Place::Ground(&other), ground).unwrap();
        assert!(
            distance_m(from, at(130.0, 90.0)) < 0.1,
            "from the first to the second"
        );
        assert!(nearest(ground, Place::Ground(&Boundary::new(Vec::new()))).is_none());
    }
}
