//! What fills the form without typing.

use crate::catalogue::must_haves;
use crate::edit::Command;
use crate::model::Field;
use crate::ui::app::App;
use crate::ui::verb::Tag;
use egui::Context;

impl App {
    pub(super) fn tag(&mut self, tag: Tag, context: &Context) {
        match tag {
            Tag::RestIntact => self.rest_intact(context),
            Tag::TakeFromBuildings => self.take_from_buildings(context),
            Tag::RepeatLast
            | Tag::RepeatField
            | Tag::Copy
            | Tag::Paste
            | Tag::Presets
            | Tag::NextMustHave => {}
        }
    }

    /// The must-have facilities that nobody has looked at are intact.
    fn rest_intact(&mut self, context: &Context) {
        if let Some(estate) = self.view.single() {
            let items = must_haves(&self.catalogue.items)
                .into_iter()
                .filter_map(|field| match field {
                    Field::Gap(item) => Some(item),
                    _ => None,
                })
                .collect();
            self.edit(Command::RestIntact { estate, items }, context);
        }
    }
}
