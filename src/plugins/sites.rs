//! Where something may be registered: the calls and decorators that code comes by.

pub(super) mod arguments;
pub(super) mod decorators;
pub(super) mod derived;
pub(super) mod dispatch;
pub(super) mod entering;
pub(super) mod flow;
pub(super) mod hand;
pub(super) mod made;
pub(super) mod places;
pub(super) mod puts;
pub(super) mod ran;
pub(super) mod told;
