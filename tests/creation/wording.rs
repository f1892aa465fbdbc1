//! What the interpreter says, in each version's own words.

use expect_test::expect;
use mroscope::source::PythonVersion;

use super::VERSIONS;
use crate::support::notation::Program;

/// Kind and message of the first statement that raises, and the versions that say so.
fn words(text: &str) -> String {
    let mut said: Vec<(String, Vec<PythonVersion>)> = vec![];
    for version in VERSIONS {
        let raised = Program::run(text, version).raised();
        let words = format!("{}: {}", raised.kind, raised.message);
        match said.last_mut() {
            Some((last, versions)) if *last == words => versions.push(version),
            _ => said.push((words, vec![version])),
        }
    }
    let lines: Vec<String> = said
        .into_iter()
        .map(|(words, versions)| {
            format!("{}-{} {words}", versions[0], versions[versions.len() - 1])
        })
        .collect();
    lines.join("\n")
}

#[test]
fn an_inconsistent_order_names_the_heads_that_are_left() {
    expect![[r"
        3.9-3.12 TypeError: Cannot create a consistent method resolution
        order (MRO) for bases A, B
        3.13-3.14 TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B"]]
    .assert_eq(&words("class A: ...\nclass B(A): ...\nclass C(A, B): ..."));
}

#[test]
fn a_metaclass_conflict_names_nobody() {
    expect!["3.9-3.14 TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases"]
        .assert_eq(&words("class M(type): ...\nclass N(type): ...\nclass A(metaclass=M): ...\nclass C(A, metaclass=N): ..."));
}

#[test]
fn bases_that_cannot_be() {
    expect!["3.9-3.14 TypeError: type 'bool' is not an acceptable base type"]
        .assert_eq(&words("class A(bool): ..."));
    expect!["3.9-3.14 TypeError: multiple bases have instance lay-out conflict"]
        .assert_eq(&words("class A(int, str): ..."));
    expect!["3.9-3.14 TypeError: duplicate base class A"]
        .assert_eq(&words("class A: ...\nclass B(A, A): ..."));
}

#[test]
fn slots_that_cannot_be() {
    expect!["3.9-3.14 TypeError: nonempty __slots__ not supported for subtype of 'int'"]
        .assert_eq(&words("class A(int): __slots__ = ('a',)"));
    expect!["3.9-3.14 TypeError: nonempty __slots__ not supported for subtype of 'A'"]
        .assert_eq(&words("class A(int): ...\nclass B(A): __slots__ = ('a',)"));
    expect!["3.9-3.14 ValueError: 'a' in __slots__ conflicts with class variable"]
        .assert_eq(&words("class A: __slots__ = ('a',); a = 1"));
    expect!["3.9-3.14 TypeError: __slots__ must be identifiers"]
        .assert_eq(&words("class A: __slots__ = ('1a',)"));
    expect!["3.9-3.14 TypeError: __slots__ items must be strings, not 'int'"]
        .assert_eq(&words("class A: __slots__ = (1,)"));
    expect!["3.9-3.14 TypeError: 'int' object is not iterable"]
        .assert_eq(&words("class A: __slots__ = 1"));
    expect!["3.9-3.14 TypeError: __dict__ slot disallowed: we already got one"].assert_eq(&words(
        "class A: ...\nclass B(A): __slots__ = ('__dict__',)",
    ));
    expect![[r"
        3.9-3.11 TypeError: __weakref__ slot disallowed: either we already got one, or __itemsize__ != 0
        3.12-3.14 TypeError: __weakref__ slot disallowed: we already got one"]]
    .assert_eq(&words("class A: ...\nclass B(A): __slots__ = ('__weakref__',)"));
}

/// Ten bases and what derives from each, in an order that cannot be: the heads left are the ten.
fn many(letter: char) -> String {
    let name = |at: usize| format!("N{at}_{}", letter.to_string().repeat(100));
    let pairs: Vec<String> = (0..10)
        .map(|at| format!("class {}: ...\nclass S{at}({}): ...\n", name(at), name(at)))
        .collect();
    let names: Vec<String> = (0..10).map(name).collect();
    let subclasses: Vec<String> = (0..10).map(|at| format!("S{at}")).collect();
    format!(
        "{}class Z({}, {}): ...",
        pairs.concat(),
        names.join(", "),
        subclasses.join(", ")
    )
}

#[test]
fn a_long_list_of_heads_is_cut_at_the_end_of_the_interpreter_s_buffer() {
    for version in VERSIONS {
        let raised = Program::run(&many('x'), version).raised();
        assert_eq!((&*raised.kind, raised.message.len()), ("TypeError", 999));
        assert!(raised.message.ends_with("xxx"));
    }
}

#[test]
fn a_cut_inside_a_character_is_another_exception() {
    let kinds = VERSIONS.map(|version| {
        let raised = Program::run(&many('é'), version).raised();
        (raised.kind, raised.message)
    });
    assert_eq!(kinds[0], ("TypeError".into(), String::new()));
    assert_eq!(kinds[1], kinds[0]);
    for kind in &kinds[2..] {
        assert_eq!(kind.0, "UnicodeDecodeError");
        assert_eq!(
            kind.1,
            "'utf-8' codec can't decode byte 0xc3 in position 998: unexpected end of data"
        );
    }
}
