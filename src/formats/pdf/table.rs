//! Tables over many pages: the headings again on each, no row torn apart unless it must be.

use super::block::{Align, Cell, Headed, Row, RowKind, Table, Tone};
use super::flow::{Flow, LEADING, LEFT, RIGHT, WIDTH, look};
use super::ink::Ink;
use super::mark::{Box2, Mark, Weight};

const SIZE: f32 = 8.5;
/// Beside and above the text of a cell.
const PAD: [f32; 2] = [4.0, 2.6];
const LINE: f32 = SIZE * LEADING;

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
}

pub(super) fn set(flow: &mut Flow, table: &Table) {
    let edges = edges(table);
    let head = head(flow, table, &edges);
    let head_height = head.as_deref().map_or(0.0, height);
    for (index, row) in table.rows.iter().enumerate() {
        let cells = cells(flow, row, table, &edges);
        let tall = height(&cells);
        let is_first = index == 0;
        // The headings stay with their first row, and a row stays whole where a page can hold it.
        let wanted = tall + if is_first { head_height } else { 0.0 };
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

/// Where each column begins, and where the last ends.
fn edges(table: &Table) -> Vec<f32> {
    let all: f32 = table.columns.iter().map(|column| column.share).sum();
    let mut edges = vec![LEFT];
    let mut at = LEFT;
    for column in &table.columns {
        at += WIDTH * column.share / all.max(f32::EPSILON);
        edges.push(at);
    }
    edges
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

fn height(cells: &[Set]) -> f32 {
    let lines = cells.iter().map(|cell| cell.lines.len()).max();
    lines.unwrap_or(1) as f32 * LINE + PAD[1] * 2.0
}

fn paint(flow: &mut Flow, cells: &[Set], ground: Ground) {
    let tall = height(cells);
    let top = flow.y;
    let row = Box2::new(LEFT, top, WIDTH, tall);
    match ground {
        Ground::Head => flow.draw(Mark::filled(row, Ink::HEAD)),
        Ground::Sum => flow.draw(Mark::filled(row, Ink::SUM)),
        Ground::Cut | Ground::Plain => {}
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
                    Align::Middle => free / 2.0,
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
