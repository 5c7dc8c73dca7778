use super::*;
use crate::model::Direction;
use crate::rules::sample::id;
use crate::ui::planner::fixture::{COUNTY, ranking, survey};

fn wanted() -> Wanted {
    Wanted {
        county: Some(COUNTY.to_owned()),
        ..Wanted::default()
    }
}

/// The lines in words: the number of an estate, `|` for the cut, `>` for a group.
fn shown(wanted: &Wanted) -> (String, Lines) {
    let survey = survey();
    let ranking = ranking(&survey, None);
    let lines = Lines::of(&ranking, &survey, wanted, Language::English);
    let number = |estate: EstateId| (1..=6).find(|n| id(*n) == estate).unwrap();
    let words = lines.lines.iter().map(|line| match line {
        Line::Group(group) => format!(">{}", lines.groups[*group].key),
        Line::Estate(place) => number(ranking.placed(*place).estate).to_string(),
        Line::Cut(_) => "|".to_owned(),
    });
    (words.collect::<Vec<_>>().join(" "), lines)
}

#[test]
fn the_cut_stands_before_the_first_that_the_money_does_not_reach() {
    // 150 of 180 万元: 4 is excluded, 3 is ready and does not fit.
    assert_eq!(shown(&wanted()).0, "1 4 2 | 3 5");
}

#[test]
fn another_order_has_no_cut_and_turns() {
    let by = |column, direction| {
        let sort = (column, SortDirection(direction));
        shown(&Wanted { sort, ..wanted() }).0
    };
    assert_eq!(by(Column::Score, Direction::Ascending), "5 3 2 4 1");
    // Unknown is below every number.
    assert_eq!(by(Column::Households, Direction::Ascending), "5 1 4 2 3");
    assert_eq!(by(Column::Name, Direction::Ascending), "1 2 3 4 5");
}

#[test]
fn text_verdict_and_batch_narrow_the_list_together() {
    let of = |change: &dyn Fn(&mut Wanted)| {
        let mut wanted = wanted();
        change(&mut wanted);
        shown(&wanted).0.replace("| ", "").replace(" |", "")
    };
    assert_eq!(of(&|wanted| wanted.text = "2期".into()), "2");
    assert_eq!(of(&|wanted| wanted.batch = Some(Batch::Implement)), "1 2");
    let undetermined = Some(RecognitionVerdict::Undetermined);
    assert_eq!(of(&|wanted| wanted.verdict = undetermined), "5");
    assert_eq!(
        of(&|wanted| {
            wanted.verdict = undetermined;
            wanted.batch = Some(Batch::Implement);
        }),
        ""
    );
}

#[test]
fn groups_count_what_they_hold_and_fold() {
    let mut by_batch = Wanted {
        grouping: Grouping::Batch,
        ..wanted()
    };
    let (words, lines) = shown(&by_batch);
    assert_eq!(
        words,
        ">0 implement 1 2 >1 planned 3 >2 reserve 5 >3 not_admitted 4"
    );
    let first = &lines.groups[0];
    assert_eq!(
        (first.estates, first.implemented, first.households),
        (2, 2, 400)
    );
    assert_eq!(first.local_fiscal, Yuan(1_200_000));
    by_batch.folded.insert(first.key.clone());
    let (words, lines) = shown(&by_batch);
    assert!(words.starts_with(">0 implement >1 planned 3"), "{words}");
    assert_eq!(lines.estates, 5);
}

#[test]
fn every_county_is_ranked_together_and_each_has_its_own_cut_in_its_group() {
    let all = Wanted::default();
    // Alike in score with 2, and of a county without a budget.
    let (words, _) = shown(&all);
    assert!(!words.contains('|') && words.contains('6'), "{words}");
    let grouped = Wanted {
        grouping: Grouping::County,
        ..all
    };
    assert_eq!(shown(&grouped).0, ">360102 1 4 2 | 3 5 >360103 6");
}

#[test]
fn arrows_go_from_estate_to_estate_over_groups_and_the_cut() {
    let (_, lines) = shown(&wanted());
    let line = |from, by| lines.step(from, by).map(|(line, _)| line);
    assert_eq!(line(None, 1), Some(0));
    assert_eq!(line(Some(2), 1), Some(4), "the cut is at 3");
    assert_eq!(line(Some(4), -1), Some(2));
    assert_eq!(line(Some(5), 1), Some(5));
    let grouped = Wanted {
        grouping: Grouping::Batch,
        ..wanted()
    };
    let (_, lines) = shown(&grouped);
    // The first line is a group: the nearest estate is below it.
    assert_eq!(lines.step(Some(1), -1).map(|(line, _)| line), Some(1));
    let nothing = Lines::default();
    assert!(nothing.step(None, 1).is_none());
}
