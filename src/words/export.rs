//! What an export did, or why there is none. Texts: `export.*`.

use super::{Language, fields};
use crate::catalogue::{ColumnFault, ExportTemplate, TemplateError, TemplateFault, WhichRecords};
use crate::jobs::export::{ExchangeFormat, ExportError, Exported, FilterError, Sorted, WriteError};
use std::borrow::Cow;
use std::fmt::Display;
use std::io::ErrorKind;

/// What a template is called.
pub fn template_title(language: Language, template: &ExportTemplate) -> Cow<'_, str> {
    of_template(language, template, "title", &template.title)
}

/// What a template says about itself.
pub fn template_note(language: Language, template: &ExportTemplate) -> Cow<'_, str> {
    of_template(language, template, "note", &template.note)
}

/// In the language, of the templates that come with the program; others say `own`.
fn of_template<'a>(
    language: Language,
    template: &ExportTemplate,
    part: &str,
    own: &'a str,
) -> Cow<'a, str> {
    match ExportTemplate::shipped().contains(template) {
        true => {
            let key = format!("export.templates.{}.{part}", template.name);
            Cow::Owned(language.text(&key).into_owned())
        }
        false => Cow::Borrowed(own),
    }
}

/// What was written, in one line.
pub fn done_text(language: Language, exported: &Exported) -> String {
    let written = &exported.written;
    let path = written.files.first().map(|path| path.display().to_string());
    let path = path.unwrap_or_default();
    match exported.sorted.written {
        0 => language.text_with("export.none", &[("path", &path)]),
        records => language.text_with(
            "export.done",
            &[
                ("records", &fields::with_separators(records as u64)),
                ("path", &path),
            ],
        ),
    }
}

/// What a reader of the file should know besides, a line each.
pub fn remarks(language: Language, template: &ExportTemplate, exported: &Exported) -> Vec<String> {
    let written = &exported.written;
    let mut lines = Vec::new();
    if let Some(beside) = written.files.get(1..).filter(|files| !files.is_empty()) {
        let names = beside.iter().filter_map(|path| path.file_name());
        let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
        lines.push(language.text_with("export.files", &[("files", &language.listed(&names))]));
    }
    lines.extend(left_out(language, template, &exported.sorted));
    if let Some((id, column)) = written.cut.first() {
        let values: [(&str, &dyn Display); 3] = [
            ("count", &written.cut.len()),
            ("id", id),
            ("column", column),
        ];
        lines.push(language.text_with("export.cut", &values));
    }
    lines.extend(proposal(language, template));
    lines
}

/// Which records are not in the file, a line each.
pub fn left_out(language: Language, template: &ExportTemplate, sorted: &Sorted) -> Vec<String> {
    let mut lines = Vec::new();
    if sorted.of_other_kinds > 0 {
        lines.push(language.text_with(
            "export.other_kinds",
            &[
                ("count", &sorted.of_other_kinds),
                ("template", &template.name),
                ("records", &records_text(language, template.records)),
            ],
        ));
    }
    if sorted.filtered_out > 0 {
        let count: &dyn Display = &sorted.filtered_out;
        lines.push(language.text_with("export.filtered_out", &[("count", count)]));
    }
    lines
}

/// That the receiver has not confirmed the fields, where that is so.
pub fn proposal(language: Language, template: &ExportTemplate) -> Option<String> {
    let note = template_note(language, template);
    let values: [(&str, &dyn Display); 2] = [("template", &template.name), ("note", &note)];
    let text = || language.text_with("export.proposal", &values);
    template.proposal.then(text)
}

/// Which records a template is about.
pub fn records_text(language: Language, records: WhichRecords) -> String {
    let key = match records {
        WhichRecords::All => "export.records.all",
        WhichRecords::Counted => "export.records.counted",
        WhichRecords::Outlined => "export.records.outlined",
        WhichRecords::Library => "export.records.library",
    };
    language.text(key).into_owned()
}

pub fn format_text(language: Language, format: ExchangeFormat) -> String {
    let key = format!("export.format.{}", format.extension());
    language.text(&key).into_owned()
}

/// Why there is no export, and what to do.
pub fn export_error_text(language: Language, error: &ExportError) -> String {
    match error {
        ExportError::Template(error) => template_error_text(language, error),
        ExportError::Filter(error) => filter_error_text(language, error),
        ExportError::TemplateFilter(error) => {
            let reason = filter_error_text(language, error);
            language.text_with("export.error.template_filter", &[("reason", &reason)])
        }
        ExportError::Write(error) => write_error_text(language, error),
        ExportError::Cancelled(_) => language.text("export.error.cancelled").into_owned(),
        ExportError::Beyond => language.text("export.error.beyond").into_owned(),
    }
}

fn write_error_text(language: Language, error: &WriteError) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| language.text_with(key, values);
    match error {
        WriteError::NoRoom { path, reason } => say(
            "export.error.no_room",
            &[("path", &path.display()), ("reason", reason)],
        ),
        WriteError::Io { path, reason } => {
            let path: (&str, &dyn Display) = ("path", &path.display());
            match reason.kind() {
                ErrorKind::NotFound => say("export.error.no_folder", &[path]),
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    say("export.error.permission", &[path])
                }
                ErrorKind::StorageFull => say("export.error.disk_full", &[path]),
                _ => say("export.error.io", &[path, ("reason", reason)]),
            }
        }
    }
}

/// What is wrong with a template: file, column and reason.
pub fn template_error_text(language: Language, error: &TemplateError) -> String {
    let file = &error.file;
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        let values = [values, &[("file", file as &dyn Display)]].concat();
        language.text_with(key, &values)
    };
    match &error.fault {
        TemplateFault::Missing { shipped } => say(
            "export.template.missing",
            &[("shipped", &language.listed(shipped))],
        ),
        TemplateFault::Unreadable { reason } => {
            say("export.template.unreadable", &[("reason", reason)])
        }
        TemplateFault::TooLarge { most_bytes } => say(
            "export.template.too_large",
            &[("most", &(most_bytes / 1024))],
        ),
        TemplateFault::NotATemplate { reason } => {
            say("export.template.not_a_template", &[("reason", reason)])
        }
        TemplateFault::BadLayer { layer } => say("export.template.bad_layer", &[("layer", layer)]),
        TemplateFault::NoColumns => say("export.template.no_columns", &[]),
        TemplateFault::TooManyColumns { most } => {
            say("export.template.too_many_columns", &[("most", most)])
        }
        TemplateFault::Column {
            number,
            from,
            fault,
        } => say(
            "export.template.column",
            &[
                ("number", number),
                ("from", from),
                ("reason", &column_fault_text(language, fault)),
            ],
        ),
    }
}

fn column_fault_text(language: Language, fault: &ColumnFault) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| language.text_with(key, values);
    match fault {
        ColumnFault::UnknownSource { nearest } if nearest.is_empty() => {
            say("export.template.fault.unknown_source", &[])
        }
        ColumnFault::UnknownSource { nearest } => say(
            "export.template.fault.unknown_source_nearest",
            &[("nearest", &language.listed(nearest))],
        ),
        ColumnFault::IsGeometry => say("export.template.fault.is_geometry", &[]),
        ColumnFault::BadKey { key } => say("export.template.fault.bad_key", &[("key", key)]),
        ColumnFault::BadShort { short } => {
            say("export.template.fault.bad_short", &[("short", short)])
        }
        ColumnFault::BadHeading { heading } => {
            say("export.template.fault.bad_heading", &[("heading", heading)])
        }
        ColumnFault::Taken { name } => say("export.template.fault.taken", &[("name", name)]),
        ColumnFault::Several => say("export.template.fault.several", &[]),
        ColumnFault::NotCoded => say("export.template.fault.not_coded", &[]),
        ColumnFault::UnknownValue { value, known } => say(
            "export.template.fault.unknown_value",
            &[("value", value), ("known", &language.listed(known))],
        ),
    }
}

/// What is wrong with a filter, and what would do.
pub fn filter_error_text(language: Language, error: &FilterError) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| language.text_with(key, values);
    match error {
        FilterError::TooLong { most } => say("export.filter.too_long", &[("most", most)]),
        FilterError::Syntax { reason } => say("export.filter.syntax", &[("reason", reason)]),
        FilterError::NotUnderstood { part } => {
            say("export.filter.not_understood", &[("part", part)])
        }
        FilterError::UnknownName { name, nearest } if nearest.is_empty() => {
            say("export.filter.unknown_name", &[("name", name)])
        }
        FilterError::UnknownName { name, nearest } => say(
            "export.filter.unknown_name_nearest",
            &[("nearest", &language.listed(nearest)), ("name", name)],
        ),
        FilterError::WrongValue { name, value } => say(
            "export.filter.wrong_value",
            &[("name", name), ("value", value)],
        ),
        FilterError::UnknownCode { name, value, known } => {
            let known: Vec<String> = known
                .iter()
                .map(|(key, word)| format!("{key} {word}"))
                .collect();
            say(
                "export.filter.unknown_code",
                &[
                    ("known", &language.listed(&known)),
                    ("name", name),
                    ("value", value),
                ],
            )
        }
        FilterError::IsList { name } => say("export.filter.is_list", &[("name", name)]),
        FilterError::WithNull { part } => say("export.filter.with_null", &[("part", part)]),
        FilterError::NoCondition { part } => say("export.filter.no_condition", &[("part", part)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::export::Written;
    use std::path::PathBuf;

    #[test]
    fn templates_of_the_program_speak_both_languages_and_others_their_own() {
        for template in ExportTemplate::shipped() {
            let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            let say = |language| {
                let title = template_title(language, template);
                (title, template_note(language, template))
            };
            let own = (
                template.title.as_str().into(),
                template.note.as_str().into(),
            );
            assert_eq!(say(Language::Chinese), own);
            let (title, note) = say(Language::English);
            assert!(!chinese(&title) && !chinese(&note), "{title} {note}");
            assert!(
                !title.contains("export.") && !note.contains("export."),
                "{title}"
            );
            let edited = ExportTemplate {
                title: "甲".to_owned(),
                ..template.clone()
            };
            assert_eq!(template_title(Language::English, &edited), "甲");
        }
    }

    fn faults() -> Vec<ColumnFault> {
        use ColumnFault::*;
        let text = || "甲".to_owned();
        vec![
            UnknownSource { nearest: vec![] },
            UnknownSource {
                nearest: vec![text()],
            },
            IsGeometry,
            BadKey { key: text() },
            BadShort { short: text() },
            BadHeading { heading: text() },
            Taken { name: text() },
            Several,
            NotCoded,
            UnknownValue {
                value: text(),
                known: vec![text()],
            },
        ]
    }

    fn templates() -> Vec<TemplateFault> {
        let reason = || "line 1".to_owned();
        let column = |fault| TemplateFault::Column {
            number: 1,
            from: "甲".to_owned(),
            fault,
        };
        let whole = [
            TemplateFault::Missing {
                shipped: vec!["survey"],
            },
            TemplateFault::Unreadable { reason: reason() },
            TemplateFault::TooLarge {
                most_bytes: 1 << 20,
            },
            TemplateFault::NotATemplate { reason: reason() },
            TemplateFault::BadLayer { layer: reason() },
            TemplateFault::NoColumns,
            TemplateFault::TooManyColumns { most: 255 },
        ];
        whole
            .into_iter()
            .chain(faults().into_iter().map(column))
            .collect()
    }

    fn filters() -> Vec<FilterError> {
        use FilterError::*;
        let text = || "甲".to_owned();
        vec![
            TooLong { most: 4_000 },
            Syntax { reason: text() },
            NotUnderstood { part: text() },
            UnknownName {
                name: text(),
                nearest: vec![],
            },
            UnknownName {
                name: text(),
                nearest: vec![text()],
            },
            WrongValue {
                name: text(),
                value: text(),
            },
            UnknownCode {
                name: text(),
                value: text(),
                known: vec![(text(), text())],
            },
            IsList { name: text() },
            WithNull { part: text() },
            NoCondition { part: text() },
        ]
    }

    fn errors() -> Vec<ExportError> {
        let path = || PathBuf::from("甲.csv");
        let io = |kind: ErrorKind| WriteError::Io {
            path: path(),
            reason: kind.into(),
        };
        let kinds = [
            ErrorKind::NotFound,
            ErrorKind::PermissionDenied,
            ErrorKind::StorageFull,
            ErrorKind::Other,
        ];
        let no_room = WriteError::NoRoom {
            path: path(),
            reason: "甲".to_owned(),
        };
        let template = |fault| TemplateError {
            file: "甲.json".to_owned(),
            fault,
        };
        let mut errors = vec![
            ExportError::Beyond,
            ExportError::Cancelled(crate::progress::Cancelled),
        ];
        errors.extend(
            kinds
                .map(io)
                .into_iter()
                .chain([no_room])
                .map(ExportError::Write),
        );
        errors.extend(
            templates()
                .into_iter()
                .map(template)
                .map(ExportError::Template),
        );
        errors.extend(filters().into_iter().map(ExportError::Filter));
        errors.extend(filters().into_iter().map(ExportError::TemplateFilter));
        errors
    }

    #[test]
    fn every_error_is_a_sentence_in_both_languages() {
        let [chinese, english] = [Language::Chinese, Language::English].map(|language| {
            let texts = errors()
                .into_iter()
                .map(|error| export_error_text(language, &error));
            texts.collect::<Vec<_>>()
        });
        for (chinese, english) in chinese.iter().zip(&english) {
            for text in [chinese, english] {
                assert!(
                    !text.contains("%{") && !text.starts_with("export."),
                    "{text}"
                );
            }
            assert_ne!(chinese, english);
        }
    }

    #[test]
    fn what_is_not_in_the_file_is_told() {
        let exported = |records| Exported {
            written: Written {
                files: vec!["甲.shp".into(), "甲.dbf".into()],
                cut: vec![("1".to_owned(), "name".to_owned())],
            },
            sorted: Sorted {
                written: records,
                of_other_kinds: 2,
                filtered_out: 3,
            },
        };
        let templates = ExportTemplate::shipped();
        for language in Language::ALL {
            for template in templates {
                let lines = remarks(language, template, &exported(7));
                assert_eq!(lines.len(), if template.proposal { 5 } else { 4 });
                assert!(lines.iter().all(|line| !line.contains("%{")), "{lines:?}");
            }
            assert!(done_text(language, &exported(7)).contains('7'));
            assert!(!done_text(language, &exported(0)).contains('0'));
            for format in ExchangeFormat::ALL {
                assert!(format_text(language, format).contains(format.extension()));
            }
        }
    }
}
