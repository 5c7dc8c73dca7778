//! What the sample's county plans: its budgets, and projects of three years at every stage.

use super::{DemoError, PLANS};
use crate::model::{Budget, BudgetKey, EstateId, Project, Yuan};
use serde::Deserialize;
use std::path::Path;

/// The plans of the sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Plans {
    pub budgets: Vec<(BudgetKey, Budget)>,
    pub projects: Vec<SampleProject>,
}

/// A project, and the row of a list that its estate came from.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleProject {
    pub source: String,
    pub source_id: String,
    /// Of no estate yet.
    pub project: Project,
}

#[derive(Deserialize)]
struct File {
    budgets: Vec<BudgetLine>,
    projects: Vec<ProjectLine>,
}

#[derive(Deserialize)]
struct BudgetLine {
    county_code: String,
    year: i32,
    budget_wan: f64,
    capacity_wan: f64,
    basis: String,
}

#[derive(Deserialize)]
struct ProjectLine {
    source: String,
    source_id: String,
    project: serde_json::Map<String, serde_json::Value>,
}

/// Reads them from the sample's folder.
///
/// # Errors
/// Where the file is not as shipped.
pub fn plans(folder: &Path) -> Result<Plans, DemoError> {
    let path = folder.join(PLANS);
    let spoilt = |reason: String| DemoError::Plans {
        path: path.clone(),
        reason,
    };
    let text = std::fs::read_to_string(&path).map_err(|source| DemoError::Io {
        path: path.clone(),
        source,
    })?;
    let file: File = serde_json::from_str(&text).map_err(|error| spoilt(error.to_string()))?;
    let budgets = file.budgets.into_iter().map(|line| {
        let key = BudgetKey {
            county_code: line.county_code,
            year: line.year,
        };
        let budget = Budget {
            budget: Yuan::from_wan(line.budget_wan),
            capacity: Yuan::from_wan(line.capacity_wan),
            basis: line.basis,
            paper: None,
        };
        (key, budget)
    });
    let nobody = EstateId(uuid::Uuid::nil());
    let project = |mut line: ProjectLine| {
        line.project
            .insert("estate".to_owned(), nobody.to_string().into());
        let project = serde_json::from_value(line.project.into());
        Ok(SampleProject {
            project: project.map_err(|error| spoilt(error.to_string()))?,
            source: line.source,
            source_id: line.source_id,
        })
    };
    Ok(Plans {
        budgets: budgets.collect(),
        projects: file
            .projects
            .into_iter()
            .map(project)
            .collect::<Result<_, DemoError>>()?,
    })
}
