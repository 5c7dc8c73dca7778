//! What the keys and the mouse do with the tool in hand, in one line for the status bar.

use super::tool::Tool;
use super::verb::{Shape, Take, Toggle, Verb};
use crate::words::Language;
use egui::Context;

/// "Draw a boundary — click: corner · Enter: done · …"; nothing for the plain hand.
pub fn tool_hint(context: &Context, tool: &Tool, language: Language) -> Option<String> {
    let take = tool.take();
    let key = match take {
        Take::Select => return None,
        Take::Draw | Take::Hole | Take::Part | Take::Building => "tool_hint.ring",
        Take::Rectangle => "tool_hint.rectangle",
        Take::Split => "tool_hint.split",
        Take::Reshape => "tool_hint.reshape",
        Take::Measure => "tool_hint.measure",
        Take::Vertices => "tool_hint.vertices",
        Take::Move => "tool_hint.move",
    };
    let key_of = |verb: Verb| verb.key_text(context).unwrap_or_default();
    let what = language.text_with(
        key,
        &[
            ("snap", &key_of(Verb::Toggle(Toggle::Snapping))),
            ("trace", &key_of(Verb::Toggle(Toggle::Tracing))),
            ("repair", &key_of(Verb::Shape(Shape::Repair))),
        ],
    );
    let name = language.text(Verb::Take(take).key());
    Some(language.text_with("tool_hint.line", &[("tool", &name), ("what", &what)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::tool::Purpose;

    #[test]
    fn the_plain_hand_needs_no_hint_and_a_sketch_tells_its_keys() {
        let context = Context::default();
        let hint = |tool| tool_hint(&context, &tool, Language::English);
        assert_eq!(hint(Tool::Select), None);
        let draw = hint(Tool::sketch(Purpose::NewEstate)).unwrap();
        assert!(draw.starts_with("Draw a boundary"), "{draw}");
        assert!(draw.contains("Enter") && draw.contains("S snap"), "{draw}");
    }
}
