//! What functions of an analysis look like they cost, and which functions are behind its properties.

use std::thread;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::analysis::Analysis;
use crate::source::Place;
use crate::syntax::{Accessors, Cost, accessors, cost};

/// Stack for the thread that reads statements anew: what nests as deep as a file may costs virtual memory, never a crash of
/// whoever shows a page.
const STACK: usize = 512 << 20;

impl Analysis {
    /// Returns the [`Cost`] of each function that stands at one of these places; none where no `def` stands there.
    ///
    /// The places are read anew, since a load keeps no bodies: ask for those of one page together.
    pub fn costs(&self, places: &[Place]) -> Vec<Option<Cost>> {
        self.read_anew(places, cost)
    }

    /// Returns the properties of each class that stands at one of these places, from the word `class` to the end of its body.
    pub fn accessors(&self, places: &[Place]) -> Vec<FxHashMap<Name, Accessors>> {
        self.read_anew(places, accessors)
    }

    fn read_anew<T: Default + Send>(
        &self,
        places: &[Place],
        read: impl Fn(&str, u32, u32) -> T + Send + Sync,
    ) -> Vec<T> {
        if places.is_empty() {
            return vec![];
        }
        let work = || -> Vec<T> {
            let one = |place: &Place| read(&self.file(place.file).text, place.start, place.end);
            places.iter().map(one).collect()
        };
        // Where the system has no thread to give, nothing is known.
        let nothing = || places.iter().map(|_| T::default()).collect();
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
