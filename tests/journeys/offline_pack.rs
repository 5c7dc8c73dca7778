//! A part of a map is taken along to where there is no network.

use crate::basemap::draws;
use crate::bench::{SIZE, Window, complete_estate, folder, survey_file};
use crate::tile_server::{Behaviour, TileServer};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use jiugai::basemap::Keeping;
use jiugai::ui::preferences::{Preferences, Switch};
use std::path::{Path, PathBuf};
use std::time::Duration;

const KEEP: &str = "Its owner lets me keep tiles for offline use";

/// A survey of two estates, and where the pack goes: a folder with spaces and Chinese in its name.
fn survey() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let (temporary, folder) = folder();
    let estates = [
        complete_estate(1, "洪都新村"),
        complete_estate(2, "粮食局宿舍"),
    ];
    let survey = survey_file(&folder.join("洪都.gpkg"), estates);
    // Beside the survey it would be a basemap without being asked for.
    let packs = folder.join("离线 底图");
    std::fs::create_dir(&packs).unwrap();
    (temporary, survey, packs.join("县里的 图.mbtiles"))
}

/// A window on the page of packs, with a map from `server` over OpenStreetMap, which is not shown:
/// nobody here asks the real server.
fn with_map(server: &TileServer, survey: &Path, preferences: &Path, keeping: Keeping) -> Window {
    let mut window = Window::on_laptop(survey, preferences);
    window.press_with(Modifiers::COMMAND, Key::B);
    window.click("OpenStreetMap");
    window.click("By address");
    window.type_into("Address", &server.url());
    window.type_into("Name", "县里的图");
    if keeping == Keeping::Allowed {
        window.click(KEEP);
    }
    window.click("Add the layer");
    window.click("Offline pack");
    window
}

/// The number of tiles that is told before anything is fetched.
fn count_told(window: &mut Window) -> usize {
    window.wait_for_text(" tiles, about ");
    let text = window.text_with(" tiles, about ");
    assert!(text.contains(" MB, judging by"), "the size too: {text}");
    text.split(' ').next().unwrap().parse().unwrap()
}

/// What lies in a folder.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_pack_is_counted_paused_gone_on_with_and_seen_without_a_network() {
    if !draws() {
        return;
    }
    let (_temporary, survey, pack) = survey();
    let preferences = survey.with_file_name("设置.json");
    let server = TileServer::start(Behaviour::Good);
    let mut window = with_map(&server, &survey, &preferences, Keeping::Allowed);
    window.click("the survey");
    let count = count_told(&mut window);
    assert!((10..200).contains(&count), "{count}");
    window.type_path(&pack);

    server.behave(Behaviour::Slow(Duration::from_millis(150)));
    window.click("Download");
    window.click("Pause");
    assert!(window.shows("Paused at "));
    // What was being asked for still comes.
    std::thread::sleep(Duration::from_millis(400));
    window.finish_jobs();
    let (text, asked) = (window.text_with("Paused at "), server.requests().len());
    std::thread::sleep(Duration::from_millis(500));
    window.finish_jobs();
    assert_eq!(window.text_with("Paused at "), text);
    assert_eq!(server.requests().len(), asked);
    assert!(
        !pack.exists(),
        "half a pack has not the name of a whole one"
    );

    server.behave(Behaviour::Good);
    window.click("Go on");
    window.wait_for_text("The pack is done: ");
    assert!(
        window
            .text_with("The pack is done: ")
            .contains("县里的 图.mbtiles")
    );
    assert!(
        window.place_of("县里的 图").y < window.place_of("县里的图").y,
        "uppermost"
    );
    assert_eq!(names_in(pack.parent().unwrap()), ["县里的 图.mbtiles"]);
    let file = rusqlite::Connection::open(&pack).unwrap();
    let kept: i64 = file
        .query_row("SELECT count(*) FROM tiles", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, count as i64);
    window.close();

    // In the field.
    let sent = server.requests().len();
    let in_field = Preferences {
        online_tiles: Switch::Off,
        ..Preferences::load(&preferences)
    };
    let builder = Harness::builder().with_size(SIZE);
    let builder = builder.with_render_cursor(false).wgpu();
    let mut window = Window::begin(builder, Some(survey), in_field, None);
    window.let_notices_go();
    window.wait_for_tiles();
    assert!(!window.has_control("Try again"));
    assert_eq!(server.requests().len(), sent, "nothing is asked for");
}

#[test]
fn a_pack_that_is_cancelled_leaves_nothing_and_can_be_begun_again() {
    let (_temporary, survey, pack) = survey();
    let preferences = survey.with_file_name("设置.json");
    let server = TileServer::start(Behaviour::Good);
    let mut window = with_map(&server, &survey, &preferences, Keeping::Allowed);
    window.click("the survey");
    count_told(&mut window);
    // The ending is added.
    window.type_path(&pack.with_extension(""));
    server.behave(Behaviour::Slow(Duration::from_millis(150)));
    window.click("Download");
    assert!(!window.is_enabled("Download"), "one at a time");

    // Off is off.
    let online = "Maps from the network";
    window.click("Layers");
    window.click(online);
    window.click("Offline pack");
    assert!(window.shows("Paused at ") && !window.is_enabled("Go on"));
    window.click("Layers");
    window.click(online);
    window.click("Offline pack");
    assert!(window.is_enabled("Go on"));
    window.click("Cancel");
    assert!(window.shows("Cancelled; nothing is left of it."));
    assert_eq!(names_in(pack.parent().unwrap()), [""; 0]);

    server.behave(Behaviour::Good);
    window.click("Download");
    window.wait_for_text("The pack is done: ");
    assert!(pack.exists());
}

#[test]
fn a_network_that_fails_on_the_way_is_told_and_the_rest_comes_when_it_is_back() {
    let (_temporary, survey, pack) = survey();
    let preferences = survey.with_file_name("设置.json");
    let server = TileServer::start(Behaviour::Good);
    let mut window = with_map(&server, &survey, &preferences, Keeping::Allowed);
    window.click("the survey");
    count_told(&mut window);
    window.type_path(&pack);
    server.behave(Behaviour::Status(500));
    window.click("Download");
    window.wait_for_text("tiles; waiting.");
    assert!(
        window.shows("status 500"),
        "{}",
        window.text_with("waiting.")
    );
    server.behave(Behaviour::Good);
    window.click("Pause");
    window.click("Go on");
    window.wait_for_text("The pack is done: ");
    assert!(pack.exists());
}

#[test]
fn maps_whose_owners_forbid_it_or_were_not_asked_make_no_pack_and_the_reason_is_told() {
    let (_temporary, survey, pack) = survey();
    let preferences = survey.with_file_name("设置.json");
    let server = TileServer::start(Behaviour::Good);
    let mut window = with_map(&server, &survey, &preferences, Keeping::Unknown);
    window.click("Map");
    window.click_menu("县里的图");
    window.wait_for_text("Nobody has said whether tiles of this map may be kept");
    assert!(!window.has_control("Download"));
    window.click("Its owner lets me keep its tiles");
    count_told(&mut window);
    assert!(!window.is_enabled("Download"), "there is no name yet");
    // What is something else is not written over.
    std::fs::write(&pack, "a letter").unwrap();
    window.type_path(&pack);
    window.click("Download");
    window.wait_for_text("is no pack of this map and is not written over");
    assert_eq!(std::fs::read_to_string(&pack).unwrap(), "a letter");

    window.click("Map");
    window.click_menu("OpenStreetMap");
    window.wait_for_text("The owner of this map does not allow its tiles to be kept");
    assert!(!window.has_control("Download"));
    assert!(!window.has_control("Its owner lets me keep its tiles"));
    window.press_with(Modifiers::NONE, Key::Escape);
    assert!(window.has_survey());
}
