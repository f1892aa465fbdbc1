//! What programs compute while their modules run: generators, context managers, patterns, iterators, hints. The programs of `tests/computed`
//! hold it in the attributes of a class; mroscope shows there what `reprlib` of every CPython of this machine prints.

use std::path::Path;

use mroscope::evaluate::Limits;
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::values::{asked, theirs};

/// Limits beyond anything that the programs hold.
fn wide() -> Limits {
    let mut limits = Limits::default();
    for (name, _) in Limits::default().numbers() {
        limits.set(name, 9_000);
    }
    limits.set("maxlevel", 20);
    limits
}

fn is_told_as_cpython_tells_it(program: &str) {
    is_told_from(program, PythonVersion::three(9));
}

/// The same, by the interpreters that can read the program.
fn is_told_from(program: &str, first: PythonVersion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/computed")
        .join(program);
    let text = std::fs::read_to_string(path).expect("the program stands beside this test");
    let sandbox = Sandbox::new("");
    sandbox.write("values.py", &text);
    for interpreter in interpreters() {
        if interpreter.version < first {
            continue;
        }
        let theirs = theirs(&interpreter, &sandbox, &wide());
        assert!(!theirs.is_empty(), "the program holds no values");
        let mut ours = asked(&text, interpreter.version, &wide());
        ours.retain(|name, _| theirs.contains_key(name));
        for (name, value) in &theirs {
            assert_eq!(
                ours.get(name),
                Some(value),
                "{name} on CPython {}",
                interpreter.full_version
            );
        }
    }
}

#[test]
fn nothing_false_is_said_of_operators_of_types_made_in_c() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/computed/made_in_c.py");
    let text = std::fs::read_to_string(path).expect("the program stands beside this test");
    let sandbox = Sandbox::new("");
    sandbox.write("values.py", &text);
    for interpreter in interpreters() {
        let theirs = theirs(&interpreter, &sandbox, &wide());
        let ours = asked(&text, interpreter.version, &wide());
        let told: Vec<_> = theirs.iter().filter(|it| ours.contains_key(it.0)).collect();
        assert!(!told.is_empty(), "nothing is told");
        for (name, value) in told {
            let version = &interpreter.full_version;
            assert_eq!(ours.get(name), Some(value), "{name} on CPython {version}");
        }
    }
}

/// The order of a set of texts is another one in each process: `w_` names what hangs on it, `v_` what does not.
#[test]
fn a_loop_over_a_set_tells_what_holds_in_every_order() {
    tells_what_holds_in_every_order("set_loops.py");
}

#[test]
fn a_dict_that_is_filled_in_any_order_tells_what_it_holds() {
    tells_what_holds_in_every_order("filled_dicts.py");
}

fn tells_what_holds_in_every_order(file: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/computed");
    let text = std::fs::read_to_string(folder.join(file)).expect("the program stands there");
    let sandbox = Sandbox::new("");
    sandbox.write("values.py", &text);
    for interpreter in interpreters() {
        let theirs = theirs(&interpreter, &sandbox, &wide());
        let ours = asked(&text, interpreter.version, &wide());
        for (name, value) in &theirs {
            if name.starts_with("w_") {
                assert!(!ours.contains_key(name), "{name} is told");
            } else {
                assert_eq!(ours.get(name), Some(value), "{name}");
            }
        }
    }
}

#[test]
fn a_dataclass_refuses_arguments_that_are_not_those_of_its_fields() {
    is_told_as_cpython_tells_it("dataclass_arguments.py");
}

#[test]
fn a_generator_stops_at_each_yield_and_goes_on_from_there() {
    is_told_as_cpython_tells_it("generators.py");
}

#[test]
fn a_coroutine_runs_to_its_end_where_it_is_awaited() {
    is_told_as_cpython_tells_it("coroutines.py");
}

#[test]
fn patterns_find_what_re_finds() {
    is_told_as_cpython_tells_it("patterns.py");
}

#[test]
fn iterables_are_folded_filtered_and_put_together() {
    is_told_as_cpython_tells_it("folding.py");
}

#[test]
fn numbers_and_the_functions_that_only_compute_give_what_cpython_gives() {
    is_told_as_cpython_tells_it("scalars.py");
}

#[test]
fn text_bytes_and_formats_are_what_cpython_has() {
    is_told_as_cpython_tells_it("text.py");
}

#[test]
fn hints_are_taken_apart_as_typing_does() {
    is_told_as_cpython_tells_it("hints.py");
}

#[test]
fn what_a_class_says_of_order_and_truth_is_asked_of_it() {
    is_told_as_cpython_tells_it("ordering.py");
}

#[test]
fn a_case_takes_what_match_takes() {
    is_told_from("matching.py", PythonVersion::three(10));
}

#[test]
fn contexts_run_functions_and_finders_give_modules() {
    is_told_as_cpython_tells_it("followed.py");
}

#[test]
fn a_metaclass_is_handed_what_the_compiler_puts_into_a_body() {
    is_told_as_cpython_tells_it("handed.py");
}

#[test]
fn hooks_of_access_and_of_instance_checks_have_their_word() {
    is_told_as_cpython_tells_it("hooks.py");
}

#[test]
fn iterators_know_where_they_stand() {
    is_told_as_cpython_tells_it("iteration.py");
}

#[test]
fn containers_change_and_refuse_as_they_do() {
    is_told_as_cpython_tells_it("containers.py");
}

#[test]
fn functions_methods_and_hints_have_the_attributes_that_they_have() {
    is_told_as_cpython_tells_it("attributes.py");
}

#[test]
fn an_alias_is_the_member_it_stands_for() {
    is_told_as_cpython_tells_it("enumerations.py");
}

#[test]
fn what_does_not_fit_is_refused_as_cpython_refuses_it() {
    is_told_as_cpython_tells_it("refusals.py");
}

#[test]
fn a_slot_hides_what_an_ancestor_has_under_its_name() {
    is_told_as_cpython_tells_it("slots_hide.py");
}

#[test]
fn what_is_abstract_is_noted_once() {
    is_told_as_cpython_tells_it("abstract_names.py");
}

#[test]
fn subclasses_of_types_made_in_c_refuse_what_these_refuse() {
    is_told_as_cpython_tells_it("refused_by_base.py");
}

#[test]
fn an_instance_has_what_init_sets_where_init_may_raise_and_where_it_changes_its_class() {
    is_told_as_cpython_tells_it("made_and_checked.py");
}

#[test]
fn copies_are_made_as_their_classes_say() {
    is_told_as_cpython_tells_it("copies.py");
}

#[test]
fn what_is_set_on_an_object_stands_in_its_dict_whoever_gave_it() {
    is_told_as_cpython_tells_it("dicts_of_objects.py");
}

#[test]
fn what_typing_refuses_in_brackets_is_refused() {
    is_told_as_cpython_tells_it("typing_forms.py");
}

#[test]
fn type_parameters_stand_in_a_scope_that_sees_the_class_around() {
    is_told_from("annotation_scopes.py", PythonVersion::three(12));
}

#[test]
fn an_enumeration_makes_its_members_by_object_new() {
    is_told_as_cpython_tells_it("enum_new.py");
}

#[test]
fn what_ends_the_body_of_a_class_is_raised() {
    is_told_as_cpython_tells_it("refused_in_bodies.py");
}

#[test]
fn type_parameters_are_parameters_of_generic() {
    is_told_from("generic_parameters.py", PythonVersion::three(12));
}

#[test]
fn an_alias_takes_as_many_types_as_it_leaves_open() {
    is_told_from("typing_open.py", PythonVersion::three(11));
}

#[test]
fn a_key_that_may_be_written_to_stays_so() {
    is_told_from("read_only_keys.py", PythonVersion::three(13));
}

#[test]
fn a_member_is_not_asked_of_the_enumeration_that_makes_it() {
    is_told_as_cpython_tells_it("bodies_of_enumerations.py");
}

#[test]
fn enum_new_makes_no_members() {
    is_told_from("members_of_enum_new.py", PythonVersion::three(12));
}

#[test]
fn names_that_the_body_of_an_enumeration_is_given_are_members() {
    is_told_from("filled_enumerations.py", PythonVersion::three(11));
}

#[test]
fn a_property_of_its_own_class_is_set_its_docstring() {
    is_told_as_cpython_tells_it("docstrings_of_properties.py");
}

#[test]
fn what_code_is_asked_in_the_place_of_the_interpreter_it_answers() {
    is_told_as_cpython_tells_it("asked_by_code.py");
}

#[test]
fn structures_and_arrays_refuse_what_ctypes_refuses() {
    is_told_as_cpython_tells_it("fields_of_structures.py");
}

#[test]
fn what_the_compiler_binds_in_a_class_body_may_be_deleted() {
    is_told_as_cpython_tells_it("compilers_names.py");
}

#[test]
fn an_enumeration_without_enum_makes_no_members_of_values() {
    is_told_as_cpython_tells_it("members_of_no_enum.py");
}
