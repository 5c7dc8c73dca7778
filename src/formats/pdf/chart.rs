//! Bars that lie beside their names.

use super::block::{Bars, Tone};
use super::flow::{Flow, LEFT, RIGHT, WIDTH, look};
use super::ink::Ink;
use super::mark::{Box2, Mark, Weight};

const SIZE: f32 = 8.5;
const ROW: f32 = 15.0;
/// Of the page's width, for the names and for the figures.
const NAMES: f32 = 0.26;
const FIGURES: f32 = 0.20;

pub(super) fn set(flow: &mut Flow, bars: &Bars) {
    if bars.rows.is_empty() {
        return;
    }
    // A short chart stays on one page.
    flow.need((bars.rows.len().min(12) as f32) * ROW + 40.0);
    for line in flow.letters.lines(&bars.title, 9.5, WIDTH) {
        flow.y += 13.0;
        flow.write([LEFT, flow.y], &line, 9.5, Ink::TEXT, Weight::Bold);
    }
    flow.y += 5.0;
    legend(flow, bars);
    let lengths = bars.rows.iter().map(|row| {
        let parts = row.parts.iter().map(|(_, length)| length.max(0.0));
        parts.sum::<f64>()
    });
    let full = bars.full.unwrap_or_else(|| lengths.fold(0.0, f64::max));
    let left = LEFT + WIDTH * NAMES;
    let width = WIDTH * (1.0 - NAMES - FIGURES);
    for row in &bars.rows {
        flow.need(ROW);
        let middle = flow.y + ROW * 0.68;
        let label = flow
            .letters
            .shortened(&row.label, SIZE, WIDTH * NAMES - 6.0);
        flow.write([LEFT, middle], &label, SIZE, Ink::TEXT, Weight::Plain);
        if bars.full.is_some() {
            let track = Box2::new(left, flow.y + 3.0, width, ROW - 6.0);
            flow.draw(Mark::filled(track, Ink::TRACK));
        }
        let mut at = left;
        for (ink, length) in &row.parts {
            if *length <= 0.0 || full <= 0.0 {
                continue;
            }
            let long = ((length / full) as f32 * width).min(left + width - at);
            if long > 0.0 {
                flow.draw(Mark::filled(
                    Box2::new(at, flow.y + 3.0, long, ROW - 6.0),
                    *ink,
                ));
            }
            at += long;
        }
        let end = if bars.full.is_some() {
            left + width
        } else {
            at
        };
        let room = RIGHT - end - 5.0;
        let figure = flow.letters.shortened(&row.figure, SIZE, room);
        let (ink, weight) = look(Tone::Plain);
        flow.write([end + 5.0, middle], &figure, SIZE, ink, weight);
        flow.y += ROW;
    }
    flow.y += 8.0;
}

fn legend(flow: &mut Flow, bars: &Bars) {
    if bars.legend.is_empty() {
        return;
    }
    let mut x = LEFT;
    for (ink, text) in &bars.legend {
        let text = &flow.letters.shortened(text, 8.0, WIDTH - 26.0);
        let width = flow.letters.width(text, 8.0) + 26.0;
        if x + width > RIGHT && x > LEFT {
            x = LEFT;
            flow.y += 12.0;
        }
        flow.draw(Mark::filled(Box2::new(x, flow.y + 2.0, 9.0, 8.0), *ink));
        flow.write(
            [x + 13.0, flow.y + 9.0],
            text,
            8.0,
            Ink::TEXT,
            Weight::Plain,
        );
        x += width;
    }
    flow.y += 14.0;
}
