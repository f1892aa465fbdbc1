//! The merge page: C3 step by step, to its end or to where it is stuck.

use expect_test::expect;
use mroscope::view::{PageKind, Settings, merge_steps};

use super::{CROSSED, DIAMOND, page, page_with};
use crate::support::sketch::sketch;

fn step(text: &str, class: &str, step: usize) -> String {
    let settings = Settings {
        merge_step: Some(step),
        ..Settings::default()
    };
    page_with(PageKind::Merge, text, class, &settings)
}

#[test]
fn all_steps_stand_below_one_another() {
    expect![[r#"
        Both  shop.cart                                                                    ● exact
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
          Both Left Right Base object
    "#]]
    .assert_eq(&page(PageKind::Merge, DIAMOND, "Both"));
}

#[test]
fn one_step_shows_the_lists_as_they_are_then() {
    expect![[r#"
        Both  shop.cart                                                                    ● exact
        step 2 of 4: refuses Base: it stands in the tail of list 2; takes Right:
          head of list 2, in no tail
          the leftmost head that stands in no tail is taken
          since step 1 lists 1 and 3 have lost Left

        taken
          Both Left

        lists
          1  [Base object]          MRO of Left
          2  [Right ‹Base› object]  MRO of Right
          3  [Right]                the written bases
             ‹so› stands in a tail and refuses that head

        looked at
          Base   head of list 1  refused: it stands in the tail of list 2
          Right  head of list 2  taken: it stands in no tail
    "#]]
    .assert_eq(&step(DIAMOND, "Both", 2));
}

#[test]
fn a_step_past_the_end_is_the_last_one() {
    assert_eq!(step(DIAMOND, "Both", 99), step(DIAMOND, "Both", 4));
    assert_eq!(step(DIAMOND, "Both", 0), step(DIAMOND, "Both", 1));
}

#[test]
fn a_merge_that_fails_stops_with_every_head_refused() {
    expect![[r#"
        Crossed  shop.cart                                                                ✗ raises
        step 3 of 3: stuck, every head stands in a tail: A in the tail of list 2,
          B in the tail of list 1
          the leftmost head that stands in no tail is taken
          since step 2 lists 2 and 3 have lost Y

        taken
          Crossed X Y

        lists
          1  [A ‹B› object]  MRO of X
          2  [B ‹A› object]  MRO of Y
          3  []              the written bases
             ‹so› stands in a tail and refuses that head

        looked at
          A  head of list 1  refused: it stands in the tail of list 2
          B  head of list 2  refused: it stands in the tail of list 1
          stuck: every head stands in some tail

        TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B

        these two cannot both hold
          shop/cart.py:3  class X(A, B)        A before B
          shop/cart.py:4  class Y(B, A)        B before A
          shop/cart.py:5  class Crossed(X, Y)  keeps them all
          the merge sticks at step 3: A, B each stand in a tail
    "#]]
    .assert_eq(&step(CROSSED, "Crossed", 3));
}

#[test]
fn what_a_step_takes_can_be_asked_first() {
    let settings = Settings {
        merge_step: Some(2),
        merge_guess: mroscope::view::MergeGuess::Picked(0),
        ..Settings::default()
    };
    expect![[r#"
        Both  shop.cart                                                                    ● exact
        step 2 of 4: what is taken?
          the leftmost head that stands in no tail is taken
          since step 1 lists 1 and 3 have lost Left
          ✗ no: Base stands in the tail of list 2

        taken
          Both Left

        lists
          1  [Base object]        MRO of Left
          2  [Right Base object]  MRO of Right
          3  [Right]              the written bases

        which is taken?
          1  Base
          2  Right
          3  none: the merge sticks
    "#]]
    .assert_eq(&page_with(PageKind::Merge, DIAMOND, "Both", &settings));
}

#[test]
fn there_are_as_many_steps_as_classes_behind_the_first() {
    let analysis = sketch(&[("shop.cart", DIAMOND)]);
    let both = analysis.named("shop.cart", "Both").expect("it is there");
    assert_eq!(merge_steps(analysis.class(both)), 4);
}

#[test]
fn a_class_with_a_base_out_of_view_has_no_merge() {
    expect![[r#"
        Sub  shop.cart                                                                 ○ unknown 1
        there is no merge to show: not all bases of this class are known
    "#]]
    .assert_eq(&page(
        PageKind::Merge,
        "class Sub(gone.Thing): ...\n",
        "Sub",
    ));
}

#[test]
fn what_has_no_bases_merges_nothing() {
    let analysis = sketch(&[]);
    let object = analysis.class(analysis.classes.object());
    let page = mroscope::view::page(PageKind::Merge, object, &Settings::default());
    expect![[r#"
        object  builtins                                                                   ● exact
        it has no bases: nothing is merged
    "#]]
    .assert_eq(&crate::support::text::page_at(&page, 90));
}
