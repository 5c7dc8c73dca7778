//! Who may know whom, and what is said in one place only: the shape that `src/lib.rs` describes,
//! checked on the text of the sources. Test code may reach anywhere.

// Clippy lets a #[test] unwrap and panic, but not the functions it calls.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Every module, and those it may use. A module knows only modules above it, so there is no circle.
const MAY_KNOW: &[(&str, &str)] = &[
    ("progress", ""),
    ("sqlite", ""),
    ("typeface", ""),
    ("model", ""),
    // Surveys and exports are GeoPackages of the same parts.
    ("geopackage", "model"),
    ("catalogue", "model"),
    ("geodesy", "model"),
    ("basemap", "model geodesy"),
    ("tiles", "model geodesy basemap progress sqlite typeface"),
    ("geometry", "model geodesy"),
    ("rules", "model catalogue geodesy geometry"),
    ("dedupe", "model catalogue geodesy progress"),
    ("search", "model catalogue geodesy"),
    // Figures of an estate are taken from its buildings by the rule that compares them.
    ("edit", "model geometry rules"),
    ("store", "model catalogue geopackage sqlite"),
    ("session", "model edit store"),
    // A library carries the keys of the catalogue and the tally of its rows.
    (
        "formats",
        "model catalogue geodesy geopackage rules progress sqlite typeface",
    ),
    ("reference", "model catalogue geodesy formats progress"),
    ("position", "model reference"),
    (
        "jobs",
        "model catalogue geodesy geometry rules dedupe formats progress",
    ),
    ("demo", "model catalogue edit session jobs progress"),
    // Sentences about everything the core can say; only the edges below read them.
    (
        "words",
        "model catalogue basemap tiles geometry rules dedupe search edit store session formats jobs demo geodesy reference position",
    ),
    // Not store: a view never writes.
    (
        "ui",
        "model catalogue geodesy basemap tiles geometry rules dedupe search edit session jobs demo progress words reference position",
    ),
    (
        "cli",
        "model catalogue geodesy basemap tiles rules dedupe edit store session formats jobs demo progress words ui reference position",
    ),
];

/// Of these modules only a part may be used: `(who, whose, which)`.
const ONLY: &[(&str, &str, &str)] = &[
    // Without the feature `gui` the command line has no window to talk to.
    ("cli", "ui", "run"),
];

/// Crates that some folders alone may name.
const CRATES: &[(&str, &[&str])] = &[
    ("egui", &["src/ui/"]),
    ("egui_wgpu", &["src/ui/"]),
    ("egui_extras", &["src/ui/"]),
    ("egui_plot", &["src/ui/"]),
    ("eframe", &["src/ui/"]),
    ("walkers", &["src/ui/"]),
    ("rfd", &["src/ui/"]),
    ("ureq", &["src/tiles/", "src/ui/"]),
    (
        "rusqlite",
        &[
            "src/sqlite.rs",
            "src/geopackage/",
            "src/store/",
            "src/tiles/",
            "src/formats/layer/",
            "src/formats/exchange/",
        ],
    ),
    ("krilla", &["src/formats/pdf/"]),
    ("unicode_linebreak", &["src/formats/pdf/"]),
    ("calamine", &["src/formats/"]),
    (
        "rust_xlsxwriter",
        &["src/formats/ledger/", "src/formats/exchange/"],
    ),
    ("serialport", &["src/position/"]),
    ("clap", &["src/cli/"]),
    ("indicatif", &["src/cli/"]),
];

/// The folder of colours, and the names that are no choice of colour: nothing, and a picture as it is.
const THEME: &str = "src/ui/theme";
const COLOUR_MAKERS: &[&str] = &["Color32::", "Rgba::from_", "hex_color!", "from_srgba"];
const NO_COLOURS: &[&str] = &[
    "Color32::TRANSPARENT",
    "Color32::WHITE",
    "Color32::PLACEHOLDER",
];

/// Lines of program text a file may have, and of tests.
const LONGEST: usize = 450;
const LONGEST_TESTS: usize = 520;

/// A source file, and its text without comments and test modules.
struct Source {
    /// From the package's folder, with `/`.
    path: String,
    program: String,
    /// Lines of the whole file.
    lines: usize,
}

impl Source {
    fn read(root: &Path, file: &Path) -> Self {
        let text = std::fs::read_to_string(file).unwrap();
        let relative = file.strip_prefix(root).unwrap().to_str().unwrap();
        Self {
            path: relative.replace('\\', "/"),
            program: program_text(&text),
            lines: text.lines().count(),
        }
    }

    /// `cli` of `src/cli/args.rs`, `progress` of `src/progress.rs`; none for the crate's roots.
    fn module(&self) -> Option<&str> {
        let path = self.path.strip_prefix("src/")?;
        match path.split_once('/') {
            Some((folder, _)) => Some(folder),
            None => path.strip_suffix(".rs"),
        }
        .filter(|module| !["lib", "main"].contains(module))
    }

    /// Every `crate::a::b` as `(a, b)`; `b` is empty where the path ends or branches.
    fn paths(&self) -> impl Iterator<Item = (&str, &str)> {
        self.program.split("crate::").skip(1).map(|rest| {
            let (first, rest) = name_at(rest);
            let second = rest.strip_prefix("::").map_or("", |rest| name_at(rest).0);
            (first, second)
        })
    }

    fn names_crate(&self, name: &str) -> bool {
        let starts = |at: usize| {
            let before = self.program[..at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
        };
        [format!("{name}::"), format!("use {name};")]
            .iter()
            .any(|path| self.program.match_indices(path).any(|(at, _)| starts(at)))
    }
}

fn name_at(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    text.split_at(end.unwrap_or(text.len()))
}

/// The text without lines of comment and without `#[cfg(test)]` items. Formatted code closes an
/// item with a brace as far in as the item begins.
fn program_text(text: &str) -> String {
    let mut program = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        if line.trim_start().starts_with("#[cfg(test)]") {
            let indent = &line[..line.len() - line.trim_start().len()];
            let item = lines
                .by_ref()
                .find(|line| !line.trim_start().starts_with("#["));
            if item.is_some_and(|item| item.ends_with('{')) {
                lines.by_ref().find(|line| *line == format!("{indent}}}"));
            }
            continue;
        }
        program.push_str(line);
        program.push('\n');
    }
    program
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<Source> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    files.sort();
    let sources: Vec<_> = files
        .iter()
        .map(|file| Source::read(root(), file))
        .collect();
    assert!(sources.len() > 5, "no sources in {folder}");
    sources
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension() {
            _ if path.is_dir() => collect(&path, files),
            Some(extension) if extension == "rs" => files.push(path),
            _ => {}
        }
    }
}

/// Files that only `#[cfg(test)] mod …;` includes: they are named for it.
fn is_test_file(path: &str) -> bool {
    let names = ["tests", "test_bench", "fixtures"];
    path.split(['/', '.'])
        .any(|name| names.contains(&name) || name.ends_with("_tests"))
}

/// The program's own sources.
fn program() -> Vec<Source> {
    let mut sources = sources("src");
    sources.retain(|source| !is_test_file(&source.path));
    sources
}

/// `"#1a2b3c"`, opaque or not.
fn has_hexadecimal_colour(line: &str) -> bool {
    line.split("\"#").skip(1).any(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
        [3, 6, 8].contains(&digits) && rest[digits..].starts_with('"')
    })
}

fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn a_module_uses_only_those_it_may_know() {
    let mut complaints = Vec::new();
    for source in program() {
        let Some(module) = source.module() else {
            continue;
        };
        let Some((_, known)) = MAY_KNOW.iter().find(|(name, _)| *name == module) else {
            complaints.push(format!("{}: `{module}` is not in the table", source.path));
            continue;
        };
        for (first, second) in source.paths() {
            // Made by a macro, or the module itself.
            if first.starts_with('_') || first == module {
                continue;
            }
            let part = ONLY
                .iter()
                .find(|(who, whose, _)| (*who, *whose) == (module, first));
            let is_part = part.is_none_or(|(_, _, which)| *which == second);
            if !known.split(' ').any(|name| name == first) || !is_part {
                let path = &source.path;
                complaints.push(format!(
                    "{path}: {module} must not use crate::{first}::{second}"
                ));
            }
        }
    }
    complaints.dedup();
    assert_none(&complaints);
}

#[test]
fn the_table_of_modules_has_no_circle_and_no_module_that_is_gone() {
    let present: BTreeSet<String> = program()
        .iter()
        .filter_map(|source| source.module().map(str::to_owned))
        .collect();
    let mut above = BTreeSet::new();
    for (module, known) in MAY_KNOW {
        assert!(present.contains(*module), "there is no module {module}");
        for other in known.split_whitespace() {
            assert!(
                above.contains(other),
                "{module} knows {other}, which stands below it"
            );
        }
        above.insert(*module);
    }
}

#[test]
fn crates_are_named_in_their_own_folders_alone() {
    let mut complaints = Vec::new();
    for source in program() {
        for (name, folders) in CRATES {
            let at_home = folders.iter().any(|folder| source.path.starts_with(folder));
            if !at_home && source.names_crate(name) {
                complaints.push(format!("{}: {name} belongs in {folders:?}", source.path));
            }
        }
    }
    assert_none(&complaints);
}

#[test]
fn colours_are_chosen_in_the_theme_alone() {
    let mut complaints = Vec::new();
    for source in program() {
        if source.path.starts_with(THEME) {
            continue;
        }
        for line in source.program.lines() {
            let rest = NO_COLOURS
                .iter()
                .fold(line.to_owned(), |line, none| line.replace(none, ""));
            let is_made = COLOUR_MAKERS.iter().any(|maker| rest.contains(maker));
            if is_made || has_hexadecimal_colour(line) {
                complaints.push(format!("{}: {}", source.path, line.trim()));
            }
        }
    }
    assert_none(&complaints);
}

#[test]
fn files_are_short() {
    let mut complaints = Vec::new();
    for source in ["src", "tests", "data"].into_iter().flat_map(sources) {
        let is_test = is_test_file(&source.path);
        let (lines, limit) = match is_test {
            true => (source.lines, LONGEST_TESTS),
            false => (source.program.lines().count(), LONGEST),
        };
        if lines > limit {
            complaints.push(format!("{}: {lines} lines", source.path));
        }
    }
    assert_none(&complaints);
}

#[test]
fn the_scanner_sees_what_is_written() {
    let text = "\
use crate::model::Field;
// use crate::store::Hidden;
fn a() {
    crate::ui::run::run(egui::Id::NULL);
}
#[cfg(test)]
#[allow(unused)]
mod tests {
    use crate::store::Contents;
    fn b() {}
}
use crate::words;
";
    let source = Source {
        path: "src/cli/a.rs".to_owned(),
        program: program_text(text),
        lines: 12,
    };
    let paths: Vec<_> = source.paths().collect();
    assert_eq!(paths, [("model", "Field"), ("ui", "run"), ("words", "")]);
    assert_eq!(source.module(), Some("cli"));
    assert!(source.names_crate("egui"));
    assert!(!source.names_crate("gui"));
    assert!(has_hexadecimal_colour(r##"let red = "#c0392b";"##));
    assert!(!has_hexadecimal_colour(r##"for word in ["#", "#楼"] {"##));
}
