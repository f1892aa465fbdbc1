//! What the descriptors of a class keep for themselves once the modules have run: keys, locks, values.

use rustc_hash::FxHashMap;

use crate::Name;

/// The descriptors of a class and its ancestors, by the name they stand under.
pub type HeldBy = FxHashMap<Name, HeldByOne>;

/// The attributes of one descriptor.
///
/// ```py
/// class Field:
///     def __set_name__(self, owner, name):
///         self.key = "_" + name
///
/// class Order:
///     price = Field()   # holds `key`: the text `_price`
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldByOne {
    /// Which object it is: one that stands under two names, or on two classes, has one number.
    pub object: u32,
    /// Its attributes, and what its class gives where it has none of its own. One that is not known is missing.
    pub fields: FxHashMap<Name, Held>,
}

/// What an attribute of a descriptor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// A text: the key of a place, most often.
    Text(Name),
    /// A lock, semaphore or condition.
    Lock,
    /// A list or tuple of so many of them.
    Locks(usize),
}
