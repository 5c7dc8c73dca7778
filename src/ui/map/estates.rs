//! Every drawn record and the district borders: on the GPU, or where there is none by egui.

use super::class::Class;
use super::gpu::{self, Detail, Frame, Layer};
use super::layers::ShownLayer;
use super::mesh::{Cell, Figure, Mesh};
use super::scene::{Scene, Style};
use super::view::View;
use crate::model::{Boundary, LonLat, Ramp};
use crate::ui::theme::Palette;
use egui::{Color32, Painter, Pos2, Shape, Stroke};
use geo::Centroid;
use std::sync::Arc;

/// A named border drawn as a thin line, e.g. of a county.
#[derive(Clone, Debug)]
pub struct District {
    pub name: String,
    pub boundary: Boundary,
}

/// What draws the meshes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renderer {
    /// Buffers on the graphics card; for any number of estates.
    Gpu,
    /// egui shapes made anew each frame; for a few thousand, where there is no wgpu.
    Painter,
}

/// The palette of the mode, and the ramp of the theme.
#[derive(Clone, Copy)]
pub struct Colours<'a> {
    pub palette: &'a Palette,
    pub ramp: Ramp,
}

/// The borders' mesh, made when the list of districts is another one.
#[derive(Default)]
pub struct Borders {
    of: Option<Arc<[District]>>,
    mesh: Arc<Mesh>,
    styles: Arc<Vec<Style>>,
    /// Each district's name and its middle.
    pub names: Vec<(String, LonLat)>,
}

impl Borders {
    pub fn update(&mut self, districts: &Arc<[District]>) {
        if self
            .of
            .as_ref()
            .is_some_and(|known| Arc::ptr_eq(known, districts))
        {
            return;
        }
        let lines = districts
            .iter()
            .map(|district| Figure::Line(&district.boundary));
        self.mesh = Arc::new(Mesh::of(lines.map(|line| (0, line))));
        self.styles = Arc::new(vec![Style::DISTRICT]);
        let name = |district: &District| {
            let middle = district.boundary.centroid()?;
            Some((district.name.clone(), middle.0.into()))
        };
        self.names = districts.iter().filter_map(name).collect();
        self.of = Some(districts.clone());
    }
}

pub fn paint(
    painter: &Painter,
    view: &View,
    renderer: Renderer,
    scene: &Scene,
    borders: &Borders,
    shown: &[ShownLayer],
    colours: Colours<'_>,
) {
    let layer = |mesh: &Arc<Mesh>, styles: &Arc<Vec<Style>>, detail| Layer {
        mesh: mesh.clone(),
        styles: styles.clone(),
        detail,
    };
    let [base, tail] = scene.meshes();
    let detail = Detail::at(view.zoom);
    let references = shown.iter().map(|shown| {
        let styles = Arc::new(vec![shown.style()]);
        layer(shown.layer.mesh(), &styles, Detail::Areas)
    });
    let layers: Vec<_> = std::iter::once(layer(&borders.mesh, &borders.styles, Detail::Areas))
        .chain(references)
        .chain([base, tail].map(|mesh| layer(mesh, scene.styles(), detail)))
        .collect();
    match renderer {
        Renderer::Gpu => {
            let screen = painter.ctx().viewport_rect();
            let frame = frame(painter.pixels_per_point(), screen, colours);
            painter.add(gpu::shape(layers, view, screen, frame));
        }
        Renderer::Painter => {
            for layer in &layers {
                paint_layer(painter, view, layer, colours);
            }
        }
    }
}

/// Fills let the map through; outlines hardly.
pub const FILL_OPACITY: f32 = 0.72;
const LINE_OPACITY: f32 = 0.85;
const LINE_POINTS: f32 = 1.3;
const CHOSEN_POINTS: f32 = 3.4;

fn fill_of(style: u8, colours: Colours<'_>) -> Color32 {
    let Colours { palette, ramp } = colours;
    match Class::ALL.get(usize::from(style)) {
        Some(class) => class.color(palette, ramp).gamma_multiply(FILL_OPACITY),
        None if style == Style::WAITING.class => palette.waiting.gamma_multiply(FILL_OPACITY),
        None => Color32::TRANSPARENT,
    }
}

fn line_of(style: u8, palette: &Palette) -> Color32 {
    let color = match style {
        style if style == Style::CONTAINED.class => palette.contained,
        style if style == Style::DISTRICT.class => palette.district,
        style if style == Style::WAITING.class => palette.halo,
        style if style == Style::CHOSEN.class => palette.chosen,
        style => match Style::reference_color(style) {
            Some(index) => palette.references[index],
            None => palette.outline,
        },
    };
    color.gamma_multiply(LINE_OPACITY)
}

fn frame(pixels_per_point: f32, screen: egui::Rect, colours: Colours<'_>) -> Frame {
    let shader = |color: Color32| color.to_array().map(|channel| f32::from(channel) / 255.0);
    Frame {
        screen: screen.size().into(),
        pixels_per_point,
        line_width: LINE_POINTS,
        padding: [0.0; 4],
        fill: std::array::from_fn(|style| shader(fill_of(style as u8, colours))),
        line: std::array::from_fn(|style| shader(line_of(style as u8, colours.palette))),
    }
}

/// The same picture without hatching by egui shapes.
fn paint_layer(painter: &Painter, view: &View, layer: &Layer, colours: Colours<'_>) {
    let palette = colours.palette;
    let edge = |style: Style, points: f32| match style.rim {
        0 => Stroke::new(points, line_of(style.class, palette)),
        _ => Stroke::new(CHOSEN_POINTS, line_of(Style::CHOSEN.class, palette)),
    };
    for cell in layer.mesh.cells.iter().filter(|cell| cell.is_seen(view)) {
        let at = |at: [f32; 2]| on_screen(cell, at, view);
        let style = |slot: u32| layer.styles[slot as usize];
        let shown = |slot: u32| style(slot) != Style::HIDDEN;
        let filled = |slot: u32| shown(slot) && style(slot).pattern != Style::OUTLINE_ALONE;
        if layer.detail != Detail::Dots {
            let mut fills = egui::Mesh::default();
            let range = cell.indices.start as usize..cell.indices.end as usize;
            for corner in &layer.mesh.indices[range] {
                let vertex = layer.mesh.vertices[*corner as usize];
                let color = match filled(vertex.slot) {
                    true => fill_of(style(vertex.slot).class, colours),
                    false => Color32::TRANSPARENT,
                };
                fills.indices.push(fills.vertices.len() as u32);
                fills.colored_vertex(at(vertex.at), color);
            }
            painter.add(fills);
            let range = cell.segments.start as usize..cell.segments.end as usize;
            let lines = layer.mesh.segments[range].iter();
            painter.extend(lines.filter(|line| shown(line.slot)).map(|line| {
                let stroke = edge(style(line.slot), LINE_POINTS);
                Shape::line_segment([at(line.from), at(line.to)], stroke)
            }));
        }
        let waiting = cell.waiting.start as usize..cell.waiting.end as usize;
        let mut dots: Vec<_> = layer.mesh.waiting[waiting].to_vec();
        if layer.detail != Detail::Areas {
            let estates = cell.dots.start as usize..cell.dots.end as usize;
            dots.extend(&layer.mesh.dots[estates]);
        }
        for dot in dots.into_iter().filter(|dot| filled(dot.slot)) {
            let style = style(dot.slot);
            painter.circle(
                at(dot.at),
                f32::from(style.symbol) / 8.0,
                fill_of(style.class, colours),
                edge(style, 1.0),
            );
        }
    }
}

fn on_screen(cell: &Cell, at: [f32; 2], view: &View) -> Pos2 {
    view.place([
        cell.origin[0] + f64::from(at[0]),
        cell.origin[1] + f64::from(at[1]),
    ])
}
