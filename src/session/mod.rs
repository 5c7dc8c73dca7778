//! The one writer: holds a survey file and its survey, and passes every change through one door.
//!
//! `run` plans a command, writes it to disk in one transaction, and only then changes memory.

mod history;
mod intake;
mod recent;
mod stacks;

pub use crate::store::{EditHeader, Effect, LastChange, LogPosition};
pub use history::{Existence, HistoryEntry, HistoryPage};

use crate::edit::{self, Ambient, Command, Plan, Refusal};
use crate::model::{
    Change, DivisionsAt, Edit, EditId, EditKind, EditLabel, EstateId, RecordKey, Settings, Survey,
};
use crate::store::{Contents, ReadProblem, StoreError, SurveyFile};
use recent::Recent;
use stacks::Stacks;
use std::path::Path;
use std::sync::Arc;

/// Who works here, and where: every edit says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub name: String,
    pub device: String,
}

impl Author {
    /// The name the system knows the user by, and the machine's.
    pub fn of_system() -> Self {
        let first = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| std::env::var(name).ok())
                .unwrap_or_default()
        };
        Self {
            name: first(&["USERNAME", "USER", "LOGNAME"]),
            device: first(&["COMPUTERNAME", "HOSTNAME"]),
        }
    }
}

/// An open survey.
pub struct Session {
    file: SurveyFile,
    survey: Arc<Survey>,
    problems: Vec<ReadProblem>,
    stacks: Stacks,
    recent: Recent,
    author: Author,
    /// Counts commits, so that views know when to rebuild what they cache.
    revision: u64,
    last_saved: Option<jiff::Timestamp>,
    /// How many records other programs changed while the survey was closed.
    changed_outside: u32,
    /// When the survey itself last changed: giving out numbers does not count.
    as_of: jiff::Timestamp,
    divisions: Option<Arc<dyn DivisionsAt>>,
}

/// What a finished command did.
#[derive(Clone, Debug, PartialEq)]
pub struct Committed {
    /// The edit that was done, undone or done again.
    pub edit: EditId,
    pub label: EditLabel,
    /// What changed just now: after an undo, the way back.
    pub changes: Vec<Change>,
    pub created: Option<EstateId>,
}

impl Committed {
    /// The estates that changed.
    pub fn estates(&self) -> impl Iterator<Item = EstateId> {
        self.changes.iter().filter_map(|change| match change.key() {
            RecordKey::Estate(id) => Some(id),
            _ => None,
        })
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("nothing to undo")]
    NothingToUndo,
    #[error("nothing to redo")]
    NothingToRedo,
}

impl Session {
    /// Makes a new survey file and opens it.
    ///
    /// # Errors
    /// Where the file exists already or cannot be written.
    pub fn create(path: &Path, settings: Settings, author: Author) -> Result<Self, SessionError> {
        let file = SurveyFile::create(path, &settings)?;
        let survey = Survey::new(settings);
        let contents = Contents {
            survey,
            problems: Vec::new(),
        };
        Self::start(file, contents, author)
    }

    /// Opens a survey file to work on; undo goes on where it was left.
    ///
    /// # Errors
    /// Where the file is no survey, newer than this program, broken or locked.
    pub fn open(path: &Path, author: Author) -> Result<Self, SessionError> {
        let (file, contents) = SurveyFile::open(path)?;
        Self::start(file, contents, author)
    }

    fn start(
        mut file: SurveyFile,
        contents: Contents,
        author: Author,
    ) -> Result<Self, SessionError> {
        let changed_outside = log_foreign(&mut file, &contents.survey, &author)?;
        let history = file.history()?;
        Ok(Self {
            stacks: Stacks::replay(&history),
            recent: Recent::default(),
            last_saved: history.last().map(|edit| edit.at),
            divisions: None,
            as_of: history
                .iter()
                .rfind(|edit| edit.kind != EditKind::Barrier)
                .map_or(jiff::Timestamp::UNIX_EPOCH, |edit| edit.at),
            survey: Arc::new(contents.survey),
            problems: contents.problems,
            file,
            author,
            revision: 0,
            changed_outside,
        })
    }

    /// Who works here from now on, as the history will say.
    pub fn set_author(&mut self, author: Author) {
        self.author = author;
    }

    pub fn survey(&self) -> &Arc<Survey> {
        &self.survey
    }

    /// What other programs had spoilt in the file when it was opened.
    pub fn problems(&self) -> &[ReadProblem] {
        &self.problems
    }

    /// How many records other programs had changed when the survey was opened. The history tells
    /// of them as one edit, which undo takes back.
    pub fn changed_outside(&self) -> u32 {
        self.changed_outside
    }

    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Who works here, as the history says.
    pub fn author(&self) -> &Author {
        &self.author
    }

    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// When the last edit reached the disk.
    pub fn last_saved(&self) -> Option<jiff::Timestamp> {
        self.last_saved
    }

    /// When the survey itself last changed, for a release to say: two releases of one state are
    /// the same bytes.
    pub fn as_of(&self) -> jiff::Timestamp {
        self.as_of
    }

    /// What the next undo takes back.
    pub fn undo_label(&self) -> Option<&EditLabel> {
        self.stacks.undo().map(|(_, label)| label)
    }

    /// What the next redo does again.
    pub fn redo_label(&self) -> Option<&EditLabel> {
        self.stacks.redo().map(|(_, label)| label)
    }

    /// From now on the division codes of boundaries drawn or moved are worked out from this map;
    /// `None` leaves them to be typed. Not part of the survey: the layer stays where it is.
    pub fn set_divisions(&mut self, divisions: Option<Arc<dyn DivisionsAt>>) {
        self.divisions = divisions;
    }

    /// What a command is planned with at this moment, for whoever works one out beforehand.
    pub fn ambient(&self) -> Ambient {
        Ambient {
            now: now(),
            author: self.author.name.clone(),
            new_estate: EstateId(uuid::Uuid::new_v4()),
            divisions: self.divisions.clone(),
        }
    }

    /// Carries a command out: on disk first, then in memory.
    ///
    /// # Errors
    /// [`SessionError::Refused`] with the reason, or why the file could not be written; nothing
    /// has changed in either case.
    pub fn run(&mut self, command: Command) -> Result<Committed, SessionError> {
        let ambient = self.ambient();
        let Plan {
            label,
            kind,
            changes,
            created,
        } = edit::plan(&self.survey, command, &ambient)?;
        let edit = self.commit(label, kind, changes, ambient.now)?;
        Ok(Committed {
            edit: edit.id,
            label: edit.label,
            changes: edit.changes,
            created,
        })
    }

    /// Takes the last edit back.
    ///
    /// # Errors
    /// [`SessionError::NothingToUndo`], or why the file could not be written.
    pub fn undo(&mut self) -> Result<Committed, SessionError> {
        let (id, label) = self
            .stacks
            .undo()
            .cloned()
            .ok_or(SessionError::NothingToUndo)?;
        let changes = self.changes_of(id)?;
        let inverse = changes.into_iter().rev().map(Change::inverse).collect();
        let step = self.commit(label, EditKind::Undo(id), inverse, now())?;
        Ok(Committed {
            edit: id,
            label: step.label,
            changes: step.changes,
            created: None,
        })
    }

    /// Does the last undone edit again.
    ///
    /// # Errors
    /// [`SessionError::NothingToRedo`], or why the file could not be written.
    pub fn redo(&mut self) -> Result<Committed, SessionError> {
        let (id, label) = self
            .stacks
            .redo()
            .cloned()
            .ok_or(SessionError::NothingToRedo)?;
        let changes = self.changes_of(id)?;
        let step = self.commit(label, EditKind::Redo(id), changes, now())?;
        Ok(Committed {
            edit: id,
            label: step.label,
            changes: step.changes,
            created: None,
        })
    }

    /// Every edit, oldest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn history(&self) -> Result<Vec<EditHeader>, SessionError> {
        Ok(self.file.history()?)
    }

    /// Keeps a piece of unfinished work, such as a half-drawn ring, beside the survey; `None`
    /// forgets it. It is no edit: neither logged nor undone.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn keep(&mut self, key: &str, text: Option<&str>) -> Result<(), SessionError> {
        Ok(self.file.keep(key, text)?)
    }

    /// What `keep` was last given under `key`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn kept(&self, key: &str) -> Result<Option<String>, SessionError> {
        Ok(self.file.kept(key)?)
    }

    /// Writes a copy of the survey file that can be handed over while this one stays open.
    ///
    /// # Errors
    /// Where the copy cannot be written.
    pub fn save_copy(&self, path: &Path) -> Result<(), SessionError> {
        Ok(self.file.backup_to(path)?)
    }

    /// Leaves one file behind, without journals.
    ///
    /// # Errors
    /// Where the journal could not be written back; the next opening does it again.
    pub fn close(self) -> Result<(), SessionError> {
        Ok(self.file.close()?)
    }

    /// The estates that an edit changed, by key; their images are not read.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn estates_of(&self, id: EditId) -> Result<Vec<EstateId>, SessionError> {
        Ok(self.file.estates_of(id)?)
    }

    fn changes_of(&self, id: EditId) -> Result<Vec<Change>, SessionError> {
        Ok(self
            .file
            .edit(id)?
            .map(|edit| edit.changes)
            .unwrap_or_default())
    }

    fn commit(
        &mut self,
        label: EditLabel,
        kind: EditKind,
        changes: Vec<Change>,
        at: jiff::Timestamp,
    ) -> Result<Edit, SessionError> {
        self.survey
            .check_before_images(&changes)
            .map_err(Refusal::from)?;
        let edit = Edit {
            id: EditId(uuid::Uuid::new_v4()),
            label,
            kind,
            author: self.author.name.clone(),
            device: self.author.device.clone(),
            at,
            changes,
        };
        self.file.commit(&edit)?;
        // On disk: from here on nothing can fail.
        Arc::make_mut(&mut self.survey).apply(&edit.changes);
        if edit.kind != EditKind::Barrier {
            self.as_of = at;
        }
        self.recent.note(&edit);
        self.stacks.push(edit.id, edit.kind, edit.label.clone());
        self.revision += 1;
        self.last_saved = Some(at);
        Ok(edit)
    }
}

/// Takes what other programs changed into the log, as one edit of nobody known; says how many
/// records that was.
fn log_foreign(
    file: &mut SurveyFile,
    survey: &Survey,
    author: &Author,
) -> Result<u32, SessionError> {
    let changes = file.foreign_changes(survey)?;
    let records = u32::try_from(changes.len()).unwrap_or(u32::MAX);
    let edit = (records > 0).then(|| Edit {
        id: EditId(uuid::Uuid::new_v4()),
        label: EditLabel::ChangedOutside { records },
        kind: EditKind::Do,
        author: String::new(),
        device: author.device.clone(),
        at: now(),
        changes,
    });
    file.take_foreign(edit.as_ref())?;
    Ok(records)
}

/// The session is the edge where edits meet the clock.
#[allow(clippy::disallowed_methods)]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
