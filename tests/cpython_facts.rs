//! What the embedded tables answer, without a CPython at hand.

use std::sync::Arc;

use mroscope::cpython::{Constant, Facts, Global};
use mroscope::semantics::{ClassId, Classes, DescriptorKind, MemberKind, Slots};
use mroscope::source::PythonVersion;

fn newest() -> Arc<Facts> {
    Facts::of(Facts::newest()).expect("the newest embedded version has a table")
}

fn class(facts: &Facts, path: &str) -> ClassId {
    let (module, qualname) = path.split_once(':').expect("a path is `module:qualname`");
    facts
        .class(module, qualname)
        .unwrap_or_else(|| panic!("{path} is not in the table"))
}

fn shown(classes: &Classes, ids: &[ClassId]) -> String {
    let paths: Vec<String> = ids
        .iter()
        .map(|&id| classes.get(id).path.to_string())
        .collect();
    paths.join(" ")
}

#[test]
fn every_embedded_table_can_be_read_and_is_of_the_version_it_is_listed_under() {
    for &version in Facts::versions() {
        let facts = Facts::of(version).expect("every listed version has a table");
        assert_eq!(facts.version(), version);
        assert!(facts.full_version().starts_with(&format!("{version}.")));
        assert!(facts.class_count() > 2500, "{facts:?}");
        let classes = facts.classes();
        assert_eq!(
            classes.get(classes.object()).path.to_string(),
            "builtins:object"
        );
        assert_eq!(
            classes.get(classes.type_()).path.to_string(),
            "builtins:type"
        );
    }
}

#[test]
fn bases_come_before_what_derives_from_them() {
    for &version in Facts::versions() {
        let facts = Facts::of(version).expect("every listed version has a table");
        let classes = facts.classes();
        for id in classes.ids() {
            let made = classes.made(id).expect("an interpreter's class exists");
            assert_eq!(made.mro[0], id);
            assert!(made.bases.iter().all(|&base| base < id));
        }
    }
}

#[test]
fn a_name_of_a_module_leads_to_the_class_it_is_imported_as() {
    let facts = newest();
    let classes = facts.classes();
    let resolve = |module: &str, name: &str| match facts.module(module)?.get(name)? {
        &Global::Class(id) => Some(classes.get(id).path.to_string()),
        _ => None,
    };
    assert_eq!(resolve("io", "StringIO").as_deref(), Some("_io:StringIO"));
    assert_eq!(resolve("os", "PathLike").as_deref(), Some("os:PathLike"));
    assert_eq!(
        resolve("concurrent.futures", "ThreadPoolExecutor").as_deref(),
        Some("concurrent.futures.thread:ThreadPoolExecutor"),
        "the module's own `__getattr__` answers it"
    );
    assert_eq!(resolve("os", "path"), None);
    let path = facts
        .module("os.path")
        .expect("it is another name of posixpath");
    assert_eq!(path.name(), "posixpath");
    assert_eq!(path.source_path(), Some("posixpath.py"));
}

#[test]
fn what_stands_for_a_typing_name_among_bases_is_told() {
    let facts = newest();
    let classes = facts.classes();
    let typing = facts.module("typing").expect("it is a module");
    let entries = |name| {
        typing
            .mro_entries(name)
            .map(|entries| shown(&classes, entries))
    };
    assert_eq!(
        entries("List").as_deref(),
        Some("builtins:list typing:Generic")
    );
    assert_eq!(
        entries("Mapping").as_deref(),
        Some("collections.abc:Mapping typing:Generic")
    );
    assert_eq!(entries("NamedTuple").as_deref(), Some("typing:NamedTuple"));
    assert_eq!(entries("Generic"), None);
}

#[test]
fn constants_of_modules_are_whole() {
    let facts = newest();
    let constant = |module: &str, name: &str| match facts.module(module)?.get(name)? {
        Global::Constant(constant) => Some(constant.clone()),
        _ => None,
    };
    assert_eq!(constant("re", "A"), None, "a flag is no plain number");
    assert_eq!(
        constant("sys", "byteorder"),
        Some(Constant::Str("little".into()))
    );
    assert_eq!(constant("stat", "ST_MODE"), Some(Constant::Int(0)));
    assert_eq!(
        constant("math", "inf"),
        Some(Constant::Float(f64::INFINITY))
    );
    assert_eq!(constant("builtins", "Ellipsis"), Some(Constant::Ellipsis));
    assert_eq!(
        constant("typing", "TYPE_CHECKING"),
        Some(Constant::Bool(false))
    );
}

#[test]
fn members_are_told_with_kind_signature_and_doc_line() {
    let facts = newest();
    let classes = facts.classes();
    let dict = class(&facts, "builtins:dict");
    let get = &classes.members(dict)["get"];
    assert_eq!(get.kind, MemberKind::BuiltinMethod);
    assert_eq!(get.descriptor, DescriptorKind::NonData);
    assert_eq!(
        get.signature.as_deref(),
        Some(&"(self, key, default=None, /)".into())
    );
    assert_eq!(
        facts.member_doc(dict, "get").as_deref(),
        Some("Return the value for key if key is in the dictionary, else default.")
    );
    let mapping = class(&facts, "collections.abc:Mapping");
    assert!(classes.members(mapping)["__getitem__"].is_abstract);
    assert_eq!(
        facts.abstract_methods(mapping),
        ["__getitem__", "__iter__", "__len__"]
    );
    let kind = classes.members(class(&facts, "builtins:type"))["__basicsize__"].kind;
    assert_eq!(kind, MemberKind::Slot);
}

#[test]
fn layouts_are_told() {
    let facts = newest();
    let classes = facts.classes();
    let made = |path| {
        classes
            .made(class(&facts, path))
            .expect("it exists")
            .clone()
    };
    let solid = |path| shown(&classes, &[made(path).solid_base]);
    assert_eq!(solid("builtins:bool"), "builtins:int");
    assert!(!made("builtins:bool").accepts_subclasses);
    assert_eq!(solid("collections:OrderedDict"), "collections:OrderedDict");
    assert_eq!(solid("collections:Counter"), "builtins:dict");
    assert_eq!(solid("enum:IntEnum"), "builtins:int");
    assert_eq!(solid("builtins:KeyError"), "builtins:BaseException");
    assert!(made("builtins:tuple").shape.variable);
    assert!(made("builtins:type").shape.dict);
    assert_eq!(made("collections.abc:Mapping").slots, Slots::Names(vec![]));
    assert_eq!(made("builtins:list").slots, Slots::Absent);
}

#[test]
fn what_is_no_table_is_refused_with_a_reason() {
    for bytes in [
        &b""[..],
        b"\x01",
        b"\x01\x04\x00",
        &[0xff; 64],
        b"import this",
    ] {
        Facts::decode(bytes).expect_err("this is no table");
    }
}

#[test]
fn why_a_module_is_missing_is_told() {
    let facts = newest();
    let why = facts.why_absent("winreg").unwrap_or_default();
    assert!(why.starts_with("ModuleNotFoundError"), "{why}");
    assert_eq!(facts.why_absent("os"), None);
    assert_eq!(facts.why_absent("django"), None);
    let older = Facts::of(PythonVersion::three(11)).expect("3.11 has a table");
    assert_eq!(
        older.why_absent("tkinter.tix"),
        Some("left out: its import changes the bases of tkinter.Widget")
    );
    let web = Facts::of(PythonVersion::three(14)).expect("3.14 has a table");
    assert_eq!(web.platform(), "emscripten");
    assert!(
        web.why_absent("tkinter.ttk").is_some(),
        "its package could not be imported"
    );
    assert!(
        web.module("_ssl").is_none(),
        "Pyodide has a stand-in for it"
    );
}
