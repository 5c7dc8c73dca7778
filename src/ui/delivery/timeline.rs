//! A county's year as a timeline: a row a project, what was planned above what happened, and the
//! days that matter as lines. What is overdue comes first.

use super::DeliveryInput;
use super::filters::{Filters, Years, scope_ui};
use super::list::{ListState, late_lines, pick};
use super::listing::{Listing, Row};
use crate::model::{MilestoneKind, Project};
use crate::rules::delivery::deadline;
use crate::ui::action::Action;
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::words::{Language, delivery as stages, projects as words};
use egui::{
    Align2, Color32, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo,
    pos2, vec2,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};

#[derive(Default)]
pub struct TimelineState {
    list: ListState,
}

/// The days that the timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Days {
    from: Date,
    /// The last one.
    to: Date,
}

impl Days {
    /// The year, until the last day to finish is well past, and further where a project of it was
    /// begun earlier or goes on longer; never more than a year to either side.
    fn of<'a>(year: i32, rows: impl Iterator<Item = &'a Row>) -> Self {
        let year = i16::try_from(year.clamp(1, 9000)).unwrap_or(2000);
        let (mut from, mut to) = (date(year, 1, 1), date(year + 1, 3, 1));
        let (earliest, latest) = (date(year - 1, 1, 1), date(year + 2, 2, 28));
        for day in rows
            .filter_map(|row| row.project.as_deref())
            .flat_map(days_of)
        {
            from = from.min(day).max(earliest);
            to = to.max(day).min(latest);
        }
        Self {
            from: from.first_of_month(),
            to: to.last_of_month(),
        }
    }

    /// Where a day lies, 0 at the left and 1 at the right edge; what is outside is put at the edge.
    fn share(self, day: Date) -> f32 {
        let days = |until: Date| (until - self.from).get_days() as f32;
        (days(day) / days(self.to).max(1.0)).clamp(0.0, 1.0)
    }

    fn months(self) -> impl Iterator<Item = Date> {
        let next = |month: &Date| month.checked_add(1.month()).ok();
        std::iter::successors(Some(self.from), next).take_while(move |month| *month <= self.to)
    }
}

fn days_of(project: &Project) -> impl Iterator<Item = Date> {
    let milestones = project.milestones.values();
    milestones.flat_map(|milestone| [milestone.planned, milestone.actual].into_iter().flatten())
}

/// A bar from one day to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bar {
    from: Date,
    to: Date,
    end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Known,
    /// The work goes on.
    Open,
}

fn planned_bar(project: &Project) -> Option<Bar> {
    let (start, finish) = (
        project.meant_for(MilestoneKind::Start),
        project.meant_for(MilestoneKind::Finish),
    );
    let from = start.or(finish)?;
    let to = finish.or(start)?;
    (from <= to).then_some(Bar {
        from,
        to,
        end: End::Known,
    })
}

fn actual_bar(project: &Project, today: Date) -> Option<Bar> {
    let start = project.reached(MilestoneKind::Start);
    let finish = project.reached(MilestoneKind::Finish);
    let from = start.or(finish)?;
    let (to, end) = match finish {
        Some(finish) => (finish, End::Known),
        None => (today.max(from), End::Open),
    };
    (from <= to).then_some(Bar { from, to, end })
}

pub fn timeline_ui(
    ui: &mut Ui,
    state: &mut TimelineState,
    listing: &mut Listing,
    filters: &mut Filters,
    input: &DeliveryInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let this_year = i32::from(input.today.year());
    let year = filters.year.unwrap_or(this_year);
    ui.horizontal_wrapped(|ui| scope_ui(ui, filters, listing, Years::One(year), language));
    // Filters of the list that are not shown here do not work here.
    let asked = Filters {
        county: filters.county.clone(),
        year: Some(year),
        ..Filters::default()
    };
    let shown = listing.shown(&asked, input);
    let count = shown.len();
    ui.label(language.text_with(
        "delivery.timeline.count",
        &[("year", &year), ("count", &count)],
    ));
    if shown.is_empty() {
        ui.weak(language.text("delivery.timeline.none"));
        return Vec::new();
    }
    legend(ui, language);
    let days = Days::of(year, shown.iter().copied());
    let marks = marks(year, input);
    axis(ui, days, &marks, language);
    let mut actions = Vec::new();
    let height = ui.text_style_height(&TextStyle::Small) + 26.0;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, height, count, |ui, range| {
            for row in &shown[range] {
                let selected = input.selection.contains(&row.estate);
                if row_ui(ui, row, height, selected, days, &marks, input) {
                    actions.extend(pick(ui, &mut state.list, row.estate, &shown));
                }
            }
        });
    actions
}

/// A day that matters, its colour and its name.
struct Mark {
    day: Date,
    color: fn(&Palette) -> Color32,
    key: &'static str,
}

fn marks(year: i32, input: &DeliveryInput<'_>) -> Vec<Mark> {
    let last = |kind| deadline(kind, year, input.catalogue);
    let days = [
        (
            last(MilestoneKind::Start),
            (|p| p.caution) as fn(&Palette) -> Color32,
            "delivery.timeline.start_by",
        ),
        (
            last(MilestoneKind::Finish),
            |p| p.finding,
            "delivery.timeline.finish_by",
        ),
        (
            Some(input.today),
            |p| p.selection,
            "delivery.timeline.today",
        ),
    ];
    let marks = days.into_iter().filter_map(|(day, color, key)| {
        Some(Mark {
            day: day?,
            color,
            key,
        })
    });
    marks.collect()
}

/// What the shapes mean; their names stand beside them.
fn legend(ui: &mut Ui, language: Language) {
    let palette = Palette::of(ui.visuals());
    ui.horizontal_wrapped(|ui| {
        for key in [
            "delivery.timeline.planned",
            "delivery.timeline.actual",
            "delivery.timeline.goes_on",
            "delivery.timeline.days",
        ] {
            let (rect, _) = ui.allocate_exact_size(vec2(18.0, 9.0), Sense::hover());
            match key {
                "delivery.timeline.planned" => outline(ui, rect),
                "delivery.timeline.days" => {
                    let fill = ui.visuals().strong_text_color();
                    diamond(ui, rect.left_center() + vec2(4.0, 0.0), 4.0, fill);
                    let at = rect.right_center() - vec2(4.0, 0.0);
                    diamond(ui, at, 4.0, Color32::TRANSPARENT);
                }
                key => {
                    let color = match key {
                        "delivery.timeline.actual" => palette.progress[2],
                        _ => palette.progress[1],
                    };
                    ui.painter().rect_filled(rect, 2.0, color);
                }
            }
            ui.label(crate::ui::signs::beneath(ui, language.text(key)));
        }
    });
}

fn outline(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(1.0, ui.visuals().text_color());
    ui.painter()
        .rect_stroke(rect, 2.0, stroke, StrokeKind::Inside);
}

/// The months, and what the lines mean.
fn axis(ui: &mut Ui, days: Days, marks: &[Mark], language: Language) {
    let small = TextStyle::Small.resolve(ui.style());
    let line = ui.text_style_height(&TextStyle::Small);
    let inside = |day: &Date| *day >= days.from && *day <= days.to;
    let named: Vec<&Mark> = marks.iter().filter(|mark| inside(&mark.day)).collect();
    let size = vec2(
        ui.available_width(),
        line * (1.0 + named.len() as f32) + 4.0,
    );
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let (painter, visuals) = (ui.painter_at(rect), ui.visuals());
    let x = |day| rect.left() + rect.width() * days.share(day);
    let mut free = rect.left();
    for month in days.months() {
        let at = x(month);
        let text = match month.month() {
            1 => format!("{}", month.year()),
            number => number.to_string(),
        };
        let color = visuals.weak_text_color();
        painter.vline(
            at,
            rect.bottom() - line..=rect.bottom(),
            Stroke::new(1.0, color.gamma_multiply(0.5)),
        );
        if at >= free {
            let at = pos2(at + 2.0, rect.bottom());
            let drawn = painter.text(at, Align2::LEFT_BOTTOM, text, small.clone(), color);
            free = drawn.right() + 2.0;
        }
    }
    let palette = Palette::of(visuals);
    let mut said = Vec::new();
    for (index, mark) in named.into_iter().enumerate() {
        let (at, top) = (x(mark.day), rect.top() + line * index as f32);
        let color = (mark.color)(palette);
        painter.vline(at, top..=rect.bottom(), Stroke::new(1.5, color));
        let text = language.text_with(mark.key, &[("day", &mark.day)]);
        // Beside the line, on the side that has room.
        let (align, shift) = match at < rect.center().x {
            true => (Align2::LEFT_TOP, 4.0),
            false => (Align2::RIGHT_TOP, -4.0),
        };
        painter.text(pos2(at + shift, top), align, &text, small.clone(), color);
        said.push(text);
    }
    let said = language.listed(&said);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, said.clone()));
}

fn row_ui(
    ui: &mut Ui,
    row: &Row,
    height: f32,
    selected: bool,
    days: Days,
    marks: &[Mark],
    input: &DeliveryInput<'_>,
) -> bool {
    let language = input.language;
    let Some(project) = row.project.as_deref() else {
        return false;
    };
    let size = vec2(ui.available_width(), height - ui.spacing().item_spacing.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let stage = stages::stage_label(language, row.stage);
    let spoken = format!("{}: {stage}", row.name);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, spoken.clone()));
    if ui.is_rect_visible(rect) {
        if selected || response.hovered() {
            let strength = if selected { 0.25 } else { 0.08 };
            let fill = Palette::of(ui.visuals()).selection.gamma_multiply(strength);
            ui.painter().rect_filled(rect, 3.0, fill);
        }
        let top = title(ui, rect, row, &stage, language);
        let bars = Rect::from_min_max(pos2(rect.left(), top + 1.0), rect.right_bottom());
        lines(ui, bars, days, marks);
        paint_bars(ui, bars, project, days, input.today);
    }
    let response = response.on_hover_ui_at_pointer(|ui| {
        ui.strong(&row.name);
        ui.label(stage.as_ref());
        for line in words::milestone_lines(language, project) {
            ui.label(line);
        }
        late_lines(ui, row, language);
    });
    response.clicked()
}

fn lines(ui: &Ui, rect: Rect, days: Days, marks: &[Mark]) {
    let palette = Palette::of(ui.visuals());
    for mark in marks
        .iter()
        .filter(|mark| mark.day >= days.from && mark.day <= days.to)
    {
        let at = rect.left() + rect.width() * days.share(mark.day);
        let stroke = Stroke::new(1.0, (mark.color)(palette).gamma_multiply(0.7));
        ui.painter().vline(at, rect.y_range(), stroke);
    }
}

/// Name and stage, or how late it is; returns where the bars may begin.
fn title(ui: &Ui, rect: Rect, row: &Row, stage: &str, language: Language) -> f32 {
    let small = TextStyle::Small.resolve(ui.style());
    let visuals = ui.visuals();
    let overdue = row.late.iter().filter(|late| late.is_overdue());
    let worst = overdue.max_by_key(|late| late.days());
    let (text, color) = match worst {
        Some(late) => (
            format!("{} {}", icons::WARNING, words::late_short(language, late)),
            Palette::of(visuals).finding,
        ),
        None => (stage.to_owned(), visuals.weak_text_color()),
    };
    let painter = ui.painter();
    let at = rect.right_top() - vec2(2.0, 0.0);
    let right = painter.text(at, Align2::RIGHT_TOP, text, small.clone(), color);
    let room = rect.with_max_x(right.left() - 6.0);
    let painter = painter.with_clip_rect(room.intersect(painter.clip_rect()));
    let at = rect.left_top() + vec2(2.0, 0.0);
    let strong = visuals.strong_text_color();
    let drawn = painter.text(at, Align2::LEFT_TOP, &row.name, small, strong);
    drawn.bottom()
}

fn paint_bars(ui: &Ui, rect: Rect, project: &Project, days: Days, today: Date) {
    let palette = Palette::of(ui.visuals());
    let half = rect.height() / 2.0;
    let place = |bar: Bar, lane: f32| {
        let x = |day| rect.left() + rect.width() * days.share(day);
        let top = rect.top() + lane * half;
        let right = x(bar.to).max(x(bar.from) + 3.0);
        Rect::from_min_max(pos2(x(bar.from), top + 1.0), pos2(right, top + half - 1.0))
    };
    if let Some(bar) = planned_bar(project) {
        outline(ui, place(bar, 0.0));
    }
    if let Some(bar) = actual_bar(project, today) {
        let rect = place(bar, 1.0);
        let color = match bar.end {
            End::Known => palette.progress[2],
            End::Open => palette.progress[1],
        };
        ui.painter().rect_filled(rect, 2.0, color);
    }
    let center = |day: Date, lane: f32| {
        let x = rect.left() + rect.width() * days.share(day);
        pos2(x, rect.top() + half * (lane + 0.5))
    };
    for kind in [MilestoneKind::Approval, MilestoneKind::Acceptance] {
        if let Some(day) = project.meant_for(kind) {
            diamond(ui, center(day, 0.0), half / 2.0 - 1.0, Color32::TRANSPARENT);
        }
        if let Some(day) = project.reached(kind) {
            let fill = ui.visuals().strong_text_color();
            diamond(ui, center(day, 1.0), half / 2.0 - 1.0, fill);
        }
    }
}

/// Approval and acceptance are days, not stretches.
fn diamond(ui: &Ui, at: egui::Pos2, size: f32, fill: Color32) {
    let corners = [
        at - vec2(0.0, size),
        at + vec2(size, 0.0),
        at + vec2(0.0, size),
        at - vec2(size, 0.0),
    ];
    let stroke = Stroke::new(1.0, ui.visuals().strong_text_color());
    let shape = egui::Shape::convex_polygon(corners.to_vec(), fill, stroke);
    ui.painter().add(shape);
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
