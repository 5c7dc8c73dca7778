// Draws a mesh of estates: fills, outlines and symbols. Vertices never change; the map's pan and
// zoom come in as a placement per cell, colours as a style per slot.

struct Frame {
    // Size of the viewport in points.
    screen: vec2<f32>,
    pixels_per_point: f32,
    // Width of an outline in points.
    line_width: f32,
    padding: vec4<f32>,
    // By style: fill and outline, premultiplied, in gamma space as egui has them.
    fill: array<vec4<f32>, 84>,
    line: array<vec4<f32>, 84>,
};

struct Placement {
    // Where the cell's corner lies on the screen, in points.
    offset: vec2<f32>,
    // Points a unit of the cell.
    scale: f32,
    padding: f32,
};

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<uniform> placement: Placement;
@group(1) @binding(0) var styles: texture_2d<u32>;

const STYLES_ACROSS: u32 = 1024u;
const HIDDEN: u32 = 255u;
const WAITING: u32 = 75u;
const CHOSEN: u32 = 76u;
const HATCHED: u32 = 1u;
const OUTLINE_ALONE: u32 = 2u;
const LEANING: u32 = 3u;
const DOTTED: u32 = 4u;
const CROSSED: u32 = 5u;
const FEATHER: f32 = 0.75;

// Colour, pattern, radius of the symbol in eighths of a point, 1 for a marked outline.
fn style_of(slot: u32) -> vec4<u32> {
    let at = vec2<i32>(i32(slot % STYLES_ACROSS), i32(slot / STYLES_ACROSS));
    return textureLoad(styles, at, 0);
}

fn on_screen(at: vec2<f32>) -> vec2<f32> {
    return at * placement.scale + placement.offset;
}

fn clip(point: vec2<f32>) -> vec4<f32> {
    return vec4<f32>(
        2.0 * point.x / frame.screen.x - 1.0,
        1.0 - 2.0 * point.y / frame.screen.y,
        0.0,
        1.0,
    );
}

// Outside the clip volume: nothing is drawn.
fn nowhere() -> vec4<f32> {
    return vec4<f32>(2.0, 2.0, 2.0, 1.0);
}

struct Filled {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) style: vec4<u32>,
};

@vertex
fn vs_fill(@location(0) at: vec2<f32>, @location(1) slot: u32) -> Filled {
    var out: Filled;
    out.style = style_of(slot);
    out.position = clip(on_screen(at));
    if out.style.x == HIDDEN || out.style.y == OUTLINE_ALONE {
        out.position = nowhere();
    }
    return out;
}

fn fill_color(in: Filled) -> vec4<f32> {
    let color = frame.fill[in.style.x];
    // Stripes and dots are fixed to the screen, seven points apart, so that they read at any zoom.
    let points = in.position.xy / frame.pixels_per_point;
    let right = fract((points.x + points.y) / 7.0) < 0.3;
    let left = fract((points.x - points.y) / 7.0) < 0.3;
    if in.style.y == HATCHED {
        return color * select(0.35, 1.25, right);
    }
    if in.style.y == LEANING {
        return color * select(0.7, 1.25, left);
    }
    if in.style.y == CROSSED {
        return color * select(0.35, 1.25, left || right);
    }
    if in.style.y == DOTTED {
        let from_dot = length(fract(points / 7.0) - vec2<f32>(0.5));
        return color * select(0.7, 1.3, from_dot < 0.24);
    }
    return color;
}

struct Lined {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) style: vec4<u32>,
    // Distance from the middle of the line, in points.
    @location(1) across: f32,
    @location(2) half_width: f32,
};

@vertex
fn vs_line(
    @builtin(vertex_index) corner: u32,
    @location(0) start: vec2<f32>,
    @location(1) end: vec2<f32>,
    @location(2) slot: u32,
) -> Lined {
    let style = style_of(slot);
    let half_width = frame.line_width * select(0.5, 1.3, style.w == 1u);
    let reach = half_width + FEATHER / frame.pixels_per_point;
    let along = normalize(end - start);
    let normal = vec2<f32>(-along.y, along.x);
    // Corners 0 1 2 / 2 1 3 of the quad around the segment.
    let k = select(corner, array<u32, 3>(2u, 1u, 3u)[corner % 3u], corner >= 3u);
    let side = select(-1.0, 1.0, (k & 1u) == 1u);
    // A little longer than the segment, so that joints close.
    let point = select(on_screen(start) - along * half_width, on_screen(end) + along * half_width, k >= 2u);

    var out: Lined;
    out.style = style;
    out.across = side * reach;
    out.half_width = half_width;
    out.position = clip(point + normal * side * reach);
    if style.x == HIDDEN {
        out.position = nowhere();
    }
    return out;
}

fn line_color(in: Lined) -> vec4<f32> {
    let pixels = (in.half_width - abs(in.across)) * frame.pixels_per_point;
    let color = select(in.style.x, CHOSEN, in.style.w == 1u);
    return frame.line[color] * clamp(pixels + 0.5, 0.0, 1.0);
}

fn symbol_radius(style: vec4<u32>) -> f32 {
    return f32(style.z) / 8.0;
}

struct Dotted {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) style: vec4<u32>,
    // From the middle, in points.
    @location(1) offset: vec2<f32>,
};

@vertex
fn vs_dot(
    @builtin(vertex_index) corner: u32,
    @location(0) at: vec2<f32>,
    @location(1) slot: u32,
) -> Dotted {
    let k = select(corner, array<u32, 3>(2u, 1u, 3u)[corner % 3u], corner >= 3u);
    let unit = vec2<f32>(select(-1.0, 1.0, (k & 1u) == 1u), select(-1.0, 1.0, k >= 2u));
    var out: Dotted;
    out.style = style_of(slot);
    out.offset = unit * (symbol_radius(out.style) + FEATHER);
    out.position = clip(on_screen(at) + out.offset);
    if out.style.x == HIDDEN || out.style.y == OUTLINE_ALONE {
        out.position = nowhere();
    }
    return out;
}

fn dot_color(in: Dotted) -> vec4<f32> {
    // Estates are discs, waiting rows diamonds: told apart without colour.
    let round = length(in.offset);
    let square = (abs(in.offset.x) + abs(in.offset.y)) * 0.8;
    let distance = select(round, square, in.style.x == WAITING);
    let radius = symbol_radius(in.style);
    let pixels = (radius - distance) * frame.pixels_per_point;
    let shape = clamp(pixels + 0.5, 0.0, 1.0);
    let chosen = in.style.w == 1u;
    let rim = clamp(select(1.5, 3.0, chosen) - pixels, 0.0, 1.0);
    let line = frame.line[select(in.style.x, CHOSEN, chosen)];
    var fill = vec4<f32>(frame.fill[in.style.x].rgb / max(frame.fill[in.style.x].a, 0.01), 1.0);
    // What is not sure is hollow.
    if in.style.y == HATCHED && distance < radius * 0.4 {
        fill = vec4<f32>(1.0);
    }
    return mix(fill, line, rim) * shape;
}

// Straight out of egui's own shader, so that what is drawn here matches what it draws.
fn linear_from_gamma(srgb: vec3<f32>) -> vec3<f32> {
    let cutoff = srgb < vec3<f32>(0.04045);
    let lower = srgb / vec3<f32>(12.92);
    let higher = pow((srgb + vec3<f32>(0.055)) / vec3<f32>(1.055), vec3<f32>(2.4));
    return select(higher, lower, cutoff);
}

fn linear(color: vec4<f32>) -> vec4<f32> {
    return vec4<f32>(linear_from_gamma(color.rgb), color.a);
}

// A target that is not sRGB-aware takes gamma colours as they are; an sRGB target converts on
// write and wants them linear.
@fragment fn fs_fill_gamma(in: Filled) -> @location(0) vec4<f32> { return fill_color(in); }
@fragment fn fs_fill_linear(in: Filled) -> @location(0) vec4<f32> { return linear(fill_color(in)); }
@fragment fn fs_line_gamma(in: Lined) -> @location(0) vec4<f32> { return line_color(in); }
@fragment fn fs_line_linear(in: Lined) -> @location(0) vec4<f32> { return linear(line_color(in)); }
@fragment fn fs_dot_gamma(in: Dotted) -> @location(0) vec4<f32> { return dot_color(in); }
@fragment fn fs_dot_linear(in: Dotted) -> @location(0) vec4<f32> { return linear(dot_color(in)); }
