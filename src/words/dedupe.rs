use super::Language;
use crate::dedupe::Evidence;
pub fn evidence_text(_l: Language, e: &Evidence) -> String {
    format!("{e:?}")
}
pub fn explanation(l: Language, e: &[Evidence]) -> String {
    e.iter()
        .map(|e| evidence_text(l, e))
        .collect::<Vec<_>>()
        .join("; ")
}
