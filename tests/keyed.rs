//! Keys that a class gives which is registered, names that stand for what has another one, and functions without a name, in small projects;
//! each page says what the running program says.

use expect_test::expect;

use crate::frameworks::{FLASK, registry};
use crate::registering::PYTEST;

/// `--fixtures` with pytest 9.0, pytest-factoryboy 2.8: `station__name`, `station__height`, `station_factory`, `station`, `north__…`, `north`; `http_log_factory` of the
/// decorated one. `buyer` is `customer` once more, `island` is made by what stands outside of `testpaths`.
#[test]
fn fixtures_that_a_class_gives_have_its_names_and_those_of_its_body() {
    let files = format!(
        "{PYTEST}--- repo/.venv/lib/python3.12/site-packages/factory/__init__.py
class Factory: ...
--- repo/.venv/lib/python3.12/site-packages/pytest_factoryboy/__init__.py
from .fixture import register
--- repo/.venv/lib/python3.12/site-packages/pytest_factoryboy/fixture.py
def register(factory_class=None, _name=None, **kwargs): ...
--- repo/pytest.ini
[pytest]
testpaths = tests
--- repo/shop/__init__.py
--- repo/shop/fakes.py
import pytest
def make(name):
    @pytest.fixture(name=name)
    def made(): ...
    return made
--- repo/tests/conftest.py
import pytest
import factory
from pytest_factoryboy import register
from shop.fakes import make
class Station: ...
class HTTPLog: ...
class NamedFactory(factory.Factory):
    name = 'x'
class StationFactory(NamedFactory):
    class Meta:
        model = Station
    height = 10
    _hidden = 1
register(StationFactory)
register(StationFactory, 'north', name='n')
@register
class HTTPLogFactory(factory.Factory):
    class Meta:
        model = HTTPLog
@pytest.fixture
def customer(): ...
buyer = customer
island = make('island')
"
    );
    expect![[r#"
        pytest fixtures  pytest

        12 plugins  key: name

            key               leads to                    distribution  place
            station__name     create_fixture.<locals>.fn  yours         tests/conftest.py:14  register(StationFactory)
            station__height   create_fixture.<locals>.fn  yours         tests/conftest.py:14  register(StationFactory)
            station_factory   create_fixture.<locals>.fn  yours         tests/conftest.py:14  register(StationFactory)
            station           create_fixture.<locals>.fn  yours         tests/conftest.py:14  register(StationFactory)
            north__name       create_fixture.<locals>.fn  yours         tests/conftest.py:15  register(StationFactory, 'north', name='n')
            north__height     create_fixture.<locals>.fn  yours         tests/conftest.py:15  register(StationFactory, 'north', name='n')
            north             create_fixture.<locals>.fn  yours         tests/conftest.py:15  register(StationFactory, 'north', name='n')
            http_log_factory  create_fixture.<locals>.fn  yours         tests/conftest.py:16  @register
            http_log          create_fixture.<locals>.fn  yours         tests/conftest.py:16  @register
            customer          customer                    yours         tests/conftest.py:20  @pytest.fixture
            island            make.<locals>.made          yours         tests/conftest.py:23  @pytest.fixture(name=name)
            buyer             customer                    yours         tests/conftest.py:20  @pytest.fixture
        exit 0
    "#]].assert_eq(&registry(&files, "pytest fixtures"));
}

/// `app.url_map` with Flask 3.1: `/day/<date>`, `/favicon.ico`.
#[test]
fn a_function_without_a_name_may_be_decorated_by_hand() {
    let files = format!(
        "{FLASK}--- repo/app.py
from flask import Flask
app = Flask(__name__)
day = app.route('/day/<date>')(lambda date: date)
app.add_url_rule('/favicon.ico', 'favicon', redirect_to='/static/favicon.ico')
"
    );
    expect![[r#"
        Flask routes  Flask

        3 plugins  key: rule

            key                      leads to                          distribution  place
            /static/<path:filename>  Flask.__init__.<locals>.<lambda>  yours         app.py:2  Flask(__name__)
            /day/<date>              <lambda>                          yours         app.py:3  @app.route('/day/<date>')(lambda date: date)
            /favicon.ico             '/static/favicon.ico'             yours         app.py:4  app.add_url_rule('/favicon.ico… 'favicon', redirect_to='/st…
        exit 0
    "#]].assert_eq(&registry(&files, "Flask routes"));
}
