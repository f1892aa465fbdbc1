//! Calls of a framework's own functions that the run has come by: what modules do when they are imported, and what functions do that begin a program.

use crate::evaluate::{
    AtRest, Given, GivenObject, Kept, Played, Watched, WatchedAttribute, WatchedCall,
};
use crate::plugins::frameworks::watched;

/// How many functions that begin a program are run.
const MOST_PLAYED: usize = 24;

/// Such calls.
#[derive(Default)]
pub(in crate::plugins) struct RanCalls {
    calls: Vec<WatchedCall>,
    kept: Vec<Kept>,
    watched: Watched,
}

impl RanCalls {
    /// All that a run comes by.
    pub(in crate::plugins) fn of(run: &mut AtRest<'_, '_>) -> Self {
        let Played {
            mut calls,
            mut kept,
            ..
        } = run.done();
        for (module, name) in run.beginnings().into_iter().take(MOST_PLAYED) {
            if let Some(played) = run.play(&module, &name) {
                calls.extend(played.calls);
                kept.extend(played.kept);
            }
        }
        Self {
            calls,
            kept,
            watched: watched(),
        }
    }

    /// The calls of one of these functions, in order.
    pub(in crate::plugins) fn of_functions<'c>(
        &'c self,
        paths: &'c [String],
    ) -> impl Iterator<Item = &'c WatchedCall> {
        let is_one = |it: &&WatchedCall| paths.iter().any(|path| path == self.function(it));
        self.calls.iter().filter(is_one)
    }

    /// What objects keep in an attribute.
    pub(in crate::plugins) fn kept<'c>(
        &'c self,
        wanted: &'c WatchedAttribute,
    ) -> impl Iterator<Item = &'c Kept> {
        let attributes = self.watched.attributes();
        self.kept
            .iter()
            .filter(|it| attributes.get(it.attribute) == Some(wanted))
    }

    /// Whether an object is one that another keeps what it is told in.
    pub(in crate::plugins) fn is_of_another(&self, object: &GivenObject) -> bool {
        let mut holders = self.kept.iter().flat_map(|it| it.holders.iter().skip(1));
        holders.any(|it| it.id == object.id)
    }

    /// The function that a call is one of: `module:qualname`.
    pub(in crate::plugins) fn function(&self, call: &WatchedCall) -> &str {
        let function = self.watched.functions().get(call.function);
        function.map_or("", |it| &it.path)
    }

    /// What a call says of one thing that was asked of it; none where it has nothing of that name.
    pub(in crate::plugins) fn value<'c>(
        &self,
        call: &'c WatchedCall,
        asked: &str,
    ) -> Option<&'c Given> {
        let function = self.watched.functions().get(call.function)?;
        let at = function.asked.iter().position(|it| it == asked)?;
        call.values.get(at)?.as_ref()
    }

    /// The first of these that a call has, and that is not `None`.
    pub(in crate::plugins) fn first<'c>(
        &self,
        call: &'c WatchedCall,
        asked: &[String],
    ) -> Option<&'c Given> {
        let mut values = asked.iter().filter_map(|it| self.value(call, it));
        values.find(|it| **it != Given::None)
    }

    /// What the first of these says that a call has, and that is not `None`, as a text; empty where it has none, and none where that is not known.
    pub(in crate::plugins) fn first_known(
        &self,
        call: &WatchedCall,
        asked: &[String],
    ) -> Option<String> {
        match self.first(call, asked) {
            None => Some(String::new()),
            Some(Given::Text(text)) => Some(text.clone()),
            Some(_) => None,
        }
    }
}
