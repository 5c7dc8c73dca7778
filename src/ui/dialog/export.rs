//! What is exported, how, and where to; what would be written shows while one types.

use super::DialogInput;
use super::paths::{PathRow, named_path_row, with_ending};
use crate::jobs::export::{ExchangeFormat, ExportError, ExportTemplate, Profile, Sorted};
use crate::ui::action::{Action, Browse, Existing, ExportOrder};
use crate::ui::files::FileKind;
use crate::ui::icons;
use crate::ui::theme::{self, Palette};
use crate::ui::verb::Verb;
use crate::words::Language;
use crate::words::export as words;
use crate::words::fields::with_separators;
use egui::{Button, ComboBox, TextEdit, Ui};
use std::path::{Path, PathBuf};

/// What has been filled in so far.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportDraft {
    path: String,
    format: ExchangeFormat,
    profile: Profile,
    template: Template,
    filter: String,
    existing: Existing,
    browsed: Browsed,
    /// The order that was counted last, or is being counted.
    asked: Option<ExportOrder>,
    counted: Counted,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Template {
    /// By its name.
    Shipped(String),
    /// By the path typed so far.
    Own(String),
}

/// Which box a picked path goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Browsed {
    Target,
    Template,
}

/// What the order would write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    #[default]
    NotYet,
    /// How many records, and what else there is to say.
    Records(usize, Vec<String>),
    BadTemplate(String),
    BadFilter(String),
}

impl Counted {
    pub fn of(language: Language, counted: &Result<(ExportTemplate, Sorted), ExportError>) -> Self {
        match counted {
            Ok((template, sorted)) => {
                let mut lines = words::left_out(language, template, sorted);
                lines.extend(words::proposal(language, template));
                Self::Records(sorted.written, lines)
            }
            Err(error @ ExportError::Filter(_)) => {
                Self::BadFilter(words::export_error_text(language, error))
            }
            Err(error) => Self::BadTemplate(words::export_error_text(language, error)),
        }
    }
}

impl ExportDraft {
    /// A file beside the survey, in the format that every program reads.
    pub fn beside(survey: &Path, language: Language) -> Self {
        let format = ExchangeFormat::GeoJson;
        let stem = survey.file_stem().unwrap_or_default().to_string_lossy();
        let name = language.text_with("export.dialog.file_name", &[("survey", &stem)]);
        let path = survey.with_file_name(format!("{name}.{}", format.extension()));
        let usual = ExportTemplate::shipped_names().first().copied();
        Self {
            path: path.display().to_string(),
            format,
            profile: Profile::Cgcs2000,
            template: Template::Shipped(usual.unwrap_or_default().to_owned()),
            filter: String::new(),
            existing: Existing::default(),
            browsed: Browsed::Target,
            asked: None,
            counted: Counted::NotYet,
        }
    }

    pub(super) fn set_path(&mut self, picked: String) {
        match (self.browsed, &mut self.template) {
            (Browsed::Template, Template::Own(path)) => *path = picked,
            _ => {
                self.path = picked;
                self.follow_ending();
            }
        }
    }

    /// Takes in what the order would write, if it is still the one that is asked about.
    pub fn set_counted(&mut self, order: &ExportOrder, counted: Counted) {
        if self.asked.as_ref() == Some(order) {
            self.counted = counted;
        }
    }

    /// The count was stopped: the next frame asks again, unless another question came meanwhile.
    pub fn stop_counting(&mut self, order: &ExportOrder) {
        if self.asked.as_ref() == Some(order) {
            self.asked = None;
        }
    }

    /// The ending that was typed says the format.
    fn follow_ending(&mut self) {
        if let Some(format) = ExchangeFormat::of(Path::new(self.path.trim())) {
            self.format = format;
        }
    }

    /// The path with the ending of its format.
    pub(super) fn target(&self) -> PathBuf {
        let path = self.path.trim();
        match ExchangeFormat::of(Path::new(path)) {
            Some(_) => PathBuf::from(path).with_extension(self.format.extension()),
            None => with_ending(path, self.format.extension()),
        }
    }

    fn set_format(&mut self, format: ExchangeFormat) {
        self.format = format;
        if !self.path.trim().is_empty() {
            self.path = self.target().display().to_string();
        }
    }

    fn order(&self) -> ExportOrder {
        let template = match &self.template {
            Template::Shipped(name) => name.clone(),
            Template::Own(path) => path.trim().to_owned(),
        };
        ExportOrder {
            path: self.target(),
            format: self.format,
            profile: self.profile,
            template,
            filter: self.filter.clone(),
            existing: self.existing,
        }
    }

    /// Asks anew what would be written where the answer may be another one.
    fn ask(&mut self) -> Option<Action> {
        let order = self.order();
        let is_same = |asked: &ExportOrder| {
            asked.format == order.format
                && asked.template == order.template
                && asked.filter == order.filter
        };
        if self.asked.as_ref().is_some_and(is_same) {
            return None;
        }
        self.counted = Counted::NotYet;
        self.asked = Some(order.clone());
        Some(Action::CountExport(Box::new(order)))
    }
}

pub(super) fn export_ui(
    ui: &mut Ui,
    draft: &mut ExportDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.label(language.text("export.dialog.help"));
    ui.add_space(8.0);
    format_ui(ui, draft, language);
    if draft.format == ExchangeFormat::GeoJson {
        profile_ui(ui, &mut draft.profile, language);
    }
    template_ui(ui, draft, language, &mut actions);
    if let Counted::BadTemplate(problem) = &draft.counted {
        problem_ui(ui, problem);
    }
    filter_ui(ui, &mut draft.filter, language);
    if let Counted::BadFilter(problem) = &draft.counted {
        problem_ui(ui, problem);
    }
    let entered = target_ui(ui, draft, language, &mut actions);
    ui.add_space(8.0);
    let is_sound = counted_ui(ui, &draft.counted, language);
    let is_free = (input.available)(Verb::Export).is_ok();
    let ready = is_sound && is_free && !draft.path.trim().is_empty();
    let button = Button::new(language.text("export.dialog.export"));
    let clicked = ui.add_enabled(ready, button).clicked();
    actions.extend(draft.ask());
    if ready && (clicked || entered) {
        actions.push(Action::Export(Box::new(draft.order())));
    }
    actions
}

fn row(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_min_height(theme::BOX_HEIGHT);
        ui.label(label);
        add(ui);
    });
}

fn format_ui(ui: &mut Ui, draft: &mut ExportDraft, language: Language) {
    let label = language.text("export.dialog.format");
    let mut format = draft.format;
    row(ui, &label, |ui| {
        let combo = ComboBox::from_id_salt("export format")
            .selected_text(words::format_text(language, format));
        let response = combo.show_ui(ui, |ui| {
            for one in ExchangeFormat::ALL {
                ui.selectable_value(&mut format, one, words::format_text(language, one));
            }
        });
        response.response.accessible_name(label.as_ref());
    });
    if format != draft.format {
        draft.set_format(format);
    }
}

fn profile_ui(ui: &mut Ui, profile: &mut Profile, language: Language) {
    let label = language.text("export.dialog.profile");
    let name = |profile: Profile| match profile {
        Profile::Cgcs2000 => language.text("export.dialog.cgcs2000"),
        Profile::Rfc7946 => language.text("export.dialog.rfc7946"),
    };
    row(ui, &label, |ui| {
        let combo = ComboBox::from_id_salt("export profile").selected_text(name(*profile));
        let response = combo.show_ui(ui, |ui| {
            for one in Profile::ALL {
                ui.selectable_value(profile, one, name(one));
            }
        });
        response.response.accessible_name(label.as_ref());
    });
}

fn template_ui(
    ui: &mut Ui,
    draft: &mut ExportDraft,
    language: Language,
    actions: &mut Vec<Action>,
) {
    let label = language.text("export.dialog.template");
    let own = language.text("export.dialog.own_template");
    let shipped = ExportTemplate::shipped();
    let title = |name: &str| {
        let found = shipped.iter().find(|template| template.name == name);
        found.map(|template| words::template_title(language, template))
    };
    let template = &mut draft.template;
    row(ui, &label, |ui| {
        let shown = match &*template {
            Template::Shipped(name) => title(name).unwrap_or_default(),
            Template::Own(_) => own.clone(),
        };
        let combo = ComboBox::from_id_salt("export template").selected_text(&*shown);
        let response = combo.show_ui(ui, |ui| {
            for one in shipped {
                let value = Template::Shipped(one.name.clone());
                let title = words::template_title(language, one);
                ui.selectable_value(template, value, &*title)
                    .on_hover_text(words::template_note(language, one));
            }
            let is_own = matches!(template, Template::Own(_));
            if ui.selectable_label(is_own, &*own).clicked() && !is_own {
                *template = Template::Own(String::new());
            }
        });
        response.response.accessible_name(label.as_ref());
    });
    let Template::Own(path) = template else {
        return;
    };
    let label = language.text("export.dialog.template_path");
    if let PathRow::Browse = named_path_row(ui, &label, path, language) {
        draft.browsed = Browsed::Template;
        actions.push(Action::Browse(Browse::Open(FileKind::Template)));
    }
    let usual = ExportTemplate::shipped_names().first().copied();
    let usual = usual.unwrap_or_default();
    ui.weak(language.text_with("export.dialog.write_template", &[("template", &usual)]));
}

fn filter_ui(ui: &mut Ui, filter: &mut String, language: Language) {
    let label = language.text("export.dialog.filter");
    row(ui, &label, |ui| {
        let text = TextEdit::singleline(filter)
            .hint_text(language.text("export.dialog.filter_hint"))
            .desired_width(f32::INFINITY);
        ui.add(text).accessible_name(label.as_ref());
    });
}

/// Whether Enter was pressed in the path box.
fn target_ui(
    ui: &mut Ui,
    draft: &mut ExportDraft,
    language: Language,
    actions: &mut Vec<Action>,
) -> bool {
    let before = draft.path.clone();
    let label = language.text("dialog.path");
    let done = named_path_row(ui, &label, &mut draft.path, language);
    if draft.path != before {
        draft.follow_ending();
    }
    if let PathRow::Browse = done {
        draft.browsed = Browsed::Target;
        let kind = FileKind::Export(draft.format);
        actions.push(Action::Browse(Browse::Save(kind)));
    }
    let mut replaces = draft.existing == Existing::Replaced;
    ui.checkbox(&mut replaces, language.text("export.dialog.replace"));
    draft.existing = match replaces {
        true => Existing::Replaced,
        false => Existing::Kept,
    };
    matches!(done, PathRow::Entered)
}

/// Says what would be written; whether anything can be.
fn counted_ui(ui: &mut Ui, counted: &Counted, language: Language) -> bool {
    match counted {
        Counted::NotYet => {
            ui.weak(language.text("export.dialog.counting"));
            false
        }
        Counted::Records(records, lines) => {
            let count = with_separators(*records as u64);
            ui.label(language.text_with("export.dialog.records", &[("count", &count)]));
            for line in lines {
                ui.weak(line);
            }
            true
        }
        Counted::BadTemplate(_) | Counted::BadFilter(_) => false,
    }
}

fn problem_ui(ui: &mut Ui, problem: &str) {
    let color = Palette::of(ui.visuals()).finding;
    ui.colored_label(color, format!("{} {problem}", icons::WARNING));
}

#[cfg(test)]
mod tests {
    use super::super::Dialog;
    use super::*;

    fn draft(path: &str) -> ExportDraft {
        let mut draft = ExportDraft::beside(Path::new("洪都.gpkg"), Language::Chinese);
        draft.set_path(path.to_owned());
        draft
    }

    #[test]
    fn the_ending_and_the_format_agree() {
        let beside = ExportDraft::beside(Path::new("洪都.gpkg"), Language::Chinese);
        let dialog = Dialog::Export(Box::new(beside));
        assert_eq!(dialog.file_name().as_deref(), Some("洪都 导出.geojson"));
        for (path, format, target) in [
            ("甲.csv", ExchangeFormat::Csv, "甲.csv"),
            ("甲.XLSX", ExchangeFormat::Xlsx, "甲.xlsx"),
            // A full stop in a name is no ending.
            ("洪都2.0版", ExchangeFormat::GeoJson, "洪都2.0版.geojson"),
        ] {
            let draft = draft(path);
            assert_eq!(
                (draft.format, draft.target()),
                (format, PathBuf::from(target))
            );
        }
        let mut draft = draft("甲.csv");
        draft.set_format(ExchangeFormat::Kml);
        assert_eq!(draft.path, "甲.kml");
    }

    #[test]
    fn it_is_counted_again_where_the_answer_may_be_another() {
        let mut draft = draft("甲.csv");
        assert!(draft.ask().is_some());
        assert_eq!(draft.ask(), None);
        draft.set_path("乙.csv".to_owned());
        assert_eq!(draft.ask(), None);
        draft.filter = "households > 1".to_owned();
        let asked = draft.order();
        assert!(draft.ask().is_some());
        draft.set_counted(&asked, Counted::Records(3, Vec::new()));
        assert_eq!(draft.counted, Counted::Records(3, Vec::new()));
        // An answer that comes late is to another question.
        draft.filter.clear();
        assert!(draft.ask().is_some());
        draft.set_counted(&asked, Counted::Records(3, Vec::new()));
        assert_eq!(draft.counted, Counted::NotYet);
    }
}
