//! What a view asks for. Views draw and return actions; `App::logic` carries them out.

use super::basemap::packs::{PackOrder, WantedPack};
use super::basemap::settings::{LayerSetting, Shift, Token};
use super::delivery::ProjectAction;
use super::files::FileKind;
use super::keymap::Binding;
use super::my_position::PositionSetting;
use super::preferences::{Brightness, Switch};
use super::references::settings::ReferenceSetting;
use super::review::FieldKey;
use super::verb::Verb;
use crate::basemap::address::Parsed;
use crate::basemap::{SourceId, TokenName};
use crate::edit::Command;
use crate::jobs::export::{ExchangeFormat, Profile};
use crate::jobs::import::{ImportSettings, Mapping, Template};
use crate::jobs::ledger::returned::Returned;
use crate::jobs::photos::Destination;
use crate::jobs::release::ReleaseSettings;
use crate::jobs::report::{Target, Wanted};
use crate::jobs::review_queue::Class;
use crate::model::{
    Boundary, BuildingField, BuildingId, CommunityCode, Crs, Datum, EstateId, Field, GridCell,
    ListColumn, ListId, ListRole, LonLat, MapLook, MapTheme, Pair, PhotoId, ProjectPart, Value,
};
use crate::words::Language;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// Something the user wants, from a click, a key or a menu.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Changes the survey.
    Edit(Command),
    /// An entry of the action table: menu, tool bar or shortcut.
    Do(Verb),
    /// The same, chosen in the palette.
    DoFromPalette(Verb),
    Prefer(Preference),
    Select(Selection),
    /// Picks a building, and the record it was surveyed for.
    SelectBuilding(BuildingId),
    AddBuilding(NewBuilding),
    /// Brings a record into view.
    ShowOnMap(EstateId),
    /// Brings the pair into view and into the review panel.
    Review(Pair),
    /// A key in the table of fields of the pair.
    PairField(FieldKey),
    Bulk(BulkAction),
    /// Shows an outline from the past on the map; `None` takes it away.
    ShowOutline(Option<Arc<Boundary>>),
    /// Reads on in the history that is shown.
    OlderHistory,
    /// Selects the record and puts the cursor into the field of the form.
    GoToField(EstateId, Field),
    /// The last must-have of the record was answered at the keyboard.
    Finished(EstateId),
    /// Puts values on the clipboard into the selection.
    Paste(String),
    Preset(PresetAction),
    SetTool(super::tool::Tool),
    SetTheme(MapTheme),
    /// A theme with its colours and symbols.
    SetLook(MapLook),
    SetLanguage(Language),
    SetWorkspace(Workspace),
    /// Where the cursor is on the map, for the status bar.
    PointAt(Option<LonLat>),
    CreateSurvey {
        path: PathBuf,
        county_code: String,
    },
    OpenSurvey(PathBuf),
    SaveCopy(PathBuf),
    Basemap(BasemapAction),
    Reference(ReferenceAction),
    /// Reads a file for the import dialog, or one of its layers.
    PreviewSource(PathBuf, Option<String>),
    /// Asks how a list would lie in each plausible system.
    CompareSystems(Box<ReadAs>),
    Import(Box<ImportRequest>),
    /// Holds a file against the list that it is a newer version of.
    CompareNewer(Box<NewerRequest>),
    /// Takes in the newer version under review.
    TakeNewer,
    /// Keeps a mapping for the next list of its kind.
    SaveTemplate(Box<Template>),
    /// Asks where the rows of a list that gave no record go.
    MendRows(ListId),
    /// Writes them.
    SaveRejects(Box<RejectsRequest>),
    /// Asks what an export would write.
    CountExport(Box<ExportOrder>),
    Export(Box<ExportOrder>),
    Release(ReleaseSettings),
    Report(Box<ReportRequest>),
    Ledger(LedgerAction),
    /// Shows the system's file dialog; what is picked goes into the open dialog's path box.
    Browse(Browse),
    Photo(PhotoAction),
    Coverage(CoverageAction),
    Rules(RulesAction),
    /// Goes to a community and what it answered.
    ShowCommunity(CommunityCode),
    /// Remembers the file of a community's signed paper.
    AttachPaper {
        community: CommunityCode,
        path: PathBuf,
    },
    Project(Box<ProjectAction>),
    /// Goes to the project of an estate, and to a part of it.
    ShowProject(EstateId, Option<ProjectPart>),
    /// Files let go over the window.
    Drop(Vec<PathBuf>),
    ShowDialog(Box<super::dialog::Dialog>),
    CloseDialog,
    DismissNotice(usize),
    /// A sentence for the status bar, in the user's language: why a gesture did nothing.
    Notice(String),
    CancelJob,
}

/// What is done in the panel that accepts a class of pairs at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkAction {
    Open(Class),
    Close,
    Tick(Pair),
    LeaveOut(Pair),
    TickAll,
    TickNone,
    Accept,
}

/// What is done with the ledger 台账.
#[derive(Clone, Debug, PartialEq)]
pub enum LedgerAction {
    /// Into a file that is not there yet.
    Write(PathBuf),
    /// Holds an edited one against the survey.
    Read(PathBuf),
    /// Takes over the edits at these places.
    Take {
        returned: Arc<Returned>,
        places: BTreeSet<usize>,
    },
}

/// What is wanted of a rule pack's file.
#[derive(Clone, Debug, PartialEq)]
pub enum RulesAction {
    /// Into the open editor.
    Read(PathBuf),
    Write {
        path: PathBuf,
        pack: Box<serde_json::Value>,
    },
}

/// What is wanted of gaps and of the grid.
#[derive(Clone, Debug, PartialEq)]
pub enum CoverageAction {
    /// Looks for gaps in the layer that is called this.
    FindGaps(String),
    /// Brings a gap into view, by its number in the list.
    PickGap(usize),
    /// A cell was searched, or is to be searched again.
    ToggleCell(GridCell),
    /// The cell in the middle of the map.
    ToggleMiddle,
    /// Every cell that the map shows was searched.
    SearchView,
}

/// What is done with layers of others.
#[derive(Clone, Debug, PartialEq)]
pub enum ReferenceAction {
    /// Opens a file, with all of its layers.
    Add(PathBuf),
    /// A layer is shown in another way.
    Set(ReferenceSetting),
    Remove(ReferenceSetting),
    /// Reads again what could not be read.
    Retry,
}

/// What is done with the layers under the survey.
#[derive(Clone, Debug, PartialEq)]
pub enum BasemapAction {
    /// A layer is shown in another way.
    Set(LayerSetting),
    Shift(SourceId, Shift),
    Remove(SourceId),
    /// A source, with the token that stood in its address.
    Add(Box<Parsed>),
    /// A file or a folder of tiles.
    AddFile(PathBuf),
    /// A user says in which datum a source of theirs is drawn.
    SetDatum(SourceId, Datum),
    /// A user says in which system a plan lies that does not say it itself.
    SetCrs(SourceId, Crs),
    SetToken(TokenName, Token),
    /// Asks a WMTS what it offers.
    AskService(String),
    /// Hands the user's own sources on, as a file.
    Share(PathBuf),
    /// Whoever added a source says that its tiles may be kept.
    AllowKeeping(SourceId),
    CountPack(Box<WantedPack>),
    /// Downloads what was counted into this file.
    StartPack(PathBuf),
    OrderPack(PackOrder),
    /// Lets go of what was fetched before.
    ClearCache,
    /// Tries again what failed.
    Retry,
    /// Looks where a layer has something, in degrees.
    GoTo(geo::Rect),
}

/// What is done with the presets of the survey; each is named by its place in the list.
#[derive(Clone, Debug, PartialEq)]
pub enum PresetAction {
    /// Fills in what the selected records leave open.
    Apply(usize),
    /// Makes one of what the selected record has to give.
    Save {
        name: String,
    },
    Rename {
        index: usize,
        name: String,
    },
    Delete(usize),
}

/// What the user prefers from now on.
#[derive(Clone, Debug, PartialEq)]
pub enum Preference {
    Brightness(Brightness),
    AutoAdvance(Switch),
    /// How near, in points, a corner is drawn to a target.
    SnapPoints(f32),
    Columns(Vec<ListColumn>),
    Position(PositionSetting),
    /// Listens to the receiver anew.
    RetryPosition,
    /// Who is written into the history; `None` is who the system says.
    Author(Option<String>),
    Key(Verb, Option<Binding>),
    DefaultKey(Verb),
    DefaultKeys,
}

/// A building that begins with what was typed in one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct NewBuilding {
    pub estate: EstateId,
    pub field: BuildingField,
    pub value: Value,
    /// The field of it that the cursor goes to.
    pub then: Option<BuildingField>,
}

/// What the import dialog was filled in with.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRequest {
    pub path: PathBuf,
    pub settings: ImportSettings,
}

/// A file, and the list that it is a newer version of.
#[derive(Clone, Debug, PartialEq)]
pub struct NewerRequest {
    pub list: ListId,
    pub path: PathBuf,
    pub settings: ImportSettings,
}

/// A list whose rejected rows are wanted, where its file lies, and where they go.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectsRequest {
    pub list: ListId,
    pub source: PathBuf,
    pub out: PathBuf,
}

/// What is to be exported, as it was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportOrder {
    pub path: PathBuf,
    pub format: ExchangeFormat,
    pub profile: Profile,
    /// The name of a shipped template, or the path of one.
    pub template: String,
    pub filter: String,
    pub existing: Existing,
}

/// What happens to a file that stands where another is to be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Existing {
    #[default]
    Kept,
    Replaced,
}

/// Reports on paper, and where they go.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRequest {
    pub wanted: Vec<Wanted>,
    pub target: Target,
}

/// A list, and what its columns are for.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadAs {
    pub path: PathBuf,
    pub layer: Option<String>,
    pub mapping: Mapping,
    pub role: ListRole,
}

/// What is wanted of photos.
#[derive(Clone, Debug, PartialEq)]
pub enum PhotoAction {
    /// Asks which pictures are to be added, for this estate where one is named.
    Pick { to: Option<EstateId> },
    /// Shows the system's dialog for several files, and adds what is picked.
    Browse { to: Destination },
    /// Adds files, and the pictures in folders.
    Add {
        paths: Vec<PathBuf>,
        to: Destination,
    },
    /// Shows one large, to leaf on from it.
    Look { photo: PhotoId, among: Vec<PhotoId> },
    /// Adds what comes into a folder from now on.
    Watch(PathBuf),
}

/// What a file dialog is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browse {
    Open(FileKind),
    Save(FileKind),
    Folder,
}

/// How a selection changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    Only(EstateId),
    Toggle(EstateId),
    /// These alone, e.g. what lies in a box.
    These(Vec<EstateId>),
    /// These as well as those selected before.
    Also(Vec<EstateId>),
    Nothing,
}

/// What the window is arranged for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Workspace {
    #[default]
    Survey,
    Review,
    /// «不漏»: what may be missing.
    Coverage,
    /// What comes first, and with which money.
    Plan,
    /// From the plan of an estate to its management.
    Delivery,
    Release,
}

impl Workspace {
    pub const ALL: [Workspace; 6] = [
        Self::Survey,
        Self::Review,
        Self::Coverage,
        Self::Plan,
        Self::Delivery,
        Self::Release,
    ];
}
