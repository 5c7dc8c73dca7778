//! Several records at once: what neighbours are likely to have in common. What is answered here is
//! written into all of them, as one edit.

use super::Form;
use super::choices::{coded_row, coded_set_row, flag_row};
use super::division::division_row;
use super::facilities::facilities;
use super::sections::{exclusions_rows, text_row, year_row};
use crate::model::{Field, Locality, Tenure, Willingness, WillingnessBasis, YearBasis};
use egui::{RichText, Ui};

pub fn several(ui: &mut Ui, form: &mut Form<'_>) {
    let language = form.language();
    let count = form.estates.len();
    ui.heading(language.text_with("form.several", &[("count", &count)]));
    ui.add(egui::Label::new(RichText::new(language.text("form.several_help")).weak()).wrap());
    coded_row::<Locality>(ui, form, Field::Locality);
    for field in [Field::CountyCode, Field::StreetCode, Field::CommunityCodes] {
        division_row(ui, form, field);
    }
    year_row(ui, form);
    coded_row::<YearBasis>(ui, form, Field::YearBasis);
    coded_set_row(ui, form, Field::Tenure, Tenure::Unknown);
    text_row(ui, form, Field::OrigUnit);
    flag_row(ui, form, Field::Residential);
    ui.separator();
    facilities(ui, form);
    ui.separator();
    coded_row::<Willingness>(ui, form, Field::Willingness);
    coded_row::<WillingnessBasis>(ui, form, Field::WillingnessBasis);
    exclusions_rows(ui, form);
}
