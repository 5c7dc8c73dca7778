//! Features as nearly all programs write them, gone through once over their bytes.
//!
//! What is unusual in any way, or wrong, is left to the reader beside this one, which takes ten
//! times as long and can tell what is the matter: both give the same for whatever this one accepts.

mod shape;

use std::borrow::Cow;
use std::ops::Range;

use crate::formats::RawGeometry;
pub use shape::ShapeKind;

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
    /// The property that was expected.
    fn expected_property(&mut self, value: &Token) -> Plain<()>;
    /// A property, its name and what it holds.
    fn property(&mut self, name: &Token, value: &Token) -> Plain<()>;
    /// The feature's own id.
    fn id(&mut self, value: &Token) -> Plain<()>;
}

/// Reads the feature that begins with the first byte. Gives its geometry, and where it ends.
pub(super) fn feature(bytes: &[u8], taker: &mut impl TakeProperty) -> Plain<(RawGeometry, usize)> {
    let mut cursor = Cursor::new(bytes);
    let geometry = cursor.feature(taker, RawGeometry::None, Cursor::read_coordinates)?;
    Ok((geometry, cursor.at))
}

/// Goes through the feature that begins with the first byte without reading its numbers: what it
/// accepts is JSON if it is UTF-8, and a feature. Gives the kind of its geometry, and where it ends.
pub(super) fn skim(bytes: &[u8], taker: &mut impl TakeProperty) -> Plain<(ShapeKind, usize)> {
    let mut cursor = Cursor::new(bytes);
    let kind = cursor.feature(taker, ShapeKind::None, Cursor::skip_coordinates)?;
    Ok((kind, cursor.at))
}

/// A value that is no array and no object, or the name of a member, where it stands in the text.
pub(super) struct Token {
    kind: TokenKind,
    place: Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TokenKind {
    Null,
    /// A number, `true` or `false`: the text is what is written.
    Bare,
    /// Between quotation marks, which are not in its place.
    Quoted,
    /// The same with backslashes in it.
    Escaped,
}

impl Token {
    /// What it says, `bytes` being those it was found in; `null` says nothing.
    pub fn text<'t>(&self, bytes: &'t [u8]) -> Plain<Cow<'t, str>> {
        let text = match self.kind {
            TokenKind::Escaped => {
                let with_marks = self.place.start - 1..self.place.end + 1;
                let json = bytes.get(with_marks).ok_or(NotPlain::Odd)?;
                serde_json::from_slice(json).map(Cow::Owned).ok()
            }
            _ => std::str::from_utf8(self.written(bytes)?)
                .map(Cow::Borrowed)
                .ok(),
        };
        text.ok_or(NotPlain::Odd)
    }

    /// The bytes of what it says, where those are the ones that are written.
    pub fn written<'t>(&self, bytes: &'t [u8]) -> Plain<&'t [u8]> {
        match self.kind {
            TokenKind::Null => Ok(&[]),
            TokenKind::Bare | TokenKind::Quoted => {
                bytes.get(self.place.clone()).ok_or(NotPlain::Odd)
            }
            TokenKind::Escaped => Err(NotPlain::Odd),
        }
    }
}

/// A place among the bytes.
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
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// A feature whose geometry is `shape` where it has none, else what `coordinates` makes of the
    /// coordinates of that type.
    fn feature<S>(
        &mut self,
        taker: &mut impl TakeProperty,
        mut shape: S,
        coordinates: fn(&mut Self, &[u8]) -> Plain<S>,
    ) -> Plain<S> {
        let mut met = Met::default();
        self.list([b'{', b'}'], |cursor| {
            let name = cursor.name()?;
            let flag = match name.written(cursor.bytes)? {
                b"type" => &mut met.kind,
                b"id" => &mut met.id,
                b"properties" => &mut met.properties,
                b"geometry" => &mut met.geometry,
                _ => return Err(NotPlain::Odd),
            };
            if std::mem::replace(flag, true) {
                return Err(NotPlain::Odd);
            }
            match name.written(cursor.bytes)? {
                b"type" => cursor.word(b"\"Feature\""),
                b"id" => taker.id(&cursor.value()?),
                b"properties" => cursor.properties(taker),
                _ => {
                    if let Some(read) = cursor.geometry(coordinates)? {
                        shape = read;
                    }
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
            return self.word(b"null");
        }
        self.list([b'{', b'}'], |cursor| {
            cursor.peek()?;
            let rest = &cursor.bytes[cursor.at..];
            let expected = taker.expected().filter(|name| rest.starts_with(name));
            if let Some(length) = expected.map(<[u8]>::len) {
                cursor.at += length;
                let value = cursor.value()?;
                return taker.expected_property(&value);
            }
            let name = cursor.name()?;
            let value = cursor.value()?;
            taker.property(&name, &value)
        })
    }

    /// `None` where there is none.
    fn geometry<S>(&mut self, coordinates: fn(&mut Self, &[u8]) -> Plain<S>) -> Plain<Option<S>> {
        if self.peek()? == b'n' {
            self.word(b"null")?;
            return Ok(None);
        }
        self.take(b'{')?;
        self.member(b"type")?;
        let kind = self.string()?.written(self.bytes)?;
        self.take(b',')?;
        self.member(b"coordinates")?;
        let shape = coordinates(self, kind)?;
        self.take(b'}')?;
        Ok(Some(shape))
    }

    /// Passes the name of a member that must stand here.
    fn member(&mut self, name: &[u8]) -> Plain<()> {
        match self.name()?.written(self.bytes)? == name {
            true => Ok(()),
            false => Err(NotPlain::Odd),
        }
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
    fn name(&mut self) -> Plain<Token> {
        let name = self.string()?;
        self.take(b':')?;
        Ok(name)
    }

    fn value(&mut self) -> Plain<Token> {
        let first = self.peek()?;
        let start = self.at;
        let kind = match first {
            b'"' => return self.string(),
            b't' => self.word(b"true").map(|()| TokenKind::Bare)?,
            b'f' => self.word(b"false").map(|()| TokenKind::Bare)?,
            b'n' => self.word(b"null").map(|()| TokenKind::Null)?,
            _ => self.skip_number().map(|()| TokenKind::Bare)?,
        };
        let place = start..self.at;
        Ok(Token { kind, place })
    }

    fn word(&mut self, word: &[u8]) -> Plain<()> {
        self.peek()?;
        let end = self.at + word.len();
        match self.bytes.get(self.at..end) {
            Some(bytes) if bytes == word => {
                self.at = end;
                Ok(())
            }
            Some(_) => Err(NotPlain::Odd),
            None => Err(NotPlain::CutOff),
        }
    }

    fn string(&mut self) -> Plain<Token> {
        self.take(b'"')?;
        let start = self.at;
        let rest = &self.bytes[start..];
        let is_end = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
        self.at += rest.iter().position(is_end).ok_or(NotPlain::CutOff)?;
        let kind = match self.here()? {
            b'"' => TokenKind::Quoted,
            b'\\' => {
                self.skip_escapes()?;
                TokenKind::Escaped
            }
            _ => return Err(NotPlain::Odd),
        };
        let place = start..self.at;
        self.at += 1;
        Ok(Token { kind, place })
    }

    /// Goes from the backslash here to the quotation mark at the end.
    fn skip_escapes(&mut self) -> Plain<()> {
        loop {
            match self.here()? {
                b'"' => return Ok(()),
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    /// Passes a number by the grammar of JSON.
    fn skip_number(&mut self) -> Plain<()> {
        if self.here()? == b'-' {
            self.at += 1;
        }
        match self.here()? {
            // Nothing but a point or an exponent stands behind it: the caller sees what does.
            b'0' => self.at += 1,
            _ => self.skip_digits()?,
        }
        if self.here()? == b'.' {
            self.at += 1;
            self.skip_digits()?;
        }
        if matches!(self.here()?, b'e' | b'E') {
            self.at += 1;
            if matches!(self.here()?, b'+' | b'-') {
                self.at += 1;
            }
            self.skip_digits()?;
        }
        Ok(())
    }

    /// One digit or more.
    fn skip_digits(&mut self) -> Plain<()> {
        let start = self.at;
        while self.here()?.is_ascii_digit() {
            self.at += 1;
        }
        match self.at > start {
            true => Ok(()),
            false => Err(NotPlain::Odd),
        }
    }

    fn here(&self) -> Plain<u8> {
        self.bytes.get(self.at).copied().ok_or(NotPlain::CutOff)
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
