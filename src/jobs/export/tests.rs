use super::*;
use crate::formats::exchange::{Cell, ColumnKind};
use crate::model::{
    Boundary, EstateId, Exclusion, ItemCode, LonLat, Origin, Settings, Severity, Standing, Tenure,
};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// A writer that keeps what it is given.
#[derive(Default)]
struct InMemory {
    rows: Rc<RefCell<Vec<Row>>>,
    /// The record with which the disk is full.
    full_at: Option<usize>,
}

type Row = (String, &'static str, Vec<Cell<'static>>);

impl RecordWriter for InMemory {
    fn record(&mut self, record: &Record<'_>) -> Result<(), WriteError> {
        let mut rows = self.rows.borrow_mut();
        if self.full_at == Some(rows.len()) {
            return Err(WriteError::NoRoom {
                path: "甲.csv".into(),
                reason: "full".to_owned(),
            });
        }
        let shape = match record.shape {
            Shape::None => "none",
            Shape::Point(_) => "point",
            Shape::Outline(_) => "outline",
        };
        let cells = record.cells.iter().map(owned).collect();
        rows.push((record.name.clone().into_owned(), shape, cells));
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Written, WriteError> {
        Ok(Written::default())
    }
}

fn owned(cell: &Cell<'_>) -> Cell<'static> {
    match cell {
        Cell::Empty => Cell::Empty,
        Cell::Text(text) => Cell::Text(Cow::Owned(text.clone().into_owned())),
        Cell::Texts(texts) => Cell::Texts(
            texts
                .iter()
                .map(|text| Cow::Owned(text.clone().into_owned()))
                .collect(),
        ),
        Cell::Whole(number) => Cell::Whole(*number),
        Cell::Decimal(number) => Cell::Decimal(*number),
        Cell::Flag(flag) => Cell::Flag(*flag),
    }
}

fn text(text: &str) -> Cell<'static> {
    Cell::Text(Cow::Owned(text.to_owned()))
}

fn texts(list: &[&str]) -> Cell<'static> {
    let texts = list.iter().map(|text| Cow::Owned((*text).to_owned()));
    Cell::Texts(texts.collect())
}

fn outline() -> Arc<Boundary> {
    let ring = vec![(115.9, 28.7), (115.91, 28.7), (115.91, 28.71)];
    let polygon = geo::Polygon::new(ring.into(), Vec::new());
    Arc::new(geo::MultiPolygon(vec![polygon]))
}

/// One with everything, one of a register, one merged, one withdrawn.
fn survey() -> Survey {
    let estate = |number: u128, name: &str| {
        let mut estate = Estate::new(EstateId(uuid::Uuid::from_u128(number)));
        estate.name = name.to_owned();
        estate
    };
    let mut whole = estate(1, "洪都新村");
    whole.boundary = Some(outline());
    whole.households = Some(300);
    whole.floor_area_m2 = Some(21_000.5);
    whole.tenure = [Tenure::Reformed, Tenure::Collective].into();
    whole.residential = Some(false);
    whole.exclusions = Some(Default::default());
    whole.gaps.insert(item("C04"), Severity::Failing);
    whole.gaps.insert(item("D90"), Severity::Intact);
    whole.other.insert("物业公司", "甲");
    whole.other.insert("户数", "约300户");
    whole.other.insert("fid", "7");
    whole.origin = Some(Origin {
        list: crate::model::ListId(uuid::Uuid::nil()),
        row: 1,
        source: "住建局".to_owned(),
        source_id: "A-1".to_owned(),
    });
    let mut row = estate(2, "名册行");
    row.position = Some(LonLat::new(115.9, 28.7));
    row.exclusions = Some([Exclusion::Rebuild].into());
    let mut merged = estate(3, "洪都新村一期");
    merged.standing = Standing::Merged {
        into: whole.id,
        replaced: Vec::new(),
    };
    let mut withdrawn = estate(4, "剔除");
    withdrawn.standing = Standing::Withdrawn {
        reason: "已拆除".to_owned(),
    };
    let estates = [whole, row, merged, withdrawn];
    Survey::from_parts(estates, [], [], Settings::default())
}

fn item(code: &str) -> ItemCode {
    ItemCode::parse(code).unwrap()
}

const TODAY: Date = jiff::civil::date(2026, 11, 29);

struct Table {
    layer: Layer,
    rows: Vec<Row>,
    sorted: Sorted,
}

impl Table {
    fn cell(&self, row: usize, key: &str) -> &Cell<'static> {
        let column = self.layer.columns.iter().position(|it| it.key == key);
        &self.rows[row].2[column.unwrap_or_else(|| panic!("no column {key}"))]
    }
}

fn export(template: &ExportTemplate, format: ExchangeFormat, filter: &str) -> Table {
    let (survey, catalogue) = (survey(), Catalogue::shipped());
    let beyond = Beyond::of(&survey);
    let profile = Profile::Cgcs2000;
    let plan = Plan::new(template, filter, format, profile, &catalogue, &beyond).unwrap();
    let progress = Progress::default();
    let rows = Rc::new(RefCell::new(Vec::new()));
    let writer = Box::new(InMemory {
        rows: rows.clone(),
        full_at: None,
    });
    let exported = export_survey(&survey, &catalogue, &plan, TODAY, writer, &progress).unwrap();
    let counted = count(&survey, &catalogue, &plan, TODAY, &progress).unwrap();
    assert_eq!(exported.sorted, counted);
    assert_eq!(rows.borrow().len(), counted.written);
    Table {
        layer: plan.layer,
        rows: rows.take(),
        sorted: exported.sorted,
    }
}

fn shipped(name: &str) -> ExportTemplate {
    ExportTemplate::named(name).unwrap()
}

fn with_columns(columns: &str) -> ExportTemplate {
    let text = format!(
        r#"{{"name":"我的","title":"甲","layer":"a","records":"all","columns":[{columns}]}}"#
    );
    ExportTemplate::parse("我的.json", &text).unwrap()
}

#[test]
fn programs_get_keys_and_people_get_words() {
    let keys = export(&shipped("survey"), ExchangeFormat::GeoJson, "");
    let words = export(&shipped("survey"), ExchangeFormat::Csv, "");
    for (key, of_program, of_person) in [
        ("name", text("洪都新村"), text("洪都新村")),
        ("households", Cell::Whole(300), Cell::Whole(300)),
        (
            "floor_area_m2",
            Cell::Decimal(21_000.5),
            Cell::Decimal(21_000.5),
        ),
        (
            "tenure",
            texts(&["reformed", "collective"]),
            texts(&["房改房", "集资房"]),
        ),
        ("residential", Cell::Flag(false), text("否")),
        ("exclusions", texts(&[]), texts(&["无"])),
        ("gap_C04", Cell::Whole(2), text("破损")),
        ("gap_D90", Cell::Whole(0), text("完好")),
        // Not surveyed, in every format.
        ("gap_C05", Cell::Empty, Cell::Empty),
        ("build_year", Cell::Empty, Cell::Empty),
        ("address", Cell::Empty, Cell::Empty),
        ("source", text("住建局"), text("住建局")),
        ("source_id", text("A-1"), text("A-1")),
        ("物业公司", text("甲"), text("甲")),
        // A bare name would be taken for the field, or for a column of the format.
        ("other.户数", text("约300户"), text("约300户")),
        ("other.fid", text("7"), text("7")),
    ] {
        // In the order of the library, by name.
        let row = keys
            .rows
            .iter()
            .position(|row| row.0 == "洪都新村")
            .unwrap();
        assert_eq!(keys.cell(row, key), &of_program, "{key}");
        assert_eq!(words.cell(row, key), &of_person, "{key}");
    }
    let shapefile = export(
        &shipped("survey"),
        ExchangeFormat::Shapefile,
        "tenure IS NOT NULL",
    );
    assert_eq!(shapefile.cell(0, "exclusions"), &texts(&["none"]));
}

#[test]
fn a_template_chooses_its_records_and_says_how_many_it_leaves() {
    let sorted = |written, of_other_kinds, filtered_out| Sorted {
        written,
        of_other_kinds,
        filtered_out,
    };
    let json = ExchangeFormat::GeoJson;
    for (template, filter, expected) in [
        ("survey", "", sorted(2, 2, 0)),
        ("survey", "households > 100", sorted(1, 2, 1)),
        ("records", "", sorted(4, 0, 0)),
        ("records", "standing = 'withdrawn'", sorted(1, 0, 3)),
        // None was surveyed well enough.
        ("province", "", sorted(0, 4, 0)),
    ] {
        let table = export(&shipped(template), json, filter);
        assert_eq!(table.sorted, expected, "{template} {filter}");
    }
    let mut outlined = shipped("survey");
    outlined.records = WhichRecords::Outlined;
    outlined.filter = Some("households > 299".to_owned());
    let table = export(&outlined, json, "households < 301");
    assert_eq!(table.sorted, sorted(1, 3, 0));
    assert_eq!(table.rows[0].1, "outline");
    let all = export(&shipped("records"), json, "standing <> 'merged'");
    let shapes: Vec<_> = all.rows.iter().map(|row| (row.0.as_str(), row.1)).collect();
    let expected = [
        ("剔除", "none"),
        ("名册行", "point"),
        ("洪都新村", "outline"),
    ];
    assert_eq!(shapes, expected);
    assert_eq!(all.cell(0, "reason"), &text("已拆除"));
}

#[test]
fn names_are_given_once_and_fit_every_format() {
    for template in ExportTemplate::shipped() {
        for format in ExchangeFormat::ALL {
            let columns = export(template, format, "").layer.columns;
            let mut names: [std::collections::BTreeSet<String>; 3] = Default::default();
            for column in &columns {
                names[0].insert(column.key.to_lowercase());
                names[1].insert(column.short.to_lowercase());
                names[2].insert(column.heading.clone());
                let fits = column.short.len() <= 10 && column.short.is_ascii();
                assert!(fits, "{}", column.short);
            }
            assert_eq!(
                names.map(|it| it.len()),
                [columns.len(); 3],
                "{}",
                template.name
            );
        }
    }
}

#[test]
fn names_of_the_template_come_first_wherever_other_columns_stand() {
    let other = r#"{"from":"other"}"#;
    for (columns, others, keys, shorts) in [
        (
            format!(r#"{other},{{"from":"name","key":"QQ"}}"#),
            &["qq"][..],
            &["other.qq", "QQ"][..],
            &["qq_2", "QQ"][..],
        ),
        (
            format!(r#"{{"from":"name","key":"qq"}},{other}"#),
            &["qq"],
            &["qq", "other.qq"],
            &["qq", "qq_2"],
        ),
        (
            format!(r#"{other},{{"from":"name","heading":"qq"}}"#),
            &["qq"],
            &["other.qq", "name"],
            &["qq", "name"],
        ),
        (
            format!(r#"{{"from":"address"}},{other},{{"from":"name","key":"qq"}}"#),
            &["qq", "ww"],
            &["address", "other.qq", "ww", "qq"],
            &["address", "qq_2", "ww", "qq"],
        ),
        (
            format!(
                r#"{other},{{"from":"name","key":"other.qq"}},{{"from":"address","key":"qq"}}"#
            ),
            &["qq"],
            &["other.qq 2", "other.qq", "qq"],
            &["qq_2", "name", "qq"],
        ),
        (
            format!(r#"{other},{{"from":"name"}}"#),
            &[],
            &["name"],
            &["name"],
        ),
    ] {
        let template = with_columns(&columns);
        let beyond = Beyond {
            other: others.iter().map(|name| (*name).to_owned()).collect(),
            ..Beyond::default()
        };
        let (catalogue, json) = (Catalogue::shipped(), ExchangeFormat::GeoJson);
        let plan = Plan::new(&template, "", json, Profile::Rfc7946, &catalogue, &beyond);
        let columns = plan.unwrap().layer.columns;
        let found: Vec<_> = columns.iter().map(|column| &*column.key).collect();
        assert_eq!(found, keys);
        let found: Vec<_> = columns.iter().map(|column| &*column.short).collect();
        assert_eq!(found, shorts, "{keys:?}");
    }
    // And each cell stands under its own.
    let template = with_columns(&format!(
        r#"{{"from":"households"}},{other},{{"from":"gap.*"}},{{"from":"name"}}"#
    ));
    let table = export(&template, ExchangeFormat::GeoJson, "households = 300");
    for (key, cell) in [
        ("households", Cell::Whole(300)),
        ("物业公司", text("甲")),
        ("gap_C04", Cell::Whole(2)),
        ("gap_D90", Cell::Whole(0)),
        ("name", text("洪都新村")),
    ] {
        assert_eq!(table.cell(0, key), &cell, "{key}");
    }
}

#[test]
fn own_names_and_own_values_are_written() {
    let template = with_columns(
        r#"{"from":"tenure","key":"CQXZ","short":"CQ","heading":"产权","values":{"reformed":"02"}},
           {"from":"residential","values":{"true":"1","false":"0"}},
           {"from":"exclusions","values":{"none":"00","X2":"02"}},
           {"from":"gap.C04","values":{"2":"差"}}"#,
    );
    for format in ExchangeFormat::ALL {
        let table = export(&template, format, "households = 300");
        let row = &table.rows[0].2;
        let expected = [
            texts(&["02", "collective"]),
            text("0"),
            texts(&["00"]),
            text("差"),
        ];
        assert_eq!(row, &expected);
        let column = &table.layer.columns[0];
        let names = [&column.key, &column.short, &column.heading].map(String::as_str);
        assert_eq!(names, ["CQXZ", "CQ", "产权"]);
        assert!(
            column
                .labels
                .contains(&("02".to_owned(), "房改房".to_owned()))
        );
        let kinds = table.layer.columns.iter().map(|column| column.kind);
        let (list, one) = (ColumnKind::Texts, ColumnKind::Text);
        assert_eq!(kinds.collect::<Vec<_>>(), [list, one, list, one]);
    }
}

#[test]
fn a_wrong_column_is_refused_with_its_place_and_reason() {
    use ColumnFault::*;
    let catalogue = Catalogue::shipped();
    let owned = str::to_owned;
    for (columns, number, fault) in [
        (r#"{"from":"name"},{"from":"geometry"}"#, 2, IsGeometry),
        (r#"{"from":"gap.*","key":"a"}"#, 1, Several),
        (r#"{"from":"other","values":{"a":"b"}}"#, 1, NotCoded),
        (r#"{"from":"name","values":{"a":"b"}}"#, 1, NotCoded),
        (
            r#"{"from":"name","key":"fid"}"#,
            1,
            BadKey { key: owned("fid") },
        ),
        (r#"{"from":"name","key":""}"#, 1, BadKey { key: owned("") }),
        (
            r#"{"from":"name","short":"小区名称"}"#,
            1,
            BadShort {
                short: owned("小区名称"),
            },
        ),
        (
            r#"{"from":"name","short":"elevenbytes"}"#,
            1,
            BadShort {
                short: owned("elevenbytes"),
            },
        ),
        (
            r#"{"from":"name","heading":" 名"}"#,
            1,
            BadHeading {
                heading: owned(" 名"),
            },
        ),
        (
            r#"{"from":"name"},{"from":"address","key":"Name"}"#,
            2,
            Taken {
                name: owned("Name"),
            },
        ),
        (
            r#"{"from":"name"},{"from":"name","key":"b"}"#,
            2,
            Taken {
                name: owned("小区名称"),
            },
        ),
    ] {
        let template = with_columns(columns);
        let plan = Plan::new(
            &template,
            "",
            ExchangeFormat::Csv,
            Profile::Rfc7946,
            &catalogue,
            &Beyond::default(),
        );
        let Err(ExportError::Template(TemplateError {
            fault:
                TemplateFault::Column {
                    number: found,
                    fault: reason,
                    ..
                },
            ..
        })) = plan
        else {
            panic!("{columns} was taken");
        };
        assert_eq!((found, reason), (number, fault), "{columns}");
    }
}

#[test]
fn an_export_that_is_stopped_is_not_finished() {
    let (survey, catalogue) = (survey(), Catalogue::shipped());
    let template = shipped("records");
    let json = ExchangeFormat::GeoJson;
    let beyond = Beyond::of(&survey);
    let plan = Plan::new(&template, "", json, Profile::Rfc7946, &catalogue, &beyond).unwrap();
    let run = |full_at, progress: &Progress| {
        let writer = InMemory {
            full_at,
            ..InMemory::default()
        };
        export_survey(
            &survey,
            &catalogue,
            &plan,
            TODAY,
            Box::new(writer),
            progress,
        )
    };
    let full = run(Some(2), &Progress::default());
    assert!(matches!(
        full,
        Err(ExportError::Write(WriteError::NoRoom { .. }))
    ));
    let stopped = Progress::default();
    stopped.cancel();
    assert!(matches!(
        run(None, &stopped),
        Err(ExportError::Cancelled(_))
    ));
}
