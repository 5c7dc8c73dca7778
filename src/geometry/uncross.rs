//! A ring whose corners were set in the wrong order: every corner stays, and none of its sides
//! crosses another any more.

use crate::model::LonLat;
use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{Coord, Line};

/// `ring` (open) in an order without crossings; `None` where it has none, or keeps one.
///
/// Of two sides that cross, the stretch between is walked backwards ("2-opt"): that makes the ring
/// shorter each time, so it comes to an end.
pub fn uncrossed(ring: &[LonLat]) -> Option<Vec<LonLat>> {
    let mut ring = ring.to_vec();
    let mut turned = false;
    // Each turn shortens the ring; the limit is for rounding alone.
    for _ in 0..ring.len() * ring.len() {
        match crossing(&ring) {
            Some((first, second)) => ring[first + 1..=second].reverse(),
            None => return turned.then_some(ring),
        }
        turned = true;
    }
    None
}

/// The first two sides that cross, as the positions of their first corners.
fn crossing(ring: &[LonLat]) -> Option<(usize, usize)> {
    let side = |index: usize| {
        let ends = [ring[index], ring[(index + 1) % ring.len()]].map(Coord::from);
        Line::new(ends[0], ends[1])
    };
    let crosses = |first: usize, second: usize| {
        let found = line_intersection(side(first), side(second));
        matches!(
            found,
            Some(LineIntersection::SinglePoint {
                is_proper: true,
                ..
            })
        )
    };
    let later = |first| (first + 1..ring.len()).map(move |second| (first, second));
    let mut pairs = (0..ring.len()).flat_map(later);
    pairs.find(|(first, second)| crosses(*first, *second))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::parts::ring_boundary;
    use proptest::prelude::*;

    #[test]
    fn a_bow_tie_becomes_the_square_of_its_corners() {
        let at = LonLat::new;
        let bow_tie = [at(0.0, 0.0), at(4.0, 4.0), at(4.0, 0.0), at(0.0, 4.0)];
        let square = [at(0.0, 0.0), at(4.0, 0.0), at(4.0, 4.0), at(0.0, 4.0)];
        assert_eq!(uncrossed(&bow_tie).unwrap(), square);
        assert_eq!(uncrossed(&square), None);
        assert_eq!(uncrossed(&bow_tie[..1]), None);
        assert_eq!(uncrossed(&[]), None);
    }

    proptest! {
        #[test]
        fn no_corner_is_lost_and_the_ring_is_sound(
            places in prop::collection::vec((-500i32..500, -500i32..500), 3..14)
        ) {
            let ring: Vec<_> = places
                .iter()
                .map(|(x, y)| LonLat::new(115.9 + f64::from(*x) / 1e5, 28.6 + f64::from(*y) / 1e5))
                .collect();
            if let Some(mended) = uncrossed(&ring) {
                let sorted = |ring: &[LonLat]| {
                    let mut bits: Vec<_> =
                        ring.iter().map(|at| (at.lon.to_bits(), at.lat.to_bits())).collect();
                    bits.sort_unstable();
                    bits
                };
                prop_assert_eq!(sorted(&mended), sorted(&ring));
                // Corners on a side of another are no proper crossing: those it leaves.
                if ring_boundary(&mended).is_err() {
                    prop_assert!(crossing(&mended).is_none());
                }
            }
        }
    }
}
