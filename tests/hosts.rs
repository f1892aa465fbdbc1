//! Programs that others are added to: plugins of an installed program that uses pluggy, what a manager takes in and out, and in which
//! order; what a library registers by what it is handed; entry points that a program goes through itself.

use expect_test::expect;

use crate::frameworks::{FLASK, registry};

pub(crate) const PLUGGY: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/pluggy/__init__.py
class HookspecMarker:
    def __init__(self, project): ...
    def __call__(self, function): ...
class HookimplMarker:
    def __init__(self, project): ...
    def __call__(self, function): ...
class PluginManager:
    def __init__(self, project): ...
    def register(self, plugin, name=None): ...
    def unregister(self, plugin=None, name=None): ...
    def set_blocked(self, name): ...
    def add_hookspecs(self, namespace): ...
    def load_setuptools_entrypoints(self, group): ...
";

#[test]
fn a_plugin_of_an_installed_program_is_listed_beside_the_others_of_that_program() {
    let files = format!(
        "{PLUGGY}--- repo/.venv/lib/python3.12/site-packages/linter/__init__.py
import pluggy
hookimpl = pluggy.HookimplMarker('linter')
hookspec = pluggy.HookspecMarker('linter')
--- repo/.venv/lib/python3.12/site-packages/linter/specs.py
from linter import hookspec
@hookspec
def lint(text): ...
--- repo/.venv/lib/python3.12/site-packages/linter/main.py
import pluggy
from linter import specs
class Manager(pluggy.PluginManager): ...
class Config:
    def __init__(self):
        self._manager = Manager('linter')
        self._manager.add_hookspecs(specs)
        self._manager.load_setuptools_entrypoints('linter.plugins')
--- repo/.venv/lib/python3.12/site-packages/linter/spaces.py
from linter import hookimpl
@hookimpl
def lint(text): ...
--- repo/.venv/lib/python3.12/site-packages/linter/unused.py
from linter import hookimpl
@hookimpl
def lint(text): ...
--- repo/.venv/lib/python3.12/site-packages/linter/tests/test_it.py
from linter import hookimpl
@hookimpl
def lint(text): ...
--- repo/.venv/lib/python3.12/site-packages/linter-1.0.dist-info/METADATA
Name: linter
Version: 1.0
--- repo/.venv/lib/python3.12/site-packages/linter-1.0.dist-info/entry_points.txt
[linter.plugins]
spaces = linter.spaces
--- repo/pyproject.toml
[project]
name = \"shop\"
[project.entry-points.\"linter.plugins\"]
words = \"words\"
lines = \"lines:Lines\"
--- repo/words.py
from linter import hookimpl
@hookimpl(tryfirst=True)
def lint(text): ...
--- repo/lines.py
from linter import hookimpl
@hookimpl
def lint(text): 'of the module, which nobody registers'
class Lines:
    @hookimpl
    def lint(self, text): ...
class Never:
    @hookimpl
    def lint(self, text): ...
"
    );
    let mut said = registry(&files, "pluggy implementations");
    said.push_str(&registry(&files, "pluggy specifications"));
    expect![[r#"
        pluggy implementations  pluggy

        6 plugins  key: hook
          ? 2  counts where its module is registered
          ? 1  counts where its class, or one that derives from it, is collected or registered

            key   leads to       distribution  place
            lint  words          yours         words.py:2          tryfirst
            lint  linter.spaces  yours         linter/spaces.py:2  @hookimpl
            lint  Lines.lint     yours         lines.py:5          @hookimpl
          ? lint  linter.unused  yours         linter/unused.py:2  counts where its module is registered  @hookimpl
          ? lint  Never.lint     yours         lines.py:8          counts where its class, or one that derives from it, is collected or registered  @hookimpl
          ? lint  lines          yours         lines.py:2          counts where its module is registered  @hookimpl
        exit 0
        pluggy specifications  pluggy

        1 plugin  key: hook

            key   leads to  distribution  place
            lint  lint      yours         linter/specs.py:2  @hookspec
        exit 0
    "#]].assert_eq(&said);
}

#[test]
fn what_a_manager_takes_in_is_called_the_other_way_round_and_what_it_refuses_is_not() {
    let files = format!(
        "{PLUGGY}--- repo/app.py
import importlib
import pluggy
import first, second
from marks import impl
class Taken:
    @impl
    def start(self): ...
class Out:
    @impl
    def start(self): ...
class Refused:
    @impl
    def start(self): ...
NAMED = ('third', 'fourth')
class App:
    def __init__(self):
        self.manager = pluggy.PluginManager('app')
        self.manager.register(first)
        self.manager.register(Taken())
        out = Out()
        self.manager.register(out)
        self.manager.unregister(out)
        self.manager.set_blocked('refused')
        self.manager.register(Refused(), name='refused')
        self.manager.register(self)
    @impl
    def start(self): ...
App()
manager = pluggy.PluginManager('app')
for name in NAMED:
    module = importlib.import_module(name)
    manager.register(module, name)
--- repo/marks.py
import pluggy
impl = pluggy.HookimplMarker('app')
--- repo/first.py
from marks import impl
@impl
def start(): ...
--- repo/second.py
from marks import impl
@impl
def start(): ...
--- repo/third.py
from marks import impl
@impl
def start(): ...
--- repo/fourth.py
from marks import impl
@impl
def start(): ...
"
    );
    expect![[r#"
        pluggy implementations  pluggy

        6 plugins  key: hook
          ? 1  counts where its module is registered

            key    leads to     distribution  place
            start  fourth       yours         fourth.py:2  @impl
            start  third        yours         third.py:2   @impl
            start  App.start    yours         app.py:26    @impl
            start  Taken.start  yours         app.py:6     @impl
            start  first        yours         first.py:2   @impl
          ? start  second       yours         second.py:2  counts where its module is registered  @impl
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy implementations"));
}

#[test]
fn the_order_of_entry_points_is_that_of_the_installed_distribution() {
    let files = format!(
        "{PLUGGY}--- repo/.venv/lib/python3.12/site-packages/shop-1.0.dist-info/METADATA
Name: shop
Version: 1.0
--- repo/.venv/lib/python3.12/site-packages/shop-1.0.dist-info/entry_points.txt
[app]
alpha = alpha
zeta = zeta
--- repo/pyproject.toml
[project]
name = \"shop\"
[project.entry-points.app]
zeta = \"zeta\"
alpha = \"alpha\"
--- repo/alpha.py
from marks import impl
@impl
def start(): ...
--- repo/zeta.py
from marks import impl
@impl
def start(): ...
--- repo/marks.py
import pluggy
impl = pluggy.HookimplMarker('app')
manager = pluggy.PluginManager('app')
manager.load_setuptools_entrypoints('app')
"
    );
    expect![[r#"
        pluggy implementations  pluggy

        2 plugins  key: hook

            key    leads to  distribution  place
            start  zeta      yours         zeta.py:2   @impl
            start  alpha     yours         alpha.py:2  @impl
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pluggy implementations"));
}

#[test]
fn a_library_that_keeps_the_application_registers_on_it_later() {
    let files = format!(
        "{FLASK}--- repo/.venv/lib/python3.12/site-packages/extra/__init__.py
from extra.commands import tools
class Extra:
    def __init__(self, app=None):
        self._app = app
        self.reset()
    def reset(self):
        self.listeners = {{'after_request': self.done}}
    def init_app(self, app):
        self._app = app
        self._register()
        app.jinja_env.filters['money'] = money
        app.jinja_env.filters.update(cents=money)
    def _register(self):
        self._app.before_request(self.note)
        self._app.cli.add_command(tools)
        for name, listener in self.listeners.items():
            self._app.after_request(listener)
    def note(self): ...
    def done(self, response): ...
def money(value): ...
--- repo/.venv/lib/python3.12/site-packages/extra/commands.py
import click
@click.group()
def tools(): ...
@tools.command()
def sharpen(): ...
--- repo/shop.py
from flask import Flask
from extra import Extra
extra = Extra()
app = Flask(__name__)
extra.init_app(app)
class Page:
    @classmethod
    def as_view(cls, name):
        def view(): ...
        return view
page = Page.as_view('page')
app.add_url_rule('/page', view_func=page)
"
    );
    let mut said = registry(&files, "Flask hooks");
    said.push_str(&registry(&files, "Flask template filters"));
    said.push_str(&registry(&files, "click groups' commands"));
    said.push_str(&registry(&files, "Flask routes"));
    expect![[r#"
        Flask hooks  Flask

        3 plugins  key: when it is called

            key                leads to                         distribution  place
            context_processor  _default_template_ctx_processor  yours         shop.py:4             Flask(__name__)
            before_request     Extra.note                       yours         extra/__init__.py:14  self._app.before_request(self.note)
            after_request      Extra.done                       yours         extra/__init__.py:17  self._app.after_request(listener)
        exit 0
        Flask template filters  Flask

        2 plugins  key: name

            key    leads to  distribution  place
            money  money     yours         extra/__init__.py:11  app.jinja_env.filters['money'] = money
            cents  money     yours         extra/__init__.py:12  app.jinja_env.filters.update(cents=money)
        exit 0
        click groups' commands  click

        1 plugin  key: name

            key      leads to  distribution  place
            sharpen  sharpen   yours         extra/commands.py:4  @tools.command()
        exit 0
        Flask routes  Flask

        2 plugins  key: rule

            key                      leads to                          distribution  place
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         shop.py:4   Flask(__name__)
            /page                    Page                              yours         shop.py:12  app.add_url_rule('/page', view_func=page)
        exit 0
    "#]].assert_eq(&said);
}

#[test]
fn entry_points_that_a_program_goes_through_itself_are_followed() {
    let files = format!(
        "{FLASK}--- repo/.venv/lib/python3.12/site-packages/more/__init__.py
def with_plugins(points):
    def decorate(group):
        for point in points or ():
            group.add_command(point.load())
        return group
    return decorate
--- repo/pyproject.toml
[project]
name = \"shop\"
[project.entry-points.\"shop.commands\"]
audit = \"commands:audit\"
--- repo/commands.py
import click
@click.command('audit-all')
def audit(): ...
--- repo/main.py
from importlib.metadata import entry_points
import click
from more import with_plugins
@with_plugins(entry_points(group='shop.commands'))
@click.group()
def main(): ...
other = click.Group('other')
for point in entry_points(group='shop.commands'):
    other.add_command(point.load(), point.name + '-x')
--- repo/groups.py
import click
from commands import audit
sub = click.Group('sub', commands={{'one': audit}})
"
    );
    expect![[r#"
        click groups' commands  click

        3 plugins  key: name

            key        leads to  distribution  place
            one        audit     yours         groups.py:3  click.Group('sub', commands={'one': audit})
            audit-all  audit     yours         main.py:4    group.add_command(point.load())
            audit-x    audit     yours         main.py:9    other.add_command(point.load(), point.name + '-x')
        exit 0
    "#]].assert_eq(&registry(&files, "click groups' commands"));
}

// SQLAlchemy 2.0: after `import shop`, `"ducks" in sys.modules` and `"geese" not in sys.modules`; a name that SQLAlchemy itself has comes first.
#[test]
fn a_url_that_a_call_is_handed_loads_the_entry_point_of_its_scheme() {
    let dialect = |name: &str| {
        format!(
            "--- repo/.venv/lib/python3.12/site-packages/{name}/__init__.py
from sqlalchemy import event
from sqlalchemy.pool import Pool
class Dialect: ...
@event.listens_for(Pool, 'connect')
def on_{name}(connection, record): ...
--- repo/.venv/lib/python3.12/site-packages/{name}-1.0.dist-info/METADATA
Name: {name}
Version: 1.0
--- repo/.venv/lib/python3.12/site-packages/{name}-1.0.dist-info/entry_points.txt
[sqlalchemy.dialects]
{name} = {name}:Dialect
{name}.quick = {name}:Dialect
sqlite = {name}:Dialect
"
        )
    };
    let files = format!(
        "--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/__init__.py
from .engine.create import create_engine
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/engine/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/engine/create.py
class Engine: ...
def create_engine(url, **options):
    engine = Engine()
    return engine
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/event/__init__.py
from .api import listens_for
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/event/api.py
def listens_for(target, identifier): ...
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/pool.py
class Pool: ...
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/dialects/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/dialects/sqlite.py
{}{}{}--- repo/shop/__init__.py
from sqlalchemy import create_engine, event
from .names import PLACE
engine = create_engine('ducks+quick://' + PLACE)
other = create_engine('sqlite://')
for target in (engine, other):
    @event.listens_for(target, 'checkin')
    def checkin(connection, record): ...
def later():
    return create_engine('swans:///')
--- repo/shop/names.py
PLACE = '/shop.db'
",
        dialect("ducks"),
        dialect("geese"),
        dialect("swans")
    );
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        4 plugins  key: event and target
          ? 1  loaded where a function is called: shop/__init__.py:9

            key             leads to  distribution  place
            connect Pool    on_ducks  yours         ducks/__init__.py:4  @event.listens_for(Pool, 'connect')
            checkin engine  checkin   yours         shop/__init__.py:6   @event.listens_for(target, 'checkin')
            checkin other   checkin   yours         shop/__init__.py:6   @event.listens_for(target, 'checkin')
          ? connect Pool    on_swans  yours         swans/__init__.py:4  loaded where a function is called: shop/__init__.py:9  @event.listens_for(Pool, 'connect')
        exit 0
    "#]].assert_eq(&registry(&files, "SQLAlchemy events"));
}
