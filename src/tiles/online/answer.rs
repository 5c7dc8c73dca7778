//! What a server says beside its tiles: how long they hold, and when to come back.

use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use ureq::http::HeaderMap;

/// How long a tile holds whose server does not say. OpenStreetMap's tile usage policy asks for
/// seven days at least.
const UNSAID: Duration = Duration::from_secs(7 * 24 * 3_600);
/// Maps change: even what is said to hold for ever is asked for again.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3_600);

/// How a tile may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Freshness {
    pub expires: Timestamp,
    /// What the server knows this version by, to ask whether it still holds.
    pub etag: Option<String>,
    pub modified: Option<String>,
}

/// How long an answer of `now` holds; `None` where it must not be kept at all.
pub(super) fn freshness(headers: &HeaderMap, now: Timestamp) -> Option<Freshness> {
    let control = text(headers, "cache-control").unwrap_or_default();
    let mut age = None;
    for directive in control.split(',') {
        let directive = directive.trim().to_ascii_lowercase();
        match directive.split_once('=') {
            Some(("max-age", seconds)) => age = seconds.trim_matches('"').parse().ok(),
            None if directive == "no-store" => return None,
            None if directive == "no-cache" => age = Some(0),
            _ => {}
        }
    }
    let by_date = || Some(seconds_until(&text(headers, "expires")?, now).unwrap_or(0));
    let holds = match age.or_else(by_date) {
        Some(seconds) => Duration::from_secs(seconds).min(LONGEST),
        None => UNSAID,
    };
    Some(Freshness {
        expires: now + SignedDuration::try_from(holds).unwrap_or_default(),
        etag: text(headers, "etag"),
        modified: text(headers, "last-modified"),
    })
}

/// How long a server asks to be left alone, as seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = text(headers, "retry-after")?;
    let seconds = text.parse().ok().or_else(|| seconds_until(&text, now))?;
    Some(Duration::from_secs(seconds))
}

/// `None` where `date` is none; nothing where it has gone by.
fn seconds_until(date: &str, now: Timestamp) -> Option<u64> {
    let date = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(date)
        .ok()?;
    Some(u64::try_from(date.as_second() - now.as_second()).unwrap_or(0))
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let line = |&(name, value): &(&'static str, &'static str)| {
            let name = ureq::http::HeaderName::from_static(name);
            (name, ureq::http::HeaderValue::from_static(value))
        };
        lines.iter().map(line).collect()
    }

    fn now() -> Timestamp {
        "2026-11-28T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_tile_holds_as_long_as_its_server_says_else_a_week() {
        let holds = |lines: &[(&'static str, &'static str)]| {
            let kept = freshness(&headers(lines), now())?;
            Some(kept.expires.as_second() - now().as_second())
        };
        assert_eq!(holds(&[]), Some(7 * 86_400));
        assert_eq!(holds(&[("cache-control", "public, max-age=60")]), Some(60));
        assert_eq!(
            holds(&[("cache-control", "max-age=60, stale-if-error=9")]),
            Some(60)
        );
        assert_eq!(holds(&[("cache-control", "no-cache")]), Some(0));
        assert_eq!(holds(&[("cache-control", "no-store")]), None);
        let forever = [("cache-control", "max-age=99999999999")];
        assert_eq!(holds(&forever), Some(365 * 86_400));
        let date = "Sat, 28 Nov 2026 12:10:00 GMT";
        assert_eq!(holds(&[("expires", date)]), Some(600));
        assert_eq!(holds(&[("expires", "0")]), Some(0));
        let both = [("expires", date), ("cache-control", "max-age=5")];
        assert_eq!(holds(&both), Some(5));
    }

    #[test]
    fn when_to_come_back_is_seconds_or_a_date() {
        let after = |value| retry_after(&headers(&[("retry-after", value)]), now());
        assert_eq!(after("120"), Some(Duration::from_secs(120)));
        let date = "Sat, 28 Nov 2026 12:01:00 GMT";
        assert_eq!(after(date), Some(Duration::from_secs(60)));
        assert_eq!(after("soon"), None);
    }
}
