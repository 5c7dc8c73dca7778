//! The places of a project that are typed: how each reads, and what a text makes of it.

use super::typed::{self, TypedProblem};
use crate::model::{
    Evaluation, FundingLine, FundingSource, FundingStatus, Management, MilestoneKind, PlanItem,
    Project, ProjectIssue, ProjectPart, Signer,
};
use jiff::civil::Date;
use std::fmt::Display;

/// The companies and offices of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    Implementing,
    Designer,
    Contractor,
    Supervisor,
}

impl Unit {
    pub const ALL: [Self; 4] = [
        Self::Implementing,
        Self::Designer,
        Self::Contractor,
        Self::Supervisor,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Implementing => "implementing",
            Self::Designer => "designer",
            Self::Contractor => "contractor",
            Self::Supervisor => "supervisor",
        }
    }
}

/// What is typed about an item of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemText {
    Quantity,
    Unit,
    Cost,
    ConditionReason,
    LinkReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FundingText {
    Amount,
    Note,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MilestoneText {
    Planned,
    Actual,
    DelayReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueText {
    Issue,
    Cause,
    Remedy,
    FoundOn,
    SolvedOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvaluationText {
    On,
    Answered,
    Satisfied,
    Note,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ManagementText {
    Company,
    Since,
}

/// A place of a project that is typed; lines are named by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    Year,
    AgreedOn,
    Unit(Unit),
    Item(usize, ItemText),
    Funding(usize, FundingText),
    /// The amount of a line that comes of it.
    NewFunding(FundingSource),
    Milestone(MilestoneKind, MilestoneText),
    Signature(Signer),
    Issue(usize, IssueText),
    /// What became known; an issue comes of it.
    NewIssue,
    Evaluation(EvaluationText),
    Management(ManagementText),
    DocumentNote(usize),
    Note,
}

/// A list of lines in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    Content,
    Funding,
    Issues,
    Documents,
}

impl Slot {
    /// The part of the project that it belongs to.
    pub fn part(self) -> ProjectPart {
        match self {
            Self::Year | Self::AgreedOn => ProjectPart::Year,
            Self::Unit(_) => ProjectPart::Units,
            Self::Item(..) => ProjectPart::Content,
            Self::Funding(..) | Self::NewFunding(_) => ProjectPart::Funding,
            Self::Milestone(..) => ProjectPart::Milestones,
            Self::Signature(_) => ProjectPart::Signatures,
            Self::Issue(..) | Self::NewIssue => ProjectPart::Issues,
            Self::Evaluation(_) => ProjectPart::Evaluation,
            Self::Management(_) => ProjectPart::Management,
            Self::DocumentNote(_) => ProjectPart::Documents,
            Self::Note => ProjectPart::Note,
        }
    }

    /// The line that it stands in.
    pub fn line(self) -> Option<(Lines, usize)> {
        match self {
            Self::Item(line, _) => Some((Lines::Content, line)),
            Self::Funding(line, _) => Some((Lines::Funding, line)),
            Self::Issue(line, _) => Some((Lines::Issues, line)),
            Self::DocumentNote(line) => Some((Lines::Documents, line)),
            _ => None,
        }
    }

    /// The same place of another line.
    #[must_use]
    pub fn in_line(self, line: usize) -> Self {
        match self {
            Self::Item(_, text) => Self::Item(line, text),
            Self::Funding(_, text) => Self::Funding(line, text),
            Self::Issue(_, text) => Self::Issue(line, text),
            Self::DocumentNote(_) => Self::DocumentNote(line),
            other => other,
        }
    }

    /// How the project reads there; empty for what nobody knows.
    pub fn text_of(self, project: &Project) -> String {
        match self {
            Self::Year => shown(project.year),
            Self::AgreedOn => shown(project.agreed_on),
            Self::Unit(unit) => unit_of(project, unit).to_owned(),
            Self::Item(line, text) => match project.content.get(line) {
                Some(item) => item_text(item, text),
                None => String::new(),
            },
            Self::Funding(line, text) => match (project.funding.get(line), text) {
                (Some(line), FundingText::Amount) => line.amount.to_string(),
                (Some(line), FundingText::Note) => line.note.clone(),
                (None, _) => String::new(),
            },
            Self::NewFunding(_) | Self::NewIssue => String::new(),
            Self::Milestone(kind, text) => match (project.milestones.get(&kind), text) {
                (Some(milestone), MilestoneText::Planned) => shown(milestone.planned),
                (Some(milestone), MilestoneText::Actual) => shown(milestone.actual),
                (Some(milestone), MilestoneText::DelayReason) => milestone.delay_reason.clone(),
                (None, _) => String::new(),
            },
            Self::Signature(signer) => shown(project.signatures.get(&signer)),
            Self::Issue(line, text) => match project.issues.get(line) {
                Some(issue) => issue_text(issue, text),
                None => String::new(),
            },
            Self::Evaluation(text) => match (&project.evaluation, text) {
                (Some(evaluation), EvaluationText::On) => shown(evaluation.on),
                (Some(evaluation), EvaluationText::Answered) => shown(evaluation.answered),
                (Some(evaluation), EvaluationText::Satisfied) => shown(evaluation.satisfied),
                (Some(evaluation), EvaluationText::Note) => evaluation.note.clone(),
                (None, _) => String::new(),
            },
            Self::Management(text) => match (&project.management, text) {
                (Some(management), ManagementText::Company) => management.company.clone(),
                (Some(management), ManagementText::Since) => shown(management.since),
                (None, _) => String::new(),
            },
            Self::DocumentNote(line) => match project.documents.get(line) {
                Some(document) => document.note.clone(),
                None => String::new(),
            },
            Self::Note => project.note.clone(),
        }
    }

    /// Makes of `text` what it means there. A line that is gone takes nothing.
    ///
    /// # Errors
    /// Why the text is no value; the project is as it was.
    pub fn set(self, project: &mut Project, text: &str) -> Result<(), TypedProblem> {
        let words = || text.trim().to_owned();
        match self {
            Self::Year => project.year = typed::year(text)?,
            Self::AgreedOn => project.agreed_on = typed::day(text)?,
            Self::Unit(unit) => *unit_mut(project, unit) = words(),
            Self::Item(line, slot) => {
                if let Some(item) = project.content.get_mut(line) {
                    set_item(item, slot, text)?;
                }
            }
            Self::Funding(line, slot) => {
                if let Some(line) = project.funding.get_mut(line) {
                    match slot {
                        FundingText::Amount => line.amount = needed(typed::money(text)?)?,
                        FundingText::Note => line.note = words(),
                    }
                }
            }
            Self::NewFunding(source) => {
                if let Some(amount) = typed::money(text)? {
                    project.funding.push(FundingLine {
                        source,
                        amount,
                        status: FundingStatus::Intended,
                        note: String::new(),
                    });
                }
            }
            Self::Milestone(kind, slot) => set_milestone(project, kind, slot, text)?,
            Self::Signature(signer) => match typed::day(text)? {
                Some(day) => drop(project.signatures.insert(signer, day)),
                None => drop(project.signatures.remove(&signer)),
            },
            Self::Issue(line, slot) => {
                if let Some(issue) = project.issues.get_mut(line) {
                    set_issue(issue, slot, text)?;
                }
            }
            Self::NewIssue => {
                if !text.trim().is_empty() {
                    project.issues.push(ProjectIssue {
                        issue: words(),
                        cause: String::new(),
                        remedy: String::new(),
                        found_on: None,
                        solved_on: None,
                    });
                }
            }
            Self::Evaluation(slot) => set_evaluation(project, slot, text)?,
            Self::Management(slot) => {
                let mut management = project.management.clone().unwrap_or_default();
                match slot {
                    ManagementText::Company => management.company = words(),
                    ManagementText::Since => management.since = typed::day(text)?,
                }
                project.management = Some(management).filter(|it| *it != Management::default());
            }
            Self::DocumentNote(line) => {
                if let Some(document) = project.documents.get_mut(line) {
                    document.note = words();
                }
            }
            Self::Note => project.note = words(),
        }
        Ok(())
    }
}

fn shown(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn needed<T>(value: Option<T>) -> Result<T, TypedProblem> {
    value.ok_or(TypedProblem::Needed)
}

fn unit_of(project: &Project, unit: Unit) -> &str {
    match unit {
        Unit::Implementing => &project.implementing_unit,
        Unit::Designer => &project.designer,
        Unit::Contractor => &project.contractor,
        Unit::Supervisor => &project.supervisor,
    }
}

fn unit_mut(project: &mut Project, unit: Unit) -> &mut String {
    match unit {
        Unit::Implementing => &mut project.implementing_unit,
        Unit::Designer => &mut project.designer,
        Unit::Contractor => &mut project.contractor,
        Unit::Supervisor => &mut project.supervisor,
    }
}

fn item_text(item: &PlanItem, text: ItemText) -> String {
    match text {
        ItemText::Quantity => shown(item.quantity),
        ItemText::Unit => item.unit.clone(),
        ItemText::Cost => shown(item.cost),
        ItemText::ConditionReason => item.condition_reason.clone(),
        ItemText::LinkReason => item.link_reason.clone(),
    }
}

fn set_item(item: &mut PlanItem, slot: ItemText, text: &str) -> Result<(), TypedProblem> {
    match slot {
        ItemText::Quantity => item.quantity = typed::quantity(text)?,
        ItemText::Unit => item.unit = text.trim().to_owned(),
        ItemText::Cost => item.cost = typed::money(text)?,
        ItemText::ConditionReason => item.condition_reason = text.trim().to_owned(),
        ItemText::LinkReason => item.link_reason = text.trim().to_owned(),
    }
    Ok(())
}

fn set_milestone(
    project: &mut Project,
    kind: MilestoneKind,
    slot: MilestoneText,
    text: &str,
) -> Result<(), TypedProblem> {
    let mut milestone = project.milestones.remove(&kind).unwrap_or_default();
    let day = match slot {
        MilestoneText::Planned | MilestoneText::Actual => typed::day(text),
        MilestoneText::DelayReason => Ok(None),
    };
    if let Ok(day) = &day {
        match slot {
            MilestoneText::Planned => milestone.planned = *day,
            MilestoneText::Actual => milestone.actual = *day,
            MilestoneText::DelayReason => milestone.delay_reason = text.trim().to_owned(),
        }
    }
    if milestone != crate::model::Milestone::default() {
        project.milestones.insert(kind, milestone);
    }
    day.map(drop)
}

fn issue_text(issue: &ProjectIssue, text: IssueText) -> String {
    match text {
        IssueText::Issue => issue.issue.clone(),
        IssueText::Cause => issue.cause.clone(),
        IssueText::Remedy => issue.remedy.clone(),
        IssueText::FoundOn => shown(issue.found_on),
        IssueText::SolvedOn => shown(issue.solved_on),
    }
}

fn set_issue(issue: &mut ProjectIssue, slot: IssueText, text: &str) -> Result<(), TypedProblem> {
    let words = text.trim();
    let day: fn(&str) -> Result<Option<Date>, TypedProblem> = typed::day;
    match slot {
        IssueText::Issue => {
            issue.issue = needed(Some(words).filter(|words| !words.is_empty()))?.to_owned();
        }
        IssueText::Cause => issue.cause = words.to_owned(),
        IssueText::Remedy => issue.remedy = words.to_owned(),
        IssueText::FoundOn => issue.found_on = day(text)?,
        IssueText::SolvedOn => issue.solved_on = day(text)?,
    }
    Ok(())
}

fn set_evaluation(
    project: &mut Project,
    slot: EvaluationText,
    text: &str,
) -> Result<(), TypedProblem> {
    let mut evaluation = project.evaluation.clone().unwrap_or_default();
    match slot {
        EvaluationText::On => evaluation.on = typed::day(text)?,
        EvaluationText::Answered => evaluation.answered = typed::count(text)?,
        EvaluationText::Satisfied => evaluation.satisfied = typed::count(text)?,
        EvaluationText::Note => evaluation.note = text.trim().to_owned(),
    }
    project.evaluation = Some(evaluation).filter(|it| *it != Evaluation::default());
    Ok(())
}

#[cfg(test)]
#[path = "slot_tests.rs"]
mod tests;
