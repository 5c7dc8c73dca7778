//! Spellings that mean the same: full and half width, upper and lower case, spaces; in headings
//! punctuation and what stands in brackets; in names and addresses marks and traditional forms.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A cell in half width and lower case without spaces: what words and numbers are read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Folded(String);

impl Folded {
    pub fn of(cell: &str) -> Self {
        let mut folded = fold_width(cell);
        folded.retain(|c| !c.is_whitespace() && !c.is_control() && c != '\u{feff}');
        Self(folded)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Half width, lower case.
fn fold_width(text: &str) -> String {
    match text.chars().all(is_narrow) {
        true => text.to_ascii_lowercase(),
        false => text.nfkc().flat_map(char::to_lowercase).collect(),
    }
}

/// Whether it has one spelling, or two as a letter of English has. Chinese characters that are not
/// made for compatibility with older sets have no other.
fn is_narrow(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Letters and digits alone, in half width and lower case, what stands in brackets included.
pub(super) fn heading_with_brackets(heading: &str) -> String {
    let mut folded = fold_width(heading);
    folded.retain(char::is_alphanumeric);
    folded
}

/// The same without brackets and their content.
pub(super) fn heading_without_brackets(heading: &str) -> String {
    let mut depth = 0usize;
    fold_width(heading)
        .chars()
        .filter(|c| {
            match c {
                '(' | '[' | '【' | '〔' => depth += 1,
                ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
                _ => return depth == 0 && c.is_alphanumeric(),
            }
            false
        })
        .collect()
}

/// What stands in the first brackets of a heading.
pub(super) fn bracket_content(heading: &str) -> Option<String> {
    let folded = fold_width(heading);
    let (_, rest) = folded.split_once(['(', '[', '【'])?;
    let (content, _) = rest.split_once([')', ']', '】'])?;
    Some(content.chars().filter(|c| c.is_alphanumeric()).collect())
}

/// NFKC; spaces, middle dots and quotes dropped; traditional to simplified; ASCII in capitals;
/// every kind of bracket as `(` `)` and every kind of dash as `-`.
///
/// For comparing only: the original is what is stored and shown.
pub fn comparable(text: &str) -> String {
    let composed: String = match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        _ => text.nfkc().collect(),
    };
    fast2s::convert(&composed)
        .chars()
        .filter(|c| !is_dropped(*c))
        .map(|c| match c {
            '【' | '[' | '〔' | '{' | '〖' | '<' | '《' => '(',
            '】' | ']' | '〕' | '}' | '〗' | '>' | '》' => ')',
            '—' | '–' | '−' | '‐' | '‑' | '至' | '~' | '～' => '-',
            '。' => ',',
            c => c.to_ascii_uppercase(),
        })
        .collect()
}

fn is_dropped(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '·' | '•' | '‧' | '・' | '∙' | '⋅' | '\u{200b}' | '\u{feff}' | '\u{fffd}'
        )
        || matches!(
            c,
            '"' | '\'' | '`' | '´' | '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_cell_fold_to_one() {
        for cell in [
            "1.2万㎡",
            " １．２ 万m² ",
            "1.2万M2",
            "\u{feff}1.2万\u{3000}m2",
        ] {
            assert_eq!(Folded::of(cell).as_str(), "1.2万m2", "{cell}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_gives_the_same(text in "[a-zＡ-Ｚ0-9万㎡豈一龥\u{9fff}é\u{301} ]{0,8}") {
            let long: String = text.nfkc().flat_map(char::to_lowercase).collect();
            prop_assert_eq!(fold_width(&text), long);
        }
    }

    #[test]
    fn brackets_of_a_heading_can_be_left_out() {
        for (heading, with, without, content) in [
            ("建筑面积（万㎡）", "建筑面积万m2", "建筑面积", Some("万m2")),
            ("★ 小区_名称", "小区名称", "小区名称", None),
            ("户数(户", "户数户", "户数", None),
            ("楼栋)数", "楼栋数", "楼栋数", None),
        ] {
            assert_eq!(heading_with_brackets(heading), with);
            assert_eq!(heading_without_brackets(heading), without);
            assert_eq!(bracket_content(heading).as_deref(), content);
        }
    }

    #[test]
    fn one_text_has_one_spelling() {
        for (raw, folded) in [
            ("洪都新村（一期）", "洪都新村(一期)"),
            ("洪都新村Ⅰ期", "洪都新村I期"),
            ("荣昌· 格林晴天", "荣昌格林晴天"),
            ("“阳光”花园", "阳光花园"),
            ("陽光花園", "阳光花园"),
            ("１２＃ａ座", "12#A座"),
            ("八一大道12號院", "八一大道12号院"),
            ("  红　星\u{feff}小区 ", "红星小区"),
            ("12～18号", "12-18号"),
            ("【西湖】", "(西湖)"),
            ("", ""),
        ] {
            assert_eq!(comparable(raw), folded, "{raw}");
        }
    }

    #[test]
    fn traditional_forms_fold_but_proper_characters_stay() {
        for (raw, folded) in [
            ("乾隆花园", "乾隆花园"),
            ("沈阳路", "沈阳路"),
            ("後墙路", "后墙路"),
            ("皇后大院", "皇后大院"),
            ("鬱金香花園", "郁金香花园"),
        ] {
            assert_eq!(comparable(raw), folded, "{raw}");
        }
    }
}
