//! Files cut short, spoilt, or made to do harm: each is refused with a sentence or drawn as far as
//! it goes, and none stops the program or takes its memory.

use super::{OpenTiles, TileFileError, TileFileErrorKind, open};
use crate::basemap::{Keeping, Source, SourceId, SourceKind, TileAddress};
use crate::model::{Crs, Datum, Easting, Meridian};
use crate::tiles::vector::tests::tile_of_water;
use crate::words::{Language, tiles::tile_file_error_text};
use image::{ImageFormat, RgbImage};
use proptest::prelude::*;
use rusqlite::Connection;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

const GK: Crs = Crs::GaussKruger(Meridian::East117, Easting::Plain);
const WORLD_FILE: &str = "0.5\n0\n0\n-0.5\n560000.25\n3152999.75\n";
/// Of each format. Ten thousand were tried once; these keep it so.
const CASES: u32 = 64;
/// What a PMTiles header calls the kinds of tiles, and the ways to pack (PMTiles 3, 3.3).
const VECTORS: u8 = 1;
const PNG: u8 = 2;
const UNPACKED: u8 = 1;
const GZIP: u8 = 2;
const BROTLI: u8 = 3;

fn opened(kind: SourceKind) -> Result<OpenTiles, TileFileError> {
    open(&Source {
        id: SourceId("hostile".to_owned()),
        name: String::new(),
        kind,
        datum: Datum::Cgcs2000,
        levels: (0, 18),
        attribution: String::new(),
        attribution_url: String::new(),
        keeping: Keeping::Unknown,
        token: None,
    })
}

/// Opens a file and reads the corners of every level that it claims to have.
fn look_at(kind: SourceKind) {
    match opened(kind) {
        Err(error) => {
            for language in [Language::English, Language::Chinese] {
                assert!(!tile_file_error_text(language, &error).is_empty());
            }
        }
        Ok(mut open) => {
            let lattice = open.lattice.clone();
            assert!(*lattice.levels.end() <= 27, "{:?}", lattice.levels);
            for level in lattice.levels.clone() {
                let last = (1u32 << level) - 1;
                for (x, y) in [(0, 0), (last, last), (last / 2, last / 3)] {
                    let tile = TileAddress::new(level, x, y);
                    if lattice.contains(tile) {
                        _ = open.reader.read(tile);
                    }
                    _ = lattice.position(level, f64::from(x), f64::from(y));
                }
            }
        }
    }
}

/// What happens to a file on a bad stick: some bytes are others, and the end is missing.
fn spoilt(whole: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let length = whole.len();
    let bytes = prop::collection::vec((0..length, any::<u8>()), 1..6);
    (bytes, prop::option::weighted(0.4, 0..length)).prop_map(move |(bytes, cut)| {
        let mut file = whole.clone();
        for (at, byte) in bytes {
            file[at] = byte;
        }
        file.truncate(cut.unwrap_or(length));
        file
    })
}

fn picture(format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8 * 6, y as u8 * 8, 90]));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Three gigabytes of nothing, packed. A flushed piece of a stream can be repeated.
fn gzip_bomb() -> Vec<u8> {
    let zeros = vec![0; 4 << 20];
    let mut packed = Vec::with_capacity(1 << 20);
    let mut packer = flate2::Compress::new(flate2::Compression::best(), false);
    let flush = flate2::FlushCompress::Full;
    packer.compress_vec(&zeros, &mut packed, flush).unwrap();
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    file.extend(packed.repeat(800));
    file
}

fn mbtiles(tile: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    let connection = Connection::open(&path).unwrap();
    let schema = "PRAGMA page_size = 512;
        CREATE TABLE metadata (name TEXT, value TEXT);
        CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB);
        CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);
        INSERT INTO metadata VALUES ('name', '旧城'), ('minzoom', '0'), ('maxzoom', '2'),
            ('bounds', '117.1,28.1,117.9,28.9'), ('attribution', '<b>x</b>');";
    connection.execute_batch(schema).unwrap();
    for (level, x, y) in [(0, 0, 0), (1, 0, 1), (1, 1, 1), (2, 3, 3), (2, 1, 2)] {
        let insert = "INSERT INTO tiles VALUES (?, ?, ?, ?)";
        connection.execute(insert, (level, x, y, tile)).unwrap();
    }
    connection.close().unwrap();
    std::fs::read(path).unwrap()
}

/// A file of one tile, of level 0.
fn pmtiles(kind: u8, packing: u8, tile: &[u8]) -> Vec<u8> {
    let mut directory = vec![1, 0, 1];
    let mut length = tile.len();
    while length >= 0x80 {
        directory.push(length as u8 | 0x80);
        length >>= 7;
    }
    directory.extend([length as u8, 1]);
    pmtiles_of(kind, packing, &directory, &[], tile)
}

fn pmtiles_of(kind: u8, packing: u8, root: &[u8], leaves: &[u8], tiles: &[u8]) -> Vec<u8> {
    let mut file = b"PMTiles\x03".to_vec();
    let mut offset = 127;
    for section in [root, b"{}", leaves, tiles] {
        file.extend(u64::to_le_bytes(offset));
        file.extend(u64::to_le_bytes(section.len() as u64));
        offset += section.len() as u64;
    }
    file.extend([0; 24]);
    file.extend([1, UNPACKED, packing, kind, 0, 2]);
    for degrees in [117.1, 28.1, 117.9, 28.9] {
        file.extend(i32::to_le_bytes((degrees * 1e7) as i32));
    }
    file.extend([0; 9]);
    for section in [root, b"{}", leaves, tiles] {
        file.extend(section);
    }
    file
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn look_at_sheet(name: &str, bytes: &[u8], world: &[u8], prj: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), name, bytes);
    written(folder.path(), "a.wld", world);
    if !prj.is_empty() {
        written(folder.path(), "a.prj", prj);
    }
    let crs = Some(GK);
    look_at(SourceKind::Sheet { path, crs });
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/sheets");
    std::fs::read(Path::new(folder).join(name)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn a_spoilt_mbtiles_file_stops_nothing(
        file in prop_oneof![
            spoilt(mbtiles(&picture(ImageFormat::Png))),
            spoilt(mbtiles(&gzip(&tile_of_water()))),
        ],
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), "坏 1.mbtiles", &file);
        look_at(SourceKind::MbTiles { path });
    }

    #[test]
    fn a_spoilt_pmtiles_file_stops_nothing(
        file in prop_oneof![
            spoilt(pmtiles(PNG, UNPACKED, &picture(ImageFormat::Png))),
            spoilt(pmtiles(VECTORS, GZIP, &gzip(&tile_of_water()))),
        ],
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), "坏 1.pmtiles", &file);
        look_at(SourceKind::PmTiles { path });
    }

    #[test]
    fn a_spoilt_geotiff_stops_nothing(
        file in prop_oneof![
            spoilt(fixture("plan_4548.tif")),
            spoilt(fixture("plan_4547_lzw.tif")),
            spoilt(fixture("plan_3857.tif")),
        ],
    ) {
        look_at_sheet("a.tif", &file, WORLD_FILE.as_bytes(), b"");
    }

    #[test]
    fn a_spoilt_picture_of_a_plan_stops_nothing(
        (name, file) in prop_oneof![
            spoilt(picture(ImageFormat::Png)).prop_map(|file| ("a.png", file)),
            spoilt(picture(ImageFormat::Jpeg)).prop_map(|file| ("a.jpg", file)),
            spoilt(picture(ImageFormat::WebP)).prop_map(|file| ("a.webp", file)),
            spoilt(picture(ImageFormat::Tiff)).prop_map(|file| ("a.tif", file)),
        ],
    ) {
        look_at_sheet(name, &file, WORLD_FILE.as_bytes(), b"");
    }

    #[test]
    fn a_spoilt_world_file_or_projection_file_stops_nothing(
        world in prop_oneof![
            spoilt(WORLD_FILE.as_bytes().to_vec()),
            "([-0-9.,eEinfa]{1,9}\n){4,7}".prop_map(String::into_bytes),
        ],
        prj in spoilt(br#"PROJCS["a",PARAMETER["Central_Meridian",117.0],AUTHORITY["EPSG","4548"]]"#.to_vec()),
    ) {
        look_at_sheet("a.png", &picture(ImageFormat::Png), &world, &prj);
    }

    #[test]
    fn a_spoilt_tile_of_a_folder_stops_nothing(
        png in spoilt(picture(ImageFormat::Png)),
        packed in spoilt(gzip(&tile_of_water())),
    ) {
        let folder = tempfile::tempdir().unwrap();
        for (name, tile) in [("0.png", png), ("0.pbf", packed)] {
            let root = folder.path().join(&name[2..]);
            std::fs::create_dir_all(root.join("0/0")).unwrap();
            written(&root.join("0/0"), name, &tile);
            look_at(SourceKind::Folder { path: root });
        }
    }
}

#[test]
fn the_files_of_these_tests_are_drawn_while_they_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (png, water) = (picture(ImageFormat::Png), gzip(&tile_of_water()));
    for tile in [&png, &water] {
        let path = written(folder.path(), "a.mbtiles", &mbtiles(tile));
        let mut open = opened(SourceKind::MbTiles { path }).unwrap();
        assert!(
            open.reader
                .read(TileAddress::new(2, 3, 0))
                .unwrap()
                .is_some()
        );
    }
    for (kind, packing, tile) in [
        (PNG, UNPACKED, &png),
        (PNG, GZIP, &gzip(&png)),
        (VECTORS, GZIP, &water),
        (VECTORS, UNPACKED, &tile_of_water()),
    ] {
        let path = written(folder.path(), "a.pmtiles", &pmtiles(kind, packing, tile));
        let mut open = opened(SourceKind::PmTiles { path }).unwrap();
        assert!(
            open.reader
                .read(TileAddress::new(0, 0, 0))
                .unwrap()
                .is_some()
        );
    }
}

#[test]
fn a_pmtiles_file_with_levels_that_no_map_has_keeps_to_those_there_can_be() {
    let folder = tempfile::tempdir().unwrap();
    for kind in [PNG, VECTORS] {
        let mut file = pmtiles(kind, UNPACKED, &tile_of_water());
        file[100..102].copy_from_slice(&[200, 255]);
        let path = written(folder.path(), "a.pmtiles", &file);
        look_at(SourceKind::PmTiles { path });
    }
}

#[test]
fn a_pmtiles_file_whose_directory_lists_itself_has_a_hole_there() {
    let folder = tempfile::tempdir().unwrap();
    // One entry, of no tile but of the next directory: five bytes at the start of the leaves.
    let directory = [1, 0, 0, 5, 1];
    let file = pmtiles_of(PNG, UNPACKED, &directory, &directory, b"");
    let path = written(folder.path(), "a.pmtiles", &file);
    let mut open = opened(SourceKind::PmTiles { path }).unwrap();
    assert_eq!(open.reader.read(TileAddress::new(0, 0, 0)), Ok(None));
}

#[test]
fn a_pmtiles_file_packed_in_a_way_that_is_not_read_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = pmtiles(VECTORS, BROTLI, &tile_of_water());
    let path = written(folder.path(), "a.pmtiles", &file);
    let refused = opened(SourceKind::PmTiles { path }).err().unwrap();
    let packing = "brotli".to_owned();
    assert_eq!(refused.kind, TileFileErrorKind::UnknownPacking { packing });
}

#[test]
fn a_tile_that_unpacks_to_gigabytes_is_a_hole_and_takes_no_memory() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = gzip_bomb();
    assert!(bomb.len() < 8 << 20);
    let before = peak_mb();
    let path = written(folder.path(), "a.pmtiles", &pmtiles(VECTORS, GZIP, &bomb));
    let mut pm = opened(SourceKind::PmTiles { path }).unwrap();
    assert_eq!(pm.reader.read(TileAddress::new(0, 0, 0)), Ok(None));
    let path = written(folder.path(), "a.mbtiles", &mbtiles(&bomb));
    if let Ok(mut mb) = opened(SourceKind::MbTiles { path }) {
        assert_eq!(mb.reader.read(TileAddress::new(0, 0, 0)), Ok(None));
    }
    assert!(peak_mb() < before + 400, "{} MB", peak_mb());
}

#[test]
fn a_world_file_of_nonsense_gives_no_place() {
    let folder = tempfile::tempdir().unwrap();
    let png = picture(ImageFormat::Png);
    let path = written(folder.path(), "a.png", &png);
    for world in [
        "0\n0\n0\n0\n560000\n3153000\n",
        "0.5\n0\n0\n0\n560000\n3153000\n",
        "nan\n0\n0\n-0.5\n560000\n3153000\n",
        "0.5\n0\n0\n-0.5\ninf\n3153000\n",
        "0.5\n0\n0\n",
        "我\n",
        "",
    ] {
        written(folder.path(), "a.pgw", world.as_bytes());
        let sheet = SourceKind::Sheet {
            path: path.clone(),
            crs: Some(GK),
        };
        let refused = opened(sheet).err().map(|error| error.kind);
        assert_eq!(refused, Some(TileFileErrorKind::NoPlace), "{world:?}");
    }
}

/// What the process has taken at most so far; nothing where the system does not say.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = peak.and_then(|kb| kb.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kb.unwrap_or(0) / 1024
}
