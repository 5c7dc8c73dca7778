//! Whether the file is a newer version of a list that was imported before.

use super::Read;
use crate::jobs::import::Mapping;
use crate::jobs::import::newer::{earlier_version, versions};
use crate::model::{ImportList, ListId, Survey};
use crate::words::Language;
use egui::{ComboBox, Ui};

/// What a person said of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Version {
    /// Nothing: the name of the file tells.
    #[default]
    Unsaid,
    Own,
    Of(ListId),
}

impl Read {
    /// The list that this is taken for a newer version of.
    pub(super) fn version(&self, survey: &Survey) -> Option<ListId> {
        if !self.role.gives_estates() {
            return None;
        }
        match self.version {
            Version::Own => None,
            Version::Of(list) => survey.list(list).map(|list| list.id),
            Version::Unsaid => self.named_like(survey).map(|list| list.id),
        }
    }

    /// The list of the same file name. The very same file is no newer version of itself.
    fn named_like<'a>(&self, survey: &'a Survey) -> Option<&'a ImportList> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let layer = self.layer().filter(|_| self.preview.layer > 0);
        let list = earlier_version(survey, &name, layer.as_deref(), self.role)?;
        (list.sha256 != self.preview.sha256).then_some(list)
    }

    /// The columns of a newer version are for what they were for before.
    pub(super) fn take_earlier_answers(&mut self, survey: &Survey) {
        let Some(list) = self.named_like(survey) else {
            return;
        };
        self.kind = list.kind;
        self.answer_as(list);
    }

    fn answer_as(&mut self, list: &ImportList) {
        self.answers = Mapping::of_list(list);
        self.mapping = self.mapping.clone().answered(&self.answers);
    }
}

pub(super) fn version_ui(
    ui: &mut Ui,
    read: &mut Read,
    survey: Option<&Survey>,
    language: Language,
) {
    let Some(survey) = survey.filter(|_| read.role.gives_estates()) else {
        return;
    };
    let lists = versions(survey);
    if lists.is_empty() {
        return;
    }
    let label = |list: &ImportList| {
        let day = list.imported_at.strftime("%Y-%m-%d");
        language.text_with(
            "lists.newer.of",
            &[("list", &list.file_name), ("date", &day)],
        )
    };
    let own = language.text("lists.newer.own");
    let chosen = read.version(survey);
    let selected = match chosen.and_then(|id| survey.list(id)) {
        Some(list) => label(list),
        None => own.clone().into_owned(),
    };
    let name = language.text("lists.newer.question");
    let mut version = match chosen {
        Some(list) => Version::Of(list),
        None => Version::Own,
    };
    let before = version;
    ui.horizontal(|ui| {
        ui.label(&*name);
        let combo = ComboBox::from_id_salt("version").selected_text(selected);
        let response = combo.show_ui(ui, |ui| {
            ui.selectable_value(&mut version, Version::Own, &*own);
            for list in &lists {
                ui.selectable_value(&mut version, Version::Of(list.id), label(list));
            }
        });
        response.response.accessible_name(&*name);
    });
    if version != before {
        read.version = version;
        if let Version::Of(list) = version
            && let Some(list) = survey.list(list)
        {
            read.answer_as(list);
        }
    }
}
