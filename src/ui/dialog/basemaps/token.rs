//! Boxes for what owners of maps give to open them.

use crate::basemap::TokenName;
use crate::ui::action::{Action, BasemapAction};
use crate::ui::basemap::settings::{Token, Tokens};
use crate::words::Language;
use egui::{TextEdit, Ui};
use std::collections::BTreeMap;

/// Tokens as they are being typed. Not used before they are whole: a server that is asked with half
/// a token may shut the user out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenDrafts(BTreeMap<TokenName, Token>);

/// A box for the token called `name`, which opens the maps of `owner`.
pub(super) fn token_ui(
    ui: &mut Ui,
    drafts: &mut TokenDrafts,
    name: &TokenName,
    owner: &str,
    known: &Tokens,
    language: Language,
) -> Option<Action> {
    let typed = drafts
        .0
        .entry(name.clone())
        .or_insert_with(|| known.get(name).cloned().unwrap_or_default());
    let left = ui.horizontal(|ui| {
        ui.label(language.text("layers.add.token"));
        let named = language.text_with("layers.add.token_of", &[("source", &owner)]);
        let edit = TextEdit::singleline(&mut typed.0).password(true);
        ui.add(edit).accessible_name(named).lost_focus()
    });
    left.inner
        .then(|| Action::Basemap(BasemapAction::SetToken(name.clone(), typed.clone())))
}
