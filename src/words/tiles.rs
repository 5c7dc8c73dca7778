//! Sentences about basemaps: what a tile file is not, and how the network's tiles are doing.

use super::Language;
use crate::tiles::files::{TileFileError, TileFileErrorKind};
use crate::tiles::online::{OnlineStatus, OnlineTrouble};
use std::fmt::Display;

/// Why a file cannot be the basemap.
pub fn tile_file_error_text(language: Language, error: &TileFileError) -> String {
    let path: &dyn Display = &error.path.display();
    let sentence = |key: &str, values: &[(&str, &dyn Display)]| {
        // The path last: a file may be called `%{detail}`.
        let values = [values, &[("path", path)]].concat();
        language.text_with(&format!("tiles.file.{key}"), &values)
    };
    match &error.kind {
        TileFileErrorKind::NotFound => sentence("not_found", &[]),
        TileFileErrorKind::NotMbtiles => sentence("not_mbtiles", &[]),
        TileFileErrorKind::Empty => sentence("empty", &[]),
        TileFileErrorKind::NotPmtiles => sentence("not_pmtiles", &[]),
        TileFileErrorKind::NoTileFolder => sentence("no_tile_folder", &[]),
        TileFileErrorKind::NoPlace => sentence("no_place", &[]),
        TileFileErrorKind::NoCrs => sentence("no_crs", &[]),
        TileFileErrorKind::UnknownCrs { name } => sentence("unknown_crs", &[("name", name)]),
        TileFileErrorKind::OutsideChina { x, y } => {
            sentence("outside_china", &[("x", x), ("y", y)])
        }
        TileFileErrorKind::TooLarge { megapixels, most } => {
            sentence("too_large", &[("pixels", megapixels), ("most", most)])
        }
        TileFileErrorKind::UnknownImage => sentence("unknown_image", &[]),
        TileFileErrorKind::UnknownPacking { packing } => {
            sentence("unknown_packing", &[("packing", packing)])
        }
        TileFileErrorKind::Damaged { detail } => sentence("damaged", &[("detail", detail)]),
        TileFileErrorKind::Unreadable { detail } => sentence("unreadable", &[("detail", detail)]),
    }
}

/// One quiet line for the map while tiles do not come; `None` while they do.
pub fn online_notice(language: Language, status: OnlineStatus) -> Option<String> {
    match status {
        OnlineStatus::Fine => None,
        OnlineStatus::Trouble(trouble) => Some(online_trouble_text(language, &trouble)),
    }
}

/// Why no tile comes, and what to do.
pub fn online_trouble_text(language: Language, trouble: &OnlineTrouble) -> String {
    let plain = |key: &str| language.text(key).into_owned();
    match trouble {
        OnlineTrouble::NoConnection => plain("tiles.online.no_connection"),
        OnlineTrouble::TooSlow => plain("tiles.online.too_slow"),
        OnlineTrouble::NoPicture => plain("tiles.online.no_picture"),
        OnlineTrouble::CutOff => plain("tiles.online.cut_off"),
        OnlineTrouble::TooLarge => plain("tiles.online.too_large"),
        OnlineTrouble::Certificate { detail } => {
            language.text_with("tiles.online.certificate", &[("detail", detail)])
        }
        OnlineTrouble::TokenRefused { status } => {
            language.text_with("tiles.online.token_refused", &[("status", status)])
        }
        OnlineTrouble::Busy { status } => {
            language.text_with("tiles.online.busy", &[("status", status)])
        }
        OnlineTrouble::Refused { status } => {
            language.text_with("tiles.online.refused", &[("status", status)])
        }
        OnlineTrouble::WrongSize { width, height } => language.text_with(
            "tiles.online.wrong_size",
            &[("width", width), ("height", height)],
        ),
        OnlineTrouble::Other { detail } => {
            language.text_with("tiles.online.other", &[("detail", detail)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn every_error_is_a_sentence_in_both_languages_with_all_it_names() {
        let detail = || "disk image is malformed".to_owned();
        let kinds = [
            TileFileErrorKind::NotFound,
            TileFileErrorKind::NotMbtiles,
            TileFileErrorKind::Empty,
            TileFileErrorKind::NotPmtiles,
            TileFileErrorKind::NoTileFolder,
            TileFileErrorKind::NoPlace,
            TileFileErrorKind::NoCrs,
            TileFileErrorKind::UnknownCrs {
                name: "Beijing 1954".to_owned(),
            },
            TileFileErrorKind::OutsideChina { x: 1.0, y: 2.0 },
            TileFileErrorKind::TooLarge {
                megapixels: 400,
                most: 150,
            },
            TileFileErrorKind::UnknownImage,
            TileFileErrorKind::UnknownPacking {
                packing: "zstd".to_owned(),
            },
            TileFileErrorKind::Damaged { detail: detail() },
            TileFileErrorKind::Unreadable { detail: detail() },
        ];
        for language in Language::ALL {
            for kind in &kinds {
                let error = TileFileError {
                    path: PathBuf::from("底图.mbtiles"),
                    kind: kind.clone(),
                };
                let text = tile_file_error_text(language, &error);
                assert!(text.contains("底图.mbtiles"), "{text}");
                assert!(
                    !text.contains("%{") && !text.starts_with("tiles."),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn trouble_is_told_and_success_is_not() {
        for language in Language::ALL {
            assert_eq!(online_notice(language, OnlineStatus::Fine), None);
            for trouble in [
                OnlineTrouble::NoConnection,
                OnlineTrouble::TooSlow,
                OnlineTrouble::Certificate {
                    detail: "unknown issuer".to_owned(),
                },
                OnlineTrouble::TokenRefused { status: 403 },
                OnlineTrouble::Busy { status: 429 },
                OnlineTrouble::Refused { status: 500 },
                OnlineTrouble::NoPicture,
                OnlineTrouble::CutOff,
                OnlineTrouble::TooLarge,
                OnlineTrouble::WrongSize {
                    width: 1,
                    height: 1,
                },
                OnlineTrouble::Other {
                    detail: "certificate".to_owned(),
                },
            ] {
                let text = online_notice(language, OnlineStatus::Trouble(trouble)).unwrap();
                assert!(
                    !text.contains("%{") && !text.starts_with("tiles."),
                    "{text}"
                );
            }
        }
    }
}
