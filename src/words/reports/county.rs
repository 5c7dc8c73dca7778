//! The report of a county, in words: what was surveyed. The plan is in `plan`, what the numbers
//! rest on in `statements`.

use super::{count, document, plan, stamp_lines, statements, sum_cells};
use crate::formats::pdf::{Bar, Bars, Block, Cell, Column, Headed, Ink, Row, Table, Tone};
use crate::jobs::report::{Composed, County, GapRow, Group, Sums, batch_look};
use crate::model::{Batch, Coded, Severity, YearBand};
use crate::words::Language;
use crate::words::coverage::division_name;
use crate::words::fields::{coded_label, severity_label};
use crate::words::planning::item_text;

pub(super) fn compose(language: Language, county: &County<'_>) -> Composed {
    let place = match county.code.is_empty() {
        true => language.text("report.county.whole").into_owned(),
        false => division_name(&county.code),
    };
    let title = language.text_with("report.county.title", &[("county", &place)]);
    let mut document = document(language, &county.stamp, title.clone(), title.clone());
    document.blocks = vec![
        Block::Title {
            text: title,
            below: stamp_lines(language, &county.stamp),
        },
        Block::Contents,
    ];
    document.blocks.extend(summary(language, county));
    document.blocks.extend(map(language, county));
    document.blocks.extend(streets(language, county));
    document.blocks.extend(years(language, county));
    document.blocks.extend(gaps(language, county));
    document.blocks.extend(plan::blocks(language, county));
    document
        .blocks
        .extend(statements::duplicates(language, county));
    document
        .blocks
        .extend(statements::coverage(language, county));
    document
        .blocks
        .extend(statements::findings(language, county));
    let name = language.text_with(
        "report.county.file_name",
        &[
            ("county", &place),
            ("code", &county.code),
            ("date", &county.stamp.today),
        ],
    );
    Composed {
        name: name.replace("  ", " ").trim().to_owned(),
        document,
    }
}

pub(super) fn chapter(language: Language, key: &str) -> Block {
    Block::heading(1, language.text(key))
}

/// The columns of every table of sums, behind the one that names its rows.
pub(super) fn sum_columns(language: Language, first: &str) -> Vec<Column> {
    let text = |key: &str| language.text(key).into_owned();
    vec![
        Column::left(text(first), 2.6),
        Column::right(text("report.column.estates"), 1.0),
        Column::right(text("report.column.households"), 1.6),
        Column::right(text("report.column.buildings"), 1.5),
        Column::right(text("report.column.floor_area"), 1.9),
    ]
}

pub(super) fn sum_row(language: Language, name: impl Into<Cell>, sums: &Sums) -> Row {
    Row::plain(std::iter::once(name.into()).chain(sum_cells(language, sums)))
}

fn summary(language: Language, county: &County<'_>) -> Vec<Block> {
    let text = |key: &str| language.text(key).into_owned();
    let mut rows = vec![
        sum_row(language, text("report.county.kept"), &county.kept),
        sum_row(language, text("report.county.open"), &county.open),
        sum_row(
            language,
            Cell::toned(text("report.county.not_recognised"), Tone::Faint),
            &county.not_recognised,
        ),
    ];
    if let Some(row) = rows.first_mut() {
        row.kind = crate::formats::pdf::RowKind::Sum;
    }
    let mut blocks = vec![
        chapter(language, "report.county.summary"),
        Block::Table(Table {
            columns: sum_columns(language, "report.column.standing"),
            rows,
            headed: Headed::Yes,
        }),
        Block::note(language.text("report.county.summary_note")),
    ];
    if county.elsewhere > 0 {
        blocks.push(Block::paragraph(language.text_with(
            "report.county.elsewhere",
            &[("count", &county.elsewhere)],
        )));
    }
    blocks
}

fn map(language: Language, county: &County<'_>) -> Vec<Block> {
    let Some(seen) = &county.map else {
        return vec![
            chapter(language, "report.county.map"),
            Block::note(language.text("report.county.no_map")),
        ];
    };
    let mut figure = seen.figure.clone();
    let placed = |batch: Batch| {
        let placed = county.plan.placed.iter();
        placed.filter(|placed| placed.batch == batch).count()
    };
    figure.legend = Batch::ALL
        .iter()
        .map(|batch| {
            let label = language.text_with(
                "report.map.batch",
                &[
                    ("batch", &coded_label(language, *batch)),
                    ("count", &placed(*batch)),
                ],
            );
            (batch_look(Some(*batch)), label)
        })
        .collect();
    figure.note = language.text("report.map.datum").into_owned();
    let mut blocks = vec![
        Block::NewPage,
        chapter(language, "report.county.map"),
        Block::Map(figure),
    ];
    if seen.without_place > 0 {
        blocks.push(Block::note(language.text_with(
            "report.map.without_place",
            &[("count", &seen.without_place)],
        )));
    }
    blocks
}

fn group_rows<K>(
    language: Language,
    groups: &[(K, Group)],
    name: impl Fn(&K) -> String,
) -> Vec<Row> {
    let rows = groups.iter().map(|(key, group)| {
        let mut cells = vec![Cell::from(name(key))];
        cells.extend(sum_cells(language, &group.kept));
        cells.push(Cell::from(count(group.open.estates)));
        Row::plain(cells)
    });
    rows.collect()
}

fn group_columns(language: Language, first: &str) -> Vec<Column> {
    let mut columns = sum_columns(language, first);
    let open = language.text("report.column.open").into_owned();
    columns.push(Column::right(open, 0.9));
    columns
}

fn total(language: Language, county: &County<'_>) -> Row {
    let mut cells = vec![Cell::from(language.text("report.sum"))];
    cells.extend(sum_cells(language, &county.kept));
    cells.push(Cell::from(count(county.open.estates)));
    Row::sum(cells)
}

fn streets(language: Language, county: &County<'_>) -> Vec<Block> {
    let name = |code: &String| match code.is_empty() {
        true => language.text("report.county.no_street").into_owned(),
        false => division_name(code),
    };
    let mut rows = group_rows(language, &county.by_street, name);
    rows.push(total(language, county));
    let bars = group_bars(language, &county.by_street, name);
    vec![
        chapter(language, "report.county.by_street"),
        Block::Table(Table {
            columns: group_columns(language, "report.column.street"),
            rows,
            headed: Headed::Yes,
        }),
        bars,
    ]
}

/// Estates by group, kept and open.
fn group_bars<K>(language: Language, groups: &[(K, Group)], name: impl Fn(&K) -> String) -> Block {
    let [kept, open] = [Ink::series(2), Ink::series(1)];
    let text = |key: &str| language.text(key).into_owned();
    Block::Bars(Bars {
        title: text("report.county.estates_by_group"),
        legend: vec![
            (kept, text("report.county.kept")),
            (open, text("report.county.open")),
        ],
        rows: groups
            .iter()
            .map(|(key, group)| Bar {
                label: name(key),
                parts: vec![
                    (kept, group.kept.estates as f64),
                    (open, group.open.estates as f64),
                ],
                figure: format!(
                    "{} + {}",
                    count(group.kept.estates),
                    count(group.open.estates)
                ),
            })
            .collect(),
        full: None,
    })
}

fn years(language: Language, county: &County<'_>) -> Vec<Block> {
    let name = |band: &Option<YearBand>| {
        let key = match band {
            Some(YearBand::To1980) => "report.year_band.to_1980",
            Some(YearBand::To1990) => "report.year_band.to_1990",
            Some(YearBand::To1999) => "report.year_band.to_1999",
            Some(YearBand::In2000) => "report.year_band.in_2000",
            Some(YearBand::Later) => "report.year_band.later",
            None => "report.year_band.unknown",
        };
        language.text(key).into_owned()
    };
    let mut rows = group_rows(language, &county.by_year, name);
    rows.push(total(language, county));
    vec![
        chapter(language, "report.county.by_year"),
        Block::Table(Table {
            columns: group_columns(language, "report.column.year_band"),
            rows,
            headed: Headed::Yes,
        }),
        group_bars(language, &county.by_year, name),
    ]
}

fn gaps(language: Language, county: &County<'_>) -> Vec<Block> {
    let items = &county.catalogue.items;
    let text = |key: &str| language.text(key).into_owned();
    let severity = |it: Severity| severity_label(language, Some(it)).into_owned();
    let row = |row: &GapRow| {
        let mut cells = vec![Cell::from(item_text(language, row.item, items))];
        cells.extend(row.estates.iter().map(|number| figure(*number)));
        cells.push(figure(row.not_surveyed));
        Row::plain(cells)
    };
    let mut columns = vec![Column::left(text("report.column.item"), 3.4)];
    for one in Severity::ALL {
        columns.push(Column::right(severity(*one), 0.9));
    }
    columns.push(Column::right(severity_label(language, None), 0.9));
    // Most estates with something broken or missing first: what a plan begins with.
    let mut worst: Vec<&GapRow> = county.gaps.iter().filter(|row| lagging(row) > 0).collect();
    worst.sort_by_key(|row| (std::cmp::Reverse(row.estates[2] + row.estates[3]), row.item));
    let bars = worst.iter().take(15).map(|row| Bar {
        label: item_text(language, row.item, items),
        parts: (1..4)
            .map(|degree| (Ink::DEGREES[degree], row.estates[degree] as f64))
            .collect(),
        figure: count(lagging(row) as u64),
    });
    vec![
        chapter(language, "report.county.gaps"),
        Block::note(language.text("report.county.gaps_note")),
        Block::Bars(Bars {
            title: text("report.county.gaps_chart"),
            legend: Severity::ALL[1..]
                .iter()
                .map(|one| {
                    (
                        Ink::DEGREES[usize::from(one.degree()).min(3)],
                        severity(*one),
                    )
                })
                .collect(),
            rows: bars.collect(),
            full: None,
        }),
        Block::Table(Table {
            columns,
            rows: county.gaps.iter().map(row).collect(),
            headed: Headed::Yes,
        }),
    ]
}

/// Estates in which the item is not intact.
fn lagging(row: &GapRow) -> usize {
    row.estates[1] + row.estates[2] + row.estates[3]
}

/// A number; 0 stands back.
fn figure(number: usize) -> Cell {
    let tone = if number == 0 {
        Tone::Faint
    } else {
        Tone::Plain
    };
    Cell::toned(count(number as u64), tone)
}
