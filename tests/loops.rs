//! Loops over what a framework or a program gives, and objects that are taken in more than once, in small projects; each page says what the
//! running program says.

use expect_test::expect;

use crate::apps::DJANGO;
use crate::frameworks::{FLASK, registry};
use crate::handing::STEVEDORE;
use crate::registering::PYTEST;

/// `post_save.receivers` with Django 5.2; `tracked` has one sender, as `Note` is not indexed and `Base` is abstract.
#[test]
fn loops_over_the_models_of_all_apps_or_of_one_are_followed() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
INSTALLED_APPS = ['shop.apps.ShopConfig', 'stock']
SHOP_STRICT = True
--- repo/shop/models.py
from django.db import models
from .index import Indexed
class Base(models.Model):
    class Meta:
        abstract = True
class Item(Indexed, Base):
    owners = models.ManyToManyField('Note')
class Note(Base): ...
--- repo/shop/index.py
from django.apps import apps
class Indexed:
    search_fields = ['name']
def indexed():
    return [it for it in apps.get_models() if issubclass(it, Indexed) and not it._meta.abstract and it.search_fields]
--- repo/shop/defaults.py
SHOP_LATE = True
--- repo/shop/receivers.py
from django.conf import settings
from django.db.models.signals import post_save
from . import defaults
from .index import indexed
def get_setting(name):
    try:
        return getattr(settings, 'SHOP_' + name)
    except AttributeError:
        return getattr(defaults, 'SHOP_' + name, None)
def counted(**kwargs): ...
def tracked(**kwargs): ...
def late(**kwargs): ...
def connect_all(config):
    for model in config.get_models():
        post_save.connect(counted, sender=model)
    for model in indexed():
        if not getattr(model, 'is_tracked', True):
            continue
        post_save.connect(tracked, sender=model)
    if get_setting('STRICT') and get_setting('LATE'):
        post_save.connect(late, sender='stock.Shelf')
--- repo/shop/apps.py
from django.apps import AppConfig
class ShopConfig(AppConfig):
    name = 'shop'
    def ready(self):
        from . import receivers
        receivers.connect_all(self)
--- repo/stock/__init__.py
--- repo/stock/models.py
from django.db import models
class Shelf(models.Model): ...
"
    );
    expect![[r#"
        Django signal receivers  Django

        4 plugins  key: signal, sender (? not known)

            key              leads to  distribution  place
            post_save Item   counted   yours         shop/receivers.py:15  post_save.connect(counted, sender=model)
            post_save Note   counted   yours         shop/receivers.py:15  post_save.connect(counted, sender=model)
            post_save Item   tracked   yours         shop/receivers.py:19  post_save.connect(tracked, sender=model)
            post_save Shelf  late      yours         shop/receivers.py:21  post_save.connect(late, sender='stock.Shelf')
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}

/// What a generator yields behind a loop that cannot be gone through is not known: what is, stands there, and the registry says that there
/// may be more.
#[test]
fn of_a_generator_that_is_not_known_whole_the_rest_is_in_doubt() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
INSTALLED_APPS = ['shop']
--- repo/shop/__init__.py
--- repo/shop/audit.py
from django.db.models.signals import post_save
from django.dispatch import Signal
m2m_changed = Signal()
def saved(**kwargs): ...
def changed(**kwargs): ...
def senders(model):
    yield model, post_save, saved
    for field in model._meta.local_many_to_many:
        yield field.remote_field.through, m2m_changed, changed
def register(model=None, only=None):
    def register(model):
        for sender, signal, receiver in senders(model):
            signal.connect(receiver, sender=sender)
        return model
    if model is None:
        return register
    return register(model)
--- repo/shop/models.py
from django.db import models
from .audit import register
@register(only=['name'])
class Item(models.Model): ...
"
    );
    expect![[r#"
        Django signal receivers  Django

        1 plugin  key: signal, sender (? not known)
        ? there may be more: what the loop at shop/audit.py:12 goes through is not known whole

            key             leads to  distribution  place
            post_save Item  saved     yours         shop/models.py:3  signal.connect(receiver, sender=sender)
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}

/// `app.blueprints` has both names, and `app.before_request_funcs` the function under each (Flask 3.1).
#[test]
fn a_blueprint_that_is_registered_twice_has_what_it_has_twice() {
    let files = format!(
        "{FLASK}    def before_request(self, function): ...
--- repo/app.py
from flask import Blueprint, Flask
bp = Blueprint('partner', __name__)
@bp.before_request
def check(): ...
@bp.route('/offers')
def offers(): ...
app = Flask(__name__)
for partner in ('viking', 'eckero'):
    app.register_blueprint(bp, name=f'partner_{{partner}}', url_prefix=f'/p/{{partner}}')
"
    );
    expect![[r#"
        Flask blueprints  Flask

        2 plugins  key: object, or the name that the call says

            key             leads to  distribution  place
            partner_viking  bp        yours         app.py:9  app.register_blueprint(bp, nam…f'partner_{partner}', url_pr…
            partner_eckero  bp        yours         app.py:9  app.register_blueprint(bp, nam…f'partner_{partner}', url_pr…
        exit 0
    "#]].assert_eq(&registry(&files, "Flask blueprints"));
    expect![[r#"
        Flask hooks  Flask

        5 plugins  key: when it is called

            key                leads to                         distribution  place
            context_processor  _default_template_ctx_processor  yours         app.py:7  Flask(__name__)
            context_processor  _default_template_ctx_processor  yours         app.py:2  Blueprint('partner', __name__), of partner_eckero
            context_processor  _default_template_ctx_processor  yours         app.py:2  Blueprint('partner', __name__), of partner_viking
            before_request     check                            yours         app.py:3  @bp.before_request, of partner_eckero
            before_request     check                            yours         app.py:3  @bp.before_request, of partner_viking
        exit 0
    "#]].assert_eq(&registry(&files, "Flask hooks"));
    expect![[r#"
        Flask routes  Flask

        3 plugins  key: rule

            key                      leads to                          distribution  place
            /p/eckero/offers         offers                            yours         app.py:5  @bp.route('/offers'), of partner_eckero
            /p/viking/offers         offers                            yours         app.py:5  @bp.route('/offers'), of partner_viking
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         app.py:7  Flask(__name__)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
}

/// pytest 9 calls the hook of `tests/net/conftest.py` before that of `Weather`: the file is found when `tests/net` is collected, which is after
/// `pytest_configure`. That of `tests/conftest.py` is found at the start, as `tests` is such a folder.
#[test]
fn a_conftest_that_is_found_late_is_called_before_what_hooks_have_registered() {
    let files = format!(
        "{PYTEST}--- repo/conftest.py
class Weather:
    def pytest_runtest_setup(self, item): ...
def pytest_configure(config):
    config.pluginmanager.register(Weather(), 'weather')
--- repo/tests/conftest.py
def pytest_runtest_setup(item): ...
--- repo/tests/net/conftest.py
def pytest_runtest_setup(item): ...
--- repo/tests/net/test_a.py
def test_a(): ...
"
    );
    expect![[r#"
        pytest hooks  pytest

        4 plugins  key: hook

            key                   leads to                      distribution  place
            pytest_configure      conftest                      yours         conftest.py:3            conftest
            pytest_runtest_setup  tests.net.conftest            yours         tests/net/conftest.py:1  tests.net.conftest
            pytest_runtest_setup  Weather.pytest_runtest_setup  yours         conftest.py:2            conftest
            pytest_runtest_setup  tests.conftest                yours         tests/conftest.py:1      tests.conftest
        exit 0
    "#]].assert_eq(&registry(&files, "pytest hooks"));
}

/// A manager of extensions loads both entry points of one name (stevedore 5.5); of a group of which nobody is seen to load all, one is found.
#[test]
fn entry_points_of_one_name_count_where_a_manager_loads_all_of_the_group() {
    let files = format!(
        "{STEVEDORE}--- repo/.venv/lib/python3.12/site-packages/more.py
def sent(): ...
--- repo/.venv/lib/python3.12/site-packages/more-1.0.dist-info/METADATA
Name: more
--- repo/.venv/lib/python3.12/site-packages/more-1.0.dist-info/entry_points.txt
[shop.sent]
log = more:sent
[shop.other]
log = more:sent
--- repo/.venv/lib/python3.12/site-packages/others.py
def sent(): ...
--- repo/.venv/lib/python3.12/site-packages/others-1.0.dist-info/METADATA
Name: others
--- repo/.venv/lib/python3.12/site-packages/others-1.0.dist-info/entry_points.txt
[shop.sent]
log = others:sent
[shop.other]
log = others:sent
--- repo/shop.py
from stevedore.extension import ExtensionManager
ExtensionManager('shop.sent')
"
    );
    expect![[r#"
        shop.sent  entry points

        2 plugins  key: name

            key  leads to  distribution  place
            log  sent      more          more-1.0.dist-info/entry_points.txt:2    more:sent
            log  sent      others        others-1.0.dist-info/entry_points.txt:2  others:sent
        exit 0
    "#]]
    .assert_eq(&registry(&files, "shop.sent"));
    expect![[r#"
        shop.other  entry points

        2 plugins  key: name
          ? 1  more has the name, too: which is found first is up to the order of the folder

            key  leads to  distribution  place
            log  sent      more          more-1.0.dist-info/entry_points.txt:4    more:sent
          ? log  sent      others        others-1.0.dist-info/entry_points.txt:4  more has the name, too: which is found first is up to the order of the folder  others:sent
        exit 0
    "#]].assert_eq(&registry(&files, "shop.other"));
}

/// `wagtail.hooks.get_hooks` of wagtail 7: those of libraries too, in the order of what they say.
#[test]
fn hooks_of_wagtail_are_those_of_all_apps() {
    let files = format!(
        "{DJANGO}--- repo/.venv/lib/python3.12/site-packages/wagtail/__init__.py
--- repo/.venv/lib/python3.12/site-packages/wagtail/hooks.py
_hooks = {{}}
def register(hook_name, fn=None, order=0):
    if fn is None:
        def decorator(fn):
            register(hook_name, fn, order=order)
            return fn
        return decorator
    _hooks.setdefault(hook_name, []).append((fn, order))
--- repo/.venv/lib/python3.12/site-packages/wagtail/admin/__init__.py
--- repo/.venv/lib/python3.12/site-packages/wagtail/admin/wagtail_hooks.py
from wagtail import hooks
@hooks.register('construct_main_menu', order=10)
def last(request, items): ...
--- repo/conf.py
INSTALLED_APPS = ['wagtail.admin', 'home']
--- repo/home/__init__.py
--- repo/home/wagtail_hooks.py
from wagtail import hooks
@hooks.register('construct_main_menu')
def first(request, items): ...
def published(request, page): ...
hooks.register('after_publish_page', published)
"
    );
    expect![[r#"
        Wagtail hooks  Wagtail

        3 plugins  key: hook

            key                  leads to   distribution  place
            construct_main_menu  first      yours         home/wagtail_hooks.py:2           @hooks.register('construct_main_menu')
            construct_main_menu  last       yours         wagtail/admin/wagtail_hooks.py:2  @hooks.register('construct_main_menu', order=10)
            after_publish_page   published  yours         home/wagtail_hooks.py:5           hooks.register('after_publish_page', published)
        exit 0
    "#]].assert_eq(&registry(&files, "Wagtail hooks"));
}

/// `post_save.receivers` of Django 5.2, in order: models first, then what `ready` of each app imports, and what it does itself. The field of
/// Django's own connects for each model that is not abstract, the check is there once.
#[test]
fn what_ready_does_comes_behind_the_models_of_all_apps() {
    let files = format!(
        "{DJANGO}--- repo/.venv/lib/python3.12/site-packages/django/db/models/fields/files.py
from django.db.models import signals
class ImageField:
    def contribute_to_class(self, cls, name):
        if not cls._meta.abstract:
            signals.post_save.connect(self.update, sender=cls)
    def update(self, instance): ...
--- repo/.venv/lib/python3.12/site-packages/django/core/checks/__init__.py
from .registry import register
--- repo/.venv/lib/python3.12/site-packages/django/core/checks/registry.py
class CheckRegistry:
    def register(self, check=None, *tags, **kwargs): ...
registry = CheckRegistry()
register = registry.register
--- repo/conf.py
INSTALLED_APPS = ['shop.apps.ShopConfig', 'stock']
--- repo/shop/apps.py
from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_save
from .checking import check_shop
class ShopConfig(AppConfig):
    name = 'shop'
    def ready(self):
        from . import receivers
        post_save.connect(last, sender='shop.Item')
        checks.register(check_shop)
def last(**kwargs): ...
--- repo/shop/checking.py
from django.core.checks import register
@register
def check_shop(app_configs, **kwargs): ...
--- repo/shop/receivers.py
from django.db.models.signals import post_save
def second(**kwargs): ...
post_save.connect(second, sender='shop.Item')
--- repo/shop/models.py
from django.db import models
class Item(models.Model): ...
--- repo/stock/__init__.py
--- repo/stock/models.py
from django.db import models
from django.db.models.fields.files import ImageField
from django.db.models.signals import post_save
class Pictured(models.Model):
    image = ImageField()
    class Meta:
        abstract = True
class Shelf(models.Model):
    image = ImageField()
class Box(models.Model):
    image = ImageField()
def first(**kwargs): ...
post_save.connect(first, sender='shop.Item')
"
    );
    expect![[r#"
        Django signal receivers  Django

        5 plugins  key: signal, sender (? not known)

            key              leads to           distribution  place
            post_save Shelf  ImageField.update  yours         django/db/models/fields/files.py:5  signals.post_save.connect(self.update, sender=cls)
            post_save Box    ImageField.update  yours         django/db/models/fields/files.py:5  signals.post_save.connect(self.update, sender=cls)
            post_save Item   first              yours         stock/models.py:13                  post_save.connect(first, sender='shop.Item')
            post_save Item   second             yours         shop/receivers.py:3                 post_save.connect(second, sender='shop.Item')
            post_save Item   last               yours         shop/apps.py:9                      post_save.connect(last, sender='shop.Item')
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
    expect![[r#"
        Django checks  Django

        1 plugin  key: tags

              leads to    distribution  place
              check_shop  yours         shop/apps.py:10  checks.register(check_shop)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django checks"));
}

/// Of models that a condition chooses those count of which it is decided; `Odd` has a base that only a run gives, so that there may be more.
#[test]
fn of_models_that_a_condition_chooses_those_count_that_are_decided() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
INSTALLED_APPS = ['shop.apps.ShopConfig']
--- repo/shop/models.py
from django.db import models
from .index import Indexed
from .other import given
class Item(Indexed, models.Model):
    fields = Indexed.fields + ['price']
class Odd(given(), models.Model): ...
--- repo/shop/other.py
def given():
    return __import__(input()).Base
--- repo/shop/index.py
from django.apps import apps
class Indexed:
    fields = ['name']
def indexed():
    return [it for it in apps.get_models() if issubclass(it, Indexed) and it.fields]
--- repo/shop/apps.py
from django.apps import AppConfig
from django.db.models.signals import post_save
class ShopConfig(AppConfig):
    name = 'shop'
    def ready(self):
        from .index import indexed
        for model in indexed():
            post_save.connect(tracked, sender=model)
def tracked(**kwargs): ...
"
    );
    expect![[r#"
        Django signal receivers  Django

        1 plugin  key: signal, sender (? not known)
        ? there may be more: what the loop at shop/apps.py:7 goes through is not known whole

            key             leads to  distribution  place
            post_save Item  tracked   yours         shop/apps.py:8  post_save.connect(tracked, sender=model)
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}
