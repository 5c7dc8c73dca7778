//! The charts of marks and lines: willingness against need, and progress by month.

use super::charts::{Chart, Drawing, swatch, title, x_axis};
use super::figures::{Figures, Mark, NOT_ASKED, Progress, What};
use crate::model::{Batch, EstateId, MilestoneKind};
use crate::words::fields::coded_label;
use egui::{Color32, Ui, WidgetInfo};
use egui_plot::{GridMark, Line, LineStyle, MarkerShape, PlotPoint, PlotPoints, PlotUi, Points};

impl Drawing<'_> {
    pub fn scatter(&self, ui: &mut Ui, marks: &[Mark]) -> Option<Vec<EstateId>> {
        let language = self.language();
        ui.horizontal_wrapped(|ui| {
            for (key, batch, sign) in [
                ("planner.chart.others", Batch::Planned, "●"),
                ("planner.chart.taken", Batch::Implement, "◆"),
            ] {
                let color = self.palette.batch(batch);
                swatch(ui, color, sign, &language.text(key), self.palette);
            }
        });
        let axis = |mark: GridMark, _: &std::ops::RangeInclusive<f64>| match mark.value {
            value if value < 0.0 => String::new(),
            value => format!("{value:.0}"),
        };
        let plot = self
            .plot(Chart::Willingness)
            .include_x(-3.0)
            .include_x(103.0)
            .include_y(NOT_ASKED - 4.0)
            .include_y(106.0)
            .x_axis_label(language.text("planner.chart.need"))
            .y_axis_label(language.text("planner.chart.willing"))
            .y_axis_formatter(axis);
        let shown = plot.show(ui, |plot| {
            for (name, is_in, color, shape) in [
                (
                    "planner.chart.others",
                    false,
                    Batch::Planned,
                    MarkerShape::Circle,
                ),
                (
                    "planner.chart.taken",
                    true,
                    Batch::Implement,
                    MarkerShape::Diamond,
                ),
            ] {
                let name = language.text(name);
                for mark in marks.iter().filter(|mark| (mark.implemented > 0) == is_in) {
                    let points = Points::new(name.to_string(), vec![mark.at])
                        .id((name.as_ref(), mark.at.map(f64::to_bits)))
                        .radius(radius(mark))
                        .shape(shape)
                        .color(self.palette.batch(color));
                    plot.points(points.allow_hover(false));
                }
            }
            self.selected_marks(plot, marks);
            let near = |at: PlotPoint| nearest(plot, marks, at);
            plot.pointer_coordinate().and_then(near)
        });
        let response = shown.response;
        let name = language.text(Chart::Willingness.key()).into_owned();
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
        let is_clicked = response.clicked();
        if let Some(mark) = shown.inner {
            let values: [(&str, &dyn std::fmt::Display); 1] = [("count", &mark.estates.len())];
            let text = language.text_with("planner.chart.estates", &values);
            let click = language.text("planner.chart.click");
            response.on_hover_text_at_pointer(format!("{text}\n{click}"));
        }
        shown
            .inner
            .filter(|_| is_clicked)
            .map(|mark| mark.estates.clone())
    }

    fn selected_marks(&self, plot: &mut PlotUi<'_>, marks: &[Mark]) {
        let is_selected = |mark: &&Mark| {
            mark.estates
                .iter()
                .any(|estate| self.selected.contains(estate))
        };
        for mark in marks.iter().filter(is_selected) {
            let ring = Points::new("", vec![mark.at])
                .id(("selected", mark.at.map(f64::to_bits)))
                .radius(radius(mark) + 3.0)
                .filled(false)
                .shape(MarkerShape::Circle)
                .color(self.palette.selection);
            plot.points(ring.allow_hover(false));
        }
    }

    pub fn progress(&self, ui: &mut Ui, figures: &Figures) -> Option<Vec<EstateId>> {
        let language = self.language();
        if figures.progress.is_empty() {
            ui.weak(language.text("planner.chart.no_progress"));
            return None;
        }
        ui.horizontal_wrapped(|ui| {
            for line in &figures.progress {
                let sign = match line.actual {
                    true => "━",
                    false => "┅",
                };
                swatch(
                    ui,
                    self.line_color(line),
                    sign,
                    &self.line_name(line),
                    self.palette,
                );
            }
        });
        let month = move |mark: GridMark, _: &std::ops::RangeInclusive<f64>| {
            let at = mark.value.round();
            match (mark.value - at).abs() < 1e-6 {
                true => title(What::Month(at as i32), language),
                false => String::new(),
            }
        };
        let plot = self
            .plot(Chart::Progress)
            .include_y(0.0)
            .custom_x_axes(vec![x_axis().formatter(month)])
            .x_grid_spacer(|input| {
                let (from, to) = input.bounds;
                let step = ((to - from) / 8.0).ceil().max(1.0);
                let months = (from.ceil() as i32..=to.floor() as i32).step_by(step as usize);
                let mark = |month: i32| GridMark {
                    value: f64::from(month),
                    step_size: step,
                };
                months.map(mark).collect()
            });
        let shown = plot.show(ui, |plot| {
            for line in &figures.progress {
                let (name, color) = (self.line_name(line), self.line_color(line));
                let points: Vec<[f64; 2]> = line
                    .months
                    .iter()
                    .map(|(at, ids)| [f64::from(*at), ids.len() as f64])
                    .collect();
                let drawn = Line::new(name.clone(), PlotPoints::from(points.clone()))
                    .color(color)
                    .width(2.0)
                    .style(match line.actual {
                        true => LineStyle::Solid,
                        false => LineStyle::dashed_loose(),
                    });
                plot.line(drawn.allow_hover(false));
                plot.points(
                    Points::new(name, points)
                        .radius(3.5)
                        .color(color)
                        .allow_hover(false),
                );
            }
            let at = plot.pointer_coordinate()?;
            let reached = |line: &Progress| -> Option<(f64, Vec<EstateId>)> {
                let (month, ids) = line
                    .months
                    .iter()
                    .rev()
                    .find(|(month, _)| f64::from(*month) <= at.x + 0.5)?;
                let mark = PlotPoint::new(f64::from(*month), ids.len() as f64);
                let distance = plot
                    .screen_from_plot(mark)
                    .distance(plot.screen_from_plot(at));
                Some((f64::from(distance), ids.clone()))
            };
            let lines = figures.progress.iter().filter_map(reached);
            let near = lines.filter(|(distance, _)| *distance < 16.0);
            near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, ids)| ids)
        });
        let response = shown.response;
        let name = language.text(Chart::Progress.key()).into_owned();
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
        shown.inner.filter(|_| response.clicked())
    }
}

impl Drawing<'_> {
    fn line_name(&self, line: &Progress) -> String {
        let how = match line.actual {
            true => "planner.chart.actual",
            false => "planner.chart.planned",
        };
        let kind = coded_label(self.language(), line.kind);
        let values: [(&str, &dyn std::fmt::Display); 1] = [("kind", &kind)];
        self.language().text_with(how, &values)
    }

    fn line_color(&self, line: &Progress) -> Color32 {
        match line.kind {
            MilestoneKind::Start => self.palette.willingness[1],
            _ => self.palette.progress[2],
        }
    }
}

/// The area of a mark grows with its estates.
fn radius(mark: &Mark) -> f32 {
    (2.5 + (mark.estates.len() as f32).sqrt()).min(12.0)
}

/// The mark under the pointer.
fn nearest<'m>(plot: &PlotUi<'_>, marks: &'m [Mark], at: PlotPoint) -> Option<&'m Mark> {
    let pointer = plot.screen_from_plot(at);
    let distance = |mark: &Mark| {
        let [x, y] = mark.at;
        plot.screen_from_plot(PlotPoint::new(x, y))
            .distance(pointer)
    };
    let reached = marks
        .iter()
        .filter(|mark| distance(mark) <= radius(mark) + 3.0);
    reached.min_by(|a, b| distance(a).total_cmp(&distance(b)))
}
