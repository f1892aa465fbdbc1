//! Other lists of what is written: in every order, and with one left out.

/// Things of which all orders are tried; of more, those that differ in the place of one.
const ALL_ORDERS: usize = 6;

/// A list of hundreds of bases is no list of which anybody tries all moves.
const MOST_MOVED: usize = 24;

/// Every small change of a list of so many things, as positions: their orders, the one that they have first, then one of them less.
///
/// ```
/// use mroscope::semantics::rearranged;
///
/// assert_eq!(rearranged(2), [vec![0, 1], vec![1, 0], vec![1], vec![0]]);
/// ```
pub fn rearranged(count: usize) -> Vec<Vec<usize>> {
    let mut lists = if count <= ALL_ORDERS {
        orders(count)
    } else {
        moves(count)
    };
    let dropped = (0..count).map(|out| (0..count).filter(|&at| at != out).collect());
    lists.extend(dropped);
    lists
}

/// All orders of so many things, the one that they have first.
pub(super) fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![vec![]];
    for next in 0..count {
        all = all
            .into_iter()
            .flat_map(|list| {
                (0..=list.len()).rev().map(move |at| {
                    let mut longer = list.clone();
                    longer.insert(at, next);
                    longer
                })
            })
            .collect();
    }
    all
}

/// The orders that differ in the place of one thing.
fn moves(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![];
    for from in 0..count.min(MOST_MOVED) {
        for to in 0..count.min(MOST_MOVED) {
            let mut list: Vec<usize> = (0..count).collect();
            let moved = list.remove(from);
            list.insert(to, moved);
            if from != to && !all.contains(&list) {
                all.push(list);
            }
        }
    }
    all
}
