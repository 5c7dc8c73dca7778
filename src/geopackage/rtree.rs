//! The R-tree of a layer, built at once. SQLite puts entries into it one by one, which takes a
//! third of the time of a long import; here whole nodes are packed and written where the module
//! keeps them (`rtree_…_node`, `_rowid`, `_parent`), as GDAL does.

use super::blob::Bounds;
use rusqlite::{Connection, Error, Result, ffi, params};

/// A node begins with the depth of the tree, where it is the root, and the number of its entries.
const NODE_HEADER: usize = 4;
/// An entry is a key and four numbers.
const ENTRY: usize = 8 + 4 * 4;
/// Nodes are filled to nine tenths, so that some records more find room.
const FILLED: (usize, usize) = (9, 10);
const ROOT: i64 = 1;

/// A row of the layer, or a node, and how far it reaches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    key: i64,
    /// West, east, south, north; rounded outwards, as SQLite does.
    reach: [f32; 4],
}

impl Entry {
    pub fn new(fid: i64, [west, east, south, north]: Bounds) -> Self {
        Self {
            key: fid,
            reach: [down(west), up(east), down(south), up(north)],
        }
    }

    fn around(key: i64, entries: &[Self]) -> Self {
        let mut reach = entries.first().map_or([0.0; 4], |entry| entry.reach);
        for entry in entries {
            let [west, east, south, north] = entry.reach;
            reach = [
                reach[0].min(west),
                reach[1].max(east),
                reach[2].min(south),
                reach[3].max(north),
            ];
        }
        Self { key, reach }
    }
}

fn down(degrees: f64) -> f32 {
    let near = degrees as f32;
    match f64::from(near) > degrees {
        true => near.next_down(),
        false => near,
    }
}

fn up(degrees: f64) -> f32 {
    let near = degrees as f32;
    match f64::from(near) < degrees {
        true => near.next_up(),
        false => near,
    }
}

/// Adds the rows of a layer that its tree has not yet.
pub fn add(connection: &Connection, table: &str, mut entries: Vec<Entry>) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let tree = format!("rtree_{table}_geom");
    let there: i64 = connection.query_row(
        &format!("SELECT count(*) FROM \"{tree}_rowid\""),
        [],
        |row| row.get(0),
    )?;
    if there > entries.len() as i64 {
        return add_one_by_one(connection, &tree, &entries);
    }
    let mut read = connection.prepare(&format!(
        "SELECT id, minx, maxx, miny, maxy FROM \"{tree}\""
    ))?;
    let mut rows = read.query([])?;
    while let Some(row) = rows.next()? {
        let mut reach = [0.0f32; 4];
        for (index, edge) in reach.iter_mut().enumerate() {
            *edge = row.get::<_, f64>(index + 1)? as f32;
        }
        let key = row.get(0)?;
        entries.push(Entry { key, reach });
    }
    drop(rows);
    build(connection, &tree, entries)
}

fn add_one_by_one(connection: &Connection, tree: &str, entries: &[Entry]) -> Result<()> {
    let mut insert = connection.prepare(&format!(
        "INSERT INTO \"{tree}\" VALUES (?1, ?2, ?3, ?4, ?5)"
    ))?;
    for Entry { key, reach } in entries {
        let [west, east, south, north] = reach.map(f64::from);
        insert.execute(params![key, west, east, south, north])?;
    }
    Ok(())
}

/// Writes a tree of these entries instead of the one that is there.
fn build(connection: &Connection, tree: &str, entries: Vec<Entry>) -> Result<()> {
    let length: u32 = connection.query_row(
        &format!("SELECT length(data) FROM \"{tree}_node\" WHERE nodeno = ?1"),
        [ROOT],
        |row| row.get(0),
    )?;
    let length = length as usize;
    let room = length.saturating_sub(NODE_HEADER) / ENTRY * FILLED.0 / FILLED.1;
    if room < 2 {
        let damage = ffi::Error::new(ffi::SQLITE_CORRUPT_VTAB);
        let found = format!("nodes of {tree} of {length} bytes");
        return Err(Error::SqliteFailure(damage, Some(found)));
    }
    connection.execute_batch(&format!(
        "DELETE FROM \"{tree}_node\"; DELETE FROM \"{tree}_parent\"; DELETE FROM \"{tree}_rowid\";"
    ))?;
    let statement = |sql: &str| connection.prepare(&sql.replace("{t}", tree));
    let mut put_node = statement("INSERT INTO \"{t}_node\" VALUES (?1, ?2)")?;
    let mut put_parent = statement("INSERT INTO \"{t}_parent\" VALUES (?1, ?2)")?;
    let mut put_row = statement("INSERT INTO \"{t}_rowid\" VALUES (?1, ?2)")?;

    let mut level = entries;
    let mut depth: u16 = 0;
    let mut next = ROOT + 1;
    while level.len() > room {
        let mut above = Vec::with_capacity(level.len() / room + 1);
        let mut held = Vec::with_capacity(level.len());
        for node in tiles(&mut level, room) {
            put_node.execute(params![next, blob(0, node, length)])?;
            held.extend(node.iter().map(|entry| (entry.key, next)));
            above.push(Entry::around(next, node));
            next += 1;
        }
        note(
            &mut held,
            if depth == 0 {
                &mut put_row
            } else {
                &mut put_parent
            },
        )?;
        level = above;
        depth += 1;
    }
    put_node.execute(params![ROOT, blob(depth, &level, length)])?;
    let mut held: Vec<_> = level.iter().map(|entry| (entry.key, ROOT)).collect();
    note(
        &mut held,
        if depth == 0 {
            &mut put_row
        } else {
            &mut put_parent
        },
    )
}

/// Writes in which node each entry lies.
fn note(held: &mut [(i64, i64)], put: &mut rusqlite::Statement<'_>) -> Result<()> {
    // In the order of the table, so that it is written from its beginning to its end.
    held.sort_unstable();
    for (key, node) in held {
        put.execute([*key, *node])?;
    }
    Ok(())
}

/// Parts entries into tiles of at most `room`: strips from west to east, each from south to north
/// (sort-tile-recursive packing).
fn tiles(entries: &mut [Entry], room: usize) -> Vec<&[Entry]> {
    let nodes = entries.len().div_ceil(room);
    let strips = (nodes as f64).sqrt().ceil() as usize;
    entries.sort_unstable_by(|a, b| middle(a, 0).total_cmp(&middle(b, 0)));
    let mut tiles = Vec::with_capacity(nodes);
    for strip in even_parts(entries, strips) {
        strip.sort_unstable_by(|a, b| middle(a, 2).total_cmp(&middle(b, 2)));
        let parts = strip.len().div_ceil(room);
        tiles.extend(even_parts(strip, parts).map(|part| &*part));
    }
    tiles
}

fn middle(entry: &Entry, edge: usize) -> f32 {
    entry.reach[edge] + entry.reach[edge + 1]
}

/// So many parts, none more than one longer than another.
fn even_parts(mut entries: &mut [Entry], parts: usize) -> impl Iterator<Item = &mut [Entry]> {
    (0..parts).map(move |part| {
        let length = entries.len().div_ceil(parts - part);
        let (head, rest) = std::mem::take(&mut entries).split_at_mut(length);
        entries = rest;
        head
    })
}

/// A node as the module stores it: numbers are big-endian.
fn blob(depth: u16, entries: &[Entry], length: usize) -> Vec<u8> {
    let mut blob = Vec::with_capacity(length);
    blob.extend(depth.to_be_bytes());
    // A node holds some fifty entries.
    blob.extend((entries.len() as u16).to_be_bytes());
    for Entry { key, reach } in entries {
        blob.extend(key.to_be_bytes());
        reach
            .iter()
            .for_each(|edge| blob.extend(edge.to_be_bytes()));
    }
    blob.resize(length, 0);
    blob
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        let sql = "CREATE VIRTUAL TABLE rtree_estate_geom USING rtree(id, minx, maxx, miny, maxy)";
        connection.execute_batch(sql).unwrap();
        connection
    }

    /// Places of little estates all over Jiangxi.
    fn entries(count: i64) -> Vec<(i64, Bounds)> {
        let place = |fid: i64| {
            let west = 114.0 + (fid * 7_919 % 3_989) as f64 * 0.001_003;
            let south = 25.0 + (fid * 104_729 % 3_671) as f64 * 0.001_007;
            (fid, [west, west + 0.001, south, south + 0.000_7])
        };
        (1..=count).map(place).collect()
    }

    fn found(connection: &Connection) -> Vec<i64> {
        let sql = "SELECT id FROM rtree_estate_geom
                   WHERE maxx >= 115.2 AND minx <= 115.9 AND maxy >= 26.1 AND miny <= 27.3 ORDER BY id";
        let mut statement = connection.prepare(sql).unwrap();
        let ids = statement.query_map([], |row| row.get(0)).unwrap();
        ids.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_tree_built_at_once_is_the_tree_that_sqlite_builds() {
        for parts in [vec![1], vec![45], vec![46, 1], vec![10, 3_000, 20_000, 500]] {
            let (packed, grown) = (tree(), tree());
            let all = entries(parts.iter().sum());
            let mut rest = all.as_slice();
            for part in &parts {
                let (now, later) = rest.split_at(*part as usize);
                let new = now.iter().map(|(fid, bounds)| Entry::new(*fid, *bounds));
                add(&packed, "estate", new.collect()).unwrap();
                rest = later;
            }
            let one = "INSERT INTO rtree_estate_geom VALUES (?1, ?2, ?3, ?4, ?5)";
            for (fid, [west, east, south, north]) in &all {
                let values = params![fid, west, east, south, north];
                grown.execute(one, values).unwrap();
            }
            assert_eq!(found(&packed), found(&grown), "{parts:?}");
            let check = "SELECT rtreecheck('rtree_estate_geom')";
            let sound: String = packed.query_row(check, [], |row| row.get(0)).unwrap();
            assert_eq!(sound, "ok", "{parts:?}");
            // And it goes on as any other.
            let sql = "DELETE FROM rtree_estate_geom WHERE id % 3 = 0";
            packed.execute(sql, []).unwrap();
            grown.execute(sql, []).unwrap();
            assert_eq!(found(&packed), found(&grown), "{parts:?}");
            let sound: String = packed.query_row(check, [], |row| row.get(0)).unwrap();
            assert_eq!(sound, "ok", "{parts:?}");
        }
    }
}
