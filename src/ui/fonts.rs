//! The shipped fonts: Chinese text must be legible on a system without any CJK font.

use crate::tiles::vector::lettering::FONT;
use egui::{FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

/// Installs the shipped text font and the icon font. The system's fonts stay behind them, for
/// rare characters in names.
pub fn install(context: &egui::Context) {
    context.set_fonts(definitions());
}

fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in [("noto-sans-sc", FONT), ("phosphor", super::icons::FONT)] {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        let names = fonts.families.entry(family.clone()).or_default();
        let first = match family {
            // Digits in a column must line up, so the built-in monospace font stays in front.
            FontFamily::Monospace => 1.min(names.len()),
            _ => 0,
        };
        names.insert(first, "noto-sans-sc".to_owned());
        names.insert(first + 1, "phosphor".to_owned());
    }
    fonts
}
