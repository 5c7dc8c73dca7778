//! Where the money comes from (四(三)): a line a sum, what they come to, and what is missing.

use super::Page;
use super::parts::{choose, of, remove_button, sign_button};
use super::text::{Look, caution_line, problem_line, problems, text_box};
use crate::model::{Coded, FundingLine, FundingSource, ProjectPart, Yuan};
use crate::rules::funding::{FundingSums, sums};
use crate::ui::delivery::change::ProjectChange;
use crate::ui::delivery::slot::{FundingText, Lines, Slot};
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::words::{Language, fields, projects as words};
use egui::{ComboBox, Sense, Ui, vec2};

const SOURCE_WIDTH: f32 = 112.0;
const AMOUNT_WIDTH: f32 = 96.0;
const BAR_HEIGHT: f32 = 14.0;

pub fn section(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let sums = sums(page.project);
    let told = words::funding_told(language, &sums);
    let head = (icons::MONEY, "delivery.funding.title");
    page.section(ui, ProjectPart::Funding, head, &told, |ui, page| {
        let project = page.project;
        for (index, line) in project.funding.iter().enumerate() {
            ui.push_id(("funding", index), |ui| line_ui(ui, page, index, line));
        }
        new_line_ui(ui, page);
        if !project.funding.is_empty() || sums.cost.is_some() {
            sums_ui(ui, page, &sums);
        }
    });
}

fn line_ui(ui: &mut Ui, page: &mut Page<'_>, index: usize, line: &FundingLine) {
    let language = page.language();
    let source = fields::coded_label(language, line.source);
    // Two lines may have one source: the number tells them apart.
    let name = format!("{} {source}", index + 1);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let spoken = of(language, &name, &language.text("delivery.funding.source"));
        let chosen = choose(ui, index, &spoken, line.source, SOURCE_WIDTH, language);
        if let Some(source) = chosen {
            page.change(ProjectChange::Source(index, source));
        }
        let wan = language.text("delivery.wan");
        let look = Look {
            width: AMOUNT_WIDTH,
            hint: "",
            suffix: &wan,
        };
        let spoken = of(language, &name, &language.text("delivery.funding.amount"));
        let slot = Slot::Funding(index, FundingText::Amount);
        text_box(ui, page, slot, &spoken, look);
        let spoken = of(language, &name, &language.text("delivery.funding.status"));
        let chosen = choose(ui, index, &spoken, line.status, 62.0, language);
        if let Some(status) = chosen {
            page.change(ProjectChange::Status(index, status));
        }
        let spoken = of(language, &name, &language.text("delivery.funding.add_note"));
        if !page.shows_note(index, line) && sign_button(ui, icons::NOTE, &spoken) {
            page.state.noted = Some((page.estate.id, index));
        }
        if remove_button(ui, language, &name) {
            page.change(ProjectChange::Remove(Lines::Funding, index));
        }
    });
    if page.shows_note(index, line) {
        let hint = language.text("delivery.funding.note");
        let look = Look {
            width: ui.available_width() - 8.0,
            hint: &hint,
            suffix: "",
        };
        let spoken = of(language, &name, &hint);
        let slot = Slot::Funding(index, FundingText::Note);
        text_box(ui, page, slot, &spoken, look);
    }
    problems(ui, page, &[Slot::Funding(index, FundingText::Amount)]);
}

/// The blank line: an amount typed here is a line of the source beside it.
fn new_line_ui(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let source = page.state.new_source.unwrap_or(FundingSource::LocalFiscal);
    let slot = Slot::NewFunding(source);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        ui.label(icons::PLUS);
        let mut chosen = source;
        let name = language.text("delivery.funding.new_source");
        let combo = ComboBox::from_id_salt("new source")
            .selected_text(fields::coded_label(language, source))
            .width(SOURCE_WIDTH)
            .height(420.0);
        let shown = combo.show_ui(ui, |ui| {
            for one in FundingSource::ALL {
                let label = fields::coded_label(language, *one);
                ui.selectable_value(&mut chosen, *one, label);
            }
        });
        shown.response.accessible_name(name.as_ref());
        let (wan, hint) = (
            language.text("delivery.wan"),
            language.text("delivery.funding.amount"),
        );
        let look = Look {
            width: AMOUNT_WIDTH,
            hint: &hint,
            suffix: &wan,
        };
        let name = language.text("delivery.funding.new_amount");
        text_box(ui, page, slot, &name, look);
        if chosen != source {
            page.choose_new_source(source, chosen);
        }
    });
    problems(ui, page, &[slot]);
}

impl Page<'_> {
    /// Most lines need no note; one that has none shows its box once it is asked for.
    fn shows_note(&self, index: usize, line: &FundingLine) -> bool {
        let slot = Slot::Funding(index, FundingText::Note);
        !line.note.is_empty()
            || self.state.noted == Some((self.estate.id, index))
            || self.state.drafts.get(self.estate.id, slot).is_some()
    }

    /// What was typed before the source was chosen is meant for the chosen one.
    fn choose_new_source(&mut self, from: FundingSource, to: FundingSource) {
        self.state.new_source = Some(to);
        let drafts = &mut self.state.drafts;
        let old = Slot::NewFunding(from);
        let typed = drafts
            .get(self.estate.id, old)
            .map(|draft| draft.text.clone());
        drafts.remove(self.estate.id, old);
        if let Some(text) = typed {
            drafts.insert(self.estate.id, Slot::NewFunding(to), text);
        }
    }
}

fn sums_ui(ui: &mut Ui, page: &Page<'_>, sums: &FundingSums) {
    let language = page.language();
    share_bar(ui, sums, language);
    ui.label(words::funding_by_status(language, sums));
    ui.label(words::funding_by_source(language, sums));
    match sums.missing {
        None => caution_line(ui, &language.text("delivery.funding.cost_open")),
        Some(Yuan::ZERO) => {
            let text = language.text("delivery.funding.covered");
            ui.label(format!("{} {text}", icons::CHECK_CIRCLE));
        }
        Some(missing) => {
            let text = language.text_with("delivery.funding.missing", &[("missing", &missing)]);
            problem_line(ui, &text);
        }
    }
}

/// Received, committed and intended money beside the cost, each with its own pattern: full, half
/// filled, outline.
fn share_bar(ui: &mut Ui, sums: &FundingSums, language: Language) {
    let whole = sums.cost.unwrap_or_default().max(sums.total());
    if whole == Yuan::ZERO {
        return;
    }
    let size = vec2(ui.available_width() - 8.0, BAR_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let palette = Palette::of(ui.visuals());
    let painter = ui.painter();
    painter.rect_filled(rect, 2.0, palette.not_surveyed.gamma_multiply(0.2));
    let mut left = rect.left();
    for (sum, fill) in [
        (sums.received, palette.progress[2]),
        (sums.committed, palette.progress[1]),
        (sums.intended, palette.progress[0]),
    ] {
        let width = rect.width() * (sum.0 as f64 / whole.0 as f64) as f32;
        let part =
            egui::Rect::from_min_size(egui::pos2(left, rect.top()), vec2(width, rect.height()));
        painter.rect_filled(part, 0.0, fill);
        let color = Palette::ink_on(fill);
        if width > 44.0 {
            let font = egui::TextStyle::Small.resolve(ui.style());
            let center = egui::Align2::CENTER_CENTER;
            painter.text(part.center(), center, sum.to_string(), font, color);
        }
        left += width;
    }
    painter.rect_stroke(
        rect,
        2.0,
        ui.visuals().widgets.noninteractive.bg_stroke,
        egui::StrokeKind::Inside,
    );
    let text = words::funding_by_status(language, sums);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, text.clone()));
    response.on_hover_text(text);
}
