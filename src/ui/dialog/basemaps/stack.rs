//! The layers in use, the uppermost first, as on the map.

use super::token::{TokenDrafts, token_ui};
use super::{crs_box, terms_ui};
use crate::basemap::SourceKind;
use crate::model::{Coded, Datum};
use crate::tiles::files::TileFileErrorKind;
use crate::ui::action::{Action, BasemapAction};
use crate::ui::basemap::settings::{LayerSetting, Shift};
use crate::ui::basemap::{Filled, Listed, Standing, Trouble};
use crate::ui::dialog::{DialogInput, toggle};
use crate::ui::preferences::Switch;
use crate::ui::verb::{Toggle, Verb};
use crate::ui::{icons, theme};
use crate::words::{Language, basemap as words};
use egui::{Align, Button, ComboBox, DragValue, Layout, Slider, Ui};

pub(super) fn stack_ui(
    ui: &mut Ui,
    kept_bytes: &mut u64,
    tokens: &mut TokenDrafts,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    let mut online = input.preferences.online_tiles.is_on();
    let name = language.text("layers.online");
    let checkbox = ui.checkbox(&mut online, name);
    if checkbox
        .on_hover_text(language.text("layers.online_hint"))
        .changed()
    {
        actions.push(Action::Do(Verb::Toggle(Toggle::OnlineTiles)));
    }
    cache_ui(ui, kept_bytes, language, &mut actions);
    ui.add_space(4.0);
    let layers: Vec<_> = input.basemap.list().rev().collect();
    if layers.is_empty() {
        ui.label(language.text("layers.none"));
    }
    egui::ScrollArea::vertical()
        .min_scrolled_height(theme::LAYERS_HEIGHT)
        .max_height(theme::LAYERS_HEIGHT)
        .show(ui, |ui| {
            let last = layers.len().saturating_sub(1);
            for (index, layer) in layers.iter().enumerate() {
                let place = Place {
                    is_first: index == 0,
                    // Nothing goes below the file beside the survey.
                    is_last: index == last
                        || layers
                            .get(index + 1)
                            .is_some_and(|below| below.is_beside_survey),
                };
                ui.push_id(&layer.source.id.0, |ui| {
                    ui.group(|ui| actions.extend(layer_ui(ui, layer, place, tokens, input)));
                });
            }
        });
    actions
}

/// How much is kept of what came over the network, and a way to let go of it.
fn cache_ui(ui: &mut Ui, kept_bytes: &mut u64, language: Language, actions: &mut Vec<Action>) {
    let megabytes = *kept_bytes / 1_000_000;
    if megabytes == 0 {
        return;
    }
    ui.horizontal(|ui| {
        ui.weak(language.text_with("layers.cache", &[("mb", &megabytes)]));
        if ui
            .small_button(language.text("layers.cache_clear"))
            .clicked()
        {
            *kept_bytes = 0;
            actions.push(Action::Basemap(BasemapAction::ClearCache));
        }
    });
}

/// Where a layer stands in the list.
#[derive(Clone, Copy)]
struct Place {
    is_first: bool,
    is_last: bool,
}

fn layer_ui(
    ui: &mut Ui,
    layer: &Listed<'_>,
    place: Place,
    tokens: &mut TokenDrafts,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let name = words::source_name(language, layer.source);
    let mut setting = layer.setting.clone();
    let mut actions = Vec::new();
    ui.horizontal(|ui| {
        toggle(ui, &mut setting.shown, &name);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if !layer.is_beside_survey {
                actions.extend(order_ui(ui, layer, place, &name, language));
            }
            datum_ui(ui, layer, &mut actions, language);
        });
    });
    ui.horizontal(|ui| {
        let label = language.text("layers.opacity");
        ui.label(&*label);
        let mut percent = setting.opacity * 100.0;
        let slider = Slider::new(&mut percent, 0.0..=100.0)
            .suffix(" %")
            .fixed_decimals(0);
        let named = language.text_with("layers.opacity_of", &[("layer", &name)]);
        if ui.add(slider).accessible_name(named).changed() {
            setting.opacity = percent / 100.0;
        }
        ui.separator();
        zooms_ui(ui, &mut setting, &name, language);
    });
    standing_ui(ui, layer, &mut actions, input);
    // What is shipped has its box where it is added. A source of a colleague's comes without its
    // token, and tokens of one's own run out.
    if let Some(token) = layer
        .source
        .token
        .as_ref()
        .filter(|_| layer.source.is_own())
    {
        let known = &input.preferences.basemap.tokens;
        actions.extend(token_ui(ui, tokens, token, &name, known, language));
    }
    terms_ui(ui, layer.source, language);
    if setting != *layer.setting {
        actions.push(Action::Basemap(BasemapAction::Set(setting)));
    }
    actions
}

/// Up, down and away.
fn order_ui(
    ui: &mut Ui,
    layer: &Listed<'_>,
    place: Place,
    name: &str,
    language: Language,
) -> Option<Action> {
    let mut asked = None;
    let id = &layer.source.id;
    let mut button = |ui: &mut Ui, icon: &str, key: &str, enabled: bool, action: BasemapAction| {
        let text = language.text_with(key, &[("layer", &name)]);
        let response = ui.add_enabled(enabled, Button::new(icon).small());
        let response = response.accessible_name(text.as_str()).on_hover_text(text);
        if response.clicked() {
            asked = Some(Action::Basemap(action));
        }
    };
    // From right to left.
    button(
        ui,
        icons::TRASH,
        "layers.remove",
        true,
        BasemapAction::Remove(id.clone()),
    );
    let down = BasemapAction::Shift(id.clone(), Shift::Down);
    button(ui, icons::ARROW_DOWN, "layers.down", !place.is_last, down);
    let up = BasemapAction::Shift(id.clone(), Shift::Up);
    button(ui, icons::ARROW_UP, "layers.up", !place.is_first, up);
    asked
}

/// Which datum the pictures are drawn in: to be read, and for a user's own source to be set.
fn datum_ui(ui: &mut Ui, layer: &Listed<'_>, actions: &mut Vec<Action>, language: Language) {
    let datum = layer.says_datum.unwrap_or(layer.source.datum);
    let hint = words::shift_hint(language, datum);
    if !may_set_datum(layer) {
        ui.small(words::datum_name(language, datum))
            .on_hover_text(hint);
        return;
    }
    let combo = ComboBox::from_id_salt("datum").selected_text(words::datum_name(language, datum));
    let response = combo.show_ui(ui, |ui| {
        for other in Datum::ALL {
            let name = words::datum_name(language, *other);
            if ui.selectable_label(*other == datum, name).clicked() && *other != datum {
                let id = layer.source.id.clone();
                actions.push(Action::Basemap(BasemapAction::SetDatum(id, *other)));
            }
        }
    });
    let name = language.text("layers.datum");
    response.response.accessible_name(name).on_hover_text(hint);
}

fn may_set_datum(layer: &Listed<'_>) -> bool {
    // What is shipped is known; sheets and services say it with their coordinate system.
    let says = layer.says_datum.is_some()
        || matches!(
            layer.source.kind,
            SourceKind::Sheet { .. } | SourceKind::Wmts { .. }
        );
    layer.source.is_own() && !says
}

fn zooms_ui(ui: &mut Ui, setting: &mut LayerSetting, name: &str, language: Language) {
    let (any_from, any_to) = crate::ui::basemap::settings::any_zoom();
    ui.label(language.text("layers.zooms"));
    let (from, to) = &mut setting.zooms;
    let level = |ui: &mut Ui, value: &mut f32, range, key: &str| {
        let box_ = DragValue::new(value)
            .range(range)
            .speed(0.1)
            .fixed_decimals(0);
        let named = language.text_with(key, &[("layer", &name)]);
        ui.add(box_).accessible_name(named);
    };
    level(ui, from, any_from..=*to, "layers.zoom_from");
    ui.label("–");
    level(ui, to, *from..=any_to, "layers.zoom_to");
}

/// How the layer is doing, where that is worth a line, and what to do about it.
fn standing_ui(
    ui: &mut Ui,
    layer: &Listed<'_>,
    actions: &mut Vec<Action>,
    input: &DialogInput<'_>,
) {
    let language = input.language;
    let is_waiting = layer.source.is_online()
        && layer.setting.shown.is_on()
        && input.preferences.online_tiles == Switch::Off;
    if is_waiting {
        ui.weak(language.text("layers.online_off"));
    }
    match &layer.standing {
        Standing::Off => {}
        Standing::Opening => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.weak(language.text("layers.opening"));
            });
        }
        Standing::Shut(trouble) => {
            ui.colored_label(ui.visuals().error_fg_color, trouble.text(language));
            match trouble {
                Trouble::NoToken if !layer.source.is_own() => {
                    ui.weak(language.text("layers.token_where"));
                }
                Trouble::File(error) if may_declare(&error.kind) => {
                    crs_ui(ui, layer, actions, language);
                }
                Trouble::NoToken | Trouble::File(_) | Trouble::NoThread { .. } => {}
            }
            retry_ui(ui, language, actions);
        }
        Standing::Open {
            filled,
            online,
            bounds,
        } => {
            if let Some(text) = crate::words::tiles::online_notice(language, online.clone()) {
                ui.colored_label(ui.visuals().error_fg_color, text);
                retry_ui(ui, language, actions);
            }
            match filled {
                Filled::Drawn | Filled::Waiting => {}
                Filled::TooFar => drop(ui.weak(language.text("layers.too_far"))),
                Filled::Elsewhere => drop(ui.weak(language.text("layers.elsewhere"))),
            }
            if let (Filled::Elsewhere | Filled::TooFar, Some(bounds)) = (filled, bounds)
                && ui.link(language.text("layers.go_there")).clicked()
            {
                actions.push(Action::Basemap(BasemapAction::GoTo(*bounds)));
            }
        }
    }
}

/// Whether a user can say what the file does not.
fn may_declare(kind: &TileFileErrorKind) -> bool {
    use TileFileErrorKind::{NoCrs, OutsideChina};
    matches!(kind, NoCrs | OutsideChina { .. })
}

/// In which system a plan lies that does not say it itself.
fn crs_ui(ui: &mut Ui, layer: &Listed<'_>, actions: &mut Vec<Action>, language: Language) {
    let SourceKind::Sheet { crs: declared, .. } = &layer.source.kind else {
        return;
    };
    let mut chosen = *declared;
    ui.horizontal(|ui| {
        let label = language.text("layers.crs");
        ui.label(&*label);
        crs_box(ui, &mut chosen, &label, language);
    });
    if let Some(crs) = chosen.filter(|_| chosen != *declared) {
        let id = layer.source.id.clone();
        actions.push(Action::Basemap(BasemapAction::SetCrs(id, crs)));
    }
}

fn retry_ui(ui: &mut Ui, language: Language, actions: &mut Vec<Action>) {
    if ui.small_button(language.text("layers.retry")).clicked() {
        actions.push(Action::Basemap(BasemapAction::Retry));
    }
}
