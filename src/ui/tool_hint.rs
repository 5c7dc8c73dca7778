//! What the keys and the mouse do with the tool in hand, in one line for the status bar.

use super::keymap::Keymap;
use super::tool::Tool;
use super::verb::{Shape, Take, Toggle, Verb};
use crate::words::Language;
use egui::Context;

/// "Draw a boundary — click: corner · Enter: done · …"; nothing for the plain hand.
pub fn tool_hint(
    context: &Context,
    tool: &Tool,
    keys: &Keymap,
    language: Language,
) -> Option<String> {
    let verb = tool.verb();
    let key = match verb {
        Verb::Take(Take::Draw | Take::Hole | Take::Part | Take::Building) => "tool_hint.ring",
        Verb::Take(Take::Rectangle) => "tool_hint.rectangle",
        Verb::Take(Take::Split) => "tool_hint.split",
        Verb::Take(Take::Reshape) => "tool_hint.reshape",
        Verb::Take(Take::Measure) => "tool_hint.measure",
        Verb::Take(Take::Vertices) => "tool_hint.vertices",
        Verb::Take(Take::Move) => "tool_hint.move",
        Verb::Shape(Shape::Simplify) => "tool_hint.simplify",
        _ => return None,
    };
    let key_of = |verb: Verb| keys.text(verb, context).unwrap_or_default();
    let what = language.text_with(
        key,
        &[
            ("snap", &key_of(Verb::Toggle(Toggle::Snapping))),
            ("trace", &key_of(Verb::Toggle(Toggle::Tracing))),
            ("shared", &key_of(Verb::Toggle(Toggle::SharedBorders))),
            ("repair", &key_of(Verb::Shape(Shape::Repair))),
        ],
    );
    let name = language.text(verb.key());
    Some(language.text_with("tool_hint.line", &[("tool", &name), ("what", &what)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::tool::Purpose;

    #[test]
    fn the_plain_hand_needs_no_hint_and_a_sketch_tells_its_keys() {
        let context = Context::default();
        let hint = |tool| tool_hint(&context, &tool, &Keymap::default(), Language::English);
        assert_eq!(hint(Tool::Select), None);
        let draw = hint(Tool::sketch(Purpose::NewEstate)).unwrap();
        assert!(draw.starts_with("Draw a boundary"), "{draw}");
        assert!(draw.contains("Enter") && draw.contains("S snap"), "{draw}");
    }
}
