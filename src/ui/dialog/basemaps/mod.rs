//! The layers under the survey: which, in what order, how strong; and where more come from.

mod add;
mod address;
mod pack;
mod position;
mod references;
mod stack;
mod token;

pub use add::AddDraft;
pub use address::AddressDraft;
pub use pack::{PackAreas, PackDraft};
pub use position::PositionDraft;

use super::DialogInput;
use crate::basemap::Source;
use crate::model::Crs;
use crate::ui::action::Action;
use crate::ui::theme;
use crate::words::import::crs_text;
use crate::words::{Language, basemap as words};
use egui::{ComboBox, Ui};
use token::TokenDrafts;

/// What the dialog remembers while it is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BasemapsDraft {
    page: Page,
    /// What the cache held when the dialog was opened: asking it may have to wait.
    kept_bytes: u64,
    add: AddDraft,
    tokens: TokenDrafts,
    address: AddressDraft,
    /// The file of a layer of others.
    reference_path: String,
    pack: PackDraft,
    position: PositionDraft,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Stack,
    Add,
    Address,
    References,
    Pack,
    Position,
}

impl Page {
    const ALL: [Self; 6] = [
        Self::Stack,
        Self::Add,
        Self::Address,
        Self::References,
        Self::Pack,
        Self::Position,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Stack => "layers.page.stack",
            Self::Add => "layers.page.add",
            Self::Address => "layers.page.address",
            Self::References => "layers.page.references",
            Self::Pack => "layers.page.pack",
            Self::Position => "layers.page.position",
        }
    }
}

impl BasemapsDraft {
    /// `kept_bytes` is what was fetched before and kept.
    pub fn new(kept_bytes: u64) -> Self {
        Self {
            kept_bytes,
            ..Self::default()
        }
    }

    /// Puts a picked path into the box that asked for it.
    pub(super) fn set_path(&mut self, picked: String) {
        match self.page {
            Page::References => self.reference_path = picked,
            Page::Pack => self.pack.set_path(picked),
            Page::Position => self.position.track = picked,
            Page::Stack | Page::Add | Page::Address => {
                self.page = Page::Add;
                self.add.path = picked;
            }
        }
    }

    /// The layer of others is open, so that the box waits for the next.
    pub fn clear_reference_path(&mut self) {
        self.reference_path.clear();
    }

    /// Whether the page is open that wants to know what there is to make a pack of.
    pub fn asks_for_area(&self) -> bool {
        self.page == Page::Pack
    }

    /// The page that lists the layers, e.g. once one has been added.
    pub fn show_stack(&mut self) {
        self.page = Page::Stack;
        self.add.path.clear();
        self.address = AddressDraft::default();
    }
}

pub(super) fn basemaps_ui(
    ui: &mut Ui,
    draft: &mut BasemapsDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    ui.horizontal_wrapped(|ui| {
        for page in Page::ALL {
            let name = input.language.text(page.key());
            if ui.selectable_label(draft.page == page, name).clicked() {
                draft.page = page;
            }
        }
    });
    ui.separator();
    match draft.page {
        Page::Stack => stack::stack_ui(ui, &mut draft.kept_bytes, &mut draft.tokens, input),
        Page::Add => add::add_ui(ui, &mut draft.add, &mut draft.tokens, input),
        Page::Address => address::address_ui(ui, &mut draft.address, input),
        Page::Position => position::position_ui(ui, &mut draft.position, input),
        Page::Pack => pack::pack_ui(ui, &mut draft.pack, input),
        Page::References => references::references_ui(ui, &mut draft.reference_path, input),
    }
}

/// Limits and terms of a source, where it is shipped with some.
fn terms_ui(ui: &mut Ui, source: &Source, language: Language) {
    if let Some(terms) = words::source_terms(language, source) {
        ui.add(egui::Label::new(egui::RichText::new(terms).small().weak()).wrap());
    }
}

/// A list of every system, for a file that does not say its own.
fn crs_box(ui: &mut Ui, chosen: &mut Option<Crs>, label: &str, language: Language) {
    let text = match chosen {
        Some(crs) => crs_text(language, *crs),
        None => language.text("layers.crs_choose").into_owned(),
    };
    let combo = ComboBox::from_id_salt("crs")
        .selected_text(text)
        .width(theme::ADDRESS_WIDTH)
        .height(theme::LAYERS_HEIGHT);
    let response = combo.show_ui(ui, |ui| {
        for crs in Crs::all() {
            ui.selectable_value(chosen, Some(crs), crs_text(language, crs));
        }
    });
    response.response.accessible_name(label);
}
