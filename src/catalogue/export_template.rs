//! Export templates: which records and which columns of a survey leave it, under which names. Data:
//! `data/templates`, and files of the same form that users write.

use super::export_source::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A template as its file has it. What its columns come to is `jobs::export`'s.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportTemplate {
    /// What the command line knows it by.
    pub name: String,
    pub title: String,
    #[serde(default)]
    pub note: String,
    /// The receiver has not confirmed these fields.
    #[serde(default)]
    pub proposal: bool,
    /// ASCII: the name of the layer or table.
    pub layer: String,
    pub records: WhichRecords,
    /// An SQL condition that always holds.
    #[serde(default)]
    pub filter: Option<String>,
    pub columns: Vec<TemplateColumn>,
}

/// Which records a template is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhichRecords {
    All,
    /// Neither merged, nor part of another, nor withdrawn.
    Counted,
    /// Counted, and with a boundary.
    Outlined,
    /// In the project library.
    Library,
}

/// A column, or several: what is not said follows from where its values come from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateColumn {
    pub from: String,
    pub key: Option<String>,
    pub short: Option<String>,
    pub heading: Option<String>,
    /// Other names of coded values, by their keys.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// Where the values of a column come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnOrigin {
    One(Source),
    /// Every facility item.
    Gaps,
    /// Every imported column without a field.
    Other,
}

impl TemplateColumn {
    /// `None` where nothing of this name is known.
    pub fn origin(&self) -> Option<ColumnOrigin> {
        match self.from.as_str() {
            "gap.*" => Some(ColumnOrigin::Gaps),
            "other" => Some(ColumnOrigin::Other),
            key => Source::from_key(key).map(ColumnOrigin::One),
        }
    }
}

/// A template that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {fault:?}")]
pub struct TemplateError {
    pub file: String,
    pub fault: TemplateFault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateFault {
    /// No shipped template and no file is called so.
    Missing {
        shipped: Vec<&'static str>,
    },
    /// The system does not give the file.
    Unreadable {
        reason: String,
    },
    TooLarge {
        most_bytes: u64,
    },
    /// No JSON, or not of this form: the words of the reader, with the line.
    NotATemplate {
        reason: String,
    },
    /// No name for a layer: ASCII letters, digits and `_`.
    BadLayer {
        layer: String,
    },
    NoColumns,
    TooManyColumns {
        most: usize,
    },
    Column {
        /// 1-based, as they stand in the file.
        number: usize,
        from: String,
        fault: ColumnFault,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnFault {
    UnknownSource {
        nearest: Vec<String>,
    },
    /// Every format writes the boundary in its own way.
    IsGeometry,
    BadKey {
        key: String,
    },
    BadShort {
        short: String,
    },
    BadHeading {
        heading: String,
    },
    /// Another column bears the name already.
    Taken {
        name: String,
    },
    /// It stands for several columns, which cannot share a name.
    Several,
    NotCoded,
    UnknownValue {
        value: String,
        known: Vec<String>,
    },
}

/// A larger file is no template.
const MOST_BYTES: u64 = 1 << 20;
/// As many as a Shapefile has room for, and more than anybody reads.
pub const MOST_COLUMNS: usize = 255;

/// Name and text of each template that is shipped; the first is the one used where none is named.
const SHIPPED: [(&str, &str); 3] = [
    ("survey", include_str!("../../data/templates/survey.json")),
    ("records", include_str!("../../data/templates/records.json")),
    (
        "province",
        include_str!("../../data/templates/province.json"),
    ),
];

impl ExportTemplate {
    /// The shipped templates, the usual one first.
    pub fn shipped() -> &'static [Self] {
        static TEMPLATES: OnceLock<Vec<ExportTemplate>> = OnceLock::new();
        let read = |(name, text): (&str, &str)| {
            // Compiled-in files: the test below reads each, so they cannot fail later.
            Self::parse(name, text).expect("data/templates is checked by a test")
        };
        TEMPLATES.get_or_init(|| SHIPPED.into_iter().map(read).collect())
    }

    /// The text of a shipped template, to start an own one from.
    pub fn shipped_text(name: &str) -> Option<&'static str> {
        let found = SHIPPED.into_iter().find(|(shipped, _)| *shipped == name);
        found.map(|(_, text)| text)
    }

    pub fn shipped_names() -> Vec<&'static str> {
        SHIPPED.into_iter().map(|(name, _)| name).collect()
    }

    /// The shipped template called `name`, else the one in the file of that path.
    ///
    /// # Errors
    /// [`TemplateError`] with the reason, and the column where it is about one.
    pub fn named(name: &str) -> Result<Self, TemplateError> {
        if let Some(text) = Self::shipped_text(name) {
            return Self::parse(name, text);
        }
        let fail = |fault| TemplateError {
            file: name.to_owned(),
            fault,
        };
        let unreadable = |error: std::io::Error| {
            fail(match error.kind() {
                std::io::ErrorKind::NotFound => TemplateFault::Missing {
                    shipped: Self::shipped_names(),
                },
                _ => TemplateFault::Unreadable {
                    reason: error.to_string(),
                },
            })
        };
        let length = std::fs::metadata(name).map_err(unreadable)?.len();
        if length > MOST_BYTES {
            return Err(fail(TemplateFault::TooLarge {
                most_bytes: MOST_BYTES,
            }));
        }
        let text = std::fs::read_to_string(name).map_err(unreadable)?;
        // Windows' editor begins a file so.
        Self::parse(name, text.trim_start_matches('\u{feff}'))
    }

    /// # Errors
    /// [`TemplateError`], which names `file`.
    pub fn parse(file: &str, text: &str) -> Result<Self, TemplateError> {
        let fail = |fault| TemplateError {
            file: file.to_owned(),
            fault,
        };
        let template: Self = serde_json::from_str(text).map_err(|error| {
            fail(TemplateFault::NotATemplate {
                reason: error.to_string(),
            })
        })?;
        if !is_layer_name(&template.layer) {
            return Err(fail(TemplateFault::BadLayer {
                layer: template.layer,
            }));
        }
        match template.columns.len() {
            0 => Err(fail(TemplateFault::NoColumns)),
            columns if columns > MOST_COLUMNS => {
                Err(fail(TemplateFault::TooManyColumns { most: MOST_COLUMNS }))
            }
            _ => Ok(template),
        }
    }
}

fn is_layer_name(layer: &str) -> bool {
    const LONGEST: usize = 60;
    layer.len() <= LONGEST
        && layer.starts_with(|c: char| c.is_ascii_alphabetic())
        && layer
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_templates_bear_their_names_and_the_provincial_one_is_a_proposal() {
        let templates = ExportTemplate::shipped();
        let names: Vec<_> = templates.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names, ExportTemplate::shipped_names());
        for template in templates {
            assert_eq!(template.proposal, template.name == "province");
            assert!(!template.title.is_empty() && !template.note.is_empty());
        }
    }

    #[test]
    fn a_broken_file_is_refused_with_its_reason() {
        let with = |layer: &str, columns: &str| {
            format!(
                r#"{{"name":"a","title":"甲","layer":"{layer}","records":"all","columns":[{columns}]}}"#
            )
        };
        let name = r#"{"from":"name"}"#;
        assert!(ExportTemplate::parse("甲.json", &with("a", name)).is_ok());
        let many = vec![name; MOST_COLUMNS + 1].join(",");
        let fault = |text: &str| ExportTemplate::parse("甲.json", text).unwrap_err().fault;
        let is_no_template = |text: &str| matches!(fault(text), TemplateFault::NotATemplate { .. });
        assert_eq!(fault(&with("a", "")), TemplateFault::NoColumns);
        assert_eq!(
            fault(&with("a", &many)),
            TemplateFault::TooManyColumns { most: MOST_COLUMNS }
        );
        for layer in ["", "小区", "a b", "1a", &"a".repeat(61)] {
            let layer_fault = TemplateFault::BadLayer {
                layer: layer.to_owned(),
            };
            assert_eq!(fault(&with(layer, name)), layer_fault);
        }
        assert!(is_no_template("小区名称,户数"));
        assert!(is_no_template(&with(
            "a",
            r#"{"from":"name","header":"名"}"#
        )));
        assert!(is_no_template(&with("a", name).replace("all", "some")));
    }

    #[test]
    fn a_template_is_a_shipped_name_or_a_file() {
        let folder = tempfile::Builder::new().prefix("模板 ").tempdir().unwrap();
        let path = folder.path().join("我的.json");
        let text = ExportTemplate::shipped_text("survey").unwrap();
        std::fs::write(&path, format!("\u{feff}{text}")).unwrap();
        let path = path.to_str().unwrap();
        assert_eq!(ExportTemplate::named(path), ExportTemplate::named("survey"));
        let missing = ExportTemplate::named("surveys").unwrap_err();
        assert!(matches!(missing.fault, TemplateFault::Missing { .. }));
        std::fs::write(path, " ".repeat(MOST_BYTES as usize + 1)).unwrap();
        let fault = ExportTemplate::named(path).unwrap_err().fault;
        assert!(matches!(fault, TemplateFault::TooLarge { .. }));
    }
}
