//! `jiugai ledger`.

use crate::{Desk, SURVEY, two_estates};
use calamine::{Data, Reader, Xlsx, open_workbook};

#[test]
fn the_ledger_has_six_sheets_and_is_not_written_over_unasked() {
    let desk = Desk::with_survey();
    desk.write("a.geojson", two_estates());
    desk.fine(&["import", SURVEY, "a.geojson", "--datum", "cgcs2000"]);
    desk.fine(&["ledger", SURVEY, "台账 一.xlsx"]);
    let bytes = desk.bytes("台账 一.xlsx");
    desk.ends_with(crate::REFUSED, &["ledger", SURVEY, "台账 一.xlsx"]);
    let told = desk.fine(&["ledger", SURVEY, "台账 一.xlsx", "--force", "--json"]);
    assert_eq!(told.json()["rows"], 2);
    assert_eq!(
        desk.bytes("台账 一.xlsx"),
        bytes,
        "equal surveys, equal bytes"
    );

    let mut book: Xlsx<_> = open_workbook(desk.path("台账 一.xlsx")).unwrap();
    assert_eq!(
        book.sheet_names(),
        ["台账", "汇总", "去重说明", "未纳入", "覆盖情况", "校验"]
    );
    let ledger = book.worksheet_range("台账").unwrap();
    let at = |heading: &str| {
        let columns = ledger.rows().next().unwrap();
        let is = |cell: &Data| *cell == Data::String(heading.to_owned());
        columns.iter().position(is).unwrap()
    };
    let (households, county) = (at("户数（户）"), at("县区代码"));
    let sum: f64 = ledger
        .rows()
        .skip(1)
        .filter_map(|row| match row[households] {
            Data::Float(number) => Some(number),
            _ => None,
        })
        .sum();
    for row in ledger.rows().skip(1) {
        assert!(!matches!(row[county], Data::Float(_)), "codes are text");
    }
    // Both are in the library: the total is of them.
    let summary = book.worksheet_range("汇总").unwrap();
    let total = summary.rows().nth(1).unwrap();
    assert_eq!(total[3], Data::Float(2.0));
    assert_eq!(total[4], Data::Float(sum));
}
