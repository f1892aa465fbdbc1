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
