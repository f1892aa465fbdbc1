//! In which orders the items of a set may come, and those of a dict that is filled from one: a loop over them is run in several, and what comes
//! of it is what these agree on.

use std::sync::Arc;

use crate::evaluate::language::iteration::Source;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};

/// Items of a set whose loop is run in several orders.
const MOST_ORDERED: usize = 60;

impl Run<'_, '_> {
    /// A source in its order; one whose order is not known in three, each of which has every item in another place.
    pub(super) fn orders_of(&self, source: Source) -> Vec<Source> {
        if let Source::Entries { dict, at: 0, .. } = source
            && let Object::Dict(it) = self.object(dict)
            && it.is_disordered()
            && it.entries.len() <= MOST_ORDERED
        {
            let count = it.entries.len();
            let orders = [
                (0..count).collect(),
                (0..count).rev().collect(),
                (0..count).map(|at| (at + 1) % count).collect(),
            ];
            // The rounds of entries that are not known are run behind those of the others.
            let count = if it.shuffled { count } else { 1 };
            let orders = orders.into_iter().take(count);
            return orders.map(|it| source.in_this_order(it)).collect();
        }
        let Source::Set {
            set,
            items,
            at: 0,
            ordered: false,
        } = &source
        else {
            return vec![source];
        };
        let is_open = matches!(self.object(*set), Object::Set { open: true, .. });
        if is_open || items.len() < 2 || items.len() > MOST_ORDERED {
            return vec![source];
        }
        let in_order = |items: Vec<Value>| Source::Set {
            set: *set,
            items: items.into(),
            at: 0,
            ordered: true,
        };
        let mut back = items.to_vec();
        back.reverse();
        let mut turned = items.to_vec();
        turned.rotate_left(1);
        let mut orders = vec![in_order(items.to_vec()), in_order(back)];
        if items.len() > 2 {
            orders.push(in_order(turned));
        }
        orders
    }
}

impl Source {
    /// The same entries of a dict, in the order of these numbers.
    fn in_this_order(&self, numbers: Arc<[usize]>) -> Self {
        let mut turned = self.clone();
        if let Self::Entries { order, .. } = &mut turned {
            *order = Some(numbers);
        }
        turned
    }

    /// The last of the items of a set that are to come.
    pub(super) fn last_item(&self) -> Option<Value> {
        match self {
            Self::Set { items, .. } => items.last().cloned(),
            _ => None,
        }
    }
}
