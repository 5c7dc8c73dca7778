//! The command palette: every verb, found by a part of its name in either language, or by the
//! sounds or first letters of the Chinese one.

use super::DialogInput;
use crate::ui::action::Action;
use crate::ui::theme;
use crate::ui::verb::Verb;
use crate::words::Language;
use egui::{Button, Key, Modifiers, ScrollArea, TextEdit, Ui};
use pinyin::ToPinyin;
use std::sync::LazyLock;

/// What is typed, and which of what it finds the keyboard is on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaletteDraft {
    query: String,
    at: usize,
}

pub(super) fn palette_ui(
    ui: &mut Ui,
    draft: &mut PaletteDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    // Before the text box, which would take them for its own.
    let (down, up) = ui.input_mut(|input| {
        let mut presses = |key| input.count_and_consume_key(Modifiers::NONE, key);
        (presses(Key::ArrowDown), presses(Key::ArrowUp))
    });
    let label = language.text("dialog.palette.title");
    let text = TextEdit::singleline(&mut draft.query)
        .hint_text(language.text("dialog.palette.hint"))
        .desired_width(f32::INFINITY);
    let response = ui.add(text);
    let response = response.accessible_name(label.as_ref());
    if response.changed() {
        draft.at = 0;
    }
    if !response.has_focus() && !response.lost_focus() {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));

    let mut found = found(&draft.query, &input.preferences.recent_verbs);
    // What can be done now comes before what can not.
    found.sort_by_key(|verb| (input.available)(*verb).is_err());
    if found.is_empty() {
        ui.weak(language.text("dialog.palette.none"));
        return Vec::new();
    }
    draft.at = (draft.at + down).saturating_sub(up).min(found.len() - 1);
    let mut chosen = None;
    ScrollArea::vertical()
        .max_height(theme::PALETTE_HEIGHT)
        // The window is as high as its content, which must not wait for the window.
        .min_scrolled_height(theme::PALETTE_HEIGHT)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (index, verb) in found.into_iter().enumerate() {
                let is_at = index == draft.at;
                let row = row_ui(ui, verb, is_at, input);
                if is_at && down + up > 0 {
                    row.scroll_to_me(None);
                }
                let is_available = (input.available)(verb).is_ok();
                if row.clicked() || (is_at && entered && is_available) {
                    chosen = Some(verb);
                }
            }
        });
    if entered && chosen.is_none() {
        response.request_focus();
    }
    chosen.map(Action::DoFromPalette).into_iter().collect()
}

/// Name on the left; on the right the key, or why it cannot be used now.
fn row_ui(ui: &mut Ui, verb: Verb, is_at: bool, input: &DialogInput<'_>) -> egui::Response {
    let language = input.language;
    let available = (input.available)(verb);
    let right = match available {
        Ok(()) => input.preferences.keys.text(verb, ui.ctx()),
        Err(reason) => Some(language.text(reason.key()).into_owned()),
    };
    let name = language.text(verb.key());
    let button = Button::new(&*name)
        .shortcut_text(right.as_deref().unwrap_or_default())
        .frame_when_inactive(is_at)
        .selected(is_at)
        .truncate()
        .min_size(egui::vec2(ui.available_width(), 0.0));
    let response = ui.add_enabled(available.is_ok(), button);
    match (available, right) {
        (Err(_), Some(reason)) => response.accessible_name(format!("{name}: {reason}")),
        _ => response.accessible_name(name.as_ref()),
    }
}

/// The verbs that `query` finds: those used lately first, then those with a word that begins so,
/// each in menu order.
fn found(query: &str, recent: &[String]) -> Vec<Verb> {
    let query = folded(query);
    let mut found: Vec<_> = NAMES
        .iter()
        .filter_map(|names| Some((names.rank(&query)?, names.verb)))
        .collect();
    let lately = |verb: Verb| {
        let place = recent.iter().position(|key| key == verb.key());
        place.unwrap_or(recent.len())
    };
    found.sort_by_key(|(rank, verb)| (lately(*verb), *rank));
    found.into_iter().map(|(_, verb)| verb).collect()
}

/// How well a verb answers a query, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    BeginsWord,
    Inside,
}

/// What a verb is found by.
struct Names {
    verb: Verb,
    /// Its names and their sounds, from each word on.
    from_words: Vec<String>,
}

impl Names {
    fn of(verb: Verb) -> Self {
        let texts = Language::ALL.map(|language| language.text(verb.key()));
        let words = texts.iter().flat_map(|text| {
            let starts = text.char_indices().map(|(at, _)| at);
            let starts = starts.filter(|at| {
                let before = text[..*at].chars().next_back();
                before.is_none_or(|before| !before.is_alphanumeric())
            });
            starts.map(|at| folded(&text[at..]))
        });
        let sounds = texts.iter().flat_map(|text| sounds(text));
        Self {
            verb,
            from_words: words.chain(sounds).collect(),
        }
    }

    fn rank(&self, query: &str) -> Option<Rank> {
        let mut texts = self.from_words.iter();
        if texts.clone().any(|text| text.starts_with(query)) {
            return Some(Rank::BeginsWord);
        }
        texts
            .any(|text| text.contains(query))
            .then_some(Rank::Inside)
    }
}

static NAMES: LazyLock<Vec<Names>> = LazyLock::new(|| Verb::all().map(Names::of).collect());

/// Without difference of case, and without the spaces that a person may type or not.
fn folded(text: &str) -> String {
    let text = text.chars().filter(|c| !c.is_whitespace());
    text.collect::<String>().to_lowercase()
}

/// The syllables of a Chinese text, and their first letters: 撤销 is "chexiao" and "cx".
fn sounds(text: &str) -> [String; 2] {
    let syllables: Vec<_> = text.to_pinyin().flatten().map(|one| one.plain()).collect();
    let initials = syllables.iter().filter_map(|one| one.chars().next());
    [syllables.concat(), initials.collect()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::verb::Tag;

    #[test]
    fn a_verb_is_found_by_its_name_in_either_language_and_by_its_sounds() {
        for query in ["undo", "撤销", "UNDO ", "chexiao", "che xiao", "cx"] {
            assert!(found(query, &[]).contains(&Verb::Undo), "{query}");
        }
        assert_eq!(found("no such thing", &[]), []);
        assert_eq!(found("", &[]).len(), Verb::all().count());
    }

    #[test]
    fn what_was_used_lately_comes_first() {
        let recent = [Verb::About.key().to_owned(), Verb::Undo.key().to_owned()];
        let found = found("", &recent);
        assert_eq!(found[..3], [Verb::About, Verb::Undo, Verb::NewSurvey]);
    }

    #[test]
    fn a_name_with_a_word_that_begins_so_comes_before_one_that_holds_it() {
        let found = found("re", &[]);
        let place = |verb| found.iter().position(|one| *one == verb).unwrap();
        assert!(place(Verb::Release) < place(Verb::Tag(Tag::Presets)));
    }
}
