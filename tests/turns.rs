//! What programs begin with, which names are refused, and who is called before whom; in small projects.

use expect_test::expect;

use crate::apps::DJANGO;
use crate::frameworks::{SPHINX, registry};
use crate::hosts::PLUGGY;

/// As much of pytest 9 as decides in which order its own objects are registered.
const PYTEST: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/pytest/__init__.py
from _pytest.config import Config, PytestPluginManager, hookimpl
from _pytest.fixtures import fixture
--- repo/.venv/lib/python3.12/site-packages/_pytest/__init__.py
--- repo/.venv/lib/python3.12/site-packages/_pytest/hookspec.py
def pytest_configure(config): ...
def pytest_unconfigure(config): ...
--- repo/.venv/lib/python3.12/site-packages/_pytest/config.py
import _pytest.hookspec
from pluggy import HookimplMarker, PluginManager
hookimpl = HookimplMarker('pytest')
default_plugins = ('fixtures', 'terminal', 'cacheprovider', 'stepwise', 'logging')
class PytestPluginManager(PluginManager):
    def __init__(self):
        super().__init__('pytest')
        self.register(self)
        self.add_hookspecs(_pytest.hookspec)
    def pytest_unconfigure(self): ...
class Config:
    pluginmanager: PytestPluginManager
    def __init__(self, pluginmanager: PytestPluginManager):
        self.pluginmanager = pluginmanager
        self.pluginmanager.register(self, 'pytestconfig')
    def pytest_unconfigure(self): ...
--- repo/.venv/lib/python3.12/site-packages/_pytest/nodes.py
class Node:
    def __init__(self, config):
        self.config = config
--- repo/.venv/lib/python3.12/site-packages/_pytest/main.py
from _pytest import nodes
from _pytest.config import hookimpl
class Session(nodes.Node):
    def __init__(self, config):
        super().__init__(config)
        self.config.pluginmanager.register(self, name='session')
    @hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self): ...
    def pytest_unconfigure(self): ...
--- repo/.venv/lib/python3.12/site-packages/_pytest/fixtures.py
from _pytest.main import Session
def fixture(function=None, *, scope='function', name=None): ...
class FixtureManager:
    def __init__(self, session: Session):
        session.config.pluginmanager.register(self, 'funcmanage')
    def pytest_unconfigure(self): ...
def pytest_sessionstart(session):
    session._fixturemanager = FixtureManager(session)
--- repo/.venv/lib/python3.12/site-packages/_pytest/terminal.py
from _pytest.config import hookimpl
class TerminalReporter:
    def pytest_runtest_logreport(self): ...
    def pytest_unconfigure(self): ...
def pytest_configure(config):
    config.pluginmanager.register(TerminalReporter(), 'terminalreporter')
--- repo/.venv/lib/python3.12/site-packages/_pytest/cacheprovider.py
from _pytest.config import hookimpl
class LFPlugin:
    def pytest_runtest_logreport(self): ...
@hookimpl(tryfirst=True)
def pytest_configure(config):
    config.pluginmanager.register(LFPlugin(), 'lfplugin')
--- repo/.venv/lib/python3.12/site-packages/_pytest/stepwise.py
def pytest_unconfigure(config): ...
--- repo/.venv/lib/python3.12/site-packages/_pytest/logging.py
from _pytest.config import hookimpl
class LoggingPlugin:
    def pytest_runtest_logreport(self): ...
@hookimpl(trylast=True)
def pytest_configure(config):
    config.pluginmanager.register(LoggingPlugin(), 'logging-plugin')
--- repo/.venv/lib/python3.12/site-packages/pluggy/__init__.py
class HookimplMarker:
    def __init__(self, project): ...
class PluginManager:
    def register(self, plugin, name=None): ...
    def add_hookspecs(self, namespace): ...
";

/// `HookCaller.get_hookimpls` of pytest 9, from the last to the first.
#[test]
fn objects_that_hooks_of_pytest_register_are_called_in_the_turn_of_these_hooks() {
    let files = format!(
        "{PYTEST}--- repo/pytest.ini
[pytest]
addopts = -p reports
--- repo/reports.py
def pytest_unconfigure(config): ...
--- repo/specs.py
def pytest_shop_names(config): ...
def helper(): ...
--- repo/conftest.py
class Recorder:
    def pytest_runtest_logreport(self): ...
def pytest_addhooks(pluginmanager):
    import specs
    pluginmanager.add_hookspecs(specs)
def pytest_configure(config):
    config.pluginmanager.register(Recorder(), 'recorder')
def pytest_unconfigure(config): ...
"
    );
    expect![[r#"
        pytest hooks  pytest

        19 plugins  key: hook

            key                       leads to                                   distribution  place
            pytest_unconfigure        FixtureManager.pytest_unconfigure          yours         _pytest/fixtures.py:6       _pytest.fixtures
            pytest_unconfigure        TerminalReporter.pytest_unconfigure        yours         _pytest/terminal.py:4       _pytest.terminal
            pytest_unconfigure        Session.pytest_unconfigure                 yours         _pytest/main.py:9           _pytest.main
            pytest_unconfigure        conftest                                   yours         conftest.py:8               conftest
            pytest_unconfigure        reports                                    yours         reports.py:1                reports
            pytest_unconfigure        _pytest.stepwise                           yours         _pytest/stepwise.py:1       _pytest.stepwise
            pytest_unconfigure        Config.pytest_unconfigure                  yours         _pytest/config.py:16        _pytest.config
            pytest_unconfigure        PytestPluginManager.pytest_unconfigure     yours         _pytest/config.py:10        _pytest.config
            pytest_sessionstart       _pytest.fixtures                           yours         _pytest/fixtures.py:7       _pytest.fixtures
            pytest_configure          _pytest.cacheprovider                      yours         _pytest/cacheprovider.py:5  tryfirst
            pytest_configure          conftest                                   yours         conftest.py:6               conftest
            pytest_configure          _pytest.terminal                           yours         _pytest/terminal.py:5       _pytest.terminal
            pytest_configure          _pytest.logging                            yours         _pytest/logging.py:5        trylast
            pytest_addhooks           conftest                                   yours         conftest.py:3               conftest
            pytest_runtest_logreport  Session.pytest_runtest_logreport           yours         _pytest/main.py:8           tryfirst
            pytest_runtest_logreport  LoggingPlugin.pytest_runtest_logreport     yours         _pytest/logging.py:3        _pytest.logging
            pytest_runtest_logreport  TerminalReporter.pytest_runtest_logreport  yours         _pytest/terminal.py:3       _pytest.terminal
            pytest_runtest_logreport  Recorder.pytest_runtest_logreport          yours         conftest.py:2               conftest
            pytest_runtest_logreport  LFPlugin.pytest_runtest_logreport          yours         _pytest/cacheprovider.py:3  _pytest.cacheprovider
        exit 0
    "#]].assert_eq(&registry(&files, "pytest hooks"));
    expect![[r#"
        pytest specifications  pytest

        3 plugins  key: hook

            key                 leads to            distribution  place
            pytest_configure    pytest_configure    yours         _pytest/config.py:9  self.add_hookspecs(_pytest.hookspec)
            pytest_unconfigure  pytest_unconfigure  yours         _pytest/config.py:9  self.add_hookspecs(_pytest.hookspec)
            pytest_shop_names   pytest_shop_names   yours         conftest.py:5        pluginmanager.add_hookspecs(specs)
        exit 0
    "#]].assert_eq(&registry(&files, "pytest specifications"));
    expect![[r#"
        pytest plugins  pytest

        15 plugins  key: name

            key                  leads to                distribution  place
            fixtures             _pytest.fixtures        yours         _pytest/config.py:4         built in
            terminal             _pytest.terminal        yours         _pytest/config.py:4         built in
            cacheprovider        _pytest.cacheprovider   yours         _pytest/config.py:4         built in
            stepwise             _pytest.stepwise        yours         _pytest/config.py:4         built in
            logging              _pytest.logging         yours         _pytest/config.py:4         built in
            reports              reports                 yours         pytest.ini                  -p
            conftest             conftest                yours         conftest.py:1               conftest
            PytestPluginManager  PytestPluginManager(…)  yours         _pytest/config.py:8         self.register(self)
            pytestconfig         Config(…)               yours         _pytest/config.py:15        self.pluginmanager.register(self, 'pytestconfig')
            session              Session(…)              yours         _pytest/main.py:6           self.config.pluginmanager.register(self, name='session')
            funcmanage           FixtureManager(…)       yours         _pytest/fixtures.py:5       session.config.pluginmanager.register(self, 'funcmanage')
            terminalreporter     TerminalReporter()      yours         _pytest/terminal.py:6       config.pluginmanager.register(…rminalReporter(), 'terminalr…
            lfplugin             LFPlugin()              yours         _pytest/cacheprovider.py:6  config.pluginmanager.register(LFPlugin(), 'lfplugin')
            logging-plugin       LoggingPlugin()         yours         _pytest/logging.py:6        config.pluginmanager.register(…ggingPlugin(), 'logging-plug…
            recorder             Recorder()              yours         conftest.py:7               config.pluginmanager.register(Recorder(), 'recorder')
        exit 0
    "#]].assert_eq(&registry(&files, "pytest plugins"));
}

/// `config.pluginmanager.list_name_plugin()` has no plugin under these names; `cacheprovider` takes `stepwise` with it.
#[test]
fn plugins_that_the_command_line_refuses_are_not_loaded() {
    let files = format!(
        "{PYTEST}--- repo/pyproject.toml
[tool.pytest.ini_options]
addopts = ['-p', 'no:cacheprovider', '-pno:terminal']
--- repo/conftest.py
"
    );
    expect![[r#"
        pytest plugins  pytest

        11 plugins  key: name
          · 3  refused

            key                  leads to                distribution  place
            fixtures             _pytest.fixtures        yours         _pytest/config.py:4    built in
          · terminal             _pytest.terminal        yours         _pytest/config.py:4    refused: `-p no:terminal` in pyproject.toml  built in
          · cacheprovider        _pytest.cacheprovider   yours         _pytest/config.py:4    refused: `-p no:cacheprovider` in pyproject.toml  built in
          · stepwise             _pytest.stepwise        yours         _pytest/config.py:4    refused: `-p no:cacheprovider` in pyproject.toml  built in
            logging              _pytest.logging         yours         _pytest/config.py:4    built in
            conftest             conftest                yours         conftest.py:1          conftest
            PytestPluginManager  PytestPluginManager(…)  yours         _pytest/config.py:8    self.register(self)
            pytestconfig         Config(…)               yours         _pytest/config.py:15   self.pluginmanager.register(self, 'pytestconfig')
            session              Session(…)              yours         _pytest/main.py:6      self.config.pluginmanager.register(self, name='session')
            funcmanage           FixtureManager(…)       yours         _pytest/fixtures.py:5  session.config.pluginmanager.register(self, 'funcmanage')
            logging-plugin       LoggingPlugin()         yours         _pytest/logging.py:6   config.pluginmanager.register(…ggingPlugin(), 'logging-plug…
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pytest plugins"));
    expect![[r#"
        pytest hooks  pytest

        8 plugins  key: hook

            key                       leads to                                distribution  place
            pytest_unconfigure        FixtureManager.pytest_unconfigure       yours         _pytest/fixtures.py:6  _pytest.fixtures
            pytest_unconfigure        Session.pytest_unconfigure              yours         _pytest/main.py:9      _pytest.main
            pytest_unconfigure        Config.pytest_unconfigure               yours         _pytest/config.py:16   _pytest.config
            pytest_unconfigure        PytestPluginManager.pytest_unconfigure  yours         _pytest/config.py:10   _pytest.config
            pytest_sessionstart       pytest_sessionstart                     yours         _pytest/fixtures.py:7  _pytest.fixtures
            pytest_configure          pytest_configure                        yours         _pytest/logging.py:5   trylast
            pytest_runtest_logreport  Session.pytest_runtest_logreport        yours         _pytest/main.py:8      tryfirst
            pytest_runtest_logreport  LoggingPlugin.pytest_runtest_logreport  yours         _pytest/logging.py:3   _pytest.logging
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pytest hooks"));
}

/// pluggy 1.6: `manager.list_name_plugin()`, `manager.hook.load.get_hookimpls()`.
#[test]
fn what_the_function_does_that_a_program_begins_with_is_done() {
    let files = format!(
        "{PLUGGY}--- repo/pyproject.toml
[project]
name = 'ship'
version = '1'
[project.scripts]
ship = 'ship:main'
[project.entry-points.ship]
blocked = 'ship_blocked'
--- repo/ship_blocked.py
from ship import impl
@impl
def load(): ...
--- repo/helpers.py
from ship import impl
@impl
def load(): ...
--- repo/ship.py
import pluggy
import helpers
spec, impl = pluggy.HookspecMarker('ship'), pluggy.HookimplMarker('ship')
class Spec:
    @spec
    def load(self): ...
class Timing:
    @impl
    def load(self): ...
class Gone:
    @impl
    def load(self): ...
class Refused:
    @impl
    def load(self): ...
class Store:
    @impl
    def save(self): ...
class One(Store): ...
class Two(Store): ...
def manager():
    pm = pluggy.PluginManager('ship')
    pm.add_hookspecs(Spec)
    pm.set_blocked('blocked')
    pm.set_blocked('refused')
    pm.register(Timing(), 'timing')
    gone = Gone()
    pm.register(gone, 'gone')
    pm.unregister(gone)
    pm.register(Refused(), name='refused')
    pm.load_setuptools_entrypoints('ship')
    pm.register(Timing(), 'again')
    pm.unregister(name='again')
    pm.register(helpers, 'helpers')
    pm.unregister(name='helpers')
    pm.register(One())
    pm.register(Two())
    return pm
def other():
    pm = pluggy.PluginManager('other')
    pm.register(Timing(), 'later')
def main():
    manager().hook.load()
"
    );
    expect![[r#"
        pluggy plugins  pluggy

        5 plugins  key: name
          ? 1  registered when `other` is called
          · 1  its name is blocked: ship.py:25

            key      leads to   distribution  place
          ? later    Timing()   yours         ship.py:41  registered when `other` is called  pm.register(Timing(), 'later')
            timing   Timing()   yours         ship.py:26  pm.register(Timing(), 'timing')
          · refused  Refused()  yours         ship.py:30  its name is blocked: ship.py:25  pm.register(Refused(), name='refused')
            One()    One()      yours         ship.py:36  pm.register(One())
            Two()    Two()      yours         ship.py:37  pm.register(Two())
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy plugins"));
    expect![[r#"
        pluggy implementations  pluggy

        5 plugins  key: hook
          ? 2  counts where its module is registered

            key   leads to      distribution  place
          ? load  helpers       yours         helpers.py:2       counts where its module is registered  @impl
          ? load  ship_blocked  yours         ship_blocked.py:2  counts where its module is registered  @impl
            load  Timing.load   yours         ship.py:8          @impl
            save  Store.save    yours         ship.py:17         @impl, of Two
            save  Store.save    yours         ship.py:17         @impl, of One
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy implementations"));
}

/// pytest 9 has the fixture of `shared` (`conftest` has it), and no plugin of the distribution: `PluginManager.load_setuptools_entrypoints` leaves out a name
/// that is taken.
#[test]
fn what_a_conftest_imports_counts_wherever_it_stands_and_a_name_that_is_taken_is_left() {
    let files = format!(
        "{PYTEST}--- repo/.venv/lib/python3.12/site-packages/late.py
def pytest_configure(config): ...
--- repo/.venv/lib/python3.12/site-packages/late-1.dist-info/METADATA
Name: late
Version: 1
--- repo/.venv/lib/python3.12/site-packages/late-1.dist-info/entry_points.txt
[pytest11]
stepwise = late
--- repo/pytest.ini
[pytest]
testpaths = tests
--- repo/tests/conftest.py
from shared import brought
--- repo/shared.py
import pytest
@pytest.fixture
def brought(): ...
@pytest.fixture
def left(): ...
"
    );
    expect![[r#"
        pytest fixtures  pytest

        2 plugins  key: name
          ? 1  counts where a module has it that is loaded

            key      leads to  distribution  place
            brought  brought   yours         shared.py:2  @pytest.fixture
          ? left     left      yours         shared.py:4  counts where a module has it that is loaded  @pytest.fixture
        exit 0
    "#]].assert_eq(&registry(&files, "pytest fixtures"));
    expect![[r#"
        pytest plugins  pytest

        14 plugins  key: name
          · 1  its name is taken by _pytest.stepwise

            key                  leads to                distribution  place
            fixtures             _pytest.fixtures        yours         _pytest/config.py:4                  built in
            terminal             _pytest.terminal        yours         _pytest/config.py:4                  built in
            cacheprovider        _pytest.cacheprovider   yours         _pytest/config.py:4                  built in
            stepwise             _pytest.stepwise        yours         _pytest/config.py:4                  built in
            logging              _pytest.logging         yours         _pytest/config.py:4                  built in
          · stepwise             late                    late          late-1.dist-info/entry_points.txt:2  its name is taken by _pytest.stepwise  pytest11
            tests.conftest       tests.conftest          yours         tests/conftest.py:1                  conftest
            PytestPluginManager  PytestPluginManager(…)  yours         _pytest/config.py:8                  self.register(self)
            pytestconfig         Config(…)               yours         _pytest/config.py:15                 self.pluginmanager.register(self, 'pytestconfig')
            session              Session(…)              yours         _pytest/main.py:6                    self.config.pluginmanager.register(self, name='session')
            funcmanage           FixtureManager(…)       yours         _pytest/fixtures.py:5                session.config.pluginmanager.register(self, 'funcmanage')
            terminalreporter     TerminalReporter()      yours         _pytest/terminal.py:6                config.pluginmanager.register(…rminalReporter(), 'terminalr…
            lfplugin             LFPlugin()              yours         _pytest/cacheprovider.py:6           config.pluginmanager.register(LFPlugin(), 'lfplugin')
            logging-plugin       LoggingPlugin()         yours         _pytest/logging.py:6                 config.pluginmanager.register(…ggingPlugin(), 'logging-plug…
        exit 0
    "#]].assert_eq(&registry(&files, "pytest plugins"));
}

/// `app.events.listeners["env-updated"]` with Sphinx 9.1: `first`, `second`, `third`.
#[test]
fn what_an_extension_sets_up_on_its_way_is_called_before_what_stands_behind_it() {
    let files = format!(
        "{SPHINX}--- repo/ext.py
def second(app, env): ...
def third(app, env): ...
def setup(app):
    app.setup_extension('other')
    app.connect('env-updated', second)
    app.connect('env-updated', third)
--- repo/other.py
def first(app, env): ...
def setup(app):
    app.connect('env-updated', first)
"
    );
    let files = files.replace("['ext']", "['ext', 'other']");
    expect![[r#"
        Sphinx events  Sphinx

        3 plugins  key: event

            key          leads to  distribution  place
            env-updated  first     yours         other.py:3  app.connect('env-updated', first)
            env-updated  second    yours         ext.py:5    app.connect('env-updated', second)
            env-updated  third     yours         ext.py:6    app.connect('env-updated', third)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Sphinx events"));
}

/// `request_started.receivers` with Django 6.1: `reset_queries` of `django.db`, `early` of `shop.base`, `counted` of `shop.models`, then what `ready` of
/// `stock` and of `shop` do, in the order of the apps.
#[test]
fn a_module_is_executed_after_what_it_imports_and_before_what_hooks_do() {
    let files = format!(
        "{DJANGO}--- repo/.venv/lib/python3.12/site-packages/django/core/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/core/signals.py
from django.dispatch import Signal
request_started = Signal()
--- repo/conf.py
INSTALLED_APPS = ['stock', 'shop']
--- repo/stock/__init__.py
--- repo/stock/apps.py
from django.apps import AppConfig
class StockConfig(AppConfig):
    name = 'stock'
    def ready(self):
        from . import receivers
--- repo/stock/receivers.py
from django.core.signals import request_started
def stocked(**kwargs): ...
request_started.connect(stocked)
--- repo/shop/apps.py
from django.apps import AppConfig
from django.core.signals import request_started
def opened(**kwargs): ...
class ShopConfig(AppConfig):
    name = 'shop'
    def ready(self):
        request_started.connect(opened)
--- repo/shop/base.py
from django.core.signals import request_started
def early(**kwargs): ...
request_started.connect(early)
--- repo/shop/models.py
from django.core.signals import request_started
from django.db import models
from . import base
def counted(**kwargs): ...
request_started.connect(counted)
"
    );
    let files = files.replace(
        "site-packages/django/db/__init__.py\n",
        "site-packages/django/db/__init__.py
from django.core import signals
def reset_queries(**kwargs): ...
signals.request_started.connect(reset_queries)
",
    );
    expect![[r#"
        Django signal receivers  Django

        5 plugins  key: signal, sender (? not known)

            key              leads to       distribution  place
            request_started  reset_queries  yours         django/db/__init__.py:3  signals.request_started.connect(reset_queries)
            request_started  early          yours         shop/base.py:3           request_started.connect(early)
            request_started  counted        yours         shop/models.py:5         request_started.connect(counted)
            request_started  stocked        yours         stock/receivers.py:3     request_started.connect(stocked)
            request_started  opened         yours         shop/apps.py:7           request_started.connect(opened)
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}
