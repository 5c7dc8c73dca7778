//! 长效管理, 三(四): a body of the owners and a way to keep what was built. The community acts only
//! «未成立业主自治组织的», where no other body was set up.

use crate::model::{ManagementBody, ManagementMode, Project};

/// What the management of an estate still lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ManagementGap {
    /// No body, not even the community acting.
    Body,
    /// Property company or self-management: nobody said.
    Mode,
    /// A property company, and nobody said which.
    Company,
}

impl ManagementGap {
    /// The stable ASCII key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Mode => "mode",
            Self::Company => "company",
        }
    }
}

/// What the management of the project's estate lacks; empty where it is complete.
pub fn gaps(project: &Project) -> Vec<ManagementGap> {
    let management = project.management.as_ref();
    let mode = management.and_then(|management| management.mode);
    let company = management.map(|management| management.company.trim());
    let is_unnamed = mode == Some(ManagementMode::PropertyCompany) && company == Some("");
    [
        (body(project).is_none(), ManagementGap::Body),
        (mode.is_none(), ManagementGap::Mode),
        (is_unnamed, ManagementGap::Company),
    ]
    .into_iter()
    .filter_map(|(lacks, gap)| lacks.then_some(gap))
    .collect()
}

/// The body that stands for the owners, where there is one.
pub fn body(project: &Project) -> Option<ManagementBody> {
    project.management.as_ref()?.body
}

/// Whether somebody stands for the owners and it is settled how the estate is kept.
pub fn is_managed(project: &Project) -> bool {
    let mode = project.management.as_ref().and_then(|found| found.mode);
    body(project).is_some() && mode.is_some()
}

/// Whether the community only stands in: a body of the owners is still to be set up.
pub fn is_stopgap(project: &Project) -> bool {
    body(project) == Some(ManagementBody::CommunityActing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Management;
    use crate::rules::sample::id;
    use ManagementBody::{CommunityActing, OwnersAssembly};
    use ManagementMode::{PropertyCompany, SelfManagement};

    fn project(
        body: Option<ManagementBody>,
        mode: Option<ManagementMode>,
        company: &str,
    ) -> Project {
        let mut project = Project::new(id(1));
        project.management = Some(Management {
            body,
            mode,
            company: company.into(),
            since: None,
        });
        project
    }

    #[test]
    fn a_body_and_a_way_to_keep_it_are_wanted() {
        use ManagementGap::{Body, Company, Mode};
        let cases: [(Project, &[ManagementGap]); 6] = [
            (Project::new(id(1)), &[Body, Mode]),
            (project(None, Some(SelfManagement), ""), &[Body]),
            (project(Some(OwnersAssembly), None, ""), &[Mode]),
            (
                project(Some(OwnersAssembly), Some(PropertyCompany), " "),
                &[Company],
            ),
            (
                project(Some(OwnersAssembly), Some(PropertyCompany), "某物业"),
                &[],
            ),
            (
                project(Some(CommunityActing), Some(SelfManagement), ""),
                &[],
            ),
        ];
        for (project, expected) in cases {
            assert_eq!(gaps(&project), expected, "{:?}", project.management);
        }
    }

    #[test]
    fn the_community_only_stands_in() {
        let acting = project(Some(CommunityActing), Some(SelfManagement), "");
        assert!(is_managed(&acting) && is_stopgap(&acting));
        let own = project(Some(OwnersAssembly), Some(SelfManagement), "");
        assert!(is_managed(&own) && !is_stopgap(&own));
        assert!(!is_managed(&project(Some(OwnersAssembly), None, "")));
    }
}
