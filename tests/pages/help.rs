//! The help page: the keys that are in force, and what letters and marks mean.

use expect_test::expect;
use mroscope::view::{HelpGroup, help};

use crate::support::text::page_at;

#[test]
fn keys_stand_in_groups_and_a_legend_follows() {
    let groups = [HelpGroup {
        title: "move".to_owned(),
        rows: vec![
            ("j ↓".to_owned(), "down".to_owned()),
            ("k ↑".to_owned(), "up".to_owned()),
        ],
    }];
    expect![[r#"
        Keys
        move
          j ↓  down
          k ↑  up

        letters and marks
          m  method: a function, or one made in C
          c  class method
          s  static method
          p  property
          d  another data descriptor: wins over the instance
          S  slot, made by `__slots__`
          n  non-data descriptor: the instance wins over it
          k  class
          v  plain value
          i  instance attribute: a method sets it
          a  annotated, and given no value
          *  names that the program computes
          —  could not be followed
          ●  exact: what CPython does
          ◐  assumed: what CPython does, if so many assumptions hold
          ○  unknown: so many things it stands on are out of view
          ✗  raises: CPython refuses to make the class
          ◇  not reached: another statement raises first
          ?  hangs on a condition that cannot be decided
          +  plugins: can be instantiated
          -  plugins: abstract
          !  something that deserves a look
    "#]]
    .assert_eq(&page_at(&help(&groups, 1), 80));
}

#[test]
fn a_wide_screen_has_the_groups_beside_one_another() {
    let group = |title: &str, rows: usize| HelpGroup {
        title: title.to_owned(),
        rows: vec![("j".to_owned(), "down".to_owned()); rows],
    };
    let groups = [group("move", 12), group("find", 9), group("work", 7)];
    expect![[r#"
        Keys
        move        letters and marks
          j   down    m                method: a function, or one made in C
          j   down    c                class method
          j   down    s                static method
          j   down    p                property
          j   down    d                another data descriptor: wins over the instance
          j   down    S                slot, made by `__slots__`
          j   down    n                non-data descriptor: the instance wins over it
          j   down    k                class
          j   down    v                plain value
          j   down    i                instance attribute: a method sets it
          j   down    a                annotated, and given no value
          j   down    *                names that the program computes
                      —                could not be followed
        find          ●                exact: what CPython does
          j   down    ◐                assumed: what CPython does, if so many assumptions hold
          j   down    ○                unknown: so many things it stands on are out of view
          j   down    ✗                raises: CPython refuses to make the class
          j   down    ◇                not reached: another statement raises first
          j   down    ?                hangs on a condition that cannot be decided
          j   down    +                plugins: can be instantiated
          j   down    -                plugins: abstract
          j   down    !                something that deserves a look
          j   down

        work
          j   down
          j   down
          j   down
          j   down
          j   down
          j   down
          j   down
    "#]]
    .assert_eq(&page_at(&help(&groups, 2), 140));
}
