use super::*;
use crate::catalogue::Catalogue;
use crate::model::Yuan;
use crate::rules::sample::{id, item};
use crate::ui::planner::fixture::{COUNTY, ranking, survey};

fn figures(county: Option<&str>) -> Figures {
    let survey = survey();
    let items = Catalogue::shipped().items;
    let ranking = ranking(&survey, None);
    let mut figures = Figures::default();
    for chart in Chart::ALL {
        figures.fill(chart, &ranking, &survey, &items, county);
    }
    figures
}

fn heights(bar: &Bar) -> Vec<f64> {
    bar.layers.iter().map(|layer| layer.height).collect()
}

#[test]
fn every_estate_of_the_county_is_in_one_bar_of_each_chart() {
    for (county, estates) in [(Some(COUNTY), 5), (None, 6)] {
        let figures = figures(county);
        for bars in [&figures.years, &figures.scores] {
            let sum: f64 = bars.iter().flat_map(heights).sum();
            assert_eq!(sum, f64::from(estates));
        }
        let marks: usize = figures.scatter.iter().map(|mark| mark.estates.len()).sum();
        assert_eq!(marks, estates as usize);
    }
}

#[test]
fn an_unknown_year_and_unasked_willingness_stand_apart() {
    let figures = figures(Some(COUNTY));
    let unknown = figures
        .years
        .iter()
        .find(|bar| bar.what == What::YearUnknown);
    assert_eq!(unknown.unwrap().layers[0].estates, [id(5)]);
    let unasked = figures.scatter.iter().find(|mark| mark.at[1] < 0.0);
    assert_eq!(unasked.unwrap().estates, [id(5)]);
}

#[test]
fn a_bar_of_gaps_is_stacked_by_severity_and_nothing_intact_is_in_it() {
    let figures = figures(Some(COUNTY));
    let bar = figures
        .gaps
        .iter()
        .find(|bar| bar.what == What::Item(item("C05")));
    // Ageing 3, failing 2, missing 1 and 4.
    assert_eq!(heights(bar.unwrap()), [1.0, 1.0, 2.0]);
}

#[test]
fn funding_is_of_the_year_by_source_and_surest_first() {
    let figures = figures(Some(COUNTY));
    let of = |source| {
        let bar = figures
            .funding
            .iter()
            .find(|bar| bar.what == What::Source(source));
        heights(bar.unwrap())
    };
    assert_eq!(of(FundingSource::Residents), [120.0, 0.0, 0.0]);
    assert_eq!(of(FundingSource::LocalFiscal), [0.0, 180.0, 0.0]);
}

#[test]
fn the_cut_is_the_score_of_the_first_without_money() {
    let survey = survey();
    let items = Catalogue::shipped().items;
    let cut = |tried| {
        let ranking = ranking(&survey, tried);
        let figures = Figures::of(Chart::Scores, &ranking, &survey, &items, Some(COUNTY));
        (figures.cut, ranking)
    };
    let (at, ranking) = cut(None);
    let third = ranking.place_of(id(3)).unwrap();
    assert_eq!(at, Some(ranking.placed(third).score.low));
    assert_eq!(cut(Some(Yuan(9_000_000))).0, None, "there is money for all");
}

#[test]
fn what_is_tried_out_moves_the_plan_and_never_above_the_capacity() {
    let survey = survey();
    let implemented = |tried: Option<u64>| {
        let ranking = ranking(&survey, tried.map(|wan| Yuan(wan * 10_000)));
        let plan = ranking.plan(COUNTY).unwrap();
        let in_facts = ranking.facts.by_estate.iter();
        let chosen = in_facts.filter(|(_, it)| it.chosen == crate::ui::map::Chosen::Yes);
        assert_eq!(chosen.count(), plan.of_batch(Batch::Implement).count());
        (plan.of_batch(Batch::Implement).count(), plan.limit)
    };
    assert_eq!(implemented(None), (2, Some(Yuan(1_500_000))));
    assert_eq!(implemented(Some(60)), (1, Some(Yuan(600_000))));
    assert_eq!(implemented(Some(59)).0, 0);
    assert_eq!(implemented(Some(180)).0, 3);
    assert_eq!(implemented(Some(5_000)), (3, Some(Yuan(9_000_000))));
}
