//! The day's work at the top: what waits, what is done today, what is wrong. One click lists it.

use super::{TableInput, TableState};
use crate::model::Filter;
use crate::ui::{icons, signs};
use crate::words::search::{filter_label, filter_sentence};
use egui::{Role, Ui, WidgetInfo};

pub fn work_list(ui: &mut Ui, state: &mut TableState, input: &TableInput<'_>) {
    let counted = |id| {
        let estate = input.survey.estate(id);
        estate.is_some_and(|estate| estate.standing.is_counted())
    };
    let mine = input.mine_today.iter().filter(|id| counted(**id)).count();
    let lists = [
        (
            Filter::WaitsForBoundary,
            icons::DRAW_POLYGON,
            input.survey.waiting(),
        ),
        (Filter::MineToday, icons::CALENDAR, mine),
        (Filter::Errors, icons::PROHIBIT, input.with_errors),
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        for (filter, icon, count) in lists {
            let chosen = state.filters.iter().eq([&filter]) && state.search.is_empty();
            let label = filter_label(input.language, &filter, input.items);
            let button = signs::chip(ui, &format!("{icon} {label} {count}"), chosen);
            let response = ui.add(button);
            let name = format!("{label}: {count}");
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &name));
            let about = filter_sentence(input.language, &filter, input.items);
            if response.on_hover_text(about).clicked() {
                state.ask_for_everything();
                if !chosen {
                    state.filters.insert(filter);
                }
            }
        }
    });
}
