//! What is planned for an estate and what became of it, in words.

use super::sheet::{facts, heading};
use super::{count, or_dash};
use crate::formats::pdf::{Block, Cell, Column, Headed, Row, RowKind, Table, Tone};
use crate::jobs::report::Sheet;
use crate::model::{Coded, MilestoneKind, PlanItem, Project, Signer, Yuan};
use crate::words::Language;
use crate::words::delivery::{late_text, stage_label};
use crate::words::fields::coded_label;
use crate::words::planning::{item_text, subsidy_notes, subsidy_text};
use jiff::civil::Date;

pub(super) fn blocks(language: Language, sheet: &Sheet<'_>) -> Vec<Block> {
    let Some(project) = sheet.project else {
        return vec![
            heading(language, "report.project.heading"),
            Block::note(language.text("report.project.none")),
        ];
    };
    let mut blocks = vec![heading(language, "report.project.heading")];
    blocks.push(overview(language, sheet, project));
    blocks.extend(content(language, sheet, project));
    blocks.extend(funding(language, sheet, project));
    blocks.extend(milestones(language, sheet, project));
    blocks.extend(signatures(language, project));
    blocks.extend(issues(language, project));
    blocks
}

fn date(day: Option<Date>) -> Cell {
    or_dash(&day.map_or_else(String::new, |day| day.to_string()))
}

fn money(amount: Option<Yuan>) -> Cell {
    or_dash(&amount.map_or_else(String::new, |amount| amount.to_string()))
}

fn overview(language: Language, sheet: &Sheet<'_>, project: &Project) -> Block {
    let text = |key: &str| language.text(key).into_owned();
    let stage = sheet.stage.map(|stage| stage_label(language, stage));
    let year = project.year.map(|year| year.to_string());
    let mut rows = vec![
        (
            text("report.project.stage"),
            or_dash(&stage.unwrap_or_default()),
        ),
        (
            text("report.project.year"),
            or_dash(&year.unwrap_or_default()),
        ),
        (text("report.project.agreed_on"), date(project.agreed_on)),
        (
            text("report.project.implementing_unit"),
            or_dash(&project.implementing_unit),
        ),
        (text("report.project.designer"), or_dash(&project.designer)),
        (
            text("report.project.contractor"),
            or_dash(&project.contractor),
        ),
        (
            text("report.project.supervisor"),
            or_dash(&project.supervisor),
        ),
        (
            text("report.project.management"),
            management(language, project),
        ),
        (
            text("report.project.evaluation"),
            evaluation(language, project),
        ),
    ];
    if !project.note.is_empty() {
        rows.push((
            text("report.project.note"),
            Cell::from(project.note.as_str()),
        ));
    }
    facts(rows)
}

fn management(language: Language, project: &Project) -> Cell {
    let Some(management) = &project.management else {
        return or_dash("");
    };
    let body = management
        .body
        .map(|body| coded_label(language, body).into_owned());
    let mode = management
        .mode
        .map(|mode| coded_label(language, mode).into_owned());
    let since = management.since.map(|day| day.to_string());
    let company = Some(management.company.clone()).filter(|name| !name.is_empty());
    let parts: Vec<_> = [body, mode, company, since].into_iter().flatten().collect();
    or_dash(&parts.join(" · "))
}

fn evaluation(language: Language, project: &Project) -> Cell {
    let Some(evaluation) = &project.evaluation else {
        return or_dash("");
    };
    let counted = evaluation.answered.zip(evaluation.satisfied);
    let counted = counted.map(|(answered, satisfied)| {
        language.text_with(
            "report.project.satisfied",
            &[("answered", &answered), ("satisfied", &satisfied)],
        )
    });
    let on = evaluation.on.map(|day| day.to_string());
    let note = Some(evaluation.note.clone()).filter(|note| !note.is_empty());
    let parts: Vec<_> = [on, counted, note].into_iter().flatten().collect();
    or_dash(&parts.join(" · "))
}

fn content(language: Language, sheet: &Sheet<'_>, project: &Project) -> Vec<Block> {
    let (items, rules) = (&sheet.catalogue.items, &sheet.catalogue.rules);
    let text = |key: &str| language.text(key).into_owned();
    let mut blocks = vec![heading(language, "report.project.content")];
    if project.content.is_empty() {
        blocks.push(Block::note(language.text("report.project.no_content")));
        return blocks;
    }
    let row = |planned: &PlanItem| {
        let quantity = planned.quantity.map_or_else(String::new, |quantity| {
            format!("{quantity} {}", planned.unit).trim_end().to_owned()
        });
        let condition = planned
            .condition
            .map(|condition| coded_label(language, condition));
        let reasons = [
            condition.unwrap_or_default().into_owned(),
            planned.condition_reason.clone(),
            planned.link_reason.clone(),
        ];
        let reasons: Vec<_> = reasons.into_iter().filter(|it| !it.is_empty()).collect();
        Row::plain([
            Cell::from(item_text(language, planned.item, items)),
            Cell::from(coded_label(language, planned.work)),
            or_dash(&quantity),
            money(planned.cost),
            Cell::from(coded_label(language, planned.central_money)),
            or_dash(&reasons.join(&language.text("report.clause_separator"))),
        ])
    };
    let mut rows: Vec<_> = project.content.iter().map(row).collect();
    let cost = sheet.funding.as_ref().and_then(|funding| funding.cost);
    rows.push(Row::sum([
        Cell::from(text("report.sum")),
        Cell::default(),
        Cell::default(),
        match cost {
            Some(cost) => Cell::from(cost.to_string()),
            None => Cell::from(text("report.project.cost_unknown")),
        },
        Cell::default(),
        Cell::default(),
    ]));
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::left(text("report.column.item"), 2.6),
            Column::left(text("report.column.work"), 0.7),
            Column::right(text("report.column.quantity"), 1.0),
            Column::right(text("report.column.cost"), 1.1),
            Column::left(text("report.column.central_money"), 0.9),
            Column::left(text("report.column.reasons"), 2.2),
        ],
        rows,
        headed: Headed::Yes,
    }));
    if let Some(subsidy) = &sheet.subsidy {
        let verdict = subsidy_text(language, subsidy, items, &rules.subsidy);
        blocks.push(Block::paragraph(verdict));
        blocks.extend(
            subsidy_notes(language, subsidy, items)
                .into_iter()
                .map(Block::note),
        );
    }
    blocks
}

fn funding(language: Language, sheet: &Sheet<'_>, project: &Project) -> Vec<Block> {
    let text = |key: &str| language.text(key).into_owned();
    let mut blocks = vec![heading(language, "report.project.funding")];
    let Some(sums) = sheet
        .funding
        .as_ref()
        .filter(|_| !project.funding.is_empty())
    else {
        blocks.push(Block::note(language.text("report.project.no_funding")));
        return blocks;
    };
    let mut rows: Vec<_> = project
        .funding
        .iter()
        .map(|line| {
            Row::plain([
                Cell::from(coded_label(language, line.source)),
                Cell::from(coded_label(language, line.status)),
                Cell::from(line.amount.to_string()),
                or_dash(&line.note),
            ])
        })
        .collect();
    rows.push(Row::sum([
        Cell::from(text("report.sum")),
        Cell::default(),
        Cell::from(sums.total().to_string()),
        Cell::default(),
    ]));
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::left(text("report.column.funding_source"), 2.0),
            Column::left(text("report.column.status"), 1.0),
            Column::right(text("report.column.amount"), 1.2),
            Column::left(text("report.column.note"), 3.0),
        ],
        rows,
        headed: Headed::Yes,
    }));
    let missing = match sums.missing {
        Some(missing) => language.text_with("report.project.missing", &[("missing", &missing)]),
        None => text("report.project.missing_unknown"),
    };
    blocks.push(Block::paragraph(language.text_with(
        "report.project.sums",
        &[
            ("received", &sums.received),
            ("committed", &sums.committed),
            ("intended", &sums.intended),
            ("missing", &missing),
        ],
    )));
    blocks
}

fn milestones(language: Language, sheet: &Sheet<'_>, project: &Project) -> Vec<Block> {
    let text = |key: &str| language.text(key).into_owned();
    let row = |kind: &MilestoneKind| {
        let milestone = project.milestones.get(kind).cloned().unwrap_or_default();
        Row::plain([
            Cell::from(coded_label(language, *kind)),
            date(milestone.planned),
            date(milestone.actual),
            or_dash(&milestone.delay_reason),
        ])
    };
    let mut blocks = vec![
        heading(language, "report.project.milestones"),
        Block::Table(Table {
            columns: vec![
                Column::left(text("report.column.milestone"), 1.2),
                Column::left(text("report.column.planned"), 1.2),
                Column::left(text("report.column.actual"), 1.2),
                Column::left(text("report.column.delay_reason"), 3.0),
            ],
            rows: MilestoneKind::ALL.iter().map(row).collect(),
            headed: Headed::Yes,
        }),
    ];
    for late in &sheet.late {
        let tone = if late.is_overdue() {
            Tone::Bad
        } else {
            Tone::Warn
        };
        let text = late_text(language, late);
        blocks.push(Block::Paragraph { text, tone });
    }
    blocks
}

fn signatures(language: Language, project: &Project) -> Vec<Block> {
    let text = |key: &str| language.text(key).into_owned();
    let row = |signer: &Signer| {
        let signed = project.signatures.get(signer);
        let signed = match signed {
            Some(day) => Cell::from(day.to_string()),
            None => Cell::toned(text("report.project.not_signed"), Tone::Faint),
        };
        Row {
            cells: vec![
                Cell::from(coded_label(language, *signer)),
                signed,
                Cell::default(),
            ],
            kind: RowKind::ToSign,
        }
    };
    vec![
        heading(language, "report.project.signatures"),
        Block::Table(Table {
            columns: vec![
                Column::left(text("report.column.signer"), 2.0),
                Column::left(text("report.column.signed_on"), 1.4),
                Column::left(text("report.column.signature"), 3.0),
            ],
            rows: Signer::ALL.iter().map(row).collect(),
            headed: Headed::Yes,
        }),
    ]
}

fn issues(language: Language, project: &Project) -> Vec<Block> {
    let text = |key: &str| language.text(key).into_owned();
    let mut blocks = vec![heading(language, "report.project.issues")];
    if project.issues.is_empty() {
        blocks.push(Block::note(language.text("report.project.no_issues")));
        return blocks;
    }
    let rows = project.issues.iter().enumerate().map(|(index, issue)| {
        Row::plain([
            Cell::from(count(index as u64 + 1)),
            or_dash(&issue.issue),
            or_dash(&issue.cause),
            or_dash(&issue.remedy),
            date(issue.found_on),
            match issue.solved_on {
                Some(day) => Cell::from(day.to_string()),
                None => Cell::toned(text("report.project.not_solved"), Tone::Warn),
            },
        ])
    });
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::left(text("report.column.number"), 0.5),
            Column::left(text("report.column.issue"), 2.4),
            Column::left(text("report.column.cause"), 1.8),
            Column::left(text("report.column.remedy"), 1.8),
            Column::left(text("report.column.found_on"), 1.1),
            Column::left(text("report.column.solved_on"), 1.1),
        ],
        rows: rows.collect(),
        headed: Headed::Yes,
    }));
    blocks
}
