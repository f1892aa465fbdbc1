//! Where the names in a line of source lead: scopes, imports, receivers, and nothing where it is not known.

use std::fmt::Write as _;

use expect_test::expect;
use mroscope::analysis::{Analysis, FollowedTo};
use mroscope::source::FileId;

use crate::support::sketch::sketch;

const MODULES: &[(&str, &str)] = &[
    (
        "shop.base",
        "\
LIMIT = 3
class Base:
    kind = 'base'
    class Meta: ...
    def save(self): ...
    @classmethod
    def make(cls): ...
def helper(): ...
",
    ),
    (
        "shop.again",
        "from shop.base import Base as Again, helper\n",
    ),
    (
        "shop.cart",
        "\
import shop.base
import shop.base as base
from shop.again import Again, helper
from .base import LIMIT
from gone import Thing
class Item(Again, dict):
    kind = Again.kind
    both = kind
    def __init__(self, size=LIMIT):
        self.size = size
    def save(self, helper=None):
        super().save()
        helper()
        return [LIMIT for LIMIT in self.size], LIMIT
    def go(self):
        from shop.again import helper as late
        late(), helper(), kind, Thing
        Item.make, base.Base.Meta, shop.base.Base.save.more
        self.save(), self.nothing, print
        return lambda Item: Item
",
    ),
];

/// Each line of a file with what leads somewhere in it: the text, and where.
fn leads(analysis: &Analysis, module: &str) -> String {
    let module = analysis.module(module).expect("it was sketched");
    let file = module.file.expect("it has a file");
    let names = analysis.file_names(file);
    let text = &analysis.file(file).text;
    let mut said = String::new();
    for (at, line) in text.lines().enumerate() {
        let found = analysis.followed(file, &names, at as u32 + 1, None);
        if found.is_empty() {
            continue;
        }
        said.push_str(line.trim());
        said.push('\n');
        for it in found {
            let written = &text[it.start as usize..it.end as usize];
            let to = match it.to {
                FollowedTo::Class(class) => analysis.class(class).path().to_string(),
                FollowedTo::Place(place) => analysis.say_place(place),
                FollowedTo::Module(name) => format!("module {name}"),
            };
            let _ = writeln!(said, "    {written} → {to}");
        }
    }
    said
}

#[test]
fn names_lead_where_their_scope_and_the_imports_say() {
    let analysis = sketch(MODULES);
    expect![[r#"
        import shop.base
            shop.base → module shop.base
        import shop.base as base
            shop.base → module shop.base
        from shop.again import Again, helper
            shop.again → module shop.again
            Again → shop.base:Base
            helper → shop/base.py:8
        from .base import LIMIT
            base → module shop.base
            LIMIT → shop/base.py:1
        class Item(Again, dict):
            Again → shop.base:Base
        kind = Again.kind
            Again.kind → shop/base.py:3
        both = kind
            kind → shop/cart.py:7
        def __init__(self, size=LIMIT):
            LIMIT → shop/base.py:1
        return [LIMIT for LIMIT in self.size], LIMIT
            LIMIT → shop/base.py:1
        from shop.again import helper as late
            shop.again → module shop.again
            helper → shop/base.py:8
        late(), helper(), kind, Thing
            late → shop/base.py:8
            helper → shop/base.py:8
        Item.make, base.Base.Meta, shop.base.Base.save.more
            Item → shop.cart:Item
            base.Base → shop.base:Base
        self.save(), self.nothing, print
            self.save → shop/cart.py:11
    "#]]
    .assert_eq(&leads(&analysis, "shop.cart"));
}

#[test]
fn broken_text_and_files_of_nothing_lead_nowhere_and_do_not_panic() {
    for text in [
        "",
        "class",
        "def f(:\n  x.",
        "import\nfrom . import",
        "x = [y for y in",
    ] {
        let analysis = sketch(&[("m", text)]);
        for file in 0..analysis.files.len() {
            let file = FileId::at(file);
            let names = analysis.file_names(file);
            for line in 0..5 {
                let found = analysis.followed(file, &names, line, None);
                assert!(found.len() < 3, "{text}: {found:?}");
            }
        }
    }
}

#[test]
fn an_import_beyond_the_top_leads_nowhere() {
    let analysis = sketch(&[("m", "from ... import x\nfrom . import m\nx\n")]);
    assert_eq!(leads(&analysis, "m"), "");
}

#[test]
fn a_receiver_leads_where_it_does_for_the_class_from_which_one_looks() {
    let text = "\
class Base:
    def run(self):
        self.step()
    def step(self): ...
class Below(Base):
    def step(self): ...
";
    let analysis = sketch(&[("m", text)]);
    let file = analysis
        .module("m")
        .and_then(|it| it.file)
        .expect("it has one");
    let names = analysis.file_names(file);
    let below = analysis.named("m", "Below");
    let to = |from| {
        let found = analysis.followed(file, &names, 3, from);
        match found.first().map(|it| &it.to) {
            Some(FollowedTo::Place(place)) => analysis.say_place(*place),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(to(None), "m.py:4");
    assert_eq!(to(below), "m.py:6");
}
