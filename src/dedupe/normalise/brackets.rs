//! Brackets of a folded text, taken apart.

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
