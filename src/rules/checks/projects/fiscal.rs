//! W17: all the money is the treasury's. «居民合理分担、单位投资、市场运作、财政奖补等多渠道», 四(三), wants others to pay too.

use super::{CheckCode, Finding, Looked, ProjectDetail, ProjectPart};
use crate::rules::funding::sums;

pub(super) fn check(at: &Looked) -> Option<Finding> {
    let sums = sums(at.project);
    sums.is_fiscal_alone().then(|| {
        let sources = sums.by_source.keys().copied().collect();
        let detail = ProjectDetail::AllFundsFiscal { sources };
        super::warns(at, CheckCode::AllFundsFiscal, ProjectPart::Funding, detail)
    })
}
