//! What recognition, fates and checks say, in sentences. Texts: `rule.*`, `fate.*`, `check.*`,
//! `finding.*`.

mod projects;

use super::Language;
use super::fields::{coded_label, item_label, label, record_name, severity_label, utility_label};
use crate::catalogue::{Items, RulePack};
use crate::geometry::validity::{BoundaryProblem, RingIndex};
use crate::model::{EstateId, Field, ItemCode, Survey};
use crate::rules::checks::{CheckCode, Detail, Finding};
use crate::rules::fate::Fate;
use crate::rules::recognition::{Evidence, Outcome, Reason, RecognitionVerdict, RuleId, Warning};
use std::borrow::Cow;
use std::fmt::Display;

/// What a rule asks, e.g. "built before 2000".
pub fn rule_text(language: Language, rule: RuleId) -> Cow<'static, str> {
    language.text(&format!("rule.{}", rule.key()))
}

/// The verdict of recognition.
pub fn verdict_text(language: Language, verdict: RecognitionVerdict) -> Cow<'static, str> {
    language.text(&format!("verdict_of_recognition.{}", verdict.key()))
}

/// Where the rule or check with this key (`R2`, `E03`) stands in the document, and its words there.
pub fn clause_text(language: Language, key: &str, rules: &RulePack) -> Option<String> {
    let clause = rules.clauses.get(key)?;
    Some(language.text_with(
        "rule.clause",
        &[("clause", &clause.clause), ("quote", &clause.quote)],
    ))
}

/// How one rule came out and from what: "R2 built before 2000: yes (built in 1987)".
pub fn reason_text(language: Language, reason: &Reason, items: &Items) -> String {
    let kind = match reason.rule {
        RuleId::Excluded(_) => "exclusion",
        _ => "condition",
    };
    let outcome = match reason.outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::Unknown => "unknown",
    };
    let rule = reason.rule.key();
    let name = rule_text(language, reason.rule);
    let outcome = language.text(&format!("rule.outcome.{kind}.{outcome}"));
    match evidence_text(language, reason, items) {
        None => language.text_with(
            "rule.reason",
            &[("rule", &rule), ("name", &name), ("outcome", &outcome)],
        ),
        Some(evidence) => language.text_with(
            "rule.reason_because",
            &[
                ("rule", &rule),
                ("name", &name),
                ("outcome", &outcome),
                ("evidence", &evidence),
            ],
        ),
    }
}

fn evidence_text(language: Language, reason: &Reason, items: &Items) -> Option<String> {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        Some(language.text_with(&format!("rule.evidence.{key}"), values))
    };
    match reason.evidence {
        Evidence::Plain => None,
        Evidence::Years {
            earliest: Some(year),
            latest: Some(latest),
            ..
        } if year == latest => match reason.warning {
            Some(Warning::CutoffYearItself) => {
                Some(language.text_with("rule.cutoff_year", &[("year", &year)]))
            }
            None => say("year", &[("year", &year)]),
        },
        Evidence::Years {
            earliest, latest, ..
        } => match (earliest, latest) {
            (Some(earliest), Some(latest)) => {
                say("years", &[("earliest", &earliest), ("latest", &latest)])
            }
            (None, Some(latest)) => say("years_until", &[("latest", &latest)]),
            (Some(earliest), None) => say("years_since", &[("earliest", &earliest)]),
            (None, None) => None,
        },
        Evidence::WorstGap { item, severity } => {
            let severity = severity_label(language, Some(severity));
            let item = gap_label(language, item, items);
            say("worst_gap", &[("item", &item), ("severity", &severity)])
        }
        Evidence::Answers {
            sent,
            returned,
            agree,
        } => say(
            "answers",
            &[("sent", &sent), ("returned", &returned), ("agree", &agree)],
        ),
        Evidence::Level { level } => say("level", &[("level", &coded_label(language, level))]),
        Evidence::NoText => say("no_text", &[]),
    }
}

/// What became of a record.
pub fn fate_text(language: Language, fate: Fate, survey: &Survey) -> String {
    match fate {
        Fate::Kept => language.text("fate.kept").into_owned(),
        Fate::Merged { into } => {
            let name = name_of(language, survey, into);
            language.text_with("fate.merged", &[("name", &name)])
        }
        Fate::Excluded(_) | Fate::Open(_) => language
            .text(&format!("fate.{}.{}", fate.key(), fate.why()))
            .into_owned(),
    }
}

/// What a check looks at.
pub fn check_text(language: Language, code: CheckCode) -> Cow<'static, str> {
    language.text(&format!("check.{}", code.key()))
}

/// A finding with what it is about: 洪都新村一期：缺少户数（必填）.
pub fn finding_text(
    language: Language,
    finding: &Finding,
    survey: &Survey,
    items: &Items,
) -> String {
    let text = problem_text(language, finding, survey, items);
    let list = finding.list.and_then(|id| survey.list(id));
    let name = match (finding.estate, list) {
        (Some(id), _) => name_of(language, survey, id),
        (None, Some(list)) => list.file_name.clone(),
        (None, None) => match finding.community() {
            Some(code) => super::coverage::community_name(code),
            None => return text,
        },
    };
    language.text_with("finding.named", &[("name", &name), ("text", &text)])
}

/// A finding alone, as it stands beside its field.
pub fn problem_text(
    language: Language,
    finding: &Finding,
    survey: &Survey,
    items: &Items,
) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        language.text_with(&format!("finding.{key}"), values)
    };
    let name = |id: EstateId| name_of(language, survey, id);
    let field = finding.field.map(|field| label(language, &field, items));
    let field = field.unwrap_or_default();
    match &finding.detail {
        Detail::Missing => missing_text(language, finding.field, items),
        Detail::ReleasedButNotRecognised { lib_no, rules } => say(
            "released_but_not_recognised",
            &[("lib_no", lib_no), ("rules", &rules_text(language, rules))],
        ),
        Detail::NumberRetired { lib_no } => say("number_retired", &[("lib_no", lib_no)]),
        Detail::NumberHeldTwice { lib_no, other } => say(
            "number_held_twice",
            &[("lib_no", lib_no), ("other", &name(*other))],
        ),
        Detail::UndecidedPair { other } => say("undecided_pair", &[("other", &name(*other))]),
        Detail::OpenRows {
            rows_in,
            open,
            unreadable: 0,
        } => say("open_rows", &[("rows_in", rows_in), ("open", open)]),
        Detail::OpenRows {
            rows_in,
            open,
            unreadable,
        } => say(
            "open_rows_unreadable",
            &[
                ("rows_in", rows_in),
                ("open", open),
                ("unreadable", unreadable),
            ],
        ),
        Detail::RowsDoNotAddUp {
            rows_in,
            accounted_for,
        } => say(
            "rows_do_not_add_up",
            &[("rows_in", rows_in), ("accounted_for", accounted_for)],
        ),
        Detail::BuildingsSay(difference) => super::buildings::difference_text(language, difference),
        Detail::BuildingRows {
            rows_in,
            outside,
            unreadable,
        } => say(
            "building_rows",
            &[
                ("rows_in", rows_in),
                ("outside", outside),
                ("unreadable", unreadable),
            ],
        ),
        Detail::Undetermined { rules } => {
            say("undetermined", &[("rules", &rules_text(language, rules))])
        }
        Detail::MergedIntoNothing => say("merged_into_nothing", &[]),
        Detail::NoBoundary => say("no_boundary", &[]),
        Detail::BadBoundary(problem) => boundary_text(language, *problem),
        Detail::OutsideCounty => say("outside_county", &[]),
        Detail::PartlyOutsideCounty { corners, outside } => say(
            "partly_outside_county",
            &[("corners", corners), ("outside", outside)],
        ),
        Detail::MalformedCode { value, digits } => say(
            "malformed_code",
            &[("field", &field), ("value", value), ("digits", digits)],
        ),
        Detail::UnknownCode { value } => {
            say("unknown_code", &[("field", &field), ("value", value)])
        }
        Detail::WrongParent { value, parent } => say(
            "wrong_parent",
            &[("field", &field), ("value", value), ("parent", parent)],
        ),
        Detail::MoreThan { value, than, limit } => say(
            "more_than",
            &[
                ("field", &field),
                ("value", value),
                ("than", &label(language, than, items)),
                ("limit", limit),
            ],
        ),
        Detail::MoreOpinionsThanAnswers {
            agree,
            oppose,
            returned,
        } => say(
            "more_opinions_than_answers",
            &[("agree", agree), ("oppose", oppose), ("returned", returned)],
        ),
        Detail::YearsReversed { year_min, year_max } => say(
            "years_reversed",
            &[("year_min", year_min), ("year_max", year_max)],
        ),
        Detail::ImpossibleYear {
            year,
            earliest,
            this_year,
        } => say(
            "impossible_year",
            &[
                ("field", &field),
                ("year", year),
                ("earliest", earliest),
                ("this_year", this_year),
            ],
        ),
        Detail::Zero => say("zero", &[("field", &field)]),
        Detail::NoReturn { .. } => say("no_return", &[]),
        Detail::NilReturnButEstates { estates, .. } => {
            say("nil_return_but_estates", &[("estates", estates)])
        }
        Detail::BuiltInCutoffYear { year } => say("built_in_cutoff_year", &[("year", year)]),
        Detail::YearBasis { basis } => {
            say("year_basis", &[("basis", &coded_label(language, *basis))])
        }
        Detail::Unusual { value, least, most } => {
            let key = match finding.code {
                CheckCode::AreaPerHousehold => "area_per_household",
                CheckCode::HouseholdsPerBuilding => "households_per_building",
                _ => "floor_per_ground",
            };
            let value = format!("{value:.1}");
            say(key, &[("value", &value), ("least", least), ("most", most)])
        }
        Detail::NumberOfOtherCounty { lib_no } => {
            say("number_of_other_county", &[("lib_no", lib_no)])
        }
        Detail::LeadingItemUnknown { utility, item } => say(
            "leading_item_unknown",
            &[
                ("utility", &utility_label(language, *utility)),
                ("item", &gap_label(language, *item, items)),
            ],
        ),
        Detail::NoPhoto => say("no_photo", &[]),
        Detail::ShantyListed { file } => say("shanty_listed", &[("file", file)]),
        Detail::Project(detail) => projects::problem_text(language, detail, survey, items),
    }
}

fn missing_text(language: Language, field: Option<Field>, items: &Items) -> String {
    let Some(field) = field else {
        return String::new();
    };
    if let Field::Gap(code) = field
        && let Some(utility) = items.get(code).and_then(|item| item.leads)
    {
        let utility = utility_label(language, utility);
        return language.text_with("finding.missing_gap", &[("utility", &utility)]);
    }
    let key = match field {
        Field::BuildYear => "finding.missing_year",
        Field::Willingness => "finding.missing_willingness",
        Field::Exclusions => "finding.missing_exclusions",
        Field::ExclusionNote => "finding.missing_exclusion_note",
        _ => "finding.missing",
    };
    language.text_with(key, &[("field", &label(language, &field, items))])
}

fn boundary_text(language: Language, problem: BoundaryProblem) -> String {
    use BoundaryProblem as Problem;
    let plain = |key: &str| language.text(&format!("finding.boundary.{key}"));
    let in_ring = |text: &str, at: RingIndex| {
        // Most boundaries have one ring, and there is nothing to tell apart.
        if at
            == (RingIndex {
                polygon: 0,
                ring: 0,
            })
        {
            return text.to_owned();
        }
        let (polygon, ring) = (at.polygon + 1, at.ring + 1);
        let values: [(&str, &dyn Display); 3] =
            [("text", &text), ("polygon", &polygon), ("ring", &ring)];
        language.text_with("finding.in_ring", &values)
    };
    let at_position = |key: &str, position: crate::model::LonLat| {
        let (lon, lat) = (
            format!("{:.6}", position.lon),
            format!("{:.6}", position.lat),
        );
        let key = format!("finding.boundary.{key}");
        language.text_with(&key, &[("lon", &lon), ("lat", &lat)])
    };
    let parts = |key: &str, polygon: usize, other: usize| {
        let key = format!("finding.boundary.{key}");
        language.text_with(
            &key,
            &[("polygon", &(polygon + 1)), ("other", &(other + 1))],
        )
    };
    match problem {
        Problem::Empty => plain("empty").into_owned(),
        Problem::BadPosition { at } => in_ring(&plain("bad_position"), at),
        Problem::TooFewPositions { at } => in_ring(&plain("too_few_positions"), at),
        Problem::ZeroArea { at } => in_ring(&plain("zero_area"), at),
        Problem::HoleOutside { at } => in_ring(&plain("hole_outside"), at),
        Problem::HolesOverlap { at, .. } => in_ring(&plain("holes_overlap"), at),
        Problem::SelfCrossing { at, position } => {
            in_ring(&at_position("self_crossing", position), at)
        }
        Problem::RepeatedPosition { at, position } => {
            in_ring(&at_position("repeated_position", position), at)
        }
        Problem::PolygonsOverlap { polygon, other } => parts("polygons_overlap", polygon, other),
        Problem::PolygonsTouch { polygon, other } => parts("polygons_touch", polygon, other),
    }
}

/// "R2 built before 2000, X4 an urban village".
pub(super) fn rules_text(language: Language, rules: &[RuleId]) -> String {
    let names: Vec<String> = rules
        .iter()
        .map(|rule| format!("{} {}", rule.key(), rule_text(language, *rule)))
        .collect();
    language.listed(&names)
}

fn gap_label(language: Language, code: ItemCode, items: &Items) -> String {
    match items.get(code) {
        Some(item) => item_label(language, item).to_owned(),
        None => code.to_string(),
    }
}

fn name_of(language: Language, survey: &Survey, id: EstateId) -> String {
    match survey.estate(id) {
        Some(estate) => record_name(language, survey, estate),
        None => language.text("record.gone").into_owned(),
    }
}

#[cfg(test)]
mod tests;
