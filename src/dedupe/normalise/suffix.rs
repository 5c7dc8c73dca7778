//! The word at the end of a name that says what kind of estate it is.

use super::words::{SuffixClass, WORDS};

/// Core and class: 阳光花园 → (阳光, Garden). Only at the end, and never so much that less than
/// two characters stay. 小区 after another kind says nothing: 阳光花园小区 is a 花园.
pub fn split_suffix(name: &str) -> (&str, Option<SuffixClass>) {
    let (mut core, mut class) = (name, None);
    while let Some((shorter, found)) = strip_one(core) {
        core = shorter;
        class = Some(found);
        if found != SuffixClass::Quarter {
            break;
        }
    }
    (core, class)
}

fn strip_one(name: &str) -> Option<(&str, SuffixClass)> {
    let is_word = |word: &String| name.ends_with(word.as_str());
    if WORDS.not_a_suffix.iter().any(is_word) || is_only_suffix(name) {
        return None;
    }
    WORDS.suffixes.iter().find_map(|(word, class)| {
        let core = name.strip_suffix(word.as_str())?;
        (core.chars().count() >= 2).then_some((core, *class))
    })
}

/// Whether the text is nothing but words of kind: 小区, 花园小区, 宿舍.
pub fn is_only_suffix(text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let shorter = WORDS
            .suffixes
            .iter()
            .find_map(|(word, _)| rest.strip_suffix(word.as_str()));
        match shorter {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
    true
}

/// Whether a name could be the name of a court: it ends like one (玫瑰苑, 听雨轩).
pub fn ends_like_a_court(text: &str) -> bool {
    let court_endings = WORDS.court_endings.iter();
    let suffixes = WORDS.suffixes.iter().map(|(word, _)| word);
    court_endings
        .chain(suffixes)
        .any(|word| text.ends_with(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use SuffixClass::*;

    #[test]
    fn the_suffix_is_split_off_at_the_end_only() {
        for (name, core, class) in [
            ("阳光花园", "阳光", Some(Garden)),
            ("阳光小区", "阳光", Some(Quarter)),
            ("阳光花园小区", "阳光", Some(Garden)),
            ("粮食局宿舍", "粮食局", Some(EmployerHousing)),
            ("粮食局家属院", "粮食局", Some(EmployerHousing)),
            ("洪都新村", "洪都", Some(Village)),
            ("花园小区", "花园小区", None),
            ("小区花园路", "小区花园路", None),
            ("世纪公园", "世纪公园", None),
            ("冶金设计院", "冶金设计院", None),
            ("社会科学院宿舍", "社会科学院", Some(EmployerHousing)),
            ("恒茂国际华城", "恒茂国际华城", None),
            ("教师公寓", "教师", Some(Apartment)),
            ("家属院", "家属院", None),
        ] {
            assert_eq!(split_suffix(name), (core, class), "{name}");
        }
    }

    #[test]
    fn words_of_kind_alone_are_no_name() {
        assert!(is_only_suffix("花园小区"));
        assert!(is_only_suffix("宿舍"));
        assert!(!is_only_suffix("阳光小区"));
    }
}
