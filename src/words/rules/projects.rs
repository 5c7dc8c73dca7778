//! What the checks find in projects and in a county's year. Texts: `finding.project.*`.

use super::{gap_label, name_of, rules_text};
use crate::catalogue::Items;
use crate::model::{ItemCode, Survey};
use crate::rules::checks::{ImplementNeed, ProjectDetail};
use crate::words::Language;
use crate::words::coverage::division_name;
use crate::words::delivery::late_text;
use crate::words::fields::{coded_label, severity_label, utility_label};
use crate::words::plan::signers_text;
use std::fmt::Display;

pub(super) fn problem_text(
    language: Language,
    detail: &ProjectDetail,
    survey: &Survey,
    items: &Items,
) -> String {
    use ProjectDetail as Detail;
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        language.text_with(&format!("finding.project.{key}"), values)
    };
    let joined = |words: Vec<String>| language.listed(&words);
    let item_name = |code: &ItemCode| gap_label(language, *code, items);
    match detail {
        Detail::FailsSubsidy { utilities } if utilities.is_empty() => {
            say("fails_subsidy_none", &[])
        }
        Detail::FailsSubsidy { utilities } => {
            let names = utilities.iter().map(|one| utility_label(language, *one));
            let names = joined(names.map(|name| name.into_owned()).collect());
            say("fails_subsidy", &[("utilities", &names)])
        }
        Detail::NotRecognisedButApplied { rules } => say(
            "not_recognised_but_applied",
            &[("rules", &rules_text(language, rules))],
        ),
        Detail::ItemNotOnList { item } => say("item_not_on_list", &[("item", item)]),
        Detail::LinkNotJustified { item } => {
            say("link_not_justified", &[("item", &item_name(item))])
        }
        Detail::OverCapacity {
            county_code,
            year,
            planned,
            capacity,
        } => say(
            "over_capacity",
            &[
                ("county", &division_name(county_code)),
                ("year", year),
                ("planned", planned),
                ("capacity", capacity),
            ],
        ),
        Detail::CapacityMissing {
            county_code,
            year,
            planned,
        } => say(
            "capacity_missing",
            &[
                ("county", &division_name(county_code)),
                ("year", year),
                ("planned", planned),
            ],
        ),
        Detail::CentralOfCountedBy { other } => {
            let other = name_of(language, survey, *other);
            say("central_of_counted_by", &[("other", &other)])
        }
        Detail::CentralOfNoEstate => say("central_of_no_estate", &[]),
        Detail::CentralWithoutContent => say("central_without_content", &[]),
        Detail::CentralWithoutYear => say("central_without_year", &[]),
        Detail::NotReady { lacking } => {
            let needs = lacking.iter().map(|need| need_text(language, *need));
            say("not_ready", &[("lacking", &joined(needs.collect()))])
        }
        Detail::MilestonesReversed { earlier, later } => say(
            "milestones_reversed",
            &[
                ("earlier", &coded_label(language, *earlier)),
                ("later", &coded_label(language, *later)),
            ],
        ),
        Detail::MoreSatisfiedThanAnswered {
            satisfied,
            answered,
        } => say(
            "more_satisfied_than_answered",
            &[("satisfied", satisfied), ("answered", answered)],
        ),
        Detail::SignaturesMissing { missing } => say(
            "signatures_missing",
            &[("signers", &signers_text(language, missing))],
        ),
        Detail::SubsidyIfConfigured { items } => {
            let names = joined(items.iter().map(item_name).collect());
            say("subsidy_if_configured", &[("items", &names)])
        }
        Detail::Late { late } => late_text(language, late),
        Detail::ForShow { utility, severity } => say(
            "for_show",
            &[
                ("utility", &utility_label(language, *utility)),
                ("severity", &severity_label(language, Some(*severity))),
            ],
        ),
        Detail::AllFundsFiscal { sources } => {
            let names = sources.iter().map(|one| coded_label(language, *one));
            let names = joined(names.map(|name| name.into_owned()).collect());
            say("all_funds_fiscal", &[("sources", &names)])
        }
        Detail::NoManagementBody => say("no_management_body", &[]),
        Detail::PlannedBefore { number, year } => {
            say("planned_before", &[("number", number), ("year", year)])
        }
        Detail::ProjectOfCountedBy { other } => {
            let other = name_of(language, survey, *other);
            say("project_of_counted_by", &[("other", &other)])
        }
        Detail::ProjectOfNoEstate => say("project_of_no_estate", &[]),
    }
}

fn need_text(language: Language, need: ImplementNeed) -> String {
    language
        .text(&format!("finding.project.need.{}", need.key()))
        .into_owned()
}
