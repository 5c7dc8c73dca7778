//! E10 and W20: a project whose record was merged into another, or withdrawn, since. The project is
//! kept as it is; a person moves it or lets it go. With central money it blocks: «落实到具体项目», 四(三).

use super::{CheckCode, Detail, Finding, ProjectDetail, ProjectPart, asks_central_money};
use crate::model::Survey;
use crate::rules::projects::{Seat, seat};

pub(super) fn check(survey: &Survey) -> Vec<Finding> {
    let findings = survey.projects().filter_map(|project| {
        let is_central = asks_central_money(project);
        let detail = match (seat(survey, project.estate), is_central) {
            (Seat::Counted, _) => return None,
            (Seat::CountedBy(other), true) => ProjectDetail::CentralOfCountedBy { other },
            (Seat::CountedBy(other), false) => ProjectDetail::ProjectOfCountedBy { other },
            (Seat::Withdrawn | Seat::Gone, true) => ProjectDetail::CentralOfNoEstate,
            (Seat::Withdrawn | Seat::Gone, false) => ProjectDetail::ProjectOfNoEstate,
        };
        let detail = Detail::Project(detail);
        let finding = match is_central {
            true => {
                Finding::blocks(CheckCode::CentralLine, detail).of_project(ProjectPart::Funding)
            }
            false => Finding::warns(CheckCode::ProjectAstray, detail).of_project(ProjectPart::Year),
        };
        Some(finding.about(project.estate))
    });
    findings.collect()
}
