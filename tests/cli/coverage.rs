//! `mroscope coverage`: how much of a project is known, for people and for programs.

use expect_test::expect;

use super::{SHOP, ran};

#[test]
fn the_page_is_printed_and_what_is_unknown_is_a_finding() {
    expect![[r#"
        Coverage  shop

        11 classes
          ● exact    9  81.8 %
          ◐ assumed  0   0.0 %
          ○ unknown  1   9.1 %
          ✗ raise    1   9.1 %

        why classes are unknown, and how many
          1 `gone` is not installed in the environment that was searched  shop/order.py:1
            → install `gone` in the environment, or name the environment with --python
            Remote  shop.order  order.py:5
        exit 1
    "#]]
    .assert_eq(&ran(SHOP, "coverage shop --python-version 3.13"));
}

#[test]
fn a_project_that_is_known_is_no_finding() {
    expect![[r#"
        Coverage  shop

        1 class
          ● exact    1  100.0 %
          ◐ assumed  0    0.0 %
          ○ unknown  0    0.0 %
          ✗ raise    0    0.0 %

        ● nothing that a class stands on is out of view, and nothing was assumed
        exit 0
    "#]]
    .assert_eq(&ran("--- shop/a.py\nclass A: ...\n", "coverage shop"));
}

#[test]
fn programs_get_one_object() {
    let files = format!(
        "{SHOP}--- shop/later.py\nfrom shop.order import Remote\nclass Later(Remote): ...\n"
    );
    expect![[r#"
        {"classes":12,"exact":9,"assumed":0,"incomplete":2,"error":1,"causes":[{"classes":2,"direct":["shop.order:Remote"],"derived":["shop.later:Later"],"places":["shop/order.py:1"],"why":"not_installed","what":"gone","cause":"`gone` is not installed in the environment that was searched","cure":"install `gone` in the environment, or name the environment with --python"}],"assumptions":[]}
        exit 1
    "#]].assert_eq(&ran(&files, "coverage --json"));
}
