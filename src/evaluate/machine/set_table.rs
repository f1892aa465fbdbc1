//! In which order a set of whole numbers is iterated: the table that CPython keeps, slot by slot (`Objects/setobject.c`).
//!
//! A whole number is its own hash, the same in every process. Of anything else the hash differs from process to process, and so does the order.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::evaluate::machine::value::{Key, Value};
use crate::syntax::BinaryOp;

const SMALLEST: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// Numbers in a set whose order is followed.
const MOST: usize = 2_000;

/// The table of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    slots: Vec<Slot>,
    /// Slots that are not free, those that something was taken from included.
    fill: usize,
    used: usize,
    /// Where `pop` goes on.
    finger: usize,
    /// Whether some number did not find its first slot free.
    pub(crate) collided: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Free,
    Taken(i64),
    /// Something was taken from it.
    Dummy,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            slots: vec![Slot::Free; SMALLEST],
            fill: 0,
            used: 0,
            finger: 0,
            collided: false,
        }
    }
}

/// `hash(number)`, of one that fits and is less than the modulus.
fn hash(number: i64) -> u64 {
    let number = if number == -1 { -2 } else { number };
    number.cast_unsigned()
}

/// The number that a key is, where that is its hash, too.
pub(crate) fn number_of(key: &Key) -> Option<i64> {
    match key {
        Key::Int(number) if number.unsigned_abs() < 1 << 60 => Some(*number),
        _ => None,
    }
}

impl Table {
    fn mask(&self) -> usize {
        self.slots.len() - 1
    }

    /// The numbers in the order of their slots.
    pub(super) fn numbers(&self) -> Vec<i64> {
        let taken = self.slots.iter().filter_map(|slot| match slot {
            Slot::Taken(number) => Some(*number),
            _ => None,
        });
        taken.collect()
    }

    /// The first slot of those that a number tries for which `what` gives something.
    fn probe<T>(&self, number: i64, mut what: impl FnMut(usize, Slot) -> Option<T>) -> Option<T> {
        let mask = self.mask();
        let mut perturb = hash(number);
        #[expect(clippy::cast_possible_truncation, reason = "it is masked")]
        let mut at = perturb as usize & mask;
        for _ in 0..self.slots.len() + 64 {
            let probes = if at + LINEAR_PROBES <= mask {
                LINEAR_PROBES
            } else {
                0
            };
            for near in at..=at + probes {
                if let Some(found) = what(near, self.slots[near]) {
                    return Some(found);
                }
            }
            perturb >>= PERTURB_SHIFT;
            #[expect(clippy::cast_possible_truncation, reason = "it is masked")]
            let more = perturb as usize;
            at = at.wrapping_mul(5).wrapping_add(1).wrapping_add(more) & mask;
        }
        None
    }

    fn slot_of(&self, number: i64) -> Option<usize> {
        let found = self.probe(number, |at, slot| match slot {
            Slot::Free => Some(None),
            Slot::Taken(it) if it == number => Some(Some(at)),
            _ => None,
        });
        found.flatten()
    }

    /// `set_insert_clean`: into a table without dummies that does not have it.
    fn insert_clean(&mut self, number: i64) {
        let mut tried = 0;
        let free = self.probe(number, |at, slot| {
            tried += 1;
            (slot == Slot::Free).then_some(at)
        });
        self.collided |= tried > 1;
        if let Some(at) = free {
            self.slots[at] = Slot::Taken(number);
        }
    }

    /// `set_add_entry`; none where it cannot be told: dummies are used again by some versions only.
    pub(crate) fn add(&mut self, number: i64) -> Option<()> {
        if self.slot_of(number).is_some() {
            return Some(());
        }
        if self.fill != self.used || self.used >= MOST {
            return None;
        }
        self.insert_clean(number);
        self.fill += 1;
        self.used += 1;
        if self.fill * 5 >= self.mask() * 3 {
            self.resize(self.used * 4);
        }
        Some(())
    }

    /// `set_table_resize`
    fn resize(&mut self, least: usize) {
        let mut size = SMALLEST;
        while size <= least {
            size <<= 1;
        }
        let numbers = self.numbers();
        self.slots = vec![Slot::Free; size];
        for number in numbers {
            self.insert_clean(number);
        }
        self.fill = self.used;
    }

    /// `set_merge`: what another set has.
    pub(crate) fn merge(&mut self, other: &Self) -> Option<()> {
        if other.used == 0 {
            return Some(());
        }
        if (self.fill + other.used) * 5 >= self.mask() * 3 {
            self.resize((self.used + other.used) * 2);
        }
        if self.fill == 0 {
            if self.mask() == other.mask() && other.fill == other.used {
                self.slots.clone_from(&other.slots);
            } else {
                for number in other.numbers() {
                    self.insert_clean(number);
                }
            }
            self.collided |= other.collided;
            self.fill = other.used;
            self.used = other.used;
            return Some(());
        }
        for number in other.numbers() {
            self.add(number)?;
        }
        Some(())
    }

    /// `set_discard_entry`
    pub(crate) fn discard(&mut self, number: i64) {
        if let Some(at) = self.slot_of(number) {
            self.slots[at] = Slot::Dummy;
            self.used -= 1;
        }
    }

    /// `set.pop`: the first behind the one that was popped before.
    pub(crate) fn pop(&mut self) -> Option<i64> {
        if self.used == 0 {
            return None;
        }
        let size = self.slots.len();
        let mut at = self.finger & self.mask();
        for _ in 0..size {
            if let Slot::Taken(number) = self.slots[at] {
                self.slots[at] = Slot::Dummy;
                self.used -= 1;
                self.finger = at + 1;
                return Some(number);
            }
            at = (at + 1) % size;
        }
        None
    }

    /// After a difference was taken in place: a table with many dummies is made anew (`set_difference_update_internal`).
    fn tidy(&mut self) {
        if self.fill - self.used > self.mask() / 4 {
            self.resize(self.used * 4);
        }
    }

    /// Two tables put together: a new one, or the first changed in place.
    pub(crate) fn combined(&self, op: BinaryOp, other: &Self, in_place: bool) -> Option<Self> {
        let mut table = Self::default();
        match op {
            BinaryOp::Or => {
                table = self.clone();
                table.merge(other)?;
            }
            BinaryOp::And => {
                let (has, from) = if other.used > self.used {
                    (other, self)
                } else {
                    (self, other)
                };
                for number in from.numbers() {
                    if has.has(number) {
                        table.add(number)?;
                    }
                }
            }
            BinaryOp::Sub if in_place || self.used >> 2 > other.used => {
                if in_place {
                    table = self.clone();
                } else {
                    table.merge(self)?;
                }
                for number in other.numbers() {
                    table.discard(number);
                }
                table.tidy();
            }
            BinaryOp::Sub => {
                for number in self.numbers() {
                    if !other.has(number) {
                        table.add(number)?;
                    }
                }
            }
            _ => {
                let more = if in_place {
                    table = self.clone();
                    other
                } else {
                    table.merge(other)?;
                    self
                };
                for number in more.numbers() {
                    if table.has(number) {
                        table.discard(number);
                    } else {
                        table.add(number)?;
                    }
                }
            }
        }
        Some(table)
    }

    pub(super) fn has(&self, number: i64) -> bool {
        self.slot_of(number).is_some()
    }

    pub(super) fn used(&self) -> usize {
        self.used
    }
}

/// The numbers of a set in their order, where the table is that of these items.
pub(crate) fn order_of_keys(
    items: &IndexMap<Key, Value, FxBuildHasher>,
    table: &Table,
) -> Option<Vec<i64>> {
    let has = |key: &Key| number_of(key).is_some_and(|it| table.has(it));
    let fits = table.used() == items.len() && items.keys().all(has);
    fits.then(|| table.numbers())
}

/// The items of a set in the order in which it is iterated; none where that hangs on hashes that differ from process to process.
pub(crate) fn order_of_set(
    items: &IndexMap<Key, Value, FxBuildHasher>,
    table: Option<&Table>,
) -> Option<Vec<Value>> {
    if items.len() < 2 {
        return Some(items.values().cloned().collect());
    }
    let numbers = order_of_keys(items, table?)?;
    let values = numbers.iter().map(|it| items.get(&Key::Int(*it)).cloned());
    values.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &[i64]) -> Vec<i64> {
        let mut table = Table::default();
        for &number in numbers {
            assert_eq!(table.add(number), Some(()));
        }
        table.numbers()
    }

    #[test]
    fn numbers_come_in_the_order_of_their_slots() {
        // As every CPython prints `list({…})` of them, added one by one.
        assert_eq!(of(&[2, 9]), [9, 2]);
        assert_eq!(of(&[8, 0, 16]), [8, 0, 16]);
        assert_eq!(of(&[40, 3, 1, 2]), [40, 1, 2, 3]);
        assert_eq!(of(&[33, 1, 65, 5, 4, 2]), [65, 33, 1, 4, 5, 2]);
        assert_eq!(of(&[-1, 7, -2]), [-2, -1, 7]);
    }
}
