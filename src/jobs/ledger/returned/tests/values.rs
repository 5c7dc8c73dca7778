//! One value: as it is typed, and as three states of it tell who changed it.

use super::*;

#[test]
fn what_an_office_types_is_read_as_a_list_is() {
    let power = Field::Gap(crate::model::ItemCode::parse("C04").unwrap());
    let survey = survey();
    use RowProblemKind::{NotANumber, OutOfRange, UnknownCode};
    for (field, typed, expected) in [
        (
            Field::Households,
            "320",
            Ok(vec![(Field::Households, Some(Value::Count(320)))]),
        ),
        (
            Field::Households,
            "320户",
            Ok(vec![(Field::Households, Some(Value::Count(320)))]),
        ),
        (Field::Households, "300户", Ok(vec![])),
        (Field::Households, "", Ok(vec![(Field::Households, None)])),
        (
            Field::Households,
            "0",
            Ok(vec![(Field::Households, Some(Value::Count(0)))]),
        ),
        (Field::Households, "约300", Err(NotANumber)),
        (Field::Households, "-3", Err(OutOfRange)),
        (
            Field::FloorArea,
            "2.5万㎡",
            Ok(vec![(
                Field::FloorArea,
                Some(Value::SquareMetres(25_000.0)),
            )]),
        ),
        (Field::FloorArea, "21,000.5", Ok(vec![])),
        (Field::BuildYear, "1990年", Ok(vec![])),
        (
            Field::BuildYear,
            "1985-1990",
            Ok(vec![
                (Field::BuildYear, None),
                (Field::YearMin, Some(Value::Year(1985))),
                (Field::YearMax, Some(Value::Year(1990))),
            ]),
        ),
        (Field::BuildYear, "2050", Err(OutOfRange)),
        (Field::Tenure, "公/廉租房、房改房", Ok(vec![])),
        (
            Field::Tenure,
            "公/廉租房",
            Ok(vec![(Field::Tenure, codes(&["rental"]))]),
        ),
        (
            Field::Tenure,
            "商品房、公/廉租房",
            Ok(vec![(Field::Tenure, codes(&["commodity", "rental"]))]),
        ),
        (Field::Tenure, "宫殿", Err(UnknownCode)),
        (Field::Exclusions, "无", Ok(vec![])),
        (Field::Exclusions, "", Ok(vec![(Field::Exclusions, None)])),
        (
            Field::Exclusions,
            "X4",
            Ok(vec![(Field::Exclusions, codes(&["X4"]))]),
        ),
        (
            Field::Aliases,
            "老村、西区",
            Ok(vec![(
                Field::Aliases,
                Some(Value::Texts(vec!["老村".into(), "西区".into()])),
            )]),
        ),
        (Field::Remarks, "东门朝北\r\n西门朝南", Ok(vec![])),
        (
            Field::Remarks,
            "拟拆除",
            Ok(vec![(Field::Remarks, text("拟拆除"))]),
        ),
        (
            power,
            "缺失",
            Ok(vec![(power, Some(Value::Code("3".into())))]),
        ),
        (power, "没有", Err(UnknownCode)),
    ] {
        let mut office = Office::of(&survey);
        office.set("乙村", field, typed);
        let returned = office.fine(&survey);
        let said = |edit: &CellEdit| {
            assert_eq!((edit.estate, &edit.here), (id(2), &Here::Unchanged));
            (edit.field, edit.theirs.clone())
        };
        let said: Vec<_> = returned.edits.iter().map(said).collect();
        let told = match &returned.remarks[..] {
            [] => Ok(said),
            [Remark::Unreadable(problem)] => {
                assert_eq!(problem.column, Some(heading(field, &office.catalogue)));
                assert_eq!(problem.value, typed);
                assert_eq!(said, []);
                Err(problem.kind)
            }
            other => panic!("{field:?} {typed}: {other:?}"),
        };
        assert_eq!(told, expected, "{field:?} '{typed}'");
    }
}

#[test]
fn three_states_of_a_value_tell_who_changed_it() {
    let changed = || Here::Changed {
        exported: "300".into(),
    };
    let count = |number| Some(Value::Count(number));
    // It was 300 when the ledger was written.
    for (theirs, ours, expected) in [
        ("300", count(300), None),
        ("320", count(300), Some((count(320), Here::Unchanged))),
        ("300", count(310), None),
        ("320", count(320), None),
        ("320", count(310), Some((count(320), changed()))),
        ("", count(310), Some((None, changed()))),
        ("320", None, Some((count(320), changed()))),
        ("", None, None),
    ] {
        let mut survey = survey();
        let mut office = Office::of(&survey);
        office.set("乙村", Field::Households, theirs);
        changed_here(&mut survey, 2, |estate| {
            estate.set(&Field::Households, ours.clone()).unwrap();
        });
        let returned = office.fine(&survey);
        let edits = returned.edits.into_iter();
        let told: Vec<_> = edits.map(|edit| (edit.theirs, edit.here)).collect();
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(told, expected, "'{theirs}' {ours:?}");
        assert_eq!(returned.remarks, []);
    }
}

#[test]
fn another_value_of_the_record_that_changed_here_is_no_conflict() {
    let mut survey = survey();
    let mut office = Office::of(&survey);
    office.set("乙村", Field::Households, "320");
    changed_here(&mut survey, 2, |estate| estate.remarks = "已走访".into());
    let returned = office.fine(&survey);
    assert_eq!(returned.proposed().count(), 1);
    assert_eq!(returned.conflicts().count(), 0);
}

#[test]
fn without_what_was_exported_each_record_that_changed_is_a_conflict() {
    let mut survey = survey();
    let mut office = Office::of(&survey);
    office.sheets.pop();
    office.set("甲村", Field::Households, "320");
    office.set("乙村", Field::Households, "320");
    changed_here(&mut survey, 2, |estate| estate.remarks = "已走访".into());
    let returned = office.fine(&survey);
    let told: Vec<_> = returned
        .edits
        .iter()
        .map(|edit| (edit.estate, edit.field, edit.here.clone()))
        .collect();
    let remarks = |here| (id(2), Field::Remarks, here);
    // Nobody can tell that it was written here: a person looks at it.
    let expected = [
        (id(1), Field::Households, Here::Unchanged),
        (id(2), Field::Households, Here::Unknown),
        remarks(Here::Unknown),
    ];
    let sorted: BTreeMap<_, _> = told.iter().map(|it| ((it.0, it.1.key()), it)).collect();
    let wanted: BTreeMap<_, _> = expected.iter().map(|it| ((it.0, it.1.key()), it)).collect();
    assert_eq!(sorted, wanted);
    assert_eq!(returned.remarks, [Remark::NothingKept]);
}
