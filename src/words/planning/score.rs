//! Why a score is what it is, part by part.

use super::super::Language;
use super::super::fields::{coded_label, severity_label, utility_label};
use super::super::rules::clause_text;
use super::{item_text, joined};
use crate::catalogue::{Items, RulePack};
use crate::model::Coded;
use crate::rules::score::{Interval, PartWhy, Seen};

/// A score as people read it: "63.5", or "58–78" where something is open.
pub fn score_text(language: Language, score: Interval) -> String {
    let (low, high) = (points_text(score.low), points_text(score.high));
    match low == high {
        true => low,
        false => language.text_with("planning.score.range", &[("low", &low), ("high", &high)]),
    }
}

/// Points with one decimal at most.
pub fn points_text(points: f64) -> String {
    let text = format!("{points:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// One part in one line: "willingness 24 of 30: 200 households asked, …".
pub fn why_text(language: Language, why: &PartWhy, items: &Items) -> String {
    language.text_with(
        "planning.score.line",
        &[
            ("part", &coded_label(language, why.part)),
            ("points", &score_text(language, why.points)),
            ("weight", &points_text(why.weight)),
            ("seen", &seen_text(language, &why.seen, items)),
        ],
    )
}

/// Every part, each with the clause that it goes back to, and the rule pack at the end.
pub fn why_lines(
    language: Language,
    whys: &[PartWhy],
    items: &Items,
    rules: &RulePack,
) -> Vec<String> {
    let line = |why: &PartWhy| {
        let line = why_text(language, why, items);
        let key = format!("score.{}", why.part.key());
        match clause_text(language, &key, rules) {
            Some(clause) => language.text_with(
                "planning.score.with_clause",
                &[("line", &line), ("clause", &clause)],
            ),
            None => line,
        }
    };
    let mut lines: Vec<String> = whys.iter().map(line).collect();
    lines.push(super::pack_text(language, &rules.stamp()));
    lines
}

fn seen_text(language: Language, seen: &Seen, items: &Items) -> String {
    match seen {
        Seen::Answers {
            sent: Some(sent),
            returned,
            agree,
        } => language.text_with(
            "planning.score.answers",
            &[("sent", sent), ("returned", returned), ("agree", agree)],
        ),
        Seen::Answers {
            sent: None,
            returned,
            agree,
        } => language.text_with(
            "planning.score.answers_unsent",
            &[("returned", returned), ("agree", agree)],
        ),
        Seen::Level { level } => language.text_with(
            "planning.score.level",
            &[("level", &coded_label(language, *level))],
        ),
        Seen::NotAsked => language.text("planning.score.not_asked").into_owned(),
        Seen::Utilities { severities } => joined(
            language,
            severities.iter().map(|(utility, severity)| {
                language.text_with(
                    "planning.score.utility",
                    &[
                        ("utility", &utility_label(language, *utility)),
                        ("severity", &severity_label(language, *severity)),
                    ],
                )
            }),
        ),
        Seen::Gaps {
            severity,
            full,
            surveyed,
            items: all,
            worst,
        } => {
            let full = points_text(*full);
            match worst {
                None => language.text_with(
                    "planning.score.gaps",
                    &[
                        ("severity", severity),
                        ("full", &full),
                        ("surveyed", surveyed),
                        ("items", all),
                    ],
                ),
                Some((item, worst)) => {
                    let name = item_text(language, *item, items);
                    let worst = format!("{name} {}", severity_label(language, Some(*worst)));
                    language.text_with(
                        "planning.score.gaps_worst",
                        &[
                            ("severity", severity),
                            ("full", &full),
                            ("worst", &worst),
                            ("surveyed", surveyed),
                            ("items", all),
                        ],
                    )
                }
            }
        }
    }
}
