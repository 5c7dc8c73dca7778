//! One tile: painted, counted down to a palette, written as PNG.

use super::colours::{self, Rgb};
use super::scene::{Label, Line, Scene, Style};
use geo::{BoundingRect, Coord, LineString, MultiPolygon, Rect};
use jiugai::tiles::vector::lettering::Letters;
use std::collections::BTreeSet;
use std::error::Error;
use tiny_skia::{
    FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};

pub const SIDE_PX: u32 = 256;
/// Metres around the Earth along the parallel of the town.
const ROUND_THE_EARTH_M: f64 = 40_075_016.7 * 0.878_9;
/// How far text and broad lines may reach into the next tile.
const OVERHANG_PX: f64 = 40.0;

pub struct Painter<'a> {
    scene: &'a Scene,
    letters: Letters,
}

/// The square of a tile, as seen from its own pixels.
struct Frame {
    zoom: u8,
    x: u32,
    y: u32,
}

impl Frame {
    fn px(&self, at: Coord) -> Coord {
        let tiles = f64::from(1u32 << self.zoom);
        Coord {
            x: (at.x * tiles - f64::from(self.x)) * f64::from(SIDE_PX),
            y: (at.y * tiles - f64::from(self.y)) * f64::from(SIDE_PX),
        }
    }

    fn px_per_m(&self) -> f64 {
        f64::from(1u32 << self.zoom) * f64::from(SIDE_PX) / ROUND_THE_EARTH_M
    }

    fn sees(&self, bounds: Option<Rect>) -> bool {
        let most = f64::from(SIDE_PX) + OVERHANG_PX;
        bounds.is_some_and(|bounds| {
            let (min, max) = (self.px(bounds.min()), self.px(bounds.max()));
            max.x > -OVERHANG_PX && max.y > -OVERHANG_PX && min.x < most && min.y < most
        })
    }
}

impl<'a> Painter<'a> {
    pub fn new(scene: &'a Scene) -> Result<Self, Box<dyn Error>> {
        let letters = Letters::new()?;
        Ok(Self { scene, letters })
    }

    /// The tile as PNG.
    pub fn tile(&mut self, zoom: u8, x: u32, y: u32) -> Result<Vec<u8>, Box<dyn Error>> {
        let frame = Frame { zoom, x, y };
        let mut canvas = Pixmap::new(SIDE_PX, SIDE_PX).ok_or("no room for a tile")?;
        canvas.fill(colours::LAND.opaque());
        for fill in &self.scene.fills {
            if zoom >= fill.from_zoom
                && frame.sees(fill.shape.bounding_rect())
                && let Some(path) = area(&frame, &fill.shape)
            {
                let paint = paint(fill.colour);
                canvas.fill_path(
                    &path,
                    &paint,
                    FillRule::EvenOdd,
                    Transform::identity(),
                    None,
                );
            }
        }
        let lines: Vec<_> = self
            .scene
            .lines
            .iter()
            .filter(|line| zoom >= line.from_zoom && frame.sees(line.line.bounding_rect()))
            .filter_map(|line| Some((line, track(&frame, &line.line)?)))
            .collect();
        // All edges first, so that streets open into each other.
        for (line, path) in &lines {
            if let Some(edge) = line.edge {
                stroke(
                    &mut canvas,
                    path,
                    edge,
                    width_px(&frame, line) + 1.6,
                    Style::Solid,
                );
            }
        }
        for (line, path) in &lines {
            stroke(
                &mut canvas,
                path,
                line.colour,
                width_px(&frame, line),
                line.style,
            );
        }
        for label in &self.scene.labels {
            self.letter(&mut canvas, &frame, label);
        }
        png(&canvas)
    }

    fn letter(&mut self, canvas: &mut Pixmap, frame: &Frame, label: &Label) {
        if !label.zooms.contains(&frame.zoom) || !shown_in_row(frame, label) {
            return;
        }
        let at = frame.px(label.at);
        let reach = label.size_px * label.text.chars().count() as f64;
        let beyond = f64::from(SIDE_PX) + reach;
        if at.x < -reach || at.y < -reach || at.x > beyond || at.y > beyond {
            return;
        }
        let letters: Vec<_> = label.text.chars().map(|c| self.letters.letter(c)).collect();
        let step = match label.along {
            // A metre of street in pixels, made one pixel long.
            Some(metre) => {
                let metre = frame.px(label.at + metre) - at;
                metre / metre.x.hypot(metre.y)
            }
            None => Coord { x: 1.0, y: 0.0 },
        };
        // Along a street signs stand apart a little.
        let pitch = label.size_px * if label.along.is_some() { 1.18 } else { 1.0 };
        let length: f64 = letters.iter().map(|l| f64::from(l.width) * pitch).sum();
        let mut from_start = -length / 2.0;
        let mut placed = Vec::new();
        for letter in letters {
            let width = f64::from(letter.width) * pitch;
            let middle = at + step * (from_start + width / 2.0);
            from_start += width;
            let size = label.size_px as f32;
            let there =
                Transform::from_translate(middle.x as f32, middle.y as f32).pre_scale(size, size);
            placed.extend(letter.outline.and_then(|outline| outline.transform(there)));
        }
        for outline in &placed {
            stroke(canvas, outline, colours::ROAD, 2.6, Style::Solid);
        }
        for outline in &placed {
            let paint = paint(label.colour);
            canvas.fill_path(
                outline,
                &paint,
                FillRule::Winding,
                Transform::identity(),
                None,
            );
        }
    }
}

/// Whether this label of its street is shown: about one in 330 pixels.
fn shown_in_row(frame: &Frame, label: &Label) -> bool {
    const STRETCH_M: f64 = 245.0;
    let every = (330.0 / (STRETCH_M * frame.px_per_m())).round().max(1.0) as usize;
    label.along.is_none() || label.in_row % every == every / 2
}

fn width_px(frame: &Frame, line: &Line) -> f64 {
    (line.width_m * frame.px_per_m() * 0.8).max(line.least_px)
}

fn paint(colour: Rgb) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(colour.opaque());
    paint
}

fn stroke(canvas: &mut Pixmap, path: &Path, colour: Rgb, width_px: f64, style: Style) {
    let stroke = Stroke {
        width: width_px as f32,
        line_cap: match style {
            Style::Solid => LineCap::Round,
            Style::Dashed => LineCap::Butt,
        },
        line_join: LineJoin::Round,
        dash: match style {
            Style::Solid => None,
            Style::Dashed => StrokeDash::new(vec![9.0, 9.0], 0.0),
        },
        ..Stroke::default()
    };
    canvas.stroke_path(path, &paint(colour), &stroke, Transform::identity(), None);
}

fn area(frame: &Frame, shape: &MultiPolygon) -> Option<Path> {
    let mut path = PathBuilder::new();
    for polygon in shape {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            follow(&mut path, frame, ring);
            path.close();
        }
    }
    path.finish()
}

fn track(frame: &Frame, line: &LineString) -> Option<Path> {
    let mut path = PathBuilder::new();
    follow(&mut path, frame, line);
    path.finish()
}

fn follow(path: &mut PathBuilder, frame: &Frame, line: &LineString) {
    for (index, at) in line.0.iter().enumerate() {
        let at = frame.px(*at);
        match index {
            0 => path.move_to(at.x as f32, at.y as f32),
            _ => path.line_to(at.x as f32, at.y as f32),
        }
    }
}

/// PNG with a palette. The map's own colours stay exact; where they blend at an edge, the blends
/// are made coarser until 256 suffice.
fn png(canvas: &Pixmap) -> Result<Vec<u8>, Box<dyn Error>> {
    let pixels: Vec<Rgb> = canvas
        .pixels()
        .iter()
        .map(|pixel| Rgb(pixel.red(), pixel.green(), pixel.blue()))
        .collect();
    let (palette, pixels) = [8, 16, 32, 64]
        .into_iter()
        .map(|grain| {
            let coarse: Vec<Rgb> = pixels.iter().map(|pixel| coarser(*pixel, grain)).collect();
            let palette: BTreeSet<Rgb> = coarse.iter().copied().collect();
            (palette.into_iter().collect::<Vec<_>>(), coarse)
        })
        .find(|(palette, _)| palette.len() <= 256)
        .ok_or("a tile with too many colours")?;
    let indices = pixels
        .iter()
        .map(|pixel| palette.binary_search(pixel).unwrap_or(0) as u8);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, SIDE_PX, SIDE_PX);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(
        palette
            .iter()
            .flat_map(|c| [c.0, c.1, c.2])
            .collect::<Vec<_>>(),
    );
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let data: Vec<u8> = match palette.len() {
        ..=16 => {
            encoder.set_depth(png::BitDepth::Four);
            let indices: Vec<u8> = indices.collect();
            indices
                .chunks(2)
                .map(|pair| pair[0] << 4 | pair[1])
                .collect()
        }
        _ => {
            encoder.set_depth(png::BitDepth::Eight);
            indices.collect()
        }
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

fn coarser(colour: Rgb, grain: u16) -> Rgb {
    if colours::EXACT.contains(&colour) {
        return colour;
    }
    let round = |value: u8| ((u16::from(value) + grain / 2) / grain * grain).min(255) as u8;
    Rgb(round(colour.0), round(colour.1), round(colour.2))
}
