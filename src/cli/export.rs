//! `jiugai export`: a survey, or a part of it, as a file for other programs.

use super::args::ProfileName;
use super::console::{Console, Failure, Outcome};
use super::dedupe::read_survey;
use super::import::today;
use super::new::remark_problems;
use super::release::profile_of;
use crate::catalogue::{ExportTemplate, Needs};
use crate::formats::part::replace;
use crate::jobs::export::{
    Beyond, ExchangeFormat, ExportError, ExportRequest, Exported, Exporter, Facts, FilterError,
    Plan, Profile, is_same_file,
};
use crate::progress::Progress;
use crate::store::{Overview, StoreError, each_estate, overview};
use crate::words::export as words;
use crate::words::store::store_error;
use clap::Args;
use serde_json::json;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct ExportArguments {
    #[arg(required_unless_present_any = ["templates", "write_template"])]
    pub file: Option<PathBuf>,
    #[arg(required_unless_present_any = ["templates", "write_template"])]
    pub out: Option<PathBuf>,
    #[arg(long, value_enum, hide_possible_values = true)]
    pub profile: Option<ProfileName>,
    #[arg(long, value_name = "NAME|PATH")]
    pub template: Option<String>,
    #[arg(long, value_name = "CONDITION")]
    pub filter: Option<String>,
    #[arg(long)]
    pub force: bool,
    #[arg(long, conflicts_with_all = ["file", "out"])]
    pub templates: bool,
    #[arg(long, num_args = 2, value_names = ["NAME", "OUT.json"], conflicts_with_all = ["file", "out", "templates"])]
    pub write_template: Option<Vec<String>>,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(console: &Console, arguments: ExportArguments) -> Result<Outcome, Failure> {
    if arguments.templates {
        list_templates(console, arguments.json);
        return Ok(Outcome::Fine);
    }
    if let Some([name, out]) = arguments.write_template.as_deref() {
        return write_template(console, name, Path::new(out), &arguments);
    }
    // clap asks for both where neither of the others is given.
    let (Some(file), Some(out)) = (&arguments.file, &arguments.out) else {
        return Ok(Outcome::Fine);
    };
    let request = request(console, file, out, &arguments)?;
    let exported = match export(console, file, &request) {
        Ok(exported) => exported,
        Err(Refused::Export(error)) => {
            return Err(Failure(words::export_error_text(console.language, &error)));
        }
        Err(Refused::Store(error)) => return Err(Failure(store_error(console.language, &error))),
        Err(Refused::Failed(failure)) => return Err(failure),
    };
    match arguments.json {
        true => print_json(console, &request, &exported),
        false => {
            console.line(&words::done_text(console.language, &exported));
            for line in words::remarks(console.language, &request.template, &exported) {
                console.remark(&line);
            }
        }
    }
    Ok(Outcome::Fine)
}

fn request(
    console: &Console,
    file: &Path,
    out: &Path,
    arguments: &ExportArguments,
) -> Result<ExportRequest, Failure> {
    let language = console.language;
    let Some(format) = ExchangeFormat::of(out) else {
        let known = ExchangeFormat::ALL.map(|format| format!(".{}", format.extension()));
        return Err(Failure(language.text_with(
            "cli.export.no_format",
            &[
                ("path", &out.display()),
                ("known", &language.listed(&known)),
            ],
        )));
    };
    if arguments.profile.is_some() && format != ExchangeFormat::GeoJson {
        return Err(Failure(
            language.text("cli.export.profile_of_geojson").into_owned(),
        ));
    }
    if is_same_file(file, out) {
        let path = out.display();
        return Err(Failure(
            language.text_with("cli.export.onto_itself", &[("path", &path)]),
        ));
    }
    refuse_existing(console, format.in_the_way(out), arguments)?;
    let template = arguments.template.as_deref().unwrap_or("survey");
    let template = ExportTemplate::named(template)
        .map_err(|error| Failure(words::template_error_text(language, &error)))?;
    Ok(ExportRequest {
        path: out.to_owned(),
        format,
        profile: arguments.profile.map_or(Profile::Cgcs2000, profile_of),
        template,
        filter: arguments.filter.clone().unwrap_or_default(),
    })
}

fn refuse_existing(
    console: &Console,
    standing: Option<PathBuf>,
    arguments: &ExportArguments,
) -> Result<(), Failure> {
    match standing {
        Some(path) if !arguments.force => Err(Failure(
            console
                .language
                .text_with("cli.export.exists", &[("path", &path.display())]),
        )),
        _ => Ok(()),
    }
}

enum Refused {
    Export(ExportError),
    Store(StoreError),
    /// In a sentence already.
    Failed(Failure),
}

impl From<ExportError> for Refused {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

/// Record by record where records tell everything; else from the survey in memory.
fn export(console: &Console, file: &Path, request: &ExportRequest) -> Result<Exported, Refused> {
    let seen = overview(file).map_err(Refused::Store)?;
    let console = &console.under(&seen.settings).map_err(Refused::Failed)?;
    let beyond = Beyond {
        other: seen.other_seen.clone(),
        items: seen.items_seen.clone(),
    };
    let plan = match request.plan(&console.catalogue, &beyond) {
        // Perhaps a column that the samples lacked.
        Err(
            ExportError::Filter(FilterError::UnknownName { .. })
            | ExportError::TemplateFilter(FilterError::UnknownName { .. }),
        ) => request.plan(&console.catalogue, &look_at_all(file)?)?,
        plan => plan?,
    };
    if plan.needs() == Needs::Record {
        return match stream(console, file, request, &plan, &seen) {
            Err(Refused::Export(ExportError::Beyond)) => {
                let plan = request.plan(&console.catalogue, &look_at_all(file)?)?;
                stream(console, file, request, &plan, &seen)
            }
            other => other,
        };
    }
    let survey = read_survey(console, file).map_err(Refused::Failed)?;
    let export = |progress: &Progress| request.run(&survey, &console.catalogue, today(), progress);
    Ok(console.watch("job.export", export)?)
}

fn stream(
    console: &Console,
    file: &Path,
    request: &ExportRequest,
    plan: &Plan,
    seen: &Overview,
) -> Result<Exported, Refused> {
    let facts = Facts::of_records(&console.catalogue);
    let writer = request.writer(plan).map_err(ExportError::from)?;
    console.watch("job.export", |progress| {
        progress.begin(seen.records);
        let mut exporter = Exporter::new(plan, &facts, writer, progress);
        let mut taken = Ok(());
        let problems = each_estate(file, &mut |estate| {
            taken = exporter.take(&estate);
            match taken {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        });
        let problems = problems.map_err(Refused::Store)?;
        taken?;
        let exported = exporter.finish()?;
        remark_problems(console, &problems);
        Ok(exported)
    })
}

/// What every record of the file holds beyond the catalogue.
fn look_at_all(file: &Path) -> Result<Beyond, Refused> {
    let mut beyond = Beyond::default();
    each_estate(file, &mut |estate| {
        beyond.take(&estate);
        ControlFlow::Continue(())
    })
    .map_err(Refused::Store)?;
    Ok(beyond)
}

fn print_json(console: &Console, request: &ExportRequest, exported: &Exported) {
    let written = &exported.written;
    let cut = written.cut.iter();
    let cut: Vec<_> = cut
        .map(|(id, column)| json!({ "id": id, "column": column }))
        .collect();
    console.json(&json!({
        "path": request.path,
        "files": written.files,
        "format": request.format.extension(),
        "template": request.template.name,
        "proposal": request.template.proposal,
        "records": exported.sorted.written,
        "of_other_kinds": exported.sorted.of_other_kinds,
        "filtered_out": exported.sorted.filtered_out,
        "cut": cut,
    }));
}

fn list_templates(console: &Console, json: bool) {
    let templates = ExportTemplate::shipped();
    if json {
        let templates: Vec<_> = templates
            .iter()
            .map(|template| {
                json!({
                    "name": template.name,
                    "title": template.title,
                    "note": template.note,
                    "proposal": template.proposal,
                    "records": template.records,
                })
            })
            .collect();
        console.json(&json!({ "templates": templates }));
        return;
    }
    for template in templates {
        let records = words::records_text(console.language, template.records);
        let title = words::template_title(console.language, template);
        console.line(&format!("{}  {title}", template.name));
        console.line(&format!("    {records}"));
        let note = words::template_note(console.language, template);
        console.line(&format!("    {note}"));
    }
    console.say("cli.export.own_template", &[]);
}

fn write_template(
    console: &Console,
    name: &str,
    out: &Path,
    arguments: &ExportArguments,
) -> Result<Outcome, Failure> {
    let language = console.language;
    let Some(text) = ExportTemplate::shipped_text(name) else {
        let shipped = language.listed(&ExportTemplate::shipped_names());
        return Err(Failure(language.text_with(
            "cli.export.no_template",
            &[("shipped", &shipped), ("name", &name)],
        )));
    };
    let standing = out.exists().then(|| out.to_owned());
    refuse_existing(console, standing, arguments)?;
    replace(out, text.as_bytes()).map_err(|reason| {
        let path = out.to_owned();
        let error = crate::jobs::export::WriteError::Io { path, reason };
        Failure(words::export_error_text(language, &error.into()))
    })?;
    match arguments.json {
        true => console.json(&json!({ "path": out, "template": name })),
        false => console.say(
            "cli.export.template_written",
            &[("path", &out.display()), ("name", &name)],
        ),
    }
    Ok(Outcome::Fine)
}
