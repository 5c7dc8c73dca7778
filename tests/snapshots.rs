//! How the window looks. Pictures are drawn without a screen and compared with those in
//! `tests/snapshots`; `UPDATE_SNAPSHOTS=1 cargo test --test snapshots` draws them anew.

#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "journeys/bench.rs"]
#[allow(dead_code, unused_imports)]
mod bench;

use bench::{Window, surveyor};
use egui::{Key, Modifiers, Pos2, Rect, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT;
use jiugai::catalogue::Catalogue;
use jiugai::demo;
use jiugai::ui::icons;
use jiugai::ui::preferences::Brightness;
use jiugai::words::Language;
use std::path::PathBuf;
use std::time::Duration;

/// Whether anything draws here; where nothing does, pictures cannot be compared.
fn draws() -> bool {
    let drawn = std::panic::catch_unwind(|| egui_kittest::Harness::new_ui(|_| {}).render());
    let draws = matches!(drawn, Ok(Ok(_)));
    if !draws {
        eprintln!("skipped: no graphics adapter, not even a software one, draws here");
    }
    draws
}

/// The bundled sample, as it is before anybody worked on it. Its path is in the pictures, so it
/// has a name of its own for each test but not for each run.
fn sample(test: &str) -> PathBuf {
    let folder = std::env::temp_dir().join("jiugai-snapshots").join(test);
    let _ = std::fs::remove_dir_all(&folder);
    let now = jiff::Timestamp::UNIX_EPOCH;
    let begun = demo::begin(&folder, surveyor(), &Catalogue::shipped(), now).unwrap();
    begun.session.close().unwrap();
    folder.join(demo::SURVEY)
}

/// Wide enough for every time of day.
const SAVED_SIZE: egui::Vec2 = egui::vec2(130.0, 20.0);

impl Window {
    /// A window that can be pictured, drawn as on a real screen.
    pub fn drawn(survey: Option<PathBuf>, language: Language, theme: Theme) -> Self {
        let brightness = match theme {
            Theme::Dark => Brightness::Dark,
            Theme::Light => Brightness::Light,
        };
        let builder = Harness::builder().with_size(bench::SIZE);
        let builder = builder.with_render_cursor(false).wgpu();
        Self::build(builder, survey, language, brightness)
    }

    /// Compares the window with its picture of this name, once everything has been drawn and the
    /// notices are gone. What a clock says is covered.
    pub fn compare(&mut self, name: &str) {
        self.harness.remove_cursor();
        self.let_notices_go();
        // Tiles and meshes come from threads of their own.
        let mut before = None;
        loop {
            let picture = self.harness.render().unwrap();
            if before.as_ref() == Some(&picture) {
                break;
            }
            before = Some(picture);
            std::thread::sleep(Duration::from_millis(200));
            self.harness.run_ok();
        }
        if let Some(at) = self.place_of_text(icons::SAVE) {
            self.harness.mask(Rect::from_min_size(at, SAVED_SIZE));
        }
        self.harness.snapshot(name);
    }

    fn place_of_text(&self, text: &str) -> Option<Pos2> {
        let mut all = self.harness.root().children_recursive();
        all.find(|node| node.value().is_some_and(|shown| shown.contains(text)))
            .map(|node| node.rect().min)
    }
}

#[test]
fn the_start_screen() {
    if draws() {
        let mut window = Window::drawn(None, Language::Chinese, Theme::Light);
        window.compare("start_zh");
    }
}

#[test]
fn the_survey_of_the_sample() {
    if draws() {
        let path = sample("survey_zh");
        let mut window = Window::drawn(Some(path), Language::Chinese, Theme::Light);
        window.focus("小区列表");
        window.press(Key::Home);
        window.compare("survey_zh");
    }
}

#[test]
fn the_survey_of_the_sample_at_night() {
    if draws() {
        let path = sample("survey_en_dark");
        let mut window = Window::drawn(Some(path), Language::English, Theme::Dark);
        window.focus("List of estates");
        window.press(Key::Home);
        window.compare("survey_en_dark");
    }
}

#[test]
fn a_pair_under_review() {
    if draws() {
        let path = sample("review_zh");
        let mut window = Window::drawn(Some(path), Language::Chinese, Theme::Light);
        window.press_with(Modifiers::COMMAND, Key::Num2);
        window.press(Key::PageDown);
        window.compare("review_zh");
    }
}

#[test]
fn the_communities_of_the_sample() {
    if draws() {
        let path = sample("communities_zh");
        let mut window = Window::drawn(Some(path), Language::Chinese, Theme::Light);
        window.press_with(Modifiers::COMMAND, Key::Num3);
        window.click("社区");
        window.click("城中社区居委会: 尚未回报");
        window.compare("communities_zh");
    }
}

#[test]
fn a_release_that_is_blocked() {
    if draws() {
        let path = sample("release_zh");
        let mut window = Window::drawn(Some(path), Language::Chinese, Theme::Light);
        window.press(Key::F7);
        window.compare("release_zh");
    }
}

#[test]
fn a_list_about_to_be_imported() {
    if draws() {
        let path = sample("import_en");
        let list = path.with_file_name(demo::REGISTER);
        let mut window = Window::drawn(Some(path), Language::English, Theme::Light);
        window.press_with(Modifiers::COMMAND, Key::I);
        window.type_path(&list);
        window.press(Key::Enter);
        window.compare("import_en");
    }
}
