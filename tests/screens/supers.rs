//! The super page and the receiver lock on a screen: the keys that open and release them, and where their lines lead.

use expect_test::expect;

use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::tui::Tui;
use crate::support::witness::analysis_of;

const ORDERS: &str = "\
--- orders/shop.py
class Model:
    kind = 'model'
    def save(self):
        return self.label()
    def label(self):
        return self.kind
class Stamped(Model):
    def save(self):
        if self.kind:
            super().save()
    def label(self):
        return super().label()
class Slugged(Model):
    def save(self):
        super().save()
    def label(self):
        return type(self).kind
class Order(Stamped, Slugged):
    kind = 'order'
";

fn opened() -> Tui {
    let sandbox = Sandbox::new(ORDERS);
    Tui::open(analysis_of(
        &sandbox.path("orders"),
        PythonVersion::three(13),
    ))
}

#[test]
fn a_key_lists_the_methods_and_a_line_opens_one() {
    let mut tui = opened();
    tui.press("/order<enter>S");
    expect![[r#"
         orders · 4 classes · ● 4 exact                                     python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              4 │ Order  shop                                   ● exact
             Model              │  mro  members ‹super› merge  source  plugins …
        ▌    Order              ├───────────────────────────────────────────────────────
             Slugged            │  2 methods with several definitions, 2 of them call
             Stamped            │    super(); 1 of these leaves some out
                                │
                                │  name   runs                       never
                                │▌ label  Stamped → Slugged          Model
                                │  save   Stamped ⇢ Slugged ⇢ Model
                                │
                                │
                                │
                                │
                                │
                                │
                                │
                                │
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter open  S all  m members  [ back  / search  : actions  ? keys
    "#]]
    .assert_eq(&tui.screen());
    tui.press("j<enter>");
    expect![[r#"
         orders · 4 classes · ● 4 exact                                     python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              4 │ Order.save  as seen from shop:Order           ● exact
             Model              │  mro  members ‹super› lookup  merge  source  plugins …
        ▌    Order              ├───────────────────────────────────────────────────────
             Slugged            │     class             goes on
             Stamped            │▌ 1  Stamped  runs     → super() at :10
                                │  2  Slugged  perhaps  → super() at :15
                                │  3  Model    perhaps  ends here: no super()
                                │
                                │  in one body
                                │         ▸ Stamped.save  shop.py:8
                                │      8      def save(self):
                                │      9          if self.kind:
                                │     10              super().save()
                                │           │ ▸ Slugged.save  shop.py:14
                                │     14    │     def save(self):
                                │     15    │         super().save()
                                │           │   │ ▸ Model.save  shop.py:3
                                │      3    │   │     def save(self):
                                │      4    │   │         return self.label()
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter go to  S all  m members  [ back  / search  : actions  ? keys
    "#]]
    .assert_eq(&tui.screen());
    // The same key goes back to the list; a line of it leads to its definition.
    tui.press("S");
    assert!(tui.screen().contains("2 methods"), "{}", tui.screen());
}

#[test]
fn from_a_member_it_is_the_page_of_that_member() {
    let mut tui = opened();
    tui.press("/order<enter>mflabel<enter>S");
    assert!(
        tui.screen().contains("Order.label  as seen from"),
        "{}",
        tui.screen()
    );
    tui.press("<enter>");
    assert!(
        tui.screen().contains("def label(self):"),
        "{}",
        tui.screen()
    );
}

#[test]
fn ancestors_are_read_as_seen_from_a_class_until_the_key_is_pressed_again() {
    let mut tui = opened();
    tui.press("/order<enter>F/stamped<enter>s");
    expect![[r#"
         orders · 4 classes · ● 4 exact                                     python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              4 │ Stamped  as seen from Order                   ● exact
             Model              │  mro  members  merge ‹source› plugins  problems 0 …
             Order              ├───────────────────────────────────────────────────────
             Slugged            │▌ 2 of 5 for Order, super() looks next in Slugged
        ▌    Stamped            │
                                │  shop.py
                                │   7  class Stamped(Model):
                                │   8      def save(self):
                                │   9          if self.kind:
                                │        ↳ v Order.kind  shop.py:19
                                │  10              super().save()
                                │        ↳ super() m Slugged.save  shop.py:14
                                │  11      def label(self):
                                │  12          return super().label()
                                │        ↳ super() m Slugged.label  shop.py:16
                                │
                                │
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter open  F release  → name  space fold  f find  e edit  [ back  ? keys
    "#]]
    .assert_eq(&tui.screen());
    // `super().save` of Stamped leads to Slugged, which it does not know.
    tui.press("ggjjjjjjj");
    expect![[r#"
         orders · 4 classes · ● 4 exact                                     python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              4 │ Stamped  as seen from Order                   ● exact
             Model              │  mro  members  merge ‹source› plugins  problems 0 …
             Order              ├───────────────────────────────────────────────────────
             Slugged            │  2 of 5 for Order, super() looks next in Slugged
        ▌    Stamped            │
                                │  shop.py
                                │   7  class Stamped(Model):
                                │   8      def save(self):
                                │   9          if self.kind:
                                │        ↳ v Order.kind  shop.py:19
                                │  10              super().save()
                                │▌       ↳ super() m Slugged.save  shop.py:14
                                │  11      def label(self):
                                │  12          return super().label()
                                │        ↳ super() m Slugged.label  shop.py:16
                                │
                                │
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter go to  F release  → name  space fold  f find  e edit  [ back  ? keys
    "#]]
    .assert_eq(&tui.screen());
    tui.press("<enter>");
    expect![[r#"
         orders · 4 classes · ● 4 exact                                     python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              4 │ Slugged  as seen from Order                   ● exact
             Model              │  mro  members  merge ‹source› plugins  problems 0 …
             Order              ├───────────────────────────────────────────────────────
        ▌    Slugged            │  3 of 5 for Order, super() looks next in Model
             Stamped            │
                                │  shop.py
                                │  13  class Slugged(Model):
                                │▌ 14      def save(self):
                                │  15          super().save()
                                │        ↳ super() m Model.save  shop.py:3
                                │  16      def label(self):
                                │  17          return type(self).kind
                                │        ↳ v Order.kind  shop.py:19
                                │
                                │
                                │
                                │
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter go to  F release  → name  space fold  f find  e edit  [ back  ? keys
    "#]]
    .assert_eq(&tui.screen());
    tui.press("m");
    expect![[r#"
         orders · 4 classes · ● 4 exact                                     python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              4 │ Slugged  as seen from Order                   ● exact
             Model              │  mro ‹members› merge  source  plugins  problems 0 …
             Order              ├───────────────────────────────────────────────────────
        ▌    Slugged            │▌ 3 of 5 for Order, super() looks next in Model
             Stamped            │
                                │  32 names, 2 with several definitions, 29 not listed
                                │  3 of them come from elsewhere for Order
                                │  by name: inherited private special, not object's
                                │
                                │     name   given by                           is
                                │  v  kind   Order in place of Model            'model'
                                │  m  label  Stamped ↑super Slugged hides
                                │            Model
                                │  m  save   Stamped ↑super Slugged ↑super
                                │            Model
                                │
                                │
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter open  F release  l why  S super  x across  d descriptors  ! live  ? keys
    "#]]
    .assert_eq(&tui.screen());
    tui.press("F");
    assert!(
        tui.screen().contains("no longer as seen from Order"),
        "{}",
        tui.screen()
    );
    assert!(
        !tui.screen().contains("Stamped  as seen"),
        "{}",
        tui.screen()
    );
}

#[test]
fn who_is_no_ancestor_is_read_for_itself_and_that_is_said() {
    let mut tui = opened();
    tui.press("/stamped<enter>F/slugged<enter>");
    assert!(
        tui.screen().contains("no ancestor of Stamped"),
        "{}",
        tui.screen()
    );
    tui.press("[");
    assert!(
        tui.screen().contains("others are seen from here"),
        "{}",
        tui.screen()
    );
}
