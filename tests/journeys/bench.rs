//! The real window without a screen, and a person's hands: click by name, type, press.

#[path = "lists.rs"]
mod lists;
#[path = "records.rs"]
mod records;

pub use records::*;

use egui::accesskit::{self, Role, Toggled};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, HarnessBuilder, Node};
use jiugai::model::Survey;
use jiugai::session::Author;
use jiugai::ui::app::{App, Start};
use jiugai::ui::files::{FileDialogs, FileKind};
use jiugai::ui::preferences::{Brightness, Preferences};
use jiugai::words::Language;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A system without file dialogs: paths are typed.
struct NoDialogs;

impl FileDialogs for NoDialogs {
    fn open(&mut self, _: &str, _: FileKind) -> Option<PathBuf> {
        None
    }

    fn save(&mut self, _: &str, _: FileKind, _: &str) -> Option<PathBuf> {
        None
    }

    fn folder(&mut self, _: &str) -> Option<PathBuf> {
        None
    }
}

/// The smallest screen that people work on.
pub const SIZE: egui::Vec2 = egui::vec2(1280.0, 800.0);

/// Of drawing and waiting for jobs, before a test gives up.
const MOST_ROUNDS: usize = 8;

/// An open window, used by name and key.
pub struct Window {
    pub harness: Harness<'static, App>,
    /// The key presses so far; a chord is one, a typed text one a character.
    pub keys: usize,
}

impl Window {
    pub fn without_survey(language: Language) -> Self {
        Self::start(None, language)
    }

    pub fn on(survey: &Path) -> Self {
        Self::start(Some(survey.to_owned()), Language::English)
    }

    pub fn start(survey: Option<PathBuf>, language: Language) -> Self {
        let builder = Harness::builder().with_size(SIZE);
        Self::build(builder, survey, language, Brightness::Light)
    }

    /// `builder` says how large the window is.
    pub fn build(
        builder: HarnessBuilder<App>,
        survey: Option<PathBuf>,
        language: Language,
        brightness: Brightness,
    ) -> Self {
        let preferences = Preferences {
            language,
            brightness,
            ..Preferences::default()
        };
        Self::begin(builder, survey, preferences, None)
    }

    /// On a laptop whose preferences lie in `file`, which is made where there is none.
    pub fn on_laptop(survey: &Path, file: &Path) -> Self {
        let preferences = match file.exists() {
            true => Preferences::load(file),
            false => Preferences::default(),
        };
        let builder = Harness::builder().with_size(SIZE);
        Self::begin(builder, Some(survey.into()), preferences, Some(file.into()))
    }

    pub fn begin(
        builder: HarnessBuilder<App>,
        survey: Option<PathBuf>,
        preferences: Preferences,
        preferences_file: Option<PathBuf>,
    ) -> Self {
        let theme = match preferences.brightness {
            Brightness::Light => egui::Theme::Light,
            Brightness::Dark => egui::Theme::Dark,
        };
        let start = Start {
            survey,
            preferences,
            preferences_file,
            files: Box::new(NoDialogs),
            author: surveyor(),
            tile_cache: None,
        };
        let harness = builder
            .with_theme(theme)
            .with_step_dt(0.1)
            .with_max_steps(32)
            .build_eframe(|creation| App::new(creation, start).unwrap());
        let mut window = Self { harness, keys: 0 };
        window.finish_jobs();
        window
    }

    /// Lets the window draw until nothing moves and no job is under way.
    pub fn finish_jobs(&mut self) {
        for _ in 0..MOST_ROUNDS {
            // What was asked for in one frame is carried out before the next.
            self.harness.run_steps(2);
            let context = self.harness.ctx.clone();
            self.harness.state_mut().finish_jobs(&context);
            // A job that was started meanwhile keeps its spinner turning.
            if self.harness.run_ok().is_some() {
                return;
            }
        }
        panic!("the window does not come to rest");
    }

    /// Lets time pass until something that happens outside the window's jobs has happened.
    pub fn wait_until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let end = Instant::now() + Duration::from_secs(20);
        while !holds(self) {
            assert!(Instant::now() < end, "in vain: {what}");
            std::thread::sleep(Duration::from_millis(20));
            self.finish_jobs();
        }
    }

    /// Waits for the one control of this name.
    pub fn wait_for(&mut self, name: &str) {
        self.wait_until(name, |window| window.has_control(name));
    }

    /// Waits until the window says this somewhere.
    pub fn wait_for_text(&mut self, text: &str) {
        self.wait_until(text, |window| window.shows(text));
    }

    /// Closes the window as its owner does.
    pub fn close(mut self) {
        eframe::App::on_exit(self.harness.state_mut());
    }

    pub fn survey(&self) -> &Survey {
        self.harness.state().session().unwrap().survey()
    }

    pub fn has_survey(&self) -> bool {
        self.harness.state().session().is_some()
    }

    /// Waits until every notice has been read.
    pub fn let_notices_go(&mut self) {
        let later = self.harness.ctx.input(|input| input.time) + 60.0;
        self.harness.input_mut().time = Some(later);
        self.harness.run_steps(1);
        // From here on time goes by again.
        self.harness.input_mut().time = None;
        self.finish_jobs();
    }

    // Hands

    /// Scrolls to the one control of this name and clicks it.
    pub fn click(&mut self, name: &str) {
        self.control(name).scroll_to_me();
        self.harness.run_ok();
        self.control(name).click();
        self.finish_jobs();
    }

    /// Opens a menu of the menu bar and clicks an entry.
    pub fn choose(&mut self, menu: &str, entry: &str) {
        self.open_menu(menu);
        // An open menu is drawn over everything else.
        self.controls(entry).last().unwrap().click();
        self.finish_jobs();
    }

    /// Clicks an entry of a menu that is open, over whatever else has the name.
    pub fn click_menu(&mut self, entry: &str) {
        self.controls(entry).last().unwrap().click();
        self.finish_jobs();
    }

    pub fn open_menu(&mut self, menu: &str) {
        // The menu bar is the first thing drawn.
        self.controls(menu).first().unwrap().click();
        self.harness.run_ok();
    }

    /// Puts the keyboard into the one control of this name.
    pub fn focus(&mut self, name: &str) {
        self.control(name).focus();
        self.finish_jobs();
    }

    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.keys += 1;
        self.harness.key_press_modifiers(modifiers, key);
        self.finish_jobs();
    }

    /// Types at the keyboard: key and letter come in one frame, as the system sends them.
    pub fn type_letter(&mut self, key: Key, letter: &str) {
        self.keys += 1;
        let press = Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let letter = Event::Text(letter.to_owned());
        self.harness.input_mut().events.extend([press, letter]);
        self.harness.run_steps(1);
        self.harness.key_up(key);
        self.finish_jobs();
    }

    /// Puts the cursor into the box of this name and types.
    pub fn type_into(&mut self, name: &str, text: &str) {
        self.text_box(name).focus();
        self.harness.run_ok();
        self.type_text(text);
    }

    pub fn type_text(&mut self, text: &str) {
        self.keys += text.chars().count();
        self.harness.event(Event::Text(text.to_owned()));
        self.finish_jobs();
    }

    /// Ctrl+C, as the system tells it; returns what is on the clipboard then.
    pub fn copy(&mut self) -> Option<String> {
        self.keys += 1;
        self.harness.event(Event::Copy);
        let copied = (0..MOST_ROUNDS).find_map(|_| {
            self.harness.run_steps(1);
            let commands = &self.harness.output().platform_output.commands;
            commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
        });
        self.finish_jobs();
        copied
    }

    /// Ctrl+V, as the system tells it.
    pub fn paste(&mut self, text: &str) {
        self.keys += 1;
        self.harness.event(Event::Paste(text.to_owned()));
        self.finish_jobs();
    }

    pub fn type_path(&mut self, path: &Path) {
        self.type_into("File", &path.display().to_string());
    }

    /// Clicks on the map, in shares of its width and height.
    pub fn click_map(&mut self, x: f32, y: f32) {
        let at = self.on_map(x, y);
        self.harness.hover_at(at);
        for pressed in [true, false] {
            self.harness.event(Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
        self.finish_jobs();
    }

    /// Points at the map, in shares of its width and height.
    pub fn hover_map(&mut self, x: f32, y: f32) {
        self.harness.hover_at(self.on_map(x, y));
        self.finish_jobs();
    }

    /// A point of the map, in shares of its width and height.
    pub fn on_map(&self, x: f32, y: f32) -> Pos2 {
        let names = Language::ALL.map(|language| language.text("map.name"));
        let mut maps = names
            .iter()
            .filter_map(|name| self.harness.query_by_label(name));
        let room: Rect = maps.next().unwrap().rect();
        room.lerp_inside(egui::vec2(x, y))
    }

    /// Drags with the main button from one point of the window to another.
    pub fn drag(&mut self, modifiers: Modifiers, from: Pos2, to: Pos2) {
        self.harness.event(Event::ModifiersChanged(modifiers));
        self.harness.hover_at(from);
        self.button(from, PointerButton::Primary, modifiers, true);
        for step in 1..=4 {
            self.harness.hover_at(from.lerp(to, step as f32 / 4.0));
        }
        self.button(to, PointerButton::Primary, modifiers, false);
        self.harness.event(Event::ModifiersChanged(Modifiers::NONE));
        self.finish_jobs();
    }

    /// Scrolls to the one control of this name and clicks it with the mouse, as hands do.
    pub fn click_with_mouse(&mut self, name: &str) {
        self.control(name).scroll_to_me();
        self.finish_jobs();
        let at = self.place_of(name);
        self.harness.hover_at(at);
        self.button(at, PointerButton::Primary, Modifiers::NONE, true);
        self.button(at, PointerButton::Primary, Modifiers::NONE, false);
        self.finish_jobs();
    }

    pub fn right_click(&mut self, at: Pos2) {
        self.harness.hover_at(at);
        self.button(at, PointerButton::Secondary, Modifiers::NONE, true);
        self.button(at, PointerButton::Secondary, Modifiers::NONE, false);
        self.finish_jobs();
    }

    fn button(&self, pos: Pos2, button: PointerButton, modifiers: Modifiers, pressed: bool) {
        self.harness.event(Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers,
        });
    }

    /// The middle of the one control of this name.
    pub fn place_of(&self, name: &str) -> Pos2 {
        self.control(name).rect().center()
    }

    // Eyes

    /// Whether a text stands somewhere in the window.
    pub fn shows(&self, text: &str) -> bool {
        self.texts().any(|shown| shown.contains(text))
    }

    /// The whole text of whatever says `part`.
    pub fn text_with(&self, part: &str) -> String {
        let found = self.texts().find(|shown| shown.contains(part));
        found.unwrap_or_else(|| panic!("nothing says {part}"))
    }

    fn texts(&self) -> impl Iterator<Item = String> {
        let all = self.harness.root().children_recursive();
        // What somebody typed is not something the window says.
        let said = all.filter(|node| {
            let role = node.accesskit_node().role();
            !is_text_box(role) && role != Role::TextRun
        });
        // Plain text is a node's value, the name of a control its label.
        said.flat_map(|node| [node.accesskit_node().label(), node.value()])
            .flatten()
    }

    pub fn has_control(&self, name: &str) -> bool {
        !self.controls(name).is_empty()
    }

    pub fn is_enabled(&self, name: &str) -> bool {
        !self.control(name).accesskit_node().is_disabled()
    }

    /// The whole name of the first button whose name holds `part`.
    pub fn button_with(&self, part: &str) -> String {
        let all = self.harness.root().children_recursive();
        let names = all
            .filter(|node| node.accesskit_node().role() == Role::Button)
            .filter_map(|node| node.accesskit_node().label());
        let mut found = names.filter(|name| name.contains(part));
        found
            .next()
            .unwrap_or_else(|| panic!("no button says {part}"))
    }

    /// What a person can click or put the keyboard on, and whom a screen reader could not name: a
    /// name is a word, not a sign.
    pub fn nameless_controls(&self) -> Vec<String> {
        let all = self.harness.root().children_recursive();
        let controls = all.filter(|node| {
            let node = node.accesskit_node().data();
            // Text can be marked by the mouse, which makes it no control; a scroll bar is named by
            // its role.
            !matches!(node.role(), Role::Label | Role::ScrollBar)
                && (node.supports_action(accesskit::Action::Click)
                    || node.supports_action(accesskit::Action::Focus))
        });
        let nameless = controls.filter(|node| {
            let name = node.accesskit_node().label().unwrap_or_default();
            !name.chars().any(char::is_alphanumeric)
        });
        let described = nameless.map(|node| {
            let role = node.accesskit_node().role();
            format!("{role:?} at {}", node.rect())
        });
        described.collect()
    }

    /// Everything that stands anywhere, also in boxes and in hidden values.
    pub fn everything(&self) -> String {
        let all = self.harness.root().children_recursive();
        let texts = all.flat_map(|node| {
            let node = node.accesskit_node();
            [node.label(), node.value(), node.description()]
        });
        texts.flatten().collect::<Vec<_>>().join("\n")
    }

    /// What has the keyboard.
    pub fn focused(&self) -> Option<String> {
        let mut all = self.harness.root().children_recursive();
        let focused = all.find(|node| node.is_focused())?;
        focused.accesskit_node().label()
    }

    /// Whether a tool or a switch is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.control(name).accesskit_node().toggled() == Some(Toggled::True)
    }

    pub fn is_dark(&self) -> bool {
        self.harness.ctx.theme() == egui::Theme::Dark
    }

    pub fn has_cursor(&self, text_box: &str) -> bool {
        self.text_box(text_box).is_focused()
    }

    pub fn text_in(&self, text_box: &str) -> String {
        self.text_box(text_box).value().unwrap_or_default()
    }

    /// What hovering a control says beside it.
    pub fn hint_of(&mut self, name: &str, hint: &str) -> bool {
        self.control(name).hover();
        self.harness.run_ok();
        self.harness.run_steps(4);
        self.shows(hint)
    }

    fn control(&self, name: &str) -> Node<'_> {
        let found = self.controls(name);
        assert_eq!(found.len(), 1, "controls called {name}: {found:#?}");
        found[0]
    }

    fn text_box(&self, name: &str) -> Node<'_> {
        let mut found = self.controls(name);
        found.retain(|node| is_text_box(node.accesskit_node().role()));
        assert_eq!(found.len(), 1, "text boxes called {name}: {found:#?}");
        found[0]
    }

    /// Everything of this name that is not mere text, in drawing order.
    pub fn controls(&self, name: &str) -> Vec<Node<'_>> {
        let all = self.harness.root().children_recursive();
        all.filter(|node| {
            let node = node.accesskit_node();
            node.role() != Role::Label && node.label().as_deref() == Some(name)
        })
        .collect()
    }
}

fn is_text_box(role: Role) -> bool {
    use Role::{MultilineTextInput, PasswordInput, TextInput};
    matches!(role, TextInput | MultilineTextInput | PasswordInput)
}

pub fn surveyor() -> Author {
    Author {
        name: "李调查".to_owned(),
        device: "laptop 7".to_owned(),
    }
}
