//! Groups of records that hang together, under what people decided.
//!
//! One estate may be in five lists, and then ten pairs ask the same question. A group joins what is
//! suggested or decided to be one; but two records that a person held apart are never in one group,
//! however many others lie between them: the weakest pairs on the way are cut, as few and as weak
//! as can be, and shown.

use super::Candidate;
use crate::model::{EstateId, Pair, Survey, Verdict};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Records that are one estate as far as is suggested and decided, two or more.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Sorted.
    pub members: Vec<EstateId>,
    /// The pairs inside it, sorted.
    pub pairs: Vec<Pair>,
    /// Pairs between two of this group's former neighbours that were cut.
    pub cut: Vec<Cut>,
}

/// A suggestion set aside because it would join what was held apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    pub pair: Pair,
    /// The two that a person decided to be different.
    pub apart: Pair,
}

/// The groups of a survey's candidates, by their first member.
pub fn groups(survey: &Survey, candidates: &[Candidate]) -> Vec<Group> {
    let suggested = candidates.iter().filter(|it| {
        matches!(it.suggestion, Verdict::Same | Verdict::Split)
            && survey.decision(it.pair).is_none()
    });
    let mut joined: Vec<(Pair, Strength)> = suggested
        .map(|it| (it.pair, Strength::suggested(it.confidence)))
        .collect();
    let mut apart = Vec::new();
    for decision in survey.decisions() {
        match decision.verdict {
            Verdict::Same | Verdict::Split => joined.push((decision.pair, Strength::DECIDED)),
            Verdict::Distinct | Verdict::Phases => apart.push(decision.pair),
            Verdict::PartOf | Verdict::Unsure => {}
        }
    }
    let mut clusters = Clusters::of(&joined);
    let mut apart_in: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
    for pair in apart {
        if let Some(cluster) = clusters.of_both(pair) {
            apart_in.entry(cluster).or_default().push(pair);
        }
    }
    // Ten thousand groups of two need no graph; only where something is held apart is one cut.
    let mut groups: Vec<Group> = clusters
        .pairs(joined)
        .flat_map(|(cluster, joined)| match apart_in.get(&cluster) {
            None => vec![Group::whole(&joined)],
            Some(apart) => Graph::of(&joined).parted(apart),
        })
        .collect();
    groups.sort_unstable_by(|a, b| a.members.cmp(&b.members));
    groups
}

impl Group {
    fn whole(joined: &[(Pair, Strength)]) -> Self {
        let mut pairs: Vec<Pair> = joined.iter().map(|(pair, _)| *pair).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let members: BTreeSet<_> = pairs.iter().flat_map(|it| [it.a(), it.b()]).collect();
        Self {
            members: members.into_iter().collect(),
            pairs,
            cut: Vec::new(),
        }
    }
}

/// Which records hang together, by union of the pairs.
struct Clusters {
    /// Sorted.
    records: Vec<EstateId>,
    /// A record nearer to the one that stands for its cluster, or itself.
    towards: Vec<usize>,
}

impl Clusters {
    fn of(joined: &[(Pair, Strength)]) -> Self {
        let mut records: Vec<_> = joined
            .iter()
            .flat_map(|(pair, _)| [pair.a(), pair.b()])
            .collect();
        records.sort_unstable();
        records.dedup();
        let mut clusters = Self {
            towards: (0..records.len()).collect(),
            records,
        };
        for (pair, _) in joined {
            if let (Some(a), Some(b)) = (clusters.of_one(pair.a()), clusters.of_one(pair.b())) {
                clusters.towards[a.max(b)] = a.min(b);
            }
        }
        clusters
    }

    fn of_one(&mut self, id: EstateId) -> Option<usize> {
        let mut at = self.records.binary_search(&id).ok()?;
        while self.towards[at] != at {
            self.towards[at] = self.towards[self.towards[at]];
            at = self.towards[at];
        }
        Some(at)
    }

    fn of_both(&mut self, pair: Pair) -> Option<usize> {
        let (a, b) = (self.of_one(pair.a())?, self.of_one(pair.b())?);
        (a == b).then_some(a)
    }

    /// The pairs of each cluster.
    fn pairs(
        &mut self,
        joined: Vec<(Pair, Strength)>,
    ) -> impl Iterator<Item = (usize, Vec<(Pair, Strength)>)> + use<> {
        let with_cluster = joined.into_iter();
        let with_cluster = with_cluster.filter_map(|it| Some((self.of_one(it.0.a())?, it)));
        let mut sorted: Vec<_> = with_cluster.collect();
        sorted.sort_unstable_by_key(|(cluster, (pair, _))| (*cluster, *pair));
        let groups = sorted.chunk_by(|(a, _), (b, _)| a == b);
        let groups = groups.map(|group| {
            let joined = group.iter().map(|(_, joined)| *joined).collect();
            (group[0].0, joined)
        });
        groups.collect::<Vec<_>>().into_iter()
    }
}

/// How hard it is to cut a pair: a decision cannot be cut for a suggestion.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Strength(u64);

impl Strength {
    /// More than any number of suggestions together.
    const DECIDED: Strength = Strength(1 << 40);

    fn suggested(confidence: f64) -> Self {
        // At least one, so that every cut costs something and fewer pairs are better.
        Self(1 + (confidence.clamp(0.0, 1.0) * 1000.0) as u64)
    }
}

#[derive(Default)]
struct Graph {
    joined: BTreeMap<EstateId, BTreeMap<EstateId, Strength>>,
}

impl Graph {
    fn of(joined: &[(Pair, Strength)]) -> Self {
        let mut graph = Self::default();
        for (pair, strength) in joined {
            graph.join(*pair, *strength);
        }
        graph
    }

    /// The groups that are left once nothing joins what was held apart.
    fn parted(mut self, apart: &[Pair]) -> Vec<Group> {
        let cut = self.part(apart);
        self.groups(cut)
    }

    fn join(&mut self, pair: Pair, strength: Strength) {
        for (from, to) in [(pair.a(), pair.b()), (pair.b(), pair.a())] {
            self.joined.entry(from).or_default().insert(to, strength);
        }
    }

    fn cut(&mut self, pair: Pair) {
        for (from, to) in [(pair.a(), pair.b()), (pair.b(), pair.a())] {
            if let Some(joined) = self.joined.get_mut(&from) {
                joined.remove(&to);
            }
        }
    }

    /// Cuts until no two that were held apart hang together. Where decisions alone join them, they
    /// stay: that contradiction is for people.
    fn part(&mut self, apart: &[Pair]) -> Vec<Cut> {
        let mut cut = Vec::new();
        for apart in apart {
            for pair in self.smallest_cut(apart.a(), apart.b()) {
                self.cut(pair);
                cut.push(Cut {
                    pair,
                    apart: *apart,
                });
            }
        }
        cut
    }

    /// The suggestions whose strengths add up to least and without which `from` and `to` no longer
    /// hang together (the maximum flow, by shortest augmenting paths).
    fn smallest_cut(&self, from: EstateId, to: EstateId) -> Vec<Pair> {
        let mut flow: BTreeMap<(EstateId, EstateId), i64> = BTreeMap::new();
        let left = |flow: &BTreeMap<_, i64>, a: EstateId, b: EstateId, strength: Strength| {
            strength.0 as i64 - flow.get(&(a, b)).copied().unwrap_or(0)
        };
        loop {
            let mut came_from: BTreeMap<EstateId, EstateId> = BTreeMap::from([(from, from)]);
            let mut queue = VecDeque::from([from]);
            while let Some(at) = queue.pop_front() {
                for (next, strength) in self.joined.get(&at).into_iter().flatten() {
                    if left(&flow, at, *next, *strength) > 0 && !came_from.contains_key(next) {
                        came_from.insert(*next, at);
                        queue.push_back(*next);
                    }
                }
            }
            if !came_from.contains_key(&to) {
                let reached: BTreeSet<EstateId> = came_from.into_keys().collect();
                return self.leaving(&reached);
            }
            let mut path = Vec::new();
            let mut at = to;
            while at != from {
                let before = came_from[&at];
                path.push((before, at));
                at = before;
            }
            let narrowest = path
                .iter()
                .map(|(a, b)| left(&flow, *a, *b, self.joined[a][b]))
                .min()
                .unwrap_or(0);
            if narrowest >= Strength::DECIDED.0 as i64 / 2 {
                // Decisions all the way: nothing that may be cut parts them.
                return Vec::new();
            }
            for (a, b) in path {
                *flow.entry((a, b)).or_default() += narrowest;
                *flow.entry((b, a)).or_default() -= narrowest;
            }
        }
    }

    /// The pairs from inside a set to outside.
    fn leaving(&self, inside: &BTreeSet<EstateId>) -> Vec<Pair> {
        let mut pairs = BTreeSet::new();
        for from in inside {
            for to in self.joined.get(from).into_iter().flat_map(BTreeMap::keys) {
                if !inside.contains(to) {
                    pairs.extend(Pair::new(*from, *to));
                }
            }
        }
        pairs.into_iter().collect()
    }

    fn groups(&self, cut: Vec<Cut>) -> Vec<Group> {
        let mut seen = BTreeSet::new();
        let mut groups = Vec::new();
        for start in self.joined.keys() {
            if !seen.insert(*start) {
                continue;
            }
            let mut members = BTreeSet::from([*start]);
            let mut queue = VecDeque::from([*start]);
            while let Some(at) = queue.pop_front() {
                for next in self.joined.get(&at).into_iter().flat_map(BTreeMap::keys) {
                    if seen.insert(*next) {
                        members.insert(*next);
                        queue.push_back(*next);
                    }
                }
            }
            if members.len() < 2 {
                continue;
            }
            let pairs = members.iter().flat_map(|from| {
                let joined = self.joined.get(from).into_iter().flat_map(BTreeMap::keys);
                joined.filter_map(|to| Pair::new(*from, *to))
            });
            let touches =
                |it: &&Cut| members.contains(&it.pair.a()) || members.contains(&it.pair.b());
            groups.push(Group {
                pairs: pairs.collect::<BTreeSet<_>>().into_iter().collect(),
                cut: cut.iter().filter(touches).copied().collect(),
                members: members.into_iter().collect(),
            });
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{id, limits};
    use super::super::{Evidence, Rule, search};
    use super::*;
    use crate::dedupe::fixtures::at;
    use crate::model::{Decision, Estate, Settings};
    use crate::progress::Progress;

    fn pair(a: usize, b: usize) -> Pair {
        Pair::new(id(a), id(b)).expect("two records")
    }

    fn suggested(a: usize, b: usize, confidence: f64) -> Candidate {
        Candidate {
            pair: pair(a, b),
            suggestion: Verdict::Same,
            confidence,
            rule: Rule::NameAndPlace,
            evidence: [Evidence::NoPosition].into(),
        }
    }

    fn decided(a: usize, b: usize, verdict: Verdict) -> Decision {
        Decision {
            pair: pair(a, b),
            verdict,
            decided_at: jiff::Timestamp::UNIX_EPOCH,
            decided_by: String::new(),
            note: String::new(),
        }
    }

    /// The members of each group, and the pairs cut.
    fn grouped(candidates: &[Candidate], decisions: &[Decision]) -> (Vec<Vec<usize>>, Vec<Pair>) {
        let estates = (0..8).map(|n| Estate::new(id(n)));
        let survey = Survey::from_parts(estates, decisions.to_vec(), [], Settings::default());
        let groups = groups(&survey, candidates);
        let number = |wanted: &EstateId| (0..8).find(|n| id(*n) == *wanted).expect("one of ours");
        let members = groups
            .iter()
            .map(|it| it.members.iter().map(number).collect());
        let mut cut: Vec<Pair> = groups
            .iter()
            .flat_map(|it| &it.cut)
            .map(|it| it.pair)
            .collect();
        cut.sort_unstable();
        cut.dedup();
        (members.collect(), cut)
    }

    #[test]
    fn what_was_held_apart_is_never_in_one_group() {
        use Verdict::{Distinct, Same};
        let chain = [
            suggested(0, 1, 0.9),
            suggested(1, 2, 0.6),
            suggested(2, 3, 0.9),
        ];
        assert_eq!(grouped(&chain, &[]), (vec![vec![0, 1, 2, 3]], vec![]));
        // The weakest pair on the way goes.
        assert_eq!(
            grouped(&chain, &[decided(0, 3, Distinct)]),
            (vec![vec![0, 1], vec![2, 3]], vec![pair(1, 2)])
        );
        // A decision is not cut for a suggestion, however strong.
        let decisions = [decided(1, 2, Same), decided(0, 3, Distinct)];
        let (members, cut) = grouped(&chain, &decisions);
        assert_eq!(cut.len(), 1);
        assert!(
            members
                .iter()
                .all(|it| !(it.contains(&0) && it.contains(&3)))
        );
        assert!(members.iter().any(|it| it.contains(&1) && it.contains(&2)));
        // Two ways lead from one to the other, and one pair that both go by.
        let diamond = [
            suggested(0, 1, 0.9),
            suggested(0, 2, 0.9),
            suggested(1, 3, 0.9),
            suggested(2, 3, 0.9),
            suggested(3, 4, 0.95),
        ];
        assert_eq!(
            grouped(&diamond, &[decided(0, 4, Distinct)]),
            (vec![vec![0, 1, 2, 3]], vec![pair(3, 4)])
        );
        // Decisions that contradict each other are for people.
        let decisions = [
            decided(0, 1, Same),
            decided(1, 2, Same),
            decided(0, 2, Distinct),
        ];
        assert_eq!(grouped(&[], &decisions), (vec![vec![0, 1, 2]], vec![]));
    }

    #[test]
    fn one_estate_in_three_lists_is_one_group() {
        let records = ["洪都新村", "洪都新村小区", "南昌市洪都新村"];
        let records = records.iter().enumerate().map(|(n, name)| Estate {
            id: id(n),
            ..at(name, 10.0 * n as f64, 0.0)
        });
        let survey = Survey::from_parts(records, [], [], Settings::default());
        let found = search(&survey, &limits(), &Progress::default()).expect("not cancelled");
        let groups = groups(&survey, &found.candidates);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].members.len(), 3);
    }
}
