//! Following an existing border instead of clicking each of its corners again.

use super::shared::{SAME_PLACE_DEGREES, is_same_place};
use crate::model::{Boundary, LonLat};
use geo::{Coord, Distance, Euclidean, Line, LineString, Point};

/// The stretch of a border from `from` to `to`, both ends included exactly, the shorter way round;
/// `None` where they do not lie on one ring (within a tenth of a millimetre), or are one place.
pub fn along<'a>(
    from: LonLat,
    to: LonLat,
    shapes: impl IntoIterator<Item = &'a Boundary>,
) -> Option<Vec<LonLat>> {
    ways(from, to, shapes).map(|(shorter, _)| shorter)
}

/// The same stretch, the longer way round the same ring.
pub fn along_other_way<'a>(
    from: LonLat,
    to: LonLat,
    shapes: impl IntoIterator<Item = &'a Boundary>,
) -> Option<Vec<LonLat>> {
    ways(from, to, shapes).map(|(_, longer)| longer)
}

type Way = Vec<LonLat>;

/// Both ways round the ring on which the shorter one is shortest.
fn ways<'a>(
    from: LonLat,
    to: LonLat,
    shapes: impl IntoIterator<Item = &'a Boundary>,
) -> Option<(Way, Way)> {
    if is_same_place(from, to) {
        return None;
    }
    let rings = shapes
        .into_iter()
        .flat_map(|shape| shape.iter())
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    rings
        .filter_map(|ring| both_ways(from, to, ring))
        .min_by(|(a, _), (b, _)| length_m(a).total_cmp(&length_m(b)))
}

fn both_ways(from: LonLat, to: LonLat, ring: &LineString) -> Option<(Way, Way)> {
    let (start, end) = (place(ring, from)?, place(ring, to)?);
    let forward = way(ring, (from, start), (to, end));
    let mut back = way(ring, (to, end), (from, start));
    back.reverse();
    match length_m(&back) < length_m(&forward) {
        true => Some((back, forward)),
        false => Some((forward, back)),
    }
}

/// Which side of a ring a position lies on, and how far along it, from 0 to 1.
type Place = (usize, f64);

fn place(ring: &LineString, at: LonLat) -> Option<Place> {
    let point = Point(Coord::from(at));
    let on = |side: &Line| Euclidean.distance(side, &point) <= SAME_PLACE_DEGREES;
    ring.lines()
        .enumerate()
        .find(|(_, side)| on(side))
        .map(|(index, side)| {
            let (along, delta) = (point.0 - side.start, side.delta());
            let squared = delta.x * delta.x + delta.y * delta.y;
            let share = (along.x * delta.x + along.y * delta.y) / squared;
            (index, if squared == 0.0 { 0.0 } else { share })
        })
}

/// The way along the ring as it turns, from one place to another, without corners that stand at
/// either end.
fn way(ring: &LineString, (from, start): (LonLat, Place), (to, end): (LonLat, Place)) -> Way {
    let count = ring.0.len() - 1;
    let sides_on = match start <= end {
        true => end.0 - start.0,
        false => count + end.0 - start.0,
    };
    let corners = (1..=sides_on).map(|ahead| LonLat::from(ring.0[(start.0 + ahead) % count]));
    let between = corners.filter(|at| !is_same_place(*at, from) && !is_same_place(*at, to));
    let mut way: Way = std::iter::once(from).chain(between).collect();
    way.push(to);
    way
}

fn length_m(way: &Way) -> f64 {
    crate::geodesy::measure::length_m(way)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::fixtures::{at, line, rectangle, shape};

    type Ring = &'static [(f64, f64)];

    #[test]
    fn the_border_is_followed_the_shorter_way_or_the_other() {
        let block = shape(&[&[(0.0, 0.0), (100.0, 0.0), (100.0, 60.0), (0.0, 60.0)]]);
        let cases: &[(&str, Ring, Ring)] = &[
            (
                "corner to corner",
                &[(0.0, 0.0), (100.0, 0.0)],
                &[(0.0, 0.0), (0.0, 60.0), (100.0, 60.0), (100.0, 0.0)],
            ),
            (
                "over the corner where the ring begins",
                &[(20.0, 0.0), (0.0, 0.0), (0.0, 30.0)],
                &[
                    (20.0, 0.0),
                    (100.0, 0.0),
                    (100.0, 60.0),
                    (0.0, 60.0),
                    (0.0, 30.0),
                ],
            ),
            (
                "along one side",
                &[(20.0, 0.0), (60.0, 0.0)],
                &[
                    (20.0, 0.0),
                    (0.0, 0.0),
                    (0.0, 60.0),
                    (100.0, 60.0),
                    (100.0, 0.0),
                    (60.0, 0.0),
                ],
            ),
            (
                "from a side to a corner",
                &[(100.0, 10.0), (100.0, 60.0)],
                &[
                    (100.0, 10.0),
                    (100.0, 0.0),
                    (0.0, 0.0),
                    (0.0, 60.0),
                    (100.0, 60.0),
                ],
            ),
        ];
        for (name, shorter, longer) in cases {
            let (from, to) = (shorter[0], shorter[shorter.len() - 1]);
            let (from, to) = (at(from.0, from.1), at(to.0, to.1));
            assert_eq!(along(from, to, [&block]), Some(line(shorter)), "{name}");
            assert_eq!(
                along_other_way(from, to, [&block]),
                Some(line(longer)),
                "{name}"
            );
            let mut back = line(shorter);
            back.reverse();
            assert_eq!(along(to, from, [&block]), Some(back), "{name}, back");
        }
    }

    #[test]
    fn nothing_is_followed_between_different_rings_or_off_the_border() {
        let block = shape(&[
            &[(0.0, 0.0), (100.0, 0.0), (100.0, 60.0), (0.0, 60.0)],
            &[(40.0, 20.0), (60.0, 20.0), (60.0, 40.0), (40.0, 40.0)],
        ]);
        for (name, from, to) in [
            ("outer to hole", (0.0, 0.0), (40.0, 20.0)),
            ("off the border", (0.0, 0.0), (50.0, 0.01)),
            ("one place", (0.0, 0.0), (0.0, 0.0)),
        ] {
            assert_eq!(
                along(at(from.0, from.1), at(to.0, to.1), [&block]),
                None,
                "{name}"
            );
        }
        assert_eq!(
            along(at(0.0, 0.0), at(9.0, 0.0), [&Boundary::new(vec![])]),
            None
        );
    }

    #[test]
    fn of_two_neighbours_the_one_with_the_shorter_way_is_followed() {
        let notched = shape(&[&[
            (0.0, 0.0),
            (100.0, 0.0),
            (100.0, 60.0),
            (60.0, 60.0),
            (60.0, 20.0),
            (50.0, 20.0),
            (50.0, 60.0),
            (0.0, 60.0),
        ]]);
        let neighbour = rectangle(0.0, 60.0, 100.0, 50.0);
        let (from, to) = (at(0.0, 60.0), at(100.0, 60.0));
        assert_eq!(
            along(from, to, [&notched, &neighbour]),
            Some(vec![from, to])
        );
    }
}
