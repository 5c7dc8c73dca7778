//! The communities that a layer draws, made ready to be filled. Takes as long as the layer is large:
//! not made in a frame.

use crate::model::LonLat;
use geo::{BoundingRect, InteriorPoint, Intersects, MultiPolygon, Point, Rect, TriangulateEarcut};

/// One community or street.
pub struct Area {
    pub code: String,
    pub boundary: MultiPolygon,
    /// Of the triangles that fill it.
    pub corners: Vec<LonLat>,
    pub triangles: Vec<u32>,
    /// Where its sign stands.
    pub anchor: LonLat,
    bounds: Rect,
}

#[derive(Default)]
pub struct CommunityAreas(Vec<Area>);

impl CommunityAreas {
    /// Those with codes of communities and streets; a county is no answer to where something lies.
    pub fn of<'a>(areas: impl Iterator<Item = (&'a str, &'a MultiPolygon)>) -> Self {
        let areas = areas.filter(|(code, _)| matches!(code.len(), 9 | 12));
        Self(
            areas
                .filter_map(|(code, area)| Area::of(code, area))
                .collect(),
        )
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn within(&self, bounds: Rect) -> impl Iterator<Item = &Area> {
        self.0
            .iter()
            .filter(move |area| area.bounds.intersects(&bounds))
    }

    /// The codes around a position.
    pub fn at(&self, position: LonLat) -> impl Iterator<Item = &str> {
        let point = Point::new(position.lon, position.lat);
        let around = self
            .0
            .iter()
            .filter(move |area| area.bounds.intersects(&point) && area.boundary.intersects(&point));
        around.map(|area| area.code.as_str())
    }
}

impl Area {
    fn of(code: &str, boundary: &MultiPolygon) -> Option<Self> {
        let bounds = boundary.bounding_rect()?;
        let anchor = boundary.interior_point()?;
        let (mut corners, mut triangles) = (Vec::new(), Vec::new());
        for polygon in boundary {
            let first = corners.len() as u32;
            let filled = polygon.earcut_triangles_raw();
            corners.extend(filled.vertices.iter().map(|[x, y]| LonLat::new(*x, *y)));
            triangles.extend(
                filled
                    .triangle_indices
                    .iter()
                    .map(|index| first + *index as u32),
            );
        }
        Some(Self {
            code: code.to_owned(),
            boundary: boundary.clone(),
            corners,
            triangles,
            anchor: anchor.0.into(),
            bounds,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64) -> MultiPolygon {
        Rect::new((west, 28.0), (west + 0.1, 28.1))
            .to_polygon()
            .into()
    }

    #[test]
    fn communities_and_streets_are_filled_and_found_and_counties_are_left_out() {
        let squares = [115.0, 115.2, 115.4].map(square);
        let codes = ["360102002001", "360102004", "360103"];
        let areas = CommunityAreas::of(codes.into_iter().zip(&squares));
        let all: Vec<_> = areas
            .within(Rect::new((114.0, 27.0), (117.0, 29.0)))
            .collect();
        assert_eq!(all.len(), 2);
        for area in &all {
            assert_eq!((area.corners.len(), area.triangles.len()), (4, 6));
        }
        let at = |lon| areas.at(LonLat::new(lon, 28.05)).collect::<Vec<_>>();
        assert_eq!(at(115.05), ["360102002001"]);
        assert_eq!(at(115.25), ["360102004"]);
        assert!(at(115.45).is_empty() && at(115.15).is_empty());
    }
}
