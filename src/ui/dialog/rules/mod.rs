//! The rules that hold in this survey: the shipped pack, or the county's own copy of it, value by
//! value, with what the county adds to the list of items, and the pack as a file.

mod items;
mod values;

use super::DialogInput;
use super::paths::path_row;
use crate::catalogue::{PackValue, RulePack};
use crate::edit::{Command, PlanCommand};
use crate::model::Settings;
use crate::ui::action::{Action, Browse, RulesAction};
use crate::ui::files::FileKind;
use crate::ui::theme::Palette;
use egui::{Button, Label, Ui};
use items::NewItem;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The pack as it is being changed.
#[derive(Clone, Debug, PartialEq)]
pub struct RulesDraft {
    page: Page,
    pack: Json,
    shipped: Vec<PackValue>,
    /// What the survey holds, and the revision of it: read once, not in every frame.
    held: (Option<u32>, Json),
    /// What is being typed, by path, where it is not what the pack holds.
    typed: BTreeMap<String, String>,
    filter: String,
    new_item: NewItem,
    path: String,
    /// Why the pack cannot be used as it is.
    problem: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Values,
    Items,
    File,
}

impl RulesDraft {
    pub fn new(settings: &Settings) -> Self {
        let held = RulePack::json_of(settings);
        Self {
            page: Page::Values,
            pack: held.clone(),
            held: (revision(settings), held),
            shipped: RulePack::values(&RulePack::shipped_json()),
            typed: BTreeMap::new(),
            filter: String::new(),
            new_item: NewItem::default(),
            path: String::new(),
            problem: None,
        }
    }

    /// Forgets what was changed, and stays on its page.
    fn start_again(&mut self, settings: &Settings) {
        *self = Self {
            page: self.page,
            path: std::mem::take(&mut self.path),
            ..Self::new(settings)
        };
    }

    pub fn set_path(&mut self, path: String) {
        self.path = path;
    }

    /// Whether the pack is another than the survey's.
    fn is_other(&mut self, settings: &Settings) -> bool {
        if self.held.0 != revision(settings) {
            self.held = (revision(settings), RulePack::json_of(settings));
        }
        self.pack != self.held.1
    }

    /// Whether something typed is no value.
    fn is_wrong(&self) -> bool {
        if self.typed.is_empty() {
            return false;
        }
        let values = RulePack::values(&self.pack);
        self.typed.iter().any(|(path, text)| {
            let value = values.iter().find(|value| value.path == *path);
            value.is_some_and(|value| value.parse(text).is_err())
        })
    }

    /// Takes over a pack that was read from a file; it holds once it is used.
    pub fn take(&mut self, pack: Json) {
        self.pack = pack;
        self.typed.clear();
        self.problem = None;
        self.page = Page::Values;
    }
}

fn revision(settings: &Settings) -> Option<u32> {
    let own = settings.own_rules.as_ref()?;
    Some(own.revision)
}

pub(super) fn rules_ui(
    ui: &mut Ui,
    draft: &mut RulesDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let Some(survey) = input.survey else {
        return vec![Action::CloseDialog];
    };
    let rules = &input.catalogue.rules;
    let values: [(&str, &dyn std::fmt::Display); 3] = [
        ("id", &rules.id),
        ("version", &rules.version),
        ("document", &rules.document),
    ];
    ui.add(Label::new(language.text_with("rules_editor.holds", &values)).wrap());
    if let Some(own) = &survey.settings().own_rules {
        let at = own
            .changed_at
            .to_zoned_datetime(jiff::tz::TimeZone::system());
        let day = at.date();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("who", &own.changed_by), ("day", &day)];
        ui.weak(language.text_with("rules_editor.changed", &values));
    }
    ui.horizontal(|ui| {
        for (page, key) in [
            (Page::Values, "rules_editor.values"),
            (Page::Items, "rules_editor.items"),
            (Page::File, "rules_editor.file"),
        ] {
            if ui
                .selectable_label(draft.page == page, language.text(key))
                .clicked()
            {
                draft.page = page;
            }
        }
    });
    ui.separator();
    let mut actions = Vec::new();
    match draft.page {
        Page::Values => values::values_ui(ui, draft, language),
        Page::Items => items::items_ui(ui, draft, input),
        Page::File => actions.extend(file_ui(ui, draft, input)),
    }
    ui.separator();
    if let Some(problem) = &draft.problem {
        let color = Palette::of(ui.visuals()).finding;
        ui.add(Label::new(egui::RichText::new(problem).color(color)).wrap());
    }
    actions.extend(foot_ui(ui, draft, input, survey.settings()));
    actions
}

fn foot_ui(
    ui: &mut Ui,
    draft: &mut RulesDraft,
    input: &DialogInput<'_>,
    settings: &Settings,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    let is_other = draft.is_other(settings);
    ui.horizontal(|ui| {
        let is_wrong = draft.is_wrong();
        let ready = is_other && !is_wrong;
        let use_it = ui.add_enabled(ready, Button::new(language.text("rules_editor.use")));
        let reason = match is_wrong {
            true => "rules_editor.typed_wrong",
            false => "refusal.nothing_changes",
        };
        if use_it.clicked() {
            match RulePack::from_json(&draft.pack) {
                Ok(_) => {
                    draft.problem = None;
                    let pack = draft.pack.clone();
                    actions.push(Action::Edit(Command::Plan(PlanCommand::SetRules { pack })));
                }
                Err(error) => {
                    let reason = error.to_string();
                    let values: [(&str, &dyn std::fmt::Display); 1] = [("reason", &reason)];
                    draft.problem = Some(language.text_with("rules_editor.unusable", &values));
                }
            }
        } else {
            use_it.on_disabled_hover_text(language.text(reason));
        }
        let back = Button::new(language.text("rules_editor.discard"));
        if ui
            .add_enabled(is_other || !draft.typed.is_empty(), back)
            .clicked()
        {
            draft.start_again(settings);
        }
        let shipped = Button::new(language.text("rules_editor.shipped"));
        if ui
            .add_enabled(settings.own_rules.is_some(), shipped)
            .clicked()
        {
            actions.push(Action::Edit(Command::Plan(PlanCommand::ShippedRules)));
            draft.start_again(&Settings::default());
        }
    });
    actions
}

fn file_ui(ui: &mut Ui, draft: &mut RulesDraft, input: &DialogInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.add(Label::new(language.text("rules_editor.file_help")).wrap());
    let browse = Browse::Save(FileKind::Rules);
    let _ = path_row(ui, &mut draft.path, language, browse, &mut actions);
    let path = draft.path.trim();
    let ready = !path.is_empty();
    ui.horizontal(|ui| {
        let read = Button::new(language.text("rules_editor.read"));
        if ui.add_enabled(ready, read).clicked() {
            actions.push(Action::Rules(RulesAction::Read(PathBuf::from(path))));
        }
        let write = Button::new(language.text("rules_editor.write"));
        if ui.add_enabled(ready, write).clicked() {
            let mut path = PathBuf::from(path);
            if path.extension().is_none() {
                path.set_extension("json");
            }
            actions.push(Action::Rules(RulesAction::Write {
                path,
                pack: Box::new(draft.pack.clone()),
            }));
        }
    });
    actions
}
