//! `mroscope explain`: why class statements raise, and what mends them; `mroscope what-if`: what a class would be, and the patch for it.

use std::fs;

use expect_test::expect;
use mroscope::load::{Request, explained, load_trying};

use super::ran;
use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::shell::Shell;

/// The samples about conflicts, in a folder of their own.
fn conflicts() -> Sandbox {
    let sandbox = Sandbox::new("");
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/conflicts");
    let mut folders = vec![from.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("it is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "py") {
                let inside = path.strip_prefix(&from).expect("it is below");
                let text = fs::read_to_string(&path).expect("it is text");
                sandbox.write(&inside.to_string_lossy(), text);
            }
        }
    }
    sandbox
}

/// What is said of the class of one sample.
fn page_of(class: &str) -> String {
    let sandbox = conflicts();
    Shell::new(&sandbox)
        .run(&format!("explain {class} --python-version 3.13"))
        .to_string()
}

#[test]
fn a_mixin_behind_the_view_it_derives_from() {
    expect![[r#"
        InvoiceView  webview.invoices  ✗ raises

        class InvoiceView(View, LoginMixin)  webview/invoices.py:7

        TypeError: Cannot create a consistent method resolution order (MRO) for bases View, LoginMixin
        raises on 3.9 to 3.14

        these three cannot all hold
          webview/access.py:6    class AccessMixin(View)              AccessMixin before its base View
          webview/access.py:12   class LoginMixin(AccessMixin)        LoginMixin before its base AccessMixin
          webview/invoices.py:7  class InvoiceView(View, LoginMixin)  View before LoginMixin
          the merge sticks at step 1: View, LoginMixin each stand in a tail

        mends, each proved by a run on paper
             where                  edit                                 MRO then                                        changes elsewhere
          1  webview/invoices.py:7  class InvoiceView(LoginMixin, View)  InvoiceView LoginMixin AccessMixin View object  none
          2  webview/invoices.py:7  class InvoiceView(LoginMixin)        InvoiceView LoginMixin AccessMixin View object  none
          3  webview/invoices.py:7  class InvoiceView(View)              InvoiceView View object                         an ancestor leaves
        exit 1
    "#]].assert_eq(&page_of("InvoiceView"));
}

#[test]
fn two_libraries_of_models() {
    expect![[r#"
        Invoice  twoorms.invoices  ✗ raises

        class Invoice(Table, Document)  twoorms/invoices.py:7

        TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases
        raises on 3.9 to 3.14

        a metaclass has to derive from those of all bases: neither of these does
          twoorms/documents.py:8  class Document(metaclass=DocumentMeta)  brings DocumentMeta  documents.py:4
          twoorms/tables.py:8     class Table(metaclass=TableMeta)        brings TableMeta  tables.py:4

        mends, each proved by a run on paper
             where                  edit                                                                                                         MRO then                       changes elsewhere
          1  twoorms/invoices.py:7  class InvoiceMeta(type(Table), type(Document)): pass; class Invoice(Table, Document, metaclass=InvoiceMeta)  Invoice Table Document object  none
          2  twoorms/invoices.py:7  class Invoice(Document)                                                                                      Invoice Document object        an ancestor leaves
          3  twoorms/invoices.py:7  class Invoice(Table)                                                                                         Invoice Table object           an ancestor leaves
        exit 1
    "#]].assert_eq(&page_of("twoorms.invoices:Invoice"));
}

#[test]
fn generic_before_a_generic_class() {
    expect![[r#"
        UserRepository  generics.users  ✗ raises

        class UserRepository(Generic[T], Repository)  generics/users.py:8

        TypeError: Cannot create a consistent method resolution order (MRO) for bases Generic, Repository
        raises on 3.9 to 3.14

        these two cannot both hold
          generics/repository.py:8  class Repository(Generic[T])                  Repository before its base Generic
          generics/users.py:8       class UserRepository(Generic[T], Repository)  Generic before Repository
          the merge sticks at step 1: Generic, Repository each stand in a tail

        mends, each proved by a run on paper
             where                edit                                          MRO then                                  changes elsewhere
          1  generics/users.py:8  class UserRepository(Repository, Generic[T])  UserRepository Repository Generic object  none
          2  generics/users.py:8  class UserRepository(Repository)              UserRepository Repository Generic object  none
          3  generics/users.py:8  class UserRepository(Generic[T])              UserRepository Generic object             an ancestor leaves
        exit 1
    "#]].assert_eq(&page_of("UserRepository"));
}

#[test]
fn slots_beside_a_type_made_in_c() {
    expect![[r#"
        Word  tokens.words  ✗ raises

        class Word(PositionMixin, str)  tokens/words.py:6

        TypeError: multiple bases have instance lay-out conflict
        raises on 3.9 to 3.14

        instances cannot have both layouts
          tokens/position.py:4  class PositionMixin             has slots of its own: column, line
          tokens/words.py:6     class Word(PositionMixin, str)  has the layout of str

        mends, each proved by a run on paper
             where                 edit                                 MRO then                       changes elsewhere
          1  tokens/position.py:4  class PositionMixin: __slots__ = ()  Word PositionMixin str object  2 names, 1 class
          2  tokens/words.py:6     class Word(str)                      Word str object                an ancestor leaves
          3  tokens/words.py:6     class Word(PositionMixin)            Word PositionMixin object      an ancestor leaves

        what mend 1 changes
          PositionMixin.column  from PositionMixin  → none of the project's
          PositionMixin.line    from PositionMixin  → none of the project's
        exit 1
    "#]].assert_eq(&page_of("Word"));
}

#[test]
fn a_diamond_over_three_files() {
    expect![[r#"
        ArticleDraft  pages.site  ✗ raises

        class ArticleDraft(Draft, Article)  pages/site.py:7

        TypeError: Cannot create a consistent method resolution order (MRO) for bases Timestamped, Owned
        raises on 3.9 to 3.14

        these two cannot both hold
          pages/articles.py:6  class Article(Owned, Timestamped)   Owned before Timestamped
          pages/drafts.py:6    class Draft(Timestamped, Owned)     Timestamped before Owned
          pages/site.py:7      class ArticleDraft(Draft, Article)  keeps them all
          the merge sticks at step 3: Timestamped, Owned each stand in a tail

        mends, each proved by a run on paper
             where                edit                               MRO then                                             changes elsewhere
          1  pages/drafts.py:6    class Draft(Owned, Timestamped)    ArticleDraft Draft Article Owned Timestamped object  1 name, 1 class
          2  pages/articles.py:6  class Article(Timestamped, Owned)  ArticleDraft Draft Article Timestamped Owned object  1 name, 1 class
          3  pages/site.py:7      class ArticleDraft(Article)        ArticleDraft Article Owned Timestamped object        an ancestor leaves
          4  pages/site.py:7      class ArticleDraft(Draft)          ArticleDraft Draft Timestamped Owned object          an ancestor leaves

        what mend 1 changes
          Draft.save  from Timestamped  → Owned

        what mend 2 changes
          Article.save  from Owned  → Timestamped
        exit 1
    "#]].assert_eq(&page_of("ArticleDraft"));
}

#[test]
fn an_enumeration_that_has_members() {
    expect![[r#"
        Shade  colours.shades  ✗ raises

        class Shade(Colour)  colours/shades.py:6

        TypeError: <enum 'Shade'> cannot extend <enum 'Colour'>
        raises on 3.9 to 3.14

        the bases it asks for
          Colour  Colour Named Enum object  base.py:14

        mends, each proved by a run on paper
             where                edit         MRO then      changes elsewhere
          1  colours/shades.py:6  class Shade  Shade object  an ancestor leaves
        exit 1
    "#]]
    .assert_eq(&page_of("Shade"));
}

#[test]
fn slots_of_two_bases_and_a_class_above_both() {
    expect![[r#"
        Item  records.item  ✗ raises

        class Item(Priced, Stocked)  records/item.py:6

        TypeError: multiple bases have instance lay-out conflict
        raises on 3.9 to 3.14

        instances cannot have both layouts
          records/parts.py:6   class Priced(Record)         has slots of its own: currency, price
          records/parts.py:15  class Stocked(Record)        has slots of its own: shelf
          records/item.py:6    class Item(Priced, Stocked)  has both

        mends, each proved by a run on paper
             where                edit                                                            MRO then                           changes elsewhere
          1  records/parts.py:15  class Stocked(Record): __slots__ = ()                           Item Priced Stocked Record object  1 name, 1 class
          2  records/parts.py:6   class Priced(Record): __slots__ = ()                            Item Priced Stocked Record object  2 names, 1 class
          3  records/parts.py:15  class Stocked(Record): __slots__ = ()                           Item Priced Stocked Record object  1 name, 1 class
          +  records/item.py:6    class Item(Priced, Stocked): __slots__ = ("shelf",)
          4  records/parts.py:6   class Priced(Record): __slots__ = ()                            Item Priced Stocked Record object  2 names, 1 class
          +  records/item.py:6    class Item(Priced, Stocked): __slots__ = ("price", "currency")
          5  records/parts.py:15  class Stocked(Record): __slots__ = ()                           Item Priced Stocked Record object  3 names, 3 classes
          +  records/record.py:4  class Record: __slots__ = ("shelf",)
          6  records/parts.py:6   class Priced(Record): __slots__ = ()                            Item Priced Stocked Record object  6 names, 3 classes
          +  records/record.py:4  class Record: __slots__ = ("price", "currency")
          7  records/item.py:6    class Item(Stocked)                                             Item Stocked Record object         an ancestor leaves
          8  records/item.py:6    class Item(Priced)                                              Item Priced Record object          an ancestor leaves

        what mend 1 changes
          Stocked.shelf  from Stocked  → none of the project's

        what mend 2 changes
          Priced.currency  from Priced  → none of the project's
          Priced.price     from Priced  → none of the project's

        what mend 3 changes
          Stocked.shelf  from Stocked  → none of the project's

        what mend 4 changes
          Priced.currency  from Priced  → none of the project's
          Priced.price     from Priced  → none of the project's

        what mend 5 changes
          Priced.shelf   from none of the project's  → Record
          Stocked.shelf  from Stocked                → Record
          Record.shelf   from none of the project's  → Record

        what mend 6 changes
          Priced.currency   from Priced                 → Record
          Priced.price      from Priced                 → Record
          Stocked.currency  from none of the project's  → Record
          Stocked.price     from none of the project's  → Record
          Record.currency   from none of the project's  → Record
          Record.price      from none of the project's  → Record
        exit 1
    "#]].assert_eq(&page_of("Item"));
}

#[test]
fn each_sample_is_mended_by_its_first_edit_as_every_cpython_says() {
    let sandbox = conflicts();
    let targets = [
        ("webview.invoices", "InvoiceView"),
        ("twoorms.invoices", "Invoice"),
        ("generics.users", "UserRepository"),
        ("tokens.words", "Word"),
        ("pages.site", "ArticleDraft"),
        ("records.item", "Item"),
    ];
    for interpreter in interpreters() {
        let request = Request {
            path: sandbox.root(),
            version: Some(interpreter.version),
            ..Request::default()
        };
        let mends = load_trying(&request, &|_| (), |analysis, run, trials| {
            targets.map(|(module, class)| {
                let class = analysis.named(module, class).expect("it is there");
                let found = explained(&analysis, run, trials, &[class]);
                found[0].mends[0].clone()
            })
        })
        .expect("the samples are a project");
        for ((module, class), mend) in targets.iter().zip(mends) {
            let edited = conflicts();
            for file in &mend.files {
                let inside = file.path.strip_prefix(sandbox.root()).expect("it is below");
                edited.write(&inside.to_string_lossy(), file.text.as_bytes());
            }
            let program = format!(
                "import sys; sys.path.insert(0, '.'); import {module} as m; print(*[k.__name__ for k in m.{class}.__mro__])"
            );
            let output = interpreter
                .command()
                .args(["-c", &program])
                .current_dir(edited.root())
                .output()
                .expect("an interpreter that answered once starts again");
            let wanted: Vec<&str> = mend.mro.iter().map(|it| it.path.name()).collect();
            assert_eq!(
                String::from_utf8_lossy(&output.stdout).trim(),
                wanted.join(" "),
                "{module}:{class} on {}: {}",
                interpreter.full_version,
                String::from_utf8_lossy(&output.stderr)
            );
        }
    }
}

const NO_CLASSES: &str = "\
--- app/a.py
import json
def helper(): ...
class FromFunction(helper): ...
--- app/b.py
import json
class FromModule(json): ...
--- app/c.py
class Plain: ...
class Both(Plain, None): ...
--- app/d.py
class Adds(type):
    def __new__(metaclass, name, bases, namespace):
        return super().__new__(metaclass, name, (*bases, object, int), namespace)
class Added(metaclass=Adds): ...
--- app/e.py
from dataclasses import dataclass
@dataclass
class Base:
    x: int = 0
@dataclass
class Child(Base):
    y: int
";

#[test]
fn the_first_line_says_what_nobody_would_think_of() {
    expect![[r#"
        FromFunction  a  ✗ raises

        `helper` is a function: a base has to be a class
        class FromFunction(helper)  a.py:3

        TypeError: function() argument 'code' must be code, not str
        raises on 3.9 to 3.14

        mends, each proved by a run on paper
             where   edit                MRO then             changes elsewhere
          1  a.py:3  class FromFunction  FromFunction object  an ancestor leaves

        FromModule  b  ✗ raises

        `json` is a module: a base has to be a class
        class FromModule(json)  b.py:2

        TypeError: module() takes at most 2 arguments (3 given)
        raises on 3.9 to 3.14

        mends, each proved by a run on paper
             where   edit              MRO then           changes elsewhere
          1  b.py:2  class FromModule  FromModule object  an ancestor leaves

        Both  c  ✗ raises

        `None` stands among its bases: a base has to be a class
        class Both(Plain, None)  c.py:2

        TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases
        raises on 3.9 to 3.14

        the bases it asks for
          Plain  Plain object  c.py:1

        mends, each proved by a run on paper
             where   edit               MRO then           changes elsewhere
          1  c.py:2  class Both(Plain)  Both Plain object  none

        Added  d  ✗ raises

        its metaclass adds object, int among the bases that are written
        class Added(metaclass=Adds)  d.py:4

        TypeError: Cannot create a consistent method resolution order (MRO) for bases object, int
        raises on 3.9 to 3.14

        these two cannot both hold
          d.py:4       class Added(metaclass=Adds)  object before int
          interpreter  class int(object)            int before object  Python 3.13
          the merge sticks at step 1: object, int each stand in a tail

        mends, each proved by a run on paper
             where   edit         MRO then      changes elsewhere
          1  d.py:4  class Added  Added object  an ancestor leaves

        Child  e  ✗ raises

        the class is made, and its decorator does not take it: the name is never bound
        class Child(Base)  e.py:6

        its decorator raises TypeError: non-default argument 'y' follows default argument 'x'
        raises on 3.9 to 3.14

        mends, each proved by a run on paper
             where   edit                                        MRO then           changes elsewhere
          1  e.py:6  @dataclass(kw_only=True) class Child(Base)  Child Base object  none
          2  e.py:6  class Child                                 Child object       an ancestor leaves
        exit 1
    "#]].assert_eq(&ran(NO_CLASSES, "explain app --python-version 3.13"));
}

const NOT_REACHED: &str = "\
--- app/a.py
class A: ...
class B: ...
class X(A, B): ...
class Y(B, A): ...
class Both(X, Y): ...
class Later(Both): ...
class Fine: ...
--- app/b.py
class Before: ...
from .a import Both
class Behind(Both): ...
--- app/c.py
try:
    from .a import Both
except TypeError:
    Both = object
class Reached: ...
";

#[test]
fn what_no_import_comes_to_is_no_error_of_its_own() {
    expect![[r#"
        app/a.py:5:1: inconsistent-mro: `Both` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B
        ! 1 fault in 10 classes; no import comes to 3 class statements, since another statement raises first
        exit 1
    "#]].assert_eq(&ran(NOT_REACHED, "check ."));
    expect![[r#"
        Behind  app.b  ◇ not reached

        class Behind(Both)  app/b.py:3

        no import comes to this statement: another one raises first
          app/a.py:5  class Both(X, Y)
          the module that has it cannot be imported, and what follows the import is not run
        exit 1
    "#]]
    .assert_eq(&ran(NOT_REACHED, "show app.b:Behind"));
    expect![[r#"
        Fine  app.a  ◇ not reached

        class Fine  app/a.py:7

        no import comes to this statement: another one raises first
          app/a.py:5  class Both(X, Y)
          what follows in the module is not run

        what it would be

           class   module    gives  hidden  place
        1  Fine    app.a         ·       ·  a.py:7
        2  object  builtins     23       ·  interpreter

        instances  __dict__ · __weakref__ · hashable · not abstract
        exit 0
    "#]]
    .assert_eq(&ran(NOT_REACHED, "show app.a:Fine"));
    let dumped = ran(NOT_REACHED, "dump .");
    let status = |class: &str| {
        let line = dumped
            .lines()
            .find(|line| line.contains(&format!("\"id\":\"{class}\"")));
        let told: serde_json::Value =
            serde_json::from_str(line.expect("it is listed")).expect("it is JSON");
        (told["status"].to_string(), told["behind"].to_string())
    };
    let unreached = (
        String::from("\"not_reached\""),
        String::from("\"app/a.py:5\""),
    );
    assert_eq!(status("app.a:Later"), unreached);
    assert_eq!(status("app.a:Fine"), unreached);
    assert_eq!(status("app.b:Behind"), unreached);
    assert_eq!(status("app.b:Before").0, "\"exact\"");
    assert_eq!(status("app.c:Reached").0, "\"exact\"");
}

#[test]
fn nothing_to_explain_is_said() {
    expect![[r#"
        ! 1 class, and each class statement makes one
        exit 0
    "#]]
    .assert_eq(&ran("--- app/a.py\nclass A: ...\n", "explain app"));
    expect![[r#"
        A  app.a  ● exact

        class A  app/a.py:1
        this class statement raises nothing: there is nothing to explain
        exit 0
    "#]]
    .assert_eq(&ran(
        "--- app/a.py\nclass A: ...\n",
        "explain app.a:A --path .",
    ));
}

const ZOO: &str = "\
--- zoo/__init__.py
--- zoo/base.py
class Animal:
    def sound(self): ...
class Pet(Animal):
    def sound(self): ...
class Wild(Animal):
    def sound(self): ...
--- zoo/cats.py
from .base import (
    Pet,
    Wild,
)


@staticmethod
def nothing(): ...


class Cat(  # the order matters
    Pet,  # first what it is at home
    Wild,
):
    '''A cat.'''


class Kitten(Cat): ...
class Odd(Pet, Cat.__base__): ...
";

#[test]
fn a_what_if_says_what_moves_and_where_names_come_from_then() {
    let sandbox = Sandbox::new(ZOO);
    let shell = Shell::new(&sandbox);
    let said = |arguments: &[&str]| shell.run_with(arguments).to_string();
    expect![[r#"
        Cat  zoo.cats  what if  ● exact

        class Cat(Wild, Pet)
        now   class Cat(Pet, Wild)
        ● a run on paper says the same

           now     would be
        1  Cat     Cat
        2  Pet     Wild      ↑ 1
        3  Wild    Pet       ↓ 1
        4  Animal  Animal
        5  object  object

        below it: 1 class, 1 get another MRO, 0 cannot be made
          Kitten  zoo.cats  Kitten Cat Wild Pet Animal object

        2 names would come from elsewhere
          Cat.sound     Pet  → Wild
          Kitten.sound  Pet  → Wild
        exit 0
    "#]]
    .assert_eq(&said(&["what-if", "zoo.cats:Cat(Wild, Pet)"]));
    expect![[r#"
        --- a/zoo/cats.py
        +++ b/zoo/cats.py
        @@ -9,8 +9,8 @@


         class Cat(  # the order matters
        -    Pet,  # first what it is at home
        -    Wild,
        +    Wild,  # first what it is at home
        +    Pet,
         ):
             '''A cat.'''

        exit 0
    "#]]
    .assert_eq(&said(&["what-if", "zoo.cats:Cat(Wild, Pet)", "--patch"]));
    expect![[r#"
        Pet  zoo.base  what if  ● exact

        class Pet(Wild, Kitten)
        now   class Pet(Animal)
        ● a run on paper says the same
          zoo.base:Wild is not made then

        it would raise TypeError: Cannot create a consistent method resolution order (MRO) for bases Wild, Kitten

        these three cannot all hold
          zoo/cats.py:11  class Cat(Pet, Wild)     Cat before its base Pet, Pet before Wild
          zoo/cats.py:18  class Kitten(Cat)        Kitten before its base Cat
          zoo/base.py:3   class Pet(Wild, Kitten)  Wild before Kitten
          the merge sticks at step 1: Wild, Kitten each stand in a tail

        below it: 2 classes, 0 get another MRO, 2 cannot be made
          Cat     zoo.cats  ✗ derives from one that raises
          Kitten  zoo.cats  ✗ derives from one that raises
        the edit adds `from zoo.cats import Kitten`
        exit 1
    "#]].assert_eq(&said(&["what-if", "zoo.base:Pet(Wild, Kitten)"]));
    expect![[r#"
        {"id":"zoo.base:Animal","before":["zoo.base:Animal","builtins:object"],"mro":["zoo.base:Animal","builtins:dict","builtins:object"],"raises":null,"known":true,"changes":[],"broken":[]}
        exit 0
    "#]].assert_eq(&said(&["what-if", "zoo.base:Animal(dict)", "--json"]));
}

#[test]
fn an_edit_is_written_into_its_file_and_nothing_else_is_changed() {
    let sandbox = Sandbox::new(ZOO);
    let shell = Shell::new(&sandbox);
    let before = fs::read_to_string(sandbox.path("zoo/cats.py")).expect("it is there");
    let ran = shell.run_with(&["what-if", "Cat(Wild, Pet)", "--write"]);
    assert_eq!(ran.code, 0, "{ran}");
    let after = fs::read_to_string(sandbox.path("zoo/cats.py")).expect("it is there");
    let expected = before
        .replace("    Pet,  # first", "    Wild,  # first")
        .replace("    Wild,\n):", "    Pet,\n):");
    assert_eq!(after, expected);
    let files: Vec<String> = fs::read_dir(sandbox.path("zoo"))
        .expect("it is there")
        .map(|it| {
            it.expect("it is listed")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(files.len(), 3, "{files:?}");
}

#[test]
fn what_cannot_be_asked_has_a_message_and_a_cure() {
    let sandbox = Sandbox::new(ZOO);
    let shell = Shell::new(&sandbox);
    let before = fs::read_to_string(sandbox.path("zoo/cats.py")).expect("it is there");
    let mut said = String::new();
    for head in [
        "zoo.cats:Cat(",
        "zoo.cats:Cat(Pet,,)",
        "zoo.cats:Dog(Pet)",
        "zoo.cats:Cat(Pett)",
        "zoo.cats:Cat(*bases)",
        "builtins:dict(Pet)",
    ] {
        let ran = shell.run_with(&["what-if", head, "--write"]);
        assert_eq!(ran.code, 2, "{head}: {ran}");
        said.push_str(&ran.to_string());
    }
    expect![[r#"
        ! error: `zoo.cats:Cat(` is no class with bases
        !   hint: write it like 'pkg.mod:C(B, A)', in quotes, so that the shell leaves the parentheses alone
        exit 2
        ! error: `Cat(Pet,,)` is no head of a class: Expected an expression or a ')'
        !   hint: write it like 'pkg.mod:C(B, A, metaclass=M)'
        exit 2
        ! error: no class is named `zoo.cats:Dog`
        !   hint: did you mean `pydoc:Doc`?
        exit 2
        ! error: no class is known as `Pett`
        !   hint: did you mean one of these?
        !     zoo.base:Pet
        !     logging:PercentStyle
        !     itertools:permutations
        exit 2
        ! error: no class is known as `*bases`
        !   hint: did you mean one of these?
        !     unittest.mock:Base
        exit 2
        ! error: builtins:dict is not made by a class statement of this project: it cannot be changed here
        !   hint: only class statements of the project can be changed
        exit 2
    "#]].assert_eq(&said);
    let after = fs::read_to_string(sandbox.path("zoo/cats.py")).expect("it is there");
    assert_eq!(after, before);
}
