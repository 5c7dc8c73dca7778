//! Documents on A4 paper as PDF: headings, tables over many pages, bars, maps and photos, in the
//! shipped typeface, of which only the signs used are embedded.
//!
//! What stands in a report is decided in `jobs::report`, in which words in `words::reports`; here
//! is only how a page is set. Equal documents give equal bytes.

mod block;
mod chart;
mod flow;
mod ink;
mod letters;
mod map;
mod mark;
mod paint;
mod table;
#[cfg(test)]
mod tests;

pub use block::{
    Align, Bar, Bars, Block, Cell, Column, Document, Furniture, Headed, Picture, PictureContent,
    Row, RowKind, Table, Tone,
};
pub use ink::Ink;
pub use map::{Least, Look, MapFigure, Name, Shape};

use crate::progress::{Cancelled, Progress};
use std::collections::BTreeMap;

/// A finished file.
#[derive(Clone, Debug)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// Signs that the typeface lacks, and how often each stands there as a box.
    pub missing: BTreeMap<char, usize>,
}

#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    #[error("{detail}")]
    Writer { detail: String },
}

/// Sets `document` on pages and writes them.
///
/// # Errors
/// [`PdfError`]: the user stopped it, or a picture cannot be embedded.
pub fn write(document: &Document, progress: &Progress) -> Result<Pdf, PdfError> {
    let pages = flow::set(document, progress).map_err(|stop| match stop {
        flow::FlowStop::Cancelled(cancelled) => cancelled.into(),
        flow::FlowStop::Typeface(error) => PdfError::Writer {
            detail: error.to_string(),
        },
    })?;
    paint::paint(document, pages, progress)
}
