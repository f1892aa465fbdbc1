//! What each subcommand prints, on both streams, and what it answers to the shell.

mod check;
mod compiled_twins;
mod coverage;
mod descriptors;
mod diff;
mod dump;
mod explain;
mod find;
mod frame;
mod limits;
mod live;
mod lock;
mod lookup;
mod matrix;
mod module;
mod mro;
mod op;
mod problems;
mod settings;
mod show;
mod snapshot;
mod streams;
mod supers;
mod two;
mod usage;
mod verify;
mod why;
mod why_before;

use crate::support::Sandbox;
use crate::support::shell::Shell;

/// A shop with a diamond, two classes of one name, a name imported elsewhere, and a base out of view.
const SHOP: &str = "\
--- shop/__init__.py
from shop.cart import Cart as Basket
--- shop/base.py
class Base:
    def save(self): ...
    def load(self): ...
--- shop/cart.py
from shop.base import Base
class Left(Base):
    def save(self):
        super().save()
class Right(Base):
    def save(self): ...
class Cart(Left, Right):
    class Item: ...
    limit = 10
--- shop/order.py
import gone
from shop.cart import Cart, Left, Right
class Order(Cart): ...
class Item: ...
class Remote(gone.Client, Cart): ...
--- shop/crossed.py
from shop.cart import Left, Right
class X(Left, Right): ...
class Y(Right, Left): ...
class Crossed(X, Y): ...
";

/// Everything a shell sees of one run in a sandbox with these files.
fn ran(files: &str, arguments: &str) -> String {
    let sandbox = Sandbox::new(files);
    Shell::new(&sandbox).run(arguments).to_string()
}
