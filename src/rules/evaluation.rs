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

/// How many are satisfied and how many answered, where more are satisfied than answered (E12).
pub fn more_satisfied(project: &Project) -> Option<(u32, u32)> {
    let evaluation = project.evaluation.as_ref()?;
    let (satisfied, answered) = (evaluation.satisfied?, evaluation.answered?);
    (satisfied > answered).then_some((satisfied, answered))
}

/// The share, 0..1, of the households that answered which are satisfied; `None` where either count
/// is unknown, nobody answered, or the counts contradict each other.
pub fn satisfied_share(project: &Project) -> Option<f64> {
    let evaluation = project.evaluation.as_ref()?;
    let (answered, satisfied) = (evaluation.answered?, evaluation.satisfied?);
    (answered > 0 && satisfied <= answered).then(|| f64::from(satisfied) / f64::from(answered))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Evaluation;
    use crate::rules::sample::id;

    #[test]
    fn an_issue_lacks_its_cause_then_its_remedy_then_its_solution() {
        let mut issue = ProjectIssue {
            issue: "屋面渗漏".into(),
            cause: " ".into(),
            remedy: String::new(),
            found_on: None,
            solved_on: None,
        };
        assert_eq!(issue_gap(&issue), Some(IssueGap::Cause));
        issue.cause = "防水层破损".into();
        assert_eq!(issue_gap(&issue), Some(IssueGap::Remedy));
        issue.remedy = "重做防水".into();
        assert_eq!(issue_gap(&issue), Some(IssueGap::Solution));
        let mut project = Project::new(id(1));
        project.issues = vec![issue.clone()];
        assert_eq!(open_issues(&project).count(), 1);
        issue.solved_on = Some("2026-12-01".parse().unwrap());
        assert_eq!(issue_gap(&issue), None);
        project.issues = vec![issue];
        assert_eq!(open_issues(&project).count(), 0);
    }

    #[test]
    fn the_satisfied_are_a_share_of_those_that_answered() {
        let share = |answered, satisfied| {
            let mut project = Project::new(id(1));
            project.evaluation = Some(Evaluation {
                answered,
                satisfied,
                ..Evaluation::default()
            });
            satisfied_share(&project)
        };
        assert_eq!(share(Some(200), Some(150)), Some(0.75));
        assert_eq!(share(Some(200), Some(0)), Some(0.0));
        // Undetermined: not known, nobody asked, or a contradiction.
        for (answered, satisfied) in [
            (None, Some(3)),
            (Some(3), None),
            (Some(0), Some(0)),
            (Some(3), Some(4)),
        ] {
            assert_eq!(share(answered, satisfied), None);
        }
        assert_eq!(satisfied_share(&Project::new(id(1))), None);
    }
}
