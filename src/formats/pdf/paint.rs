//! Pages written as PDF. The crate that writes it is named here alone.

use super::block::Document;
use super::flow::{LEFT, PAGE, Pages, RIGHT};
use super::ink::Ink;
use super::letters::Letters;
use super::mark::{Box2, Mark, Spot, Weight};
use super::{Pdf, PdfError};
use crate::progress::Progress;
use krilla::Document as Writer;
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

/// Writes `pages`.
pub(super) fn paint(
    document: &Document,
    pages: Pages,
    progress: &Progress,
) -> Result<Pdf, PdfError> {
    let spoilt = |detail: String| PdfError::Writer { detail };
    let mut writer = Writer::new();
    let font = Font::new(crate::typeface::FONT.into(), 0);
    let font = font.ok_or_else(|| spoilt("typeface".to_owned()))?;
    let pen = Pen {
        font,
        letters: &pages.letters,
        headings: pages.headings.iter().map(|(_, _, page, _)| *page).collect(),
    };
    let all = pages.pages.len();
    progress.begin(all as u64);
    for (index, marks) in pages.pages.iter().enumerate() {
        progress.reach(index as u64)?;
        let settings = PageSettings::from_wh(PAGE[0], PAGE[1]);
        let settings = settings.ok_or_else(|| spoilt("page".to_owned()))?;
        let mut page = writer.start_page_with(settings);
        let mut surface = page.surface();
        for mark in marks {
            pen.draw(&mut surface, mark)?;
        }
        for mark in furniture(document, index, all, &pages.letters) {
            pen.draw(&mut surface, &mark)?;
        }
        surface.finish();
        page.finish();
    }
    writer.set_outline(outline(&pages));
    writer.set_metadata(
        Metadata::new()
            .title(document.title.clone())
            .language(document.language.clone())
            .creator("Jiugai".to_owned()),
    );
    let bytes = writer
        .finish()
        .map_err(|error| spoilt(format!("{error:?}")))?;
    Ok(Pdf {
        bytes,
        pages: all,
        missing: pages.letters.missing().clone(),
    })
}

/// The lines above and below what stands on a page.
fn furniture(document: &Document, index: usize, all: usize, letters: &Letters) -> Vec<Mark> {
    const SIZE: f32 = 7.5;
    let numbered = document
        .furniture
        .page
        .replace("%{pages}", &all.to_string());
    let numbered = numbered.replace("%{page}", &(index + 1).to_string());
    let right = RIGHT - letters.width(&numbered, SIZE);
    let foot = PAGE[1] - 34.0;
    let footer = letters.shortened(&document.footer, SIZE, right - LEFT - 12.0);
    let line = |y: f32| Mark::Line {
        from: [LEFT, y],
        to: [RIGHT, y],
        ink: Ink::RULE,
        width: 0.4,
    };
    let mut marks = vec![
        line(foot - 10.0),
        Mark::text([LEFT, foot], &footer, SIZE, Ink::FAINT),
        Mark::text([right, foot], &numbered, SIZE, Ink::FAINT),
    ];
    if index > 0 {
        let header = letters.shortened(&document.header, SIZE, RIGHT - LEFT);
        marks.push(Mark::text([LEFT, 40.0], &header, SIZE, Ink::FAINT));
        marks.push(line(45.0));
    }
    marks
}

/// The headings as bookmarks, sections inside their chapters.
fn outline(pages: &Pages) -> Outline {
    let mut outline = Outline::new();
    let mut chapter: Option<OutlineNode> = None;
    for (level, text, page, y) in &pages.headings {
        let destination = XyzDestination::new(*page, Point::from_xy(LEFT, *y));
        let node = OutlineNode::new(text.clone(), destination);
        match (level, &mut chapter) {
            (2.., Some(chapter)) => chapter.push_child(node),
            _ => {
                if let Some(done) = chapter.replace(node) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(done) = chapter {
        outline.push_child(done);
    }
    outline
}

struct Pen<'a> {
    font: Font,
    letters: &'a Letters,
    /// The page of each heading.
    headings: Vec<usize>,
}

impl Pen<'_> {
    fn draw(&self, surface: &mut Surface<'_>, mark: &Mark) -> Result<(), PdfError> {
        match mark {
            Mark::Text {
                at,
                text,
                size,
                ink,
                weight,
            } => self.text(surface, *at, text, *size, *ink, *weight),
            Mark::PageOf {
                heading,
                right,
                size,
            } => {
                let page = self.headings.get(*heading).map_or(0, |page| page + 1);
                let text = page.to_string();
                let at = [right[0] - self.letters.width(&text, *size), right[1]];
                self.text(surface, at, &text, *size, Ink::TEXT, Weight::Plain);
            }
            Mark::Shape { rings, fill, line } => {
                paint_with(surface, fill.map(filling), line.map(stroking));
                draw_rings(surface, rings, Close::Yes);
            }
            Mark::Line {
                from,
                to,
                ink,
                width,
            } => {
                paint_with(surface, None, Some(stroking((*ink, *width))));
                draw_rings(surface, &[vec![*from, *to]], Close::No);
            }
            Mark::Picture { jpeg, place } => picture(surface, jpeg, *place)?,
            Mark::Clip(place) => {
                let mut path = PathBuilder::new();
                if let Some(rect) = rect(*place) {
                    path.push_rect(rect);
                }
                if let Some(path) = path.finish() {
                    surface.push_clip_path(&path, &FillRule::NonZero);
                }
            }
            Mark::Unclip => surface.pop(),
        }
        Ok(())
    }

    fn text(
        &self,
        surface: &mut Surface<'_>,
        at: Spot,
        text: &str,
        size: f32,
        ink: Ink,
        weight: Weight,
    ) {
        match weight {
            Weight::Haloed => {
                let halo = stroking((Ink::PAPER, size * 0.28));
                paint_with(surface, Some(filling(Ink::PAPER)), Some(halo));
                // Outlines, so that the name is found once and not twice.
                self.glyphs(surface, at, text, size, Letting::Outlines);
                paint_with(surface, Some(filling(ink)), None);
            }
            Weight::Bold => {
                let line = stroking((ink, size * 0.035));
                paint_with(surface, Some(filling(ink)), Some(line));
            }
            Weight::Plain => paint_with(surface, Some(filling(ink)), None),
        }
        self.glyphs(surface, at, text, size, Letting::Text);
        self.boxes(surface, at, text, size, ink);
    }

    fn glyphs(&self, surface: &mut Surface<'_>, at: Spot, text: &str, size: f32, as_: Letting) {
        let signs = text.char_indices();
        let glyphs: Vec<_> = signs
            .filter_map(|(from, sign)| {
                let sign = self.letters.sign(sign)?;
                let range = from..from + sign.sign.len_utf8();
                let glyph = GlyphId::new(u32::from(sign.glyph));
                let advance = sign.advance;
                Some(KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, range, None))
            })
            .collect();
        let start = Point::from_xy(at[0], at[1]);
        let outlined = as_ == Letting::Outlines;
        surface.draw_glyphs(start, &glyphs, self.font.clone(), text, size, outlined);
    }

    /// A box in the place of each sign that the typeface lacks.
    fn boxes(&self, surface: &mut Surface<'_>, at: Spot, text: &str, size: f32, ink: Ink) {
        let mut x = at[0];
        for sign in text.chars().filter_map(|sign| self.letters.sign(sign)) {
            let width = sign.advance * size;
            if sign.glyph == 0 {
                let place = Box2::new(
                    x + size * 0.08,
                    at[1] - size * 0.8,
                    width - size * 0.16,
                    size * 0.9,
                );
                paint_with(surface, None, Some(stroking((ink, size * 0.06))));
                draw_rings(surface, &[place.corners()], Close::Yes);
            }
            x += width;
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Letting {
    Text,
    Outlines,
}

#[derive(Clone, Copy, PartialEq)]
enum Close {
    Yes,
    No,
}

fn paint_with(surface: &mut Surface<'_>, fill: Option<Fill>, stroke: Option<Stroke>) {
    surface.set_fill(fill);
    surface.set_stroke(stroke);
}

fn colour(ink: Ink) -> rgb::Color {
    rgb::Color::new(ink.0, ink.1, ink.2)
}

fn filling(ink: Ink) -> Fill {
    Fill {
        paint: colour(ink).into(),
        opacity: NormalizedF32::ONE,
        // Holes are rings inside rings, whichever way they turn.
        rule: FillRule::EvenOdd,
    }
}

fn stroking((ink, width): (Ink, f32)) -> Stroke {
    Stroke {
        paint: colour(ink).into(),
        width,
        line_join: LineJoin::Round,
        ..Stroke::default()
    }
}

fn draw_rings(surface: &mut Surface<'_>, rings: &[Vec<Spot>], close: Close) {
    let mut path = PathBuilder::new();
    for ring in rings {
        let mut spots = ring.iter();
        if let Some([x, y]) = spots.next() {
            path.move_to(*x, *y);
        }
        for [x, y] in spots {
            path.line_to(*x, *y);
        }
        if close == Close::Yes {
            path.close();
        }
    }
    // `None` where there is nothing to draw.
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn rect(place: Box2) -> Option<Rect> {
    Rect::from_ltrb(place.left, place.top, place.right, place.bottom)
}

fn picture(
    surface: &mut Surface<'_>,
    jpeg: &std::sync::Arc<Vec<u8>>,
    place: Box2,
) -> Result<(), PdfError> {
    let image = Image::from_jpeg(jpeg.clone().into(), true);
    let image = image.map_err(|detail| PdfError::Writer { detail })?;
    let Some(size) = Size::from_wh(place.width(), place.height()) else {
        return Ok(());
    };
    let place = krilla::geom::Transform::from_translate(place.left, place.top);
    surface.push_transform(&place);
    surface.draw_image(image, size);
    surface.pop();
    Ok(())
}
