//! What the residents want (R4 «居民改造意愿强烈»): counted answers with their shares, or a level
//! and how it is known. Households are counted; no resident has a name here.

use super::Form;
use super::choices::coded_row;
use super::row::field_row;
use super::sections::text_row;
use super::text_field::{Named, natural_width, text_field};
use crate::model::{Estate, Field, Value, Willingness, WillingnessBasis};
use crate::rules::recognition::{Evidence, RuleId, recognise};
use crate::ui::{icons, signs};
use crate::words::rules::reason_text;
use egui::Ui;

pub fn rows(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    coded_row::<Willingness>(ui, form, Field::Willingness);
    coded_row::<WillingnessBasis>(ui, form, Field::WillingnessBasis);
    for (field, whole) in [
        (Field::Sent, None),
        (Field::Returned, estate.sent),
        (Field::Agree, estate.returned),
        (Field::Oppose, estate.returned),
        (Field::WillingToPay, estate.returned),
    ] {
        count_row(ui, form, field, whole);
    }
    judgement(ui, form, estate);
    text_row(ui, form, Field::WillingnessDate);
}

/// A count of households, and its share of those asked or answered.
fn count_row(ui: &mut Ui, form: &mut Form<'_>, field: Field, whole: Option<u32>) {
    field_row(ui, form, field, |ui, form, label| {
        ui.horizontal_wrapped(|ui| {
            let width = natural_width(ui, &field);
            text_field(ui, form, field, Named::By(label), width);
            if let (Some(Value::Count(part)), Some(whole)) = (form.held(&field).value(), whole)
                && whole > 0
            {
                let share = format!("{:.0}", 100.0 * f64::from(*part) / f64::from(whole));
                let text = form
                    .language()
                    .text_with("form.share_of", &[("share", &share), ("whole", &whole)]);
                ui.label(format!("{share} %")).on_hover_text(text);
            }
        });
    });
}

/// What the rule pack makes of the counts: told, never stored as a level that somebody found.
fn judgement(ui: &mut Ui, form: &Form<'_>, estate: &Estate) {
    let recognised = recognise(estate, form.input.items, form.input.recognition);
    let by_counts = recognised.reasons.iter().find(|reason| {
        reason.rule == RuleId::Willingness && matches!(reason.evidence, Evidence::Answers { .. })
    });
    if let Some(reason) = by_counts {
        let text = reason_text(form.language(), reason, form.input.items);
        let text = signs::beneath(ui, format!("{} {text}", icons::INFO));
        ui.add(egui::Label::new(text).wrap());
    }
}
