//! Registries of small frameworks which data alone describe: Typer, Flask-SocketIO, and what SQLAlchemy's classes say of themselves.

use expect_test::expect;

use crate::frameworks::registry;

/// `typer.main.get_command(app).commands` of the same program, with Typer 0.29.
#[test]
fn commands_and_groups_of_typer_are_registered() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/typer/__init__.py
from .main import Typer
--- repo/.venv/lib/python3.12/site-packages/typer/main.py
class Typer:
    def __init__(self, *, name=None, help=None): ...
    def command(self, name=None): ...
    def add_typer(self, typer_instance, *, name=None): ...
--- repo/tool/__init__.py
--- repo/tool/items.py
import typer
app = typer.Typer(name='things')
@app.command()
def sell_all(): ...
--- repo/tool/main.py
import typer
from tool import items
app = typer.Typer()
users = typer.Typer()
app.add_typer(items.app)
app.add_typer(users, name='users')
@app.command()
def hello_world(): ...
@app.command('bye')
def goodbye(): ...
def status(): ...
app.command(name='stat')(status)
@users.command()
def create(): ...
";
    expect![[r#"
        Typer commands  Typer

        5 plugins  key: name

            key          leads to     distribution  place
            sell-all     sell_all     yours         tool/items.py:3  @app.command()
            hello-world  hello_world  yours         tool/main.py:7   @app.command()
            bye          goodbye      yours         tool/main.py:9   @app.command('bye')
            stat         status       yours         tool/main.py:12  @app.command(name='stat')(status)
            create       create       yours         tool/main.py:13  @users.command()
        exit 0
    "#]].assert_eq(&registry(files, "Typer commands"));
    expect![[r#"
        Typer groups  Typer

        2 plugins  key: name

            key     leads to  distribution  place
            things  app       yours         tool/main.py:5  app.add_typer(items.app)
            users   users     yours         tool/main.py:6  app.add_typer(users, name='users')
        exit 0
    "#]]
    .assert_eq(&registry(files, "Typer groups"));
}

/// `socketio.server.handlers` and `namespace_handlers` of the same program, with Flask-SocketIO 5.7.
#[test]
fn handlers_of_socket_io_are_registered() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/flask_socketio/__init__.py
from .namespace import Namespace
class SocketIO:
    def __init__(self, app=None): ...
    def on(self, message, namespace=None): ...
    def event(self, *args, **kwargs): ...
    def on_event(self, message, handler, namespace=None): ...
    def on_namespace(self, namespace_handler): ...
--- repo/.venv/lib/python3.12/site-packages/flask_socketio/namespace.py
class Namespace:
    def __init__(self, namespace=None): ...
--- repo/chat.py
from flask_socketio import Namespace, SocketIO
socketio = SocketIO()
@socketio.on('joined', namespace='/chat')
def joined(message): ...
@socketio.on('connect')
def connect(): ...
@socketio.event
def my_event(data): ...
@socketio.event(namespace='/chat')
def other(data): ...
def left(message): ...
socketio.on_event('left', left, namespace='/chat')
class Room(Namespace):
    def on_message(self, data): ...
socketio.on_namespace(Room('/room'))
";
    expect![[r#"
        Socket.IO handlers  Flask-SocketIO

        5 plugins  key: event, namespace where it is not `/`

            key           leads to  distribution  place
            joined /chat  joined    yours         chat.py:3   @socketio.on('joined', namespace='/chat')
            connect       connect   yours         chat.py:5   @socketio.on('connect')
            my_event      my_event  yours         chat.py:7   @socketio.event
            other /chat   other     yours         chat.py:9   @socketio.event(namespace='/chat')
            left /chat    left      yours         chat.py:12  socketio.on_event('left', left, namespace='/chat')
        exit 0
    "#]].assert_eq(&registry(files, "Socket.IO handlers"));
    expect![[r#"
        Socket.IO namespaces  Flask-SocketIO

        1 plugin  key: namespace

            key    leads to       distribution  place
            /room  Room('/room')  yours         chat.py:15  socketio.on_namespace(Room('/room'))
        exit 0
    "#]]
    .assert_eq(&registry(files, "Socket.IO namespaces"));
}

/// `inspect(Person).polymorphic_map` of the same program, with SQLAlchemy 2.1.
#[test]
fn identities_that_mapped_classes_say_are_registered() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/sqlalchemy/__init__.py
--- repo/app.py
import sqlalchemy
COMMON = {'eager_defaults': True}
class Person:
    __tablename__ = 'person'
    __mapper_args__ = {'polymorphic_on': 'kind', 'polymorphic_identity': 'person'}
class Owner(Person):
    __mapper_args__ = {**COMMON, 'polymorphic_identity': 'owner'}
class Plain(Owner): ...
class Other:
    __mapper_args__ = COMMON
";
    expect![[r#"
        SQLAlchemy polymorphic identities  SQLAlchemy

        2 plugins  key: identity

            key     leads to  distribution  place
            person  Person    yours         app.py:3  __mapper_args__["polymorphic_identity"]
            owner   Owner     yours         app.py:6  __mapper_args__["polymorphic_identity"]
        exit 0
    "#]]
    .assert_eq(&registry(files, "SQLAlchemy polymorphic identities"));
}
