//! The shapes, and where each begins: .shp and .shx, as the white paper of 1998 describes them. The
//! crate that reads them writes no record without a shape.

use super::check_size;
use crate::formats::exchange::output::{Output, at};
use crate::formats::exchange::{Shape, WriteError};
use crate::formats::part::PartFile;
use crate::formats::ring::each_corner;
use crate::model::Boundary;
use geo::winding_order::WindingOrder;
use geo::{BoundingRect, Coord, Rect};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Bytes of the header of either file.
const HEADER: usize = 100;
/// No shape: a record with attributes alone.
const NULL: i32 = 0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShapeKind {
    Point = 1,
    Polygon = 5,
}

pub(super) struct Shapes {
    path: PathBuf,
    shp: Output,
    shx: Output,
    kind: ShapeKind,
    bounds: Option<Rect>,
    /// Bytes of the .shp so far.
    bytes: u64,
    records: u32,
    /// The record under way. Kept, so that its memory serves the next.
    content: Vec<u8>,
}

impl Shapes {
    pub fn begin(shp: &Path, shx: &Path, kind: ShapeKind) -> Result<Self, WriteError> {
        let begin = |path: &Path| {
            let mut out = Output::create(path)?;
            // Only at the end is it known what stands there.
            out.write_all(&[0; HEADER]).map_err(at(path))?;
            Ok(out)
        };
        Ok(Self {
            path: shp.to_owned(),
            shp: begin(shp)?,
            shx: begin(shx)?,
            kind,
            bounds: None,
            bytes: HEADER as u64,
            records: 0,
            content: Vec::new(),
        })
    }

    pub fn push(&mut self, shape: Shape) -> Result<(), WriteError> {
        self.content.clear();
        let rect = match shape {
            Shape::None => {
                self.content.extend(NULL.to_le_bytes());
                None
            }
            Shape::Point(position) => {
                let at = Coord::from(position);
                self.content.extend((self.kind as i32).to_le_bytes());
                push_coord(&mut self.content, at);
                Some(Rect::new(at, at))
            }
            Shape::Outline(boundary) => {
                self.content.extend((self.kind as i32).to_le_bytes());
                push_boundary(&mut self.content, boundary);
                boundary.bounding_rect()
            }
        };
        self.bounds = match (self.bounds, rect) {
            (Some(a), Some(b)) => Some(around(a, b)),
            (a, b) => a.or(b),
        };
        self.write().map_err(at(&self.path))?;
        check_size(&self.path, self.bytes)
    }

    fn write(&mut self) -> io::Result<()> {
        self.records += 1;
        let (offset, length) = (words(self.bytes), words(self.content.len() as u64));
        self.shp.write_all(&self.records.to_be_bytes())?;
        self.shp.write_all(&length.to_be_bytes())?;
        self.shp.write_all(&self.content)?;
        self.shx.write_all(&offset.to_be_bytes())?;
        self.shx.write_all(&length.to_be_bytes())?;
        self.bytes += 8 + self.content.len() as u64;
        Ok(())
    }

    /// Both files, whole.
    pub fn close(mut self) -> Result<[PartFile; 2], WriteError> {
        let index_bytes = HEADER as u64 + u64::from(self.records) * 8;
        let (shp, shx) = (self.header(self.bytes), self.header(index_bytes));
        let close = |mut out: Output, header: &[u8]| {
            out.rewrite_head(header)?;
            out.close()
        };
        let path = std::mem::take(&mut self.path);
        let shp = close(self.shp, &shp).map_err(at(&path))?;
        let shx = close(self.shx, &shx).map_err(at(&path.with_extension("shx")))?;
        Ok([shp, shx])
    }

    fn header(&self, bytes: u64) -> Vec<u8> {
        const CODE: i32 = 9_994;
        const VERSION: i32 = 1_000;
        let mut header = Vec::with_capacity(HEADER);
        header.extend(CODE.to_be_bytes());
        header.extend([0; 20]);
        header.extend(words(bytes).to_be_bytes());
        header.extend(VERSION.to_le_bytes());
        header.extend((self.kind as i32).to_le_bytes());
        let nowhere = || Rect::new((0.0, 0.0), (0.0, 0.0));
        push_rect(&mut header, self.bounds.unwrap_or_else(nowhere));
        // Neither heights nor measures.
        header.resize(HEADER, 0);
        header
    }
}

/// Lengths are counted in words of two bytes.
fn words(bytes: u64) -> u32 {
    u32::try_from(bytes / 2).unwrap_or(u32::MAX)
}

/// Outer rings run clockwise, holes the other way.
fn push_boundary(content: &mut Vec<u8>, boundary: &Boundary) {
    if let Some(rect) = boundary.bounding_rect() {
        push_rect(content, rect);
    }
    let rings = || {
        boundary.iter().flat_map(|polygon| {
            let outer = std::iter::once((polygon.exterior(), WindingOrder::Clockwise));
            let hole = |ring| (ring, WindingOrder::CounterClockwise);
            outer.chain(polygon.interiors().iter().map(hole))
        })
    };
    let mut push_count = |count: usize| {
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        content.extend(count.to_le_bytes());
    };
    push_count(rings().count());
    push_count(rings().map(|(ring, _)| ring.0.len()).sum());
    let mut start = 0;
    for (ring, _) in rings() {
        push_count(start);
        start += ring.0.len();
    }
    for (ring, order) in rings() {
        each_corner(ring, order, |corner| push_coord(content, *corner));
    }
}

fn push_rect(content: &mut Vec<u8>, rect: Rect) {
    push_coord(content, rect.min());
    push_coord(content, rect.max());
}

fn push_coord(content: &mut Vec<u8>, at: Coord) {
    content.extend(at.x.to_le_bytes());
    content.extend(at.y.to_le_bytes());
}

fn around(a: Rect, b: Rect) -> Rect {
    let (low, high) = ((a.min(), b.min()), (a.max(), b.max()));
    Rect::new(
        (low.0.x.min(low.1.x), low.0.y.min(low.1.y)),
        (high.0.x.max(high.1.x), high.0.y.max(high.1.y)),
    )
}
