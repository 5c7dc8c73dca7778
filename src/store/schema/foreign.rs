//! The step that lets a survey file note what other programs write into it.

use crate::store::error::StoreErrorKind;
use crate::store::foreign::LAYERS;
use rusqlite::Transaction;

/// The triggers run in whatever program writes the file; while this one does, `own_write` holds
/// them back. They call no function, so that no program's care about foreign triggers stops them.
pub(super) fn note_foreign_changes(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    transaction.execute_batch(
        "CREATE TABLE own_write (held INTEGER NOT NULL);
         INSERT INTO own_write VALUES (0);
         CREATE TABLE foreign_change (
           id INTEGER PRIMARY KEY,
           layer TEXT NOT NULL,
           fid INTEGER NOT NULL,
           uuid TEXT
         );",
    )?;
    for layer in LAYERS {
        let table = layer.table();
        let triggers = ["INSERT", "UPDATE", "DELETE"].map(|event| {
            let sides: &[&str] = match event {
                "INSERT" => &["NEW"],
                "DELETE" => &["OLD"],
                _ => &["OLD", "NEW"],
            };
            let notes: String = sides
                .iter()
                .map(|side| {
                    format!(
                        "INSERT INTO foreign_change (layer, fid, uuid)
                         VALUES ('{table}', {side}.fid, {side}.uuid);"
                    )
                })
                .collect();
            let name = event.to_lowercase();
            format!(
                "CREATE TRIGGER foreign_{table}_{name} AFTER {event} ON {table}
                 WHEN (SELECT held FROM own_write) = 0 BEGIN {notes} END;"
            )
        });
        transaction.execute_batch(&triggers.concat())?;
    }
    Ok(())
}
