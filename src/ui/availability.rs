//! Which verbs can be used now; a disabled one says why in its tooltip.

use super::action::Workspace;
use super::shapes::MOST_AT_ONCE;
use super::tool::Tool;
use super::verb::{OfPair, Shape, Tag, Take, Verb};
use super::view::{View, joined};
use crate::model::Pair;
use crate::session::Session;

/// Why a verb cannot be used. Sentences: locale files, `reason.<key>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    NoSurvey,
    NothingToUndo,
    NothingToRedo,
    NothingSelected,
    SelectOne,
    SelectSeveral,
    TooManySelected,
    NoBoundary,
    NoSketch,
    JobRunning,
    NothingToDo,
    NoPair,
    NotJoined,
    /// Of a class of pairs nobody has looked at one yet.
    LookAtOne,
    /// The program has no verdict to accept.
    EachNeedsALook,
}

impl Reason {
    pub fn key(self) -> &'static str {
        match self {
            Self::NoSurvey => "reason.no_survey",
            Self::NothingToUndo => "reason.nothing_to_undo",
            Self::NothingToRedo => "reason.nothing_to_redo",
            Self::NothingSelected => "reason.nothing_selected",
            Self::SelectOne => "reason.select_one",
            Self::SelectSeveral => "reason.select_several",
            Self::TooManySelected => "reason.too_many_selected",
            Self::NoBoundary => "reason.no_boundary",
            Self::NoSketch => "reason.no_sketch",
            Self::JobRunning => "reason.job_running",
            Self::NothingToDo => "reason.nothing_to_do",
            Self::NoPair => "reason.no_pair",
            Self::NotJoined => "reason.not_joined",
            Self::LookAtOne => "reason.look_at_one",
            Self::EachNeedsALook => "reason.each_needs_a_look",
        }
    }
}

/// Whether a job that writes a release or reads a file is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    Idle,
    Running,
}

/// Whether `verb` can be used now.
///
/// # Errors
/// The [`Reason`] why not.
pub fn availability(
    verb: Verb,
    session: Option<&Session>,
    view: &View,
    jobs: JobState,
) -> Result<(), Reason> {
    let needs_survey = !matches!(
        verb,
        Verb::NewSurvey
            | Verb::OpenSurvey
            | Verb::OpenSample
            | Verb::Basemaps
            | Verb::GoToPosition
            | Verb::Settings
            | Verb::Quit
            | Verb::ZoomIn
            | Verb::ZoomOut
            | Verb::SwitchLanguage
            | Verb::Palette
            | Verb::Keys
            | Verb::About
            | Verb::Toggle(_)
            | Verb::Theme(_)
    );
    let Some(session) = session else {
        return match needs_survey {
            true => Err(Reason::NoSurvey),
            false => Ok(()),
        };
    };
    let require = |holds: bool, reason: Reason| if holds { Ok(()) } else { Err(reason) };
    match verb {
        // While a ring is drawn, Ctrl+Z takes its last corner back.
        Verb::Undo => require(
            session.undo_label().is_some() || sketched(&view.tool),
            Reason::NothingToUndo,
        ),
        Verb::Redo => require(session.redo_label().is_some(), Reason::NothingToRedo),
        Verb::FitSelection if reviewed(view).is_some() => Ok(()),
        Verb::Delete | Verb::FitSelection | Verb::EstateSheets => {
            require(!view.selection.is_empty(), Reason::NothingSelected)
        }
        Verb::Pair(OfPair::Next | OfPair::Previous) => Ok(()),
        Verb::Pair(of_pair) => {
            let pair = reviewed(view).ok_or(Reason::NoPair)?;
            let parts = of_pair == OfPair::Part;
            require(
                !parts || joined(session.survey(), pair).is_some(),
                Reason::NotJoined,
            )
        }
        Verb::History | Verb::Tag(Tag::Copy | Tag::TakeFromBuildings) => {
            require(view.single().is_some(), Reason::SelectOne)
        }
        Verb::Take(Take::Building) => require(view.single().is_some(), Reason::SelectOne),
        Verb::Tag(
            Tag::RestIntact | Tag::RepeatLast | Tag::RepeatField | Tag::Paste | Tag::NextMustHave,
        ) => require(!view.selection.is_empty(), Reason::NothingSelected),
        Verb::Take(Take::Vertices | Take::Split | Take::Reshape | Take::Hole | Take::Part) => {
            let id = view.single().ok_or(Reason::SelectOne)?;
            let has_boundary = session
                .survey()
                .estate(id)
                .is_some_and(|estate| estate.boundary.is_some());
            require(has_boundary, Reason::NoBoundary)
        }
        Verb::Take(Take::Move) => require(has_boundary(session, view), no_boundary(view)),
        // It mends what is in hand.
        Verb::Shape(Shape::Repair) if sketched(&view.tool) => Ok(()),
        Verb::Shape(Shape::Join) => require(view.selection.len() > 1, Reason::SelectSeveral),
        Verb::Shape(_) => {
            require(has_boundary(session, view), no_boundary(view))?;
            require(
                view.selection.len() <= MOST_AT_ONCE,
                Reason::TooManySelected,
            )
        }
        Verb::FinishSketch | Verb::RemoveLastVertex | Verb::ParkSketch => {
            require(sketched(&view.tool), Reason::NoSketch)
        }
        Verb::NextRecord => require(session.survey().estates().len() > 0, Reason::NothingToDo),
        Verb::Import
        | Verb::Export
        | Verb::WriteLedger
        | Verb::TakeLedger
        | Verb::ReleaseDraft
        | Verb::Release => require(jobs == JobState::Idle, Reason::JobRunning),
        _ => Ok(()),
    }
}

/// The pair that is seen under review.
fn reviewed(view: &View) -> Option<Pair> {
    view.pair.filter(|_| view.workspace == Workspace::Review)
}

/// Whether anything selected has a boundary.
fn has_boundary(session: &Session, view: &View) -> bool {
    let mut selected = view
        .selection
        .iter()
        .filter_map(|id| session.survey().estate(*id));
    selected.any(|estate| estate.boundary.is_some())
}

fn no_boundary(view: &View) -> Reason {
    match view.selection.is_empty() {
        true => Reason::NothingSelected,
        false => Reason::NoBoundary,
    }
}

fn sketched(tool: &Tool) -> bool {
    matches!(tool, Tool::Sketch(sketch) if !sketch.corners.is_empty())
}
