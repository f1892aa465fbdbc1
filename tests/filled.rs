//! What objects give that they are not given under that name, containers that a constructor fills, and modules that a call looks for, in
//! small projects; each page says what the running program says.

use expect_test::expect;

use crate::apps::DJANGO;
use crate::frameworks::{FLASK, SPHINX, registry};

/// As much of pydantic as counts: `typing.dataclass_transform` of the metaclass.
const PYDANTIC: &str = "\
--- repo/.venv/lib/python3.12/site-packages/pydantic/__init__.py
from typing import dataclass_transform
@dataclass_transform(kw_only_default=True)
class ModelMetaclass(type): ...
class BaseModel(metaclass=ModelMetaclass):
    def __init__(self, /, **data): ...
";

/// `app.config.values` with Sphinx 9.1 and pydantic 2.12: `shop_open`, `shop_zone`; what a validator changes is not known.
#[test]
fn a_property_is_worked_out_for_each_object_of_a_loop() {
    let files = format!(
        "{SPHINX}{PYDANTIC}--- repo/ext.py
from typing import Any
from pydantic import BaseModel, field_validator
class Setting(BaseModel):
    name: str
    default: Any = None
    @property
    def full_name(self) -> str:
        return f'shop_{{self.name}}'
class Checked(BaseModel):
    name: str
    @field_validator('name')
    def lowered(cls, value):
        return value.lower()
SETTINGS = [Setting(name='open', default=True), Setting(name='zone')]
def setup(app):
    for setting in SETTINGS:
        app.add_config_value(name=setting.full_name, default=setting.default, rebuild='env')
    app.add_config_value(Checked(name='LATE').name, None, 'env')
"
    );
    expect![[r#"
        Sphinx configuration values  Sphinx

        3 plugins  key: name
          ? 1  its key is worked out when it runs

            key                        leads to         distribution  place
            shop_open                  setting.default  yours         ext.py:17  app.add_config_value(name=sett…g.full_name, default=setting…
            shop_zone                  setting.default  yours         ext.py:17  app.add_config_value(name=sett…g.full_name, default=setting…
          ? Checked(name='LATE').name  None             yours         ext.py:18  its key is worked out when it runs  app.add_config_value(Checked(name='LATE').name, None, 'env')
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx configuration values"));
}

/// `docutils` and `app.registry` with Sphinx 9.1: roles `third`, `fourth`; transforms `Verses`, `Chorus`.
#[test]
fn counted_loops_and_methods_that_a_condition_chooses_are_followed() {
    let files = format!(
        "{SPHINX}--- repo/docs/conf.py
import os
import sys
sys.path[:0] = [os.path.abspath('exts'), '..']
extensions = ['banner']
--- repo/docs/exts/banner.py
class Verses: ...
class Chorus: ...
TRANSFORMS = {{Verses: False, Chorus: True}}
def interval(): ...
def setup(app):
    for steps, name in enumerate(['third', 'fourth'], 3):
        app.add_role(f'{{name}}-{{steps}}', interval)
    for transform, is_late in TRANSFORMS.items():
        (app.add_post_transform if is_late else app.add_transform)(transform)
"
    );
    let files = files.replace(
        "--- repo/conf.py\nextensions = ['ext']\nchosen = True\n",
        "",
    );
    expect![[r#"
        Sphinx roles  Sphinx

        2 plugins  key: name

            key       leads to  distribution  place
            third-3   interval  yours         docs/exts/banner.py:7  app.add_role(f'{name}-{steps}', interval)
            fourth-4  interval  yours         docs/exts/banner.py:7  app.add_role(f'{name}-{steps}', interval)
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx roles"));
    expect![[r#"
        Sphinx transforms  Sphinx

        2 plugins  key: class

            key     leads to  distribution  place
            Verses  Verses    yours         docs/exts/banner.py:9  (app.add_post_transform if is_…te else app.add_transform)(t…
            Chorus  Chorus    yours         docs/exts/banner.py:9  (app.add_post_transform if is_…te else app.add_transform)(t…
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx transforms"));
}

/// `post_save.receivers` with Django 6.1: `log` for `Item` and `Order`; what another method fills is not known.
#[test]
fn a_container_that_a_constructor_fills_is_gone_through() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
INSTALLED_APPS = ['shop']
--- repo/shop/log.py
from django.db.models.signals import post_save
def log(**kwargs): ...
def count(**kwargs): ...
class Registry:
    def __init__(self, save=True, custom=None):
        self.signals = {{}}
        self.models = {{}}
        self.late = {{}}
        if save:
            self.signals[post_save] = log
        if custom is not None:
            self.signals.update(custom)
    def register(self, model=None):
        def registrar(cls):
            self.models[cls] = True
            self.connect(cls)
            return cls
        if model is None:
            return lambda cls: registrar(cls)
        registrar(model)
    def connect(self, model):
        for signal, receiver in self.signals.items():
            signal.connect(receiver, sender=model)
        for signal, receiver in self.late.items():
            signal.connect(receiver, sender=model)
    def add_late(self, signal, receiver):
        self.late[signal] = receiver
registry = Registry()
--- repo/shop/models.py
from django.db import models
from .log import registry
class Item(models.Model): ...
@registry.register()
class Order(models.Model): ...
registry.register(Item)
"
    );
    expect![[r#"
        Django signal receivers  Django

        2 plugins  key: signal, sender (? not known)

            key              leads to  distribution  place
            post_save Order  log       yours         shop/models.py:4  signal.connect(receiver, sender=model)
            post_save Item   log       yours         shop/log.py:23    signal.connect(receiver, sender=model)
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}

/// `admin.site._registry` and `desk._registry` with Django 6.1: `Item` in both, `Order` in the default one.
#[test]
fn modules_that_a_call_looks_for_in_each_package_are_imported() {
    let files = format!(
        "{DJANGO}--- repo/.venv/lib/python3.12/site-packages/django/utils/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/utils/module_loading.py
def autodiscover_modules(*args, **kwargs): ...
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/apps.py
from django.apps import AppConfig
class SimpleAdminConfig(AppConfig):
    name = 'django.contrib.admin'
class AdminConfig(SimpleAdminConfig): ...
--- repo/conf.py
INSTALLED_APPS = ['django.contrib.admin.apps.SimpleAdminConfig', 'shop']
ROOT_URLCONF = 'urls'
--- repo/urls.py
from django.contrib import admin
admin.autodiscover()
--- repo/shop/sites.py
from django.contrib.admin import AdminSite
desk = AdminSite(name='desk')
--- repo/shop/models.py
from django.db import models
class Item(models.Model): ...
class Order(models.Model): ...
--- repo/shop/admin.py
from django.contrib import admin
from .models import Item, Order
from .sites import desk
@admin.register(Item)
@admin.register(Item, site=desk)
class ItemAdmin(admin.ModelAdmin): ...
admin.site.register(Order)
"
    );
    let files = files.replace(
        "from .sites import AdminSite, site\n",
        "from .sites import AdminSite, site
from django.utils.module_loading import autodiscover_modules
def autodiscover():
    autodiscover_modules('admin', register_to=site)
",
    );
    expect![[r#"
        Django admin  Django

        3 plugins  key: model, site where it is not the default one

            key        leads to    distribution  place
            Item       ItemAdmin   yours         shop/admin.py:4  @admin.register(Item)
            Item desk  ItemAdmin   yours         shop/admin.py:5  @admin.register(Item, site=desk)
            Order      ModelAdmin  yours         shop/admin.py:7  admin.site.register(Order)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django admin"));
}

/// `django.core.checks.registry` with Django 6.1: `check_once`.
#[test]
fn what_a_method_imports_that_the_hook_of_an_installed_package_calls_is_imported() {
    let files = format!(
        "{DJANGO}--- repo/.venv/lib/python3.12/site-packages/django/core/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/core/checks/__init__.py
from .registry import register
--- repo/.venv/lib/python3.12/site-packages/django/core/checks/registry.py
class CheckRegistry:
    def register(self, check=None, *tags, **kwargs): ...
registry = CheckRegistry()
register = registry.register
--- repo/.venv/lib/python3.12/site-packages/once/__init__.py
--- repo/.venv/lib/python3.12/site-packages/once/apps.py
from django.apps import AppConfig
class OnceConfig(AppConfig):
    name = 'once'
    @classmethod
    def initialize(cls):
        from once import checks
    def ready(self):
        self.initialize()
--- repo/.venv/lib/python3.12/site-packages/once/checks.py
from django.core.checks import register
@register('once')
def check_once(app_configs, **kwargs):
    return []
--- repo/conf.py
INSTALLED_APPS = ['once', 'shop']
--- repo/shop/models.py
from django.db import models
"
    );
    expect![[r#"
        Django checks  Django

        1 plugin  key: tags

            key   leads to    distribution  place
            once  check_once  yours         once/checks.py:2  @register('once')
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django checks"));
}

/// `app.url_map`, `app.blueprints` and `app.cli` with Flask 3.1: `/login`, `/export.csv`, `/export.fhir`; the command is called `guard`.
#[test]
fn what_an_application_is_configured_with_is_asked_for() {
    let files = format!(
        "{FLASK}--- repo/guard.py
import click
from flask import Blueprint
def login(): ...
@click.group()
def users(): ...
def make_blueprint(state, formats):
    bp = Blueprint(state.name, __name__)
    bp.route(state.login_url)(login)
    for form in formats:
        bp.add_url_rule(f'/export.{{form}}', f'export_{{form}}', login)
    return bp
class Guard:
    def __init__(self, app=None, with_views=True):
        self._with_views = with_views
        self.name = ''
        if app is not None:
            self.init_app(app)
    def init_app(self, app, with_views=None):
        if with_views is not None:
            self._with_views = with_views
        self.with_views = self._with_views
        app.config.setdefault('GUARD_NAME', 'guard')
        self.name = app.config['GUARD_NAME']
        self.login_url = app.config.get('GUARD_LOGIN', '/login')
        if self.with_views:
            app.register_blueprint(make_blueprint(self, app.config['EXPORTS']))
        if name := app.config.get('GUARD_CLI'):
            app.cli.add_command(users, name)
--- repo/app.py
from flask import Flask
from guard import Guard
class Base:
    EXPORTS = ('csv',)
class Config(Base):
    EXPORTS = ('csv', 'fhir')
app = Flask(__name__)
app.config.from_object(Config)
app.config.update(GUARD_CLI='guard')
Guard().init_app(app)
"
    );
    expect![[r#"
        Flask routes  Flask

        4 plugins  key: rule

            key                      leads to                          distribution  place
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         app.py:7     Flask(__name__)
            /login                   login                             yours         guard.py:8   @bp.route(state.login_url)(login)
            /export.csv              login                             yours         guard.py:10  bp.add_url_rule(f'/export.{form}', f'export_{form}', login)
            /export.fhir             login                             yours         guard.py:10  bp.add_url_rule(f'/export.{form}', f'export_{form}', login)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
    expect![[r#"
        Flask commands  Flask

        1 plugin  key: name

            key    leads to  distribution  place
            guard  users     yours         guard.py:28  app.cli.add_command(users, name)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Flask commands"));
}

/// `app.url_map` with Flask 3.1: `/labels/`; nobody overrides anything.
#[test]
fn keywords_that_a_caller_does_not_give_change_no_configuration() {
    let files = format!(
        "{FLASK}--- repo/shop.py
from flask import Blueprint, Flask
labels = Blueprint('labels', __name__)
@labels.route('/labels/')
def index(): ...
class Config:
    LABELS = True
def create_app(config, **overrides):
    app = Flask(__name__)
    app.config.from_object(config)
    app.config.update(overrides)
    if app.config['LABELS']:
        app.register_blueprint(labels)
    return app
app = create_app(Config)
"
    );
    expect![[r#"
        Flask routes  Flask

        2 plugins  key: rule

            key                      leads to                          distribution  place
            /labels/                 index                             yours         shop.py:3  @labels.route('/labels/')
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         shop.py:8  Flask(__name__)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
}

/// Django 6.1: `post_save.receivers` has `late` for `Item`, as `ready` of `words` imports `shop.words`; `admin.site._registry` has `Item` and, by the
/// loop, `Order`.
#[test]
fn objects_of_packages_give_the_names_of_their_packages_and_their_classes() {
    let files = format!(
        "{DJANGO}--- repo/.venv/lib/python3.12/site-packages/words/__init__.py
--- repo/.venv/lib/python3.12/site-packages/words/apps.py
from django.apps import AppConfig
class WordsConfig(AppConfig):
    name = 'words'
    def ready(self):
        from words.models import handle
        handle()
--- repo/.venv/lib/python3.12/site-packages/words/models.py
from importlib import import_module
def discover():
    from django.apps import apps
    found = [(config.name, config.module) for config in apps.get_app_configs()]
    for name, module in found:
        words = '%s.words' % name
        try:
            import_module(words)
        except ImportError:
            pass
def handle():
    discover()
--- repo/conf.py
INSTALLED_APPS = ['words', 'django.contrib.admin', 'shop']
--- repo/shop/models.py
from django.db import models
class Item(models.Model): ...
class Order(models.Model): ...
--- repo/shop/words.py
from django.db.models.signals import post_save
from .models import Item
def late(**kwargs): ...
post_save.connect(late, sender=Item)
--- repo/shop/admin.py
from django.apps import apps
from django.contrib import admin
from .models import Item
@admin.register(Item)
class ItemAdmin(admin.ModelAdmin): ...
for model in apps.get_app_config('shop').get_models():
    try:
        admin.site.register(model)
    except admin.AlreadyRegistered:
        pass
"
    );
    expect![[r#"
        Django signal receivers  Django

        1 plugin  key: signal, sender (? not known)

            key             leads to  distribution  place
            post_save Item  late      yours         shop/words.py:4  post_save.connect(late, sender=Item)
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
    expect![[r#"
        Django admin  Django

        3 plugins  key: model, site where it is not the default one
          ! 1  the earlier one wins: shop/admin.py:4

            key    leads to    distribution  place
            Item   ItemAdmin   yours         shop/admin.py:4  @admin.register(Item)
          ! Item   ModelAdmin  yours         shop/admin.py:8  the earlier one wins: shop/admin.py:4  admin.site.register(model)
            Order  ModelAdmin  yours         shop/admin.py:8  admin.site.register(model)
        exit 1
    "#]].assert_eq(&registry(&files, "Django admin"));
}

/// `app.url_map` with Flask 3.1: `/shelves`.
#[test]
fn an_object_is_true_where_its_class_says_nothing_else() {
    let files = format!(
        "{FLASK}--- repo/app.py
from flask import Flask
DEFAULTS = {{'RULE': '/shelves', 'ZONE': None}}
current = None
def setting(key, app=None, default=None):
    app = app or current
    key = f'SHOP_{{key.upper()}}'
    if key not in app.config:
        raise ValueError(key)
    return app.config.get(key, default)
def shelves(): ...
def setup(app):
    for key, value in DEFAULTS.items():
        app.config.setdefault('SHOP_' + key, value)
    app.add_url_rule(setting('rule', app=app), 'shelves', shelves)
    if setting('zone', app=app) is not None:
        app.add_url_rule('/zone', 'zone', shelves)
app = Flask(__name__)
setup(app)
"
    );
    expect![[r#"
        Flask routes  Flask

        2 plugins  key: rule

            key                      leads to                          distribution  place
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         app.py:17  Flask(__name__)
            /shelves                 shelves                           yours         app.py:14  app.add_url_rule(setting('rule… app=app), 'shelves', shelve…
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
}
