mod accept;
mod values;

use super::*;
use crate::catalogue::Catalogue;
use crate::formats::ledger::{Cell, Sheet, workbook};
use crate::jobs::ledger::cells::{heading, word};
use crate::jobs::ledger::{LedgerInput, exported, sheets};
use crate::model::{
    Change, EditLabel, Estate, Exclusion, Origin, RowProblemKind, Severity, Standing, Survey,
    Tenure, ValueSource,
};
use crate::progress::Progress;
use crate::rules::fate::judge;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn id(number: u128) -> EstateId {
    EstateId(uuid::Uuid::from_u128(number))
}

fn estate(number: u128, name: &str) -> Estate {
    let mut estate = Estate {
        name: name.into(),
        aliases: vec!["老村、东区".into()],
        county_code: "360102".into(),
        households: Some(300),
        build_year: Some(1990),
        floor_area_m2: Some(21_000.5),
        tenure: BTreeSet::from([Tenure::Reformed, Tenure::Rental]),
        exclusions: Some(BTreeSet::new()),
        remarks: "东门朝北\n西门朝南".into(),
        ..Estate::new(id(number))
    };
    let power = crate::model::ItemCode::parse("C04").unwrap();
    estate.gaps.insert(power, Severity::Failing);
    estate
}

fn survey() -> Survey {
    let names = [(1, "甲村"), (2, "乙村"), (3, "丙村")];
    let estates = names.map(|(number, name)| estate(number, name));
    Survey::from_parts(estates, [], [], Default::default())
}

/// A ledger in the hands of an office.
struct Office {
    sheets: Vec<Sheet>,
    catalogue: Catalogue,
}

impl Office {
    fn of(survey: &Survey) -> Self {
        let catalogue = Catalogue::shipped();
        let judgements = judge(survey, &catalogue);
        let placed = BTreeMap::new();
        let mut sheets = sheets(&LedgerInput {
            survey,
            catalogue: &catalogue,
            judgements: &judgements,
            findings: &[],
            placed: &placed,
        });
        sheets.push(exported::sheet(&sheets[0], &catalogue));
        Self { sheets, catalogue }
    }

    fn column(&self, heading: &str) -> usize {
        let mut columns = self.sheets[0].columns.iter();
        let found = columns.position(|column| column.heading == heading);
        found.unwrap_or_else(|| panic!("no column {heading}"))
    }

    fn row(&self, name: &str) -> usize {
        let column = self.column("小区名称");
        let is = |row: &Vec<Cell>| row[column] == Cell::Text(name.into());
        self.sheets[0].rows.iter().position(is).unwrap()
    }

    fn type_into(&mut self, name: &str, heading: &str, cell: Cell) {
        let (row, column) = (self.row(name), self.column(heading));
        self.sheets[0].rows[row][column] = cell;
    }

    fn set(&mut self, name: &str, field: Field, text: &str) {
        let cell = match text {
            "" => Cell::Empty,
            text => Cell::Text(text.into()),
        };
        let heading = heading(field, &self.catalogue);
        self.type_into(name, &heading, cell);
    }

    fn remove_column(&mut self, heading: &str) {
        let column = self.column(heading);
        self.sheets[0].columns.remove(column);
        for row in &mut self.sheets[0].rows {
            row.remove(column);
        }
    }

    fn returned_to(&self, survey: &Survey) -> Result<Returned, ReturnedError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("台账 改.xlsx");
        std::fs::write(&path, workbook("台账", &self.sheets).unwrap()).unwrap();
        compare(survey, &path, &self.catalogue, 2026, &Progress::default())
    }

    fn fine(&self, survey: &Survey) -> Returned {
        self.returned_to(survey).unwrap()
    }
}

fn changed_here(survey: &mut Survey, number: u128, change: impl FnOnce(&mut Estate)) {
    let before = survey.estate(id(number)).cloned();
    let mut after = before.as_deref().unwrap().clone();
    change(&mut after);
    survey.apply(&[Change::Estate {
        id: id(number),
        before,
        after: Some(Arc::new(after)),
    }]);
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.into()))
}

fn codes(keys: &[&str]) -> Option<Value> {
    let keys = keys.iter().map(|key| (*key).into()).collect();
    Some(Value::Codes(keys))
}

#[test]
fn rows_may_be_sorted_and_columns_moved_and_added() {
    let survey = survey();
    let mut office = Office::of(&survey);
    office.set("乙村", Field::Households, "320");
    let sheet = &mut office.sheets[0];
    sheet.rows.reverse();
    sheet.columns.rotate_left(7);
    for row in &mut sheet.rows {
        row.rotate_left(7);
        row.push(Cell::Text("已核".into()));
    }
    let mut checked = sheet.columns[0].clone();
    checked.heading = "核对人".into();
    sheet.columns.push(checked);
    for column in &mut sheet.columns {
        column.hidden = !column.hidden;
    }
    let returned = office.fine(&survey);
    let fields: Vec<_> = returned
        .edits
        .iter()
        .map(|it| (it.estate, it.field))
        .collect();
    assert_eq!(fields, [(id(2), Field::Households)]);
    let columns = vec!["核对人".to_owned()];
    assert_eq!(returned.remarks, [Remark::ColumnsAdded { columns }]);
}

#[test]
fn a_title_above_the_heading_moves_the_rows_that_are_told() {
    let survey = survey();
    let mut office = Office::of(&survey);
    office.set("乙村", Field::Households, "约三百");
    let row = office.row("乙村") + 2;
    // The sheet's own heading is a row further down, below a title that stands alone.
    let sheet = &mut office.sheets[0];
    let headings = sheet
        .columns
        .iter()
        .map(|it| Cell::Text(it.heading.clone()));
    let headings: Vec<_> = headings.collect();
    sheet.rows.insert(0, headings);
    sheet
        .columns
        .iter_mut()
        .skip(1)
        .for_each(|it| it.heading.clear());
    sheet.columns[0].heading = "青溪县台账".into();
    let returned = office.fine(&survey);
    let [Remark::Unreadable(problem)] = &returned.remarks[..] else {
        panic!("{:?}", returned.remarks);
    };
    assert_eq!(problem.row as usize, row + 1);
}

#[test]
fn what_cannot_be_taken_is_listed_and_deletes_nothing() {
    let mut survey = survey();
    let mut office = Office::of(&survey);
    let column = office.column("记录编号");
    let mut added = office.sheets[0].rows[office.row("甲村")].clone();
    added[column] = Cell::Empty;
    let mut other = added.clone();
    other[column] = Cell::Text("7".into());
    office.type_into("乙村", "状态", Cell::Text("已纳入".into()));
    let gone = office.row("丙村");
    office.sheets[0].rows.remove(gone);
    office.sheets[0].rows.extend([added, other]);
    office.remove_column("备注");
    changed_here(&mut survey, 1, |estate| {
        estate.standing = Standing::Withdrawn {
            reason: "拟拆除".into(),
        };
    });
    let returned = office.fine(&survey);
    assert_eq!(returned.edits, []);
    let row_of = |name: &str| office.row(name) as u32 + 2;
    let expected = [
        Remark::NotCounted {
            row: row_of("甲村"),
            name: "甲村".into(),
        },
        Remark::NoNumber {
            row: 4,
            name: "甲村".into(),
        },
        Remark::UnknownNumber {
            row: 5,
            number: "7".into(),
        },
        Remark::OwnColumn {
            column: "状态".into(),
            rows: vec![row_of("乙村")],
        },
        Remark::RowsGone {
            names: vec!["丙村".into()],
        },
        Remark::ColumnsGone {
            columns: vec!["备注".into()],
        },
    ];
    assert_eq!(returned.remarks, expected);
}

#[test]
fn rows_that_were_copied_are_all_left_out() {
    let survey = survey();
    let mut office = Office::of(&survey);
    let copy = office.sheets[0].rows[office.row("乙村")].clone();
    office.set("乙村", Field::Households, "320");
    office.sheets[0].rows.push(copy);
    let returned = office.fine(&survey);
    assert_eq!(returned.edits, []);
    let rows = vec![office.row("乙村") as u32 + 2, 5];
    let name = "乙村".into();
    assert_eq!(returned.remarks, [Remark::Repeated { rows, name }]);
}

#[test]
fn a_number_is_known_however_it_is_spelt() {
    let survey = Survey::from_parts([estate(0xabc, "甲村")], [], [], Default::default());
    let mut office = Office::of(&survey);
    let in_capitals = Cell::Text(id(0xabc).to_string().to_uppercase());
    let column = office.column(word("columns", "id"));
    office.sheets[0].rows[0][column] = in_capitals;
    let returned = office.fine(&survey);
    let is_gone = |remark: &Remark| matches!(remark, Remark::RowsGone { .. });
    assert_eq!(
        (returned.rows, returned.remarks.iter().any(is_gone)),
        (1, false)
    );
    // Two spellings of one number are two rows of one record.
    let mut copy = office.sheets[0].rows[0].clone();
    copy[column] = Cell::Text(id(0xabc).to_string());
    office.sheets[0].rows.push(copy);
    let remarks = office.fine(&survey).remarks;
    let (rows, name) = (vec![2, 3], "甲村".into());
    assert_eq!(remarks, [Remark::Repeated { rows, name }]);
}

#[test]
fn a_heading_typed_anew_is_known_and_its_unit_counts() {
    let survey = survey();
    let mut office = Office::of(&survey);
    let column = office.column("建筑面积（㎡）");
    office.sheets[0].columns[column].heading = "建筑面积(万平方米)".into();
    office.sheets[0]
        .rows
        .iter_mut()
        .for_each(|row| row[column] = Cell::Number(2.100_05));
    office.set("乙村", Field::Households, "320");
    let row = office.row("乙村");
    office.sheets[0].rows[row][column] = Cell::Number(2.5);
    let returned = office.fine(&survey);
    let told: Vec<_> = returned.edits.iter().map(|it| it.theirs.clone()).collect();
    let area = Some(Value::SquareMetres(25_000.0));
    assert_eq!(told, [Some(Value::Count(320)), area]);
    assert_eq!(returned.remarks, []);
}

#[test]
fn a_year_of_its_own_cell_is_nearer_than_one_of_a_range() {
    let survey = survey();
    let mut office = Office::of(&survey);
    office.set("乙村", Field::BuildYear, "1985-1990");
    office.set("乙村", Field::YearMin, "1986");
    let returned = office.fine(&survey);
    let told: BTreeMap<_, _> = returned
        .edits
        .iter()
        .map(|it| (it.field.key(), it.theirs.clone()))
        .collect();
    let year = |year| Some(Value::Year(year));
    let expected = [
        ("build_year", None),
        ("year_max", year(1990)),
        ("year_min", year(1986)),
    ];
    assert_eq!(
        told,
        expected.map(|(key, value)| (key.to_owned(), value)).into()
    );
    assert_eq!(returned.edits.len(), 3, "each field once");
}

#[test]
fn a_file_that_is_no_ledger_of_this_survey_is_refused() {
    let mine = survey();
    let catalogue = Catalogue::shipped();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("台账.xlsx");
    let refused = |office: &Office| office.returned_to(&mine).unwrap_err();
    let read = || compare(&mine, &path, &catalogue, 2026, &Progress::default()).unwrap_err();
    assert!(matches!(read(), ReturnedError::File(_)));
    std::fs::write(&path, "小区名称,户数\n甲村,300\n").unwrap();
    assert!(matches!(read(), ReturnedError::NoWorkbook { .. }));
    std::fs::write(&path, b"PK\x03\x04 cut off").unwrap();
    assert!(matches!(read(), ReturnedError::File(_)));
    let mut office = Office::of(&mine);
    office.sheets[0].name = "台账 2".into();
    assert!(matches!(refused(&office), ReturnedError::NoSheet { .. }));
    let mut office = Office::of(&mine);
    office.remove_column(word("columns", "id"));
    assert!(matches!(refused(&office), ReturnedError::NoNumbers { .. }));
    let other = Survey::from_parts([estate(9, "丁村")], [], [], Default::default());
    let office = Office::of(&other);
    assert!(matches!(
        refused(&office),
        ReturnedError::OtherSurvey { .. }
    ));
}
