//! 评估完善 and 效果共评, 三(三)5: «对存在的问题及时进行分析，查找原因，寻求解决办法», and what the residents say of
//! the result.

use crate::model::{Project, ProjectIssue};

/// What an issue still lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueGap {
    Cause,
    Remedy,
    /// Cause and remedy are written down, and nobody says that it is solved.
    Solution,
}

/// The issues that are not solved.
pub fn open_issues(project: &Project) -> impl Iterator<Item = &ProjectIssue> {
    project.issues.iter().filter(|one| one.solved_on.is_none())
}

/// The next thing that an issue lacks; `None` once it is solved.
pub fn issue_gap(issue: &ProjectIssue) -> Option<IssueGap> {
    if issue.solved_on.is_some() {
        None
    } else if issue.cause.trim().is_empty() {
        Some(IssueGap::Cause)
    } else if issue.remedy.trim().is_empty() {
        Some(IssueGap::Remedy)
    } else {
        Some(IssueGap::Solution)
    }
}

/// Whether the residents were asked about the result: a day or a count of answers is on record.
pub fn is_evaluated(project: &Project) -> bool {
    let evaluation = project.evaluation.as_ref();
    evaluation.is_some_and(|found| found.on.is_some() || found.answered.is_some())
}

/// The share, 0..1, of the households that answered which are satisfied; `None` where either count
/// is unknown, nobody answered, or the counts contradict each other.
pub fn satisfied_share(project: &Project) -> Option<f64> {
    let evaluation = project.evaluation.as_ref()?;
    let (answered, satisfied) = (evaluation.answered?, evaluation.satisfied?);
    (answered > 0 && satisfied <= answered).then(|| f64::from(satisfied) / f64::from(answered))
}
