//! Chinese numerals to digits, only where they count something.

/// The words before which a numeral is a number: 期, 区, 栋, 幢, 号, 单元 (DOMAIN §7).
fn counts(rest: &[char]) -> bool {
    matches!(
        rest,
        ['期' | '区' | '栋' | '幢' | '号', ..] | ['单', '元', ..]
    )
}

/// 一期 → 1期, 十二栋 → 12栋, Ⅱ期 → 2期; 八一大道 and 五一路 stay. Takes folded text.
pub fn numerals_to_digits(folded: &str) -> String {
    // Most names count nothing.
    if !folded.contains(|c| matches!(c, 'I' | 'V' | 'X' | '十' | '百') || digit(c).is_some()) {
        return folded.to_owned();
    }
    let chars: Vec<char> = folded.chars().collect();
    let mut out = String::with_capacity(folded.len());
    let mut at = 0;
    while at < chars.len() {
        let end = at + run(&chars[at..], |c| digit(c).is_some() || "十百".contains(c));
        if end > at && counts(&chars[end..]) {
            // 第二期 is 二期.
            if out.ends_with('第') {
                out.pop();
            }
            match value(&chars[at..end]) {
                Some(number) => out.push_str(&number.to_string()),
                None => out.extend(&chars[at..end]),
            }
            at = end;
            continue;
        }
        let roman = at + run(&chars[at..], |c| matches!(c, 'I' | 'V' | 'X'));
        let starts_word = at == 0 || !chars[at - 1].is_ascii_alphanumeric();
        if roman > at
            && chars.get(roman) == Some(&'期')
            && starts_word
            && let Some(number) = roman_value(&chars[at..roman])
        {
            out.push_str(&number.to_string());
            at = roman;
            continue;
        }
        // A run that counts nothing is copied whole, so that its tail is not read alone.
        let copied = end.max(at + 1);
        out.extend(&chars[at..copied]);
        at = copied;
    }
    out
}

fn run(chars: &[char], is: impl Fn(char) -> bool) -> usize {
    chars.iter().take_while(|c| is(**c)).count()
}

fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        // 滨江壹号 is 滨江一号.
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// 十二 → 12, 一百零八 → 108, 五一 → 51 (read digit by digit).
fn value(run: &[char]) -> Option<u32> {
    if run.len() > 7 {
        return None;
    }
    if !run.iter().any(|c| "十百".contains(*c)) {
        return run
            .iter()
            .try_fold(0u32, |sum, c| Some(sum * 10 + digit(*c)?));
    }
    let (mut sum, mut pending) = (0, None);
    for c in run {
        match c {
            '十' => sum += pending.take().unwrap_or(1) * 10,
            '百' => sum += pending.take().unwrap_or(1) * 100,
            c => pending = digit(*c),
        }
    }
    Some(sum + pending.unwrap_or(0))
}

fn roman_value(run: &[char]) -> Option<u32> {
    let roman: String = run.iter().collect();
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
        .iter()
        .position(|known| *known == roman)
        .map(|position| position as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numeral_becomes_digits_only_where_it_counts() {
        for (text, expected) in [
            ("洪都新村一期", "洪都新村1期"),
            ("洪都新村I期", "洪都新村1期"),
            ("洪都新村IV期", "洪都新村4期"),
            ("第二期", "2期"),
            ("十二栋", "12栋"),
            ("二十一幢三单元", "21幢3单元"),
            ("一百零八号", "108号"),
            ("洪都六区", "洪都6区"),
            ("八一大道12号院", "八一大道12号院"),
            ("八一大道", "八一大道"),
            ("五一路一号", "五一路1号"),
            ("五一路", "五一路"),
            ("三经路", "三经路"),
            ("铁路一村", "铁路一村"),
            ("十字街", "十字街"),
            ("九里象湖城", "九里象湖城"),
            ("MAXI期", "MAXI期"),
            ("百号", "100号"),
            ("滨江壹号", "滨江1号"),
        ] {
            assert_eq!(numerals_to_digits(text), expected, "{text}");
        }
    }
}
