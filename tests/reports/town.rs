//! The bundled sample, worked through, with projects, money and photos laid over it.

use jiff::civil::{Date, date};
use jiugai::jobs::photos::{Destination, PictureFolder, Request, add};
use jiugai::model::{
    Batch, Budget, BudgetKey, CentralMoney, Condition, Estate, EstateId, Evaluation, FundingLine,
    FundingSource, FundingStatus, ItemCode, Management, ManagementBody, ManagementMode, Milestone,
    MilestoneKind, Placement, PlanItem, Project, ProjectIssue, Signer, Survey, WorkType, Yuan,
};
use jiugai::progress::Progress;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

pub const COUNTY: &str = "361125";
pub const TODAY: Date = date(2026, 9, 20);
/// An estate of the sample that has everything.
pub const FULL: &str = "机械厂家属区";

pub struct Town {
    _temporary: tempfile::TempDir,
    pub folder: PathBuf,
    pub file: PathBuf,
    pub survey: Survey,
}

/// The sample as `jiugai demo` leaves it.
pub fn sample() -> Town {
    let temporary = tempfile::Builder::new().prefix("旧改 报告 ").tempdir();
    let temporary = temporary.unwrap();
    let folder = temporary.path().join("示例");
    let status = Command::new(env!("CARGO_BIN_EXE_jiugai"))
        .args(["demo", "--no-window"])
        .arg(&folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    assert!(status.status.success(), "{status:?}");
    let file = folder.join("survey.gpkg");
    let survey = jiugai::store::read(&file).unwrap().survey;
    Town {
        _temporary: temporary,
        folder,
        file,
        survey,
    }
}

/// The sample with plans: one project from beginning to end, others ready, late or begun.
pub fn planned() -> Town {
    let mut town = sample();
    let full = named(&town.survey, FULL);
    let mut projects = vec![whole_project(full)];
    let others: Vec<EstateId> = town
        .survey
        .counted()
        .filter(|estate| estate.id != full && estate.boundary.is_some())
        .map(|estate| estate.id)
        .take(24)
        .collect();
    for (number, estate) in others.into_iter().enumerate() {
        projects.push(ready_project(estate, number as u64));
    }
    let key = BudgetKey {
        county_code: COUNTY.into(),
        year: 2026,
    };
    let budget = Budget {
        budget: Yuan::from_wan(1_500.0),
        capacity: Yuan::from_wan(1_800.0),
        basis: "县财政局论证，2026年3月".into(),
        paper: None,
    };
    let photos = photos(&town.file, full);
    town.survey = std::mem::take(&mut town.survey)
        .with_plans(projects, [(key, budget)], [])
        .with_photos(photos);
    town
}

pub fn named(survey: &Survey, name: &str) -> EstateId {
    survey.counted().find(|it| it.name == name).unwrap().id
}

fn code(text: &str) -> ItemCode {
    ItemCode::parse(text).unwrap()
}

fn wan(amount: f64) -> Yuan {
    Yuan::from_wan(amount).unwrap()
}

fn item(item: &str, work: WorkType, quantity: f64, unit: &str, cost: f64) -> PlanItem {
    PlanItem {
        quantity: Some(quantity),
        unit: unit.into(),
        cost: Some(wan(cost)),
        central_money: CentralMoney::AppliedFor,
        ..PlanItem::new(code(item), work)
    }
}

fn line(source: FundingSource, amount: f64, status: FundingStatus) -> FundingLine {
    FundingLine {
        source,
        amount: wan(amount),
        status,
        note: String::new(),
    }
}

fn milestone(planned: Date, actual: Option<Date>, reason: &str) -> Milestone {
    Milestone {
        planned: Some(planned),
        actual,
        delay_reason: reason.into(),
    }
}

fn whole_project(estate: EstateId) -> Project {
    let lift = PlanItem {
        condition: Some(Condition::Holds),
        condition_reason: "楼间距和结构经核算满足加装要求".into(),
        ..item("B10", WorkType::Build, 2.0, "台", 96.0)
    };
    let road = PlanItem {
        link_reason: "小区唯一出入口接此道路".into(),
        central_money: CentralMoney::NotAsked,
        ..item("C20", WorkType::Repair, 320.0, "m", 24.5)
    };
    let mut project = Project {
        year: Some(2026),
        agreed_on: Some(date(2026, 3, 2)),
        content: vec![
            item("C05", WorkType::Renew, 1_850.0, "m", 92.5),
            item("C04", WorkType::Renew, 23.0, "栋", 138.0),
            lift,
            road,
        ],
        funding: vec![
            line(
                FundingSource::CentralSubsidy,
                180.0,
                FundingStatus::Received,
            ),
            line(FundingSource::LocalFiscal, 90.0, FundingStatus::Committed),
            line(FundingSource::Residents, 46.0, FundingStatus::Committed),
            line(FundingSource::WaterCompany, 20.0, FundingStatus::Intended),
        ],
        implementing_unit: "横峰县城投公司".into(),
        designer: "上饶市规划设计院".into(),
        contractor: "江西二建".into(),
        supervisor: "上饶信达监理".into(),
        issues: vec![ProjectIssue {
            issue: "3栋西侧雨水管返水".into(),
            cause: "管径偏小".into(),
            remedy: "改为DN300并加检查井".into(),
            found_on: Some(date(2026, 8, 30)),
            solved_on: None,
        }],
        evaluation: Some(Evaluation {
            on: Some(date(2026, 9, 10)),
            answered: Some(430),
            satisfied: Some(401),
            note: String::new(),
        }),
        management: Some(Management {
            body: Some(ManagementBody::OwnersCommittee),
            mode: Some(ManagementMode::PropertyCompany),
            company: "横峰安居物业".into(),
            since: Some(date(2026, 9, 1)),
        }),
        note: "与雨污分流工程同步。".into(),
        ..Project::new(estate)
    };
    project.milestones.extend([
        (
            MilestoneKind::Approval,
            milestone(date(2026, 3, 20), Some(date(2026, 3, 18)), ""),
        ),
        (
            MilestoneKind::Start,
            milestone(
                date(2026, 8, 15),
                Some(date(2026, 9, 5)),
                "管线迁改审批推迟",
            ),
        ),
        (
            MilestoneKind::Finish,
            milestone(date(2027, 1, 20), None, ""),
        ),
    ]);
    project
        .signatures
        .insert(Signer::Designer, date(2026, 9, 12));
    project
}

fn ready_project(estate: EstateId, number: u64) -> Project {
    let mut project = Project {
        year: Some(2026),
        agreed_on: Some(date(2026, 4, 1)),
        content: vec![
            item("C05", WorkType::Renew, 400.0, "m", 60.0),
            item("C06", WorkType::Renew, 300.0, "m", 50.0 + number as f64),
        ],
        funding: vec![line(
            FundingSource::LocalFiscal,
            110.0 + number as f64,
            FundingStatus::Committed,
        )],
        implementing_unit: "横峰县住建局".into(),
        supervisor: "上饶信达监理".into(),
        ..Project::new(estate)
    };
    let approved = milestone(date(2026, 4, 20), Some(date(2026, 4, 22)), "");
    project.milestones.insert(MilestoneKind::Approval, approved);
    if !number.is_multiple_of(3) {
        let started = milestone(date(2026, 8, 1), Some(date(2026, 7, 28)), "");
        project.milestones.insert(MilestoneKind::Start, started);
    }
    if number == 20 {
        project.placement = Some(Placement {
            year: 2026,
            batch: Batch::Planned,
            by: "县住建局".into(),
            reason: "等待棚改红线调整".into(),
            at: jiff::Timestamp::UNIX_EPOCH,
        });
    }
    project
}

/// Three pictures, one of which is gone from the folder again.
fn photos(survey: &Path, estate: EstateId) -> Vec<jiugai::model::Photo> {
    let camera = survey.with_file_name("DCIM");
    std::fs::create_dir(&camera).unwrap();
    let picture = |name: &str, [width, height]: [u32; 2], shade: u8| {
        let pixels = image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([shade, (x * 255 / width) as u8, (y * 255 / height) as u8])
        });
        let path = camera.join(name);
        pixels.save(&path).unwrap();
        path
    };
    let paths = vec![
        picture("1.jpg", [1600, 1200], 40),
        picture("2.jpg", [900, 1200], 120),
        picture("3.png", [640, 480], 220),
    ];
    let folder = PictureFolder::of_survey(survey);
    let request = Request {
        paths,
        folder: folder.clone(),
        to: Destination::Estate(estate),
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    let alone = Survey::from_parts([Estate::new(estate)], [], [], Default::default());
    let added = add(&alone, &request, &Progress::default()).unwrap();
    assert_eq!(added.photos.len(), 3, "{:?}", added.problems);
    std::fs::remove_file(folder.picture(added.photos[2].picture())).unwrap();
    added.photos
}

/// A county of `count` estates, each surveyed through, in a grid.
pub fn county_of(count: u32) -> Survey {
    let pattern = sample();
    let pattern = pattern
        .survey
        .estate(named(&pattern.survey, FULL))
        .unwrap()
        .clone();
    let estates = (0..count).map(|number| {
        let (column, row) = (number % 50, number / 50);
        let (west, south) = (
            117.58 + f64::from(column) * 0.0013,
            28.42 + f64::from(row) * 0.0011,
        );
        let rect = geo::Rect::new((west, south), (west + 0.0009, south + 0.0007));
        Estate {
            id: EstateId(uuid::Uuid::from_u128(u128::from(number) + 1)),
            name: format!("第{number}号院"),
            address: format!("青溪大道{number}号"),
            lib_no: None,
            aliases: Vec::new(),
            origin: None,
            sources: Default::default(),
            households: Some(600 + number % 300),
            boundary: Some(Arc::new(rect.to_polygon().into())),
            ..(*pattern).clone()
        }
    });
    let settings = jiugai::model::Settings {
        county_code: COUNTY.into(),
        ..Default::default()
    };
    Survey::from_parts(estates, [], [], settings)
}
