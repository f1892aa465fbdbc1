//! Attribute lookup on instances and on classes, step by step.

use mroscope::semantics::{
    DescriptorKind, Lookup, LookupStep, MemberKind, look_up_on_class, look_up_on_instance,
};

use super::LATEST;
use crate::support::notation::{Program, member};

/// A program in which each name that begins with `data_` is bound to a data descriptor.
fn program(text: &str) -> Program {
    let mut program = Program::run(text, LATEST);
    let ids: Vec<_> = program.classes.own_ids().collect();
    for id in ids {
        for (name, entry) in program.classes.members_mut(id) {
            if name.starts_with("data_") {
                *entry = member(MemberKind::DataDescriptor, DescriptorKind::Data);
            }
        }
    }
    program
}

fn say(program: &Program, lookup: &Lookup<'_>) -> String {
    let mut said: Vec<String> = lookup
        .steps
        .iter()
        .map(|step| match step {
            LookupStep::ClassAttribute { on, kind } => {
                format!("class {} {kind:?}", program.name(*on))
            }
            LookupStep::MetaclassAttribute { on, kind } => {
                format!("metaclass {} {kind:?}", program.name(*on))
            }
            LookupStep::InstanceDict => "instance dict".to_owned(),
            LookupStep::GetattrHook { on } => format!("__getattr__ of {}", program.name(*on)),
        })
        .collect();
    said.push(lookup.found.map_or("nothing".to_owned(), |found| {
        format!("= {}", program.name(found.on))
    }));
    said.join(", ")
}

fn on_instance(text: &str, name: &str) -> String {
    let program = program(text);
    say(
        &program,
        &look_up_on_instance(program.id("C"), name, &program.classes),
    )
}

fn on_class(text: &str, name: &str) -> String {
    let program = program(text);
    say(
        &program,
        &look_up_on_class(program.id("C"), name, &program.classes),
    )
}

#[test]
fn the_first_class_of_the_mro_that_has_the_name_wins() {
    let text = "class A: x = 1
class B(A): x = 2
class C(B): ...";
    assert_eq!(on_instance(text, "x"), "class B None, instance dict, = B");
}

#[test]
fn a_data_descriptor_is_found_without_asking_the_instance() {
    assert_eq!(
        on_instance("class C: data_x = 1", "data_x"),
        "class C Data, = C"
    );
}

#[test]
fn an_instance_without_a_dict_is_not_asked() {
    let text = "class C:
    __slots__ = ()
    def f(self): ...";
    assert_eq!(on_instance(text, "f"), "class C NonData, = C");
}

#[test]
fn only_what_is_nowhere_goes_to_getattr() {
    let text = "class A:\n    def __getattr__(self, name): ...
class C(A): ...";
    assert_eq!(
        on_instance(text, "x"),
        "instance dict, __getattr__ of A, nothing"
    );
    assert_eq!(on_class(text, "x"), "nothing");
}

#[test]
fn a_class_finds_what_its_metaclass_has_and_its_instances_do_not() {
    let text = "class M(type):\n    def f(cls): ...
class C(metaclass=M): ...";
    assert_eq!(on_class(text, "f"), "metaclass M NonData, = M");
    assert_eq!(on_instance(text, "f"), "instance dict, nothing");
}

#[test]
fn of_class_and_metaclass_only_a_data_descriptor_of_the_metaclass_comes_first() {
    let text = "class M(type): f = 1; data_g = 1
class C(metaclass=M): f = 2; data_g = 2";
    assert_eq!(on_class(text, "f"), "metaclass M None, class C None, = C");
    assert_eq!(on_class(text, "data_g"), "metaclass M Data, = M");
}
