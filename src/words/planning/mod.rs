//! Score, batches, content and subsidy in words. Sentences: `planning.*`.

mod batches;
mod comparison;
mod content;
mod score;

pub use batches::{need_text, placement_problem_text, placement_text, reason_text};
pub use comparison::{changed_value_text, movement_text};
pub use content::{for_show_text, problem_beside_text, problem_text, subsidy_notes, subsidy_text};
pub use score::{points_text, score_text, why_lines, why_text};

use super::Language;
use super::fields::item_label;
use crate::catalogue::Items;
use crate::model::{ItemCode, PackStamp, Yuan};

/// By which rule pack a result was made: every result says it.
pub fn pack_text(language: Language, pack: &PackStamp) -> String {
    language.text_with(
        "planning.pack",
        &[
            ("id", &pack.id),
            ("version", &pack.version),
            ("document", &pack.document),
        ],
    )
}

/// "120.5 万元".
pub fn money_text(language: Language, amount: Yuan) -> String {
    language.text_with("planning.money", &[("amount", &amount)])
}

/// "C04 power lines"; the code alone where the list lacks it.
pub fn item_text(language: Language, item: ItemCode, items: &Items) -> String {
    match items.get(item) {
        Some(known) => format!("{item} {}", item_label(language, known)),
        None => item.to_string(),
    }
}

fn joined(language: Language, parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<_> = parts.into_iter().collect();
    parts.join(&language.text("planning.and"))
}

#[cfg(test)]
mod tests;
