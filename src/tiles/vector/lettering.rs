//! Letters as outlines of the shipped font.

use std::collections::BTreeMap;
use tiny_skia::{Path, PathBuilder, Transform};
use ttf_parser::{Face, OutlineBuilder};

/// The letters of the window and of the maps drawn here.
pub use crate::typeface::FONT;

/// The outlines asked for so far.
pub struct Letters {
    face: Face<'static>,
    outlines: BTreeMap<char, Option<Path>>,
}

/// A sign with its middle at the origin, one unit high, `y` down; and how wide it is.
pub struct Letter {
    pub outline: Option<Path>,
    pub width: f32,
}

impl Letters {
    /// # Errors
    /// Where the shipped font were spoilt.
    pub fn new() -> Result<Self, ttf_parser::FaceParsingError> {
        Ok(Self {
            face: Face::parse(FONT, 0)?,
            outlines: BTreeMap::new(),
        })
    }

    pub fn letter(&mut self, sign: char) -> Letter {
        let units = f32::from(self.face.units_per_em());
        let glyph = self.face.glyph_index(sign);
        let width = glyph
            .and_then(|glyph| self.face.glyph_hor_advance(glyph))
            .map_or(1.0, |advance| f32::from(advance) / units);
        let face = &self.face;
        let outline = self.outlines.entry(sign).or_insert_with(|| {
            let mut pen = Pen(PathBuilder::new());
            face.outline_glyph(glyph?, &mut pen)?;
            // Chinese signs stand in a square from -0.12 to 0.88 of the em.
            let middle = Transform::from_translate(-width / 2.0, -0.38)
                .pre_scale(1.0 / units, 1.0 / units)
                .post_scale(1.0, -1.0);
            pen.0.finish()?.transform(middle)
        });
        Letter {
            outline: outline.clone(),
            width,
        }
    }
}

struct Pen(PathBuilder);

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
