//! An area of a map for where there is no network: chosen, estimated, downloaded.

use crate::basemap::{Keeping, Source, SourceId};
use crate::tiles::pack::{PackArea, PackReport, PackState};
use crate::ui::action::{Action, BasemapAction, Browse};
use crate::ui::basemap::packs::{Counted, PackOrder, WantedPack};
use crate::ui::dialog::DialogInput;
use crate::ui::dialog::paths::path_row;
use crate::ui::files::FileKind;
use crate::ui::theme;
use crate::words::{Language, basemap as words, packs as pack_words};
use egui::{Button, ComboBox, DragValue, ProgressBar, Ui};
use std::path::PathBuf;

/// What is filled in on this page.
#[derive(Clone, Debug, PartialEq)]
pub struct PackDraft {
    source: Option<SourceId>,
    area: Area,
    levels: (u8, u8),
    path: String,
}

impl Default for PackDraft {
    fn default() -> Self {
        Self {
            source: None,
            area: Area::View,
            levels: (10, 17),
            path: String::new(),
        }
    }
}

/// Which part of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Area {
    View,
    Survey,
    County,
    Selection,
    /// The box around what was measured last: drawn for this, as a rule.
    Measured,
}

impl Area {
    const ALL: [Self; 5] = [
        Self::View,
        Self::Survey,
        Self::County,
        Self::Selection,
        Self::Measured,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::View => "layers.pack.view",
            Self::Survey => "layers.pack.survey",
            Self::County => "layers.pack.county",
            Self::Selection => "layers.pack.selection",
            Self::Measured => "layers.pack.measured",
        }
    }
}

/// The areas that there are now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackAreas {
    pub view: Option<geo::Rect>,
    pub survey: Option<geo::Rect>,
    pub county: Option<geo::MultiPolygon>,
    pub selection: Option<geo::Rect>,
    pub measured: Option<geo::Rect>,
}

impl PackAreas {
    fn of(&self, area: Area) -> Option<PackArea> {
        match area {
            Area::View => self.view.map(PackArea::Box),
            Area::Survey => self.survey.map(PackArea::Box),
            Area::Selection => self.selection.map(PackArea::Box),
            Area::Measured => self.measured.map(PackArea::Box),
            Area::County => self.county.clone().map(PackArea::Polygons),
        }
    }
}

impl PackDraft {
    pub(super) fn set_path(&mut self, path: String) {
        self.path = path;
    }
}

pub(super) fn pack_ui(ui: &mut Ui, draft: &mut PackDraft, input: &DialogInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.label(language.text("layers.pack.help"));
    ui.add_space(4.0);
    let sources: Vec<&Source> = input
        .basemap
        .list()
        .map(|layer| layer.source)
        .filter(|source| source.is_online())
        .collect();
    let chosen = sources
        .iter()
        .find(|source| Some(&source.id) == draft.source.as_ref());
    // What makes a pack comes first, then what may make one, then what is refused.
    let best = sources.iter().min_by_key(|source| match source.keeping {
        Keeping::Allowed => 0,
        Keeping::Unknown => 1,
        Keeping::Forbidden => 2,
    });
    let chosen = chosen.or(best).copied();
    let grid = egui::Grid::new("pack").num_columns(2).spacing([12.0, 8.0]);
    grid.show(ui, |ui| {
        source_ui(ui, draft, &sources, chosen, language);
        area_ui(ui, draft, input);
        levels_ui(ui, draft, language);
    });
    let Some(source) = chosen else {
        ui.label(language.text("layers.pack.no_source"));
        return actions;
    };
    if source.keeping != Keeping::Allowed {
        keeping_ui(ui, source, language, &mut actions);
    }
    match input.pack_areas.of(draft.area) {
        None => {
            ui.weak(language.text("layers.pack.no_area"));
        }
        Some(area) => {
            let wanted = WantedPack {
                source: source.clone(),
                area,
                levels: draft.levels.0..=draft.levels.1,
            };
            counted_ui(ui, draft, wanted, input, &mut actions);
        }
    }
    if let Some((name, report)) = input.basemap.packs().report() {
        ui.separator();
        report_ui(ui, name, &report, input, &mut actions);
    }
    actions
}

fn source_ui(
    ui: &mut Ui,
    draft: &mut PackDraft,
    sources: &[&Source],
    chosen: Option<&Source>,
    language: Language,
) {
    let label = language.text("layers.pack.source");
    ui.label(&*label);
    let name = chosen.map(|source| words::source_name(language, source));
    let combo = ComboBox::from_id_salt("source")
        .selected_text(name.unwrap_or_default())
        .width(theme::ADDRESS_WIDTH);
    let response = combo.show_ui(ui, |ui| {
        for source in sources {
            let name = words::source_name(language, source);
            let is_chosen = chosen.is_some_and(|chosen| chosen.id == source.id);
            if ui.selectable_label(is_chosen, name).clicked() {
                draft.source = Some(source.id.clone());
            }
        }
    });
    response.response.accessible_name(&*label);
    ui.end_row();
}

fn area_ui(ui: &mut Ui, draft: &mut PackDraft, input: &DialogInput<'_>) {
    let language = input.language;
    ui.label(language.text("layers.pack.area"));
    ui.horizontal_wrapped(|ui| {
        for area in Area::ALL {
            let there = input.pack_areas.of(area).is_some();
            let name = language.text(area.key());
            let radio = egui::RadioButton::new(draft.area == area, name);
            if ui.add_enabled(there, radio).clicked() {
                draft.area = area;
            }
        }
    });
    ui.end_row();
}

fn levels_ui(ui: &mut Ui, draft: &mut PackDraft, language: Language) {
    ui.label(language.text("layers.address.levels"));
    ui.horizontal(|ui| {
        let (first, last) = &mut draft.levels;
        let (lowest, highest) = (*first, *last);
        let value = DragValue::new(first).range(0..=highest);
        ui.add(value)
            .accessible_name(language.text("layers.address.first"));
        let value = DragValue::new(last).range(lowest..=crate::basemap::address::LAST_LEVEL);
        ui.add(value)
            .accessible_name(language.text("layers.address.last"));
        ui.weak(language.text("layers.pack.levels_hint"));
    });
    ui.end_row();
}

/// Whoever added a source of their own can say that its tiles may be kept.
fn keeping_ui(ui: &mut Ui, source: &Source, language: Language, actions: &mut Vec<Action>) {
    if source.is_own() && source.keeping == Keeping::Unknown {
        let button = ui.button(language.text("layers.pack.allow"));
        if button
            .on_hover_text(language.text("layers.pack.allow_hint"))
            .clicked()
        {
            let allow = BasemapAction::AllowKeeping(source.id.clone());
            actions.push(Action::Basemap(allow));
        }
    }
}

/// What the pack will hold, where it goes, and the button.
fn counted_ui(
    ui: &mut Ui,
    draft: &mut PackDraft,
    wanted: WantedPack,
    input: &DialogInput<'_>,
    actions: &mut Vec<Action>,
) {
    let language = input.language;
    let plan = match input.basemap.packs().counted() {
        Counted::Done {
            wanted: known,
            plan,
        } if *known == wanted => plan,
        _ => {
            ui.weak(language.text("layers.pack.counting"));
            let count = BasemapAction::CountPack(Box::new(wanted));
            actions.push(Action::Basemap(count));
            return;
        }
    };
    match &**plan {
        Err(refusal) => {
            let text = pack_words::refusal_text(language, refusal);
            ui.colored_label(ui.visuals().error_fg_color, text);
        }
        Ok(plan) => {
            let tiles = plan.tile_count();
            let size = pack_words::estimate_text(language, &plan.estimate);
            let values: [(&str, &dyn std::fmt::Display); 2] = [("tiles", &tiles), ("size", &size)];
            ui.label(language.text_with("layers.pack.counted", &values));
            let browse = Browse::Save(FileKind::Tiles);
            path_row(ui, &mut draft.path, language, browse, actions);
            let online = input.preferences.online_tiles.is_on();
            if !online {
                ui.weak(language.text("layers.online_off"));
            }
            let ready = online && !draft.path.trim().is_empty() && !is_making(input);
            let button = Button::new(language.text("layers.pack.start"));
            if ui.add_enabled(ready, button).clicked() {
                let mut path = PathBuf::from(draft.path.trim());
                if path.extension().is_none() {
                    path.set_extension("mbtiles");
                }
                actions.push(Action::Basemap(BasemapAction::StartPack(path)));
            }
        }
    }
}

fn is_making(input: &DialogInput<'_>) -> bool {
    let report = input.basemap.packs().report();
    report.is_some_and(|(_, report)| {
        matches!(
            report.state,
            PackState::Running | PackState::Waiting(_) | PackState::Paused
        )
    })
}

fn report_ui(
    ui: &mut Ui,
    name: &str,
    report: &PackReport,
    input: &DialogInput<'_>,
    actions: &mut Vec<Action>,
) {
    let language = input.language;
    ui.strong(name);
    let share = report.done as f32 / report.total.max(1) as f32;
    ui.add(ProgressBar::new(share).show_percentage());
    ui.label(pack_words::report_text(language, report));
    let orders: &[(PackOrder, &str)] = match report.state {
        PackState::Running | PackState::Waiting(_) => &[
            (PackOrder::Pause, "layers.pack.pause"),
            (PackOrder::Cancel, "layers.pack.cancel"),
        ],
        PackState::Paused => &[
            (PackOrder::Resume, "layers.pack.resume"),
            (PackOrder::Cancel, "layers.pack.cancel"),
        ],
        _ => &[],
    };
    ui.horizontal(|ui| {
        for (order, key) in orders {
            // Off is off: nothing is fetched.
            let may = *order != PackOrder::Resume || input.preferences.online_tiles.is_on();
            let button = ui.add_enabled(may, Button::new(language.text(key)));
            let button = button.on_disabled_hover_text(language.text("layers.online_off"));
            if button.clicked() {
                actions.push(Action::Basemap(BasemapAction::OrderPack(*order)));
            }
        }
    });
}
