//! What is read anew of the files of an analysis: what functions look like they cost, their parameters, what methods read from receivers.

use std::thread;

use crate::analysis::Analysis;
use crate::source::{FileId, Place};
use crate::syntax::{
    Cost, FileNames, Parameter, ReceiverRead, cost, file_names, parameters_at, receiver_reads,
};

/// Stack for the thread that reads statements anew: what nests as deep as a file may costs virtual memory, never a crash of
/// whoever shows a page.
const STACK: usize = 512 << 20;

impl Analysis {
    /// Returns the [`Cost`] of each function that stands at one of these places; none where no function stands there.
    ///
    /// The places are read anew, since a load keeps no bodies: ask for those of one page together.
    pub fn costs(&self, places: &[Place]) -> Vec<Option<Cost>> {
        self.read_anew(places, &cost)
    }

    /// Returns the parameters of each function that stands at one of these places; none where no `def` stands there. As [`Analysis::costs`].
    pub fn parameters(&self, places: &[Place]) -> Vec<Option<Box<[Parameter]>>> {
        self.read_anew(places, &parameters_at)
    }

    /// Returns what the methods of a file read from their receivers. As [`Analysis::costs`].
    pub fn receiver_reads(&self, file: FileId) -> Vec<ReceiverRead> {
        let whole = Place {
            file,
            start: 0,
            end: 0,
        };
        let read = |text: &str, _, _| Some(receiver_reads(text));
        let mut found = self.read_anew(&[whole], &read).into_iter();
        found.next().flatten().unwrap_or_default()
    }

    /// Returns what can be followed and folded in a file. As [`Analysis::costs`].
    pub fn file_names(&self, file: FileId) -> FileNames {
        let whole = Place {
            file,
            start: 0,
            end: 0,
        };
        let read = |text: &str, _, _| Some(file_names(text));
        let mut found = self.read_anew(&[whole], &read).into_iter();
        found.next().flatten().unwrap_or_default()
    }

    /// Reads each of these places anew. Where the system has no thread to give, nothing is known.
    fn read_anew<T: Clone + Send>(
        &self,
        places: &[Place],
        read: &(dyn Fn(&str, u32, u32) -> Option<T> + Sync),
    ) -> Vec<Option<T>> {
        if places.is_empty() {
            return vec![];
        }
        let work = || -> Vec<Option<T>> {
            let one = |place: &Place| read(&self.file(place.file).text, place.start, place.end);
            places.iter().map(one).collect()
        };
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
