//! What completeness says («不漏»): reconciliation, communities, gaps. Texts: `coverage.*`.
//!
//! DOMAIN §8: «reconciled against lists X, Y», never "complete".

use super::Language;
use super::fields::{area_figure, coded_label, record_name};
use super::history::author_text;
use super::rules::rules_text;
use crate::catalogue::Divisions;
use crate::jobs::gaps::{Gap, GapSummary, Gaps};
use crate::model::{
    CommunityCode, CommunityReturn, CommunityState, CoverageLabel, ImportList, ListKind, Searched,
    SearchedPlace, Survey,
};
use crate::rules::communities::CommunityStanding;
use crate::rules::coverage::Coverage;
use crate::rules::reconciliation::{ExcludedAs, MatchedAs, OpenAs, Outcome, Reconciliation, Row};
use std::borrow::Cow;

/// What was done for completeness.
pub fn edit_text(language: Language, label: &CoverageLabel) -> String {
    match label {
        CoverageLabel::ListKind { file, kind } => language.text_with(
            "coverage.edit.list_kind",
            &[("file", file), ("kind", &coded_label(language, *kind))],
        ),
        CoverageLabel::Communities {
            communities,
            code,
            state,
        } => {
            let state = state_text(language, *state);
            match communities {
                0 | 1 => language.text_with(
                    "coverage.edit.community",
                    &[("name", &community_name(*code)), ("state", &state)],
                ),
                many => language.text_with(
                    "coverage.edit.communities",
                    &[("communities", many), ("state", &state)],
                ),
            }
        }
        CoverageLabel::Return { code } => {
            let name = community_name(*code);
            language.text_with("coverage.edit.return", &[("name", &name)])
        }
        CoverageLabel::Searched { places } => {
            language.text_with("coverage.edit.searched", &[("places", places)])
        }
        CoverageLabel::SearchedCells { cells } => {
            language.text_with("coverage.edit.searched_cells", &[("cells", cells)])
        }
        CoverageLabel::SearchAgain { places } => {
            language.text_with("coverage.edit.search_again", &[("places", places)])
        }
        CoverageLabel::Scope { codes } => {
            let names: Vec<_> = codes.iter().map(|code| division_name(code)).collect();
            let key = match names.is_empty() {
                true => "coverage.edit.scope_nobody",
                false => "coverage.edit.scope",
            };
            let names = language.listed(&names);
            language.text_with(key, &[("names", &names)])
        }
    }
}

/// 民巷社区居委会; the code of one that no list of divisions has.
pub fn community_name(code: CommunityCode) -> String {
    division_name(code.as_str())
}

/// The name of a county, street or community.
pub fn division_name(code: &str) -> String {
    let name = Divisions::shipped().name(code);
    name.unwrap_or(code).to_owned()
}

/// What a community answered, or "nothing yet".
pub fn state_text(language: Language, state: Option<CommunityState>) -> Cow<'static, str> {
    match state {
        Some(state) => coded_label(language, state),
        None => language.text("coverage.standing.nothing"),
    }
}

/// Who recorded an answer, and on which day.
pub fn recorded_text(language: Language, held: &CommunityReturn) -> String {
    language.text_with(
        "coverage.recorded",
        &[
            ("by", &author_text(language, &held.recorded_by, "", "")),
            ("at", &day_in_china(held.recorded_at)),
        ],
    )
}

/// How a community stands.
pub fn standing_text(language: Language, standing: CommunityStanding) -> Cow<'static, str> {
    language.text(&format!("coverage.standing.{}", standing.key()))
}

/// How many communities stand how: of those that have to answer, where anybody has to.
pub fn communities_text(language: Language, survey: &Survey, coverage: &Coverage) -> String {
    let standings = coverage.standings(survey);
    let count = |standing| standings.get(&standing).copied().unwrap_or_default();
    let key = match survey.settings().answering.is_empty() {
        true => "coverage.communities_nobody",
        false => "coverage.communities",
    };
    language.text_with(
        key,
        &[
            ("all", &standings.values().sum::<usize>()),
            ("signed", &count(CommunityStanding::Signed)),
            ("nil", &count(CommunityStanding::Nil)),
            ("nothing", &count(CommunityStanding::Nothing)),
            ("contradiction", &count(CommunityStanding::Contradiction)),
        ],
    )
}

/// Whose list it is, its file and its day: 住建局台账“名册.csv”（2026-11-24）.
pub fn list_text(language: Language, list: &ImportList) -> String {
    let key = match list.kind {
        ListKind::Other => "coverage.list_of_nobody",
        _ => "coverage.list",
    };
    language.text_with(
        key,
        &[
            ("kind", &coded_label(language, list.kind)),
            ("file", &list.file_name),
            ("date", &day_in_china(list.imported_at)),
        ],
    )
}

/// The day in China, whatever the time zone of the laptop: a release says the same everywhere.
pub fn day_in_china(at: jiff::Timestamp) -> jiff::civil::Date {
    jiff::tz::offset(8).to_datetime(at).date()
}

/// "Reconciled against …", with the dates, and what is still open of it.
pub fn reconciled_text(
    language: Language,
    survey: &Survey,
    reconciliation: &Reconciliation,
) -> String {
    let lists: Vec<String> = reconciliation
        .lists
        .iter()
        .filter_map(|reconciled| survey.list(reconciled.list))
        .map(|list| list_text(language, list))
        .collect();
    if lists.is_empty() {
        return language.text("coverage.no_lists").into_owned();
    }
    let lists = language.listed(&lists);
    match reconciliation.total.open {
        0 => language.text_with("coverage.reconciled", &[("lists", &lists)]),
        open => language.text_with(
            "coverage.reconciled_open",
            &[("lists", &lists), ("open", &open)],
        ),
    }
}

/// What a row of a list is called: its record's name, or what the file says.
pub fn row_name(
    language: Language,
    survey: &Survey,
    list: Option<&ImportList>,
    row: &Row,
) -> String {
    let unreadable = || {
        let rejected = list?.rejected.iter();
        let mut same = rejected.filter(|rejected| rejected.problem.row == row.number);
        same.next().map(|rejected| rejected.text.clone())
    };
    match row.estate.and_then(|id| survey.estate(id)) {
        Some(estate) => record_name(language, survey, estate),
        None => unreadable().unwrap_or_default(),
    }
}

/// What became of a row, and why.
pub fn outcome_text(language: Language, survey: &Survey, outcome: &Outcome) -> String {
    let plain = |key: &str| {
        language
            .text(&format!("coverage.outcome.{key}"))
            .into_owned()
    };
    let with = |key: &str, name: &str, value: &str| {
        language.text_with(&format!("coverage.outcome.{key}"), &[(name, &value)])
    };
    match outcome {
        Outcome::Drawn => plain("drawn"),
        Outcome::Matched { into, how } => {
            let name = match survey.estate(*into) {
                Some(estate) => record_name(language, survey, estate),
                None => language.text("record.gone").into_owned(),
            };
            let key = match how {
                MatchedAs::Same => "same",
                MatchedAs::PartOf => "part_of",
            };
            with(key, "name", &name)
        }
        Outcome::Excluded(ExcludedAs::Withdrawn { reason }) => with("withdrawn", "reason", reason),
        Outcome::Excluded(ExcludedAs::SetAside { reason }) => with("set_aside", "reason", reason),
        Outcome::Excluded(ExcludedAs::NotRecognised { rules }) => {
            with("not_recognised", "rules", &rules_text(language, rules))
        }
        Outcome::Open(OpenAs::NoBoundary) => plain("no_boundary"),
        Outcome::Open(OpenAs::Unreadable) => plain("unreadable"),
        Outcome::Open(OpenAs::MergedIntoNothing) => plain("merged_into_nothing"),
        Outcome::Open(OpenAs::Undetermined { rules }) => {
            with("undetermined", "rules", &rules_text(language, rules))
        }
    }
}

/// What a release says of what may be missing, a line each: the lists, the communities, the gaps,
/// what was searched.
pub fn report_lines(
    language: Language,
    survey: &Survey,
    coverage: &Coverage,
    gaps: Option<&GapSummary>,
) -> Vec<String> {
    let gaps = match gaps {
        None => language.text("coverage.report.no_gaps").into_owned(),
        Some(gaps) => language.text_with(
            "coverage.report.gaps",
            &[
                ("layer", &gaps.layer),
                ("polygons", &gaps.polygons),
                ("open", &gaps.open),
            ],
        ),
    };
    let is_cell = |searched: &Searched| matches!(searched.place, SearchedPlace::Cell(_));
    let cells = survey
        .searched()
        .filter(|searched| is_cell(searched))
        .count();
    let places = survey.searched().len() - cells;
    vec![
        reconciled_text(language, survey, &coverage.reconciliation),
        communities_text(language, survey, coverage),
        gaps,
        language.text_with(
            "coverage.report.searched",
            &[("places", &places), ("cells", &cells)],
        ),
    ]
}

/// What a search for gaps came to.
pub fn gaps_text(language: Language, gaps: &Gaps) -> String {
    language.text_with(
        "coverage.gaps.found",
        &[
            ("layer", &gaps.layer),
            ("gaps", &gaps.gaps.len()),
            ("polygons", &gaps.polygons),
            ("covered", &gaps.covered),
            ("searched", &gaps.searched),
            ("too_small", &gaps.too_small),
        ],
    )
}

/// What a gap is called: by its features, and how large they are together.
pub fn gap_text(language: Language, gap: &Gap) -> String {
    let area = area_figure(gap.area_m2.round());
    match gap.features.as_slice() {
        [one] => language.text_with("coverage.gaps.one", &[("feature", one), ("area", &area)]),
        several => language.text_with(
            "coverage.gaps.block",
            &[
                ("feature", &several.first().copied().unwrap_or_default()),
                ("houses", &several.len()),
                ("area", &area),
            ],
        ),
    }
}

/// Where nothing was found, why, by whom and when.
pub fn searched_text(language: Language, searched: &Searched) -> String {
    let place = match &searched.place {
        SearchedPlace::Feature { layer, feature } => language.text_with(
            "coverage.searched.feature",
            &[("layer", layer), ("feature", feature)],
        ),
        SearchedPlace::Cell(cell) => language.text_with(
            "coverage.searched.cell",
            &[
                ("column", &cell.column),
                ("row", &cell.row),
                ("size", &cell.size_m),
            ],
        ),
    };
    let by = author_text(language, &searched.searched_by, "", "");
    let on = day_in_china(searched.searched_at);
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("place", &place),
        ("reason", &searched.reason),
        ("by", &by),
        ("on", &on),
    ];
    match searched.reason.is_empty() {
        true => language.text_with("coverage.searched.plain", &values),
        false => language.text_with("coverage.searched.because", &values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::{Estate, Settings};
    use crate::rules::fate::judge;
    use crate::rules::reconciliation::reconcile;
    use crate::rules::sample::{complete_estate, list, origin};

    #[test]
    fn it_says_against_which_lists_and_never_that_nothing_is_missing() {
        let mut lists = [list(1, 1, Vec::new()), list(2, 1, Vec::new())];
        lists[0].kind = ListKind::HousingBureau;
        let estate = |number, drawn: bool| Estate {
            origin: origin(number, 1),
            boundary: complete_estate(number.into()).boundary.filter(|_| drawn),
            ..complete_estate(number.into())
        };
        let text = |language, lists: &[ImportList], drawn| {
            let estates = lists.iter().enumerate().map(|(index, _)| match index {
                0 => estate(1, true),
                _ => estate(2, drawn),
            });
            let lists = lists.iter().cloned();
            let survey = Survey::from_parts(estates, [], lists, Settings::default());
            let judgements = judge(&survey, &Catalogue::shipped());
            reconciled_text(language, &survey, &reconcile(&survey, &judgements))
        };
        use Language::{Chinese, English};
        assert_eq!(text(Chinese, &[], true), "尚未导入名单，无从核对。");
        assert_eq!(
            text(Chinese, &lists, true),
            "已与以下名单核对：住建局台账“名册 1.csv”（1970-01-01）、“名册 2.csv”（1970-01-01）。"
        );
        assert!(text(Chinese, &lists, false).ends_with("其中1行待办。"));
        for drawn in [true, false] {
            let said = text(English, &lists, drawn);
            assert!(said.contains("housing bureau's ledger “名册 1.csv” (1970-01-01)"));
            assert!(!said.contains("complete"), "{said}");
        }
    }
}
