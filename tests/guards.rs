//! What plugins register behind guards that leave early (`if other: return`), and what is loaded by lists and groups.

use expect_test::expect;

use crate::frameworks::{SPHINX, registry};

#[test]
fn behind_a_guard_that_cannot_be_decided_all_hangs_on_it() {
    let files = format!(
        "{SPHINX}--- repo/ext.py
import sys
class D: ...
def early(app):
    if sys.argv:
        return
    app.add_directive('behind a guard', D)
def decided(app):
    if not D:
        return
    app.add_directive('reached', D)
    if D:
        return
    app.add_directive('never', D)
def raising(app):
    if not sys.argv:
        raise RuntimeError
    app.add_directive('not behind an error', D)
def looped(app):
    for name in ['first', 'second', 'third']:
        if name == 'second':
            continue
        if name == 'third' and sys.argv:
            break
        app.add_directive(name, D)
    app.add_directive('after the loop', D)
def left(app):
    for name in ['once', 'twice']:
        app.add_directive(name, D)
        return
    app.add_directive('not after', D)
def tried(app):
    try:
        import nowhere_at_all
    except ImportError:
        return
    app.add_directive('not without it', D)
def setup(app):
    for it in (early, decided, raising, looped, left, tried):
        pass
    early(app)
    decided(app)
    raising(app)
    looped(app)
    left(app)
    tried(app)
"
    );
    expect![[r#"
        Sphinx directives  Sphinx

        7 plugins  key: name
          ? 2  hangs on a condition

            key                  leads to  distribution  place
          ? behind a guard       D         yours         ext.py:6   hangs on a condition: line 4  app.add_directive('behind a guard', D)
            reached              D         yours         ext.py:10  app.add_directive('reached', D)
            not behind an error  D         yours         ext.py:17  app.add_directive('not behind an error', D)
            first                D         yours         ext.py:24  app.add_directive(name, D)
          ? third                D         yours         ext.py:24  hangs on a condition: line 22  app.add_directive(name, D)
            after the loop       D         yours         ext.py:25  app.add_directive('after the loop', D)
            once                 D         yours         ext.py:28  app.add_directive(name, D)
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx directives"));
}

#[test]
fn a_group_of_entry_points_that_a_manager_loads_brings_its_implementations() {
    let site = "--- repo/.venv/pyvenv.cfg
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
    def load_setuptools_entrypoints(self, group): ...
--- repo/.venv/lib/python3.12/site-packages/extra.py
import pluggy
hookimpl = pluggy.HookimplMarker('shop')
@hookimpl
def greet(): ...
--- repo/.venv/lib/python3.12/site-packages/extra-1.0.dist-info/METADATA
Name: extra
Version: 1.0
--- repo/.venv/lib/python3.12/site-packages/extra-1.0.dist-info/entry_points.txt
[shop]
extra = extra
[other]
unrelated = elsewhere
";
    let loads = |body: &str| {
        let files = format!(
            "{site}--- repo/app.py\nimport os\nimport pluggy\nmanager = pluggy.PluginManager('shop')\n{body}"
        );
        registry(&files, "pluggy implementations")
    };
    let mut said = loads("manager.load_setuptools_entrypoints('shop')\n");
    said.push_str(&loads(
        "if os.listdir('plugins'):\n    manager.load_setuptools_entrypoints('shop')\n",
    ));
    said.push_str(&loads("manager.load_setuptools_entrypoints('nothing')\n"));
    expect![[r#"
        pluggy implementations  pluggy

        1 plugin  key: hook

            key    leads to  distribution  place
            greet  greet     yours         extra.py:3  @hookimpl
        exit 0
        pluggy implementations  pluggy

        1 plugin  key: hook
          ? 1  loaded under a condition: app.py:4

            key    leads to  distribution  place
          ? greet  greet     yours         extra.py:3  loaded under a condition: app.py:4  @hookimpl
        exit 0
        ! error: no registry, key or class is like `pluggy implementations`
        !   hint: `mroscope plugins` lists the registries
        exit 2
    "#]]
    .assert_eq(&said);
}

#[test]
fn what_an_engine_loads_by_itself_is_registered_and_is_no_app() {
    let files = "--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/django/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/template/__init__.py
from .library import Library
--- repo/.venv/lib/python3.12/site-packages/django/template/library.py
class Library:
    def tag(self, name=None, compile_function=None): ...
--- repo/.venv/lib/python3.12/site-packages/django/template/engine.py
class Engine:
    default_builtins = ['django.template.defaulttags']
--- repo/.venv/lib/python3.12/site-packages/django/template/defaulttags.py
from .library import Library
register = Library()
@register.tag
def autoescape(parser, token): ...
--- repo/shop/__init__.py
--- repo/settings.py
import django
INSTALLED_APPS = ['shop']
";
    let tags = registry(files, "Django template tags");
    assert!(tags.contains("autoescape"), "{tags}");
    let apps = registry(files, "Django apps");
    assert!(
        apps.contains("shop") && !apps.contains("defaulttags"),
        "{apps}"
    );
}
