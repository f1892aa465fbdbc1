//! Screens: keys in, letters out. Mirrors `src/app` and `src/tui/draw`.

mod answers;
mod coverage;
mod each_page;
mod home;
mod kept;
mod keys;
mod live;
mod lookup;
mod matrix;
mod module;
mod opening;
mod operators;
mod palette;
mod reach;
mod reading_anew;
mod readme;
mod samples;
mod searching;
mod sizes;
mod source;
mod stumbles;
mod supers;
mod themes;
mod two;
mod walking;
mod what_if;
mod why_before;

/// A small project with a diamond, a class CPython refuses, and one whose base is out of view.
pub(crate) const SHOP: &[(&str, &str)] = &[
    (
        "shop.base",
        "class Base:\n    def save(self):\n        pass\n\n\nclass Audited(Base):\n    def save(self):\n        super().save()\n\n\nclass Priced(Base):\n    price = 3\n    def save(self):\n        super().save()\n",
    ),
    (
        "shop.cart",
        "class Item(Audited, Priced):\n    def total(self):\n        return 1\n\n\nclass Crossed(Base, Audited):\n    pass\n\n\nclass Far(Remote):\n    pass\n",
    ),
];
