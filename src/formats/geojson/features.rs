//! From features to rows: the names of their properties become columns as they are met.

use super::plain::{self, NotPlain, ShapeKind, TakeProperty, Token};
use super::{ID_COLUMN, feature, geometry};
use crate::formats::table::unreadable;
use crate::formats::{Cells, RawGeometry, RawRow};
use crate::model::RejectedRow;
use indexmap::IndexMap;
use memchr::memmem;
use simdutf8::basic::from_utf8;

/// What an encoding had no character for, in UTF-8.
const NO_CHARACTER: &str = "\u{fffd}";

/// Reads features into rows, one after the other. A name is a column once a feature has a text
/// under it.
#[derive(Clone, Debug, Default)]
pub(super) struct FeatureRows {
    names: IndexMap<String, Name>,
    columns: usize,
    /// The name that follows the last one, where features are alike.
    expected: usize,
    /// Which feature is being read.
    turn: u64,
}

#[derive(Clone, Debug)]
struct Name {
    /// As programs write it before a value: with quotation marks and a colon.
    written: Vec<u8>,
    column: Option<usize>,
    /// The last feature that it was met in.
    met: u64,
}

impl Name {
    fn new(name: &str) -> Self {
        let mut written = serde_json::Value::from(name).to_string().into_bytes();
        written.push(b':');
        Self {
            written,
            column: None,
            met: 0,
        }
    }
}

impl FeatureRows {
    /// How many columns there are so far.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// What a column is called.
    pub(super) fn name_of(&self, column: usize) -> Option<&str> {
        let mut names = self.names.iter();
        names.find_map(|(text, name)| (name.column == Some(column)).then_some(text.as_str()))
    }

    /// The columns, in the order they were met.
    pub(super) fn into_columns(self) -> Vec<String> {
        let named = self.names.into_iter();
        let mut columns: Vec<_> = named
            .filter_map(|(text, name)| Some((name.column?, text)))
            .collect();
        columns.sort_unstable();
        columns.into_iter().map(|(_, text)| text).collect()
    }

    /// Reads a feature into `row`, which keeps its number.
    ///
    /// # Errors
    /// The row as it is listed, where the text is no feature.
    pub(super) fn read(&mut self, text: &str, row: &mut RawRow) -> Result<(), RejectedRow> {
        match self.parse_plain(text.as_bytes(), row) {
            Ok(length) if text[length..].trim().is_empty() => {
                self.end(&mut row.cells);
                Ok(())
            }
            _ => self.read_odd(text, row),
        }
    }

    /// Goes through a feature that `bytes` begin with, of which nothing but the kind of its geometry
    /// is news: its columns are known, and its text is text. Gives its length, too.
    ///
    /// # Errors
    /// [`NotPlain`] where it has to be read.
    pub(super) fn skim(&mut self, bytes: &[u8]) -> Result<(ShapeKind, usize), NotPlain> {
        self.begin();
        let (shape, length) = plain::skim(bytes, &mut Skimmer { rows: self, bytes })?;
        let feature = from_utf8(&bytes[..length]).map_err(|_| NotPlain::Odd)?;
        match memmem::find(feature.as_bytes(), NO_CHARACTER.as_bytes()) {
            None => Ok((shape, length)),
            Some(_) => Err(NotPlain::Odd),
        }
    }

    /// Reads a feature that `bytes` begin with; gives its length.
    ///
    /// # Errors
    /// [`NotPlain`]; `row` is spoilt then.
    pub(super) fn read_plain(&mut self, bytes: &[u8], row: &mut RawRow) -> Result<usize, NotPlain> {
        let length = self.parse_plain(bytes, row)?;
        self.end(&mut row.cells);
        Ok(length)
    }

    fn parse_plain(&mut self, bytes: &[u8], row: &mut RawRow) -> Result<usize, NotPlain> {
        self.begin();
        row.cells.clear();
        let mut taker = Taker {
            rows: self,
            cells: &mut row.cells,
            bytes,
            id: None,
        };
        let (shape, length) = plain::feature(bytes, &mut taker)?;
        if let Some(id) = taker.id.take() {
            let index = taker.rows.index_of(ID_COLUMN);
            taker.take(index, &id)?;
        }
        row.geometry = shape;
        Ok(length)
    }

    /// The same by the reader that takes whatever is a feature.
    pub(super) fn read_odd(&mut self, text: &str, row: &mut RawRow) -> Result<(), RejectedRow> {
        self.begin();
        row.cells.clear();
        let (values, shape) = feature(text).ok_or_else(|| unreadable(row.row, text))?;
        for (name, value) in values {
            let index = self.index_of(&name);
            row.cells.push(index, &value);
        }
        row.geometry = shape.map_or(RawGeometry::None, geometry);
        // A property may be called "@id" too; the property comes first and wins.
        self.end(&mut row.cells);
        Ok(())
    }

    fn begin(&mut self) {
        self.turn += 1;
        self.expected = 0;
    }

    /// Turns the names of cells into columns.
    fn end(&mut self, cells: &mut Cells) {
        cells.renumber(|index| {
            let (_, name) = self.names.get_index_mut(index)?;
            Some(*name.column.get_or_insert_with(|| {
                self.columns += 1;
                self.columns - 1
            }))
        });
        cells.sort();
    }

    /// What stands before the value of the name that is expected.
    fn expected(&self) -> Option<&[u8]> {
        let (_, name) = self.names.get_index(self.expected)?;
        Some(&name.written)
    }

    /// Notes that a name was met.
    ///
    /// # Errors
    /// Where it comes twice in a feature.
    fn meet(&mut self, index: usize) -> Result<Option<&Name>, NotPlain> {
        let Some((_, name)) = self.names.get_index_mut(index) else {
            return Ok(None);
        };
        match std::mem::replace(&mut name.met, self.turn) == self.turn {
            true => Err(NotPlain::Odd),
            false => Ok(Some(name)),
        }
    }

    fn index_of(&mut self, name: &str) -> usize {
        let expected = self.names.get_index(self.expected);
        let index = match expected {
            Some((text, _)) if text == name => self.expected,
            _ => match self.names.get_index_of(name) {
                Some(index) => index,
                None => self.names.insert_full(name.to_owned(), Name::new(name)).0,
            },
        };
        self.expected = index + 1;
        index
    }
}

/// Takes the properties of a plain feature.
struct Taker<'a> {
    rows: &'a mut FeatureRows,
    cells: &'a mut Cells,
    bytes: &'a [u8],
    /// It stands behind the properties, wherever it was written.
    id: Option<String>,
}

impl TakeProperty for Taker<'_> {
    fn expected(&self) -> Option<&[u8]> {
        self.rows.expected()
    }

    fn expected_property(&mut self, value: &Token) -> Result<(), NotPlain> {
        let index = self.rows.expected;
        self.rows.expected += 1;
        self.take(index, &value.text(self.bytes)?)
    }

    fn property(&mut self, name: &Token, value: &Token) -> Result<(), NotPlain> {
        let index = self.rows.index_of(&name.text(self.bytes)?);
        self.take(index, &value.text(self.bytes)?)
    }

    fn id(&mut self, value: &Token) -> Result<(), NotPlain> {
        self.id = Some(value.text(self.bytes)?.into_owned());
        Ok(())
    }
}

impl Taker<'_> {
    fn take(&mut self, index: usize, text: &str) -> Result<(), NotPlain> {
        self.rows.meet(index)?;
        if !text.trim().is_empty() {
            self.cells.push(index, text);
        }
        Ok(())
    }
}

/// Passes the properties of a plain feature that opens no column.
struct Skimmer<'a> {
    rows: &'a mut FeatureRows,
    bytes: &'a [u8],
}

impl TakeProperty for Skimmer<'_> {
    fn expected(&self) -> Option<&[u8]> {
        self.rows.expected()
    }

    fn expected_property(&mut self, value: &Token) -> Result<(), NotPlain> {
        let index = self.rows.expected;
        self.rows.expected += 1;
        self.pass(Some(index), value)
    }

    fn property(&mut self, name: &Token, value: &Token) -> Result<(), NotPlain> {
        let index = self.rows.names.get_index_of(&*name.text(self.bytes)?);
        self.rows.expected = index.map_or(0, |index| index + 1);
        self.pass(index, value)
    }

    fn id(&mut self, value: &Token) -> Result<(), NotPlain> {
        self.pass(self.rows.names.get_index_of(ID_COLUMN), value)
    }
}

impl Skimmer<'_> {
    /// What is escaped may be no text at all.
    fn pass(&mut self, index: Option<usize>, value: &Token) -> Result<(), NotPlain> {
        let is_blank = value.written(self.bytes)?.is_empty();
        let name = self.rows.meet(index.ok_or(NotPlain::Odd)?)?;
        match is_blank || name.is_some_and(|name| name.column.is_some()) {
            true => Ok(()),
            false => Err(NotPlain::Odd),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Features as programs write them, and as they should not.
    fn text() -> impl Strategy<Value = String> {
        let value = prop_oneof![
            Just("null".to_owned()),
            Just(r#"" ""#.to_owned()),
            "\"[a洪 ]{0,4}\"",
            Just(r#""\u6d2a\n\"都""#.to_owned()),
            Just(r#""\ud800""#.to_owned()),
            "-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,20})?([eE][-+]?[0-9]{1,3})?",
            "0[0-9]|-|1\\.|\\+1|tru|true|false|\\[1, 2\\]|\\{\"a\":1\\}",
        ];
        let property =
            ("[a-c@]|@id", value).prop_map(|(name, value)| format!("\"{name}\": {value}"));
        let properties = proptest::collection::vec(property.clone(), 0..5)
            .prop_map(|members| format!("{{{}}}", members.join(",")));
        let number = "-?(0|[1-9][0-9]{0,2})(\\.[0-9]{1,17})?([eE][-+]?[0-9]{1,3})?";
        let position = proptest::collection::vec(number, 1..4)
            .prop_map(|numbers| format!("[{}]", numbers.join(", ")));
        let array = |of: BoxedStrategy<String>| {
            proptest::collection::vec(of, 0..4)
                .prop_map(|items| format!("[{}]", items.join(",")))
                .boxed()
        };
        let ring = array(position.clone().boxed());
        let rings = array(ring.clone());
        let polygons = array(rings.clone());
        let kind = "Point|Polygon|MultiPolygon|MultiPoint|LineString";
        let coordinates = prop_oneof![position, ring, rings, polygons];
        let geometry = prop_oneof![
            1 => Just("null".to_owned()),
            4 => (kind, coordinates)
                .prop_map(|(kind, at)| format!(r#"{{"type":"{kind}","coordinates":{at}}}"#)),
        ];
        let member = prop_oneof![
            1 => Just(r#""bbox":[1,2,3,4]"#.to_owned()),
            4 => properties.prop_map(|text| format!(r#""properties": {text}"#)),
            4 => geometry.prop_map(|text| format!(r#""geometry":{text}"#)),
            2 => "\"id\":([1-9]|\"甲\"|null)",
        ];
        let kind = prop_oneof![
            8 => Just(r#""type":"Feature""#.to_owned()),
            1 => Just(r#""type":"Point""#.to_owned()),
        ];
        (kind, proptest::collection::vec(member, 0..4), 0usize..60).prop_map(
            |(kind, mut members, cut)| {
                members.insert(members.len() / 2, kind);
                let mut text = format!("{{{}}}", members.join(",\n "));
                if cut < 5 {
                    text.pop();
                }
                text
            },
        )
    }

    fn row() -> RawRow {
        RawRow {
            row: 1,
            cells: Cells::default(),
            geometry: RawGeometry::None,
        }
    }

    proptest! {
        #[test]
        fn both_readers_give_the_same(features in proptest::collection::vec(text(), 1..4)) {
            let (mut fast, mut slow) = (FeatureRows::default(), FeatureRows::default());
            for text in &features {
                let (mut one, mut other) = (row(), row());
                let results = (fast.read(text, &mut one), slow.read_odd(text, &mut other));
                prop_assert_eq!(&results.0, &results.1, "{}", text);
                if results.0.is_ok() {
                    // As text: a position without two numbers is none, and unlike itself.
                    prop_assert_eq!(format!("{one:?}"), format!("{other:?}"), "{}", text);
                }
            }
            prop_assert_eq!(fast.into_columns(), slow.into_columns());
        }
    }

    proptest! {
        #[test]
        fn what_is_skimmed_brings_nothing_new(
            features in proptest::collection::vec(text(), 1..6),
            last in text(),
        ) {
            let mut rows = FeatureRows::default();
            let mut read = row();
            for text in &features {
                let _ = rows.read(text, &mut read);
            }
            let columns = rows.columns();
            if let Ok((shape, length)) = rows.skim(last.as_bytes()) {
                prop_assert_eq!(last[length..].trim(), "");
                prop_assert_eq!(rows.read(&last, &mut read), Ok(()));
                prop_assert_eq!(rows.columns(), columns);
                prop_assert!(!read.cells.has_bad_text());
                let is_so = match shape {
                    ShapeKind::None => read.geometry == RawGeometry::None,
                    ShapeKind::Point => matches!(read.geometry, RawGeometry::Point(_)),
                    ShapeKind::Polygons => matches!(read.geometry, RawGeometry::Polygons(_)),
                };
                // A number larger than a float can be makes no geometry.
                let is_none = matches!(read.geometry, RawGeometry::Broken(_));
                prop_assert!(is_so || is_none, "{last}");
            }
        }
    }

    #[test]
    fn both_readers_agree_about_rings_that_are_none() {
        for coordinates in ["[[[0]]]", "[]", "[[]]"] {
            for kind in ["Polygon", "MultiPolygon"] {
                let geometry = format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#);
                let text = format!(r#"{{"type":"Feature","geometry":{geometry}}}"#);
                let (mut one, mut other) = (row(), row());
                FeatureRows::default().read(&text, &mut one).unwrap();
                FeatureRows::default().read_odd(&text, &mut other).unwrap();
                assert_eq!(format!("{one:?}"), format!("{other:?}"), "{text}");
            }
        }
    }

    #[test]
    fn features_that_open_no_column_are_skimmed() {
        let first =
            r#"{"type":"Feature","properties":{"name":"洪都","hh":3,"none":null},"geometry":null}"#;
        let mut rows = FeatureRows::default();
        rows.read(first, &mut row()).unwrap();
        for (text, skimmed) in [
            (first, Some(ShapeKind::None)),
            (
                r#"{"type":"Feature","properties":{"hh":null,"name":"新村"},"geometry":{"type":"Point","coordinates":[115.9,28.6]}}"#,
                Some(ShapeKind::Point),
            ),
            (
                r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[1,2],[3,4.5e1],[5,6],[1,2]]]}}"#,
                Some(ShapeKind::Polygons),
            ),
            // Each has to be read: a new column, a new value, an id, escapes, no character, no ring.
            (
                r#"{"type":"Feature","properties":{"year":1998},"geometry":null}"#,
                None,
            ),
            (
                r#"{"type":"Feature","properties":{"none":"1"},"geometry":null}"#,
                None,
            ),
            (
                r#"{"type":"Feature","id":7,"properties":{},"geometry":null}"#,
                None,
            ),
            (
                r#"{"type":"Feature","properties":{"name":"\u65b0"},"geometry":null}"#,
                None,
            ),
            (
                "{\"type\":\"Feature\",\"properties\":{\"name\":\"\u{fffd}\"},\"geometry\":null}",
                None,
            ),
            (
                r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[]}}"#,
                None,
            ),
            (
                r#"{"type":"Feature","properties":{"hh":01},"geometry":null}"#,
                None,
            ),
        ] {
            let found = rows.skim(text.as_bytes());
            assert_eq!(
                found.ok(),
                skimmed.map(|shape| (shape, text.len())),
                "{text}"
            );
        }
        assert_eq!(rows.columns(), 2);
    }

    #[test]
    fn a_feature_as_programs_write_it_is_plain() {
        let text = r#"{"type":"Feature","id":7,"properties":{"name":"洪都\u65b0村","hh":300,
            "open":true,"none":null},"geometry":{"type":"Polygon","coordinates":
            [[[115.9,28.6],[115.91,28.6,12.5],[115.91,28.61],[115.9,28.6]]]}} , "#;
        let mut rows = FeatureRows::default();
        let mut row = row();
        let length = rows.read_plain(text.as_bytes(), &mut row).unwrap();
        assert_eq!(&text[length..], " , ");
        let cells: Vec<_> = row.cells.iter().collect();
        assert_eq!(cells, [(0, "洪都新村"), (1, "300"), (2, "true"), (3, "7")]);
        assert_eq!(rows.into_columns(), ["name", "hh", "open", "@id"]);
        for cut in 0..length {
            let mut rows = FeatureRows::default();
            let read = rows.read_plain(&text.as_bytes()[..cut], &mut row);
            assert_eq!(read, Err(NotPlain::CutOff), "{cut}");
        }
    }
}
