//! The action table: one entry an action, feeding menu, tool bar, palette, shortcuts and tests.

use super::action::{MapTheme, Workspace};
use super::icons;
use egui::{Key, KeyboardShortcut, Modifiers};

/// An action without a parameter of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    NewSurvey,
    OpenSurvey,
    OpenSample,
    Import,
    SaveCopy,
    OpenTiles,
    Quit,
    Undo,
    Redo,
    Delete,
    SelectTool,
    DrawTool,
    VertexTool,
    FinishSketch,
    RemoveLastVertex,
    ParkSketch,
    FitSurvey,
    FitSelection,
    ZoomIn,
    ZoomOut,
    RestIntact,
    NextWaiting,
    FindDuplicates,
    Check,
    ReleaseDraft,
    Release,
    ToggleOnlineTiles,
    ToggleDarkMode,
    SwitchLanguage,
    Search,
    Palette,
    Keys,
    About,
    Theme(MapTheme),
    Go(Workspace),
}

/// A menu of the menu bar: its locale key, and its entries in groups with a line between.
pub struct Menu {
    pub key: &'static str,
    pub groups: &'static [&'static [Verb]],
}

/// The menu bar, left to right.
pub const MENUS: &[Menu] = &[
    Menu {
        key: "menu.file",
        groups: &[
            &[Verb::NewSurvey, Verb::OpenSurvey, Verb::OpenSample],
            &[Verb::Import, Verb::SaveCopy],
            &[Verb::Quit],
        ],
    },
    Menu {
        key: "menu.edit",
        groups: &[
            &[Verb::Undo, Verb::Redo],
            &[Verb::RestIntact, Verb::Delete],
            &[Verb::Search],
        ],
    },
    Menu {
        key: "menu.view",
        groups: &[
            &[
                Verb::Theme(MapTheme::SurveyState),
                Verb::Theme(MapTheme::WorstEssential),
                Verb::Theme(MapTheme::BuildYear),
                Verb::Theme(MapTheme::Willingness),
            ],
            &[
                Verb::FitSurvey,
                Verb::FitSelection,
                Verb::ZoomIn,
                Verb::ZoomOut,
            ],
            &[Verb::OpenTiles, Verb::ToggleOnlineTiles],
            &[Verb::ToggleDarkMode, Verb::SwitchLanguage],
        ],
    },
    Menu {
        key: "menu.survey",
        groups: &[
            &[Verb::Go(Workspace::Survey)],
            &[Verb::SelectTool, Verb::DrawTool, Verb::VertexTool],
            &[Verb::FinishSketch, Verb::RemoveLastVertex, Verb::ParkSketch],
            &[Verb::NextWaiting],
        ],
    },
    Menu {
        key: "menu.review",
        groups: &[&[Verb::Go(Workspace::Review), Verb::FindDuplicates]],
    },
    Menu {
        key: "menu.release",
        groups: &[
            &[Verb::Go(Workspace::Release), Verb::Check],
            &[Verb::ReleaseDraft, Verb::Release],
        ],
    },
    Menu {
        key: "menu.help",
        groups: &[&[Verb::Palette, Verb::Keys, Verb::About]],
    },
];

impl Verb {
    /// Every verb that a menu reaches, in menu order.
    pub fn all() -> impl Iterator<Item = Verb> {
        MENUS
            .iter()
            .flat_map(|menu| menu.groups.iter().copied().flatten().copied())
    }

    /// Its name in the locale files, under `verb.`.
    pub fn key(self) -> &'static str {
        match self {
            Self::NewSurvey => "verb.new_survey",
            Self::OpenSurvey => "verb.open_survey",
            Self::OpenSample => "verb.open_sample",
            Self::Import => "verb.import",
            Self::SaveCopy => "verb.save_copy",
            Self::OpenTiles => "verb.open_tiles",
            Self::Quit => "verb.quit",
            Self::Undo => "verb.undo",
            Self::Redo => "verb.redo",
            Self::Delete => "verb.delete",
            Self::SelectTool => "verb.select_tool",
            Self::DrawTool => "verb.draw_tool",
            Self::VertexTool => "verb.vertex_tool",
            Self::FinishSketch => "verb.finish_sketch",
            Self::RemoveLastVertex => "verb.remove_last_vertex",
            Self::ParkSketch => "verb.park_sketch",
            Self::FitSurvey => "verb.fit_survey",
            Self::FitSelection => "verb.fit_selection",
            Self::ZoomIn => "verb.zoom_in",
            Self::ZoomOut => "verb.zoom_out",
            Self::RestIntact => "verb.rest_intact",
            Self::NextWaiting => "verb.next_waiting",
            Self::FindDuplicates => "verb.find_duplicates",
            Self::Check => "verb.check",
            Self::ReleaseDraft => "verb.release_draft",
            Self::Release => "verb.release",
            Self::ToggleOnlineTiles => "verb.online_tiles",
            Self::ToggleDarkMode => "verb.dark_mode",
            Self::SwitchLanguage => "verb.switch_language",
            Self::Search => "verb.search",
            Self::Palette => "verb.palette",
            Self::Keys => "verb.keys",
            Self::About => "verb.about",
            Self::Theme(MapTheme::SurveyState) => "verb.theme_survey_state",
            Self::Theme(MapTheme::WorstEssential) => "verb.theme_worst_essential",
            Self::Theme(MapTheme::BuildYear) => "verb.theme_build_year",
            Self::Theme(MapTheme::Willingness) => "verb.theme_willingness",
            Self::Go(Workspace::Survey) => "verb.go_survey",
            Self::Go(Workspace::Review) => "verb.go_review",
            Self::Go(Workspace::Release) => "verb.go_release",
        }
    }

    /// A glyph of the shipped icon font, or nothing.
    pub fn icon(self) -> &'static str {
        match self {
            Self::NewSurvey => icons::FILE_PLUS,
            Self::OpenSurvey => icons::FOLDER_OPEN,
            Self::OpenSample => icons::HOUSE,
            Self::Import => icons::IMPORT,
            Self::SaveCopy => icons::SAVE,
            Self::OpenTiles => icons::MAP,
            Self::Undo => icons::UNDO,
            Self::Redo => icons::REDO,
            Self::Delete => icons::TRASH,
            Self::SelectTool => icons::SELECT,
            Self::DrawTool => icons::DRAW_POLYGON,
            Self::VertexTool => icons::MOVE_VERTEX,
            Self::FinishSketch | Self::RestIntact => icons::CHECK,
            Self::FitSurvey => icons::FIT,
            Self::FitSelection => icons::CROSSHAIR,
            Self::ZoomIn => icons::PLUS,
            Self::ZoomOut => icons::MINUS,
            Self::NextWaiting => icons::ARROW_RIGHT,
            Self::FindDuplicates | Self::Go(Workspace::Review) => icons::COPY,
            Self::Check => icons::SEAL_CHECK,
            Self::ReleaseDraft | Self::Release | Self::Go(Workspace::Release) => icons::PACKAGE,
            Self::ToggleOnlineTiles => icons::STACK,
            Self::ToggleDarkMode => icons::MOON,
            Self::SwitchLanguage => icons::TRANSLATE,
            Self::Search | Self::Palette => icons::SEARCH,
            Self::Keys => icons::KEYBOARD,
            Self::About => icons::QUESTION,
            Self::Go(Workspace::Survey) => icons::PENCIL,
            Self::Quit | Self::RemoveLastVertex | Self::ParkSketch | Self::Theme(_) => "",
        }
    }

    /// Its default key, as it is printed on a key cap.
    pub fn key_text(self, context: &egui::Context) -> Option<String> {
        let shortcut = self.shortcut()?;
        let text = context.format_shortcut(&shortcut);
        let cap = match shortcut.logical_key {
            Key::Plus => "+",
            Key::Minus => "-",
            Key::Questionmark => "?",
            _ => return Some(text),
        };
        Some(text.replace(shortcut.logical_key.name(), cap))
    }

    /// Its default key.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let plain = |key| Some(KeyboardShortcut::new(Modifiers::NONE, key));
        let command = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND, key));
        match self {
            Self::NewSurvey => command(Key::N),
            Self::OpenSurvey => command(Key::O),
            Self::Import => command(Key::I),
            Self::SaveCopy => Some(KeyboardShortcut::new(
                Modifiers::COMMAND | Modifiers::SHIFT,
                Key::S,
            )),
            Self::Quit => command(Key::Q),
            Self::Undo => command(Key::Z),
            Self::Redo => command(Key::Y),
            Self::Search => command(Key::F),
            Self::Palette => command(Key::P),
            Self::Go(Workspace::Survey) => command(Key::Num1),
            Self::Go(Workspace::Review) => command(Key::Num2),
            Self::Go(Workspace::Release) => command(Key::Num3),
            Self::SelectTool => plain(Key::V),
            Self::DrawTool => plain(Key::D),
            Self::VertexTool => plain(Key::E),
            Self::FitSurvey => plain(Key::Home),
            Self::FitSelection => plain(Key::F),
            Self::ZoomIn => plain(Key::Plus),
            Self::ZoomOut => plain(Key::Minus),
            Self::NextWaiting => plain(Key::Space),
            Self::Keys => plain(Key::Questionmark),
            Self::Check => plain(Key::F7),
            Self::FindDuplicates => plain(Key::F6),
            // The map reads these itself, while a sketch is in hand.
            Self::FinishSketch | Self::RemoveLastVertex | Self::ParkSketch => None,
            Self::OpenSample
            | Self::OpenTiles
            | Self::Delete
            | Self::RestIntact
            | Self::ReleaseDraft
            | Self::Release
            | Self::ToggleOnlineTiles
            | Self::ToggleDarkMode
            | Self::SwitchLanguage
            | Self::About
            | Self::Theme(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn no_two_verbs_share_a_key() {
        let mut seen = Vec::new();
        for verb in Verb::all() {
            if let Some(shortcut) = verb.shortcut() {
                assert!(!seen.contains(&shortcut), "{verb:?}");
                seen.push(shortcut);
            }
        }
    }

    #[test]
    fn every_verb_has_a_name_in_every_language() {
        for language in Language::ALL {
            for verb in Verb::all() {
                assert_ne!(language.text(verb.key()), verb.key(), "{language:?}");
            }
            for menu in MENUS {
                assert_ne!(language.text(menu.key), menu.key, "{language:?}");
            }
        }
    }
}
