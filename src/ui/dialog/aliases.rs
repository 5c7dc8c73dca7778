//! The survey's own table of names that mean one thing: employers and roads renamed, abbreviated.

use super::DialogInput;
use crate::edit::Command;
use crate::model::{Alias, AliasKind, Settings};
use crate::ui::action::Action;
use crate::ui::icons;
use egui::{Button, Grid, Key, Label, ScrollArea, TextEdit, Ui};

/// What is being typed in the dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct AliasesDraft {
    kind: AliasKind,
    spelling: String,
    same_as: String,
}

impl Default for AliasesDraft {
    fn default() -> Self {
        Self {
            kind: AliasKind::Unit,
            spelling: String::new(),
            same_as: String::new(),
        }
    }
}

pub(super) fn aliases_ui(
    ui: &mut Ui,
    draft: &mut AliasesDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let Some(survey) = input.survey else {
        return vec![Action::CloseDialog];
    };
    let settings = survey.settings();
    let mut changed = None;
    ui.add(Label::new(language.text("dialog.aliases.help")).wrap());
    if settings.aliases.is_empty() {
        ui.weak(language.text("dialog.aliases.none"));
    }
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        Grid::new("aliases")
            .num_columns(4)
            .striped(true)
            .show(ui, |ui| {
                for (index, alias) in settings.aliases.iter().enumerate() {
                    ui.weak(language.text(kind_key(alias.kind)));
                    ui.label(&alias.spelling);
                    ui.label(format!("= {}", alias.same_as));
                    let values: [(&str, &dyn std::fmt::Display); 1] = [("name", &alias.spelling)];
                    let name = language.text_with("dialog.aliases.remove", &values);
                    let button = ui.add(Button::new(icons::TRASH).frame(false));
                    if button.accessible_name(&name).on_hover_text(name).clicked() {
                        let mut settings = settings.clone();
                        settings.aliases.remove(index);
                        changed = Some(settings);
                    }
                    ui.end_row();
                }
            });
    });
    ui.separator();
    changed = changed.or_else(|| add_row(ui, draft, settings, input));
    let edit = |settings| Action::Edit(Command::ChangeSettings(settings));
    changed.map(edit).into_iter().collect()
}

fn kind_key(kind: AliasKind) -> &'static str {
    match kind {
        AliasKind::Unit => "dialog.aliases.unit",
        AliasKind::Road => "dialog.aliases.road",
    }
}

fn add_row(
    ui: &mut Ui,
    draft: &mut AliasesDraft,
    settings: &Settings,
    input: &DialogInput<'_>,
) -> Option<Settings> {
    let language = input.language;
    ui.horizontal(|ui| {
        for kind in [AliasKind::Unit, AliasKind::Road] {
            ui.radio_value(&mut draft.kind, kind, language.text(kind_key(kind)));
        }
    });
    let mut changed = None;
    ui.horizontal(|ui| {
        let mut entered = false;
        for (text, key) in [
            (&mut draft.spelling, "dialog.aliases.spelling"),
            (&mut draft.same_as, "dialog.aliases.same_as"),
        ] {
            let label = language.text(key);
            let text_box = TextEdit::singleline(text)
                .hint_text(label.as_ref())
                .desired_width(220.0);
            let response = ui.add(text_box).accessible_name(label.as_ref());
            entered |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        }
        let alias = Alias {
            kind: draft.kind,
            spelling: draft.spelling.trim().to_owned(),
            same_as: draft.same_as.trim().to_owned(),
        };
        let reason = match &alias {
            Alias {
                spelling, same_as, ..
            } if spelling.is_empty() || same_as.is_empty() => Some("dialog.aliases.both_needed"),
            Alias {
                spelling, same_as, ..
            } if spelling == same_as => Some("dialog.aliases.the_same"),
            _ => None,
        };
        let button = Button::new(language.text("dialog.aliases.add"));
        let response = ui.add_enabled(reason.is_none(), button);
        let clicked = response.clicked();
        if let Some(reason) = reason {
            response.on_disabled_hover_text(language.text(reason));
        } else if clicked || entered {
            draft.spelling.clear();
            let mut settings = settings.clone();
            // A spelling means one thing.
            let aliases = &mut settings.aliases;
            aliases.retain(|it| (it.kind, &it.spelling) != (alias.kind, &alias.spelling));
            aliases.push(alias);
            changed = Some(settings);
        }
    });
    changed
}
