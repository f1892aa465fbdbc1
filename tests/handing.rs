//! What classes of a program's own do with what a framework's do: they hand on what they are made with, or leave it out; and modules that fail.

use expect_test::expect;

use crate::apps::DJANGO;
use crate::frameworks::{FLASK, registry};

/// As much of stevedore as counts.
pub(crate) const STEVEDORE: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/stevedore/__init__.py
from .extension import ExtensionManager
--- repo/.venv/lib/python3.12/site-packages/stevedore/extension.py
class ExtensionManager:
    def __init__(self, namespace, invoke_on_load=False): ...
--- repo/.venv/lib/python3.12/site-packages/stevedore/enabled.py
from .extension import ExtensionManager
class EnabledExtensionManager(ExtensionManager):
    def __init__(self, namespace, check_func, invoke_on_load=False): ...
";

// stevedore: `[it.namespace for it in (CHANNELS, FILTERS, CODECS)]` is `['shop.channels', 'shop.filters', 'shop.codecs']`.
#[test]
fn a_class_that_hands_on_other_things_than_it_is_made_with_is_known_by_what_it_hands_on() {
    let files = format!(
        "{STEVEDORE}--- repo/shop/__init__.py
from . import managers
--- repo/shop/names.py
NAMESPACES = {{'channels': 'shop.channels'}}
--- repo/shop/managers.py
from stevedore import ExtensionManager, enabled
from .names import NAMESPACES
class Channels(enabled.EnabledExtensionManager):
    def __init__(self, conf):
        self.conf = conf
        super().__init__(NAMESPACES['channels'], check_func=self.wanted)
    def wanted(self, extension): ...
class Named(ExtensionManager):
    def __init__(self, name, **options):
        ExtensionManager.__init__(self, f'shop.{{name}}', **options)
class Filters(Named):
    def __init__(self, *args, **options):
        super().__init__('filters', *args, **options)
class Unclear(ExtensionManager):
    def __init__(self, name):
        if name:
            super().__init__(name)
        else:
            super().__init__('nothing')
CHANNELS = Channels({{'off': ['sms']}})
FILTERS = Filters(invoke_on_load=True)
CODECS = Named('codecs')
UNCLEAR = Unclear('unclear')
"
    );
    expect![[r#"
        stevedore managers  stevedore

        4 plugins  key: group
          ? 1  its key is worked out when it runs

            key            leads to  distribution  place
            shop.channels  Channels  yours         shop/managers.py:20  Channels({'off': ['sms']})
            shop.filters   Filters   yours         shop/managers.py:21  Filters(invoke_on_load=True)
            shop.codecs    Named     yours         shop/managers.py:22  Named('codecs')
          ?                Unclear   yours         shop/managers.py:23  its key is worked out when it runs  Unclear('unclear')
        exit 0
    "#]].assert_eq(&registry(&files, "stevedore managers"));
}

// Flask: `app.url_map` has `/shop/list` and `/cart/list`.
#[test]
fn a_blueprint_of_a_class_of_ones_own_has_the_prefix_that_the_class_hands_on() {
    let files = format!(
        "{FLASK}--- repo/shop/__init__.py
from flask import Blueprint, Flask
class Area(Blueprint):
    def __init__(self, name):
        super().__init__(name, __name__, url_prefix='/' + name)
shop = Area('shop')
cart = Area('cart')
@shop.route('/list')
def listed(): ...
@cart.route('/list')
def in_cart(): ...
app = Flask(__name__)
app.register_blueprint(shop)
app.register_blueprint(cart)
"
    );
    expect![[r#"
        Flask routes  Flask

        3 plugins  key: rule

            key                      leads to                          distribution  place
            /shop/list               listed                            yours         shop/__init__.py:7   @shop.route('/list')
            /cart/list               in_cart                           yours         shop/__init__.py:9   @cart.route('/list')
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         shop/__init__.py:11  Flask(__name__)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
}

// Flask: `app.error_handler_spec[None]` has the codes 404, 405 and 410.
#[test]
fn a_member_of_an_enumeration_of_numbers_is_its_number() {
    let files = format!(
        "{FLASK}--- repo/shop/__init__.py
from enum import Enum, IntEnum
from flask import Flask
class Code(IntEnum):
    MISSING = 404
class Status(int, Enum):
    def __new__(cls, value, phrase):
        member = int.__new__(cls, value)
        member._value_ = value
        member.phrase = phrase
        return member
    NO_METHOD = 405, 'Method Not Allowed'
    GONE = (410, 'Gone')
app = Flask(__name__)
@app.errorhandler(Code.MISSING)
def missing(error): ...
@app.errorhandler(Status.NO_METHOD)
def no_method(error): ...
@app.errorhandler(Status.GONE)
def gone(error): ...
"
    );
    expect![[r#"
        Flask error handlers  Flask

        3 plugins  key: code or exception

            key  leads to   distribution  place
            404  missing    yours         shop/__init__.py:14  @app.errorhandler(Code.MISSING)
            405  no_method  yours         shop/__init__.py:16  @app.errorhandler(Status.NO_METHOD)
            410  gone       yours         shop/__init__.py:18  @app.errorhandler(Status.GONE)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Flask error handlers"));
}

// `manage.py paging` raises `ImportError: pip install pager`, `manage.py dialing` `ModuleNotFoundError`, `manage.py ringing` `ImportError`.
#[test]
fn a_command_whose_module_cannot_be_imported_is_dead() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
INSTALLED_APPS = ['shop']
--- repo/shop/management/__init__.py
--- repo/shop/management/commands/__init__.py
--- repo/shop/management/commands/paging.py
from django.core.management.base import BaseCommand
try:
    import pager
except ImportError:
    raise ImportError('pip install pager')
class Command(BaseCommand): ...
--- repo/shop/management/commands/dialing.py
from django.core.management.base import BaseCommand
from ...legacy import Modem
class Command(BaseCommand): ...
--- repo/shop/management/commands/ringing.py
from django.core.management.base import BaseCommand
from ...bells import Bell
class Command(BaseCommand): ...
--- repo/shop/bells.py
class Gong: ...
--- repo/shop/management/commands/building.py
from django.core.management.base import BaseCommand
from ...built import speed
from ..._version import version
class Command(BaseCommand): ...
--- repo/shop/built.pyx
speed = 1
--- repo/shop/management/commands/trying.py
from django.core.management.base import BaseCommand
try:
    from ...legacy import Modem
except ImportError:
    Modem = None
class Command(BaseCommand): ...
"
    );
    expect![[r#"
        Django management commands  Django

        5 plugins  key: name of the file
          ✗ 2  ImportError
          ✗ 1  ModuleNotFoundError: No module named 'shop.legacy'

            key       leads to  distribution  place
            building  Command   yours         shop/management/commands/building.py:1  shop.management.commands
          ✗ dialing   Command   yours         shop/management/commands/dialing.py:1   ModuleNotFoundError: No module named 'shop.legacy'  shop.management.commands
          ✗ paging    Command   yours         shop/management/commands/paging.py:1    ImportError: pip install pager  shop.management.commands
          ✗ ringing   Command   yours         shop/management/commands/ringing.py:1   ImportError: cannot import name 'Bell' from 'shop.bells'  shop.management.commands
            trying    Command   yours         shop/management/commands/trying.py:1    shop.management.commands
        exit 1
    "#]].assert_eq(&registry(&files, "Django management commands"));
}

// Django: `apps.get_models()` has `shop.Item` and not `audit.Entry`; `log.Line` hangs on the environment.
#[test]
fn models_of_an_app_whose_class_does_not_import_them_are_none() {
    let app = |name: &str, class: &str, body: &str, model: &str| {
        format!(
            "--- repo/{name}/__init__.py
--- repo/{name}/apps.py
import sys
from django.apps import AppConfig
class {class}(AppConfig):
    name = '{name}'
    def import_models(self):
{body}
--- repo/{name}/models.py
from django.db import models
class {model}(models.Model): ...
"
        )
    };
    let whole = "        super().import_models()\n        self.checked = True";
    let guarded = "        if sys.argv:\n            return super().import_models()\n        self.models = {}";
    let files = format!(
        "{DJANGO}{}{}{}--- repo/conf.py
INSTALLED_APPS = ['stock', 'audit', 'log']
",
        app("stock", "StockConfig", whole, "Item"),
        app("audit", "AuditConfig", "        self.models = {}", "Entry"),
        app("log", "LogConfig", guarded, "Line"),
    );
    expect![[r#"
        Django models  Django

        3 plugins  key: label and name
          ? 1  imported under a condition: log/apps.py:6
          · 1  no module imports audit/models.py

            key          leads to  distribution  place
            stock.Item   Item      yours         stock/models.py:2  stock.models
          ? log.Line     Line      yours         log/models.py:2    imported under a condition: log/apps.py:6  log.models
          · audit.Entry  Entry     yours         audit/models.py:2  no module imports audit/models.py  audit.models
        exit 1
    "#]].assert_eq(&registry(&files, "Django models"));
}

// Flask: `app.url_map` has `/api/papers/x`, `/api/sales/y`, `/daily` and `/weekly`, and `app.before_request_funcs` `check` and not `never`.
#[test]
fn what_a_blueprint_is_called_and_what_nobody_sets_is_known() {
    let files = format!(
        "{FLASK}--- repo/.venv/lib/python3.12/site-packages/limits.py
class Limiter:
    def __init__(self, enabled=True):
        self.enabled = enabled
    def init_app(self, app):
        config = app.config
        self.enabled = config.setdefault('LIMITS_ENABLED', self.enabled)
        if not self.enabled:
            return
        app.before_request(self.check)
        if config.get('LIMITS_STRICT', False):
            app.before_request(self.never)
        if config.get('LIMITS_LATE', False):
            app.before_request(self.late)
    def check(self): ...
    def never(self): ...
    def late(self): ...
--- repo/shop/__init__.py
from flask import Blueprint, Flask
from limits import Limiter
class Area(Blueprint):
    def __init__(self, *args, **options):
        self.description = options.pop('description', '')
        super().__init__(*args, **options)
SECTIONS = {{'daily': 'Dailies', 'weekly': 'Weeklies'}}
papers = Area('papers', __name__, description='Papers')
sales = Blueprint('sales', __name__)
@papers.route('/x')
def x(): ...
@sales.route('/y')
def y(): ...
app = Flask(__name__)
app.config['LIMITS_LATE'] = 1
for blueprint in [papers, sales]:
    app.register_blueprint(blueprint, url_prefix='/api/' + blueprint.name)
for slug, title in SECTIONS.items():
    app.add_url_rule('/' + slug, view_func=lambda: title)
def named(slug):
    return SECTIONS[slug]
Limiter().init_app(app)
"
    );
    let files = files.replace(
        "url_prefix=None): ...",
        "url_prefix=None):\n        self.name = name",
    );
    let said = ["Flask routes", "Flask hooks"].map(|it| registry(&files, it));
    expect![[r#"
        Flask routes  Flask

        5 plugins  key: rule

            key                      leads to                          distribution  place
            /api/papers/x            x                                 yours         shop/__init__.py:10  @papers.route('/x')
            /api/sales/y             y                                 yours         shop/__init__.py:12  @sales.route('/y')
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         shop/__init__.py:14  Flask(__name__)
            /daily                   <lambda>                          yours         shop/__init__.py:19  app.add_url_rule('/' + slug, view_func=lambda: title)
            /weekly                  <lambda>                          yours         shop/__init__.py:19  app.add_url_rule('/' + slug, view_func=lambda: title)
        exit 0
        Flask hooks  Flask

        5 plugins  key: when it is called

            key                leads to                         distribution  place
            context_processor  _default_template_ctx_processor  yours         shop/__init__.py:14  Flask(__name__)
            context_processor  _default_template_ctx_processor  yours         shop/__init__.py:8   Area('papers', __name__, description='Papers')
            context_processor  _default_template_ctx_processor  yours         shop/__init__.py:9   Blueprint('sales', __name__)
            before_request     Limiter.check                    yours         limits.py:9          app.before_request(self.check)
            before_request     Limiter.late                     yours         limits.py:13         app.before_request(self.late)
        exit 0
    "#]].assert_eq(&said.concat());
}
