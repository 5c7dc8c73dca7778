//! Spellings that mean the same: full and half width, upper and lower case, spaces, and in
//! headings punctuation and what stands in brackets.

use unicode_normalization::UnicodeNormalization;

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
    match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => text.nfkc().flat_map(char::to_lowercase).collect(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
