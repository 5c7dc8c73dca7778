//! Plans and projects in words: what was done to them, and why something could not be.
//! Sentences: `plan.*`.

use super::Language;
use super::edit::or_unnamed;
use super::fields::coded_label;
use crate::edit::PlanRefusal;
use crate::model::{PlanLabel, ProjectPart, Signer};

/// "Changed the funding of 洪都新村".
pub fn edit_text(language: Language, label: &PlanLabel) -> String {
    match label {
        PlanLabel::Project {
            part,
            name,
            projects,
        } => {
            let part = language.text(part_key(*part));
            match projects {
                0 | 1 => language.text_with(
                    "plan.edit.project",
                    &[("part", &part), ("name", &or_unnamed(language, name))],
                ),
                many => {
                    language.text_with("plan.edit.projects", &[("part", &part), ("projects", many)])
                }
            }
        }
        PlanLabel::Place { name, batch } => {
            let name = or_unnamed(language, name);
            match batch {
                Some(batch) => language.text_with(
                    "plan.edit.place",
                    &[("name", &name), ("batch", &coded_label(language, *batch))],
                ),
                None => language.text_with("plan.edit.place_again", &[("name", &name)]),
            }
        }
        PlanLabel::Budget { county_code, year } => language.text_with(
            "plan.edit.budget",
            &[("county", county_code), ("year", year)],
        ),
        PlanLabel::FreezeScores { title } => {
            language.text_with("plan.edit.freeze_scores", &[("title", title)])
        }
        PlanLabel::FreezeYearPlan { number } => {
            language.text_with("plan.edit.freeze_year_plan", &[("number", number)])
        }
        PlanLabel::FreezeAssessment { title } => {
            language.text_with("plan.edit.freeze_assessment", &[("title", title)])
        }
        PlanLabel::RemoveSnapshot { title } => {
            language.text_with("plan.edit.remove_snapshot", &[("title", title)])
        }
        PlanLabel::Rules { revision } => {
            language.text_with("plan.edit.rules", &[("revision", revision)])
        }
        PlanLabel::ShippedRules => language.text("plan.edit.shipped_rules").into_owned(),
    }
}

fn part_key(part: ProjectPart) -> &'static str {
    match part {
        ProjectPart::Year => "plan.part.year",
        ProjectPart::Content => "plan.part.content",
        ProjectPart::Funding => "plan.part.funding",
        ProjectPart::Units => "plan.part.units",
        ProjectPart::Milestones => "plan.part.milestones",
        ProjectPart::Signatures => "plan.part.signatures",
        ProjectPart::Issues => "plan.part.issues",
        ProjectPart::Evaluation => "plan.part.evaluation",
        ProjectPart::Management => "plan.part.management",
        ProjectPart::Documents => "plan.part.documents",
        ProjectPart::Note => "plan.part.note",
    }
}

/// Why a plan or a project cannot be changed.
pub fn refusal_text(language: Language, refusal: &PlanRefusal) -> String {
    match refusal {
        PlanRefusal::SignaturesMissing { name, missing } => language.text_with(
            "plan.refusal.signatures_missing",
            &[
                ("name", &or_unnamed(language, name)),
                ("missing", &signers_text(language, missing)),
            ],
        ),
        PlanRefusal::OutOfOrder {
            name,
            earlier,
            later,
        } => language.text_with(
            "plan.refusal.out_of_order",
            &[
                ("name", &or_unnamed(language, name)),
                ("earlier", &coded_label(language, *earlier)),
                ("later", &coded_label(language, *later)),
            ],
        ),
        PlanRefusal::PersonNeeded => language.text("plan.refusal.person_needed").into_owned(),
        PlanRefusal::NoSuchSnapshot => language.text("plan.refusal.no_such_snapshot").into_owned(),
        PlanRefusal::PlanGivenOut { number } => {
            language.text_with("plan.refusal.plan_given_out", &[("number", number)])
        }
        PlanRefusal::TitleNeeded => language.text("plan.refusal.title_needed").into_owned(),
        PlanRefusal::MoreSatisfiedThanAnswered {
            satisfied,
            answered,
        } => language.text_with(
            "plan.refusal.more_satisfied_than_answered",
            &[("satisfied", satisfied), ("answered", answered)],
        ),
    }
}

/// Several signers, in the guidance's order.
pub fn signers_text(language: Language, signers: &[Signer]) -> String {
    let names = signers.iter().map(|signer| coded_label(language, *signer));
    names.collect::<Vec<_>>().join(&language.text("plan.and"))
}
