//! What the numbers of a report rest on: 不重 (duplicates), 不漏 (coverage), and what is still wrong.

use super::count;
use super::county::chapter;
use crate::formats::pdf::{Block, Cell, Column, Headed, Row, Table, Tone};
use crate::jobs::report::County;
use crate::model::{Coded, Verdict};
use crate::rules::checks::{CheckCode, Gravity};
use crate::rules::fate::RowCount;
use crate::words::Language;
use crate::words::coverage::{list_text, report_lines};
use crate::words::fields::coded_label;
use crate::words::release::rows_text;
use crate::words::rules::{check_text, finding_text};
use std::collections::BTreeMap;

/// Of one check, findings beyond these are counted and not listed one by one.
const MOST_OF_A_CHECK: usize = 60;

/// The word of a finding that blocks, or of one that warns; and the tone of what it says.
pub(super) fn gravity(language: Language, gravity: Gravity) -> (Cell, Tone) {
    let (key, tone, text) = match gravity {
        Gravity::Blocks => ("report.findings.blocks", Tone::Bad, Tone::Plain),
        Gravity::Warns => ("report.findings.warns", Tone::Warn, Tone::Faint),
    };
    (Cell::toned(language.text(key), tone), text)
}

pub(super) fn duplicates(language: Language, county: &County<'_>) -> Vec<Block> {
    let text = |key: &str| language.text(key).into_owned();
    let cells = |rows: &RowCount| {
        [
            rows.rows_in,
            rows.kept,
            rows.merged,
            rows.excluded,
            rows.open,
        ]
        .map(|number| Cell::from(count(number)))
    };
    let mut rows: Vec<_> = county
        .tally
        .lists
        .iter()
        .map(|(id, rows)| {
            let list = county.survey.list(*id);
            let name = list.map_or_else(
                || text("report.duplicates.list_gone"),
                |list| list_text(language, list),
            );
            Row::plain(std::iter::once(Cell::from(name)).chain(cells(rows)))
        })
        .collect();
    let total = &county.tally.total;
    rows.push(Row::sum(
        std::iter::once(Cell::from(text("report.sum"))).chain(cells(total)),
    ));
    let drawn = &county.tally.drawn_here;
    rows.push(Row::plain(
        std::iter::once(Cell::from(text("report.duplicates.drawn_here"))).chain(cells(drawn)),
    ));
    let identity = match county.tally.adds_up() {
        _ if county.tally.lists.is_empty() => Block::note(text("report.duplicates.no_lists")),
        true => Block::Paragraph {
            text: text("report.duplicates.adds_up"),
            tone: Tone::Good,
        },
        false => Block::Paragraph {
            text: text("report.duplicates.does_not_add_up"),
            tone: Tone::Bad,
        },
    };
    let decisions = Verdict::ALL.iter().map(|verdict| {
        Row::plain([
            Cell::from(coded_label(language, *verdict)),
            Cell::from(count(county.decided(*verdict) as u64)),
        ])
    });
    vec![
        chapter(language, "report.duplicates.heading"),
        Block::note(language.text("report.duplicates.scope")),
        Block::paragraph(rows_text(language, total)),
        identity,
        Block::Table(Table {
            columns: vec![
                Column::left(text("report.column.list"), 4.0),
                Column::right(text("report.column.rows_in"), 1.0),
                Column::right(text("report.column.rows_kept"), 1.0),
                Column::right(text("report.column.rows_merged"), 1.0),
                Column::right(text("report.column.rows_excluded"), 1.0),
                Column::right(text("report.column.rows_open"), 1.0),
            ],
            rows,
            headed: Headed::Yes,
        }),
        Block::heading(2, text("report.duplicates.decisions")),
        Block::paragraph(language.text_with(
            "report.duplicates.decided",
            &[
                ("merged", &(total.merged + drawn.merged)),
                ("decisions", &county.survey.decisions().len()),
                ("open", &county.open_pairs),
            ],
        )),
        Block::Table(Table {
            columns: vec![
                Column::left(text("report.column.verdict"), 3.0),
                Column::right(text("report.column.pairs"), 1.0),
            ],
            rows: decisions.collect(),
            headed: Headed::Yes,
        }),
    ]
}

pub(super) fn coverage(language: Language, county: &County<'_>) -> Vec<Block> {
    let mut blocks = vec![chapter(language, "report.coverage.heading")];
    let lines = report_lines(language, county.survey, &county.coverage, None);
    blocks.extend(lines.into_iter().map(Block::paragraph));
    blocks.push(Block::note(language.text("report.coverage.note")));
    blocks
}

pub(super) fn findings(language: Language, county: &County<'_>) -> Vec<Block> {
    let text = |key: &str| language.text(key).into_owned();
    let mut blocks = vec![chapter(language, "report.findings.heading")];
    if county.findings.is_empty() {
        blocks.push(Block::note(language.text("report.findings.none")));
        return blocks;
    }
    let mut by_code: BTreeMap<(Gravity, CheckCode), usize> = BTreeMap::new();
    for finding in &county.findings {
        *by_code.entry((finding.gravity, finding.code)).or_default() += 1;
    }
    let rows = by_code.iter().map(|((weight, code), number)| {
        let (weight, _) = gravity(language, *weight);
        Row::plain([
            Cell::from(code.key()),
            weight,
            Cell::from(check_text(language, *code)),
            Cell::from(count(*number as u64)),
        ])
    });
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::left(text("report.column.check"), 0.6),
            Column::left(text("report.column.gravity"), 0.9),
            Column::left(text("report.column.problem"), 5.0),
            Column::right(text("report.column.number_of"), 0.9),
        ],
        rows: rows.collect(),
        headed: Headed::Yes,
    }));
    let blocking: Vec<_> = county
        .findings
        .iter()
        .filter(|finding| finding.gravity == Gravity::Blocks)
        .collect();
    blocks.push(Block::heading(2, text("report.findings.blocking")));
    if blocking.is_empty() {
        blocks.push(Block::note(language.text("report.findings.none_blocking")));
        return blocks;
    }
    let mut listed: BTreeMap<CheckCode, usize> = BTreeMap::new();
    let shown: Vec<_> = blocking
        .iter()
        .filter(|finding| {
            let of_check = listed.entry(finding.code).or_default();
            *of_check += 1;
            *of_check <= MOST_OF_A_CHECK
        })
        .collect();
    let left_out = blocking.len() - shown.len();
    let rows = shown.into_iter().map(|finding| {
        let items = &county.catalogue.items;
        Row::plain([
            Cell::from(finding.code.key()),
            Cell::from(finding_text(language, finding, county.survey, items)),
        ])
    });
    if left_out > 0 {
        blocks.push(Block::note(
            language.text_with("report.findings.more", &[("count", &left_out)]),
        ));
    }
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::left(text("report.column.check"), 0.6),
            Column::left(text("report.column.problem"), 6.5),
        ],
        rows: rows.collect(),
        headed: Headed::Yes,
    }));
    blocks
}
