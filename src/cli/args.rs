//! The command line as types. Its help texts are in the locale files, under `cli.`: see `localise`.

use crate::model::Crs;
use crate::words::Language;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
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
    Import(ImportArguments),
    Dedupe(DedupeArguments),
    Decide(DecideArguments),
    Check(CheckArguments),
    Release(ReleaseArguments),
    Verify(VerifyArguments),
    Datum(DatumArguments),
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
pub struct ImportArguments {
    pub file: PathBuf,
    #[arg(required = true)]
    pub source: Vec<PathBuf>,
    #[arg(long = "datum", visible_alias = "crs", value_parser = crs)]
    pub crs: Crs,
    #[arg(long = "as", value_enum, hide_possible_values = true)]
    pub role: Option<Role>,
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = assignment)]
    pub map: Vec<(String, String)>,
    #[arg(long)]
    pub json: bool,
}

/// What a list's rows are. Without it: polygons are estates, anything else a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Role {
    Estates,
    Register,
    Buildings,
}

#[derive(Debug, Args)]
pub struct DedupeArguments {
    pub file: PathBuf,
    #[arg(long)]
    pub pairs: Option<PathBuf>,
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
pub struct ReleaseArguments {
    pub file: PathBuf,
    #[arg(long)]
    pub out: PathBuf,
    #[arg(long, value_enum, hide_possible_values = true)]
    pub profile: Vec<ProfileName>,
    #[arg(long)]
    pub draft: bool,
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
        let prefix = format!("cli.{name}");
        command = command.mut_subcommand(&name, |sub| localise(sub, &prefix, language));
    }
    command
}

/// A key or an EPSG code.
fn crs(text: &str) -> Result<Crs, String> {
    let known: Vec<_> = Crs::all().map(Crs::key).collect();
    Crs::named(text).ok_or_else(|| format!("{}, EPSG:4547", known.join(", ")))
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
fn assignment(text: &str) -> Result<(String, String), String> {
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
            let help = |key: &str| language.text(key) != key;
            let command = Arguments::command();
            assert!(help("cli.about"));
            for subcommand in command.get_subcommands() {
                let name = subcommand.get_name();
                assert!(help(&format!("cli.{name}.about")), "{name} {language:?}");
                for argument in subcommand.get_arguments() {
                    let id = argument.get_id();
                    let found = help(&format!("cli.{name}.{id}")) || help(&format!("cli.{id}"));
                    assert!(found, "{name} {id} {language:?}");
                }
            }
        }
    }

    #[test]
    fn the_datum_is_asked_never_guessed() {
        assert!(parse("jiugai import a.gpkg b.csv").is_err());
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
