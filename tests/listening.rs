//! What listens to SQLAlchemy's events, and which dialects a program registers, also where a script does it; in small projects. What the
//! running library has is what these registries say.

use expect_test::expect;

use crate::frameworks::registry;

/// As much of SQLAlchemy as counts.
const SQLALCHEMY: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/__init__.py
from .schema import Column, MetaData, Table
from .engine import create_engine
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/engine.py
class Engine: ...
def create_engine(url):
    engine = Engine()
    return engine
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/schema.py
class MetaData: ...
class Column: ...
class Table:
    def __init__(self, name, metadata, *columns, **options): ...
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/event/__init__.py
from .api import contains, listen, listens_for, remove
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/event/api.py
def contains(target, identifier, fn): ...
def listen(target, identifier, fn): ...
def listens_for(target, identifier): ...
def remove(target, identifier, fn): ...
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/dialects/__init__.py
class PluginLoader:
    def register(self, name, modulepath, objname): ...
registry = PluginLoader()
plugins = PluginLoader()
";

#[test]
fn what_each_round_of_a_loop_makes_listens_itself() {
    let files = format!(
        "{SQLALCHEMY}--- repo/app.py
from sqlalchemy import MetaData, Table, event
item = Table('item', MetaData())
class Ddl:
    def execute_if(self, dialect): ...
trigger = Ddl()
def fill(*args): ...
def before_flush(*args): ...
def after_rollback(*args): ...
for dialect in ('sqlite', 'postgresql'):
    event.listen(item, 'after_create', trigger.execute_if(dialect=dialect))
    event.listen(item, 'after_create', fill)
def enable_for(target):
    for hook in (before_flush, after_rollback):
        event.listen(target, hook.__name__, hook)
enable_for(item)
"
    );
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        5 plugins  key: event and target

            key                  leads to                             distribution  place
            after_create item    trigger.execute_if(dialect=dialect)  yours         app.py:10  event.listen(item, 'after_crea…', trigger.execute_if(dialec…
            after_create item    fill                                 yours         app.py:11  event.listen(item, 'after_create', fill)
            after_create item    trigger.execute_if(dialect=dialect)  yours         app.py:10  event.listen(item, 'after_crea…', trigger.execute_if(dialec…
            before_flush item    before_flush                         yours         app.py:14  event.listen(target, hook.__name__, hook)
            after_rollback item  after_rollback                       yours         app.py:14  event.listen(target, hook.__name__, hook)
        exit 0
    "#]].assert_eq(&registry(&files, "SQLAlchemy events"));
}

#[test]
fn what_each_call_of_a_function_makes_listens_itself() {
    let files = format!(
        "{SQLALCHEMY}--- repo/app.py
from sqlalchemy import MetaData, event
metadata = MetaData()
class Ddl:
    def __init__(self, text): ...
def view(name):
    event.listen(metadata, 'after_create', Ddl(f'CREATE VIEW {{name}}'))
view('names')
view('deleted')
"
    );
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        2 plugins  key: event and target

            key                    leads to                    distribution  place
            after_create metadata  Ddl(f'CREATE VIEW {name}')  yours         app.py:6  event.listen(metadata, 'after_…eate', Ddl(f'CREATE VIEW {na…
            after_create metadata  Ddl(f'CREATE VIEW {name}')  yours         app.py:6  event.listen(metadata, 'after_…eate', Ddl(f'CREATE VIEW {na…
        exit 0
    "#]].assert_eq(&registry(&files, "SQLAlchemy events"));
}

#[test]
fn a_mixin_listens_to_the_attribute_of_each_class_that_is_mapped() {
    let files = format!(
        "{SQLALCHEMY}--- repo/app.py
from sqlalchemy import Column, event
def trim(*args): ...
class Named:
    name = Column()
    @classmethod
    def __declare_last__(cls):
        event.listen(cls.name, 'set', trim)
class Item(Named):
    __tablename__ = 'item'
class Visitor(Named):
    __tablename__ = 'visitor'
class Important(Visitor): ...
for model, fields in {{Item: ('until',), Visitor: ('name',)}}.items():
    for field in fields:
        event.listen(getattr(model, field), 'append', trim)
"
    );
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        5 plugins  key: event and target

            key                  leads to  distribution  place
            set Item.name        trim      yours         app.py:7   event.listen(cls.name, 'set', trim)
            set Visitor.name     trim      yours         app.py:7   event.listen(cls.name, 'set', trim)
            set Important.name   trim      yours         app.py:7   event.listen(cls.name, 'set', trim)
            append Item.until    trim      yours         app.py:15  event.listen(getattr(model, field), 'append', trim)
            append Visitor.name  trim      yours         app.py:15  event.listen(getattr(model, field), 'append', trim)
        exit 0
    "#]].assert_eq(&registry(&files, "SQLAlchemy events"));
}

#[test]
fn a_table_is_made_with_what_listens_to_it() {
    let files = format!(
        "{SQLALCHEMY}--- repo/app.py
from sqlalchemy import MetaData, Table
def fill(*args): ...
def clear(*args): ...
room = Table('room', MetaData(), listeners=[('after_create', fill), ('before_drop', clear)])
"
    );
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        2 plugins  key: event and target

            key                leads to  distribution  place
            after_create room  fill      yours         app.py:4  Table('room', MetaData(), list…ers=[('after_create', fill),…
            before_drop room   clear     yours         app.py:4  Table('room', MetaData(), list…ers=[('after_create', fill),…
        exit 0
    "#]].assert_eq(&registry(&files, "SQLAlchemy events"));
}

#[test]
fn a_dialect_that_cannot_be_imported_is_dead() {
    let files = format!(
        "{SQLALCHEMY}--- repo/app.py
from sqlalchemy.dialects import registry
registry.register('museum.broken', 'broken', 'Dialect')
registry.register('museum.missing', 'app', 'Missing')
registry.register('museum.nowhere', 'nowhere', 'Dialect')
registry.register('museum', 'app', 'Dialect')
class Dialect: ...
--- repo/run.py
import app
--- repo/broken.py
import no_such_module_at_all
class Dialect: ...
"
    );
    expect![[r#"
        SQLAlchemy dialects  SQLAlchemy

        4 plugins  key: name
          ✗ 2  ModuleNotFoundError
          ✗ 1  AttributeError: module 'app' has no attribute 'Missing'

            key             leads to     distribution  place
          ✗ museum.broken   Dialect      yours         app.py:2  ModuleNotFoundError: No module named 'no_such_module_at_all'  registry.register('museum.broken', 'broken', 'Dialect')
          ✗ museum.missing  app:Missing  yours         app.py:3  AttributeError: module 'app' has no attribute 'Missing'  registry.register('museum.missing', 'app', 'Missing')
          ✗ museum.nowhere  Dialect      yours         app.py:4  ModuleNotFoundError: No module named 'nowhere'  registry.register('museum.nowhere', 'nowhere', 'Dialect')
            museum          Dialect      yours         app.py:5  registry.register('museum', 'app', 'Dialect')
        exit 1
    "#]].assert_eq(&registry(&files, "SQLAlchemy dialects"));
}

/// A program whose object keeps another one that listens.
const APPLICATION: &str = "\
--- repo/application.py
from sqlalchemy import create_engine, event
class Stats:
    handled = ('checkin', 'reset')
    def install(self, engine):
        for name in self.handled:
            event.listen(engine, name, getattr(self, 'on_' + name))
    def on_checkin(self, *args): ...
    def on_checkout(self, *args): ...
    def on_reset(self, *args): ...
class Application:
    def __init__(self, url):
        self.url = url
        self.stats = Stats()
    def setup(self):
        self.engine = create_engine(self.url)
        event.listen(self.engine, 'begin', self.begun)
        event.listen(self.engine, 'checkout', self.stats.on_checkout)
        self.stats.install(self.engine)
    def begun(self, *args): ...
";

#[test]
fn what_a_script_does_when_it_is_started_is_done() {
    let files = format!(
        "{SQLALCHEMY}{APPLICATION}--- repo/manage.py
import sys
from application import Application
def main(argv=None):
    app = Application(argv[0] if argv else 'sqlite://')
    app.setup()
if __name__ == '__main__':
    main(sys.argv[1:])
"
    );
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        4 plugins  key: event and target

            key                                     leads to           distribution  place
            begin create_engine.<locals>.engine     Application.begun  yours         application.py:16  event.listen(self.engine, 'begin', self.begun)
            checkout create_engine.<locals>.engine  Stats.on_checkout  yours         application.py:17  event.listen(self.engine, 'che…out', self.stats.on_checkout…
            checkin create_engine.<locals>.engine   Stats.on_checkin   yours         application.py:6   event.listen(engine, name, getattr(self, 'on_' + name))
            reset create_engine.<locals>.engine     Stats.on_reset     yours         application.py:6   event.listen(engine, name, getattr(self, 'on_' + name))
        exit 0
    "#]].assert_eq(&registry(&files, "SQLAlchemy events"));
}

#[test]
fn a_module_that_others_import_is_not_started() {
    let files = format!(
        "{SQLALCHEMY}{APPLICATION}--- repo/tool.py
from application import Application
def main():
    app = Application('sqlite://')
    app.setup()
if __name__ == '__main__':
    main()
--- repo/other.py
import tool
"
    );
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        4 plugins  key: event and target
          ? 2  its key is worked out when it runs
          ? 2  registered when `Application.setup` is called

            key                                     leads to                distribution  place
          ? checkin engine                          Stats.on_checkin        yours         application.py:6   its key is worked out when it runs  event.listen(engine, name, getattr(self, 'on_' + name))
          ? reset engine                            Stats.on_reset          yours         application.py:6   its key is worked out when it runs  event.listen(engine, name, getattr(self, 'on_' + name))
          ? begin create_engine.<locals>.engine     Application.begun       yours         application.py:16  registered when `Application.setup` is called  event.listen(self.engine, 'begin', self.begun)
          ? checkout create_engine.<locals>.engine  self.stats.on_checkout  yours         application.py:17  registered when `Application.setup` is called  event.listen(self.engine, 'che…out', self.stats.on_checkout…
        exit 0
    "#]].assert_eq(&registry(&files, "SQLAlchemy events"));
}

/// SQLAlchemy 2.1: `event.contains` of the same program says which of these are there.
#[test]
fn listeners_that_the_run_has_come_by_are_known_by_it() {
    let files = format!(
        "{}--- repo/app.py
from sqlalchemy import MetaData, event
metadata = MetaData()
HANDLERS = {{'before_create': 'creating', 'after_create': 'created', 'before_drop': 'dropping'}}
def creating(*args): ...
def created(*args): ...
def dropping(*args): ...
for name, function in HANDLERS.items():
    event.listen(metadata, name, globals()[function])
for name in HANDLERS:
    if name.endswith('drop'):
        event.remove(metadata, name, globals()[HANDLERS[name]])
class Listeners:
    def __init__(self, target):
        for name in dir(self):
            if name.startswith('on_'):
                event.listen(target, name[3:], getattr(self, name))
    def on_after_drop(self, *args): ...
listeners = Listeners(metadata)
",
        SQLALCHEMY.replace(
            "def listen(target, identifier, fn): ...\ndef listens_for(target, identifier): ...",
            "\
def listen(target, identifier, fn): ...
def listens_for(target, identifier):
    def decorate(fn):
        listen(target, identifier, fn)
        return fn
    return decorate"
        )
    );
    expect![[r#"
        SQLAlchemy events  SQLAlchemy

        4 plugins  key: event and target
          ? 1  its key is worked out when it runs

            key                     leads to                 distribution  place
          ? identifier target       fn                       yours         sqlalchemy/event/api.py:5  its key is worked out when it runs  listen(target, identifier, fn)
            before_create metadata  creating                 yours         app.py:8                   event.listen(metadata, name, globals()[function])
            after_create metadata   created                  yours         app.py:8                   event.listen(metadata, name, globals()[function])
            after_drop metadata     Listeners.on_after_drop  yours         app.py:16                  event.listen(target, name[3:], getattr(self, name))
        exit 0
    "#]].assert_eq(&registry(&files, "SQLAlchemy events"));
}
