//! E01: a must-have (★ in DOMAIN §3) is empty. The clause names the core of them: «户数、建筑面积、
//! 产权性质、建成时间等基本情况» (三(三)1). The boundary is E05's.

use super::{CheckCode, Context, Detail, Finding};
use crate::catalogue::missing_must_haves;
use crate::model::{Estate, Field};

pub(super) fn check(estate: &Estate, context: &Context) -> Vec<Finding> {
    missing_must_haves(estate, &context.catalogue.items)
        .into_iter()
        .filter(|field| *field != Field::Boundary)
        .map(|field| {
            Finding::blocks(CheckCode::MustHave, Detail::Missing)
                .about(estate.id)
                .at(field)
        })
        .collect()
}
