//! The plan of a county's year, its money and its delivery, in words.

use super::county::{chapter, sum_columns, sum_row};
use super::{count, or_dash, sum_cell};
use crate::formats::pdf::{Bar, Bars, Block, Cell, Column, Headed, Ink, Row, Table, Tone};
use crate::jobs::report::{County, LateProject, batch_look};
use crate::model::{Batch, Coded, FundingStatus, Yuan};
use crate::rules::assessment::{Figure, Measure, Progress};
use crate::rules::batches::Placed;
use crate::rules::delivery::Late;
use crate::words::Language;
use crate::words::assessment::figure_value;
use crate::words::coverage::division_name;
use crate::words::delivery::{late_text, stage_label};
use crate::words::fields::{coded_label, record_name};
use crate::words::planning::{money_text, placement_text, reason_text, score_text};

pub(super) fn blocks(language: Language, county: &County<'_>) -> Vec<Block> {
    let mut blocks = batches(language, county);
    blocks.extend(ranking(language, county));
    blocks.extend(funding(language, county));
    blocks.extend(delivery(language, county));
    blocks
}

fn amount(language: Language, amount: Option<Yuan>) -> String {
    match amount {
        Some(amount) => money_text(language, amount),
        None => language.text("report.plan.not_known").into_owned(),
    }
}

fn batches(language: Language, county: &County<'_>) -> Vec<Block> {
    let plan = &county.plan;
    let rows = county.by_batch.iter().map(|(batch, sums)| {
        let name = Cell::toned(coded_label(language, *batch), Tone::Strong);
        sum_row(language, name, sums)
    });
    let scores = score_bars(language, county);
    // What is left of a limit that nobody named is not known; it is not "not entered".
    let left = match plan.left() {
        Some(left) => amount(language, Some(left)),
        None => language.text("report.plan.unknown").into_owned(),
    };
    vec![
        chapter(language, "report.plan.heading"),
        Block::paragraph(language.text_with(
            "report.plan.budget",
            &[
                ("year", &county.year),
                ("budget", &amount(language, county.budget.budget)),
                ("capacity", &amount(language, county.budget.capacity)),
                ("limit", &amount(language, plan.limit)),
                ("used", &amount(language, Some(plan.used))),
                ("left", &left),
            ],
        )),
        issued(language, county),
        Block::note(match county.budget.basis.is_empty() {
            true => language.text("report.plan.no_basis").into_owned(),
            false => language.text_with("report.plan.basis", &[("basis", &county.budget.basis)]),
        }),
        Block::Table(Table {
            columns: sum_columns(language, "report.column.batch"),
            rows: rows.collect(),
            headed: Headed::Yes,
        }),
        scores,
    ]
}

/// The yearly plans that were given out: what follows is as of today, and they stand as they were.
fn issued(language: Language, county: &County<'_>) -> Block {
    if county.issued.is_empty() {
        return Block::note(
            language.text_with("report.plan.none_issued", &[("year", &county.year)]),
        );
    }
    let numbers = language.listed(&county.issued);
    Block::paragraph(language.text_with(
        "report.plan.issued",
        &[("year", &county.year), ("numbers", &numbers)],
    ))
}

/// How many estates reach which score, by its low end.
fn score_bars(language: Language, county: &County<'_>) -> Block {
    const STEP: usize = 10;
    let ranked = || {
        county
            .plan
            .placed
            .iter()
            .filter(|it| it.batch != Batch::NotAdmitted)
    };
    let row = |step: usize| {
        let of = |batch: Batch| {
            let at = |placed: &&Placed| {
                let low = (placed.score.low.max(0.0) as usize / STEP).min(9);
                placed.batch == batch && low == step
            };
            ranked().filter(at).count() as f64
        };
        let parts: Vec<_> = Batch::ALL[..3]
            .iter()
            .filter_map(|batch| Some((batch_look(Some(*batch)).fill?, of(*batch))))
            .collect();
        let all: f64 = parts.iter().map(|(_, number)| number).sum();
        Bar {
            label: format!("{}—{}", step * STEP, (step + 1) * STEP),
            parts,
            figure: count(all as u64),
        }
    };
    let legend = Batch::ALL[..3].iter().filter_map(|batch| {
        let label = coded_label(language, *batch).into_owned();
        Some((batch_look(Some(*batch)).fill?, label))
    });
    Block::Bars(Bars {
        title: language.text("report.plan.scores").into_owned(),
        legend: legend.collect(),
        rows: (0..100 / STEP).rev().map(row).collect(),
        full: None,
    })
}

fn ranking(language: Language, county: &County<'_>) -> Vec<Block> {
    let text = |key: &str| language.text(key).into_owned();
    let plan = &county.plan;
    let mut rows = Vec::new();
    for placed in plan
        .placed
        .iter()
        .filter(|it| it.batch != Batch::NotAdmitted)
    {
        if plan.cut == Some(placed.rank) {
            rows.push(Row::cut(language.text_with(
                "report.plan.cut",
                &[
                    ("rank", &placed.rank),
                    ("limit", &amount(language, plan.limit)),
                    ("used", &amount(language, Some(plan.used))),
                ],
            )));
        }
        rows.push(rank_row(language, county, placed));
    }
    let not_admitted = plan
        .placed
        .iter()
        .filter(|it| it.batch == Batch::NotAdmitted)
        .count();
    vec![
        chapter(language, "report.plan.ranking"),
        Block::note(language.text("report.plan.ranking_note")),
        Block::Table(Table {
            columns: vec![
                Column::right(text("report.column.rank"), 0.8),
                Column::left(text("report.column.name"), 2.5),
                Column::left(text("report.column.street_short"), 1.4),
                Column::right(text("report.column.score"), 1.6),
                Column::left(text("report.column.batch"), 0.9),
                Column::right(text("report.column.cost_short"), 1.0),
                Column::right(text("report.column.local_fiscal"), 1.1),
                Column::left(text("report.column.reason"), 3.1),
            ],
            rows,
            headed: Headed::Yes,
        }),
        Block::note(language.text_with("report.plan.not_admitted", &[("count", &not_admitted)])),
    ]
}

fn rank_row(language: Language, county: &County<'_>, placed: &Placed) -> Row {
    let estate = county.survey.estate(placed.estate);
    let name = estate.map(|estate| record_name(language, county.survey, estate));
    let street = estate.map_or_else(String::new, |estate| match estate.street_code.is_empty() {
        true => String::new(),
        false => division_name(&estate.street_code),
    });
    let mut why = reason_text(language, &placed.reason, &county.catalogue.items);
    if let Some(not_honoured) = placement_text(language, placed.placement) {
        why.push_str(&language.text("report.clause_separator"));
        why.push_str(&not_honoured);
    }
    let fiscal = match placed.local_fiscal {
        Yuan::ZERO => String::new(),
        amount => amount.to_string(),
    };
    Row::plain([
        Cell::from(placed.rank.to_string()),
        Cell::from(name.unwrap_or_default()),
        or_dash(&street),
        Cell::from(score_text(language, placed.score)),
        Cell::from(coded_label(language, placed.batch)),
        or_dash(
            &placed
                .cost
                .map_or_else(String::new, |cost| cost.to_string()),
        ),
        or_dash(&fiscal),
        Cell::toned(why, Tone::Faint),
    ])
}

fn funding(language: Language, county: &County<'_>) -> Vec<Block> {
    let text = |key: &str| language.text(key).into_owned();
    let heading = chapter(language, "report.funding.heading");
    if county.projects == 0 {
        return vec![
            heading,
            Block::note(language.text("report.funding.no_projects")),
        ];
    }
    let total: Yuan = county.funding.values().copied().sum();
    let mut rows: Vec<_> = county
        .funding
        .iter()
        .map(|(source, amount)| {
            Row::plain([
                Cell::from(coded_label(language, *source)),
                Cell::from(amount.to_string()),
                Cell::from(match total {
                    Yuan::ZERO => String::new(),
                    total => format!("{:.1} %", amount.wan() / total.wan() * 100.0),
                }),
            ])
        })
        .collect();
    rows.push(Row::sum([
        Cell::from(text("report.sum")),
        Cell::from(total.to_string()),
        Cell::default(),
    ]));
    let bars = county.funding.iter().map(|(source, amount)| Bar {
        label: coded_label(language, *source).into_owned(),
        parts: vec![(Ink::series(0), amount.wan())],
        figure: money_text(language, *amount),
    });
    let statuses = FundingStatus::ALL.iter().zip(county.funding_by_status);
    let statuses: Vec<_> = statuses
        .map(|(status, amount)| {
            let money = money_text(language, amount);
            format!("{} {money}", coded_label(language, *status))
        })
        .collect();
    vec![
        heading,
        Block::paragraph(language.text_with(
            "report.funding.cost",
            &[
                ("projects", &county.projects),
                ("cost", &county.cost),
                ("unknown", &county.cost_unknown),
            ],
        )),
        Block::paragraph(statuses.join(&language.text("report.clause_separator"))),
        Block::Table(Table {
            columns: vec![
                Column::left(text("report.column.funding_source"), 3.0),
                Column::right(text("report.column.amount"), 1.5),
                Column::right(text("report.column.share"), 1.0),
            ],
            rows,
            headed: Headed::Yes,
        }),
        Block::Bars(Bars {
            title: text("report.funding.chart"),
            legend: Vec::new(),
            rows: bars.collect(),
            full: None,
        }),
    ]
}

fn delivery(language: Language, county: &County<'_>) -> Vec<Block> {
    let text = |key: &str| language.text(key).into_owned();
    let mut blocks = vec![chapter(language, "report.delivery.heading")];
    if county.projects == 0 {
        blocks.push(Block::note(language.text("report.funding.no_projects")));
        return blocks;
    }
    blocks.push(Block::Bars(Bars {
        title: text("report.delivery.stages"),
        legend: Vec::new(),
        rows: county
            .by_stage
            .iter()
            .map(|(stage, number)| Bar {
                label: stage_label(language, *stage).into_owned(),
                parts: vec![(Ink::series(0), *number as f64)],
                figure: count(*number as u64),
            })
            .collect(),
        full: None,
    }));
    blocks.extend(progress(language, county));
    blocks.push(Block::heading(2, text("report.delivery.late")));
    if county.late.is_empty() {
        blocks.push(Block::note(language.text("report.delivery.none_late")));
        return blocks;
    }
    let row = |it: &LateProject<'_>| {
        let lines: Vec<_> = it
            .late
            .iter()
            .map(|late| late_text(language, late))
            .collect();
        let tone = match it.late.iter().any(Late::is_overdue) {
            true => Tone::Bad,
            false => Tone::Warn,
        };
        Row::plain([
            Cell::from(record_name(language, county.survey, it.estate)),
            or_dash(&it.project.implementing_unit),
            Cell::toned(lines.join("\n"), tone),
        ])
    };
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::left(text("report.column.name"), 2.2),
            Column::left(text("report.project.implementing_unit"), 2.0),
            Column::left(text("report.column.late"), 4.0),
        ],
        rows: county.late.iter().map(row).collect(),
        headed: Headed::Yes,
    }));
    blocks
}

/// Planned, started, finished and accepted, as the assessment counts them.
fn progress(language: Language, county: &County<'_>) -> Vec<Block> {
    let text = |key: &str| language.text(key).into_owned();
    let cell = |progress: Progress, measure: Measure| {
        let figure = Figure::Reached(progress, measure);
        let Some(value) = county.figure(figure) else {
            return or_dash("");
        };
        let unknown = county.figure(Figure::Unknown(progress, measure));
        let value = figure_value(figure, value);
        let estates = county.figure(Figure::Reached(progress, Measure::Estates));
        let counts = [unknown, estates].map(|number| number.map_or(0, |number| number as u64));
        sum_cell(language, value, counts)
    };
    let rows = Progress::ALL.iter().map(|progress| {
        let name = language.text(&format!("figure.progress.{}", progress.key()));
        let cells = Measure::ALL.iter().map(|measure| cell(*progress, *measure));
        Row::plain(std::iter::once(Cell::from(name)).chain(cells))
    });
    let mut columns = sum_columns(language, "report.column.progress");
    columns.truncate(1 + Measure::ALL.len());
    let title = language.text_with("report.delivery.year", &[("year", &county.year)]);
    vec![
        Block::heading(2, title),
        Block::note(text("report.delivery.year_note")),
        Block::Table(Table {
            columns,
            rows: rows.collect(),
            headed: Headed::Yes,
        }),
    ]
}
