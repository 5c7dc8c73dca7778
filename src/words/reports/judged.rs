//! What the rules say of an estate, in words: recognition, score and checks, each with its clause.

use super::sheet::heading;
use super::statements::gravity;
use crate::formats::pdf::{Bar, Bars, Block, Cell, Column, Headed, Ink, Row, Table, Tone};
use crate::jobs::report::Sheet;
use crate::rules::recognition::Outcome;
use crate::words::Language;
use crate::words::fields::coded_label;
use crate::words::planning::{placement_text, points_text, reason_text, score_text, why_text};
use crate::words::rules::{clause_text, problem_text, reason_text as rule_text, verdict_text};

pub(super) fn recognition(language: Language, sheet: &Sheet<'_>) -> Vec<Block> {
    let (items, rules) = (&sheet.catalogue.items, &sheet.catalogue.rules);
    let text = |key: &str| language.text(key).into_owned();
    let rows = sheet.recognised.reasons.iter().map(|reason| {
        let tone = match reason.outcome {
            Outcome::Passed => Tone::Plain,
            Outcome::Failed => Tone::Bad,
            Outcome::Unknown => Tone::Warn,
        };
        let clause = clause_text(language, reason.rule.key(), rules).unwrap_or_default();
        Row::plain([
            Cell::toned(rule_text(language, reason, items), tone),
            Cell::toned(clause, Tone::Faint),
        ])
    });
    vec![
        heading(language, "report.sheet.recognition"),
        Block::paragraph(language.text_with(
            "report.sheet.verdict_is",
            &[("verdict", &verdict_text(language, sheet.recognised.verdict))],
        )),
        Block::Table(Table {
            columns: vec![
                Column::left(text("report.column.rule"), 3.0),
                Column::left(text("report.column.clause"), 2.4),
            ],
            rows: rows.collect(),
            headed: Headed::Yes,
        }),
    ]
}

pub(super) fn score(language: Language, sheet: &Sheet<'_>) -> Vec<Block> {
    let items = &sheet.catalogue.items;
    let bars = sheet.why.iter().map(|why| Bar {
        label: coded_label(language, why.part).into_owned(),
        parts: vec![
            (Ink::ACCENT, why.share.low),
            (Ink::ACCENT.pale(), why.share.high - why.share.low),
        ],
        figure: language.text_with(
            "report.sheet.points",
            &[
                ("points", &score_text(language, why.points)),
                ("weight", &points_text(why.weight)),
            ],
        ),
    });
    let mut blocks = vec![
        heading(language, "report.sheet.score"),
        Block::paragraph(language.text_with(
            "report.sheet.score_is",
            &[("score", &score_text(language, sheet.score))],
        )),
    ];
    if let Some(placed) = &sheet.placed {
        blocks.push(Block::paragraph(language.text_with(
            "report.sheet.placed",
            &[
                ("year", &sheet.year),
                ("rank", &placed.rank),
                ("ranked", &sheet.ranked),
                ("batch", &coded_label(language, placed.batch)),
                ("reason", &reason_text(language, &placed.reason, items)),
            ],
        )));
        blocks.extend(placement_text(language, placed.placement).map(Block::paragraph));
    }
    blocks.push(Block::Bars(Bars {
        title: language.text("report.sheet.parts").into_owned(),
        legend: vec![
            (Ink::ACCENT, language.text("report.sheet.sure").into_owned()),
            (
                Ink::ACCENT.pale(),
                language.text("report.sheet.possible").into_owned(),
            ),
        ],
        rows: bars.collect(),
        full: Some(1.0),
    }));
    for why in &sheet.why {
        let line = why_text(language, why, items);
        blocks.push(Block::note(line));
    }
    blocks
}

pub(super) fn findings(language: Language, sheet: &Sheet<'_>) -> Vec<Block> {
    let heading = heading(language, "report.sheet.findings");
    if sheet.findings.is_empty() {
        let none = Block::note(language.text("report.sheet.no_findings"));
        return vec![heading, none];
    }
    let rows = sheet.findings.iter().map(|finding| {
        let text = problem_text(language, finding, sheet.survey, &sheet.catalogue.items);
        let (gravity, tone) = gravity(language, finding.gravity);
        Row::plain([
            Cell::from(finding.code.key()),
            gravity,
            Cell::toned(text, tone),
        ])
    });
    let text = |key: &str| language.text(key).into_owned();
    vec![
        heading,
        Block::Table(Table {
            columns: vec![
                Column::left(text("report.column.check"), 0.6),
                Column::left(text("report.column.gravity"), 0.8),
                Column::left(text("report.column.problem"), 5.0),
            ],
            rows: rows.collect(),
            headed: Headed::Yes,
        }),
    ]
}
