//! The choice of one contact out of several: pure, so that the same candidates always give the same contact.

use std::cmp::Reverse;

use domain::{ContactId, OwnerId};
use time::OffsetDateTime;

/// What the owner of the portal wants when several contacts have the caller's number or address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TieBreak {
    /// The one that the portal's people last had to do with; among equals the lowest id.
    #[default]
    MostRecentlyActive,
    /// The one that was created first; among equals the lowest id.
    Oldest,
    /// None: a person decides.
    Review,
}

/// A contact that has the caller's number or address, and what a choice needs to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: ContactId,
    /// Its owner.
    pub owner: Option<OwnerId>,
    /// The last sales activity or contact: the later of `hs_last_sales_activity_timestamp` and `notes_last_contacted`.
    pub active_at: Option<OffsetDateTime>,
    /// The last change of any property (`lastmodifieddate`).
    pub modified_at: Option<OffsetDateTime>,
    /// When it was created (`createdate`).
    pub created_at: Option<OffsetDateTime>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// There was nobody to choose from.
    None,
    /// This one; the rest in the order of the same rule.
    One {
        /// The chosen contact.
        chosen: Candidate,
        /// Who else it could have been.
        others: Vec<ContactId>,
    },
    /// Several, and the rule is that a person decides. Ascending.
    Review(Vec<ContactId>),
}

/// Chooses. Does not depend on the order of the candidates, and the same contact given twice counts once.
///
/// Most recently active compares sales activity first: a contact that had any goes before one that had none, since imports and
/// workflows touch `lastmodifieddate` of contacts that nobody has spoken to in years. Only contacts without activity are told
/// apart by their last change. Each rule ends with the lowest id, which no two contacts share.
pub fn choose(mut candidates: Vec<Candidate>, rule: TieBreak) -> Choice {
    match rule {
        TieBreak::MostRecentlyActive => candidates.sort_by_key(|c| (Reverse((c.active_at, c.modified_at)), c.id)),
        TieBreak::Oldest => candidates.sort_by_key(|c| (c.created_at.is_none(), c.created_at, c.id)),
        TieBreak::Review => candidates.sort_by_key(|c| c.id),
    }
    let mut seen = std::collections::HashSet::new();
    candidates.retain(|c| seen.insert(c.id));
    if rule == TieBreak::Review && candidates.len() > 1 {
        return Choice::Review(candidates.into_iter().map(|c| c.id).collect());
    }
    let mut candidates = candidates.into_iter();
    match candidates.next() {
        None => Choice::None,
        Some(chosen) => Choice::One { chosen, others: candidates.map(|c| c.id).collect() },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Option<OffsetDateTime> {
        OffsetDateTime::from_unix_timestamp(seconds).ok()
    }

    fn candidate(id: i64, active: Option<i64>, modified: i64, created: i64) -> Candidate {
        Candidate {
            id: ContactId::from_i64(id).unwrap(),
            owner: None,
            active_at: active.and_then(at),
            modified_at: at(modified),
            created_at: at(created),
        }
    }

    #[track_caller]
    fn check(rule: TieBreak, candidates: &[Candidate], expected: i64) {
        match choose(candidates.to_vec(), rule) {
            Choice::One { chosen, others } => {
                assert_eq!(chosen.id.get(), expected);
                assert_eq!(others.len() + 1, candidates.len());
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_most_recently_active_is_chosen_and_ties_go_to_the_lowest_id() {
        let rule = TieBreak::MostRecentlyActive;
        check(rule, &[candidate(1, Some(10), 99, 0), candidate(2, Some(20), 0, 0)], 2);
        check(rule, &[candidate(1, None, 99, 0), candidate(2, Some(20), 0, 0)], 2);
        check(rule, &[candidate(1, None, 5, 0), candidate(2, None, 6, 0)], 2);
        check(rule, &[candidate(9, Some(7), 7, 0), candidate(3, Some(7), 7, 0)], 3);
    }

    #[test]
    fn the_oldest_is_chosen_and_ties_go_to_the_lowest_id() {
        let mut unknown = candidate(1, None, 0, 0);
        unknown.created_at = None;
        check(TieBreak::Oldest, &[unknown, candidate(5, None, 0, 8), candidate(4, None, 0, 9)], 5);
        check(TieBreak::Oldest, &[candidate(5, None, 0, 8), candidate(4, None, 0, 8)], 4);
    }

    #[test]
    fn review_decides_only_where_there_is_nothing_to_decide() {
        check(TieBreak::Review, &[candidate(5, None, 0, 8)], 5);
        let both = choose(vec![candidate(5, None, 0, 8), candidate(4, Some(1), 0, 8)], TieBreak::Review);
        assert_eq!(both, Choice::Review(vec![ContactId::from_i64(4).unwrap(), ContactId::from_i64(5).unwrap()]));
        assert_eq!(choose(Vec::new(), TieBreak::Review), Choice::None);
    }

    fn any_candidate() -> impl Strategy<Value = Candidate> {
        // Few ids and few times, so that ties and repetitions are common; what is said of one id is always the same.
        (1_i64..9).prop_map(|id| candidate(id, (id % 3 > 0).then_some(id % 3), id % 2, id % 4))
    }

    proptest! {
        #[test]
        fn the_order_of_the_candidates_does_not_matter(
            candidates in prop::collection::vec(any_candidate(), 0..12),
            turn in 0_usize..12,
        ) {
            for rule in [TieBreak::MostRecentlyActive, TieBreak::Oldest, TieBreak::Review] {
                let mut turned = candidates.clone();
                turned.rotate_left(turn.min(candidates.len()));
                turned.reverse();
                prop_assert_eq!(choose(candidates.clone(), rule), choose(turned, rule));
            }
        }

        #[test]
        fn nobody_is_chosen_twice_or_lost(candidates in prop::collection::vec(any_candidate(), 1..12)) {
            let mut ids: Vec<_> = candidates.iter().map(|c| c.id).collect();
            ids.sort();
            ids.dedup();
            for rule in [TieBreak::MostRecentlyActive, TieBreak::Oldest] {
                let Choice::One { chosen, others } = choose(candidates.clone(), rule) else { panic!("somebody is there") };
                let mut all = others;
                all.push(chosen.id);
                all.sort();
                prop_assert_eq!(&all, &ids);
            }
        }
    }
}
