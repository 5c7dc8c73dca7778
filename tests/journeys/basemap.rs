//! Basemaps are added, stacked and declared in the window, and lie where they should.

use crate::bench::{SIZE, Window, complete_estate, folder, id, survey_file};
use egui::{Key, Modifiers, Pos2, Rect, pos2};
use egui_kittest::Harness;
use image::RgbaImage;
use jiugai::geodesy::{crs, datum};
use jiugai::model::{Crs, Datum, Easting, Estate, LonLat, Meridian};
use jiugai::ui::preferences::Brightness;
use jiugai::words::Language;
use std::path::{Path, PathBuf};

/// No basemap is painted in this colour, and nothing of ours is.
const MARK: [u8; 3] = [255, 0, 255];
const LEVEL: u8 = 17;
/// Half the side of the mark, in pixels of its tile.
const HALF_MARK: i64 = 16;

/// A tile file in which one square, around `marked` as a map of `datum` has it, is [`MARK`].
fn marked_map(folder: &Path, marked: LonLat, datum: Datum) -> PathBuf {
    let at = datum::from_storage(datum, marked);
    // The arithmetic of web maps, written out once more: the program's own is under test.
    let world = 256.0 * f64::from(1u32 << LEVEL);
    let x = (at.x / 360.0 + 0.5) * world;
    let north = at.y.to_radians().tan().asinh();
    let y = (0.5 - north / (2.0 * std::f64::consts::PI)) * world;
    let (x, y) = (x.floor() as i64, y.floor() as i64);

    let path = folder.join("带标记的 地图.mbtiles");
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch(
        "CREATE TABLE metadata (name TEXT, value TEXT);
         INSERT INTO metadata VALUES ('name', 'marked'), ('format', 'png');
         CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);",
    )
    .unwrap();
    for column in x / 256 - 1..=x / 256 + 1 {
        for row in y / 256 - 1..=y / 256 + 1 {
            let tile = RgbaImage::from_fn(256, 256, |u, v| {
                let (u, v) = (column * 256 + i64::from(u), row * 256 + i64::from(v));
                let inside = (u - x).abs() <= HALF_MARK && (v - y).abs() <= HALF_MARK;
                let [r, g, b] = if inside { MARK } else { [255, 255, 255] };
                image::Rgba([r, g, b, 255])
            });
            let mut png = Vec::new();
            let format = image::ImageFormat::Png;
            tile.write_to(&mut std::io::Cursor::new(&mut png), format)
                .unwrap();
            let from_south = (1 << LEVEL) - 1 - row;
            let insert = "INSERT INTO tiles VALUES (?, ?, ?, ?)";
            file.execute(insert, (LEVEL, column, from_south, png))
                .unwrap();
        }
    }
    path
}

fn is_mark(pixel: &image::Rgba<u8>) -> bool {
    let [r, g, b, _] = pixel.0;
    r > 240 && g < 15 && b > 240
}

/// The box around every pixel that `wanted` takes.
fn extent(picture: &RgbaImage, within: Rect, wanted: impl Fn(&image::Rgba<u8>) -> bool) -> Rect {
    let mut found = Rect::NOTHING;
    for (x, y, pixel) in picture.enumerate_pixels() {
        let middle = pos2(x as f32 + 0.5, y as f32 + 0.5);
        if within.contains(middle) && wanted(pixel) {
            found.extend_with(middle);
        }
    }
    found
}

/// A window that can be pictured.
pub fn drawn(survey: PathBuf) -> Window {
    let builder = Harness::builder().with_size(SIZE);
    let builder = builder.with_render_cursor(false).wgpu();
    Window::build(builder, Some(survey), Language::English, Brightness::Light)
}

pub fn draws() -> bool {
    let drawn = std::panic::catch_unwind(|| Harness::new_ui(|_| {}).render());
    let draws = matches!(drawn, Ok(Ok(_)));
    if !draws {
        eprintln!("skipped: no graphics adapter, not even a software one, draws here");
    }
    draws
}

impl Window {
    fn add_basemap(&mut self, path: &Path) {
        self.press_with(Modifiers::COMMAND, Key::B);
        self.click("Add a layer");
        self.type_path(path);
        self.click("Open");
    }
}

/// The middles of the mark of a map in `datum`, declared as `declared`, and of the symbol of the
/// register row that stands there, as painted.
fn painted(datum: Datum, declared: Option<&str>) -> (Pos2, Pos2) {
    let (_temporary, folder) = folder();
    let marked = LonLat::new(115.903_2, 28.681_7);
    let row = Estate {
        position: Some(marked),
        ..Estate::new(id(9))
    };
    let estates = [complete_estate(1, ""), row];
    let survey = survey_file(&folder.join("洪都.gpkg"), estates);
    let mut window = drawn(survey);
    window.add_basemap(&marked_map(&folder, marked, datum));
    if let Some(declared) = declared {
        window.click("Datum of the map");
        window.click_menu(declared);
    }
    window.press(Key::Escape);
    window.let_notices_go();
    let mut found = None;
    for _ in 0..200 {
        window.finish_jobs();
        let picture = window.harness.render().unwrap();
        let mark = extent(&picture, Rect::EVERYTHING, is_mark);
        if mark.is_positive() {
            // A rim of the mark is mixed with its surroundings.
            let inside = mark.shrink(4.0);
            let symbol = extent(&picture, inside, |pixel| !is_mark(pixel));
            found = Some((mark.center(), symbol.center()));
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    found.expect("the mark is seen")
}

#[test]
fn a_place_and_its_mark_on_a_map_in_gcj02_are_painted_on_the_same_pixel() {
    if !draws() {
        return;
    }
    let gcj02 = "GCJ-02 (Amap, Tencent)";
    for (datum, declared) in [(Datum::Cgcs2000, None), (Datum::Gcj02, Some(gcj02))] {
        let (mark, symbol) = painted(datum, declared);
        // Half a pixel of the mark's own tile, which is shown twice as large.
        let off = (mark - symbol).abs();
        assert!(off.x <= 1.0 && off.y <= 1.0, "{datum:?}: {mark} {symbol}");
    }
}

#[test]
fn a_file_that_is_no_map_is_told_and_can_be_removed() {
    let (_temporary, folder) = folder();
    let survey = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    // Beside the survey it would be a basemap without being asked for.
    let elsewhere = folder.join("下载");
    std::fs::create_dir(&elsewhere).unwrap();
    let text = elsewhere.join("说明 1.mbtiles");
    std::fs::write(
        &text,
        "not a map, but long enough to be taken for one at first sight",
    )
    .unwrap();
    let mut window = Window::on(&survey);
    window.add_basemap(&text);
    window.wait_until("the reason", |window| window.shows("is no MBTiles file"));
    window.click("Remove 说明 1");
    let left = window
        .shows("is no MBTiles file")
        .then(|| window.text_with("is no MBTiles file"));
    assert_eq!(left, None);
    assert!(window.has_control("Remove OpenStreetMap"));
}

#[test]
fn a_scanned_plan_that_does_not_say_its_system_is_asked_for_it_and_then_drawn() {
    if !draws() {
        return;
    }
    let (_temporary, folder) = folder();
    let survey = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    let plan = folder.join("规划 图.png");
    let [r, g, b] = MARK;
    RgbaImage::from_pixel(400, 300, image::Rgba([r, g, b, 255]))
        .save(&plan)
        .unwrap();
    // 300 m by 225 m around the estate, in metres of zone 38 without its number.
    let crs = Crs::GaussKruger(Meridian::East114, Easting::Plain);
    let corner = crs::from_storage(crs, LonLat::new(115.901, 28.681_5)).unwrap();
    let world = format!("0.75\n0\n0\n-0.75\n{}\n{}\n", corner.x, corner.y);
    std::fs::write(plan.with_extension("pgw"), world).unwrap();

    let mut window = drawn(survey);
    window.add_basemap(&plan);
    window.wait_until("the question", |window| {
        window.has_control("Coordinate system of the plan")
    });
    window.click("Coordinate system of the plan");
    let answer = window.button_with("EPSG:4547");
    window.click_menu(&answer);
    window.press(Key::Escape);
    window.let_notices_go();
    let mut seen = false;
    for _ in 0..100 {
        window.finish_jobs();
        let picture = window.harness.render().unwrap();
        seen = extent(&picture, Rect::EVERYTHING, is_mark).width() > 200.0;
        if seen {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(seen, "the plan is drawn around the estate");
    assert!(window.shows("CGCS2000"));
}
