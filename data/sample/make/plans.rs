//! What the county plans and builds: projects of three years at every stage, and its budgets.

use super::decisions::first_record;
use super::estates::{COUNTY, ESSENTIAL_ITEMS, Estate, OTHER_ITEMS};
use super::random::Random;
use super::records::Record;
use jiff::civil::{Date, date};
use jiugai::model::{
    CentralMoney, Coded, Condition, Evaluation, FundingLine, FundingSource, FundingStatus,
    ItemCode, Management, ManagementBody, ManagementMode, Milestone, MilestoneKind, PlanItem,
    Project, ProjectIssue, Signer, WorkType, Yuan,
};
use serde_json::{Value, json};

/// How many projects a year has.
const FIRST_YEAR: i32 = 2025;
const A_YEAR: [usize; 3] = [8, 10, 16];

/// The budgets of the three years, and what the county was held to bear, in 万元. The last is
/// less than what is asked of it, so that there is a cut.
const BUDGETS: [(f64, f64); 3] = [(850.0, 1000.0), (1000.0, 1200.0), (560.0, 900.0)];

/// 万元 a household, invented.
const ESSENTIAL_COST: [f64; 4] = [0.16, 0.12, 0.19, 0.14];
const OTHER_COST: f64 = 0.05;

/// The one item of them that has a condition («具备条件»).
const SEPARATE_SEWERS: &str = "C03";

/// The file, one project a line.
pub fn file(
    seed: u64,
    estates: &[Estate],
    records: &[Record],
) -> Result<String, serde_json::Error> {
    let mut candidates: Vec<_> = estates
        .iter()
        .filter(|estate| is_candidate(estate))
        .collect();
    candidates.sort_by_key(|estate| (std::cmp::Reverse(need(estate)), &estate.key));
    let mut projects = Vec::new();
    let mut rest = candidates.into_iter();
    for (year, count) in (FIRST_YEAR..).zip(A_YEAR) {
        for (number, estate) in rest.by_ref().take(count).enumerate() {
            let Some(record) = first_record(records, estate) else {
                continue;
            };
            let project = project(seed, estate, year, number);
            let mut project = serde_json::to_value(&project)?;
            if let Some(members) = project.as_object_mut() {
                // The survey that takes it over knows the key.
                members.shift_remove("estate");
            }
            let line = json!({
                "source": record.source,
                "source_id": record.source_id,
                "project": project,
            });
            projects.push(line.to_string());
        }
    }
    let budgets = (FIRST_YEAR..).zip(BUDGETS).map(|(year, (budget, capacity))| {
        let basis = "县财政局评估";
        json!({"county_code": COUNTY, "year": year, "budget_wan": budget, "capacity_wan": capacity, "basis": basis})
            .to_string()
    });
    Ok(format!(
        "{{\"budgets\": [\n{}\n], \"projects\": [\n{}\n]}}\n",
        budgets.collect::<Vec<_>>().join(",\n"),
        projects.join(",\n")
    ))
}

/// What a county would plan for: in scope, and wanted.
fn is_candidate(estate: &Estate) -> bool {
    let is_wanted = estate.text_of("willingness") == "strong";
    !estate.is_out_of_scope() && is_wanted && estate.text_of("locality") != "other"
}

fn severity(estate: &Estate, item: &str) -> u64 {
    let value = estate.values.get(&format!("gap.{item}"));
    value.and_then(Value::as_u64).unwrap_or(0)
}

fn need(estate: &Estate) -> u64 {
    ESSENTIAL_ITEMS
        .iter()
        .map(|item| severity(estate, item))
        .sum()
}

fn project(seed: u64, estate: &Estate, year: i32, number: usize) -> Project {
    let mut random = Random::named(seed, &format!("project {}", estate.key));
    // Replaced by the survey's own key.
    let mut project = Project::new(jiugai::model::EstateId(uuid::Uuid::nil()));
    project.year = Some(year);
    project.content = content(estate);
    project.agreed_on = Some(date(year as i16 - 1, 10, 8 + (number % 20) as i8));
    // The last of the coming year are plans in the making: no unit yet, money only spoken of.
    let is_early = year == FIRST_YEAR + 2 && number >= 12;
    if !is_early {
        project.implementing_unit = "青溪县住房保障中心".to_owned();
        project.designer = "青溪建筑设计院".to_owned();
        project.supervisor = "青溪工程监理公司".to_owned();
    }
    let status = match year - FIRST_YEAR {
        0 => FundingStatus::Received,
        _ if is_early => FundingStatus::Intended,
        _ => FundingStatus::Committed,
    };
    project.funding = funding(estate, &project, status);
    build(&mut project, &mut random, year, number);
    project
}

fn content(estate: &Estate) -> Vec<PlanItem> {
    let households = f64::from(estate.number_of("households"));
    let planned = |code: &str, work, cost: f64| {
        let item = ItemCode::parse(code)?;
        let mut planned = PlanItem::new(item, work);
        planned.quantity = Some(households);
        planned.unit = "户".to_owned();
        // To the full thousand yuan, as an estimate is.
        planned.cost = Yuan::from_wan((households * cost * 10.0).round() / 10.0);
        if code == SEPARATE_SEWERS {
            planned.condition = Some(Condition::Holds);
            planned.condition_reason = "市政雨水、污水管均已通至小区门口".to_owned();
        }
        Some(planned)
    };
    let mut essential: Vec<_> = ESSENTIAL_ITEMS.iter().zip(ESSENTIAL_COST).collect();
    essential.sort_by_key(|(item, _)| std::cmp::Reverse(severity(estate, item)));
    let renewed = essential.iter().enumerate().filter(|(place, (item, _))| {
        // Two utilities at least, or no central money; beyond those what is broken.
        *place < 2 || severity(estate, item) >= 2
    });
    let mut content: Vec<_> = renewed
        .filter_map(|(_, (item, cost))| planned(item, WorkType::Renew, *cost))
        .map(|item| PlanItem {
            central_money: CentralMoney::AppliedFor,
            ..item
        })
        .collect();
    let others = OTHER_ITEMS
        .iter()
        .filter(|item| severity(estate, item) >= 2);
    content.extend(
        others
            .take(4)
            .filter_map(|item| planned(item, WorkType::Repair, OTHER_COST)),
    );
    content
}

fn funding(estate: &Estate, project: &Project, status: FundingStatus) -> Vec<FundingLine> {
    let total: Yuan = project.content.iter().filter_map(|item| item.cost).sum();
    let share = |share: f64| Yuan((total.0 as f64 * share / 1000.0).round() as u64 * 1000);
    let mut lines = vec![
        (FundingSource::CentralSubsidy, share(0.4)),
        (FundingSource::Residents, share(0.08)),
        (FundingSource::WaterCompany, share(0.07)),
        (FundingSource::PowerCompany, share(0.06)),
    ];
    if !estate.text_of("orig_unit").is_empty() {
        lines.push((FundingSource::FormerOwner, share(0.05)));
    }
    let paid: Yuan = lines.iter().map(|(_, amount)| *amount).sum();
    lines.push((FundingSource::LocalFiscal, total.saturating_sub(paid)));
    let line = |(source, amount)| FundingLine {
        source,
        amount,
        status,
        note: String::new(),
    };
    lines.into_iter().map(line).collect()
}

/// What happened until November 2026.
fn build(project: &mut Project, random: &mut Random, year: i32, number: usize) {
    let year = year as i16;
    let day = |random: &mut Random, month: i8| date(year, month, random.whole(2, 26) as i8);
    let spring = date(year + 1, 1, random.whole(8, 24) as i8);
    let planned = [
        (MilestoneKind::Approval, day(random, 3)),
        (MilestoneKind::Start, day(random, 6)),
        (MilestoneKind::Finish, date(year, 12, 20)),
        (MilestoneKind::Acceptance, spring),
    ];
    for (kind, planned) in planned {
        let milestone = Milestone {
            planned: Some(planned),
            ..Milestone::default()
        };
        project.milestones.insert(kind, milestone);
    }
    match i32::from(year) - FIRST_YEAR {
        0 => built(project, random, year, number),
        1 => being_built(project, random, year, number),
        _ => {}
    }
}

fn reach(project: &mut Project, kind: MilestoneKind, day: Date, delay_reason: &str) {
    let milestone = project.milestones.entry(kind).or_default();
    milestone.actual = Some(day);
    milestone.delay_reason = delay_reason.to_owned();
}

/// Of the first year all but two are accepted.
fn built(project: &mut Project, random: &mut Random, year: i16, number: usize) {
    project.contractor = "青溪建工集团".to_owned();
    reach(project, MilestoneKind::Approval, date(year, 3, 20), "");
    match number {
        2 => reach(
            project,
            MilestoneKind::Start,
            date(year, 9, 18),
            "施工招标流标一次",
        ),
        _ => reach(
            project,
            MilestoneKind::Start,
            date(year, 6, random.whole(5, 28) as i8),
            "",
        ),
    }
    match number {
        5 => reach(
            project,
            MilestoneKind::Finish,
            date(year + 1, 3, 12),
            "冬季降雨，道路面层推迟",
        ),
        _ => reach(
            project,
            MilestoneKind::Finish,
            date(year, 12, random.whole(4, 22) as i8),
            "",
        ),
    }
    let signed = date(year + 1, 4, random.whole(2, 20) as i8);
    let signers = match number {
        5 => &Signer::ALL[..4],
        6 => &Signer::ALL[..2],
        _ => Signer::ALL,
    };
    project.signatures = signers.iter().map(|signer| (*signer, signed)).collect();
    if (5..=6).contains(&number) {
        project.issues.push(ProjectIssue {
            issue: "3栋北侧路面积水".to_owned(),
            cause: "雨水口高程偏高".to_owned(),
            remedy: "由施工单位返工，验收前复查".to_owned(),
            found_on: Some(signed),
            solved_on: None,
        });
        return;
    }
    reach(project, MilestoneKind::Acceptance, signed, "");
    let answered = random.whole(80, 160) as u32;
    project.evaluation = Some(Evaluation {
        on: Some(date(year + 1, 6, 15)),
        answered: Some(answered),
        satisfied: Some(answered - random.whole(2, 20) as u32),
        note: String::new(),
    });
    if number < 4 {
        let is_company = number.is_multiple_of(2);
        project.management = Some(Management {
            body: Some(ManagementBody::ALL[number % 3]),
            mode: Some(match is_company {
                true => ManagementMode::PropertyCompany,
                false => ManagementMode::SelfManagement,
            }),
            company: match is_company {
                true => "青溪惠民物业".to_owned(),
                false => String::new(),
            },
            since: Some(date(year + 1, 5, 1)),
        });
    }
}

/// Of the second year two have not been started, and one was started late.
fn being_built(project: &mut Project, random: &mut Random, year: i16, number: usize) {
    reach(project, MilestoneKind::Approval, date(year, 4, 2), "");
    if number >= 8 {
        return;
    }
    project.contractor = "青溪建工集团".to_owned();
    match number {
        6 => reach(
            project,
            MilestoneKind::Start,
            date(year, 9, 9),
            "管线单位迁改未完成",
        ),
        _ => reach(
            project,
            MilestoneKind::Start,
            date(year, 6, random.whole(5, 28) as i8),
            "",
        ),
    }
    if number == 0 {
        reach(project, MilestoneKind::Finish, date(year, 11, 12), "");
    }
}
