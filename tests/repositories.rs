//! Repositories as they are: one package in several roots, projects side by side, folders that only look like packages. Each file is read, and
//! what is made of it is held against what every CPython of this machine makes of it, started as the developers of each part start it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use expect_test::{Expect, expect};
use mroscope::analysis::Analysis;
use mroscope::semantics::{Outcome, Standing};
use mroscope::source::{Environment, EnvironmentWish, PythonVersion, discover};

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::witness::analysis_of;

/// Imports modules by their names, and tells the MRO of each class by the file and name of its statement.
const ASK: &str = "\
import importlib, os, sys
top, roots, names = sys.argv[1], sys.argv[2].split(':'), sys.argv[3:]
sys.path[:0] = [os.path.join(top, root) for root in roots]
def say(it):
    file = getattr(sys.modules.get(it.__module__), '__file__', None) or ''
    inside = os.path.relpath(file, top) if file.startswith(top) else ''
    return inside + ':' + it.__qualname__
for name in names:
    module = importlib.import_module(name)
    for value in list(vars(module).values()):
        if isinstance(value, type) and value.__module__ == name:
            print(*[say(it) for it in value.__mro__])
";

/// The classes of an analysis by file and name, with their MROs.
fn said(analysis: &Analysis, top: &Path) -> BTreeMap<String, (bool, String)> {
    let say = |class: mroscope::analysis::ClassRef<'_>| {
        let file = class.place().map(|it| &analysis.file(it.file).path);
        let inside = file.and_then(|it| it.strip_prefix(top).ok());
        let inside = inside.map(|it| it.display().to_string());
        format!("{}:{}", inside.unwrap_or_default(), class.path().qualname)
    };
    let told = analysis.project_classes().map(|class| {
        let mro: Vec<String> = class
            .mro()
            .unwrap_or_default()
            .into_iter()
            .map(say)
            .collect();
        let is_exact = matches!(
            (class.outcome(), class.standing()),
            (Outcome::Created(_), Standing::Exact)
        );
        (say(class), (is_exact, mro.join(" ")))
    });
    told.collect()
}

/// Where Python is started, and which modules it imports: the roots, with `:` between them, and the names.
type Start<'a> = (&'a str, &'a [&'a str]);

/// Every file of a repository is read, every class statement in it is told by its file, and each is what CPython has.
fn holds(files: &str, starts: &[Start<'_>], expected: &Expect) {
    let sandbox = Sandbox::new(files);
    let top = sandbox.root();
    for interpreter in interpreters() {
        let ours = said(&analysis_of(&top, interpreter.version), &top);
        let mut seen = 0;
        for (roots, names) in starts {
            let output = interpreter
                .command()
                .args(["-c", ASK])
                .arg(&top)
                .arg(roots)
                .args(*names)
                .output()
                .expect("a CPython that was found can be started");
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{roots}: {complaint}");
            for line in String::from_utf8_lossy(&output.stdout).lines() {
                let class = line.split(' ').next().unwrap_or_default();
                let theirs = line.replace(":object", "").trim().to_owned();
                let (_, mro) = ours
                    .get(class)
                    .expect("each class that CPython has is told");
                let mro = mro.replace(":object", "");
                assert_eq!(
                    mro.trim(),
                    theirs,
                    "{class} on CPython {}",
                    interpreter.version
                );
                seen += 1;
            }
        }
        assert!(seen > 0, "nothing was compared");
    }
    let analysis = analysis_of(&top, PythonVersion::three(11));
    let mut all = String::new();
    for class in analysis.project_classes() {
        let mro: Vec<String> = class
            .mro()
            .unwrap_or_default()
            .iter()
            .map(|it| it.path().to_string())
            .collect();
        let _ = writeln!(all, "{} ({})", mro.join(" "), said_standing(class));
    }
    expected.assert_eq(&all);
    nothing_is_lost(&sandbox, files, &analysis);
}

fn said_standing(class: mroscope::analysis::ClassRef<'_>) -> String {
    match class.standing() {
        Standing::Exact => String::from("exact"),
        Standing::Assumed(all) => {
            let all: Vec<&str> = all.iter().map(|it| it.what.as_str()).collect();
            all.join("; ")
        }
    }
}

/// The files that are written down are those that are read and those that are a problem; so are their class statements.
fn nothing_is_lost(sandbox: &Sandbox, files: &str, analysis: &Analysis) {
    let environment = Environment::find(&sandbox.root(), &EnvironmentWish::default());
    let environment = environment.expect("nothing was wished for");
    let project = discover(&sandbox.root(), &environment).expect("there is Python");
    let written = files.lines().filter_map(|it| it.strip_prefix("--- "));
    let written = written.filter(|it| {
        std::path::Path::new(it)
            .extension()
            .is_some_and(|end| end == "py")
            && !it.contains("site-packages")
    });
    let written: Vec<&str> = written.collect();
    let mut known: Vec<&Path> = project.files.iter().map(|it| it.path.as_path()).collect();
    known.extend(project.troubles.iter().map(|it| it.path.as_path()));
    for path in &written {
        let path = sandbox.path(path);
        assert!(
            known.contains(&path.as_path()),
            "{} is lost",
            path.display()
        );
        let is_read = analysis.files.iter().any(|it| it.path == path);
        let is_problem = project.troubles.iter().any(|it| it.path == path);
        assert!(is_read || is_problem, "{} is not read", path.display());
    }
    assert_eq!(known.len(), written.len(), "no file counts twice");
    let names: Vec<&str> = project.files.iter().map(|it| it.module.as_str()).collect();
    let mut unique = names.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), names.len(), "no two modules share a name");
    let mut inside = true;
    let mut classes = 0;
    for line in files.lines() {
        if let Some(path) = line.strip_prefix("--- ") {
            inside = !path.contains("site-packages");
        }
        classes += usize::from(inside && line.trim_start().starts_with("class "));
    }
    assert_eq!(
        analysis.project_classes().count(),
        classes,
        "class statements"
    );
}

#[test]
fn one_package_in_several_roots_of_a_repository_is_one_package() {
    holds(
        "
--- core/pyproject.toml
--- core/src/air/__init__.py
__path__ = __import__('pkgutil').extend_path(__path__, __name__)
class Root: pass
--- core/src/air/models.py
class Base: pass
--- core/tests/conftest.py
class Shared: pass
--- core/tests/unit/__init__.py
--- core/tests/unit/test_models.py
from air.models import Base
class TestModels(Base): pass
--- providers/amazon/pyproject.toml
--- providers/amazon/src/air/__init__.py
__path__ = __import__('pkgutil').extend_path(__path__, __name__)
--- providers/amazon/src/air/providers/__init__.py
__path__ = __import__('pkgutil').extend_path(__path__, __name__)
--- providers/amazon/src/air/providers/amazon/__init__.py
--- providers/amazon/src/air/providers/amazon/hooks.py
from air import Root
from air.models import Base
class AmazonHook(Base, Root): pass
--- providers/amazon/tests/conftest.py
class Shared(dict): pass
--- providers/amazon/tests/unit/__init__.py
--- providers/amazon/tests/unit/helpers.py
class Helper(list): pass
--- providers/amazon/tests/unit/test_hooks.py
from air.providers.amazon.hooks import AmazonHook
from tests.conftest import Shared
from tests.unit.helpers import Helper
import tests.unit.helpers
class TestHook(AmazonHook): pass
class TestShared(Shared): pass
class TestHelper(Helper): pass
class TestAgain(tests.unit.helpers.Helper): pass
--- providers/goo.gle-2.1/pyproject.toml
--- providers/goo.gle-2.1/src/air/__init__.py
__path__ = __import__('pkgutil').extend_path(__path__, __name__)
--- providers/goo.gle-2.1/src/air/providers/__init__.py
__path__ = __import__('pkgutil').extend_path(__path__, __name__)
--- providers/goo.gle-2.1/src/air/providers/google/__init__.py
--- providers/goo.gle-2.1/src/air/providers/google/hooks.py
from air.providers.amazon.hooks import AmazonHook
class GoogleHook(AmazonHook): pass
--- providers/goo.gle-2.1/tests/conftest.py
class Shared(str): pass
--- providers/goo.gle-2.1/tests/unit/test_hooks.py
from tests.conftest import Shared
class TestShared(Shared): pass
",
        &[
            (
                "core/src:core",
                &[
                    "air",
                    "air.models",
                    "tests.conftest",
                    "tests.unit.test_models",
                ],
            ),
            (
                "core/src:providers/amazon/src:providers/amazon",
                &[
                    "air.providers.amazon.hooks",
                    "tests.conftest",
                    "tests.unit.helpers",
                    "tests.unit.test_hooks",
                ],
            ),
            (
                "core/src:providers/amazon/src:providers/goo.gle-2.1/src:providers/goo.gle-2.1",
                &[
                    "air.providers.google.hooks",
                    "tests.conftest",
                    "tests.unit.test_hooks",
                ],
            ),
        ],
        &expect![[r#"
            air:Root builtins:object (exact)
            air.models:Base builtins:object (exact)
            air.providers.amazon.hooks:AmazonHook air.models:Base air:Root builtins:object (exact)
            air.providers.google.hooks:GoogleHook air.providers.amazon.hooks:AmazonHook air.models:Base air:Root builtins:object (exact)
            providers.amazon.tests.conftest:Shared builtins:dict builtins:object (exact)
            providers.amazon.tests.unit.helpers:Helper builtins:list builtins:object (exact)
            providers.amazon.tests.unit.test_hooks:TestHook air.providers.amazon.hooks:AmazonHook air.models:Base air:Root builtins:object (exact)
            providers.amazon.tests.unit.test_hooks:TestShared providers.amazon.tests.conftest:Shared builtins:dict builtins:object (exact)
            providers.amazon.tests.unit.test_hooks:TestHelper providers.amazon.tests.unit.helpers:Helper builtins:list builtins:object (exact)
            providers.amazon.tests.unit.test_hooks:TestAgain providers.amazon.tests.unit.helpers:Helper builtins:list builtins:object (exact)
            providers.goo_gle-2_1.tests.conftest:Shared builtins:str builtins:object (exact)
            providers.goo_gle-2_1.tests.unit.test_hooks:TestShared providers.goo_gle-2_1.tests.conftest:Shared builtins:str builtins:object (exact)
            tests.conftest:Shared builtins:object (exact)
            tests.unit.test_models:TestModels air.models:Base builtins:object (exact)
        "#]],
    );
}

#[test]
fn a_part_of_a_package_stands_beside_the_rest_that_is_installed() {
    holds(
        "
--- pyproject.toml
--- src/goo/cloud/store/__init__.py
from goo.cloud.core import Client
from goo.rpc import Status
class Store(Client, Status): pass
--- src/air/__init__.py
__path__ = __import__('pkgutil').extend_path(__path__, __name__)
--- src/air/local.py
from air.far import Far
class Near(Far): pass
--- odo/tools/script.py
from odo import Model
class Script(Model): pass
--- .venv/pyvenv.cfg
--- .venv/lib/python3.11/site-packages/goo/cloud/core.py
class Client: pass
--- .venv/lib/python3.11/site-packages/goo/rpc.py
class Status: pass
--- .venv/lib/python3.11/site-packages/air/__init__.py
class Never: pass
--- .venv/lib/python3.11/site-packages/air/far.py
class Far: pass
--- .venv/lib/python3.11/site-packages/odo/__init__.py
class Model: pass
",
        &[(
            "src:.:.venv/lib/python3.11/site-packages:odo/tools",
            &["goo.cloud.store", "air.local", "script"],
        )],
        &expect![[r#"
            air.local:Near air.far:Far builtins:object (exact)
            goo.cloud.store:Store goo.cloud.core:Client goo.rpc:Status builtins:object (exact)
            odo.tools.script:Script odo:Model builtins:object (exact)
        "#]],
    );
}

/// What is not installed is read on without; who stands ready for that gets by without what imports it, in whatever order that was read.
#[test]
fn who_stands_ready_for_a_failed_import_gets_by_without_what_lacks_it() {
    holds(
        "
--- .venv/pyvenv.cfg
--- shop/__init__.py
--- shop/a_first.py
try:
    from shop import ready
except ImportError: pass
from shop import base
--- shop/base.py
from shop.keys import sign
class Base: pass
--- shop/keys.py
import cryptography
from cryptography.x509 import sign
--- shop/ready.py
try:
    from shop.base import Base
except ImportError:
    Base = object
class Ready(Base): pass
--- shop/z_last.py
try:
    from shop import keys
except ImportError:
    class Plain: pass
",
        &[(".", &["shop.ready", "shop.z_last"])],
        &expect![[r#"
            shop.base:Base builtins:object (exact)
            shop.ready:Ready builtins:object (exact)
            shop.z_last:Plain builtins:object (exact)
        "#]],
    );
}

#[test]
fn packages_that_setuptools_joins_are_one() {
    // `pkg_resources` is not part of CPython: it is asked with one that does as that does.
    holds(
        "
--- one/setup.py
--- one/zed/__init__.py
__import__('pkg_resources').declare_namespace(__name__)
--- one/zed/alpha.py
class Alpha: pass
--- two/setup.py
--- two/zed/__init__.py
try:
    __import__('pkg_resources').declare_namespace(__name__)
except ImportError:
    from pkgutil import extend_path
    __path__ = extend_path(__path__, __name__)
--- two/zed/beta.py
from zed.alpha import Alpha
class Beta(Alpha): pass
--- .venv/pyvenv.cfg
--- .venv/lib/python3.11/site-packages/pkg_resources.py
import pkgutil, sys
def declare_namespace(name):
    module = sys.modules[name]
    module.__path__ = pkgutil.extend_path(module.__path__, name)
",
        &[(
            "one:two:.venv/lib/python3.11/site-packages",
            &["zed.alpha", "zed.beta"],
        )],
        &expect![[r#"
            zed.alpha:Alpha builtins:object (exact)
            zed.beta:Beta zed.alpha:Alpha builtins:object (exact)
        "#]],
    );
}

#[test]
fn what_is_called_like_the_standard_library_in_a_folder_of_tests_is_no_part_of_it() {
    holds(
        "
--- setup.py
--- shop/__init__.py
import io, json
class Till(io.StringIO): pass
class Coder(json.JSONEncoder): pass
--- testing/helpers.py
class Helper: pass
--- testing/io/__init__.py
class Wrong: pass
--- testing/io/test_till.py
from shop import Till
class TestTill(Till): pass
--- testing/json/__init__.py
class Wrong: pass
--- testing/test_all.py
from helpers import Helper
class TestAll(Helper): pass
",
        &[
            (
                ".",
                &["shop", "testing.io", "testing.io.test_till", "testing.json"],
            ),
            ("testing", &["helpers", "test_all"]),
        ],
        &expect![[r#"
            helpers:Helper builtins:object (exact)
            shop:Till _io:StringIO _io:_TextIOBase _io:_IOBase builtins:object (exact)
            shop:Coder json.encoder:JSONEncoder builtins:object (exact)
            test_all:TestAll helpers:Helper builtins:object (exact)
            testing.io:Wrong builtins:object (exact)
            testing.io.test_till:TestTill shop:Till _io:StringIO _io:_TextIOBase _io:_IOBase builtins:object (exact)
            testing.json:Wrong builtins:object (exact)
        "#]],
    );
}

#[test]
fn a_folder_that_only_bears_a_name_is_no_package_of_that_name() {
    let files = "
--- src/shop/__init__.py
--- src/shop/models.py
from pydantic import BaseModel
class Order(BaseModel): pass
--- examples/pydantic/tasks.py
from pydantic import BaseModel
class Task(BaseModel): pass
--- collections/direct.py
from collections import OrderedDict
class Direct(OrderedDict): pass
";
    let sandbox = Sandbox::new(files);
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(11));
    let mut all = String::new();
    for class in analysis.project_classes() {
        let why = match class.outcome() {
            Outcome::Unknown { because, .. } => because[0].why.say(),
            _ => said_standing(class),
        };
        let _ = writeln!(all, "{} {why}", class.path());
    }
    expect![[r#"
        collections.direct:Direct exact
        examples.pydantic.tasks:Task `pydantic` is not installed in the environment that was searched
        shop.models:Order `pydantic` is not installed in the environment that was searched
    "#]].assert_eq(&all);
    nothing_is_lost(&sandbox, files, &analysis);
}

#[test]
fn a_folder_that_links_lead_to_counts_once() {
    let files = "
--- shop/__init__.py
class Shop: pass
--- shop/till.py
class Till: pass
";
    let sandbox = Sandbox::new(files);
    std::os::unix::fs::symlink(sandbox.path("shop"), sandbox.path("again"))
        .expect("links can be made");
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(11));
    let mut all = String::new();
    for class in analysis.project_classes() {
        let _ = writeln!(all, "{}", class.path());
    }
    expect![[r#"
        shop:Shop
        shop.till:Till
    "#]]
    .assert_eq(&all);
    nothing_is_lost(&sandbox, files, &analysis);
}

#[test]
fn a_class_statement_to_which_no_call_of_its_function_comes_is_told() {
    let sandbox = Sandbox::new(
        "\
--- schemas.py
def schema(base=None):
    if base is not None:
        class Derived(base): pass
    else:
        class Plain: pass
        Derived = Plain
    class Below(Derived): pass
    return Below
schema()
def by_name(name):
    if name == 'a':
        class A: pass
        return A
    for each in range(2):
        class B: pass
    return B
class Holds:
    b = by_name('b')
",
    );
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(13));
    let told: Vec<String> = analysis
        .project_classes()
        .map(|class| {
            let is_known = matches!(class.outcome(), Outcome::Created(_));
            let how = if is_known { "known" } else { "unknown" };
            format!("{} {how}", class.path().qualname)
        })
        .collect();
    // What a call has come to is told once, as that call makes it.
    expect![[r#"
        schema.<locals>.Plain known
        schema.<locals>.Below known
        by_name.<locals>.B known
        by_name.<locals>.B known
        Holds known
        schema.<locals>.Derived unknown
        by_name.<locals>.A known"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn a_part_of_a_package_that_is_not_built_is_no_fault_of_the_class_that_needs_it() {
    let sandbox = Sandbox::new(
        "\
--- fast/__init__.py
--- fast/_speedups.c
void nothing(void);
--- fast/late.py
import fast._speedups
def helper(): return 1
--- fast/models.py
def make():
    try:
        from .late import helper
    except TypeError:
        return 0
    return helper()
class Model:
    speed = make()
class Below(Model): pass
class Meta(type):
    def __new__(mcs, name, bases, names):
        return super().__new__(mcs, name, bases, {**names, 'speed': make()})
class Made(metaclass=Meta): pass
",
    );
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(13));
    let told: Vec<String> = analysis
        .project_classes()
        .map(|class| match class.outcome() {
            Outcome::Raises(raised) => format!("{} raises {}", class.name(), raised.kind),
            Outcome::Created(_) => format!("{} is made", class.name()),
            Outcome::Unknown { .. } => format!("{} is unknown", class.name()),
        })
        .collect();
    expect![[r#"
        Model is made
        Below is made
        Meta is made
        Made is made"#]]
    .assert_eq(&told.join("\n"));
}
