//! «不漏» on the map: how communities stand, over the basemap and under the estates; gaps and what
//! was searched, over them.

mod areas;
mod cells;
mod gaps;
mod legend;

pub use areas::CommunityAreas;
pub use cells::{CellMap, MOST as MOST_CELLS};
pub use gaps::GapMap;

use super::labels::paint_haloed;
use super::outline::{self, Dash, Lean};
use super::view::View;
use crate::model::{CommunityCode, LonLat};
use crate::rules::communities::CommunityStanding;
use crate::ui::action::{Action, CoverageAction};
use crate::ui::icons;
use crate::ui::theme::{ICON_SIZE, Palette};
use egui::{Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke};
use std::collections::{BTreeMap, BTreeSet};

pub(super) use legend::legend_panel;

const FILL_OPACITY: f32 = 0.35;
/// More than a screen can tell apart, and than a frame has time for.
const MOST_CORNERS: usize = 60_000;
/// A sign is drawn in what is at least this large on the screen, in points.
const LEAST_FOR_SIGN: f32 = 24.0;

/// What of it the map shows; nothing as a rule.
#[derive(Default)]
pub struct CoverageLayers<'a> {
    pub communities: Option<CommunityMap<'a>>,
    pub gaps: Option<GapMap<'a>>,
    pub cells: Option<CellMap<'a>>,
}

impl CoverageLayers<'_> {
    /// What a click means beside every estate: the cell, gap or community around it.
    pub(super) fn meant(&self, at: LonLat) -> Option<Action> {
        if let Some(index) = self.gaps.as_ref().and_then(|gaps| gaps.at(at)) {
            return Some(Action::Coverage(CoverageAction::PickGap(index)));
        }
        let communities = self.communities.as_ref()?;
        communities.at(at).map(Action::ShowCommunity)
    }

    /// The cell that a click is about, while cells are marked.
    pub(super) fn marked(&self, at: LonLat) -> Option<Action> {
        let cells = self.cells.as_ref().filter(|cells| cells.marking.is_on())?;
        let cell = cells.at(at);
        Some(Action::Coverage(CoverageAction::ToggleCell(cell)))
    }

    pub(super) fn paint_under(&self, painter: &Painter, view: &View, palette: &Palette) {
        if let Some(communities) = &self.communities {
            paint(painter, view, communities, palette);
        }
    }

    pub(super) fn paint_over(&self, painter: &Painter, view: &View, palette: &Palette) {
        if let Some(cells) = &self.cells {
            cells::paint(painter, view, cells, palette);
        }
        if let Some(gaps) = &self.gaps {
            gaps::paint(painter, view, gaps, palette);
        }
    }
}

/// How communities stand, for the map to show.
pub struct CommunityMap<'a> {
    /// `None` where no layer with their borders is loaded.
    pub areas: Option<&'a CommunityAreas>,
    /// Of a street, how the worst of its communities stands.
    pub standing: &'a dyn Fn(&str) -> Option<CommunityStanding>,
    pub counts: BTreeMap<CommunityStanding, usize>,
    pub picked: &'a BTreeSet<CommunityCode>,
}

impl CommunityMap<'_> {
    /// The community around a position.
    pub fn at(&self, position: LonLat) -> Option<CommunityCode> {
        let areas = self.areas?;
        areas.at(position).find_map(|code| code.parse().ok())
    }
}

/// The sign of how a community stands; no colour alone says it.
pub fn standing_icon(standing: CommunityStanding) -> &'static str {
    match standing {
        CommunityStanding::Signed => icons::CHECK_CIRCLE,
        CommunityStanding::Nil => icons::MINUS_CIRCLE,
        CommunityStanding::Nothing => icons::CIRCLE_DASHED,
        CommunityStanding::Contradiction => icons::WARNING,
    }
}

fn paint(painter: &Painter, view: &View, map: &CommunityMap, palette: &Palette) {
    let Some(areas) = map.areas else { return };
    let mut left = MOST_CORNERS;
    let mut signs = Vec::new();
    for area in areas.within(view.bounds()) {
        let Some(standing) = (map.standing)(&area.code) else {
            continue;
        };
        if area.corners.len() > left {
            break;
        }
        left -= area.corners.len();
        let color = color(palette, standing);
        fill(painter, view, area, color);
        let rings = outline::rings(&area.boundary, view);
        pattern(painter, &rings, standing, color);
        let is_picked = area
            .code
            .parse()
            .is_ok_and(|code| map.picked.contains(&code));
        match is_picked {
            true => {
                let stroke = Stroke::new(3.0, palette.selection);
                outline::paint_with_halo(painter, &rings, stroke, palette.halo, Dash::Solid);
            }
            false => outline::paint(painter, &rings, Stroke::new(1.5, color), Dash::Solid),
        }
        let extent = Rect::from_points(&rings.concat());
        if extent.size().min_elem() >= LEAST_FOR_SIGN {
            signs.push((view.project(area.anchor), standing));
        }
    }
    // Last, so that no neighbour's fill lies over them.
    for (at, standing) in signs {
        sign(painter, at, standing, palette);
    }
}

fn color(palette: &Palette, standing: CommunityStanding) -> Color32 {
    palette.communities[standing as usize]
}

fn fill(painter: &Painter, view: &View, area: &areas::Area, color: Color32) {
    let color = color.gamma_multiply(FILL_OPACITY);
    let mut mesh = Mesh::default();
    for corner in &area.corners {
        mesh.colored_vertex(view.project(*corner), color);
    }
    mesh.indices.extend(&area.triangles);
    if mesh.vertices.iter().all(|vertex| vertex.pos.is_finite()) {
        painter.add(Shape::mesh(mesh));
    }
}

/// Plain, leaning left, leaning right, crossed: told apart in black and white too.
fn pattern(painter: &Painter, rings: &[Vec<Pos2>], standing: CommunityStanding, color: Color32) {
    let leans: &[Lean] = match standing {
        CommunityStanding::Signed => &[],
        CommunityStanding::Nil => &[Lean::Left],
        CommunityStanding::Nothing => &[Lean::Right],
        CommunityStanding::Contradiction => &[Lean::Left, Lean::Right],
    };
    for lean in leans {
        outline::hatch(painter, rings, Stroke::new(1.0, color), 9.0, *lean);
    }
}

fn sign(painter: &Painter, at: Pos2, standing: CommunityStanding, palette: &Palette) {
    let font = FontId::proportional(ICON_SIZE);
    let icon = standing_icon(standing).to_owned();
    let galley = painter.layout_no_wrap(icon, font, palette.label);
    let rect = Align2::CENTER_CENTER.anchor_size(at, galley.size());
    paint_haloed(painter, rect.min, galley, palette.label, palette.halo);
}
