//! # Jiugai (旧改)
//!
//! Surveys old urban housing estates, registers them «without duplicates and without omissions»
//! (不重不漏) and releases a deduplicated project library, after the guidance 赣建城〔2019〕26号.
//!
//! ## From above
//!
//! A survey is one file, a GeoPackage, and one value in memory, a [`model::Survey`]. Whatever a
//! user does becomes a [`edit::Command`]; [`edit::plan`] turns it into changes, each with the record
//! before and after; [`session::Session`] writes them to disk in one transaction and only then
//! applies them in memory. Undo, redo, the history and crash safety are all read from those
//! changes.
//!
//! ```text
//! click, key, file → Command → plan(&Survey, Command) → Edit | Refusal
//!                                                         ↓
//!                        Session: one transaction {tables + log} → Survey → views, checks
//!
//! jobs: &Survey (a snapshot) → progress … → changes → Command::Apply → the same door
//! ```
//!
//! A list too long to hold goes the same way in pieces: its rows stay in their file, and each
//! record is on disk, in the one transaction of its edit, before the next is read
//! (`formats/geojson/stream.rs`, `session/intake.rs`, `store/intake.rs`).
//!
//! The window (`ui`) and the command line ([`cli`]) call the same jobs and the same session.
//!
//! ## The rooms
//!
//! | room | what is in it | knows |
//! |---|---|---|
//! | [`progress`] | how a long job tells how far it is, and hears that it should stop | nothing |
//! | `sqlite` | how a SQLite file of others is read so that nothing is left beside it | nothing |
//! | `typeface` | the letters of the window, of maps and of paper | nothing |
//! | [`model`] | estates, decisions, lists, changes: the vocabulary | nothing |
//! | `geopackage` | what GeoPackage asks of a file, and how a geometry lies in it | model |
//! | [`catalogue`] | what `data/` lists: items, headings, divisions, borders, the rule pack | model |
//! | [`geodesy`] | datums, projections and measures | model |
//! | [`basemap`] | sources of map pictures, and where on the ground their pixels lie | model, geodesy |
//! | [`tiles`] | the pictures themselves, from files and from the network, and offline packs | basemap, sqlite |
//! | [`geometry`] | what makes a boundary sound; what the drawing tools do to one | geodesy |
//! | [`rules`] | recognition, the fate of a row, reconciliation, score, subsidy, batches, delivery, the checks: one rule a file | catalogue, geometry |
//! | [`dedupe`] | names and addresses taken apart, candidates, evidence and its weight, suggestion, groups | catalogue, geodesy |
//! | [`search`] | what is typed found in characters, pinyin and initials; filters, order, where to go on | catalogue, geodesy |
//! | [`edit`] | commands, and what they change | geometry, rules |
//! | [`store`] | the survey file: layers, log, migrations | catalogue, geopackage, sqlite |
//! | [`session`] | the one writer | edit, store |
//! | [`formats`] | lists and layers of others, the files of a release, and how a printed page is set | catalogue, geodesy, geopackage, rules, sqlite |
//! | [`mod@reference`] | layers of others, to look at and to take division codes from | geodesy, formats |
//! | [`position`] | where the surveyor stands, by a receiver or a recorded track | reference |
//! | [`jobs`] | import, evaluation, planning, release, reports: long work on a snapshot | rules, dedupe, formats |
//! | [`demo`] | the bundled sample | jobs, session |
//! | [`words`] | sentences for everything above, in Chinese and English | everything below it |
//! | [`cli`], `ui` | the two edges | everything |
//!
//! Where to look: a field is one line in `model/field.rs`; a check is a file in `rules/checks`; a
//! menu entry is a row in `ui/verb.rs`, its name, icon and key a line in `ui/verb/table.rs`; a
//! number of policy is in `data/rule_packs`; a sentence is in `assets/locales`. A piece of evidence
//! is a variant in `dedupe/evidence`, what it weighs a line in `dedupe/weights/level.rs` and in the
//! rule pack. A map that is shipped is in `data/basemaps/presets.json`; a format of map files is a
//! file in `tiles/files`, one of layers a file in `formats/layer`, one of lists a file in `formats`. What is drawn from them is in
//! `ui/basemap` and `ui/references`.
//!
//! The order in which pairs are reviewed is `jobs/review_queue.rs`; what a verdict does is
//! `edit/decide.rs`, what many at once would do `edit/bulk.rs`, and the way back `edit/parting.rs`.
//!
//! What follows the survey is a [`model::Project`] for each estate, a [`model::Budget`] for each
//! county and year, and [`model::Snapshot`]s, which never change; the commands about them are in
//! `edit/planning.rs`. A part of the need score is a file in `rules/score`, a stage or a deadline in
//! `rules/delivery`, a figure of the assessment in `rules/assessment`. `jobs/planning.rs` goes once
//! through the survey; ranking and batches are then worked out from it as fast as a slider moves.
//! The rules that hold in a survey are [`catalogue::Catalogue::of`] its settings.
//!
//! Everything drawn corner by corner is one `ui::tool::Sketch` with a purpose: clicking, snapping,
//! tracing, marks and parking are the same for a new estate, a hole, a cut or a measured line, and
//! only what the finished sketch asks for differs (`ui/map/tools/finish.rs`).
//!
//! ## What never happens
//!
//! - The core never knows egui: `cargo check --no-default-features` builds it without.
//! - A view never writes: it returns actions.
//! - A job never touches the store: it works on a snapshot and returns changes.
//! - "Not surveyed" is never stored, scored or released as "no" or 0.
//! - GCJ-02 and BD-09 are never stored; their positions do not even have the type [`model::LonLat`].
//! - A token is in the preferences of this laptop alone: never in a source, a survey, a pack, the
//!   cache or a message.
//! - No tile is kept as a pack where the owner of the map forbids it.
//! - Reading a file of others leaves nothing beside it.
//! - A position of the surveyor is shown and never stored.
//! - A row never vanishes: it is a record, or listed with the reason why not.
//! - Nothing merges by itself; every merge can be parted again.
//! - What a person held to be different is never joined through a third record.
//! - Nothing says that a survey is complete: it says what it was reconciled against.
//! - No resident's name or telephone number has a field.
//!
//! ## Where this differs from the first design
//!
//! A register row (名册) is no type of its own: it is an estate record without a boundary. Drawing
//! its boundary, or merging it into an estate, needs no conversion, and its values keep their
//! source.
//!
//! Pictures lie beside the survey file, in `<its name>.photos`, each once under its sha256; the
//! survey holds what is known of them. Edits never touch a picture, so that undo needs none back.

pub mod basemap;
pub mod catalogue;
pub mod cli;
pub mod dedupe;
pub mod demo;
pub mod edit;
pub mod formats;
pub mod geodesy;
pub mod geometry;
mod geopackage;
pub mod jobs;
pub mod model;
pub mod position;
pub mod progress;
pub mod reference;
pub mod rules;
pub mod search;
pub mod session;
mod sqlite;
pub mod store;
pub mod tiles;
mod typeface;
#[cfg(feature = "gui")]
pub mod ui;
pub mod words;

rust_i18n::i18n!("assets/locales", fallback = "en");
