//! Photos: pictures become records, and the pictures are kept beside the survey.
//!
//! [`add`] reads each file, keeps it once under its sha256, takes time and place from its EXIF
//! data, finds the estate it lies in and makes a thumbnail. A picture whose data are spoilt still
//! comes in, and what is wrong with it is listed; a file that is no picture is listed and stays
//! out. Nothing is in the survey until the window commits what [`add`] returns.

mod facts;
mod folder;
mod place;
mod preview;
mod watch;

pub use folder::{FileState, Handover, HandoverError, PictureFolder, hand_over, verify};
pub use preview::{NoPreview, Preview, preview};
pub use watch::{Listing, Stamp, Watch};

use crate::formats::file_name;
use crate::model::{EstateId, Photo, PhotoId, PhotoKind, PictureFile, Survey};
use crate::progress::{Cancelled, Progress};
use place::Places;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Larger files are no photos: the largest that phones write are below a hundred megabytes.
const MOST_BYTES: u64 = 128 << 20;

/// Which pictures are added, and to what.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Files, and folders for the pictures that lie directly in them.
    pub paths: Vec<PathBuf>,
    pub folder: PictureFolder,
    pub to: Destination,
    pub now: jiff::Timestamp,
}

/// Which estate the photos belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A person said so: wherever the camera was.
    Estate(EstateId),
    /// The one the photo lies in. `placeless` is for photos without a position.
    ByPosition { placeless: Option<EstateId> },
}

/// Pictures that were read, ready for `Command::AddPhotos`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Added {
    pub photos: Vec<Photo>,
    /// Names of files whose picture the survey, or an earlier file, already has.
    pub already_there: Vec<String>,
    /// By file, in the order they were given.
    pub problems: Vec<(String, PhotoProblem)>,
}

impl Added {
    /// How many photos belong to an estate.
    pub fn matched(&self) -> usize {
        let photos = self.photos.iter();
        photos.filter(|photo| photo.estate.is_some()).count()
    }
}

/// What is wrong with one file. The sentences are in `words::photos`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoProblem {
    #[error("cannot be read: {detail}")]
    Unreadable { detail: String },
    #[error("is empty")]
    Empty,
    #[error("has {bytes} bytes, more than {most}")]
    TooLarge { bytes: u64, most: u64 },
    #[error("is no JPEG, PNG, WebP or HEIC picture")]
    NotAPicture,
    /// The folder of pictures could not be written.
    #[error("could not be kept: {detail}")]
    NotKept { detail: String },
    // From here on the picture came in.
    #[error("EXIF data: {detail}")]
    Exif { detail: String },
    /// The camera's time is no time.
    #[error("EXIF time {value}")]
    Time { value: String },
    /// The position is incomplete or no place on Earth.
    #[error("EXIF position")]
    Position,
    /// The position is given in a datum that is not WGS 84, so it is not taken: GCJ-02 is never
    /// stored.
    #[error("EXIF position in datum {datum}")]
    OtherDatum { datum: String },
    #[error(transparent)]
    NoPreview(#[from] NoPreview),
}

impl PhotoProblem {
    /// Whether the picture did not come in.
    pub fn keeps_it_out(&self) -> bool {
        match self {
            Self::Unreadable { .. }
            | Self::Empty
            | Self::TooLarge { .. }
            | Self::NotAPicture
            | Self::NotKept { .. } => true,
            Self::Exif { .. }
            | Self::Time { .. }
            | Self::Position
            | Self::OtherDatum { .. }
            | Self::NoPreview(_) => false,
        }
    }
}

/// How files of pictures are called.
pub const PICTURE_ENDINGS: [&str; 6] = ["jpg", "jpeg", "png", "webp", "heic", "heif"];

/// Whether a file is called like a picture; what it is, its bytes say.
pub fn is_named_like_a_picture(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|it| PICTURE_ENDINGS.contains(&it.to_ascii_lowercase().as_str()))
}

/// Reads pictures and keeps them in the survey's folder.
///
/// # Errors
/// [`Cancelled`] when the user stopped it; what it had kept by then is taken away again.
pub fn add(survey: &Survey, request: &Request, progress: &Progress) -> Result<Added, Cancelled> {
    let mut adding = Adding {
        survey,
        request,
        places: Places::of(survey),
        seen: BTreeSet::new(),
        added: Added::default(),
        kept: Vec::new(),
    };
    let files = adding.files();
    progress.begin(files.len() as u64);
    for (done, file) in files.iter().enumerate() {
        if let Err(cancelled) = progress.reach(done as u64) {
            adding.take_back();
            return Err(cancelled);
        }
        let name = file_name(file);
        if let Err(problem) = adding.add_file(file, &name) {
            adding.added.problems.push((name, problem));
        }
    }
    Ok(adding.added)
}

struct Adding<'a> {
    survey: &'a Survey,
    request: &'a Request,
    places: Places<'a>,
    seen: BTreeSet<PhotoId>,
    added: Added,
    /// What this run has written.
    kept: Vec<PictureFile>,
}

impl Adding<'_> {
    /// Every file that is asked for, folders opened.
    fn files(&mut self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for path in &self.request.paths {
            if !path.is_dir() {
                files.push(path.clone());
                continue;
            }
            match Listing::of(path) {
                Ok(listing) => files.extend(listing.paths().cloned()),
                Err(error) => {
                    let detail = error.to_string();
                    let problem = PhotoProblem::Unreadable { detail };
                    self.added.problems.push((file_name(path), problem));
                }
            }
        }
        files
    }

    fn add_file(&mut self, path: &Path, name: &str) -> Result<(), PhotoProblem> {
        let bytes = read(path)?;
        let kind = kind_of(&bytes).ok_or(PhotoProblem::NotAPicture)?;
        let id = PhotoId(Sha256::digest(&bytes).into());
        let known = self.survey.photo(id);
        let mut photo = Photo {
            id,
            file_name: name.to_owned(),
            kind,
            bytes: bytes.len() as u64,
            estate: None,
            taken_at: None,
            position: None,
            added_at: self.request.now,
            note: String::new(),
        };
        let folder = &self.request.folder;
        // A picture that the survey knows and the folder has lost is put back.
        let written = folder.keep(photo.picture(), &bytes).map_err(not_kept)?;
        if known.is_some() || !self.seen.insert(id) {
            self.added.already_there.push(name.to_owned());
            return Ok(());
        }
        if written {
            self.kept.push(photo.picture());
        }

        let facts = facts::read(&bytes);
        photo.taken_at = facts.taken_at;
        photo.position = facts.position;
        photo.estate = self.estate_of(&photo);
        let mut problems = facts.problems;
        if let Err(reason) = folder.make_thumbnail(photo.picture(), &bytes) {
            problems.push(reason.into());
        }
        let named = problems
            .into_iter()
            .map(|problem| (name.to_owned(), problem));
        self.added.problems.extend(named);
        self.added.photos.push(photo);
        Ok(())
    }

    fn estate_of(&self, photo: &Photo) -> Option<EstateId> {
        match (self.request.to, photo.position) {
            (Destination::Estate(estate), _) => Some(estate),
            (Destination::ByPosition { .. }, Some(at)) => self.places.estate_at(at),
            (Destination::ByPosition { placeless }, None) => placeless,
        }
    }

    fn take_back(&self) {
        for picture in &self.kept {
            self.request.folder.discard(*picture);
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, PhotoProblem> {
    let unreadable = |error: std::io::Error| PhotoProblem::Unreadable {
        detail: error.to_string(),
    };
    // Asked before reading: the file may be a film of many gigabytes.
    let bytes = std::fs::metadata(path).map_err(unreadable)?.len();
    match bytes {
        0 => Err(PhotoProblem::Empty),
        bytes if bytes > MOST_BYTES => Err(PhotoProblem::TooLarge {
            bytes,
            most: MOST_BYTES,
        }),
        _ => std::fs::read(path).map_err(unreadable),
    }
}

fn not_kept(error: std::io::Error) -> PhotoProblem {
    PhotoProblem::NotKept {
        detail: error.to_string(),
    }
}

fn kind_of(bytes: &[u8]) -> Option<PhotoKind> {
    // The brands under which phones write still pictures (ISO/IEC 23008-12, annex B).
    const HEIC: [&[u8]; 4] = [b"heic", b"heix", b"mif1", b"msf1"];
    let at = |from: usize, text: &[u8]| bytes.get(from..from + text.len()) == Some(text);
    if at(0, b"\xff\xd8\xff") {
        Some(PhotoKind::Jpeg)
    } else if at(0, b"\x89PNG\r\n\x1a\n") {
        Some(PhotoKind::Png)
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        Some(PhotoKind::Webp)
    } else if at(4, b"ftyp") && HEIC.iter().any(|brand| at(8, brand)) {
        Some(PhotoKind::Heic)
    } else {
        None
    }
}
