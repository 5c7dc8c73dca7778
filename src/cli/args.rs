//! The command line as types. Its help texts are in the locale files, under `cli.`: see `localise`.

use crate::basemap::address::LAST_LEVEL;
use crate::model::{Coded, Crs, Datum, ListKind, Yuan};
use crate::words::Language;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use geo::Rect;
use std::ffi::OsString;
use std::path::PathBuf;

#[derive(Debug, Parser)]
#[command(
    name = "jiugai",
    version,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub struct Arguments {
    pub file: Option<PathBuf>,
    #[arg(long, global = true, value_parser = language)]
    pub language: Option<Language>,
    // clap's own two cannot be translated.
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub command: Option<Subcommands>,
}

#[derive(Debug, Subcommand)]
pub enum Subcommands {
    New(NewArguments),
    Import(super::import::ImportArguments),
    Dedupe(DedupeArguments),
    Decide(DecideArguments),
    Check(CheckArguments),
    Coverage(CoverageArguments),
    Assess(super::assess::AssessArguments),
    Score(ScoreArguments),
    Plan(PlanArguments),
    Release(ReleaseArguments),
    Report(super::report::ReportArguments),
    Export(super::export::ExportArguments),
    Ledger(super::ledger::LedgerArguments),
    Verify(VerifyArguments),
    Datum(DatumArguments),
    Layer(LayerArguments),
    #[command(subcommand)]
    Basemap(BasemapCommands),
    Demo(DemoArguments),
}

#[derive(Debug, Args)]
pub struct NewArguments {
    pub file: PathBuf,
    #[arg(long)]
    pub county: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct DedupeArguments {
    pub file: PathBuf,
    #[arg(long)]
    pub pairs: Option<PathBuf>,
    #[arg(long)]
    pub groups: Option<PathBuf>,
    /// Two records, each by its id, its source and id, its name or its key.
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub explain: Option<Vec<String>>,
    /// Pairs that are known, to hold the suggestions against.
    #[arg(long, value_name = "TRUTH.csv", conflicts_with = "explain")]
    pub score: Vec<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct DecideArguments {
    pub file: PathBuf,
    #[arg(long)]
    pub pairs: PathBuf,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CheckArguments {
    pub file: PathBuf,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CoverageArguments {
    pub file: PathBuf,
    #[arg(long, value_name = "CODE")]
    pub answering: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    #[arg(long, value_name = "LAYER")]
    pub gaps: Option<PathBuf>,
    #[arg(long, value_parser = crs)]
    pub crs: Option<Crs>,
    #[arg(long)]
    pub rows: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ScoreArguments {
    pub file: PathBuf,
    #[arg(long)]
    pub year: Option<i16>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct PlanArguments {
    pub file: PathBuf,
    #[arg(long)]
    pub year: i16,
    #[arg(long, value_name = "CODE")]
    pub county: Option<String>,
    #[arg(long, value_name = "万元", allow_negative_numbers = true, value_parser = money)]
    pub budget: Option<Yuan>,
    #[arg(long, value_name = "万元", allow_negative_numbers = true, value_parser = money)]
    pub capacity: Option<Yuan>,
    #[arg(long)]
    pub freeze: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ReleaseArguments {
    pub file: PathBuf,
    #[arg(long)]
    pub out: PathBuf,
    #[arg(long, value_name = "PREVIOUS")]
    pub since: Option<PathBuf>,
    #[arg(long, value_enum, hide_possible_values = true)]
    pub profile: Vec<ProfileName>,
    #[arg(long)]
    pub draft: bool,
    #[arg(long, value_name = "LAYER")]
    pub gaps: Option<PathBuf>,
    #[arg(long, value_parser = crs)]
    pub crs: Option<Crs>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    Cgcs2000,
    Rfc7946,
}

#[derive(Debug, Args)]
pub struct VerifyArguments {
    pub package: PathBuf,
    #[arg(long, value_name = "PREVIOUS")]
    pub since: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct DatumArguments {
    #[arg(long, value_parser = crs)]
    pub from: Crs,
    #[arg(long, value_parser = crs)]
    pub to: Crs,
    #[arg(num_args = 2, value_names = ["LON", "LAT"], allow_negative_numbers = true, value_parser = degrees)]
    pub position: Vec<f64>,
}

#[derive(Debug, Args)]
pub struct LayerArguments {
    pub file: PathBuf,
    #[arg(long, value_parser = crs)]
    pub crs: Option<Crs>,
    #[arg(long)]
    pub county: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum BasemapCommands {
    List(BasemapListArguments),
    Download(BasemapDownloadArguments),
}

#[derive(Debug, Args)]
pub struct BasemapListArguments {
    #[arg(long)]
    pub shared: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

/// Which map and which area are asked by the command itself: clap has no sentence for "one of two".
#[derive(Debug, Args)]
pub struct BasemapDownloadArguments {
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    #[arg(long)]
    pub shared: Option<PathBuf>,
    #[arg(long, value_name = "TEMPLATE")]
    pub url: Option<String>,
    #[arg(long, value_parser = datum)]
    pub datum: Option<Datum>,
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true, value_parser = area)]
    pub area: Option<Rect>,
    #[arg(long, value_name = "FILE")]
    pub survey: Option<PathBuf>,
    #[arg(long, value_name = "12-17", value_parser = levels)]
    pub zooms: (u8, u8),
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    #[arg(long)]
    pub token: Option<String>,
    #[arg(long)]
    pub i_may_keep: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct DemoArguments {
    pub folder: Option<PathBuf>,
    #[arg(long)]
    pub no_window: bool,
}

impl Arguments {
    /// Reads the command line; help is in `language`.
    ///
    /// # Errors
    /// clap's own error: the help or the version that was asked for, or a mistake, for which
    /// `usage` has a sentence.
    pub fn parse(words: &[OsString], language: Language) -> Result<Self, clap::Error> {
        let command = localise(Self::command(), "cli", language);
        let arguments = Self::from_arg_matches(&command.try_get_matches_from(words)?)?;
        if let (Some(file), Some(_)) = (&arguments.file, &arguments.command) {
            let mut error = clap::Error::new(ErrorKind::UnknownArgument);
            let file = ContextValue::String(file.display().to_string());
            error.insert(ContextKind::InvalidArg, file);
            return Err(error);
        }
        Ok(arguments)
    }
}

/// The language that these words ask for, else the system's. It must be known before the parser
/// is built.
pub fn language_of(words: &[OsString]) -> Language {
    asked_language(words)
        .unwrap_or_else(|| Language::of_system(sys_locale::get_locale().as_deref()))
}

/// The subcommand among these words, where there is one.
pub fn subcommand_of(words: &[OsString]) -> Option<String> {
    let command = Arguments::command();
    let words = words.iter().skip(1).filter_map(|word| word.to_str());
    words
        .filter_map(|word| command.find_subcommand(word))
        .map(|subcommand| subcommand.get_name().to_owned())
        .next()
}

fn asked_language(words: &[OsString]) -> Option<Language> {
    let words: Vec<_> = words.iter().filter_map(|word| word.to_str()).collect();
    words.iter().enumerate().find_map(|(index, word)| {
        let tag = match word.strip_prefix("--language=") {
            Some(tag) => tag,
            None if *word == "--language" => words.get(index + 1)?,
            None => return None,
        };
        language(tag).ok()
    })
}

/// Gives every command and argument its help text from the locale files.
fn localise(mut command: clap::Command, prefix: &str, language: Language) -> clap::Command {
    let heading = |name: &str| language.text(&format!("cli.heading.{name}")).into_owned();
    let template = format!(
        "{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}",
        heading("usage")
    );
    command = command
        .about(language.text(&format!("{prefix}.about")).into_owned())
        .help_template(template)
        .subcommand_help_heading(heading("commands"));
    let names: Vec<String> = command
        .get_arguments()
        .map(|argument| argument.get_id().to_string())
        .collect();
    for name in names {
        let own = format!("{prefix}.{name}");
        let key = match language.text(&own) == own {
            // `--json` means the same everywhere.
            true => format!("cli.{name}"),
            false => own,
        };
        let help = language.text(&key).into_owned();
        command = command.mut_arg(name, |argument| {
            let group = match argument.is_positional() {
                true => "arguments",
                false => "options",
            };
            argument.help(help).help_heading(heading(group))
        });
    }
    let subcommands: Vec<String> = command
        .get_subcommands()
        .map(|subcommand| subcommand.get_name().to_owned())
        .collect();
    for name in subcommands {
        let prefix = format!("{prefix}.{name}");
        command = command.mut_subcommand(&name, |sub| localise(sub, &prefix, language));
    }
    command
}

/// A key or an EPSG code.
pub(super) fn crs(text: &str) -> Result<Crs, String> {
    let known: Vec<_> = Crs::all().map(Crs::key).collect();
    Crs::named(text).ok_or_else(|| format!("{}, EPSG:4547", known.join(", ")))
}

/// Tiles of web maps lie in a datum; metres of a projection are no choice there.
fn datum(text: &str) -> Result<Datum, String> {
    let known: Vec<_> = Datum::ALL.iter().map(|datum| datum.key()).collect();
    Datum::from_key(&text.to_ascii_lowercase()).ok_or_else(|| known.join(", "))
}

/// An amount in 万元.
fn money(text: &str) -> Result<Yuan, String> {
    Yuan::parse_wan(text).ok_or_else(|| "1200, 1200.5".to_owned())
}

pub(super) fn list_kind(text: &str) -> Result<ListKind, String> {
    let known: Vec<_> = ListKind::ALL.iter().map(|kind| kind.key()).collect();
    let key = text.to_ascii_lowercase().replace('-', "_");
    ListKind::from_key(&key).ok_or_else(|| known.join(", "))
}

/// West, south, east and north in degrees.
fn area(text: &str) -> Result<Rect, String> {
    let numbers: Result<Vec<f64>, _> = text
        .split([',', '，'])
        .map(|word| word.trim().parse::<f64>())
        .collect();
    match numbers.as_deref() {
        Ok(&[west, south, east, north])
            if -180.0 <= west
                && west < east
                && east <= 180.0
                && -90.0 <= south
                && south < north
                && north <= 90.0 =>
        {
            Ok(Rect::new((west, south), (east, north)))
        }
        _ => Err("115.88,28.66,115.92,28.70".to_owned()),
    }
}

/// `12-17`, or one level.
fn levels(text: &str) -> Result<(u8, u8), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) if first <= last && last <= LAST_LEVEL => Ok((first, last)),
        _ => Err("12-17".to_owned()),
    }
}

fn language(text: &str) -> Result<Language, String> {
    let known: Vec<_> = Language::ALL
        .iter()
        .map(|language| language.tag())
        .collect();
    Language::ALL
        .into_iter()
        .find(|language| language.tag().eq_ignore_ascii_case(text))
        .ok_or_else(|| known.join(", "))
}

fn degrees(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| "115.89 28.68".to_owned())
}

/// `FIELD=COLUMN`; a column name may hold an equals sign, a field name cannot.
pub(super) fn assignment(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(field, column)| (field.trim().to_owned(), column.trim().to_owned()))
        .ok_or_else(|| "FIELD=COLUMN".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        let words: Vec<OsString> = line.split_whitespace().map(Into::into).collect();
        Arguments::parse(&words, Language::English)
    }

    #[test]
    fn every_command_and_argument_has_help_in_every_language() {
        for language in Language::ALL {
            has_help(&Arguments::command(), "cli", language);
        }
    }

    fn has_help(command: &clap::Command, prefix: &str, language: Language) {
        let help = |key: &str| language.text(key) != key;
        assert!(help(&format!("{prefix}.about")), "{prefix} {language:?}");
        for argument in command.get_arguments() {
            let id = argument.get_id();
            let found = help(&format!("{prefix}.{id}")) || help(&format!("cli.{id}"));
            assert!(found, "{prefix} {id} {language:?}");
        }
        for subcommand in command.get_subcommands() {
            let prefix = format!("{prefix}.{}", subcommand.get_name());
            has_help(subcommand, &prefix, language);
        }
    }

    #[test]
    fn an_area_and_its_levels_are_read_as_maps_write_them() {
        assert!(area("115.88, 28.66, 115.92, 28.70").is_ok());
        assert!(area("-71.5,-20,-71,-19").is_ok());
        for bad in [
            "115.92,28.66,115.88,28.70",
            "28.66,115.88,28.70,115.92",
            "1,2,3",
            "nan,28,116,29",
        ] {
            assert!(area(bad).is_err(), "{bad}");
        }
        assert_eq!(levels("12-17"), Ok((12, 17)));
        assert_eq!(levels("15"), Ok((15, 15)));
        for bad in ["17-12", "12-40", "all"] {
            assert!(levels(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_datum_is_asked_never_guessed() {
        assert!(parse("jiugai import a.gpkg b.csv").is_ok());
        assert!(parse("jiugai import a.gpkg b.csv --datum mars").is_err());
        for system in ["--datum BD09", "--datum gk114-zone", "--crs EPSG:4547"] {
            assert!(parse(&format!("jiugai import a.gpkg b.csv {system}")).is_ok());
        }
    }

    #[test]
    fn a_column_is_mapped_by_field_and_column() {
        let arguments =
            parse("jiugai import a.gpkg b.csv --datum bd09 --map name=小区名 --map gap.C04=供电")
                .unwrap();
        let Some(Subcommands::Import(import)) = arguments.command else {
            unreachable!("an import was asked for")
        };
        assert_eq!(import.map[1], ("gap.C04".to_owned(), "供电".to_owned()));
    }

    #[test]
    fn a_lone_file_opens_the_window_and_a_position_may_be_negative() {
        assert!(parse("jiugai 洪都.gpkg").unwrap().file.is_some());
        assert!(parse("jiugai datum --from bd09 --to wgs84 -71.5 -20").is_ok());
    }

    #[test]
    fn the_language_may_stand_before_or_behind_the_command() {
        for line in [
            "jiugai --language zh-CN check a.gpkg",
            "jiugai check a.gpkg --language=zh-CN",
        ] {
            let words: Vec<OsString> = line.split_whitespace().map(Into::into).collect();
            assert_eq!(language_of(&words), Language::Chinese);
            assert_eq!(subcommand_of(&words).as_deref(), Some("check"));
            assert!(parse(line).unwrap().command.is_some(), "{line}");
        }
    }

    #[test]
    fn a_file_before_a_command_is_a_mistake() {
        assert!(parse("jiugai a.gpkg check b.gpkg").is_err());
    }
}
