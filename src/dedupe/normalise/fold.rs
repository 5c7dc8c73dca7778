//! One spelling for one text: width, spaces, marks, traditional forms, case.

use unicode_normalization::{UnicodeNormalization, is_nfkc_quick};

/// NFKC; spaces, middle dots and quotes dropped; traditional to simplified; ASCII in capitals;
/// every kind of bracket as `(` `)` and every kind of dash as `-`.
///
/// For comparing only: the original is what is stored and shown.
pub fn fold(text: &str) -> String {
    let composed: String = match is_nfkc_quick(text.chars()) {
        unicode_normalization::IsNormalized::Yes => text.to_owned(),
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

/// The text outside brackets, and each text inside. An unclosed bracket runs to the end.
pub fn split_brackets(folded: &str) -> (String, Vec<String>) {
    let mut outside = String::new();
    let mut inside = Vec::new();
    let mut depth = 0usize;
    for c in folded.chars() {
        match c {
            '(' => {
                if depth == 0 {
                    inside.push(String::new());
                }
                depth += 1;
            }
            ')' => depth = depth.saturating_sub(1),
            c => match inside.last_mut() {
                Some(text) if depth > 0 => text.push(c),
                _ => outside.push(c),
            },
        }
    }
    inside.retain(|text| !text.is_empty());
    (outside, inside)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(fold(raw), folded, "{raw}");
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
            assert_eq!(fold(raw), folded, "{raw}");
        }
    }

    #[test]
    fn brackets_split_even_where_one_is_missing() {
        let case = |text: &str| {
            let (outside, inside) = split_brackets(text);
            (outside, inside.join("|"))
        };
        for (text, outside, inside) in [
            ("电子局宿舍(永外正街130号)", "电子局宿舍", "永外正街130号"),
            ("颐和一品(尊府(别墅))", "颐和一品", "尊府别墅"),
            ("解放西路999号)", "解放西路999号", ""),
            ("京山小区(京山新村", "京山小区", "京山新村"),
            ("()", "", ""),
        ] {
            assert_eq!(case(text), (outside.into(), inside.into()), "{text}");
        }
    }
}
