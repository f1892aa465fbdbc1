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
    "#]]
    .assert_eq(&page_at(&help(&groups), 80));
}
