//! The survey file: one GeoPackage that QGIS and GDAL open as it is.
//!
//! Records with a boundary are the layer `estate`, the others (名册) the layer `register_row`; a
//! record moves between them with its boundary. So do buildings (楼栋): `building` holds those with
//! a footprint, `building_point` the others. Our own tables lie beside them: decisions, lists,
//! settings, the edit log. An edit and its log row are one transaction, on disk when `commit`
//! returns. `schema/own.sql` says what each table holds.
//!
//! **What other programs may do to the file.** The tables are the truth: values that QGIS changed
//! are read as they are. Triggers in the file note the rows (`foreign.rs`), so that the next opening
//! can take them into the log. A row that QGIS added or copied gets a key of
//! its own the first time it is read, and is reported as a [`ReadProblem`], as is every value
//! that its column does not take. Columns that others added stay where they are until the record
//! is deleted or changes its layer. While the file is open here, a foreign write makes the next
//! commit fail with `ChangedOutside` instead of being overwritten.

mod building;
mod column;
mod community;
mod connection;
mod error;
mod foreign;
mod intake;
mod layer;
mod log;
mod log_reader;
mod log_summary;
mod origin;
mod overview;
mod photo;
mod planning;
mod record;
mod row;
mod schema;
mod searched;

pub use error::{ReadProblem, ReadProblemKind, StoreError, StoreErrorKind};
pub use intake::Intake;
pub use log::{EditHeader, EditOfEstate, Effect, LogPosition};
pub use log_reader::LogReader;
pub use log_summary::LastChange;
pub use overview::{Overview, overview};

use crate::geopackage::blob;
use crate::model::{Building, Change, Edit, EditId, Estate, EstateId, Settings, Survey};
use connection::{Header, WriterLock};
use layer::{Extents, LayerPair};
use rusqlite::backup::Backup;
use rusqlite::{Connection, TransactionBehavior};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a survey file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    pub survey: Survey,
    /// What other programs spoilt, in table and row order. Empty for a file nobody else touched.
    pub problems: Vec<ReadProblem>,
}

/// An open survey file, and the right to write it.
pub struct SurveyFile {
    path: PathBuf,
    connection: Connection,
    estates: LayerPair<Estate>,
    buildings: LayerPair<Building>,
    /// Changes when another connection has written (SQLite's `data_version`).
    data_version: Cell<i64>,
    // Dropped last, when the connection is closed.
    _lock: WriterLock,
}

impl SurveyFile {
    /// Creates an empty survey and opens it.
    ///
    /// # Errors
    /// `AlreadyExists` where there is a file, `NoFolder` where its folder is missing; a failure leaves nothing behind.
    pub fn create(path: &Path, settings: &Settings) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreErrorKind::AlreadyExists.at(path));
        }
        let unfinished = connection::beside(path, "-new");
        let created = create_at(&unfinished, settings).and_then(|()| publish(&unfinished, path));
        if let Err(kind) = created {
            // Also reached when the file was never made.
            let _ = std::fs::remove_file(&unfinished);
            return Err(kind.at(path));
        }
        Self::open(path).map(|(file, _)| file)
    }

    /// Opens a survey for work, bringing a file of an older program up to date.
    ///
    /// # Errors
    /// Every kind but `AlreadyExists`, `Unstorable` and `ChangedOutside`.
    pub fn open(path: &Path) -> Result<(Self, Contents), StoreError> {
        Self::open_with(path, schema::STEPS).map_err(|kind| kind.at(path))
    }

    fn open_with(path: &Path, steps: &[schema::Step]) -> Result<(Self, Contents), StoreErrorKind> {
        Header::of(path)?;
        let lock = WriterLock::take(path)?;
        let mut connection = connection::to_write(path)?;
        let version = schema::version(&connection)?;
        schema::refuse_newer(version, steps)?;
        check_soundness(&connection)?;
        connection::begin_work(&connection)?;
        schema::migrate(&mut connection, version, steps)?;

        let estates = LayerPair::of(&connection)?;
        let buildings = LayerPair::of(&connection)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (contents, keys) = read_contents(&transaction, &estates, &buildings)?;
        foreign::hold(&transaction)?;
        keys.write(&transaction)?;
        foreign::let_go(&transaction)?;
        let data_version = data_version(&transaction)?;
        transaction.commit()?;
        let file = Self {
            path: path.to_owned(),
            connection,
            estates,
            buildings,
            data_version: Cell::new(data_version),
            _lock: lock,
        };
        Ok((file, contents))
    }

    /// Writes one edit and its log row, both or neither. On disk when this returns.
    ///
    /// The caller has checked the before-images against its survey; they are not read again here.
    ///
    /// # Errors
    /// `ChangedOutside`, `Unstorable`, `Locked`, `DiskFull` and whatever else keeps SQLite from
    /// writing. The file then is as it was.
    pub fn commit(&mut self, edit: &Edit) -> Result<(), StoreError> {
        if self.commit_list(edit)? {
            return Ok(());
        }
        self.try_commit(edit).map_err(|kind| kind.at(&self.path))
    }

    fn try_commit(&mut self, edit: &Edit) -> Result<(), StoreErrorKind> {
        check_numbers(edit)?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        if data_version(&transaction)? != self.data_version.get() {
            return Err(StoreErrorKind::ChangedOutside);
        }
        foreign::hold(&transaction)?;
        let mut extents = Extents::default();
        for change in &edit.changes {
            match change {
                Change::Estate { id, after, .. } => match after {
                    Some(estate) => self.estates.put(&transaction, &**estate, &mut extents)?,
                    None => self.estates.remove(&transaction, id.0, &mut extents)?,
                },
                Change::Building { id, after, .. } => match after {
                    Some(building) => {
                        self.buildings
                            .put(&transaction, &**building, &mut extents)?;
                    }
                    None => self.buildings.remove(&transaction, id.0, &mut extents)?,
                },
                Change::Decision { pair, after, .. } => {
                    record::put_decision(&transaction, *pair, after.as_deref())?;
                }
                Change::List { id, after, .. } => {
                    record::put_list(&transaction, *id, after.as_deref())?;
                }
                Change::Settings { after, .. } => record::put_settings(&transaction, after)?,
                Change::Photo { id, after, .. } => {
                    photo::put(&transaction, *id, after.as_deref(), &mut extents)?;
                }
                Change::Searched { id, after, .. } => {
                    searched::put(&transaction, *id, after.as_deref())?;
                }
                Change::Community { code, after, .. } => {
                    community::put(&transaction, *code, after.as_deref())?;
                }
                Change::Project { id, after, .. } => {
                    planning::put_project(&transaction, *id, after.as_deref())?;
                }
                Change::Budget { key, after, .. } => {
                    planning::put_budget(&transaction, key, after.as_deref())?;
                }
                Change::Snapshot { id, after, .. } => {
                    planning::put_snapshot(&transaction, *id, after.as_deref())?;
                }
            }
        }
        extents.write(&transaction, edit.at)?;
        foreign::let_go(&transaction)?;
        log::append(&transaction, edit)?;
        Ok(transaction.commit()?)
    }

    /// What other programs changed in the layers since this one wrote them last: each record as the
    /// log has it and as `survey`, read from this file, does. Empty for a file nobody else touched.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn foreign_changes(&self, survey: &Survey) -> Result<Vec<Change>, StoreError> {
        foreign::changes(&self.connection, survey).map_err(|kind| kind.at(&self.path))
    }

    /// Takes what other programs changed into the log, as `edit` tells it. The layers hold it
    /// already.
    ///
    /// # Errors
    /// `ChangedOutside`, `Locked`, `DiskFull` and whatever else keeps SQLite from writing.
    pub fn take_foreign(&mut self, edit: Option<&Edit>) -> Result<(), StoreError> {
        self.try_take_foreign(edit)
            .map_err(|kind| kind.at(&self.path))
    }

    fn try_take_foreign(&mut self, edit: Option<&Edit>) -> Result<(), StoreErrorKind> {
        if !foreign::any(&self.connection)? {
            return Ok(());
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        if data_version(&transaction)? != self.data_version.get() {
            return Err(StoreErrorKind::ChangedOutside);
        }
        if let Some(edit) = edit {
            log::append(&transaction, edit)?;
        }
        foreign::forget(&transaction)?;
        Ok(transaction.commit()?)
    }

    /// Every edit ever made, oldest first, without its images.
    pub fn history(&self) -> Result<Vec<EditHeader>, StoreError> {
        log::history(&self.connection).map_err(|kind| kind.at(&self.path))
    }

    /// One edit with its images; `None` where the log has none of this id.
    pub fn edit(&self, id: EditId) -> Result<Option<Edit>, StoreError> {
        log::edit(&self.connection, id).map_err(|kind| kind.at(&self.path))
    }

    /// The estates that an edit changed, by key.
    pub fn estates_of(&self, id: EditId) -> Result<Vec<EstateId>, StoreError> {
        log_summary::estates_of(&self.connection, id).map_err(|kind| kind.at(&self.path))
    }

    /// Who changed each estate last, and when.
    pub fn last_changes(&self) -> Result<BTreeMap<EstateId, LastChange>, StoreError> {
        log_summary::last_changes(&self.connection).map_err(|kind| kind.at(&self.path))
    }

    /// At most `most` edits that touched an estate, newest first; `older_than` goes on where
    /// another page ended.
    pub fn history_of(
        &self,
        estate: EstateId,
        older_than: Option<LogPosition>,
        most: u32,
    ) -> Result<Vec<EditOfEstate>, StoreError> {
        log::history_of(&self.connection, estate, older_than, most)
            .map_err(|kind| kind.at(&self.path))
    }

    /// How many edits touched an estate.
    pub fn count_edits_of(&self, estate: EstateId) -> Result<u32, StoreError> {
        log::count_edits_of(&self.connection, estate).map_err(|kind| kind.at(&self.path))
    }

    /// Keeps unfinished work outside the log: a half-drawn polygon, a half-filled form. `None`
    /// lets it go. On disk when this returns.
    pub fn keep(&mut self, key: &str, text: Option<&str>) -> Result<(), StoreError> {
        record::keep(&self.connection, key, text).map_err(|kind| kind.at(&self.path))
    }

    /// What `keep` last kept under `key`.
    pub fn kept(&self, key: &str) -> Result<Option<String>, StoreError> {
        record::kept(&self.connection, key).map_err(|kind| kind.at(&self.path))
    }

    /// Writes a whole, compact copy, the log included. It appears under `path` only once it is
    /// complete and on disk.
    ///
    /// # Errors
    /// `AlreadyExists` where there is a file. Errors name `path`.
    pub fn backup_to(&self, path: &Path) -> Result<(), StoreError> {
        let unfinished = connection::beside(path, "-new");
        let copied = self
            .copy_to(&unfinished)
            .and_then(|()| publish(&unfinished, path));
        copied.map_err(|kind| {
            let _ = std::fs::remove_file(&unfinished);
            kind.at(path)
        })
    }

    fn copy_to(&self, path: &Path) -> Result<(), StoreErrorKind> {
        remove_leftover(path)?;
        let name = path.to_str().ok_or_else(|| StoreErrorKind::Failed {
            detail: path.display().to_string(),
        })?;
        self.connection.execute("VACUUM INTO ?1", [name])?;
        Ok(())
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes the file, leaving nothing beside it. Dropping does the same, without telling.
    ///
    /// # Errors
    /// `Locked` where another program is reading it just now. Every edit is on disk even then.
    pub fn close(self) -> Result<(), StoreError> {
        connection::end_work(&self.connection).map_err(|kind| kind.at(&self.path))
    }
}

impl Drop for SurveyFile {
    fn drop(&mut self) {
        // Every edit is on disk already; what may fail here is tidying up.
        let _ = connection::end_work(&self.connection);
    }
}

/// Reads a survey without changing a byte on disk, whether or not somebody has it open.
///
/// # Errors
/// As [`SurveyFile::open`].
pub fn read(path: &Path) -> Result<Contents, StoreError> {
    read_with(path, schema::STEPS, Reading::Whole).map_err(|kind| kind.at(path))
}

/// The same with only what tells records apart: names, places, counts, standing, decisions. A
/// third of the memory, and not to be written anywhere.
///
/// # Errors
/// As [`SurveyFile::open`].
pub fn read_to_compare(path: &Path) -> Result<Contents, StoreError> {
    read_with(path, schema::STEPS, Reading::ToCompare).map_err(|kind| kind.at(path))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Whole,
    ToCompare,
}

fn read_with(
    path: &Path,
    steps: &[schema::Step],
    reading: Reading,
) -> Result<Contents, StoreErrorKind> {
    let mut connection = connection::to_read(path)?;
    let version = schema::version(&connection)?;
    schema::refuse_newer(version, steps)?;
    check_soundness(&connection)?;
    connection = brought_up_to_date(connection, version, steps)?;
    let estates = match reading {
        Reading::Whole => LayerPair::of(&connection)?,
        Reading::ToCompare => LayerPair::to_compare(&connection)?,
    };
    let buildings = LayerPair::of(&connection)?;
    let transaction = connection.transaction()?;
    read_contents(&transaction, &estates, &buildings).map(|(contents, _)| contents)
}

/// The same file in the newest version: an older one in a copy.
fn brought_up_to_date(
    connection: Connection,
    version: u32,
    steps: &[schema::Step],
) -> Result<Connection, StoreErrorKind> {
    if version as usize >= steps.len() {
        return Ok(connection);
    }
    let mut copy = connection::in_memory()?;
    Backup::new(&connection, &mut copy)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
    schema::migrate(&mut copy, version, steps)?;
    Ok(copy)
}

/// Gives every estate record of a survey to `take`, one by one, until it breaks: first those with
/// a boundary, then the register rows (名册), each in the order they came into the file. Nothing
/// on disk changes, whether or not somebody has the survey open, and no more than one record is
/// held at a time.
///
/// Gives back what other programs spoilt in the rows that were read.
///
/// # Errors
/// As [`SurveyFile::open`].
pub fn each_estate(
    path: &Path,
    take: &mut dyn FnMut(Estate) -> ControlFlow<()>,
) -> Result<Vec<ReadProblem>, StoreError> {
    try_each_estate(path, take).map_err(|kind| kind.at(path))
}

fn try_each_estate(
    path: &Path,
    take: &mut dyn FnMut(Estate) -> ControlFlow<()>,
) -> Result<Vec<ReadProblem>, StoreErrorKind> {
    let connection = connection::to_read(path)?;
    let version = schema::version(&connection)?;
    schema::refuse_newer(version, schema::STEPS)?;
    // No look at the soundness of the whole file, log and all: that takes as long as the reading,
    // and a damaged page of the layers is found when it is read.
    let mut connection = brought_up_to_date(connection, version, schema::STEPS)?;
    let estates = LayerPair::<Estate>::of(&connection)?;
    let transaction = connection.transaction()?;
    Ok(estates.each(&transaction, |_| Ok(()), take)?.problems)
}

fn read_contents(
    connection: &Connection,
    estates: &LayerPair<Estate>,
    buildings: &LayerPair<Building>,
) -> Result<(Contents, layer::KeysGiven), StoreErrorKind> {
    let estates = estates.read(connection, |_| Ok(()))?;
    let known: BTreeSet<EstateId> = estates.records.iter().map(|estate| estate.id).collect();
    let buildings = buildings.read(connection, |building| {
        let is_known = known.contains(&building.estate);
        is_known.then_some(()).ok_or(ReadProblemKind::NoEstate)
    })?;
    let mut keys_given = estates.keys_given;
    keys_given.extend(buildings.keys_given);
    let mut problems = [estates.problems, buildings.problems].concat();
    let decisions = record::read_decisions(connection, &mut problems)?;
    let lists = record::read_lists(connection, &mut problems)?;
    let settings = record::read_settings(connection)?;
    let photos = photo::read(connection, &mut problems)?;
    let communities = community::read(connection, &mut problems)?;
    let searched = searched::read(connection, &mut problems)?;
    let projects = planning::read_projects(connection, &mut problems)?;
    let budgets = planning::read_budgets(connection, &mut problems)?;
    let snapshots = planning::read_snapshots(connection, &mut problems)?;
    let survey = Survey::from_parts(estates.records, decisions, lists, settings)
        .with_buildings(buildings.records)
        .with_photos(photos)
        .with_communities(communities)
        .with_searched(searched)
        .with_plans(projects, budgets, snapshots);
    Ok((Contents { survey, problems }, keys_given))
}

fn check_soundness(connection: &Connection) -> Result<(), StoreErrorKind> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    match verdict.as_str() {
        "ok" => Ok(()),
        found => Err(StoreErrorKind::damaged(found)),
    }
}

fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}

fn create_at(path: &Path, settings: &Settings) -> Result<(), StoreErrorKind> {
    remove_leftover(path)?;
    let mut connection = connection::to_create(path)?;
    schema::migrate(&mut connection, 0, schema::STEPS)?;
    let transaction = connection.transaction()?;
    record::put_settings(&transaction, settings)?;
    Ok(transaction.commit()?)
}

/// Gives a finished file its name. Nothing that stands there already is overwritten.
fn publish(finished: &Path, path: &Path) -> Result<(), StoreErrorKind> {
    if path.exists() {
        return Err(StoreErrorKind::AlreadyExists);
    }
    // The bytes must be on disk before the name is.
    std::fs::File::options()
        .write(true)
        .open(finished)?
        .sync_all()?;
    Ok(std::fs::rename(finished, path)?)
}

/// Takes away what an interrupted `create` or `backup_to` left.
fn remove_leftover(path: &Path) -> Result<(), StoreErrorKind> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        return Err(StoreErrorKind::NoFolder);
    }
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Refuses numbers that SQLite or JSON would turn into "nothing".
fn check_numbers(edit: &Edit) -> Result<(), StoreErrorKind> {
    for change in &edit.changes {
        let found = match change {
            Change::Estate {
                id,
                after: Some(estate),
                ..
            } => column::unstorable(estate).map(|column| (id.0, column)),
            Change::Building {
                id,
                after: Some(building),
                ..
            } => building::unstorable(building).map(|column| (id.0, column)),
            _ => None,
        };
        if let Some((record, column)) = found {
            return Err(StoreErrorKind::Unstorable { record, column });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EditKind, EditLabel};
    use rusqlite::Transaction;

    fn survey(folder: &tempfile::TempDir) -> PathBuf {
        let path = folder.path().join("旧改.gpkg");
        SurveyFile::create(&path, &Settings::default()).unwrap();
        path
    }

    fn next_version(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
        let renamed = "UPDATE setting SET value = '\"360102\"' WHERE key = 'county_code'";
        transaction.execute(renamed, [])?;
        Ok(())
    }

    fn unfinished(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
        transaction.execute_batch("DROP TABLE kept")?;
        Err(StoreErrorKind::damaged("in the middle"))
    }

    /// The steps of a program newer than this one.
    fn newer() -> Vec<schema::Step> {
        [schema::STEPS, &[next_version]].concat()
    }

    #[test]
    fn a_file_of_an_older_program_is_brought_up_to_date_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = survey(&folder);
        for _ in 0..2 {
            let (_, contents) = SurveyFile::open_with(&path, &newer()).unwrap();
            assert_eq!(contents.survey.settings().county_code, "360102");
        }
        // The older program keeps its hands off from then on.
        let refused = read(&path).unwrap_err().kind;
        let steps = schema::STEPS.len() as u32;
        assert!(matches!(
            refused,
            StoreErrorKind::Newer { found, known } if (found, known) == (steps + 1, steps)
        ));
    }

    #[test]
    fn a_survey_from_before_there_were_photos_takes_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("旧.gpkg");
        let mut connection = connection::to_create(&path).unwrap();
        schema::migrate(&mut connection, 0, &schema::STEPS[..1]).unwrap();
        let transaction = connection.transaction().unwrap();
        record::put_settings(&transaction, &Settings::default()).unwrap();
        transaction.commit().unwrap();
        drop(connection);

        assert_eq!(read(&path).unwrap().survey.photos().len(), 0);
        let (_, contents) = SurveyFile::open(&path).unwrap();
        assert_eq!(contents.survey, Survey::default());
    }

    #[test]
    fn a_list_of_before_is_nobodys_and_a_survey_of_before_takes_answers() {
        /// Before lists were somebody's.
        const BEFORE: usize = 6;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("旧.gpkg");
        let mut connection = connection::to_create(&path).unwrap();
        schema::migrate(&mut connection, 0, &schema::STEPS[..BEFORE]).unwrap();
        let transaction = connection.transaction().unwrap();
        record::put_settings(&transaction, &Settings::default()).unwrap();
        let row = "INSERT INTO import_list VALUES ('00000000-0000-0000-0000-000000000007',
            '名册.csv', '00', 'register', 'bd09', '2026-11-24T08:00:00Z', 3, '[]', '[]')";
        transaction.execute(row, []).unwrap();
        transaction.commit().unwrap();
        drop(connection);

        let (_, contents) = SurveyFile::open(&path).unwrap();
        assert_eq!(contents.problems, []);
        let kinds: Vec<_> = contents.survey.lists().map(|list| list.kind).collect();
        assert_eq!(kinds, [crate::model::ListKind::Other]);
        assert_eq!(contents.survey.communities().len(), 0);
        assert_eq!(contents.survey.searched().len(), 0);
    }

    #[test]
    fn reading_a_file_of_an_older_program_brings_only_a_copy_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let path = survey(&folder);
        let before = std::fs::read(&path).unwrap();
        let contents = read_with(&path, &newer(), Reading::Whole).unwrap();
        assert_eq!(contents.survey.settings().county_code, "360102");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_step_that_fails_leaves_the_older_version() {
        let folder = tempfile::tempdir().unwrap();
        let path = survey(&folder);
        let steps = [newer(), vec![unfinished]].concat();
        assert!(SurveyFile::open_with(&path, &steps).is_err());
        let contents = read(&path).unwrap();
        assert_eq!(contents.survey, Survey::default());
    }

    #[test]
    fn a_write_protected_file_is_read_but_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = survey(&folder);
        let mut rights = std::fs::metadata(&path).unwrap().permissions();
        rights.set_readonly(true);
        std::fs::set_permissions(&path, rights).unwrap();
        assert_eq!(read(&path).unwrap().survey, Survey::default());
        if std::fs::File::options().write(true).open(&path).is_ok() {
            eprintln!("skipped: this user may write write-protected files");
            return;
        }
        let refused = SurveyFile::open(&path).map(|_| ()).unwrap_err();
        assert!(matches!(refused.kind, StoreErrorKind::NotWritable));
    }

    #[test]
    fn a_full_disk_refuses_the_edit_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (mut file, _) = SurveyFile::open(&survey(&folder)).unwrap();
        let pages: i64 = file
            .connection
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        let limit = |file: &SurveyFile, most: i64| {
            let set = |_: &rusqlite::Row<'_>| Ok(());
            file.connection
                .pragma_update_and_check(None, "max_page_count", most, set)
                .unwrap();
        };
        limit(&file, pages + 1);
        let edit = Edit {
            id: EditId(uuid::Uuid::from_u128(1)),
            label: EditLabel::ChangeSettings,
            kind: EditKind::Do,
            author: "王".repeat(40_000),
            device: String::new(),
            at: jiff::Timestamp::UNIX_EPOCH,
            changes: Vec::new(),
        };
        let error = file.commit(&edit).unwrap_err();
        assert!(matches!(error.kind, StoreErrorKind::DiskFull), "{error}");
        assert_eq!(file.history().unwrap(), []);
        limit(&file, pages + 1_000);
        file.commit(&edit).unwrap();
    }
}
