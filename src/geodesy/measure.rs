//! Areas and lengths on the CGCS2000 ellipsoid, by Karney's algorithms.

use crate::model::{Boundary, LonLat};
use geo::LineString;
use geographiclib_rs::{Geodesic, InverseGeodesic, PolygonArea, Winding};
use std::sync::LazyLock;

const EQUATORIAL_RADIUS_M: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_222_101;

static CGCS2000: LazyLock<Geodesic> =
    LazyLock::new(|| Geodesic::new(EQUATORIAL_RADIUS_M, FLATTENING));

/// The geodesic area inside `boundary` without its holes, in m². Rings may turn either way.
pub fn area_m2(boundary: &Boundary) -> f64 {
    boundary
        .iter()
        .map(|polygon| {
            let holes: f64 = polygon.interiors().iter().map(|r| ring(r).area_m2).sum();
            ring(polygon.exterior()).area_m2 - holes
        })
        .sum()
}

/// The length of every ring of `boundary`, holes included, in metres.
pub fn perimeter_m(boundary: &Boundary) -> f64 {
    boundary
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .map(|line| ring(line).length_m)
        .sum()
}

/// The geodesic distance, in metres.
pub fn distance_m(from: LonLat, to: LonLat) -> f64 {
    CGCS2000.inverse(from.lat, from.lon, to.lat, to.lon)
}

/// The geodesic length of a line, in metres; 0 below two positions.
pub fn length_m(line: &[LonLat]) -> f64 {
    line.windows(2)
        .map(|pair| distance_m(pair[0], pair[1]))
        .sum()
}

/// The geodesic area that a ring of corners encloses, closed or not, in m²; `None` below three
/// corners.
pub fn ring_area_m2(corners: &[LonLat]) -> Option<f64> {
    let line: LineString = corners.iter().map(|at| geo::Coord::from(*at)).collect();
    (corners.len() >= 3).then(|| ring(&line).area_m2)
}

/// Square metres in mu (亩): one is 2000/3 m².
pub fn mu(area_m2: f64) -> f64 {
    area_m2 * 3.0 / 2000.0
}

/// Square metres in hectares (公顷).
pub fn hectares(area_m2: f64) -> f64 {
    area_m2 / 10_000.0
}

struct Ring {
    area_m2: f64,
    length_m: f64,
}

fn ring(line: &LineString) -> Ring {
    let mut polygon = PolygonArea::new(&CGCS2000, Winding::CounterClockwise);
    // A closed ring repeats its first position; the algorithm closes it by itself.
    for position in line.0.iter().skip(usize::from(line.is_closed())) {
        polygon.add_point(position.y, position.x);
    }
    if line.0.len() < 2 {
        return Ring {
            area_m2: 0.0,
            length_m: 0.0,
        };
    }
    let (length_m, area_m2, _) = polygon.compute(true);
    Ring {
        area_m2: area_m2.abs(),
        length_m,
    }
}

/// How long a degree is near one place: a flat picture for comparing many near neighbours fast.
/// Within 2 km it is right to a decimetre; what is reported to people is [`distance_m`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalMetres {
    pub per_degree_lon: f64,
    pub per_degree_lat: f64,
}

/// The flat picture near `at`.
pub fn local_metres(at: LonLat) -> LocalMetres {
    let eccentricity_squared = FLATTENING * (2.0 - FLATTENING);
    let (sin, cos) = at.lat.to_radians().sin_cos();
    let w2 = 1.0 - eccentricity_squared * sin * sin;
    let prime_vertical = EQUATORIAL_RADIUS_M / w2.sqrt();
    let meridian = prime_vertical * (1.0 - eccentricity_squared) / w2;
    LocalMetres {
        per_degree_lon: (prime_vertical * cos).to_radians(),
        per_degree_lat: meridian.to_radians(),
    }
}

impl LocalMetres {
    /// The approximate distance of two positions near the place this was made for, in metres.
    pub fn distance_m(self, from: LonLat, to: LonLat) -> f64 {
        let east = (to.lon - from.lon) * self.per_degree_lon;
        let north = (to.lat - from.lat) * self.per_degree_lat;
        east.hypot(north)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{MultiPolygon, Polygon};

    type Positions = &'static [(f64, f64)];

    struct Case {
        name: &'static str,
        polygons: &'static [&'static [Positions]],
        area_m2: f64,
        perimeter_m: f64,
    }

    // The reference values come from GeographicLib 2.1 (`pip install geographiclib`): for each ring
    //   p = Geodesic(6378137, 1/298.257222101).Polygon(); p.AddPoint(lat, lon)…; p.Compute(False, True)
    // outer areas added, hole areas taken off, every length added.
    const CASES: &[Case] = &[
        Case {
            name: "a 200 m block in Nanchang",
            polygons: &[&[&[
                (115.9, 28.68),
                (115.902, 28.68),
                (115.902, 28.682),
                (115.9, 28.682),
            ]]],
            area_m2: 43_328.779,
            perimeter_m: 834.268,
        },
        Case {
            name: "a block around a courtyard",
            polygons: &[&[
                &[
                    (115.858, 28.692),
                    (115.861, 28.6921),
                    (115.8612, 28.6948),
                    (115.8579, 28.6946),
                ],
                &[
                    (115.859, 28.693),
                    (115.86, 28.693),
                    (115.86, 28.6938),
                    (115.859, 28.6938),
                ],
            ]],
            area_m2: 81_665.303,
            perimeter_m: 1_577.623,
        },
        Case {
            name: "two phases",
            polygons: &[
                &[&[
                    (114.93, 25.83),
                    (114.9321, 25.8302),
                    (114.9318, 25.8325),
                    (114.9299, 25.8321),
                ]],
                &[&[(114.934, 25.83), (114.9355, 25.8301), (114.9352, 25.8318)]],
            ],
            area_m2: 63_867.610,
            perimeter_m: 1_471.150,
        },
        Case {
            name: "an L in Ganzhou",
            polygons: &[&[&[
                (114.935, 25.85),
                (114.938, 25.85),
                (114.938, 25.851),
                (114.9362, 25.851),
                (114.9362, 25.8531),
                (114.935, 25.8531),
            ]]],
            area_m2: 61_302.502,
            perimeter_m: 1_288.334,
        },
        Case {
            name: "a sliver in Jiujiang",
            polygons: &[&[&[(115.99, 29.705), (115.996, 29.7051), (115.996, 29.70515)]]],
            area_m2: 1_609.013,
            perimeter_m: 1_167.130,
        },
        Case {
            name: "a triangle in Pingxiang",
            polygons: &[&[&[(113.85, 27.62), (113.8533, 27.6207), (113.8511, 27.6231)]]],
            area_m2: 51_735.435,
            perimeter_m: 1_038.446,
        },
        Case {
            name: "a star in Shangrao",
            polygons: &[&[&[
                (117.971, 28.455),
                (117.9716, 28.4562),
                (117.973, 28.4563),
                (117.9719, 28.4571),
                (117.9723, 28.4585),
                (117.971, 28.4577),
                (117.9697, 28.4585),
                (117.9701, 28.4571),
                (117.969, 28.4563),
                (117.9704, 28.4562),
            ]]],
            area_m2: 57_964.695,
            perimeter_m: 1_475.355,
        },
        Case {
            name: "a town",
            polygons: &[&[&[
                (116.3, 27.9),
                (116.36, 27.91),
                (116.38, 27.95),
                (116.33, 27.97),
                (116.29, 27.94),
            ]]],
            area_m2: 44_718_297.105,
            perimeter_m: 25_949.147,
        },
        Case {
            name: "a county",
            polygons: &[&[&[
                (115.1, 27.0),
                (115.6, 26.95),
                (115.75, 27.3),
                (115.4, 27.55),
                (115.05, 27.4),
            ]]],
            area_m2: 3_278_728_883.118,
            perimeter_m: 218_788.709,
        },
        Case {
            name: "most of the province",
            polygons: &[&[&[(113.6, 24.5), (118.4, 24.5), (118.4, 30.0), (113.6, 30.0)]]],
            area_m2: 289_659_934_116.384,
            perimeter_m: 2_168_466.391,
        },
    ];

    fn boundary(case: &Case) -> Boundary {
        let line = |ring: &&[(f64, f64)]| LineString::from(ring.to_vec());
        let polygon = |rings: &&[Positions]| {
            let mut rings = rings.iter().map(line);
            Polygon::new(rings.next().unwrap(), rings.collect())
        };
        MultiPolygon(case.polygons.iter().map(polygon).collect())
    }

    fn assert_near(got: f64, expected: f64, name: &str) {
        let off = ((got - expected) / expected).abs();
        assert!(off < 1e-6, "{name}: {got} is {off:e} off {expected}");
    }

    #[test]
    fn ten_polygons_agree_with_geographiclib() {
        for case in CASES {
            assert_near(area_m2(&boundary(case)), case.area_m2, case.name);
            assert_near(perimeter_m(&boundary(case)), case.perimeter_m, case.name);
        }
    }

    #[test]
    fn the_way_a_ring_turns_does_not_change_its_area() {
        use geo::orient::{Direction, Orient};
        for case in CASES {
            let turned = boundary(case).orient(Direction::Reversed);
            assert_near(area_m2(&turned), case.area_m2, case.name);
        }
    }

    #[test]
    fn distances_agree_with_geographiclib() {
        // Geodesic(6378137, 1/298.257222101).Inverse(lat, lon, lat, lon)["s12"]
        let nanchang = LonLat::new(115.9, 28.68);
        let ganzhou = LonLat::new(114.93, 25.83);
        assert_near(distance_m(nanchang, ganzhou), 330_082.908, "to Ganzhou");
        let near = LonLat::new(115.901, 28.681);
        assert_near(distance_m(nanchang, near), 147.769_854, "next door");
    }

    #[test]
    fn a_line_is_as_long_as_its_sides_and_an_open_ring_as_large_as_a_closed_one() {
        let line = [
            LonLat::new(115.9, 28.68),
            LonLat::new(115.902, 28.68),
            LonLat::new(115.902, 28.682),
            LonLat::new(115.9, 28.682),
        ];
        // The block of the first case, three of its four sides.
        assert_near(length_m(&line), 612.607_312, "three sides");
        assert_near(ring_area_m2(&line).unwrap(), 43_328.779, "open");
        let closed = [line.as_slice(), &line[..1]].concat();
        assert_near(ring_area_m2(&closed).unwrap(), 43_328.779, "closed");
        assert_eq!(length_m(&line[..1]), 0.0);
        assert_eq!(ring_area_m2(&line[..2]), None);
    }

    #[test]
    fn a_mu_is_two_thirds_of_a_thousand_square_metres() {
        assert!((mu(2000.0) - 3.0).abs() < 1e-12);
        assert_eq!(hectares(25_000.0), 2.5);
    }

    #[test]
    fn nothing_has_no_area() {
        assert_eq!(area_m2(&MultiPolygon(Vec::new())), 0.0);
        let empty = Polygon::new(LineString(Vec::new()), Vec::new());
        assert_eq!(area_m2(&MultiPolygon(vec![empty.clone()])), 0.0);
        assert_eq!(perimeter_m(&MultiPolygon(vec![empty])), 0.0);
    }

    #[test]
    fn the_flat_picture_is_right_within_two_kilometres() {
        let at = LonLat::new(115.9, 28.68);
        let flat = local_metres(at);
        for (lon, lat) in [(0.01, 0.0), (0.0, 0.01), (-0.007, 0.011), (0.015, -0.01)] {
            let to = LonLat::new(at.lon + lon, at.lat + lat);
            let error = (flat.distance_m(at, to) - distance_m(at, to)).abs();
            assert!(error < 0.1, "{error} m");
        }
    }
}
