//! What a finished sketch asks for.

use super::ring::{RingProblem, close};
use crate::edit::Command;
use crate::ui::tool::{Purpose, Sketch};
use crate::words::Language;

/// The edit that ends `sketch`.
///
/// # Errors
/// Why it cannot become one yet; the sketch should stay in hand.
pub fn finish(sketch: &Sketch) -> Result<Command, RingProblem> {
    let boundary = close(&sketch.corners)?;
    Ok(match sketch.purpose {
        Purpose::Boundary { estate } => Command::Reshape { estate, boundary },
        _ => Command::Draw { boundary },
    })
}

/// The sentence for a sketch that cannot be finished or continued.
pub fn problem_text(problem: RingProblem, language: Language) -> String {
    let key = match problem {
        RingProblem::TooFewCorners => "map.ring.too_few_corners",
        RingProblem::CrossesItself => "map.ring.crosses_itself",
    };
    language.text(key).into_owned()
}
