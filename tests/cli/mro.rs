//! `mroscope mro`: the bare MRO, and what is printed where there is none.

use expect_test::expect;

use super::{SHOP, ran};

#[test]
fn an_mro_is_a_class_a_line() {
    expect![[r#"
        shop.cart:Cart
        shop.cart:Left
        shop.cart:Right
        shop.base:Base
        builtins:object
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "mro shop.cart:Cart"));
}

#[test]
fn a_target_can_be_named_in_many_ways() {
    let whole = ran(SHOP, "mro shop.cart:Cart");
    for target in [
        "shop.cart.Cart",
        "cart.Cart",
        "Cart",
        "shop:Basket",
        "shop.Basket",
        "shop/cart.py:7",
        "cart.py:9",
    ] {
        assert_eq!(ran(SHOP, &format!("mro {target}")), whole, "{target}");
    }
    assert_eq!(
        ran(SHOP, "mro Cart.Item"),
        ran(SHOP, "mro shop.cart:Cart.Item")
    );
}

#[test]
fn the_steps_show_how_c3_gets_there() {
    expect![[r#"
        Cart  shop.cart  ● exact

        4 steps

        lists
          1  [Left Base object]   MRO of Left
          2  [Right Base object]  MRO of Right
          3  [Left Right]         the written bases

        steps
          1  Left    head of list 1  taken
          2  Base    head of list 1  refused: it stands in the tail of list 2
             Right   head of list 2  taken
          3  Base    head of list 1  taken
          4  object  head of list 1  taken

        MRO
          Cart Left Right Base object
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "mro Cart --steps"));
}

#[test]
fn a_class_that_raises_prints_no_mro_but_a_message() {
    expect![[r#"
        ! TypeError: Cannot create a consistent method resolution order (MRO) for bases Left, Right
        exit 1
    "#]]
    .assert_eq(&ran(SHOP, "mro Crossed"));
}

#[test]
fn what_is_out_of_view_stands_as_a_question_mark() {
    expect![[r#"
        shop.order:Remote
        ?
        shop.cart:Cart
        shop.cart:Left
        shop.cart:Right
        shop.base:Base
        builtins:object
        ! its MRO cannot be known
        !   `gone`: `gone` is not installed in the environment that was searched (shop/order.py:1)
        exit 1
    "#]]
    .assert_eq(&ran(SHOP, "mro Remote"));
}

#[test]
fn a_name_of_several_classes_lists_them() {
    expect![[r#"
        ! error: 2 classes are named `Item`
        !   hint: give the module too:
        !     shop.cart:Cart.Item  shop/cart.py:8
        !     shop.order:Item  shop/order.py:4
        exit 2
    "#]]
    .assert_eq(&ran(SHOP, "mro Item"));
}

#[test]
fn an_unknown_name_gets_near_matches() {
    expect![[r#"
        ! error: no class is named `shop.cart:Crat`
        !   hint: did you mean `shop.cart:Cart`?
        exit 2
    "#]]
    .assert_eq(&ran(SHOP, "mro shop.cart:Crat"));
    expect![[r#"
        ! error: no class is named `Zzyzx`
        exit 2
    "#]]
    .assert_eq(&ran(SHOP, "mro Zzyzx"));
}

#[test]
fn the_interpreters_classes_are_there_without_a_project() {
    expect![[r#"
        builtins:bool
        builtins:int
        builtins:object
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "mro builtins:bool"));
    expect![[r#"
        _io:StringIO
        _io:_TextIOBase
        _io:_IOBase
        builtins:object
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "mro io:StringIO"));
    expect![[r#"
        collections.abc:Sized
        builtins:object
        exit 0
    "#]]
    .assert_eq(&ran("", "mro collections.abc:Sized"));
}

#[test]
fn a_package_of_the_environment_is_found_from_anywhere() {
    let files = "\
--- .venv/pyvenv.cfg
home = /usr/bin
version = 3.12.1
--- .venv/lib/python3.12/site-packages/library/__init__.py
from library.core import Thing
--- .venv/lib/python3.12/site-packages/library/core.py
class Thing(dict): ...
--- notes.txt
no Python here
";
    expect![[r#"
        library.core:Thing
        builtins:dict
        builtins:object
        exit 0
    "#]]
    .assert_eq(&ran(files, "mro library:Thing"));
}

#[test]
fn a_finder_that_a_pth_file_hooks_in_gives_its_modules() {
    let files = "\
--- .venv/pyvenv.cfg
home = /usr/bin
version = 3.11.1
--- .venv/lib/python3.11/site-packages/hook.pth
# Not a program's own choice: `site` runs it.
import os; wanted = os.environ.get('HOOK', 'yes') == 'yes'; wanted and __import__('hook').start()
--- .venv/lib/python3.11/site-packages/hook.py
import sys
class Loader:
    def create_module(self, spec):
        import vendored.newer as module
        module.__name__ = 'distutils'
        return module
    def exec_module(self, module): ...
class Finder:
    def find_spec(self, fullname, path, target=None):
        import importlib.util
        if '{fullname}'.format(**locals()) == 'distutils':
            return importlib.util.spec_from_loader(fullname, Loader())
FINDER = Finder()
def start():
    FINDER in sys.meta_path or sys.meta_path.insert(0, FINDER)
--- .venv/lib/python3.11/site-packages/vendored/__init__.py
--- .venv/lib/python3.11/site-packages/vendored/newer/__init__.py
--- .venv/lib/python3.11/site-packages/vendored/newer/log.py
class Log: ...
--- .venv/lib/python3.11/site-packages/vendored/newer/cmd.py
from distutils import log
class Command(log.Log): ...
--- app/__init__.py
from distutils.cmd import Command
class Build(Command): ...
";
    expect![[r#"
        app:Build
        distutils.cmd:Command
        distutils.log:Log
        builtins:object
        exit 0
    "#]]
    .assert_eq(&ran(files, "mro app:Build"));
}

#[test]
fn json_has_the_form_of_dump() {
    let sandbox = crate::support::Sandbox::new(SHOP);
    let shell = crate::support::shell::Shell::new(&sandbox);
    let one = shell.run("mro Order --json");
    let all = shell.run("dump");
    assert_eq!(one.code, 0);
    assert!(all.out.lines().any(|line| line == one.out.trim_end()));
}
