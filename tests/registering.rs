//! What counts for a framework because of who registers, collects, names or removes it, in small projects.

use expect_test::expect;

use crate::frameworks::{SPHINX, registry};

/// As much of pytest as counts.
pub(crate) const PYTEST: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/pytest.py
from _pytest.fixtures import fixture
--- repo/.venv/lib/python3.12/site-packages/_pytest/__init__.py
--- repo/.venv/lib/python3.12/site-packages/_pytest/fixtures.py
def fixture(function=None, *, name=None, scope='function'): ...
--- repo/.venv/lib/python3.12/site-packages/_pytest/config.py
class PytestPluginManager:
    def register(self, plugin, name=None): ...
class Config:
    pluginmanager: PytestPluginManager
";

#[test]
fn fixtures_count_where_their_class_is_collected_and_under_the_name_that_a_module_has_for_them() {
    let files = format!(
        "{PYTEST}--- repo/shared.py
import functools
import pytest
__all__ = ['listed', '_hidden']
@pytest.fixture
def listed(): ...
@pytest.fixture
def _hidden(): ...
@pytest.fixture
def unlisted(): ...
@pytest.fixture
def customer(): ...
class Mixin:
    @pytest.fixture
    def of_mixin(self): ...
class Unused:
    @pytest.fixture
    def of_nobody(self): ...
session_fixture = functools.partial(pytest.fixture, scope='session')
def shop_fixture(function):
    return pytest.fixture(scope='session')(function)
def named(name):
    return pytest.fixture(name=name)
--- repo/conftest.py
from shared import *
from shared import customer as buyer, session_fixture, shop_fixture, named
import helpers
@session_fixture
def by_partial(): ...
@shop_fixture
def by_function(): ...
@named('called')
def by_call(): ...
def pytest_configure(config):
    config.pluginmanager.register(helpers)
    config.pluginmanager.register(helpers.Extra())
--- repo/helpers.py
import pytest
@pytest.fixture
def helped(): ...
class Base:
    def pytest_report_header(self): ...
class Extra(Base):
    pytest_collect_file = Base.pytest_report_header
    @pytest.fixture
    def extra(self): ...
def pytest_sessionstart(session): ...
--- repo/test_it.py
import unittest
import pytest
from shared import Mixin
class TestPlain(Mixin):
    @pytest.fixture
    def collected(self): ...
class TestMade:
    def __init__(self): ...
    @pytest.fixture
    def not_collected(self): ...
class Checks(unittest.TestCase):
    @pytest.fixture
    def of_a_case(self): ...
"
    );
    expect![[r#"
        pytest fixtures  pytest

        15 plugins  key: name
          ? 2  counts where its class, or one that derives from it, is collected or registered
          ? 1  counts where a module has it that is loaded

            key                                  leads to                                                                                   distribution  place
            by_partial                           by_partial                                                                                 yours         conftest.py:4  @session_fixture
            by_function                          by_function                                                                                yours         conftest.py:6  @shop_fixture
            called                               by_call                                                                                    yours         conftest.py:8  @named('called')
            helped                               helped                                                                                     yours         helpers.py:2   @pytest.fixture
            extra                                Extra.extra                                                                                yours         helpers.py:8   @pytest.fixture
            of_mixin                             Mixin.of_mixin                                                                             yours         shared.py:13   @pytest.fixture
          ? of_nobody                            Unused.of_nobody                                                                           yours         shared.py:16   counts where its class, or one that derives from it, is collected or registered  @pytest.fixture
            collected                            TestPlain.collected                                                                        yours         test_it.py:5   @pytest.fixture
          ? not_collected                        TestMade.not_collected                                                                     yours         test_it.py:9   counts where its class, or one that derives from it, is collected or registered  @pytest.fixture
            of_a_case                            Checks.of_a_case                                                                           yours         test_it.py:12  @pytest.fixture
            _unittest_setUpClass_fixture_Checks  UnitTestCase._register_unittest_setup_class_fixture.<locals>.unittest_setup_class_fixture  yours         test_it.py:1   Checks
            _hidden                              _hidden                                                                                    yours         shared.py:6    @pytest.fixture
            buyer                                customer                                                                                   yours         shared.py:10   @pytest.fixture
            listed                               listed                                                                                     yours         shared.py:4    @pytest.fixture
          ? unlisted                             unlisted                                                                                   yours         shared.py:8    counts where a module has it that is loaded  @pytest.fixture
        exit 0
    "#]].assert_eq(&registry(&files, "pytest fixtures"));
    expect![[r#"
        pytest hooks  pytest

        4 plugins  key: hook

            key                   leads to                   distribution  place
            pytest_configure      pytest_configure           yours         conftest.py:10  conftest
            pytest_sessionstart   pytest_sessionstart        yours         helpers.py:10   helpers
            pytest_collect_file   Base.pytest_report_header  yours         helpers.py:5    helpers
            pytest_report_header  Base.pytest_report_header  yours         helpers.py:5    helpers
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pytest hooks"));
}

#[test]
fn what_sphinx_is_told_by_objects_guards_callbacks_and_inherited_class_methods() {
    let files = format!(
        "{SPHINX}sys_path = 1
import os, sys
sys.path.insert(0, os.path.abspath('_ext'))
extensions.append('own')
--- repo/_ext/own.py
def setup(app):
    app.add_config_value('found_by_path', 1, '')
--- repo/ext.py
from dataclasses import dataclass
from typing import NamedTuple
from sphinx.application import Sphinx
@dataclass
class Option:
    name: str
    default: object = None
class Pair(NamedTuple):
    name: str
    default: object
OPTIONS = [Option('first'), Option(name='second')]
PAIRS = (Pair('third', 3),)
class Odd:
    pass
class Base:
    @classmethod
    def added(cls, app):
        app.add_directive(cls.key, cls)
class Node(Base):
    key = 'node'
def late(app, config):
    app.add_config_value('added_late', 1, '')
def never(app):
    app.add_config_value('added_perhaps', 1, '')
def setup(app):
    if not isinstance(app, Sphinx) or not hasattr(app, 'add_role'):
        return
    for option in OPTIONS:
        app.add_config_value(option.name, option.default, '')
    [app.add_config_value(pair.name, pair.default, '') for pair in PAIRS]
    for odd in (Odd(),):
        app.add_config_value(odd.name, 0, '')
    Node.added(app)
    app.connect('config-inited', late)
    app.connect('doctree-read', never)
    app.add_config_value('of_condition', 1, '') if app.fresh else None
    app.is_odd and app.add_config_value('behind_and', 1, '')
"
    );
    expect![[r#"
        Sphinx configuration values  Sphinx

        8 plugins  key: name
          ? 2  hangs on a condition
          ? 1  its key is worked out when it runs

            key            leads to        distribution  place
            first          option.default  yours         ext.py:29      app.add_config_value(option.name, option.default, '')
            second         option.default  yours         ext.py:29      app.add_config_value(option.name, option.default, '')
            third          pair.default    yours         ext.py:30      app.add_config_value(pair.name, pair.default, '')
          ? odd.name       0               yours         ext.py:32      its key is worked out when it runs  app.add_config_value(odd.name, 0, '')
            added_late     1               yours         ext.py:22      app.add_config_value('added_late', 1, '')
          ? of_condition   1               yours         ext.py:36      hangs on a condition: line 36  app.add_config_value('of_condition', 1, '')
          ? behind_and     1               yours         ext.py:37      hangs on a condition: line 37  app.add_config_value('behind_and', 1, '')
            found_by_path  1               yours         _ext/own.py:2  app.add_config_value('found_by_path', 1, '')
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx configuration values"));
    expect![[r#"
        Sphinx directives  Sphinx

        1 plugin  key: name

            key   leads to  distribution  place
            node  Node      yours         ext.py:18  app.add_directive(cls.key, cls)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Sphinx directives"));
}

#[test]
fn what_is_taken_out_again_is_not_there_and_settings_are_those_that_are_named() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/django/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/conf/__init__.py
class LazySettings: ...
settings = LazySettings()
--- repo/.venv/lib/python3.12/site-packages/django/conf/global_settings.py
INSTALLED_APPS = []
--- repo/.venv/lib/python3.12/site-packages/django/dispatch/__init__.py
from .dispatcher import Signal, receiver
--- repo/.venv/lib/python3.12/site-packages/django/dispatch/dispatcher.py
class Signal:
    def connect(self, receiver, sender=None): ...
    def disconnect(self, receiver=None, sender=None): ...
def receiver(signal, **kwargs): ...
--- repo/manage.py
import os
if __name__ == '__main__':
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_settings.dev')
--- repo/site_settings/__init__.py
--- repo/site_settings/base.py
INSTALLED_APPS = ['shop']
BEEPS = True
--- repo/site_settings/dev.py
from .base import *
INSTALLED_APPS = [*INSTALLED_APPS, 'tools']
--- repo/site_settings/prod.py
from .base import *
INSTALLED_APPS = [*INSTALLED_APPS, 'metrics']
BEEPS = False
--- repo/shop/__init__.py
--- repo/shop/models.py
from django.conf import settings
from django.dispatch import Signal
import sys
paid = Signal()
def one(sender, **kwargs): ...
def two(sender, **kwargs): ...
def three(sender, **kwargs): ...
def beep(sender, **kwargs): ...
paid.connect(one)
paid.connect(two)
paid.connect(three)
paid.disconnect(one)
if sys.argv:
    paid.disconnect(two)
if settings.BEEPS:
    paid.connect(beep)
--- repo/shop/forgotten.py
from shop.models import paid
def four(sender, **kwargs): ...
paid.connect(four)
--- repo/tools/__init__.py
--- repo/metrics/__init__.py
";
    expect![[r#"
        Django apps  Django

        2 plugins  key: label

            key    leads to  distribution  place
            shop   shop      yours         site_settings/dev.py:2  INSTALLED_APPS
            tools  tools     yours         site_settings/dev.py:2  INSTALLED_APPS
        exit 0
    "#]]
    .assert_eq(&registry(files, "Django apps"));
    expect![[r#"
        Django signal receivers  Django

        4 plugins  key: signal, sender (? not known)
          ? 1  may be taken out again: line 14
          · 1  no module imports shop/forgotten.py

            key   leads to  distribution  place
          ? paid  two       yours         shop/models.py:10    may be taken out again: line 14  paid.connect(two)
            paid  three     yours         shop/models.py:11    paid.connect(three)
            paid  beep      yours         shop/models.py:16    paid.connect(beep)
          · paid  four      yours         shop/forgotten.py:3  no module imports shop/forgotten.py  paid.connect(four)
        exit 1
    "#]].assert_eq(&registry(files, "Django signal receivers"));
}

#[test]
fn a_plugin_that_an_option_names_in_a_file_of_settings_is_loaded() {
    let files = format!(
        "{PYTEST}--- repo/pyproject.toml
[tool.pytest.ini_options]
addopts = [\"-ra\", \"-p\", \"tools.slow\", \"-p\", \"no:cacheprovider\"]
--- repo/tools/__init__.py
--- repo/tools/slow.py
import pytest
@pytest.fixture
def slowly(): ...
--- repo/tools/other.py
import pytest
@pytest.fixture
def never(): ...
--- repo/test_it.py
def test_it(slowly): ...
"
    );
    expect![[r#"
        pytest fixtures  pytest

        2 plugins  key: name
          ? 1  counts where a module has it that is loaded

            key     leads to  distribution  place
            slowly  slowly    yours         tools/slow.py:2   @pytest.fixture
          ? never   never     yours         tools/other.py:2  counts where a module has it that is loaded  @pytest.fixture
        exit 0
    "#]].assert_eq(&registry(&files, "pytest fixtures"));
}

#[test]
fn django_registers_no_model_that_is_swapped_and_imports_what_ready_comes_to() {
    let files = "--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/django/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/apps.py
class AppConfig: ...
--- repo/.venv/lib/python3.12/site-packages/django/dispatch.py
class Signal:
    def connect(self, receiver, sender=None): ...
def receiver(signal): ...
--- repo/.venv/lib/python3.12/site-packages/django/conf/__init__.py
class LazySettings: ...
settings = LazySettings()
--- repo/.venv/lib/python3.12/site-packages/django/conf/global_settings.py
AUTH_USER_MODEL = 'auth.User'
--- repo/.venv/lib/python3.12/site-packages/django/contrib/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/__init__.py
from .sites import site
from .decorators import register
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/sites.py
class AdminSite:
    def register(self, model, admin_class=None): ...
site = AdminSite()
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/decorators.py
def register(*models): ...
--- repo/.venv/lib/python3.12/site-packages/django/contrib/auth/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/contrib/auth/models.py
class User:
    class Meta:
        swappable = 'AUTH_USER_MODEL'
class Group: ...
--- repo/.venv/lib/python3.12/site-packages/django/contrib/auth/admin.py
from django.contrib import admin
from .models import Group, User
@admin.register(User)
class UserAdmin: ...
@admin.register(Group)
class GroupAdmin: ...
--- repo/settings.py
import django
INSTALLED_APPS = ['django.contrib.admin', 'django.contrib.auth', 'shop']
AUTH_USER_MODEL = 'shop.Customer'
SHOP_AUDIT = False
SHOP_MAIL = True
--- repo/shop/__init__.py
--- repo/shop/apps.py
from django.apps import AppConfig
from django.conf import settings
class ShopConfig(AppConfig):
    name = 'shop'
    def ready(self):
        if settings.SHOP_AUDIT:
            import shop.audit
        if settings.SHOP_MAIL:
            import shop.mail
--- repo/shop/models.py
from django.dispatch import Signal
sold = Signal()
class Customer: ...
--- repo/shop/admin/__init__.py
import shop.admin.customers
--- repo/shop/admin/customers.py
from django.contrib import admin
from shop.models import Customer
@admin.register(Customer)
class CustomerAdmin: ...
--- repo/shop/audit.py
from django.dispatch import receiver
from shop.models import sold
@receiver(sold)
def audited(sender, **kwargs): ...
--- repo/shop/mail.py
from django.dispatch import receiver
from shop.models import sold
@receiver(sold)
def mailed(sender, **kwargs): ...
";
    let mut said = registry(files, "Django admin");
    said.push_str(&registry(files, "Django signal receivers"));
    expect![[r#"
        Django admin  Django

        2 plugins  key: model, site where it is not the default one

            key       leads to       distribution  place
            Group     GroupAdmin     yours         django/contrib/auth/admin.py:5  @admin.register(Group)
            Customer  CustomerAdmin  yours         shop/admin/customers.py:3       @admin.register(Customer)
        exit 0
        Django signal receivers  Django

        2 plugins  key: signal, sender (? not known)
          · 1  imported where a condition holds that does not: shop/apps.py:6

            key   leads to  distribution  place
          · sold  audited   yours         shop/audit.py:3  imported where a condition holds that does not: shop/apps.py:6  @receiver(sold)
            sold  mailed    yours         shop/mail.py:3   @receiver(sold)
        exit 1
    "#]].assert_eq(&said);
}
