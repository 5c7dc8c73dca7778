-- Our own tables. GDAL lists no table that gpkg_contents does not name, so these stay quiet.

-- What people decided about pairs of records.
CREATE TABLE estate_decision (
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  verdict TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (a, b)
);

-- Imported files; mapping and rejected rows as JSON.
CREATE TABLE import_list (
  uuid TEXT NOT NULL PRIMARY KEY,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  role TEXT NOT NULL,
  datum TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  rows_read INTEGER NOT NULL,
  mapping TEXT NOT NULL,
  rejected TEXT NOT NULL
);

-- The settings of the survey, one a row, each as JSON; and 'jiugai_schema', the version of this schema.
CREATE TABLE setting (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- Every finished edit, oldest first.
CREATE TABLE edit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,     -- JSON
  kind TEXT NOT NULL,      -- do, undo, redo, barrier
  kind_target TEXT,        -- uuid of the edit undone or redone
  author TEXT NOT NULL,
  device TEXT NOT NULL,
  at TEXT NOT NULL,
  changes INTEGER NOT NULL
);

-- The records an edit changed: JSON before and after, NULL where the record did not exist.
CREATE TABLE edit_change (
  id INTEGER PRIMARY KEY,
  edit INTEGER NOT NULL REFERENCES edit_log(id),
  record TEXT NOT NULL,    -- estate, building, decision, list, settings
  key TEXT NOT NULL,
  before TEXT,
  after TEXT
);
CREATE INDEX edit_change_edit ON edit_change (edit);

-- Work that is not finished: a half-drawn polygon, a half-filled form.
CREATE TABLE kept (
  key TEXT NOT NULL PRIMARY KEY,
  text TEXT NOT NULL
);

-- Naming one attribute table keeps GDAL from listing the tables above.
INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('layer_styles', 'attributes', 'layer_styles');
