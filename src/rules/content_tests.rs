//! 三(二): what gaps ask for, and what a plan must say.

use super::*;
use crate::model::{EstateId, Yuan};
use crate::rules::sample::{id, item};
use Severity::{Ageing, Failing, Intact, Missing};

fn estate(gaps: &[(&str, Severity)]) -> Estate {
    let mut estate = Estate::new(EstateId(id(1).0));
    estate.gaps = gaps.iter().map(|(code, it)| (item(code), *it)).collect();
    estate
}

#[test]
fn gaps_become_work_and_what_is_intact_or_outside_does_not() {
    let catalogue = Catalogue::shipped();
    let gaps = [
        ("C04", Ageing),
        ("C05", Failing),
        ("C06", Missing),
        ("C12", Intact),
        ("C01", Missing),
        ("C20", Missing),
        ("Z99", Missing),
    ];
    let proposed: Vec<_> = propose(&estate(&gaps), &catalogue)
        .into_iter()
        .map(|planned| (planned.item.to_string(), planned.work, planned.unit))
        .collect();
    let expected = [
        // «清淘化粪池» names its work.
        ("C01", WorkType::Clear, "座"),
        ("C04", WorkType::Repair, "m"),
        ("C05", WorkType::Renew, "m"),
        ("C06", WorkType::Build, "m"),
    ];
    let expected = expected.map(|(code, work, unit)| (code.to_owned(), work, unit.to_owned()));
    assert_eq!(proposed, expected);
    assert_eq!(propose(&estate(&[]), &catalogue), []);
}

#[test]
fn meters_are_proposed_for_the_utilities_that_lag() {
    let catalogue = Catalogue::shipped();
    let gaps = [
        ("C04", Intact),
        ("C05", Failing),
        ("C07", Ageing),
        ("C12", Missing),
    ];
    let proposed = propose(&estate(&gaps), &catalogue);
    let meters = proposed.iter().find(|it| it.item == item("C07")).unwrap();
    // Gas was not surveyed, and C12 is no matter of meters.
    assert_eq!(meters.utilities, [Utility::Water].into());
}

#[test]
fn what_is_proposed_lacks_only_what_a_person_must_say() {
    let catalogue = Catalogue::shipped();
    let all: Vec<_> = catalogue.items.iter().map(|item| item.code).collect();
    let mut estate = estate(&[]);
    estate.gaps = all.into_iter().map(|code| (code, Missing)).collect();
    let proposed = propose(&estate, &catalogue);
    assert_eq!(proposed.len(), 49, "all but C20–C27");
    for problem in problems(&proposed, &catalogue.items) {
        let is_open = matches!(
            problem,
            ContentProblem::ConditionUnknown { .. }
                | ContentProblem::NoQuantity { .. }
                | ContentProblem::NoCost { .. }
        );
        assert!(is_open, "{problem:?}");
    }
}

/// An item with nothing to object to.
fn sound(code: &str) -> PlanItem {
    PlanItem {
        quantity: Some(120.0),
        unit: "m".into(),
        cost: Some(Yuan(300_000)),
        ..PlanItem::new(item(code), WorkType::Renew)
    }
}

#[test]
fn each_problem_of_a_plan_is_found_and_named() {
    let items = Catalogue::shipped().items;
    let of = |change: fn(&mut PlanItem), code: &str| {
        let mut planned = sound(code);
        change(&mut planned);
        problems(&[planned], &items)
    };
    let (lift, road, meters) = (item("B10"), item("C20"), item("C07"));
    assert_eq!(of(|_| {}, "C05"), []);
    assert_eq!(
        of(|_| {}, "C99"),
        [ContentProblem::NotOnList { item: item("C99") }]
    );
    // «具备条件的加装电梯»
    assert_eq!(
        of(|_| {}, "B10"),
        [ContentProblem::ConditionUnknown { item: lift }]
    );
    assert_eq!(
        of(|it| it.condition = Some(Condition::Fails), "B10"),
        [ContentProblem::ConditionFails { item: lift }]
    );
    assert_eq!(
        of(|it| it.condition = Some(Condition::Holds), "B10"),
        [ContentProblem::ConditionReasonMissing { item: lift }]
    );
    let holds = |it: &mut PlanItem| {
        it.condition = Some(Condition::Holds);
        it.condition_reason = "楼间距足够".into();
    };
    assert_eq!(of(holds, "B10"), []);
    // «与小区直接相关»
    assert_eq!(
        of(|it| it.link_reason = " ".into(), "C20"),
        [ContentProblem::LinkReasonMissing { item: road }]
    );
    assert_eq!(of(|it| it.link_reason = "唯一出入口".into(), "C20"), []);
    // «一户一表改造»
    assert_eq!(
        of(|_| {}, "C07"),
        [ContentProblem::UtilitiesNotChosen { item: meters }]
    );
    assert_eq!(of(|it| it.utilities = [Utility::Gas].into(), "C07"), []);
    assert_eq!(
        of(|it| it.utilities = [Utility::Road].into(), "C07"),
        [ContentProblem::UtilitiesNotChosen { item: meters }]
    );
    let water = item("C05");
    assert_eq!(
        of(|it| it.quantity = None, "C05"),
        [ContentProblem::NoQuantity { item: water }]
    );
    assert_eq!(
        of(|it| it.unit = " ".into(), "C05"),
        [ContentProblem::NoUnit { item: water }]
    );
    assert_eq!(
        of(|it| it.cost = None, "C05"),
        [ContentProblem::NoCost { item: water }]
    );
    assert_eq!(
        problems(&[sound("C05"), sound("C12"), sound("C05")], &items),
        [ContentProblem::Twice { item: water }]
    );
}

#[test]
fn appearance_alone_beside_a_severe_gap_is_for_show() {
    let catalogue = Catalogue::shipped();
    let show = |content: &[&str], gaps: &[(&str, Severity)]| {
        let content: Vec<_> = content.iter().map(|code| sound(code)).collect();
        for_show(
            &content,
            &estate(gaps),
            &catalogue.items,
            &catalogue.rules.content,
        )
        .map(|show| show.utility)
    };
    let severe = [("C12", Failing), ("C05", Missing)];
    assert_eq!(
        show(&["A01", "A08"], &severe),
        Some(Utility::Water),
        "the worst"
    );
    assert_eq!(
        show(&["A01"], &[("C12", Failing), ("C06", Failing)]),
        Some(Utility::Road),
        "of equals the first in the text"
    );
    assert_eq!(show(&["A01", "C13"], &severe), None, "more than appearance");
    assert_eq!(show(&[], &severe), None, "nothing planned");
    assert_eq!(show(&["A01"], &[("C05", Ageing)]), None, "not severe");
    assert_eq!(show(&["A01"], &[]), None, "nothing known of the utilities");
    assert_eq!(show(&["A01"], &[("B02", Missing)]), None, "no utility");
    // A side item tells of its utility too.
    assert_eq!(show(&["A01"], &[("C02", Missing)]), Some(Utility::Water));
}
