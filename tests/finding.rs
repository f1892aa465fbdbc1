//! Dotted names → files, as CPython's import system finds them.

use std::path::{Path, PathBuf};

use mroscope::source::{
    Environment, EnvironmentError, EnvironmentWish, Finder, Located, Owner, PythonVersion,
};

use crate::support::Sandbox;
use crate::support::python::interpreters;

const TREE: &str = "--- one/module.py
--- one/package/__init__.py
--- one/package/inner.py
--- one/package/bare/deep.py
--- one/both.py
--- one/both/__init__.py
--- one/module_and_folder.py
--- one/module_and_folder/x.py
--- one/space/first.py
--- one/built.so
--- one/built.py
--- one/stable.abi3.so
--- one/other.cpython-36m-x86_64-linux-gnu.so
--- one/late/x.py
--- one/window.pyw
--- two/space/second.py
--- two/module.py
--- two/late/__init__.py
--- two/only_two.py
";

const NAMES: &[&str] = &[
    "module",
    "package",
    "package.inner",
    "package.bare",
    "package.bare.deep",
    "package.missing",
    "both",
    "module_and_folder",
    "space",
    "space.first",
    "space.second",
    "built",
    "stable",
    "other",
    "late",
    "only_two",
    "window",
    "missing",
    "missing.deeper",
];

/// `name kind place…` of one name, with places inside the sandbox.
const ASK: &str = r"
import importlib.util, os, sys
root = sys.argv[1]
sys.path[:0] = [os.path.join(root, 'one'), os.path.join(root, 'two')]
sys.dont_write_bytecode = True
inside = lambda path: os.path.relpath(path, root)
for name in sys.argv[2:]:
    try:
        spec = importlib.util.find_spec(name)
    except ModuleNotFoundError:
        spec = None
    if spec is None:
        print(name, 'none')
    elif spec.origin is None:
        print(name, 'namespace', *map(inside, spec.submodule_search_locations))
    else:
        kind = type(spec.loader).__name__.replace('FileLoader', '').lower()
        print(name, 'package' if spec.submodule_search_locations else kind, inside(spec.origin))
";

fn say(sandbox: &Sandbox, name: &str, located: Option<&Located>) -> String {
    let inside = |path: &Path| {
        let inside = path.strip_prefix(sandbox.root()).unwrap_or(path);
        inside.display().to_string()
    };
    let said = match located {
        None => "none".to_owned(),
        Some(Located::Package { init }) => format!("package {}", inside(init)),
        Some(Located::Module(path)) => format!("source {}", inside(path)),
        Some(Located::Extension { path, .. }) => format!("extension {}", inside(path)),
        Some(Located::Namespace(folders)) => {
            let folders: Vec<String> = folders.iter().map(|folder| inside(folder)).collect();
            format!("namespace {}", folders.join(" "))
        }
    };
    format!("{name} {said}").replace("ExtensionFileLoader", "extension")
}

#[test]
fn every_name_leads_where_cpython_goes() {
    let sandbox = Sandbox::new(TREE);
    for python in interpreters() {
        let output = python
            .command()
            .args(["-c", ASK])
            .arg(sandbox.root())
            .args(NAMES)
            .output()
            .expect("the interpreter started before");
        let answers = String::from_utf8(output.stdout).expect("names are ASCII");
        let finder = Finder::for_version(
            vec![sandbox.path("one"), sandbox.path("two")],
            Some(python.version),
        );
        let ours: Vec<String> = NAMES
            .iter()
            .map(|name| say(&sandbox, name, finder.find(name).as_ref()))
            .collect();
        assert_eq!(
            ours,
            answers.lines().collect::<Vec<_>>(),
            "{}",
            python.full_version
        );
    }
}

#[test]
fn the_source_beside_compiled_code_is_known_though_python_passes_it_over() {
    let sandbox = Sandbox::new(TREE);
    let finder = Finder::new(vec![sandbox.path("one")]);
    assert_eq!(
        finder.find("built"),
        Some(Located::Extension {
            path: sandbox.path("one/built.so"),
            source: Some(sandbox.path("one/built.py")),
            package: false,
        })
    );
}

#[test]
fn the_names_in_a_package_are_those_pkgutil_lists() {
    let sandbox = Sandbox::new(TREE);
    let finder = Finder::new(vec![]);
    let names: Vec<String> = finder
        .names_in(&[sandbox.path("one")])
        .into_iter()
        .map(|(name, package)| format!("{name}{}", if package { "/" } else { "" }))
        .collect();
    assert_eq!(
        names,
        [
            "both/",
            "built",
            "module",
            "module_and_folder",
            "other",
            "package/",
            "stable"
        ]
    );
}

fn wish(python: &Path) -> EnvironmentWish {
    EnvironmentWish {
        python: Some(python.to_owned()),
        ..EnvironmentWish::default()
    }
}

/// What an interpreter says of itself: its version's folders on `sys.path`.
#[test]
fn an_interpreters_folders_are_those_it_would_name() {
    const ASK: &str = "import os, site, sys; print(os.path.dirname(os.__file__)); print(*filter(os.path.isdir, site.getsitepackages()), sep='\\n')";
    for python in interpreters() {
        let found = Environment::find(Path::new("/"), &wish(&python.path))
            .expect("the interpreter was found before");
        let output = python
            .command()
            .args(["-c", ASK])
            .output()
            .expect("the interpreter started before");
        let answers = String::from_utf8(output.stdout).expect("paths here are UTF-8");
        let mut paths = answers.lines().map(PathBuf::from);
        assert_eq!(found.version, Some(python.version), "{python:?}");
        assert_eq!(found.stdlib, paths.next(), "{python:?}");
        assert_eq!(found.site_packages, paths.collect::<Vec<_>>(), "{python:?}");
    }
}

#[test]
fn a_virtual_environment_knows_the_standard_library_it_was_made_from() {
    let Some(python) = interpreters().pop() else {
        return;
    };
    let sandbox = Sandbox::new("--- project/app.py");
    let venv = sandbox.path("project/surroundings");
    let made = python
        .command()
        .args(["-m", "venv", "--without-pip"])
        .arg(&venv)
        .status()
        .expect("the interpreter started before");
    assert!(made.success(), "{python:?} makes an environment");
    let base = Environment::find(Path::new("/"), &wish(&python.path)).expect("it is there");
    let by_python = Environment::find(Path::new("/"), &wish(&venv.join("bin/python")));
    let by_folder = Environment::find(Path::new("/"), &wish(&venv));
    let by_itself = Environment::find(&sandbox.path("project/app.py"), &EnvironmentWish::default());
    let site = venv.join(format!("lib/python{}/site-packages", python.version));
    for found in [by_python, by_folder, by_itself] {
        let found = found.expect("it was made above");
        assert_eq!(found.version, Some(python.version));
        assert_eq!(found.stdlib, base.stdlib);
        assert_eq!(found.site_packages, std::slice::from_ref(&site));
        let owners: Vec<Owner> = found.search_paths().iter().map(|path| path.owner).collect();
        assert_eq!(owners.first(), Some(&Owner::StandardLibrary));
        assert_eq!(owners.last(), Some(&Owner::Installed));
    }
}

#[test]
fn a_wish_for_python_that_is_none_is_an_error() {
    let sandbox = Sandbox::new("--- folder/x.py\n--- file.txt");
    for (path, error) in [
        (
            "folder",
            EnvironmentError::NotPython {
                path: sandbox.path("folder"),
            },
        ),
        (
            "file.txt",
            EnvironmentError::NotPython {
                path: sandbox.path("file.txt"),
            },
        ),
        (
            "gone",
            EnvironmentError::Missing {
                path: sandbox.path("gone"),
            },
        ),
    ] {
        let found = Environment::find(&sandbox.root(), &wish(&sandbox.path(path)));
        assert_eq!(found, Err(error));
    }
}

#[test]
fn versions_are_read_with_and_without_a_patch_number() {
    assert_eq!("3.13".parse(), Ok(PythonVersion::three(13)));
    assert_eq!("3.9.18".parse(), Ok(PythonVersion::three(9)));
    assert!("three".parse::<PythonVersion>().is_err());
}
