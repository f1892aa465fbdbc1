//! What loops, guards and callbacks add to registries of frameworks, in small projects: as the running framework has it.

use expect_test::expect;

use crate::frameworks::{FLASK, SPHINX, registry};

#[test]
fn loops_over_tuples_and_calls_that_unpack_register_what_is_written_out() {
    // `app.url_map.iter_rules()` of Flask 3.1 has these thirteen.
    let files = format!(
        "{FLASK}--- repo/app.py
from flask import Flask, Blueprint
class View:
    @classmethod
    def as_view(cls, name): ...
class A(View): ...
class B(View): ...
def plain(): ...
ROUTES = [('/a', 'a', A), ('/b', 'b', B)]
app = Flask(__name__)
for rule, name, view in ROUTES:
    app.add_url_rule(rule, view_func=view.as_view(name))
for route in [('/c', 'c', plain), ('/d', 'd', plain)]:
    app.add_url_rule(*route)
OPTIONS = ({{'rule': '/e', 'view_func': plain}}, dict(rule='/f', view_func=plain))
for options in OPTIONS:
    app.add_url_rule(**options)
VIEWS = {{'/g': (plain, 'g'), '/h': (plain, 'h')}}
for rule, (view, name) in VIEWS.items():
    app.add_url_rule(rule, name, view)
GROUPS = {{'/x': [('/1', plain), ('/2', plain)]}}
for prefix, group in GROUPS.items():
    for rule, view in group:
        app.add_url_rule(prefix + rule, rule, view)
CHANGED = [('/i', plain)]
CHANGED.insert(0, ('/j', open))
for rule, view in CHANGED:
    app.add_url_rule(rule, rule, view)
"
    );
    expect![[r#"
        Flask routes  Flask

        13 plugins  key: rule

            key                      leads to                          distribution  place
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         app.py:9   Flask(__name__)
            /a                       A                                 yours         app.py:11  app.add_url_rule(rule, view_func=view.as_view(name))
            /b                       B                                 yours         app.py:11  app.add_url_rule(rule, view_func=view.as_view(name))
            /c                       plain                             yours         app.py:13  app.add_url_rule(*route)
            /d                       plain                             yours         app.py:13  app.add_url_rule(*route)
            /e                       plain                             yours         app.py:16  app.add_url_rule(**options)
            /f                       plain                             yours         app.py:16  app.add_url_rule(**options)
            /g                       plain                             yours         app.py:19  app.add_url_rule(rule, name, view)
            /h                       plain                             yours         app.py:19  app.add_url_rule(rule, name, view)
            /x/1                     plain                             yours         app.py:23  app.add_url_rule(prefix + rule, rule, view)
            /x/2                     plain                             yours         app.py:23  app.add_url_rule(prefix + rule, rule, view)
            /j                       open                              yours         app.py:27  app.add_url_rule(rule, rule, view)
            /i                       plain                             yours         app.py:27  app.add_url_rule(rule, rule, view)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
}

#[test]
fn a_variable_of_a_loop_stands_for_the_object() {
    // `docutils.parsers.rst.directives._directives` has `ext.StableBadge` and `ext.DraftBadge`, its roles `<ext.Cve object>` and the lambda.
    let files = format!(
        "{SPHINX}--- repo/ext.py
class Badge: ...
def make_badge(name, color):
    return type(f'{{name.title()}}Badge', (Badge,), {{'color': color}})
class Cve:
    def __init__(self, prefix=''): ...
ROLES = {{'cve': Cve(), 'cwe': Cve('cwe'), 'plain': lambda *given: ([], [])}}
def setup(app):
    for name, color in {{'stable': 'green', 'draft': 'red'}}.items():
        app.add_directive(name, make_badge(name, color))
    for name, role in ROLES.items():
        app.add_role(name, role)
    for name, default in [('one', None), ('two', ['a', 'b'])]:
        app.add_config_value(name, default, 'env')
"
    );
    expect![[r#"
        Sphinx directives  Sphinx

        2 plugins  key: name

            key     leads to     distribution  place
            stable  StableBadge  yours         ext.py:9  app.add_directive(name, make_badge(name, color))
            draft   DraftBadge   yours         ext.py:9  app.add_directive(name, make_badge(name, color))
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx directives"));
    expect![[r#"
        Sphinx roles  Sphinx

        3 plugins  key: name

            key    leads to    distribution  place
            cve    Cve()       yours         ext.py:11  app.add_role(name, role)
            cwe    Cve('cwe')  yours         ext.py:11  app.add_role(name, role)
            plain  <lambda>    yours         ext.py:11  app.add_role(name, role)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Sphinx roles"));
    expect![[r#"
        Sphinx configuration values  Sphinx

        2 plugins  key: name

            key  leads to    distribution  place
            one  None        yours         ext.py:13  app.add_config_value(name, default, 'env')
            two  ['a', 'b']  yours         ext.py:13  app.add_config_value(name, default, 'env')
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Sphinx configuration values"));
}

#[test]
fn what_a_framework_has_from_the_start_stands_in_its_registry() {
    // `app.config._options` of Sphinx 9 begins with those of `Config.config_values`; `app.config.numfig` is `False` until `conf.py` says another thing.
    let files = format!(
        "{}--- repo/ext.py
def setup(app):
    app.add_config_value('own', 1, 'env')
    if app.config.numfig:
        app.add_role('numbered', object())
    if app.config.today_fmt is None:
        app.add_role('today', object())
",
        SPHINX.replace(
            "class Config: ...\n",
            "\
class _Opt:
    def __init__(self, default, rebuild, valid_types): ...
class Config:
    config_values: dict[str, _Opt] = {
        'project': _Opt('Project name not set', 'env', frozenset((str,))),
        'copyright': _Opt(lambda config: config.project, 'html', frozenset((str,))),
        'today_fmt': _Opt(None, 'env', frozenset((str,))),
        'numfig': _Opt(False, 'env', frozenset((bool,))),
    }
"
        )
    );
    expect![[r#"
        Sphinx configuration values  Sphinx

        5 plugins  key: name

            key        leads to                distribution  place
            project    'Project name not set'  yours         sphinx/config.py:5  Config.config_values
            copyright  Config.<lambda>         yours         sphinx/config.py:6  Config.config_values
            today_fmt  None                    yours         sphinx/config.py:7  Config.config_values
            numfig     False                   yours         sphinx/config.py:8  Config.config_values
            own        1                       yours         ext.py:2            app.add_config_value('own', 1, 'env')
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx configuration values"));
    expect![[r#"
        Sphinx roles  Sphinx

        1 plugin  key: name

            key    leads to  distribution  place
            today  object()  yours         ext.py:6  app.add_role('today', object())
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Sphinx roles"));
}

#[test]
fn what_is_added_to_a_domain_has_a_key_of_the_domain_and_callbacks_stand_in_the_order_of_their_priority()
 {
    // `app.registry.domain_directives`, `domain_roles` and `domain_indices` of Sphinx 9; `app.events.listeners["doctree-read"]` by priority is
    // first, early, usual, also, late.
    let files = format!(
        "{}--- repo/ext.py
class Robot: ...
class Robots:
    name = 'robots'
def bolt(name, rawtext, text, lineno, inliner): ...
def first(app, doctree): ...
def early(app, doctree): ...
def usual(app, doctree): ...
def also(app, doctree): ...
def late(app, doctree): ...
def other(app): ...
LATE = 900
def setup(app):
    app.add_directive_to_domain('py', 'robotclass', Robot)
    app.add_role_to_domain('std', role=bolt, name='bolt')
    app.add_index_to_domain('py', Robots)
    app.add_object_type('signal', 'sig')
    app.add_crossref_type('topic', 'topic')
    app.connect('doctree-read', late, priority=LATE)
    app.connect('builder-inited', other)
    app.connect('doctree-read', usual)
    app.connect('doctree-read', early, 400)
    app.connect('doctree-read', also, priority=500)
    app.connect('doctree-read', first, priority=-1)
",
        SPHINX.replace(
            "    def connect(self, event, callback): ...\n",
            "\
    def add_directive_to_domain(self, domain, name, cls, override=False): ...
    def add_role_to_domain(self, domain, name, role, override=False): ...
    def add_index_to_domain(self, domain, index): ...
    def add_object_type(self, directivename, rolename): ...
    def add_crossref_type(self, directivename, rolename): ...
    def connect(self, event, callback, priority=500): ...
"
        )
    );
    expect![[r#"
        Sphinx directives  Sphinx

        3 plugins  key: name

            key            leads to  distribution  place
            py:robotclass  Robot     yours         ext.py:13  app.add_directive_to_domain('py', 'robotclass', Robot)
            std:signal     signal    yours         ext.py:16  app.add_object_type('signal', 'sig')
            std:topic      topic     yours         ext.py:17  app.add_crossref_type('topic', 'topic')
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx directives"));
    expect![[r#"
        Sphinx roles  Sphinx

        3 plugins  key: name

            key        leads to    distribution  place
            std:bolt   bolt        yours         ext.py:14  app.add_role_to_domain('std', role=bolt, name='bolt')
            std:sig    XRefRole()  yours         ext.py:16  app.add_object_type('signal', 'sig')
            std:topic  XRefRole()  yours         ext.py:17  app.add_crossref_type('topic', 'topic')
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx roles"));
    expect![[r#"
        Sphinx indices  Sphinx

        1 plugin  key: domain:name

            key        leads to  distribution  place
            py:robots  Robots    yours         ext.py:15  app.add_index_to_domain('py', Robots)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Sphinx indices"));
    expect![[r#"
        Sphinx events  Sphinx

        6 plugins  key: event

            key             leads to  distribution  place
            doctree-read    first     yours         ext.py:23  app.connect('doctree-read', first, priority=-1)
            builder-inited  other     yours         ext.py:19  app.connect('builder-inited', other)
            doctree-read    early     yours         ext.py:21  app.connect('doctree-read', early, 400)
            doctree-read    usual     yours         ext.py:20  app.connect('doctree-read', usual)
            doctree-read    also      yours         ext.py:22  app.connect('doctree-read', also, priority=500)
            doctree-read    late      yours         ext.py:18  app.connect('doctree-read', late, priority=LATE)
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx events"));
}

#[test]
fn what_a_function_does_once_it_does_when_it_is_called_for_the_first_time() {
    // Sphinx 9 has all of these roles: `elsewhere` only as `ext` comes before `later` does, which is not followed.
    let files = format!(
        "{}--- repo/ext.py
import later
done = False
seen = set()
class Once:
    def __init__(self):
        self.loaded = False
class State:
    ready = False
def setup(app):
    if not getattr(app, '_guarded', False):
        app._guarded = True
        app.add_role('guarded', object())
    if not hasattr(app, '_asked'):
        setattr(app, '_asked', 1)
        app.add_role('asked', object())
    if getattr(app, '_listed', None) is None:
        app._listed = []
        app.add_role('listed', object())
    if getattr(app, '_elsewhere', False) is False:
        app._elsewhere = True
        app.add_role('elsewhere', object())
    globally(app)
    kept(app, Once(), State())
    setup_changed(app)
    later.setup(app)
def globally(app):
    global done
    if 'x' not in seen:
        seen.add('x')
        app.add_role('seen', object())
    if done:
        app.add_role('never', object())
        return
    done = True
    app.add_role('global', object())
def kept(app, once: Once, state: State):
    if once.loaded or state.ready:
        return
    once.loaded = state.ready = True
    app.add_role('kept', object())
def undone(app):
    global changed
    changed = True
changed = False
def setup_changed(app):
    if changed:
        app.add_role('changed', object())
--- repo/later.py
def setup(app):
    app._elsewhere = True
",
        SPHINX.replace("extensions = ['ext']", "extensions = ['ext', 'later']")
    );
    expect![[r#"
        Sphinx roles  Sphinx

        8 plugins  key: name
          ? 2  hangs on a condition

            key        leads to  distribution  place
            guarded    object()  yours         ext.py:12  app.add_role('guarded', object())
            asked      object()  yours         ext.py:15  app.add_role('asked', object())
            listed     object()  yours         ext.py:18  app.add_role('listed', object())
          ? elsewhere  object()  yours         ext.py:21  hangs on a condition: line 19  app.add_role('elsewhere', object())
            seen       object()  yours         ext.py:30  app.add_role('seen', object())
            global     object()  yours         ext.py:35  app.add_role('global', object())
            kept       object()  yours         ext.py:40  app.add_role('kept', object())
          ? changed    object()  yours         ext.py:47  hangs on a condition: line 46  app.add_role('changed', object())
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx roles"));
    // Flask 3 has `before_request` alone: that nothing puts `other` there is not looked for.
    let files = format!(
        "{}--- repo/shop.py
def hook(): ...
def init_app(app):
    if 'shop' in app.extensions:
        return
    app.extensions['shop'] = object()
    app.before_request(hook)
    if 'other' in app.extensions:
        app.after_request(hook)
--- repo/app.py
from flask import Flask
from shop import init_app
app = Flask(__name__)
init_app(app)
",
        FLASK.replace(
            "    def __init__(self, name): ...\n",
            "    def __init__(self, name):\n        self.extensions: dict[str, object] = {}\n    def before_request(self, it): ...\n    def after_request(self, it): ...\n"
        )
    );
    expect![[r#"
        Flask hooks  Flask

        3 plugins  key: when it is called
          ? 1  hangs on a condition: line 7

            key                leads to                         distribution  place
            context_processor  _default_template_ctx_processor  yours         app.py:3   Flask(__name__)
            before_request     hook                             yours         shop.py:6  app.before_request(hook)
          ? after_request      hook                             yours         shop.py:8  hangs on a condition: line 7  app.after_request(hook)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask hooks"));
}

#[test]
fn versions_of_what_is_installed_decide_conditions() {
    // With docutils 0.23 Sphinx 9 has `old`, `tuple`, `release` and `named`.
    let files = format!(
        "{SPHINX}--- repo/.venv/lib/python3.12/site-packages/packaging/__init__.py
--- repo/.venv/lib/python3.12/site-packages/packaging/version.py
class Version:
    def __init__(self, version): ...
def parse(version): return Version(version)
--- repo/.venv/lib/python3.12/site-packages/docutils/__init__.py
from collections import namedtuple
__version__ = '0.23'
class VersionInfo(namedtuple('VersionInfo', 'major minor micro releaselevel')):
    __slots__ = ()
    def __new__(cls, major: int = 0, minor: int = 0, micro: int = 0, releaselevel = 'final'):
        if releaselevel not in ('alpha', 'final'):
            raise ValueError(releaselevel)
        return super().__new__(cls, major, minor, micro, releaselevel)
__version_info__ = VersionInfo(major=0, minor=23)
--- repo/ext.py
import docutils
from packaging.version import Version, parse
DONE = '_version_done'
HERE = (3, 1, 4)
def setup(app):
    if getattr(app, DONE, False):
        return
    setattr(app, DONE, True)
    if docutils.__version_info__[:2] < (1, 0):
        app.add_role('old', object())
    if docutils.__version_info__ >= (0, 24):
        app.add_role('new', object())
    if HERE[:2] == (3, 1) and HERE[1:] == (1, 4) and HERE[0] > 2:
        app.add_role('tuple', object())
    if Version(docutils.__version__) >= Version('0.18.1'):
        app.add_role('release', object())
    if parse(docutils.__version__) < parse('0.23.0'):
        app.add_role('below', object())
    if docutils.VersionInfo(1, minor=2)[1] == 2:
        app.add_role('named', object())
"
    );
    expect![[r#"
        Sphinx roles  Sphinx

        4 plugins  key: name

            key      leads to  distribution  place
            old      object()  yours         ext.py:10  app.add_role('old', object())
            tuple    object()  yours         ext.py:14  app.add_role('tuple', object())
            release  object()  yours         ext.py:16  app.add_role('release', object())
            named    object()  yours         ext.py:20  app.add_role('named', object())
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Sphinx roles"));
}

#[test]
fn what_a_blueprint_records_is_done_where_the_blueprint_is_taken_in() {
    // Flask 3.1 has the routes `/office/of-state` and `/of-app`, the hook, the filter and the default processor for the application and under
    // `office`; nothing of `lost`.
    let files = format!(
        "{}--- repo/.venv/lib/python3.12/site-packages/flask/sansio/__init__.py
--- repo/.venv/lib/python3.12/site-packages/flask/sansio/blueprints.py
class BlueprintSetupState:
    def __init__(self, blueprint, app, options, first_registration):
        self.app = app
    def add_url_rule(self, rule, endpoint=None, view_func=None): ...
--- repo/app.py
from flask import Flask, Blueprint
bp = Blueprint('office', __name__, url_prefix='/office')
lost = Blueprint('lost', __name__)
def check(*given): ...
@bp.record_once
def remember(state):
    state.app.jinja_env.filters['mail'] = check
    state.app.before_request(check)
@lost.record
def forget(state):
    state.app.after_request(check)
def by_call(state):
    state.add_url_rule('/of-state', view_func=check)
    state.app.add_url_rule('/of-app', view_func=check)
bp.record(by_call)
app = Flask(__name__)
app.register_blueprint(bp)
",
        FLASK.replace(
            "    def __init__(self, name, module, url_prefix=None): ...\n",
            "    def __init__(self, name, module, url_prefix=None): ...\n    def record(self, func): ...\n    def record_once(self, func): ...\n"
        )
    );
    expect![[r#"
        Flask routes  Flask

        3 plugins  key: rule

            key                      leads to                          distribution  place
            /office/of-state         check                             yours         app.py:13  state.add_url_rule('/of-state', view_func=check)
            /of-app                  check                             yours         app.py:14  state.app.add_url_rule('/of-app', view_func=check)
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         app.py:16  Flask(__name__)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
    expect![[r#"
        Flask hooks  Flask

        5 plugins  key: when it is called
          ? 2  nothing that is known takes in `lost`

            key                leads to                         distribution  place
          ? context_processor  _default_template_ctx_processor  yours         app.py:3   nothing that is known takes in `lost`  Blueprint('lost', __name__)
          ? after_request      check                            yours         app.py:11  nothing that is known takes in `lost`  state.app.after_request(check)
            context_processor  _default_template_ctx_processor  yours         app.py:16  Flask(__name__)
            context_processor  _default_template_ctx_processor  yours         app.py:2   Blueprint('office', __name__, url_prefix='/office')
            before_request     check                            yours         app.py:8   state.app.before_request(check)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask hooks"));
    expect![[r#"
        Flask template filters  Flask

        1 plugin  key: name

            key   leads to  distribution  place
            mail  check     yours         app.py:7  state.app.jinja_env.filters['mail'] = check
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Flask template filters"));
}

#[test]
fn hooks_stand_in_the_order_in_which_the_application_gets_them() {
    // `before_request_funcs[None]` of Flask 3.1 is first, of_blueprint, of_inner, user, timer: a blueprint's come where it is registered.
    let files = format!(
        "{}--- repo/shop/__init__.py
from flask import Flask
from . import hooks
def create_app():
    app = Flask(__name__)
    app.before_request(hooks.first)
    from .auth import bp
    from .admin import bp as admin
    app.register_blueprint(admin)
    app.register_blueprint(bp)
    hooks.init_app(app)
    return app
--- repo/shop/admin.py
from flask import Blueprint
inner = Blueprint('inner', __name__)
bp = Blueprint('admin', __name__)
@inner.before_app_request
def of_inner(): ...
bp.register_blueprint(inner)
@bp.before_app_request
def of_blueprint(): ...
--- repo/shop/auth.py
from flask import Blueprint
bp = Blueprint('auth', __name__)
@bp.before_app_request
def user(): ...
--- repo/shop/hooks.py
def first(): ...
def timer(): ...
def init_app(app):
    app.before_request(timer)
--- repo/wsgi.py
from shop import create_app
app = create_app()
",
        FLASK.replace(
            "class Blueprint:\n",
            "class Blueprint:\n    def before_app_request(self, it): ...\n    def register_blueprint(self, it, **k): ...\n"
        )
    );
    expect![[r#"
        Flask hooks  Flask

        9 plugins  key: when it is called

            key                 leads to                         distribution  place
            context_processor   _default_template_ctx_processor  yours         shop/__init__.py:4  Flask(__name__)
            before_request      first                            yours         shop/__init__.py:5  app.before_request(hooks.first)
            context_processor   _default_template_ctx_processor  yours         shop/admin.py:3     Blueprint('admin', __name__)
            before_app_request  of_blueprint                     yours         shop/admin.py:7     @bp.before_app_request
            context_processor   _default_template_ctx_processor  yours         shop/admin.py:2     Blueprint('inner', __name__)
            before_app_request  of_inner                         yours         shop/admin.py:4     @inner.before_app_request
            context_processor   _default_template_ctx_processor  yours         shop/auth.py:2      Blueprint('auth', __name__)
            before_app_request  user                             yours         shop/auth.py:3      @bp.before_app_request
            before_request      timer                            yours         shop/hooks.py:4     app.before_request(timer)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask hooks"));
}

#[test]
fn classes_below_a_base_of_the_framework_stand_in_a_registry_of_it() {
    // `TypeDecorator.__subclasses__()` and `UserDefinedType.__subclasses__()` of SQLAlchemy 2.1 have these, `Cents` stands below `Money`.
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/types.py
from .sql.type_api import TypeDecorator, UserDefinedType
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/sql/__init__.py
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/sql/type_api.py
class TypeDecorator: ...
class UserDefinedType: ...
--- repo/shop.py
from sqlalchemy import types
class Money(types.TypeDecorator): ...
class Point(types.UserDefinedType): ...
class Cents(Money): ...
class Plain: ...
";
    expect![[r#"
        SQLAlchemy types  SQLAlchemy

        3 plugins  key: class

            key    leads to  distribution  place
            Money  Money     yours         shop.py:2  sqlalchemy.sql.type_api:TypeDecorator
            Point  Point     yours         shop.py:3  sqlalchemy.sql.type_api:UserDefinedType
            Cents  Cents     yours         shop.py:4  sqlalchemy.sql.type_api:TypeDecorator
        exit 0
    "#]]
    .assert_eq(&registry(files, "SQLAlchemy types"));
}

#[test]
fn blueprints_of_a_loop_of_a_factory_and_those_taken_in_twice_have_each_their_routes() {
    // `app.url_map.iter_rules()` of Flask 3.1 has these eight; of those that are made with a name that is not known, `/p/7` and `/q/8`.
    let files = format!(
        "{}--- repo/app.py
from flask import Flask, Blueprint
def plain(): ...
app = Flask(__name__)
GROUPS = {{'/x': [('/1', plain)], '/y': [('/2', plain)]}}
for prefix, group in GROUPS.items():
    bp = Blueprint(prefix.strip('/'), __name__, url_prefix=prefix)
    for rule, view in group:
        bp.add_url_rule(rule, view_func=view)
    app.register_blueprint(bp)
twice = Blueprint('twice', __name__)
@twice.route('/t')
def t(): ...
app.register_blueprint(twice, url_prefix='/a')
app.register_blueprint(twice, url_prefix='/b', name='other')
outer = Blueprint('outer', __name__, url_prefix='/outer')
outer.register_blueprint(twice, url_prefix='/c', name='third')
app.register_blueprint(outer)
def factory(name):
    made = Blueprint(name, __name__, url_prefix='/' + name)
    @made.route('/m')
    def m(): ...
    return made
for name in ('one', 'two'):
    app.register_blueprint(factory(name))
for number, prefix in (('7', '/p'), ('8', '/q')):
    unnamed = Blueprint(open('names').readline(), __name__, url_prefix=prefix)
    unnamed.add_url_rule('/' + number, view_func=plain)
    app.register_blueprint(unnamed)
",
        FLASK.replace(
            "class Blueprint:\n",
            "class Blueprint:\n    def register_blueprint(self, it, **k): ...\n"
        )
    );
    expect![[r#"
        Flask routes  Flask

        12 plugins  key: rule
          ? 4  what stands before its key is worked out when it runs

            key                      leads to                          distribution  place
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         app.py:3   Flask(__name__)
            /x/1                     plain                             yours         app.py:8   bp.add_url_rule(rule, view_func=view)
            /y/2                     plain                             yours         app.py:8   bp.add_url_rule(rule, view_func=view)
            /a/t                     t                                 yours         app.py:11  @twice.route('/t')
            /b/t                     t                                 yours         app.py:11  @twice.route('/t'), of other
            /outer/c/t               t                                 yours         app.py:11  @twice.route('/t'), of third
            /one/m                   factory.<locals>.m                yours         app.py:20  @made.route('/m')
            /two/m                   factory.<locals>.m                yours         app.py:20  @made.route('/m')
          ? /p/7                     plain                             yours         app.py:27  what stands before its key is worked out when it runs  unnamed.add_url_rule('/' + number, view_func=plain)
          ? /q/7                     plain                             yours         app.py:27  what stands before its key is worked out when it runs  unnamed.add_url_rule('/' + number, view_func=plain)
          ? /p/8                     plain                             yours         app.py:27  what stands before its key is worked out when it runs  unnamed.add_url_rule('/' + number, view_func=plain)
          ? /q/8                     plain                             yours         app.py:27  what stands before its key is worked out when it runs  unnamed.add_url_rule('/' + number, view_func=plain)
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
}
