//! What functions of an analysis look like they cost.

use std::thread;

use crate::analysis::Analysis;
use crate::source::Place;
use crate::syntax::{Cost, cost};

/// Stack for the thread that reads statements anew: what nests as deep as a file may costs virtual memory, never a crash of
/// whoever shows a page.
const STACK: usize = 512 << 20;

impl Analysis {
    /// Returns the [`Cost`] of each function that stands at one of these places; none where no function stands there.
    ///
    /// The places are read anew, since a load keeps no bodies: ask for those of one page together.
    pub fn costs(&self, places: &[Place]) -> Vec<Option<Cost>> {
        if places.is_empty() {
            return vec![];
        }
        let work = || -> Vec<Option<Cost>> {
            let one = |place: &Place| cost(&self.file(place.file).text, place.start, place.end);
            places.iter().map(one).collect()
        };
        // Where the system has no thread to give, nothing is known.
        let nothing = || vec![None; places.len()];
        thread::scope(|scope| {
            thread::Builder::new()
                .name("reading anew".into())
                .stack_size(STACK)
                .spawn_scoped(scope, work)
                .map_or_else(
                    |_| nothing(),
                    |reader| reader.join().unwrap_or_else(|_| nothing()),
                )
        })
    }
}
