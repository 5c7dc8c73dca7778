//! Layers of others over the basemap and under the estates: lines from one mesh, points and names
//! as far as they are in view.

use super::guides::Guides;
use super::labels::{paint_haloed, without_overlap};
use super::mesh::{Figure, Mesh};
use super::scene::Style;
use super::view::View;
use crate::model::LonLat;
use crate::reference::{Feature, Layer};
use crate::ui::preferences::Switch;
use crate::ui::theme::{Palette, SMALL_SIZE};
use egui::{Align2, Color32, FontId, Painter, Rect, Stroke};
use geo::{BoundingRect, InteriorPoint};
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};
use std::sync::Arc;

const POINT_RADIUS: f32 = 3.5;
/// More than a screen can tell apart.
const MOST_POINTS: usize = 4_000;
const MOST_CANDIDATES: usize = 800;
const MOST_LABELS: usize = 120;
/// Names of a layer are drawn once its features are larger than their names, as a rule.
const LABELS_FROM_ZOOM: f64 = 11.0;

/// A place, and the name of what lies there (an index into the names).
type Named = GeomWithData<[f64; 2], u32>;

/// A layer made ready to be drawn. Takes as long as the layer is large: not made in a frame.
pub struct DrawnLayer {
    mesh: Arc<Mesh>,
    points: RTree<Named>,
    labels: RTree<Named>,
    names: Vec<String>,
    guides: Guides,
}

impl DrawnLayer {
    pub fn of(layer: &Layer) -> Self {
        let names: Vec<String> = layer
            .features
            .iter()
            .map(|feature| layer.label(feature).to_owned())
            .collect();
        let numbered = || layer.features.iter().zip(0u32..);
        let figures = numbered().flat_map(|(feature, _)| {
            let areas = (!feature.shape.polygons.0.is_empty())
                .then_some(Figure::Line(&feature.shape.polygons));
            let lines = feature.shape.lines.iter().map(Figure::Path);
            areas.into_iter().chain(lines)
        });
        let mesh = Mesh::of(figures.map(|figure| (0, figure)));
        let points = numbered().flat_map(|(feature, number)| {
            let points = feature.shape.points.iter();
            points.map(move |at| Named::new([at.lon, at.lat], number))
        });
        let labels = numbered().filter_map(|(feature, number)| {
            let is_named = !names[number as usize].is_empty();
            let at = is_named.then(|| anchor(feature)).flatten()?;
            Some(Named::new([at.lon, at.lat], number))
        });
        let guides = numbered().flat_map(|(feature, number)| {
            let name = &names[number as usize];
            guide_lines(feature).map(move |line| (name.clone(), line))
        });
        Self {
            mesh: Arc::new(mesh),
            points: RTree::bulk_load(points.collect()),
            labels: RTree::bulk_load(labels.collect()),
            guides: Guides::of_lines(guides),
            names,
        }
    }

    pub fn guides(&self) -> &Guides {
        &self.guides
    }

    pub fn mesh(&self) -> &Arc<Mesh> {
        &self.mesh
    }
}

/// How a layer is drawn now.
#[derive(Clone, Copy)]
pub struct ShownLayer<'a> {
    pub layer: &'a DrawnLayer,
    /// An index into [`Palette::references`].
    pub color: usize,
    pub labels: Switch,
    /// Whether corners are drawn to its lines.
    pub snaps: Switch,
}

impl ShownLayer<'_> {
    pub fn style(&self) -> Style {
        Style::reference(self.color)
    }
}

/// The points of the layers; their lines are drawn with the estates' meshes.
pub fn paint_points(painter: &Painter, view: &View, shown: &[ShownLayer], palette: &Palette) {
    for shown in shown {
        let color = color(palette, shown.color);
        for point in shown
            .layer
            .points
            .locate_in_envelope(envelope(view))
            .take(MOST_POINTS)
        {
            let [lon, lat] = *point.geom();
            let at = view.project(LonLat::new(lon, lat));
            painter.circle(at, POINT_RADIUS, color, Stroke::new(1.0, palette.halo));
        }
    }
}

/// The names of the layers' features, where the estates' `names` leave room.
pub fn paint_labels(
    painter: &Painter,
    view: &View,
    shown: &[ShownLayer],
    names: &[Rect],
    palette: &Palette,
) {
    if view.zoom < LABELS_FROM_ZOOM {
        return;
    }
    for shown in shown.iter().filter(|shown| shown.labels.is_on()) {
        let color = color(palette, shown.color);
        let in_view = shown.layer.labels.locate_in_envelope(envelope(view));
        let mut labels: Vec<_> = in_view.take(MOST_CANDIDATES).collect();
        // Labels must not dance while the map moves.
        labels.sort_by_key(|label| label.data);
        let laid_out = labels.into_iter().map(|label| {
            let [lon, lat] = *label.geom();
            let text = shown.layer.names[label.data as usize].clone();
            let font = FontId::proportional(SMALL_SIZE);
            let galley = painter.layout_no_wrap(text, font, color);
            let at = view.project(LonLat::new(lon, lat));
            [(Align2::CENTER_CENTER.anchor_size(at, galley.size()), galley)]
        });
        for (rect, galley) in without_overlap(laid_out, view.rect, names, MOST_LABELS) {
            paint_haloed(painter, rect.min, galley, color, palette.halo);
        }
    }
}

fn color(palette: &Palette, index: usize) -> Color32 {
    palette.references[index % palette.references.len()]
}

fn envelope(view: &View) -> AABB<[f64; 2]> {
    let bounds = view.bounds();
    let corner = |at: geo::Coord| [at.x, at.y];
    AABB::from_corners(corner(bounds.min()), corner(bounds.max()))
}

/// Where the name of a feature stands.
fn anchor(feature: &Feature) -> Option<LonLat> {
    let shape = &feature.shape;
    if let Some(point) = shape.points.first() {
        return Some(*point);
    }
    let of_areas = || {
        let inside = shape.polygons.interior_point()?;
        Some(inside.0.into())
    };
    let of_lines = || {
        let line = shape.lines.iter().max_by_key(|line| line.0.len())?;
        line.0.get(line.0.len() / 2).map(|at| (*at).into())
    };
    let has_area = shape.polygons.bounding_rect().is_some();
    match has_area {
        true => of_areas(),
        false => of_lines(),
    }
}

fn guide_lines(feature: &Feature) -> impl Iterator<Item = Vec<LonLat>> {
    let positions = |line: &geo::LineString| line.0.iter().map(|at| LonLat::from(*at)).collect();
    let rings = feature
        .shape
        .polygons
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    feature.shape.lines.iter().chain(rings).map(positions)
}
