//! The limits of a bounded repr: `reprlib.Repr`'s, by its own names, as somebody may set them.

/// The limits of a `reprlib.Repr`; those of `reprlib.aRepr` unless somebody sets others. They are the same in every version that is known.
///
/// ```py
/// reprlib.Repr(maxlist=2).repr([1, 2, 3])  # '[1, 2, ...]'; since 3.12, before by setting the attribute
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Limits {
    /// Containers in one another.
    pub maxlevel: usize,
    /// Items of a tuple.
    pub maxtuple: usize,
    /// Items of a list.
    pub maxlist: usize,
    /// Items of an `array.array`.
    pub maxarray: usize,
    /// Entries of a dict.
    pub maxdict: usize,
    /// Items of a set.
    pub maxset: usize,
    /// Items of a frozenset.
    pub maxfrozenset: usize,
    /// Items of a `collections.deque`.
    pub maxdeque: usize,
    /// Characters of a text, quotes included.
    pub maxstring: usize,
    /// Characters of an integer.
    pub maxlong: usize,
    /// Characters of anything else.
    pub maxother: usize,
    /// What stands in place of what is left out.
    pub fillvalue: String,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            maxlevel: 6,
            maxtuple: 6,
            maxlist: 6,
            maxarray: 5,
            maxdict: 4,
            maxset: 6,
            maxfrozenset: 6,
            maxdeque: 6,
            maxstring: 30,
            maxlong: 40,
            maxother: 30,
            fillvalue: "...".into(),
        }
    }
}

/// How far limits can be set by whoever asks: more fills screens, and deeper no literal is read.
const MOST: usize = 10_000;

/// How deep.
const DEEPEST: usize = 100;

impl Limits {
    /// The names of those that are numbers, as `reprlib.Repr` has them.
    pub const NAMES: [&str; 11] = [
        "maxlevel",
        "maxtuple",
        "maxlist",
        "maxarray",
        "maxdict",
        "maxset",
        "maxfrozenset",
        "maxdeque",
        "maxstring",
        "maxlong",
        "maxother",
    ];

    fn slots(&mut self) -> [&mut usize; 11] {
        [
            &mut self.maxlevel,
            &mut self.maxtuple,
            &mut self.maxlist,
            &mut self.maxarray,
            &mut self.maxdict,
            &mut self.maxset,
            &mut self.maxfrozenset,
            &mut self.maxdeque,
            &mut self.maxstring,
            &mut self.maxlong,
            &mut self.maxother,
        ]
    }

    /// The largest number that this limit can be set to; none where no limit has the name.
    pub fn most(name: &str) -> Option<usize> {
        match name {
            "maxlevel" => Some(DEEPEST),
            name => Self::NAMES.contains(&name).then_some(MOST),
        }
    }

    /// Sets the limit of this name, to no more than it can be.
    pub fn set(&mut self, name: &str, number: usize) {
        let most = Self::most(name).unwrap_or(0);
        let at = Self::NAMES.iter().position(|it| *it == name);
        if let Some(slot) = at.and_then(|at| self.slots().into_iter().nth(at)) {
            *slot = number.min(most);
        }
    }

    /// Each limit that is a number, by its name.
    pub fn numbers(&self) -> [(&'static str, usize); 11] {
        let mut own = self.clone();
        let numbers = own.slots().map(|slot| *slot);
        let mut at = 0;
        numbers.map(|number| {
            at += 1;
            (Self::NAMES[at - 1], number)
        })
    }

    /// Limits some steps wider, or narrower: each doubles lengths, or halves them, and lets one more container be seen in others, or one less.
    #[must_use]
    pub fn widened(&self, steps: i8) -> Self {
        let by = u32::from(steps.unsigned_abs());
        let mut limits = self.clone();
        for (name, number) in self.numbers() {
            let changed = match (name, steps) {
                (_, 0) => number,
                ("maxlevel", 1..) => number.saturating_add(by as usize),
                ("maxlevel", _) => number.saturating_sub(by as usize).max(1),
                (_, 1..) => number.saturating_mul(1 << by.min(16)),
                // What is not to be seen at all stays so.
                _ => (number >> by.min(16)).max(number.min(1)),
            };
            limits.set(name, changed);
        }
        limits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_doubles_lengths_and_a_step_back_halves_them() {
        let wide = Limits::default().widened(1);
        assert_eq!((wide.maxlevel, wide.maxlist, wide.maxstring), (7, 12, 60));
        assert_eq!(wide.widened(-1), Limits::default());
        let narrow = Limits::default().widened(-6);
        assert_eq!((narrow.maxlevel, narrow.maxlist), (1, 1));
    }

    #[test]
    fn no_limit_is_set_beyond_what_can_be_shown() {
        let mut limits = Limits::default();
        limits.set("maxlevel", 5000);
        limits.set("maxlist", usize::MAX);
        assert_eq!((limits.maxlevel, limits.maxlist), (DEEPEST, MOST));
        assert_eq!(limits.widened(120).maxstring, MOST);
    }
}
