//! Leading names of administrative divisions: 江西省南昌市东湖区… says where, not what.

use super::words::WORDS;

/// The name without leading divisions in full form: 南昌市粮食局 → 粮食局.
///
/// Short forms stay: 东湖花园 is a name, 南昌大学 too. What would leave nothing stays as well.
pub fn strip_leading_divisions(name: &str) -> &str {
    let mut rest = name;
    while let Some(shorter) = WORDS
        .divisions
        .starting_as(rest)
        .find_map(|division| rest.strip_prefix(division))
        .filter(|shorter| shorter.chars().count() >= 2)
    {
        rest = shorter;
    }
    rest
}

/// An employer without the level of its office: 市粮食局 → 粮食局, but 市政公司 stays.
pub fn strip_office_level(unit: &str) -> &str {
    let stays = WORDS
        .not_an_office_level
        .iter()
        .any(|word| unit.starts_with(word.as_str()));
    match unit.strip_prefix(WORDS.office_levels.as_slice()) {
        Some(rest) if !stays && rest.chars().count() >= 2 => rest,
        _ => unit,
    }
}

/// The text without one leading division in full or short form: 西湖桃苑西路 → 桃苑西路.
pub fn strip_division_prefix(text: &str) -> Option<&str> {
    WORDS
        .divisions
        .starting_as(text)
        .chain(WORDS.short_divisions.starting_as(text))
        .find_map(|division| text.strip_prefix(division))
}

/// Whether a text is a division in full or short form (南昌, 东湖区), or several of them.
pub fn is_division(text: &str) -> bool {
    let mut rest = text;
    while let Some(shorter) = strip_division_prefix(rest) {
        rest = shorter;
    }
    rest.is_empty() && !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_leading_full_names_of_divisions_are_stripped() {
        for (name, expected) in [
            ("南昌市粮食局家属院", "粮食局家属院"),
            ("江西省南昌市东湖区阳光花园", "阳光花园"),
            ("东湖花园", "东湖花园"),
            ("南昌大学宿舍", "南昌大学宿舍"),
            ("进贤县", "进贤县"),
            ("阳光花园南昌市", "阳光花园南昌市"),
        ] {
            assert_eq!(strip_leading_divisions(name), expected, "{name}");
        }
    }

    #[test]
    fn an_office_loses_its_level_and_a_word_keeps_its_first_character() {
        for (unit, expected) in [
            ("市粮食局", "粮食局"),
            ("省测绘局", "测绘局"),
            ("县供电局", "供电局"),
            ("市政公司", "市政公司"),
            ("省委党校", "省委党校"),
            ("市一", "市一"),
        ] {
            assert_eq!(strip_office_level(unit), expected, "{unit}");
        }
    }

    #[test]
    fn a_prefix_of_divisions_is_known() {
        assert!(is_division("南昌"));
        assert!(is_division("江西省南昌东湖区"));
        assert!(!is_division("恒昌"));
    }
}
