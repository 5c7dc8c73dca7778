//! Sentences about offline packs: why there is none, and how a download is doing.

use super::Language;
use super::tiles::online_trouble_text;
use crate::tiles::pack::{
    Estimate, PackFileError, PackFileErrorKind, PackRefusal, PackReport, PackState, StartError,
};

/// Why there can be no pack, and what to do.
pub fn refusal_text(language: Language, refusal: &PackRefusal) -> String {
    let plain = |key: &str| language.text(key).into_owned();
    match refusal {
        PackRefusal::NotOnline => plain("basemap.pack.not_online"),
        PackRefusal::Forbidden => plain("basemap.pack.forbidden"),
        PackRefusal::NotKnownAllowed => plain("basemap.pack.not_known_allowed"),
        PackRefusal::OtherGrid => plain("basemap.pack.other_grid"),
        PackRefusal::NoSuchLevels { has } => language.text_with(
            "basemap.pack.no_such_levels",
            &[("first", &has.0), ("last", &has.1)],
        ),
        PackRefusal::Empty => plain("basemap.pack.empty"),
        PackRefusal::TooMany { tiles, most } => {
            language.text_with("basemap.pack.too_many", &[("tiles", tiles), ("most", most)])
        }
    }
}

/// Why a download does not begin.
pub fn start_error_text(language: Language, error: &StartError) -> String {
    match error {
        StartError::NoToken => language.text("basemap.trouble.no_token").into_owned(),
        StartError::File(error) => file_error_text(language, error),
        StartError::NoThread { detail } => {
            language.text_with("basemap.trouble.no_thread", &[("detail", detail)])
        }
    }
}

fn file_error_text(language: Language, error: &PackFileError) -> String {
    // The path last: a file may be called `%{detail}`.
    let path = error.path.display();
    match &error.kind {
        PackFileErrorKind::SomethingElse => {
            language.text_with("basemap.pack.something_else", &[("path", &path)])
        }
        PackFileErrorKind::NotWritten { detail } => language.text_with(
            "basemap.pack.not_written",
            &[("detail", detail), ("path", &path)],
        ),
    }
}

/// What a pack will take: `about 340 MB`, and how that is known.
pub fn estimate_text(language: Language, estimate: &Estimate) -> String {
    let megabytes = megabytes(estimate.bytes);
    match estimate.samples {
        Some(samples) => language.text_with(
            "basemap.pack.estimated",
            &[("megabytes", &megabytes), ("samples", &samples)],
        ),
        None => language.text_with("basemap.pack.assumed", &[("megabytes", &megabytes)]),
    }
}

/// How a download is doing, in one line.
pub fn report_text(language: Language, report: &PackReport) -> String {
    let megabytes = megabytes(report.bytes);
    let counts = |key: &str| {
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("done", &report.done),
            ("total", &report.total),
            ("megabytes", &megabytes),
            ("failed", &report.failed),
        ];
        language.text_with(key, &values)
    };
    match &report.state {
        PackState::Running => counts("basemap.pack.running"),
        PackState::Paused => counts("basemap.pack.paused"),
        PackState::Cancelled => language.text("basemap.pack.cancelled").into_owned(),
        PackState::Done(_) if report.failed > 0 => counts("basemap.pack.done_with_holes"),
        PackState::Done(_) => counts("basemap.pack.done"),
        PackState::Waiting(trouble) => {
            let trouble = online_trouble_text(language, trouble);
            format!("{} {trouble}", counts("basemap.pack.waiting"))
        }
        PackState::GaveUp(trouble) => {
            let trouble = online_trouble_text(language, trouble);
            format!("{} {trouble}", counts("basemap.pack.gave_up"))
        }
        PackState::Failed(error) => file_error_text(language, error),
    }
}

/// At least one: nobody reads of 0 MB.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tiles::online::OnlineTrouble;

    #[test]
    fn everything_a_download_can_say_is_a_sentence_in_both_languages() {
        let file = |kind| PackFileError {
            path: "底图.mbtiles".into(),
            kind,
        };
        let full = PackFileErrorKind::NotWritten {
            detail: "disk full".to_owned(),
        };
        let states = [
            PackState::Running,
            PackState::Paused,
            PackState::Cancelled,
            PackState::Done("底图.mbtiles".into()),
            PackState::Waiting(OnlineTrouble::TooSlow),
            PackState::GaveUp(OnlineTrouble::NoConnection),
            PackState::Failed(file(full)),
        ];
        let refusals = [
            PackRefusal::NotOnline,
            PackRefusal::Forbidden,
            PackRefusal::NotKnownAllowed,
            PackRefusal::OtherGrid,
            PackRefusal::NoSuchLevels { has: (1, 18) },
            PackRefusal::Empty,
            PackRefusal::TooMany { tiles: 9, most: 8 },
        ];
        for language in Language::ALL {
            let mut texts: Vec<String> = (refusals.iter())
                .map(|refusal| refusal_text(language, refusal))
                .collect();
            for failed in [0, 2] {
                texts.extend(states.iter().map(|state| {
                    let report = PackReport {
                        state: state.clone(),
                        done: 3,
                        total: 5,
                        bytes: 7,
                        failed,
                    };
                    report_text(language, &report)
                }));
            }
            let errors = [
                StartError::NoToken,
                StartError::File(file(PackFileErrorKind::SomethingElse)),
                StartError::NoThread {
                    detail: "no memory".to_owned(),
                },
            ];
            texts.extend(errors.iter().map(|error| start_error_text(language, error)));
            texts.extend(
                [None, Some(30)]
                    .map(|samples| estimate_text(language, &Estimate { bytes: 9, samples })),
            );
            for text in texts {
                assert!(!text.contains("%{") && !text.contains("basemap."), "{text}");
            }
        }
    }
}
