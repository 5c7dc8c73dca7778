//! Maps of the network by their address: added, drawn, failing and there again, switched off, and
//! handed on without their token.

use crate::basemap::{drawn, draws};
use crate::bench::{Window, complete_estate, folder, survey_file};
use crate::tile_server::{Behaviour, TileServer};
use egui::{Key, Modifiers};
use jiugai::geodesy::datum;
use jiugai::model::{Datum, LonLat};
use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Duration;

const GCJ02: &str = "GCJ-02 (Amap, Tencent)";
const TOKEN: &str = "0a1b2c3d4e5f60718293";

fn survey() -> (tempfile::TempDir, PathBuf) {
    let (temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    (temporary, path)
}

impl Window {
    /// Opens the layers, with no map of the network among them.
    pub fn open_empty_layers(&mut self) {
        self.press_with(Modifiers::COMMAND, Key::B);
        self.click("Remove OpenStreetMap");
    }

    /// Adds tiles by their address, in the layers that are open.
    pub fn add_address(&mut self, address: &str) {
        self.click("By address");
        self.type_into("Address", address);
        self.click("Add the layer");
    }

    pub fn close_layers(&mut self) {
        self.press(Key::Escape);
        self.let_notices_go();
    }

    /// How many colours the map has: tiles of the test server have thousands.
    fn colours(&mut self) -> usize {
        let (from, to) = (self.on_map(0.1, 0.2), self.on_map(0.9, 0.9));
        let picture = self.harness.render().unwrap();
        let within = |x: u32, y: u32| {
            (from.x..to.x).contains(&(x as f32)) && (from.y..to.y).contains(&(y as f32))
        };
        let pixels = picture.enumerate_pixels();
        let inside = pixels.filter(|(x, y, _)| within(*x, *y));
        inside
            .map(|(.., pixel)| pixel.0)
            .collect::<HashSet<_>>()
            .len()
    }

    /// Waits until the map of the test server is seen.
    pub fn wait_for_tiles(&mut self) {
        for _ in 0..200 {
            self.finish_jobs();
            if self.colours() > 5_000 {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("no tiles are seen");
    }

    /// Clicks where it is offered: a server that is there again may have been asked meanwhile.
    fn try_again(&mut self) {
        if let Some(button) = self.controls("Try again").first() {
            button.click();
        }
        self.finish_jobs();
    }

    /// Draws an estate south of the first; it is there as before.
    fn draw_an_estate(&mut self) {
        let before = self.survey().estates().len();
        self.press(Key::D);
        for (x, y) in [(0.3, 0.3), (0.5, 0.3), (0.5, 0.5), (0.3, 0.5)] {
            self.click_map(x, y);
        }
        self.press(Key::Enter);
        assert_eq!(self.survey().estates().len(), before + 1);
        self.press_with(Modifiers::COMMAND, Key::Z);
        self.press(Key::Escape);
        assert_eq!(self.survey().estates().len(), before);
    }
}

/// Of the requests for tiles: level, column and row.
fn tiles(server: &TileServer) -> Vec<[u32; 3]> {
    let requests = server.requests();
    let path = |head: &String| head.split(' ').nth(1).map(str::to_owned);
    let numbers = |path: String| {
        let path = path.trim_matches('/').split('.').next()?.to_owned();
        let numbers: Vec<u32> = path.split('/').flat_map(str::parse).collect();
        numbers.try_into().ok()
    };
    requests
        .iter()
        .filter_map(path)
        .filter_map(numbers)
        .collect()
}

/// The tile of web maps that a place is on.
fn tile_at(at: geo::Coord, level: u32) -> [u32; 3] {
    let tiles = f64::from(1u32 << level);
    let north = at.y.to_radians().tan().asinh();
    let x = (at.x / 360.0 + 0.5) * tiles;
    let y = (0.5 - north / (2.0 * std::f64::consts::PI)) * tiles;
    [level, x as u32, y as u32]
}

#[test]
fn a_map_is_added_by_its_address_and_seen_where_its_datum_says() {
    if !draws() {
        return;
    }
    let (_temporary, survey) = survey();
    let server = TileServer::start(Behaviour::Good);
    let mut window = drawn(survey);
    assert!(window.colours() < 5_000, "nothing is seen before");
    window.open_empty_layers();
    window.click("By address");
    window.click("Add the layer");
    assert!(window.shows("Enter an address of tiles"));
    window.type_into("Address", "127.0.0.1/{z}/{x}.png");
    window.click("Add the layer");
    assert!(window.shows("begins with http://"));
    window.focus("Address");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(&server.url());
    window.type_into("Name", "县里的图");
    window.click("Datum of the map");
    window.click_menu(GCJ02);
    window.click("Add the layer");
    assert!(window.has_control("县里的图"), "it is in the list");
    window.close_layers();
    window.wait_for_tiles();
    assert!(window.shows("Map: GCJ-02"));
    assert!(!window.has_control("Try again"));

    let asked = tiles(&server);
    let deepest = asked.iter().map(|tile| tile[0]).max().unwrap();
    let here = LonLat::new(115.902_5, 28.680_5);
    let wanted = tile_at(datum::from_storage(Datum::Gcj02, here), deepest);
    assert!(asked.contains(&wanted), "{wanted:?}: {asked:?}");
}

#[test]
fn a_server_that_fails_is_told_once_surveying_goes_on_and_the_map_comes_back() {
    if !draws() {
        return;
    }
    let (_temporary, survey) = survey();
    for (failing, told) in [
        (
            Behaviour::Status(500),
            "The tile server refuses (status 500)",
        ),
        (Behaviour::Html, "Does it want you to sign in?"),
        (Behaviour::Drops, "cut off on its way"),
        (Behaviour::Babbles, "Online tiles are not loading"),
    ] {
        let server = TileServer::start(failing.clone());
        let mut window = drawn(survey.clone());
        window.open_empty_layers();
        window.add_address(&server.url());
        window.close_layers();
        window.wait_for_text(told);
        let notice = window.text_with(told);
        assert!(
            notice.starts_with("127.0.0.1:"),
            "which map it is: {notice}"
        );
        window.draw_an_estate();
        // One button: the click would not know which.
        window.click("Try again");
        window.wait_for_text(told);

        server.behave(Behaviour::Good);
        window.try_again();
        window.wait_for_tiles();
        window.wait_until("the notice goes", |window| !window.has_control("Try again"));
        assert!(!window.shows(told), "{failing:?}");
    }
}

#[test]
fn without_a_network_the_map_comes_when_the_network_does() {
    if !draws() {
        return;
    }
    let (_temporary, survey) = survey();
    let server = TileServer::start(Behaviour::Good);
    let (url, address) = (server.url(), server.address());
    drop(server);
    // The port is free once the server has taken notice.
    std::thread::sleep(Duration::from_millis(100));
    let mut window = drawn(survey);
    window.open_empty_layers();
    window.add_address(&url);
    window.close_layers();
    window.wait_until("the notice", |window| window.shows("No network"));
    window.draw_an_estate();
    let _server = TileServer::start_at(address, Behaviour::Good);
    window.try_again();
    window.wait_for_tiles();
}

#[test]
fn a_slow_server_holds_nobody_up() {
    if !draws() {
        return;
    }
    let (_temporary, survey) = survey();
    let server = TileServer::start(Behaviour::Slow(Duration::from_millis(400)));
    let mut window = drawn(survey);
    window.open_empty_layers();
    window.add_address(&server.url());
    window.close_layers();
    window.draw_an_estate();
    assert!(!window.has_control("Try again"), "slow is not wrong");
    window.wait_for_tiles();
    assert!(server.most_at_once() <= 2);
}

#[test]
fn maps_from_the_network_that_are_off_send_nothing() {
    let (_temporary, survey) = survey();
    let preferences = survey.with_file_name("设置.json");
    let server = TileServer::start(Behaviour::Good);
    let mut window = Window::on_laptop(&survey, &preferences);
    window.open_empty_layers();
    window.add_address(&server.url());
    window.wait_until("tiles are asked for", |_| !server.requests().is_empty());
    window.click("Maps from the network");
    assert!(window.shows("Maps from the network are off"));
    window.close_layers();
    // What was being asked for still comes.
    std::thread::sleep(Duration::from_millis(300));
    let before = server.requests().len();
    let nothing_is_sent = |window: &mut Window| {
        for menu in ["Zoom out", "Zoom out"] {
            window.choose("View", menu);
            window.finish_jobs();
        }
        std::thread::sleep(Duration::from_millis(400));
        window.finish_jobs();
        assert_eq!(server.requests().len(), before);
    };
    nothing_is_sent(&mut window);
    window.close();

    // So it is at the next start.
    let mut window = Window::on_laptop(&survey, &preferences);
    nothing_is_sent(&mut window);
    window.press_with(Modifiers::COMMAND, Key::B);
    window.click("Maps from the network");
    window.wait_until("tiles are asked for", |_| server.requests().len() > before);
}

#[test]
fn a_token_in_a_pasted_address_is_used_and_told_nobody() {
    let (_temporary, survey) = survey();
    let preferences = survey.with_file_name("设置.json");
    let server = TileServer::start(Behaviour::Good);
    let asks_with_token = |server: &TileServer| {
        let requests = server.requests();
        requests.iter().any(|head| head.contains(TOKEN))
    };
    let mut window = Window::on_laptop(&survey, &preferences);
    window.open_empty_layers();
    window.add_address(&format!("{}?tk={TOKEN}", server.url()));
    window.wait_until("the token is used", |_| asks_with_token(&server));
    let is_told_nobody = |window: &mut Window| {
        for page in ["Layers", "Add a layer", "By address", "Offline pack"] {
            window.click(page);
            assert!(!window.everything().contains(TOKEN), "{page}");
        }
    };
    is_told_nobody(&mut window);

    // Nor does a server that refuses make it known.
    server.behave(Behaviour::Status(403));
    window.close_layers();
    window.choose("View", "Zoom out");
    window.wait_until("the notice", |window| {
        window.shows("does not accept this token")
    });
    assert!(!window.everything().contains(TOKEN));

    // Handed on, the address has none.
    window.press_with(Modifiers::COMMAND, Key::B);
    window.click("Add a layer");
    let shared = survey.with_file_name("我的 图源");
    window.type_path(&shared);
    window.click("Hand on my sources");
    assert!(window.shows("without any token"));
    let text = std::fs::read_to_string(shared.with_extension("json")).unwrap();
    assert!(
        text.contains("tk={token}") && !text.contains(TOKEN),
        "{text}"
    );
    is_told_nobody(&mut window);
    window.close();

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = preferences.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // The survey goes to colleagues: whatever is in the file, the token is not.
    let bytes = std::fs::read(&survey).unwrap();
    let has_token = |bytes: &[u8]| {
        bytes
            .windows(TOKEN.len())
            .any(|part| part == TOKEN.as_bytes())
    };
    assert!(!has_token(&bytes) && has_token(&std::fs::read(&preferences).unwrap()));

    // A colleague opens the sources and enters a token of their own.
    server.behave(Behaviour::Good);
    let mut window = Window::on_laptop(&survey, &survey.with_file_name("同事.json"));
    window.open_empty_layers();
    window.click("Add a layer");
    window.type_path(&shared.with_extension("json"));
    window.click("Open");
    window.click("Maps from the network");
    assert!(window.shows("asks for a token of yours"));
    let host = server.address().to_string();
    window.type_into(&format!("Token for {host}"), "ffee99887766");
    window.click("Layers");
    window.wait_until("the colleague's token is used", |_| {
        let requests = server.requests();
        requests.iter().any(|head| head.contains("ffee99887766"))
    });
    assert!(!window.everything().contains("ffee99887766"));
}

#[test]
fn a_wmts_lists_its_layers_with_reasons_and_the_one_added_is_seen() {
    if !draws() {
        return;
    }
    let (_temporary, survey) = survey();
    let server = TileServer::start(Behaviour::Html);
    let host = server.address().to_string();
    let text = include_str!("../fixtures/wmts/rest.xml").replace("gis.example", &host);
    server.offer("/wmts", text);
    let mut window = drawn(survey);
    window.open_empty_layers();
    window.click("By address");
    window.type_into("Address", &format!("http://{host}/wmts"));
    let ask = "Ask the service what it offers";
    window.click(ask);
    // First a network that wants a sign-in.
    window.wait_for_text("something other than a description");
    server.behave(Behaviour::Good);
    window.click(ask);
    window.wait_for("Add 道路规划");
    for reason in [
        "地籍图: its levels (GK) do not halve from one to the next",
        "矢量: no pictures in PNG, JPEG or WebP",
        "旧图: in ",
    ] {
        assert!(window.shows(reason), "{reason}");
    }
    // What one service offers is not another's.
    window.type_into("Address", "2");
    assert!(!window.has_control("Add 道路规划") && window.is_enabled(ask));
    window.press(Key::Backspace);
    window.click("Add 道路规划");
    assert!(window.has_control("道路规划"), "it is in the list");
    window.close_layers();
    window.wait_for_tiles();
    let requests = server.requests();
    let tile = "get /rest/plan:road/default/epsg:900913/epsg:900913:";
    assert!(
        requests.iter().any(|head| head.starts_with(tile)),
        "{requests:?}"
    );
}
