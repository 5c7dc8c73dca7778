//! What `jiugai import` is told.

use crate::cli::args::{assignment, crs, list_kind};
use crate::model::{Crs, ListKind};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ImportArguments {
    pub file: PathBuf,
    #[arg(required = true)]
    pub source: Vec<PathBuf>,
    #[arg(long = "datum", visible_alias = "crs", value_parser = crs)]
    pub crs: Option<Crs>,
    #[arg(long)]
    pub layer: Option<String>,
    #[arg(long = "as", value_enum, hide_possible_values = true)]
    pub role: Option<Role>,
    #[arg(long, value_parser = list_kind)]
    pub kind: Option<ListKind>,
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = assignment)]
    pub map: Vec<(String, String)>,
    #[arg(long, value_name = "FILE.json")]
    pub mapping: Option<PathBuf>,
    #[arg(long, value_name = "FILE.json")]
    pub save_mapping: Option<PathBuf>,
    #[arg(long, value_name = "OUT.csv")]
    pub rejects: Option<PathBuf>,
    #[arg(long, value_name = "LIST", conflicts_with = "separate")]
    pub update: Option<String>,
    #[arg(long)]
    pub separate: bool,
    #[arg(long, value_enum, hide_possible_values = true, default_value = "keep")]
    pub conflicts: Conflicts,
    #[arg(long, value_name = "REASON")]
    pub withdraw_gone: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
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

/// Which value stays where a newer version and somebody here changed one both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Conflicts {
    /// The one here.
    Keep,
    /// The list's.
    Take,
}
