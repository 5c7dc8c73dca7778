use super::*;

#[test]
fn the_rule_pack_knows_every_rule() {
    let limits = crate::catalogue::Catalogue::shipped().rules.dedupe;
    let keys: Vec<_> = Rule::ALL.iter().map(|rule| rule.key().to_owned()).collect();
    let mut sorted = keys.clone();
    sorted.sort();
    assert_eq!(
        sorted,
        limits.confidence.keys().cloned().collect::<Vec<_>>()
    );
}
