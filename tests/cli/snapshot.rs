//! `mroscope snapshot`: compiled modules are known once their interpreter has described them, and only as long as they stay the same.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use expect_test::expect;

use crate::support::Sandbox;
use crate::support::python::{Interpreter, interpreters};
use crate::support::shell::{Ran, Shell};

/// An environment with a compiled module: one of the standard library's, under a name that no table has.
struct Compiled {
    sandbox: Sandbox,
    python: Interpreter,
    module: PathBuf,
}

/// Derives from a class of the compiled module, and from one it does not have.
const PROJECT: &str = "\
--- app.py
from speedy._elementtree import Element, TreeBuilder
class Node(Element):
    def title(self): ...
class Both(Node, TreeBuilder): ...
";

impl Compiled {
    /// None where there is no Python, or none whose `_elementtree` is a file of its own.
    fn new() -> Option<Self> {
        interpreters().into_iter().rev().find_map(Self::with)
    }

    fn with(python: Interpreter) -> Option<Self> {
        let sandbox = Sandbox::new(PROJECT);
        let made = Command::new(&python.path)
            .args(["-m", "venv", "--without-pip"])
            .arg(sandbox.path(".venv"))
            .status();
        made.is_ok_and(|status| status.success()).then_some(())?;
        let said = python
            .command()
            .args(["-c", "import _elementtree; print(_elementtree.__file__)"])
            .output()
            .ok()?;
        let file = PathBuf::from(String::from_utf8(said.stdout).ok()?.trim());
        let library = format!(".venv/lib/python{}/site-packages/speedy", python.version);
        let module = sandbox.path(&library).join(file.file_name()?);
        sandbox.write(&format!("{library}/__init__.py"), "");
        fs::copy(&file, &module).ok()?;
        Some(Self {
            sandbox,
            python,
            module,
        })
    }

    fn run(&self, arguments: &str) -> Ran {
        let mut ran = Shell::new(&self.sandbox).run(arguments);
        ran.out = ran.out.replace(&self.python.full_version, "3.X");
        ran
    }
}

#[cfg(unix)]
#[test]
fn a_snapshot_makes_compiled_classes_known_to_every_later_run() {
    let Some(compiled) = Compiled::new() else {
        return;
    };
    let before = compiled.run("coverage app.py");
    assert!(before.out.contains("○ unknown  2"), "{before}");
    assert!(
        before
            .out
            .contains("→ run `mroscope snapshot speedy._elementtree`"),
        "{before}"
    );
    let taken = compiled.run("snapshot");
    assert_eq!(taken.code, 0, "{taken}");
    assert!(
        taken.out.contains("Python 3.X described 1 compiled module"),
        "{taken}"
    );
    assert!(
        taken
            .out
            .contains("kept in [root]/home/.local/share/mroscope/snapshots/"),
        "{taken}"
    );
    let mro = compiled.run("mro app:Node");
    assert_eq!(mro.code, 0, "{mro}");
    assert!(
        mro.out.starts_with("app:Node\n") && mro.out.ends_with(":Element\nbuiltins:object\n"),
        "{mro}"
    );
    // `TreeBuilder` has fields of its own, as `Element` has: CPython refuses.
    let both = compiled.run("mro app:Both");
    assert_eq!((both.out.as_str(), both.code), ("", 1));
    assert!(
        both.err
            .starts_with("TypeError: multiple bases have instance lay-out conflict"),
        "{both}"
    );
    let coverage = compiled.run("coverage app.py");
    assert!(
        coverage
            .out
            .contains("compiled modules have the classes that Python 3.X said they have"),
        "{coverage}"
    );
    let verified = compiled.run("verify app.py");
    assert!(verified.out.contains("✗ different       0"), "{verified}");
    assert!(verified.out.contains("1 raise"), "{verified}");
}

#[cfg(unix)]
#[test]
fn of_a_file_that_has_changed_nothing_is_used_and_that_is_said() {
    let Some(compiled) = Compiled::new() else {
        return;
    };
    assert_eq!(compiled.run("snapshot speedy").code, 0);
    assert_eq!(compiled.run("mro app:Node").code, 0);
    let mut bytes = fs::read(&compiled.module).expect("it was copied there");
    bytes.push(0);
    fs::write(&compiled.module, bytes).expect("it is ours");
    let coverage = compiled.run("coverage app.py");
    assert!(
        coverage.out.contains(
            "`speedy._elementtree` is compiled, and has changed since its snapshot was taken"
        ),
        "{coverage}"
    );
    assert!(
        coverage
            .out
            .contains("→ run `mroscope snapshot speedy._elementtree` again"),
        "{coverage}"
    );
    assert_eq!(compiled.run("mro app:Node").code, 1);
}

#[cfg(unix)]
#[test]
fn what_is_not_compiled_is_not_asked() {
    let Some(compiled) = Compiled::new() else {
        return;
    };
    expect![[r#"
        ! error: `speedy._elementtre` is no compiled module without source, and no package with one
        !   hint: did you mean `speedy._elementtree`?
        exit 2
    "#]]
    .assert_eq(&compiled.run("snapshot speedy._elementtre").to_string());
}
