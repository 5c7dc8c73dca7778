//! The map panel: the layers of the basemap, every estate, labels, and the tool in hand.
//!
//! [`map_ui`] draws a survey and returns what the user wants; what the map itself remembers
//! (where it looks, what is uploaded, a corner in the hand) is in [`MapState`]. Nothing here
//! changes a record.

mod buildings;
mod class;
mod coverage;
mod estates;
mod furniture;
mod gpu;
mod guides;
mod input;
mod labels;
mod layers;
mod legend;
mod me;
mod mesh;
mod motion;
mod outline;
mod photos;
mod problems;
mod review;
mod scene;
#[cfg(test)]
mod tests;
mod tools;
mod trial;
pub mod view;

pub use class::{
    Certainty, Chosen, Class, Classed, EstateFacts, LegendEntry, Pattern, Progress, ThemeFacts,
    Theming, class_of, legend,
};
pub use coverage::{
    CellMap, CommunityAreas, CommunityMap, CoverageLayers, GapMap, MOST_CELLS, standing_icon,
};
pub use estates::District;
pub use motion::{enclosing, extent};
pub use scene::Listed;
pub use tools::corners::Ground;
pub use tools::finish::{Cut, Finished, finish};
pub use tools::mend::{Mended, mended, ring_fix_text};
pub use tools::simpler::{FIRST_TOLERANCE_M, coarser, finer};

use crate::model::{EstateId, LonLat, Survey};
use crate::ui::action::{Action, Selection};
use crate::ui::context_menu::ContextInput;
use crate::ui::preferences::Switch;
use crate::ui::theme::Palette;
use crate::ui::tool::Tool;
use buildings::Shown;
use egui::{DragPanButtons, Painter, Rect, Stroke, Ui, WidgetInfo};
use estates::{Borders, Colours, Renderer};
use furniture::ViewChange;
use guides::Guides;
pub use input::MapInput;
pub use layers::{DrawnLayer, ShownLayer};
use legend::{Fold, Legend, LegendInput};
use motion::Motion;
use outline::Dash;
use photos::PhotoPlaces;
use problems::Problems;
use review::Difference;
pub use review::pair_sample;
use scene::Scene;
use tools::captions::Captions;
use tools::marquee::Marquee;
use tools::{Desk, marks, marquee, select, simpler, sketch, vertices, whole};
use view::View;

/// What the map remembers between frames. None of it is part of the survey.
pub struct MapState {
    motion: Motion,
    renderer: Renderer,
    scene: Scene,
    borders: Borders,
    guides: Guides,
    /// The line measured last.
    measured: Vec<LonLat>,
    legend: Legend,
    /// … and while a pair is under review, when the map has other things to show.
    review_fold: Option<Fold>,
    vertices: vertices::Hand,
    whole: whole::Hand,
    simpler: simpler::Preview,
    problems: Problems,
    marquee: Option<Marquee>,
    difference: Option<Difference>,
    photos: PhotoPlaces,
    pointed_at: Option<LonLat>,
    /// The map itself, as egui knows it.
    widget: Option<egui::Id>,
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
            guides: Guides::default(),
            measured: Vec::new(),
            legend: Legend::default(),
            review_fold: Some(Fold::Folded),
            vertices: vertices::Hand::default(),
            whole: whole::Hand::default(),
            simpler: simpler::Preview::default(),
            problems: Problems::default(),
            marquee: None,
            difference: None,
            photos: PhotoPlaces::default(),
            pointed_at: None,
            widget: None,
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
        self.photos.invalidate();
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

    /// Leaves a measured line on the map until Esc or the next click with the tool.
    pub fn show_measured(&mut self, line: Vec<LonLat>) {
        self.measured = line;
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

    /// Whether a key that is pressed means the map, and no box or button.
    pub fn has_keyboard(&self, context: &egui::Context) -> bool {
        let focused = context.memory(|memory| memory.focused());
        self.widget.is_some() && focused == self.widget
    }

    /// The box around the line that was measured last, in degrees.
    pub fn measured_bounds(&self) -> Option<geo::Rect> {
        let points = self.measured.iter().map(|at| geo::Rect::new(*at, *at));
        points.reduce(enclosing)
    }

    /// What is seen, in degrees.
    pub fn bounds(&self) -> geo::Rect {
        self.motion.now().bounds()
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
/// A sketch that is finished comes back as `Verb::FinishSketch` while the tool stays in hand: put it
/// away when the commit of what [`finish`] gives has succeeded, so that a refusal loses no drawing.
#[must_use]
pub fn map_ui(ui: &mut Ui, state: &mut MapState, input: MapInput<'_>) -> Vec<Action> {
    let palette = Palette::of(ui.visuals());
    let language = input.language;
    let room = ui.available_rect_before_wrap();
    state.motion.settle(room, ui.input(|input| input.stable_dt));
    state
        .scene
        .update(input.survey, input.survey_revision, input.theming, ui.ctx());
    state.scene.show(input.listed);
    state.borders.update(input.districts);
    state.photos.update(input.survey, input.survey_revision);
    state.guides.update(input.districts);

    ui.painter().rect_filled(room, 0.0, palette.ground);
    let panning = match drags(ui, state, &input, &state.motion.view(room)) {
        true => DragPanButtons::MIDDLE,
        false => DragPanButtons::PRIMARY | DragPanButtons::MIDDLE,
    };
    let response = state.motion.show(ui, panning);
    state.widget = Some(response.id);
    let view = state.motion.view(response.rect);
    let painter = ui.painter().with_clip_rect(response.rect);
    let attributions = match input.basemap {
        Some(basemap) => {
            basemap.paint(&painter, &view);
            basemap.attributions(view.zoom)
        }
        None => Vec::new(),
    };

    input.coverage.paint_under(&painter, &view, palette);
    estates::paint(
        &painter,
        &view,
        state.renderer,
        &state.scene,
        &state.borders,
        input.references,
        Colours {
            palette,
            ramp: input.theming.look.ramp,
        },
    );
    layers::paint_points(&painter, &view, input.references, palette);
    input.coverage.paint_over(&painter, &view, palette);
    paint_selection(&painter, &view, &state.scene, input.selection, palette);
    if let Some(past) = input.past_outline {
        let rings = outline::rings(past, &view);
        let stroke = Stroke::new(2.0, palette.second);
        outline::paint_with_halo(&painter, &rings, stroke, palette.halo, Dash::Dashed);
    }
    if let Some(pair) = input.highlighted {
        let difference = Difference::of(&mut state.difference, input.survey, pair);
        difference.paint(&painter, &view, palette, language);
    }
    let shown = Shown::of(input.survey, &state.scene, view, input.buildings);
    shown.paint(&painter, input.building, palette);
    labels::paint_districts(&painter, &view, &state.borders.names, palette);
    let names = labels::paint(
        &painter,
        &view,
        &state.scene,
        input.selection,
        input.findings,
        palette,
    );
    shown.paint_numbers(&painter, input.building, &names, palette);
    layers::paint_labels(&painter, &view, input.references, &names, palette);

    me::paint(&painter, &view, input.me, input.track, palette);
    trial::paint(&painter, &view, input.trial, palette);

    let desk = Desk {
        view,
        painter: &painter,
        response: &response,
        palette,
        language,
        survey: input.survey,
        revision: input.survey_revision,
        selection: input.selection,
        scene: &state.scene,
        guides: guides_of(&state.guides, input.references),
        aids: input.aids,
        tracing: input.tracing,
        keys: input.keys,
        captions: Captions::beside(furniture::floating(ui, &view).chain(pointer_sign(&response))),
    };
    let menu = ContextInput {
        language,
        available: input.available,
        keys: input.keys,
    };
    desk.keep_keyboard(input.tool);
    if let (Tool::Select, [one]) = (input.tool, input.selection) {
        let flaws = state.problems.look(&state.scene, *one, desk.revision);
        marks::paint_flaws(&desk, flaws, Switch::Off);
    }
    // A sketch, a box being drawn and an open menu have the pointer for themselves.
    let is_busy = *input.tool != Tool::Select
        || state.marquee.is_some()
        || response.secondary_clicked()
        || response.context_menu_opened();
    let pointer = desk.pointer().filter(|_| !is_busy);
    let on_photo = input
        .photos
        .and_then(|pictures| photos::ui(&desk, &state.photos, pictures, pointer, &names));
    let mut actions = match input.tool {
        Tool::Select if on_photo.is_some() => on_photo.unwrap_or_default(),
        Tool::Select => {
            let building = shown.under(response.hover_pos());
            let building = building.map(|building| &**building);
            let mut actions = select::ui(&desk, building, menu, &mut state.marquee);
            actions.extend(buildings::keys(ui, input.building));
            actions
        }
        Tool::Sketch(sketch) => sketch::ui(&desk, sketch, &mut state.measured),
        Tool::EditVertices { estate } => vertices::ui(
            ui,
            &desk,
            menu,
            *estate,
            &mut state.vertices,
            &mut state.marquee,
        ),
        Tool::Move => whole::ui(ui, &desk, &mut state.whole),
        Tool::Simplify { tolerance_m } => simpler::ui(ui, &desk, *tolerance_m, &mut state.simpler),
    };
    if !matches!(input.tool, Tool::EditVertices { .. }) {
        state.vertices = vertices::Hand::default();
    }
    if *input.tool != Tool::Move {
        state.whole = whole::Hand::default();
    }
    let pointed_at = desk.pointer().map(|at| view.unproject(at));
    actions.extend(state.point_at(pointed_at));
    if let Some(at) = state.vertices.look_at.take() {
        state.motion.reveal(at);
    }
    let clicked = pointed_at.filter(|_| response.clicked() && *input.tool == Tool::Select);
    if let Some(marked) = clicked.and_then(|at| input.coverage.marked(at)) {
        actions.retain(|action| !matches!(action, Action::Select(_)));
        actions.push(marked);
    } else if actions.contains(&Action::Select(Selection::Nothing)) {
        actions.extend(clicked.and_then(|at| input.coverage.meant(at)));
    }
    state.motion.wheel(ui, &response, input.tool);
    state.motion.arrow_keys(ui, response.id);

    furniture::scale_and_attribution(&painter, &view, &attributions, palette, language);
    if let Some(text) = input.notice {
        actions.extend(furniture::notice_panel(ui, &view, text, language));
    }
    // While a pair is under review the map has other things to show.
    let is_review = input.highlighted.is_some();
    if is_review {
        std::mem::swap(&mut state.legend.fold, &mut state.review_fold);
    }
    let of_theme = LegendInput {
        theming: input.theming,
        settings: input.survey.settings(),
        scene: &state.scene,
        palette,
        language,
    };
    actions.extend(legend::legend_panel(
        ui,
        &view,
        &mut state.legend,
        &of_theme,
    ));
    if is_review {
        std::mem::swap(&mut state.legend.fold, &mut state.review_fold);
    }
    if let Some((_, difference)) = input.highlighted.zip(state.difference.as_ref()) {
        review::pair_legend(ui, &view, difference, input.survey, palette, language);
    }
    if let Some(map) = &input.coverage.communities {
        actions.extend(coverage::legend_panel(ui, &view, map, palette, language));
    }
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

/// What corners are drawn to besides estates: district borders, and the layers that are meant to.
fn guides_of<'a>(districts: &'a Guides, references: &[ShownLayer<'a>]) -> Vec<&'a Guides> {
    let snapping = references.iter().filter(|shown| shown.snaps.is_on());
    std::iter::once(districts)
        .chain(snapping.map(|shown| shown.layer.guides()))
        .collect()
}

/// Whether a drag with the main button means something to the tool in hand, and must not pan.
fn drags(ui: &Ui, state: &MapState, input: &MapInput<'_>, view: &View) -> bool {
    match input.tool {
        Tool::Select | Tool::EditVertices { .. } => marquee::wants_drag(ui, state.marquee.as_ref()),
        Tool::Move => whole::wants_drag(ui, &state.whole, view),
        Tool::Sketch(_) | Tool::Simplify { .. } => false,
    }
}

/// What the arrow of the mouse covers.
fn pointer_sign(response: &egui::Response) -> Option<Rect> {
    let at = response.hover_pos()?;
    Some(Rect::from_min_size(at, egui::vec2(12.0, 9.0)))
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
