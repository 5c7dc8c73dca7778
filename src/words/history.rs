//! When something was done, and what became of a record: the history of an estate in words.
//! Sentences: `history.*`.

use super::Language;
use super::fields;
use crate::model::{EstateId, Standing, Survey};
use crate::session::Effect;
use jiff::fmt::strtime;
use jiff::{ToSpan, ZonedDateTime};
use std::borrow::Cow;

/// "today 14:02", "yesterday 09:30", "12 Nov 14:02", with the year where it is another one.
/// Both times in the zone of the reader.
pub fn when(language: Language, at: &ZonedDateTime, now: &ZonedDateTime) -> String {
    let time = at.strftime("%H:%M").to_string();
    let yesterday = now.date().checked_sub(1.day()).ok();
    let key = match at.date() {
        date if date == now.date() => "history.today",
        date if Some(date) == yesterday => "history.yesterday",
        date if date.year() == now.year() => "history.this_year",
        _ => "history.another_year",
    };
    let day = |pattern: &str| {
        let pattern = language.text(pattern);
        strtime::format(&*pattern, at).unwrap_or_else(|_| at.date().to_string())
    };
    match key {
        "history.today" | "history.yesterday" => language.text_with(key, &[("time", &time)]),
        _ => format!("{} {time}", day(key)),
    }
}

/// Who did it; the device only where it is not `this_device`.
pub fn author_text(language: Language, author: &str, device: &str, this_device: &str) -> String {
    let author = match author {
        "" => language.text("history.nobody"),
        author => Cow::Borrowed(author),
    };
    match device.is_empty() || device == this_device {
        true => author.into_owned(),
        false => language.text_with(
            "history.on_device",
            &[("author", &author), ("device", &device)],
        ),
    }
}

/// "undone", and nothing for an edit that holds.
pub fn effect_text(language: Language, effect: Effect) -> Option<Cow<'static, str>> {
    match effect {
        Effect::InForce => None,
        Effect::Undone => Some(language.text("history.undone")),
    }
}

/// Whether a record counts, and what became of it if not.
pub fn standing_text(language: Language, survey: &Survey, standing: &Standing) -> String {
    let name = |id: &EstateId| match survey.estate(*id) {
        Some(estate) => fields::record_name(language, survey, estate),
        None => language.text("record.gone").into_owned(),
    };
    match standing {
        Standing::Counted => language.text("history.counted").into_owned(),
        Standing::Merged { into, .. } => {
            language.text_with("history.merged", &[("name", &name(into))])
        }
        Standing::PartOf { parent } => {
            language.text_with("history.part_of", &[("name", &name(parent))])
        }
        Standing::Withdrawn { reason } => {
            language.text_with("history.withdrawn", &[("reason", reason)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_by_how_long_ago_it_was() {
        let now: ZonedDateTime = "2026-11-24T08:00+08:00[Asia/Shanghai]".parse().unwrap();
        for (at, english, chinese) in [
            ("2026-11-24T00:05", "today 00:05", "今天 00:05"),
            ("2026-11-23T23:59", "yesterday 23:59", "昨天 23:59"),
            ("2026-11-22T14:02", "22 Nov 14:02", "11月22日 14:02"),
            (
                "2025-11-24T14:02",
                "24 Nov 2025 14:02",
                "2025年11月24日 14:02",
            ),
        ] {
            let at: ZonedDateTime = format!("{at}+08:00[Asia/Shanghai]").parse().unwrap();
            assert_eq!(when(Language::English, &at, &now), english);
            assert_eq!(when(Language::Chinese, &at, &now), chinese);
        }
    }

    #[test]
    fn a_device_is_named_only_where_it_is_another_one() {
        let text = |author, device| author_text(Language::English, author, device, "laptop 7");
        assert_eq!(text("李调查", "laptop 7"), "李调查");
        assert_eq!(text("李调查", ""), "李调查");
        assert_eq!(text("李调查", "laptop 8"), "李调查 on laptop 8");
        assert_eq!(text("", "laptop 7"), "somebody");
    }
}
