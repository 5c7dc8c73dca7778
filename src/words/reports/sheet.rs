//! 一小区一表, in words.

use super::{document, judged, not_surveyed, or_dash, project, stamp_lines, surveyed};
use crate::catalogue::{is_surveyed, missing_must_haves, must_haves};
use crate::formats::pdf::{
    Block, Cell, Column, Headed, Ink, Picture, PictureContent, Row, Table, Tone,
};
use crate::jobs::report::{Composed, Sheet, Shot, neighbour_look, own_look};
use crate::model::{Estate, Field, Severity};
use crate::rules::recognition::RecognitionVerdict;
use crate::words::Language;
use crate::words::coverage::division_name;
use crate::words::fields::{label, record_name, severity_label, source_text, value_text};
use crate::words::photos::file_state_texts;
use crate::words::planning::item_text;
use crate::words::rules::{fate_text, verdict_text};

pub(super) fn compose(language: Language, sheet: &Sheet<'_>) -> Composed {
    let estate = sheet.estate;
    let name = record_name(language, sheet.survey, estate);
    let title = language.text_with("report.sheet.title", &[("name", &name)]);
    let number = estate.lib_no.clone().unwrap_or_else(|| short_key(estate));
    let mut document = document(language, &sheet.stamp, title.clone(), title.clone());
    document.blocks.push(Block::Title {
        text: title,
        below: stamp_lines(language, &sheet.stamp),
    });
    document.blocks.extend(standing(language, sheet));
    document.blocks.extend(identity(language, sheet));
    document.blocks.extend(map(language, sheet));
    document.blocks.extend(must_have_table(language, sheet));
    document.blocks.extend(willingness(language, sheet));
    document.blocks.extend(facilities(language, sheet));
    document.blocks.extend(judged::recognition(language, sheet));
    document.blocks.extend(judged::score(language, sheet));
    document.blocks.extend(project::blocks(language, sheet));
    document.blocks.extend(judged::findings(language, sheet));
    document.blocks.extend(photos(language, sheet));
    let name = language.text_with(
        "report.sheet.file_name",
        &[("name", &name), ("number", &number)],
    );
    Composed { name, document }
}

/// The end of an estate's key: enough to tell two of one name apart.
fn short_key(estate: &Estate) -> String {
    let key = estate.id.to_string();
    key.get(key.len().saturating_sub(12)..)
        .unwrap_or(&key)
        .to_owned()
}

/// The communities by name and code; `None` where nobody entered any.
fn communities(language: Language, estate: &Estate) -> Option<String> {
    let codes = estate.community_codes.iter();
    let names: Vec<_> = codes
        .map(|code| format!("{} {code}", division_name(code)))
        .collect();
    (!names.is_empty()).then(|| language.listed(&names))
}

/// A table of two columns that names what it says.
pub(super) fn facts(rows: Vec<(String, Cell)>) -> Block {
    Block::Table(Table {
        columns: vec![Column::left("", 1.1), Column::left("", 4.0)],
        rows: rows
            .into_iter()
            .map(|(name, cell)| Row::plain([Cell::toned(name, Tone::Faint), cell]))
            .collect(),
        headed: Headed::No,
    })
}

fn standing(language: Language, sheet: &Sheet<'_>) -> Vec<Block> {
    let lacking = missing_must_haves(sheet.estate, &sheet.catalogue.items).len();
    let verdict = sheet.recognised.verdict;
    let tone = match verdict {
        RecognitionVerdict::Recognised => Tone::Good,
        RecognitionVerdict::NotRecognised => Tone::Bad,
        RecognitionVerdict::Undetermined => Tone::Warn,
    };
    let text = |key: &str| language.text(key).into_owned();
    let lacking = match lacking {
        0 => Cell::toned(text("report.sheet.complete"), Tone::Good),
        lacking => Cell::toned(
            language.text_with("report.sheet.lacking", &[("count", &lacking)]),
            Tone::Warn,
        ),
    };
    vec![facts(vec![
        (
            text("report.sheet.verdict"),
            Cell::toned(verdict_text(language, verdict), tone),
        ),
        (
            text("report.sheet.fate"),
            Cell::from(fate_text(language, sheet.fate, sheet.survey)),
        ),
        (text("report.sheet.must_haves"), lacking),
    ])]
}

fn identity(language: Language, sheet: &Sheet<'_>) -> Vec<Block> {
    let estate = sheet.estate;
    let division = |code: &str| match code.is_empty() {
        true => not_surveyed(language),
        false => Cell::from(format!("{} {code}", division_name(code))),
    };
    let name = |field: Field| label(language, &field, &sheet.catalogue.items);
    let lib_no = match &estate.lib_no {
        Some(lib_no) => Cell::from(lib_no.as_str()),
        None => Cell::toned(language.text("report.sheet.no_number"), Tone::Faint),
    };
    let mut rows = vec![
        (language.text("report.sheet.lib_no").into_owned(), lib_no),
        (name(Field::CountyCode), division(&estate.county_code)),
        (name(Field::StreetCode), division(&estate.street_code)),
        (
            name(Field::CommunityCodes),
            surveyed(language, communities(language, estate), |names| names),
        ),
    ];
    if !estate.aliases.is_empty() {
        let aliases = language.listed(&estate.aliases);
        rows.push((name(Field::Aliases), Cell::from(aliases)));
    }
    if !estate.remarks.is_empty() {
        rows.push((name(Field::Remarks), Cell::from(estate.remarks.as_str())));
    }
    vec![heading(language, "report.sheet.identity"), facts(rows)]
}

pub(super) fn heading(language: Language, key: &str) -> Block {
    Block::heading(2, language.text(key))
}

fn map(language: Language, sheet: &Sheet<'_>) -> Vec<Block> {
    let heading = heading(language, "report.sheet.map");
    let Some(figure) = &sheet.map else {
        let none = Block::note(language.text("report.sheet.no_place"));
        return vec![heading, none];
    };
    let mut figure = figure.clone();
    let own = match sheet.estate.boundary {
        Some(_) => "report.map.own",
        None => "report.map.own_position",
    };
    figure.legend = vec![
        (own_look(), language.text(own).into_owned()),
        (
            neighbour_look(),
            language.text("report.map.neighbour").into_owned(),
        ),
    ];
    figure.note = language.text("report.map.datum").into_owned();
    vec![heading, Block::Map(figure)]
}

fn must_have_table(language: Language, sheet: &Sheet<'_>) -> Vec<Block> {
    let (estate, items) = (sheet.estate, &sheet.catalogue.items);
    let text = |key: &str| language.text(key).into_owned();
    let row = |field: &Field| {
        let value = shown(language, sheet, field);
        let source = match value.is_some() {
            true => Cell::toned(
                source_text(language, sheet.survey, estate, field),
                Tone::Faint,
            ),
            false => or_dash(""),
        };
        let name = label(language, field, items);
        Row::plain([
            Cell::from(name),
            surveyed(language, value, |text| text),
            source,
        ])
    };
    let mut fields = must_haves(items);
    // The willingness has a section of its own, as the counts do.
    fields.retain(|field| !matches!(field, Field::Willingness | Field::WillingnessBasis));
    fields.push(Field::OrigUnit);
    vec![
        heading(language, "report.sheet.fields"),
        Block::Table(Table {
            columns: vec![
                Column::left(text("report.column.field"), 1.6),
                Column::left(text("report.column.value"), 3.0),
                Column::left(text("report.column.source"), 2.0),
            ],
            rows: fields.iter().map(row).collect(),
            headed: Headed::Yes,
        }),
    ]
}

/// The value of a field as it is shown; `None` where nobody surveyed it.
fn shown(language: Language, sheet: &Sheet<'_>, field: &Field) -> Option<String> {
    let (estate, items) = (sheet.estate, &sheet.catalogue.items);
    let text = |field: &Field| {
        let value = estate.get(field)?;
        Some(value_text(language, field, Some(&value)))
    };
    match field {
        Field::BuildYear if estate.build_year.is_none() => {
            let (from, to) = (estate.year_min, estate.year_max);
            is_surveyed(estate, field, items).then(|| {
                let year = |year: Option<i32>| year.map_or_else(String::new, |it| it.to_string());
                format!("{}—{}", year(from), year(to))
            })
        }
        Field::CountyCode | Field::StreetCode => {
            let code = match field {
                Field::CountyCode => &estate.county_code,
                _ => &estate.street_code,
            };
            (!code.is_empty()).then(|| format!("{} {code}", division_name(code)))
        }
        Field::CommunityCodes => communities(language, estate),
        Field::Gap(code) => {
            let utility = items.get(*code).and_then(|item| item.leads);
            let severity =
                estate.gaps.get(code).copied().or_else(|| {
                    utility.and_then(|utility| items.utility_severity(estate, utility))
                })?;
            Some(severity_label(language, Some(severity)).into_owned())
        }
        Field::Exclusions => match estate.exclusion_note.is_empty() {
            true => text(field),
            false => text(field).map(|named| format!("{named}（{}）", estate.exclusion_note)),
        },
        field => text(field),
    }
}

fn willingness(language: Language, sheet: &Sheet<'_>) -> Vec<Block> {
    let items = &sheet.catalogue.items;
    let fields = [
        Field::Willingness,
        Field::WillingnessBasis,
        Field::Sent,
        Field::Returned,
        Field::Agree,
        Field::Oppose,
        Field::WillingToPay,
        Field::WillingnessDate,
    ];
    let rows = fields.iter().map(|field| {
        let value = shown(language, sheet, field);
        let cell = surveyed(language, value, |text| text);
        (label(language, field, items), cell)
    });
    vec![
        heading(language, "report.sheet.willingness"),
        facts(rows.collect()),
    ]
}

fn facilities(language: Language, sheet: &Sheet<'_>) -> Vec<Block> {
    const BESIDE: usize = 3;
    let cells = |item: &crate::catalogue::Item| {
        let severity = sheet.estate.gaps.get(&item.code).copied();
        let word = severity_label(language, severity);
        let name = item_text(language, item.code, &sheet.catalogue.items);
        [Cell::from(name), Cell::toned(word, severity_tone(severity))]
    };
    let items: Vec<_> = sheet.catalogue.items.iter().collect();
    // Down the first column, then down the second: as the list is read.
    let down = items.len().div_ceil(BESIDE).max(1);
    let rows = (0..down).map(|row| {
        let beside = (0..BESIDE).filter_map(|column| items.get(row + column * down));
        let mut cells: Vec<Cell> = beside.flat_map(|item| cells(item)).collect();
        cells.resize(BESIDE * 2, Cell::default());
        Row::plain(cells)
    });
    let text = |key: &str| language.text(key).into_owned();
    let columns = (0..BESIDE).flat_map(|_| {
        [
            Column::left(text("report.column.item"), 2.9),
            Column::left(text("report.column.state"), 1.2),
        ]
    });
    let surveyed = sheet.estate.gaps.len();
    vec![
        heading(language, "report.sheet.facilities"),
        Block::note(language.text_with(
            "report.sheet.facilities_surveyed",
            &[("surveyed", &surveyed), ("items", &items.len())],
        )),
        Block::Table(Table {
            columns: columns.collect(),
            rows: rows.collect(),
            headed: Headed::Yes,
        }),
    ]
}

pub(super) fn severity_tone(severity: Option<Severity>) -> Tone {
    match severity {
        None => Tone::Faint,
        Some(severity) => Tone::On(Ink::DEGREES[usize::from(severity.degree()).min(3)]),
    }
}

fn photos(language: Language, sheet: &Sheet<'_>) -> Vec<Block> {
    let heading = heading(language, "report.sheet.photos");
    if sheet.shots.is_empty() {
        return vec![
            heading,
            Block::note(language.text("report.sheet.no_photos")),
        ];
    }
    let pictures = sheet.shots.iter().map(|shot| picture(language, shot));
    let mut blocks = vec![heading, Block::Pictures(pictures.collect())];
    if sheet.shots_left_out > 0 {
        blocks.push(Block::note(language.text_with(
            "report.sheet.photos_left_out",
            &[("count", &sheet.shots_left_out)],
        )));
    }
    blocks
}

fn picture(language: Language, shot: &Shot<'_>) -> Picture {
    let photo = shot.photo;
    let taken = match photo.taken_at {
        Some(at) => language.text_with(
            "report.photo.taken",
            &[("at", &at.strftime("%Y-%m-%d %H:%M"))],
        ),
        None => language.text("report.photo.no_time").into_owned(),
    };
    let mut caption = match photo.note.trim() {
        "" => taken,
        note => format!("{taken} · {note}"),
    };
    let content = match &shot.picture {
        Ok(jpeg) => PictureContent::Jpeg {
            bytes: jpeg.bytes.clone(),
            width: jpeg.width,
            height: jpeg.height,
        },
        Err(state) => {
            // Which one to look for: by the name that the camera gave it.
            let [reason, _] = file_state_texts(language, state, &photo.file_name);
            caption = format!("{} · {caption}", photo.file_name);
            PictureContent::None { reason }
        }
    };
    Picture { caption, content }
}
