//! GeoPackage: records with an outline in one layer, the others in a second one of points, because a
//! layer has one kind of geometry. Titles, words for coded values and a style go with them, so that
//! QGIS shows what we do.

use super::output::at;
use super::style;
use super::{Cell, Column, ColumnKind, Layer, Record, RecordWriter, Shape, WriteError, Written};
use crate::formats::part::PartFile;
use crate::geopackage::{
    self, ColumnDefinition, LayerDefinition, add_codes, add_layer, add_rtree, add_style, blob,
    quoted, rtree,
};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, params_from_iter};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Behind the name of the layer of points, and behind its title.
const POINTS: (&str, &str) = ("_point", "（无边界）");
/// The files that a survey becomes say nothing of the hour: equal records give equal bytes.
const NO_HOUR: &str = "2019-01-01T00:00:00.000Z";

pub(super) struct GeoPackageWriter {
    path: PathBuf,
    // Before the part, so that the file is closed when the part removes it.
    connection: Connection,
    part: PartFile,
    layer: Layer,
    outlines: Table,
    /// Made with its first record.
    points: Option<Table>,
}

/// A layer of the file, and how far it reaches: west, east, south, north.
struct Table {
    name: String,
    geometry_type: &'static str,
    insert: String,
    extent: Option<blob::Bounds>,
    /// Where its records are.
    places: Vec<rtree::Entry>,
}

impl GeoPackageWriter {
    pub fn begin(path: &Path, layer: &Layer) -> Result<Self, WriteError> {
        // The file is there, so that nobody else's is written into.
        let (part, _) = PartFile::create(path).map_err(at(path))?;
        let (connection, outlines) = begin(part.path(), layer).map_err(fault(path))?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            part,
            layer: layer.clone(),
            outlines,
            points: None,
        })
    }

    fn write(&mut self, record: &Record<'_>) -> rusqlite::Result<()> {
        let shape = record.shape.on_earth();
        let table = match shape {
            Shape::Outline(_) => &mut self.outlines,
            _ => match &mut self.points {
                Some(points) => points,
                none => none.insert(Table::points(&self.connection, &self.layer)?),
            },
        };
        let geometry = match shape {
            Shape::None => None,
            Shape::Point(at) => Some(blob::of_position(at)),
            Shape::Outline(boundary) => Some(blob::of_boundary(boundary)),
        };
        let bounds = geometry.as_deref().and_then(blob::bounds);
        let geometry = match &geometry {
            Some(blob) => ToSqlOutput::Borrowed(ValueRef::Blob(blob)),
            None => ToSqlOutput::Owned(Value::Null),
        };
        let cells = record.cells.iter().map(sql_value);
        let mut insert = self.connection.prepare_cached(&table.insert)?;
        insert.execute(params_from_iter(std::iter::once(geometry).chain(cells)))?;
        if let Some(bounds) = bounds {
            table.include(self.connection.last_insert_rowid(), bounds);
        }
        Ok(())
    }

    fn end(&mut self) -> rusqlite::Result<()> {
        for table in std::iter::once(&mut self.outlines).chain(&mut self.points) {
            table.end(&self.connection, &self.layer)?;
        }
        for table in [
            "gpkg_contents SET last_change",
            "layer_styles SET update_time",
        ] {
            let sql = format!("UPDATE {table} = ?1");
            self.connection.execute(&sql, [NO_HOUR])?;
        }
        self.connection.execute_batch("COMMIT")?;
        self.connection.flush_prepared_statement_cache();
        Ok(())
    }
}

impl RecordWriter for GeoPackageWriter {
    fn record(&mut self, record: &Record<'_>) -> Result<(), WriteError> {
        self.write(record).map_err(fault(&self.path))
    }

    fn finish(mut self: Box<Self>) -> Result<Written, WriteError> {
        self.end().map_err(fault(&self.path))?;
        let Self {
            path,
            connection,
            part,
            ..
        } = *self;
        connection
            .close()
            .map_err(|(_, error)| fault(&path)(error))?;
        let file = File::options().write(true).open(part.path());
        let put = file.and_then(|file| file.sync_all());
        put.and_then(|()| part.put()).map_err(at(&path))?;
        Ok(Written {
            files: vec![path],
            cut: Vec::new(),
        })
    }
}

fn begin(path: &Path, layer: &Layer) -> rusqlite::Result<(Connection, Table)> {
    let connection = Connection::open(path)?;
    // The file is nobody's yet: where writing ends early, it goes away.
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.execute_batch("BEGIN")?;
    geopackage::begin(&connection)?;
    geopackage::add_styles(&connection)?;
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier)
         VALUES ('layer_styles', 'attributes', 'layer_styles')",
        [],
    )?;
    for column in layer.columns.iter().filter(|c| !c.labels.is_empty()) {
        // Columns with the same words share them.
        if domain(layer, column) == Some(&column.key) {
            let labels = column.labels.iter();
            let labels = labels.map(|(value, label)| (value.as_str(), label.as_str()));
            add_codes(&connection, &column.key, labels)?;
        }
    }
    let outlines = Table::outlines(&connection, layer)?;
    Ok((connection, outlines))
}

/// The first column that has the same words for its values; `None` for one without.
fn domain<'a>(layer: &'a Layer, column: &Column) -> Option<&'a str> {
    let mut alike = layer.columns.iter().filter(|c| c.labels == column.labels);
    let first = alike.next().filter(|_| !column.labels.is_empty());
    first.map(|column| column.key.as_str())
}

impl Table {
    fn outlines(connection: &Connection, layer: &Layer) -> rusqlite::Result<Self> {
        Self::add(connection, layer, ["", ""], "MULTIPOLYGON")
    }

    fn points(connection: &Connection, layer: &Layer) -> rusqlite::Result<Self> {
        Self::add(connection, layer, [POINTS.0, POINTS.1], "POINT")
    }

    fn add(
        connection: &Connection,
        layer: &Layer,
        [suffix, title_suffix]: [&str; 2],
        geometry_type: &'static str,
    ) -> rusqlite::Result<Self> {
        let name = format!("{}{suffix}", layer.name);
        let definition = LayerDefinition {
            table: &name,
            title: &format!("{}{title_suffix}", layer.title),
            description: "",
            geometry_type,
        };
        let columns = layer.columns.iter().map(|column| ColumnDefinition {
            name: column.key.clone(),
            sql_type: sql_type(column.kind),
            heading: Some(column.heading.clone()),
            description: None,
            holds_json: column.kind == ColumnKind::Texts,
            domain: domain(layer, column),
        });
        add_layer(connection, &definition, &columns.collect::<Vec<_>>())?;
        let names = layer
            .columns
            .iter()
            .map(|c| format!(", {}", quoted(&c.key)));
        let places = (2..).take(layer.columns.len()).map(|n| format!(", ?{n}"));
        Ok(Self {
            insert: format!(
                "INSERT INTO {} (geom{}) VALUES (?1{})",
                quoted(&name),
                names.collect::<String>(),
                places.collect::<String>()
            ),
            name,
            geometry_type,
            extent: None,
            places: Vec::new(),
        })
    }

    fn include(&mut self, fid: i64, bounds: blob::Bounds) {
        self.extent = Some(match self.extent {
            Some([west, east, south, north]) => [
                west.min(bounds[0]),
                east.max(bounds[1]),
                south.min(bounds[2]),
                north.max(bounds[3]),
            ],
            None => bounds,
        });
        self.places.push(rtree::Entry::new(fid, bounds));
    }

    fn end(&mut self, connection: &Connection, layer: &Layer) -> rusqlite::Result<()> {
        let name = &self.name;
        // Last, so that nothing keeps it up to date one record at a time.
        add_rtree(connection, name)?;
        rtree::add(connection, name, std::mem::take(&mut self.places))?;
        if let Some([west, east, south, north]) = self.extent {
            let sql = "UPDATE gpkg_contents SET min_x = ?2, max_x = ?3, min_y = ?4, max_y = ?5
                       WHERE table_name = ?1";
            connection.execute(sql, (name, west, east, south, north))?;
        }
        add_style(connection, name, &style::qml(layer, self.geometry_type))
    }
}

/// Of those that GeoPackage knows (clause 1.1.1.1.3).
fn sql_type(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text | ColumnKind::Texts => "TEXT",
        ColumnKind::Whole | ColumnKind::Year => "INTEGER",
        ColumnKind::Decimal => "DOUBLE",
        ColumnKind::Flag => "BOOLEAN",
    }
}

fn sql_value<'a>(cell: &'a Cell<'_>) -> ToSqlOutput<'a> {
    match cell {
        Cell::Empty => ToSqlOutput::Owned(Value::Null),
        Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        // Strings in a list: nothing of it fails to be JSON.
        Cell::Texts(texts) => ToSqlOutput::Owned(Value::Text(
            serde_json::to_string(texts).unwrap_or_default(),
        )),
        Cell::Whole(number) => ToSqlOutput::Owned(Value::Integer(*number)),
        Cell::Decimal(number) if !number.is_finite() => ToSqlOutput::Owned(Value::Null),
        Cell::Decimal(number) => ToSqlOutput::Owned(Value::Real(*number)),
        Cell::Flag(flag) => ToSqlOutput::Owned(Value::Integer(i64::from(*flag))),
    }
}

fn fault(path: &Path) -> impl Fn(rusqlite::Error) -> WriteError {
    |error| match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => at(path)(std::io::ErrorKind::StorageFull.into()),
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
            at(path)(std::io::Error::other(error.to_string()))
        }
        _ => WriteError::NoRoom {
            path: path.to_owned(),
            reason: error.to_string(),
        },
    }
}
