//! The charts below the map. A click on a bar or a mark selects its estates; what is selected is
//! outlined in every chart.

use super::figures::{Bar, Figures, GAP_LAYERS, SCORE_BIN, What};
use super::{PlannerInput, PlannerState};
use crate::model::{Batch, EstateId, FundingStatus, Severity};
use crate::ui::action::{Action, Selection};
use crate::ui::signs;
use crate::ui::theme::Palette;
use crate::words::Language;
use crate::words::fields::{coded_label, item_label, severity_label};
use egui::{Color32, Rangef, RichText, Stroke, TextStyle, Ui, WidgetInfo, vec2};
use egui_plot::{AxisHints, Bar as PlotBar, BarChart, GridMark, LineStyle, Plot, PlotPoint, VLine};
use std::collections::BTreeSet;

#[derive(Default)]
pub struct ChartsState {
    shown: Chart,
    /// Of which chart, ranking and county.
    of: Option<(Chart, u64, Option<String>)>,
    figures: Figures,
    selection: Vec<EstateId>,
    selected: BTreeSet<EstateId>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chart {
    #[default]
    Scores,
    Years,
    Gaps,
    Willingness,
    Funding,
    Progress,
}

impl Chart {
    pub const ALL: [Self; 6] = [
        Self::Scores,
        Self::Years,
        Self::Gaps,
        Self::Willingness,
        Self::Funding,
        Self::Progress,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Scores => "planner.chart.scores",
            Self::Years => "planner.chart.years",
            Self::Gaps => "planner.chart.gaps",
            Self::Willingness => "planner.chart.willingness",
            Self::Funding => "planner.chart.funding",
            Self::Progress => "planner.chart.progress",
        }
    }
}

pub fn charts_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) -> Vec<Action> {
    let language = input.language;
    let Some(ranking) = &state.ranking else {
        return Vec::new();
    };
    let charts = &mut state.charts;
    choose_ui(ui, &mut charts.shown, language);
    let shown = charts.shown;
    let of = Some((shown, ranking.changes(), state.wanted.county.clone()));
    if charts.of != of {
        let (county, items) = (state.wanted.county.as_deref(), &input.catalogue.items);
        charts.figures = Figures::of(shown, ranking, input.survey, items, county);
        charts.of = of;
    }
    if charts.selection != input.selection {
        charts.selection = input.selection.to_vec();
        charts.selected = input.selection.iter().copied().collect();
    }
    let drawing = Drawing {
        input,
        palette: Palette::of(ui.visuals()),
        selected: &charts.selected,
    };
    let figures = &charts.figures;
    let estates = match shown {
        Chart::Scores => drawing.bars(ui, Chart::Scores, &figures.scores, figures.cut),
        Chart::Years => drawing.bars(ui, Chart::Years, &figures.years, None),
        Chart::Gaps => drawing.bars(ui, Chart::Gaps, &figures.gaps, None),
        Chart::Funding => drawing.bars(ui, Chart::Funding, &figures.funding, None),
        Chart::Willingness => drawing.scatter(ui, &figures.scatter),
        Chart::Progress => drawing.progress(ui, figures),
    };
    let these = estates.map(|estates| Action::Select(Selection::These(estates)));
    these.into_iter().collect()
}

/// Side by side where there is room, else as a list.
fn choose_ui(ui: &mut Ui, shown: &mut Chart, language: Language) {
    const ROOM: f32 = 360.0;
    let text = language.text(shown.key());
    let all = |ui: &mut Ui| {
        for chart in Chart::ALL {
            ui.selectable_value(shown, chart, language.text(chart.key()));
        }
    };
    if ui.available_width() >= ROOM {
        ui.horizontal_wrapped(all);
        return;
    }
    let name = language.text("planner.charts");
    let combo = egui::ComboBox::from_id_salt("plan chart").selected_text(text);
    combo.show_ui(ui, all).response.accessible_name(name);
}

pub struct Drawing<'a> {
    pub input: &'a PlannerInput<'a>,
    pub palette: &'a Palette,
    pub selected: &'a BTreeSet<EstateId>,
}

impl Drawing<'_> {
    pub fn language(&self) -> Language {
        self.input.language
    }

    /// A plot that is looked at, not moved: it shows everything.
    pub fn plot<'p>(&self, chart: Chart) -> Plot<'p> {
        Plot::new(("plan chart", chart.key()))
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .set_margin_fraction(vec2(0.02, 0.06))
            .show_crosshair(false)
            .label_formatter(|_| None)
    }

    /// Draws bars side by side; returns the estates of the stretch that was clicked.
    fn bars(
        &self,
        ui: &mut Ui,
        chart: Chart,
        bars: &[Bar],
        cut: Option<f64>,
    ) -> Option<Vec<EstateId>> {
        let language = self.language();
        if bars.is_empty() {
            ui.weak(language.text("planner.chart.nothing"));
            return None;
        }
        self.legend(ui, chart, bars);
        let step = label_step(ui, bars, language);
        let titles: Vec<String> = bars.iter().map(|bar| title(bar.what, language)).collect();
        let axis = move |mark: GridMark, _: &std::ops::RangeInclusive<f64>| {
            let at = mark.value.round();
            match (mark.value - at).abs() < 1e-6 && at >= 0.0 {
                true => titles.get(at as usize).cloned().unwrap_or_default(),
                false => String::new(),
            }
        };
        let plot = self
            .plot(chart)
            .include_y(0.0)
            .include_x(-0.6)
            .include_x(bars.len() as f64 - 0.4)
            .show_grid([false, true])
            .custom_x_axes(vec![x_axis().formatter(axis)])
            .x_grid_spacer(move |input| {
                // One label a bar, as far as they have room.
                let (_, to) = input.bounds;
                let steps = 0..=(to / step).max(0.0) as i32;
                let mark = |n: i32| GridMark {
                    value: f64::from(n) * step,
                    step_size: step,
                };
                steps.map(mark).collect()
            });
        let shown = plot.show(ui, |plot| {
            let mut below = vec![0.0; bars.len()];
            let layers = bars.iter().map(|bar| bar.layers.len()).max().unwrap_or(0);
            for layer in 0..layers {
                let name = self.layer_name(chart, layer);
                let drawn = bars.iter().enumerate().filter_map(|(at, bar)| {
                    let found = bar.layers.get(layer)?;
                    let color = self.color(chart, bar.what, layer);
                    let drawn = PlotBar::new(at as f64, found.height)
                        .width(0.8)
                        .base_offset(below[at])
                        .fill(color)
                        .stroke(self.edge(&found.estates));
                    below[at] += found.height;
                    Some(drawn)
                });
                let drawn: Vec<_> = drawn.collect();
                let color = self.color(chart, bars[0].what, layer);
                plot.bar_chart(BarChart::new(name, drawn).color(color).allow_hover(false));
            }
            if let Some(cut) = cut {
                let name = language.text("planner.chart.cut");
                let at = cut / f64::from(SCORE_BIN) - 0.5;
                let line = VLine::new(name, at).color(self.palette.chosen).width(2.0);
                plot.vline(line.style(LineStyle::dashed_dense()));
            }
            plot.pointer_coordinate()
        });
        let response = shown.response;
        let found = shown.inner.and_then(|at| stretch_at(bars, at));
        let spoken = self.spoken(chart, bars);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &spoken));
        let is_clicked = response.clicked();
        if let Some((bar, layer)) = found {
            let stretch = &bars[bar].layers[layer];
            let text = format!(
                "{}\n{} {}\n{}",
                long_title(bars[bar].what, self.input),
                self.layer_name(chart, layer),
                self.amount(chart, stretch.height),
                language.text("planner.chart.click"),
            );
            response.on_hover_text_at_pointer(text);
        }
        let (bar, layer) = found.filter(|_| is_clicked)?;
        Some(bars[bar].layers[layer].estates.clone())
    }

    /// What the layers are, above the bars: over them it would hide some.
    fn legend(&self, ui: &mut Ui, chart: Chart, bars: &[Bar]) {
        let layers = bars.iter().map(|bar| bar.layers.len()).max().unwrap_or(0);
        if layers < 2 {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            for layer in 0..layers {
                let color = self.color(chart, bars[0].what, layer);
                swatch(ui, color, "■", &self.layer_name(chart, layer), self.palette);
            }
        });
    }

    /// What a chart says to those who do not see it.
    fn spoken(&self, chart: Chart, bars: &[Bar]) -> String {
        let language = self.language();
        let filled = bars
            .iter()
            .filter(|bar| bar.layers.iter().any(|layer| layer.height > 0.0));
        let values = filled.map(|bar| {
            let sum: f64 = bar.layers.iter().map(|layer| layer.height).sum();
            format!("{} {}", title(bar.what, language), self.amount(chart, sum))
        });
        let values: Vec<_> = values.collect();
        format!("{}: {}", language.text(chart.key()), values.join(" · "))
    }

    fn amount(&self, chart: Chart, height: f64) -> String {
        let language = self.language();
        match chart {
            Chart::Funding => {
                let amount = crate::model::Yuan::from_wan(height).unwrap_or_default();
                crate::words::planning::money_text(language, amount)
            }
            _ => {
                let count = height as u64;
                language.text_with("planner.chart.estates", &[("count", &count)])
            }
        }
    }

    fn layer_name(&self, chart: Chart, layer: usize) -> String {
        let language = self.language();
        match (chart, layer) {
            (Chart::Gaps, layer) => {
                severity_label(language, GAP_LAYERS.get(layer).copied()).into_owned()
            }
            (Chart::Scores, 0) => coded_label(language, Batch::Implement).into_owned(),
            (Chart::Scores, _) => language.text("planner.chart.others").into_owned(),
            (Chart::Funding, 0) => coded_label(language, FundingStatus::Received).into_owned(),
            (Chart::Funding, 1) => coded_label(language, FundingStatus::Committed).into_owned(),
            (Chart::Funding, _) => coded_label(language, FundingStatus::Intended).into_owned(),
            _ => language.text("planner.chart.estates_axis").into_owned(),
        }
    }

    fn color(&self, chart: Chart, what: What, layer: usize) -> Color32 {
        let palette = self.palette;
        match (chart, what) {
            (Chart::Years, What::Built(band)) => palette.year_bands[band as usize],
            (Chart::Years, _) => palette.not_surveyed,
            (Chart::Gaps, _) => palette.severity(Some(
                GAP_LAYERS.get(layer).copied().unwrap_or(Severity::Missing),
            )),
            (Chart::Scores, _) if layer == 0 => palette.batch(Batch::Implement),
            (Chart::Scores, _) => palette.batch(Batch::Planned),
            (_, _) => palette.ramps[1][4 - layer.min(3)],
        }
    }

    /// Thick where something of it is selected.
    fn edge(&self, estates: &[EstateId]) -> Stroke {
        match estates.iter().any(|estate| self.selected.contains(estate)) {
            true => Stroke::new(2.5, self.palette.selection),
            false => Stroke::new(0.5, self.palette.outline),
        }
    }
}

/// A coloured sign and what it stands for.
pub fn swatch(ui: &mut Ui, color: Color32, sign: &str, name: &str, palette: &Palette) {
    ui.spacing_mut().item_spacing.x = 4.0;
    // The lightest of them need an edge on a light ground.
    let sign = RichText::new(sign)
        .color(color)
        .background_color(palette.float);
    ui.label(sign);
    ui.label(signs::beneath(ui, name));
    ui.add_space(6.0);
}

/// Labels that stand as near one another as they are asked for.
pub fn x_axis<'a>() -> AxisHints<'a> {
    AxisHints::new_x().label_spacing(Rangef::new(4.0, 8.0))
}

/// How many bars share a label.
fn label_step(ui: &Ui, bars: &[Bar], language: Language) -> f64 {
    let font = TextStyle::Body.resolve(ui.style());
    let width = |bar: &Bar| {
        let text = title(bar.what, language);
        let galley = ui
            .painter()
            .layout_no_wrap(text, font.clone(), Color32::PLACEHOLDER);
        galley.size().x
    };
    let widest = bars.iter().map(width).fold(0.0, f32::max) + 8.0;
    let room = (ui.available_width() - 40.0).max(60.0) / bars.len() as f32;
    f64::from((widest / room).ceil().max(1.0))
}

/// The bar and its layer at a place of the plot; above a bar its uppermost.
fn stretch_at(bars: &[Bar], at: PlotPoint) -> Option<(usize, usize)> {
    let bar = at.x.round();
    if bar < 0.0 || (at.x - bar).abs() > 0.4 || at.y < 0.0 {
        return None;
    }
    let layers = &bars.get(bar as usize)?.layers;
    let mut top = 0.0;
    for (layer, stretch) in layers.iter().enumerate() {
        top += stretch.height;
        if at.y <= top && stretch.height > 0.0 {
            return Some((bar as usize, layer));
        }
    }
    // A bar of one in a chart of hundreds is a line: its column is the bar.
    let last = layers.iter().rposition(|stretch| stretch.height > 0.0)?;
    Some((bar as usize, last))
}

/// As short as an axis needs it.
pub fn title(what: What, language: Language) -> String {
    match what {
        What::YearUnknown => "？".to_owned(),
        What::Built(band) => crate::ui::map::Class::Built(band).sign().to_owned(),
        What::Item(code) => code.to_string(),
        What::Scores(from) => from.to_string(),
        What::Source(source) => coded_label(language, source).into_owned(),
        What::Month(at) => {
            let (year, month) = (at.div_euclid(12), at.rem_euclid(12) + 1);
            match year {
                0 => language.text_with("planner.chart.month", &[("month", &month)]),
                year => {
                    let values: [(&str, &dyn std::fmt::Display); 2] =
                        [("month", &month), ("year", &format!("{year:+}"))];
                    language.text_with("planner.chart.month_of", &values)
                }
            }
        }
    }
}

fn long_title(what: What, input: &PlannerInput<'_>) -> String {
    let language = input.language;
    match what {
        What::YearUnknown => language.text("map.class.unknown").into_owned(),
        What::Built(band) => crate::ui::map::Class::Built(band)
            .word(language)
            .into_owned(),
        What::Item(code) => match input.catalogue.items.get(code) {
            Some(item) => format!("{code} {}", item_label(language, item)),
            None => code.to_string(),
        },
        What::Scores(from) => {
            let to = from + SCORE_BIN;
            let ends: [(&str, &dyn std::fmt::Display); 2] = [("from", &from), ("to", &to)];
            language.text_with("planner.class.score", &ends)
        }
        what => title(what, language),
    }
}
