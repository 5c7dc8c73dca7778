//! E05: the boundary is missing, invalid or outside the county («按照属地原则», 三(三)1).

use super::{CheckCode, Context, Detail, Finding};
use crate::geometry::validity::problems;
use crate::model::{Estate, Field};
use geo::CoordsIter;

pub(super) fn check(estate: &Estate, context: &Context) -> Vec<Finding> {
    let here = |finding: Finding| finding.about(estate.id).at(Field::Boundary);
    let Some(boundary) = &estate.boundary else {
        return vec![here(Finding::blocks(
            CheckCode::Boundary,
            Detail::NoBoundary,
        ))];
    };
    let mut findings: Vec<Finding> = problems(boundary)
        .into_iter()
        .map(|problem| match problem.is_harmless() {
            true => Finding::warns(CheckCode::RepeatedPosition, Detail::BadBoundary(problem)),
            false => Finding::blocks(CheckCode::Boundary, Detail::BadBoundary(problem)),
        })
        .map(here)
        .collect();
    let is_sound = !findings.iter().any(|f| f.code == CheckCode::Boundary);
    if let (true, Some(county)) = (is_sound, context.county) {
        let corners = boundary.exterior_coords_iter().count();
        let outside = boundary
            .exterior_coords_iter()
            .filter(|corner| !county.contains(*corner))
            .count();
        if outside == corners {
            findings.push(here(Finding::blocks(
                CheckCode::Boundary,
                Detail::OutsideCounty,
            )));
        } else if outside > 0 {
            let detail = Detail::PartlyOutsideCounty { corners, outside };
            findings.push(here(Finding::warns(CheckCode::CountyBorder, detail)));
        }
    }
    findings
}
