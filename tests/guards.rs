//! What plugins register behind guards that leave early: `if other: return`.

use expect_test::expect;

use crate::frameworks::{SPHINX, registry};

#[test]
fn behind_a_guard_that_cannot_be_decided_all_hangs_on_it() {
    let files = format!(
        "{SPHINX}--- repo/ext.py
import sys
class D: ...
def early(app):
    if sys.argv:
        return
    app.add_directive('behind a guard', D)
def decided(app):
    if not D:
        return
    app.add_directive('reached', D)
    if D:
        return
    app.add_directive('never', D)
def raising(app):
    if not sys.argv:
        raise RuntimeError
    app.add_directive('not behind an error', D)
def looped(app):
    for name in ['first', 'second', 'third']:
        if name == 'second':
            continue
        if name == 'third' and sys.argv:
            break
        app.add_directive(name, D)
    app.add_directive('after the loop', D)
def left(app):
    for name in ['once', 'twice']:
        app.add_directive(name, D)
        return
    app.add_directive('not after', D)
def tried(app):
    try:
        import nowhere_at_all
    except ImportError:
        return
    app.add_directive('not without it', D)
def setup(app):
    for it in (early, decided, raising, looped, left, tried):
        pass
    early(app)
    decided(app)
    raising(app)
    looped(app)
    left(app)
    tried(app)
"
    );
    expect![[r#"
        Sphinx directives  Sphinx

        7 plugins  key: name

            key                  leads to  distribution  place
          ? behind a guard       D         yours         ext.py:6   hangs on a condition: line 4  app.add_directive('behind a guard', D)
            reached              D         yours         ext.py:10  app.add_directive('reached', D)
            not behind an error  D         yours         ext.py:17  app.add_directive('not behind an error', D)
            first                D         yours         ext.py:24  app.add_directive(name, D)
          ? third                D         yours         ext.py:24  hangs on a condition: line 22  app.add_directive(name, D)
            after the loop       D         yours         ext.py:25  app.add_directive('after the loop', D)
            once                 D         yours         ext.py:28  app.add_directive(name, D)
        exit 0
    "#]].assert_eq(&registry(&files, "Sphinx directives"));
}
