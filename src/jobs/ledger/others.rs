//! The sheets that answer "where is …?": 去重说明, 未纳入, 覆盖情况 and 校验.

use super::LedgerInput;
use super::cells::{column, heading, number, sheet, text, word};
use super::estates::division;
use crate::formats::ledger::{Cell, Column, Look, Sheet};
use crate::jobs::release::source_of;
use crate::model::{Coded, EstateId, Field};
use crate::rules::checks::Gravity;
use crate::rules::coverage::Coverage;
use crate::rules::fate::{Fate, RowCount};
use std::collections::BTreeMap;

/// Columns of text, with their widths.
fn texts(columns: &[(&str, f64)]) -> Vec<Column> {
    let text = |(key, width): &(&str, f64)| column(key, *width, Look::Text);
    columns.iter().map(text).collect()
}

/// Each decision about a pair, and what became of both records.
pub(super) fn duplicates(input: &LedgerInput) -> Sheet {
    let columns = texts(&[
        ("name_a", 24.0),
        ("became_a", 12.0),
        ("name_b", 24.0),
        ("became_b", 12.0),
        ("decision", 18.0),
        ("note", 40.0),
        ("decided_at", 24.0),
        ("id_a", 38.0),
        ("id_b", 38.0),
    ]);
    let name = |id: EstateId| {
        let estate = input.survey.estate(id);
        text(estate.map_or("", |estate| &estate.name))
    };
    let became = |id: EstateId| {
        let judgement = input.judgements.get(&id);
        text(judgement.map_or("", |judgement| word("fate", judgement.fate.key())))
    };
    let decisions = input.survey.decisions().map(|decision| {
        let [a, b] = [decision.pair.a(), decision.pair.b()];
        vec![
            name(a),
            became(a),
            name(b),
            became(b),
            text(word("verdict", decision.verdict.key())),
            text(&decision.note),
            text(decision.decided_at.to_string()),
            text(a.to_string()),
            text(b.to_string()),
        ]
    });
    sheet("duplicates", columns, decisions.collect())
}

/// Every record that is out, with the rules or the person that took it out.
pub(super) fn excluded(input: &LedgerInput) -> Sheet {
    let catalogue = input.catalogue;
    let mut columns = texts(&[("county", 14.0), ("street", 18.0)]);
    let fields = [
        Field::Name,
        Field::Address,
        Field::BuildYear,
        Field::Households,
    ];
    columns.extend(fields.map(|field| super::cells::field_column(field, catalogue)));
    columns.extend(texts(&[
        ("why", 18.0),
        ("rules", 14.0),
        ("clauses", 50.0),
        ("reason", 30.0),
        ("source", 16.0),
        ("source_id", 16.0),
        ("id", 38.0),
    ]));
    let mut rows = Vec::new();
    for estate in input.survey.estates() {
        let Some(judgement) = input.judgements.get(&estate.id) else {
            continue;
        };
        if !matches!(judgement.fate, Fate::Excluded(_)) {
            continue;
        }
        let grounds = judgement.grounds(estate);
        let cited = grounds.rules.iter();
        let clauses: Vec<String> = cited.filter_map(|key| catalogue.rules.cited(key)).collect();
        let origin = estate.origin.as_ref();
        let mut cells = vec![
            text(division(&estate.county_code)),
            text(division(&estate.street_code)),
        ];
        cells.extend(fields.map(|f| super::cells::value(f, estate.get(&f), catalogue)));
        cells.extend([
            text(word("why", judgement.fate.why())),
            text(grounds.rules.join("、")),
            text(clauses.join("；")),
            text(grounds.reason),
            text(source_of(input.survey, estate)),
            text(origin.map_or("", |origin| &origin.source_id)),
            text(estate.id.to_string()),
        ]);
        rows.push(cells);
    }
    sheet("excluded", columns, rows)
}

/// Against which lists the survey was reconciled, and what the communities answered.
pub(super) fn coverage(input: &LedgerInput) -> Sheet {
    let mut columns = texts(&[("kind", 12.0), ("code", 16.0), ("named", 32.0)]);
    columns.extend(
        ["rows_in", "kept", "merged", "excluded", "open"].map(|key| column(key, 12.0, Look::Whole)),
    );
    columns.extend(texts(&[("answer", 22.0), ("signed_on", 14.0)]));
    let (survey, coverage) = (input.survey, Coverage::of(input.survey, input.judgements));
    let counted = |kind: &str, name: &str, count: &RowCount| {
        let mut cells = vec![text(word("groups", kind)), Cell::Empty, text(name)];
        let counts = [
            count.rows_in,
            count.kept,
            count.merged,
            count.excluded,
            count.open,
        ];
        cells.extend(counts.map(|count| Cell::Number(count as f64)));
        cells.extend([Cell::Empty, Cell::Empty]);
        cells
    };
    let mut rows = Vec::new();
    for list in &coverage.reconciliation.lists {
        let name = survey.list(list.list).map_or("", |held| &held.file_name);
        rows.push(counted("list", name, &list.count));
    }
    rows.push(counted(
        "drawn_here",
        "",
        &coverage.reconciliation.drawn_here,
    ));
    rows.push(counted("total", "", &coverage.reconciliation.total));
    for community in &coverage.communities {
        let held = survey.community(community.code);
        if !community.must_answer && held.is_none() && community.estates == 0 {
            continue;
        }
        let code = community.code.as_str();
        let mut cells = vec![
            text(word("groups", "community")),
            text(code),
            text(division(code)),
            number(Some(community.estates)),
        ];
        cells.extend([const { Cell::Empty }; 4]);
        let signed_on = held.and_then(|held| held.signed_on);
        cells.extend([
            text(word("answer", community.standing(survey).key())),
            text(signed_on.map(|day| day.to_string()).unwrap_or_default()),
        ]);
        rows.push(cells);
    }
    sheet("coverage", columns, rows)
}

/// What the checks found.
pub(super) fn checks(input: &LedgerInput) -> Sheet {
    let columns = vec![
        column("check", 10.0, Look::Text),
        column("gravity", 12.0, Look::Text),
        column("lib_no", 18.0, Look::Text),
        super::cells::field_column(Field::Name, input.catalogue),
        column("fields", 20.0, Look::Text),
        column("clauses", 50.0, Look::Text),
        column("source", 20.0, Look::Text),
        column("id", 38.0, Look::Text),
    ];
    // One field has many findings, and its heading is looked for among all of them.
    let mut headings = BTreeMap::new();
    let findings = input.findings.iter().map(|finding| {
        let estate = finding.estate.and_then(|id| input.survey.estate(id));
        let list = finding.list.and_then(|id| input.survey.list(id));
        let gravity = match finding.gravity {
            Gravity::Blocks => "blocks",
            Gravity::Warns => "warns",
        };
        let field = finding.field.map(|field| {
            let known = headings.entry(field);
            known
                .or_insert_with(|| heading(field, input.catalogue))
                .clone()
        });
        let number = estate.and_then(|estate| estate.lib_no.clone());
        vec![
            text(finding.code.key()),
            text(word("gravity", gravity)),
            text(number.unwrap_or_default()),
            text(estate.map_or("", |estate| &estate.name)),
            text(field.unwrap_or_default()),
            text(
                input
                    .catalogue
                    .rules
                    .cited(finding.code.key())
                    .unwrap_or_default(),
            ),
            text(list.map_or("", |list| &list.file_name)),
            text(finding.estate.map(|id| id.to_string()).unwrap_or_default()),
        ]
    });
    sheet("checks", columns, findings.collect())
}
