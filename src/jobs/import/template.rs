//! A mapping kept for the next list of the same office: what its columns are for, in which system
//! its coordinates are, what its rows are. A file of JSON, to be handed on.

use super::{ImportSettings, Mapping};
use crate::catalogue::{Items, Target};
use crate::formats::part;
use crate::model::{Crs, ListKind, ListRole};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the files call themselves, so that another JSON is told from one.
const FORMAT: &str = "jiugai import mapping";
/// The newest version of these files that this program reads.
const VERSION: u32 = 1;
/// Far more than any template: what is larger is some other file.
const MAX_BYTES: u64 = 1 << 20;

/// The answers that a list was imported with, under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub name: String,
    pub role: ListRole,
    pub kind: ListKind,
    /// `None` where nobody said: it is asked then.
    pub crs: Option<Crs>,
    columns: BTreeMap<String, Target>,
}

/// Why a template cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {kind}")]
pub struct TemplateError {
    pub file: String,
    #[source]
    pub kind: TemplateErrorKind,
}

#[derive(Debug, thiserror::Error)]
pub enum TemplateErrorKind {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// With what the parser says of it.
    #[error("no JSON of a template: {reason}")]
    NoTemplate { reason: String },
    #[error("of version {found}")]
    Newer { found: u32 },
    #[error("no system '{system}'")]
    UnknownSystem { system: String },
    #[error("no field '{field}' for column '{column}'")]
    UnknownField { column: String, field: String },
    #[error("'{field}' is fed by '{one}' and by '{other}'")]
    FedTwice {
        field: String,
        one: String,
        other: String,
    },
    /// The file that is to be imported lacks columns that feed something.
    #[error("no columns {missing:?}")]
    MissingColumns {
        missing: Vec<String>,
        known: Vec<String>,
    },
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    version: u32,
    name: String,
    role: ListRole,
    #[serde(default)]
    kind: ListKind,
    /// The key of the system of coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    datum: Option<String>,
    /// The field that each column feeds, by its key.
    columns: BTreeMap<String, String>,
}

impl Template {
    /// What was answered for a list.
    pub fn of(name: &str, settings: &ImportSettings) -> Self {
        let columns = settings.mapping.iter();
        Self {
            name: name.trim().to_owned(),
            role: settings.role,
            kind: settings.kind,
            crs: Some(settings.crs),
            columns: columns
                .map(|(column, target)| (column.to_owned(), target))
                .collect(),
        }
    }

    /// `(column, target)` of every column that it knows.
    pub fn answers(&self) -> Vec<(String, Target)> {
        let columns = self.columns.iter();
        columns
            .map(|(column, target)| (column.clone(), *target))
            .collect()
    }

    /// Reads a template.
    ///
    /// # Errors
    /// [`TemplateError`] with what of the file is not understood.
    pub fn load(path: &Path, items: &Items) -> Result<Self, TemplateError> {
        let read = || {
            if std::fs::metadata(path)?.len() > MAX_BYTES {
                let reason = format!("> {MAX_BYTES} B");
                return Err(TemplateErrorKind::NoTemplate { reason });
            }
            let bytes = std::fs::read(path)?;
            Self::parse(&bytes, items)
        };
        read().map_err(|kind| kind.of(path))
    }

    fn parse(bytes: &[u8], items: &Items) -> Result<Self, TemplateErrorKind> {
        // Some editors put a byte order mark before it.
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let no_template = |reason: String| TemplateErrorKind::NoTemplate { reason };
        let value: serde_json::Value =
            serde_json::from_slice(bytes).map_err(|error| no_template(error.to_string()))?;
        let version = value.get("version").and_then(serde_json::Value::as_u64);
        if let Some(found) = version.filter(|version| *version > VERSION.into()) {
            let found = u32::try_from(found).unwrap_or(u32::MAX);
            return Err(TemplateErrorKind::Newer { found });
        }
        let file: File =
            serde_json::from_value(value).map_err(|error| no_template(error.to_string()))?;
        if file.format != FORMAT {
            return Err(no_template(format!(
                "format: {:?} ≠ {FORMAT:?}",
                file.format
            )));
        }
        let crs = match file.datum {
            None => None,
            Some(system) => match Crs::named(&system) {
                Some(crs) => Some(crs),
                None => return Err(TemplateErrorKind::UnknownSystem { system }),
            },
        };
        Ok(Self {
            columns: targets(file.columns, items)?,
            name: file.name,
            role: file.role,
            kind: file.kind,
            crs,
        })
    }

    /// Writes the template.
    ///
    /// # Errors
    /// What the operating system reports; what stood there before still does then.
    pub fn save(&self, path: &Path) -> Result<(), TemplateError> {
        let file = File {
            format: FORMAT.to_owned(),
            version: VERSION,
            name: self.name.clone(),
            role: self.role,
            kind: self.kind,
            datum: self.crs.map(|crs| crs.key().to_owned()),
            columns: self
                .columns
                .iter()
                .map(|(column, target)| (column.clone(), target.key()))
                .collect(),
        };
        // Texts and maps of them always have a JSON.
        let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
        text.push('\n');
        part::replace(path, text.as_bytes())
            .map_err(|error| TemplateErrorKind::from(error).of(path))
    }

    /// What the columns of a file are for; those that the template does not know feed nothing.
    ///
    /// # Errors
    /// [`TemplateErrorKind::MissingColumns`] where a column that feeds something is not there.
    pub fn mapping(&self, columns: &[String]) -> Result<Mapping, TemplateErrorKind> {
        let feeding = self.columns.iter();
        let feeding = feeding.filter(|(_, target)| **target != Target::Ignore);
        let missing: Vec<String> = feeding
            .filter(|(column, _)| !columns.contains(column))
            .map(|(column, _)| column.clone())
            .collect();
        if !missing.is_empty() {
            let known = columns.to_vec();
            return Err(TemplateErrorKind::MissingColumns { missing, known });
        }
        let target = |column: &String| {
            let target = self.columns.get(column);
            target.copied().unwrap_or(Target::Ignore)
        };
        let targets = columns
            .iter()
            .map(|column| (column.clone(), target(column)));
        Ok(Mapping::from_iter(targets))
    }

    /// Those of a folder that fit the headings of a file, by name. Files there that are no
    /// templates fit nothing.
    pub fn fitting(folder: &Path, columns: &[String], items: &Items) -> Vec<Self> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        let mut templates: Vec<Self> = paths
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            .filter_map(|path| Self::load(&path, items).ok())
            .filter(|template| template.feeds_something() && template.mapping(columns).is_ok())
            .collect();
        templates.sort_by(|a, b| a.name.cmp(&b.name));
        templates
    }

    fn feeds_something(&self) -> bool {
        let mut targets = self.columns.values();
        targets.any(|target| *target != Target::Ignore)
    }
}

impl TemplateErrorKind {
    /// The same, of a file.
    pub fn of(self, path: &Path) -> TemplateError {
        let file = path.file_name().map(PathBuf::from).unwrap_or_default();
        TemplateError {
            file: file.display().to_string(),
            kind: self,
        }
    }
}

fn targets(
    columns: BTreeMap<String, String>,
    items: &Items,
) -> Result<BTreeMap<String, Target>, TemplateErrorKind> {
    let mut fed: BTreeMap<Target, String> = BTreeMap::new();
    let mut targets = BTreeMap::new();
    for (column, field) in columns {
        let Some(target) = Target::given(&field, items) else {
            return Err(TemplateErrorKind::UnknownField { column, field });
        };
        if target != Target::Ignore
            && let Some(one) = fed.insert(target, column.clone())
        {
            let other = column;
            return Err(TemplateErrorKind::FedTwice { field, one, other });
        }
        targets.insert(column, target);
    }
    Ok(targets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::Datum;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn template() -> Template {
        let headings = Catalogue::shipped().headings;
        let columns = columns(&["小区名称", "户数", "包保干部"]);
        let crs = Crs::Degrees(Datum::Gcj02);
        let settings = ImportSettings {
            crs,
            role: ListRole::Register,
            kind: ListKind::HousingBureau,
            layer: None,
            mapping: Mapping::guess(&columns, &headings, Some(crs)),
        };
        Template::of(" 住建局 ", &settings)
    }

    #[test]
    fn a_template_comes_back_as_it_was_and_says_what_columns_are_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("住建局 1.json");
        let items = Catalogue::shipped().items;
        template().save(&path).unwrap();
        let read = Template::load(&path, &items).unwrap();
        assert_eq!(read, template());
        assert_eq!(read.name, "住建局");
        // Columns in another order, one more, and one that fed nothing gone.
        let mapping = read
            .mapping(&columns(&["户数", "新列", "小区名称"]))
            .unwrap();
        let told: Vec<_> = mapping.iter().map(|(c, t)| (c, t.key())).collect();
        let expected = [
            ("户数", "households"),
            ("新列", "ignore"),
            ("小区名称", "name"),
        ];
        assert_eq!(told, expected.map(|(c, t)| (c, t.to_owned())));
        match read.mapping(&columns(&["小区名称"])) {
            Err(TemplateErrorKind::MissingColumns { missing, .. }) => {
                assert_eq!(missing, ["户数"]);
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_folder_offers_what_fits_and_passes_over_what_is_no_template() {
        let folder = tempfile::tempdir().unwrap();
        let items = Catalogue::shipped().items;
        template().save(&folder.path().join("a.json")).unwrap();
        std::fs::write(folder.path().join("b.json"), "{").unwrap();
        std::fs::write(folder.path().join("c.txt"), "{}").unwrap();
        let fitting = |names: &[&str]| {
            let found = Template::fitting(folder.path(), &columns(names), &items);
            found
                .into_iter()
                .map(|template| template.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(fitting(&["小区名称", "户数"]), ["住建局"]);
        assert_eq!(fitting(&["小区名称"]), Vec::<String>::new());
        let nowhere = folder.path().join("没有");
        assert_eq!(
            Template::fitting(&nowhere, &columns(&["小区名称"]), &items),
            []
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let items = Catalogue::shipped().items;
        let head =
            r#""format": "jiugai import mapping", "version": 1, "name": "a", "role": "register""#;
        for (text, expected) in [
            ("[".to_owned(), "EOF"),
            ("{}".to_owned(), "format"),
            (
                format!("{{{head}, \"columns\": {{}}, \"colour\": 1}}"),
                "colour",
            ),
            (
                format!("{{{head}, \"columns\": {{\"甲\": \"telephone\"}}}}"),
                "telephone",
            ),
            (
                format!("{{{head}, \"columns\": {{\"甲\": \"gap.C99\"}}}}"),
                "gap.C99",
            ),
            (
                format!("{{{head}, \"columns\": {{\"甲\": \"name\", \"乙\": \"name\"}}}}"),
                "fed by",
            ),
            (
                format!("{{{head}, \"datum\": \"mars\", \"columns\": {{}}}}"),
                "mars",
            ),
            (
                format!("{{{head}, \"columns\": {{}}}}").replace("1,", "9,"),
                "version 9",
            ),
            (
                format!("{{{head}, \"columns\": {{}}}}").replace("jiugai ", ""),
                "import mapping",
            ),
        ] {
            let error = Template::parse(text.as_bytes(), &items).unwrap_err();
            assert!(error.to_string().contains(expected), "{text}: {error}");
        }
    }
}
