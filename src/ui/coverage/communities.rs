//! The communities, one line each. The list is one stop of the Tab key; arrows walk it, and a letter
//! says of everything picked what it answered.

use super::{CoverageInput, scope};
use crate::catalogue::Divisions;
use crate::edit::{Command, CoverageCommand};
use crate::model::{CommunityCode, CommunityState};
use crate::rules::communities::{Community, CommunityStanding};
use crate::rules::coverage::Coverage;
use crate::ui::action::Action;
use crate::ui::map::standing_icon;
use crate::ui::theme::Palette;
use crate::ui::{icons, signs};
use crate::words::coverage as words;
use egui::{
    Align, Align2, EventFilter, Id, Key, Modifiers, Role, Sense, TextEdit, TextStyle, Ui,
    WidgetInfo,
};
use egui_extras::{Column, TableBuilder, TableRow};
use std::collections::BTreeSet;

/// Which communities are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    All,
    /// Of those that have to answer, where anybody has to.
    Nothing,
    Answered,
    Contradiction,
}

#[derive(Default)]
pub(super) struct CommunitiesState {
    shown: Shown,
    query: String,
    picked: BTreeSet<CommunityCode>,
    /// Where Shift counts from, and where the keyboard is.
    anchor: Option<CommunityCode>,
    at: Option<CommunityCode>,
    /// A community to bring into view.
    wanted: Option<CommunityCode>,
}

impl CommunitiesState {
    pub(super) fn show(&mut self, code: CommunityCode) {
        *self = Self {
            wanted: Some(code),
            ..Self::default()
        };
        self.pick_only(code);
    }

    pub(super) fn picked(&self) -> &BTreeSet<CommunityCode> {
        &self.picked
    }

    fn pick_only(&mut self, code: CommunityCode) {
        self.picked = [code].into();
        (self.anchor, self.at) = (Some(code), Some(code));
    }

    fn pick_range(&mut self, to: CommunityCode, listed: &[&Community]) {
        let place = |code| listed.iter().position(|one| one.code == code);
        let anchor = *self.anchor.get_or_insert(to);
        match (place(anchor), place(to)) {
            (Some(from), Some(end)) => {
                let range = &listed[from.min(end)..=from.max(end)];
                self.picked = range.iter().map(|one| one.code).collect();
                self.at = Some(to);
            }
            _ => self.pick_only(to),
        }
    }
}

fn list_id() -> Id {
    Id::unique("communities")
}

/// Whether the letters are the list's now.
pub fn communities_have_focus(context: &egui::Context) -> bool {
    context.memory(|memory| memory.has_focus(list_id()))
}

pub(super) fn communities_ui(
    ui: &mut Ui,
    state: &mut CommunitiesState,
    coverage: &Coverage,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.label(words::communities_text(language, input.survey, coverage));
    actions.extend(scope::scope_ui(ui, input));
    filter_ui(ui, state, coverage, input);
    let listed = listed(state, coverage, input);
    ui.weak(language.text("coverage.community_keys"));
    if listed.is_empty() {
        ui.label(language.text(match coverage.communities.is_empty() {
            true => "coverage.no_communities",
            false => "coverage.none_listed",
        }));
    }
    actions.extend(table_ui(ui, state, &listed, input));
    actions
}

fn filter_ui(
    ui: &mut Ui,
    state: &mut CommunitiesState,
    coverage: &Coverage,
    input: &CoverageInput<'_>,
) {
    let language = input.language;
    let name = language.text("coverage.search");
    let edit = TextEdit::singleline(&mut state.query)
        .hint_text(format!("{} {name}", icons::SEARCH))
        .desired_width(ui.available_width());
    ui.add(edit).accessible_name(name);
    ui.horizontal_wrapped(|ui| {
        for (shown, key) in [
            (Shown::All, "coverage.shown.all"),
            (Shown::Nothing, "coverage.shown.nothing"),
            (Shown::Answered, "coverage.shown.answered"),
            (Shown::Contradiction, "coverage.shown.contradiction"),
        ] {
            let fits = coverage
                .communities
                .iter()
                .filter(|c| is_shown(c, shown, input));
            let text = language.text_with(key, &[("count", &fits.count())]);
            ui.selectable_value(&mut state.shown, shown, text);
        }
    });
}

fn is_shown(community: &Community, shown: Shown, input: &CoverageInput<'_>) -> bool {
    let survey = input.survey;
    let nobody_has_to = survey.settings().answering.is_empty();
    match (shown, community.standing(survey)) {
        (Shown::All, _) => true,
        (Shown::Nothing, CommunityStanding::Nothing) => community.must_answer || nobody_has_to,
        (Shown::Answered, standing) => standing != CommunityStanding::Nothing,
        (Shown::Contradiction, CommunityStanding::Contradiction) => true,
        (Shown::Nothing | Shown::Contradiction, _) => false,
    }
}

fn listed<'a>(
    state: &CommunitiesState,
    coverage: &'a Coverage,
    input: &CoverageInput<'_>,
) -> Vec<&'a Community> {
    let query = state.query.trim();
    let shown = coverage.communities.iter().filter(|community| {
        let code = community.code.as_str();
        let found = query.is_empty()
            || code.starts_with(query)
            || words::division_name(code).contains(query)
            || street(community).contains(query);
        found && is_shown(community, state.shown, input)
    });
    shown.collect()
}

fn street(community: &Community) -> String {
    let code = Divisions::parent(community.code.as_str());
    code.map(words::division_name).unwrap_or_default()
}

fn table_ui(
    ui: &mut Ui,
    state: &mut CommunitiesState,
    listed: &[&Community],
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let list_id = list_id();
    let focused = communities_have_focus(ui.ctx());
    if focused {
        actions.extend(keys(ui, state, listed));
    }
    let area = ui.available_rect_before_wrap();
    let height = ui.text_style_height(&TextStyle::Body) + 6.0;
    let mut table = TableBuilder::new(ui)
        .id_salt("communities")
        .striped(true)
        // The list is one stop of the Tab key; its rows are for the mouse.
        .sense(Sense::CLICK)
        .auto_shrink(false)
        .animate_scrolling(false)
        .min_scrolled_height(0.0)
        .column(Column::remainder().clip(true));
    let wanted = state.wanted.take();
    if let Some(row) = wanted.and_then(|code| listed.iter().position(|c| c.code == code)) {
        table = table.scroll_to_row(row, None::<Align>);
    }
    let mut clicked = false;
    table.body(|body| {
        body.rows(height, listed.len(), |mut row| {
            let community = listed[row.index()];
            row.set_selected(state.picked.contains(&community.code));
            clicked |= community_row(&mut row, community, state, listed, input);
        });
    });
    let list = ui.interact(area, list_id, Sense::focusable_noninteractive());
    let name = input.language.text("coverage.communities_page");
    list.widget_info(|| WidgetInfo::labeled(Role::Table, ui.is_enabled(), name.clone()));
    if clicked {
        ui.memory_mut(|memory| memory.request_focus(list_id));
    }
    if focused {
        let ring = signs::focus_ring(ui.visuals());
        let inside = egui::StrokeKind::Inside;
        ui.painter().rect_stroke(area, 2.0, ring, inside);
    }
    actions
}

/// Draws one; whether it was clicked.
fn community_row(
    row: &mut TableRow<'_, '_>,
    community: &Community,
    state: &mut CommunitiesState,
    listed: &[&Community],
    input: &CoverageInput<'_>,
) -> bool {
    let language = input.language;
    let standing = community.standing(input.survey);
    let name = words::community_name(community.code);
    let said = words::standing_text(language, standing);
    row.col(|ui| {
        let rect = ui.max_rect();
        let visuals = ui.visuals();
        let font = TextStyle::Body.resolve(ui.style());
        let strong = visuals.strong_text_color();
        let color = match (standing, community.waits(input.survey)) {
            (CommunityStanding::Contradiction, _) | (_, true) => Palette::of(visuals).finding,
            _ => visuals.weak_text_color(),
        };
        let right = format!("{said} {}", standing_icon(standing));
        let painter = ui.painter();
        let at = rect.right_center() - egui::vec2(4.0, 0.0);
        let taken = painter.text(at, Align2::RIGHT_CENTER, right, font.clone(), color);
        let estates = match community.estates {
            0 => String::new(),
            estates => language.text_with("coverage.estates", &[("count", &estates)]),
        };
        let room = rect.with_max_x(taken.left() - 6.0);
        let painter = painter.with_clip_rect(room.intersect(painter.clip_rect()));
        let at = rect.left_center() + egui::vec2(4.0, 0.0);
        let named = painter.text(at, Align2::LEFT_CENTER, &name, font.clone(), strong);
        let at = named.right_center() + egui::vec2(6.0, 0.0);
        let more = format!("{estates} {}", street(community));
        let weak = visuals.weak_text_color();
        painter.text(at, Align2::LEFT_CENTER, more, font, weak);
    });
    let response = row.response();
    let picked = state.picked.contains(&community.code);
    response
        .widget_info(|| WidgetInfo::selected(Role::Row, true, picked, format!("{name}: {said}")));
    let clicked = response.clicked();
    if clicked {
        let modifiers = response.ctx.input(|input| input.modifiers);
        let code = community.code;
        match modifiers {
            _ if modifiers.shift => state.pick_range(code, listed),
            _ if modifiers.command => {
                if !state.picked.remove(&code) {
                    state.picked.insert(code);
                }
                (state.anchor, state.at) = (Some(code), Some(code));
            }
            _ => state.pick_only(code),
        }
        response
            .ctx
            .memory_mut(|memory| memory.request_focus(list_id()));
    }
    response.on_hover_ui_at_pointer(|ui| {
        ui.strong(&name);
        ui.label(format!("{} {}", community.code, street(community)));
        ui.label(said.as_ref());
    });
    clicked
}

/// The keys of a list that has the focus.
fn keys(ui: &Ui, state: &mut CommunitiesState, listed: &[&Community]) -> Option<Action> {
    ui.memory_mut(|memory| {
        let arrows = EventFilter {
            vertical_arrows: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(list_id(), arrows);
    });
    let last = listed.len().checked_sub(1)?;
    let at = listed.iter().position(|c| Some(c.code) == state.at);
    let steps = [
        (Key::ArrowDown, at.map_or(0, |at| (at + 1).min(last))),
        (Key::ArrowUp, at.map_or(0, |at| at.saturating_sub(1))),
        (Key::Home, 0),
        (Key::End, last),
    ];
    for (key, to) in steps {
        // A key without modifiers would also answer to Shift, so Shift is asked first.
        let pressed = |modifiers| ui.input_mut(|input| input.consume_key(modifiers, key));
        let code = listed[to].code;
        if pressed(Modifiers::SHIFT) {
            state.pick_range(code, listed);
        } else if pressed(Modifiers::NONE) {
            state.pick_only(code);
        } else {
            continue;
        }
        state.wanted = Some(code);
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::A) {
        state.picked = listed.iter().map(|community| community.code).collect();
    }
    let said = [
        (Key::S, Some(CommunityState::SignedList)),
        (Key::N, Some(CommunityState::NilReturn)),
        (Key::Delete, None),
    ];
    let (_, answered) = said.into_iter().find(|(key, _)| pressed(*key))?;
    answer(&state.picked, answered)
}

/// What everything picked answered.
pub(super) fn answer(
    picked: &BTreeSet<CommunityCode>,
    state: Option<CommunityState>,
) -> Option<Action> {
    let communities: Vec<_> = picked.iter().copied().collect();
    (!communities.is_empty()).then(|| {
        let command = CoverageCommand::Answer { communities, state };
        Action::Edit(Command::Coverage(command))
    })
}
