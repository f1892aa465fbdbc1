//! Data descriptor, non-data descriptor, or neither: by what the class defines.

use mroscope::semantics::{DescriptorKind, descriptor_kind};

use super::LATEST;
use crate::support::notation::Program;

fn kind(text: &str) -> DescriptorKind {
    let program = Program::run(text, LATEST);
    descriptor_kind(program.id("D"), &program.classes)
}

#[test]
fn a_class_with_get_alone_makes_non_data_descriptors() {
    assert_eq!(
        kind("class D:\n    def __get__(self): ..."),
        DescriptorKind::NonData
    );
}

#[test]
fn set_or_delete_make_data_descriptors_even_without_get() {
    assert_eq!(
        kind("class D:\n    def __set__(self): ..."),
        DescriptorKind::Data
    );
    assert_eq!(
        kind("class D:\n    def __delete__(self): ..."),
        DescriptorKind::Data
    );
    assert_eq!(kind("class D: __set__ = None"), DescriptorKind::Data);
}

#[test]
fn what_an_ancestor_defines_counts() {
    let text = "class Base:\n    def __set__(self): ...
class D(Base):\n    def __get__(self): ...";
    assert_eq!(kind(text), DescriptorKind::Data);
}

#[test]
fn what_the_metaclass_defines_does_not() {
    let text = "class M(type):\n    def __get__(self): ...
class D(metaclass=M): ...";
    assert_eq!(kind(text), DescriptorKind::None);
}
