//! The lookup page as the explorer shows it, with what the run answers.

use expect_test::expect;

use super::ran;

const SHOP: &str = "\
--- app.py
class Meta(type):
    kind = 3
    @property
    def label(cls):
        return cls.__name__

class Base(metaclass=Meta):
    label = 'class'
    def save(self): ...
    @property
    def total(self):
        return self.note

class Audited(Base):
    def save(self):
        super().save()

class Order(Audited):
    def save(self):
        super().save()

class Crossed(Base, Audited): ...

class Plain:
    saved = False
";

/// What the page pane shows after these keys, without the tree beside it.
fn page(keys: &str) -> String {
    let frame = ran(
        SHOP,
        &format!("app.py --print --size 100x26 --keys {keys}zz"),
    );
    let lines: Vec<&str> = frame.lines().skip(2).collect();
    lines.join("\n") + "\n"
}

#[test]
fn it_opens_from_the_selected_member_and_tells_of_a_read() {
    expect![[r#"
         Order.save  app                                                                            ● exact
          L mro   m members  ‹l lookup›  M merge   s source   p plugins  │ P problems 1   C coverage
        ────────────────────────────────────────────────────────────────────────────────────────────────────
          ‹read› write  delete  on the class  super() 3

          obj.save
          1  object.__getattribute__ looks for `save`
        ▌ 2  Order has it: a non-data descriptor, over which __dict__ wins ← answers  app.py:19
          3  it is not in __dict__
          ● the function of Order, bound to obj
          ·  Audited.save, Base.save  not reached: Order comes first in the MRO

          obj.save, with `save` in obj.__dict__
          1  object.__getattribute__ looks for `save`
          2  Order has it: a non-data descriptor, over which __dict__ wins            app.py:19
          3  it is in __dict__ ← answers
          ● the entry of obj.__dict__
          ·  Order.save  not reached: the entry hides it




        ────────────────────────────────────────────────────────────────────────────────────────────────────
         enter go to  space next way  m members  [ back  / search  : actions  ? keys
        exit 0
    "#]].assert_eq(&page("/order<enter>mGkl"));
}

#[test]
fn super_is_told_from_every_class_of_the_mro() {
    expect![[r#"
         Order.save  app                                                                            ● exact
          L mro   m members  ‹l lookup›  M merge   s source   p plugins  │ P problems 1   C coverage
        ────────────────────────────────────────────────────────────────────────────────────────────────────
           read  write  delete  on the class ‹super() 3›

          super().save from Order
          1  super.__getattribute__ looks for `save`
        ▌ 2  Audited has it: a non-data descriptor, over which __dict__ wins ← answers  app.py:15
          ● the function of Audited, bound to obj
          ·  Base.save  not reached: Audited comes first in the MRO

          super().save from Audited
          1  super.__getattribute__ looks for `save`
          2  Base has it: a non-data descriptor, over which __dict__ wins ← answers     app.py:9
          ● the function of Base, bound to obj

          super().save from Base
          1  super.__getattribute__ looks for `save`
          2  no later class of the MRO of Order has it
          ✗ AttributeError: 'super' object has no attribute 'save'


        ────────────────────────────────────────────────────────────────────────────────────────────────────
         enter go to  space next way  m members  [ back  / search  : actions  ? keys
        exit 0
    "#]].assert_eq(&page("/order<enter>mGkl<left>"));
}

#[test]
fn which_side_of_a_class_answers_is_said_and_what_is_not_reached() {
    expect![[r#"
         Order.label  app                                                                           ● exact
          L mro   m members  ‹l lookup›  M merge   s source   p plugins  │ P problems 1   C coverage
        ────────────────────────────────────────────────────────────────────────────────────────────────────
           read  write  delete ‹on the class› super() 3

          Order.label
          1  type.__getattribute__ looks for `label`
        ▌ 2  Meta has it on the metaclass's side: a data descriptor, which wins over __dict__  app.py:3
          3  property.__get__ is called ← answers
          4  runs app:Meta.label                                                               app.py:4
          ● what Meta.label returns; the metaclass's side answers: a data descriptor of Meta wins over what
            the class has
          ·  Base.label  not reached: the metaclass's side comes first

          Order.label = value
          1  type.__setattr__ looks for `label`
          2  Meta has it on the metaclass's side: a data descriptor, which wins over __dict__  app.py:3
          3  property.__set__ is called
          ✗ AttributeError: property 'label' of 'Meta' object has no setter

          del Order.label
          1  type.__delattr__ looks for `label`
        ────────────────────────────────────────────────────────────────────────────────────────────────────
         enter go to  space next way  m members  [ back  / search  : actions  ? keys
        exit 0
    "#]].assert_eq(&page("/order<enter>mggl<left><left>"));
}

#[test]
fn a_write_to_a_read_only_descriptor_is_refused_in_the_words_of_python() {
    expect![[r#"
         Order.total  app                                                                           ● exact
          L mro   m members  ‹l lookup›  M merge   s source   p plugins  │ P problems 1   C coverage
        ────────────────────────────────────────────────────────────────────────────────────────────────────
           read ‹write› delete  on the class  super() 3

          obj.total = value
          1  object.__setattr__ looks for `total`
        ▌ 2  Base has it: a data descriptor, which wins over __dict__  app.py:10
          3  property.__set__ is called
          ✗ AttributeError: property 'total' of 'Order' object has no setter












        ────────────────────────────────────────────────────────────────────────────────────────────────────
         enter go to  space next way  m members  [ back  / search  : actions  ? keys
        exit 0
    "#]].assert_eq(&page("/order<enter>mGl<right>"));
}

#[test]
fn a_step_leads_to_its_place_and_back() {
    let there = page("/order<enter>mGkl<enter>");
    assert!(
        ["‹src›", "‹source›", "‹s source›"]
            .iter()
            .any(|it| there.contains(it)),
        "{there}"
    );
    assert!(there.contains("def save(self):"), "{there}");
    let back = page("/order<enter>mGkl<enter>[");
    assert!(back.contains("obj.save"), "{back}");
}

#[test]
fn an_attribute_that_another_class_does_not_have_is_said_with_what_may_be_meant() {
    let there = page("/order<enter>mGkl/plain<enter>");
    assert!(
        there.contains("nothing gives `app:Plain` an attribute `save`"),
        "{there}"
    );
    assert!(there.contains("did you mean saved?"), "{there}");
    let meant = page("/order<enter>mGkl/plain<enter>gg<enter>");
    assert!(meant.contains("Plain.saved"), "{meant}");
}

#[test]
fn a_class_that_raises_says_why_there_is_nothing_to_trace() {
    let page = page("/order<enter>mGkl/crossed<enter>");
    assert!(
        page.contains("is never made: its statement raises"),
        "{page}"
    );
}

#[test]
fn the_page_is_printed_by_show_as_by_why() {
    assert_eq!(
        ran(SHOP, "show Order.save --page lookup"),
        ran(SHOP, "why Order.save")
    );
}

const GIVEN: &str = "\
--- app.py
import dataclasses
import gone

class View:
    def setup(self, request):
        self.request = request

class Order:
    def __init__(self, number):
        self.number = number
    def save(self): ...
    @property
    def label(self):
        return self.number
    @property
    def price(self):
        return gone.price()

class Endless:
    def __getattr__(self, name):
        return self.other

@dataclasses.dataclass(frozen=True)
class Point:
    x: int = 0

class Described(property): ...
";

#[test]
fn an_attribute_that_a_method_gives_its_receiver_is_traced_with_and_without_it() {
    expect![[r#"
        View.request  app  ● exact

        set on obj in View.setup  app.py:6

        obj.request, where obj.__dict__ has no `request`
        1  object.__getattribute__ looks for `request`
        2  no class along the MRO of View has it
        3  it is not in __dict__
        ✗ AttributeError: 'View' object has no attribute 'request'

        obj.request, with `request` in obj.__dict__
        1  object.__getattribute__ looks for `request`
        2  no class along the MRO of View has it
        3  it is in __dict__ ← answers
        ● the entry of obj.__dict__
        exit 0
    "#]]
    .assert_eq(&ran(GIVEN, "why View.request --access read"));
    let misspelt = ran(GIVEN, "why View.requst");
    assert!(misspelt.contains("did you mean `request`?"), "{misspelt}");
}

#[test]
fn an_instance_that_cannot_be_made_leaves_both_cases_and_its_reason() {
    let said = ran(GIVEN, "why Order.save --access read --python-version 3.13");
    assert!(
        said.contains("obj.save, where obj.__dict__ has no `save`"),
        "{said}"
    );
    assert!(
        said.contains("may have an entry: Order() raises TypeError: Order.__init__() missing 1 required positional argument: 'number'"),
        "{said}"
    );
    assert!(said.ends_with("exit 0\n"), "{said}");
}

#[test]
fn what_is_not_known_says_what_it_fails_at() {
    let asked = ran(GIVEN, "why Order.label --access read --python-version 3.13");
    assert!(
        asked.contains(
            "not known: it asks for what the instance holds, and Order() raises TypeError"
        ),
        "{asked}"
    );
    let out_of_view = ran(GIVEN, "why Order.price --access read");
    assert!(
        out_of_view.contains("`gone` is not installed in the environment that was searched"),
        "{out_of_view}"
    );
}

#[test]
fn a_recursion_is_shown_once() {
    let said = ran(GIVEN, "why Endless.x --access read");
    assert!(
        said.contains("… and so on, 5 to 9 inside of themselves, until RecursionError"),
        "{said}"
    );
    assert!(said.lines().count() < 30, "{said}");
}

#[test]
fn a_frozen_dataclass_refuses_its_attributes() {
    let written = ran(GIVEN, "why Point.x --access write");
    assert!(
        written.contains("✗ FrozenInstanceError: cannot assign to field 'x'"),
        "{written}"
    );
    let deleted = ran(GIVEN, "why Point.x --access delete");
    assert!(
        deleted.contains("✗ FrozenInstanceError: cannot delete field 'x'"),
        "{deleted}"
    );
}

#[test]
fn what_a_builtin_initializer_stores_in_an_instance_is_not_taken_for_absent() {
    let why = "why Described.__doc__ --access delete --python-version";
    let said = ran(GIVEN, &format!("{why} 3.11"));
    assert!(
        said.contains("may have an entry: what Described() puts there"),
        "{said}"
    );
    // Since 3.12 it is `None` where there is no getter to take one from.
    let said = ran(GIVEN, &format!("{why} 3.13"));
    assert!(said.contains("● taken out of obj.__dict__"), "{said}");
    assert!(!said.contains("may have an entry"), "{said}");
}

const LIBRARY: &str = "\
--- app.py
import collections, pathlib
class Ordered(collections.OrderedDict): ...
class Folder(pathlib.Path): ...
class Tally(collections.Counter): ...
";

#[test]
fn classes_of_the_interpreter_answer_as_far_as_their_table_goes() {
    let written = |version: &str| {
        let access = format!("--access class --python-version {version}");
        ran(
            LIBRARY,
            &format!("why collections:OrderedDict.fromkeys {access}"),
        )
    };
    let said = written("3.13");
    assert!(
        said.contains("✗ TypeError: cannot set 'fromkeys' attribute of immutable type 'collections.OrderedDict'"),
        "{said}"
    );
    let said = written("3.9");
    assert!(
        said.contains(
            "✗ TypeError: can't set attributes of built-in/extension type 'collections.OrderedDict'"
        ),
        "{said}"
    );
    let said = ran(
        LIBRARY,
        "why collections:Counter.elements --access class --python-version 3.13",
    );
    assert!(said.contains("● stored in Counter.__dict__"), "{said}");
    let misspelt = ran(
        LIBRARY,
        "why collections:OrderedDict.move_to_ned --python-version 3.13",
    );
    assert!(
        misspelt.contains("did you mean `move_to_end`?"),
        "{misspelt}"
    );
}
