//! The functions that properties and other descriptors are made of, and where they stand.

use mroscope::semantics::{Member, PartRole};
use mroscope::source::{Place, PythonVersion};

use crate::support::Sandbox;
use crate::support::witness::analysis_of;

/// The line of each function of `x` in the last class of a file, in order get, set, delete, wrapped: `·` for none, `?` for one without
/// source. Behind it the line that is taken to be the definition of `x`.
fn parts(file: &str) -> String {
    let sandbox = Sandbox::new(&format!("--- a.py\n{file}"));
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(13));
    let class = analysis.project_classes().last().expect("there is a class");
    let line = |place: Option<Place>| {
        place.map_or("?".to_owned(), |it| {
            analysis.file(it.file).line(it.start).to_string()
        })
    };
    let said = |member: &Member, role| {
        let part = member.part(role);
        part.map_or("·".to_owned(), |part| line(part.place))
    };
    let winner = class.winner("x").expect("there is an x");
    let roles = [
        PartRole::Get,
        PartRole::Set,
        PartRole::Delete,
        PartRole::Wrapped,
    ];
    let said = roles.map(|role| said(winner.member, role)).join(" ");
    format!("{said} at {}", line(winner.place()))
}

#[test]
fn a_property_is_made_of_what_its_decorators_gather() {
    for (file, expected) in [
        (
            "class C:\n    @property\n    def x(self): ...\n",
            "2 · · · at 2",
        ),
        (
            "class C:\n    @property\n    def x(self): ...\n    @x.setter\n    def x(self, v): ...\n    @x.deleter\n    def x(self): ...\n",
            "2 4 6 · at 2",
        ),
        (
            "class C:\n    x = property()\n    @x.setter\n    def x(self, v): ...\n    @x.getter\n    def x(self): ...\n",
            "5 3 · · at 5",
        ),
        (
            "from abc import abstractproperty\nclass C:\n    @abstractproperty\n    def x(self): ...\n",
            "3 · · · at 3",
        ),
        (
            "class my(property): ...\nclass C:\n    @my\n    def x(self): ...\n    @x.setter\n    def x(self, v): ...\n",
            "3 5 · · at 3",
        ),
        (
            "class my(property):\n    def __init__(self, f, flag=0):\n        super().__init__(f)\nclass C:\n    @my\n    def x(self): ...\n",
            "5 · · · at 5",
        ),
        (
            "import os\nclass C:\n    if os.listdir():\n        @property\n        def x(self): ...\n",
            "4 · · · at 4",
        ),
        (
            "class C:\n    @property\n    def y(self): ...\n    x = y\n",
            "2 · · · at 4",
        ),
    ] {
        assert_eq!(parts(file), expected, "{file}");
    }
}

#[test]
fn the_getter_of_a_base_is_no_definition_of_the_class() {
    let file = "class B:\n    @property\n    def x(self): ...\nclass C(B):\n    @B.x.setter\n    def x(self, v): ...\n";
    assert_eq!(parts(file), "2 5 · · at 5");
}

#[test]
fn a_property_is_made_of_what_it_is_called_with() {
    for (file, expected) in [
        (
            "class C:\n    def g(self): ...\n    def s(self, v): ...\n    x = property(g, fset=s)\n",
            "2 3 · · at 4",
        ),
        (
            "import operator\nfrom elsewhere import gone\nclass C:\n    x = property(operator.attrgetter('y'), None, gone)\n",
            "? · ? · at 4",
        ),
        (
            "class C:\n    x = property(\n        lambda self: self.y,\n        lambda self, v: None)\n",
            "3 4 · · at 2",
        ),
    ] {
        assert_eq!(parts(file), expected, "{file}");
    }
}

#[test]
fn what_a_decorator_is_given_is_a_part_of_what_it_makes() {
    for (file, expected) in [
        (
            "import functools\nclass C:\n    def f(self): ...\n    x = functools.cached_property(f)\n",
            "3 · · · at 4",
        ),
        (
            "class C:\n    @classmethod\n    def x(cls): ...\n",
            "· · · 2 at 2",
        ),
        (
            "class Lazy:\n    def __init__(self, make): self.make = make\n    def __get__(self, i, o): return self.make(i)\nclass C:\n    x = Lazy(lambda self: 1)\n",
            "· · · 5 at 5",
        ),
    ] {
        assert_eq!(parts(file), expected, "{file}");
    }
}
