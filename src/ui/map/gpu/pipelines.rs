//! The three pipelines (fills, outlines, symbols) and the layouts of what they read.

use super::{Frame, Placement};
use crate::ui::map::mesh::{Dot, FillVertex, Segment};
use egui_wgpu::wgpu::{self, vertex_attr_array};
use std::num::NonZeroU64;

pub struct Pipelines {
    pub fills: wgpu::RenderPipeline,
    pub lines: wgpu::RenderPipeline,
    pub dots: wgpu::RenderPipeline,
    uniforms: wgpu::BindGroupLayout,
    styles: wgpu::BindGroupLayout,
}

impl Pipelines {
    pub fn new(device: &wgpu::Device, target: wgpu::TextureFormat) -> Self {
        let uniforms = uniforms_layout(device);
        let styles = styles_layout(device);
        let maker = Maker {
            device,
            target,
            shader: device.create_shader_module(wgpu::ShaderModuleDescriptor {
                label: Some("estates"),
                source: wgpu::ShaderSource::Wgsl(include_str!("estates.wgsl").into()),
            }),
            layout: device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some("estates"),
                bind_group_layouts: &[Some(&uniforms), Some(&styles)],
                immediate_size: 0,
            }),
        };
        let fills = maker.pipeline(
            "fill",
            wgpu::VertexBufferLayout {
                array_stride: size_of::<FillVertex>() as u64,
                step_mode: wgpu::VertexStepMode::Vertex,
                attributes: &vertex_attr_array![0 => Float32x2, 1 => Uint32],
            },
        );
        let lines = maker.pipeline(
            "line",
            wgpu::VertexBufferLayout {
                array_stride: size_of::<Segment>() as u64,
                step_mode: wgpu::VertexStepMode::Instance,
                attributes: &vertex_attr_array![0 => Float32x2, 1 => Float32x2, 2 => Uint32],
            },
        );
        let dots = maker.pipeline(
            "dot",
            wgpu::VertexBufferLayout {
                array_stride: size_of::<Dot>() as u64,
                step_mode: wgpu::VertexStepMode::Instance,
                attributes: &vertex_attr_array![0 => Float32x2, 1 => Uint32],
            },
        );
        Self {
            fills,
            lines,
            dots,
            uniforms,
            styles,
        }
    }

    pub fn uniforms(
        &self,
        device: &wgpu::Device,
        frame: &wgpu::Buffer,
        placements: &wgpu::Buffer,
    ) -> wgpu::BindGroup {
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("estates uniforms"),
            layout: &self.uniforms,
            entries: &[
                wgpu::BindGroupEntry {
                    binding: 0,
                    resource: frame.as_entire_binding(),
                },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                        buffer: placements,
                        offset: 0,
                        size: NonZeroU64::new(size_of::<Placement>() as u64),
                    }),
                },
            ],
        })
    }

    pub fn styles(&self, device: &wgpu::Device, texture: &wgpu::TextureView) -> wgpu::BindGroup {
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("estate styles"),
            layout: &self.styles,
            entries: &[wgpu::BindGroupEntry {
                binding: 0,
                resource: wgpu::BindingResource::TextureView(texture),
            }],
        })
    }
}

fn uniforms_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let uniform = |binding, has_dynamic_offset, size| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
        ty: wgpu::BindingType::Buffer {
            ty: wgpu::BufferBindingType::Uniform,
            has_dynamic_offset,
            min_binding_size: NonZeroU64::new(size as u64),
        },
        count: None,
    };
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("estates uniforms"),
        entries: &[
            uniform(0, false, size_of::<Frame>()),
            uniform(1, true, size_of::<Placement>()),
        ],
    })
}

fn styles_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("estate styles"),
        entries: &[wgpu::BindGroupLayoutEntry {
            binding: 0,
            visibility: wgpu::ShaderStages::VERTEX,
            ty: wgpu::BindingType::Texture {
                sample_type: wgpu::TextureSampleType::Uint,
                view_dimension: wgpu::TextureViewDimension::D2,
                multisampled: false,
            },
            count: None,
        }],
    })
}

struct Maker<'a> {
    device: &'a wgpu::Device,
    target: wgpu::TextureFormat,
    shader: wgpu::ShaderModule,
    layout: wgpu::PipelineLayout,
}

impl Maker<'_> {
    /// The pipeline of the shader's `vs_<name>` and `fs_<name>_…`.
    fn pipeline(&self, name: &str, buffer: wgpu::VertexBufferLayout) -> wgpu::RenderPipeline {
        let space = match self.target.is_srgb() {
            true => "linear",
            false => "gamma",
        };
        self.device
            .create_render_pipeline(&wgpu::RenderPipelineDescriptor {
                label: Some(name),
                layout: Some(&self.layout),
                vertex: wgpu::VertexState {
                    module: &self.shader,
                    entry_point: Some(&format!("vs_{name}")),
                    compilation_options: Default::default(),
                    buffers: &[Some(buffer)],
                },
                fragment: Some(wgpu::FragmentState {
                    module: &self.shader,
                    entry_point: Some(&format!("fs_{name}_{space}")),
                    compilation_options: Default::default(),
                    targets: &[Some(wgpu::ColorTargetState {
                        format: self.target,
                        // egui works in premultiplied alpha, and so must what is drawn beside it.
                        blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                        write_mask: wgpu::ColorWrites::ALL,
                    })],
                }),
                primitive: Default::default(),
                depth_stencil: None,
                multisample: Default::default(),
                multiview_mask: None,
                cache: None,
            })
    }
}
