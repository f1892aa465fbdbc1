//! What a load does not need any more is given back, and small things are small: of most there are hundreds of thousands.

use std::sync::Arc;

use mroscope::source::{Place, PythonVersion};
use mroscope::syntax::{FunctionDef, StmtKind, parse};

fn function(text: &str) -> Arc<FunctionDef> {
    let syntax = parse(text, PythonVersion::three(13));
    let first = syntax.body.first().map(|it| &it.kind);
    match first {
        Some(StmtKind::Function(def)) => def.clone(),
        other => panic!("no function: {other:?}"),
    }
}

#[test]
fn a_body_that_is_given_back_is_read_again_where_somebody_asks() {
    let text = "def make(base):\n    note(base)\n    class Made(base): ...\n    return Made\n";
    let def = function(text);
    let (body, for_classes) = (def.body(text), def.body_for_classes(text));
    assert!(
        Arc::ptr_eq(&body, &def.body(text)),
        "it is kept until then: a loop calls it often"
    );
    let (kept, cut) = (Arc::downgrade(&body), Arc::downgrade(&for_classes));
    let before = (format!("{body:?}"), format!("{for_classes:?}"));
    drop((body, for_classes));
    def.give_back();
    assert!(kept.upgrade().is_none() && cut.upgrade().is_none());
    let again = (def.body(text), def.body_for_classes(text));
    assert_eq!(before, (format!("{:?}", again.0), format!("{:?}", again.1)));
}

#[test]
fn a_place_that_may_be_absent_takes_no_more_room_than_one() {
    assert_eq!(size_of::<Option<Place>>(), size_of::<Place>());
}
