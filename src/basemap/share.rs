//! Sources as a small file that colleagues hand each other. A token is never in it.

use super::{Source, SourceKind};
use serde::{Deserialize, Serialize};

/// What the file is told by.
const FORMAT: &str = "jiugai basemaps";
/// Raised when a file could no longer be read as before.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct SharedFile {
    format: String,
    version: u32,
    sources: Vec<Source>,
}

/// Why a file gives no sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareFault {
    /// Not what this program writes.
    NotShared,
    /// Written by a newer program.
    Newer { version: u32 },
    /// One of its sources cannot be read.
    Damaged { detail: String },
    /// It would hold nothing: files lie on one laptop alone.
    Nothing,
}

/// The text of a file with these sources. Those that are files on this laptop are left out.
///
/// # Errors
/// [`ShareFault::Nothing`].
pub fn write(sources: &[Source]) -> Result<String, ShareFault> {
    let online = sources.iter().filter(|source| source.is_online());
    let sources: Vec<_> = online.cloned().collect();
    if sources.is_empty() {
        return Err(ShareFault::Nothing);
    }
    let file = SharedFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        sources,
    };
    serde_json::to_string_pretty(&file).map_err(damaged)
}

/// The sources of such a file.
///
/// # Errors
/// [`ShareFault`].
pub fn read(text: &str) -> Result<Vec<Source>, ShareFault> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    let text = text.trim_start_matches('\u{feff}');
    let head: Head = serde_json::from_str(text).map_err(|_| ShareFault::NotShared)?;
    if head.format != FORMAT {
        return Err(ShareFault::NotShared);
    }
    if head.version > VERSION {
        let version = head.version;
        return Err(ShareFault::Newer { version });
    }
    let file: SharedFile = serde_json::from_str(text).map_err(damaged)?;
    // A path in it would mean another file here, or one that nobody meant to open.
    let is_online = |source: &Source| {
        matches!(
            source.kind,
            SourceKind::Xyz { .. } | SourceKind::Wmts { .. }
        )
    };
    let sources: Vec<_> = file.sources.into_iter().filter(is_online).collect();
    match sources.is_empty() {
        true => Err(ShareFault::Nothing),
        false => Ok(sources),
    }
}

fn damaged(error: serde_json::Error) -> ShareFault {
    ShareFault::Damaged {
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::presets;

    #[test]
    fn sources_are_shared_without_what_lies_on_one_laptop() {
        let plan = Source {
            kind: SourceKind::MbTiles {
                path: "底图.mbtiles".into(),
            },
            ..presets()[0].clone()
        };
        let sources = [presets()[1].clone(), plan.clone(), presets()[0].clone()];
        let text = write(&sources).unwrap();
        let back = read(&format!("\u{feff}{text}")).unwrap();
        assert_eq!(back, [sources[0].clone(), sources[2].clone()]);
        assert_eq!(write(&[plan]), Err(ShareFault::Nothing));
    }

    #[test]
    fn any_other_file_is_refused_for_what_it_is() {
        for text in ["", "{}", "{\"format\":\"geojson\",\"version\":1}", "<html>"] {
            assert_eq!(read(text), Err(ShareFault::NotShared), "{text}");
        }
        let newer = "{\"format\":\"jiugai basemaps\",\"version\":9,\"sources\":[{\"what\":1}]}";
        assert_eq!(read(newer), Err(ShareFault::Newer { version: 9 }));
        let spoilt = "{\"format\":\"jiugai basemaps\",\"version\":1,\"sources\":[{\"what\":1}]}";
        assert!(matches!(read(spoilt), Err(ShareFault::Damaged { .. })));
    }
}
