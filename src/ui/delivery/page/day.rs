//! A day: typed, or picked from a small calendar. The calendar is our own because egui_extras'
//! needs a day to start from (nobody knows most of these yet) and speaks English alone.

use super::text::{Look, shown_text, text_box};
use super::{Page, change_action};
use crate::ui::delivery::change::ProjectChange;
use crate::ui::delivery::slot::Slot;
use crate::ui::delivery::typed;
use crate::ui::icons;
use crate::ui::theme::BOX_HEIGHT;
use crate::words::Language;
use egui::{Popup, PopupCloseBehavior, RichText, Ui};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// The month that the open calendar shows.
#[derive(Default)]
pub struct CalendarState {
    month: Option<(Slot, Date)>,
}

/// Room for `2027-06-01`.
pub const DAY_WIDTH: f32 = 92.0;

/// A box for a day and the button that opens the calendar.
pub fn day_box(ui: &mut Ui, page: &mut Page<'_>, slot: Slot, name: &str) {
    ui.horizontal(|ui| {
        ui.set_min_height(BOX_HEIGHT);
        ui.spacing_mut().item_spacing.x = 2.0;
        let look = Look {
            width: DAY_WIDTH,
            hint: "2027-06-01",
            suffix: "",
        };
        text_box(ui, page, slot, name, look);
        let language = page.language();
        let spoken = language.text_with("delivery.calendar.open", &[("name", &name)]);
        let button = ui.small_button(icons::CALENDAR).on_hover_text(&spoken);
        let button = button.accessible_name(&*spoken);
        let popup = Popup::from_toggle_button_response(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .accessible_name(spoken.clone());
        let picked = popup.show(|ui| calendar(ui, page, slot));
        if let Some(day) = picked.and_then(|shown| shown.inner) {
            Popup::close_all(ui.ctx());
            page.state.calendar.month = None;
            let estate = page.estate.id;
            page.state.drafts.remove(estate, slot);
            let change =
                ProjectChange::Type(slot, day.map(|day| day.to_string()).unwrap_or_default());
            page.actions.push(change_action(estate, change));
        }
    });
}

/// Returns the day that was picked; `Some(None)` takes the day out.
fn calendar(ui: &mut Ui, page: &mut Page<'_>, slot: Slot) -> Option<Option<Date>> {
    let (language, today) = (page.language(), page.input.today);
    let held = typed::day(&shown_text(page, slot)).ok().flatten();
    let shown = match page.state.calendar.month {
        Some((of, month)) if of == slot => month,
        _ => held.unwrap_or(today).first_of_month(),
    };
    let mut month = shown;
    ui.horizontal(|ui| {
        for (icon, key, step) in [
            (icons::CARET_LEFT, "delivery.calendar.month_before", -1),
            (icons::CARET_RIGHT, "delivery.calendar.month_after", 1),
        ] {
            let text = language.text(key);
            let button = ui.button(icon).on_hover_text(&*text);
            if button.accessible_name(text.as_ref()).clicked() {
                month = month.checked_add(step.months()).unwrap_or(month);
            }
        }
        ui.strong(month_text(language, shown));
    });
    let picked = days(ui, language, shown, (held, today));
    page.state.calendar.month = Some((slot, month));
    let mut answer = picked.map(Some);
    ui.horizontal(|ui| {
        if ui
            .button(language.text("delivery.calendar.today"))
            .clicked()
        {
            answer = Some(Some(today));
        }
        if held.is_some() && ui.button(language.text("delivery.calendar.none")).clicked() {
            answer = Some(None);
        }
    });
    answer
}

fn month_text(language: Language, month: Date) -> String {
    let (year, number) = (month.year(), month.month());
    language.text_with(
        "delivery.calendar.month",
        &[("year", &year), ("month", &format!("{number:02}"))],
    )
}

fn days(
    ui: &mut Ui,
    language: Language,
    month: Date,
    (held, today): (Option<Date>, Date),
) -> Option<Date> {
    let mut picked = None;
    egui::Grid::new("days")
        .spacing(egui::vec2(2.0, 2.0))
        .show(ui, |ui| {
            for name in language.text("delivery.calendar.weekdays").split(' ') {
                ui.weak(name);
            }
            ui.end_row();
            for (index, day) in days_shown(month).enumerate() {
                match day {
                    None => {
                        ui.label("");
                    }
                    Some(day) => {
                        let mut text = RichText::new(format!("{:>2}", day.day()));
                        if day == today {
                            text = text.strong().underline();
                        }
                        let button = ui.selectable_label(held == Some(day), text);
                        if button.accessible_name(day.to_string()).clicked() {
                            picked = Some(day);
                        }
                    }
                }
                if index % 7 == 6 {
                    ui.end_row();
                }
            }
        });
    picked
}

/// The days of a month, after as many blanks as its first week has days of the month before;
/// weeks begin on Monday.
fn days_shown(month: Date) -> impl Iterator<Item = Option<Date>> {
    let first = month.first_of_month();
    let blanks = first.weekday().to_monday_zero_offset();
    let day = move |offset: i64| first.checked_add(Span::new().days(offset)).ok();
    let days = (0..i64::from(first.days_in_month())).map(day);
    (0..blanks).map(|_| None).chain(days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_begins_under_its_weekday_and_has_all_its_days() {
        // 1 June 2027 is a Tuesday, 1 February 2027 a Monday.
        for (month, blanks, days) in [
            (date(2027, 6, 17), 1, 30),
            (date(2027, 2, 1), 0, 28),
            (date(2028, 2, 29), 1, 29),
        ] {
            let shown: Vec<_> = days_shown(month).collect();
            assert_eq!(shown.iter().take_while(|day| day.is_none()).count(), blanks);
            let of_month: Vec<_> = shown.into_iter().flatten().collect();
            assert_eq!(of_month.len(), days, "{month}");
            assert!(
                of_month
                    .windows(2)
                    .all(|pair| pair[0].tomorrow().unwrap() == pair[1])
            );
        }
    }
}
