//! How a call of a method runs, and ancestors as seen from a class, as a shell sees them.

use expect_test::expect;

use super::ran;

/// A mixin that calls on, one that stops, calls by name, arguments that do not fit, a wrapper, and what only the receiver decides.
const ORDERS: &str = "\
--- shop.py
import functools
def logged(method):
    @functools.wraps(method)
    def inner(self, *args, **kwargs):
        return method(self, *args, **kwargs)
    return inner
class Model:
    kind = 'model'
    def save(self, force=False):
        return self.label()
    def label(self):
        return self.kind
    def clean(self): ...
    def close(self): ...
class Stamped(Model):
    def save(self, **options):
        self.stamp = 1
        if options:
            super().save(**options)
    def label(self):
        return super().label() + self.suffix
    @logged
    def clean(self):
        super().clean()
    def close(self):
        Model.close(self)
class Slugged(Model):
    suffix = '-'
    def save(self, loud):
        return super().save(loud, True)
    def label(self):
        return type(self).kind
    def clean(self):
        return [super().clean for _ in ()]
    def close(self):
        super().close()
class Order(Stamped, Slugged):
    kind = 'order'
    def save(self):
        super().save()
        later = lambda: super(Order, self).save(loud=1)
    def close(self):
        super().close()
        Slugged.close(self)
class Plain(Stamped): ...
--- late.py
import shop as store
class Rush(store.Order):
    def close(self):
        store.Model.close(self)
        super(store.Order, self).close()
";

#[test]
fn each_definition_says_whether_it_runs_where_it_calls_on_and_why_not() {
    for name in ["save", "label", "clean", "close"] {
        let said = ran(ORDERS, &format!("show Order --page super --name {name}"));
        match name {
            "save" => expect![[r#"
                Order.save  as seen from shop:Order  ● exact

                   class    place                goes on                                                      when
                1  Order    shop.py:39  runs     → super() at :40                                             always
                                                 → super() at :41                                             late: in a function made there
                2  Stamped  shop.py:16  runs     → super() at :19                                             if options
                3  Slugged  shop.py:29  perhaps  → super() at :30                                             always
                                        !        hands on 2 arguments by position, 1 too many for Model.save
                4  Model    shop.py:9   perhaps  ends here: no super()

                in one body
                       ▸ Order.save  shop.py:39
                   39      def save(self):
                   40          super().save()
                         │ ▸ Stamped.save  shop.py:16
                   16    │     def save(self, **options):
                   17    │         self.stamp = 1
                   18    │         if options:
                   19    │             super().save(**options)
                         │   │ ▸ Slugged.save  shop.py:29
                   29    │   │     def save(self, loud):
                   30    │   │         return super().save(loud, True)
                         │   │   │ ▸ Model.save  shop.py:9
                    9    │   │   │     def save(self, force=False):
                   10    │   │   │         return self.label()
                   41          later = lambda: super(Order, self).save(loud=1)
                         │ ▸ Stamped.save  shop.py:16  again, as above
                exit 0
            "#]].assert_eq(&said),
            "label" => expect![[r#"
                Order.label  as seen from shop:Order  ● exact

                   class    place              goes on                                 when
                1  Stamped  shop.py:20  runs   → super() at :21                        always
                2  Slugged  shop.py:31  stops  no super(): what follows never runs
                ·  Model    shop.py:11  never  behind Slugged, which calls no further

                in one body
                       ▸ Stamped.label  shop.py:20
                   20      def label(self):
                   21          return super().label() + self.suffix
                         │ ▸ Slugged.label  shop.py:31
                   31    │     def label(self):
                   32    │         return type(self).kind
                exit 0
            "#]].assert_eq(&said),
            "clean" => expect![[r#"
                Order.clean  as seen from shop:Order  ◐ assumed

                   class    place                goes on                        when
                1  Stamped  shop.py:23  runs     → super() at :24               always
                                        ◐        taken to be called by @logged
                2  Slugged  shop.py:33  runs     → super() at :34               late: read, not called on the spot
                3  Model    shop.py:13  perhaps  ends here: no super()

                in one body
                       ▸ Stamped.clean  shop.py:23
                   22      @logged
                   23      def clean(self):
                   24          super().clean()
                         │ ▸ Slugged.clean  shop.py:33
                   33    │     def clean(self):
                   34    │         return [super().clean for _ in ()]
                         │   │ ▸ Model.clean  shop.py:13
                   13    │   │     def clean(self): ...
                exit 0
            "#]].assert_eq(&said),
            _ => expect![[r#"
                Order.close  as seen from shop:Order  ● exact

                   class    place                   goes on                   when
                1  Order    shop.py:42  runs        → super() at :43          always
                                                    ⇒ Slugged.close() at :44  always
                2  Stamped  shop.py:25  stops       ⇒ Model.close() at :26    always
                3  Slugged  shop.py:35  by name     → super() at :36          always
                4  Model    shop.py:14  runs twice  ends here: no super()

                in one body
                       ▸ Order.close  shop.py:42
                   42      def close(self):
                   43          super().close()
                         │ ▸ Stamped.close  shop.py:25
                   25    │     def close(self):
                   26    │         Model.close(self)
                         │   │ ▸ Model.close  shop.py:14
                   14    │   │     def close(self): ...
                   44          Slugged.close(self)
                         │ ▸ Slugged.close  shop.py:35
                   35    │     def close(self):
                   36    │         super().close()
                         │   │ ▸ Model.close  shop.py:14  again, as above
                exit 0
            "#]].assert_eq(&said),
        }
    }
}

#[test]
fn a_class_may_be_named_by_way_of_its_module() {
    expect![[r#"
        Rush.close  as seen from late:Rush  ● exact

           class    place                   goes on                      when
        1  Rush     late.py:3   runs        ⇒ store.Model.close() at :4  always
                                            → super() at :5, to Stamped  always
        ·  Order    shop.py:42  never       → super() at :43             always
                                            ⇒ Slugged.close() at :44     always
        3  Stamped  shop.py:25  stops       ⇒ Model.close() at :26       always
        ·  Slugged  shop.py:35  never       → super() at :36             always
        5  Model    shop.py:14  runs twice  ends here: no super()

        in one body
               ▸ Rush.close  late.py:3
            3      def close(self):
            4          store.Model.close(self)
                 │ ▸ Model.close  shop.py:14
           14    │     def close(self): ...
            5          super(store.Order, self).close()
                 │ ▸ Stamped.close  shop.py:25
           25    │     def close(self):
           26    │         Model.close(self)
                 │   │ ▸ Model.close  shop.py:14  again, as above
        exit 0
    "#]]
    .assert_eq(&ran(ORDERS, "show Rush --page super --name close"));
}

#[test]
fn what_another_method_leads_to_is_not_said_never_to_run() {
    let said = ran(
        "\
--- types.py
class Text:
    def __init__(self): ...
class Schema:
    def __init__(self): ...
class Kind(Text, Schema):
    def __init__(self):
        self._fill()
    def _fill(self):
        super().__init__()
",
        "show Kind --page super --name __init__",
    );
    let said: Vec<&str> = said.lines().skip(2).take(5).collect();
    expect![[r#"
           class   place                   goes on                                                      when
        1  Kind    types.py:6   stops      no super(): what follows runs from another method, or never
        ·  Text    types.py:2   by others  only from Kind._fill, where that is called
        ·  Schema  types.py:4   by others  only from Kind._fill, where that is called
        ·  object  interpreter  never      behind Kind, which calls no further"#]].assert_eq(&said.join("\n"));
}

#[test]
fn without_a_name_all_methods_with_several_definitions_are_listed() {
    expect![[r#"
        Order  shop  ● exact

        4 methods with several definitions, 4 of them call super(); 1 of these leaves some out

        name   runs                               never
        label  Stamped → Slugged                  Model
        clean  Stamped → Slugged ⇢ Model
        close  Order → Stamped ⇒ Slugged ⇉ Model
        save   Order → Stamped ⇢ Slugged ⇢ Model
        exit 0
    "#]]
    .assert_eq(&ran(ORDERS, "show Order --page super"));
    expect![[r#"
        Order  shop  ● exact

        4 methods with several definitions, 1 of them call super()

        name   runs                               never
        close  Order → Stamped ⇒ Slugged ⇉ Model
        exit 0
    "#]]
    .assert_eq(&ran(ORDERS, "show Order --page super --filter clo"));
}

#[test]
fn what_is_no_method_is_refused_with_the_nearest_one() {
    for (arguments, expected) in [
        (
            "show Order --page super --name sav",
            expect![[r#"
            ! error: no class of the MRO of `shop:Order` defines `sav`
            !   hint: did you mean `save`?
            exit 2
        "#]],
        ),
        (
            "show Order --page super --name kind",
            expect![[r#"
            ! error: `kind` of `shop:Order` is no function
            !   hint: `mroscope why shop:Order.kind` says what it is
            exit 2
        "#]],
        ),
        (
            "show Order --page members --name save",
            expect![[r#"
                ! error: --name is for the super and across pages
                !   hint: add `--page super` or `--page across`
                exit 2
            "#]],
        ),
        (
            "show Oder --page super --name save",
            expect![[r#"
            ! error: no class is named `Oder`
            !   hint: did you mean one of these?
            !     shop:Order
            !     importlib._abc:Loader
            !     xml.dom:Node
            !     xml.dom.minidom:Node
            !     http.cookiejar:LoadError
            exit 2
        "#]],
        ),
    ] {
        expected.assert_eq(&ran(ORDERS, arguments));
    }
}

#[test]
fn the_source_of_an_ancestor_says_where_it_leads_for_the_receiver() {
    expect![[r#"
        Stamped  as seen from Order  ● exact

        2 of 5 for Order, super() looks next in Slugged

        shop.py
        15  class Stamped(Model):
        16      def save(self, **options):
        17          self.stamp = 1
        18          if options:
        19              super().save(**options)
              ↳ super() m Slugged.save  shop.py:29
        20      def label(self):
        21          return super().label() + self.suffix
              ↳ super() m Slugged.label  shop.py:31
              ↳ v Slugged.suffix  shop.py:28
        22      @logged
        23      def clean(self):
        24          super().clean()
              ↳ super() m Slugged.clean  shop.py:33
        25      def close(self):
        26          Model.close(self)
        exit 0
    "#]]
    .assert_eq(&ran(ORDERS, "show Stamped --page source --seen-from Order"));
    expect![[r#"
        Model  as seen from Order  ● exact

        4 of 5 for Order, super() looks next in object

        shop.py
         7  class Model:
         8      kind = 'model'
         9      def save(self, force=False):
        10          return self.label()
              ↳ m Stamped.label  shop.py:20
        11      def label(self):
        12          return self.kind
              ↳ v Order.kind  shop.py:38
        13      def clean(self): ...
        14      def close(self): ...
        exit 0
    "#]]
    .assert_eq(&ran(ORDERS, "show Model --page source --seen-from Order"));
    expect![[r#"
        Stamped  as seen from Plain  ● exact

        2 of 4 for Plain, super() looks next in Model

        shop.py
        15  class Stamped(Model):
        16      def save(self, **options):
        17          self.stamp = 1
        18          if options:
        19              super().save(**options)
              ↳ super() m Model.save  shop.py:9
        20      def label(self):
        21          return super().label() + self.suffix
              ↳ super() m Model.label  shop.py:11
              ↳ self.suffix  nothing of Plain has it
        22      @logged
        23      def clean(self):
        24          super().clean()
              ↳ super() m Model.clean  shop.py:13
        25      def close(self):
        26          Model.close(self)
        exit 0
    "#]]
    .assert_eq(&ran(ORDERS, "show Stamped --page source --seen-from Plain"));
}

#[test]
fn the_members_of_an_ancestor_say_what_the_receiver_gets_from_elsewhere() {
    expect![[r#"
        Slugged  as seen from Order  ● exact

        3 of 5 for Order, super() looks next in Model

        35 names, 4 with several definitions, 29 not listed
        5 of them come from elsewhere for Order
        by name: inherited private special, not object's

           name    given by                             place       is
        m  clean   Stamped ↑super Slugged ↑super Model  shop.py:33
        m  close   Order ↑super Slugged ↑super Model    shop.py:35
        v  kind    Order in place of Model              shop.py:8   'model'
        m  label   Stamped ↑super Slugged hides Model   shop.py:31
        m  save    Order ↑super Slugged ↑super Model    shop.py:29
        v  suffix  Slugged                              shop.py:28  '-'
        exit 0
    "#]]
    .assert_eq(&ran(
        ORDERS,
        "show Slugged --page members --seen-from Order",
    ));
    expect![[r#"
        Order.close  as seen from shop:Order  ● exact

           class    place                   goes on                   when
        1  Order    shop.py:42  runs        → super() at :43          always
                                            ⇒ Slugged.close() at :44  always
        2  Stamped  shop.py:25  stops       ⇒ Model.close() at :26    always
        3  Slugged  shop.py:35  by name     → super() at :36          always
        4  Model    shop.py:14  runs twice  ends here: no super()

        in one body
               ▸ Order.close  shop.py:42
           42      def close(self):
           43          super().close()
                 │ ▸ Stamped.close  shop.py:25
           25    │     def close(self):
           26    │         Model.close(self)
                 │   │ ▸ Model.close  shop.py:14
           14    │   │     def close(self): ...
           44          Slugged.close(self)
                 │ ▸ Slugged.close  shop.py:35
           35    │     def close(self):
           36    │         super().close()
                 │   │ ▸ Model.close  shop.py:14  again, as above
        exit 0
    "#]]
    .assert_eq(&ran(
        ORDERS,
        "show Slugged --page super --name close --seen-from Order",
    ));
    expect![[r#"
        Slugged  as seen from Order  ● exact

        3 of 5 for Order, super() looks next in Model

        class Slugged(Model)  shop.py:27

           class    module    gives  hidden  place
        1  Slugged  shop          5       ·  shop.py:27
        2  Model    shop          1       4  shop.py:7
        3  object   builtins     23       ·  interpreter

        instances  __dict__ · __weakref__ · hashable · not abstract

        why each comes before the next
        1  Slugged  derives from Model   shop.py:27
        2  Model    derives from object  shop.py:7
        exit 0
    "#]]
    .assert_eq(&ran(ORDERS, "show Slugged --seen-from Order"));
}

#[test]
fn nothing_runs_on_what_is_not_made() {
    let said = ran(super::SHOP, "show Crossed --page super --name save");
    assert!(
        said.contains("`shop.crossed:Crossed` is not made"),
        "{said}"
    );
    assert!(said.contains("exit 2"), "{said}");
}

#[test]
fn only_what_derives_from_a_class_can_see_it() {
    for (arguments, expected) in [
        (
            "show Slugged --seen-from Plain",
            expect![[r#"
            ! error: `shop:Plain` does not derive from `shop:Slugged`
            !   hint: name one of its MRO, such as `shop:Stamped`
            exit 2
        "#]],
        ),
        (
            "show Slugged --seen-from Ordr",
            expect![[r#"
            ! error: no class is named `Ordr`
            !   hint: did you mean one of these?
            !     shop:Order
            !     ast:Or
            !     collections:OrderedDict
            !     email._header_value_parser:Word
            exit 2
        "#]],
        ),
    ] {
        expected.assert_eq(&ran(ORDERS, arguments));
    }
}

/// Where the receiver decides otherwise than by the class alone: descriptors, what instances are given, metaclasses, hooks, other receivers.
const FORMS: &str = "\
--- forms.py
class Meta(type):
    @property
    def registry(cls): return []
    def made(cls): ...
class Base(metaclass=Meta):
    table = 'base'
    @property
    def total(self): return 1
    size = 0
    def __init__(self):
        self.size = 3
        self.total = 4
        self.__hidden = 5
    @classmethod
    def build(cls):
        cls.registry
        cls.made()
        cls.table = cls.table
        return cls.__new__(cls)
    @staticmethod
    def plain(self):
        return self.table
    def inner(self):
        def later(): return self.table
        def other(self): return self.table
        rows = [self.size for self.size in ()]
        return lambda self: self.table
    def bound_again(self):
        self = self.other
        return self.table
    def of_type(self):
        return type(self).table, self.__class__.table, self.total, self.__hidden
    def gone(self):
        return self.nothing
class Lazy(Base):
    table = 'lazy'
    def __getattr__(self, name): ...
class Strict(Base):
    def __getattribute__(self, name): ...
";

#[test]
fn the_receiver_is_known_by_its_parameter() {
    expect![[r#"
        Base  as seen from Lazy  ● exact

        2 of 3 for Lazy, super() looks next in object

        forms.py
         5  class Base(metaclass=Meta):
         6      table = 'base'
         7      @property
         8      def total(self): return 1
         9      size = 0
        10      def __init__(self):
        11          self.size = 3
        12          self.total = 4
              ↳ p Base.total  forms.py:7
        13          self.__hidden = 5
        14      @classmethod
        15      def build(cls):
        16          cls.registry
              ↳ p Meta.registry  forms.py:2
        17          cls.made()
              ↳ m Meta.made  forms.py:4
        18          cls.table = cls.table
              ↳ v Lazy.table  forms.py:36
        19          return cls.__new__(cls)
              ↳ m object.__new__
        20      @staticmethod
        21      def plain(self):
        22          return self.table
        23      def inner(self):
        24          def later(): return self.table
              ↳ v Lazy.table  forms.py:36
        25          def other(self): return self.table
        26          rows = [self.size for self.size in ()]
              ↳ self.size set by Base.__init__  forms.py:11
        27          return lambda self: self.table
        28      def bound_again(self):
        29          self = self.other
        30          return self.table
        31      def of_type(self):
        32          return type(self).table, self.__class__.table, self.total, self.__hidden
              ↳ v Lazy.table  forms.py:36
              ↳ p Base.total  forms.py:7
              ↳ self.__hidden set by Base.__init__  forms.py:13
        33      def gone(self):
        34          return self.nothing
              ↳ self.nothing asks m Lazy.__getattr__  forms.py:37
        exit 0
    "#]]
    .assert_eq(&ran(FORMS, "show Base --page source --seen-from Lazy"));
    let strict = ran(FORMS, "show Base --page source --seen-from Strict");
    assert!(
        strict.contains("self.table asks m Strict.__getattribute__"),
        "{strict}"
    );
    // The class itself can be looked from, too.
    let own = ran(FORMS, "show Base --page source --seen-from Base");
    assert!(own.contains("nothing of Base has it"), "{own}");
}

// What Django's `method_decorator` does to `LoginView.dispatch`: what it puts in its place calls the `def` by its descriptor.
#[test]
fn a_method_that_a_decorator_of_the_class_has_wrapped_calls_on_as_its_def_does() {
    let wrapped = "\
--- views.py
import functools
def decorated(decorator, name):
    def decorate(cls):
        method = getattr(cls, name)
        def wrapper(self, *args):
            bound = functools.partial(method.__get__(self, type(self)))
            return decorator(bound)(*args)
        functools.update_wrapper(wrapper, method)
        setattr(cls, name, wrapper)
        return cls
    return decorate
def never_cached(view):
    return view
class View:
    def dispatch(self, request):
        return request
@decorated(never_cached, name='dispatch')
class Login(View):
    def dispatch(self, request):
        if request:
            return super().dispatch(request)
";
    expect![[r#"
        Login.dispatch  as seen from views:Login  ◐ assumed

           class  place                 goes on                                     when
        1  Login  views.py:19  runs     → super() at :21                            if request
                               ◐        taken to be called by wrapper of decorated
        2  View   views.py:15  perhaps  ends here: no super()

        in one body
               ▸ Login.dispatch  views.py:19
           19      def dispatch(self, request):
           20          if request:
           21              return super().dispatch(request)
                 │ ▸ View.dispatch  views.py:15
           15    │     def dispatch(self, request):
           16    │         return request
        exit 0
    "#]]
    .assert_eq(&ran(wrapped, "show Login --page super --name dispatch"));
}
