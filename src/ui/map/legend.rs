//! Lower right on the map: what the colours mean, and which theme they are of.

use super::class::{Class, Classed, LegendEntry, Pattern, Theming, field_of_category, legend};
use super::estates::FILL_OPACITY;
use super::furniture::MARGIN;
use super::outline::{self, Lean};
use super::scene::Scene;
use super::view::View;
use crate::catalogue::Items;
use crate::edit::Command;
use crate::model::{
    Amount, Category, Coded, MapLook, MapTheme, Ramp, SavedTheme, Settings, Symbols,
};
use crate::ui::action::Action;
use crate::ui::icons;
use crate::ui::theme::{LEGEND_ROOM, Palette, SMALL_SIZE};
use crate::words::Language;
use crate::words::fields::{coded_label, item_label, label};
use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{
    Align2, Button, FontId, Frame, Key, Layout, PopupCloseBehavior, Rect, Sense, Stroke,
    StrokeKind, TextEdit, Ui, vec2,
};

/// Whether the legend is unfolded, and the name being typed for its theme.
#[derive(Default)]
pub struct Legend {
    /// As the user left it; `None` leaves it to the room there is.
    pub fold: Option<Fold>,
    name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    Open,
    Folded,
}

impl Fold {
    fn toggled(self) -> Self {
        match self {
            Self::Open => Self::Folded,
            Self::Folded => Self::Open,
        }
    }

    fn arrow(self) -> &'static str {
        match self {
            Self::Open => "▼",
            Self::Folded => "▲",
        }
    }
}

/// What the legend tells of.
#[derive(Clone, Copy)]
pub struct LegendInput<'a> {
    pub theming: Theming<'a>,
    pub settings: &'a Settings,
    pub scene: &'a Scene,
    pub palette: &'a Palette,
    pub language: Language,
}

pub fn legend_id(ui: &Ui) -> egui::Id {
    ui.scope_id().with("legend")
}

#[must_use]
pub fn legend_panel(
    ui: &Ui,
    view: &View,
    state: &mut Legend,
    input: &LegendInput<'_>,
) -> Vec<Action> {
    let corner = view.rect.right_bottom() - vec2(MARGIN, MARGIN);
    let mut actions = Vec::new();
    let is_narrow = view.rect.width() < LEGEND_ROOM;
    let fold = state.fold.unwrap_or(match is_narrow {
        true => Fold::Folded,
        false => Fold::Open,
    });
    // An area of its own: it takes the room it needs, and a click on it is none on the map.
    egui::Area::new(legend_id(ui))
        // Below every window, above the map.
        .order(egui::Order::Background)
        .pivot(Align2::RIGHT_BOTTOM)
        .fixed_pos(corner)
        .constrain_to(view.rect)
        .accessible_name(input.language.text("map.legend"))
        .show(ui.ctx(), |ui| {
            let frame = Frame::popup(ui.style()).fill(input.palette.float.gamma_multiply(0.95));
            frame.show(ui, |ui| {
                if is_narrow {
                    ui.set_max_width(view.rect.width() - 4.0 * MARGIN);
                }
                ui.horizontal(|ui| {
                    let look = input.theming.look;
                    let title = theme_name(look.theme, input.theming.items, input.language);
                    let header = match is_narrow && fold == Fold::Folded {
                        true => Button::new(fold.arrow()),
                        false => Button::new((fold.arrow(), title.as_str())),
                    };
                    let header = ui.add(header.frame(false)).accessible_name(&title);
                    if header.on_hover_text(&title).clicked() {
                        state.fold = Some(fold.toggled());
                    }
                    actions.extend(theme_menu(ui, state, input));
                });
                if fold == Fold::Open {
                    rows(ui, input);
                }
            });
        });
    actions
}

/// "Gap: C04 供水管网", "Need score".
pub fn theme_name(theme: MapTheme, items: &Items, language: Language) -> String {
    match theme {
        MapTheme::Gap(code) => {
            let name = items
                .get(code)
                .map(|item| item_label(language, item).to_owned());
            let name = name.unwrap_or_else(|| code.to_string());
            language.text_with("map.theme.gap", &[("item", &name)])
        }
        MapTheme::Category(category) => label(language, &field_of_category(category), items),
        theme => {
            let key = format!("map.theme.{}", theme.key());
            language.text(&key).into_owned()
        }
    }
}

fn rows(ui: &mut Ui, input: &LegendInput<'_>) {
    let LegendInput {
        scene, language, ..
    } = *input;
    let look = input.theming.look;
    if look.theme.is_of_rules() && input.theming.facts.is_none() {
        ui.weak(language.text("planner.theme.not_yet"));
        return;
    }
    let entries = legend(look.theme, scene.counts());
    let steps = scene.breaks().steps();
    let is_there = |entry: &&LegendEntry| match entry.class {
        Class::Amount(step) => step < steps,
        _ => true,
    };
    egui::Grid::new("legend rows")
        .num_columns(3)
        .show(ui, |ui| {
            for row in entries.iter().filter(is_there) {
                patch(ui, row.class.into(), look.ramp, input.palette);
                ui.label(class_name(row.class, input));
                let number = Layout::right_to_left(egui::Align::Center);
                ui.with_layout(number, |ui| ui.label(row.estates.to_string()));
                ui.end_row();
            }
        });
    let open: usize = entries.iter().map(|entry| entry.open).sum();
    if open > 0 {
        let text = language.text_with("planner.theme.open", &[("count", &open)]);
        ui.small(text);
    }
    if look.theme == MapTheme::WillingnessNeed {
        ui.small(language.text("planner.theme.need_is"));
    }
}

fn class_name(class: Class, input: &LegendInput<'_>) -> String {
    let language = input.language;
    let (Class::Amount(step), MapTheme::Amount(amount)) = (class, input.theming.look.theme) else {
        return class.word(language).into_owned();
    };
    let unit = language.text(match amount {
        Amount::Households => "planner.unit.households",
        Amount::FloorArea => "planner.unit.floor_area",
        Amount::Buildings => "planner.unit.buildings",
    });
    match input.scene.breaks().ends(step) {
        (None, None) => language.text_with("planner.class.all", &[("unit", &unit)]),
        (None, Some(to)) => {
            language.text_with("planner.class.up_to", &[("to", &to), ("unit", &unit)])
        }
        (Some(from), None) => {
            language.text_with("planner.class.over", &[("from", &from), ("unit", &unit)])
        }
        (Some(from), Some(to)) => language.text_with(
            "planner.class.between",
            &[("from", &from), ("to", &to), ("unit", &unit)],
        ),
    }
}

/// Colour, pattern and sign of a class in a small box.
fn patch(ui: &mut Ui, classed: Classed, ramp: Ramp, palette: &Palette) {
    let font = FontId::proportional(SMALL_SIZE);
    // As the map shows it, its fills letting the ground through.
    let color = palette
        .ground
        .lerp_to_gamma(classed.class.color(palette, ramp), FILL_OPACITY);
    let ink = Palette::ink_on(color);
    let galley = ui
        .painter()
        .layout_no_wrap(classed.sign().into_owned(), font, ink);
    let size = vec2((galley.size().x + 8.0).max(24.0), 18.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, 2.0, color);
    let stroke = Stroke::new(1.0, ink.gamma_multiply(0.35));
    let hatch = |lean| outline::hatch(&painter, &[outline::ring_of(rect)], stroke, 7.0, lean);
    match classed.pattern() {
        Pattern::Plain => {}
        Pattern::Hatched => hatch(Lean::Right),
        Pattern::Leaning => hatch(Lean::Left),
        Pattern::Crossed => {
            hatch(Lean::Right);
            hatch(Lean::Left);
        }
        Pattern::Dotted => dots(&painter, rect, stroke),
    }
    let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    painter.galley(at.min, galley, ink);
    let edge = Stroke::new(1.0, palette.outline);
    painter.rect_stroke(rect, 2.0, edge, StrokeKind::Inside);
}

fn dots(painter: &egui::Painter, rect: Rect, stroke: Stroke) {
    const APART: f32 = 6.0;
    for column in 0..=(rect.width() / APART) as usize {
        for row in 0..=(rect.height() / APART) as usize {
            let at = rect.min + vec2(column as f32, row as f32) * APART + vec2(2.0, 2.0);
            painter.circle_filled(at, 1.2, stroke.color);
        }
    }
}

/// Which theme, its colours and symbols, and the ones that are kept.
fn theme_menu(ui: &mut Ui, state: &mut Legend, input: &LegendInput<'_>) -> Vec<Action> {
    let (language, look) = (input.language, input.theming.look);
    let mut actions = Vec::new();
    let name = language.text("planner.theme.choose");
    // A name is typed into the menu, so it stays until somebody clicks beside it.
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let button = Button::new(icons::GEAR).small();
    let (response, _) = MenuButton::from_button(button).config(config).ui(ui, |ui| {
        ui.set_min_width(230.0);
        for theme in MapTheme::PLAIN.into_iter().chain(MapTheme::AMOUNTS) {
            let text = theme_name(theme, input.theming.items, language);
            if ui.radio(look.theme == theme, text).clicked() {
                actions.push(Action::SetTheme(theme));
            }
        }
        actions.extend(item_menu(ui, input));
        actions.extend(field_menu(ui, input));
        ui.separator();
        if look.theme.is_graduated() {
            ui.horizontal(|ui| {
                ui.label(language.text("planner.theme.colours"));
                for ramp in Ramp::ALL {
                    let text = coded_label(language, *ramp);
                    if ui.radio(look.ramp == *ramp, text).clicked() {
                        actions.push(Action::SetLook(MapLook {
                            ramp: *ramp,
                            ..look
                        }));
                    }
                }
            });
        }
        ui.horizontal(|ui| {
            ui.label(language.text("planner.theme.symbols"));
            for symbols in Symbols::ALL {
                let text = coded_label(language, *symbols);
                if ui.radio(look.symbols == *symbols, text).clicked() {
                    let symbols = *symbols;
                    actions.push(Action::SetLook(MapLook { symbols, ..look }));
                }
            }
        });
        ui.separator();
        actions.extend(saved_themes(ui, &mut state.name, input));
    });
    response.on_hover_text(&*name).accessible_name(name);
    actions
}

/// Value by value of a field.
fn field_menu(ui: &mut Ui, input: &LegendInput<'_>) -> Option<Action> {
    let mut chosen = None;
    ui.menu_button(input.language.text("planner.theme.one_field"), |ui| {
        for category in Category::ALL {
            let theme = MapTheme::Category(*category);
            let text = theme_name(theme, input.theming.items, input.language);
            if ui.radio(input.theming.look.theme == theme, text).clicked() {
                chosen = Some(Action::SetTheme(theme));
                ui.close();
            }
        }
    });
    chosen
}

/// The gap of one content item, by the guidance's groups.
fn item_menu(ui: &mut Ui, input: &LegendInput<'_>) -> Option<Action> {
    let (language, items) = (input.language, input.theming.items);
    let mut chosen = None;
    ui.menu_button(language.text("planner.theme.one_item"), |ui| {
        for group in ["A", "B", "C", "D"] {
            let title = language.text(&format!("planner.group.{group}"));
            ui.menu_button(title, |ui| {
                egui::ScrollArea::vertical().show(ui, |ui| {
                    let of_group = |code: &crate::model::ItemCode| group.starts_with(code.group());
                    for item in items.iter().filter(|item| of_group(&item.code)) {
                        let theme = MapTheme::Gap(item.code);
                        let text = format!("{} {}", item.code, item_label(language, item));
                        if ui.radio(input.theming.look.theme == theme, text).clicked() {
                            chosen = Some(Action::SetTheme(theme));
                            ui.close();
                        }
                    }
                });
            });
        }
    });
    chosen
}

fn saved_themes(ui: &mut Ui, name: &mut String, input: &LegendInput<'_>) -> Vec<Action> {
    let (language, settings) = (input.language, input.settings);
    let mut actions = Vec::new();
    for saved in &settings.saved_themes {
        ui.horizontal(|ui| {
            if ui.button(&saved.name).clicked() {
                actions.push(Action::SetLook(saved.look));
                ui.close();
            }
            let delete = language.text_with("planner.theme.delete", &[("name", &saved.name)]);
            let button = ui.small_button(icons::TRASH).accessible_name(&delete);
            if button.on_hover_text(delete).clicked() {
                actions.push(keep(settings, |themes| {
                    themes.retain(|other| other.name != saved.name);
                }));
            }
        });
    }
    if settings.saved_themes.is_empty() {
        ui.weak(language.text("planner.theme.none_saved"));
    }
    ui.horizontal(|ui| {
        let hint = language.text("planner.theme.name");
        let edit = TextEdit::singleline(name)
            .hint_text(&*hint)
            .desired_width(120.0);
        let text_box = ui.add(edit).accessible_name(hint);
        let entered = text_box.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let named = !name.trim().is_empty();
        let save = ui.add_enabled(named, Button::new(language.text("planner.theme.save")));
        let save = save.on_disabled_hover_text(language.text("planner.theme.needs_name"));
        if named && (save.clicked() || entered) {
            let saved = SavedTheme {
                name: std::mem::take(name).trim().to_owned(),
                look: input.theming.look,
            };
            // One of that name gives way.
            actions.push(keep(settings, |themes| {
                match themes.iter_mut().find(|other| other.name == saved.name) {
                    Some(other) => *other = saved,
                    None => themes.push(saved),
                }
            }));
            ui.close();
        }
    });
    actions
}

fn keep(settings: &Settings, change: impl FnOnce(&mut Vec<SavedTheme>)) -> Action {
    let mut settings = settings.clone();
    change(&mut settings.saved_themes);
    Action::Edit(Command::ChangeSettings(settings))
}
