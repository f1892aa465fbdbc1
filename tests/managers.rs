//! Plugin managers of a program's own: what they name what they register, in which order that comes, and what its hooks do; in small
//! projects. What the running pluggy has is what these registries say.

use expect_test::expect;

use crate::atlas::CLICK;
use crate::frameworks::registry;
use crate::hosts::PLUGGY;

/// The project that these tests have in common.
const SPECS: &str = "\
--- repo/specs.py
import pluggy
hookspec = pluggy.HookspecMarker('demo')
hookimpl = pluggy.HookimplMarker('demo')
class Spec:
    @hookspec(historic=True)
    def started(self, manager): ...
    @hookspec
    def named(self): ...
    @hookspec
    def commands(self, group): ...
class Manager(pluggy.PluginManager):
    def load(self, *plugins):
        for plugin in plugins:
            if not self.is_registered(plugin):
                self.register(plugin)
";

#[test]
fn a_manager_names_what_it_registers_by_a_method_of_its_own() {
    let files = format!(
        "{PLUGGY}{SPECS}--- repo/shop/__init__.py
--- repo/shop/prices.py
from specs import hookimpl
@hookimpl
def named(): ...
--- repo/shop/legacy.py
from specs import hookimpl
@hookimpl
def named(): ...
--- repo/app.py
from types import ModuleType
from shop import legacy, prices
from specs import Manager, Spec, hookimpl
class Mirror:
    @hookimpl
    def named(self): ...
class Named(Manager):
    def get_canonical_name(self, plugin):
        if isinstance(plugin, ModuleType):
            return plugin.__name__.removeprefix('shop.').replace('.', '-')
        return type(plugin).__name__.lower()
class Other(Manager):
    def get_canonical_name(self, plugin):
        return 'own-' + getattr(plugin, '__name__', type(plugin).__name__.lower())
one = Named('demo')
one.add_hookspecs(Spec)
one.register(prices)
one.register(legacy)
one.register(Mirror())
one.register(Mirror(), 'again')
one.unregister(name='legacy')
two = Other('demo')
two.register(prices)
two.register(Mirror())
"
    );
    expect![[r#"
        pluggy plugins  pluggy

        6 plugins  key: name
          ? 1  its key is worked out when it runs

            key              leads to     distribution  place
            prices           shop.prices  yours         app.py:17    one.register(prices)
            mirror           Mirror()     yours         app.py:19    one.register(Mirror())
            again            Mirror()     yours         app.py:20    one.register(Mirror(), 'again')
            own-shop.prices  shop.prices  yours         app.py:23    two.register(prices)
            own-mirror       Mirror()     yours         app.py:24    two.register(Mirror())
          ? plugin           plugin       yours         specs.py:15  its key is worked out when it runs  self.register(plugin)
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy plugins"));
    expect![[r#"
        pluggy implementations  pluggy

        5 plugins  key: hook
          ? 1  counts where its module is registered

            key    leads to      distribution  place
            named  Mirror.named  yours         app.py:5          @hookimpl, of Mirror own-mirror
            named  Mirror.named  yours         app.py:5          @hookimpl, of Mirror again
            named  Mirror.named  yours         app.py:5          @hookimpl, of Mirror
          ? named  shop.legacy   yours         shop/legacy.py:2  counts where its module is registered  @hookimpl
            named  shop.prices   yours         shop/prices.py:2  @hookimpl
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy implementations"));
}

#[test]
fn a_name_that_such_a_method_does_not_say_in_the_source_is_not_known() {
    let files = format!(
        "{PLUGGY}{SPECS}--- repo/app.py
from specs import Manager, hookimpl
class Mirror:
    @hookimpl
    def named(self): ...
class Named(Manager):
    def get_canonical_name(self, plugin):
        return input()
one = Named('demo')
one.register(Mirror())
"
    );
    expect![[r#"
        pluggy plugins  pluggy

        2 plugins  key: name
          ? 2  its key is worked out when it runs

            key       leads to  distribution  place
          ? Mirror()  Mirror()  yours         app.py:9     its key is worked out when it runs  one.register(Mirror())
          ? plugin    plugin    yours         specs.py:15  its key is worked out when it runs  self.register(plugin)
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy plugins"));
}

#[test]
fn a_manager_that_registers_in_a_way_of_its_own_is_gone_through() {
    let files = format!(
        "{PLUGGY}{SPECS}--- repo/prices.py
from specs import hookimpl
@hookimpl
def named(): ...
--- repo/legacy.py
from specs import hookimpl
legacy = True
@hookimpl
def named(): ...
--- repo/app.py
import legacy
import prices
from specs import Spec, hookimpl
import pluggy
class Mirror:
    @hookimpl
    def named(self): ...
class Named(pluggy.PluginManager):
    def register(self, plugin, name=None):
        if name is None:
            name = 'own-' + getattr(plugin, '__name__', type(plugin).__name__.lower())
        return super().register(plugin, name=name)
class Choosing(pluggy.PluginManager):
    def register(self, plugin, name=None):
        if hasattr(plugin, 'legacy'):
            return None
        return super().register(plugin, name)
one = Named('demo')
one.add_hookspecs(Spec)
one.register(prices)
one.register(legacy, 'old')
one.register(Mirror())
one.unregister(name='own-prices')
two = Choosing('demo')
two.register(legacy)
two.register(prices)
"
    );
    expect![[r#"
        pluggy plugins  pluggy

        4 plugins  key: name
          ? 1  its key is worked out when it runs

            key         leads to  distribution  place
            old         legacy    yours         app.py:21    super().register(plugin, name=name)
            own-mirror  Mirror()  yours         app.py:22    super().register(plugin, name=name)
            prices      prices    yours         app.py:26    super().register(plugin, name)
          ? plugin      plugin    yours         specs.py:15  its key is worked out when it runs  self.register(plugin)
        exit 0
    "#]].assert_eq(&registry(&files, "pluggy plugins"));
}

#[test]
fn what_an_unpacked_list_has_is_registered_each() {
    let files = format!(
        "{PLUGGY}{SPECS}--- repo/winter.py
from specs import hookimpl
class Food:
    def __init__(self, kilos=15): ...
    @hookimpl
    def named(self): ...
class Entrance:
    @hookimpl
    def named(self): ...
CHECKS = [Food(20), Entrance()]
--- repo/swarm.py
from specs import hookimpl
@hookimpl
def named(): ...
--- repo/app.py
import swarm
import winter
from specs import Manager, Spec
manager = Manager('demo')
manager.add_hookspecs(Spec)
manager.load(swarm, *winter.CHECKS)
"
    );
    expect![[r#"
        pluggy plugins  pluggy

        3 plugins  key: name

            key         leads to    distribution  place
            swarm       swarm       yours         specs.py:15  self.register(plugin)
            Food(20)    Food(20)    yours         specs.py:15  self.register(plugin)
            Entrance()  Entrance()  yours         specs.py:15  self.register(plugin)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pluggy plugins"));
    expect![[r#"
        pluggy implementations  pluggy

        3 plugins  key: hook

            key    leads to        distribution  place
            named  Entrance.named  yours         winter.py:7  @hookimpl
            named  Food.named      yours         winter.py:4  @hookimpl
            named  named           yours         swarm.py:2   @hookimpl
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pluggy implementations"));
}

#[test]
fn hooks_run_the_methods_of_objects_that_a_method_of_the_manager_registers() {
    let click = CLICK.split_once("version = 3.12.1\n").map_or("", |it| it.1);
    let files = format!(
        "{PLUGGY}{click}{SPECS}--- repo/app.py
import click
from specs import Manager, Spec, hookimpl
@click.command()
def visit(): ...
class Extra:
    @hookimpl
    def commands(self, group):
        @group.group()
        def dev(): ...
        @dev.command()
        def plugins(): ...
class Commands:
    extra = Extra()
    @hookimpl
    def commands(self, group):
        group.add_command(visit)
        group.add_command(visit, 'inspect')
class Unused:
    @hookimpl
    def commands(self, group):
        group.add_command(visit, 'unused')
@click.group()
def cli(): ...
manager = Manager('demo')
manager.add_hookspecs(Spec)
manager.load(Commands(), Commands.extra)
manager.hook.commands(group=cli)
"
    );
    expect![[r#"
        click groups' commands  click

        4 plugins  key: name

            key      leads to                         distribution  place
            visit    visit                            yours         app.py:16  group.add_command(visit)
            inspect  visit                            yours         app.py:17  group.add_command(visit, 'inspect')
            dev      Extra.commands.<locals>.dev      yours         app.py:8   @group.group()
            plugins  Extra.commands.<locals>.plugins  yours         app.py:10  @dev.command()
        exit 0
    "#]].assert_eq(&registry(&files, "click groups' commands"));
}

#[test]
fn what_a_historic_hook_registers_comes_behind_the_plugin_whose_it_is() {
    let files = format!(
        "{PLUGGY}{SPECS}--- repo/app.py
from specs import Manager, Spec, hookimpl
class Swarm:
    @hookimpl
    def named(self): ...
class Service:
    @hookimpl
    def named(self): ...
class Early:
    @hookimpl
    def named(self): ...
class Weather:
    @hookimpl
    def named(self): ...
    @hookimpl
    def started(self, manager):
        manager.register(Service())
class First:
    @hookimpl
    def started(self, manager):
        manager.register(Early())
manager = Manager('demo')
manager.add_hookspecs(Spec)
manager.register(First())
manager.hook.started.call_historic(kwargs={{'manager': manager}})
manager.register(Swarm())
manager.register(Weather())
"
    );
    expect![[r#"
        pluggy implementations  pluggy

        6 plugins  key: hook

            key      leads to         distribution  place
            started  Weather.started  yours         app.py:14  @hookimpl
            started  First.started    yours         app.py:18  @hookimpl
            named    Service.named    yours         app.py:6   @hookimpl
            named    Weather.named    yours         app.py:12  @hookimpl
            named    Swarm.named      yours         app.py:3   @hookimpl
            named    Early.named      yours         app.py:9   @hookimpl
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pluggy implementations"));
}

#[test]
fn a_hook_that_a_plugin_has_from_a_module_of_its_own_comes_with_the_plugin() {
    let files = format!(
        "{PLUGGY}{SPECS}--- repo/.venv/lib/python3.12/site-packages/weather/__init__.py
from .checks import named
--- repo/.venv/lib/python3.12/site-packages/weather/checks.py
import pluggy
hookimpl = pluggy.HookimplMarker('demo')
@hookimpl
def named(): ...
--- repo/.venv/lib/python3.12/site-packages/weather-1.0.dist-info/METADATA
Name: weather
Version: 1.0
--- repo/.venv/lib/python3.12/site-packages/weather-1.0.dist-info/entry_points.txt
[demo]
weather = weather
--- repo/swarm.py
from specs import hookimpl
@hookimpl
def named(): ...
--- repo/app.py
import swarm
from specs import Manager, Spec
manager = Manager('demo')
manager.add_hookspecs(Spec)
manager.register(swarm)
manager.load_setuptools_entrypoints('demo')
"
    );
    expect![[r#"
        pluggy implementations  pluggy

        2 plugins  key: hook

            key    leads to        distribution  place
            named  weather.checks  yours         weather/checks.py:3  @hookimpl
            named  swarm           yours         swarm.py:2           @hookimpl
        exit 0
    "#]]
    .assert_eq(&registry(&files, "pluggy implementations"));
}
