//! The bundled sample: an invented county town, put into a folder and imported, to try things on.

mod plans;

pub use plans::{Plans, SampleProject, plans};

use crate::catalogue::Catalogue;
use crate::edit::Command;
use crate::jobs::import::{self, ImportError, ImportSettings, Imported};
use crate::model::{Crs, Datum, Estate, ListKind, ListRole, Settings, Survey};
use crate::progress::Progress;
use crate::session::{Author, Session, SessionError};
use std::path::{Path, PathBuf};

/// The survey file of the sample, in its folder.
pub const SURVEY: &str = "survey.gpkg";
/// The county the invented town is said to lie in.
pub const COUNTY: &str = "361125";
/// Estates with boundaries, surveyed in CGCS2000.
pub const ESTATES: &str = "estates.geojson";
/// 名册: the housing bureau's list, GB18030, with positions in GCJ-02.
pub const REGISTER: &str = "register.csv";
/// What the demo's surveyor finds out on the ground.
pub const TAGS: &str = "tags.csv";
/// The boundaries the demo's surveyor draws.
pub const DRAWN: &str = "drawn.geojson";
/// What the demo's reviewer decides.
pub const DECISIONS: &str = "decisions.csv";
/// What the communities of the town answered: signed lists, and nil returns.
pub const COMMUNITIES: &str = "communities.csv";
/// What the county of the town plans and builds.
pub const PLANS: &str = "plans.json";
/// The streets whose communities have to answer.
pub const ANSWERING: [&str; 1] = ["361125001"];
const TILES: &str = "town.mbtiles";

/// Every file of the sample, compiled in: a lone executable can show itself.
const FILES: [(&str, &[u8]); 8] = [
    (ESTATES, include_bytes!("../../data/sample/estates.geojson")),
    (REGISTER, include_bytes!("../../data/sample/register.csv")),
    (TAGS, include_bytes!("../../data/sample/tags.csv")),
    (DRAWN, include_bytes!("../../data/sample/drawn.geojson")),
    (DECISIONS, include_bytes!("../../data/sample/decisions.csv")),
    (
        COMMUNITIES,
        include_bytes!("../../data/sample/communities.csv"),
    ),
    (PLANS, include_bytes!("../../data/sample/plans.json")),
    (TILES, include_bytes!("../../data/sample/town.mbtiles")),
];

/// Why the sample could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("{path}: {source}")]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
    /// A file of somebody's, under a name that the sample needs.
    #[error("{path} is in the way")]
    InTheWay { path: PathBuf },
    /// The file of plans is not as shipped.
    #[error("{path}: {reason}")]
    Plans { path: PathBuf, reason: String },
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Session(#[from] SessionError),
}

/// A sample that was set up, and what its two lists gave.
pub struct Begun {
    pub session: Session,
    pub lists: Vec<Imported>,
}

/// Writes the sample's files into `folder`, makes a new survey there and imports both lists.
///
/// # Errors
/// [`DemoError`] where the folder cannot be written, or holds a survey already, or a file that
/// writing the sample would destroy.
pub fn begin(
    folder: &Path,
    author: Author,
    catalogue: &Catalogue,
    now: jiff::Timestamp,
) -> Result<Begun, DemoError> {
    write_files(folder)?;
    let settings = Settings {
        county_code: COUNTY.to_owned(),
        ..Settings::default()
    };
    let mut session = Session::create(&folder.join(SURVEY), settings, author)?;
    let mut lists = Vec::new();
    for (file, datum, role, kind) in [
        (ESTATES, Datum::Cgcs2000, ListRole::Estates, ListKind::Other),
        (
            REGISTER,
            Datum::Gcj02,
            ListRole::Register,
            ListKind::HousingBureau,
        ),
    ] {
        let source = folder.join(file);
        let settings = settings_for(&source, catalogue, datum, (role, kind))?;
        let survey = session.survey().clone();
        let progress = Progress::default();
        let imported = import::import(&survey, &source, &settings, catalogue, now, &progress)?;
        session.run(Command::Apply {
            label: imported.label.clone(),
            changes: imported.changes.clone(),
        })?;
        lists.push(imported);
    }
    Ok(Begun { session, lists })
}

/// Removes an earlier sample from `folder`: its survey and the files it was made from, which may
/// be those of an older program.
///
/// # Errors
/// [`DemoError::Io`].
pub fn remove(folder: &Path) -> Result<(), DemoError> {
    let names = FILES.iter().map(|(name, _)| *name);
    for name in names.chain([SURVEY]) {
        let path = folder.join(name);
        match std::fs::remove_file(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(DemoError::Io { path, source });
            }
            _ => {}
        }
    }
    Ok(())
}

/// The records that a file of the sample describes, read as an import reads them, in no survey.
///
/// # Errors
/// [`DemoError::Import`] where the file is not as shipped.
pub fn records(
    folder: &Path,
    file: &str,
    catalogue: &Catalogue,
    now: jiff::Timestamp,
) -> Result<Vec<Estate>, DemoError> {
    let source = folder.join(file);
    let read_as = (ListRole::Estates, ListKind::Other);
    let settings = settings_for(&source, catalogue, Datum::Cgcs2000, read_as)?;
    let mut scratch = Survey::default();
    let imported = import::import(
        &scratch,
        &source,
        &settings,
        catalogue,
        now,
        &Progress::default(),
    )?;
    scratch.apply(&imported.changes);
    Ok(scratch.estates().map(|e| e.as_ref().clone()).collect())
}

fn settings_for(
    source: &Path,
    catalogue: &Catalogue,
    datum: Datum,
    (role, kind): (ListRole, ListKind),
) -> Result<ImportSettings, ImportError> {
    let preview = import::preview(source, catalogue)?;
    let crs = Crs::Degrees(datum);
    Ok(ImportSettings {
        layer: None,
        crs,
        role,
        kind,
        mapping: preview.mapping_for(crs, &catalogue.headings),
    })
}

fn write_files(folder: &Path) -> Result<(), DemoError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| DemoError::Io { path, source }
    };
    std::fs::create_dir_all(folder).map_err(io(folder))?;
    for (name, bytes) in FILES {
        let path = folder.join(name);
        match std::fs::read(&path) {
            Ok(there) if there == bytes => continue,
            Ok(_) => return Err(DemoError::InTheWay { path }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(io(&path)(error)),
        }
        std::fs::write(&path, bytes).map_err(io(&path))?;
    }
    Ok(())
}
