//! Lists that conditions and settings make: what is in them for certain, what perhaps, and what the project leaves out; in small projects.

use expect_test::expect;

use crate::frameworks::{FLASK, SPHINX, registry};
use crate::hosts::PLUGGY;
use crate::registering::PYTEST;

/// As much of Django as counts.
const DJANGO: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/django/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/conf/__init__.py
class LazySettings: ...
settings = LazySettings()
--- repo/.venv/lib/python3.12/site-packages/django/conf/global_settings.py
DEBUG = False
--- repo/.venv/lib/python3.12/site-packages/django/apps/__init__.py
from .config import AppConfig
--- repo/.venv/lib/python3.12/site-packages/django/apps/config.py
class AppConfig: ...
--- repo/.venv/lib/python3.12/site-packages/django/dispatch/__init__.py
from .dispatcher import Signal, receiver
--- repo/.venv/lib/python3.12/site-packages/django/dispatch/dispatcher.py
class Signal:
    def connect(self, receiver, sender=None): ...
    def disconnect(self, receiver=None, sender=None): ...
def receiver(signal, **kwargs): ...
--- repo/.venv/lib/python3.12/site-packages/django/core/signals.py
from django.dispatch import Signal
request_started = Signal()
--- repo/manage.py
import os
if __name__ == '__main__':
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf.local')
--- repo/conf/__init__.py
--- repo/conf/base.py
INSTALLED_APPS = ['shop']
SHOP_ON = True
--- repo/shop/__init__.py
--- repo/shop/apps.py
from django.apps import AppConfig
from django.conf import settings
class ShopConfig(AppConfig):
    name = 'shop'
    def ready(self):
        if settings.SHOP_ON:
            from shop import receivers
--- repo/shop/receivers.py
from django.core.signals import request_started
from django.dispatch import receiver
def sender(): ...
@receiver(request_started, sender=sender())
def on_start(sender, **kwargs): ...
";

#[test]
fn settings_that_another_module_gives_by_a_star_are_settings() {
    let files = format!(
        "{DJANGO}--- repo/conf/local.py
from .base import *
DEBUG = True
"
    );
    expect![[r#"
        Django apps  Django

        1 plugin  key: label

            key   leads to    distribution  place
            shop  ShopConfig  yours         conf/local.py:1  INSTALLED_APPS
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django apps"));
    expect![[r#"
        Django signal receivers  Django

        1 plugin  key: signal, sender (? not known)

            key                leads to  distribution  place
            request_started ?  on_start  yours         shop/receivers.py:4  @receiver(request_started, sender=sender())
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}

#[test]
fn a_star_in_a_module_that_nobody_chose_for_settings_puts_nothing_in_doubt() {
    let files = DJANGO.replace(
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf.local')",
        "pass",
    );
    let files = format!("{files}--- repo/shop/views.py\nfrom os.path import *\n");
    let said = registry(&files, "Django apps");
    assert!(said.contains("shop  ShopConfig"), "{said}");
    assert!(!said.contains("may be more"), "{said}");
}

#[test]
fn of_two_settings_modules_that_of_the_program_that_is_started_counts() {
    let files = format!(
        "{DJANGO}--- repo/conf/local.py
from .base import *
INSTALLED_APPS += ['tools']
--- repo/conf/production.py
from .base import *
SHOP_ON = False
--- repo/wsgi.py
import os
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf.production')
--- repo/tools/__init__.py
"
    );
    expect![[r#"
        Django apps  Django

        2 plugins  key: label
        ? there may be more: wsgi.py names another module in `DJANGO_SETTINGS_MODULE`

            key    leads to    distribution  place
            shop   ShopConfig  yours         conf/local.py:1  INSTALLED_APPS
            tools  tools       yours         conf/local.py:1  INSTALLED_APPS
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django apps"));
}

#[test]
fn a_list_under_conditions_keeps_what_is_in_it_for_certain() {
    let files = format!(
        "{SPHINX}import importlib.util
import os
import shutil
extensions += ['plain']
if importlib.util.find_spec('sphinx'):
    extensions.append('of_found')
if importlib.util.find_spec('nowhere') is not None:
    extensions.append('of_missing')
if os.environ.get('DOCS_ALL'):
    extensions.append('of_unset')
if os.environ.get('DOCS_KIND', 'full') == 'full':
    extensions.append('of_default')
if shutil.which('dot'):
    extensions.append('of_program')
for name in ('one', 'two'):
    extensions.append('looped_' + name)
extensions += [it for it in ('sphinx', 'nowhere') if importlib.util.find_spec(it)]
extensions += ['of_either'] if shutil.which('dot') else []
--- repo/plain.py
def setup(app):
    app.add_config_value('plain', 1, '')
--- repo/of_program.py
def setup(app):
    app.add_config_value('perhaps', 1, '')
--- repo/ext.py
def setup(app): ...
"
    );
    expect![[r#"
        Sphinx extensions  Sphinx

        9 plugins  key: module
          ✗ 5  ModuleNotFoundError
          ? 1  listed under a condition: conf.py:15

            key         leads to    distribution  place
            ext         ext         yours         conf.py:1   extensions of conf.py
            plain       plain       yours         conf.py:6   extensions of conf.py
          ✗ of_found    of_found    yours         conf.py:8   ModuleNotFoundError: No module named 'of_found'  extensions of conf.py
          ✗ of_default  of_default  yours         conf.py:14  ModuleNotFoundError: No module named 'of_default'  extensions of conf.py
          ? of_program  of_program  yours         conf.py:16  listed under a condition: conf.py:15  extensions of conf.py
          ✗ looped_one  looped_one  yours         conf.py:18  ModuleNotFoundError: No module named 'looped_one'  extensions of conf.py
          ✗ looped_two  looped_two  yours         conf.py:18  ModuleNotFoundError: No module named 'looped_two'  extensions of conf.py
            sphinx      sphinx      yours         conf.py:19  extensions of conf.py
          ✗ of_either   of_either   yours         conf.py:20  ModuleNotFoundError: No module named 'of_either'  extensions of conf.py
        exit 1
    "#]].assert_eq(&registry(&files, "Sphinx extensions"));
    expect![[r#"
        Sphinx configuration values  Sphinx

        2 plugins  key: name
          ? 1  listed under a condition: conf.py:15

            key      leads to  distribution  place
            plain    1         yours         plain.py:2       app.add_config_value('plain', 1, '')
          ? perhaps  1         yours         of_program.py:2  listed under a condition: conf.py:15  app.add_config_value('perhaps', 1, '')
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx configuration values"));
}

#[test]
fn what_a_project_leaves_out_of_its_tests_has_no_fixtures() {
    let files = format!(
        "{PYTEST}--- repo/pytest.ini
[pytest]
python_files = check_*.py
python_classes = Describe *Suite
testpaths = checks
--- repo/conftest.py
import sys
collect_ignore = ['checks/check_old.py']
collect_ignore_glob = ['*_slow.py']
if sys.argv:
    collect_ignore.append('checks/check_perhaps.py')
--- repo/checks/check_it.py
import pytest
@pytest.fixture
def found(): ...
class DescribeIt:
    @pytest.fixture
    def of_prefix(self): ...
class OwnSuite:
    @pytest.fixture
    def of_pattern(self): ...
class TestIt:
    @pytest.fixture
    def of_no_name(self): ...
--- repo/checks/check_old.py
import pytest
@pytest.fixture
def old(): ...
--- repo/checks/check_slow.py
import pytest
@pytest.fixture
def slow(): ...
--- repo/checks/check_perhaps.py
import pytest
@pytest.fixture
def perhaps(): ...
--- repo/benchmarks/conftest.py
import pytest
@pytest.fixture
def outside(): ...
"
    );
    expect![[r#"
        pytest fixtures  pytest

        8 plugins  key: name
          · 2  left out in a `conftest.py`
          · 1  outside of `testpaths`
          ? 1  counts where its class, or one that derives from it, is collected or registered
          ? 1  left out under a condition in a `conftest.py`

            key         leads to              distribution  place
          · outside     outside               yours         benchmarks/conftest.py:2   outside of `testpaths`  @pytest.fixture
            found       found                 yours         checks/check_it.py:2       @pytest.fixture
            of_prefix   DescribeIt.of_prefix  yours         checks/check_it.py:5       @pytest.fixture
            of_pattern  OwnSuite.of_pattern   yours         checks/check_it.py:8       @pytest.fixture
          ? of_no_name  TestIt.of_no_name     yours         checks/check_it.py:11      counts where its class, or one that derives from it, is collected or registered  @pytest.fixture
          ? perhaps     perhaps               yours         checks/check_perhaps.py:2  left out under a condition in a `conftest.py`  @pytest.fixture
          · old         old                   yours         checks/check_old.py:2      left out in a `conftest.py`  @pytest.fixture
          · slow        slow                  yours         checks/check_slow.py:2     left out in a `conftest.py`  @pytest.fixture
        exit 1
    "#]].assert_eq(&registry(&files, "pytest fixtures"));
}

#[test]
fn a_blueprint_without_a_group_gives_its_commands_to_the_application() {
    let files = format!(
        "{FLASK}    cli = None
--- repo/app.py
from flask import Flask, Blueprint
plain = Blueprint('plain', __name__)
made = Blueprint('made', __name__, cli_group=None)
taken = Blueprint('taken', __name__)
@plain.cli.command('in-group')
def in_group(): ...
@made.cli.command('by-making')
def by_making(): ...
@taken.cli.command('by-taking')
def by_taking(): ...
@taken.route('/x')
def worked_out(): ...
app = Flask(__name__)
app.register_blueprint(plain)
app.register_blueprint(made)
app.register_blueprint(taken, cli_group=None, url_prefix=app.config['PREFIX'])
"
    );
    expect![[r#"
        Flask commands  Flask

        3 plugins  key: name

            key        leads to   distribution  place
            by-making  by_making  yours         app.py:7   @made.cli.command('by-making')
            by-taking  by_taking  yours         app.py:9   @taken.cli.command('by-taking')
            plain      plain      yours         app.py:14  app.register_blueprint(plain)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Flask commands"));
    expect![[r#"
        Flask blueprints' commands  Flask

        1 plugin  key: name

            key       leads to  distribution  place
            in-group  in_group  yours         app.py:5  @plain.cli.command('in-group')
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Flask blueprints' commands"));
    expect![[r#"
        Flask routes  Flask

        2 plugins  key: rule
          ? 1  what stands before its key is worked out when it runs

            key                      leads to                          distribution  place
          ? /x                       worked_out                        yours         app.py:11  what stands before its key is worked out when it runs  @taken.route('/x')
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         app.py:13  Flask(__name__)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
}

#[test]
fn guards_on_the_environment_are_decided_and_an_overridden_hook_is_gone() {
    let files = format!(
        "{PLUGGY}--- repo/hub.py
import os
import sys
import pluggy
import first, second, third
impl = pluggy.HookimplMarker('hub')
pm = pluggy.PluginManager('hub')
class Base:
    @impl
    def hub_line(self): ...
    @impl
    def hub_end(self): ...
class Console(Base):
    @impl
    def hub_line(self): ...
pm.register(Console())
if not os.environ.get('HUB_BARE'):
    pm.register(first)
if not hasattr(sys, '_called_from_test'):
    pm.register(second)
if 'HUB_MORE' in os.environ:
    pm.register(third)
--- repo/first.py
from hub import impl
@impl(specname='hub_order')
def last_by_name(): ...
@impl(specname='hub_order')
def first_by_name(): ...
--- repo/second.py
from hub import impl
@impl
def hub_second(): ...
--- repo/third.py
from hub import impl
@impl
def hub_third(): ...
"
    );
    expect![[r#"
        pluggy implementations  pluggy

        6 plugins  key: hook
          ? 1  counts where its module is registered

            key         leads to          distribution  place
          ? hub_third   hub_third         yours         third.py:2   counts where its module is registered  @impl
            hub_end     Base.hub_end      yours         hub.py:10    @impl
            hub_line    Console.hub_line  yours         hub.py:13    @impl
            hub_order   last_by_name      yours         first.py:2   @impl(specname='hub_order')
            hub_order   first_by_name     yours         first.py:4   @impl(specname='hub_order')
            hub_second  hub_second        yours         second.py:2  @impl
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy implementations"));
}

#[test]
fn what_imports_by_names_it_makes_up_may_import_anything() {
    let files = |import: &str| {
        format!(
            "--- repo/base.py
HANDLERS = {{}}
def register(function):
    HANDLERS[function.__name__] = function
    return function
--- repo/alone.py
from base import register
@register
def by_nobody(): ...
--- repo/other.py
import base
{import}
"
        )
    };
    let of = |import: &str| registry(&files(import), "base:HANDLERS");
    expect![[r#"
        base:HANDLERS  by decorator

        1 plugin  base.py:1
          · 1  no module imports alone.py

            key          leads to   distribution  place
          · 'by_nobody'  by_nobody  yours         alone.py:2  no module imports alone.py  @register
        exit 1
    "#]]
    .assert_eq(&of("from importlib import import_module"));
    expect![[r#"
        base:HANDLERS  by decorator

        1 plugin  base.py:1
          ? 1  imported, if at all, by a name made up when it runs: other.py

            key          leads to   distribution  place
          ? 'by_nobody'  by_nobody  yours         alone.py:2  imported, if at all, by a name made up when it runs: other.py  @register
        exit 0
    "#]].assert_eq(&of(
        "from importlib import import_module\nimport_module(base.NAME)",
    ));
}

#[test]
fn an_entry_point_whose_module_reads_an_attribute_of_what_is_missing_is_dead() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/helper.py
--- repo/pyproject.toml
[project]
name = 'shop'
[project.entry-points.'shop.parsers']
annotated = 'shop.annotated:parse'
in_class = 'shop.in_class:Parser'
through = 'shop.through:parse'
later = 'shop.later:parse'
text = 'shop.text:parse'
--- repo/shop/__init__.py
--- repo/shop/annotated.py
try:
    from lxml import etree
except ImportError:
    etree = None
def parse(node: etree.Element): ...
--- repo/shop/in_class.py
try:
    import lxml
except ImportError:
    lxml = None
class Parser:
    node = lxml.Element
--- repo/shop/through.py
from shop.annotated import parse
--- repo/shop/later.py
try:
    from lxml import etree
except ImportError:
    etree = None
def parse(node):
    return etree.Element
--- repo/shop/text.py
from __future__ import annotations
try:
    from lxml import etree
except ImportError:
    etree = None
def parse(node: etree.Element): ...
";
    expect![[r#"
        shop.parsers  entry points

        5 plugins  key: name
          ✗ 3  AttributeError

            key        leads to              distribution  place
          ✗ annotated  shop.annotated:parse  yours         pyproject.toml:4  AttributeError: 'NoneType' object has no attribute 'Element': `etree` of `shop.annotated` is `None`, as what it should be is not installed  shop.annotated:parse
          ✗ in_class   shop.in_class:Parser  yours         pyproject.toml:5  AttributeError: 'NoneType' object has no attribute 'Element': `lxml` of `shop.in_class` is `None`, as what it should be is not installed  shop.in_class:Parser
          ✗ through    shop.through:parse    yours         pyproject.toml:6  AttributeError: 'NoneType' object has no attribute 'Element': `etree` of `shop.annotated` is `None`, as what it should be is not installed  shop.through:parse
            later      parse                 yours         pyproject.toml:7  shop.later:parse
            text       parse                 yours         pyproject.toml:8  shop.text:parse
        exit 1
    "#]].assert_eq(&registry(files, "shop.parsers"));
}

/// Flask 3.1 reports these rules in `app.url_map`.
#[test]
fn folders_of_static_files_are_routes() {
    let files = format!(
        "{FLASK}--- repo/.venv/lib/python3.12/site-packages/flask/blueprints.py
class Blueprint:
    def send_static_file(self, filename): ...
--- repo/app.py
from flask import Blueprint, Flask
ASSETS = 'assets/'
shop = Blueprint('shop', __name__, url_prefix='/shop', static_folder='files/shop')
help = Blueprint('help', __name__, static_folder='files', static_url_path='/help/files')
none = Blueprint('none', __name__, static_folder=None, url_prefix='/none')
def create_app():
    app = Flask(__name__, static_folder=ASSETS)
    for it in (shop, none):
        app.register_blueprint(it)
    app.register_blueprint(help, url_prefix='/v1')
    return app
app = create_app()
other = Flask('other', static_url_path='')
bare = Flask('bare', static_folder=None)
"
    );
    let page = registry(&files, "Flask routes");
    expect![[r#"
        Flask routes  Flask

        4 plugins  key: rule

            key                             leads to                          distribution  place
            /shop/shop/<path:filename>      Blueprint.send_static_file        yours         app.py:3   Blueprint('shop', __name__, ur…prefix='/shop', static_folde…
            /v1/help/files/<path:filename>  Blueprint.send_static_file        yours         app.py:4   Blueprint('help', __name__, st…ic_folder='files', static_ur…
            /assets/<path:filename>         Flask.__init__.<locals>.<lambda>  yours         app.py:7   Flask(__name__, static_folder=ASSETS)
            /<path:filename>                Flask.__init__.<locals>.<lambda>  yours         app.py:13  Flask('other', static_url_path='')
        exit 0
    "#]].assert_eq(&page);
}

/// Django 6: `signal.receivers`.
#[test]
fn the_sender_of_a_signal_may_be_its_second_argument() {
    let files = format!(
        "{DJANGO}--- repo/conf/local.py
from conf.base import *
--- repo/shop/late.py
from django.core.signals import request_started
class Customer: ...
class Order: ...
def seen(sender, **kwargs): ...
def bare(sender, **kwargs): ...
request_started.connect(seen, Customer)
request_started.connect(seen, Order)
request_started.connect(bare, None)
request_started.disconnect(seen, Order)
--- repo/shop/models.py
from shop import late
"
    );
    let page = registry(&files, "Django signal receivers");
    expect![[r#"
        Django signal receivers  Django

        3 plugins  key: signal, sender (? not known)

            key                       leads to  distribution  place
            request_started Customer  seen      yours         shop/late.py:6       request_started.connect(seen, Customer)
            request_started           bare      yours         shop/late.py:8       request_started.connect(bare, None)
            request_started ?         on_start  yours         shop/receivers.py:4  @receiver(request_started, sender=sender())
        exit 0
    "#]].assert_eq(&page);
}
