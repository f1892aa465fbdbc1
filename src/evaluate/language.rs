//! The language: statements, expressions, calls, operators, loops and generators, as the language reference has them.

pub(super) mod augment;
pub(super) mod call;
pub(super) mod compare;
pub(super) mod compare_values;
pub(super) mod composite_iterators;
pub(super) mod conditions;
pub(super) mod cut_short;
pub(super) mod delete;
pub(super) mod exit_stacks;
pub(super) mod expression;
pub(super) mod generator;
pub(super) mod generator_methods;
pub(super) mod items;
pub(super) mod iteration;
pub(super) mod loops;
pub(super) mod matching;
pub(super) mod may_raise;
pub(super) mod names;
pub(super) mod next_item;
pub(super) mod operate;
pub(super) mod operators;
pub(super) mod statements;
pub(super) mod subscripts;
pub(super) mod unpacking;
pub(super) mod with;
pub(super) mod wrong_arguments;
