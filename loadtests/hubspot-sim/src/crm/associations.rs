//! Links between the records of a portal.

use std::collections::{BTreeMap, HashMap};

use super::association_types::{AssociationType, Category, Spec, standard};
use super::type_id::TypeId;

/// A record of a portal: its type and its number.
pub(crate) type Node = (TypeId, u64);

/// What one record is to another.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    pub(crate) specs: Vec<Spec>,
    /// Search sees a link only after the index delay.
    pub(crate) since_ms: i64,
}

/// Links by record, and the types of links there are.
#[derive(Clone, Debug)]
pub(crate) struct Associations {
    edges: HashMap<Node, BTreeMap<Node, Edge>>,
    types: HashMap<(TypeId, TypeId), Vec<AssociationType>>,
    /// Where a number leads that starts at a type.
    leads_to: HashMap<(TypeId, Spec), TypeId>,
    next_user: u32,
    next_hubspot: u32,
}

/// Custom labels between two objects [associations schema guide].
pub(crate) const LABELS_PER_PAIR: usize = 10;

impl Default for Associations {
    fn default() -> Self {
        let mut empty =
            Self { edges: HashMap::new(), types: HashMap::new(), leads_to: HashMap::new(), next_user: 1, next_hubspot: 10_000 };
        for kind in standard() {
            empty.put_type(kind);
        }
        empty
    }
}

impl Associations {
    /// Types of links from one object to another, the unlabelled one first.
    pub(crate) fn types(&mut self, from: TypeId, to: TypeId) -> &[AssociationType] {
        self.define_pair(from, to);
        self.types.get(&(from, to)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn unlabelled(&mut self, from: TypeId, to: TypeId) -> Option<Spec> {
        self.types(from, to).iter().find(|kind| kind.label.is_none()).map(|kind| kind.spec)
    }

    pub(crate) fn allows(&mut self, from: TypeId, to: TypeId, spec: Spec) -> bool {
        self.types(from, to).iter().any(|kind| kind.spec == spec)
    }

    /// The type that links of this number, starting at `from`, lead to.
    pub(crate) fn target(&self, from: TypeId, spec: Spec) -> Option<TypeId> {
        self.leads_to.get(&(from, spec)).copied()
    }

    /// Whether links of this number end at `to`: the number of the way back.
    pub(crate) fn ends_at(&self, to: TypeId, spec: Spec) -> bool {
        self.types.iter().any(|(pair, kinds)| pair.1 == to && kinds.iter().any(|kind| kind.spec == spec))
    }

    pub(crate) fn label(&self, from: TypeId, to: TypeId, spec: Spec) -> Option<&str> {
        self.types.get(&(from, to))?.iter().find(|kind| kind.spec == spec)?.label.as_deref()
    }

    /// Numbers of pairs that no document lists differ from account to account: a client has to ask for the labels.
    fn define_pair(&mut self, from: TypeId, to: TypeId) {
        if self.types.contains_key(&(from, to)) {
            return;
        }
        let category = if from.is_custom() || to.is_custom() { Category::User } else { Category::HubSpot };
        self.add_type(from, to, category, None, None);
    }

    /// Defines a link and its way back, and returns both numbers.
    pub(crate) fn add_type(
        &mut self,
        from: TypeId,
        to: TypeId,
        category: Category,
        label: Option<String>,
        inverse_label: Option<String>,
    ) -> (Spec, Spec) {
        let one_number = from == to && inverse_label.is_none();
        let spec = self.next_spec(category);
        let inverse = if one_number { spec } else { self.next_spec(category) };
        let back = inverse_label.or_else(|| label.clone());
        self.put_type(AssociationType { from, to, spec, inverse, label });
        if !one_number {
            self.put_type(AssociationType { from: to, to: from, spec: inverse, inverse: spec, label: back });
        }
        (spec, inverse)
    }

    fn put_type(&mut self, kind: AssociationType) {
        self.leads_to.insert((kind.from, kind.spec), kind.to);
        self.types.entry((kind.from, kind.to)).or_default().push(kind);
    }

    fn next_spec(&mut self, category: Category) -> Spec {
        let counter = if category == Category::User { &mut self.next_user } else { &mut self.next_hubspot };
        *counter += 1;
        Spec { category, type_id: *counter - 1 }
    }

    /// Renames a label. `false` when there is none of that number.
    pub(crate) fn rename(&mut self, from: TypeId, to: TypeId, type_id: u32, label: &str, inverse_label: Option<&str>) -> bool {
        let wanted = Spec { category: Category::User, type_id };
        let Some(kinds) = self.types.get_mut(&(from, to)) else { return false };
        let Some(kind) = kinds.iter_mut().find(|kind| kind.spec == wanted && kind.label.is_some()) else { return false };
        kind.label = Some(label.to_owned());
        let inverse = kind.inverse;
        let back = self.types.get_mut(&(to, from)).and_then(|kinds| kinds.iter_mut().find(|kind| kind.spec == inverse));
        if let (Some(back), Some(text)) = (back, inverse_label) {
            back.label = Some(text.to_owned());
        }
        true
    }

    /// Takes a label away, from the links that have it too.
    pub(crate) fn remove_type(&mut self, from: TypeId, to: TypeId, type_id: u32) {
        let gone = Spec { category: Category::User, type_id };
        let inverse =
            self.types.get(&(from, to)).and_then(|kinds| kinds.iter().find(|kind| kind.spec == gone)).map(|k| k.inverse);
        for (pair, spec) in [((from, to), Some(gone)), ((to, from), inverse)] {
            self.leads_to.retain(|(start, held), _| *start != pair.0 || Some(*held) != spec);
            if let Some(kinds) = self.types.get_mut(&pair) {
                kinds.retain(|kind| Some(kind.spec) != spec || kind.label.is_none());
            }
        }
        for edge in self.edges.values_mut().flat_map(BTreeMap::values_mut) {
            edge.specs.retain(|spec| *spec != gone && Some(*spec) != inverse);
        }
    }

    /// Links two records both ways. The labels given replace those there were; the unlabelled link always belongs to it.
    pub(crate) fn link(&mut self, from: Node, to: Node, specs: &[Spec], now_ms: i64) -> Vec<Spec> {
        let mut there: Vec<Spec> = self.unlabelled(from.0, to.0).into_iter().chain(specs.iter().copied()).collect();
        there.sort_unstable();
        there.dedup();
        let back = there.iter().filter_map(|spec| self.inverse(from.0, to.0, *spec)).collect();
        for spec in &there {
            self.demote_other_primaries(from, to, *spec);
        }
        self.put(from, to, there.clone(), now_ms);
        self.put(to, from, back, now_ms);
        there
    }

    fn put(&mut self, from: Node, to: Node, specs: Vec<Spec>, now_ms: i64) {
        let edge = self.edges.entry(from).or_default().entry(to).or_insert(Edge { specs: Vec::new(), since_ms: now_ms });
        edge.specs = specs;
    }

    fn inverse(&self, from: TypeId, to: TypeId, spec: Spec) -> Option<Spec> {
        self.types.get(&(from, to))?.iter().find(|kind| kind.spec == spec).map(|kind| kind.inverse)
    }

    /// A record has one primary company.
    fn demote_other_primaries(&mut self, from: Node, to: Node, spec: Spec) {
        if to.0 != TypeId::COMPANY || self.label(from.0, to.0, spec) != Some("Primary") {
            return;
        }
        let inverse = self.inverse(from.0, to.0, spec);
        let others: Vec<Node> = self.of_type(from, to.0).filter(|(node, _)| *node != to).map(|(node, _)| node).collect();
        for other in others {
            for (one, two, gone) in [(from, other, Some(spec)), (other, from, inverse)] {
                if let Some(edge) = self.edges.get_mut(&one).and_then(|edges| edges.get_mut(&two)) {
                    edge.specs.retain(|held| Some(*held) != gone);
                }
            }
        }
    }

    /// Takes some types of link away. The last one, or the unlabelled one, takes the whole link with it.
    pub(crate) fn unlabel(&mut self, from: Node, to: Node, specs: &[Spec]) {
        let unlabelled = self.unlabelled(from.0, to.0);
        if specs.iter().any(|spec| Some(*spec) == unlabelled) {
            self.unlink(from, to);
            return;
        }
        let inverses: Vec<Spec> = specs.iter().filter_map(|spec| self.inverse(from.0, to.0, *spec)).collect();
        for (one, two, gone) in [(from, to, specs), (to, from, inverses.as_slice())] {
            if let Some(edge) = self.edges.get_mut(&one).and_then(|edges| edges.get_mut(&two)) {
                edge.specs.retain(|held| !gone.contains(held));
            }
        }
    }

    pub(crate) fn unlink(&mut self, from: Node, to: Node) {
        for (one, two) in [(from, to), (to, from)] {
            if let Some(edges) = self.edges.get_mut(&one) {
                edges.remove(&two);
            }
        }
    }

    /// Links of a record to one type, by id.
    pub(crate) fn of_type(&self, from: Node, to: TypeId) -> impl Iterator<Item = (Node, &Edge)> {
        let range = (to, 0)..=(to, u64::MAX);
        self.edges.get(&from).into_iter().flat_map(move |edges| edges.range(range.clone())).map(|(node, edge)| (*node, edge))
    }

    /// All links of a record.
    pub(crate) fn of(&self, from: Node) -> impl Iterator<Item = (Node, &Edge)> {
        self.edges.get(&from).into_iter().flatten().map(|(node, edge)| (*node, edge))
    }

    /// Gives all links of `from` to `heir`, for a merge.
    pub(crate) fn inherit(&mut self, from: Node, heir: Node, now_ms: i64) {
        let links: Vec<(Node, Vec<Spec>)> = self.of(from).map(|(node, edge)| (node, edge.specs.clone())).collect();
        for (node, specs) in links {
            self.unlink(from, node);
            if node != heir {
                self.link(heir, node, &specs, now_ms);
            }
        }
    }
}
