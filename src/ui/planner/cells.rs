//! What stands in the ranking's cells. Cells are painted, not labels: the row carries one name for
//! all of them.

use super::PlannerInput;
use super::lines::{Column, Group, SortDirection};
use super::ranking::{Place, Ranking};
use crate::model::{Coded, Direction, Estate, Yuan};
use crate::rules::batches::{Placed, PlacementOutcome, Plan};
use crate::rules::score::{Interval, ScorePart, ScoreParts};
use crate::ui::cell_text::paint;
use crate::ui::icons;
use crate::ui::map::Class;
use crate::ui::theme::Palette;
use crate::words::Language;
use crate::words::fields::{coded_label, record_name, with_separators};
use crate::words::planning::{money_text, points_text, score_text};
use egui::{
    Align2, Button, Rect, RichText, Role, Sense, Stroke, TextStyle, Ui, WidgetInfo, pos2, vec2,
};
use egui_extras::TableRow;

/// One row.
pub struct Cells<'a> {
    pub placed: &'a Placed,
    pub estate: &'a Estate,
    parts: ScoreParts,
    input: &'a PlannerInput<'a>,
}

impl<'a> Cells<'a> {
    pub fn of(ranking: &'a Ranking, place: Place, input: &'a PlannerInput<'a>) -> Option<Self> {
        let placed = ranking.placed(place);
        Some(Self {
            placed,
            estate: input.survey.estate(placed.estate)?,
            parts: ranking.planning.row(placed.estate)?.parts,
            input,
        })
    }

    pub fn paint(&self, ui: &Ui, column: Column) {
        let (placed, language) = (self.placed, self.input.language);
        match column {
            Column::Rank => text(ui, &placed.rank.to_string(), Align2::RIGHT_CENTER),
            Column::Name => {
                let name = record_name(language, self.input.survey, self.estate);
                text(ui, &name, Align2::LEFT_CENTER);
            }
            Column::Score => score(ui, placed.score, language),
            Column::Part(part) => share(ui, self.parts.get(part)),
            Column::Batch => batch(ui, placed, language),
            Column::Cost => money(ui, placed.cost),
            Column::LocalFiscal => money(ui, Some(placed.local_fiscal)),
            Column::Households => {
                let count = self.estate.households;
                let figure = count.map(|count| with_separators(count.into()));
                text(ui, figure.as_deref().unwrap_or("?"), Align2::RIGHT_CENTER);
            }
        }
    }

    /// What each part reaches, in a line each.
    pub fn part_lines(&self, language: Language) -> Vec<String> {
        let line = |part: &ScorePart| {
            let share = percent(self.parts.get(*part));
            format!("{} {share}", coded_label(language, *part))
        };
        ScorePart::ALL.iter().map(line).collect()
    }
}

/// "40 %", "20–60 %".
fn percent(share: Interval) -> String {
    let points = |share: f64| points_text((share * 100.0).round());
    match share.is_exact() {
        true => format!("{} %", points(share.low)),
        false => format!("{}–{} %", points(share.low), points(share.high)),
    }
}

fn text(ui: &Ui, text: &str, align: Align2) {
    paint(ui, ui.max_rect(), text, align, ui.visuals().text_color());
}

fn money(ui: &Ui, amount: Option<Yuan>) {
    let figure = amount.map(|amount| format!("{:.1}", amount.wan()));
    let figure = figure
        .as_deref()
        .map(|figure| figure.trim_end_matches(".0"));
    text(ui, figure.unwrap_or("?"), Align2::RIGHT_CENTER);
}

/// The numbers, and below them where on 0–100 they lie: solid up to the low end, hollow to the high.
fn score(ui: &Ui, score: Interval, language: Language) {
    let palette = Palette::of(ui.visuals());
    let rect = ui.max_rect();
    let bar = Rect::from_min_max(
        pos2(rect.left(), rect.bottom() - 5.0),
        rect.max - vec2(0.0, 1.0),
    );
    let x = |points: f64| bar.left() + bar.width() * (points / 100.0) as f32;
    let painter = ui.painter();
    painter.rect_filled(bar, 1.0, ui.visuals().faint_bg_color);
    let solid = Rect::from_min_max(bar.min, pos2(x(score.low), bar.max.y));
    painter.rect_filled(solid, 1.0, palette.year_bands[1]);
    if !score.is_exact() {
        let open = Rect::from_min_max(
            pos2(x(score.low), bar.min.y),
            pos2(x(score.high), bar.max.y),
        );
        let stroke = Stroke::new(1.0, palette.year_bands[1]);
        painter.rect_stroke(open, 1.0, stroke, egui::StrokeKind::Inside);
    }
    let above = Rect::from_min_max(rect.min, pos2(rect.max.x, bar.min.y + 2.0));
    let color = ui.visuals().text_color();
    paint(
        ui,
        above,
        &score_text(language, score),
        Align2::LEFT_CENTER,
        color,
    );
}

/// A small column for a part: solid where it is sure, hollow where it may be.
fn share(ui: &Ui, share: Interval) {
    let figure = match share.is_exact() {
        true => format!("{:.0}", share.low * 100.0),
        false => format!("{:.0}–{:.0}", share.low * 100.0, share.high * 100.0),
    };
    let color = match share.is_exact() {
        true => ui.visuals().text_color(),
        false => ui.visuals().weak_text_color(),
    };
    paint(ui, ui.max_rect(), &figure, Align2::RIGHT_CENTER, color);
}

/// Its sign on its colour, as on the map, and its word.
fn batch(ui: &Ui, placed: &Placed, language: Language) {
    let palette = Palette::of(ui.visuals());
    let rect = ui.max_rect();
    let sign = Rect::from_min_size(rect.min + vec2(0.0, 3.0), vec2(18.0, rect.height() - 6.0));
    let color = palette.batch(placed.batch);
    ui.painter().rect_filled(sign, 2.0, color);
    let font = TextStyle::Body.resolve(ui.style());
    let (middle, text) = (sign.center(), Class::Batch(placed.batch).sign());
    // The colour of a selected row is for its words; here the ground is the batch's.
    let ink = Palette::ink_on(color);
    ui.painter()
        .text(middle, Align2::CENTER_CENTER, text, font, ink);
    let hand = match placed.placement {
        PlacementOutcome::None => "",
        PlacementOutcome::Honoured => icons::HAND_RAISED,
        PlacementOutcome::NotHonoured { .. } => icons::WARNING,
    };
    let word = format!("{}{hand}", coded_label(language, placed.batch));
    let beside = Rect::from_min_max(pos2(sign.right() + 4.0, rect.top()), rect.max);
    let color = ui.visuals().text_color();
    paint(ui, beside, &word, Align2::LEFT_CENTER, color);
}

/// How wide a column is, for a size of type; the name takes what is left.
pub fn width(column: Column, em: f32) -> f32 {
    let ems = match column {
        Column::Rank => 3.3,
        Column::Name => 8.0,
        Column::Score => 5.2,
        Column::Batch => 5.4,
        Column::Part(_) => 4.0,
        Column::Cost | Column::LocalFiscal => 4.2,
        Column::Households => 3.4,
    };
    em * ems
}

fn name_of(column: Column, language: Language) -> String {
    match column {
        Column::Part(part) => coded_label(language, part).into_owned(),
        column => {
            let key = match column {
                Column::Rank => "planner.column.rank",
                Column::Name => "planner.column.name",
                Column::Score => "planner.column.score",
                Column::Batch => "planner.column.batch",
                Column::Cost => "planner.column.cost",
                Column::LocalFiscal => "planner.column.local_fiscal",
                Column::Households | Column::Part(_) => "planner.column.households",
            };
            language.text(key).into_owned()
        }
    }
}

pub fn heading(
    ui: &mut Ui,
    column: Column,
    sort: &mut (Column, SortDirection),
    language: Language,
) {
    let name = name_of(column, language);
    let short = match column {
        Column::Part(part) => language
            .text(&format!("planner.part.{}", part.key()))
            .into_owned(),
        _ => name.clone(),
    };
    let arrow = match (sort.0 == column, sort.1.0) {
        (false, _) => "",
        (true, Direction::Ascending) => "↑",
        (true, Direction::Descending) => "↓",
    };
    let button = Button::new(RichText::new(format!("{short}{arrow}")).weak())
        .frame(false)
        .sense(Sense::CLICK)
        .truncate();
    let spoken = language.text_with("table.sort_name", &[("column", &name)]);
    let response = ui.add(button).accessible_name(spoken).on_hover_text(name);
    if response.clicked() {
        let direction = match sort.0 == column {
            true => sort.1.0.turned(),
            false => column.first_direction(),
        };
        *sort = (column, SortDirection(direction));
    }
}

/// Whether a group's estates are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    Open,
    Folded,
}

/// Across the columns: what the group is and comes to.
pub fn group_row(
    row: &mut TableRow<'_, '_>,
    clip: Rect,
    group: &Group,
    fold: Fold,
    language: Language,
) {
    let arrow = match fold {
        Fold::Folded => icons::CARET_RIGHT,
        Fold::Open => icons::CARET_DOWN,
    };
    let sums = language.text_with(
        "planner.group_sums",
        &[
            ("estates", &group.estates),
            ("implemented", &group.implemented),
            ("households", &with_separators(group.households)),
            ("money", &money_text(language, group.local_fiscal)),
        ],
    );
    let spoken = format!("{} {sums}", group.title);
    let text = format!("{arrow} {spoken}");
    across(row, clip, |ui, rect| {
        ui.painter()
            .rect_filled(rect, 0.0, ui.visuals().widgets.open.bg_fill);
        let ink = ui.visuals().strong_text_color();
        paint(ui, rect, &text, Align2::LEFT_CENTER, ink);
    });
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
}

/// Where the money ends.
pub fn cut_row(row: &mut TableRow<'_, '_>, clip: Rect, plan: &Plan, language: Language) {
    let text = match plan.limit {
        Some(limit) => language.text_with(
            "planner.cut",
            &[
                ("used", &plan.used),
                ("limit", &money_text(language, limit)),
            ],
        ),
        None => language.text("planner.cut_unknown").into_owned(),
    };
    across(row, clip, |ui, rect| {
        let palette = Palette::of(ui.visuals());
        let line = Stroke::new(2.0, palette.chosen);
        ui.painter().hline(rect.x_range(), rect.top() + 1.0, line);
        let below = rect.with_min_y(rect.top() + 2.0);
        paint(ui, below, &text, Align2::LEFT_CENTER, palette.chosen);
    });
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
}

/// Paints over all columns at once. The last cell does it, for each paints its own ground first.
fn across(row: &mut TableRow<'_, '_>, clip: Rect, paint: impl Fn(&Ui, Rect)) {
    let mut left = None;
    for column in Column::ALL {
        row.col(|ui| {
            let rect = ui.max_rect();
            let left = *left.get_or_insert(rect.left());
            if column == LAST {
                let whole = Rect::from_x_y_ranges(left..=rect.right(), rect.y_range());
                let mut wide = ui.new_child(egui::UiBuilder::new().max_rect(whole));
                let rows = ui.clip_rect().y_range();
                wide.set_clip_rect(Rect::from_x_y_ranges(clip.x_range(), rows));
                paint(&wide, whole);
            }
        });
    }
}

const LAST: Column = Column::Households;
