//! Sentences about imported files: why one was refused, and what is wrong with which row.

use super::Language;
use super::reference::layer_error_text;
use crate::catalogue::{Guess, Likeness};
use crate::formats::{Format, FormatError, GeoJsonFault, JsonFault, NoText, TextEncoding};
use crate::jobs::import::{ImportError, Imported, MappingError, Preview};
use crate::model::{AxisOrder, Crs, ListRole, RejectedRow, RowProblem, RowProblemKind};
use std::fmt::Display;
use std::io::ErrorKind;

/// What an import did, in one line.
pub fn imported_text(language: Language, imported: &Imported) -> String {
    with_axes(language, imported.axes, done_text(language, imported))
}

/// What an import did, and whether it read X as the coordinate to the north.
pub fn with_axes(language: Language, axes: AxisOrder, done: String) -> String {
    match axes {
        AxisOrder::EastFirst => done,
        AxisOrder::NorthFirst => {
            let done = done.trim_end_matches(['.', '。']);
            language.text_with("import.done_north_first", &[("done", &done)])
        }
    }
}

fn done_text(language: Language, imported: &Imported) -> String {
    let list = &imported.list;
    let key = match list.role {
        ListRole::Estates | ListRole::Register => "import.done",
        ListRole::Buildings => "import.done_buildings",
    };
    language.text_with(
        key,
        &[
            ("file", &list.file_name),
            ("rows", &list.rows_read),
            ("buildings", &imported.buildings),
            ("estates", &imported.estates),
            ("register_rows", &imported.register_rows),
            ("rejected", &list.rejected.len()),
            ("warnings", &imported.warnings.len()),
        ],
    )
}

/// Why a file was not imported, and what to do.
pub fn import_error_text(language: Language, error: &ImportError) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        language.text_with(&format!("import.error.{key}"), values)
    };
    match error {
        ImportError::Io { file, reason } => match reason.kind() {
            ErrorKind::NotFound => say("not_found", &[("file", file)]),
            ErrorKind::PermissionDenied => say("permission", &[("file", file)]),
            // A long file is read twice.
            ErrorKind::InvalidData => say("changed", &[("file", file)]),
            _ => say("io", &[("file", file), ("reason", reason)]),
        },
        ImportError::Format { file, reason } => format_error_text(language, file, reason),
        ImportError::Layer(error) => layer_error_text(language, error),
        ImportError::NoRows { file } => say("no_rows", &[("file", file)]),
        ImportError::NothingMapped { file, columns } => say(
            "nothing_mapped",
            &[
                ("file", file),
                ("columns", &language.listed(columns)),
                ("example", columns.first().unwrap_or(file)),
            ],
        ),
        ImportError::NoPlaces { file } => say("no_places", &[("file", file)]),
        ImportError::AlreadyImported { file, role, at } => say(
            "already_imported",
            &[
                ("file", file),
                ("role", &list_role_text(language, *role)),
                ("date", &at.strftime("%Y-%m-%d")),
            ],
        ),
        ImportError::WrittenHere { file, column } => {
            say("written_here", &[("file", file), ("column", column)])
        }
        ImportError::Mapping(error) => mapping_error_text(language, error),
        ImportError::Cancelled(_) => say("cancelled", &[]),
    }
}

pub fn mapping_error_text(language: Language, error: &MappingError) -> String {
    match error {
        MappingError::UnknownField { field } => {
            language.text_with("import.error.unknown_field", &[("field", field)])
        }
        MappingError::UnknownColumn { column, known } => language.text_with(
            "import.error.unknown_column",
            &[("column", column), ("columns", &language.listed(known))],
        ),
    }
}

/// The name of a system of coordinates.
pub fn crs_text(language: Language, crs: Crs) -> String {
    match crs {
        Crs::Degrees(datum) => super::fields::coded_label(language, datum).into(),
        Crs::WebMercator(_) | Crs::GaussKruger(..) => language
            .text(&format!("import.system.{}", crs.key()))
            .into_owned(),
    }
}

/// What is wrong with a row, where its file is known from beside it.
pub fn row_problem_text(language: Language, problem: &RowProblem) -> String {
    let kind = match problem.kind {
        // A polygon that was stored leaves no text behind.
        RowProblemKind::InvalidGeometry if !problem.value.is_empty() => "broken_geometry",
        kind => kind_key(kind),
    };
    let key = format!("row_problem.{kind}");
    let what = language.text_with(&key, &[("value", &problem.value)]);
    let row: (&str, &dyn Display) = ("row", &problem.row);
    // What the file says comes last: a value with a placeholder's spelling must stay as it is.
    match &problem.column {
        Some(column) => language.text_with(
            "row_problem.at_column",
            &[row, ("column", column), ("what", &what)],
        ),
        None => language.text_with("row_problem.at_row", &[row, ("what", &what)]),
    }
}

/// What is odd about a row that became a record, and what was done with it.
pub fn warning_text(language: Language, file: &str, problem: &RowProblem) -> String {
    use RowProblemKind::*;
    let fate = match problem.kind {
        InvalidGeometry if problem.value.is_empty() => "kept_as_drawn",
        InvalidGeometry | BadPosition | OutsideChina | SwappedAxes => "kept_in_other",
        LooksLikeDegrees | LooksUnzoned | LooksZoned | LooksLikeMercator => "kept_in_other",
        NotANumber | OutOfRange | UnknownCode => "kept_in_other",
        FarFromMeridian => "check_zone",
        MissingGeometry => "waits_for_boundary",
        RepeatedSourceId => "both_kept",
        WrongCellCount | BadText | CellError => "row_kept",
        Unreadable | Empty | UnsupportedGeometry => "no_record",
        OutsideEveryEstate | AlreadyThere | Deleted | SeveralRecords => "no_record",
    };
    with_fate(language, file, problem, fate)
}

/// Why a row gave no record.
pub fn rejected_row_text(language: Language, file: &str, row: &RejectedRow) -> String {
    with_fate(language, file, &row.problem, "no_record")
}

/// Why a column is taken for what it is taken for.
pub fn guess_text(language: Language, guess: &Guess) -> String {
    let key = match guess.likeness {
        Likeness::Same => "import.known_as",
        Likeness::Shortened => "import.known_as_shortened",
    };
    language.text_with(key, &[("heading", &guess.known_as)])
}

/// What a file is: the encoding of a text, the format of anything else.
pub fn file_text(language: Language, preview: &Preview) -> String {
    let key = match (preview.encoding, preview.format) {
        (Some(encoding), _) => return encoding_text(language, encoding),
        (None, Format::GeoJson) => "geojson",
        (None, Format::Csv) => "csv",
        (None, Format::GeoPackage) => "geopackage",
        (None, Format::Shapefile) => "shapefile",
        (None, Format::Kml) => "kml",
        (None, Format::Gpx) => "gpx",
        (None, Format::Sheet) => "sheet",
    };
    language.text(&format!("import.format.{key}")).into_owned()
}

/// Asks for the system of a file that names none, or one that nobody here knows.
pub fn no_system_text(language: Language, file: &str, preview: &Preview) -> String {
    let key = match preview.unknown_system {
        Some(_) => "import.error.unknown_system",
        None => "import.error.no_system",
    };
    let name = preview.unknown_system.as_deref().unwrap_or_default();
    language.text_with(key, &[("file", &file), ("name", &name)])
}

/// Which of the layers of a file was read, and what others there are.
pub fn layers_text(language: Language, preview: &Preview) -> String {
    let others = preview.layers.iter().enumerate();
    let others: Vec<&str> = others
        .filter(|(index, _)| *index != preview.layer)
        .map(|(_, name)| name.as_str())
        .collect();
    let read = preview.layers.get(preview.layer);
    let read = read.map(String::as_str).unwrap_or_default();
    language.text_with(
        "import.layers",
        &[("layer", &read), ("others", &language.listed(&others))],
    )
}

pub fn encoding_text(language: Language, encoding: TextEncoding) -> String {
    let key = match encoding {
        TextEncoding::Utf8 => "utf8",
        TextEncoding::Utf8WithBom => "utf8_with_bom",
        TextEncoding::Utf16 => "utf16",
        TextEncoding::Gb18030 => "gb18030",
        TextEncoding::Other(name) => return name.to_owned(),
    };
    language
        .text(&format!("import.encoding.{key}"))
        .into_owned()
}

pub fn list_role_text(language: Language, role: ListRole) -> String {
    let key = format!("import.role.{}", role.key());
    language.text(&key).into_owned()
}

fn with_fate(language: Language, file: &str, problem: &RowProblem, fate: &str) -> String {
    let fate = language.text(&format!("row_problem.fate.{fate}"));
    language.text_with(
        "row_problem.with_fate",
        &[
            ("fate", &fate),
            ("file", &file),
            ("problem", &row_problem_text(language, problem)),
        ],
    )
}

fn kind_key(kind: RowProblemKind) -> &'static str {
    match kind {
        RowProblemKind::Unreadable => "unreadable",
        RowProblemKind::Empty => "empty",
        RowProblemKind::UnsupportedGeometry => "unsupported_geometry",
        RowProblemKind::InvalidGeometry => "invalid_geometry",
        RowProblemKind::MissingGeometry => "missing_geometry",
        RowProblemKind::BadPosition => "bad_position",
        RowProblemKind::OutsideChina => "outside_china",
        RowProblemKind::SwappedAxes => "swapped_axes",
        RowProblemKind::LooksLikeDegrees => "looks_like_degrees",
        RowProblemKind::LooksUnzoned => "looks_unzoned",
        RowProblemKind::LooksZoned => "looks_zoned",
        RowProblemKind::LooksLikeMercator => "looks_like_mercator",
        RowProblemKind::FarFromMeridian => "far_from_meridian",
        RowProblemKind::NotANumber => "not_a_number",
        RowProblemKind::OutOfRange => "out_of_range",
        RowProblemKind::UnknownCode => "unknown_code",
        RowProblemKind::WrongCellCount => "wrong_cell_count",
        RowProblemKind::RepeatedSourceId => "repeated_source_id",
        RowProblemKind::BadText => "bad_text",
        RowProblemKind::CellError => "cell_error",
        RowProblemKind::OutsideEveryEstate => "outside_every_estate",
        RowProblemKind::AlreadyThere => "already_there",
        RowProblemKind::Deleted => "deleted",
        RowProblemKind::SeveralRecords => "several_records",
    }
}

pub(super) fn format_error_text(language: Language, file: &str, error: &FormatError) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        let mut values = values.to_vec();
        values.push(("file", &file));
        language.text_with(&format!("import.error.{key}"), &values)
    };
    match error {
        FormatError::TooLarge { limit } => say("too_large", &[("limit", &(limit >> 20))]),
        FormatError::TooManyColumns { limit } => say("too_many_columns", &[("limit", limit)]),
        FormatError::NoText(kind) => match kind {
            NoText::Zip => say("zip", &[]),
            NoText::OldExcel => say("old_excel", &[]),
            NoText::Sqlite => say("sqlite", &[]),
            NoText::Shapefile => say("shapefile", &[]),
            NoText::Other => say("binary", &[]),
        },
        FormatError::NoJson {
            line,
            column,
            fault,
        } => {
            let place: [(&str, &dyn Display); 2] = [("line", line), ("column", column)];
            match fault {
                JsonFault::CutOff => say("cut_off", &place),
                JsonFault::Syntax => say("syntax", &place),
            }
        }
        FormatError::NoGeoJson(fault) => match fault {
            GeoJsonFault::NoObject => say("no_object", &[]),
            GeoJsonFault::NoType => say("no_type", &[]),
            GeoJsonFault::UnknownType(kind) => say("unknown_type", &[("type", kind)]),
            GeoJsonFault::NoFeatures => say("no_features", &[]),
            GeoJsonFault::RepeatedMember => say("repeated_member", &[]),
        },
        FormatError::OpenQuote { line } => say("open_quote", &[("line", line)]),
        FormatError::Survey => say("survey", &[]),
        FormatError::Empty => say("empty", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(kind: RowProblemKind, column: Option<&str>, value: &str) -> RowProblem {
        RowProblem {
            row: 4012,
            column: column.map(str::to_owned),
            kind,
            value: value.to_owned(),
        }
    }

    #[test]
    fn a_problem_names_file_row_column_value_and_what_became_of_it() {
        let problem = problem(RowProblemKind::NotANumber, Some("户数"), "很多");
        assert_eq!(
            warning_text(Language::English, "nanchang.csv", &problem),
            "nanchang.csv, row 4012, column 户数: '很多' is no number this field takes; \
             kept under other columns"
        );
        assert_eq!(
            warning_text(Language::Chinese, "nanchang.csv", &problem),
            "nanchang.csv 第 4012 行“户数”列：“很多”不是该字段可用的数；原值保留在其他列中"
        );
    }

    #[test]
    fn every_problem_and_every_error_has_a_sentence_in_both_languages() {
        use RowProblemKind::*;
        let kinds = [
            Unreadable,
            Empty,
            UnsupportedGeometry,
            InvalidGeometry,
            MissingGeometry,
            BadPosition,
            OutsideChina,
            SwappedAxes,
            LooksLikeDegrees,
            LooksUnzoned,
            LooksZoned,
            LooksLikeMercator,
            FarFromMeridian,
            NotANumber,
            OutOfRange,
            UnknownCode,
            WrongCellCount,
            RepeatedSourceId,
            BadText,
        ];
        for language in Language::ALL {
            for kind in kinds {
                for value in ["", "甲"] {
                    let problem = problem(kind, None, value);
                    assert_whole(&warning_text(language, "a.csv", &problem));
                }
            }
            for error in every_error() {
                assert_whole(&import_error_text(language, &error));
            }
        }
    }

    fn assert_whole(sentence: &str) {
        let leftovers = ["%{", "import.", "row_problem."];
        let whole = leftovers.iter().all(|part| !sentence.contains(part));
        assert!(whole && !sentence.is_empty(), "{sentence}");
    }

    fn every_error() -> Vec<ImportError> {
        let file = || "a.csv".to_owned();
        let formats = [
            FormatError::TooLarge { limit: 1 << 30 },
            FormatError::TooManyColumns { limit: 9 },
            FormatError::NoText(NoText::Zip),
            FormatError::NoText(NoText::OldExcel),
            FormatError::NoText(NoText::Sqlite),
            FormatError::NoText(NoText::Shapefile),
            FormatError::NoText(NoText::Other),
            FormatError::NoJson {
                line: 1,
                column: 2,
                fault: JsonFault::CutOff,
            },
            FormatError::NoJson {
                line: 1,
                column: 2,
                fault: JsonFault::Syntax,
            },
            FormatError::NoGeoJson(GeoJsonFault::NoObject),
            FormatError::NoGeoJson(GeoJsonFault::NoType),
            FormatError::NoGeoJson(GeoJsonFault::UnknownType("Topology".into())),
            FormatError::NoGeoJson(GeoJsonFault::NoFeatures),
            FormatError::NoGeoJson(GeoJsonFault::RepeatedMember),
            FormatError::OpenQuote { line: 7 },
            FormatError::Survey,
            FormatError::Empty,
        ];
        let io = [
            ErrorKind::NotFound,
            ErrorKind::PermissionDenied,
            ErrorKind::InvalidData,
            ErrorKind::Other,
        ];
        let io = io.into_iter().map(|kind| ImportError::Io {
            file: file(),
            reason: kind.into(),
        });
        let formats = formats.into_iter().map(|reason| ImportError::Format {
            file: file(),
            reason,
        });
        let others = [
            ImportError::NoRows { file: file() },
            ImportError::NothingMapped {
                file: file(),
                columns: vec!["a".into()],
            },
            ImportError::NoPlaces { file: file() },
            ImportError::AlreadyImported {
                file: file(),
                role: ListRole::Register,
                at: jiff::Timestamp::UNIX_EPOCH,
            },
            ImportError::Mapping(MappingError::UnknownField { field: "x".into() }),
            ImportError::Mapping(MappingError::UnknownColumn {
                column: "x".into(),
                known: vec!["y".into()],
            }),
            ImportError::Cancelled(crate::progress::Cancelled),
        ];
        io.chain(formats).chain(others).collect()
    }
}
