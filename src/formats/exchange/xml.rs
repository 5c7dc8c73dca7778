//! Text in XML.

use std::borrow::Cow;

/// Text without the signs that XML 1.0 has no way to write (2.2): control characters, which come
/// from damaged lists.
pub(super) fn writable(text: &str) -> Cow<'_, str> {
    match text.chars().all(is_writable) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().filter(|sign| is_writable(*sign)).collect()),
    }
}

fn is_writable(sign: char) -> bool {
    !matches!(sign, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Appends writable text, for elements and attributes alike.
pub(super) fn push(out: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'<' => out.extend(b"&lt;"),
            b'>' => out.extend(b"&gt;"),
            b'&' => out.extend(b"&amp;"),
            b'"' => out.extend(b"&quot;"),
            // A reader would make a line feed of it.
            b'\r' => out.extend(b"&#13;"),
            byte => out.push(byte),
        }
    }
}

/// The same as a text of its own.
pub(super) fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    push(&mut out, &writable(text));
    String::from_utf8_lossy(&out).into_owned()
}
