//! `jiugai plan`: the batches of a county's year, and the yearly plan that is issued from them.

use super::args::PlanArguments;
use super::console::{Console, Failure, Outcome, rules_json};
use super::dedupe::read_survey;
use super::new::{failure, open_session};
use super::score::{batch, look};
use crate::catalogue::Divisions;
use crate::edit::{Command, PlanCommand};
use crate::jobs::planning::Planning;
use crate::model::{
    Batch, Budget, BudgetKey, Change, Coded, SnapshotContent, Survey, YearPlan, Yuan,
};
use crate::rules::batches::{Placed, Plan};
use crate::rules::year_plan::year_plan;
use crate::words::fields::{area_figure, coded_label, record_name, with_separators};
use crate::words::planning as words;
use serde_json::{Value, json};

pub(super) fn run(console: &Console, arguments: PlanArguments) -> Result<Outcome, Failure> {
    let survey = read_survey(console, &arguments.file)?;
    let console = &console.under(survey.settings())?;
    let planning = look(console, &survey)?;
    let county_code = county(console, &survey, &planning, arguments.county.as_deref())?;
    let key = BudgetKey {
        county_code,
        year: arguments.year.into(),
    };
    let budget = budget(&survey, &key, &arguments);
    let weights = planning.weights();
    let plan = planning.plan(&key, &budget, &weights);
    let number = match arguments.freeze {
        true => {
            let content = year_plan(&plan, &survey, &key, &budget, &weights);
            Some(freeze(console, &arguments, &survey, content)?)
        }
        false => None,
    };
    let year = Year {
        console,
        survey: &survey,
        key: &key,
        budget: &budget,
        plan: &plan,
    };
    match arguments.json {
        true => console.json(&year.json(number.as_deref())),
        false => year.print(number.as_deref()),
    }
    Ok(Outcome::Fine)
}

/// The county that was asked for, else the survey's own, else the only one there is.
fn county(
    console: &Console,
    survey: &Survey,
    planning: &Planning,
    asked: Option<&str>,
) -> Result<String, Failure> {
    let there = planning.counties();
    let own = survey.settings().county_code.as_str();
    let language = console.language;
    let listed = || language.listed(&there.iter().copied().collect::<Vec<_>>());
    match (asked, own) {
        (Some(code), _) if there.contains(code) || code == own => Ok(code.to_owned()),
        (Some(code), _) => Err(Failure(language.text_with(
            "cli.plan.no_county",
            &[("code", &code), ("counties", &listed())],
        ))),
        (None, "") => match there.first() {
            Some(only) if there.len() == 1 => Ok((*only).to_owned()),
            _ => Err(Failure(
                language.text_with("cli.plan.which_county", &[("counties", &listed())]),
            )),
        },
        (None, own) => Ok(own.to_owned()),
    }
}

/// What the survey holds, with what was given here in its place.
fn budget(survey: &Survey, key: &BudgetKey, arguments: &PlanArguments) -> Budget {
    let held = survey.budget(key).cloned().unwrap_or_default();
    Budget {
        budget: arguments.budget.or(held.budget),
        capacity: arguments.capacity.or(held.capacity),
        ..held
    }
}

/// Issues the plan; gives its number.
fn freeze(
    console: &Console,
    arguments: &PlanArguments,
    planned: &Survey,
    content: YearPlan,
) -> Result<String, Failure> {
    let mut session = open_session(console, &arguments.file)?;
    if session.survey().as_ref() != planned {
        // Somebody worked on the file meanwhile: the plan would be one of yesterday.
        return Err(Failure(console.language.text("refusal.stale").into_owned()));
    }
    let command = Command::Plan(PlanCommand::Freeze {
        title: String::new(),
        pack: console.catalogue.rules.stamp(),
        content: SnapshotContent::YearPlan(content),
    });
    let committed = session
        .run(command)
        .map_err(|error| failure(console, &error))?;
    let number = committed.changes.iter().find_map(|change| match change {
        Change::Snapshot { after, .. } => after.as_ref().map(|after| after.title.clone()),
        _ => None,
    });
    session.close().map_err(|error| failure(console, &error))?;
    Ok(number.unwrap_or_default())
}

/// A county's year, to be told.
struct Year<'a> {
    console: &'a Console,
    survey: &'a Survey,
    key: &'a BudgetKey,
    budget: &'a Budget,
    plan: &'a Plan,
}

/// Sums over the estates of a batch; a figure that some estate lacks is a least one.
#[derive(Default)]
struct Total {
    estates: u64,
    households: Sum,
    buildings: Sum,
    floor_area_m2: Sum,
    /// In yuan.
    cost: Sum,
    local_fiscal: Yuan,
}

#[derive(Default)]
struct Sum {
    known: f64,
    unknown: u64,
}

impl Sum {
    fn add(&mut self, value: Option<f64>) {
        self.known += value.unwrap_or(0.0);
        self.unknown += u64::from(value.is_none());
    }
}

impl Year<'_> {
    fn print(&self, number: Option<&str>) {
        let language = self.console.language;
        let county = Divisions::shipped().name(&self.key.county_code);
        self.console.say(
            "cli.plan.title",
            &[
                ("county", &county.unwrap_or(&self.key.county_code)),
                ("year", &self.key.year),
                (
                    "pack",
                    &words::pack_text(language, &self.console.catalogue.rules.stamp()),
                ),
            ],
        );
        self.print_limit();
        let admitted = |placed: &&Placed| placed.batch != Batch::NotAdmitted;
        for placed in self.plan.placed.iter().filter(admitted) {
            if self.plan.cut == Some(placed.rank) && self.plan.limit.is_some() {
                self.console.say("cli.plan.cut", &[]);
            }
            self.print_row(placed);
        }
        for batch in Batch::ALL {
            self.print_total(*batch);
        }
        if let Some(number) = number {
            self.console.say("cli.plan.frozen", &[("number", &number)]);
        }
    }

    fn print_limit(&self) {
        let language = self.console.language;
        let money = |amount: Option<Yuan>| match amount {
            Some(amount) => words::money_text(language, amount),
            None => language.text("cli.plan.unknown").into_owned(),
        };
        match self.plan.limit {
            None => self.console.say("cli.plan.no_limit", &[]),
            limit => self.console.say(
                "cli.plan.limit",
                &[
                    ("limit", &money(limit)),
                    ("budget", &money(self.budget.budget)),
                    ("capacity", &money(self.budget.capacity)),
                    ("used", &money(Some(self.plan.used))),
                    ("left", &money(self.plan.left())),
                ],
            ),
        }
    }

    fn print_row(&self, placed: &Placed) {
        let language = self.console.language;
        let items = &self.console.catalogue.items;
        let estate = self.survey.estate(placed.estate);
        let name = estate.map(|estate| record_name(language, self.survey, estate));
        let cost = match placed.cost {
            Some(cost) => words::money_text(language, cost),
            None => language.text("cli.plan.unknown").into_owned(),
        };
        self.console.say(
            "cli.plan.row",
            &[
                ("rank", &placed.rank),
                ("batch", &coded_label(language, placed.batch)),
                ("name", &name.unwrap_or_default()),
                ("score", &words::score_text(language, placed.score)),
                ("cost", &cost),
                (
                    "local_fiscal",
                    &words::money_text(language, placed.local_fiscal),
                ),
                (
                    "reason",
                    &words::reason_text(language, &placed.reason, items),
                ),
            ],
        );
        if let Some(text) = words::placement_text(language, placed.placement) {
            self.console.line(&format!("   {text}"));
        }
    }

    fn print_total(&self, batch: Batch) {
        let language = self.console.language;
        let total = self.total(batch);
        let at_least = |sum: &Sum, figure: String| match sum.unknown {
            0 => figure,
            all if all == total.estates => language.text("cli.plan.unknown").into_owned(),
            _ => language.text_with("cli.plan.at_least", &[("figure", &figure)]),
        };
        let count = |sum: &Sum| at_least(sum, with_separators(sum.known as u64));
        let area = at_least(&total.floor_area_m2, area_figure(total.floor_area_m2.known));
        let cost = words::money_text(language, Yuan(total.cost.known as u64));
        self.console.say(
            "cli.plan.total",
            &[
                ("batch", &coded_label(language, batch)),
                ("estates", &total.estates),
                ("households", &count(&total.households)),
                ("buildings", &count(&total.buildings)),
                ("area", &area),
                ("cost", &at_least(&total.cost, cost)),
                (
                    "local_fiscal",
                    &words::money_text(language, total.local_fiscal),
                ),
            ],
        );
    }

    fn total(&self, batch: Batch) -> Total {
        let mut total = Total::default();
        for placed in self.plan.of_batch(batch) {
            let Some(estate) = self.survey.estate(placed.estate) else {
                continue;
            };
            total.estates += 1;
            total.households.add(estate.households.map(f64::from));
            total.buildings.add(estate.buildings.map(f64::from));
            total.floor_area_m2.add(estate.floor_area_m2);
            total.cost.add(placed.cost.map(|cost| cost.0 as f64));
            total.local_fiscal = total.local_fiscal + placed.local_fiscal;
        }
        total
    }

    /// Amounts in 万元; `null` is not known.
    fn json(&self, number: Option<&str>) -> Value {
        let wan = |amount: Option<Yuan>| amount.map(Yuan::wan);
        let rows = self.plan.placed.iter().map(|placed| {
            let estate = self.survey.estate(placed.estate);
            json!({
                "rank": placed.rank,
                "id": placed.estate,
                "name": estate.map(|estate| &estate.name),
                "lib_no": estate.and_then(|estate| estate.lib_no.as_ref()),
                "batch": batch(placed, &self.console.catalogue.rules),
                "score": { "low": placed.score.low, "high": placed.score.high },
                "households": estate.and_then(|estate| estate.households),
                "buildings": estate.and_then(|estate| estate.buildings),
                "floor_area_m2": estate.and_then(|estate| estate.floor_area_m2),
                "cost": wan(placed.cost),
                "local_fiscal": placed.local_fiscal.wan(),
            })
        });
        let totals = Batch::ALL.iter().map(|batch| {
            let total = self.total(*batch);
            let count = |sum: &Sum| json!({ "sum": sum.known as u64, "not_known": sum.unknown });
            let area = &total.floor_area_m2;
            let cost = Yuan(total.cost.known as u64).wan();
            let figures = json!({
                "estates": total.estates,
                "households": count(&total.households),
                "buildings": count(&total.buildings),
                "floor_area_m2": { "sum": area.known, "not_known": area.unknown },
                "cost": { "sum": cost, "not_known": total.cost.unknown },
                "local_fiscal": total.local_fiscal.wan(),
            });
            (batch.key().to_owned(), figures)
        });
        json!({
            "county_code": self.key.county_code,
            "year": self.key.year,
            "rule_pack": rules_json(&self.console.catalogue.rules),
            "budget": wan(self.budget.budget),
            "capacity": wan(self.budget.capacity),
            "limit": wan(self.plan.limit),
            "used": self.plan.used.wan(),
            "left": wan(self.plan.left()),
            "cut": self.plan.cut,
            "number": number,
            "rows": rows.collect::<Vec<_>>(),
            "totals": totals.collect::<serde_json::Map<_, _>>(),
        })
    }
}
