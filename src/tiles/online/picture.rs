//! Whether what a server sent is a picture that a tile can be. Looked at before it is unpacked: a
//! few kilobytes can hold gigabytes of pixels.

use super::OnlineTrouble;
use image::{ImageError, ImageReader, Limits, RgbaImage};
use std::io::{Cursor, ErrorKind};

/// Some owners send half of what they say, or the double and fourfold for fine screens.
const SMALLEST_PART: u32 = 2;
const LARGEST_MULTIPLE: u32 = 4;
/// More than any tile takes while it is unpacked.
const MOST_MEMORY: u64 = 64 << 20;

/// The picture in `file`, of a source whose tiles have `tile_px` a side.
pub(super) fn tile_picture(file: &[u8], tile_px: u32) -> Result<RgbaImage, OnlineTrouble> {
    let guessed = || ImageReader::new(Cursor::new(file)).with_guessed_format();
    let size = guessed().map(ImageReader::into_dimensions);
    let (width, height) = match size {
        Ok(Ok(size)) => size,
        Ok(Err(error)) => return Err(trouble(&error)),
        Err(_) => return Err(OnlineTrouble::NoPicture),
    };
    let most = tile_px.saturating_mul(LARGEST_MULTIPLE);
    if width != height || !(tile_px / SMALLEST_PART..=most).contains(&width) {
        return Err(OnlineTrouble::WrongSize { width, height });
    }
    let mut reader = guessed().map_err(|_| OnlineTrouble::NoPicture)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(most);
    limits.max_image_height = Some(most);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    match reader.decode() {
        Ok(picture) => Ok(picture.into_rgba8()),
        Err(error) => Err(trouble(&error)),
    }
}

fn trouble(error: &ImageError) -> OnlineTrouble {
    match error {
        ImageError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
            OnlineTrouble::CutOff
        }
        _ => OnlineTrouble::NoPicture,
    }
}
