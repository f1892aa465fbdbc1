//! Tables that programs register by: followed to their end, and where that is too much for us the registry says so; in small projects.

use expect_test::expect;

use crate::frameworks::{FLASK, registry};
use crate::hosts::PLUGGY;
use crate::registering::PYTEST;

/// A table of classes, as long as it is: each of them comes to stand in the registry of its base, and running the program finds all 400.
#[test]
fn a_long_table_of_classes_is_followed_to_its_end() {
    let rows = |many: usize| {
        let names = (0..many).map(|it| format!("    ('Fn{it:03}', 'text of {it}'),\n"));
        let files = format!(
            "\
--- repo/shop/__init__.py
--- repo/shop/functions.py
from shop.table import TABLE
REGISTRY = {{}}
class Function:
    def __init_subclass__(cls):
        cls.label = ' '.join(part.strip().lower() for part in cls.doc.split(','))
        REGISTRY[cls.__name__.lower()] = cls
        super().__init_subclass__()
def _create():
    for name, doc in TABLE:
        globals()[name] = type(name, (Function,), {{'doc': doc}})
_create()
--- repo/shop/table.py
TABLE = [
{}]
",
            names.collect::<String>()
        );
        let shown = registry(&files, "shop.functions:REGISTRY");
        let has_last = shown.contains(&format!("fn{:03}", many - 1));
        let heads = shown.lines().filter(|it| it.contains("plugins"));
        format!(
            "{}, the last one: {has_last}",
            heads.map(str::trim).collect::<String>()
        )
    };
    expect!["400 plugins  key: __name__.lower()  shop/functions.py:2, the last one: true"]
        .assert_eq(&rows(400));
}

/// Running it puts 100,000 functions there, which is more than is gone through.
#[test]
fn a_registry_says_that_what_fills_it_was_not_followed_to_its_end() {
    let shown = registry(
        "\
--- repo/shop/__init__.py
--- repo/shop/grid.py
CELLS = {}
def cell(): ...
def _fill():
    for row in range(100):
        for column in range(1000):
            CELLS[row, column] = cell
_fill()
",
        "shop.grid:CELLS",
    );
    let doubts: Vec<&str> = shown.lines().filter(|it| it.contains("granted")).collect();
    expect!["? there may be more: taken for granted: `_fill` leaves what it is handed as it was"]
        .assert_eq(&doubts.join("\n"));
}

/// What `jinja_env.filters` has when it runs: the two of the dict that a decorator fills, too.
#[test]
fn a_mapping_that_decorators_fill_is_taken_over_whole() {
    let files = format!(
        "{FLASK}--- repo/app.py
from flask import Flask
class Registry(dict):
    def register(self, name=None):
        def add(thing):
            self[name or thing.__name__] = thing
            return thing
        return add
registry = Registry()
@registry.register()
def knots(kmh): ...
@registry.register('euros')
def price(cents): ...
app = Flask(__name__)
app.jinja_env.filters.update(registry)
"
    );
    expect![[r#"
        Flask template filters  Flask

        2 plugins  key: name

            key    leads to  distribution  place
            knots  knots     yours         app.py:14  app.jinja_env.filters.update(registry)
            euros  price     yours         app.py:14  app.jinja_env.filters.update(registry)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Flask template filters"));
}

/// `click.command(cls=Aliased)` with a class of groups makes a group, and `Group.command("close")(open_.callback)` another command of the same
/// function (`ctl.commands` has all three).
#[test]
fn a_command_of_a_class_of_groups_is_a_group() {
    let files = format!(
        "{FLASK}--- repo/ctl.py
import click
class Aliased(click.Group): ...
@click.command(cls=Aliased)
def ctl(): ...
@ctl.command()
def status(): ...
@ctl.command('open')
def open_(): ...
ctl.command('close')(open_.callback)
"
    );
    expect![[r#"
        click groups' commands  click

        3 plugins  key: name

            key     leads to  distribution  place
            status  status    yours         ctl.py:5  @ctl.command()
            open    open_     yours         ctl.py:7  @ctl.command('open')
            close   open_     yours         ctl.py:9  @ctl.command('close')(open_.callback)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "click groups' commands"));
}

/// `manager.hook` has `start` alone: `reduced` is handed to nobody, `bake` is of another project; `close` is never called.
#[test]
fn a_specification_counts_where_it_is_handed_over_and_a_marker_for_its_own_project() {
    let files = format!(
        "{PLUGGY}--- repo/host.py
import pluggy
spec = pluggy.HookspecMarker('kiln')
impl = pluggy.HookimplMarker('kiln')
other = pluggy.HookimplMarker('oven')
class Specs:
    @spec
    def start(self): ...
class Plugin:
    @spec
    def reduced(self): ...
    @impl
    def start(self): ...
    @other
    def bake(self): ...
pm = pluggy.PluginManager('kiln')
pm.add_hookspecs(Specs)
pm.register(Plugin(), 'plugin')
def close(held):
    while held:
        pm.unregister(held.pop())
"
    );
    expect![[r#"
        pluggy specifications  pluggy

        2 plugins  key: hook
          ? 1  counts where it is handed to `add_hookspecs`

            key      leads to        distribution  place
            start    Specs.start     yours         host.py:6  @spec
          ? reduced  Plugin.reduced  yours         host.py:9  counts where it is handed to `add_hookspecs`  @spec
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy specifications"));
    expect![[r#"
        pluggy implementations  pluggy

        2 plugins  key: hook
          ? 1  marks for the project `oven`, of which no manager is seen

            key    leads to      distribution  place
            start  Plugin.start  yours         host.py:11  @impl
          ? bake   Plugin.bake   yours         host.py:13  marks for the project `oven`, of which no manager is seen  @other
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy implementations"));
    expect![[r#"
        pluggy plugins  pluggy

        1 plugin  key: name

            key     leads to  distribution  place
            plugin  Plugin()  yours         host.py:17  pm.register(Plugin(), 'plugin')
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pluggy plugins"));
}

/// `pytest --fixtures` and `--trace-config` name neither the `conftest.py` of `tests/e2e` nor its fixture; that of `tests/test_tools` is there, as folders
/// whose name begins so are read where one begins.
#[test]
fn folders_that_settings_leave_out_are_not_gone_into() {
    let files = format!(
        "{PYTEST}--- repo/pytest.ini
[pytest]
testpaths = tests
norecursedirs = e2e test_*
--- repo/tests/__init__.py
--- repo/tests/test_a.py
def test_a(): ...
--- repo/tests/e2e/__init__.py
--- repo/tests/e2e/conftest.py
import pytest
@pytest.fixture
def browser(): ...
--- repo/tests/test_tools/__init__.py
--- repo/tests/test_tools/conftest.py
import pytest
@pytest.fixture
def hammer(): ...
"
    );
    expect![[r#"
        pytest fixtures  pytest

        2 plugins  key: name
          · 1  in a folder that `norecursedirs` leaves out

            key      leads to  distribution  place
          · browser  browser   yours         tests/e2e/conftest.py:2         in a folder that `norecursedirs` leaves out  @pytest.fixture
            hammer   hammer    yours         tests/test_tools/conftest.py:2  @pytest.fixture
        exit 1
    "#]].assert_eq(&registry(&files, "pytest fixtures"));
    expect![[r#"
        pytest plugins  pytest

        2 plugins  key: name
          · 1  in a folder that `norecursedirs` leaves out

            key                        leads to                   distribution  place
          · tests.e2e.conftest         tests.e2e.conftest         yours         tests/e2e/conftest.py:1         in a folder that `norecursedirs` leaves out  conftest
            tests.test_tools.conftest  tests.test_tools.conftest  yours         tests/test_tools/conftest.py:1  conftest
        exit 1
    "#]].assert_eq(&registry(&files, "pytest plugins"));
}

/// What `compiles` keeps in `_compiler_dispatcher.specs` of each class, a library's own included: the module is imported. One that has none for
/// all others has what the construct had before, and a class that the run alone makes is found by its name.
#[test]
fn compilers_of_the_project_and_of_libraries_are_listed_for_each_dialect() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/ext/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/ext/compiler.py
def compiles(class_, *specs):
    def decorate(fn):
        return fn
    return decorate
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/sql.py
class ClauseElement:
    def _compiler_dispatch(self): ...
--- repo/.venv/lib/python3.12/site-packages/geo/__init__.py
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ClauseElement
class Area(ClauseElement): ...
for name in ['Length']:
    globals()[name] = type(name, (ClauseElement,), {})
@compiles(Area)
@compiles(Area, 'sqlite', 'mysql')
def area(element, compiler, **kw): ...
--- repo/.venv/lib/python3.12/site-packages/geo-1.0.dist-info/METADATA
Name: geo
--- repo/.venv/lib/python3.12/site-packages/geo-1.0.dist-info/RECORD
geo/__init__.py,,
--- repo/shop/__init__.py
from sqlalchemy.ext.compiler import compiles
import geo
from geo import Area
from sqlalchemy.sql import ClauseElement
class Median(ClauseElement): ...
def as_average(element, compiler, **kw): ...
for dialect in ('sqlite', 'mysql'):
    compiles(Median, dialect)(as_average)
for name in ['Length']:
    compiles(getattr(geo, name), 'sqlite')(as_average)
--- repo/shop/main.py
import shop
";
    expect![[r#"
        SQLAlchemy compilers  SQLAlchemy

        8 plugins  key: construct and dialect

            key             leads to                                                     distribution  place
            Area default    area                                                         geo           geo/__init__.py:6    @compiles(Area)
            Area sqlite     area                                                         geo           geo/__init__.py:7    @compiles(Area, 'sqlite', 'mysql')
            Area mysql      area                                                         geo           geo/__init__.py:7    @compiles(Area, 'sqlite', 'mysql')
            Median default  compiles.<locals>.decorate.<locals>._wrap_existing_dispatch  yours         shop/__init__.py:8   @compiles(Median, dialect)(as_average)
            Median sqlite   as_average                                                   yours         shop/__init__.py:8   @compiles(Median, dialect)(as_average)
            Median mysql    as_average                                                   yours         shop/__init__.py:8   @compiles(Median, dialect)(as_average)
            Length default  compiles.<locals>.decorate.<locals>._wrap_existing_dispatch  yours         shop/__init__.py:10  @compiles(getattr(geo, name), 'sqlite')(as_average)
            Length sqlite   as_average                                                   yours         shop/__init__.py:10  @compiles(getattr(geo, name), 'sqlite')(as_average)
        exit 0
    "#]].assert_eq(&registry(files, "SQLAlchemy compilers"));
}

/// `dir(plugin)` has both names of the function that `impl` marks, and what `kiln_plugin` imports is its own: all are called by `manager.hook`.
#[test]
fn what_is_marked_by_a_call_or_imported_by_a_plugin_counts() {
    let files = format!(
        "{PLUGGY}--- repo/kiln_plugin.py
from kiln_impl import estimate
--- repo/kiln_impl.py
import pluggy
impl = pluggy.HookimplMarker('kiln')
@impl
def estimate(schedule): ...
--- repo/host.py
import pluggy
import kiln_plugin
impl = pluggy.HookimplMarker('kiln')
class Mirror:
    def _noop(schedule): ...
    created = impl(_noop)
pm = pluggy.PluginManager('kiln')
pm.register(kiln_plugin)
pm.register(Mirror)
"
    );
    expect![[r#"
        pluggy implementations  pluggy

        3 plugins  key: hook

            key       leads to      distribution  place
            estimate  estimate      yours         kiln_impl.py:3  @impl
            created   Mirror._noop  yours         host.py:6       @impl(_noop)
            _noop     Mirror._noop  yours         host.py:6       @impl(_noop)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pluggy implementations"));
}

/// With pytest 8.4.0 `pytest_report_header` is there, and `pytest_configure` is not; nor is `pytest_unconfigure`, as 8 is no less than 8.
#[test]
fn versions_that_are_split_into_numbers_decide() {
    let files = format!(
        "{PYTEST}--- repo/.venv/lib/python3.12/site-packages/pytest-8.4.0.dist-info/METADATA
Name: pytest
Version: 8.4.0
--- repo/conftest.py
import pytest
if tuple(map(int, pytest.__version__.split('.')[:2])) < (4, 6):
    def pytest_configure(config): ...
else:
    def pytest_report_header(config): ...
if tuple(int(part) for part in pytest.__version__.split('.')) < (8,):
    def pytest_unconfigure(config): ...
"
    );
    expect![[r#"
        pytest hooks  pytest

        1 plugin  key: hook

            key                   leads to              distribution  place
            pytest_report_header  pytest_report_header  yours         conftest.py:5  conftest
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pytest hooks"));
}

/// What a decorator does on its way counts, what functions in it do, and what a lambda does that it returns: `sqlalchemy.event` has all three
/// listeners of SQLAlchemy 2.0, and `contains` alone does not put one in doubt.
#[test]
fn what_decorators_with_arguments_do_counts() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/event.py
def listen(target, identifier, fn): ...
def contains(target, identifier, fn): ...
--- repo/audit.py
from sqlalchemy import event
class Session: ...
class Observer:
    def __init__(self):
        self.listeners = [(Session, 'before_flush', self.flushed), (Session, 'after_commit', self.committed)]
    def register(self):
        for given in self.listeners:
            if not event.contains(*given):
                event.listen(*given)
    def flushed(self, session): ...
    def committed(self, session): ...
observer = Observer()
def observes(*paths, **options):
    by = options.pop('observer', observer)
    by.register()
    def wrap(function):
        return function
    return wrap
def saved(target): ...
def register(model=None, only=None):
    def register(model):
        event.listen(model, 'after_insert', saved)
        return model
    if model is None:
        return lambda model: register(model)
    return register(model)
--- repo/shop.py
from audit import observes, register
@register(only=['name'])
class Item: ...
@observes('name')
def slug(item): ...
--- repo/main.py
import shop
";
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        3 plugins  key: event and target

            key                   leads to            distribution  place
            after_insert Item     saved               yours         shop.py:2  event.listen(model, 'after_insert', saved)
            before_flush Session  Observer.flushed    yours         shop.py:4  event.listen(*given)
            after_commit Session  Observer.committed  yours         shop.py:4  event.listen(*given)
        exit 0
    "#]].assert_eq(&registry(files, "SQLAlchemy events"));
}
