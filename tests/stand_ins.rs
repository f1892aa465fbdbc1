//! Objects in `sys.modules` that stand in place of a module: what an import finds on them is held against every CPython.

use expect_test::expect;

use crate::imports::holds;

#[test]
fn what_stands_in_place_of_a_package_has_the_submodules_that_were_imported_since() {
    holds(
        "
--- pk/__init__.py
from . import local
from . import early
old, new = local.recreate(__name__, {'pk.app': ['App', 'shared']}, __package__='pk', __path__=__path__, local=local)
--- pk/local.py
import sys
from types import ModuleType
class LazyModule(ModuleType):
    names = {}
    origins = {}
    def __getattr__(self, name):
        if name in self.origins:
            module = __import__(self.origins[name], None, None, [name])
            for item in self.names[module.__name__]:
                setattr(self, item, getattr(module, item))
            return getattr(module, name)
        return ModuleType.__getattribute__(self, name)
def recreate(name, names, **attrs):
    old = sys.modules[name]
    origins = {}
    for module, theirs in names.items():
        origins.update({it: module for it in theirs})
    held = {'names': names, 'origins': origins, '__qualname__': 'recreate.<locals>.Lazy'}
    new = sys.modules[name] = type(name, (LazyModule,), held)(name)
    new.__dict__.update(attrs)
    new.__spec__ = old.__spec__
    return old, new
--- pk/early.py
class Early: pass
--- pk/app.py
from pk import states
class App(states.State): pass
class shared: pass
--- pk/states.py
class State: pass
--- pk/more.py
class More: pass
--- user.py
import pk
import pk.more
from pk import App, early, states
class A(App): pass
class B(pk.App): pass
class C(states.State): pass
class D(pk.states.State): pass
class E(pk.more.More): pass
class F(pk.shared): pass
class G(early.Early): pass
",
        &["pk.local", "pk.early", "pk.app", "pk.states", "pk.more", "user"],
        &expect![[r#"
            pk.app:App: App State object
            pk.app:shared: shared object
            pk.early:Early: Early object
            pk.local:LazyModule: LazyModule module object
            pk.local:recreate.<locals>.Lazy: Lazy LazyModule module object
            pk.more:More: More object
            pk.states:State: State object
            user:A: A App State object
            user:B: B App State object
            user:C: C State object
            user:D: D State object
            user:E: E More object
            user:F: F shared object
            user:G: G Early object
        "#]],
    );
}
