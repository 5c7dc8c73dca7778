//! How wide text is, and where its lines break (UAX 14: 。 begins no line, （ ends none).

use std::collections::BTreeMap;
use ttf_parser::{Face, FaceParsingError};
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// The shipped typeface, and which signs it was asked for in vain.
pub(super) struct Letters {
    face: Face<'static>,
    units: f32,
    missing: BTreeMap<char, usize>,
}

/// A sign in its place.
pub(super) struct Sign {
    pub sign: char,
    /// 0 where the typeface lacks it.
    pub glyph: u16,
    /// In parts of the size.
    pub advance: f32,
}

impl Letters {
    pub(super) fn new() -> Result<Self, FaceParsingError> {
        let face = Face::parse(crate::typeface::FONT, 0)?;
        Ok(Self {
            units: f32::from(face.units_per_em()),
            face,
            missing: BTreeMap::new(),
        })
    }

    /// One sign; `None` for what takes no place.
    pub(super) fn sign(&self, sign: char) -> Option<Sign> {
        if is_invisible(sign) {
            return None;
        }
        let glyph = self.face.glyph_index(sign);
        let advance = glyph.and_then(|glyph| self.face.glyph_hor_advance(glyph));
        Some(Sign {
            sign,
            glyph: glyph.map_or(0, |glyph| glyph.0),
            advance: advance.map_or(1.0, |units| f32::from(units) / self.units),
        })
    }

    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let advances = text.chars().filter_map(|sign| self.sign(sign));
        advances.map(|sign| sign.advance).sum::<f32>() * size
    }

    /// Remembers what of this text will stand there as a box.
    pub(super) fn note_missing(&mut self, text: &str) {
        for sign in text.chars() {
            if self.sign(sign).is_some_and(|sign| sign.glyph == 0) {
                *self.missing.entry(sign).or_default() += 1;
            }
        }
    }

    pub(super) fn missing(&self) -> &BTreeMap<char, usize> {
        &self.missing
    }

    /// `text` in lines no wider than `width`. What has no place to break is broken anywhere.
    pub(super) fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        // Of the signs of `line`, at size 1.
        let mut advances = 0.0f32;
        let mut from = 0;
        for (to, opportunity) in linebreaks(text) {
            let piece = text.get(from..to).unwrap_or_default();
            from = to;
            let piece = piece.trim_end_matches(['\n', '\r']);
            let joined = self.width(line.trim_end(), size) + self.width(piece.trim_end(), size);
            let spaces = line.len() - line.trim_end().len();
            if !line.is_empty() && joined + self.width(" ", size) * spaces as f32 > width {
                lines.push(std::mem::take(&mut line));
                advances = 0.0;
            }
            for sign in piece.chars() {
                let advance = self.sign(sign).map_or(0.0, |sign| sign.advance);
                let is_full = !line.is_empty() && !sign.is_whitespace();
                if is_full && advances * size + advance * size > width {
                    lines.push(std::mem::take(&mut line));
                    advances = 0.0;
                }
                line.push(sign);
                advances += advance;
            }
            if opportunity == BreakOpportunity::Mandatory && to < text.len() {
                lines.push(std::mem::take(&mut line));
                advances = 0.0;
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
            .iter()
            .map(|line| line.trim_end().to_owned())
            .collect()
    }

    /// The widest part of `text` that no line may break inside.
    pub(super) fn widest_word(&self, text: &str, size: f32) -> f32 {
        let mut widest: f32 = 0.0;
        let mut from = 0;
        for (to, _) in linebreaks(text) {
            let piece = text.get(from..to).unwrap_or_default();
            widest = widest.max(self.width(piece.trim_end(), size));
            from = to;
        }
        widest
    }

    /// `text`, cut with an ellipsis where it is wider than `width`.
    pub(super) fn shortened(&self, text: &str, size: f32, width: f32) -> String {
        if self.width(text, size) <= width {
            return text.to_owned();
        }
        let mut short = String::new();
        let rest = width - self.width("…", size);
        for sign in text.chars() {
            short.push(sign);
            if self.width(&short, size) > rest {
                short.pop();
                break;
            }
        }
        short.push('…');
        short
    }
}

/// Controls, joiners and selectors: nothing to draw, and nothing lost without them.
fn is_invisible(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, signs: usize) -> Vec<String> {
        let letters = Letters::new().unwrap();
        letters.lines(text, 10.0, signs as f32 * 10.0 + 0.1)
    }

    #[test]
    fn lines_break_where_chinese_and_western_text_may() {
        for (text, signs, expected) in [
            ("洪都新村一期", 4, vec!["洪都新村", "一期"]),
            // A full stop begins no line, an opening bracket ends none.
            ("洪都新村。一期", 4, vec!["洪都新", "村。一期"]),
            ("洪都新（一期", 4, vec!["洪都新", "（一期"]),
            ("甲\n乙", 4, vec!["甲", "乙"]),
            ("", 4, vec![""]),
            // No place to break: broken all the same, and nothing is lost.
            ("WWWWWWWW", 4, vec!["WWWW", "WWWW"]),
        ] {
            let got = lines(text, signs);
            let whole: String = got.concat();
            assert_eq!(whole, text.replace('\n', ""), "{got:?}");
            if !text.starts_with('W') {
                assert_eq!(got, expected, "{text}");
            }
            let letters = Letters::new().unwrap();
            for line in &got {
                assert!(
                    letters.width(line, 10.0) <= signs as f32 * 10.0 + 0.1,
                    "{line}"
                );
            }
        }
    }

    #[test]
    fn what_the_typeface_lacks_is_noted_and_takes_a_place() {
        let mut letters = Letters::new().unwrap();
        letters.note_missing("龘小区\u{200b}龘");
        assert_eq!(letters.missing().get(&'龘'), Some(&2));
        assert_eq!(letters.missing().len(), 1);
        assert_eq!(letters.width("龘", 10.0), 10.0);
    }

    #[test]
    fn a_text_that_is_too_long_ends_in_an_ellipsis() {
        let letters = Letters::new().unwrap();
        assert_eq!(letters.shortened("洪都新村", 10.0, 40.0), "洪都新村");
        assert_eq!(letters.shortened("洪都新村一期", 10.0, 40.0), "洪都新…");
    }
}
