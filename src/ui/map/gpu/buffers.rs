//! What lives on the graphics card: uploaded meshes, style textures, uniforms.

use super::pipelines::Pipelines;
use super::{Detail, Frame, Layer, Placement, SeenLayer};
use crate::ui::map::mesh::{Dot, Mesh, Segment};
use crate::ui::map::scene::Style;
use egui_wgpu::RenderState;
use egui_wgpu::wgpu::{self, util::DeviceExt as _};
use std::ops::Range;
use std::sync::Arc;

/// Every adapter aligns dynamic offsets to this or less.
const PLACEMENT_STRIDE: usize = 256;
/// The width of the style texture; also in the shader.
const STYLES_ACROSS: u32 = 1024;

/// Pipelines and uploads of one window; lives among the renderer's callback resources.
pub struct Gpu {
    pipelines: Pipelines,
    frame: wgpu::Buffer,
    placements: wgpu::Buffer,
    uniforms: wgpu::BindGroup,
    meshes: Vec<UploadedMesh>,
    styles: Vec<UploadedStyles>,
}

struct UploadedMesh {
    mesh: Arc<Mesh>,
    vertices: wgpu::Buffer,
    indices: wgpu::Buffer,
    segments: wgpu::Buffer,
    dots: wgpu::Buffer,
    waiting: wgpu::Buffer,
}

struct UploadedStyles {
    styles: Arc<Vec<Style>>,
    group: wgpu::BindGroup,
}

/// Makes the pipelines for a window's renderer; once a window, before its first frame.
///
/// For egui's renderer as eframe sets it up by default: one sample a pixel, no depth buffer.
pub fn install(render_state: &RenderState) {
    let gpu = Gpu::new(&render_state.device, render_state.target_format);
    let mut renderer = render_state.renderer.write();
    renderer.callback_resources.insert(gpu);
}

impl Gpu {
    fn new(device: &wgpu::Device, target: wgpu::TextureFormat) -> Self {
        let pipelines = Pipelines::new(device, target);
        let frame = uniform_buffer(device, size_of::<Frame>());
        let placements = uniform_buffer(device, 16 * PLACEMENT_STRIDE);
        let uniforms = pipelines.uniforms(device, &frame, &placements);
        Self {
            pipelines,
            frame,
            placements,
            uniforms,
            meshes: Vec::new(),
            styles: Vec::new(),
        }
    }

    pub fn write_uniforms(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        frame: &Frame,
        placements: &[Placement],
    ) {
        let mut bytes = vec![0; placements.len() * PLACEMENT_STRIDE];
        for (place, placement) in bytes.chunks_mut(PLACEMENT_STRIDE).zip(placements) {
            place[..size_of::<Placement>()].copy_from_slice(bytemuck::bytes_of(placement));
        }
        if bytes.len() as u64 > self.placements.size() {
            self.placements = uniform_buffer(device, bytes.len().next_power_of_two());
            self.uniforms = self
                .pipelines
                .uniforms(device, &self.frame, &self.placements);
        }
        queue.write_buffer(&self.frame, 0, bytemuck::bytes_of(frame));
        queue.write_buffer(&self.placements, 0, &bytes);
    }

    /// Lets go of what no layer uses any more.
    pub fn keep_only(&mut self, layers: &[SeenLayer]) {
        let used = |is_it: &dyn Fn(&Layer) -> bool| layers.iter().any(|seen| is_it(&seen.layer));
        self.meshes
            .retain(|up| used(&|layer| Arc::ptr_eq(&layer.mesh, &up.mesh)));
        self.styles
            .retain(|up| used(&|layer| Arc::ptr_eq(&layer.styles, &up.styles)));
    }

    pub fn upload(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, layer: &Layer) {
        if self.mesh(&layer.mesh).is_none() {
            self.meshes
                .push(UploadedMesh::new(device, layer.mesh.clone()));
        }
        if self.styles(&layer.styles).is_none() {
            let texture = style_texture(device, queue, &layer.styles);
            self.styles.push(UploadedStyles {
                styles: layer.styles.clone(),
                group: self.pipelines.styles(device, &texture),
            });
        }
    }

    fn mesh(&self, mesh: &Arc<Mesh>) -> Option<&UploadedMesh> {
        self.meshes.iter().find(|up| Arc::ptr_eq(&up.mesh, mesh))
    }

    fn styles(&self, styles: &Arc<Vec<Style>>) -> Option<&UploadedStyles> {
        self.styles
            .iter()
            .find(|up| Arc::ptr_eq(&up.styles, styles))
    }

    pub fn draw(&self, pass: &mut wgpu::RenderPass<'static>, seen: &SeenLayer) {
        let layer = &seen.layer;
        let (Some(up), Some(styles)) = (self.mesh(&layer.mesh), self.styles(&layer.styles)) else {
            return;
        };
        let with_areas = layer.detail != Detail::Dots;
        let with_dots = layer.detail != Detail::Areas;
        pass.set_bind_group(1, &styles.group, &[]);
        if with_areas {
            pass.set_pipeline(&self.pipelines.fills);
            for (placement, cell) in seen.cells().filter(|(_, cell)| !cell.indices.is_empty()) {
                self.place(pass, placement);
                pass.set_vertex_buffer(0, up.vertices.slice(..));
                pass.set_index_buffer(up.indices.slice(..), wgpu::IndexFormat::Uint32);
                pass.draw_indexed(cell.indices.clone(), 0, 0..1);
            }
            pass.set_pipeline(&self.pipelines.lines);
            for (placement, cell) in seen.cells() {
                self.place(pass, placement);
                draw_quads::<Segment>(pass, &up.segments, &cell.segments);
            }
        }
        pass.set_pipeline(&self.pipelines.dots);
        for (placement, cell) in seen.cells() {
            self.place(pass, placement);
            if with_dots {
                draw_quads::<Dot>(pass, &up.dots, &cell.dots);
            }
            draw_quads::<Dot>(pass, &up.waiting, &cell.waiting);
        }
    }

    fn place(&self, pass: &mut wgpu::RenderPass<'static>, placement: usize) {
        let offset = (placement * PLACEMENT_STRIDE) as u32;
        pass.set_bind_group(0, &self.uniforms, &[offset]);
    }
}

/// A quad for each instance in `range`. The buffer is shifted rather than the first instance
/// named: old GL knows no base instance.
fn draw_quads<Instance>(
    pass: &mut wgpu::RenderPass<'static>,
    buffer: &wgpu::Buffer,
    range: &Range<u32>,
) {
    if range.is_empty() {
        return;
    }
    let stride = size_of::<Instance>() as u64;
    let bytes = u64::from(range.start) * stride..u64::from(range.end) * stride;
    pass.set_vertex_buffer(0, buffer.slice(bytes));
    pass.draw(0..6, 0..range.end - range.start);
}

impl UploadedMesh {
    fn new(device: &wgpu::Device, mesh: Arc<Mesh>) -> Self {
        let buffer = |contents: &[u8], usage| {
            device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
                label: Some("estates"),
                contents,
                usage,
            })
        };
        let vertex = wgpu::BufferUsages::VERTEX;
        Self {
            vertices: buffer(bytemuck::cast_slice(&mesh.vertices), vertex),
            indices: buffer(
                bytemuck::cast_slice(&mesh.indices),
                wgpu::BufferUsages::INDEX,
            ),
            segments: buffer(bytemuck::cast_slice(&mesh.segments), vertex),
            dots: buffer(bytemuck::cast_slice(&mesh.dots), vertex),
            waiting: buffer(bytemuck::cast_slice(&mesh.waiting), vertex),
            mesh,
        }
    }
}

fn uniform_buffer(device: &wgpu::Device, size: usize) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("estates uniforms"),
        size: size as u64,
        usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}

/// A texture rather than a storage buffer: GL on old laptops has none for vertex shaders.
fn style_texture(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    styles: &[Style],
) -> wgpu::TextureView {
    let rows = (styles.len() as u32).div_ceil(STYLES_ACROSS).max(1);
    let mut texels = styles.to_vec();
    texels.resize((rows * STYLES_ACROSS) as usize, Style::HIDDEN);
    let size = wgpu::Extent3d {
        width: STYLES_ACROSS,
        height: rows,
        depth_or_array_layers: 1,
    };
    let texture = device.create_texture_with_data(
        queue,
        &wgpu::TextureDescriptor {
            label: Some("estate styles"),
            size,
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba8Uint,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        },
        wgpu::util::TextureDataOrder::LayerMajor,
        bytemuck::cast_slice(&texels),
    );
    texture.create_view(&wgpu::TextureViewDescriptor::default())
}
