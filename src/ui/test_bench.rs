//! What tests of the window's parts share: a survey that views are drawn over and whose commands
//! are carried out at once, and the shipped fonts.

use crate::catalogue::Catalogue;
use crate::edit::{Ambient, Command, plan};
use crate::model::{Estate, EstateId, Survey};
use crate::ui::action::{Action, Selection};
use std::sync::Arc;

/// A survey under test, and everything the views asked for.
pub struct Bench {
    pub survey: Survey,
    pub revision: u64,
    pub selection: Vec<EstateId>,
    pub catalogue: Catalogue,
    pub actions: Vec<Action>,
}

impl Bench {
    /// The first estate is selected.
    pub fn new(estates: impl IntoIterator<Item = Estate>) -> Self {
        let survey = Survey::from_parts(estates, [], [], Default::default());
        Self {
            selection: survey.estates().take(1).map(|estate| estate.id).collect(),
            survey,
            revision: 1,
            catalogue: Catalogue::shipped(),
            actions: Vec::new(),
        }
    }

    /// Carries out what a view asked for, as the window does.
    pub fn carry_out(&mut self, actions: Vec<Action>) {
        for action in &actions {
            match action {
                Action::Edit(command) => self.edit(command.clone()),
                Action::Select(Selection::Only(id)) => self.selection = vec![*id],
                Action::Select(Selection::These(ids)) => self.selection = ids.clone(),
                Action::Select(Selection::Also(ids)) => self.selection.extend(ids),
                Action::Select(Selection::Nothing) => self.selection.clear(),
                Action::Select(Selection::Toggle(id)) => {
                    match self.selection.iter().position(|one| one == id) {
                        Some(at) => drop(self.selection.remove(at)),
                        None => self.selection.push(*id),
                    }
                }
                _ => {}
            }
        }
        self.actions.extend(actions);
    }

    fn edit(&mut self, command: Command) {
        let ambient = Ambient {
            now: jiff::Timestamp::UNIX_EPOCH,
            author: "test".to_owned(),
            new_estate: id(u128::MAX),
            divisions: None,
        };
        let planned =
            plan(&self.survey, command, &ambient).expect("a view offers what can be done");
        self.survey.apply(&planned.changes);
        self.revision += 1;
    }

    pub fn commands(&self) -> Vec<&Command> {
        let mut commands = Vec::new();
        for action in &self.actions {
            if let Action::Edit(command) = action {
                commands.push(command);
            }
        }
        commands
    }

    pub fn selected(&self) -> &Estate {
        self.survey.estate(self.selection[0]).unwrap()
    }
}

pub fn id(number: u128) -> EstateId {
    EstateId(uuid::Uuid::from_u128(number))
}

/// The shipped fonts and nothing else, so that a picture shows what the program shows.
pub fn install_fonts(context: &egui::Context) {
    let text = include_bytes!("../../assets/fonts/NotoSansSC-GB2312.ttf");
    let mut fonts = egui::FontDefinitions::empty();
    for (name, bytes) in [("text", &text[..]), ("icons", crate::ui::icons::FONT)] {
        let font = egui::FontData::from_static(bytes);
        fonts.font_data.insert(name.to_owned(), Arc::new(font));
    }
    for family in [egui::FontFamily::Proportional, egui::FontFamily::Monospace] {
        let names = vec!["text".to_owned(), "icons".to_owned()];
        fonts.families.insert(family, names);
    }
    context.set_fonts(fonts);
}
