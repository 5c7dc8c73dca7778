//! XML element by element, whatever the namespaces are called.

use super::error::{Damage, LayerErrorKind};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};

/// What comes next in a document.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::formats) enum Token {
    /// An element and its attributes, names without their prefix.
    Open {
        name: String,
        attributes: Vec<(String, String)>,
    },
    Text(String),
    Close(String),
}

/// The tokens of a document.
pub(in crate::formats) struct Tokens<'a> {
    reader: Reader<&'a [u8]>,
    /// Elements that are open.
    depth: usize,
}

impl<'a> Tokens<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// Bytes read so far.
    pub fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// The next token; `None` at the end.
    ///
    /// # Errors
    /// [`Damage::Xml`] where the document breaks off or is none.
    pub fn next(&mut self) -> Result<Option<Token>, LayerErrorKind> {
        loop {
            let event = self.reader.read_event().map_err(damaged)?;
            let token = match event {
                Event::Eof if self.depth > 0 => return Err(damaged("elements are left open")),
                Event::Eof => return Ok(None),
                Event::Start(start) => {
                    self.depth += 1;
                    open(&start)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Token::Close(local(end.local_name().as_ref()))
                }
                Event::Text(text) => Token::Text(text.decode().map_err(damaged)?.into_owned()),
                Event::CData(text) => Token::Text(text.decode().map_err(damaged)?.into_owned()),
                Event::GeneralRef(reference) => {
                    let sign = reference.resolve_char_ref().ok().flatten();
                    let name = reference.decode().map_err(damaged)?;
                    match (sign, escape::resolve_xml_entity(&name)) {
                        (Some(sign), _) => Token::Text(sign.to_string()),
                        (None, Some(text)) => Token::Text(text.to_owned()),
                        // An entity that the document itself would have to explain.
                        (None, None) => Token::Text(format!("&{name};")),
                    }
                }
                _ => continue,
            };
            return Ok(Some(token));
        }
    }
}

fn open(start: &BytesStart) -> Token {
    let mut attributes = start.html_attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let value = String::from_utf8_lossy(&attribute.value).into_owned();
        let value = escape::unescape(&value).map_or(value.clone(), |text| text.into_owned());
        (local(attribute.key.local_name().as_ref()), value)
    });
    Token::Open {
        attributes: attributes.collect(),
        name: local(start.local_name().as_ref()),
    }
}

fn local(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

fn damaged(error: impl std::fmt::Display) -> LayerErrorKind {
    LayerErrorKind::Damaged(Damage::Xml(error.to_string()))
}
