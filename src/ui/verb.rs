//! The action table: one entry an action, feeding menu, tool bar, context menu, palette,
//! shortcuts and tests. What each is called and which key it has: [`table`].

mod table;

use super::action::Workspace;
use crate::model::{Amount, MapTheme, Verdict};

/// An action without a parameter of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    NewSurvey,
    OpenSurvey,
    OpenSample,
    Import,
    Export,
    SaveCopy,
    WriteLedger,
    /// Brings back what an office changed in a ledger.
    TakeLedger,
    Basemaps,
    AddPhotos,
    WatchPhotos,
    Settings,
    Quit,
    Undo,
    Redo,
    Delete,
    SelectAll,
    History,
    Search,
    FitSurvey,
    FitSelection,
    /// Brings the surveyor's own position into view.
    GoToPosition,
    ZoomIn,
    ZoomOut,
    FinishSketch,
    RemoveLastVertex,
    ParkSketch,
    NextRecord,
    FindDuplicates,
    /// The survey's table of renamed employers and roads.
    Aliases,
    /// Whether decisions move what evidence weighs in this survey.
    LearnFromDecisions,
    /// The rules that hold in the survey, to look at and to change.
    Rules,
    Check,
    ReleaseDraft,
    Release,
    /// The sheets of the estates selected, as PDF.
    EstateSheets,
    CountyReport,
    SwitchLanguage,
    Palette,
    Keys,
    About,
    Take(Take),
    Shape(Shape),
    Tag(Tag),
    Toggle(Toggle),
    Theme(MapTheme),
    Go(Workspace),
    Pair(OfPair),
}

/// Tools that are taken in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    Select,
    Draw,
    Rectangle,
    Hole,
    Part,
    Vertices,
    /// Moves and rotates the whole.
    Move,
    Split,
    /// Redraws a stretch of a boundary along a line.
    Reshape,
    Building,
    Measure,
}

/// What changes the boundary of the selection at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Square,
    Simplify,
    /// Makes one estate of the neighbours selected.
    Join,
    Repair,
}

/// What fills the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    RestIntact,
    /// The values of the estate tagged last, where this one has none.
    RepeatLast,
    /// The field set last, for everything selected.
    RepeatField,
    Copy,
    Paste,
    Presets,
    /// Into the form, to the first must-have that is open.
    NextMustHave,
    TakeFromBuildings,
}

/// What is done in the review of possible duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfPair {
    Next,
    Previous,
    /// Decides the pair under review.
    Decide(Verdict),
    /// The other of the two records goes on counting.
    KeepOther,
    OpenInForm,
    /// Accepts what is suggested for all pairs of its kind.
    AcceptAlike,
    /// Takes apart what a verdict made one.
    Part,
}

/// What is switched on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toggle {
    Snapping,
    Tracing,
    AvoidOverlap,
    SharedBorders,
    AutoAdvance,
    PhotoPositions,
    Buildings,
    /// The grid of what was searched.
    SearchedCells,
    MyPosition,
    OnlineTiles,
    DarkMode,
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
            &[Verb::Import, Verb::Export, Verb::SaveCopy],
            &[Verb::WriteLedger, Verb::TakeLedger],
            &[Verb::AddPhotos, Verb::WatchPhotos],
            &[Verb::Settings],
            &[Verb::Quit],
        ],
    },
    Menu {
        key: "menu.edit",
        groups: &[
            &[Verb::Undo, Verb::Redo],
            &[
                Verb::Tag(Tag::Copy),
                Verb::Tag(Tag::Paste),
                Verb::Tag(Tag::RepeatLast),
                Verb::Tag(Tag::RepeatField),
                Verb::Tag(Tag::Presets),
            ],
            &[
                Verb::Tag(Tag::NextMustHave),
                Verb::Tag(Tag::RestIntact),
                Verb::Tag(Tag::TakeFromBuildings),
            ],
            &[Verb::SelectAll, Verb::Search],
            &[Verb::History, Verb::Delete],
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
                Verb::Theme(MapTheme::Recognition),
                Verb::Theme(MapTheme::Score),
                Verb::Theme(MapTheme::Batch),
                Verb::Theme(MapTheme::WillingnessNeed),
                Verb::Theme(MapTheme::Amount(Amount::Households)),
                Verb::Theme(MapTheme::Amount(Amount::FloorArea)),
                Verb::Theme(MapTheme::Amount(Amount::Buildings)),
            ],
            &[
                Verb::FitSurvey,
                Verb::FitSelection,
                Verb::GoToPosition,
                Verb::ZoomIn,
                Verb::ZoomOut,
            ],
            &[
                Verb::Toggle(Toggle::PhotoPositions),
                Verb::Toggle(Toggle::Buildings),
                Verb::Toggle(Toggle::SearchedCells),
                Verb::Toggle(Toggle::MyPosition),
            ],
            &[Verb::Basemaps, Verb::Toggle(Toggle::OnlineTiles)],
            &[Verb::Toggle(Toggle::DarkMode), Verb::SwitchLanguage],
        ],
    },
    Menu {
        key: "menu.draw",
        groups: &[
            &[
                Verb::Take(Take::Select),
                Verb::Take(Take::Draw),
                Verb::Take(Take::Rectangle),
                Verb::Take(Take::Hole),
                Verb::Take(Take::Part),
                Verb::Take(Take::Building),
                Verb::Take(Take::Measure),
            ],
            &[
                Verb::Take(Take::Vertices),
                Verb::Take(Take::Move),
                Verb::Take(Take::Split),
                Verb::Take(Take::Reshape),
                Verb::Shape(Shape::Join),
                Verb::Shape(Shape::Square),
                Verb::Shape(Shape::Simplify),
                Verb::Shape(Shape::Repair),
            ],
            &[Verb::FinishSketch, Verb::RemoveLastVertex, Verb::ParkSketch],
            &[
                Verb::Toggle(Toggle::Snapping),
                Verb::Toggle(Toggle::Tracing),
                Verb::Toggle(Toggle::AvoidOverlap),
                Verb::Toggle(Toggle::SharedBorders),
            ],
        ],
    },
    Menu {
        key: "menu.survey",
        groups: &[
            &[Verb::Go(Workspace::Survey)],
            &[Verb::NextRecord, Verb::Toggle(Toggle::AutoAdvance)],
        ],
    },
    Menu {
        key: "menu.review",
        groups: &[
            &[
                Verb::Go(Workspace::Review),
                Verb::FindDuplicates,
                Verb::Aliases,
                Verb::LearnFromDecisions,
            ],
            &[Verb::Pair(OfPair::Next), Verb::Pair(OfPair::Previous)],
            &[
                Verb::Pair(OfPair::Decide(Verdict::Same)),
                Verb::Pair(OfPair::Decide(Verdict::PartOf)),
                Verb::Pair(OfPair::Decide(Verdict::Phases)),
                Verb::Pair(OfPair::Decide(Verdict::Split)),
                Verb::Pair(OfPair::Decide(Verdict::Distinct)),
                Verb::Pair(OfPair::Decide(Verdict::Unsure)),
            ],
            &[
                Verb::Pair(OfPair::KeepOther),
                Verb::Pair(OfPair::OpenInForm),
                Verb::Pair(OfPair::AcceptAlike),
                Verb::Pair(OfPair::Part),
            ],
            &[Verb::Go(Workspace::Coverage)],
        ],
    },
    Menu {
        key: "menu.plan",
        groups: &[
            &[Verb::Go(Workspace::Plan), Verb::Go(Workspace::Delivery)],
            &[Verb::EstateSheets, Verb::CountyReport],
            &[Verb::Rules],
        ],
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

/// The menu under a right click on an estate, on the map and in the list.
pub const CONTEXT: &[&[Verb]] = &[
    &[
        Verb::Take(Take::Vertices),
        Verb::Take(Take::Move),
        Verb::Take(Take::Split),
        Verb::Shape(Shape::Join),
        Verb::Shape(Shape::Square),
        Verb::Shape(Shape::Simplify),
        Verb::Shape(Shape::Repair),
    ],
    &[
        Verb::Tag(Tag::Copy),
        Verb::Tag(Tag::Paste),
        Verb::Tag(Tag::RepeatLast),
    ],
    &[Verb::FitSelection, Verb::EstateSheets],
    &[Verb::History, Verb::Delete],
];

impl Verb {
    /// Every verb that a menu reaches, in menu order.
    pub fn all() -> impl Iterator<Item = Verb> {
        MENUS
            .iter()
            .flat_map(|menu| menu.groups.iter().copied().flatten().copied())
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
    fn the_menu_under_a_right_click_offers_what_the_menu_bar_does() {
        for verb in CONTEXT.iter().copied().flatten() {
            assert!(Verb::all().any(|other| other == *verb), "{verb:?}");
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
