//! The whole window in a harness: acted on by accessible names and keys, looked at through its
//! survey.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use jiugai::model::{Estate, Survey};
use jiugai::session::Author;
use jiugai::ui::app::{App, Start};
use jiugai::ui::files::{FileDialogs, FileKind};
use jiugai::ui::preferences::Preferences;
use jiugai::words::Language;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub struct Window {
    pub harness: Harness<'static, App>,
}

/// A system without file dialogs: every path is typed.
struct NoDialogs;

impl FileDialogs for NoDialogs {
    fn open(&mut self, _title: &str, _kind: FileKind) -> Option<PathBuf> {
        None
    }
    fn save(&mut self, _title: &str, _kind: FileKind, _suggested: &str) -> Option<PathBuf> {
        None
    }
    fn folder(&mut self, _title: &str) -> Option<PathBuf> {
        None
    }
}

pub fn author() -> Author {
    Author {
        name: "测绘员".to_owned(),
        device: "laptop".to_owned(),
    }
}

impl Window {
    /// A window on `survey`, in English.
    pub fn open(survey: Option<&Path>) -> Self {
        Self::in_language(survey, Language::English)
    }

    pub fn in_language(survey: Option<&Path>, language: Language) -> Self {
        let start = Start {
            survey: survey.map(Path::to_owned),
            preferences: Preferences {
                language,
                ..Preferences::default()
            },
            preferences_file: None,
            files: Box::new(NoDialogs),
            author: author(),
        };
        let harness = Harness::builder()
            .with_size([1280.0, 800.0])
            .with_max_steps(200)
            .build_eframe(|creation| App::new(creation, start).expect("threads are to be had"));
        let mut window = Self { harness };
        window.settle();
        window
    }

    /// Lets frames pass until every job has reported and the views show what it brought.
    pub fn settle(&mut self) {
        for _ in 0..3 {
            self.harness.run_steps(4);
            let context = self.harness.ctx.clone();
            self.harness.state_mut().finish_jobs(&context);
        }
        self.harness.run_steps(4);
    }

    pub fn click(&mut self, name: &str) {
        self.harness
            .get_by_role_and_label(Role::Button, name)
            .click();
        self.settle();
    }

    /// Scrolls to the one control of any kind with this name, and clicks it.
    pub fn choose(&mut self, name: &str) {
        self.harness.get_by_label(name).scroll_to_me();
        self.settle();
        self.harness.get_by_label(name).click();
        self.settle();
    }

    pub fn is_enabled(&self, name: &str) -> bool {
        let node = self.harness.get_by_role_and_label(Role::Button, name);
        !node.accesskit_node().is_disabled()
    }

    pub fn shows(&self, text: &str) -> bool {
        self.harness
            .query_all_by_label_contains(text)
            .next()
            .is_some()
    }

    /// Replaces what stands in a text box, and leaves it with Enter.
    pub fn type_into(&mut self, name: &str, text: &str) {
        let select_all = (Modifiers::COMMAND, Key::A);
        self.harness
            .get_by_role_and_label(Role::TextInput, name)
            .focus();
        self.settle();
        self.press_with(select_all.0, select_all.1);
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run_steps(2);
        self.press(Key::Enter);
    }

    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Clicks `offset` points away from the middle of the map.
    pub fn click_map(&mut self, offset: [f32; 2]) {
        self.click_at(self.map_middle() + egui::vec2(offset[0], offset[1]));
    }

    pub fn click_at(&mut self, at: Pos2) {
        self.harness.event(Event::PointerMoved(at));
        self.harness.run_steps(2);
        for pressed in [true, false] {
            self.harness.event(Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
            self.harness.run_steps(2);
        }
        self.settle();
    }

    fn map_middle(&self) -> Pos2 {
        self.harness.get_by_label("map").rect().center()
    }

    pub fn survey(&self) -> Arc<Survey> {
        let session = self.harness.state().session();
        session.expect("a survey is open").survey().clone()
    }

    pub fn only_estate(&self) -> Arc<Estate> {
        let survey = self.survey();
        let mut estates = survey.estates();
        let first = estates.next().expect("there is an estate").clone();
        assert_eq!(estates.next(), None, "one estate was expected");
        first
    }
}
