//! The sheet 汇总: sums as formulas over the sheet 台账, with what they come to.

use super::cells::{column, sheet as named, text, word};
use super::columns::{OwnColumn, field_at};
use super::estates::{Row, division};
use crate::formats::ledger::{Cell, Look, Sheet, range};
use crate::model::Field;
use std::collections::BTreeMap;

/// A way to part the records: the column of the ledger, and what stands there.
struct Grouping {
    key: &'static str,
    column: Option<usize>,
    value: fn(&Row) -> String,
    /// Of the library alone; by standing, of every row.
    library_only: bool,
}

fn groupings() -> [Grouping; 6] {
    let by = |key, column, value| Grouping {
        key,
        column,
        value,
        library_only: key != "standing",
    };
    [
        by("total", None, |_| String::new()),
        by("county", field_at(Field::CountyCode), |row| {
            row.estate.county_code.clone()
        }),
        by("street", field_at(Field::StreetCode), |row| {
            row.estate.street_code.clone()
        }),
        by("batch", OwnColumn::Batch.place(), |row| {
            row.batch().to_owned()
        }),
        by("verdict", OwnColumn::Verdict.place(), |row| {
            row.verdict().to_owned()
        }),
        by("standing", OwnColumn::Standing.place(), |row| {
            row.standing().to_owned()
        }),
    ]
}

pub(super) fn sheet(rows: &[Row]) -> Sheet {
    let columns = vec![
        column("group", 18.0, Look::Text),
        column("code", 14.0, Look::Text),
        column("named", 22.0, Look::Text),
        column("estates", 12.0, Look::Whole),
        column("households", 12.0, Look::Whole),
        column("buildings", 12.0, Look::Whole),
        column("floor_area", 18.0, Look::Decimal),
        column("no_households", 16.0, Look::Whole),
    ];
    let mut lines = Vec::new();
    for grouping in groupings() {
        let mut groups = BTreeMap::<String, Vec<&Row>>::new();
        if grouping.column.is_none() {
            // A survey without an estate has a total all the same.
            groups.entry(String::new()).or_default();
        }
        let is_member = |row: &&Row| row.counts() || !grouping.library_only;
        for row in rows.iter().filter(is_member) {
            groups.entry((grouping.value)(row)).or_default().push(row);
        }
        for (value, of_group) in &groups {
            lines.push(line(&grouping, value, of_group, rows.len()));
        }
    }
    named("summary", columns, lines)
}

fn line(grouping: &Grouping, value: &str, of_group: &[&Row], rows: usize) -> Vec<Cell> {
    let sheet = word("sheets", "ledger");
    let is = |column: Option<usize>, value: &str| {
        column.map(|column| format!("({}=\"{value}\")", range(sheet, column, rows)))
    };
    let kept = word("fate", "kept");
    let standing = grouping.library_only.then(|| OwnColumn::Standing.place());
    let conditions = [
        standing.and_then(|column| is(column, kept)),
        is(grouping.column, &value.replace('"', "\"\"")),
    ];
    let conditions: Vec<String> = conditions.into_iter().flatten().collect();
    let conditions = format!("1*{}", conditions.join("*"));
    // Two arguments, not one product: an empty or a worded cell counts nothing there.
    let sum = |field: Field, result: f64| match field_at(field) {
        None => Cell::Empty,
        Some(column) => Cell::Formula {
            formula: format!("SUMPRODUCT({conditions},{})", range(sheet, column, rows)),
            result,
        },
    };
    let total = |of: fn(&Row) -> f64| of_group.iter().map(|row| of(row)).sum::<f64>();
    let households = field_at(Field::Households).unwrap_or_default();
    let is_division = matches!(grouping.key, "county" | "street");
    let name = match (grouping.key, value) {
        ("total", _) => "",
        (_, "") => word("groups", "not_given"),
        _ if is_division => division(value),
        _ => value,
    };
    vec![
        text(word("groups", grouping.key)),
        text(if is_division { value } else { "" }),
        text(name),
        Cell::Formula {
            formula: format!("SUMPRODUCT({conditions})"),
            result: of_group.len() as f64,
        },
        sum(
            Field::Households,
            total(|row| row.estate.households.unwrap_or_default().into()),
        ),
        sum(
            Field::Buildings,
            total(|row| row.estate.buildings.unwrap_or_default().into()),
        ),
        sum(
            Field::FloorArea,
            total(|row| row.estate.floor_area_m2.unwrap_or_default()),
        ),
        Cell::Formula {
            formula: format!(
                "SUMPRODUCT({conditions}*({}=\"\"))",
                range(sheet, households, rows)
            ),
            result: total(|row| f64::from(u8::from(row.estate.households.is_none()))),
        },
    ]
}
