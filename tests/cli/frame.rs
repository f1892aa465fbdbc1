//! `mroscope --print`: one frame of the explorer without a terminal.

use expect_test::expect;

use super::{SHOP, ran};

/// The frame without its last line: that one counts what a search found, in every class of the interpreter too.
fn without_footer(frame: &str) -> String {
    let lines: Vec<&str> = frame.lines().collect();
    let kept = lines.len().saturating_sub(2);
    lines[..kept].join("\n") + "\n"
}

#[test]
fn keys_lead_to_a_frame() {
    expect![[r#"
         shop · 11 classes · ● 9 exact · ✗ 1 raise · ○ 1 unknown            python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop             11 │ Order  shop.order                             ● exact
            ▸ base            1 │ ‹mro› members  merge  source  plugins  problems 1
            ▸ cart            4 ├───────────────────────────────────────────────────────
            ▸ crossed         3 │▌ class Order(Cart)  shop/order.py:3
            ▾ order           3 │
                Item            │     class   module      gives  hidden  place
        ▌       Order           │  1  Order   shop.order      ·       ·  order.py:3
                Remote          │  2  Cart    shop.cart       2       ·  cart.py:7
                                │  3  Left    shop.cart       1       ·  cart.py:2
                                │  4  Right   shop.cart       ·       1  cart.py:5
                                │  5  Base    shop.base       1       1  base.py:1
                                │  6  object  builtins       23       ·  interpreter
                                │
                                │  why each comes before the next
                                │  1  Order  derives from Cart               order.py:3
                                │  2  Cart   derives from Left               cart.py:7
        ────────────────────────┴───────────────────────────────────────────────────────
    "#]]
    .assert_eq(&without_footer(&ran(
        SHOP,
        "shop --print --keys /order<enter> --size 80x20",
    )));
}

#[test]
fn without_a_terminal_the_explorer_says_what_to_do() {
    expect![[r#"
        ! error: the explorer needs a terminal, and the output is none
        !   hint: print a page with `mroscope show`, every class with `mroscope dump`, or one frame with `--print`
        exit 2
    "#]].assert_eq(&ran(SHOP, ""));
}
