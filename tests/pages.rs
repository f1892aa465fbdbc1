//! What each page says, as plain text.

mod across;
mod before;
mod beside;
mod coverage;
mod help;
mod linearization;
mod members;
mod merge;
mod plugins;
mod problems;
mod source;

use mroscope::view::{PageKind, Settings};

use crate::support::sketch::sketch;
use crate::support::text::page_at;

/// Two ways from `Both` to `Base`.
const DIAMOND: &str = "\
class Base:
    def save(self): ...
    def load(self): ...
class Left(Base):
    def save(self): super().save()
class Right(Base):
    def save(self): ...
    color = 'red'
class Both(Left, Right):
    def load(self): ...
";

/// Base lists that contradict one another.
const CROSSED: &str = "\
class A: ...
class B: ...
class X(A, B): ...
class Y(B, A): ...
class Crossed(X, Y):
    def go(self): ...
";

/// A page about a class of a sketched module `shop.cart`, 90 cells wide.
fn page(kind: PageKind, text: &str, class: &str) -> String {
    page_with(kind, text, class, &Settings::default())
}

fn page_with(kind: PageKind, text: &str, class: &str, settings: &Settings) -> String {
    let analysis = sketch(&[("shop.cart", text)]);
    let class = analysis
        .named("shop.cart", class)
        .expect("the class is in the text");
    page_at(
        &mroscope::view::page(kind, analysis.class(class), settings),
        90,
    )
}
