//! From bytes to text: UTF-8 with or without a byte order mark, UTF-16 with one, else GB18030,
//! which Excel and most Chinese office programs write.

use super::layer::SQLITE;
use super::{FormatError, NoText, TextEncoding};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;

/// Text, with U+FFFD where bytes stood for no character.
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: TextEncoding,
}

/// # Errors
/// [`FormatError::NoText`] for the binary files that people take for lists.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, FormatError> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
        let encoding = match encoding == UTF_8 {
            true => TextEncoding::Utf8WithBom,
            false => TextEncoding::Utf16,
        };
        return Ok(Decoded { text, encoding });
    }
    if let Some(kind) = binary_kind(bytes) {
        return Err(FormatError::NoText(kind));
    }
    let (text, encoding) = match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), TextEncoding::Utf8),
        Err(_) if is_damaged_utf8(bytes) => (String::from_utf8_lossy(bytes), TextEncoding::Utf8),
        Err(_) => older(bytes),
    };
    Ok(Decoded { text, encoding })
}

/// GB18030 where the bytes can be that, and where nothing tells otherwise.
fn older(bytes: &[u8]) -> (Cow<'_, str>, TextEncoding) {
    let (text, has_errors) = GB18030.decode_without_bom_handling(bytes);
    if has_errors {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let encoding = detector.guess(None, Utf8Detection::Deny);
        let (other, is_wrong) = encoding.decode_without_bom_handling(bytes);
        // Encodings of one byte fit everything, so that they tell nothing.
        if !is_wrong && !encoding.is_single_byte() {
            return (other, TextEncoding::Other(encoding.name()));
        }
    }
    (text, TextEncoding::Gb18030)
}

/// Whether the bytes are UTF-8 with a few broken places, as when a program cut a name in the
/// middle of a character. GB18030 text hardly ever holds a three-byte UTF-8 sequence.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    const WHOLE_FOR_EACH_BROKEN: usize = 10;
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| c.len_utf8() == 3).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * WHOLE_FOR_EACH_BROKEN
}

fn binary_kind(bytes: &[u8]) -> Option<NoText> {
    const HEAD: usize = 8_192;
    let head = &bytes[..bytes.len().min(HEAD)];
    match head {
        _ if head.starts_with(b"PK\x03\x04") => Some(NoText::Zip),
        _ if head.starts_with(SQLITE) => Some(NoText::Sqlite),
        _ if head.starts_with(b"\xd0\xcf\x11\xe0") => Some(NoText::OldExcel),
        _ if head.starts_with(b"\x00\x00\x27\x0a") => Some(NoText::Shapefile),
        _ if head.contains(&0) => Some(NoText::Other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, TextEncoding) {
        let decoded = decode(bytes).unwrap();
        (decoded.text.into_owned(), decoded.encoding)
    }

    #[test]
    fn each_encoding_is_told_from_the_others() {
        let text = "小区名称,户数\n洪都新村,300";
        let gbk = b"\xd0\xa1\xc7\xf8\xc3\xfb\xb3\xc6";
        let utf16: Vec<u8> = std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, expected, encoding) in [
            (text.as_bytes(), text, TextEncoding::Utf8),
            (
                &[b"\xef\xbb\xbf", text.as_bytes()].concat(),
                text,
                TextEncoding::Utf8WithBom,
            ),
            (gbk, "小区名称", TextEncoding::Gb18030),
            (&utf16, text, TextEncoding::Utf16),
            (b"", "", TextEncoding::Utf8),
        ] {
            assert_eq!(decoded(bytes), (expected.to_owned(), encoding));
        }
    }

    #[test]
    fn a_few_broken_bytes_do_not_turn_a_whole_file_into_other_characters() {
        let mut bytes = "小区名称,地址\n洪都新村,洪都中大道一百二十号院"
            .as_bytes()
            .to_vec();
        bytes.truncate(bytes.len() - 1);
        let (text, encoding) = decoded(&bytes);
        assert_eq!(encoding, TextEncoding::Utf8);
        assert!(text.starts_with("小区名称") && text.ends_with('\u{fffd}'));
    }

    #[test]
    fn files_that_are_no_text_are_named() {
        for (bytes, kind) in [
            (&b"PK\x03\x04...."[..], NoText::Zip),
            (b"SQLite format 3\0", NoText::Sqlite),
            (b"\xd0\xcf\x11\xe0\xa1", NoText::OldExcel),
            (b"\x00\x00\x27\x0a", NoText::Shapefile),
            (b"abc\0def", NoText::Other),
        ] {
            assert_eq!(decode(bytes).err(), Some(FormatError::NoText(kind)));
        }
    }
}
