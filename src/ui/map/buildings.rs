//! Buildings on the map: footprints and points with their numbers, once they are large enough to
//! be told apart.

use super::labels::{paint_haloed, without_overlap};
use super::outline::{self, Dash};
use super::scene::Scene;
use super::tools::{Desk, REACH_POINTS};
use super::view::View;
use crate::edit::{BuildingCommand, Command};
use crate::model::{Boundary, Building, BuildingId, LonLat, Survey};
use crate::ui::action::Action;
use crate::ui::preferences::Switch;
use crate::ui::theme::{Palette, SMALL_SIZE};
use crate::words::buildings as words;
use egui::{
    Align2, Color32, CursorIcon, FontId, Key, Mesh, Modifiers, Painter, Pos2, Rect, Shape, Stroke,
    Ui, vec2,
};
use geo::{Area, Contains, IsConvex};
use std::sync::Arc;

/// From here on a block of flats is larger than a dot.
const FROM_ZOOM: f64 = 16.0;
const NUMBERS_FROM_ZOOM: f64 = 17.0;
/// More than a screen can tell apart.
const MOST: usize = 4_000;
const MOST_NUMBERS: usize = 300;
/// Of numbers in view, these are tried for a label.
const MOST_CANDIDATES: usize = 1_000;
const FILL_OPACITY: f32 = 0.55;
/// Half the side of the square that stands for a building without a footprint.
const POINT_SIZE: f32 = 4.0;

/// The buildings in view.
pub struct Shown<'a> {
    buildings: Vec<&'a Arc<Building>>,
    view: View,
}

impl<'a> Shown<'a> {
    /// Those of the estates in view; none where they are switched off or too small.
    pub fn of(survey: &'a Survey, scene: &Scene, view: View, switch: Switch) -> Self {
        let mut buildings = Vec::new();
        if switch.is_on() && view.zoom >= FROM_ZOOM {
            let slots = scene.within(view.bounds());
            let counted = slots
                .filter(|slot| slot.estate.standing.is_counted())
                .filter(|slot| !scene.is_left_out(slot.estate.id));
            let mut estates: Vec<_> = counted.map(|slot| slot.estate.id).collect();
            // Labels must not dance while the map moves.
            estates.sort();
            for estate in estates {
                buildings.extend(survey.buildings_of(estate));
                if buildings.len() > MOST {
                    break;
                }
            }
        }
        Self { buildings, view }
    }

    /// All of them as two meshes: thousands of shapes would each be tessellated in every frame.
    pub fn paint(&self, painter: &Painter, picked: Option<BuildingId>, palette: &Palette) {
        let fill = palette.building.gamma_multiply(FILL_OPACITY);
        let (mut areas, mut lines) = (Mesh::default(), Mesh::default());
        let mut corners = Vec::new();
        for building in &self.buildings {
            let stroke = match picked == Some(building.id) {
                true => Stroke::new(3.0, palette.selection),
                false => Stroke::new(1.2, palette.outline),
            };
            let Some(footprint) = &building.footprint else {
                self.paint_point(painter, building, fill, stroke);
                continue;
            };
            let filled = is_filled(footprint);
            for ring in footprint.iter().flat_map(rings_of) {
                corners.clear();
                corners.extend(ring.0.iter().map(|at| self.view.project((*at).into())));
                let extent = Rect::from_points(&corners);
                if !extent.is_finite() || !extent.intersects(self.view.rect) {
                    continue;
                }
                if filled {
                    push_fan(&mut areas, &corners, fill);
                }
                for side in corners.windows(2) {
                    push_side(&mut lines, side[0], side[1], stroke);
                }
            }
        }
        painter.add(Shape::mesh(areas));
        painter.add(Shape::mesh(lines));
    }

    /// The numbers, the picked building's first, where the estates' `names` leave room.
    pub fn paint_numbers(
        &self,
        painter: &Painter,
        picked: Option<BuildingId>,
        names: &[Rect],
        palette: &Palette,
    ) {
        if self.view.zoom < NUMBERS_FROM_ZOOM {
            return;
        }
        let numbered = self.buildings.iter().filter(|b| !b.number.is_empty());
        let in_view = numbered.filter_map(|building| {
            let at = self.view.project(building.anchor()?);
            self.view.rect.contains(at).then_some((building, at))
        });
        let mut in_view: Vec<_> = in_view.collect();
        in_view.sort_by_key(|(building, _)| picked != Some(building.id));
        // Laying out a text costs more than finding that it has no room.
        in_view.truncate(MOST_CANDIDATES);
        let labels = in_view.into_iter().map(|(building, at)| {
            let font = FontId::proportional(SMALL_SIZE);
            let galley = painter.layout_no_wrap(building.number.clone(), font, palette.label);
            let (anchor, at) = match building.footprint {
                Some(_) => (Align2::CENTER_CENTER, at),
                None => (Align2::CENTER_TOP, at + vec2(0.0, POINT_SIZE)),
            };
            [(anchor.anchor_size(at, galley.size()), galley)]
        });
        for (rect, galley) in without_overlap(labels, self.view.rect, names, MOST_NUMBERS) {
            paint_haloed(painter, rect.min, galley, palette.label, palette.halo);
        }
    }

    fn paint_point(&self, painter: &Painter, building: &Building, fill: Color32, stroke: Stroke) {
        let Some(at) = building.position else { return };
        let at = self.view.project(at);
        let square = Rect::from_center_size(at, vec2(2.0, 2.0) * POINT_SIZE);
        if square.intersects(self.view.rect) {
            painter.rect(square, 1.0, fill, stroke, egui::StrokeKind::Middle);
        }
    }

    /// The building under the pointer: a point in reach, else the smallest footprint around it.
    pub fn under(&self, pointer: Option<Pos2>) -> Option<&'a Arc<Building>> {
        let pointer = pointer?;
        let position = self.view.unproject(pointer);
        let distance = |building: &Building| match (&building.footprint, building.position) {
            (None, Some(at)) => Some(self.view.project(at).distance(pointer)),
            _ => None,
        };
        let points = self.buildings.iter().copied();
        let nearest = points
            .filter_map(|building| Some((distance(building)?, building)))
            .filter(|(distance, _)| *distance <= REACH_POINTS)
            .min_by(|(a, _), (b, _)| a.total_cmp(b));
        if let Some((_, building)) = nearest {
            return Some(building);
        }
        let around = self.buildings.iter().copied();
        around
            .filter_map(|building| Some((building, building.footprint.as_deref()?)))
            .filter(|(_, footprint)| contains(footprint, position))
            .min_by(|(_, a), (_, b)| a.unsigned_area().total_cmp(&b.unsigned_area()))
            .map(|(building, _)| building)
    }
}

fn rings_of(polygon: &geo::Polygon) -> impl Iterator<Item = &geo::LineString> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// A convex ring, filled.
fn push_fan(mesh: &mut Mesh, corners: &[Pos2], color: Color32) {
    let first = mesh.vertices.len() as u32;
    for corner in corners {
        mesh.colored_vertex(*corner, color);
    }
    for index in 1..corners.len().saturating_sub(1) as u32 {
        mesh.add_triangle(first, first + index, first + index + 1);
    }
}

/// A side as a thin quadrilateral, a little longer than it is so that corners are closed.
fn push_side(mesh: &mut Mesh, from: Pos2, to: Pos2, stroke: Stroke) {
    let along = (to - from).normalized() * (stroke.width / 2.0);
    let across = along.rot90();
    let first = mesh.vertices.len() as u32;
    for corner in [
        from - along - across,
        from - along + across,
        to + along + across,
        to + along - across,
    ] {
        mesh.colored_vertex(corner, stroke.color);
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first, first + 2, first + 3);
}

/// Delete takes the picked building away, unless somebody is typing.
pub fn keys(ui: &Ui, picked: Option<BuildingId>) -> Option<Action> {
    let picked = picked.filter(|_| !ui.ctx().egui_wants_keyboard_input())?;
    let pressed = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Delete));
    pressed.then(|| {
        let buildings = vec![picked];
        Action::Edit(Command::Building(BuildingCommand::Delete { buildings }))
    })
}

/// What a building under the pointer shows.
pub fn hover(desk: &Desk, building: &Building) {
    let stroke = Stroke::new(2.0, desk.palette.hover);
    if let Some(footprint) = &building.footprint {
        let rings = outline::rings(footprint, &desk.view);
        outline::paint(desk.painter, &rings, stroke, Dash::Solid);
    } else if let Some(at) = building.position {
        let at = desk.view.project(at);
        let square = Rect::from_center_size(at, vec2(2.0, 2.0) * (POINT_SIZE + 2.0));
        let none = Color32::TRANSPARENT;
        desk.painter
            .rect(square, 1.0, none, stroke, egui::StrokeKind::Middle);
    }
    desk.response.ctx.set_cursor_icon(CursorIcon::PointingHand);
    let lines = words::known_values(desk.language, building);
    desk.response.clone().on_hover_ui_at_pointer(|ui| {
        ui.strong(words::number_text(desk.language, &building.number));
        for line in lines {
            ui.label(line);
        }
    });
}

fn contains(footprint: &Boundary, position: LonLat) -> bool {
    footprint.contains(&geo::Coord::from(position))
}

/// egui fills convex shapes alone; a bent block is told by its outline.
fn is_filled(footprint: &Boundary) -> bool {
    match footprint.0.as_slice() {
        [polygon] => polygon.interiors().is_empty() && polygon.exterior().is_convex(),
        _ => false,
    }
}
