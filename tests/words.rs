//! The sentences: both languages say the same things, and every text that code asks for is there.

// Clippy lets a #[test] unwrap and panic, but not the functions it calls.
#![allow(clippy::unwrap_used, clippy::panic)]

use jiugai::words::Language;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Keys made up of what is not in the code: each with where they come from.
const MADE_OF_NAMES: &[(&str, &str)] = &[
    (
        "cli.",
        "help texts, by the names that clap gives to commands and arguments",
    ),
    ("table.column.", "the long form of a heading, by its key"),
];

/// A language's texts by key, as its files have them.
fn texts(language: Language) -> BTreeMap<String, String> {
    let suffix = format!(".{}.yml", language.tag());
    let mut texts = BTreeMap::new();
    for name in names() {
        if name.ends_with(&suffix) {
            for key in keys(&read(&name)) {
                let text = language.text_if_any(&key);
                let text = text.unwrap_or_else(|| panic!("{name}: {key} was not read"));
                let earlier = texts.insert(key, text.into_owned());
                assert_eq!(earlier, None, "{name} repeats a key of another file");
            }
        }
    }
    texts
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/locales"))
}

fn names() -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder()).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap()
}

/// The keys of a file, in its order.
fn keys(text: &str) -> Vec<String> {
    let file: Value = serde_saphyr::from_str(text).unwrap();
    let mut keys = Vec::new();
    for (name, value) in file.as_object().unwrap() {
        if name != "_version" {
            walk(name.clone(), value, &mut keys);
        }
    }
    keys
}

fn walk(path: String, value: &Value, keys: &mut Vec<String>) {
    match value.as_object() {
        None => keys.push(path),
        Some(members) => members
            .iter()
            .for_each(|(name, value)| walk(format!("{path}.{name}"), value, keys)),
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    let names = text.split("%{").skip(1);
    names.filter_map(|rest| rest.split('}').next()).collect()
}

/// The string literals of the program, test code included, as they are written.
fn literals() -> BTreeSet<String> {
    let mut literals = BTreeSet::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut literals,
    );
    literals
}

fn collect(folder: &Path, literals: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, literals);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            for line in std::fs::read_to_string(&path).unwrap().lines() {
                if !line.trim_start().starts_with("//") {
                    let odd = line.split('"').skip(1).step_by(2);
                    literals.extend(odd.map(str::to_owned));
                }
            }
        }
    }
}

/// What a literal looks like that names a text: `import.error.{key}`, `menu.file`.
fn is_like_a_key(literal: &str, tops: &BTreeSet<&str>) -> bool {
    let Some((top, rest)) = literal.split_once('.') else {
        return false;
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || "_.-{}".contains(c);
    tops.contains(top) && !rest.is_empty() && rest.chars().all(fits)
}

/// Whether `key` is what `pattern` gives with something in place of each `{…}`.
fn matches(pattern: &str, key: &str) -> bool {
    let (pattern, key): (Vec<_>, Vec<_>) = (pattern.split('.').collect(), key.split('.').collect());
    // The last placeholder may stand for several levels: `field.{}` for `field.gap.C04`.
    let open_end = pattern.last().is_some_and(|last| last.starts_with('{'));
    let lengths = match open_end {
        true => pattern.len() <= key.len(),
        false => pattern.len() == key.len(),
    };
    lengths
        && pattern
            .iter()
            .zip(&key)
            .all(|(part, name)| part.contains('{') || part == name)
}

#[test]
fn every_file_is_there_in_every_language_with_the_same_keys() {
    let of = |language: Language| -> BTreeMap<String, Vec<String>> {
        let suffix = format!(".{}.yml", language.tag());
        let names = names();
        let files = names
            .iter()
            .filter_map(|name| Some((name.strip_suffix(&suffix)?, name)));
        files
            .map(|(stem, name)| (stem.to_owned(), keys(&read(name))))
            .collect()
    };
    let (chinese, english) = (of(Language::Chinese), of(Language::English));
    assert_eq!(
        chinese.len() + english.len(),
        names().len(),
        "a file of no language"
    );
    assert_eq!(chinese, english);
    assert!(english.len() > 5);
}

#[test]
fn a_text_has_the_same_placeholders_in_every_language() {
    let (chinese, english) = (texts(Language::Chinese), texts(Language::English));
    for (key, text) in &english {
        assert_eq!(placeholders(text), placeholders(&chinese[key]), "{key}");
    }
}

#[test]
fn a_text_is_said_in_both_languages_or_in_neither() {
    let chinese = texts(Language::Chinese);
    for (key, text) in texts(Language::English) {
        assert_eq!(text.is_empty(), chinese[&key].is_empty(), "{key}");
    }
}

#[test]
fn every_text_that_code_names_is_there() {
    let texts = texts(Language::English);
    let tops = tops(&texts);
    let missing: Vec<_> = literals()
        .into_iter()
        .filter(|literal| is_like_a_key(literal, &tops))
        .filter(|literal| !texts.keys().any(|key| matches(literal, key)))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_text_is_used() {
    let texts = texts(Language::English);
    let tops = tops(&texts);
    let literals = literals();
    let used: Vec<_> = literals
        .iter()
        .filter(|literal| is_like_a_key(literal, &tops))
        .collect();
    let unused: Vec<_> = texts
        .keys()
        .filter(|key| {
            !MADE_OF_NAMES
                .iter()
                .any(|(prefix, _)| key.starts_with(prefix))
        })
        .filter(|key| !used.iter().any(|pattern| matches(pattern, key)))
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

fn tops(texts: &BTreeMap<String, String>) -> BTreeSet<&str> {
    texts
        .keys()
        .filter_map(|key| key.split('.').next())
        .collect()
}
