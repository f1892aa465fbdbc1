//! Environment variables that the programs of a project set. Every CPython starts the program, which tells what classes it has.

use std::fmt::Write as _;

use expect_test::expect;
use mroscope::semantics::Standing;
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::witness::analysis_of;

const FILES: &str = "
--- manage.py
import os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
def main():
    os.environ.setdefault('SHOP_SETTINGS', 'shop.settings')
    os.environ.setdefault('SHOP_SPEED', 'fast')
    from shop import models
    for name, value in vars(models).items():
        if isinstance(value, type):
            print(name, *[it.__name__ for it in value.__mro__])
if __name__ == '__main__':
    main()
--- shop/wsgi.py
import os
os.environ.setdefault('SHOP_SETTINGS', 'shop.production')
--- tools/manage.py
import os
os.environ.setdefault('SHOP_SETTINGS', 'shop.production')
--- shop/__init__.py
--- shop/settings.py
BASE = 'int'
--- shop/production.py
BASE = 'str'
--- shop/conf.py
import importlib, os
class Lazy:
    held = None
    def __getattribute__(self, name):
        value = super().__getattribute__(name)
        if not getattr(value, '_hidden', True):
            raise AttributeError
        return value
    def __getattr__(self, name):
        if self.held is None:
            named = os.environ.get('SHOP_SETTINGS')
            if not named:
                raise ValueError('SHOP_SETTINGS is not set')
            self.held = importlib.import_module(named)
        value = getattr(self.held, name)
        self.__dict__[name] = value
        return value
settings = Lazy()
--- shop/models.py
import os
from shop.conf import settings as held
class A(int if held.BASE == 'int' else str): pass
class B(int if held.BASE == 'int' else str): pass
class C(dict if os.environ['SHOP_SETTINGS'] == 'shop.settings' else list): pass
class E(int if not hasattr(held.__dict__, '_hidden') else str): pass
";

#[test]
fn a_variable_that_names_a_module_of_the_project_holds_what_the_nearest_program_sets() {
    let sandbox = Sandbox::new(FILES);
    let said = |version| {
        let analysis = analysis_of(&sandbox.root(), version);
        let classes = analysis.project_classes();
        let classes = classes.filter(|it| it.path().module == "shop.models");
        let told = classes.map(|class| {
            let mro = class.mro().unwrap_or_default();
            let mro: Vec<String> = mro.iter().map(|it| it.name().to_owned()).collect();
            let rests_on = match class.standing() {
                Standing::Assumed(all) => all.iter().map(|it| it.what.clone()).collect(),
                Standing::Exact => vec![],
            };
            (format!("{} {}", class.name(), mro.join(" ")), rests_on)
        });
        told.collect::<Vec<(String, Vec<String>)>>()
    };
    for interpreter in interpreters() {
        let output = interpreter
            .command()
            .arg(sandbox.root().join("manage.py"))
            .output()
            .expect("a CPython that was found can be started");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let theirs: Vec<&str> = text.lines().collect();
        let ours = said(interpreter.version);
        let ours: Vec<&str> = ours.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(ours, theirs, "CPython {}", interpreter.full_version);
    }
    let mut all = String::new();
    for (class, rests_on) in said(PythonVersion::three(11)) {
        let _ = writeln!(all, "{class}: {}", rests_on.join("; "));
    }
    expect![[r#"
        A A int object: `SHOP_SETTINGS` is `shop.settings`, as `manage.py` sets it
        B B int object: `SHOP_SETTINGS` is `shop.settings`, as `manage.py` sets it
        C C dict object: `SHOP_SETTINGS` is `shop.settings`, as `manage.py` sets it
        E E int object: `SHOP_SETTINGS` is `shop.settings`, as `manage.py` sets it
    "#]]
    .assert_eq(&all);
}

/// What module of settings a project reads, as who starts it sets the variable; on what that rests.
fn read_by(files: &str) -> String {
    let sandbox = Sandbox::new(&format!(
        "{files}
--- shop/__init__.py
--- shop/dev.py
BASE = 'int'
--- shop/test.py
BASE = 'str'
--- shop/models.py
import importlib, os
named = os.environ.get('DJANGO_SETTINGS_MODULE')
class A(int if named and importlib.import_module(named).BASE == 'int' else str): pass
"
    ));
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(11));
    let mut classes = analysis.project_classes();
    let class = classes.find(|it| it.name() == "A").expect("it is there");
    match class.standing() {
        Standing::Assumed(all) => all.iter().map(|it| it.what.clone()).collect(),
        Standing::Exact => String::from("nothing sets it"),
    }
}

#[test]
fn what_starts_the_tests_of_a_project_sets_a_variable_where_no_program_does() {
    let is = |files: &str, said: &str| assert_eq!(read_by(files), said, "{files}");
    let dev = |by: &str| format!("`DJANGO_SETTINGS_MODULE` is `shop.dev`, as `{by}` sets it");
    let test = |by: &str| format!("`DJANGO_SETTINGS_MODULE` is `shop.test`, as `{by}` sets it");
    is("", "nothing sets it");
    // `pytest_django.plugin.pytest_load_initial_conftests`
    is(
        "--- pytest.ini\n[pytest]\nDJANGO_SETTINGS_MODULE = shop.test",
        &test("pytest.ini"),
    );
    is(
        "--- setup.cfg\n[tool:pytest]\naddopts = -ra --ds=shop.dev\nDJANGO_SETTINGS_MODULE = shop.test",
        &dev("setup.cfg"),
    );
    is(
        "--- pyproject.toml\n[tool.pytest.ini_options]\naddopts = [\"-ra\", \"--ds\", \"shop.test\"]",
        &test("pyproject.toml"),
    );
    is(
        "--- tox.ini\n[testenv]\nsetenv =\n    PYTHONHASHSEED = 0\n    DJANGO_SETTINGS_MODULE=shop.test",
        &test("tox.ini"),
    );
    // A program of the project that is started by hand goes first, one that others start comes behind.
    let manage =
        "--- manage.py\nimport os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.dev')\n";
    let ini = "--- pytest.ini\n[pytest]\nDJANGO_SETTINGS_MODULE = shop.test\n";
    let wsgi = "--- shop/wsgi.py\nimport os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'shop.dev'\n";
    is(&format!("{manage}{ini}"), &dev("manage.py"));
    is(&format!("{wsgi}{ini}"), &test("pytest.ini"));
    is(wsgi, &dev("shop/wsgi.py"));
    // What is computed is taken as far as it is written out.
    is(
        "--- manage.py\nimport os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', os.environ.get('SHOP', 'shop.dev'))",
        &dev("manage.py"),
    );
    is(
        "--- manage.py\nimport os\nmodule = 'shop.dev'\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', module)",
        &dev("manage.py"),
    );
    is(
        "--- manage.py\nimport os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.' + sys.argv[1])",
        "nothing sets it",
    );
    let both = "--- manage.py\nimport os, sys\nif 'test' in sys.argv:\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.test')\nelse:\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.dev')\n";
    is(both, "nothing sets it");
    is(&format!("{both}{ini}"), &test("pytest.ini"));
}
