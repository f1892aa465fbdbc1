//! Class creation: the class statement, `type(…)`, metaclasses, hooks, and what may raise on the way.

pub(super) mod assumptions;
pub(super) mod body_namespace;
pub(super) mod class_cell;
pub(super) mod class_statement;
pub(super) mod creation;
pub(super) mod decorators;
pub(super) mod hooks;
pub(super) mod metaclass_new;
pub(super) mod not_a_class;
pub(super) mod own_mro;
pub(super) mod prepare;
pub(super) mod set_bases;
pub(super) mod type_call;
pub(super) mod unknown_class;
pub(super) mod unready;
pub(super) mod verdict;
