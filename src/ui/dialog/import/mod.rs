//! The import dialog: the file, what its rows are, the system of their coordinates (asked, never
//! guessed), and what each column means.

use super::paths::path_row;
use super::systems::{Asked, Comparison, comparison_ui};
use crate::catalogue::{Catalogue, Target};
use crate::jobs::import::{Candidate, ImportSettings, Mapping, Preview};
use crate::model::{BuildingField, Crs, Field, ImportList, ListKind, ListRole, LonLat, RowProblem};
use crate::ui::action::{Action, Browse, ImportRequest, ReadAs};
use crate::ui::coverage::kind_ui;
use crate::ui::files::FileKind;
use crate::words::{Language, buildings, fields, import as words};
use egui::{Button, ComboBox, ScrollArea, Ui};
use std::path::PathBuf;
use std::sync::Arc;

/// What has been filled in so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportDraft {
    path: String,
    stage: Stage,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum Stage {
    #[default]
    Choosing,
    Reading,
    Mapping(Box<Read>),
    /// The list is in the survey; its rejected rows and these values need a look.
    Done {
        list: Arc<ImportList>,
        warnings: Vec<RowProblem>,
    },
}

/// A file that was read, and the answers to what it cannot tell.
#[derive(Clone, Debug, PartialEq)]
struct Read {
    path: PathBuf,
    preview: Preview,
    mapping: Mapping,
    role: ListRole,
    kind: ListKind,
    crs: Option<Crs>,
    comparison: Comparison,
}

impl Read {
    /// The layer that was read, by its name where there are several.
    fn layer(&self) -> Option<String> {
        self.preview.layers.get(self.preview.layer).cloned()
    }

    /// What the columns are for, by the headings that a list of this role has; of positions given
    /// in several systems, the columns of the chosen one.
    fn guess(&mut self, catalogue: &Catalogue) {
        let headings = catalogue.headings_for(self.role);
        let columns: Vec<_> = self
            .preview
            .columns
            .iter()
            .map(|c| c.name.clone())
            .collect();
        self.mapping = Mapping::guess(&columns, headings, self.crs);
    }
}

/// Height of the list of columns, and what is kept free below it.
const LEAST_COLUMNS: f32 = 100.0;
const MOST_COLUMNS: f32 = 260.0;
const BELOW_COLUMNS: f32 = 110.0;
/// More than a screenful of odd values tells nothing that the first ones do not.
const WARNINGS_SHOWN: usize = 200;
/// Of each of the two lists after an import.
const LISTED_HEIGHT: f32 = 220.0;

impl ImportDraft {
    pub(super) fn set_path(&mut self, path: String) {
        self.path = path;
        self.stage = Stage::Choosing;
    }

    /// A file that was dropped on the window.
    pub fn of_file(path: &std::path::Path) -> Self {
        Self {
            path: path.display().to_string(),
            stage: Stage::Reading,
        }
    }

    pub fn set_preview(&mut self, path: PathBuf, preview: Preview) {
        let role = match preview.geometries.polygons {
            0 => ListRole::Register,
            _ => ListRole::Estates,
        };
        self.stage = Stage::Mapping(Box::new(Read {
            path,
            mapping: preview.mapping.clone(),
            role,
            kind: ListKind::default(),
            crs: preview.crs_named,
            comparison: Comparison::default(),
            preview,
        }));
    }

    /// Takes in how the list could be read.
    pub fn set_ways(&mut self, ways: Vec<Candidate>) {
        if let Stage::Mapping(read) = &mut self.stage {
            read.comparison = Comparison::of(ways);
        }
    }

    /// Where the points of the list would lie, while systems are compared.
    pub fn trial_places(&self) -> &[LonLat] {
        match &self.stage {
            Stage::Mapping(read) => read.comparison.places(),
            Stage::Choosing | Stage::Reading | Stage::Done { .. } => &[],
        }
    }

    pub fn stop_reading(&mut self) {
        self.stage = Stage::Choosing;
    }

    pub fn set_done(&mut self, list: Arc<ImportList>, warnings: Vec<RowProblem>) {
        self.stage = Stage::Done { list, warnings };
    }
}

pub(super) fn import_ui(
    ui: &mut Ui,
    draft: &mut ImportDraft,
    catalogue: &Catalogue,
    language: Language,
) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.label(language.text("dialog.import.help"));
    ui.add_space(6.0);
    let browse = Browse::Open(FileKind::Source);
    let entered = path_row(ui, &mut draft.path, language, browse, &mut actions);
    match &mut draft.stage {
        Stage::Choosing => {
            let ready = !draft.path.trim().is_empty();
            let button = Button::new(language.text("dialog.import.read"));
            if (ui.add_enabled(ready, button).clicked() || entered) && ready {
                let path = PathBuf::from(draft.path.trim());
                draft.stage = Stage::Reading;
                actions.push(Action::PreviewSource(path, None));
            }
        }
        Stage::Reading => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(language.text("dialog.import.reading"));
            });
        }
        Stage::Mapping(read) => match layer_ui(ui, read, language) {
            Some(layer) => {
                actions.push(Action::PreviewSource(read.path.clone(), Some(layer)));
                draft.stage = Stage::Reading;
            }
            None => actions.extend(mapping_ui(ui, read, catalogue, language)),
        },
        Stage::Done { list, warnings } => actions.extend(done_ui(ui, list, warnings, language)),
    }
    actions
}

/// Which layer or sheet of a file with several; the one to be read instead.
fn layer_ui(ui: &mut Ui, read: &Read, language: Language) -> Option<String> {
    let layers = &read.preview.layers;
    if layers.len() < 2 {
        return None;
    }
    let mut chosen = read.preview.layer;
    let name = language.text("dialog.import.layer");
    ui.horizontal(|ui| {
        ui.label(&*name);
        let selected = layers.get(chosen).map(String::as_str).unwrap_or_default();
        let combo = ComboBox::from_id_salt("layer").selected_text(selected);
        let response = combo.show_ui(ui, |ui| {
            for (index, layer) in layers.iter().enumerate() {
                ui.selectable_value(&mut chosen, index, layer);
            }
        });
        response.response.accessible_name(&*name);
    });
    let changed = chosen != read.preview.layer;
    layers.get(chosen).filter(|_| changed).cloned()
}

fn mapping_ui(
    ui: &mut Ui,
    read: &mut Read,
    catalogue: &Catalogue,
    language: Language,
) -> Vec<Action> {
    let encoding = words::file_text(language, &read.preview);
    ui.label(language.text_with(
        "dialog.import.found",
        &[("rows", &read.preview.rows), ("format", &encoding)],
    ));
    ui.add_space(6.0);
    ui.strong(language.text("dialog.import.role"));
    for (role, key, hint) in [
        (
            ListRole::Estates,
            "dialog.import.role_estates",
            "dialog.import.role_estates_hint",
        ),
        (
            ListRole::Register,
            "dialog.import.role_register",
            "dialog.import.role_register_hint",
        ),
        (
            ListRole::Buildings,
            "dialog.import.role_buildings",
            "dialog.import.role_buildings_hint",
        ),
    ] {
        ui.horizontal(|ui| {
            let chosen = ui.radio(read.role == role, language.text(key));
            if chosen.clicked() && read.role != role {
                read.role = role;
                read.guess(catalogue);
            }
            ui.weak(language.text(hint));
        });
    }
    if read.role.gives_estates() {
        let name = language.text("coverage.kind");
        ui.horizontal(|ui| {
            ui.label(&*name);
            kind_ui(ui, &mut read.kind, &name, language);
            ui.weak(language.text("coverage.kind_hint"));
        });
    }
    ui.add_space(6.0);
    let compared = crs_ui(ui, read, catalogue, language);
    ui.add_space(6.0);
    columns_ui(ui, read, catalogue, language);
    ui.add_space(8.0);
    let button = Button::new(language.text("dialog.import.import"));
    let response = ui
        .add_enabled(read.crs.is_some(), button)
        .on_disabled_hover_text(language.text("dialog.import.datum_needed"));
    if read.crs.is_none() {
        ui.weak(language.text("dialog.import.datum_needed"));
    }
    match (response.clicked(), read.crs) {
        _ if compared.is_some() => compared.into_iter().collect(),
        (true, Some(crs)) => vec![Action::Import(Box::new(ImportRequest {
            path: read.path.clone(),
            settings: ImportSettings {
                crs,
                role: read.role,
                kind: read.kind,
                layer: read.layer(),
                mapping: read.mapping.clone(),
            },
        }))],
        _ => Vec::new(),
    }
}

/// In which system the coordinates are: degrees of a datum at one glance, metres in a list; and for
/// whoever does not know, a look at the map.
fn crs_ui(
    ui: &mut Ui,
    read: &mut Read,
    catalogue: &Catalogue,
    language: Language,
) -> Option<Action> {
    ui.strong(language.text("dialog.import.datum"));
    let before = read.crs;
    let (degrees, metres): (Vec<Crs>, Vec<Crs>) =
        Crs::all().partition(|crs| matches!(crs, Crs::Degrees(_)));
    ui.horizontal_wrapped(|ui| {
        for crs in degrees {
            ui.radio_value(&mut read.crs, Some(crs), words::crs_text(language, crs));
        }
        let chosen = read.crs.filter(|crs| metres.contains(crs));
        let selected = match chosen {
            Some(crs) => words::crs_text(language, crs),
            None => language.text("dialog.import.metres").into_owned(),
        };
        let combo = ComboBox::from_id_salt("metres").selected_text(&selected);
        let response = combo.show_ui(ui, |ui| {
            for crs in metres {
                let name = words::crs_text(language, crs);
                ui.selectable_value(&mut read.crs, Some(crs), name);
            }
        });
        response
            .response
            .accessible_name(language.text("dialog.import.metres"));
    });
    let asked = comparison_ui(ui, &mut read.comparison, language);
    if let Asked::Take(crs) = asked {
        read.crs = Some(crs);
    }
    if read.crs != before {
        read.guess(catalogue);
    }
    let named = read.preview.crs_named;
    if let Some(hint) = named.or(read.preview.crs_hint) {
        let system = words::crs_text(language, hint);
        let key = match named {
            Some(_) => "dialog.import.datum_named",
            None => "dialog.import.datum_hint",
        };
        ui.label(language.text_with(key, &[("datum", &system)]));
    }
    matches!(asked, Asked::Compare).then(|| {
        Action::CompareSystems(Box::new(ReadAs {
            path: read.path.clone(),
            layer: read.layer(),
            mapping: read.mapping.clone(),
            role: read.role,
        }))
    })
}

fn columns_ui(ui: &mut Ui, read: &mut Read, catalogue: &Catalogue, language: Language) {
    ui.strong(language.text("dialog.import.columns"));
    let targets = targets(read.role, catalogue);
    // What stands below must stay on the screen of a small laptop.
    let left = ui.ctx().content_rect().bottom() - ui.cursor().top() - BELOW_COLUMNS;
    let height = left.clamp(LEAST_COLUMNS, MOST_COLUMNS);
    let columns = ScrollArea::vertical()
        .min_scrolled_height(height)
        .max_height(height);
    columns.show(ui, |ui| {
        egui::Grid::new("columns")
            .num_columns(3)
            .striped(true)
            .show(ui, |ui| {
                for key in ["column", "means", "example"] {
                    ui.weak(language.text(&format!("dialog.import.{key}")));
                }
                ui.end_row();
                for column in &read.preview.columns {
                    ui.label(&column.name);
                    let mut target = read.mapping.target(&column.name);
                    let before = target;
                    let combo = ComboBox::from_id_salt(("means", &column.name))
                        .selected_text(target_label(target, catalogue, language))
                        .width(190.0)
                        .height(320.0);
                    let response = combo.show_ui(ui, |ui| {
                        for choice in &targets {
                            let label = target_label(*choice, catalogue, language);
                            ui.selectable_value(&mut target, *choice, label);
                        }
                    });
                    let name =
                        language.text_with("dialog.import.meaning_of", &[("column", &column.name)]);
                    response.response.accessible_name(name);
                    if target != before {
                        // The column is one of the preview's own, so it is known.
                        let _ = read.mapping.set(&column.name, target);
                    }
                    ui.weak(column.samples.join(" · "));
                    ui.end_row();
                }
            });
    });
}

/// What a column of a list of this role can be for.
fn targets(role: ListRole, catalogue: &Catalogue) -> Vec<Target> {
    let plain = Field::PLAIN.iter().filter(|f| **f != Field::Boundary);
    let gaps = catalogue.items.iter().map(|item| Field::Gap(item.code));
    let fields: Vec<Target> = match role {
        ListRole::Estates | ListRole::Register => {
            plain.copied().chain(gaps).map(Target::Field).collect()
        }
        ListRole::Buildings => BuildingField::ALL
            .iter()
            .filter(|field| **field != BuildingField::Footprint)
            .map(|field| Target::Building(*field))
            .collect(),
    };
    [
        Target::Ignore,
        Target::Lon,
        Target::Lat,
        Target::Source,
        Target::SourceId,
    ]
    .into_iter()
    .chain(fields)
    .collect()
}

fn target_label(target: Target, catalogue: &Catalogue, language: Language) -> String {
    match target {
        Target::Field(field) => fields::label(language, &field, &catalogue.items),
        Target::Building(field) => buildings::field_label(language, field).into_owned(),
        Target::Ignore => language.text("dialog.import.ignore").into_owned(),
        Target::Lon | Target::Lat | Target::Source | Target::SourceId => language
            .text(&format!("dialog.import.target.{}", target.key()))
            .into_owned(),
    }
}

/// What a person has to look at after an import: rows that gave no record, and odd values.
fn done_ui(
    ui: &mut Ui,
    list: &ImportList,
    warnings: &[RowProblem],
    language: Language,
) -> Option<Action> {
    let file = &list.file_name;
    let mut action = None;
    if !list.rejected.is_empty() {
        let count = list.rejected.len();
        ui.strong(language.text_with("lists.rejects.listed", &[("count", &count)]));
        let texts = list.rejected.iter();
        listed_ui(
            ui,
            "rejected",
            texts,
            |row| words::rejected_row_text(language, file, row),
            language,
        );
        let save = ui.button(language.text("lists.rejects.save"));
        action = save.clicked().then_some(Action::MendRows(list.id));
        ui.add_space(8.0);
    }
    if !warnings.is_empty() {
        ui.strong(language.text("dialog.import.warnings"));
        listed_ui(
            ui,
            "warnings",
            warnings.iter(),
            |problem| words::warning_text(language, file, problem),
            language,
        );
    }
    action
}

fn listed_ui<T>(
    ui: &mut Ui,
    id: &str,
    mut all: impl ExactSizeIterator<Item = T>,
    text: impl Fn(T) -> String,
    language: Language,
) {
    let area = ScrollArea::vertical().id_salt(id).max_height(LISTED_HEIGHT);
    area.show(ui, |ui| {
        for one in all.by_ref().take(WARNINGS_SHOWN) {
            ui.label(text(one));
        }
        let more = all.len();
        if more > 0 {
            ui.weak(language.text_with("dialog.import.more", &[("count", &more)]));
        }
    });
}
