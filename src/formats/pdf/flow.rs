//! Blocks one below the other on A4 pages, and what goes over to the next.

use super::block::{Block, Document, Picture, PictureContent, Tone};
use super::ink::Ink;
use super::letters::Letters;
use super::map::{self, Look, MapFigure};
use super::mark::{Box2, Mark, Spot, Weight};
use super::{chart, table};
use crate::progress::{Cancelled, Progress};
use ttf_parser::FaceParsingError;

/// A4, in points.
pub(super) const PAGE: [f32; 2] = [595.28, 841.89];
/// Two centimetres on the left, where it is bound.
pub(super) const LEFT: f32 = 56.7;
pub(super) const RIGHT: f32 = PAGE[0] - 48.2;
const TOP: f32 = 62.0;
const BOTTOM: f32 = PAGE[1] - 56.0;
pub(super) const WIDTH: f32 = RIGHT - LEFT;

/// A map is no lower than this, however wide the land.
const LEAST_MAP: f32 = 200.0;

pub(super) const BODY: f32 = 9.5;
/// From base line to base line, in sizes.
pub(super) const LEADING: f32 = 1.45;

/// The pages of a document, before they are painted.
pub(super) struct Pages {
    pub pages: Vec<Vec<Mark>>,
    /// Every heading: level, text, the page's index and the height on it.
    pub headings: Vec<(u8, String, usize, f32)>,
    pub letters: Letters,
}

/// Where the next block goes.
pub(super) struct Flow {
    pub pages: Vec<Vec<Mark>>,
    pub y: f32,
    pub letters: Letters,
    headings: Vec<(u8, String, usize, f32)>,
}

/// Sets `document` on pages.
pub(super) fn set(document: &Document, progress: &Progress) -> Result<Pages, FlowStop> {
    let mut flow = Flow {
        pages: vec![Vec::new()],
        y: TOP,
        letters: Letters::new().map_err(FlowStop::Typeface)?,
        headings: Vec::new(),
    };
    let chapters: Vec<(usize, &str)> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, text } => Some((*level, text.as_str())),
            _ => None,
        })
        .enumerate()
        .filter(|(_, (level, _))| *level == 1)
        .map(|(index, (_, text))| (index, text))
        .collect();
    progress.begin(document.blocks.len() as u64);
    for (done, block) in document.blocks.iter().enumerate() {
        progress.reach(done as u64).map_err(FlowStop::Cancelled)?;
        flow.block(block, document, &chapters);
    }
    flow.list_missing(&document.furniture.missing);
    Ok(Pages {
        pages: flow.pages,
        headings: flow.headings,
        letters: flow.letters,
    })
}

pub(super) enum FlowStop {
    Cancelled(Cancelled),
    Typeface(FaceParsingError),
}

impl Flow {
    fn block(&mut self, block: &Block, document: &Document, chapters: &[(usize, &str)]) {
        match block {
            Block::Title { text, below } => self.title(text, below),
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph { text, tone } => {
                self.paragraph(text, BODY, *tone);
                self.y += 3.0;
            }
            Block::Table(table) => table::set(self, table),
            Block::Bars(bars) => chart::set(self, bars),
            Block::Map(map) => self.map(map, document),
            Block::Pictures(pictures) => self.pictures(pictures),
            Block::Contents => self.contents(chapters),
            Block::NewPage => {
                if self.y > TOP {
                    self.new_page();
                }
            }
        }
    }

    pub(super) fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    /// What is left of the page, in points.
    pub(super) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    pub(super) fn whole_page() -> f32 {
        BOTTOM - TOP
    }

    /// Goes to a new page where less than `height` is left.
    pub(super) fn need(&mut self, height: f32) {
        if self.room() < height && self.y > TOP {
            self.new_page();
        }
    }

    pub(super) fn draw(&mut self, mark: Mark) {
        // There is a page from the start, and none is ever taken away.
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    pub(super) fn write(&mut self, at: Spot, text: &str, size: f32, ink: Ink, weight: Weight) {
        if text.is_empty() {
            return;
        }
        self.letters.note_missing(text);
        let text = text.to_owned();
        self.draw(Mark::Text {
            at,
            text,
            size,
            ink,
            weight,
        });
    }

    fn title(&mut self, text: &str, below: &[String]) {
        for line in self.letters.lines(text, 18.0, WIDTH) {
            self.y += 22.0;
            let left = LEFT + (WIDTH - self.letters.width(&line, 18.0)) / 2.0;
            self.write([left, self.y], &line, 18.0, Ink::TEXT, Weight::Bold);
        }
        self.y += 6.0;
        for line in below
            .iter()
            .flat_map(|line| self.letters.lines(line, BODY, WIDTH))
            .collect::<Vec<_>>()
        {
            self.y += BODY * LEADING;
            let left = LEFT + (WIDTH - self.letters.width(&line, BODY)) / 2.0;
            self.write([left, self.y], &line, BODY, Ink::FAINT, Weight::Plain);
        }
        self.y += 12.0;
    }

    fn heading(&mut self, level: u8, text: &str) {
        let size = if level == 1 { 14.0 } else { 11.0 };
        // A heading never stands alone at the foot of a page.
        self.need(size * 2.0 + 70.0);
        if self.y > TOP {
            self.y += size * 0.8;
        }
        let page = self.pages.len() - 1;
        self.headings.push((level, text.to_owned(), page, self.y));
        for line in self.letters.lines(text, size, WIDTH) {
            self.y += size * 1.3;
            self.write([LEFT, self.y], &line, size, Ink::ACCENT, Weight::Bold);
        }
        self.y += 4.0;
        if level == 1 {
            let (from, to) = ([LEFT, self.y], [RIGHT, self.y]);
            self.draw(Mark::Line {
                from,
                to,
                ink: Ink::ACCENT,
                width: 0.8,
            });
        }
        self.y += 5.0;
    }

    pub(super) fn paragraph(&mut self, text: &str, size: f32, tone: Tone) {
        let (ink, weight) = look(tone);
        for line in self.letters.lines(text, size, WIDTH) {
            self.need(size * LEADING);
            self.y += size * LEADING;
            self.write([LEFT, self.y - size * 0.3], &line, size, ink, weight);
        }
    }

    fn contents(&mut self, chapters: &[(usize, &str)]) {
        const SIZE: f32 = 10.5;
        for (heading, text) in chapters {
            self.need(SIZE * 1.8);
            self.y += SIZE * 1.8;
            let text = self.letters.shortened(text, SIZE, WIDTH - 60.0);
            self.write([LEFT, self.y], &text, SIZE, Ink::TEXT, Weight::Plain);
            let from = LEFT + self.letters.width(&text, SIZE) + 8.0;
            self.draw(Mark::Line {
                from: [from, self.y - 2.0],
                to: [RIGHT - 26.0, self.y - 2.0],
                ink: Ink::RULE,
                width: 0.5,
            });
            self.draw(Mark::PageOf {
                heading: *heading,
                right: [RIGHT, self.y],
                size: SIZE,
            });
        }
        self.y += 12.0;
    }

    fn map(&mut self, figure: &MapFigure, document: &Document) {
        let rows = self.legend_rows(&figure.legend);
        let below = rows.len() as f32 * 13.0 + 26.0;
        let [west, south, east, north] = figure.extent;
        let shape = (north - south) / (east - west).max(1.0);
        let height = (WIDTH * shape as f32).clamp(LEAST_MAP, figure.height.max(LEAST_MAP));
        let height = height.min(Self::whole_page() - below);
        self.need(height + below);
        self.y += 4.0;
        let frame = Box2::new(LEFT, self.y, WIDTH, height);
        let furniture = &document.furniture;
        let (scale, north) = (&furniture.scale, &furniture.north);
        for mark in map::draw(figure, frame, scale, north, &mut self.letters) {
            self.draw(mark);
        }
        self.y += height + 4.0;
        for row in rows {
            for (x, look, text) in row {
                let swatch = Box2::new(LEFT + x, self.y + 2.0, 12.0, 8.0);
                self.draw(Mark::Shape {
                    rings: vec![swatch.corners()],
                    fill: look.fill,
                    line: look.line,
                });
                let at = [LEFT + x + 16.0, self.y + 9.0];
                self.write(at, &text, 8.0, Ink::TEXT, Weight::Plain);
            }
            self.y += 13.0;
        }
        self.paragraph(&figure.note, 8.0, Tone::Faint);
        self.y += 4.0;
    }

    /// The entries of a legend, as many on a row as find room.
    fn legend_rows(&self, legend: &[(Look, String)]) -> Vec<Vec<(f32, Look, String)>> {
        let mut rows: Vec<Vec<(f32, Look, String)>> = Vec::new();
        let mut x = f32::INFINITY;
        for (look, text) in legend {
            let text = self.letters.shortened(text, 8.0, WIDTH - 20.0);
            let width = 32.0 + self.letters.width(&text, 8.0);
            if x + width > WIDTH {
                rows.push(Vec::new());
                x = 0.0;
            }
            if let Some(row) = rows.last_mut() {
                row.push((x, *look, text));
            }
            x += width;
        }
        rows
    }

    /// Two beside each other.
    fn pictures(&mut self, pictures: &[Picture]) {
        const GAP: f32 = 10.0;
        const MOST: f32 = 190.0;
        let side = (WIDTH - GAP) / 2.0;
        for pair in pictures.chunks(2) {
            let height = |picture: &Picture| match &picture.content {
                PictureContent::Jpeg { width, height, .. } => {
                    (side * *height as f32 / (*width).max(1) as f32).min(MOST)
                }
                PictureContent::None { .. } => 40.0,
            };
            let tallest = pair.iter().map(height).fold(0.0, f32::max);
            let captions: Vec<_> = pair
                .iter()
                .map(|picture| self.letters.lines(&picture.caption, 8.0, side))
                .collect();
            let lines = captions.iter().map(Vec::len).max().unwrap_or_default();
            self.need(tallest + lines as f32 * 11.0 + 10.0);
            for (index, (picture, caption)) in pair.iter().zip(captions).enumerate() {
                let left = LEFT + index as f32 * (side + GAP);
                self.picture(picture, Box2::new(left, self.y, side, height(picture)));
                for (line, text) in caption.iter().enumerate() {
                    let y = self.y + tallest + 10.0 + line as f32 * 11.0;
                    self.write([left, y], text, 8.0, Ink::FAINT, Weight::Plain);
                }
            }
            self.y += tallest + lines as f32 * 11.0 + 10.0;
        }
    }

    fn picture(&mut self, picture: &Picture, place: Box2) {
        match &picture.content {
            PictureContent::Jpeg {
                bytes,
                width,
                height,
            } => {
                // As wide as its height allows: nothing is stretched.
                let width = place.height() * *width as f32 / (*height).max(1) as f32;
                let width = width.min(place.width());
                self.draw(Mark::Picture {
                    jpeg: bytes.clone(),
                    place: Box2::new(place.left, place.top, width, place.height()),
                });
            }
            PictureContent::None { reason } => {
                self.draw(Mark::framed(place, Ink::RULE, 0.6));
                let text = self.letters.shortened(reason, 8.0, place.width() - 12.0);
                let at = [place.left + 6.0, place.top + 22.0];
                self.write(at, &text, 8.0, Ink::FAINT, Weight::Plain);
            }
        }
    }

    /// What stands in the document as a box, so that nobody takes a name for another.
    fn list_missing(&mut self, sentence: &str) {
        let missing = self.letters.missing();
        if missing.is_empty() || sentence.is_empty() {
            return;
        }
        let signs: Vec<_> = missing
            .iter()
            .map(|(sign, times)| format!("U+{:04X} ×{times}", u32::from(*sign)))
            .collect();
        let text = sentence.replace("%{signs}", &signs.join(", "));
        self.y += 8.0;
        self.paragraph(&text, 8.0, Tone::Warn);
    }
}

/// The colour and the weight of a tone.
pub(super) fn look(tone: Tone) -> (Ink, Weight) {
    match tone {
        Tone::Plain => (Ink::TEXT, Weight::Plain),
        Tone::Faint => (Ink::FAINT, Weight::Plain),
        Tone::Strong => (Ink::TEXT, Weight::Bold),
        Tone::Good => (Ink::GOOD, Weight::Plain),
        Tone::Warn => (Ink::WARN, Weight::Plain),
        Tone::Bad => (Ink::BAD, Weight::Bold),
        Tone::On(ground) => (ground.text_on(), Weight::Plain),
    }
}
