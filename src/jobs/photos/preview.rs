//! Pictures decoded for the screen, whatever they are: no file may take the memory or the program.

use crate::model::PhotoKind;
use image::codecs::jpeg::JpegEncoder;
use image::error::ImageError;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The longest side of a thumbnail.
pub(super) const THUMBNAIL_PX: u32 = 256;
/// Wider or higher pictures are made to harm, or are no photos.
const MOST_SIDE_PX: u32 = 32_768;
/// Two hundred megapixels, the most that phones take, three bytes each.
const MOST_MEMORY: u64 = 640 << 20;

/// A picture as it is to be looked at: upright, eight bits a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    pub width: u32,
    pub height: u32,
    /// Red, green, blue, row by row.
    pub rgb: Vec<u8>,
}

/// Why a picture is kept but cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPreview {
    #[error("HEIC pictures are not decoded")]
    Heic,
    #[error("too many pixels")]
    TooManyPixels,
    #[error("damaged: {detail}")]
    Damaged { detail: String },
}

/// The picture in `bytes`, made smaller where a side is longer than `longest_px`.
///
/// # Errors
/// [`NoPreview`] says why there is nothing to show.
pub fn preview(bytes: &[u8], kind: PhotoKind, longest_px: u32) -> Result<Preview, NoPreview> {
    // Decoders are other people's code fed with anything. One that panics costs this preview.
    let decoded = catch_unwind(AssertUnwindSafe(|| decode(bytes, kind, longest_px)));
    let picture = decoded.unwrap_or_else(|_| {
        let detail = String::new();
        Err(NoPreview::Damaged { detail })
    })?;
    Ok(Preview {
        width: picture.width(),
        height: picture.height(),
        rgb: picture.into_raw(),
    })
}

fn decode(bytes: &[u8], kind: PhotoKind, longest_px: u32) -> Result<RgbImage, NoPreview> {
    let format = match kind {
        PhotoKind::Jpeg => ImageFormat::Jpeg,
        PhotoKind::Png => ImageFormat::Png,
        PhotoKind::Webp => ImageFormat::WebP,
        PhotoKind::Heic => return Err(NoPreview::Heic),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE_PX);
    limits.max_image_height = Some(MOST_SIDE_PX);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    // Asked before a byte of it is allocated: a kilobyte can claim to be gigabytes.
    limits.reserve(decoder.total_bytes())?;
    decoder.set_limits(limits)?;
    let upright = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    if picture.width().max(picture.height()) > longest_px {
        picture = picture.thumbnail(longest_px, longest_px);
    }
    picture.apply_orientation(upright);
    Ok(picture.into_rgb8())
}

impl From<ImageError> for NoPreview {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::TooManyPixels,
            error => Self::Damaged {
                detail: error.to_string(),
            },
        }
    }
}

impl Preview {
    /// As a JPEG file.
    pub(in crate::jobs) fn to_jpeg(&self) -> Result<Vec<u8>, NoPreview> {
        const QUALITY: u8 = 80;
        let mut file = Vec::new();
        JpegEncoder::new_with_quality(&mut file, QUALITY).encode(
            &self.rgb,
            self.width,
            self.height,
            image::ExtendedColorType::Rgb8,
        )?;
        Ok(file)
    }
}
