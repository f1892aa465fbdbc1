//! Random numbers that are the same on every machine for the same seed (xorshift64*).

/// A stream of random numbers.
pub(crate) struct Random(u64);

impl Random {
    /// The stream of a seed, and of a number within it.
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let mixed = (seed << 32 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut random = Self(mixed | 1);
        for _ in 0..4 {
            random.next();
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of these.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// So many of these, none twice, in random order; fewer if there are fewer.
    pub(crate) fn sample(&mut self, from: &[String], count: usize) -> Vec<String> {
        let mut left = from.to_vec();
        let mut taken = vec![];
        while taken.len() < count && !left.is_empty() {
            taken.push(left.swap_remove(self.below(left.len())));
        }
        taken
    }
}
