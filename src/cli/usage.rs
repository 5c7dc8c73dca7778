//! What is wrong with a command line, as a sentence: clap's own are in English only.

use crate::words::Language;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;
use std::fmt::Display;

/// The sentence for a mistake, and where the help is. `subcommand` is the one that was being read.
pub(super) fn complaint(
    language: Language,
    error: &clap::Error,
    subcommand: Option<&str>,
) -> String {
    let help = match subcommand {
        Some(name) => format!("jiugai {name} --help"),
        None => "jiugai --help".to_owned(),
    };
    let hint = language.text_with("cli.usage.hint", &[("command", &help)]);
    match sentence(language, error) {
        Some(sentence) => format!("{sentence}\n{hint}"),
        None => format!("{error}\n{hint}"),
    }
}

fn sentence(language: Language, error: &clap::Error) -> Option<String> {
    let argument = context(error, ContextKind::InvalidArg)?;
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        let values = [values, &[("argument", &argument as &dyn Display)]].concat();
        language.text_with(&format!("cli.usage.{key}"), &values)
    };
    Some(match error.kind() {
        ErrorKind::MissingRequiredArgument => say("missing", &[]),
        ErrorKind::UnknownArgument => say("unknown", &[]),
        ErrorKind::ArgumentConflict => match context(error, ContextKind::PriorArg) {
            Some(prior) if prior != argument => say("not_with", &[("prior", &prior)]),
            _ => say("twice", &[]),
        },
        ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues | ErrorKind::TooManyValues => {
            say("value_count", &[])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
            // Our own parsers of values say what would do; clap knows the values of an enum.
            let known = context(error, ContextKind::ValidValue)
                .or_else(|| error.source().map(ToString::to_string))
                .unwrap_or_default();
            match value.is_empty() {
                true => say("no_value", &[]),
                false => say("value", &[("known", &known), ("value", &value)]),
            }
        }
        _ => return None,
    })
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}
