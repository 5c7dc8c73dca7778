//! `delta.csv`: what a release changed against the one before, estate by estate and field by field.

use super::folder::Interrupted;
use super::reading::{Feature, Library, Row, Sheet, Unreadable};
use crate::formats::library::{DeltaCounts, Table};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

pub(super) const NAME: &str = "delta.csv";
pub(super) const COLUMNS: [&str; 13] = [
    "change",
    "id",
    "lib_no",
    "name",
    "field",
    "before",
    "after",
    "why",
    "rules",
    "reason",
    "into",
    "into_lib_no",
    "into_name",
];
/// What stands for a boundary in the column `field`.
pub(super) const GEOMETRY: &str = "geometry";

/// What happened to an estate between two releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Added,
    Changed,
    Withdrawn,
    Merged,
    PartOf,
}

impl Kind {
    const ALL: [Kind; 5] = [
        Self::Added,
        Self::Changed,
        Self::Withdrawn,
        Self::Merged,
        Self::PartOf,
    ];

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Withdrawn => "withdrawn",
            Self::Merged => "merged",
            Self::PartOf => "part_of",
        }
    }

    pub(super) fn is_gone(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Merged | Self::PartOf)
    }
}

/// One row. An estate that changed has one for each field; every other estate has one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub kind: Kind,
    pub lib_no: String,
    pub id: String,
    pub name: String,
    pub field: String,
    pub before: String,
    pub after: String,
    pub gone: Gone,
}

/// Why an estate is no longer in the library.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gone {
    pub why: String,
    /// The rules that exclude it.
    pub rules: String,
    /// In the words of the person who took it out.
    pub reason: String,
    /// Who counts it now.
    pub into: String,
    pub into_lib_no: String,
    pub into_name: String,
}

/// The rows that lead from one library to the next, in the order of the file.
pub(super) fn compare(
    before: &Library,
    now: &Library,
    became: impl Fn(&str) -> (Kind, Gone),
) -> Vec<Line> {
    let (before, now) = (before.by_id(), now.by_id());
    let mut lines = Vec::new();
    for (id, feature) in &now {
        match before.get(id) {
            None => lines.push(line(Kind::Added, feature, Gone::default())),
            Some(earlier) => lines.extend(changed(earlier, feature)),
        }
    }
    for (id, feature) in before.iter().filter(|(id, _)| !now.contains_key(*id)) {
        let (kind, gone) = became(id);
        lines.push(line(kind, feature, gone));
    }
    lines.sort();
    lines
}

fn line(kind: Kind, feature: &Feature, gone: Gone) -> Line {
    let properties = feature.properties();
    let text = |key: &str| cell(properties.get(key));
    Line {
        kind,
        lib_no: text("lib_no"),
        id: feature.id.clone(),
        name: text("name"),
        field: String::new(),
        before: String::new(),
        after: String::new(),
        gone,
    }
}

/// A row for each field that is another. A column that one release lacks is empty there.
fn changed(before: &Feature, now: &Feature) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut differs = |field: &str, before: String, after: String| {
        if before != after {
            lines.push(Line {
                field: field.to_owned(),
                before,
                after,
                ..line(Kind::Changed, now, Gone::default())
            });
        }
    };
    if before.geometry.get() != now.geometry.get() {
        let marks = [before, now].map(|feature| boundary_mark(feature.geometry.get()));
        let [before, after] = marks;
        differs(GEOMETRY, before, after);
    }
    if before.properties.get() != now.properties.get() {
        let (before, now) = (before.properties(), now.properties());
        let keys: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
        for key in keys {
            differs(key, cell(before.get(key)), cell(now.get(key)));
        }
    }
    lines
}

/// A boundary in a cell: too long to write out, so the start of the checksum of its text.
fn boundary_mark(geometry: &str) -> String {
    match geometry {
        "null" => String::new(),
        text => super::package::sha256(text.as_bytes())
            .chars()
            .take(16)
            .collect(),
    }
}

/// A value as a cell: what was not surveyed is empty; several are parted by `;`.
pub(super) fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(values)) if values.is_empty() => "none".to_owned(),
        Some(Value::Array(values)) => {
            let cells: Vec<String> = values.iter().map(|value| cell(Some(value))).collect();
            cells.join(";")
        }
        Some(other) => other.to_string(),
    }
}

/// Each estate once; `unchanged` are those of the library that no row names.
pub(super) fn counts(lines: &[Line], library: u64) -> DeltaCounts {
    let mut ids = BTreeMap::<Kind, BTreeSet<&str>>::new();
    for line in lines {
        ids.entry(line.kind).or_default().insert(&line.id);
    }
    let count = |kind| ids.get(&kind).map_or(0, |ids| ids.len() as u64);
    let (added, changed) = (count(Kind::Added), count(Kind::Changed));
    DeltaCounts {
        added,
        changed,
        withdrawn: count(Kind::Withdrawn),
        merged: count(Kind::Merged),
        part_of: count(Kind::PartOf),
        unchanged: library.saturating_sub(added).saturating_sub(changed),
    }
}

pub(super) fn write(out: &mut dyn Write, lines: &[Line]) -> Result<(), Interrupted> {
    let mut table = Table::begin(out, COLUMNS)?;
    for line in lines {
        table.row([
            line.kind.key(),
            &line.id,
            &line.lib_no,
            &line.name,
            &line.field,
            &line.before,
            &line.after,
            &line.gone.why,
            &line.gone.rules,
            &line.gone.reason,
            &line.gone.into,
            &line.gone.into_lib_no,
            &line.gone.into_name,
        ])?;
    }
    Ok(table.end()?)
}

/// The rows of a delta file, in its order.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
    let sheet = Sheet::parse(bytes, &COLUMNS)?;
    sheet.rows().map(|row| read_line(&row)).collect()
}

fn read_line(row: &Row) -> Result<Line, Unreadable> {
    let key = row.cell("change");
    let kind = Kind::ALL.into_iter().find(|kind| kind.key() == key);
    let kind = kind.ok_or_else(|| format!("{}: {key}", row.line))?;
    let text = |column: &str| row.cell(column).to_owned();
    Ok(Line {
        kind,
        lib_no: text("lib_no"),
        id: text("id"),
        name: text("name"),
        field: text("field"),
        before: text("before"),
        after: text("after"),
        gone: Gone {
            why: text("why"),
            rules: text("rules"),
            reason: text("reason"),
            into: text("into"),
            into_lib_no: text("into_lib_no"),
            into_name: text("into_name"),
        },
    })
}
