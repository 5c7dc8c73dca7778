//! What the commands about completeness change, and that undo takes it back.

use crate::edit::tests::run;
use crate::edit::{Answer, Command, CoverageCommand, Refusal};
use crate::model::{
    Change, CommunityCode, CommunityState, CoverageLabel, EditLabel, GridCell, ListKind, LonLat,
    RecordKey, SearchedPlace, Survey,
};
use crate::rules::sample::{list, list_id};

#[test]
fn whose_list_it_is_can_be_said_later_and_no_row_changes() {
    let lists = [list(1, 3, Vec::new())];
    let mut survey = Survey::from_parts([], [], lists, Default::default());
    let kind = ListKind::ShantyPlan;
    let list = list_id(1);
    let set = |list| Command::Coverage(CoverageCommand::SetListKind { list, kind });
    let plan = run(&mut survey, set(list)).unwrap();
    let file = "名册 1.csv".to_owned();
    let label = EditLabel::Coverage(CoverageLabel::ListKind { file, kind });
    assert_eq!((plan.label, plan.changes.len()), (label, 1));
    let held = survey.list(list).unwrap();
    assert_eq!((held.kind, held.rows_read), (kind, 3));
    assert_eq!(run(&mut survey, set(list)), Err(Refusal::NothingChanges));
    assert_eq!(run(&mut survey, set(list_id(9))), Err(Refusal::NoSuchRow));
}

fn community(number: u8) -> CommunityCode {
    format!("3601020020{number:02}").parse().unwrap()
}

fn do_it(survey: &mut Survey, command: CoverageCommand) -> Result<Vec<RecordKey>, Refusal> {
    let plan = run(survey, Command::Coverage(command))?;
    Ok(plan.changes.iter().map(Change::key).collect())
}

#[test]
fn communities_answer_together_and_what_is_known_of_an_answer_stays() {
    use CommunityState::{NilReturn, SignedList};
    let mut survey = Survey::default();
    let [one, two] = [community(1), community(2)];
    let answer = |state| CoverageCommand::Answer {
        communities: vec![one, two],
        state,
    };
    let both = [RecordKey::Community(one), RecordKey::Community(two)];
    let done = do_it(&mut survey, answer(Some(SignedList))).unwrap();
    assert_eq!(done, both);
    let held = survey.community(one).unwrap();
    assert_eq!(
        (held.state, held.recorded_by.as_str()),
        (SignedList, "测绘员")
    );

    let known = Answer {
        signed_by: "民巷社区居委会".to_owned(),
        signed_on: Some(jiff::civil::date(2026, 11, 20)),
        ..Answer::new(one, SignedList)
    };
    let answers = vec![known, Answer::new(two, SignedList)];
    let done = do_it(&mut survey, CoverageCommand::AnswerAll { answers }).unwrap();
    assert_eq!(
        done,
        [RecordKey::Community(one)],
        "nothing new of the other"
    );
    do_it(&mut survey, answer(Some(NilReturn))).unwrap();
    let held = survey.community(one).unwrap();
    assert_eq!(held.state, NilReturn);
    assert_eq!(held.signed_by, "民巷社区居委会");

    do_it(&mut survey, answer(None)).unwrap();
    assert_eq!(survey.communities().len(), 0);
    assert_eq!(
        do_it(&mut survey, answer(None)),
        Err(Refusal::NothingChanges)
    );
}

#[test]
fn who_has_to_answer_is_said_by_a_person_and_changes_nothing_else() {
    let mut survey = Survey::default();
    let codes: std::collections::BTreeSet<_> = ["360102".to_owned()].into();
    let set = CoverageCommand::SetAnswering {
        codes: codes.clone(),
    };
    assert_eq!(
        do_it(&mut survey, set.clone()).unwrap(),
        [RecordKey::Settings]
    );
    assert_eq!(survey.settings().answering, codes);
    assert_eq!(do_it(&mut survey, set), Err(Refusal::NothingChanges));
}

#[test]
fn a_place_on_a_map_is_searched_with_a_reason_and_a_cell_without() {
    let mut survey = Survey::default();
    let feature = |feature| SearchedPlace::Feature {
        layer: "建筑.geojson".to_owned(),
        feature,
    };
    let cell = SearchedPlace::Cell(GridCell {
        column: 45,
        row: 12,
        size_m: 250,
    });
    let at = LonLat::new(115.9, 28.7);
    let search = |places: &[SearchedPlace], reason: &str| CoverageCommand::Search {
        places: places.iter().map(|place| (place.clone(), at)).collect(),
        reason: reason.to_owned(),
    };
    let nothing = do_it(&mut survey, search(&[feature(7)], " "));
    assert_eq!(nothing, Err(Refusal::ReasonNeeded));
    let done = do_it(&mut survey, search(&[feature(7), feature(8)], "厂房")).unwrap();
    assert_eq!(done.len(), 2);
    let again = do_it(&mut survey, search(&[feature(7)], "厂房"));
    assert_eq!(again, Err(Refusal::NothingChanges));
    do_it(&mut survey, search(&[feature(7)], "商场")).unwrap();
    let held = survey.searched_at(feature(7).id()).unwrap();
    assert_eq!(
        (held.reason.as_str(), held.searched_by.as_str()),
        ("商场", "测绘员")
    );
    do_it(&mut survey, search(std::slice::from_ref(&cell), "")).unwrap();
    assert_eq!(survey.searched().len(), 3);

    let places = vec![feature(7).id(), cell.id()];
    do_it(
        &mut survey,
        CoverageCommand::SearchAgain {
            places: places.clone(),
        },
    )
    .unwrap();
    assert_eq!(survey.searched().len(), 1);
    let again = do_it(&mut survey, CoverageCommand::SearchAgain { places });
    assert_eq!(again, Err(Refusal::NothingChanges));
}
