//! Draws meshes on the GPU: buffers are uploaded when a mesh is new, and a frame costs a few
//! uniforms whatever the number of estates.
//!
//! One map a window: the uniforms of a frame are shared by every callback of that frame.

mod buffers;
mod pipelines;

pub use buffers::install;

use super::mesh::{Cell, Mesh};
use super::scene::Style;
use super::view::View;
use buffers::Gpu;
use egui_wgpu::wgpu;
use egui_wgpu::{CallbackResources, CallbackTrait, ScreenDescriptor};
use std::sync::Arc;

/// A mesh, how its slots look now, and what of it to draw.
#[derive(Clone)]
pub struct Layer {
    pub mesh: Arc<Mesh>,
    pub styles: Arc<Vec<Style>>,
    pub detail: Detail,
}

/// What of a mesh is worth drawing. Waiting rows always are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A symbol for each estate.
    Dots,
    /// Fills and outlines, and a symbol on each so that none is overlooked.
    AreasAndDots,
    Areas,
}

impl Detail {
    /// From afar an estate is smaller than its outline is thick: a symbol says more, costs less.
    pub fn at(zoom: f64) -> Self {
        match zoom {
            ..11.0 => Self::Dots,
            11.0..13.0 => Self::AreasAndDots,
            _ => Self::Areas,
        }
    }
}

/// The colours and sizes of a frame, as the shader has them.
#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Frame {
    pub screen: [f32; 2],
    pub pixels_per_point: f32,
    pub line_width: f32,
    pub padding: [f32; 4],
    pub fill: [[f32; 4]; Style::COUNT],
    pub line: [[f32; 4]; Style::COUNT],
}

/// Where a cell lies on the screen.
#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
struct Placement {
    offset: [f32; 2],
    scale: f32,
    padding: f32,
}

impl Placement {
    fn of(cell: &Cell, view: &View, screen: egui::Rect) -> Self {
        let corner = view.place(cell.origin) - screen.min;
        Self {
            offset: [corner.x, corner.y],
            scale: view.world_points() as f32,
            padding: 0.0,
        }
    }
}

/// The shape that draws `layers`, the first at the bottom.
///
/// A callback's rectangle becomes its viewport, so it gets the whole screen and is clipped by the
/// painter it is added to.
pub fn shape(layers: Vec<Layer>, view: &View, screen: egui::Rect, frame: Frame) -> egui::Shape {
    let mut placements = Vec::new();
    let mut seen_layers = Vec::new();
    for layer in layers {
        let first_placement = placements.len();
        let cells = layer.mesh.cells.iter().enumerate();
        let seen = cells.filter(|(_, cell)| cell.is_seen(view));
        let seen: Vec<_> = seen.map(|(index, _)| index).collect();
        placements.extend(
            seen.iter()
                .map(|index| Placement::of(&layer.mesh.cells[*index], view, screen)),
        );
        seen_layers.push(SeenLayer {
            layer,
            seen,
            first_placement,
        });
    }
    let callback = DrawLayers {
        layers: seen_layers,
        placements,
        frame,
    };
    egui_wgpu::Callback::new_paint_callback(screen, callback).into()
}

struct DrawLayers {
    layers: Vec<SeenLayer>,
    placements: Vec<Placement>,
    frame: Frame,
}

struct SeenLayer {
    layer: Layer,
    /// Indices of the cells in view.
    seen: Vec<usize>,
    /// The placement of the first of them; the others follow.
    first_placement: usize,
}

impl SeenLayer {
    fn cells(&self) -> impl Iterator<Item = (usize, &Cell)> {
        let cells = self.seen.iter().enumerate();
        cells.map(|(n, index)| (self.first_placement + n, &self.layer.mesh.cells[*index]))
    }
}

impl CallbackTrait for DrawLayers {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        _screen: &ScreenDescriptor,
        _encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        if let Some(gpu) = resources.get_mut::<Gpu>() {
            gpu.write_uniforms(device, queue, &self.frame, &self.placements);
            gpu.keep_only(&self.layers);
            for seen in &self.layers {
                gpu.upload(device, queue, &seen.layer);
            }
        }
        Vec::new()
    }

    fn paint(
        &self,
        _info: egui::PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        if let Some(gpu) = resources.get::<Gpu>() {
            for seen in &self.layers {
                gpu.draw(pass, seen);
            }
        }
    }
}
