//! Sources that users added, as a file to hand to colleagues. Tokens stay where they are.

use super::template::extract_token;
use super::{Lattice, Source, SourceKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Of a file of this program, so that no other JSON is taken for one.
const KIND: &str = "jiugai-basemaps";
const VERSION: u64 = 1;
/// More sources than anybody has; larger files are something else.
const MOST_BYTES: usize = 4 << 20;

/// What a file holds. What a later program of the same version added is kept as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    pub sources: Vec<Source>,
    /// Members of the file that this program does not know, by name.
    pub unknown: Map<String, Value>,
    /// Names of members of sources that this program does not know; they are not taken over.
    pub left_out: Vec<String>,
}

/// Why a file gives no sources.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ShareError {
    #[error("no sources: {detail}")]
    NotSources { detail: String },
    #[error("version {version}")]
    Newer { version: u64 },
    /// A source whose members are not as they should be.
    #[error("source {number}: {detail}")]
    BadSource { number: usize, detail: String },
    /// Files and folders lie elsewhere on another computer.
    #[error("source {number} is a file")]
    IsFile { number: usize },
    /// It would lie nowhere on the ground.
    #[error("source {number} has an impossible grid")]
    BadGrid { number: usize },
    #[error("{megabytes} MB")]
    TooLarge { megabytes: usize },
}

#[derive(Serialize, Deserialize)]
struct File {
    kind: String,
    version: u64,
    #[serde(default)]
    sources: Vec<Value>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// The file for these sources. Only those from the network go in; an address that still holds a
/// token loses it.
pub fn to_json(sources: &[Source], unknown: &Map<String, Value>) -> String {
    let online = sources.iter().filter(|source| source.is_online());
    let file = File {
        kind: KIND.to_owned(),
        version: VERSION,
        sources: online
            .filter_map(|source| serde_json::to_value(without_token(source)).ok())
            .collect(),
        unknown: unknown.clone(),
    };
    // Strings and numbers alone: nothing in it can fail to be written.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

/// The sources in a file.
///
/// # Errors
/// [`ShareError`]: all of them are taken over, or none.
pub fn from_json(text: &str) -> Result<Shared, ShareError> {
    if text.len() > MOST_BYTES {
        let megabytes = text.len() >> 20;
        return Err(ShareError::TooLarge { megabytes });
    }
    let not_sources = |error: serde_json::Error| ShareError::NotSources {
        detail: error.to_string(),
    };
    let text = text.trim_start_matches('\u{feff}');
    let file: File = serde_json::from_str(text).map_err(not_sources)?;
    if file.kind != KIND {
        let detail = format!("kind is {:?}", file.kind);
        return Err(ShareError::NotSources { detail });
    }
    if file.version > VERSION {
        return Err(ShareError::Newer {
            version: file.version,
        });
    }
    let mut shared = Shared {
        unknown: file.unknown,
        ..Shared::default()
    };
    for (index, value) in file.sources.into_iter().enumerate() {
        let number = index + 1;
        let source: Source =
            serde_json::from_value(value.clone()).map_err(|error| ShareError::BadSource {
                number,
                detail: error.to_string(),
            })?;
        let source = without_token(&source);
        let lattice = source.online_lattice();
        let lattice = lattice.ok_or(ShareError::IsFile { number })?;
        if !is_possible(&lattice) {
            return Err(ShareError::BadGrid { number });
        }
        shared.left_out.extend(unknown_members(&value, &source));
        shared.sources.push(source);
    }
    shared.left_out.sort();
    shared.left_out.dedup();
    Ok(shared)
}

fn without_token(source: &Source) -> Source {
    let mut source = source.clone();
    if let SourceKind::Xyz { url, .. } | SourceKind::Wmts { url, .. } = &mut source.kind {
        *url = extract_token(url).0;
    }
    source
}

/// Whether a grid lies somewhere: what a file says is not taken on trust.
fn is_possible(lattice: &Lattice) -> bool {
    let side = lattice.affine.column.x;
    let numbers = [
        lattice.affine.origin.x,
        lattice.affine.origin.y,
        lattice.size.x,
        lattice.size.y,
    ];
    let levels = &lattice.levels;
    numbers.into_iter().all(f64::is_finite)
        && side.is_finite()
        && side > 0.0
        && lattice.size.x > 0.0
        && lattice.size.y > 0.0
        && (16..=2_048).contains(&lattice.tile_px)
        && levels.start() <= levels.end()
        && *levels.end() <= 30
}

/// Members of `value` that `source` does not have.
fn unknown_members(value: &Value, source: &Source) -> Vec<String> {
    let known = serde_json::to_value(source).unwrap_or_default();
    let names = value.as_object().into_iter().flat_map(Map::keys);
    names
        .filter(|name| known.get(name.as_str()).is_none())
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::presets;

    fn xyz(url: &str) -> Source {
        Source {
            kind: SourceKind::Xyz {
                url: url.to_owned(),
                subdomains: Vec::new(),
            },
            ..presets()[0].clone()
        }
    }

    #[test]
    fn sources_come_back_as_they_were_and_tokens_stay_at_home() {
        let mut sources = presets().to_vec();
        let text = to_json(&sources, &Map::new());
        assert_eq!(from_json(&text).unwrap().sources, sources);
        sources.push(xyz("https://a.example/{z}/{x}/{y}?tk=0123abcd"));
        let text = to_json(&sources, &Map::new());
        assert!(
            !text.contains("0123abcd") && text.contains("tk={token}"),
            "{text}"
        );
        let handed = text.replace("tk={token}", "tk=0123abcd");
        let read = format!("{:?}", from_json(&handed).unwrap());
        assert!(!read.contains("0123abcd"));
    }

    #[test]
    fn what_a_later_program_adds_is_kept_or_named() {
        let text = to_json(&[xyz("https://a/{z}/{x}/{y}")], &Map::new());
        let text = text.replace("\"version\": 1", "\"version\": 1, \"made_by\": \"洪都\"");
        let text = text.replace("\"datum\":", "\"season\": \"spring\", \"datum\":");
        let shared = from_json(&text).unwrap();
        assert_eq!(shared.left_out, ["season"]);
        assert!(to_json(&shared.sources, &shared.unknown).contains("洪都"));
    }

    #[test]
    fn what_is_no_file_of_sources_is_refused_by_its_kind() {
        let good = to_json(&presets()[..2], &Map::new());
        let with = |from: &str, to: &str| from_json(&good.replace(from, to)).unwrap_err();
        assert!(matches!(with("{", "["), ShareError::NotSources { .. }));
        assert!(matches!(with(KIND, "other"), ShareError::NotSources { .. }));
        let newer = with("\"version\": 1", "\"version\": 2");
        assert_eq!(newer, ShareError::Newer { version: 2 });
        let bad = with("\"cgcs2000\"", "\"mars\"");
        assert!(matches!(bad, ShareError::BadSource { number: 2, .. }));
        let flat = with("\"side\": 40075016.68557849", "\"side\": 0.0");
        assert_eq!(flat, ShareError::BadGrid { number: 2 });
        let file = good.replacen("\"xyz\": {", "\"mb_tiles\": {\"path\": \"a\",", 1);
        assert_eq!(from_json(&file), Err(ShareError::IsFile { number: 1 }));
        for text in ["", "null", "[]", "{}", "{\"kind\": 7}"] {
            assert!(from_json(text).is_err(), "{text}");
        }
    }
}
