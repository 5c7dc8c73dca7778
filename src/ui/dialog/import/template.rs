//! Mappings saved under a name, and offered where the headings fit.

use super::{Read, stem};
use crate::jobs::import::Template;
use crate::ui::action::Action;
use crate::words::Language;
use egui::{Button, TextEdit, Ui};

/// The mappings that fit, each a button that takes it.
pub(super) fn fitting_ui(ui: &mut Ui, read: &mut Read, language: Language) {
    if read.templates.is_empty() {
        return;
    }
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.label(language.text("lists.template.used"));
        for template in &read.templates {
            let text = language.text_with("lists.template.use", &[("name", &template.name)]);
            if ui.button(text).clicked() {
                chosen = Some(template.clone());
            }
        }
    });
    if let Some(template) = chosen {
        read.take(&template);
    }
}

impl Read {
    /// The answers of a template. The system that the file itself names stands.
    fn take(&mut self, template: &Template) {
        self.answers = template.answers();
        if let Ok(mapping) = template.mapping(&self.columns()) {
            self.mapping = mapping;
        }
        self.role = template.role;
        self.kind = template.kind;
        self.crs = self.preview.crs_named.or(template.crs);
        self.template_name.clone_from(&template.name);
    }
}

/// A box for the name, and a button that saves what is answered now.
pub(super) fn save_ui(ui: &mut Ui, read: &mut Read, language: Language) -> Option<Action> {
    let label = language.text("lists.template.name");
    let settings = read.settings();
    ui.label(&*label);
    let hint = stem(&read.path);
    let text = TextEdit::singleline(&mut read.template_name);
    let response = ui.add(text.hint_text(hint).desired_width(180.0));
    response.accessible_name(&*label);
    let is_named = !read.template_name.trim().is_empty();
    let button = Button::new(language.text("lists.template.save"));
    let button = ui.add_enabled(is_named && settings.is_some(), button);
    let settings = settings.filter(|_| button.clicked())?;
    let template = Template::of(&read.template_name, &settings);
    Some(Action::SaveTemplate(Box::new(template)))
}
