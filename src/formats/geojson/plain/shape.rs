//! Coordinates: read as a geometry, or passed over.

use super::{Cursor, NotPlain, Plain};
use crate::formats::RawGeometry;
use geo::{Coord, LineString, MultiPolygon, Polygon};

/// What kind of geometry a feature has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeKind {
    None,
    Point,
    Polygons,
}

impl Cursor<'_> {
    /// The coordinates of a geometry of this type.
    pub(super) fn read_coordinates(&mut self, kind: &[u8]) -> Plain<RawGeometry> {
        match kind {
            b"Point" => Ok(RawGeometry::Point(self.position()?)),
            b"Polygon" => {
                let polygon = self.polygon()?;
                Ok(RawGeometry::Polygons(MultiPolygon(vec![polygon])))
            }
            b"MultiPolygon" => {
                let mut polygons = Vec::new();
                self.elements(|cursor| {
                    polygons.push(cursor.polygon()?);
                    Ok(())
                })?;
                Ok(RawGeometry::Polygons(MultiPolygon(polygons)))
            }
            _ => Err(NotPlain::Odd),
        }
    }

    /// Passes the same.
    pub(super) fn skip_coordinates(&mut self, kind: &[u8]) -> Plain<ShapeKind> {
        match kind {
            b"Point" => self.skip_position().map(|()| ShapeKind::Point),
            b"Polygon" => self.skip_polygon().map(|()| ShapeKind::Polygons),
            b"MultiPolygon" => self
                .elements(Self::skip_polygon)
                .map(|()| ShapeKind::Polygons),
            _ => Err(NotPlain::Odd),
        }
    }

    fn polygon(&mut self) -> Plain<Polygon> {
        let mut exterior = None;
        let mut holes = Vec::new();
        self.elements(|cursor| {
            let mut ring = Vec::with_capacity(32);
            cursor.elements(|cursor| {
                ring.push(cursor.position()?);
                Ok(())
            })?;
            match exterior {
                None => exterior = Some(LineString(ring)),
                Some(_) => holes.push(LineString(ring)),
            }
            Ok(())
        })?;
        Ok(Polygon::new(exterior.ok_or(NotPlain::Odd)?, holes))
    }

    /// A longitude, a latitude, and a height that is dropped.
    fn position(&mut self) -> Plain<Coord> {
        self.take(b'[')?;
        let x = self.coordinate()?;
        self.take(b',')?;
        let y = self.coordinate()?;
        loop {
            match self.next()? {
                b']' => return Ok(Coord { x, y }),
                b',' => _ = self.coordinate()?,
                _ => return Err(NotPlain::Odd),
            }
        }
    }

    fn coordinate(&mut self) -> Plain<f64> {
        self.peek()?;
        let value = self.number()?;
        value.is_finite().then_some(value).ok_or(NotPlain::Odd)
    }

    fn skip_polygon(&mut self) -> Plain<()> {
        let mut rings = 0usize;
        self.elements(|cursor| {
            rings += 1;
            cursor.elements(Self::skip_position)
        })?;
        match rings > 0 {
            true => Ok(()),
            false => Err(NotPlain::Odd),
        }
    }

    fn skip_position(&mut self) -> Plain<()> {
        let mut numbers = 0usize;
        self.elements(|cursor| {
            numbers += 1;
            cursor.peek()?;
            cursor.skip_number()
        })?;
        match numbers >= 2 {
            true => Ok(()),
            false => Err(NotPlain::Odd),
        }
    }

    /// A number by the grammar of JSON, which begins here.
    fn number(&mut self) -> Plain<f64> {
        let start = self.at;
        let is_negative = self.here()? == b'-';
        if is_negative {
            self.at += 1;
        }
        let mut digits = 0u64;
        let first = self.here()?;
        let whole = self.digits(&mut digits)?;
        if whole == 0 || (whole > 1 && first == b'0') {
            return Err(NotPlain::Odd);
        }
        let mut decimals = 0;
        if self.here()? == b'.' {
            self.at += 1;
            decimals = self.digits(&mut digits)?;
            if decimals == 0 {
                return Err(NotPlain::Odd);
            }
        }
        let has_exponent = matches!(self.here()?, b'e' | b'E');
        let tens = TENS.get(decimals).filter(|_| !has_exponent);
        if let Some(tens) = tens
            && whole + decimals <= FITTING
            && digits < WHOLE
        {
            // Two exact floats: their quotient is rounded once, as the nearest float is.
            let value = digits as f64 / tens;
            return Ok(if is_negative { -value } else { value });
        }
        self.at = start;
        self.skip_number()?;
        let text = std::str::from_utf8(&self.bytes[start..self.at]);
        let value = text.ok().and_then(|text| text.parse().ok());
        value.ok_or(NotPlain::Odd)
    }

    /// How many digits stand here; they are put behind those of `number`.
    fn digits(&mut self, number: &mut u64) -> Plain<usize> {
        let start = self.at;
        loop {
            let byte = self.here()?;
            if !byte.is_ascii_digit() {
                return Ok(self.at - start);
            }
            // Of more digits than fit nothing is made.
            *number = number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            self.at += 1;
        }
    }
}

/// Powers of ten that a float holds exactly.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];
/// Below this every whole number is a float.
const WHOLE: u64 = 1 << 53;
/// So many digits always fit into a `u64`.
const FITTING: usize = 19;
