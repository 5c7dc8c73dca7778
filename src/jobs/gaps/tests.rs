use super::*;
use crate::catalogue::Catalogue;
use crate::model::{Estate, EstateId, Searched, Standing};

const LAYER: &str = "居住区.geojson";
/// Of a degree of latitude, near enough.
const METRE: f64 = 1.0 / 111_000.0;

fn limits() -> CoverageLimits {
    Catalogue::shipped().rules.coverage
}

/// A square of `side` metres, `east` and `north` metres from a place in Nanchang.
fn square(east: f64, north: f64, side: f64) -> MultiPolygon {
    let lon = |metres: f64| 115.9 + metres * METRE / 28.7_f64.to_radians().cos();
    let lat = |metres: f64| 28.7 + metres * METRE;
    let corner = |east: f64, north: f64| (lon(east), lat(north));
    let rect = Rect::new(corner(east, north), corner(east + side, north + side));
    rect.to_polygon().into()
}

fn estate(number: u128, boundary: MultiPolygon, standing: Standing) -> Estate {
    Estate {
        boundary: Some(Arc::new(boundary)),
        standing,
        ..Estate::new(EstateId(uuid::Uuid::from_u128(number)))
    }
}

fn survey(estates: impl IntoIterator<Item = Estate>) -> Survey {
    Survey::from_parts(estates, [], [], Default::default())
}

fn found(survey: &Survey, features: &[Feature]) -> Gaps {
    find(survey, LAYER, features, &limits(), &Progress::default()).unwrap()
}

fn numbers(gaps: &Gaps) -> Vec<Vec<u32>> {
    gaps.gaps.iter().map(|gap| gap.features.clone()).collect()
}

#[test]
fn what_lies_outside_every_boundary_is_listed_the_largest_first() {
    let survey = survey([estate(1, square(0.0, 0.0, 200.0), Standing::Counted)]);
    let features = [
        (1, square(10.0, 10.0, 100.0)),
        (2, square(1_000.0, 0.0, 100.0)),
        (3, square(2_000.0, 0.0, 200.0)),
        // A third of it lies inside, then two thirds.
        (4, square(133.0, 0.0, 200.0)),
        (5, square(0.0, 66.0, 200.0)),
        // A shed.
        (6, square(3_000.0, 0.0, 5.0)),
    ];
    let gaps = found(&survey, &features);
    assert_eq!(numbers(&gaps), [[3], [4], [2]]);
    assert_eq!((gaps.covered, gaps.too_small, gaps.polygons), (2, 1, 6));
    assert!((gaps.gaps[0].area_m2 / 40_000.0 - 1.0).abs() < 0.02);
    assert_eq!(*gaps.gaps[0].outline, features[2].1);
}

#[test]
fn an_excluded_a_withdrawn_and_a_merged_boundary_cover_as_any_other() {
    let excluded = Estate {
        exclusions: Some([crate::model::Exclusion::UrbanVillage].into()),
        ..estate(1, square(0.0, 0.0, 200.0), Standing::Counted)
    };
    let reason = "已拆除".to_owned();
    let withdrawn = estate(2, square(300.0, 0.0, 200.0), Standing::Withdrawn { reason });
    let (into, replaced) = (excluded.id, Vec::new());
    let merged = estate(
        3,
        square(600.0, 0.0, 200.0),
        Standing::Merged { into, replaced },
    );
    let survey = survey([excluded, withdrawn, merged]);
    let features = [0.0, 300.0, 600.0, 900.0].map(|east| square(east, 0.0, 150.0));
    let features: Vec<_> = (1..).zip(features).collect();
    assert_eq!(numbers(&found(&survey, &features)), [[4]]);
}

#[test]
fn two_boundaries_that_overlap_do_not_count_the_same_ground_twice() {
    // Each covers 40 % of the feature, nearly the same 40 %.
    let survey = survey([
        estate(1, square(-120.0, 0.0, 200.0), Standing::Counted),
        estate(2, square(-121.0, 0.0, 200.0), Standing::Counted),
    ]);
    let gaps = found(&survey, &[(1, square(0.0, 0.0, 200.0))]);
    assert_eq!(numbers(&gaps), [[1]]);
}

#[test]
fn houses_are_joined_to_blocks_that_can_be_looked_over() {
    // A row of forty houses, 30 m from one to the next, and one far off.
    let mut features: Vec<Feature> = (0..40)
        .map(|number| (number + 1, square(f64::from(number) * 30.0, 0.0, 12.0)))
        .collect();
    features.push((99, square(5_000.0, 0.0, 12.0)));
    let gaps = found(&Survey::default(), &features);
    assert!((5..=12).contains(&gaps.gaps.len()), "{}", gaps.gaps.len());
    let all: std::collections::BTreeSet<u32> = numbers(&gaps).concat().into_iter().collect();
    assert_eq!(all.len(), 41, "every house is in one block");
    assert!(numbers(&gaps).contains(&vec![99]));
    for gap in &gaps.gaps {
        let bounds = gap.outline.bounding_rect().unwrap();
        assert!(bounds.width() / METRE < 400.0);
    }
    // The same from run to run.
    assert_eq!(found(&Survey::default(), &features), gaps);
}

#[test]
fn what_was_searched_is_listed_no_more_and_what_was_drawn_is_covered() {
    let features = [(1, square(0.0, 0.0, 100.0)), (2, square(500.0, 0.0, 100.0))];
    let gaps = found(&Survey::default(), &features);
    let searched = |gap: &Gap| {
        let places = gap.places(LAYER).into_iter();
        let searched = places.map(|(place, at)| Searched {
            place,
            at,
            reason: "厂房".to_owned(),
            searched_by: String::new(),
            searched_at: jiff::Timestamp::UNIX_EPOCH,
        });
        searched.collect::<Vec<_>>()
    };
    let after = Survey::default().with_searched(searched(&gaps.gaps[0]));
    assert!(gaps.gaps[0].is_searched(&after) && !gaps.gaps[1].is_searched(&after));
    let other = "另一图层.geojson";
    let of_other = find(&after, other, &features, &limits(), &Progress::default());
    assert_eq!(of_other.unwrap().searched, 0);
    let again = found(&after, &features);
    assert_eq!((again.gaps.len(), again.searched), (1, 1));

    let drawn = survey([estate(
        1,
        (*gaps.gaps[1].outline).clone(),
        Standing::Counted,
    )]);
    assert_eq!(gaps.uncovered(&drawn, &limits()), [true, false]);
}

#[test]
fn a_stopped_search_gives_nothing_and_odd_shapes_do_no_harm() {
    let progress = Progress::default();
    progress.cancel();
    let features = [(1, square(0.0, 0.0, 100.0))];
    let stopped = find(&Survey::default(), LAYER, &features, &limits(), &progress);
    assert_eq!(stopped, Err(Cancelled));

    let nothing = MultiPolygon(Vec::new());
    let far = Rect::new((500.0, 28.0), (501.0, 29.0)).to_polygon().into();
    let nan = Rect::new((f64::NAN, 28.0), (116.0, 29.0))
        .to_polygon()
        .into();
    let corners = [
        (115.9, 28.7),
        (115.901, 28.701),
        (115.901, 28.7),
        (115.9, 28.701),
    ];
    let bow_tie = geo::Polygon::new(corners.to_vec().into(), Vec::new());
    let features = [(1, nothing), (2, far), (3, nan), (4, bow_tie.into())];
    let gaps = found(&Survey::default(), &features);
    assert_eq!(gaps.polygons, 4);
}
