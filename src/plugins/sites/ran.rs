//! Calls of a framework's own functions that the run has come by: what modules do when they are imported, and what functions do that begin a program.

use crate::evaluate::{
    AtRest, Given, GivenObject, Kept, Listed, Played, Watched, WatchedAttribute, WatchedCall,
    WatchedList,
};
use crate::plugins::frameworks::watched;

/// How many functions that begin a program are run.
const MOST_PLAYED: usize = 24;

/// Such calls.
#[derive(Default)]
pub(in crate::plugins) struct RanCalls {
    calls: Vec<WatchedCall>,
    /// How many of them each run has come by.
    runs: Vec<usize>,
    kept: Vec<Kept>,
    listed: Vec<Listed>,
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
        let mut runs = vec![calls.len()];
        for (module, name) in run.beginnings().into_iter().take(MOST_PLAYED) {
            if let Some(played) = run.play(&module, &name) {
                calls.extend(played.calls);
                runs.push(calls.len());
                kept.extend(played.kept);
            }
        }
        Self {
            calls,
            runs,
            kept,
            listed: run.listed(),
            watched: watched(),
        }
    }

    /// The calls of one of these functions, in order, each with the number of its run.
    pub(in crate::plugins) fn of_functions<'c>(
        &'c self,
        paths: &'c [String],
    ) -> impl Iterator<Item = (usize, &'c WatchedCall)> {
        let is_one = |it: &(usize, &WatchedCall)| {
            let function = self.function(it.1);
            paths.iter().any(|path| path == function)
        };
        let calls = self.calls.iter().enumerate().filter(is_one);
        calls.map(|(at, it)| (self.runs.partition_point(|end| *end <= at), it))
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

    /// What a module has under the name of a list.
    pub(in crate::plugins) fn listed(&self, wanted: &WatchedList, module: &str) -> Option<&Listed> {
        let lists = self.watched.lists();
        let mut all = self.listed.iter();
        all.find(|it| it.module == *module && lists.get(it.list) == Some(wanted))
    }

    /// The call of a function that has made an object.
    pub(in crate::plugins) fn made(&self, function: &str, object: u32) -> Option<&WatchedCall> {
        let is_it =
            |it: &&WatchedCall| it.receiver == Some(object) && self.function(it) == function;
        self.calls.iter().find(is_it)
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

    /// Which object the first of these is that a call has, and that is not `None`.
    pub(in crate::plugins) fn object(&self, call: &WatchedCall, asked: &[String]) -> Option<u32> {
        let function = self.watched.functions().get(call.function)?;
        let mut places = asked.iter().filter_map(|asked| {
            let at = function.asked.iter().position(|it| it == asked)?;
            let value = call.values.get(at)?.as_ref()?;
            (*value != Given::None).then_some(at)
        });
        *call.objects.get(places.next()?)?
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
