//! What each verb is called, how it looks and which key it has: a line a verb.

use super::{OfPair, Shape, Tag, Take, Toggle, Verb};
use crate::model::{Amount, MapTheme, Verdict};
use crate::ui::action::Workspace;
use crate::ui::icons;
use egui::{Key, KeyboardShortcut, Modifiers};

/// A line of the table.
struct Row {
    /// In the locale files.
    key: &'static str,
    /// A glyph of the shipped icon font, or nothing.
    icon: &'static str,
    shortcut: Option<KeyboardShortcut>,
}

fn row(key: &'static str, icon: &'static str, shortcut: Option<KeyboardShortcut>) -> Row {
    Row {
        key,
        icon,
        shortcut,
    }
}

fn plain(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::NONE, key))
}

fn shift(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::SHIFT, key))
}

fn command(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::COMMAND, key))
}

fn command_shift(key: Key) -> Option<KeyboardShortcut> {
    let modifiers = Modifiers::COMMAND | Modifiers::SHIFT;
    Some(KeyboardShortcut::new(modifiers, key))
}

impl Verb {
    #[rustfmt::skip] // A line a verb.
    fn row(self) -> Row {
        match self {
            Self::NewSurvey => row("verb.new_survey", icons::FILE_PLUS, command(Key::N)),
            Self::OpenSurvey => row("verb.open_survey", icons::FOLDER_OPEN, command(Key::O)),
            Self::OpenSample => row("verb.open_sample", icons::HOUSE, None),
            Self::Import => row("verb.import", icons::IMPORT, command(Key::I)),
            Self::Export => row("verb.export", icons::EXPORT, command(Key::E)),
            Self::SaveCopy => row("verb.save_copy", icons::SAVE, command_shift(Key::S)),
            Self::WriteLedger => row("verb.write_ledger", icons::TABLE, None),
            Self::TakeLedger => row("verb.take_ledger", icons::REVERT, None),
            Self::Basemaps => row("verb.basemaps", icons::MAP, command(Key::B)),
            Self::AddPhotos => row("verb.add_photos", icons::CAMERA, None),
            Self::WatchPhotos => row("verb.watch_photos", icons::EYE, None),
            Self::Settings => row("verb.settings", icons::GEAR, command(Key::Comma)),
            Self::Quit => row("verb.quit", "", command(Key::Q)),
            Self::Undo => row("verb.undo", icons::UNDO, command(Key::Z)),
            Self::Redo => row("verb.redo", icons::REDO, command(Key::Y)),
            Self::Delete => row("verb.delete", icons::TRASH, None),
            Self::SelectAll => row("verb.select_all", icons::LIST_CHECKS, command(Key::A)),
            Self::History => row("verb.history", icons::HISTORY, command(Key::H)),
            Self::Search => row("verb.search", icons::SEARCH, command(Key::K)),
            Self::FitSurvey => row("verb.fit_survey", icons::FIT, plain(Key::Home)),
            Self::FitSelection => row("verb.fit_selection", icons::CROSSHAIR, plain(Key::F)),
            Self::GoToPosition => row("verb.go_to_position", icons::MAP_PIN, command_shift(Key::G)),
            Self::ZoomIn => row("verb.zoom_in", icons::PLUS, plain(Key::Plus)),
            Self::ZoomOut => row("verb.zoom_out", icons::MINUS, plain(Key::Minus)),
            // The map reads these itself, while a sketch is in hand.
            Self::FinishSketch => row("verb.finish_sketch", icons::CHECK, None),
            Self::RemoveLastVertex => row("verb.remove_last_vertex", "", None),
            Self::ParkSketch => row("verb.park_sketch", "", None),
            Self::NextRecord => row("verb.next_record", icons::ARROW_RIGHT, plain(Key::Space)),
            Self::LearnFromDecisions => row("verb.learn_from_decisions", "", None),
            Self::Aliases => row("verb.aliases", icons::LINK, None),
            Self::FindDuplicates => row("verb.find_duplicates", icons::COPY, plain(Key::F6)),
            Self::Rules => row("verb.rules", icons::BOOK, None),
            Self::Check => row("verb.check", icons::SEAL_CHECK, plain(Key::F7)),
            Self::ReleaseDraft => row("verb.release_draft", icons::PACKAGE, None),
            Self::Release => row("verb.release", icons::PACKAGE, None),
            Self::EstateSheets => row("verb.estate_sheets", icons::FILE_PDF, None),
            Self::CountyReport => row("verb.county_report", icons::FILE_PDF, None),
            Self::SwitchLanguage => row("verb.switch_language", icons::TRANSLATE, None),
            Self::Palette => row("verb.palette", icons::COMMAND, command(Key::P)),
            Self::Keys => row("verb.keys", icons::KEYBOARD, plain(Key::Questionmark)),
            Self::About => row("verb.about", icons::QUESTION, None),

            Self::Take(Take::Select) => row("verb.select_tool", icons::SELECT, plain(Key::V)),
            Self::Take(Take::Draw) => row("verb.draw_tool", icons::DRAW_POLYGON, plain(Key::D)),
            Self::Take(Take::Rectangle) => row("verb.rectangle_tool", icons::BOUNDING_BOX, plain(Key::B)),
            Self::Take(Take::Hole) => row("verb.hole_tool", icons::INTERSECT, plain(Key::H)),
            Self::Take(Take::Part) => row("verb.part_tool", icons::SHAPES, plain(Key::P)),
            Self::Take(Take::Vertices) => row("verb.vertex_tool", icons::MOVE_VERTEX, plain(Key::E)),
            Self::Take(Take::Move) => row("verb.move_tool", icons::HAND, plain(Key::G)),
            Self::Take(Take::Split) => row("verb.split_tool", icons::SCISSORS, plain(Key::X)),
            Self::Take(Take::Reshape) => row("verb.reshape_tool", icons::DRAW_PATH, plain(Key::L)),
            Self::Take(Take::Building) => row("verb.building_tool", icons::BUILDINGS, plain(Key::U)),
            Self::Take(Take::Measure) => row("verb.measure_tool", icons::RULER, plain(Key::M)),

            Self::Shape(Shape::Square) => row("verb.square", icons::FRAME, plain(Key::Q)),
            Self::Shape(Shape::Simplify) => row("verb.simplify", icons::MINUS_CIRCLE, plain(Key::Y)),
            Self::Shape(Shape::Join) => row("verb.join", icons::UNITE, plain(Key::C)),
            Self::Shape(Shape::Repair) => row("verb.repair", icons::CHECK_CIRCLE, plain(Key::K)),

            Self::Tag(Tag::RestIntact) => row("verb.rest_intact", icons::CHECK, None),
            Self::Tag(Tag::RepeatLast) => row("verb.repeat_last", icons::RELOAD, plain(Key::R)),
            Self::Tag(Tag::RepeatField) => row("verb.repeat_field", icons::RELOAD, shift(Key::R)),
            Self::Tag(Tag::Copy) => row("verb.copy", icons::COPY, command(Key::C)),
            Self::Tag(Tag::Paste) => row("verb.paste", icons::PASTE, command(Key::V)),
            Self::Tag(Tag::Presets) => row("verb.presets", icons::SLIDERS, command(Key::L)),
            Self::Tag(Tag::NextMustHave) => row("verb.next_must_have", icons::PENCIL, plain(Key::N)),
            Self::Tag(Tag::TakeFromBuildings) => row("verb.take_from_buildings", icons::BUILDINGS, None),

            Self::Toggle(Toggle::Snapping) => row("verb.snapping", icons::MAGNET, plain(Key::S)),
            Self::Toggle(Toggle::Tracing) => row("verb.tracing", icons::ROAD, plain(Key::T)),
            Self::Toggle(Toggle::AvoidOverlap) => row("verb.avoid_overlap", icons::SQUARES, plain(Key::O)),
            Self::Toggle(Toggle::SharedBorders) => row("verb.shared_borders", icons::LINK, plain(Key::J)),
            Self::Toggle(Toggle::AutoAdvance) => row("verb.auto_advance", icons::PLAY, None),
            Self::Toggle(Toggle::PhotoPositions) => row("verb.photo_positions", icons::IMAGE, None),
            Self::Toggle(Toggle::MyPosition) => row("verb.my_position", icons::MAP_PIN, None),
            Self::Toggle(Toggle::SearchedCells) => row("verb.searched_cells", icons::SQUARES, None),
            Self::Toggle(Toggle::Buildings) => row("verb.show_buildings", icons::BUILDINGS, None),
            Self::Toggle(Toggle::OnlineTiles) => row("verb.online_tiles", icons::STACK, None),
            Self::Toggle(Toggle::DarkMode) => row("verb.dark_mode", icons::MOON, None),

            Self::Theme(MapTheme::SurveyState) => row("verb.theme_survey_state", "", None),
            Self::Theme(MapTheme::WorstEssential) => row("verb.theme_worst_essential", "", None),
            Self::Theme(MapTheme::BuildYear) => row("verb.theme_build_year", "", None),
            Self::Theme(MapTheme::Willingness) => row("verb.theme_willingness", "", None),
            Self::Theme(MapTheme::Recognition) => row("verb.theme_recognition", "", None),
            Self::Theme(MapTheme::Score) => row("verb.theme_score", "", None),
            Self::Theme(MapTheme::Batch) => row("verb.theme_batch", "", None),
            Self::Theme(MapTheme::WillingnessNeed) => row("verb.theme_willingness_need", "", None),
            // Which item is chosen in the legend.
            Self::Theme(MapTheme::Gap(_) | MapTheme::Category(_)) => row("verb.theme_gap", "", None),
            Self::Theme(MapTheme::Amount(Amount::Households)) => row("verb.theme_households", "", None),
            Self::Theme(MapTheme::Amount(Amount::FloorArea)) => row("verb.theme_floor_area", "", None),
            Self::Theme(MapTheme::Amount(Amount::Buildings)) => row("verb.theme_buildings", "", None),
            Self::Go(Workspace::Survey) => row("verb.go_survey", icons::PENCIL, command(Key::Num1)),
            Self::Go(Workspace::Review) => row("verb.go_review", icons::COPY, command(Key::Num2)),
            Self::Go(Workspace::Coverage) => row("verb.go_coverage", icons::LIST_CHECKS, command(Key::Num3)),
            Self::Go(Workspace::Plan) => row("verb.go_plan", icons::SCALES, command(Key::Num4)),
            Self::Go(Workspace::Delivery) => row("verb.go_delivery", icons::CRANE, command(Key::Num5)),
            Self::Go(Workspace::Release) => row("verb.go_release", icons::PACKAGE, command(Key::Num6)),


            Self::Pair(OfPair::Next) => row("verb.pair_next", icons::ARROW_DOWN, plain(Key::PageDown)),
            Self::Pair(OfPair::Previous) => row("verb.pair_previous", icons::ARROW_UP, plain(Key::PageUp)),
            // The digits decide; they cannot be given to anything else.
            Self::Pair(OfPair::Decide(Verdict::Same)) => row("verb.decide_same", icons::UNITE, None),
            Self::Pair(OfPair::Decide(Verdict::PartOf)) => row("verb.decide_part_of", icons::INTERSECT, None),
            Self::Pair(OfPair::Decide(Verdict::Phases)) => row("verb.decide_phases", icons::SQUARES, None),
            Self::Pair(OfPair::Decide(Verdict::Split)) => row("verb.decide_split", icons::LINK, None),
            Self::Pair(OfPair::Decide(Verdict::Distinct)) => row("verb.decide_distinct", icons::PROHIBIT, None),
            Self::Pair(OfPair::Decide(Verdict::Unsure)) => row("verb.decide_unsure", icons::QUESTION, None),
            Self::Pair(OfPair::KeepOther) => row("verb.keep_other", icons::SWAP, plain(Key::A)),
            Self::Pair(OfPair::OpenInForm) => row("verb.pair_in_form", icons::PENCIL, plain(Key::I)),
            Self::Pair(OfPair::AcceptAlike) => row("verb.accept_alike", icons::LIST_CHECKS, plain(Key::F8)),
            Self::Pair(OfPair::Part) => row("verb.pair_part", icons::UNLINK, None),
        }
    }

    /// Its name in the locale files, under `verb.`.
    pub fn key(self) -> &'static str {
        self.row().key
    }

    /// A glyph of the shipped icon font, or nothing.
    pub fn icon(self) -> &'static str {
        self.row().icon
    }

    /// Its default key; the one it has is in the [`crate::ui::keymap::Keymap`].
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        self.row().shortcut
    }
}
