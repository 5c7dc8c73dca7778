//! A single image as a basemap: the scanned plan that offices have.

mod place;
mod pyramid;

use super::{TileFileErrorKind, unreadable};
use crate::basemap::{Affine, Lattice, TileAddress};
use crate::model::Crs;
use crate::tiles::{TileReader, TileTrouble};
use image::{ImageReader, RgbaImage};
use place::Place;
pub use place::has_world_file;
use pyramid::Pyramid;
use std::path::{Path, PathBuf};

/// Pixels along the side of the tiles that a sheet is cut into.
const TILE_PX: u32 = 512;
/// An A0 sheet scanned at 300 dots an inch has 139 million; more would not fit beside a survey.
const MOST_PIXELS: u64 = 150_000_000;

/// A sheet whose place is known. Its pixels are read when they are asked for.
pub struct Sheet {
    path: PathBuf,
    pub lattice: Lattice,
    pyramid: Option<Result<Pyramid, ()>>,
}

impl Sheet {
    /// Reads how large the image is and where it lies. `declared` is what a user says of an image
    /// that does not say it itself.
    ///
    /// # Errors
    /// Where it is no image, too large, or lies nowhere; [`TileFileErrorKind::NoCrs`] where only
    /// the system is missing.
    pub fn open(path: &Path, declared: Option<Crs>) -> Result<Self, TileFileErrorKind> {
        let file = ImageReader::open(path).map_err(|error| unreadable(&error))?;
        let file = file
            .with_guessed_format()
            .map_err(|error| unreadable(&error))?;
        if file.format().is_none() {
            return Err(TileFileErrorKind::UnknownImage);
        }
        let (width, height) =
            file.into_dimensions()
                .map_err(|error| TileFileErrorKind::Damaged {
                    detail: error.to_string(),
                })?;
        let pixels = u64::from(width) * u64::from(height);
        if pixels > MOST_PIXELS {
            return Err(TileFileErrorKind::TooLarge {
                megapixels: pixels / 1_000_000,
                most: MOST_PIXELS / 1_000_000,
            });
        }
        let Place { crs, pixels } = place::of(path, declared)?;
        let last = levels(width.max(height));
        // How many pixels of the image a tile of level 0 is wide.
        let side = f64::from(TILE_PX) * f64::from(1u32 << last);
        let lattice = Lattice {
            crs,
            affine: Affine {
                origin: pixels.origin,
                column: pixels.column * side,
                row: pixels.row * side,
            },
            size: geo::coord! { x: f64::from(width) / side, y: f64::from(height) / side },
            levels: 0..=last,
            tile_px: TILE_PX,
        };
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)];
        let lies = |(u, v): (f64, f64)| {
            let at = lattice.position(0, lattice.size.x * u, lattice.size.y * v);
            at.is_some_and(crate::geodesy::datum::is_in_china)
        };
        match corners.into_iter().all(lies) {
            true => Ok(Self {
                path: path.to_owned(),
                lattice,
                pyramid: None,
            }),
            false => Err(TileFileErrorKind::OutsideChina {
                x: pixels.origin.x,
                y: pixels.origin.y,
            }),
        }
    }
}

/// How often an image must be halved until it is one tile.
fn levels(longest_side: u32) -> u8 {
    let tiles = longest_side.div_ceil(TILE_PX).max(1);
    tiles.next_power_of_two().trailing_zeros() as u8
}

impl TileReader for Sheet {
    fn read(&mut self, tile: TileAddress) -> Result<Option<RgbaImage>, TileTrouble> {
        let last = *self.lattice.levels.end();
        // Decoders of old formats are many: one that gives up must not take the thread with it.
        let read = || match std::panic::catch_unwind(|| Pyramid::read(&self.path, last)) {
            Ok(read) => read.map_err(drop),
            Err(_) => Err(()),
        };
        match self.pyramid.get_or_insert_with(read) {
            Ok(pyramid) => Ok(pyramid.tile(tile)),
            // Damaged within: asking again makes it no better.
            Err(()) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::crs;
    use crate::geodesy::measure::distance_m;
    use crate::model::{Datum, Easting, LonLat, Meridian};

    const GK: Crs = Crs::GaussKruger(Meridian::East117, Easting::Plain);

    /// A picture of this size whose north-west corner lies at this place, half a metre a pixel.
    fn plan(folder: &Path, name: &str, size: (u32, u32), world: &str) -> PathBuf {
        let path = folder.join(name);
        let picture = RgbaImage::from_fn(size.0, size.1, |x, _| match x < size.0 / 2 {
            true => image::Rgba([255, 0, 0, 255]),
            false => image::Rgba([0, 0, 255, 255]),
        });
        image::DynamicImage::from(picture)
            .into_rgb8()
            .save(&path)
            .unwrap();
        std::fs::write(
            path.with_extension(world),
            "0.5\n0\n0\n-0.5\n560000.25\n3152999.75\n",
        )
        .unwrap();
        path
    }

    #[test]
    fn a_scanned_plan_with_a_world_file_lies_where_it_says_to_a_centimetre() {
        let folder = tempfile::tempdir().unwrap();
        for (name, world) in [
            ("规划图 1.png", "pgw"),
            ("规划图 2.jpg", "JGW"),
            ("规划图 3.tif", "tfw"),
        ] {
            let path = plan(folder.path(), name, (1_300, 700), world);
            assert_eq!(
                Sheet::open(&path, None).err(),
                Some(TileFileErrorKind::NoCrs),
                "{name}"
            );
            let mut sheet = Sheet::open(&path, Some(GK)).unwrap();
            assert_eq!(sheet.lattice.levels, 0..=2, "{name}");
            let corner = sheet.lattice.position(0, 0.0, 0.0).unwrap();
            let expected = geo::coord! { x: 560_000.0, y: 3_153_000.0 };
            assert!(distance_m(corner, crs::to_storage(GK, expected).unwrap()) < 0.01);
            // The first tile of the finest level is red, and the whole has both halves.
            let fine = sheet.read(TileAddress::new(2, 0, 0)).unwrap().unwrap();
            assert!(fine.get_pixel(100, 100).0[0] > 200 && fine.get_pixel(500, 100).0[2] < 50);
            let whole = sheet.read(TileAddress::new(0, 0, 0)).unwrap().unwrap();
            assert!(whole.get_pixel(40, 40).0[0] > 200 && whole.get_pixel(300, 40).0[2] > 200);
            assert_eq!(
                whole.get_pixel(500, 500).0[3],
                0,
                "beyond the sheet nothing is drawn"
            );
            assert_eq!(sheet.read(TileAddress::new(2, 3, 0)), Ok(None));
        }
    }

    #[test]
    fn a_geotiff_lies_where_gdal_says_to_a_centimetre() {
        let fixtures = Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/fixtures/sheets"
        ));
        for (name, lon, lat) in [
            ("plan_4548.tif", 117.612_786_694_309, 28.491_098_285_464_8),
            (
                "plan_4548_point.tif",
                117.612_786_694_309,
                28.491_098_285_464_8,
            ),
            (
                "plan_4547_lzw.tif",
                113.099_201_135_628,
                28.732_918_099_970_2,
            ),
        ] {
            let mut sheet = Sheet::open(&fixtures.join(name), None).unwrap();
            let corner = sheet.lattice.position(0, 0.0, 0.0).unwrap();
            assert!(
                distance_m(corner, LonLat::new(lon, lat)) < 0.01,
                "{name}: {corner:?}"
            );
            let picture = sheet.read(TileAddress::new(0, 0, 0)).unwrap().unwrap();
            assert_eq!(picture.get_pixel(19, 9).0[3], 255, "{name}");
            assert_eq!(picture.get_pixel(20, 9).0[3], 0, "{name}");
        }
        let web = Sheet::open(&fixtures.join("plan_3857.tif"), None).unwrap();
        assert_eq!(web.lattice.crs, Crs::WebMercator(Datum::Wgs84));
    }

    #[test]
    fn a_projection_file_beside_the_plan_answers_for_the_user() {
        let folder = tempfile::tempdir().unwrap();
        let path = plan(folder.path(), "a.png", (64, 64), "pgw");
        let prj = path.with_extension("prj");
        std::fs::write(&prj, "PROJCS[\"a\",AUTHORITY[\"EPSG\",\"4548\"]]").unwrap();
        assert_eq!(Sheet::open(&path, None).unwrap().lattice.crs, GK);
        std::fs::write(&prj, "PROJCS[\"Beijing_1954\",DATUM[\"D_Beijing_1954\"]]").unwrap();
        let refused = Sheet::open(&path, None).err();
        let name = "Beijing_1954".to_owned();
        assert_eq!(refused, Some(TileFileErrorKind::UnknownCrs { name }));
    }

    #[test]
    fn a_plan_declared_in_the_wrong_system_and_one_without_a_place_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = plan(folder.path(), "a.png", (64, 64), "pgw");
        let refused = Sheet::open(&path, Some(Crs::Degrees(Datum::Cgcs2000))).err();
        assert!(matches!(
            refused,
            Some(TileFileErrorKind::OutsideChina { .. })
        ));
        std::fs::remove_file(path.with_extension("pgw")).unwrap();
        assert_eq!(
            Sheet::open(&path, Some(GK)).err(),
            Some(TileFileErrorKind::NoPlace)
        );
        std::fs::write(&path, "no picture").unwrap();
        assert!(Sheet::open(&path, Some(GK)).is_err());
    }

    #[test]
    fn the_level_count_halves_down_to_one_tile() {
        for (side, last) in [
            (1, 0),
            (512, 0),
            (513, 1),
            (1_024, 1),
            (1_025, 2),
            (20_000, 6),
        ] {
            assert_eq!(levels(side), last, "{side}");
        }
        assert!(LonLat::new(117.6, 28.4).is_finite());
    }
}
