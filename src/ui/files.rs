//! File dialogs behind a trait, so that tests answer them, and a system without them (a Linux
//! desktop with no portal gives `None`, the same as Cancel) can be told from one with.

use crate::jobs::export::ExchangeFormat;
use crate::jobs::photos::PICTURE_ENDINGS;
use std::path::{Path, PathBuf};

/// Which files a dialog offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Survey,
    /// What the import job reads.
    Source,
    Tiles,
    /// A layer of others.
    Layer,
    /// What is added as a photo.
    Picture,
    /// A report on paper.
    Report,
    /// The ledger 台账, in the one format that it is written in.
    Ledger,
    /// A ledger that comes back, in whichever format an office saved it.
    EditedLedger,
    /// A signed paper: its bytes alone are looked at.
    Paper,
    /// A rule pack.
    Rules,
    /// Rows of a list, to be mended.
    Rejects,
    /// A file of this format for other programs.
    Export(ExchangeFormat),
    /// An export template.
    Template,
}

impl FileKind {
    fn extensions(self) -> Vec<&'static str> {
        let endings: &[_] = match self {
            Self::Survey => &["gpkg"],
            Self::Source => &[
                "geojson", "json", "geojsonl", "geojsons", "ndjson", "csv", "txt", "tsv", "xlsx",
                "xls", "xlsb", "ods", "gpkg", "shp", "zip", "kml", "kmz", "gpx",
            ],
            Self::Tiles => &[
                "mbtiles", "pmtiles", "json", "tif", "tiff", "png", "jpg", "jpeg", "webp",
            ],
            Self::Layer => &["geojson", "json", "gpkg", "shp", "zip", "kml", "kmz", "gpx"],
            Self::Picture => &PICTURE_ENDINGS,
            Self::Report => &["pdf"],
            Self::Ledger => &[ExchangeFormat::Xlsx.extension()],
            Self::EditedLedger => &["xlsx", "xlsb", "xls", "ods"],
            Self::Rejects => &["csv"],
            Self::Rules | Self::Template => &["json"],
            Self::Export(format) => &[format.extension()],
            Self::Paper => &[
                "pdf", "ofd", "jpg", "jpeg", "png", "doc", "docx", "xls", "xlsx", "zip",
            ],
        };
        endings.to_vec()
    }
}

impl FileKind {
    /// Whether a file is called like one of this kind.
    pub fn takes(self, path: &Path) -> bool {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let extension = extension.map(str::to_ascii_lowercase);
        extension.is_some_and(|it| self.extensions().contains(&it.as_str()))
    }
}

pub trait FileDialogs {
    fn open(&mut self, title: &str, kind: FileKind) -> Option<PathBuf>;
    /// Nothing where the user cancelled.
    fn open_many(&mut self, title: &str, kind: FileKind) -> Vec<PathBuf> {
        self.open(title, kind).into_iter().collect()
    }
    fn save(&mut self, title: &str, kind: FileKind, suggested: &str) -> Option<PathBuf>;
    fn folder(&mut self, title: &str) -> Option<PathBuf>;
}

/// The system's own dialogs.
pub struct SystemDialogs;

impl SystemDialogs {
    fn dialog(title: &str, kind: FileKind) -> rfd::FileDialog {
        rfd::FileDialog::new()
            .set_title(title)
            .add_filter(kind.extensions().join(", "), &kind.extensions())
    }
}

impl FileDialogs for SystemDialogs {
    fn open(&mut self, title: &str, kind: FileKind) -> Option<PathBuf> {
        Self::dialog(title, kind).pick_file()
    }

    fn open_many(&mut self, title: &str, kind: FileKind) -> Vec<PathBuf> {
        Self::dialog(title, kind).pick_files().unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_is_saved_as_one_format_and_comes_back_in_several() {
        for (kind, name, is_taken) in [
            (FileKind::Ledger, "台账.xlsx", true),
            (FileKind::Ledger, "台账.ods", false),
            (FileKind::EditedLedger, "台账.XLSX", true),
            (FileKind::EditedLedger, "台账.ods", true),
            (FileKind::Export(ExchangeFormat::Kml), "导出.kml", true),
            (FileKind::Export(ExchangeFormat::Kml), "导出.csv", false),
        ] {
            assert_eq!(kind.takes(Path::new(name)), is_taken, "{kind:?} {name}");
        }
    }
}
