//! A map of the network by its address: tiles, or a service that is asked what it offers.

use crate::basemap::address::{self, Grid, LAST_LEVEL, Place, TypedSource};
use crate::basemap::wmts::Offered;
use crate::basemap::{Keeping, SourceId};
use crate::model::{Coded, Datum};
use crate::ui::action::{Action, BasemapAction};
use crate::ui::basemap::service::{Service, ServiceFault};
use crate::ui::dialog::DialogInput;
use crate::ui::theme;
use crate::words::basemap as words;
use crate::words::{Language, tiles as tiles_words};
use egui::{Button, ComboBox, DragValue, TextEdit, Ui};

/// What is typed on this page.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressDraft {
    typed: TypedSource,
    /// Whether it was tried to add what is typed: only then is it told what is missing.
    tried: Tried,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tried {
    No,
    Yes,
}

impl Default for AddressDraft {
    fn default() -> Self {
        Self {
            typed: TypedSource {
                name: String::new(),
                address: String::new(),
                subdomains: String::new(),
                datum: Datum::Wgs84,
                grid: Grid::default(),
                levels: (0, 18),
                attribution: String::new(),
                keeping: Keeping::Unknown,
            },
            tried: Tried::No,
        }
    }
}

pub(super) fn address_ui(
    ui: &mut Ui,
    draft: &mut AddressDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.label(language.text("layers.address.help"));
    ui.add_space(4.0);
    let typed = &mut draft.typed;
    let label = language.text("layers.address.address");
    ui.label(&*label);
    let edit = TextEdit::singleline(&mut typed.address)
        .hint_text("https://…/{z}/{x}/{y}.png")
        .desired_width(f32::INFINITY);
    let edited = ui.add(edit).accessible_name(&*label);
    if edited.changed() {
        typed.grid = Grid::of_address(&typed.address);
        draft.tried = Tried::No;
    }
    ui.add_space(4.0);
    // An address without a place for a number is a service's.
    let is_service = !typed.address.contains('{') && !typed.address.trim().is_empty();
    match is_service {
        true => actions.extend(service_ui(ui, typed, input)),
        false => actions.extend(tiles_ui(ui, draft, language)),
    }
    actions
}

/// The rest of what tiles need.
fn tiles_ui(ui: &mut Ui, draft: &mut AddressDraft, language: Language) -> Option<Action> {
    let typed = &mut draft.typed;
    let grid = egui::Grid::new("address")
        .num_columns(2)
        .spacing([12.0, 8.0]);
    grid.show(ui, |ui| {
        text_row(ui, language, "layers.address.name", &mut typed.name);
        if typed.address.contains("{s}") {
            text_row(ui, language, "layers.address.hosts", &mut typed.subdomains);
        }
        let label = language.text("layers.datum");
        ui.label(&*label);
        let selected = words::datum_name(language, typed.datum);
        let combo = ComboBox::from_id_salt("datum").selected_text(selected);
        let response = combo.show_ui(ui, |ui| {
            for datum in Datum::ALL {
                let name = words::datum_name(language, *datum);
                ui.selectable_value(&mut typed.datum, *datum, name);
            }
        });
        response.response.accessible_name(&*label);
        ui.end_row();
        grid_ui(ui, typed, language);
        ui.label(language.text("layers.address.levels"));
        ui.horizontal(|ui| {
            let (first, last) = &mut typed.levels;
            for (level, key) in [
                (first, "layers.address.first"),
                (last, "layers.address.last"),
            ] {
                let value = DragValue::new(level).range(0..=LAST_LEVEL);
                ui.add(value).accessible_name(language.text(key));
            }
        });
        ui.end_row();
        text_row(
            ui,
            language,
            "layers.address.attribution",
            &mut typed.attribution,
        );
    });
    let mut may_keep = typed.keeping == Keeping::Allowed;
    if ui
        .checkbox(&mut may_keep, language.text("layers.address.keep"))
        .changed()
    {
        typed.keeping = match may_keep {
            true => Keeping::Allowed,
            false => Keeping::Unknown,
        };
    }
    ui.add_space(6.0);
    let clicked = ui.button(language.text("layers.address.add")).clicked();
    if clicked {
        draft.tried = Tried::Yes;
    }
    let id = SourceId(uuid::Uuid::new_v4().to_string());
    match (address::parse(&draft.typed, id), draft.tried) {
        (Ok(parsed), _) if clicked => Some(Action::Basemap(BasemapAction::Add(Box::new(parsed)))),
        (Err(fault), Tried::Yes) => {
            let text = words::address_fault_text(language, fault);
            ui.colored_label(ui.visuals().error_fg_color, text);
            None
        }
        _ => None,
    }
}

/// How the tiles are cut.
fn grid_ui(ui: &mut Ui, typed: &mut TypedSource, language: Language) {
    ui.label(language.text("layers.address.grid"));
    ui.horizontal(|ui| {
        for grid in Grid::ALL {
            let name = language.text(match grid {
                Grid::WebMercator => "layers.address.mercator",
                Grid::Degrees => "layers.address.degrees",
            });
            ui.radio_value(&mut typed.grid, grid, name);
        }
    });
    ui.end_row();
}

fn text_row(ui: &mut Ui, language: Language, key: &str, text: &mut String) {
    let label = language.text(key);
    ui.label(&*label);
    let edit = TextEdit::singleline(text).desired_width(theme::ADDRESS_WIDTH);
    ui.add(edit).accessible_name(&*label);
    ui.end_row();
}

/// What a service offers, once it has been asked.
fn service_ui(ui: &mut Ui, typed: &TypedSource, input: &DialogInput<'_>) -> Option<Action> {
    let language = input.language;
    let url = typed.address.trim();
    let service = input.basemap.service(url);
    let is_asked = matches!(service, Some(Service::Asked(_)));
    let button = Button::new(language.text("layers.address.ask"));
    let mut asked = None;
    if ui.add_enabled(!is_asked, button).clicked() {
        asked = Some(Action::Basemap(BasemapAction::AskService(url.to_owned())));
    }
    match service {
        None => {
            let places = [Place::Level, Place::Column, Place::Row].map(Place::text);
            let values: [(&str, &dyn std::fmt::Display); 1] =
                [("places", &language.listed(&places))];
            ui.weak(language.text_with("layers.address.ask_help", &values));
        }
        Some(Service::Asked(_)) => {
            ui.spinner();
        }
        Some(Service::Failed(fault)) => {
            let text = match fault {
                ServiceFault::Online(trouble) => {
                    tiles_words::online_trouble_text(language, trouble)
                }
                ServiceFault::Capabilities(fault) => {
                    words::capabilities_fault_text(language, fault)
                }
                ServiceFault::NoThread => language.text("layers.address.no_thread").into_owned(),
            };
            ui.colored_label(ui.visuals().error_fg_color, text);
        }
        Some(Service::Offers { layers, token }) => {
            let list = egui::ScrollArea::vertical()
                .min_scrolled_height(theme::LAYERS_HEIGHT / 2.0)
                .max_height(theme::LAYERS_HEIGHT);
            list.show(ui, |ui| {
                for offered in layers {
                    asked = asked
                        .take()
                        .or(offered_ui(ui, offered, token.as_deref(), language));
                }
            });
        }
    }
    asked
}

fn offered_ui(
    ui: &mut Ui,
    offered: &Offered,
    token: Option<&str>,
    language: Language,
) -> Option<Action> {
    match &offered.source {
        Ok(source) => {
            let text = language.text_with("layers.add.preset", &[("source", &offered.title)]);
            let datum = words::datum_name(language, source.datum);
            let clicked = ui.horizontal(|ui| {
                let clicked = ui.button(text).clicked();
                ui.weak(datum);
                clicked
            });
            clicked.inner.then(|| {
                let parsed = address::Parsed {
                    source: source.clone(),
                    token: token.map(str::to_owned),
                };
                Action::Basemap(BasemapAction::Add(Box::new(parsed)))
            })
        }
        Err(why) => {
            let why = words::unusable_text(language, why);
            ui.weak(format!("{}: {why}", offered.title));
            None
        }
    }
}
