//! What programs and libraries register in ways that have to be followed far: mappings that methods return, objects that loops make, methods of
//! plugins that are called, modules that are looked for; in small projects.

use expect_test::expect;

use crate::frameworks::{FLASK, registry};
use crate::hosts::PLUGGY;

/// As much of `SQLAlchemy` as counts.
const SQLALCHEMY: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/__init__.py
from .engine import create_engine
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/engine.py
class Engine: ...
def create_engine(url):
    engine = Engine()
    return engine
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/schema.py
class Table:
    def __init__(self, name): ...
class DDL:
    def __init__(self, text): ...
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/event/__init__.py
from .api import contains, listen, listens_for, remove
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/event/api.py
def contains(target, identifier, fn):
    return _key(target, identifier, fn).contains()
def listen(target, identifier, fn, **kw): ...
def listens_for(target, identifier, **kw): ...
def remove(target, identifier, fn): ...
";

/// `SQLAlchemy` 2.0: `activity.dispatch.after_create`, `Nested.dispatch`.
#[test]
fn listeners_that_a_method_returns_under_keys_are_unpacked_and_who_asks_first_registers() {
    let files = format!(
        "{SQLALCHEMY}--- repo/app.py
from sqlalchemy import event
from sqlalchemy.schema import DDL, Table
activity = Table('activity')
class Nested: ...
class Manager:
    def __init__(self):
        self.listeners = self.get_listeners()
    def get_listeners(self):
        listeners = {{'transaction': []}}
        listeners['activity'] = [('after_create', DDL('SELECT 1')), ('after_create', self.create)]
        return listeners
    def create(self, target, bind, **kw): ...
    def attach(self):
        for values in self.listeners['transaction']:
            event.listen(activity, 'no', *values)
        for values in self.listeners['activity']:
            event.listen(activity, *values)
class Trees:
    def __init__(self, base):
        self.base = base
    def register(self, remove=False):
        for name, function in (('before_insert', self.insert), ('before_delete', self.delete)):
            is_there = event.contains(self.base, name, function)
            if remove and is_there:
                event.remove(self.base, name, function)
            elif not is_there:
                event.listen(self.base, name, function)
    def insert(self, mapper, connection, target): ...
    def delete(self, mapper, connection, target): ...
Manager().attach()
trees = Trees(Nested)
trees.register()
"
    );
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        4 plugins  key: event and target

            key                    leads to         distribution  place
            after_create activity  Manager.create   yours         app.py:17  event.listen(activity, *values)
            before_insert Nested   Trees.insert     yours         app.py:27  event.listen(self.base, name, function)
            before_delete Nested   Trees.delete     yours         app.py:27  event.listen(self.base, name, function)
            after_create activity  DDL('SELECT 1')  yours         app.py:17  event.listen(activity, *values)
        exit 0
    "#]].assert_eq(&registry(&files, "SQLAlchemy events"));
}

/// `SQLAlchemy` 2.0, by `python -m orchard`: the engine's two listeners and the session's.
#[test]
fn what_a_package_does_that_is_started_and_what_calls_in_a_class_statement_do_counts() {
    let files = format!(
        "{SQLALCHEMY}--- repo/.venv/lib/python3.12/site-packages/retire/__init__.py
from retire.hooks import activate
def mixin(column='deleted_at'):
    attributes = {{column: None}}
    attributes['hook'] = activate(column)
    return type('Mixin', (), attributes)
--- repo/.venv/lib/python3.12/site-packages/retire/hooks.py
from sqlalchemy.event import listens_for
class Session: ...
def activate(column):
    @listens_for(Session, identifier='do_orm_execute')
    def execute(state): ...
    return execute
--- repo/orchard/__init__.py
from sqlalchemy import create_engine, event
from retire import mixin
class Retired(mixin(column='retired_at')): ...
def on_begin(connection): ...
def install(engine):
    for name, handler in {{'begin': on_begin}}.items():
        event.listen(engine, name, handler)
def main():
    engine = create_engine('sqlite://')
    install(engine)
    @event.listens_for(engine, 'handle_error')
    def handle_error(context): ...
--- repo/orchard/__main__.py
from . import main
if __name__ == '__main__':
    main()
"
    );
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        3 plugins  key: event and target

            key                                         leads to                    distribution  place
            do_orm_execute Session                      activate.<locals>.execute   yours         retire/hooks.py:4       @listens_for(Session, identifier='do_orm_execute')
            begin create_engine.<locals>.engine         on_begin                    yours         orchard/__init__.py:7   event.listen(engine, name, handler)
            handle_error create_engine.<locals>.engine  main.<locals>.handle_error  yours         orchard/__init__.py:11  @event.listens_for(engine, 'handle_error')
        exit 0
    "#]].assert_eq(&registry(&files, "SQLAlchemy events"));
}

/// The parts of a program with a manager of its own.
const DESK: &str = "\
--- repo/desk/__init__.py
--- repo/desk/hooks.py
import pluggy
hookspec = pluggy.HookspecMarker('desk')
hookimpl = pluggy.HookimplMarker('desk')
@hookspec(historic=True)
def desk_opened(config): ...
@hookspec
def desk_report(book): ...
@hookspec
def desk_commands(cli): ...
";

/// pluggy 1.6: `manager.hook.desk_report.get_hookimpls()`, one for each currency, the tax and the strict one; and `manager.list_name_plugin()`.
#[test]
fn each_object_of_a_loop_is_a_plugin_and_hooks_that_are_called_register_more() {
    let files = format!(
        "{PLUGGY}{DESK}--- repo/.venv/lib/python3.12/site-packages/desk_tax/__init__.py
from desk.hooks import hookimpl
from .rates import Rates
from .report import desk_report
table = Rates()
@hookimpl
def desk_opened(config):
    from desk.manager import manager
    manager.register(table, name='rates')
--- repo/.venv/lib/python3.12/site-packages/desk_tax/rates.py
from desk.hooks import hookimpl
class Rates:
    @hookimpl
    def desk_report(self, book): ...
--- repo/.venv/lib/python3.12/site-packages/desk_tax/report.py
from desk.hooks import hookimpl
@hookimpl
def desk_report(book): ...
--- repo/.venv/lib/python3.12/site-packages/desk_tax-1.0.dist-info/METADATA
Metadata-Version: 2.1
Name: desk-tax
Version: 1.0
--- repo/.venv/lib/python3.12/site-packages/desk_tax-1.0.dist-info/entry_points.txt
[desk]
tax = desk_tax
--- repo/desk/manager.py
import pluggy
from desk import hooks
from desk.hooks import hookimpl
DEFAULTS = {{'strict': True, 'loud': False}}
CURRENCIES = {{'EUR': '€', 'GBP': '£'}}
def load(path=None):
    return dict(DEFAULTS, path=path)
class Currency:
    def __init__(self, code, symbol):
        self.code, self.symbol = code, symbol
    @hookimpl
    def desk_report(self, book): ...
class Strict:
    @hookimpl
    def desk_report(self, book): ...
class Loud:
    @hookimpl
    def desk_report(self, book): ...
manager = pluggy.PluginManager('desk')
manager.add_hookspecs(hooks)
manager.load_setuptools_entrypoints('desk')
for code, symbol in CURRENCIES.items():
    manager.register(Currency(code, symbol), name=f'currency-{{code}}')
config = load()
if config['strict']:
    manager.register(Strict(), 'strict')
if config['loud']:
    manager.register(Loud(), 'loud')
manager.hook.desk_opened.call_historic(kwargs={{'config': config}})
"
    );
    expect![[r#"
        pluggy implementations  pluggy

        7 plugins  key: hook
          ? 1  counts where its class, or one that derives from it, is collected or registered

            key          leads to              distribution  place
            desk_report  Rates.desk_report     yours         desk_tax/rates.py:3     @hookimpl
            desk_report  Strict.desk_report    yours         desk/manager.py:14      @hookimpl
            desk_report  Currency.desk_report  yours         desk/manager.py:11      @hookimpl, of Currency currency-GBP
            desk_report  Currency.desk_report  yours         desk/manager.py:11      @hookimpl, of Currency
            desk_report  desk_report           yours         desk_tax/report.py:2    @hookimpl
          ? desk_report  Loud.desk_report      yours         desk/manager.py:17      counts where its class, or one that derives from it, is collected or registered  @hookimpl
            desk_opened  desk_opened           yours         desk_tax/__init__.py:5  @hookimpl
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy implementations"));
    expect![[r#"
        pluggy plugins  pluggy

        4 plugins  key: name

            key           leads to                distribution  place
            currency-EUR  Currency(code, symbol)  yours         desk/manager.py:23      manager.register(Currency(code…symbol), name=f'currency-{co…
            currency-GBP  Currency(code, symbol)  yours         desk/manager.py:23      manager.register(Currency(code…symbol), name=f'currency-{co…
            strict        Strict()                yours         desk/manager.py:26      manager.register(Strict(), 'strict')
            rates         table                   yours         desk_tax/__init__.py:8  manager.register(table, name='rates')
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy plugins"));
}

/// A mapping that a function may change is not known.
#[test]
fn a_setting_that_a_function_may_have_changed_decides_nothing() {
    let files = format!(
        "{PLUGGY}{DESK}--- repo/desk/manager.py
import os
import pluggy
from desk.hooks import hookimpl
DEFAULTS = {{'strict': True, 'calm': True}}
def override(config):
    config.update(os.environ)
def show(config):
    print(config['strict'])
class Strict:
    @hookimpl
    def desk_report(self, book): ...
class Calm:
    @hookimpl
    def desk_report(self, book): ...
manager = pluggy.PluginManager('desk')
config = DEFAULTS.copy()
override(config)
if config['strict']:
    manager.register(Strict(), 'strict')
other = {{**DEFAULTS}}
show(other)
if other['calm']:
    manager.register(Calm(), 'calm')
"
    );
    expect![[r#"
        pluggy plugins  pluggy

        2 plugins  key: name
          ? 1  hangs on a condition: line 18

            key     leads to  distribution  place
          ? strict  Strict()  yours         desk/manager.py:19  hangs on a condition: line 18  manager.register(Strict(), 'strict')
            calm    Calm()    yours         desk/manager.py:23  manager.register(Calm(), 'calm')
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy plugins"));
}

/// click 8.3: `sorted(main.commands)`, with a plugin's class whose method adds one, and commands in modules that are looked for.
#[test]
fn commands_are_added_by_methods_of_plugins_and_from_modules_that_are_looked_for() {
    let click = FLASK.replace("--- repo/.venv/pyvenv.cfg\nversion = 3.12.1\n", "");
    let files = format!(
        "{PLUGGY}{click}{DESK}--- repo/desk/commands/__init__.py
--- repo/desk/commands/backup.py
import click
@click.command('backup')
def command(): ...
--- repo/desk/commands/tiles.py
import click
@click.command('tiles')
def command(): ...
--- repo/desk/commands/_tools.py
import click
@click.command('tools')
def command(): ...
--- repo/desk/main.py
import importlib
import pkgutil
import click
import pluggy
from desk import commands
from desk.hooks import hookimpl
manager = pluggy.PluginManager('desk')
@click.group()
def main(): ...
@click.command()
def fetch(): ...
class Client:
    @hookimpl
    def desk_commands(self, cli):
        cli.add_command(fetch)
manager.register(Client(), 'client')
manager.hook.desk_commands(cli=main)
for _, name, is_package in pkgutil.iter_modules(commands.__path__):
    if name.startswith('_'):
        continue
    module = importlib.import_module('.' + name, package=commands.__name__)
    main.add_command(module.command)
"
    );
    expect![[r#"
        click groups' commands  click

        3 plugins  key: name

            key     leads to  distribution  place
            fetch   fetch     yours         desk/main.py:15  cli.add_command(fetch)
            backup  command   yours         desk/main.py:22  main.add_command(module.command)
            tiles   command   yours         desk/main.py:22  main.add_command(module.command)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "click groups' commands"));
}

/// Flask as it makes blueprints.
const FLASK_WHOLE: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/flask/__init__.py
from .app import Flask
from .blueprints import Blueprint
--- repo/.venv/lib/python3.12/site-packages/flask/app.py
class Flask:
    def __init__(self, import_name, static_url_path=None, static_folder='static'): ...
    def add_url_rule(self, rule, endpoint=None, view_func=None): ...
    def after_request(self, f): ...
    def endpoint(self, endpoint): ...
    def register_blueprint(self, it, **k): ...
    def route(self, rule, **k): ...
--- repo/.venv/lib/python3.12/site-packages/flask/blueprints.py
class Blueprint:
    def __init__(self, name, import_name, static_folder=None, static_url_path=None, url_prefix=None):
        self.name = name
    def add_url_rule(self, rule, endpoint=None, view_func=None): ...
    def before_app_request(self, f): ...
    def route(self, rule, **k): ...
    def send_static_file(self, filename): ...
";

/// Flask 3.1: `app.url_map` with `app.view_functions`, `app.before_request_funcs` and `app.after_request_funcs`.
#[test]
fn a_blueprint_of_a_class_of_its_own_is_known_by_its_name_and_an_endpoint_leads_to_its_function() {
    let files = format!(
        "{FLASK_WHOLE}--- repo/app.py
from flask import Blueprint, Flask
class Consumer(Blueprint):
    def __init__(self, name, import_name, login_url=None):
        options = dict(name=name, import_name=import_name)
        Blueprint.__init__(self, **options)
        login_url = login_url or '/{{bp.name}}'
        self.add_url_rule(rule=login_url.format(bp=self), endpoint='login', view_func=self.login)
        self.before_app_request(self.load_config)
    def login(self): ...
    def load_config(self): ...
class Hub(Consumer):
    def __init__(self, name, import_name):
        super().__init__(name, import_name)
    def login(self): ...
class Bootstrap:
    folder = 'b5'
    def init_app(self, app):
        defaults = [('BOOTSTRAP_ON', True), ('BOOTSTRAP_TYPES', ['css'])]
        for key, value in defaults:
            app.config.setdefault(key, value)
        bp = Blueprint('bootstrap', __name__, static_folder='s', static_url_path=f'/{{self.folder}}{{app.static_url_path}}')
        app.register_blueprint(bp)
        if app.config['BOOTSTRAP_ON'] and app.config['BOOTSTRAP_TYPES']:
            app.after_request(self.finish)
    def finish(self, response): ...
def make_hub():
    bp = Hub('hub', __name__)
    return bp
shop = Blueprint('shop', __name__)
@shop.route('/items')
def items(): ...
app = Flask(__name__)
app.register_blueprint(make_hub(), url_prefix='/login')
app.register_blueprint(shop)
Bootstrap().init_app(app)
app.add_url_rule('/', endpoint='index')
app.add_url_rule('/all', endpoint='shop.items')
app.add_url_rule('/same', 'same', app.view_functions['index'])
app.add_url_rule('/later', endpoint='later')
@app.endpoint('index')
def index(): ...
"
    );
    expect![[r#"
        Flask routes  Flask

        8 plugins  key: rule

            key                         leads to                          distribution  place
            /items                      items                             yours         app.py:30  @shop.route('/items')
            /static/<path:filename>     Flask.__init__.<locals>.<lambda>  yours         app.py:32  Flask(__name__)
            /login/hub                  Hub.login                         yours         app.py:7   self.add_url_rule(rule=login_u….format(bp=self), endpoint='…
            /b5/static/<path:filename>  Blueprint.send_static_file        yours         app.py:21  Blueprint('bootstrap', __name_… static_folder='s', static_u…
            /                           index                             yours         app.py:36  app.add_url_rule('/', endpoint='index')
            /all                        items                             yours         app.py:37  app.add_url_rule('/all', endpoint='shop.items')
            /same                       index                             yours         app.py:38  app.add_url_rule('/same', 'sam…, app.view_functions['index'…
            /later                      later                             yours         app.py:39  app.add_url_rule('/later', endpoint='later')
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
    expect![[r#"
        Flask hooks  Flask

        6 plugins  key: when it is called

            key                 leads to                         distribution  place
            context_processor   _default_template_ctx_processor  yours         app.py:32  Flask(__name__)
            before_app_request  Consumer.load_config             yours         app.py:8   self.before_app_request(self.load_config)
            context_processor   _default_template_ctx_processor  yours         app.py:27  Hub('hub', __name__)
            context_processor   _default_template_ctx_processor  yours         app.py:29  Blueprint('shop', __name__)
            context_processor   _default_template_ctx_processor  yours         app.py:21  Blueprint('bootstrap', __name_… static_folder='s', static_u…
            after_request       Bootstrap.finish                 yours         app.py:24  app.after_request(self.finish)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask hooks"));
}

/// `SQLAlchemy` 2.0: the listeners of `Note` and `Memo`, of `Account` once mappers are configured, and what a decorator has put into a list of tuples.
#[test]
fn what_is_called_for_each_class_that_derives_or_is_mapped_counts() {
    let files = format!(
        "{SQLALCHEMY}--- repo/ledger/__init__.py
from sqlalchemy import event
from ledger import models, late
HANDLERS = []
def handler(target, name):
    def decorate(function):
        HANDLERS.append((target, name, function))
        return function
    return decorate
@handler(models.Note, 'refresh')
def refreshed(target, context): ...
def setup():
    for target, name, function in HANDLERS:
        event.listen(target, name, function)
setup()
--- repo/ledger/models.py
from sqlalchemy import event
class Base: ...
class Stamped:
    @classmethod
    def __declare_last__(cls):
        event.listen(cls, 'before_insert', cls.stamp)
    @staticmethod
    def stamp(mapper, connection, target): ...
class Watched:
    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        event.listen(cls, 'load', cls.loaded)
    @staticmethod
    def loaded(target, context): ...
class Account(Stamped, Base):
    __tablename__ = 'account'
class Note(Watched, Base):
    __tablename__ = 'note'
class Memo(Watched, Base):
    __tablename__ = 'memo'
--- repo/ledger/late.py
from sqlalchemy import event
class Session: ...
sessions = Session()
class Auditor:
    events = {{'before_flush': 'on_flush', 'after_rollback': 'on_rollback'}}
    def __init__(self, session):
        self.session = session
    def install(self):
        for name, method in self.events.items():
            event.listen(self.session, name, getattr(self, method))
    def on_flush(self, session, context, instances): ...
    def on_rollback(self, session): ...
Auditor(sessions).install()
"
    );
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        6 plugins  key: event and target

            key                      leads to             distribution  place
            refresh Note             refreshed            yours         ledger/__init__.py:13  event.listen(target, name, function)
            before_flush sessions    Auditor.on_flush     yours         ledger/late.py:10      event.listen(self.session, name, getattr(self, method))
            after_rollback sessions  Auditor.on_rollback  yours         ledger/late.py:10      event.listen(self.session, name, getattr(self, method))
            before_insert Account    Stamped.stamp        yours         ledger/models.py:6     event.listen(cls, 'before_insert', cls.stamp)
            load Note                Watched.loaded       yours         ledger/models.py:12    event.listen(cls, 'load', cls.loaded)
            load Memo                Watched.loaded       yours         ledger/models.py:12    event.listen(cls, 'load', cls.loaded)
        exit 0
    "#]].assert_eq(&registry(&files, "SQLAlchemy events"));
}

/// Flask 3.1: `app.url_map` with `app.view_functions`, `app.before_request_funcs` and `app.jinja_env.filters`.
#[test]
fn rules_hooks_and_filters_by_names_options_and_objects_of_the_framework() {
    let flask = FLASK_WHOLE.replace(
        "from .blueprints import Blueprint\n",
        "from .blueprints import Blueprint\nfrom .globals import current_app\n",
    );
    let files = format!(
        "{flask}--- repo/.venv/lib/python3.12/site-packages/flask/globals.py
class LocalProxy: ...
current_app = LocalProxy()
--- repo/app.py
from typing import NamedTuple
from flask import Blueprint, Flask, current_app
class Rule:
    def __init__(self, string, endpoint=None): ...
class Users:
    @classmethod
    def as_view(cls, name):
        def view(): ...
        view.view_class = cls
        return view
class Endpoint(NamedTuple):
    path: str
    view: type
    name: str
ENDPOINTS = (Endpoint('/users/', Users, 'users'), Endpoint('/members/', Users, 'members'))
def start(): ...
def finish(response): ...
HOOKS = {{'before_request': [start], 'after_request': [finish]}}
FILTERS = {{'short': str.strip}}
class Metrics:
    def __init__(self, app=None, **options):
        self.options = options
    def init_app(self, app):
        if self.options.get('path'):
            app.add_url_rule(self.options['path'], 'metrics', self.view)
    def view(self): ...
metrics = Metrics(path='/metrics')
def feed(): ...
def make_blog():
    blog = Blueprint('blog', __name__)
    @blog.record_once
    def on_load(state):
        state.app.add_url_rule('/feed', 'feed', feed)
    return blog
class Site(Flask):
    def __init__(self):
        super().__init__('site')
        self.add_url_rule('/ping', 'ping', self.ping)
    def ping(self): ...
def raw(): ...
def create_app():
    app = Site()
    for it in ENDPOINTS:
        app.add_url_rule(it.path, view_func=it.view.as_view(it.name))
    for name, functions in HOOKS.items():
        for function in functions:
            getattr(app, name)(function)
    for name, function in FILTERS.items():
        app.add_template_filter(function, name)
    metrics.init_app(app)
    app.register_blueprint(make_blog())
    app.url_map.add(Rule('/raw', endpoint='raw'))
    app.view_functions['raw'] = raw
    return app
app = create_app()
@current_app.route('/inside')
def inside(): ...
"
    );
    expect![[r#"
        Flask routes  Flask

        8 plugins  key: rule

            key                      leads to                          distribution  place
            /ping                    Site.ping                         yours         app.py:38  self.add_url_rule('/ping', 'ping', self.ping)
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         app.py:42  Site()
            /users/                  Users                             yours         app.py:44  app.add_url_rule(it.path, view…unc=it.view.as_view(it.name)…
            /members/                Users                             yours         app.py:44  app.add_url_rule(it.path, view…unc=it.view.as_view(it.name)…
            /metrics                 Metrics.view                      yours         app.py:25  app.add_url_rule(self.options['path'], 'metrics', self.view)
            /feed                    feed                              yours         app.py:33  state.app.add_url_rule('/feed', 'feed', feed)
            /raw                     raw                               yours         app.py:52  app.url_map.add(Rule('/raw', endpoint='raw'))
            /inside                  inside                            yours         app.py:56  @current_app.route('/inside')
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
    expect![[r#"
        Flask hooks  Flask

        4 plugins  key: when it is called

            key                leads to                         distribution  place
            context_processor  _default_template_ctx_processor  yours         app.py:42  Site()
            before_request     start                            yours         app.py:47  getattr(app, name)(function)
            after_request      finish                           yours         app.py:47  getattr(app, name)(function)
            context_processor  _default_template_ctx_processor  yours         app.py:30  Blueprint('blog', __name__)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask hooks"));
    expect![[r#"
        Flask template filters  Flask

        1 plugin  key: name

            key    leads to   distribution  place
            short  str.strip  yours         app.py:49  app.add_template_filter(function, name)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Flask template filters"));
}
