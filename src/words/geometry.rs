//! Why a drawing tool could not do what was asked, and what a repair did.

use super::Language;
use crate::geometry::ShapeProblem;
use crate::geometry::repair::Fix;
use std::borrow::Cow;

/// What is wrong, and what to do instead.
pub fn shape_problem_text(language: Language, problem: ShapeProblem) -> Cow<'static, str> {
    language.text(match problem {
        ShapeProblem::TooFewCorners => "shape_problem.too_few_corners",
        ShapeProblem::BadPosition => "shape_problem.bad_position",
        ShapeProblem::ZeroArea => "shape_problem.zero_area",
        ShapeProblem::CrossesItself => "shape_problem.crosses_itself",
        ShapeProblem::Unsound => "shape_problem.unsound",
        ShapeProblem::ResultUnsound => "shape_problem.result_unsound",
        ShapeProblem::LeavesSliver => "shape_problem.leaves_sliver",
        ShapeProblem::DoesNotCross => "shape_problem.does_not_cross",
        ShapeProblem::DoesNotMeetTwice => "shape_problem.does_not_meet_twice",
        ShapeProblem::NothingToJoin => "shape_problem.nothing_to_join",
        ShapeProblem::Apart => "shape_problem.apart",
        ShapeProblem::InsideNeighbours => "shape_problem.inside_neighbours",
        ShapeProblem::NotNearlySquare => "shape_problem.not_nearly_square",
        ShapeProblem::MovesTooFar => "shape_problem.moves_too_far",
        ShapeProblem::HoleOutside => "shape_problem.hole_outside",
        ShapeProblem::PartOverlaps => "shape_problem.part_overlaps",
        ShapeProblem::NoSuchRing => "shape_problem.no_such_ring",
        ShapeProblem::LastPart => "shape_problem.last_part",
    })
}

/// "Removed 2 repeated corners".
pub fn fix_text(language: Language, fix: Fix) -> String {
    match fix {
        Fix::RepeatedCorners { removed } => {
            language.text_with("fix.repeated_corners", &[("removed", &removed)])
        }
        Fix::Spikes { removed } => language.text_with("fix.spikes", &[("removed", &removed)]),
        Fix::Crossings => language.text("fix.crossings").into_owned(),
        Fix::Slivers { removed, area_m2 } => {
            let area = format!("{area_m2:.1}");
            language.text_with("fix.slivers", &[("removed", &removed), ("area_m2", &area)])
        }
        Fix::Winding => language.text("fix.winding").into_owned(),
    }
}
