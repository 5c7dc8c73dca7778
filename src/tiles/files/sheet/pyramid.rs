//! The tiles of an image at every level, kept as small files in memory: a plan of a hundred million
//! pixels takes a few dozen megabytes instead of some four hundred.

use crate::basemap::TileAddress;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GenericImageView, ImageError, ImageReader, Limits, RgbImage, RgbaImage};
use std::collections::BTreeMap;
use std::path::Path;

use super::TILE_PX;

/// Lines of a plan stay clear, and no tile is much larger than 50 kB.
const QUALITY: u8 = 90;

/// Four samples of 32 bits, and as much again while they are unpacked.
const MOST_BYTES_A_PIXEL: u64 = 32;
/// For the tables of a format, whatever the size of its picture.
const SPARE_BYTES: u64 = 64 << 20;

pub struct Pyramid {
    tiles: BTreeMap<TileAddress, Vec<u8>>,
}

impl Pyramid {
    /// Reads the whole image, once; `last` is the level of its own pixels.
    ///
    /// # Errors
    /// Where the image is damaged or of a kind that is not read.
    pub fn read(path: &Path, last: u8) -> Result<Self, ImageError> {
        let mut reader = ImageReader::open(path)?.with_guessed_format()?;
        // Its size is known to be fair, and the default limit meant for thumbnails; but a spoilt
        // length within must not ask for more than such a picture can need.
        let (width, height) = ImageReader::open(path)?
            .with_guessed_format()?
            .into_dimensions()?;
        let mut limits = Limits::no_limits();
        let pixels = u64::from(width) * u64::from(height);
        limits.max_alloc = Some(pixels * MOST_BYTES_A_PIXEL + SPARE_BYTES);
        reader.limits(limits);
        // Whether it has transparent parts is lost: a plan is drawn on paper.
        let mut image = flat(reader.decode()?);
        let mut tiles = BTreeMap::new();
        for level in (0..=last).rev() {
            cut(&image, level, &mut tiles)?;
            if level > 0 {
                let half = |side: u32| side.div_ceil(2).max(1);
                let (width, height) = (half(image.width()), half(image.height()));
                image = image::imageops::thumbnail(&image, width, height);
            }
        }
        Ok(Self { tiles })
    }

    pub fn tile(&self, tile: TileAddress) -> Option<RgbaImage> {
        let file = self.tiles.get(&tile)?;
        let picture = image::load_from_memory(file).ok()?.into_rgba8();
        // Tiles at the edges are narrower: what lies beyond the sheet is see-through.
        let mut whole = RgbaImage::new(TILE_PX, TILE_PX);
        image::imageops::replace(&mut whole, &picture, 0, 0);
        Some(whole)
    }
}

fn flat(image: DynamicImage) -> RgbImage {
    match image.color().has_alpha() {
        false => image.into_rgb8(),
        true => {
            let picture = image.into_rgba8();
            RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
                let [r, g, b, a] = picture.get_pixel(x, y).0;
                let on_white = |ink: u8| {
                    let ink = u16::from(ink) * u16::from(a) + 255 * (255 - u16::from(a));
                    (ink / 255) as u8
                };
                image::Rgb([r, g, b].map(on_white))
            })
        }
    }
}

fn cut(
    image: &RgbImage,
    level: u8,
    tiles: &mut BTreeMap<TileAddress, Vec<u8>>,
) -> Result<(), ImageError> {
    for y in 0..image.height().div_ceil(TILE_PX) {
        for x in 0..image.width().div_ceil(TILE_PX) {
            let (left, top) = (x * TILE_PX, y * TILE_PX);
            let width = TILE_PX.min(image.width() - left);
            let height = TILE_PX.min(image.height() - top);
            let part = image.view(left, top, width, height).to_image();
            let mut file = Vec::new();
            JpegEncoder::new_with_quality(&mut file, QUALITY).encode_image(&part)?;
            tiles.insert(TileAddress::new(level, x, y), file);
        }
    }
    Ok(())
}
