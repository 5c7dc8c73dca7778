use super::*;
use crate::catalogue::Target;
use crate::formats::ledger::Cell;
use crate::model::{Estate, Field, Settings};
use std::sync::Arc;

fn estate(key: u128, name: &str) -> Estate {
    Estate {
        name: name.into(),
        county_code: "360102".into(),
        street_code: "360102002".into(),
        households: Some(300),
        exclusions: Some(Default::default()),
        ..Estate::new(EstateId(uuid::Uuid::from_u128(key)))
    }
}

fn ledger(survey: &Survey) -> (Vec<Sheet>, Vec<u8>) {
    let catalogue = Catalogue::shipped();
    let judgements = crate::rules::fate::judge(survey, &catalogue);
    let input = LedgerInput {
        survey,
        catalogue: &catalogue,
        judgements: &judgements,
        findings: &[],
        placed: &BTreeMap::new(),
    };
    (
        sheets(&input),
        write(&input, Purpose::ToEdit).unwrap().bytes,
    )
}

fn survey() -> Survey {
    let mut survey = Survey::new(Settings::default());
    for (key, name) in [(1, "甲村"), (2, "乙村")] {
        survey.apply(&[crate::model::Change::Estate {
            id: EstateId(uuid::Uuid::from_u128(key)),
            before: None,
            after: Some(Arc::new(estate(key, name))),
        }]);
    }
    survey
}

#[test]
fn the_import_knows_the_heading_of_every_field() {
    let (sheets, _) = ledger(&survey());
    let columns: Vec<String> = sheets[0]
        .columns
        .iter()
        .map(|c| c.heading.clone())
        .collect();
    let guesses = Catalogue::shipped().headings.guess(&columns, None);
    for field in Field::PLAIN.iter().filter(|f| **f != Field::Boundary) {
        let at = columns::field_at(*field).unwrap();
        let target = guesses[at].as_ref().map(|guess| guess.target);
        assert_eq!(target, Some(Target::Field(*field)), "{}", columns[at]);
    }
}

#[test]
fn equal_surveys_give_equal_bytes_and_six_sheets() {
    let (sheets, bytes) = ledger(&survey());
    assert_eq!(ledger(&survey()).1, bytes);
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        ["台账", "汇总", "去重说明", "未纳入", "覆盖情况", "校验"]
    );
    for sheet in &sheets {
        for row in &sheet.rows {
            assert_eq!(row.len(), sheet.columns.len(), "{}", sheet.name);
        }
    }
}

#[test]
fn sums_are_formulas_with_what_they_come_to() {
    let (sheets, _) = ledger(&survey());
    let open = sheets[1].rows.last().unwrap();
    assert_eq!(open[2], Cell::Text("待定".into()));
    let Cell::Formula { formula, result } = &open[4] else {
        panic!("{open:?}");
    };
    assert!(formula.starts_with("SUMPRODUCT("), "{formula}");
    assert_eq!(*result, 600.0);
}
