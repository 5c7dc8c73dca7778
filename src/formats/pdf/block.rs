//! What stands in a document, from top to bottom, in the words of its reader.

use super::ink::Ink;
use super::map::MapFigure;
use std::sync::Arc;

/// A document before it is set on pages.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub title: String,
    /// The BCP 47 tag of the language it is written in.
    pub language: String,
    /// At the top of every page but the first.
    pub header: String,
    /// At the foot of every page, left of the page's number.
    pub footer: String,
    pub furniture: Furniture,
    pub blocks: Vec<Block>,
}

/// What the pages themselves say, with `%{…}` where a number goes.
#[derive(Clone, Debug, Default)]
pub struct Furniture {
    /// `%{page}`, `%{pages}`
    pub page: String,
    /// Above the list of signs that the typeface lacks; `%{signs}`.
    pub missing: String,
    /// `%{scale}`
    pub scale: String,
    pub north: String,
}

#[derive(Clone, Debug)]
pub enum Block {
    Title {
        text: String,
        below: Vec<String>,
    },
    /// 1 is a chapter, which stands in the contents; 2 a section of it.
    Heading {
        level: u8,
        text: String,
    },
    Paragraph {
        text: String,
        tone: Tone,
    },
    Table(Table),
    Bars(Bars),
    Map(MapFigure),
    Pictures(Vec<Picture>),
    /// The chapters and the pages they begin on.
    Contents,
    /// What follows begins on a new page, unless one has just begun.
    NewPage,
}

impl Block {
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        let text = text.into();
        Self::Heading { level, text }
    }

    pub fn paragraph(text: impl Into<String>) -> Self {
        let (text, tone) = (text.into(), Tone::Plain);
        Self::Paragraph { text, tone }
    }

    pub fn note(text: impl Into<String>) -> Self {
        let (text, tone) = (text.into(), Tone::Faint);
        Self::Paragraph { text, tone }
    }
}

/// How a text is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    /// Not surveyed, or a note.
    Faint,
    Strong,
    Good,
    Warn,
    Bad,
    /// On a ground of this colour.
    On(Ink),
}

#[derive(Clone, Debug, Default)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Repeated at the top of every page; a table without headings has none.
    pub headed: Headed,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Headed {
    #[default]
    Yes,
    No,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub heading: String,
    /// The part of the page's width that it gets, in relation to the others.
    pub share: f32,
    pub align: Align,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Left,
    Right,
}

impl Column {
    pub fn left(heading: impl Into<String>, share: f32) -> Self {
        let (heading, align) = (heading.into(), Align::Left);
        Self {
            heading,
            share,
            align,
        }
    }

    pub fn right(heading: impl Into<String>, share: f32) -> Self {
        let align = Align::Right;
        Self {
            align,
            ..Self::left(heading, share)
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Fewer than columns: the last one reaches to the end.
    pub cells: Vec<Cell>,
    pub kind: RowKind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowKind {
    #[default]
    Plain,
    /// A sum of those above.
    Sum,
    /// A line across, with words: nothing below it fitted.
    Cut,
    /// With room to sign and to seal.
    ToSign,
}

impl Row {
    pub fn plain(cells: impl IntoIterator<Item = Cell>) -> Self {
        let (cells, kind) = (cells.into_iter().collect(), RowKind::Plain);
        Self { cells, kind }
    }

    pub fn sum(cells: impl IntoIterator<Item = Cell>) -> Self {
        let kind = RowKind::Sum;
        Self {
            kind,
            ..Self::plain(cells)
        }
    }

    pub fn cut(text: impl Into<String>) -> Self {
        let (cells, kind) = (vec![Cell::toned(text, Tone::Bad)], RowKind::Cut);
        Self { cells, kind }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    pub tone: Tone,
}

impl Cell {
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        let text = text.into();
        Self { text, tone }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::toned(text, Tone::Plain)
    }
}

/// Bars that lie, each of one or more parts.
#[derive(Clone, Debug, Default)]
pub struct Bars {
    pub title: String,
    /// Empty where one colour needs no explanation.
    pub legend: Vec<(Ink, String)>,
    pub rows: Vec<Bar>,
    /// What the whole width stands for; the longest bar where there is none.
    pub full: Option<f64>,
}

#[derive(Clone, Debug, Default)]
pub struct Bar {
    pub label: String,
    /// From left to right; a length below 0 is none.
    pub parts: Vec<(Ink, f64)>,
    /// Behind the bar.
    pub figure: String,
}

/// A photo, or why there is none to show.
#[derive(Clone, Debug)]
pub struct Picture {
    pub caption: String,
    pub content: PictureContent,
}

#[derive(Clone, Debug)]
pub enum PictureContent {
    Jpeg {
        bytes: Arc<Vec<u8>>,
        width: u32,
        height: u32,
    },
    None {
        reason: String,
    },
}
