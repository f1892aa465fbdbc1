//! Attributes while modules run: what classes, instances and functions give and take. What cannot be told is a gap.

pub(super) mod annotations;
pub(super) mod attribute;
pub(super) mod builtin_attribute;
pub(super) mod cached_attribute;
pub(super) mod class_attribute;
pub(super) mod class_dict;
pub(super) mod function_attributes;
pub(super) mod function_changes;
pub(super) mod instance_attribute;
pub(super) mod instance_dict;
pub(super) mod instances;
pub(super) mod set_attribute;
