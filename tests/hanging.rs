//! What hangs on a configuration, on an option, or on a value that changes on the way, in small projects; each page says what the running
//! program says.

use expect_test::expect;

use crate::apps::DJANGO;
use crate::frameworks::{SPHINX, registry};
use crate::hosts::PLUGGY;
use crate::registering::PYTEST;

/// `app.extensions` with Sphinx 9.1: `ext`, `shelves`; what the environment says alone may bring `counter`.
#[test]
fn an_extension_that_a_setting_asks_for_is_there_where_the_setting_says_so() {
    let files = format!(
        "{SPHINX}--- repo/ext.py
import os
def setup(app):
    app.add_config_value('shop_late', default=False, rebuild='')
    app.add_config_value('shop_shelves', default=True, rebuild='')
    if app.config.shop_late:
        app.setup_extension('late')
    if app.config.shop_shelves:
        app.setup_extension('shelves')
    if os.cpu_count() > 4:
        app.setup_extension('counter')
--- repo/late.py
def setup(app):
    app.add_config_value('late_zone', None, 'env')
--- repo/shelves.py
def setup(app):
    app.add_config_value('shelves_open', None, 'env')
--- repo/counter.py
def setup(app):
    app.add_config_value('counter_open', None, 'env')
    app.setup_extension('till')
--- repo/till.py
def setup(app):
    app.add_config_value('till_open', None, 'env')
"
    );
    let files = files.replace(
        "    def connect(self, event, callback): ...\n",
        "    def connect(self, event, callback): ...\n    def setup_extension(self, name): ...\n",
    );
    expect![[r#"
        Sphinx configuration values  Sphinx

        5 plugins  key: name
          ? 2  loaded under a condition: ext.py:9

            key           leads to  distribution  place
            shop_late     False     yours         ext.py:3      app.add_config_value('shop_late', default=False, rebuild='')
            shop_shelves  True      yours         ext.py:4      app.add_config_value('shop_she…es', default=True, rebuild='…
            shelves_open  None      yours         shelves.py:2  app.add_config_value('shelves_open', None, 'env')
          ? counter_open  None      yours         counter.py:2  loaded under a condition: ext.py:9  app.add_config_value('counter_open', None, 'env')
          ? till_open     None      yours         till.py:2     loaded under a condition: ext.py:9  app.add_config_value('till_open', None, 'env')
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx configuration values"));
}

/// `app.config.values` with Sphinx 9.1: `shop_types`, `shop_title`, `old-shop_types`, `old-shop_title`; what a file decides is not known.
#[test]
fn a_name_that_gets_another_value_on_its_way_has_the_one_it_has_by_then() {
    let files = format!(
        "{SPHINX}--- repo/ext.py
import os
from dataclasses import dataclass, fields
@dataclass
class Settings:
    _types: list = None
    title: str = 'x'
def full(name, old=False):
    name = f'shop_{{name}}'
    if old:
        name = 'old-' + name
    return name
def setup(app):
    for item in fields(Settings):
        name = item.name
        if name.startswith('_'):
            name = name[1:]
        app.add_config_value(full(name), None, 'env')
        app.add_config_value(full(name, old=True), None, 'env')
        kind = 'plain'
        if os.path.exists('large'):
            kind = 'large'
        app.add_config_value(f'kind_{{kind}}', None, 'env')
"
    );
    expect![[r#"
        Sphinx configuration values  Sphinx

        5 plugins  key: name
          ? 1  its key is worked out when it runs

            key             leads to  distribution  place
            shop_types      None      yours         ext.py:17  app.add_config_value(full(name), None, 'env')
            old-shop_types  None      yours         ext.py:18  app.add_config_value(full(name, old=True), None, 'env')
          ? f'kind_{kind}'  None      yours         ext.py:22  its key is worked out when it runs  app.add_config_value(f'kind_{kind}', None, 'env')
            shop_title      None      yours         ext.py:17  app.add_config_value(full(name), None, 'env')
            old-shop_title  None      yours         ext.py:18  app.add_config_value(full(name, old=True), None, 'env')
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx configuration values"));
}

/// `--fixtures` with pytest 9.0: `unit`, `inner`; neither `generated` nor `drafted` nor, as nobody loads it, `noise`.
#[test]
fn options_of_a_native_table_and_paths_that_options_leave_out_count() {
    let files = format!(
        "{PYTEST}--- repo/pyproject.toml
[tool.pytest]
addopts = ['-p', 'no:noise', '-p', 'units', '--ignore=tests/generated', '--ignore-glob=*/drafts']
pythonpath = ['lib']
python_classes = ['Describe']
--- repo/lib/units.py
import pytest
@pytest.fixture
def unit(): ...
--- repo/noise.py
import pytest
@pytest.fixture
def noise(): ...
--- repo/tests/test_units.py
import pytest
class DescribeIt:
    @pytest.fixture
    def inner(self): ...
    def test_it(self, inner, unit): ...
--- repo/tests/generated/conftest.py
import pytest
@pytest.fixture
def generated(): ...
--- repo/tests/drafts/conftest.py
import pytest
@pytest.fixture
def drafted(): ...
"
    );
    expect![[r#"
        pytest fixtures  pytest

        5 plugins  key: name
          · 2  left out by `…`
          ? 1  counts where a module has it that is loaded

            key        leads to          distribution  place
            unit       unit              yours         units.py:2                     @pytest.fixture
          · drafted    drafted           yours         tests/drafts/conftest.py:2     left out by `--ignore-glob`  @pytest.fixture
          · generated  generated         yours         tests/generated/conftest.py:2  left out by `--ignore`  @pytest.fixture
            inner      DescribeIt.inner  yours         tests/test_units.py:3          @pytest.fixture
          ? noise      noise             yours         noise.py:2                     counts where a module has it that is loaded  @pytest.fixture
        exit 1
    "#]].assert_eq(&registry(&files, "pytest fixtures"));
}

/// `config.hook` with pytest 9.0: `pytest_shop_opened`; `pytest_shop_reported` with `--report` alone.
#[test]
fn what_a_method_specifies_hangs_on_who_registers_its_object() {
    let files = format!(
        "{PYTEST}--- repo/conftest.py
class Opened:
    def pytest_shop_opened(self): ...
class Reported:
    def pytest_shop_reported(self, report): ...
class Report:
    def pytest_addhooks(self, pluginmanager):
        pluginmanager.add_hookspecs(Reported)
class Till:
    def pytest_addhooks(self, pluginmanager):
        pluginmanager.add_hookspecs(Opened)
def pytest_configure(config):
    config.pluginmanager.register(Till(), 'till')
    if config.option.report:
        config.pluginmanager.register(Report(), 'report')
"
    );
    expect![[r#"
        pytest specifications  pytest

        2 plugins  key: hook
          ? 1  its class is registered on a condition: line 13

            key                   leads to                       distribution  place
          ? pytest_shop_reported  Reported.pytest_shop_reported  yours         conftest.py:7   its class is registered on a condition: line 13  pluginmanager.add_hookspecs(Reported)
            pytest_shop_opened    Opened.pytest_shop_opened      yours         conftest.py:10  pluginmanager.add_hookspecs(Opened)
        exit 0
    "#]].assert_eq(&registry(&files, "pytest specifications"));
}

/// `apps.get_models()` with Django 5.2: `shop.Item` alone.
#[test]
fn a_class_that_is_abstract_by_an_annotated_statement_is_no_model() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
INSTALLED_APPS = ['shop']
--- repo/shop/models.py
from typing import ClassVar
from django.db import models
class Base(models.Model):
    class Meta:
        abstract: ClassVar[bool] = True
class Item(Base): ...
"
    );
    expect![[r#"
        Django models  Django

        1 plugin  key: label and name

            key        leads to  distribution  place
            shop.Item  Item      yours         shop/models.py:6  shop.models
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django models"));
}

/// `importlib.metadata` and an import: `protobuf` raises `ImportError: cannot import name '_pb2' from 'shop'`; what is compiled is not there
/// before it is built.
#[test]
fn a_module_that_a_package_lacks_is_not_there_whatever_its_name_begins_with() {
    let files = "\
--- repo/pyproject.toml
[project]
name = 'shop'
version = '1'
[project.entry-points.'shop.transport']
protobuf = 'shop.proto:Protobuf'
--- repo/shop/__init__.py
--- repo/shop/proto.py
from . import _pb2
class Protobuf: ...
";
    expect![[r#"
        shop.transport  entry points

        1 plugin  key: name
          ✗ 1  ImportError: cannot import name '_pb2' from 'shop'

            key       leads to             distribution  place
          ✗ protobuf  shop.proto:Protobuf  yours         pyproject.toml:5  ImportError: cannot import name '_pb2' from 'shop'  shop.proto:Protobuf
        exit 1
    "#]].assert_eq(&registry(files, "shop.transport"));
    let files = files.replace(
        "[project]",
        "[build-system]\nbuild-backend = 'maturin'\n[project]",
    );
    expect![[r#"
        shop.transport  entry points

        1 plugin  key: name

            key       leads to  distribution  place
            protobuf  Protobuf  yours         pyproject.toml:7  shop.proto:Protobuf
        exit 0
    "#]]
    .assert_eq(&registry(&files, "shop.transport"));
}

/// `sqlalchemy.dialects.registry.impls` and `plugins.impls` with SQLAlchemy 2.1: `shop` in the one, `metrics` in the other.
#[test]
fn a_loader_of_engine_plugins_is_none_of_dialects() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/dialects/__init__.py
from ..util.langhelpers import PluginLoader
registry = PluginLoader('sqlalchemy.dialects')
plugins = PluginLoader('sqlalchemy.plugins')
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/util/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/util/langhelpers.py
class PluginLoader:
    def register(self, name, modulepath, objname): ...
--- repo/shop/__init__.py
from sqlalchemy.dialects import plugins, registry
registry.register('shop', 'shop.dialect', 'ShopDialect')
plugins.register('metrics', 'shop.metrics', 'Metrics')
--- repo/shop/dialect.py
class ShopDialect: ...
--- repo/shop/metrics.py
class Metrics: ...
";
    expect![[r#"
        SQLAlchemy dialects  SQLAlchemy

        1 plugin  key: name
          · 1  no module imports shop/__init__.py

            key   leads to     distribution  place
          · shop  ShopDialect  yours         shop/__init__.py:2  no module imports shop/__init__.py  registry.register('shop', 'shop.dialect', 'ShopDialect')
        exit 1
    "#]].assert_eq(&registry(files, "SQLAlchemy dialects"));
    expect![[r#"
        SQLAlchemy engine plugins  SQLAlchemy

        1 plugin  key: name
          · 1  no module imports shop/__init__.py

            key      leads to  distribution  place
          · metrics  Metrics   yours         shop/__init__.py:3  no module imports shop/__init__.py  plugins.register('metrics', 'shop.metrics', 'Metrics')
        exit 1
    "#]].assert_eq(&registry(files, "SQLAlchemy engine plugins"));
}

/// `config.pluginmanager` with pytest 9.0: `always`; `traced` with `--trace` alone.
#[test]
fn what_one_of_several_returns_gives_decides_nothing() {
    let files = format!(
        "{PYTEST}--- repo/conftest.py
class Nothing:
    def __repr__(self): ...
def asked(config, name, default=Nothing()):
    value = config.cache.get(name, None)
    if value is None:
        return default
    return value
class Always: ...
class Traced: ...
def pytest_configure(config):
    if asked(config, 'trace'):
        config.pluginmanager.register(Traced(), 'traced')
    if Always():
        config.pluginmanager.register(Always(), 'always')
"
    );
    expect![[r#"
        pytest plugins  pytest

        3 plugins  key: name
          ? 1  hangs on a condition: line 11

            key       leads to  distribution  place
            conftest  conftest  yours         conftest.py:1   conftest
          ? traced    Traced()  yours         conftest.py:12  hangs on a condition: line 11  config.pluginmanager.register(Traced(), 'traced')
            always    Always()  yours         conftest.py:14  config.pluginmanager.register(Always(), 'always')
        exit 0
    "#]].assert_eq(&registry(&files, "pytest plugins"));
}

/// `manager.list_name_plugin()` with pluggy 1.6: `shopfile`, `spelling`; `shopfile` is no module that is missing.
#[test]
fn who_asks_whether_something_is_registered_registers_it() {
    let files = format!(
        "{PLUGGY}--- repo/shopfile.py
import pluggy
impl = pluggy.HookimplMarker('shop')
@impl
def shop_run(): ...
--- repo/app.py
import importlib
import pluggy
spec = pluggy.HookspecMarker('shop')
impl = pluggy.HookimplMarker('shop')
class Spec:
    @spec
    def shop_run(self): ...
class Spelling:
    @impl
    def shop_run(self): ...
def load_inline(name):
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None
spelling = Spelling()
manager = pluggy.PluginManager('shop')
manager.add_hookspecs(Spec)
inline = load_inline('shopfile')
if inline is not None:
    manager.register(inline)
if not manager.is_registered(spelling):
    manager.register(spelling, name='spelling')
"
    );
    expect![[r#"
        pluggy plugins  pluggy

        2 plugins  key: name

            key       leads to  distribution  place
            shopfile  shopfile  yours         app.py:21  manager.register(inline)
            spelling  spelling  yours         app.py:23  manager.register(spelling, name='spelling')
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pluggy plugins"));
    expect![[r#"
        pluggy implementations  pluggy

        2 plugins  key: hook

            key       leads to           distribution  place
            shop_run  Spelling.shop_run  yours         app.py:9       @impl
            shop_run  shop_run           yours         shopfile.py:3  @impl
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pluggy implementations"));
}

/// `URL.get_dialect()` of SQLAlchemy 2.1: `AttributeError: module 'shop.dialect' has no attribute 'Gone'`, and `ShopDialect`.
#[test]
fn an_entry_point_that_leads_nowhere_is_dead_in_the_framework_too() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/dialects/__init__.py
--- repo/pyproject.toml
[project]
name = 'shop'
version = '1'
[project.entry-points.'sqlalchemy.dialects']
gone = 'shop.dialect:Gone'
shop = 'shop.dialect:ShopDialect'
--- repo/shop/__init__.py
import sqlalchemy
--- repo/shop/dialect.py
class ShopDialect: ...
";
    expect![[r#"
        SQLAlchemy dialects  SQLAlchemy

        2 plugins  key: name
          ✗ 1  AttributeError: module 'shop.dialect' has no attribute 'Gone'

            key   leads to           distribution  place
          ✗ gone  shop.dialect:Gone  yours         pyproject.toml:5  AttributeError: module 'shop.dialect' has no attribute 'Gone'  entry point of sqlalchemy.dialects
            shop  ShopDialect        yours         pyproject.toml:6  entry point of sqlalchemy.dialects
        exit 1
    "#]].assert_eq(&registry(files, "SQLAlchemy dialects"));
}
