//! The atlas: entry points and what frameworks register, in small projects; entry points as CPython loads them.

use std::process::Command;

use expect_test::expect;

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::shell::Shell;

/// What a shell shows of a command in a project.
fn ran(files: &str, arguments: &str) -> String {
    Shell::new(&Sandbox::new(files)).run(arguments).to_string()
}

const SITE: &str = "repo/.venv/lib/python3.12/site-packages";

/// A project with entry points of its own, and two installed distributions.
const ENTRIES: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/acme/__init__.py
from acme.formats import Json as Exported, dump
--- repo/.venv/lib/python3.12/site-packages/acme/formats.py
class Json:
    def of(self): ...
def dump(): ...
--- repo/.venv/lib/python3.12/site-packages/acme-1.0.dist-info/METADATA
Name: acme
Version: 1.0
--- repo/.venv/lib/python3.12/site-packages/acme-1.0.dist-info/entry_points.txt
[shop.formats]
again = acme:Exported
function = acme:dump
method = acme.formats:Json.of
no_module = acme.missing:Json
no_package = acme.formats.inner:Json
no_name = acme.formats:Xml
no_member = acme.formats:Json.to
whole = acme.formats
json = acme.formats:Json [fast]
--- repo/.venv/lib/python3.12/site-packages/zeta-2.0.dist-info/METADATA
Name: zeta
Version: 2.0
--- repo/.venv/lib/python3.12/site-packages/zeta-2.0.dist-info/entry_points.txt
[shop.formats]
json = acme.formats:dump
--- repo/pyproject.toml
[project]
name = \"shop\"
version = \"1\"

[project.scripts]
shop = \"shop.main:main\"
shop-window = \"shop.window:main\"

[project.entry-points.\"shop.formats\"]
csv = \"shop.formats:Csv\"
tsv = \"shop.formats:Tsv\"
--- repo/shop/__init__.py
--- repo/shop/main.py
def main(): ...
--- repo/shop/formats.py
class Format: ...
class Csv(Format): ...
class Html(Format): ...
";

#[test]
fn entry_points_lead_where_python_would_be_led() {
    expect![[r#"
        shop.formats  entry points

        12 plugins  key: name
          ✗ 3  AttributeError
          ✗ 2  ModuleNotFoundError
          ? 1  acme has the name, too: which is found first is up to the order of the folder

            key         leads to                 distribution  place
            csv         Csv                      yours         pyproject.toml:10                       shop.formats:Csv
          ✗ tsv         shop.formats:Tsv         yours         pyproject.toml:11                       AttributeError: module 'shop.formats' has no attribute 'Tsv'  shop.formats:Tsv
            again       Json                     acme          acme-1.0.dist-info/entry_points.txt:2   acme:Exported
            function    dump                     acme          acme-1.0.dist-info/entry_points.txt:3   acme:dump
            method      Json.of                  acme          acme-1.0.dist-info/entry_points.txt:4   acme.formats:Json.of
          ✗ no_module   acme.missing:Json        acme          acme-1.0.dist-info/entry_points.txt:5   ModuleNotFoundError: No module named 'acme.missing'  acme.missing:Json
          ✗ no_package  acme.formats.inner:Json  acme          acme-1.0.dist-info/entry_points.txt:6   ModuleNotFoundError: No module named 'acme.formats.inner'; 'acme.formats' is not a package  acme.formats.inner:Json
          ✗ no_name     acme.formats:Xml         acme          acme-1.0.dist-info/entry_points.txt:7   AttributeError: module 'acme.formats' has no attribute 'Xml'  acme.formats:Xml
          ✗ no_member   acme.formats:Json.to     acme          acme-1.0.dist-info/entry_points.txt:8   AttributeError: type object 'Json' has no attribute 'to'  acme.formats:Json.to
            whole       acme.formats             acme          acme-1.0.dist-info/entry_points.txt:9   acme.formats
            json        Json                     acme          acme-1.0.dist-info/entry_points.txt:10  acme.formats:Json [fast]
          ? json        dump                     zeta          zeta-2.0.dist-info/entry_points.txt:2   acme has the name, too: which is found first is up to the order of the folder  acme.formats:dump
        exit 1
    "#]].assert_eq(&ran(ENTRIES, "plugins shop.formats --path repo"));
}

/// What CPython's `load()` gives for each entry point of a group.
const LOAD: &str = "
import importlib.metadata, sys
sys.path[:0] = sys.argv[1:]
for found in importlib.metadata.distributions(path=sys.argv[1:]):
    for point in found.entry_points:
        if point.group != 'shop.formats': continue
        try:
            it = point.load()
            said = f'{it.__module__}:{it.__qualname__}' if hasattr(it, '__qualname__') else it.__name__
        except Exception as error:
            said = f'{type(error).__name__}: {error}'
        print(found.metadata['Name'], point.name, said)
";

#[test]
fn entry_points_are_loaded_as_every_cpython_loads_them() {
    let sandbox = Sandbox::new(ENTRIES);
    let ours = Shell::new(&sandbox).run("plugins shop.formats --json --path repo");
    let registry: serde_json::Value = serde_json::from_str(&ours.out).expect("it is JSON");
    let mut found: Vec<String> = vec![];
    for row in registry["rows"].as_array().expect("it has rows") {
        let Some(distribution) = row["distribution"].as_str() else {
            continue;
        };
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let said = match text("state").as_str() {
            "dead" => text("why"),
            _ => text("leads"),
        };
        found.push(format!("{distribution} {} {said}", text("key")));
    }
    found.sort();
    for python in interpreters() {
        if python.version < mroscope::source::PythonVersion::three(10) {
            continue;
        }
        let site = sandbox.path(SITE);
        let output = Command::new(&python.path)
            .args(["-I", "-c", LOAD])
            .arg(&site)
            .output()
            .expect("it starts");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut told: Vec<&str> = told.lines().collect();
        told.sort_unstable();
        assert_eq!(found, told, "{}", python.version);
    }
}

#[test]
fn an_entry_point_of_the_project_that_leads_nowhere_is_a_problem() {
    expect![[r#"
        Problems  repo

        2 entry points lead nowhere

        entry points that lead nowhere
        pyproject.toml:7   `shop-window = shop.window:main` of console_scripts: ModuleNotFoundError: No module named 'shop.window'
        pyproject.toml:11  `tsv = shop.formats:Tsv` of shop.formats: AttributeError: module 'shop.formats' has no attribute 'Tsv'
        exit 1
    "#]].assert_eq(&ran(ENTRIES, "problems repo"));
    expect![[r#"
        repo/pyproject.toml:7:1: dead-entry-point: `shop-window = shop.window:main` of console_scripts: ModuleNotFoundError: No module named 'shop.window'
        repo/pyproject.toml:11:1: dead-entry-point: `tsv = shop.formats:Tsv` of shop.formats: AttributeError: module 'shop.formats' has no attribute 'Tsv'
        ! 2 faults in 3 classes
        exit 1
    "#]].assert_eq(&ran(ENTRIES, "check repo"));
}

#[test]
fn entry_points_are_read_wherever_a_project_declares_them() {
    let files = "\
--- repo/setup.py
from setuptools import setup
FORMATS = ['csv = shop:Csv', 'gone = shop:Gone']
if __name__ == '__main__':
    setup(name='shop', entry_points={
        'shop.formats': FORMATS,
        'console_scripts': 'shop = shop:main',
    })
--- repo/setup.cfg
[metadata]
name = shop

[options.entry_points]
shop.audits =
    plain = shop:Csv
    # a comment
    other = shop:Other
--- repo/pyproject.toml
[tool.poetry]
name = \"shop\"
[tool.poetry.scripts]
one = \"shop:main\"
two = { reference = \"shop:main\", type = \"console\" }
[tool.poetry.plugins.\"shop.themes\"]
dark = \"shop:Csv\"
--- repo/shop.py
class Csv: ...
def main(): ...
";
    expect![[r#"
        Problems  repo

        2 entry points lead nowhere

        entry points that lead nowhere
        setup.cfg:8  `other = shop:Other` of shop.audits: AttributeError: module 'shop' has no attribute 'Other'
        setup.py:2   `gone = shop:Gone` of shop.formats: AttributeError: module 'shop' has no attribute 'Gone'
        exit 1
    "#]].assert_eq(&ran(files, "problems repo"));
    expect![[r#"
        Atlas  repo

        4 registries · 8 plugins · 2 dead

                        registry         plugins          key
          entry points  console_scripts        3          name
                        shop.audits            2  1 dead  name
                        shop.formats           2  1 dead  name
                        shop.themes            1          name
        exit 1
    "#]]
    .assert_eq(&ran(files, "plugins --path repo"));
}

#[test]
fn a_class_says_by_which_entry_points_it_is_found_and_where() {
    let page = ran(
        ENTRIES,
        "show shop.formats:Format --page plugins --path repo",
    );
    assert!(
        page.contains("csv  Csv  shop.formats  shop  pyproject.toml:10"),
        "{page}"
    );
}

/// What of click and Flask a program imports, as far as it matters here.
pub(crate) const CLICK: &str = "\
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
--- repo/.venv/lib/python3.12/site-packages/click-8.2.0.dist-info/METADATA
Name: click
Version: 8.2.0
";

#[test]
fn commands_stand_under_their_names_in_the_groups_that_take_them_in() {
    let files = format!(
        "{CLICK}--- repo/tool.py
import click
from click import group as make
@make()
def cli(): ...
@cli.command()
def start_all(): ...
@cli.command('halt')
def stop(): ...
@cli.command(name='halt')
def stop_again(): ...
@click.command()
def one_off_command(): ...
cli.add_command(one_off_command)
@cli.group()
def sub(): ...
for it, key in ((one_off_command, 'a'), (stop, 'b')):
    sub.add_command(it, f'again-{{key}}')
for key in cli.params:
    sub.add_command(stop, key)
REGISTRY = {{}}
def register(name):
    def wrap(function):
        REGISTRY[name] = function
        return function
    return wrap
@register('filled')
def filled(): ...
for name, function in REGISTRY.items():
    sub.add_command(function, name)
if cli.params:
    cli.add_command(stop, 'perhaps')
def later():
    cli.add_command(stop, 'later')
class Other:
    def command(self): ...
other = Other()
@other.command()
def not_clicks(): ...
"
    );
    expect![[r#"
        click commands and groups  click

        2 plugins  key: name

            key      leads to         distribution  place
            cli      cli              yours         tool.py:3   @make()
            one-off  one_off_command  yours         tool.py:11  @click.command()

        click groups' commands  click

        11 plugins  key: name
          ! 1  the later one wins: tool.py:9
          ? 1  its key is worked out when it runs
          ? 1  hangs on a condition: line 30
          ? 1  registered when `later` is called

            key        leads to         distribution  place
            start-all  start_all        yours         tool.py:5   @cli.command()
          ! halt       stop             yours         tool.py:7   the later one wins: tool.py:9  @cli.command('halt')
            halt       stop_again       yours         tool.py:9   @cli.command(name='halt')
            one-off    one_off_command  yours         tool.py:13  cli.add_command(one_off_command)
            sub        sub              yours         tool.py:14  @cli.group()
            again-a    one_off_command  yours         tool.py:17  sub.add_command(it, f'again-{key}')
            again-b    stop             yours         tool.py:17  sub.add_command(it, f'again-{key}')
          ? key        stop             yours         tool.py:19  its key is worked out when it runs  sub.add_command(stop, key)
            filled     filled           yours         tool.py:29  sub.add_command(function, name)
          ? perhaps    stop             yours         tool.py:31  hangs on a condition: line 30  cli.add_command(stop, 'perhaps')
          ? later      stop             yours         tool.py:33  registered when `later` is called  cli.add_command(stop, 'later')
        exit 1
    "#]].assert_eq(&ran(&files, "plugins click --path repo"));
}

#[test]
fn the_first_app_wins_where_two_have_a_command_of_one_name() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/django/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/apps/__init__.py
from django.apps.config import AppConfig
--- repo/.venv/lib/python3.12/site-packages/django/apps/config.py
class AppConfig: ...
--- repo/.venv/lib/python3.12/site-packages/django/dispatch.py
class Signal:
    def connect(self, receiver, sender=None): ...
def receiver(signal, **kwargs): ...
--- repo/manage.py
--- repo/site1/__init__.py
--- repo/site1/settings.py
INSTALLED_APPS = ['blog', 'shop.apps.ShopConfig']
INSTALLED_APPS += ['gone']
--- repo/blog/__init__.py
--- repo/blog/management/__init__.py
--- repo/blog/management/commands/__init__.py
--- repo/blog/management/commands/hello.py
class Command: ...
--- repo/blog/management/commands/_helper.py
class Command: ...
--- repo/shop/__init__.py
--- repo/shop/apps.py
from django.apps import AppConfig
class ShopConfig(AppConfig):
    name = 'shop'
    label = 'store'
    def ready(self):
        from . import signals
--- repo/shop/signals.py
from django.dispatch import Signal, receiver
sold = Signal()
@receiver(sold)
def count(sender, **kwargs): ...
@receiver([sold, unknown()], sender='x')
def both(sender, **kwargs): ...
--- repo/shop/management/__init__.py
--- repo/shop/management/commands/__init__.py
--- repo/shop/management/commands/hello.py
class Command: ...
--- repo/shop/management/commands/own.py
from shop.management.commands.hello import Command
";
    expect![[r#"
        Django apps  Django

        3 plugins  key: label
          ✗ 1  ModuleNotFoundError: No module named 'gone'

            key    leads to    distribution  place
            blog   blog        yours         site1/settings.py:1  INSTALLED_APPS
            store  ShopConfig  yours         site1/settings.py:1  INSTALLED_APPS
          ✗ gone   gone        yours         site1/settings.py:1  ModuleNotFoundError: No module named 'gone'  INSTALLED_APPS

        Django management commands  Django

        3 plugins  key: name of the file
          ! 1  the earlier one wins: blog/management/commands/hello.py:1

            key    leads to  distribution  place
            hello  Command   yours         blog/management/commands/hello.py:1  blog.management.commands
          ! hello  Command   yours         shop/management/commands/hello.py:1  the earlier one wins: blog/management/commands/hello.py:1  shop.management.commands
            own    Command   yours         shop/management/commands/own.py:1    shop.management.commands

        Django signal receivers  Django

        3 plugins  key: signal, sender (? not known)
          ? 1  its key is worked out when it runs

            key          leads to  distribution  place
            sold         count     yours         shop/signals.py:3  @receiver(sold)
            sold x       both      yours         shop/signals.py:5  @receiver([sold, unknown()], sender='x')
          ? unknown() x  both      yours         shop/signals.py:5  its key is worked out when it runs  @receiver([sold, unknown()], sender='x')
        exit 1
    "#]].assert_eq(&ran(files, "plugins Django --path repo"));
}

#[test]
fn implementations_of_a_hook_stand_in_the_order_in_which_they_are_called() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/pluggy/__init__.py
class HookspecMarker:
    def __init__(self, project): ...
class HookimplMarker:
    def __init__(self, project): ...
class PluginManager:
    def register(self, plugin, name=None): ...
--- repo/app.py
import pluggy
spec = pluggy.HookspecMarker('app')
impl = pluggy.HookimplMarker('app')
class Spec:
    @spec
    def render(self): ...
class A:
    @impl
    def render(self): ...
class B:
    @impl(tryfirst=True)
    def render(self): ...
class C:
    @impl(wrapper=True)
    def render(self): ...
class D:
    @impl(specname='render', trylast=True)
    def other(self): ...
class E:
    @impl
    def render(self): ...
manager = pluggy.PluginManager()
for plugin in (A, B, C, D):
    manager.register(plugin())
manager.register(E())
";
    expect![[r#"
        pluggy implementations  pluggy

        5 plugins  key: hook

            key     leads to  distribution  place
            render  C.render  yours         app.py:14  wrapper
            render  B.render  yours         app.py:11  tryfirst
            render  E.render  yours         app.py:20  @impl
            render  A.render  yours         app.py:8   @impl
            render  D.other   yours         app.py:17  trylast

        pluggy plugins  pluggy

        5 plugins  key: name

            key       leads to  distribution  place
            plugin()  A()       yours         app.py:24  manager.register(plugin())
            plugin()  B()       yours         app.py:24  manager.register(plugin())
            plugin()  C()       yours         app.py:24  manager.register(plugin())
            plugin()  D()       yours         app.py:24  manager.register(plugin())
            E()       E()       yours         app.py:25  manager.register(E())

        pluggy specifications  pluggy

        1 plugin  key: hook

            key     leads to     distribution  place
            render  Spec.render  yours         app.py:5  @spec
        exit 0
    "#]]
    .assert_eq(&ran(files, "plugins pluggy --path repo"));
}

#[test]
fn a_search_finds_keys_by_a_few_letters_and_says_when_nothing_is_like_them() {
    expect![[r#"
        jsn

        0 registries, 7 plugins like it

            json        Json                     shop.formats  acme  acme-1.0.dist-info/entry_points.txt:10  acme.formats:Json [fast]
          ? json        dump                     shop.formats  zeta  zeta-2.0.dist-info/entry_points.txt:2   acme has the name, too: which is found first is up to the order of the folder  acme.formats:dump
            again       Json                     shop.formats  acme  acme-1.0.dist-info/entry_points.txt:2   acme:Exported
            method      Json.of                  shop.formats  acme  acme-1.0.dist-info/entry_points.txt:4   acme.formats:Json.of
          ✗ no_module   acme.missing:Json        shop.formats  acme  acme-1.0.dist-info/entry_points.txt:5   ModuleNotFoundError: No module named 'acme.missing'  acme.missing:Json
          ✗ no_package  acme.formats.inner:Json  shop.formats  acme  acme-1.0.dist-info/entry_points.txt:6   ModuleNotFoundError: No module named 'acme.formats.inner'; 'acme.formats' is not a package  acme.formats.inner:Json
          ✗ no_member   acme.formats:Json.to     shop.formats  acme  acme-1.0.dist-info/entry_points.txt:8   AttributeError: type object 'Json' has no attribute 'to'  acme.formats:Json.to
        exit 0
    "#]].assert_eq(&ran(ENTRIES, "plugins jsn --path repo"));
    expect![[r#"
        ! error: no registry, key or class is like `qqq`
        !   hint: `mroscope plugins` lists the registries
        exit 2
    "#]]
    .assert_eq(&ran(ENTRIES, "plugins qqq --path repo"));
}

#[test]
fn the_explorer_lists_the_registries_and_opens_one() {
    let sandbox = Sandbox::new(ENTRIES);
    let shell = Shell::new(&sandbox);
    let frame = shell.run_with(&["--print", "--size", "90x16", "--keys", "A", "repo"]);
    expect![[r#"
         repo · 3 classes · ● 3 exact · ! 2 problems                                  python 3.12
        ───────────────────────────┬──────────────────────────────────────────────────────────────
        ▌ ▾ shop                 3 │ Atlas  repo
           ▸ formats             3 │  H home  ‹A atlas›  P problems 2   C coverage
             main                0 ├──────────────────────────────────────────────────────────────
                                   │  3 registries · 16 plugins · 6 dead
                                   │
                                   │                  registry             plugins          key
                                   │▌   entry points  console_scripts            2  1 dead  name
                                   │                  shop.formats              12  5 dead  name
                                   │    subclasses    shop.formats:Format        2
                                   │
                                   │
                                   │
        ───────────────────────────┴──────────────────────────────────────────────────────────────
         enter open  f filter  [ back  / search  : actions  ? keys
        exit 0
    "#]]
    .assert_eq(&frame.to_string());
    let keys = "A<enter>fcsv";
    let frame = shell.run_with(&["--print", "--size", "90x16", "--keys", keys, "repo"]);
    expect![[r#"
         repo · 3 classes · ● 3 exact · ! 2 problems                                  python 3.12
        ───────────────────────────┬──────────────────────────────────────────────────────────────
        ▌ ▾ shop                 3 │ console_scripts  entry points
           ▸ formats             3 │  home  ‹atlas›  problems 2   coverage
             main                0 ├──────────────────────────────────────────────────────────────
                                   │▌ 2 plugins  key: name
                                   │
                                   │    nothing matches the filter
                                   │
                                   │
                                   │
                                   │
                                   │
                                   │
        ───────────────────────────┴──────────────────────────────────────────────────────────────
         filter: csv                                                        enter keep  esc clear
        exit 0
    "#]]
    .assert_eq(&frame.to_string());
    let keys = "Afxyzzy";
    let frame = shell.run_with(&["--print", "--size", "90x16", "--keys", keys, "repo"]);
    assert!(frame.to_string().contains("nothing matches the filter"));
}

#[test]
fn what_stands_in_a_module_that_nothing_imports_is_said_to() {
    let files = "\
--- repo/shop/__init__.py
--- repo/shop/__main__.py
import shop.csv
--- repo/shop/base.py
class Format: ...
--- repo/shop/csv.py
from shop.base import Format
class Csv(Format): ...
--- repo/shop/xml.py
from shop.base import Format
class Xml(Format): ...
";
    expect![[r#"
        Atlas  repo

        1 registry · 2 plugins · 1 never imported

                      registry          plugins                    key
          subclasses  shop.base:Format        2  1 never imported
        exit 1
    "#]]
    .assert_eq(&ran(files, "plugins --path repo"));
    let page = ran(files, "plugins --path repo --json");
    assert!(page.contains("no module imports shop/xml.py"), "{page}");
    assert!(!page.contains("no module imports shop/csv.py"), "{page}");
}
