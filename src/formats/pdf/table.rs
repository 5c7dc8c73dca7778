//! Tables over many pages: the headings again on each, no row torn apart unless it must be.

use super::block::{Align, Cell, Headed, Row, RowKind, Table, Tone};
use super::flow::{Flow, LEADING, LEFT, RIGHT, WIDTH, look};
use super::ink::Ink;
use super::mark::{Box2, Mark, Weight};

const SIZE: f32 = 8.5;
/// Beside and above the text of a cell.
const PAD: [f32; 2] = [4.0, 2.6];
const LINE: f32 = SIZE * LEADING;
/// Room for a hand, and for a seal that reaches over its neighbours: 12 mm.
const TO_SIGN: f32 = 34.0;

/// A cell whose text is in lines.
struct Set {
    left: f32,
    width: f32,
    align: Align,
    tone: Tone,
    lines: Vec<String>,
}

/// What a row stands on and how it is written.
#[derive(Clone, Copy, PartialEq)]
enum Ground {
    Head,
    Sum,
    Cut,
    Plain,
    ToSign,
}

pub(super) fn set(flow: &mut Flow, table: &Table) {
    let edges = edges(flow, table);
    let head = head(flow, table, &edges);
    let head_height = head
        .as_deref()
        .map_or(0.0, |head| height(head, RowKind::Plain));
    for (index, row) in table.rows.iter().enumerate() {
        let cells = cells(flow, row, table, &edges);
        let tall = height(&cells, row.kind);
        let is_first = index == 0;
        // The headings stay with their first row, a sum with the row above it, and a row stays whole
        // where a page can hold it.
        let sum = table
            .rows
            .get(index + 1)
            .filter(|next| next.kind == RowKind::Sum);
        let sum = sum.map_or(0.0, |sum| {
            height(&self::cells(flow, sum, table, &edges), sum.kind)
        });
        let wanted = tall + sum + if is_first { head_height } else { 0.0 };
        let fits_a_page = tall + head_height <= Flow::whole_page();
        let goes_over = flow.room() < wanted && fits_a_page && (flow.room() < Flow::whole_page());
        if goes_over {
            flow.new_page();
        }
        if let Some(head) = head.as_deref().filter(|_| is_first || goes_over) {
            paint(flow, head, Ground::Head);
        }
        let ground = match row.kind {
            RowKind::Plain => Ground::Plain,
            RowKind::Sum => Ground::Sum,
            RowKind::Cut => Ground::Cut,
            RowKind::ToSign => Ground::ToSign,
        };
        match fits_a_page {
            true => paint(flow, &cells, ground),
            false => paint_torn(flow, cells, ground, head.as_deref()),
        }
    }
    if let (true, Some(head)) = (table.rows.is_empty(), head.as_deref()) {
        flow.need(head_height);
        paint(flow, head, Ground::Head);
    }
    flow.y += 8.0;
}

/// Where each column begins, and where the last ends. None is narrower than its longest word: what
/// that takes, the others give as they can.
fn edges(flow: &Flow, table: &Table) -> Vec<f32> {
    let all: f32 = table.columns.iter().map(|column| column.share).sum();
    let mut widths: Vec<f32> = table
        .columns
        .iter()
        .map(|column| WIDTH * column.share / all.max(f32::EPSILON))
        .collect();
    let least = least_widths(flow, table);
    let lacking = |widths: &[f32]| -> f32 {
        let pairs = widths.iter().zip(&least);
        pairs.map(|(width, least)| (least - width).max(0.0)).sum()
    };
    let spare: Vec<f32> = widths
        .iter()
        .zip(&least)
        .map(|(width, least)| (width - least).max(0.0))
        .collect();
    let wanted = lacking(&widths);
    let all_spare: f32 = spare.iter().sum();
    if wanted > 0.0 && all_spare >= wanted {
        for ((width, least), spare) in widths.iter_mut().zip(&least).zip(&spare) {
            *width = width.max(*least) - spare * wanted / all_spare;
        }
    }
    let mut edges = vec![LEFT];
    let mut at = LEFT;
    for width in widths {
        at += width;
        edges.push(at);
    }
    edges
}

/// The widest word of each column. A word of absurd length is broken rather than followed.
fn least_widths(flow: &Flow, table: &Table) -> Vec<f32> {
    const MOST: f32 = WIDTH / 4.0;
    let mut least: Vec<f32> = vec![0.0; table.columns.len()];
    let headings = table.columns.iter().map(|column| column.heading.as_str());
    for (least, heading) in least.iter_mut().zip(headings) {
        *least = flow.letters.widest_word(heading, SIZE);
    }
    for row in &table.rows {
        let is_short = row.cells.len() < table.columns.len();
        let whole = row.cells.len() - usize::from(is_short && !row.cells.is_empty());
        for (least, cell) in least.iter_mut().zip(&row.cells[..whole]) {
            *least = least.max(flow.letters.widest_word(&cell.text, SIZE));
        }
    }
    let padded = least
        .into_iter()
        .map(|width| (width + PAD[0] * 2.0 + 0.5).min(MOST));
    padded.collect()
}

fn head(flow: &Flow, table: &Table, edges: &[f32]) -> Option<Vec<Set>> {
    (table.headed == Headed::Yes).then(|| {
        let row = Row::plain(
            table
                .columns
                .iter()
                .map(|column| Cell::from(column.heading.as_str())),
        );
        cells(flow, &row, table, edges)
    })
}

fn cells(flow: &Flow, row: &Row, table: &Table, edges: &[f32]) -> Vec<Set> {
    let last = row.cells.len().saturating_sub(1);
    let cells = row.cells.iter().zip(&table.columns).enumerate();
    cells
        .map(|(index, (cell, column))| {
            let left = edges[index];
            // The last cell of a short row reaches to the end.
            let right = match index == last {
                true => RIGHT,
                false => edges[index + 1],
            };
            let is_short = index == last && row.cells.len() < table.columns.len();
            let width = right - left - PAD[0] * 2.0;
            Set {
                left: left + PAD[0],
                width,
                align: if is_short { Align::Left } else { column.align },
                tone: cell.tone,
                lines: flow.letters.lines(&cell.text, SIZE, width),
            }
        })
        .collect()
}

fn height(cells: &[Set], kind: RowKind) -> f32 {
    let lines = cells.iter().map(|cell| cell.lines.len()).max();
    let tall = lines.unwrap_or(1) as f32 * LINE + PAD[1] * 2.0;
    match kind {
        RowKind::ToSign => tall.max(TO_SIGN),
        _ => tall,
    }
}

fn paint(flow: &mut Flow, cells: &[Set], ground: Ground) {
    let kind = match ground {
        Ground::ToSign => RowKind::ToSign,
        _ => RowKind::Plain,
    };
    let tall = height(cells, kind);
    let top = flow.y;
    let row = Box2::new(LEFT, top, WIDTH, tall);
    match ground {
        Ground::Head => flow.draw(Mark::filled(row, Ink::HEAD)),
        Ground::Sum => flow.draw(Mark::filled(row, Ink::SUM)),
        Ground::Cut | Ground::Plain | Ground::ToSign => {}
    }
    for cell in cells {
        if let Tone::On(ink) = cell.tone {
            let place = Box2::new(cell.left - PAD[0], top, cell.width + PAD[0] * 2.0, tall);
            flow.draw(Mark::filled(place, ink));
        }
        let (ink, weight) = look(cell.tone);
        let weight = match ground {
            Ground::Head | Ground::Sum => Weight::Bold,
            _ => weight,
        };
        for (index, line) in cell.lines.iter().enumerate() {
            let free = cell.width - flow.letters.width(line, SIZE);
            let left = cell.left
                + match cell.align {
                    Align::Left => 0.0,
                    Align::Right => free,
                };
            let y = top + PAD[1] + LINE * index as f32 + SIZE * 1.06;
            flow.write([left, y], line, SIZE, ink, weight);
        }
    }
    let (ink, width) = match ground {
        Ground::Cut => (Ink::BAD, 1.4),
        _ => (Ink::RULE, 0.4),
    };
    let foot = top + tall;
    flow.draw(Mark::Line {
        from: [LEFT, foot],
        to: [RIGHT, foot],
        ink,
        width,
    });
    flow.y = foot;
}

/// A row taller than a page, as many lines of it on each as find room.
fn paint_torn(flow: &mut Flow, mut cells: Vec<Set>, ground: Ground, head: Option<&[Set]>) {
    loop {
        let room = ((flow.room() - PAD[1] * 2.0) / LINE).floor();
        let lines = if room < 1.0 { 0 } else { room as usize };
        let (mut now, mut is_done) = (Vec::new(), true);
        for cell in &mut cells {
            let rest = cell.lines.split_off(lines.min(cell.lines.len()));
            is_done &= rest.is_empty();
            now.push(Set {
                lines: std::mem::replace(&mut cell.lines, rest),
                ..*cell
            });
        }
        if lines > 0 {
            paint(flow, &now, ground);
        }
        if is_done {
            return;
        }
        flow.new_page();
        if let Some(head) = head {
            paint(flow, head, Ground::Head);
        }
    }
}
