//! The action table: one entry an action, feeding menu, tool bar, palette, shortcuts and tests.

use super::action::{MapTheme, Workspace};

/// An action without a parameter of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    NewSurvey,
    OpenSurvey,
    OpenSample,
    Import,
    SaveCopy,
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
    Keys,
    About,
    Theme(MapTheme),
    Go(Workspace),
}
