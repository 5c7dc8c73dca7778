//! Features as nearly all programs write them, read in one go over their bytes.
//!
//! What is unusual in any way, or wrong, is left to the reader beside this one, which takes ten
//! times as long and can tell what is the matter: both give the same for whatever this one accepts.

use crate::formats::RawGeometry;
use geo::{Coord, LineString, MultiPolygon, Polygon};
use std::borrow::Cow;

/// Why a feature was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotPlain {
    /// The bytes end before the feature does.
    CutOff,
    Odd,
}

type Plain<T> = Result<T, NotPlain>;

/// What takes the properties of a feature, in the order they are written; an error ends the
/// reading.
pub(super) trait TakeProperty {
    /// What stands before the next value where features are alike: the name with its quotation
    /// marks, and the colon.
    fn expected(&self) -> Option<&[u8]>;
    /// The text of the property that was expected.
    fn expected_property(&mut self, text: &str) -> Plain<()>;
    /// A property, its name and its text; `null` is an empty one.
    fn property(&mut self, name: &str, text: &str) -> Plain<()>;
    /// The feature's own id.
    fn id(&mut self, text: &str) -> Plain<()>;
}

/// Reads the feature that begins with the first byte. Gives its geometry, and where it ends.
pub(super) fn feature(bytes: &[u8], taker: &mut impl TakeProperty) -> Plain<(RawGeometry, usize)> {
    let mut cursor = Cursor { bytes, at: 0 };
    let geometry = cursor.feature(taker)?;
    Ok((geometry, cursor.at))
}

/// A place in the text.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// The members of a feature that were met; one that comes twice is not plain.
#[derive(Default)]
struct Met {
    kind: bool,
    id: bool,
    properties: bool,
    geometry: bool,
}

impl<'a> Cursor<'a> {
    fn feature(&mut self, taker: &mut impl TakeProperty) -> Plain<RawGeometry> {
        let mut met = Met::default();
        let mut shape = RawGeometry::None;
        self.members(|cursor, name| {
            let flag = match name {
                "type" => &mut met.kind,
                "id" => &mut met.id,
                "properties" => &mut met.properties,
                "geometry" => &mut met.geometry,
                _ => return Err(NotPlain::Odd),
            };
            if std::mem::replace(flag, true) {
                return Err(NotPlain::Odd);
            }
            match name {
                "type" => match &*cursor.string()? {
                    "Feature" => Ok(()),
                    _ => Err(NotPlain::Odd),
                },
                "id" => taker.id(&cursor.value()?),
                "properties" => cursor.properties(taker),
                _ => {
                    shape = cursor.geometry()?;
                    Ok(())
                }
            }
        })?;
        match met.kind {
            true => Ok(shape),
            false => Err(NotPlain::Odd),
        }
    }

    fn properties(&mut self, taker: &mut impl TakeProperty) -> Plain<()> {
        if self.peek()? == b'n' {
            return self.word("null");
        }
        self.list([b'{', b'}'], |cursor| {
            cursor.peek()?;
            let rest = &cursor.bytes[cursor.at..];
            let expected = taker.expected().filter(|name| rest.starts_with(name));
            if let Some(length) = expected.map(<[u8]>::len) {
                cursor.at += length;
                let text = cursor.value()?;
                return taker.expected_property(&text);
            }
            let name = cursor.name()?;
            let text = cursor.value()?;
            taker.property(&name, &text)
        })
    }

    /// Goes through the members of an object, each value read by `read`.
    fn members(&mut self, mut read: impl FnMut(&mut Self, &str) -> Plain<()>) -> Plain<()> {
        self.list([b'{', b'}'], |cursor| {
            let name = cursor.name()?;
            read(cursor, &name)
        })
    }

    /// Goes through the elements of an array.
    fn elements(&mut self, read: impl FnMut(&mut Self) -> Plain<()>) -> Plain<()> {
        self.list([b'[', b']'], read)
    }

    /// Goes through what stands between two brackets, with commas between.
    fn list(
        &mut self,
        [open, close]: [u8; 2],
        mut read: impl FnMut(&mut Self) -> Plain<()>,
    ) -> Plain<()> {
        self.take(open)?;
        if self.peek()? == close {
            self.at += 1;
            return Ok(());
        }
        loop {
            read(self)?;
            match self.next()? {
                b',' => {}
                byte if byte == close => return Ok(()),
                _ => return Err(NotPlain::Odd),
            }
        }
    }

    /// The name of a member, and the colon behind it.
    fn name(&mut self) -> Plain<Cow<'a, str>> {
        let name = self.string()?;
        self.take(b':')?;
        Ok(name)
    }

    /// A value that is no array and no object, as text; `null` is empty.
    fn value(&mut self) -> Plain<Cow<'a, str>> {
        let word = |word: &'static str, text: &'static str| (word, text);
        let (word, text) = match self.peek()? {
            b'"' => return self.string(),
            b't' => word("true", "true"),
            b'f' => word("false", "false"),
            b'n' => word("null", ""),
            _ => return Ok(Cow::Borrowed(self.number()?.text()?)),
        };
        self.word(word)?;
        Ok(Cow::Borrowed(text))
    }

    fn word(&mut self, word: &str) -> Plain<()> {
        let end = self.at + word.len();
        match self.bytes.get(self.at..end) {
            Some(bytes) if bytes == word.as_bytes() => {
                self.at = end;
                Ok(())
            }
            Some(_) => Err(NotPlain::Odd),
            None => Err(NotPlain::CutOff),
        }
    }

    fn string(&mut self) -> Plain<Cow<'a, str>> {
        self.take(b'"')?;
        let start = self.at;
        loop {
            match self.byte()? {
                b'"' => break,
                b'\\' => return self.escaped(start),
                0..0x20 => return Err(NotPlain::Odd),
                _ => {}
            }
        }
        let text = &self.bytes[start..self.at - 1];
        let text = std::str::from_utf8(text).map_err(|_| NotPlain::Odd)?;
        Ok(Cow::Borrowed(text))
    }

    /// The rest of a string that has a backslash at the place just passed.
    fn escaped(&mut self, start: usize) -> Plain<Cow<'a, str>> {
        self.byte()?;
        loop {
            match self.byte()? {
                b'"' => break,
                b'\\' => _ = self.byte()?,
                _ => {}
            }
        }
        // With its quotation marks.
        let json = &self.bytes[start - 1..self.at];
        let text = serde_json::from_slice(json).map_err(|_| NotPlain::Odd)?;
        Ok(Cow::Owned(text))
    }

    fn geometry(&mut self) -> Plain<RawGeometry> {
        if self.peek()? == b'n' {
            self.word("null")?;
            return Ok(RawGeometry::None);
        }
        self.take(b'{')?;
        let kind = self.member("type")?.string()?;
        self.take(b',')?;
        let shape = self.member("coordinates")?.coordinates(&kind)?;
        self.take(b'}')?;
        Ok(shape)
    }

    /// Passes the name of a member that must stand here.
    fn member(&mut self, name: &str) -> Plain<&mut Self> {
        match *self.name()? == *name {
            true => Ok(self),
            false => Err(NotPlain::Odd),
        }
    }

    fn coordinates(&mut self, kind: &str) -> Plain<RawGeometry> {
        match kind {
            "Point" => Ok(RawGeometry::Point(self.position()?)),
            "Polygon" => {
                let polygon = self.polygon()?;
                Ok(RawGeometry::Polygons(MultiPolygon(vec![polygon])))
            }
            "MultiPolygon" => {
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
        let number = self.number()?;
        let value = number.value()?;
        value.is_finite().then_some(value).ok_or(NotPlain::Odd)
    }

    /// A number by the grammar of JSON, which begins here.
    fn number(&mut self) -> Plain<Number<'a>> {
        let start = self.at;
        let mut number = Number::default();
        if self.here()? == b'-' {
            number.is_negative = true;
            self.at += 1;
        }
        let first = self.here()?;
        let whole = self.digits(&mut number)?;
        if whole == 0 || (whole > 1 && first == b'0') {
            return Err(NotPlain::Odd);
        }
        if self.here()? == b'.' {
            self.at += 1;
            number.decimals = self.digits(&mut number)?;
            if number.decimals == 0 {
                return Err(NotPlain::Odd);
            }
        }
        if matches!(self.here()?, b'e' | b'E') {
            number.has_exponent = true;
            self.at += 1;
            if matches!(self.here()?, b'+' | b'-') {
                self.at += 1;
            }
            if self.digits(&mut Number::default())? == 0 {
                return Err(NotPlain::Odd);
            }
        }
        number.bytes = &self.bytes[start..self.at];
        Ok(number)
    }

    /// How many digits stand here; they are added to those of `number`.
    fn digits(&mut self, number: &mut Number<'_>) -> Plain<usize> {
        let rest = &self.bytes[self.at..];
        let is_other = |byte: &u8| !byte.is_ascii_digit();
        let count = rest.iter().position(is_other).ok_or(NotPlain::CutOff)?;
        for byte in &rest[..count] {
            let digit = u64::from(byte - b'0');
            // Of more digits than fit nothing is made.
            number.digits = number.digits.wrapping_mul(10).wrapping_add(digit);
        }
        number.count += count;
        self.at += count;
        Ok(count)
    }

    fn here(&self) -> Plain<u8> {
        self.bytes.get(self.at).copied().ok_or(NotPlain::CutOff)
    }

    fn byte(&mut self) -> Plain<u8> {
        let byte = self.here()?;
        self.at += 1;
        Ok(byte)
    }

    /// The next byte that is no white space, which stays.
    fn peek(&mut self) -> Plain<u8> {
        loop {
            match self.here()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Ok(byte),
            }
        }
    }

    /// The same, passed.
    fn next(&mut self) -> Plain<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Ok(byte)
    }

    fn take(&mut self, expected: u8) -> Plain<()> {
        match self.next()? {
            byte if byte == expected => Ok(()),
            _ => Err(NotPlain::Odd),
        }
    }
}

/// A number as it is written.
#[derive(Default)]
struct Number<'a> {
    bytes: &'a [u8],
    is_negative: bool,
    /// All digits before an exponent, as one number, where they fit.
    digits: u64,
    count: usize,
    decimals: usize,
    has_exponent: bool,
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

impl<'a> Number<'a> {
    fn text(&self) -> Plain<&'a str> {
        std::str::from_utf8(self.bytes).map_err(|_| NotPlain::Odd)
    }

    /// The float nearest to it.
    fn value(&self) -> Plain<f64> {
        // Two exact floats: their quotient is rounded once, as the nearest float is.
        let tens = TENS.get(self.decimals).filter(|_| !self.has_exponent);
        match tens {
            Some(tens) if self.count <= FITTING && self.digits < WHOLE => {
                let value = self.digits as f64 / tens;
                Ok(if self.is_negative { -value } else { value })
            }
            _ => self.text()?.parse().map_err(|_| NotPlain::Odd),
        }
    }
}
