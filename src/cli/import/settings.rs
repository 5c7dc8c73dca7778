//! How a list is read: as the command line says, else as its file, else as a template does.

use super::{ImportArguments, Role};
use crate::cli::console::{Console, Failure};
use crate::formats::file_name;
use crate::jobs::import::{ImportSettings, Mapping, Preview, Template};
use crate::model::{Crs, ImportList, ListRole};
use crate::words::import as words;
use crate::words::lists::template_error_text;
use std::path::Path;
use std::sync::Arc;

/// Before anything is imported: a template that nobody understands imports nothing.
pub(super) fn check(console: &Console, arguments: &ImportArguments) -> Result<(), Failure> {
    template(console, arguments).map(|_| ())
}

fn template(console: &Console, arguments: &ImportArguments) -> Result<Option<Template>, Failure> {
    let Some(path) = &arguments.mapping else {
        return Ok(None);
    };
    let loaded = Template::load(path, &console.catalogue.items);
    let failed = |error| Failure(template_error_text(console.language, &error));
    loaded.map(Some).map_err(failed)
}

pub(super) fn of(
    console: &Console,
    source: &Path,
    preview: &Preview,
    arguments: &ImportArguments,
) -> Result<ImportSettings, Failure> {
    let template = template(console, arguments)?;
    let template = template.as_ref();
    let crs = system(console, source, preview, (arguments, template))?;
    let role = role(arguments.role, template, preview);
    Ok(ImportSettings {
        crs,
        role,
        kind: arguments
            .kind
            .or(template.map(|template| template.kind))
            .unwrap_or_default(),
        layer: arguments.layer.clone(),
        mapping: mapping(console, preview, (role, crs), (arguments, template))?,
    })
}

/// The same for a newer version: its columns are for what they were for in `earlier`, unless the
/// command line says otherwise.
pub(super) fn as_before(
    console: &Console,
    settings: ImportSettings,
    earlier: Option<&Arc<ImportList>>,
    arguments: &ImportArguments,
) -> Result<ImportSettings, Failure> {
    let Some(earlier) = earlier.filter(|_| arguments.mapping.is_none()) else {
        return Ok(settings);
    };
    let answers = Mapping::of_list(earlier);
    let mapping = settings.mapping.answered(&answers);
    Ok(ImportSettings {
        mapping: with_overrides(console, mapping, arguments)?,
        ..settings
    })
}

fn with_overrides(
    console: &Console,
    mapping: Mapping,
    arguments: &ImportArguments,
) -> Result<Mapping, Failure> {
    mapping
        .with_overrides(&arguments.map, &console.catalogue.items)
        .map_err(|error| Failure(words::mapping_error_text(console.language, &error)))
}

/// Keeps how the list was read, where that is wanted.
pub(super) fn keep(
    console: &Console,
    settings: &ImportSettings,
    arguments: &ImportArguments,
) -> Result<(), Failure> {
    let Some(path) = arguments
        .save_mapping
        .as_ref()
        .filter(|_| !arguments.dry_run)
    else {
        return Ok(());
    };
    let language = console.language;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    Template::of(&name, settings)
        .save(path)
        .map_err(|error| Failure(template_error_text(language, &error)))?;
    let text = language.text_with("lists.template.saved", &[("path", &path.display())]);
    console.remark(&text);
    Ok(())
}

/// The system that was declared, else the one that the file itself names.
fn system(
    console: &Console,
    source: &Path,
    preview: &Preview,
    (arguments, template): (&ImportArguments, Option<&Template>),
) -> Result<Crs, Failure> {
    let kept = || template.and_then(|template| template.crs);
    let crs = arguments.crs.or(preview.crs_named).or_else(kept);
    crs.ok_or_else(|| {
        let file = file_name(source);
        Failure(words::no_system_text(console.language, &file, preview))
    })
}

/// Without `--as` and a template, polygons are estates and anything else is a register.
fn role(asked: Option<Role>, template: Option<&Template>, preview: &Preview) -> ListRole {
    match (asked, template) {
        (Some(Role::Estates), _) => ListRole::Estates,
        (Some(Role::Register), _) => ListRole::Register,
        (Some(Role::Buildings), _) => ListRole::Buildings,
        (None, Some(template)) => template.role,
        (None, None) if preview.geometries.polygons > 0 => ListRole::Estates,
        (None, None) => ListRole::Register,
    }
}

fn mapping(
    console: &Console,
    preview: &Preview,
    (role, crs): (ListRole, Crs),
    (arguments, template): (&ImportArguments, Option<&Template>),
) -> Result<Mapping, Failure> {
    let language = console.language;
    let mapping = match (template, &arguments.mapping) {
        (Some(template), Some(path)) => {
            let columns: Vec<_> = preview.columns.iter().map(|c| c.name.clone()).collect();
            let unfit = |kind: crate::jobs::import::TemplateErrorKind| {
                Failure(template_error_text(language, &kind.of(path)))
            };
            template.mapping(&columns).map_err(unfit)?
        }
        _ => preview.mapping_for(crs, console.catalogue.headings_for(role)),
    };
    with_overrides(console, mapping, arguments)
}
