//! What programs register by calls that are worked out while they run: the registries say what the run on paper has come by.

use expect_test::expect;

use crate::frameworks::registry;

/// Flask as it keeps what it is told, in its own words and modules.
const FLASK: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/click/__init__.py
from click.core import Command, Group
--- repo/.venv/lib/python3.12/site-packages/click/core.py
class Command:
    def __init__(self, name=None, callback=None):
        self.name = name
        self.callback = callback
class Group(Command):
    def __init__(self, name=None, callback=None):
        super().__init__(name, callback)
        self.commands = {}
    def add_command(self, cmd, name=None):
        self.commands[name or cmd.name] = cmd
--- repo/.venv/lib/python3.12/site-packages/flask/__init__.py
from .app import Flask
from .sansio.blueprints import Blueprint
--- repo/.venv/lib/python3.12/site-packages/flask/app.py
from click import Group
from .sansio.app import App
class Flask(App):
    def __init__(self, import_name, static_folder=None):
        super().__init__(import_name)
        self.cli = Group()
--- repo/.venv/lib/python3.12/site-packages/flask/sansio/__init__.py
--- repo/.venv/lib/python3.12/site-packages/flask/sansio/scaffold.py
class Scaffold:
    def __init__(self):
        self.before_request_funcs = {}
        self.error_handler_spec = {}
    def before_request(self, f):
        self.before_request_funcs.setdefault(None, []).append(f)
        return f
    def route(self, rule, **options):
        def decorator(f):
            self.add_url_rule(rule, options.pop('endpoint', None), f, **options)
            return f
        return decorator
    def register_error_handler(self, code_or_exception, f):
        is_code = isinstance(code_or_exception, int)
        code = code_or_exception if is_code else None
        kept = self.error_handler_spec.setdefault(None, {}).setdefault(code, {})
        kept[Exception if is_code else code_or_exception] = f
--- repo/.venv/lib/python3.12/site-packages/flask/sansio/app.py
from .scaffold import Scaffold
class App(Scaffold):
    def __init__(self, import_name):
        super().__init__()
        self.config = {}
        self.view_functions = {}
    def add_url_rule(self, rule, endpoint=None, view_func=None, **options):
        self.view_functions[endpoint or view_func.__name__] = view_func
    def register_blueprint(self, blueprint, **options):
        blueprint.register(self, options)
--- repo/.venv/lib/python3.12/site-packages/flask/sansio/blueprints.py
from .scaffold import Scaffold
class BlueprintSetupState:
    def __init__(self, blueprint, app, options):
        self.blueprint = blueprint
        self.app = app
        self.url_prefix = options.get('url_prefix', blueprint.url_prefix)
    def add_url_rule(self, rule, endpoint=None, view_func=None, **options):
        rule = (self.url_prefix or '') + rule
        self.app.add_url_rule(rule, f'{self.blueprint.name}.{endpoint or view_func.__name__}', view_func, **options)
class Blueprint(Scaffold):
    def __init__(self, name, import_name, url_prefix=None):
        super().__init__()
        self.name = name
        self.url_prefix = url_prefix
        self.deferred_functions = []
    def record(self, func):
        self.deferred_functions.append(func)
    def add_url_rule(self, rule, endpoint=None, view_func=None, **options):
        self.record(lambda s: s.add_url_rule(rule, endpoint, view_func, **options))
    def register(self, app, options):
        state = BlueprintSetupState(self, app, options)
        for deferred in self.deferred_functions:
            deferred(state)
        for key, values in self.before_request_funcs.items():
            app.before_request_funcs.setdefault(self.name, []).extend(values)
";

/// Flask 3.1 and click 8.2: `app.url_map`, `app.before_request_funcs`, `app.error_handler_spec`, `app.cli.commands` of the same program.
#[test]
fn what_the_run_has_come_by_stands_in_the_registries_whatever_way_it_took() {
    let files = format!(
        "{FLASK}--- repo/.venv/lib/python3.12/site-packages/rest.py
from functools import partial
class Api:
    def __init__(self, app=None, prefix=''):
        self.prefix = prefix
        self.resources = []
        if app is not None:
            self.init_app(app)
    def init_app(self, app):
        try:
            app.record(self.later)
        except AttributeError:
            self.start(app)
    def later(self, state):
        self.start(state.app)
    def start(self, app):
        for resource, urls, options in self.resources:
            self.view(app, resource, *urls, **options)
    def add_resource(self, resource, *urls, **options):
        self.resources.append((resource, urls, options))
    def view(self, app, resource, *urls, **options):
        name = options.pop('endpoint', None) or resource.__name__.lower()
        def view(): ...
        view.view_class = resource
        for url in urls:
            app.add_url_rule(self.prefix + url, view_func=view, endpoint=name, **options)
--- repo/shop/__init__.py
--- repo/shop/pages/__init__.py
--- repo/shop/pages/cart.py
from functools import partial
from flask import Blueprint
bp = Blueprint('cart', __name__, url_prefix='/cart')
get = partial(bp.route, methods=['GET'])
@get('/')
def cart(): ...
@bp.before_request
def only_buyers(): ...
--- repo/shop/pages/home.py
from flask import Blueprint
bp = Blueprint('home', __name__)
@bp.route('/')
def home(): ...
--- repo/shop/pages/words.py
WORDS = ['no', 'blueprint']
--- repo/shop/app.py
import importlib, pkgutil
from click import Command
from flask import Flask
from rest import Api
import shop.pages
from shop.settings import Settings
api = Api(prefix='/api')
class Items: ...
class Orders: ...
api.add_resource(Items, '/items', '/things')
for resource in (Orders,):
    api.add_resource(resource, f'/{{resource.__name__.lower()}}', endpoint='all')
CODES = {{404: 'lost', 410: 'gone', 500: 'broken'}}
class Shop(Flask):
    def section(self, name):
        def decorate(f):
            self.add_url_rule(f'/section/{{name}}', view_func=f)
            return f
        return decorate
def command(number):
    def shelf(): ...
    return Command(f'shelf-{{number}}', shelf)
def create_app(settings=Settings, **overrides):
    app = Shop('shop')
    for name in vars(settings):
        if name.isupper():
            app.config[name] = getattr(settings, name)
    app.config.update(overrides)
    api.init_app(app)
    for found in pkgutil.iter_modules(shop.pages.__path__):
        module = importlib.import_module(f'shop.pages.{{found.name}}')
        if hasattr(module, 'bp'):
            app.register_blueprint(module.bp)
    if app.config['OPEN']:
        @app.section('sale')
        def sale(): ...
    if app.config['CLOSED']:
        @app.section('closed')
        def closed(): ...
    for code in CODES:
        if code < 500:
            app.register_error_handler(code, failed)
    app.before_request_funcs.setdefault(None, []).append(watched)
    for number in (1, 2):
        app.cli.add_command(command(number))
    return app
def failed(error): ...
def watched(): ...
--- repo/shop/settings.py
class Settings:
    OPEN = True
    CLOSED = False
"
    );
    expect![[r#"
        Flask routes  Flask

        6 plugins  key: rule

            key            leads to                  distribution  place
            /              home                      yours         shop/pages/home.py:3  @bp.route('/')
            /api/items     Items                     yours         shop/app.py:8         app.add_url_rule(self.prefix +…rl, view_func=view, endpoint…
            /api/things    Items                     yours         shop/app.py:8         app.add_url_rule(self.prefix +…rl, view_func=view, endpoint…
            /api/orders    Orders                    yours         shop/app.py:9         app.add_url_rule(self.prefix +…rl, view_func=view, endpoint…
            /cart/         cart                      yours         shop/pages/cart.py:6  app.register_blueprint(module.bp)
            /section/sale  create_app.<locals>.sale  yours         shop/app.py:17        self.add_url_rule(f'/section/{name}', view_func=f)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
    expect![[r#"
        Flask hooks  Flask

        4 plugins  key: when it is called

            key                leads to                         distribution  place
            context_processor  _default_template_ctx_processor  yours         shop/pages/cart.py:3  Blueprint('cart', __name__, url_prefix='/cart')
            before_request     only_buyers                      yours         shop/pages/cart.py:7  @bp.before_request
            context_processor  _default_template_ctx_processor  yours         shop/pages/home.py:2  Blueprint('home', __name__)
            before_request     watched                          yours         shop/app.py:48
        exit 0
    "#]].assert_eq(&registry(&files, "Flask hooks"));
    expect![[r#"
        Flask error handlers  Flask

        2 plugins  key: code or exception

            key  leads to  distribution  place
            404  failed    yours         shop/app.py:42  app.register_error_handler(code, failed)
            410  failed    yours         shop/app.py:42  app.register_error_handler(code, failed)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Flask error handlers"));
    expect![[r#"
        Flask commands  Flask

        2 plugins  key: name

            key      leads to                distribution  place
            shelf-1  command.<locals>.shelf  yours         shop/app.py:45  app.cli.add_command(command(number))
            shelf-2  command.<locals>.shelf  yours         shop/app.py:45  app.cli.add_command(command(number))
        exit 0
    "#]].assert_eq(&registry(&files, "Flask commands"));
}

/// The same of a module that calls the factory, and of one where a condition is not known.
#[test]
fn what_hangs_on_a_condition_that_is_not_known_is_not_said_for_certain() {
    let files = format!(
        "{FLASK}--- repo/.venv/lib/python3.12/site-packages/rest-2.1.dist-info/METADATA
Metadata-Version: 2.1
Name: Rest
Version: 2.1
--- repo/wsgi.py
import sys
from importlib.metadata import version
from flask import Flask
def create_app():
    app = Flask('shop')
    if len(sys.argv) > 3:
        app.before_request(perhaps)
    app.before_request(surely)
    if version('rest').startswith('2.'):
        app.before_request(two)
    for word in sys.argv:
        app.add_url_rule('/' + word, view_func=surely)
    return app
def perhaps(): ...
def surely(): ...
def two(): ...
app = create_app()
"
    );
    expect![[r#"
        Flask hooks  Flask

        4 plugins  key: when it is called
          ? 1  hangs on a condition: line 6

            key                leads to                         distribution  place
            context_processor  _default_template_ctx_processor  yours         wsgi.py:5   Flask('shop')
          ? before_request     perhaps                          yours         wsgi.py:7   hangs on a condition: line 6  app.before_request(perhaps)
            before_request     surely                           yours         wsgi.py:8   app.before_request(surely)
            before_request     two                              yours         wsgi.py:10  app.before_request(two)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask hooks"));
    expect![[r#"
        Flask routes  Flask

        2 plugins  key: rule
          ? 1  its key is worked out when it runs

            key                      leads to                          distribution  place
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         wsgi.py:5   Flask('shop')
          ? sys.argv                 surely                            yours         wsgi.py:12  its key is worked out when it runs  app.add_url_rule('/' + word, view_func=surely)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
}

/// Flask 2.3, whose classes stand elsewhere.
#[test]
fn an_older_flask_is_read_from_the_run_too() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.11.7
--- repo/.venv/lib/python3.11/site-packages/flask/__init__.py
from .app import Flask
from .blueprints import Blueprint
--- repo/.venv/lib/python3.11/site-packages/flask/scaffold.py
class Scaffold:
    def __init__(self, import_name):
        self.before_request_funcs = {}
    def before_request(self, f):
        self.before_request_funcs.setdefault(None, []).append(f)
        return f
    def route(self, rule, **options):
        def decorator(f):
            self.add_url_rule(rule, options.pop('endpoint', None), f, **options)
            return f
        return decorator
--- repo/.venv/lib/python3.11/site-packages/flask/app.py
from .scaffold import Scaffold
class Flask(Scaffold):
    def __init__(self, import_name, static_folder=None):
        super().__init__(import_name)
        self.view_functions = {}
    def add_url_rule(self, rule, endpoint=None, view_func=None, **options):
        self.view_functions[endpoint] = view_func
    def register_blueprint(self, blueprint, **options):
        blueprint.register(self, options)
--- repo/.venv/lib/python3.11/site-packages/flask/blueprints.py
from .scaffold import Scaffold
class Blueprint(Scaffold):
    def __init__(self, name, import_name, url_prefix=None):
        super().__init__(import_name)
        self.name = name
        self.url_prefix = url_prefix
        self.deferred_functions = []
    def add_url_rule(self, rule, endpoint=None, view_func=None, **options):
        self.deferred_functions.append((rule, endpoint, view_func))
    def register(self, app, options):
        prefix = options.get('url_prefix', self.url_prefix)
        for rule, endpoint, view_func in self.deferred_functions:
            app.add_url_rule(prefix.rstrip('/') + '/' + rule.lstrip('/'), endpoint, view_func)
--- repo/shop.py
from functools import wraps
from flask import Blueprint, Flask
bp = Blueprint('pages', __name__, url_prefix='/pages')
@bp.route('roles/')
def roles(): ...
def signed(view):
    @wraps(view)
    def decorated(*args): ...
    return decorated
def plain(*args):
    def inside(): ...
    return inside
def get_job(): ...
def add_job(): ...
RULES = {'GET': get_job, 'POST': add_job}
def create_app():
    app = Flask(__name__)
    app.register_blueprint(bp)
    for method, view in RULES.items():
        app.add_url_rule('/jobs', method, signed(view), methods=[method])
        app.add_url_rule('/plain', method, plain(view), methods=[method])
    app.before_request(plain())
    return app
app = create_app()
";
    expect![[r#"
        Flask routes  Flask

        6 plugins  key: rule

            key                      leads to                          distribution  place
            /pages/roles/            roles                             yours         shop.py:4   @bp.route('roles/')
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         shop.py:17  Flask(__name__)
            /plain                   plain.<locals>.inside             yours         shop.py:21  app.add_url_rule('/plain', met…d, plain(view), methods=[met…
            /plain                   plain.<locals>.inside             yours         shop.py:21  app.add_url_rule('/plain', met…d, plain(view), methods=[met…
            /jobs                    get_job                           yours         shop.py:20  app.add_url_rule('/jobs', meth…, signed(view), methods=[met…
            /jobs                    add_job                           yours         shop.py:20  app.add_url_rule('/jobs', meth…, signed(view), methods=[met…
        exit 0
    "#]].assert_eq(&registry(files, "Flask routes"));
    expect![[r#"
        Flask hooks  Flask

        3 plugins  key: when it is called

            key                leads to                         distribution  place
            context_processor  _default_template_ctx_processor  yours         shop.py:17  Flask(__name__)
            context_processor  _default_template_ctx_processor  yours         shop.py:3   Blueprint('pages', __name__, url_prefix='/pages')
            before_request     plain.<locals>.inside            yours         shop.py:22  app.before_request(plain())
        exit 0
    "#]].assert_eq(&registry(files, "Flask hooks"));
}
