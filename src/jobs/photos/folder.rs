//! The folder of pictures beside a survey file: each under its sha256, its thumbnail below.

use super::preview::{NoPreview, Preview, THUMBNAIL_PX, preview};
use crate::formats::part::replace;
use crate::model::{PhotoId, PhotoKind, PictureFile, Survey};
use crate::progress::{Cancelled, Progress};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Where a survey keeps its pictures: `洪都.photos` beside `洪都.gpkg`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFolder(PathBuf);

/// What is wrong with a picture file that a survey names.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileState {
    #[error("missing")]
    Missing,
    /// Another picture, or a part of it, lies under its name.
    #[error("changed")]
    Changed,
    #[error("cannot be read: {detail}")]
    Unreadable { detail: String },
    #[error(transparent)]
    NoPreview(#[from] NoPreview),
}

impl PictureFolder {
    pub fn of_survey(survey: &Path) -> Self {
        Self(survey.with_extension("photos"))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn picture(&self, picture: PictureFile) -> PathBuf {
        self.0.join(picture.name())
    }

    fn thumbnail(&self, id: PhotoId) -> PathBuf {
        self.0.join("thumbnails").join(format!("{id}.jpg"))
    }

    /// A photo for the screen, at most `longest_px` long. Reads the whole file, so it also tells
    /// whether it is still the picture that was added.
    ///
    /// # Errors
    /// [`FileState`] says what is wrong with the file.
    pub fn show(&self, picture: PictureFile, longest_px: u32) -> Result<Preview, FileState> {
        let bytes = self.read(picture)?;
        Ok(preview(&bytes, picture.kind, longest_px)?)
    }

    /// The thumbnail; made again where it is missing.
    ///
    /// # Errors
    /// As [`PictureFolder::show`].
    pub fn show_thumbnail(&self, picture: PictureFile) -> Result<Preview, FileState> {
        let made = std::fs::read(self.thumbnail(picture.id)).ok();
        let made = made.and_then(|file| preview(&file, PhotoKind::Jpeg, THUMBNAIL_PX).ok());
        // The thumbnail of a picture that is gone would hide that it is gone.
        match (made, size_state(&self.picture(picture), picture)) {
            (_, Err(state)) => Err(state),
            (Some(thumbnail), Ok(())) => Ok(thumbnail),
            (None, Ok(())) => Ok(self.make_thumbnail(picture, &self.read(picture)?)?),
        }
    }

    fn read(&self, picture: PictureFile) -> Result<Vec<u8>, FileState> {
        let bytes = std::fs::read(self.picture(picture)).map_err(|error| state_of(&error))?;
        match Sha256::digest(&bytes)[..] == picture.id.0 {
            true => Ok(bytes),
            false => Err(FileState::Changed),
        }
    }

    /// Writes a picture that is not there yet, or not any more as it was. Whether it was written.
    pub(super) fn keep(&self, picture: PictureFile, bytes: &[u8]) -> io::Result<bool> {
        let path = self.picture(picture);
        if size_state(&path, picture).is_ok()
            && std::fs::read(&path).is_ok_and(|held| held == bytes)
        {
            return Ok(false);
        }
        write(&path, bytes)?;
        Ok(true)
    }

    /// Makes the thumbnail of the picture in `bytes`, and keeps it where that is possible.
    pub(super) fn make_thumbnail(
        &self,
        picture: PictureFile,
        bytes: &[u8],
    ) -> Result<Preview, NoPreview> {
        let thumbnail = preview(bytes, picture.kind, THUMBNAIL_PX)?;
        if let Ok(file) = thumbnail.to_jpeg()
            // On a full disk it is made again each time it is looked at.
            && let Err(_unwritable) = write(&self.thumbnail(picture.id), &file)
        {}
        Ok(thumbnail)
    }

    /// Takes a picture away that no record names.
    pub(super) fn discard(&self, picture: PictureFile) {
        for path in [self.picture(picture), self.thumbnail(picture.id)] {
            // One that stays is found and kept when the picture is added again.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Writes to another name first: a crash leaves no half a picture under a name that says what it is.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    replace(path, bytes)
}

fn state_of(error: &io::Error) -> FileState {
    match error.kind() {
        ErrorKind::NotFound => FileState::Missing,
        _ => FileState::Unreadable {
            detail: error.to_string(),
        },
    }
}

/// Whether a file is there and as long as it was.
fn size_state(path: &Path, picture: PictureFile) -> Result<(), FileState> {
    match std::fs::metadata(path) {
        Ok(file) if file.is_file() && file.len() == picture.bytes => Ok(()),
        Ok(_) => Err(FileState::Changed),
        Err(error) => Err(state_of(&error)),
    }
}

/// The photos of a survey whose file is missing or of another length. Contents are compared when a
/// picture is looked at: reading gigabytes at each opening would keep an old disk busy for minutes.
///
/// # Errors
/// [`Cancelled`] when the user stopped it.
pub fn verify(
    survey: &Survey,
    folder: &PictureFolder,
    progress: &Progress,
) -> Result<BTreeMap<PhotoId, FileState>, Cancelled> {
    let mut states = BTreeMap::new();
    progress.begin(survey.photos().len() as u64);
    for (done, photo) in survey.photos().enumerate() {
        progress.reach(done as u64)?;
        let picture = photo.picture();
        if let Err(state) = size_state(&folder.picture(picture), picture) {
            states.insert(photo.id, state);
        }
    }
    Ok(states)
}

/// Pictures copied for another survey file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    pub copied: usize,
    /// How many could not be copied because they are missing or changed here.
    pub missing: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum HandoverError {
    #[error("{}: {reason}", path.display())]
    Io { path: PathBuf, reason: io::Error },
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Copies every picture of a survey into the folder of a copy of it. Thumbnails are made there
/// when they are needed.
///
/// # Errors
/// [`HandoverError`]; what was copied by then stays and is not copied again.
pub fn hand_over(
    survey: &Survey,
    from: &PictureFolder,
    to: &PictureFolder,
    progress: &Progress,
) -> Result<Handover, HandoverError> {
    let mut handover = Handover::default();
    progress.begin(survey.photos().len() as u64);
    for (done, photo) in survey.photos().enumerate() {
        progress.reach(done as u64)?;
        let picture = photo.picture();
        match from.read(picture) {
            Ok(bytes) => {
                let kept = to
                    .keep(picture, &bytes)
                    .map_err(|reason| HandoverError::Io {
                        path: to.picture(picture),
                        reason,
                    })?;
                handover.copied += usize::from(kept);
            }
            Err(_) => handover.missing += 1,
        }
    }
    Ok(handover)
}
