//! The machine itself: values, the heap and its journal, decisions that cannot be made, what was not followed, and how much may be run.

pub(super) mod arena;
pub(super) mod arguments;
pub(super) mod asked;
pub(super) mod budget;
pub(super) mod entered;
pub(super) mod environment;
pub(super) mod fault;
pub(super) mod flow;
pub(super) mod gaps;
pub(super) mod handed;
pub(super) mod identity;
pub(super) mod journal;
pub(super) mod known;
pub(super) mod met;
pub(super) mod no_class;
pub(super) mod out_of_view;
pub(super) mod reach;
pub(super) mod run;
pub(super) mod scope;
pub(super) mod set_table;
pub(super) mod spread;
pub(super) mod started;
pub(super) mod touched;
pub(super) mod value;
pub(super) mod ways;
pub(super) mod world;
