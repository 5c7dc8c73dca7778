//! What fills the form without typing: repeating, copying, presets; and the way from a finished
//! estate to the next.

use crate::catalogue::{is_shared, must_haves, open_values, shared_values};
use crate::edit::{Command, Refusal};
use crate::model::{Estate, EstateId, Field, FilledFrom, ItemCode, Value};
use crate::session::SessionError;
use crate::ui::action::Workspace;
use crate::ui::app::App;
use crate::ui::availability::{JobState, availability};
use crate::ui::dialog::Dialog;
use crate::ui::form::{Entry, rest_intact};
use crate::ui::notice::Tone;
use crate::ui::tagging::{Tagging, values_text};
use crate::ui::verb::{Tag, Verb};
use crate::words::fields::{label, record_name, value_text};
use egui::{Context, ViewportCommand};
use std::sync::Arc;

impl App {
    pub(super) fn tag(&mut self, tag: Tag, context: &Context) {
        match tag {
            Tag::RestIntact => self.rest_intact(context),
            Tag::TakeFromBuildings => self.take_from_buildings(context),
            Tag::RepeatLast => self.repeat_last(context),
            Tag::RepeatField => self.repeat_field(context),
            Tag::Copy => self.copy_values(context),
            // What the clipboard holds comes as an event, as if Ctrl+V had been pressed.
            Tag::Paste => context.send_viewport_cmd(ViewportCommand::RequestPaste),
            Tag::Presets => self.view.dialog = Some(Dialog::Presets(Default::default())),
            Tag::NextMustHave => {
                self.go(Workspace::Survey, context);
                self.form.enter(Entry::FirstOpen);
            }
        }
    }

    fn selected(&self) -> Vec<Arc<Estate>> {
        let Some(session) = &self.session else {
            return Vec::new();
        };
        let ids = self.view.selection.iter();
        ids.filter_map(|id| session.survey().estate(*id).cloned())
            .collect()
    }

    /// The must-have facilities that nobody has looked at are intact.
    fn rest_intact(&mut self, context: &Context) {
        let items: Vec<ItemCode> = must_haves(&self.catalogue.items)
            .into_iter()
            .filter_map(|field| match field {
                Field::Gap(item) => Some(item),
                _ => None,
            })
            .collect();
        let selected = self.selected();
        let estates: Vec<&Estate> = selected.iter().map(Arc::as_ref).collect();
        if let Some(command) = rest_intact(&estates, &items) {
            self.edit(command, context);
        }
    }

    /// Fills what is open here with what the estate tagged before has there.
    fn repeat_last(&mut self, context: &Context) {
        let Some(session) = &self.session else { return };
        let survey = session.survey();
        let before = self
            .tagging
            .tagged_before(survey, &self.view.selection)
            .cloned();
        match before {
            Some(before) => {
                let name = record_name(self.language(), survey, &before);
                let from = FilledFrom::Estate { name };
                self.fill_open(&shared_values(&before), from, context);
            }
            None => self.say_text("tagging.nothing_before", context),
        }
    }

    /// Fills in what the selected records leave open, as one edit, and lets the keyboard look it
    /// over.
    pub(super) fn fill_open(
        &mut self,
        given: &[(Field, Value)],
        from: FilledFrom,
        context: &Context,
    ) {
        let items = &self.catalogue.items;
        let values: Vec<_> = self
            .selected()
            .iter()
            .map(|estate| (estate.id, open_values(estate, given, items)))
            .filter(|(_, values)| !values.is_empty())
            .collect();
        if values.is_empty() {
            self.say_text("tagging.nothing_open", context);
        } else {
            self.fill(values, from, context);
        }
        self.go(Workspace::Survey, context);
        self.form.enter(Entry::Review);
    }

    /// Carries the values out and says how many there were.
    fn fill(
        &mut self,
        values: Vec<(EstateId, Vec<(Field, Value)>)>,
        from: FilledFrom,
        context: &Context,
    ) {
        let estates = values.len();
        let count: usize = values.iter().map(|(_, values)| values.len()).sum();
        match self.run(Command::Fill { values, from }) {
            Ok(()) => {
                let text = self.language().text_with(
                    "tagging.filled",
                    &[("values", &count), ("estates", &estates)],
                );
                self.say(Tone::Done, text, context);
            }
            Err(error) => self.say_error(&error, context),
        }
    }

    /// The field set last, for everything selected.
    fn repeat_field(&mut self, context: &Context) {
        let language = self.language();
        let items = &self.catalogue.items;
        match self.tagging.last_set().cloned() {
            None => self.say_text("tagging.no_field_before", context),
            Some((field, _)) if !is_shared(&field) => {
                let field = label(language, &field, items);
                let text = language.text_with("tagging.own_field", &[("field", &field)]);
                self.say(Tone::Problem, text, context);
            }
            Some((field, value)) => {
                let name = label(language, &field, items);
                let shown = value_text(language, &field, value.as_ref());
                let estates = self.view.selection.clone();
                let count = estates.len();
                let command = Command::SetField {
                    estates,
                    field,
                    value,
                };
                let key = match self.run(command) {
                    Ok(()) => "tagging.field_set",
                    Err(SessionError::Refused(Refusal::NothingChanges)) => "tagging.field_held",
                    Err(error) => {
                        self.say_error(&error, context);
                        return;
                    }
                };
                let text = language.text_with(
                    key,
                    &[("field", &name), ("value", &shown), ("estates", &count)],
                );
                self.say(Tone::Done, text, context);
            }
        }
    }

    fn copy_values(&mut self, context: &Context) {
        let language = self.language();
        if let [estate] = &self.selected()[..] {
            context.copy_text(values_text::write(language, estate, &self.catalogue.items));
            let name = match &self.session {
                Some(session) => record_name(language, session.survey(), estate),
                None => estate.name.clone(),
            };
            let text = language.text_with("tagging.copied", &[("name", &name)]);
            self.say(Tone::Done, text, context);
        }
    }

    /// Puts copied values into everything selected: all that the text holds and neighbours share.
    pub(super) fn paste(&mut self, text: &str, context: &Context) {
        let language = self.language();
        let verb = Verb::Tag(Tag::Paste);
        let session = self.session.as_ref();
        if let Err(reason) = availability(verb, session, &self.view, JobState::Idle) {
            self.say_text(reason.key(), context);
            return;
        }
        let values = match values_text::read(text) {
            Ok(values) => values,
            Err(problem) => {
                let text = problem.text(language, &self.catalogue.items);
                self.say(Tone::Problem, text, context);
                return;
            }
        };
        let shared: Vec<_> = values
            .into_iter()
            .filter(|(field, _)| is_shared(field))
            .collect();
        let selected = self.selected();
        let changes = |estate: &Arc<Estate>| {
            let mut values = shared.clone();
            values.retain(|(field, value)| estate.get(field).as_ref() != Some(value));
            (estate.id, values)
        };
        let values: Vec<_> = selected
            .iter()
            .map(changes)
            .filter(|(_, values)| !values.is_empty())
            .collect();
        match values.is_empty() {
            true => self.say_text("tagging.nothing_to_paste", context),
            false => self.fill(values, FilledFrom::Clipboard, context),
        }
    }

    /// The last must-have was answered: says so, and goes on to the next where that is wanted.
    pub(super) fn finished(&mut self, id: EstateId, context: &Context) {
        let Some(session) = &self.session else { return };
        let Some(estate) = session.survey().estate(id) else {
            return;
        };
        let language = self.language();
        let name = record_name(language, session.survey(), estate);
        let goes_on = self.preferences.auto_advance.is_on();
        let key = match goes_on {
            true => "tagging.finished",
            false => "tagging.finished_press_space",
        };
        let text = language.text_with(key, &[("name", &name)]);
        self.say(Tone::Done, text, context);
        if goes_on {
            self.next_to_do(context);
        }
    }

    /// Remembers what the log knows of the days before.
    pub(super) fn resume_tagging(&mut self, context: &Context) {
        let Some(session) = &self.session else { return };
        match Tagging::of_session(session) {
            Ok(tagging) => self.tagging = tagging,
            Err(error) => self.say_error(&error, context),
        }
    }

    pub(super) fn say_text(&mut self, key: &str, context: &Context) {
        let text = self.language().text(key).into_owned();
        self.say(Tone::Done, text, context);
    }
}
