//! 三(二): «至少2项进行更新；或者…包括加装电梯», case by case.

use super::*;
use crate::catalogue::Catalogue;
use crate::model::WorkType;
use crate::rules::sample::item;
use SubsidyOutcome::{Fail, Pass, PassIfConfigured};

fn renew(code: &str) -> PlanItem {
    PlanItem::new(item(code), WorkType::Renew)
}

fn meters(utilities: &[Utility]) -> PlanItem {
    PlanItem {
        utilities: utilities.iter().copied().collect(),
        ..renew("C07")
    }
}

fn work(code: &str, work: WorkType) -> PlanItem {
    PlanItem::new(item(code), work)
}

fn judged(content: &[PlanItem]) -> Subsidy {
    let catalogue = Catalogue::shipped();
    judge(content, &catalogue.items, &catalogue.rules.subsidy)
}

#[test]
fn two_different_utilities_or_a_lift() {
    use Utility::{Gas, Lift, Power, Water};
    let lift = |condition| PlanItem {
        condition,
        ..work("B10", WorkType::Build)
    };
    let cases = [
        ("nothing planned", vec![], Fail),
        (
            "exactly two utilities",
            vec![renew("C04"), renew("C05")],
            Pass,
        ),
        ("road and gas", vec![renew("C12"), renew("C06")], Pass),
        ("one utility", vec![renew("C05")], Fail),
        (
            "two items of gas are one utility",
            vec![renew("C06"), renew("C09")],
            Fail,
        ),
        (
            "four items of water are one utility",
            vec![renew("C05"), renew("C01"), renew("C02"), renew("C08")],
            Fail,
        ),
        ("a lift alone", vec![lift(Some(Condition::Holds))], Pass),
        ("a lift of which nobody knows yet", vec![lift(None)], Pass),
        (
            "a lift that cannot be",
            vec![lift(Some(Condition::Fails))],
            Fail,
        ),
        (
            "a lift repaired is none added",
            vec![work("B10", WorkType::Repair)],
            Fail,
        ),
        (
            "power, and water only if C02 counts",
            vec![renew("C04"), renew("C02")],
            PassIfConfigured,
        ),
        (
            "meters of two utilities",
            vec![meters(&[Water, Power])],
            PassIfConfigured,
        ),
        (
            "meters of one, and another for sure",
            vec![renew("C12"), meters(&[Gas])],
            PassIfConfigured,
        ),
        (
            "meters of the utility that is renewed anyway",
            vec![renew("C05"), meters(&[Water])],
            Fail,
        ),
        (
            "meters of which nobody chose the utility",
            vec![renew("C05"), meters(&[])],
            Fail,
        ),
        ("meters cannot be of a lift", vec![meters(&[Lift])], Fail),
        (
            "repair is no renewal",
            vec![renew("C04"), work("C05", WorkType::Repair)],
            Fail,
        ),
        (
            "built new counts",
            vec![renew("C04"), work("C05", WorkType::Build)],
            Pass,
        ),
        (
            "what lies outside does not count",
            vec![renew("C23"), renew("C24")],
            Fail,
        ),
        (
            "an item that is not on the list",
            vec![renew("C04"), renew("C99")],
            Fail,
        ),
        ("appearance alone", vec![renew("A01"), renew("B03")], Fail),
    ];
    for (case, content, outcome) in cases {
        assert_eq!(judged(&content).outcome, outcome, "{case}");
    }
}

#[test]
fn a_county_may_hold_an_item_for_a_renewal() {
    let catalogue = Catalogue::shipped();
    let mut pack = catalogue.rules.subsidy.clone();
    let content = [renew("C04"), renew("C02")];
    pack.configured_items.insert(item("C02"));
    let subsidy = judge(&content, &catalogue.items, &pack);
    assert_eq!(subsidy.outcome, Pass);
    assert_eq!(subsidy.counting, [item("C02"), item("C04")]);
    pack.configured_items = [item("C03")].into();
    let subsidy = judge(&content, &catalogue.items, &pack);
    assert_eq!(subsidy.outcome, PassIfConfigured);
    // A county may also ask for more.
    pack.least_utilities = 3;
    assert_eq!(judge(&content, &catalogue.items, &pack).outcome, Fail);
    assert_eq!(
        judge(&[renew("B10")], &catalogue.items, &pack).outcome,
        Pass
    );
}

#[test]
fn the_verdict_names_what_it_hangs_on() {
    let subsidy = judged(&[
        renew("C05"),
        renew("C02"),
        work("C12", WorkType::Repair),
        meters(&[Utility::Gas]),
        renew("A01"),
    ]);
    assert_eq!(subsidy.counting, [item("C05")]);
    assert_eq!(subsidy.configured, [item("C02"), item("C07")]);
    assert_eq!(subsidy.utilities, [Utility::Water].into());
    assert_eq!(subsidy.if_configured, [Utility::Gas].into());
    assert_eq!(subsidy.not_counting, [(item("C12"), NotCounting::Work)]);
}
