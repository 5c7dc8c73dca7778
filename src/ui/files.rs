//! File dialogs behind a trait, so that tests answer them, and a system without them (a Linux
//! desktop with no portal gives `None`, the same as Cancel) can be told from one with.

use std::path::PathBuf;

/// Which files a dialog offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Survey,
    /// What the import job reads.
    Source,
    Tiles,
}

impl FileKind {
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Survey => &["gpkg"],
            Self::Source => &["geojson", "json", "csv", "txt", "tsv"],
            Self::Tiles => &["mbtiles"],
        }
    }
}

pub trait FileDialogs {
    fn open(&mut self, title: &str, kind: FileKind) -> Option<PathBuf>;
    fn save(&mut self, title: &str, kind: FileKind, suggested: &str) -> Option<PathBuf>;
    fn folder(&mut self, title: &str) -> Option<PathBuf>;
}

/// The system's own dialogs.
pub struct SystemDialogs;

impl SystemDialogs {
    fn dialog(title: &str, kind: FileKind) -> rfd::FileDialog {
        rfd::FileDialog::new()
            .set_title(title)
            .add_filter(kind.extensions().join(", "), kind.extensions())
    }
}

impl FileDialogs for SystemDialogs {
    fn open(&mut self, title: &str, kind: FileKind) -> Option<PathBuf> {
        Self::dialog(title, kind).pick_file()
    }

    fn save(&mut self, title: &str, kind: FileKind, suggested: &str) -> Option<PathBuf> {
        Self::dialog(title, kind)
            .set_file_name(suggested)
            .save_file()
    }

    fn folder(&mut self, title: &str) -> Option<PathBuf> {
        rfd::FileDialog::new().set_title(title).pick_folder()
    }
}
