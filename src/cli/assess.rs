//! `jiugai assess`: the figures of a county's year (四(四)), and how they changed since an earlier
//! version was held fast.

use super::console::{Console, Failure, Outcome};
use super::dedupe::read_survey;
use super::import::today;
use crate::model::{AssessmentFigures, Snapshot, SnapshotContent, Survey};
use crate::rules::assessment::{Figure, Group, Scope, Unit, assess, compare, counties};
use crate::rules::fate::judge;
use crate::words::assessment as words;
use crate::words::coverage::division_name;
use clap::Args;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

#[derive(Debug, Args)]
pub struct AssessArguments {
    pub file: PathBuf,
    #[arg(long)]
    pub year: i32,
    #[arg(long, value_name = "CODE")]
    pub county: Option<String>,
    #[arg(long, value_name = "TITLE")]
    pub against: Option<String>,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(console: &Console, arguments: AssessArguments) -> Result<Outcome, Failure> {
    let survey = read_survey(console, &arguments.file)?;
    let console = &console.under(survey.settings())?;
    let scope = Scope {
        county_code: county(console, &survey, arguments.county.as_deref())?,
        year: arguments.year,
        today: today(),
    };
    let before = match &arguments.against {
        Some(title) => Some(earlier(console, &survey, title, &scope)?),
        None => None,
    };
    let judgements = judge(&survey, &console.catalogue);
    let figures = assess(&survey, &judgements, &scope, &console.catalogue);
    match arguments.json {
        true => print_json(console, &scope, &figures, before.as_ref()),
        false => print(console, &figures, before.as_ref()),
    }
    // It tells and does not judge: the guidance has no figure to be reached.
    Ok(Outcome::Fine)
}

/// An assessment that was held fast.
struct Earlier {
    snapshot: Arc<Snapshot>,
    figures: AssessmentFigures,
}

/// Empty for the whole survey.
fn county(console: &Console, survey: &Survey, code: Option<&str>) -> Result<String, Failure> {
    let Some(code) = code else {
        return Ok(String::new());
    };
    let known = counties(survey);
    if known.contains(code) || survey.settings().county_code == code {
        return Ok(code.to_owned());
    }
    let known: Vec<String> = known.into_iter().collect();
    let known = console.language.listed(&known);
    let values: [(&str, &dyn std::fmt::Display); 2] = [("code", &code), ("known", &known)];
    let text = console.language.text_with("cli.assess.no_county", &values);
    Err(Failure(text))
}

/// The last assessment of this title, which must be of the same county.
fn earlier(
    console: &Console,
    survey: &Survey,
    title: &str,
    scope: &Scope,
) -> Result<Earlier, Failure> {
    let assessments = survey.snapshots().filter_map(|snapshot| {
        let SnapshotContent::Assessment(figures) = &snapshot.content else {
            return None;
        };
        (figures.county_code == scope.county_code).then(|| Earlier {
            snapshot: snapshot.clone(),
            figures: figures.clone(),
        })
    });
    let mut assessments: Vec<Earlier> = assessments.collect();
    assessments.sort_by_key(|one| (one.snapshot.taken_at, one.snapshot.id));
    let known: Vec<String> = assessments
        .iter()
        .map(|one| one.snapshot.title.clone())
        .collect();
    let found = assessments
        .into_iter()
        .rfind(|one| one.snapshot.title == title);
    found.ok_or_else(|| {
        let language = console.language;
        let known = match known.is_empty() {
            true => language.text("cli.assess.none").into_owned(),
            false => language.listed(&known),
        };
        let values: [(&str, &dyn std::fmt::Display); 2] = [("title", &title), ("known", &known)];
        Failure(language.text_with("cli.assess.no_snapshot", &values))
    })
}

fn print(console: &Console, figures: &AssessmentFigures, before: Option<&Earlier>) {
    let language = console.language;
    let place = match figures.county_code.as_str() {
        "" => language.text("cli.assess.whole").into_owned(),
        code => division_name(code),
    };
    let pack = &console.catalogue.rules;
    console.say(
        "cli.assess.title",
        &[
            ("place", &place),
            ("year", &figures.year),
            ("pack", &pack.id),
            ("version", &pack.version),
            ("document", &pack.document),
        ],
    );
    if let Some(before) = before {
        console.say(
            "cli.assess.since",
            &[
                ("title", &before.snapshot.title),
                ("year", &before.figures.year),
                ("day", &before.snapshot.taken_at.strftime("%Y-%m-%d")),
                ("version", &before.snapshot.pack.version),
            ],
        );
    }
    let rows = rows(console, figures, before);
    let width = |column: usize| {
        let texts = rows.iter().filter_map(|row| row.cells.get(column));
        texts.map(|text| text.width()).max().unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2)];
    let mut group = None;
    for row in &rows {
        if group != Some(row.group) {
            group = Some(row.group);
            console.line(&words::group_label(language, row.group));
        }
        let cells = row.cells.iter().zip(widths).enumerate();
        let cells = cells.map(|(index, (text, width))| {
            let gap = " ".repeat(width.saturating_sub(text.width()));
            match index {
                0 => format!("{text}{gap}"),
                _ => format!("{gap}{text}"),
            }
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        console.line(&format!("  {}", line.trim_end()));
    }
}

struct Row {
    group: Group,
    cells: Vec<String>,
}

fn rows(console: &Console, figures: &AssessmentFigures, before: Option<&Earlier>) -> Vec<Row> {
    let language = console.language;
    let of = |figure: Figure| figures.figures.get(&figure.key()).copied();
    let changes = before.map(|before| compare(figures, &before.figures));
    // Money from nobody and estates with nothing unknown need no line.
    let is_worth_a_line = |figure: Figure, value: Option<f64>| match figure {
        Figure::FundingOf(_) | Figure::Unknown(..) => value != Some(0.0),
        _ => true,
    };
    Figure::all()
        .into_iter()
        .filter_map(|figure| {
            let value = of(figure);
            let mut cells = vec![
                words::figure_label(language, figure),
                words::figure_text(language, figure, value),
            ];
            let mut is_changed = false;
            if let Some(changes) = &changes {
                let change = changes.iter().find(|change| change.figure == figure);
                let change = change.and_then(|change| change.change());
                is_changed = change.is_some_and(|change| change != 0.0);
                cells.push(words::change_text(language, figure, change));
            }
            let group = figure.group();
            (is_changed || is_worth_a_line(figure, value)).then_some(Row { group, cells })
        })
        .collect()
}

/// Whole where it is counted; `null` where it is not known.
fn number(figure: Figure, value: Option<f64>) -> Value {
    match figure.unit() {
        Unit::TenThousandYuan | Unit::Share | Unit::SquareMetres => json!(value),
        _ => json!(value.map(|value| value.round() as i64)),
    }
}

fn print_json(
    console: &Console,
    scope: &Scope,
    figures: &AssessmentFigures,
    before: Option<&Earlier>,
) {
    let of = |figures: &AssessmentFigures, key: &str| figures.figures.get(key).copied();
    let told: Map<String, Value> = Figure::all()
        .into_iter()
        .map(|figure| {
            let key = figure.key();
            let value = of(figures, &key);
            let number = |value: Option<f64>| number(figure, value);
            let mut told = json!({ "value": number(value), "unit": figure.unit().key() });
            if let Some(before) = before {
                let earlier = of(&before.figures, &key);
                told["before"] = number(earlier);
                told["change"] = number(value.zip(earlier).map(|(now, before)| now - before));
            }
            (key, told)
        })
        .collect();
    console.json(&json!({
        "rule_pack": console.catalogue.rules.stamp(),
        "county": scope.county_code,
        "year": scope.year,
        "as_of": scope.today,
        "against": before.map(|before| json!({
            "title": before.snapshot.title,
            "year": before.figures.year,
            "taken_at": before.snapshot.taken_at,
            "rule_pack": before.snapshot.pack,
        })),
        "figures": told,
    }));
}
