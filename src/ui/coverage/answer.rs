//! What the communities that were picked answered; of a single one also who signed, when, and on
//! which paper.

use super::CoverageInput;
use super::communities::answer;
use crate::catalogue::Divisions;
use crate::edit::{Answer, Command, CoverageCommand};
use crate::model::{Coded, CommunityCode, CommunityReturn, CommunityState};
use crate::rules::coverage::Coverage;
use crate::ui::action::{Action, Selection};
use crate::ui::dialog::Dialog;
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::words::{Language, coverage as words, fields};
use egui::{ScrollArea, TextEdit, Ui};
use std::collections::BTreeSet;

/// What is being typed.
#[derive(Default)]
pub(super) struct AnswerState {
    typed: Option<Typed>,
}

#[derive(Clone, PartialEq)]
struct Typed {
    /// The answer as the survey held it when typing began.
    of: Answer,
    signed_by: String,
    signed_on: String,
    note: String,
}

impl Typed {
    fn of(held: &CommunityReturn) -> Self {
        Self {
            of: Answer::of(held),
            signed_by: held.signed_by.clone(),
            signed_on: held
                .signed_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
            note: held.note.clone(),
        }
    }

    /// A day that is none yet stays as it was.
    fn answer(&self) -> Answer {
        let signed_on = match self.signed_on.trim() {
            "" => None,
            day => day.parse().ok().or(self.of.signed_on),
        };
        Answer {
            signed_by: self.signed_by.trim().to_owned(),
            signed_on,
            note: self.note.trim().to_owned(),
            ..self.of.clone()
        }
    }

    fn day_is_wrong(&self) -> bool {
        let day = self.signed_on.trim();
        !day.is_empty() && day.parse::<jiff::civil::Date>().is_err()
    }
}

pub(super) fn answer_ui(
    ui: &mut Ui,
    state: &mut AnswerState,
    picked: &BTreeSet<CommunityCode>,
    coverage: &Coverage,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let single = match picked.len() {
        1 => picked.first().copied(),
        _ => None,
    };
    // What was typed about another community is kept before its boxes are gone.
    let mut actions = leave(state, single);
    let scroll = ScrollArea::vertical().auto_shrink(false);
    scroll.show(ui, |ui| {
        match (picked.first(), single) {
            (None, _) => {
                ui.label(language.text("coverage.pick_community"));
                return;
            }
            (Some(_), None) => {
                let count = picked.len();
                ui.heading(language.text_with("coverage.picked", &[("count", &count)]));
            }
            (Some(_), Some(code)) => heading(ui, code),
        }
        actions.extend(state_ui(ui, picked, input));
        let Some(code) = single else { return };
        match input.survey.community(code) {
            Some(held) => actions.extend(about_ui(ui, state, held, language)),
            None => {
                ui.weak(language.text("coverage.answer_first"));
            }
        }
        actions.extend(estates_ui(ui, code, coverage, input));
    });
    actions
}

fn leave(state: &mut AnswerState, single: Option<CommunityCode>) -> Vec<Action> {
    let left = state.typed.take_if(|typed| Some(typed.of.code) != single);
    left.and_then(|typed| record(&typed)).into_iter().collect()
}

fn record(typed: &Typed) -> Option<Action> {
    let answer = typed.answer();
    (answer != typed.of).then(|| {
        let answers = vec![answer];
        Action::Edit(Command::Coverage(CoverageCommand::AnswerAll { answers }))
    })
}

fn heading(ui: &mut Ui, code: CommunityCode) {
    ui.heading(words::community_name(code));
    let street = Divisions::parent(code.as_str());
    let county = street.and_then(Divisions::parent);
    let around = [county, street].into_iter().flatten();
    let names: Vec<_> = around.map(words::division_name).collect();
    ui.weak(format!("{code} · {}", names.join(" ")));
}

fn state_ui(
    ui: &mut Ui,
    picked: &BTreeSet<CommunityCode>,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let states = CommunityState::ALL.iter().copied().map(Some).chain([None]);
    let mut actions = Vec::new();
    ui.horizontal_wrapped(|ui| {
        for state in states {
            let holds = |code: &CommunityCode| {
                input.survey.community(*code).map(|held| held.state) == state
            };
            let text = words::state_text(input.language, state);
            if ui
                .selectable_label(picked.iter().all(holds), text)
                .clicked()
            {
                actions.extend(answer(picked, state));
            }
        }
    });
    actions
}

/// Who signed, when, and on which paper.
fn about_ui(
    ui: &mut Ui,
    state: &mut AnswerState,
    held: &CommunityReturn,
    language: Language,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let is_current = |typed: &Typed| typed.of == Answer::of(held);
    if !state.typed.as_ref().is_some_and(is_current) {
        state.typed = Some(Typed::of(held));
    }
    let Some(typed) = &mut state.typed else {
        return actions;
    };
    let mut left = false;
    for (text, key, hint) in [
        (&mut typed.signed_by, "coverage.signed_by", ""),
        (&mut typed.signed_on, "coverage.signed_on", "2026-11-20"),
        (&mut typed.note, "coverage.note", ""),
    ] {
        let label = language.text(key);
        ui.label(&*label);
        let edit = TextEdit::singleline(text)
            .hint_text(hint)
            .desired_width(ui.available_width());
        left |= ui.add(edit).accessible_name(label.as_ref()).lost_focus();
    }
    if typed.day_is_wrong() {
        let color = Palette::of(ui.visuals()).finding;
        ui.colored_label(color, language.text("coverage.no_day"));
    }
    if left {
        actions.extend(record(typed));
    }
    actions.extend(paper_ui(ui, held, language));
    ui.weak(words::recorded_text(language, held));
    actions
}

fn paper_ui(ui: &mut Ui, held: &CommunityReturn, language: Language) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.label(language.text("coverage.paper"));
    ui.horizontal_wrapped(|ui| {
        if let Some(paper) = &held.paper {
            ui.strong(&paper.file_name).on_hover_text(&paper.sha256);
            let text = language.text("coverage.detach");
            let remove = ui.button(icons::CLOSE).on_hover_text(&*text);
            if remove.accessible_name(text.as_ref()).clicked() {
                let answers = vec![Answer {
                    paper: None,
                    ..Answer::of(held)
                }];
                let command = CoverageCommand::AnswerAll { answers };
                actions.push(Action::Edit(Command::Coverage(command)));
            }
        }
        if ui.button(language.text("coverage.attach_paper")).clicked() {
            actions.push(Action::ShowDialog(Box::new(Dialog::Paper {
                community: held.code,
                path: String::new(),
            })));
        }
    });
    actions
}

/// The records there that are old estates or may be some.
fn estates_ui(
    ui: &mut Ui,
    code: CommunityCode,
    coverage: &Coverage,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let ids = coverage
        .estates
        .get(&code)
        .map(Vec::as_slice)
        .unwrap_or_default();
    ui.separator();
    let count = ids.len();
    ui.strong(
        input
            .language
            .text_with("coverage.estates_here", &[("count", &count)]),
    );
    for estate in ids.iter().filter_map(|id| input.survey.estate(*id)) {
        let name = fields::record_name(input.language, input.survey, estate);
        if ui.link(name).clicked() {
            actions.push(Action::Select(Selection::Only(estate.id)));
            actions.push(Action::ShowOnMap(estate.id));
        }
    }
    actions
}
