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
        let pixel = 1.0 / painter.pixels_per_point();
        let Figures { areas, lines, .. } = self.figures(picked, palette, pixel);
        painter.add(Shape::mesh(areas));
        painter.add(Shape::mesh(lines));
    }

    /// What of them lies in view, with edges as soft as a `pixel` (in points).
    fn figures(&self, picked: Option<BuildingId>, palette: &Palette, pixel: f32) -> Figures {
        let fill = palette.building.gamma_multiply(FILL_OPACITY);
        let mut figures = Figures::softened(pixel);
        let mut corners = Vec::new();
        let is_picked = |building: &&&Arc<Building>| picked == Some(building.id);
        let others = self.buildings.iter().filter(|one| !is_picked(one));
        // Last, so that no neighbour's outline lies over it.
        for building in others.chain(self.buildings.iter().filter(is_picked)) {
            let stroke = match is_picked(&building) {
                true => Stroke::new(3.0, palette.selection),
                false => Stroke::new(1.2, palette.outline),
            };
            let Some(footprint) = &building.footprint else {
                let at = building.position.map(|at| self.view.project(at));
                let square = at.map(square).filter(|square| self.is_seen(square));
                if let Some(square) = square {
                    figures.fill(&square, fill);
                    figures.outline(&square, stroke);
                }
                continue;
            };
            for ring in footprint.iter().flat_map(rings_of) {
                corners.clear();
                corners.extend(ring.0.iter().map(|at| self.view.project((*at).into())));
                if !self.is_seen(&corners) {
                    continue;
                }
                if is_filled(footprint) {
                    figures.fill(&corners, fill);
                }
                figures.outline(&corners, stroke);
            }
        }
        figures
    }

    fn is_seen(&self, corners: &[Pos2]) -> bool {
        // A rectangle passes over what is not finite.
        corners.iter().all(|corner| corner.is_finite())
            && Rect::from_points(corners).intersects(self.view.rect)
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

/// Around a building without a footprint, closed.
fn square(at: Pos2) -> [Pos2; 5] {
    let corner = |x, y| at + vec2(x, y) * POINT_SIZE;
    let first = corner(-1.0, -1.0);
    [
        first,
        corner(1.0, -1.0),
        corner(1.0, 1.0),
        corner(-1.0, 1.0),
        first,
    ]
}

/// Fills, and the outlines that lie over all of them.
#[derive(Default)]
struct Figures {
    areas: Mesh,
    lines: Mesh,
    /// How wide an outline's edge fades, in points: egui softens shapes, not meshes.
    fade: f32,
}

impl Figures {
    fn softened(fade: f32) -> Self {
        Self {
            fade,
            ..Self::default()
        }
    }

    /// A convex ring. Its hard edge lies under the outline.
    fn fill(&mut self, corners: &[Pos2], color: Color32) {
        let mesh = &mut self.areas;
        let first = mesh.vertices.len() as u32;
        for corner in corners {
            mesh.colored_vertex(*corner, color);
        }
        for index in 1..corners.len().saturating_sub(1) as u32 {
            mesh.add_triangle(first, first + index, first + index + 1);
        }
    }

    fn outline(&mut self, corners: &[Pos2], stroke: Stroke) {
        for side in corners.windows(2) {
            self.side(side[0], side[1], stroke);
        }
    }

    /// A side as three thin strips, the outer two fading, a little longer than it is so that
    /// corners are closed.
    fn side(&mut self, from: Pos2, to: Pos2, stroke: Stroke) {
        let direction = (to - from).normalized();
        let along = direction * (stroke.width / 2.0);
        let across = direction.rot90();
        let core = (stroke.width - self.fade).max(0.0) / 2.0;
        let edge = (stroke.width + self.fade) / 2.0;
        let faded = Color32::TRANSPARENT;
        let mesh = &mut self.lines;
        let first = mesh.vertices.len() as u32;
        for (offset, color) in [
            (-edge, faded),
            (-core, stroke.color),
            (core, stroke.color),
            (edge, faded),
        ] {
            mesh.colored_vertex(from - along + across * offset, color);
            mesh.colored_vertex(to + along + across * offset, color);
        }
        for strip in [first, first + 2, first + 4] {
            mesh.add_triangle(strip, strip + 1, strip + 2);
            mesh.add_triangle(strip + 1, strip + 2, strip + 3);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EstateId;
    use egui::pos2;
    use geo::{LineString, Polygon};

    const MIDDLE: LonLat = LonLat {
        lon: 115.892,
        lat: 28.676,
    };
    const PIXEL: f32 = 1.0;

    fn palette() -> &'static Palette {
        Palette::of(&egui::Visuals::light())
    }

    fn building(number: u128) -> Building {
        let [id, estate] = [number, 1].map(uuid::Uuid::from_u128);
        Building::new(BuildingId(id), EstateId(estate))
    }

    /// With the corners of its footprint in ten-thousandths of a degree from the middle.
    fn with_footprint(number: u128, corners: &[(f64, f64)]) -> Building {
        let place = |(east, north): &(f64, f64)| geo::Coord {
            x: MIDDLE.lon + east * 1e-4,
            y: MIDDLE.lat + north * 1e-4,
        };
        let ring: LineString = corners.iter().map(place).collect();
        let footprint = Boundary::from(Polygon::new(ring, Vec::new()));
        Building {
            footprint: Some(Arc::new(footprint)),
            ..building(number)
        }
    }

    fn block(number: u128, east: f64) -> Building {
        let corners = [(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (0.0, 1.0)];
        with_footprint(number, &corners.map(|(x, y)| (x + east, y)))
    }

    fn figures(buildings: &[Building], picked: Option<u128>) -> Figures {
        let buildings: Vec<_> = buildings.iter().cloned().map(Arc::new).collect();
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(800.0, 600.0));
        let shown = Shown {
            buildings: buildings.iter().collect(),
            view: View::new(MIDDLE, 18.0, rect),
        };
        let picked = picked.map(|number| BuildingId(uuid::Uuid::from_u128(number)));
        shown.figures(picked, palette(), PIXEL)
    }

    fn area(mesh: &Mesh) -> f32 {
        let triangles = mesh.indices.chunks_exact(3);
        let areas = triangles.map(|triangle| {
            let [a, b, c] = [0, 1, 2].map(|n| mesh.vertices[triangle[n] as usize].pos);
            ((b - a).x * (c - a).y - (b - a).y * (c - a).x).abs() / 2.0
        });
        areas.sum()
    }

    #[test]
    fn a_footprint_is_filled_within_its_outline() {
        let figures = figures(&[block(1, 0.0)], None);
        let extent = figures.areas.calc_bounds();
        assert!(extent.width() > 30.0 && extent.height() > 15.0, "{extent}");
        assert!((area(&figures.areas) - extent.area()).abs() < 0.5);
        assert!(figures.lines.calc_bounds().contains_rect(extent));
        assert!(figures.areas.is_valid() && figures.lines.is_valid());
    }

    #[test]
    fn an_outline_fades_at_its_edges() {
        let slanted = [(0.0, 0.0), (2.0, 1.0), (1.0, 3.0), (-1.0, 2.0)];
        let figures = figures(&[with_footprint(1, &slanted)], None);
        // Four sides of three strips; the outer corners of each are transparent.
        assert_eq!(figures.lines.indices.len(), 4 * 3 * 6);
        let vertices = figures.lines.vertices.iter();
        let faded = vertices.filter(|vertex| vertex.color == Color32::TRANSPARENT);
        assert_eq!(faded.count() * 2, figures.lines.vertices.len());
    }

    #[test]
    fn a_bent_block_is_told_by_its_outline_alone() {
        let bent = [
            (0.0, 0.0),
            (3.0, 0.0),
            (3.0, 1.0),
            (1.0, 1.0),
            (1.0, 3.0),
            (0.0, 3.0),
        ];
        let figures = figures(&[with_footprint(1, &bent)], None);
        assert!(figures.areas.is_empty());
        assert!(!figures.lines.is_empty());
    }

    #[test]
    fn a_building_out_of_view_adds_nothing() {
        let far = block(1, 500.0);
        let far_point = Building {
            position: Some(LonLat::new(MIDDLE.lon + 0.1, MIDDLE.lat)),
            ..building(2)
        };
        let figures = figures(&[far, far_point], None);
        assert!(figures.areas.is_empty() && figures.lines.is_empty());
    }

    #[test]
    fn a_corner_that_is_no_number_leaves_its_neighbours_on_the_map() {
        let broken = with_footprint(1, &[(0.0, 0.0), (f64::NAN, 0.0), (2.0, 1.0)]);
        let all = figures(&[broken, block(2, 0.0)], None);
        let sound = figures(&[block(2, 0.0)], None);
        assert_eq!(all.areas, sound.areas);
        assert_eq!(all.lines, sound.lines);
    }

    #[test]
    fn no_neighbour_lies_over_the_picked_outline() {
        let figures = figures(&[block(1, 0.0), block(2, 2.0)], Some(1));
        let selection = palette().selection;
        let is_picked = |vertex: &egui::epaint::Vertex| vertex.color == selection;
        let vertices = &figures.lines.vertices;
        let first = vertices.iter().position(is_picked).unwrap();
        assert_eq!(first, vertices.len() / 2 + 2);
    }

    #[test]
    fn a_building_without_a_footprint_is_a_square() {
        let point = Building {
            position: Some(MIDDLE),
            ..building(1)
        };
        let figures = figures(&[point], None);
        let side = 2.0 * POINT_SIZE;
        assert!((area(&figures.areas) - side * side).abs() < 0.01);
        assert!(
            figures
                .areas
                .calc_bounds()
                .center()
                .distance(pos2(400.0, 300.0))
                < 0.01
        );
    }
}
