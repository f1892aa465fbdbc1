//! What classes have that is registered with them, and registries that a line of data alone describes: domains, marks, markers, validators, signals.

use expect_test::expect;

use crate::frameworks::{SPHINX, registry};

/// `sphinx.domains.Domain`, and what `sphinx.registry.SphinxComponentRegistry` keeps of a domain's class.
#[test]
fn what_the_class_of_a_domain_has_is_registered_with_it() {
    let files = format!(
        "{}--- repo/ext.py
from sphinx.domains import Domain, Index
from sphinx.roles import XRefRole
class Recipe: ...
class Base: ...
class ByName(Index):
    name = 'byname'
COMMON = {{'base': Base}}
class Plain(Domain):
    name = 'plain'
    roles = {{}}
class Recipes(Plain):
    name = 'recipe'
    directives = {{'recipe': Recipe, **COMMON}}
    roles = {{'ref': XRefRole(), 'short': XRefRole(lowercase=True)}}
    indices = [ByName]
class Unused(Domain):
    name = 'unused'
    directives = {{'unused': Recipe}}
def setup(app):
    app.add_domain(Recipes)
    app.add_domain(Plain)
    app.add_event('recipe-found')
--- repo/.venv/lib/python3.12/site-packages/sphinx/roles.py
class XRefRole:
    def __init__(self, lowercase=False): ...
--- repo/.venv/lib/python3.12/site-packages/sphinx/domains.py
class Index: ...
class Domain:
    name = ''
    directives = {{}}
    roles = {{}}
    indices = []
",
        SPHINX.replace(
            "    def connect(self, event, callback): ...\n",
            "\
    def add_domain(self, domain, override=False): ...
    def add_event(self, name): ...
"
        )
    );
    expect![[r#"
        Sphinx directives  Sphinx

        2 plugins  key: name

            key            leads to  distribution  place
            recipe:recipe  Recipe    yours         ext.py:20  app.add_domain(Recipes)
            recipe:base    Base      yours         ext.py:20  app.add_domain(Recipes)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Sphinx directives"));
    expect![[r#"
        Sphinx roles  Sphinx

        2 plugins  key: name

            key           leads to                  distribution  place
            recipe:ref    XRefRole()                yours         ext.py:20  app.add_domain(Recipes)
            recipe:short  XRefRole(lowercase=True)  yours         ext.py:20  app.add_domain(Recipes)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Sphinx roles"));
    expect![[r#"
        Sphinx indices  Sphinx

        1 plugin  key: domain:name

            key            leads to  distribution  place
            recipe:byname  ByName    yours         ext.py:20  app.add_domain(Recipes)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Sphinx indices"));
    expect![[r#"
        Sphinx events of extensions  Sphinx

        1 plugin  key: event

            key           leads to        distribution  place
            recipe-found  'recipe-found'  yours         ext.py:22  app.add_event('recipe-found')
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Sphinx events of extensions"));
}

/// pluggy 1.5 to 1.7: `getattr(plugin, name)` gives the function, and the mark is on what was around it.
#[test]
fn a_mark_on_a_static_method_is_lost() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/pluggy/__init__.py
from ._hooks import HookimplMarker
from ._manager import PluginManager
--- repo/.venv/lib/python3.12/site-packages/pluggy/_hooks.py
class HookimplMarker:
    def __init__(self, project_name): ...
    def __call__(self, function=None, specname=None): ...
--- repo/.venv/lib/python3.12/site-packages/pluggy/_manager.py
class PluginManager:
    def __init__(self, project_name): ...
    def register(self, plugin, name=None): ...
--- repo/app.py
from pluggy import HookimplMarker, PluginManager
hookimpl = HookimplMarker('shop')
class Feeds:
    @hookimpl
    @staticmethod
    def options(parser): ...
    @staticmethod
    @hookimpl
    def commands(parser): ...
    @hookimpl(specname='start')
    @classmethod
    def begin(cls): ...
    @hookimpl
    def end(self): ...
manager = PluginManager('shop')
manager.register(Feeds())
";
    expect![[r#"
        pluggy implementations  pluggy

        2 plugins  key: hook

            key       leads to        distribution  place
            commands  Feeds.commands  yours         app.py:8   @hookimpl
            end       Feeds.end       yours         app.py:13  @hookimpl
        exit 0
    "#]]
    .assert_eq(&registry(files, "pluggy implementations"));
}

/// `pytest --markers` of the same project.
#[test]
fn markers_of_settings_and_of_plugins_are_registered() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/pytest/__init__.py
--- repo/.venv/lib/python3.12/site-packages/_pytest/__init__.py
--- repo/.venv/lib/python3.12/site-packages/_pytest/config/__init__.py
class Config:
    def addinivalue_line(self, name, line): ...
--- repo/pytest.ini
[pytest]
markers =
    slow: takes long
    ledger(name): needs a ledger
--- repo/conftest.py
def pytest_configure(config):
    config.addinivalue_line('markers', 'currency(code): in one currency')
    config.addinivalue_line('filterwarnings', 'error')
    for name in ('first', 'last'):
        config.addinivalue_line('markers', f'{name}: runs so')
";
    expect![[r#"
        pytest markers  pytest

        5 plugins  key: name

            key       leads to                           distribution  place
            slow      slow: takes long                   yours         pytest.ini     markers
            ledger    ledger(name): needs a ledger       yours         pytest.ini     markers
            currency  'currency(code): in one currency'  yours         conftest.py:2  config.addinivalue_line('marke…', 'currency(code): in one c…
            first     f'{name}: runs so'                 yours         conftest.py:5  config.addinivalue_line('markers', f'{name}: runs so')
            last      f'{name}: runs so'                 yours         conftest.py:5  config.addinivalue_line('markers', f'{name}: runs so')
        exit 0
    "#]].assert_eq(&registry(files, "pytest markers"));
}

/// SQLAlchemy 2.1 and blinker 1.9: `inspect(Person).validators`, `all_orm_descriptors` and `signal.receivers` of the same program.
#[test]
fn validators_hybrids_and_receivers_of_signals_are_registered() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/orm/__init__.py
from .mapper import validates
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/orm/mapper.py
def validates(*names, include_removes=False): ...
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/ext/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/ext/hybrid.py
class hybrid_property:
    def __init__(self, fget): ...
    def setter(self, fset): ...
--- repo/.venv/lib/python3.12/site-packages/blinker/__init__.py
from .base import Namespace
--- repo/.venv/lib/python3.12/site-packages/blinker/base.py
class Signal:
    def __init__(self): ...
    def connect(self, receiver, sender=None, weak=True):
        return receiver
    def connect_via(self, sender, weak=False):
        def decorator(fn):
            self.connect(fn, sender, weak)
            return fn
        return decorator
    def disconnect(self, receiver, sender=None): ...
class NamedSignal(Signal):
    def __init__(self, name):
        super().__init__()
        self.name = name
class Namespace(dict):
    def signal(self, name):
        if name not in self:
            self[name] = NamedSignal(name)
        return self[name]
--- repo/app.py
from blinker import Namespace
from sqlalchemy.orm import validates
from sqlalchemy.ext.hybrid import hybrid_property
class Person:
    @validates('email', 'name')
    def check(self, key, value): ...
    @hybrid_property
    def initial(self): ...
    @initial.setter
    def _initial(self, value): ...
signals = Namespace()
frost = signals.signal('frost-warning')
@frost.connect
def cover(sender): ...
@frost.connect_via('north')
def heat(sender): ...
def gone(sender): ...
def main():
    signals.signal('rain').connect(cover)
    frost.connect(gone)
    frost.disconnect(gone)
main()
";
    expect![[r#"
        SQLAlchemy validators  SQLAlchemy

        2 plugins  key: attribute

            key    leads to      distribution  place
            email  Person.check  yours         app.py:5  @validates('email', 'name')
            name   Person.check  yours         app.py:5  @validates('email', 'name')
        exit 0
    "#]]
    .assert_eq(&registry(files, "SQLAlchemy validators"));
    expect![[r#"
        SQLAlchemy hybrid attributes  SQLAlchemy

        1 plugin  key: name

            key      leads to        distribution  place
            initial  Person.initial  yours         app.py:7  @hybrid_property
        exit 0
    "#]]
    .assert_eq(&registry(files, "SQLAlchemy hybrid attributes"));
    expect![[r#"
        signal receivers  blinker

        3 plugins  key: signal

            key            leads to  distribution  place
            frost-warning  cover     yours         app.py:14  frost.connect
            frost-warning  heat      yours         app.py:16  frost.connect_via('north')
            rain           cover     yours         app.py:19  signals.signal('rain').connect(cover)
        exit 0
    "#]]
    .assert_eq(&registry(files, "signal receivers"));
}
