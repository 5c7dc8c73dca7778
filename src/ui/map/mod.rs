//! The map panel: basemap tiles, every estate, labels, and the tool in hand.
//!
//! [`map_ui`] draws a survey and returns what the user wants; what the map itself remembers
//! (where it looks, what is uploaded, a corner in the hand) is in [`MapState`]. Nothing here
//! changes a record.

mod class;
mod estates;
mod furniture;
mod gpu;
mod labels;
mod mesh;
mod motion;
mod outline;
mod review;
mod scene;
#[cfg(test)]
mod tests;
pub mod tiles;
mod tools;
mod view;

pub use class::{Class, LegendEntry, Pattern, Progress, YearBand, class_of, legend};
pub use estates::District;
pub use motion::{enclosing, extent};
pub use tools::sketch::finish_sketch;

use crate::catalogue::Items;
use crate::model::{Boundary, EstateId, LonLat, Survey};
use crate::ui::action::{Action, MapTheme};
use crate::ui::theme::Palette;
use crate::ui::tool::Tool;
use crate::words::Language;
use egui::{Painter, Rect, Stroke, Ui, WidgetInfo};
use estates::{Borders, Renderer};
use furniture::{Legend, ViewChange};
use motion::Motion;
use outline::Dash;
use review::Difference;
use scene::Scene;
use std::collections::BTreeSet;
use std::sync::Arc;
use tools::vertices::Grab;
use tools::{Desk, select, sketch, vertices};
use view::View;
use walkers::Tiles;

/// What a frame of the map shows.
pub struct MapInput<'a> {
    pub survey: &'a Survey,
    /// Another number after every commit; records are only looked at anew when it changes.
    pub survey_revision: u64,
    pub items: &'a Items,
    pub selection: &'a [EstateId],
    pub tool: &'a Tool,
    pub theme: MapTheme,
    /// A pair under review: the first outlined solid, the second dashed, where they differ hatched.
    pub highlighted: Option<(EstateId, EstateId)>,
    /// An outline from the history of the selected record, drawn dashed.
    pub past_outline: Option<&'a Boundary>,
    /// Records with an open finding; their label carries a sign.
    pub findings: &'a BTreeSet<EstateId>,
    pub language: Language,
    pub basemap: Option<&'a mut dyn Tiles>,
    /// Tiles over the basemap, each with its opacity, 0..1.
    pub overlays: Vec<(&'a mut dyn Tiles, f32)>,
    /// District borders. The same `Arc` as long as they are the same.
    pub districts: &'a Arc<[District]>,
    /// A sentence about the map itself, e.g. that tiles cannot be loaded.
    pub notice: Option<&'a str>,
}

/// What the map remembers between frames. None of it is part of the survey.
pub struct MapState {
    motion: Motion,
    renderer: Renderer,
    scene: Scene,
    borders: Borders,
    legend: Legend,
    grab: Option<Grab>,
    difference: Option<Difference>,
    pointed_at: Option<LonLat>,
}

impl MapState {
    /// A map that draws with the window's renderer, or with egui alone where there is none.
    ///
    /// Uploads its pipelines, so once a window. For eframe's default surface (no multisampling,
    /// no depth buffer).
    pub fn new(render_state: Option<&egui_wgpu::RenderState>) -> Self {
        if let Some(render_state) = render_state {
            gpu::install(render_state);
        }
        Self {
            motion: Motion::default(),
            renderer: match render_state {
                Some(_) => Renderer::Gpu,
                None => Renderer::Painter,
            },
            scene: Scene::default(),
            borders: Borders::default(),
            legend: Legend::default(),
            grab: None,
            difference: None,
            pointed_at: None,
        }
    }

    /// Shows `bounds` (degrees) whole, from the next frame on.
    pub fn fit(&mut self, bounds: geo::Rect) {
        self.motion.fit(bounds);
    }

    /// Shows every record that counts and has a place; for a survey just opened or imported into.
    pub fn show_survey(&mut self, survey: &Survey) {
        // Another file may come with the same revision.
        self.scene.invalidate();
        let extents = survey.counted().filter_map(|estate| extent(estate));
        self.motion.fit_all(extents);
    }

    /// Shows these records. Does nothing where none has a place.
    pub fn show_estates(&mut self, survey: &Survey, ids: &[EstateId]) {
        let estates = ids.iter().filter_map(|id| survey.estate(*id));
        self.motion
            .fit_all(estates.filter_map(|estate| extent(estate)));
    }

    /// Shows these positions, e.g. a sketch that is gone on with.
    pub fn show_positions(&mut self, positions: &[LonLat]) {
        let points = positions.iter().filter(|at| at.is_finite());
        self.motion
            .fit_all(points.map(|at| geo::Rect::new(*at, *at)));
    }

    /// Zooms by `levels` about the middle; one level is a factor of two.
    pub fn zoom_by(&mut self, levels: f64) {
        self.motion.zoom_by(levels, None);
    }

    /// Whether what lies in `bounds` (degrees) is well in view.
    pub fn shows(&self, bounds: geo::Rect) -> bool {
        self.motion.now().shows_well(bounds)
    }

    /// Whether it would be, if the map looked there.
    pub fn would_show(&self, bounds: geo::Rect, center: LonLat, zoom: f64) -> bool {
        View::new(center, zoom, self.motion.now().rect).shows_well(bounds)
    }

    pub fn set_view(&mut self, center: LonLat, zoom: f64) {
        self.motion.set(center, zoom);
    }

    pub fn zoom(&self) -> f64 {
        self.motion.zoom()
    }

    pub fn center(&self) -> LonLat {
        self.motion.center()
    }
}

/// Draws the map into the room that is left and returns what the user wants.
///
/// A finished ring comes back as `Command::Draw` or `Reshape` while the tool stays in hand: put it
/// away when the commit has succeeded, so that a refusal loses no drawing.
#[must_use]
pub fn map_ui(ui: &mut Ui, state: &mut MapState, input: MapInput<'_>) -> Vec<Action> {
    let palette = Palette::of(ui.visuals());
    let language = input.language;
    let room = ui.available_rect_before_wrap();
    state.motion.settle(room, ui.input(|input| input.stable_dt));
    state.scene.update(
        input.survey,
        input.survey_revision,
        input.theme,
        input.items,
        ui.ctx(),
    );
    state.borders.update(input.districts);

    let mut attributions = Vec::new();
    attributions.extend(input.basemap.as_ref().map(|tiles| tiles.attribution().text));
    attributions.extend(
        input
            .overlays
            .iter()
            .map(|(tiles, _)| tiles.attribution().text),
    );
    ui.painter().rect_filled(room, 0.0, palette.ground);
    let response = state.motion.show(ui, input.basemap, input.overlays);
    let view = state.motion.view(response.rect);
    let painter = ui.painter().with_clip_rect(response.rect);

    estates::paint(
        &painter,
        &view,
        state.renderer,
        &state.scene,
        &state.borders,
        palette,
    );
    paint_selection(&painter, &view, &state.scene, input.selection, palette);
    if let Some(past) = input.past_outline {
        let rings = outline::rings(past, &view);
        let stroke = Stroke::new(2.0, palette.second);
        outline::paint_with_halo(&painter, &rings, stroke, palette.halo, Dash::Dashed);
    }
    if let Some(pair) = input.highlighted {
        Difference::of(&mut state.difference, input.survey, pair).paint(&painter, &view, palette);
    }
    labels::paint_districts(&painter, &view, &state.borders.names, palette);
    labels::paint(
        &painter,
        &view,
        &state.scene,
        input.selection,
        input.findings,
        palette,
    );

    let desk = Desk {
        view,
        painter: &painter,
        response: &response,
        palette,
        language,
    };
    let mut actions = match input.tool {
        Tool::Select => select::ui(&desk, &state.scene, input.survey),
        Tool::Draw { ring, for_estate } => sketch::ui(ui, &desk, ring, *for_estate),
        Tool::EditVertices { estate } => {
            vertices::ui(ui, &desk, input.survey, *estate, &mut state.grab)
        }
    };
    actions.extend(state.point_at(desk.pointer().map(|at| view.unproject(at))));
    state.motion.wheel(ui, &response, input.tool);
    if response.has_focus() {
        state.motion.pan_by_arrows(ui, &response);
        let ring = Stroke::new(2.0, palette.selection);
        let inside = response.rect.shrink(1.0);
        painter.rect_stroke(inside, 0.0, ring, egui::StrokeKind::Inside);
    }

    furniture::scale_and_attribution(&painter, &view, &attributions, palette, language);
    if let Some(text) = input.notice {
        furniture::notice(&painter, &view, text, palette);
    }
    furniture::legend_panel(
        ui,
        &view,
        &mut state.legend,
        input.theme,
        &state.scene,
        palette,
        language,
    );
    match furniture::zoom_buttons(ui, &view, language) {
        Some(ViewChange::In) => state.zoom_by(1.0),
        Some(ViewChange::Out) => state.zoom_by(-1.0),
        Some(ViewChange::FitSurvey) => state.show_survey(input.survey),
        None => {}
    }
    if state.motion.is_moving() {
        ui.ctx().request_repaint();
    }
    let name = language.text("map.name");
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
    actions
}

impl MapState {
    /// Tells where the pointer is when that has changed.
    fn point_at(&mut self, at: Option<LonLat>) -> Option<Action> {
        if self.pointed_at == at {
            return None;
        }
        self.pointed_at = at;
        Some(Action::PointAt(at))
    }
}

fn paint_selection(
    painter: &Painter,
    view: &View,
    scene: &Scene,
    selection: &[EstateId],
    palette: &Palette,
) {
    /// Thousands selected are seen by number, not one by one.
    const MOST_OUTLINES: usize = 1000;
    let stroke = Stroke::new(3.0, palette.selection);
    for slot in selection
        .iter()
        .take(MOST_OUTLINES)
        .filter_map(|id| scene.slot(*id))
    {
        if let Some(boundary) = slot.boundary() {
            let rings = outline::rings(boundary, view);
            let extent = Rect::from_points(&rings.concat());
            if extent.intersects(view.rect) {
                outline::paint_with_halo(painter, &rings, stroke, palette.halo, Dash::Solid);
            }
        } else if let Some(at) = slot.waiting_at() {
            painter.circle_stroke(view.project(at), 9.0, stroke);
        }
    }
}
