//! `checks.json`: every finding that travels with the release, one a line. The empty must-haves of a
//! record share one line, or a draft of ten thousand waiting rows would be mostly that.

use super::folder::Interrupted;
use crate::model::{Field, Survey};
use crate::rules::checks::{CheckCode, Detail, Finding, Gravity};
use serde::Serialize;
use std::io::Write;

#[derive(Serialize)]
struct Line<'a> {
    code: CheckCode,
    gravity: Gravity,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lib_no: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<&'a str>,
    fields: Vec<Field>,
    detail: &'a Detail,
}

pub(super) fn write(
    out: &mut dyn Write,
    findings: &[Finding],
    survey: &Survey,
) -> Result<(), Interrupted> {
    let mut lines: Vec<Line> = Vec::new();
    let mut last: Option<&Finding> = None;
    for finding in findings {
        let goes_on = finding.detail == Detail::Missing
            && last.is_some_and(|last| {
                (last.estate, &last.detail) == (finding.estate, &finding.detail)
            });
        match lines.last_mut() {
            Some(line) if goes_on => line.fields.extend(finding.field),
            _ => lines.push(line(finding, survey)),
        }
        last = Some(finding);
    }
    write!(out, "{{\"findings\":[")?;
    for (index, line) in lines.iter().enumerate() {
        write!(out, "{}", if index > 0 { ",\n" } else { "\n" })?;
        serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    }
    Ok(writeln!(out, "\n]}}")?)
}

fn line<'a>(finding: &'a Finding, survey: &'a Survey) -> Line<'a> {
    let estate = finding.estate.and_then(|id| survey.estate(id));
    let list = finding.list.and_then(|id| survey.list(id));
    Line {
        code: finding.code,
        gravity: finding.gravity,
        id: finding.estate.map(|id| id.to_string()),
        lib_no: estate.and_then(|estate| estate.lib_no.as_deref()),
        name: estate.map(|estate| estate.name.as_str()),
        list: list.map(|list| list.file_name.as_str()),
        fields: finding.field.into_iter().collect(),
        detail: &finding.detail,
    }
}
