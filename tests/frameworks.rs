//! What frameworks are told by conditions, loops, factories and calls, in small projects: found where it is written out, not sure where not.

use expect_test::expect;

use crate::support::Sandbox;
use crate::support::shell::Shell;

/// What a shell shows of a command in a project.
fn ran(files: &str, arguments: &str) -> String {
    Shell::new(&Sandbox::new(files)).run(arguments).to_string()
}

/// The same of one registry, by its name.
pub(crate) fn registry(files: &str, name: &str) -> String {
    let arguments = ["plugins", name, "--path", "repo"];
    Shell::new(&Sandbox::new(files))
        .run_with(&arguments)
        .to_string()
}

/// A project with as much of Sphinx as counts.
pub(crate) const SPHINX: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/sphinx/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sphinx/config.py
class Config: ...
--- repo/.venv/lib/python3.12/site-packages/sphinx/application.py
class Sphinx:
    def add_config_value(self, name, default, rebuild): ...
    def add_directive(self, name, cls): ...
    def add_role(self, name, role): ...
    def connect(self, event, callback): ...
--- repo/conf.py
extensions = ['ext']
chosen = True
";

#[test]
fn conditions_are_decided_where_settings_versions_and_imports_are_written_out() {
    let files = format!(
        "{SPHINX}--- repo/ext.py
import sys
from sphinx.config import Config
try:
    import nowhere
    HAS_NOWHERE = True
except ImportError:
    HAS_NOWHERE = False
try:
    import sphinx.config
    HAS_CONFIG = True
except ImportError:
    HAS_CONFIG = False
if sys.argv:
    PERHAPS = True
else:
    PERHAPS = False
class D: ...
def setup(app):
    app.add_config_value('legacy', False, 'env')
    app.add_config_value('chosen', False, 'env')
    if not app.config.legacy:
        app.add_directive('new', D)
    else:
        app.add_directive('old', D)
    if app.config.chosen and app.config.unheard:
        app.add_directive('perhaps', D)
    elif app.config.chosen:
        app.add_directive('chosen', D)
    if HAS_NOWHERE:
        app.add_directive('never', D)
    if HAS_CONFIG:
        app.add_directive('config', D)
    if PERHAPS:
        app.add_directive('perhaps too', D)
    if sys.version_info >= (3, 10) and sys.version_info[0] == 3:
        app.add_directive('since', D)
    if sys.version_info < (3, 8):
        app.add_directive('before', D)
    app.connect('config-inited', late)
def late(app: 'app', config: Config):
    pass
"
    );
    expect![[r#"
        Sphinx directives  Sphinx

        6 plugins  key: name
          ? 3  hangs on a condition

            key          leads to  distribution  place
            new          D         yours         ext.py:22  app.add_directive('new', D)
          ? perhaps      D         yours         ext.py:26  hangs on a condition: line 25  app.add_directive('perhaps', D)
          ? chosen       D         yours         ext.py:28  hangs on a condition: line 25  app.add_directive('chosen', D)
            config       D         yours         ext.py:32  app.add_directive('config', D)
          ? perhaps too  D         yours         ext.py:34  hangs on a condition: line 33  app.add_directive('perhaps too', D)
            since        D         yours         ext.py:36  app.add_directive('since', D)
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx directives"));
}

#[test]
fn loops_go_through_what_is_written_out() {
    let files = format!(
        "{SPHINX}--- repo/ext.py
import dataclasses as dc
import enum
from sphinx.application import Sphinx
class Size(enum.Enum):
    SMALL = 'small'
    LARGE = 'large'
@dc.dataclass
class Settings:
    depth: int = 1
    hidden: list = dc.field(default_factory=list, metadata={{'omit': ['sphinx']}})
    def triples(self):
        fields = {{it.name: it for it in dc.fields(self.__class__)}}
        for name, value in dc.asdict(self).items():
            yield name, value, fields[name]
COLORS = ('red', 'blue')
class Role:
    def __init__(self, color): ...
def roles():
    yield 'plain', Role, None
    for color in COLORS:
        line = f'{{color}}-line'
        yield '-'.join(('role', color)), Role, color
        yield line, Role, color
class Named:
    def __init__(self, name='default'):
        self.name = name
def unknown(): return open('names').read().split()
def setup(app):
    helper(app)
    for name, value, field in Settings().triples():
        if 'sphinx' not in field.metadata.get('omit', []):
            app.add_config_value(f'my_{{name}}', value, 'env')
    for size in Size:
        app.add_config_value('size_' + size.value + size.name.lower(), 1, 'env')
    for at, word in enumerate('one two'.split()):
        app.add_config_value('%s_%s' % (word, at), 1, 'env')
    for key, value in {{'a': 1, **{{'b': 2}}}}.items():
        app.add_config_value('key {{}}'.format(key), value, 'env')
    for name in [it.upper() for it in COLORS if it != 'red']:
        app.add_config_value(name, 1, 'env')
    app.add_config_value(Named().name, 1, 'env')
    app.add_config_value(Named('given').name, 1, 'env')
    for name in unknown():
        app.add_config_value(name, 1, 'env')
def helper(app: Sphinx):
    for name, role, color in roles():
        app.add_role(name, role(color))
"
    );
    expect![[r#"
        Sphinx configuration values  Sphinx

        11 plugins  key: name
          ? 1  its key is worked out when it runs

            key              leads to  distribution  place
            my_depth         1         yours         ext.py:32  app.add_config_value(f'my_{name}', value, 'env')
            size_smallsmall  1         yours         ext.py:34  app.add_config_value('size_' +…ize.value + size.name.lower(…
            size_largelarge  1         yours         ext.py:34  app.add_config_value('size_' +…ize.value + size.name.lower(…
            one_0            1         yours         ext.py:36  app.add_config_value('%s_%s' % (word, at), 1, 'env')
            two_1            1         yours         ext.py:36  app.add_config_value('%s_%s' % (word, at), 1, 'env')
            key a            1         yours         ext.py:38  app.add_config_value('key {}'.format(key), value, 'env')
            key b            2         yours         ext.py:38  app.add_config_value('key {}'.format(key), value, 'env')
            BLUE             1         yours         ext.py:40  app.add_config_value(name, 1, 'env')
            default          1         yours         ext.py:41  app.add_config_value(Named().name, 1, 'env')
            given            1         yours         ext.py:42  app.add_config_value(Named('given').name, 1, 'env')
          ? name             1         yours         ext.py:44  its key is worked out when it runs  app.add_config_value(name, 1, 'env')

        Sphinx extensions  Sphinx

        1 plugin  key: module

            key  leads to  distribution  place
            ext  ext       yours         conf.py:1  extensions of conf.py

        Sphinx roles  Sphinx

        5 plugins  key: name

            key        leads to     distribution  place
            plain      Role(color)  yours         ext.py:47  app.add_role(name, role(color))
            role-red   Role(color)  yours         ext.py:47  app.add_role(name, role(color))
            red-line   Role(color)  yours         ext.py:47  app.add_role(name, role(color))
            role-blue  Role(color)  yours         ext.py:47  app.add_role(name, role(color))
            blue-line  Role(color)  yours         ext.py:47  app.add_role(name, role(color))
        exit 0
    "#]].assert_eq(&ran(&files, "plugins Sphinx --path repo"));
}

#[test]
fn fixtures_that_functions_make_stand_under_the_names_they_are_bound_to() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/pytest/__init__.py
from _pytest.fixtures import fixture
from _pytest.config import Config, hookimpl
--- repo/.venv/lib/python3.12/site-packages/_pytest/__init__.py
--- repo/.venv/lib/python3.12/site-packages/_pytest/fixtures.py
def fixture(function=None, *, scope='function', name=None): ...
--- repo/.venv/lib/python3.12/site-packages/_pytest/config.py
from pluggy import HookimplMarker
hookimpl = HookimplMarker('pytest')
default_plugins = ('tmpdir',)
class PytestPluginManager:
    def register(self, plugin, name=None): ...
    def has_plugin(self, name): ...
class Config: ...
--- repo/.venv/lib/python3.12/site-packages/_pytest/tmpdir.py
from _pytest.fixtures import fixture
class Legacy:
    @fixture
    def tmpdir(self): ...
    def pytest_report_header(self): ...
class Never:
    @fixture
    def nothing(self): ...
def pytest_configure(config):
    if config.pluginmanager.has_plugin('tmpdir'):
        config.pluginmanager.register(Legacy(), 'legacy')
--- repo/.venv/lib/python3.12/site-packages/pluggy/__init__.py
class HookimplMarker:
    def __init__(self, project): ...
--- repo/factories.py
import pytest
def process(port):
    @pytest.fixture(scope='session')
    def inner(): return port
    return inner
def by_hand(name):
    def inner(): return name
    return pytest.fixture(name=name)(inner)
--- repo/conftest.py
import pytest
from factories import by_hand, process
postgres = process(5432)
unused = by_hand('said')
for scope in ('module', 'session'):
    globals()[f'_{scope}_runner'] = process(scope)
def never():
    @pytest.fixture
    def hidden(): ...
@pytest.hookimpl(trylast=True)
def pytest_configure(config): ...
@pytest.hookimpl(tryfirst=True)
def pytest_report_header(config): ...
--- repo/plugin.py
import pytest
@pytest.hookimpl(trylast=True)
def pytest_configure(config): ...
--- repo/test_it.py
pytest_plugins = ['plugin']
";
    expect![[r#"
        pytest fixtures  pytest

        7 plugins  key: name
          ? 1  counts where its class, or one that derives from it, is collected or registered
          ? 1  registered when `never` is called

            key              leads to                distribution  place
            tmpdir           Legacy.tmpdir           yours         _pytest/tmpdir.py:3  @fixture
          ? nothing          Never.nothing           yours         _pytest/tmpdir.py:7  counts where its class, or one that derives from it, is collected or registered  @fixture
            postgres         process.<locals>.inner  yours         conftest.py:3        @pytest.fixture(scope='session')
            said             by_hand.<locals>.inner  yours         conftest.py:4        @pytest.fixture(name=name)(inner)
            _module_runner   process.<locals>.inner  yours         conftest.py:6        @pytest.fixture(scope='session')
            _session_runner  process.<locals>.inner  yours         conftest.py:6        @pytest.fixture(scope='session')
          ? hidden           never.<locals>.hidden   yours         conftest.py:8        registered when `never` is called  @pytest.fixture

        pytest hooks  pytest

        5 plugins  key: hook

            key                   leads to                     distribution  place
            pytest_configure      _pytest.tmpdir               yours         _pytest/tmpdir.py:9  _pytest.tmpdir
            pytest_configure      conftest                     yours         conftest.py:11       trylast
            pytest_configure      plugin                       yours         plugin.py:3          trylast
            pytest_report_header  conftest                     yours         conftest.py:13       tryfirst
            pytest_report_header  Legacy.pytest_report_header  yours         _pytest/tmpdir.py:5  _pytest.tmpdir

        pytest plugins  pytest

        4 plugins  key: name

            key       leads to        distribution  place
            tmpdir    _pytest.tmpdir  yours         _pytest/config.py:3   built in
            conftest  conftest        yours         conftest.py:1         conftest
            plugin    plugin          yours         test_it.py:1          pytest_plugins
            legacy    Legacy()        yours         _pytest/tmpdir.py:11  config.pluginmanager.register(Legacy(), 'legacy')
        exit 0
    "#]].assert_eq(&ran(files, "plugins pytest --path repo"));
}

pub(crate) const FLASK: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/click/__init__.py
from click.core import Group, Command
from click.decorators import command, group
--- repo/.venv/lib/python3.12/site-packages/click/core.py
class Command: ...
class Group(Command):
    def command(self, *a, **k): ...
    def group(self, *a, **k): ...
    def add_command(self, cmd, name=None): ...
--- repo/.venv/lib/python3.12/site-packages/click/decorators.py
def command(name=None, cls=None): ...
def group(name=None, cls=None): ...
--- repo/.venv/lib/python3.12/site-packages/flask/__init__.py
class Flask:
    def __init__(self, name): ...
    def route(self, rule): ...
    def register_blueprint(self, it, **k): ...
class Blueprint:
    def __init__(self, name, module, url_prefix=None): ...
    def route(self, rule): ...
";

#[test]
fn what_extensions_and_blueprints_add_counts_where_they_are_taken_in() {
    let files = format!(
        "{FLASK}--- repo/.venv/lib/python3.12/site-packages/migrate.py
import click
@click.group()
def db(): ...
@db.command()
def upgrade(): ...
class Migrate:
    def __init__(self, app=None, command='db'):
        self.command = command
        if app is not None:
            self.init_app(app)
    def init_app(self, app, command=None):
        self.command = command or self.command
        app.cli.add_command(db, name=self.command)
--- repo/app.py
from flask import Blueprint, Flask
from migrate import Migrate
shop = Blueprint('shop', __name__, url_prefix='/shop')
other = Blueprint('other', __name__)
class Api:
    def register_blueprint(self, it): ...
@shop.route('/')
def index(): ...
@shop.cli.command()
def stock(): ...
@other.route('/nobody')
def nobody(): ...
inner = Blueprint('inner', __name__, url_prefix='/inner')
@inner.route('/a')
def inner_a(): ...
migrate = Migrate()
def pages(app):
    for name in ('about', 'terms'):
        app.add_url_rule(f'/{{name}}', name, index)
def create_app():
    app = Flask(__name__)
    migrate.init_app(app)
    Migrate(app, command='again')
    app.register_blueprint(shop)
    Api().register_blueprint(inner)
    pages(app)
    app.add_url_rule('/lambda', 'x', lambda: 'x')
    return app
app = create_app()
"
    );
    let page = registry(&files, "Flask routes");
    expect![[r#"
        Flask routes  Flask

        7 plugins  key: rule
          ? 1  nothing that is known takes in `other`

            key                      leads to                          distribution  place
            /shop/                   index                             yours         app.py:7   @shop.route('/')
          ? /nobody                  nobody                            yours         app.py:11  nothing that is known takes in `other`  @other.route('/nobody')
            /inner/a                 inner_a                           yours         app.py:14  @inner.route('/a')
            /about                   index                             yours         app.py:19  app.add_url_rule(f'/{name}', name, index)
            /terms                   index                             yours         app.py:19  app.add_url_rule(f'/{name}', name, index)
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         app.py:21  Flask(__name__)
            /lambda                  create_app.<locals>.<lambda>      yours         app.py:27  app.add_url_rule('/lambda', 'x', lambda: 'x')
        exit 0
    "#]].assert_eq(&page);
    let page = registry(&files, "Flask commands");
    expect![[r#"
        Flask commands  Flask

        3 plugins  key: name

            key    leads to  distribution  place
            db     db        yours         migrate.py:13  app.cli.add_command(db, name=self.command)
            again  db        yours         migrate.py:13  app.cli.add_command(db, name=self.command)
            shop   shop      yours         app.py:24      app.register_blueprint(shop)
        exit 0
    "#]]
    .assert_eq(&page);
}

#[test]
fn a_name_is_what_it_was_where_it_is_read() {
    let files = format!(
        "{FLASK}--- repo/tool.py
import click
@click.group()
def run(): ...
@run.command()
def run(): ...
from click import Group as work
work = work()
@work.command('first')
def first(): ...
"
    );
    expect![[r#"
        click groups' commands  click

        2 plugins  key: name

            key    leads to  distribution  place
            run    run       yours         tool.py:4  @run.command()
            first  first     yours         tool.py:8  @work.command('first')
        exit 0
    "#]]
    .assert_eq(&registry(&files, "click groups' commands"));
}

#[test]
fn plugins_that_are_handed_a_group_by_a_hook_add_to_it() {
    let files = format!(
        "{FLASK}--- repo/.venv/lib/python3.12/site-packages/pluggy/__init__.py
class HookspecMarker:
    def __init__(self, project): ...
class HookimplMarker:
    def __init__(self, project): ...
class PluginManager:
    def register(self, plugin, name=None): ...
--- repo/tool.py
import click
from plugs import manager
@click.group()
def cli(): ...
manager.hook.add_commands(cli=cli)
--- repo/plugs.py
import pluggy
manager = pluggy.PluginManager('tool')
impl = pluggy.HookimplMarker('tool')
--- repo/more.py
from plugs import impl
@impl
def add_commands(cli):
    @cli.command()
    def added(): ...
def later(cli):
    @cli.command()
    def nobody(): ...
"
    );
    expect![[r#"
        click groups' commands  click

        1 plugin  key: name

            key    leads to                     distribution  place
            added  add_commands.<locals>.added  yours         more.py:4  @cli.command()
        exit 0
    "#]]
    .assert_eq(&registry(&files, "click groups' commands"));
}

#[test]
fn what_an_app_does_when_it_is_ready_is_followed() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/django/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/conf/__init__.py
class LazySettings: ...
settings = LazySettings()
--- repo/.venv/lib/python3.12/site-packages/django/conf/global_settings.py
USE_TZ = True
--- repo/.venv/lib/python3.12/site-packages/django/apps/__init__.py
from django.apps.config import AppConfig
--- repo/.venv/lib/python3.12/site-packages/django/apps/config.py
class AppConfig: ...
--- repo/.venv/lib/python3.12/site-packages/django/dispatch.py
class Signal:
    def connect(self, receiver, sender=None): ...
def receiver(signal, **kwargs): ...
--- repo/.venv/lib/python3.12/site-packages/django/template/__init__.py
from django.template.library import Library
--- repo/.venv/lib/python3.12/site-packages/django/template/library.py
class Library:
    def __init__(self):
        self.tags = {}
    def tag(self, name, function=None):
        def enter(function):
            self.tags[name] = function
            return function
        return enter
--- repo/site1/__init__.py
--- repo/site1/settings.py
INSTALLED_APPS = ['shop']
WATCHED = False
--- repo/shop/__init__.py
--- repo/shop/apps.py
from django.apps import AppConfig
class ShopConfig(AppConfig):
    name = 'shop'
    def ready(self):
        from shop.signals import connect_all
        connect_all()
--- repo/shop/signals.py
from django.conf import settings
from django.dispatch import Signal
sold = Signal()
class Keeper:
    def __init__(self):
        sold.connect(self.changed)
    def changed(self, **kwargs): ...
keeper = Keeper()
class Other:
    def watch(self):
        sold.connect(self.seen)
    def seen(self, **kwargs): ...
other = Other()
sold.connect(other.seen)
def counted(**kwargs): ...
def connect_all():
    sold.connect(counted)
    if settings.USE_TZ:
        sold.connect(in_time)
    if settings.WATCHED or not hasattr(settings, 'AUDITED'):
        sold.connect(audited)
    if getattr(settings, 'WATCHED', True):
        sold.connect(never)
def in_time(**kwargs): ...
def audited(**kwargs): ...
def never(**kwargs): ...
--- repo/shop/templatetags/__init__.py
--- repo/shop/templatetags/shop_tags.py
from django.template import Library
register = Library()
def add_tag(name):
    @register.tag(name)
    def made(parser, token): ...
add_tag('one')
add_tag('two')
";
    expect![[r#"
        Django signal receivers  Django

        6 plugins  key: signal, sender (? not known)
          ? 1  registered when `Other.watch` is called

            key   leads to        distribution  place
            sold  Keeper.changed  yours         shop/signals.py:6   sold.connect(self.changed)
            sold  Other.seen      yours         shop/signals.py:14  sold.connect(other.seen)
            sold  counted         yours         shop/signals.py:17  sold.connect(counted)
            sold  in_time         yours         shop/signals.py:19  sold.connect(in_time)
            sold  audited         yours         shop/signals.py:21  sold.connect(audited)
          ? sold  Other.seen      yours         shop/signals.py:11  registered when `Other.watch` is called  sold.connect(self.seen)
        exit 0
    "#]].assert_eq(&registry(files, "Django signal receivers"));
    // What a framework's object keeps is listed as the framework's alone.
    expect![[r#"
        Atlas  repo

        4 registries · 10 plugins

                  registry                   plugins  key
          Django  Django apps                      1  label
                  Django signal receivers          6  signal, sender (? not known)
                  Django template libraries        1  name
                  Django template tags             2  name
        exit 0
    "#]]
    .assert_eq(&ran(files, "plugins --path repo"));
}

#[test]
fn an_entry_point_is_dead_where_its_module_imports_what_is_missing() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/pyproject.toml
[project]
name = \"shop\"
[project.entry-points.\"shop.formats\"]
csv = \"shop.formats:Csv\"
xml = \"shop.xml:Xml\"
far = \"shop.far:Far\"
--- repo/shop/__init__.py
--- repo/shop/formats.py
try:
    import nowhere
except ImportError:
    nowhere = None
class Csv: ...
--- repo/shop/xml.py
from nowhere import parse
class Xml: ...
--- repo/shop/far.py
from shop.xml import Xml
class Far: ...
";
    expect![[r#"
        shop.formats  entry points

        3 plugins  key: name
          ✗ 2  ModuleNotFoundError: No module named 'nowhere'

            key  leads to      distribution  place
            csv  Csv           yours         pyproject.toml:4  shop.formats:Csv
          ✗ xml  shop.xml:Xml  yours         pyproject.toml:5  ModuleNotFoundError: No module named 'nowhere'  shop.xml:Xml
          ✗ far  shop.far:Far  yours         pyproject.toml:6  ModuleNotFoundError: No module named 'nowhere'  shop.far:Far
        exit 1
    "#]]
    .assert_eq(&ran(files, "plugins shop.formats --path repo"));
}

#[test]
fn the_module_that_a_program_starts_with_needs_nobody_to_import_it() {
    let files = "\
--- repo/tasks.py
TASKS = {}
def task(name):
    def enter(function):
        TASKS[name] = function
        return function
    return enter
--- repo/start.py
from tasks import task
@task('start')
def start(): ...
if __name__ == '__main__':
    start()
--- repo/forgotten.py
from tasks import task
@task('forgotten')
def forgotten(): ...
";
    expect![[r#"
        tasks:TASKS  by decorator

        2 plugins  key: argument of the decorator  tasks.py:1
          · 1  no module imports forgotten.py

            key          leads to   distribution  place
          · 'forgotten'  forgotten  yours         forgotten.py:2  no module imports forgotten.py  @task('forgotten')
            'start'      start      yours         start.py:2      @task('start')
        exit 1
    "#]].assert_eq(&ran(files, "plugins TASKS --path repo"));
}

#[test]
fn json_says_by_which_hooks_a_class_was_made() {
    let files = "\
--- repo/base.py
TABLE = {}
class Base:
    def __init_subclass__(cls, key, **kwargs):
        super().__init_subclass__(**kwargs)
        TABLE[key] = cls
class One(Base, key='one'): ...
";
    let page = ran(files, "plugins TABLE --path repo --json");
    assert!(
        page.contains("\"made_by\":[\"Base.__init_subclass__\"]"),
        "{page}"
    );
}

#[test]
fn functions_that_return_what_others_return_are_followed_to_an_end() {
    use std::fmt::Write as _;

    let mut module = String::from("from sphinx.application import Sphinx\nimport sys\n");
    for number in 0..40 {
        let next = number + 1;
        writeln!(
            module,
            "def f{number}(x):\n    if sys.argv: return f{next}(x)\n    if x: return f{next}(1)\n    return f{next}(2)"
        )
        .expect("a string takes it");
    }
    module.push_str("def f40(x): return None\ndef setup(app):\n    app.add_config_value('plain', 1, '')\n    app.add_config_value(f0(1), 1, '')\n");
    let page = registry(
        &format!("{SPHINX}--- repo/ext.py\n{module}"),
        "Sphinx configuration values",
    );
    assert!(page.contains("plain"), "{page}");
}
