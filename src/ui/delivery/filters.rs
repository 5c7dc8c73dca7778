//! Which projects are listed, and in which order.

use super::listing::{Listing, Row};
use crate::rules::delivery::Stage;
use crate::words::{Language, coverage::division_name, delivery as stages};
use egui::{ComboBox, Ui};
use std::cmp::Reverse;

/// Which of the estates are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Among {
    #[default]
    Projects,
    Late,
    /// Estates that nothing is planned for.
    Without,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What is overdue longest comes first.
    #[default]
    Overdue,
    Name,
    Year,
    Stage,
    /// The dearest first.
    Cost,
}

impl Order {
    const ALL: [Self; 5] = [
        Self::Overdue,
        Self::Name,
        Self::Year,
        Self::Stage,
        Self::Cost,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Overdue => "delivery.order.overdue",
            Self::Name => "delivery.order.name",
            Self::Year => "delivery.order.year",
            Self::Stage => "delivery.order.stage",
            Self::Cost => "delivery.order.cost",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    pub among: Among,
    pub stage: Option<Stage>,
    pub county: Option<String>,
    pub year: Option<i32>,
    pub text: String,
    pub order: Order,
}

impl Filters {
    pub fn fits(&self, row: &Row) -> bool {
        let is_among = match self.among {
            Among::Projects => row.project.is_some(),
            Among::Late => row.project.is_some() && !row.late.is_empty(),
            Among::Without => row.project.is_none(),
        };
        let of_project = self.among == Among::Without
            || self.stage.is_none_or(|stage| row.stage == stage)
                && self.year.is_none_or(|year| row.year() == Some(year));
        let text = self.text.trim();
        is_among
            && of_project
            && self
                .county
                .as_ref()
                .is_none_or(|code| *code == row.county_code)
            && (text.is_empty() || says(row, text))
    }

    /// What ties stays in the order of the names.
    pub fn sort(&self, rows: &mut [(usize, &Row)]) {
        match self.order {
            Order::Overdue => rows.sort_by_key(|(_, row)| Reverse(row.overdue_days())),
            Order::Name => {}
            Order::Year => rows.sort_by_key(|(_, row)| (row.year().is_none(), row.year())),
            Order::Stage => rows.sort_by_key(|(_, row)| row.stage),
            Order::Cost => rows.sort_by_key(|(_, row)| Reverse(row.cost)),
        }
    }
}

fn says(row: &Row, text: &str) -> bool {
    let project = row.project.as_deref();
    let units = project.map(|project| {
        [
            &project.implementing_unit,
            &project.designer,
            &project.contractor,
            &project.supervisor,
        ]
    });
    row.name.contains(text)
        || units.is_some_and(|units| units.iter().any(|unit| unit.contains(text)))
}

/// Whether several years can be looked at together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Years {
    All,
    /// One at a time: this one now.
    One(i32),
    /// What is listed has no year.
    None,
}

/// Which county and year.
pub fn scope_ui(
    ui: &mut Ui,
    filters: &mut Filters,
    listing: &Listing,
    choice: Years,
    language: Language,
) {
    let all_counties = language.text("delivery.filter.all_counties");
    let shown = match &filters.county {
        Some(code) => division_name(code),
        None => all_counties.clone().into_owned(),
    };
    let combo = ComboBox::from_id_salt("project county")
        .selected_text(shown)
        .width(110.0)
        .height(400.0);
    let response = combo.show_ui(ui, |ui| {
        ui.selectable_value(&mut filters.county, None, all_counties);
        for code in &listing.counties {
            let name = division_name(code);
            ui.selectable_value(&mut filters.county, Some(code.clone()), name);
        }
    });
    let name = language.text("delivery.filter.county");
    response.response.accessible_name(name.as_ref());

    if choice == Years::None {
        return;
    }
    let all_years = language.text("delivery.filter.all_years");
    let shown = match (choice, filters.year) {
        (Years::One(year), _) | (Years::All, Some(year)) => year.to_string(),
        (Years::All | Years::None, _) => all_years.clone().into_owned(),
    };
    let combo = ComboBox::from_id_salt("project year")
        .selected_text(shown)
        .width(72.0);
    let response = combo.show_ui(ui, |ui| {
        if choice == Years::All {
            ui.selectable_value(&mut filters.year, None, all_years);
        }
        for year in &listing.years {
            ui.selectable_value(&mut filters.year, Some(*year), year.to_string());
        }
    });
    let name = language.text("delivery.filter.year");
    response.response.accessible_name(name.as_ref());
}

/// Which stage, and the order.
pub fn stage_and_order_ui(ui: &mut Ui, filters: &mut Filters, language: Language) {
    let all = language.text("delivery.filter.all_stages");
    let shown = match filters.stage {
        Some(stage) => stages::stage_label(language, stage),
        None => all.clone(),
    };
    let combo = ComboBox::from_id_salt("project stage")
        .selected_text(shown)
        .width(92.0)
        .height(400.0);
    let response = combo.show_ui(ui, |ui| {
        ui.selectable_value(&mut filters.stage, None, all);
        for stage in Stage::ALL {
            let word = stages::stage_label(language, stage);
            ui.selectable_value(&mut filters.stage, Some(stage), word);
        }
    });
    let name = language.text("delivery.filter.stage");
    response.response.accessible_name(name.as_ref());

    let combo = ComboBox::from_id_salt("project order")
        .selected_text(language.text(filters.order.key()))
        .width(92.0);
    let response = combo.show_ui(ui, |ui| {
        for order in Order::ALL {
            let word = language.text(order.key());
            ui.selectable_value(&mut filters.order, order, word);
        }
    });
    let name = language.text("delivery.filter.order");
    response.response.accessible_name(name.as_ref());
}

#[cfg(test)]
#[path = "filters_tests.rs"]
mod tests;
