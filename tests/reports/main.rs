//! Reports as people hold them: read back from the PDF, letter by letter. With `JIUGAI_REPORTS` set
//! to a folder they are left there to be looked at.

// Clippy lets a #[test] unwrap and panic, but not the functions it calls.
#![allow(clippy::unwrap_used, clippy::panic)]

mod town;

use jiugai::catalogue::Catalogue;
use jiugai::jobs::report::{Facts, ReportError, Request, Target, Wanted, Written, counties, write};
use jiugai::model::{Estate, EstateId, Survey};
use jiugai::progress::Progress;
use jiugai::rules::fate::{judge, tally};
use jiugai::words::{Language, reports};
use std::path::{Path, PathBuf};
use town::{COUNTY, FULL, TODAY, county_of, named, planned, sample};

fn request(file: &Path, wanted: Vec<Wanted>, target: Target) -> Request {
    Request {
        wanted,
        target,
        survey_file: file.to_owned(),
        today: TODAY,
        year: None,
        known: None,
    }
}

fn make(
    survey: &Survey,
    language: Language,
    request: &Request,
) -> Result<Vec<Written>, ReportError> {
    let compose = |facts: &Facts<'_>| reports::compose(language, facts);
    write(
        survey,
        &Catalogue::shipped(),
        request,
        &compose,
        &Progress::default(),
    )
}

/// A folder for this test's reports.
fn desk(name: &str) -> (Option<tempfile::TempDir>, PathBuf) {
    match std::env::var_os("JIUGAI_REPORTS") {
        Some(folder) => (None, PathBuf::from(folder).join(name)),
        None => {
            let temporary = tempfile::tempdir().unwrap();
            let folder = temporary.path().join(name);
            (Some(temporary), folder)
        }
    }
}

struct Read {
    written: Written,
    file: lopdf::Document,
    /// Everything that stands in it, without spaces.
    text: String,
}

fn report(survey: &Survey, file: &Path, wanted: Wanted, language: Language, name: &str) -> Read {
    let (_temporary, folder) = desk(&format!("{name}-{}", language.tag()));
    let request = request(file, vec![wanted], Target::Folder(folder));
    let written = make(survey, language, &request).unwrap().remove(0);
    read(written)
}

fn read(written: Written) -> Read {
    let file = lopdf::Document::load(&written.path).unwrap();
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    assert_eq!(pages.len(), written.pages);
    let text = file.extract_text(&pages).unwrap();
    let text = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    Read {
        written,
        file,
        text,
    }
}

impl Read {
    fn says(&self, words: &str) {
        let plain: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        let path = &self.written.path;
        assert!(
            self.text.contains(&plain),
            "{words} is not in {}",
            path.display()
        );
    }

    fn objects(&self, kind: &[u8], subtype: Option<&[u8]>) -> usize {
        let is_meant = |dict: &lopdf::Dictionary| {
            let sub = dict.get(b"Subtype").and_then(lopdf::Object::as_name).ok();
            dict.has_type(kind) && subtype.is_none_or(|wanted| sub == Some(wanted))
        };
        let objects = self.file.objects.values();
        let dicts = objects.filter_map(|object| match object {
            lopdf::Object::Dictionary(dict) => Some(dict),
            lopdf::Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        });
        dicts.filter(|dict| is_meant(dict)).count()
    }

    /// Neither a key of the locale files nor a placeholder stands where a word should.
    fn is_all_in_words(&self) {
        for wrong in [
            "%{",
            "report.",
            "code.",
            "planning.",
            "finding.",
            "late.",
            "stage.",
        ] {
            assert!(!self.text.contains(wrong), "{wrong}");
        }
        assert!(
            self.written.missing.is_empty(),
            "{:?}",
            self.written.missing
        );
        assert!(self.objects(b"FontDescriptor", None) > 0);
    }
}

#[test]
fn the_totals_of_a_county_report_are_those_of_the_tally() {
    let town = planned();
    let tally = tally(&town.survey, &judge(&town.survey, &Catalogue::shipped()));
    let total = tally.total;
    assert!(total.rows_in > 100 && total.merged > 0, "{total:?}");
    let wanted = || Wanted::County(COUNTY.into());
    let chinese = report(
        &town.survey,
        &town.file,
        wanted(),
        Language::Chinese,
        "county",
    );
    chinese.is_all_in_words();
    chinese.says(&format!(
        "输入{}=保留{}+合并{}+排除{}+待办{}",
        total.rows_in, total.kept, total.merged, total.excluded, total.open
    ));
    chinese.says("每份名册均满足");
    let kept: Vec<&Estate> = town
        .survey
        .counted()
        .filter(|estate| {
            judge(&town.survey, &Catalogue::shipped())[&estate.id]
                .fate
                .key()
                == "kept"
        })
        .map(|estate| estate.as_ref())
        .collect();
    assert_eq!(kept.len() as u64, tally.library());
    let households: u64 = kept
        .iter()
        .map(|it| u64::from(it.households.unwrap()))
        .sum();
    let households = jiugai::words::fields::with_separators(households);
    chinese.says(&format!("入库{}{households}", kept.len()));
    for words in [
        "资金线：第",
        "预算1500万元",
        "财政承受能力1800万元",
        "县财政局论证，2026年3月",
        "等待棚改红线调整",
        "中央补助",
        "逾期项目",
        "住建局台账“register.csv”",
        "不表示没有遗漏",
        "CGCS2000",
        "规则包JX-2019-26",
        "survey.gpkg",
        "2026-09-20",
    ] {
        chinese.says(words);
    }
    let english = report(
        &town.survey,
        &town.file,
        wanted(),
        Language::English,
        "county",
    );
    english.is_all_in_words();
    english.says("It does not say that nothing is missing.");
    english.says("Cut line: from rank");
}

#[test]
fn a_sheet_holds_everything_that_is_known_of_an_estate() {
    let town = planned();
    let wanted = || Wanted::Sheet(named(&town.survey, FULL));
    let sheet = report(
        &town.survey,
        &town.file,
        wanted(),
        Language::Chinese,
        "sheet",
    );
    sheet.is_all_in_words();
    for words in [
        "一小区一表：机械厂家属区",
        "361125001003",
        "来自 estates.geojson 第5行",
        "未查不等于完好",
        "R1 城市、县城（城关镇）：符合",
        "三(一)：“建成于2000年以前”",
        "发放548户，收回430户，同意362户",
        "B10 加装电梯",
        "楼间距和结构经核算满足加装要求",
        "小区唯一出入口接此道路",
        // 92.5 + 138 + 96 + 24.5
        "合计351",
        "到位 180 万元，落实 136 万元，意向 20 万元；缺口 35 万元",
        "管线迁改审批推迟",
        "街道办事处未签",
        "设计单位2026-09-12",
        "3栋西侧雨水管返水",
        "参评 430 户，满意 401 户",
        "横峰安居物业",
        "相邻小区",
    ] {
        sheet.says(words);
    }
    assert_eq!(
        sheet.objects(b"XObject", Some(b"Image")),
        2,
        "the third is gone"
    );
    let english = report(
        &town.survey,
        &town.file,
        wanted(),
        Language::English,
        "sheet",
    );
    english.is_all_in_words();
    english.says("Estate sheet: 机械厂家属区");
    english.says("not surveyed");
}

#[test]
fn nothing_surveyed_reads_not_surveyed_and_never_nothing() {
    let mut estate = Estate::new(EstateId(uuid::Uuid::from_u128(1)));
    estate.name = "无人查过".into();
    let survey = Survey::from_parts([estate], [], [], Default::default());
    let id = named(&survey, "无人查过");
    let file = Path::new("空.gpkg");
    let sheet = report(&survey, file, Wanted::Sheet(id), Language::Chinese, "empty");
    sheet.is_all_in_words();
    // 57 items, 17 must-haves, 8 answers and more.
    assert!(sheet.text.matches("未查").count() > 75);
    sheet.says("尚不能认定");
    sheet.says("尚无边界，名册也未给出位置");
    sheet.says("没有照片");
    for wrong in ["0户", "完好", "0栋", "0m²"] {
        let found = sheet.text.replace("未查不等于完好", "");
        assert!(!found.contains(wrong), "{wrong}");
    }
    let whole = Wanted::County(String::new());
    let county = report(&survey, file, whole, Language::Chinese, "empty-county");
    county.is_all_in_words();
    county.says("待定1未查未查未查");
    county.says("还没有小区画出边界");
}

#[test]
fn a_name_of_sixty_signs_and_rare_ones_is_not_cut_off() {
    let name = format!("龘{}", "江西省横峰县兴安街道城南社区机械厂".repeat(4));
    let name: String = name.chars().take(60).collect();
    let mut survey = county_of(9);
    let mut estate = survey.estates().nth(4).unwrap().as_ref().clone();
    let before = std::sync::Arc::new(estate.clone());
    estate.name.clone_from(&name);
    survey.apply(&[jiugai::model::Change::Estate {
        id: estate.id,
        before: Some(before),
        after: Some(estate.clone().into()),
    }]);
    let file = Path::new("长.gpkg");
    let sheet = report(
        &survey,
        file,
        Wanted::Sheet(estate.id),
        Language::Chinese,
        "long",
    );
    assert_eq!(sheet.written.missing, ['龘'].into());
    sheet.says("文中以方框代替：U+9F98");
    sheet.says(&name.replace('龘', ""));
    let county = Wanted::County(COUNTY.into());
    let county = report(&survey, file, county, Language::Chinese, "long-county");
    county.says(&name.replace('龘', ""));
}

#[test]
fn two_thousand_estates_all_stand_in_the_ranking() {
    let survey = county_of(2_000);
    let file = Path::new("大.gpkg");
    let wanted = Wanted::County(COUNTY.into());
    let county = report(&survey, file, wanted, Language::Chinese, "large");
    county.is_all_in_words();
    assert!(county.written.pages > 40, "{}", county.written.pages);
    for number in 0..2_000 {
        county.says(&format!("第{number}号院"));
    }
}

#[test]
fn the_same_survey_gives_the_same_bytes_and_no_file_is_written_over() {
    let town = planned();
    let (_temporary, folder) = desk("twice");
    let wanted = || {
        vec![
            Wanted::County(COUNTY.into()),
            Wanted::Sheet(named(&town.survey, FULL)),
        ]
    };
    let request = request(&town.file, wanted(), Target::Folder(folder.clone()));
    let first = make(&town.survey, Language::Chinese, &request).unwrap();
    let second = make(&town.survey, Language::Chinese, &request).unwrap();
    for (one, other) in first.iter().zip(&second) {
        assert_ne!(one.path, other.path);
        let [one, other] = [one, other].map(|it| std::fs::read(&it.path).unwrap());
        assert!(one == other, "a report is not the same twice");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 4);
    let taken = Target::File(first[0].path.clone());
    let again = Request {
        wanted: vec![Wanted::County(COUNTY.into())],
        target: taken,
        ..request
    };
    let refused = make(&town.survey, Language::Chinese, &again);
    assert!(matches!(refused, Err(ReportError::InTheWay { .. })));
}

#[test]
fn a_report_that_was_stopped_leaves_no_file() {
    let town = sample();
    let folder = town.folder.join("报告");
    let wanted = vec![Wanted::County(COUNTY.into())];
    let request = request(&town.file, wanted, Target::Folder(folder.clone()));
    let progress = Progress::default();
    progress.cancel();
    let compose = |facts: &Facts<'_>| reports::compose(Language::Chinese, facts);
    let stopped = write(
        &town.survey,
        &Catalogue::shipped(),
        &request,
        &compose,
        &progress,
    );
    assert!(matches!(stopped, Err(ReportError::Cancelled(_))));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn each_county_has_its_own_report_and_says_how_many_lie_elsewhere() {
    let mut estates: Vec<Estate> = county_of(7)
        .estates()
        .map(|estate| estate.as_ref().clone())
        .collect();
    for estate in &mut estates[..3] {
        estate.county_code = "361124".into();
    }
    estates[3].county_code = String::new();
    let survey = Survey::from_parts(estates, [], [], Default::default());
    let wanted = counties(&survey);
    let county = |code: &str| Wanted::County(code.into());
    assert_eq!(wanted, [county("361124"), county(COUNTY)]);
    let file = Path::new("两县.gpkg");
    for (wanted, kept, elsewhere) in [(&wanted[0], 3, 4), (&wanted[1], 3, 4)] {
        let name = format!("two-counties-{elsewhere}");
        let report = report(&survey, file, wanted.clone(), Language::Chinese, &name);
        report.is_all_in_words();
        report.says(&format!("入库{kept}"));
        report.says(&format!("另有{elsewhere}个小区在其他县"));
    }
}
