//! The tool in hand on the map. A sketch is plain data, so that it can be parked in the survey file.

use crate::model::{EstateId, LonLat};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Tool {
    /// Click selects, drag pans.
    #[default]
    Select,
    /// Click by click, a new ring. `for_estate` is the waiting row it is drawn for, if any.
    Draw {
        ring: Vec<LonLat>,
        for_estate: Option<EstateId>,
    },
    /// The vertices of one estate can be dragged, inserted and deleted.
    EditVertices { estate: EstateId },
}
