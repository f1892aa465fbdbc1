//! A vector that grows without moving what it holds: a run makes a million objects, and copying them again and again is what it would
//! spend its time on.

use std::ops::{Index, IndexMut};

/// How many values stand in one piece.
const PIECE: usize = 1 << 12;

/// Values by number, in pieces that stay where they are.
#[derive(Debug)]
pub(crate) struct Arena<T> {
    pieces: Vec<Vec<T>>,
    len: usize,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self {
            pieces: vec![],
            len: 0,
        }
    }
}

impl<T> Arena<T> {
    /// Adds a value and returns its number.
    pub(crate) fn push(&mut self, value: T) -> u32 {
        let number = self.len;
        let piece = number / PIECE;
        if piece == self.pieces.len() {
            self.pieces.push(Vec::with_capacity(PIECE));
        }
        self.pieces[piece].push(value);
        self.len += 1;
        number as u32
    }

    /// Takes out the last value.
    pub(super) fn pop(&mut self) -> Option<T> {
        let last = self.len.checked_sub(1)?;
        self.len = last;
        self.pieces[last / PIECE].pop()
    }

    /// The values in order of their numbers, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.pieces.iter_mut().flatten()
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }
}

impl<T> Index<u32> for Arena<T> {
    type Output = T;

    fn index(&self, number: u32) -> &T {
        let number = number as usize;
        &self.pieces[number / PIECE][number % PIECE]
    }
}

impl<T> IndexMut<u32> for Arena<T> {
    fn index_mut(&mut self, number: u32) -> &mut T {
        let number = number as usize;
        &mut self.pieces[number / PIECE][number % PIECE]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_the_number_they_were_given() {
        let mut arena = Arena::default();
        let numbers: Vec<u32> = (0..3 * PIECE + 7).map(|value| arena.push(value)).collect();
        assert!(
            numbers
                .iter()
                .enumerate()
                .all(|(at, &number)| arena[number] == at)
        );
        assert_eq!(arena.pop(), Some(3 * PIECE + 6));
        assert_eq!(
            arena.push(1) as usize,
            3 * PIECE + 6,
            "a number that was given back is given again"
        );
        assert_eq!(arena.len(), 3 * PIECE + 7);
    }
}
