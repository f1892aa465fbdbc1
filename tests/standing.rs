//! pytest: what stands for functions of other runners, fixtures that calls and factories make, what stays of a plugin that is refused, and
//! questions about its own objects; each page says what `pytest --collect-only` leaves in the fixture and plugin managers of pytest 9.

use expect_test::expect;

use crate::frameworks::registry;
use crate::registering::PYTEST;

#[test]
fn functions_of_other_runners_have_fixtures_that_stand_for_them() {
    let files = format!(
        "{PYTEST}--- repo/.venv/lib/python3.12/site-packages/_pytest/unittest.py
class UnitTestCase:
    def _register_unittest_skip_fixture(self, cls): ...
--- repo/test_plain.py
import unittest
import pytest
def setup_module(module): ...
@pytest.fixture
def setup_function(): ...
class TestShop:
    def teardown_class(cls): ...
    def setup_method(self): ...
class Shop:
    def setup_method(self): ...
class Case(unittest.TestCase):
    def setUp(self): ...
@unittest.skip('later')
class Later(unittest.TestCase): ...
--- repo/test_case.py
from unittest import TestCase
class Sub(TestCase):
    def setup_method(self, method): ...
    def setup_class(cls): ...
--- repo/helpers.py
def setup_module(module): ...
"
    );
    expect![[r#"
        pytest fixtures  pytest

        10 plugins  key: name

            key                                     leads to                                                                                     distribution  place
            setup_function                          setup_function                                                                               yours         test_plain.py:4  @pytest.fixture
            _unittest_setUpClass_fixture_TestCase   UnitTestCase._register_unittest_setup_class_fixture.<locals>.unittest_setup_class_fixture    yours         test_case.py:1   TestCase
            _xunit_setup_module_fixture_test_plain  Module._register_setup_module_fixture.<locals>.xunit_setup_module_fixture                    yours         test_plain.py:1  setUpModule of test_plain
            _xunit_setup_class_fixture_Sub          Class._register_setup_class_fixture.<locals>.xunit_setup_class_fixture                       yours         test_case.py:1   setup_class of Sub
            _unittest_setup_method_fixture_Sub      UnitTestCase._register_unittest_setup_method_fixture.<locals>.unittest_setup_method_fixture  yours         test_case.py:1   setup_method of Sub
            _unittest_setUpClass_fixture_Sub        UnitTestCase._register_unittest_setup_class_fixture.<locals>.unittest_setup_class_fixture    yours         test_case.py:1   Sub
            _xunit_setup_class_fixture_TestShop     Class._register_setup_class_fixture.<locals>.xunit_setup_class_fixture                       yours         test_plain.py:1  setup_class of TestShop
            _xunit_setup_method_fixture_TestShop    Class._register_setup_method_fixture.<locals>.xunit_setup_method_fixture                     yours         test_plain.py:1  setup_method of TestShop
            _unittest_skip_fixture_Later            UnitTestCase._register_unittest_skip_fixture.<locals>.unittest_skip_fixture                  yours         test_plain.py:1  Later
            _unittest_setUpClass_fixture_Case       UnitTestCase._register_unittest_setup_class_fixture.<locals>.unittest_setup_class_fixture    yours         test_plain.py:1  Case
        exit 0
    "#]].assert_eq(&registry(&files, "pytest fixtures"));
}

#[test]
fn fixtures_that_calls_loops_and_factories_make_are_known_where_they_are_imported() {
    let files = format!(
        "{PYTEST}--- repo/conftest.py
import pytest
from pools import *
from pools import shallow as _shallow
for kind in ('crab', 'snail'):
    def make(kind=kind):
        @pytest.fixture(name=kind)
        def animal(): ...
        return animal
    globals()[f'{{kind}}_fixture'] = make()
--- repo/pools.py
import pytest
def pool(name):
    @pytest.fixture(name=name)
    def made(): ...
    return made
shallow = pool('shallow_pool')
deep = pool('deep_pool')
def load(): ...
brews = pytest.fixture(load, name='beers')
plain = pytest.fixture(load)
--- repo/test_made.py
import pytest
def suite(name):
    class TestMade:
        @pytest.fixture
        def made(self): ...
    return TestMade
TestOne = suite('one')
"
    );
    expect![[r#"
        pytest fixtures  pytest

        7 plugins  key: name

            key           leads to                      distribution  place
            crab          make.<locals>.animal          yours         conftest.py:9   @pytest.fixture(name=kind)
            snail         make.<locals>.animal          yours         conftest.py:9   @pytest.fixture(name=kind)
            made          suite.<locals>.TestMade.made  yours         test_made.py:4  @pytest.fixture
            shallow_pool  pool.<locals>.made            yours         pools.py:6      @pytest.fixture(name=name)
            beers         load                          yours         pools.py:9      @pytest.fixture(load, name='beers')
            deep_pool     pool.<locals>.made            yours         pools.py:7      @pytest.fixture(name=name)
            plain         load                          yours         pools.py:10     @pytest.fixture(load)
        exit 0
    "#]].assert_eq(&registry(&files, "pytest fixtures"));
}

#[test]
fn fixtures_of_a_plugin_of_pytests_own_stay_where_settings_refuse_it() {
    let files = format!(
        "{PYTEST}--- repo/.venv/lib/python3.12/site-packages/_pytest/cacheprovider.py
import pytest
@pytest.fixture
def cache(request): ...
def pytest_configure(config): ...
--- repo/pytest.ini
[pytest]
addopts = -p no:cacheprovider
--- repo/test_a.py
def test_a(cache): ...
"
    );
    let files = files.replace(
        "class PytestPluginManager:",
        "default_plugins = ('cacheprovider',)\nclass PytestPluginManager:",
    );
    let said = ["pytest plugins", "pytest fixtures", "pytest hooks"];
    let said = said.map(|it| registry(&files, it)).concat();
    expect![[r#"
        pytest plugins  pytest

        1 plugin  key: name
          · 1  refused: `-p no:cacheprovider` in pytest.ini

            key            leads to               distribution  place
          · cacheprovider  _pytest.cacheprovider  yours         _pytest/config.py:1  refused: `-p no:cacheprovider` in pytest.ini  built in
        exit 0
        pytest fixtures  pytest

        1 plugin  key: name

            key    leads to  distribution  place
            cache  cache     yours         _pytest/cacheprovider.py:2  @pytest.fixture
        exit 0
        ! error: no registry, key or class is like `pytest hooks`
        !   hint: `mroscope plugins` lists the registries
        exit 2
    "#]]
    .assert_eq(&said);
}

#[test]
fn what_nothing_sets_an_object_of_pytest_does_not_have() {
    let conftest = "\
--- repo/conftest.py
import pytest
import hooks
class Seen:
    def pytest_sessionfinish(self, session): ...
def pytest_addhooks(pluginmanager):
    add = getattr(pluginmanager, 'add_hookspecs', None)
    if add is None:
        add = pluginmanager.addhooks
    add(hooks)
def pytest_configure(config):
    if hasattr(config, 'workerinput'):
        return
    config.pluginmanager.register(Seen(), 'seen')
    if hasattr(config, 'of_ours'):
        config.pluginmanager.register(Seen(), 'perhaps')
if hasattr(pytest, 'fixture'):
    def pytest_collectstart(): ...
if hasattr(pytest, 'never_there'):
    def pytest_collectreport(): ...
def pytest_unconfigure(config):
    config.of_ours = True
--- repo/hooks.py
def pytest_shop_opened(config): ...
--- repo/test_a.py
def test_a(): ...
";
    let files = format!("{PYTEST}{conftest}");
    let said = ["pytest specifications", "pytest plugins", "pytest hooks"];
    let said = said.map(|it| registry(&files, it)).concat();
    expect![[r#"
        pytest specifications  pytest

        1 plugin  key: hook

            key                 leads to            distribution  place
            pytest_shop_opened  pytest_shop_opened  yours         conftest.py:9  add(hooks)
        exit 0
        pytest plugins  pytest

        3 plugins  key: name
          ? 1  hangs on a condition: line 14

            key       leads to  distribution  place
            conftest  conftest  yours         conftest.py:1   conftest
            seen      Seen()    yours         conftest.py:13  config.pluginmanager.register(Seen(), 'seen')
          ? perhaps   Seen()    yours         conftest.py:15  hangs on a condition: line 14  config.pluginmanager.register(Seen(), 'perhaps')
        exit 0
        pytest hooks  pytest

        6 plugins  key: hook
          ? 1  its class is registered on a condition: line 14

            key                   leads to                   distribution  place
            pytest_addhooks       pytest_addhooks            yours         conftest.py:5   conftest
            pytest_collectstart   pytest_collectstart        yours         conftest.py:17  conftest
            pytest_configure      pytest_configure           yours         conftest.py:10  conftest
            pytest_unconfigure    pytest_unconfigure         yours         conftest.py:20  conftest
          ? pytest_sessionfinish  Seen.pytest_sessionfinish  yours         conftest.py:4   its class is registered on a condition: line 14  conftest, of Seen perhaps
            pytest_sessionfinish  Seen.pytest_sessionfinish  yours         conftest.py:4   conftest
        exit 0
    "#]].assert_eq(&said);
}

/// A `conftest.py` in a folder that is no package names a plugin beside it; pytest 9 says where the fixture `depot` comes from, and that there
/// is no such plugin with `--import-mode=importlib`.
const BESIDE: &str = "\
--- repo/tests/conftest.py
pytest_plugins = ('support',)
--- repo/tests/support.py
import pytest
@pytest.fixture
def depot(): ...
";

#[test]
fn the_folder_of_a_conftest_that_is_in_no_package_stands_on_the_path() {
    let files = format!("{PYTEST}{BESIDE}");
    expect![[r#"
        pytest plugins  pytest

        2 plugins  key: name

            key             leads to        distribution  place
            tests.conftest  tests.conftest  yours         tests/conftest.py:1  conftest
            support         tests.support   yours         tests/conftest.py:1  pytest_plugins
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pytest plugins"));
    expect![[r#"
        pytest fixtures  pytest

        1 plugin  key: name

            key    leads to  distribution  place
            depot  depot     yours         tests/support.py:2  @pytest.fixture
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pytest fixtures"));
    let files = format!(
        "{PYTEST}{BESIDE}--- repo/pytest.ini\n[pytest]\naddopts = --import-mode=importlib\n"
    );
    let said = registry(&files, "pytest plugins");
    assert!(said.contains("No module named 'support'"), "{said}");
}

#[test]
fn what_a_conftest_puts_on_the_path_is_looked_into() {
    let files = format!(
        "{PYTEST}--- repo/conftest.py
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), 'tools'))
pytest_plugins = ['support']
--- repo/tools/support.py
import pytest
@pytest.fixture
def depot(): ...
"
    );
    let said = registry(&files, "pytest plugins");
    assert!(!said.contains("No module named"), "{said}");
    let said = registry(&files, "pytest fixtures");
    assert!(said.contains("1 plugin ") && !said.contains('?'), "{said}");
}

/// With the option, `Late` is registered in a run of pytest 9, wherever its file lies: `testpaths` says nothing of what a plugin registers.
#[test]
fn what_a_plugin_registers_on_a_condition_is_not_left_out_where_its_file_lies_elsewhere() {
    let files = format!(
        "{PYTEST}--- repo/pytest.ini
[pytest]
testpaths = tests
--- repo/conftest.py
def pytest_configure(config):
    if config.getoption('late'):
        from tools.late import Late
        config.pluginmanager.register(Late())
--- repo/tools/late.py
class Late:
    def pytest_runtest_setup(self, item): ...
--- repo/tests/test_a.py
def test_a(): ...
"
    );
    expect![[r#"
        pytest hooks  pytest

        2 plugins  key: hook
          ? 1  its class is registered on a condition: line 2

            key                   leads to                   distribution  place
            pytest_configure      pytest_configure           yours         conftest.py:1    conftest
          ? pytest_runtest_setup  Late.pytest_runtest_setup  yours         tools/late.py:2  its class is registered on a condition: line 2  tools.late
        exit 0
    "#]].assert_eq(&registry(&files, "pytest hooks"));
}
