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
