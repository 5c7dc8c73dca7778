//! Sentences about the surveyor's position: how the receiver does, and what to do if it does not.

use super::Language;
use crate::position::{State, Status, Trouble};

/// How it goes, in one line.
pub fn status_text(language: Language, state: &State) -> String {
    let say = |key: &str| {
        language
            .text(&format!("position.status.{key}"))
            .into_owned()
    };
    match &state.status {
        Status::Connecting => say("connecting"),
        Status::Listening { speed: None } => say("listening"),
        Status::Listening { speed: Some(speed) } => {
            language.text_with("position.status.listening_at", &[("speed", speed)])
        }
        Status::NoFix { satellites: None } => say("no_fix"),
        Status::NoFix {
            satellites: Some(count),
        } => language.text_with("position.status.no_fix_yet", &[("count", count)]),
        Status::Fix => fix_text(language, state),
        Status::Trouble(trouble) => trouble_text(language, trouble),
    }
}

fn fix_text(language: Language, state: &State) -> String {
    let fix = state.fix.as_ref();
    let accuracy = fix.and_then(|fix| fix.accuracy_m);
    let metres = accuracy.map(|metres| format!("{metres:.1}"));
    let satellites = fix.and_then(|fix| fix.satellites);
    match (metres, satellites) {
        (Some(metres), Some(count)) => language.text_with(
            "position.status.fix_of",
            &[("metres", &metres), ("count", &count)],
        ),
        (Some(metres), None) => {
            language.text_with("position.status.fix_within", &[("metres", &metres)])
        }
        (None, _) => language.text("position.status.fix").into_owned(),
    }
}

/// Why there is nothing to hear, and what to do.
pub fn trouble_text(language: Language, trouble: &Trouble) -> String {
    let say = |key: &str, values: &[(&str, &dyn std::fmt::Display)]| {
        language.text_with(&format!("position.trouble.{key}"), values)
    };
    match trouble {
        Trouble::NoPort { port } => say("no_port", &[("port", port)]),
        Trouble::PortBusy { port } => say("port_busy", &[("port", port)]),
        Trouble::NotAllowed { port } => say("not_allowed", &[("port", port)]),
        Trouble::BadSpeed { port, speed } => say("bad_speed", &[("port", port), ("speed", speed)]),
        Trouble::NoSentences { port } => say("no_sentences", &[("port", port)]),
        Trouble::NoGpsd { address } => say("no_gpsd", &[("address", address)]),
        Trouble::Ended { reason } if reason.is_empty() => say("ended", &[]),
        Trouble::Ended { reason } => say("ended_because", &[("reason", reason)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LonLat;
    use crate::position::Fix;

    #[test]
    fn every_state_has_its_sentence_in_both_languages() {
        let port = || "COM3".to_owned();
        let troubles = [
            Trouble::NoPort { port: port() },
            Trouble::PortBusy { port: port() },
            Trouble::NotAllowed { port: port() },
            Trouble::BadSpeed {
                port: port(),
                speed: 1,
            },
            Trouble::NoSentences { port: port() },
            Trouble::NoGpsd { address: port() },
            Trouble::Ended {
                reason: String::new(),
            },
            Trouble::Ended { reason: port() },
        ];
        let mut all: Vec<Status> = troubles.into_iter().map(Status::Trouble).collect();
        all.extend([
            Status::Connecting,
            Status::Listening { speed: None },
            Status::Listening { speed: Some(9_600) },
            Status::NoFix { satellites: None },
            Status::NoFix {
                satellites: Some(3),
            },
            Status::Fix,
        ]);
        let fix = |accuracy_m, satellites| Fix {
            position: LonLat::new(115.9, 28.7),
            at: None,
            accuracy_m,
            satellites,
        };
        for language in Language::ALL {
            for status in &all {
                for fix in [
                    fix(None, None),
                    fix(Some(3.25), None),
                    fix(Some(3.25), Some(9)),
                ] {
                    let state = State {
                        status: status.clone(),
                        fix: Some(fix),
                        ..State::default()
                    };
                    let text = status_text(language, &state);
                    let is_whole = !text.is_empty() && !text.contains("position.");
                    assert!(is_whole && !text.contains("%{"), "{text}");
                }
            }
        }
    }
}
