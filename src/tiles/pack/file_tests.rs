//! The file of a pack as others see it: GDAL, and the program after it was killed.

use super::file::PackFile;
use super::{PackArea, PackPlan, plan};
use crate::basemap::{Keeping, TileAddress, presets};
use crate::tiles::files::mbtiles::MbtilesFile;
use geo::{Coord, Rect};
use image::{ImageFormat, RgbaImage};
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

/// A few streets of Nanchang, in levels 14 and 15.
fn town() -> PackPlan {
    let corner = |x, y| Coord { x, y };
    let area = PackArea::Box(Rect::new(corner(115.88, 28.67), corner(115.90, 28.69)));
    let mut source = presets()[0].clone();
    source.keeping = Keeping::Allowed;
    source.name = "本县影像".to_owned();
    plan(&source, area, 14..=15, None).unwrap()
}

/// Each tile in a grey of its own column and row.
fn png(tile: TileAddress) -> Vec<u8> {
    let grey = image::Rgba([(tile.x % 50) as u8 * 5, (tile.y % 50) as u8 * 5, 99, 255]);
    let mut file = Cursor::new(Vec::new());
    let picture = RgbaImage::from_pixel(256, 256, grey);
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

fn write(path: &Path, plan: &PackPlan) {
    let (mut file, _, _) = PackFile::open(path, plan).unwrap();
    for tile in plan.tiles() {
        file.put(tile, &png(tile)).unwrap();
    }
    file.finish(plan).unwrap();
}

/// What a program of GDAL prints; `None` where it is not installed.
fn gdal(program: &str, arguments: &[&str], path: &Path) -> Option<String> {
    let said = Command::new(program).args(arguments).arg(path).output();
    let Ok(said) = said else {
        eprintln!("skipped: {program} is not installed");
        return None;
    };
    let complaints = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(complaints.is_empty(), "{complaints}");
    Some(String::from_utf8_lossy(&said.stdout).into_owned())
}

#[test]
fn gdal_reads_a_pack_where_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("离线 底图.mbtiles");
    let plan = town();
    write(&path, &plan);
    let Some(said) = gdal("gdalinfo", &["-wkt_format", "WKT1"], &path) else {
        return;
    };
    for expected in [
        "Driver: MBTiles/MBTiles",
        r#"AUTHORITY["EPSG","3857"]"#,
        "ZOOM_LEVEL=15",
        "name=本县影像",
        "minzoom=14",
        "maxzoom=15",
        "format=png",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    // A place in the middle has the grey of its tile: rows are counted from the right end.
    let (lon, lat) = (115.89, 28.68_f64);
    let tiles = f64::from(1 << 15);
    let down = 1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI;
    let x = ((lon + 180.0) / 360.0 * tiles) as u32;
    let y = (down / 2.0 * tiles) as u32;
    let there = [lon, lat].map(|degrees: f64| degrees.to_string());
    let path = path.to_str().unwrap();
    let arguments = ["-valonly", "-wgs84", path, &there[0]];
    let said = gdal("gdallocationinfo", &arguments, Path::new(&there[1])).unwrap();
    let grey: Vec<u32> = said.lines().filter_map(|line| line.parse().ok()).collect();
    assert_eq!(
        grey.get(..2),
        Some([x % 50 * 5, y % 50 * 5].as_slice()),
        "{said}"
    );
}

#[test]
fn what_a_killed_program_leaves_is_sound_and_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    let plan = town();
    let tiles: Vec<_> = plan.tiles().collect();
    let (mut file, _, _) = PackFile::open(&path, &plan).unwrap();
    file.put(tiles[0], &png(tiles[0])).unwrap();
    file.put(tiles[1], &png(tiles[1])).unwrap();
    file.commit().unwrap();
    file.put(tiles[2], &png(tiles[2])).unwrap();
    // What lies on the disk at this moment is what a kill would leave.
    let after = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), after.path().join(entry.file_name())).unwrap();
    }
    let path = after.path().join("a.mbtiles");
    let (file, done, bytes) = PackFile::open(&path, &plan).unwrap();
    assert_eq!(done, tiles[..2].iter().copied().collect());
    assert!(bytes > 0);
    // Nothing more comes, and still it says what its tiles are.
    file.finish(&plan).unwrap();
    let kept = rusqlite::Connection::open(&path).unwrap();
    let one = |query: &str| kept.query_row(query, [], |row| row.get::<_, String>(0));
    assert_eq!(one("PRAGMA integrity_check").as_deref(), Ok("ok"));
    let format = one("SELECT value FROM metadata WHERE name = 'format'");
    assert_eq!(format.as_deref(), Ok("png"));
    let file = MbtilesFile::open(&path).unwrap();
    assert!(
        file.tile(tiles[1].level, tiles[1].x, tiles[1].y)
            .unwrap()
            .is_some()
    );
}
