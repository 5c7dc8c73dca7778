//! What is taken over, and what is refused while somebody looks.

use super::*;

#[test]
fn what_is_accepted_is_one_edit_that_can_be_taken_back() {
    let mut survey = survey();
    changed_here(&mut survey, 2, |estate| {
        estate.origin = Some(Origin {
            list: crate::model::ListId(uuid::Uuid::nil()),
            row: 1,
            source: String::new(),
            source_id: String::new(),
        });
    });
    let mut office = Office::of(&survey);
    office.set("甲村", Field::Exclusions, "X4");
    office.set("乙村", Field::Households, "320");
    office.set("乙村", Field::Remarks, "");
    changed_here(&mut survey, 2, |estate| estate.remarks = "已走访".into());
    let returned = office.fine(&survey);
    let proposed = returned.proposed_places();
    assert_eq!((returned.edits.len(), proposed.len()), (3, 2));
    let accepted = returned.accept(&survey, &proposed).unwrap();
    let label = EditLabel::Ledger {
        file: "台账 改.xlsx".into(),
        cells: 2,
        estates: 2,
    };
    assert_eq!(accepted.label, label);
    let start = survey.clone();
    survey.check_before_images(&accepted.changes).unwrap();
    survey.apply(&accepted.changes);
    let [one, two] = [1, 2].map(|number| survey.estate(id(number)).unwrap().clone());
    assert_eq!(
        one.exclusions,
        Some(BTreeSet::from([Exclusion::UrbanVillage]))
    );
    assert_eq!(
        (two.households, two.remarks.as_str()),
        (Some(320), "已走访")
    );
    // An imported value that an office mended is no longer the list's.
    assert_eq!(two.source_of(&Field::Households), ValueSource::Surveyed);
    assert_eq!(two.source_of(&Field::Name), ValueSource::Imported);
    let back = accepted.changes.into_iter().map(Change::inverse);
    survey.apply(&back.collect::<Vec<_>>());
    assert_eq!(survey, start);

    // A person may take the ledger's word all the same.
    let all = (0..returned.edits.len()).collect();
    let accepted = returned.accept(&survey, &all).unwrap();
    survey.apply(&accepted.changes);
    assert_eq!(survey.estate(id(2)).unwrap().remarks, "");
}

#[test]
fn what_changed_while_a_person_looked_at_it_is_refused() {
    let mut survey = survey();
    let mut office = Office::of(&survey);
    office.set("乙村", Field::Households, "320");
    let returned = office.fine(&survey);
    changed_here(&mut survey, 2, |estate| estate.households = Some(310));
    let places = returned.proposed_places();
    assert!(returned.accept(&survey, &places).is_err());
}

#[test]
fn a_stopped_comparison_says_so() {
    let survey = survey();
    let office = Office::of(&survey);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("台账.xlsx");
    std::fs::write(&path, workbook("台账", &office.sheets).unwrap()).unwrap();
    let progress = Progress::default();
    progress.cancel();
    let stopped = compare(&survey, &path, &office.catalogue, 2026, &progress);
    assert!(matches!(stopped, Err(ReturnedError::Cancelled(_))));
}
