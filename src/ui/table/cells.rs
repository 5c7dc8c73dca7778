//! What stands in a cell. Cells are painted, not labels: the row carries one name for all of them.

use super::TableInput;
use crate::catalogue::Utility;
use crate::model::{Estate, ListColumn, Severity};
use crate::rules::checks::Gravity;
use crate::search::RecordState;
use crate::ui::{cell_text, icons, signs};
use crate::words::fields;
use crate::words::search::{communities, origin_text};
use egui::{Align2, Color32, TextStyle, Ui};

/// One record of the list.
pub struct Cells<'a, 'i> {
    pub input: &'a TableInput<'i>,
    pub estate: &'a Estate,
    pub name: &'a str,
    pub state: RecordState,
}

impl Cells<'_, '_> {
    pub fn paint(&self, ui: &Ui, column: ListColumn) {
        let (input, estate) = (self.input, self.estate);
        let language = input.language;
        let utility = |utility| input.items.utility_severity(estate, utility);
        match column {
            ListColumn::State => state_cell(ui, self.state),
            ListColumn::Name => self.name_cell(ui),
            ListColumn::Year => number(ui, &year_text(estate)),
            ListColumn::Households => count(ui, estate.households),
            ListColumn::FloorArea => {
                number(ui, &known(estate.floor_area_m2.map(fields::area_figure)));
            }
            ListColumn::Buildings => count(ui, estate.buildings),
            ListColumn::Address => text(ui, &known(filled(&estate.address))),
            ListColumn::Community => {
                let names = communities(language, estate);
                text(ui, &known(filled(&names)));
            }
            ListColumn::WorstEssential => {
                severity_cell(ui, input.items.worst_essential(estate));
            }
            ListColumn::Water => severity_cell(ui, utility(Utility::Water)),
            ListColumn::Power => severity_cell(ui, utility(Utility::Power)),
            ListColumn::Road => severity_cell(ui, utility(Utility::Road)),
            ListColumn::Gas => severity_cell(ui, utility(Utility::Gas)),
            ListColumn::Willingness => {
                let level = estate.willingness;
                let word = level.map(|level| fields::coded_label(language, level).into_owned());
                cell(ui, &known(word), Align2::CENTER_CENTER);
            }
            ListColumn::Issues => issues_cell(ui, (input.issue_counts)(estate.id)),
            // Not having these is no gap in the survey.
            ListColumn::LibNo => text(ui, estate.lib_no.as_deref().unwrap_or_default()),
            ListColumn::Origin => {
                text(ui, &origin_text(input.survey, estate).unwrap_or_default());
            }
            ListColumn::LastChange => text(ui, &self.last_change()),
        }
    }

    fn name_cell(&self, ui: &Ui) {
        let color = match self.estate.standing.is_counted() && !self.estate.name.is_empty() {
            true => ui.visuals().text_color(),
            false => ui.visuals().weak_text_color(),
        };
        paint(ui, self.name, Align2::LEFT_CENTER, color);
    }

    /// Day, time and author.
    fn last_change(&self) -> String {
        let Some(last) = (self.input.last_change)(self.estate.id) else {
            return String::new();
        };
        let local = last.at.to_zoned_datetime(jiff::tz::TimeZone::system());
        format!("{} {}", local.strftime("%m-%d %H:%M"), last.author)
    }
}

/// "Not surveyed" in a narrow column.
const UNKNOWN: &str = "?";

fn known(text: Option<String>) -> String {
    text.unwrap_or_else(|| UNKNOWN.to_owned())
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn year_text(estate: &Estate) -> String {
    match (estate.build_year, estate.year_min, estate.year_max) {
        (Some(year), _, _) => year.to_string(),
        (None, Some(min), Some(max)) => format!("{min}–{:02}", max.rem_euclid(100)),
        (None, Some(min), None) => format!("≥{min}"),
        (None, None, Some(max)) => format!("≤{max}"),
        (None, None, None) => UNKNOWN.to_owned(),
    }
}

fn count(ui: &Ui, count: Option<u32>) {
    let figure = count.map(|count| fields::with_separators(u64::from(count)));
    number(ui, &known(figure));
}

fn number(ui: &Ui, text: &str) {
    cell(ui, text, Align2::RIGHT_CENTER);
}

fn text(ui: &Ui, text: &str) {
    cell(ui, text, Align2::LEFT_CENTER);
}

fn cell(ui: &Ui, text: &str, align: Align2) {
    let color = match text == UNKNOWN {
        true => ui.visuals().weak_text_color(),
        false => ui.visuals().text_color(),
    };
    paint(ui, text, align, color);
}

fn paint(ui: &Ui, text: &str, align: Align2, color: Color32) {
    cell_text::paint(ui, ui.max_rect(), text, align, color);
}

fn state_cell(ui: &Ui, state: RecordState) {
    let (sign, color) = match state {
        RecordState::WaitsForBoundary => ("○", signs::gravity_colour(ui.visuals(), Gravity::Warns)),
        RecordState::Unfinished => ("◐", ui.visuals().text_color()),
        RecordState::Complete => ("●", ui.visuals().text_color()),
        RecordState::Merged => (icons::MERGE, ui.visuals().weak_text_color()),
        RecordState::PartOf => (icons::INTERSECT, ui.visuals().weak_text_color()),
        RecordState::Withdrawn => (icons::PROHIBIT, ui.visuals().weak_text_color()),
    };
    paint(ui, sign, Align2::CENTER_CENTER, color);
}

fn severity_cell(ui: &Ui, severity: Option<Severity>) {
    let rect = ui.max_rect().shrink2(egui::vec2(2.0, 3.0));
    signs::paint_severity_ground(ui.painter(), rect, ui.visuals(), severity);
    let ink = signs::severity_ink(ui.visuals(), severity);
    let font = TextStyle::Body.resolve(ui.style());
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        signs::severity_sign(severity),
        font,
        ink,
    );
}

fn issues_cell(ui: &Ui, (blocks, warns): (usize, usize)) {
    let (kind, count) = match (blocks, warns) {
        (0, 0) => return,
        (0, warns) => (Gravity::Warns, warns),
        (blocks, _) => (Gravity::Blocks, blocks),
    };
    let text = format!("{}{count}", signs::gravity_sign(kind));
    let color = signs::gravity_colour(ui.visuals(), kind);
    paint(ui, &text, Align2::CENTER_CENTER, color);
}
