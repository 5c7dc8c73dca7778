//! Where words on the map stand: as near as can be to what they are about, none over another, none
//! under what floats on the map, and all of them on the map.

use egui::{Pos2, Rect, Vec2, vec2};
use std::cell::RefCell;

/// The room that is taken in a frame.
#[derive(Default)]
pub struct Captions(RefCell<Vec<Rect>>);

/// Between two captions.
const GAP: f32 = 2.0;

impl Captions {
    /// `floating`: what already lies on the map.
    pub fn beside(floating: impl IntoIterator<Item = Rect>) -> Self {
        Self(RefCell::new(floating.into_iter().collect()))
    }

    /// Takes the free room in `map` that is nearest to `wanted`; where there is none, that itself.
    pub fn place(&self, wanted: Rect, map: Rect) -> Rect {
        let mut taken = self.0.borrow_mut();
        let size = wanted.size();
        let last = (map.max - size).max(map.min);
        let at = |min: Pos2| Rect::from_min_size(min.clamp(map.min, last), size);
        let around = taken.iter().flat_map(|other| around(*other, wanted));
        let candidates = std::iter::once(wanted.min).chain(around).map(at);
        let is_free = |rect: &Rect| !taken.iter().any(|other| other.intersects(rect.shrink(0.5)));
        let far = |rect: &Rect| rect.min.distance_sq(wanted.min);
        let free = candidates.filter(is_free);
        let placed = free.min_by(|a, b| far(a).total_cmp(&far(b)));
        let placed = placed.unwrap_or(at(wanted.min));
        taken.push(placed);
        placed
    }
}

/// The four ways past `other`.
fn around(other: Rect, wanted: Rect) -> [Pos2; 4] {
    let Vec2 { x, y } = wanted.size() + Vec2::splat(GAP);
    [
        vec2(wanted.min.x, other.max.y + GAP),
        vec2(wanted.min.x, other.min.y - y),
        vec2(other.max.x + GAP, wanted.min.y),
        vec2(other.min.x - x, wanted.min.y),
    ]
    .map(Vec2::to_pos2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    const MAP: Rect = Rect {
        min: Pos2::ZERO,
        max: pos2(400.0, 300.0),
    };

    fn caption(x: f32, y: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), vec2(80.0, 20.0))
    }

    #[test]
    fn two_words_for_one_place_stand_one_below_the_other() {
        let captions = Captions::default();
        assert_eq!(captions.place(caption(100.0, 100.0), MAP).min.y, 100.0);
        let second = captions.place(caption(104.0, 108.0), MAP);
        assert_eq!(second, caption(104.0, 122.0));
        let third = captions.place(caption(100.0, 100.0), MAP);
        assert_eq!(third, caption(100.0, 78.0), "above is nearer by now");
    }

    #[test]
    fn no_word_leaves_the_map_or_lies_under_what_floats_there() {
        let legend = Rect::from_min_max(pos2(300.0, 200.0), MAP.max);
        let captions = Captions::beside([legend]);
        let placed = captions.place(caption(390.0, 210.0), MAP);
        assert!(
            MAP.contains_rect(placed) && !legend.intersects(placed),
            "{placed}"
        );
    }
}
