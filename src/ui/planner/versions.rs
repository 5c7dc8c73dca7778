//! What was held fast: rankings and yearly plans, and what has become of them since.

use super::{Found, PlannerInput, PlannerState};
use crate::edit::{Command, PlanCommand};
use crate::model::{
    EstateId, FrozenScore, ScoreVersion, Snapshot, SnapshotContent, SnapshotId, YearPlan,
    YearPlanEntry,
};
use crate::rules::year_plan::{compare, compare_ranking};
use crate::ui::action::{Action, Selection};
use crate::ui::theme::Palette;
use crate::ui::{icons, signs};
use crate::words::fields::coded_label;
use crate::words::planning::pack_text;
use egui::{Button, CollapsingHeader, Label, RichText, TextEdit, Ui};

#[derive(Default)]
pub struct Versions {
    title: String,
    issuing: Issuing,
    compared: Option<Compared>,
}

/// A yearly plan cannot be taken back, so it is asked for twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Issuing {
    #[default]
    No,
    Asked,
}

/// How a version differs from today.
struct Compared {
    snapshot: SnapshotId,
    /// The ranking of today that it was compared with.
    with: u64,
    /// Each with what changed of it, where more than that is to be said.
    entered: Vec<(EstateId, String)>,
    left: Vec<(EstateId, String)>,
    moved: Vec<(EstateId, String)>,
}

pub fn versions_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.strong(language.text("planner.versions"));
    let obstacle = obstacle(state, input).map(|key| language.text(key).into_owned());
    actions.extend(freeze_ui(ui, state, input, obstacle.as_deref()));
    actions.extend(issue_ui(ui, state, input, obstacle.as_deref()));
    if input.survey.snapshots().len() == 0 {
        ui.weak(language.text("planner.no_versions"));
    }
    let mut snapshots: Vec<_> = input.survey.snapshots().collect();
    snapshots.sort_by_key(|snapshot| (std::cmp::Reverse(snapshot.taken_at), snapshot.id));
    for snapshot in snapshots {
        if !matches!(snapshot.content, SnapshotContent::Assessment(_)) {
            actions.extend(version_ui(ui, state, input, snapshot));
        }
    }
    actions
}

/// Why nothing can be held fast now: the key of the sentence.
fn obstacle(state: &PlannerState, input: &PlannerInput<'_>) -> Option<&'static str> {
    (state.freshness(input.revision) != Found::Fresh).then_some("planner.wait_for_rules")
}

fn freeze_ui(
    ui: &mut Ui,
    state: &mut PlannerState,
    input: &PlannerInput<'_>,
    obstacle: Option<&str>,
) -> Option<Action> {
    let language = input.language;
    let mut asked = false;
    ui.horizontal(|ui| {
        let hint = language.text("planner.version_name");
        let title = &mut state.versions.title;
        let edit = TextEdit::singleline(title)
            .hint_text(&*hint)
            .desired_width(120.0);
        ui.add(edit).accessible_name(hint);
        let named = !title.trim().is_empty();
        let button = Button::new(format!(
            "{} {}",
            icons::FREEZE,
            language.text("planner.freeze")
        ));
        let button = ui.add_enabled(named && obstacle.is_none(), button);
        let button = button.accessible_name(language.text("planner.freeze"));
        let needs_name = language.text("plan.refusal.title_needed");
        asked = button
            .on_disabled_hover_text(obstacle.unwrap_or(&needs_name))
            .clicked();
    });
    let ranking = state.ranking.as_ref().filter(|_| asked)?;
    let weights = ranking.key.weights;
    let frozen = ranking
        .planning
        .ranked(&weights)
        .into_iter()
        .map(|ranked| FrozenScore {
            estate: ranked.estate,
            low: ranked.score.low,
            high: ranked.score.high,
        });
    Some(Action::Edit(Command::Plan(PlanCommand::Freeze {
        title: std::mem::take(&mut state.versions.title),
        pack: ranking.planning.pack.stamp(),
        content: SnapshotContent::Scores(ScoreVersion {
            weights: weights.to_map(),
            ranking: frozen.collect(),
        }),
    })))
}

fn issue_ui(
    ui: &mut Ui,
    state: &mut PlannerState,
    input: &PlannerInput<'_>,
    obstacle: Option<&str>,
) -> Option<Action> {
    let language = input.language;
    // What is only tried out is in no plan.
    let tried = match (&state.what_if, state.weights) {
        (Some(_), _) => Some("planner.what_if_first"),
        (_, Some(_)) => Some("planner.weights_first"),
        _ => None,
    };
    let no_county = state.scope().is_none().then_some("planner.choose_county");
    let tried = tried
        .or(no_county)
        .map(|key| language.text(key).into_owned());
    let reason = obstacle.map(str::to_owned).or(tried);
    if state.versions.issuing == Issuing::No || reason.is_some() {
        let text = format!("{} {}", icons::CLIPBOARD, language.text("planner.issue"));
        let button = ui.add_enabled(reason.is_none(), Button::new(text));
        let button = button.accessible_name(language.text("planner.issue"));
        let button = button.on_disabled_hover_text(reason.unwrap_or_default());
        state.versions.issuing = match button.clicked() {
            true => Issuing::Asked,
            false => Issuing::No,
        };
        return None;
    }
    let (key, ranking) = (state.key()?, state.ranking.as_ref()?);
    let mut issued = None;
    egui::Frame::group(ui.style()).show(ui, |ui| {
        let palette = Palette::of(ui.visuals());
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("county", &key.county_code), ("year", &key.year)];
        let text = language.text_with("planner.issue_sure", &values);
        let text = RichText::new(format!("{} {text}", icons::WARNING)).color(palette.caution);
        ui.add(Label::new(text).wrap());
        ui.horizontal(|ui| {
            if ui.button(language.text("planner.issue_yes")).clicked() {
                let budget = input.survey.budget(&key).cloned().unwrap_or_default();
                let weights = &ranking.key.weights;
                let plan = ranking
                    .planning
                    .year_plan(input.survey, &key, &budget, weights);
                issued = Some(Action::Edit(Command::Plan(PlanCommand::Freeze {
                    title: String::new(),
                    pack: ranking.planning.pack.stamp(),
                    content: SnapshotContent::YearPlan(plan),
                })));
                state.versions.issuing = Issuing::No;
            }
            if ui.button(language.text("planner.issue_no")).clicked() {
                state.versions.issuing = Issuing::No;
            }
        });
    });
    issued
}

fn version_ui(
    ui: &mut Ui,
    state: &mut PlannerState,
    input: &PlannerInput<'_>,
    snapshot: &Snapshot,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    let is_plan = matches!(snapshot.content, SnapshotContent::YearPlan(_));
    ui.horizontal_wrapped(|ui| {
        let icon = match is_plan {
            true => icons::CLIPBOARD,
            false => icons::FREEZE,
        };
        let day = snapshot.taken_at.strftime("%Y-%m-%d");
        let title = ui.label(format!("{icon} {} · {day}", snapshot.title));
        title.on_hover_text(pack_text(language, &snapshot.pack));
        let name = language.text_with("planner.compare", &[("title", &snapshot.title)]);
        let button = ui.small_button(icons::SWAP).on_hover_text(&name);
        if button.accessible_name(name).clicked() {
            let held = state
                .versions
                .compared
                .as_ref()
                .map(|compared| compared.snapshot);
            state.versions.compared = match held == Some(snapshot.id) {
                true => None,
                false => compared(state, input, snapshot),
            };
        }
        // A plan that was given out stays.
        if !is_plan {
            let name = language.text_with("planner.remove", &[("title", &snapshot.title)]);
            let button = ui.small_button(icons::TRASH).on_hover_text(&name);
            if button.accessible_name(name).clicked() {
                let snapshot = snapshot.id;
                actions.push(Action::Edit(Command::Plan(PlanCommand::RemoveSnapshot {
                    snapshot,
                })));
            }
        }
    });
    let held = state.versions.compared.as_ref();
    if held.is_some_and(|held| held.snapshot == snapshot.id) {
        let now = state.ranking.as_ref().map(|ranking| ranking.changes());
        if held.map(|held| held.with) != now {
            state.versions.compared = compared(state, input, snapshot);
        }
        if let Some(compared) = &state.versions.compared {
            actions.extend(compared_ui(ui, compared, input));
        }
    }
    actions
}

fn compared(
    state: &PlannerState,
    input: &PlannerInput<'_>,
    snapshot: &Snapshot,
) -> Option<Compared> {
    let ranking = state.ranking.as_ref()?;
    let language = input.language;
    let mut compared = Compared {
        snapshot: snapshot.id,
        with: ranking.changes(),
        entered: Vec::new(),
        left: Vec::new(),
        moved: Vec::new(),
    };
    match &snapshot.content {
        SnapshotContent::Scores(frozen) => {
            let today = ranking.planning.ranked(&ranking.key.weights);
            let found = compare_ranking(frozen, &today);
            compared.entered = found
                .entered
                .iter()
                .map(|(id, _)| (*id, String::new()))
                .collect();
            compared.left = found
                .left
                .iter()
                .map(|(id, _)| (*id, String::new()))
                .collect();
            compared.moved = found
                .moved
                .iter()
                .map(|moved| (moved.estate, format!("{} → {}", moved.from, moved.to)))
                .collect();
        }
        SnapshotContent::YearPlan(frozen) => {
            let found = compare(frozen, &today(ranking, input, frozen));
            let plain = |entry: &YearPlanEntry| (entry.estate, String::new());
            compared.entered = found.entered.iter().map(plain).collect();
            compared.left = found.left.iter().map(plain).collect();
            compared.moved = found
                .moved
                .iter()
                .map(|moved| {
                    let [from, to] = [moved.from, moved.to].map(|it| coded_label(language, it));
                    (moved.estate, format!("{from} → {to}"))
                })
                .collect();
        }
        SnapshotContent::Assessment(_) => return None,
    }
    Some(compared)
}

/// The plan of the same county and year as it would be issued today.
fn today(
    ranking: &super::ranking::Ranking,
    input: &PlannerInput<'_>,
    frozen: &YearPlan,
) -> YearPlan {
    let key = crate::model::BudgetKey {
        county_code: frozen.county_code.clone(),
        year: frozen.year,
    };
    let budget = input.survey.budget(&key).cloned().unwrap_or_default();
    let weights = &ranking.key.weights;
    ranking
        .planning
        .year_plan(input.survey, &key, &budget, weights)
}

fn compared_ui(ui: &mut Ui, compared: &Compared, input: &PlannerInput<'_>) -> Vec<Action> {
    /// More are not read one by one; they are on the map.
    const MOST: usize = 60;
    let language = input.language;
    let mut actions = Vec::new();
    if compared.entered.is_empty() && compared.left.is_empty() && compared.moved.is_empty() {
        ui.weak(language.text("planner.unchanged"));
    }
    let lists = [
        ("planner.entered", &compared.entered),
        ("planner.left", &compared.left),
        ("planner.moved", &compared.moved),
    ];
    for (key, estates) in lists.iter().filter(|(_, estates)| !estates.is_empty()) {
        let title = language.text_with(key, &[("count", &estates.len())]);
        CollapsingHeader::new(title).id_salt(key).show(ui, |ui| {
            if ui
                .small_button(language.text("planner.select_these"))
                .clicked()
            {
                let ids = estates.iter().map(|(id, _)| *id).collect();
                actions.push(Action::Select(Selection::These(ids)));
            }
            for (id, change) in estates.iter().take(MOST) {
                let estate = input.survey.estate(*id);
                let gone = language.text("planner.gone");
                let name = estate.map_or(&*gone, |estate| estate.name.as_str());
                let text = format!("{name}  {change}");
                if ui.add(Button::new(text).frame(false)).clicked() && estate.is_some() {
                    actions.push(Action::Select(Selection::Only(*id)));
                }
            }
            if estates.len() > MOST {
                let values: [(&str, &dyn std::fmt::Display); 1] =
                    [("count", &(estates.len() - MOST))];
                let more = language.text_with("planner.and_more", &values);
                ui.label(signs::beneath(ui, more));
            }
        });
    }
    actions
}
