//! `jiugai verify`: whether a release is as it was written, with no survey file at hand.

use super::args::VerifyArguments;
use super::console::{Console, Failure, Outcome};
use crate::jobs::release::verify;
use crate::words::release as words;
use serde_json::json;

pub(super) fn run(console: &Console, arguments: VerifyArguments) -> Result<Outcome, Failure> {
    let language = console.language;
    let verified = verify(&arguments.package, arguments.since.as_deref())
        .map_err(|error| Failure(words::package_error_text(language, &error)))?;
    let problems: Vec<String> = verified
        .problems
        .iter()
        .map(|problem| words::verify_problem_text(language, problem))
        .collect();
    if arguments.json {
        console.json(&json!({ "sound": problems.is_empty(), "problems": problems }));
    } else {
        for problem in &problems {
            console.line(problem);
        }
        if problems.is_empty() {
            let counts = &verified.manifest.counts;
            console.say("cli.verify.sound", &[("estates", &counts.estates)]);
        }
    }
    Ok(match problems.is_empty() {
        true => Outcome::Fine,
        false => Outcome::Blocked,
    })
}
