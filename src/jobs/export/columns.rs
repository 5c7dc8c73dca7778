//! From a template to a table of columns: every name given, once, and every value known.

use super::cells::{Codes, FLAG, NONE, codes_of, kind};
use crate::catalogue::{
    Catalogue, ColumnFault, ColumnOrigin, ExportTemplate, OTHER, Source, TemplateColumn,
    TemplateError, TemplateFault, nearest,
};
use crate::formats::exchange::{Cell, Column, ColumnKind, ExchangeFormat};
use crate::jobs::ledger::cells::{heading as field_heading, word};
use crate::model::{Estate, Exclusion, Field, ItemCode};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What records hold that neither the fields nor the catalogue name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beyond {
    /// Headings of imported columns.
    pub other: BTreeSet<String>,
    pub items: BTreeSet<ItemCode>,
}

impl Beyond {
    pub fn take(&mut self, estate: &Estate) {
        for (name, _) in estate.other.iter() {
            if !self.other.contains(name) {
                self.other.insert(name.to_owned());
            }
        }
        self.items.extend(estate.gaps.keys());
    }
}

/// A column, and where its cells come from.
#[derive(Clone, Debug)]
pub(super) struct Outlet {
    pub source: Source,
    /// What values are written as, by what they are; an empty list stands under "".
    renamed: BTreeMap<String, String>,
}

impl Outlet {
    /// The cell as the file has it.
    pub fn written<'a>(&'a self, cell: Cell<'a>) -> Cell<'a> {
        if self.renamed.is_empty() {
            return cell;
        }
        let renamed = |key: &str| self.renamed.get(key).map(|it| Cow::Borrowed(it.as_str()));
        match cell {
            Cell::Text(text) => Cell::Text(renamed(&text).unwrap_or(text)),
            Cell::Texts(texts) if texts.is_empty() => {
                Cell::Texts(renamed("").into_iter().collect())
            }
            Cell::Texts(texts) => Cell::Texts(
                texts
                    .into_iter()
                    .map(|text| renamed(&text).unwrap_or(text))
                    .collect(),
            ),
            Cell::Whole(number) => {
                renamed(&number.to_string()).map_or(Cell::Whole(number), Cell::Text)
            }
            Cell::Flag(flag) => renamed(&flag.to_string()).map_or(Cell::Flag(flag), Cell::Text),
            cell => cell,
        }
    }
}

/// The columns of an export, resolved.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub outlets: Vec<Outlet>,
    pub columns: Vec<Column>,
    /// Which of them stand for every facility item, where the template asks for that …
    pub gaps: Option<Range<usize>>,
    /// … and for every imported column without a field, in the order of their names.
    pub other: Option<Range<usize>>,
}

/// The columns of `template` in a file of `format`.
pub(super) fn resolve(
    template: &ExportTemplate,
    format: ExchangeFormat,
    catalogue: &Catalogue,
    beyond: &Beyond,
) -> Result<Columns, TemplateError> {
    let mut resolver = Resolver {
        format,
        catalogue,
        taken: Taken::default(),
        resolved: Columns {
            outlets: Vec::new(),
            columns: Vec::new(),
            gaps: None,
            other: None,
        },
    };
    // Names that a template gives go before those that the program makes up.
    let own = template
        .columns
        .iter()
        .flat_map(|column| [&column.key, &column.short]);
    resolver.taken.wanted = own.flatten().map(|name| name.to_lowercase()).collect();
    for (column, number) in template.columns.iter().zip(1..) {
        resolver
            .add(column, beyond)
            .map_err(|fault| TemplateError {
                file: template.name.clone(),
                fault: TemplateFault::Column {
                    number,
                    from: column.from.clone(),
                    fault,
                },
            })?;
    }
    resolver.add_others(beyond);
    Ok(resolver.resolved)
}

/// The names that columns bear already, in lower case.
#[derive(Default)]
struct Taken {
    keys: BTreeSet<String>,
    shorts: BTreeSet<String>,
    headings: BTreeSet<String>,
    wanted: BTreeSet<String>,
}

struct Resolver<'a> {
    format: ExchangeFormat,
    catalogue: &'a Catalogue,
    taken: Taken,
    resolved: Columns,
}

impl Resolver<'_> {
    fn add(&mut self, column: &TemplateColumn, beyond: &Beyond) -> Result<(), ColumnFault> {
        let Some(origin) = column.origin() else {
            return Err(unknown(&column.from));
        };
        let has_names = [&column.key, &column.short, &column.heading]
            .iter()
            .any(|name| name.is_some());
        match origin {
            ColumnOrigin::One(Source::Field(Field::Boundary)) => Err(ColumnFault::IsGeometry),
            ColumnOrigin::One(source) => self.add_one(source, column),
            ColumnOrigin::Gaps | ColumnOrigin::Other if has_names => Err(ColumnFault::Several),
            ColumnOrigin::Other if !column.values.is_empty() => Err(ColumnFault::NotCoded),
            ColumnOrigin::Gaps => {
                let first = self.resolved.outlets.len();
                let items = self.catalogue.items.iter().map(|item| item.code);
                let items: BTreeSet<ItemCode> = items.chain(beyond.items.iter().copied()).collect();
                items
                    .into_iter()
                    .try_for_each(|item| self.add_one(Source::Field(Field::Gap(item)), column))?;
                self.resolved.gaps = Some(first..self.resolved.outlets.len());
                Ok(())
            }
            // Nothing can be left over for a second one.
            ColumnOrigin::Other if self.resolved.other.is_some() => Err(ColumnFault::Taken {
                name: column.from.clone(),
            }),
            // Their columns come once every name of the template is given.
            ColumnOrigin::Other => {
                let place = self.resolved.outlets.len();
                self.resolved.other = Some(place..place);
                Ok(())
            }
        }
    }

    fn add_one(&mut self, source: Source, column: &TemplateColumn) -> Result<(), ColumnFault> {
        let key = column.key.clone().unwrap_or_else(|| source.column_key());
        if !is_key(&key) {
            return Err(ColumnFault::BadKey { key });
        }
        let heading = match &column.heading {
            Some(heading) => heading.clone(),
            None => self.heading(&source),
        };
        if heading.trim() != heading || heading.is_empty() || heading.contains(char::is_control) {
            return Err(ColumnFault::BadHeading { heading });
        }
        take(&mut self.taken.keys, &key)?;
        take(&mut self.taken.headings, &heading)?;
        let short = match &column.short {
            Some(short) if !is_short(short) => {
                let short = short.clone();
                return Err(ColumnFault::BadShort { short });
            }
            Some(short) => {
                take(&mut self.taken.shorts, short)?;
                short.clone()
            }
            None => {
                let of_key = column.key.clone().filter(|key| is_short(key));
                let short = of_key.or_else(|| source.short());
                self.taken.free_short(short.as_deref().unwrap_or(&key))
            }
        };
        let (renamed, labels) = self.values(&source, column)?;
        let shown = kind(&source);
        let kind = match (shown, renamed.keys().any(|key| !key.is_empty())) {
            (ColumnKind::Texts, _) => ColumnKind::Texts,
            (_, true) => ColumnKind::Text,
            (kind, false) => kind,
        };
        self.resolved.outlets.push(Outlet { source, renamed });
        self.resolved.columns.push(Column {
            key,
            short,
            heading,
            kind,
            labels,
        });
        Ok(())
    }

    /// Adds the columns of somebody's file where the template wants them.
    fn add_others(&mut self, beyond: &Beyond) {
        let Some(place) = self.resolved.other.as_ref().map(|other| other.start) else {
            return;
        };
        let others = beyond.other.iter().map(|name| self.other(name));
        let (outlets, columns): (Vec<_>, Vec<_>) = others.unzip();
        let count = outlets.len();
        let resolved = &mut self.resolved;
        resolved.outlets.splice(place..place, outlets);
        resolved.columns.splice(place..place, columns);
        resolved.other = Some(place..place + count);
        if let Some(gaps) = resolved.gaps.as_mut().filter(|gaps| gaps.start >= place) {
            *gaps = gaps.start + count..gaps.end + count;
        }
    }

    /// A column of somebody's file, under its own name where nothing else is called so.
    fn other(&mut self, name: &str) -> (Outlet, Column) {
        let name = name.to_owned();
        let guess = self
            .catalogue
            .headings
            .guess(std::slice::from_ref(&name), None);
        let is_free = |key: &String| {
            let key = key.to_lowercase();
            !self.taken.keys.contains(&key) && !self.taken.headings.contains(&key)
        };
        let is_own = |key: &String| guess == [None] && is_key(key) && is_free(key);
        let own = Some(name.clone()).filter(is_own);
        let key = own.unwrap_or_else(|| {
            let marked = format!("{OTHER}{name}");
            let numbered = (2..).map(|number| format!("{marked} {number}"));
            let mut keys = std::iter::once(marked.clone()).chain(numbered);
            // An endless row of names has a free one.
            keys.find(is_free).unwrap_or(marked)
        });
        self.taken.keys.insert(key.to_lowercase());
        self.taken.headings.insert(key.to_lowercase());
        let short = self.taken.free_short(&name);
        let outlet = Outlet {
            source: Source::Other(name),
            renamed: BTreeMap::new(),
        };
        let column = Column {
            heading: key.clone(),
            key,
            short,
            kind: ColumnKind::Text,
            labels: Vec::new(),
        };
        (outlet, column)
    }

    fn heading(&self, source: &Source) -> String {
        match source {
            Source::Field(field) => field_heading(*field, self.catalogue),
            Source::Known(known) => word("columns", known.key()).to_owned(),
            Source::Other(name) => name.clone(),
        }
    }

    /// What values are written as, and what that means, in form order.
    #[allow(clippy::type_complexity)]
    fn values(
        &self,
        source: &Source,
        column: &TemplateColumn,
    ) -> Result<(BTreeMap<String, String>, Vec<(String, String)>), ColumnFault> {
        let Some(codes) = codes_of(source) else {
            return match column.values.is_empty() {
                true => Ok(Default::default()),
                false => Err(ColumnFault::NotCoded),
            };
        };
        let unknown = column
            .values
            .keys()
            .find(|key| !codes.keys.contains(&key.as_str()));
        if let Some(value) = unknown {
            return Err(ColumnFault::UnknownValue {
                value: value.clone(),
                known: codes.keys.iter().map(|key| (*key).to_owned()).collect(),
            });
        }
        let written = |key: &str| match column.values.get(key) {
            Some(value) => Some(value.clone()),
            None if self.has_words() && column.values.is_empty() => Some(self.word(&codes, key)),
            // A cell of text cannot tell an empty list from nothing; an array can.
            None if key == NONE && !self.has_arrays() => Some(NONE.to_owned()),
            None => None,
        };
        let place = |key: &str| match key {
            NONE if codes.domain == <Exclusion as crate::model::Coded>::DOMAIN => String::new(),
            key => key.to_owned(),
        };
        let renamed: BTreeMap<String, String> = codes
            .keys
            .iter()
            .filter_map(|key| Some((place(key), written(key)?)))
            .collect();
        let label = |key: &&str| {
            let shown = renamed.get(&place(key)).map_or(*key, String::as_str);
            (shown.to_owned(), self.word(&codes, key))
        };
        let labels = match codes.domain {
            // Yes and no show themselves.
            FLAG if renamed.is_empty() => Vec::new(),
            _ => codes
                .keys
                .iter()
                .map(label)
                .filter(|(value, label)| value != label)
                .collect(),
        };
        Ok((renamed, labels))
    }

    fn has_arrays(&self) -> bool {
        matches!(
            self.format,
            ExchangeFormat::GeoJson | ExchangeFormat::GeoPackage
        )
    }

    /// Tables that people read have words, the others the keys that programs know.
    fn has_words(&self) -> bool {
        matches!(self.format, ExchangeFormat::Csv | ExchangeFormat::Xlsx)
    }

    fn word(&self, codes: &Codes, key: &str) -> String {
        codes.word(key, &self.catalogue.headings.words)
    }
}

impl Taken {
    /// A free short name that begins as `name` does.
    fn free_short(&mut self, name: &str) -> String {
        const LONGEST: usize = 10;
        let fits = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
        let mut stem: String = name.chars().filter(fits).take(LONGEST).collect();
        if !is_short(&stem) {
            stem = "column".to_owned();
        }
        let numbered = (2..).map(|number: u32| {
            let number = number.to_string();
            let kept = stem.len().min(LONGEST - 1 - number.len());
            format!("{}_{number}", &stem[..kept])
        });
        let own = name.to_lowercase();
        let is_free = |short: &String| {
            let short = short.to_lowercase();
            !self.shorts.contains(&short) && (!self.wanted.contains(&short) || short == own)
        };
        let mut shorts = std::iter::once(stem.clone()).chain(numbered);
        // An endless row of names has a free one.
        let short = shorts.find(is_free).unwrap_or_else(|| stem.clone());
        self.shorts.insert(short.to_lowercase());
        short
    }
}

fn take(taken: &mut BTreeSet<String>, name: &str) -> Result<(), ColumnFault> {
    match taken.insert(name.to_lowercase()) {
        true => Ok(()),
        false => Err(ColumnFault::Taken {
            name: name.to_owned(),
        }),
    }
}

fn unknown(from: &str) -> ColumnFault {
    let known = super::names::source_keys();
    let known = known.iter().map(String::as_str).chain(["gap.*", "other"]);
    ColumnFault::UnknownSource {
        nearest: nearest(from, known),
    }
}

/// Whether formats can call a column so. GeoPackage has columns of its own.
fn is_key(key: &str) -> bool {
    const LONGEST: usize = 60;
    const RESERVED: [&str; 6] = ["fid", "ogc_fid", "geom", "geometry", "shape", "rowid"];
    let is_fair = |c: char| !c.is_control() && c != '"';
    !key.is_empty()
        && key.trim() == key
        && key.chars().count() <= LONGEST
        && key.chars().all(is_fair)
        && !RESERVED.contains(&key.to_lowercase().as_str())
}

/// Whether a Shapefile can call a column so.
fn is_short(short: &str) -> bool {
    const LONGEST: usize = 10;
    short.len() <= LONGEST
        && short.starts_with(|c: char| c.is_ascii_alphabetic())
        && short
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
