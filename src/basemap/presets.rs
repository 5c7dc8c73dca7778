//! The sources that are shipped.

use super::Source;
use std::sync::LazyLock;

/// Every source that is shipped, in the order that lists show them.
pub fn presets() -> &'static [Source] {
    static PRESETS: LazyLock<Vec<Source>> = LazyLock::new(|| {
        // Shipped and read by a test: spoilt, it would offer nothing rather than stop the program.
        serde_json::from_str(include_str!("../../data/basemaps/presets.json")).unwrap_or_default()
    });
    &PRESETS
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_preset_is_read_and_says_whose_it_is() {
        let ids: BTreeSet<_> = presets().iter().map(|source| &source.id).collect();
        assert_eq!(ids.len(), presets().len());
        assert!(ids.len() >= 10, "{ids:?}");
        for source in presets() {
            assert!(source.online_lattice().is_some(), "{:?}", source.id);
            assert!(!source.attribution.is_empty(), "{:?}", source.id);
        }
    }
}
