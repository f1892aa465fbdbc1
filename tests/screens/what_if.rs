//! What-if and mends in the explorer: typing a head, completing it, going back; copying a patch, writing it after asking.

use std::sync::Arc;

use expect_test::expect;
use mroscope::app::load::LoadMsg;
use mroscope::app::{Effect, Msg};
use mroscope::load::{Query, Reply, Request, load_trying, reply};

use crate::screens::SHOP;
use crate::support::Sandbox;
use crate::support::tui::Tui;

const CROSSED: &str = "\
--- app/shop.py
class A:
    def save(self): ...
class B:
    def save(self): ...
class X(A, B): ...
class Y(B, A): ...
class Both(X, Y): ...
class Other(X): ...
";

/// The explorer at a project, with what it asks answered; then keys.
pub(super) fn explored(files: &str, keys: &str) -> Tui {
    let sandbox = Sandbox::new(files);
    let request = Request {
        path: sandbox.path("app"),
        ..Request::default()
    };
    load_trying(&request, &|_| (), |analysis, run, trials| {
        let mut tui = Tui::waiting().sized(100, 26);
        let analysis = Arc::new(analysis);
        tui.send(Msg::Load(LoadMsg::ready(1, Arc::clone(&analysis))));
        for key in mroscope::app::key::sequence(keys).expect("a test spells keys right") {
            tui.send(Msg::Key(key));
            let asked: Vec<Query> = tui
                .effects
                .iter()
                .filter_map(|effect| match effect {
                    Effect::Ask(question) => Some(question.clone()),
                    _ => None,
                })
                .collect();
            tui.effects
                .retain(|effect| !matches!(effect, Effect::Ask(_)));
            for question in asked {
                let answer: Arc<Reply> = Arc::new(reply(&analysis, run, trials, &question));
                tui.send(Msg::Load(LoadMsg::Answer {
                    generation: 1,
                    question,
                    answer,
                }));
            }
        }
        tui
    })
    .expect("the folder is a project")
}

#[test]
fn a_class_that_raises_opens_on_its_explanation_with_mends() {
    let tui = explored(CROSSED, "/both<enter>");
    expect![[r#"
         app · 6 classes · ● 4 exact · ✗ 1 raise · ◇ 1 not reached                              python 3.13
        ───────────────────────────────┬────────────────────────────────────────────────────────────────────
          ▾ shop                     6 │ Both  shop                                                ✗ raises
             A                         │ ‹mro›  members   merge   source   plugins   problems 1   coverage
             B                         ├────────────────────────────────────────────────────────────────────
        ▌    ✗ Both                    │▌ class Both(X, Y)  shop.py:7
             ◇ Other                   │
             X                         │  TypeError: Cannot create a consistent method resolution order
             Y                         │    (MRO) for bases A, B
                                       │  raises on 3.9 to 3.14
                                       │
                                       │  these two cannot both hold
                                       │    shop.py:5  class X(A, B)     A before B
                                       │    shop.py:6  class Y(B, A)     B before A
                                       │    shop.py:7  class Both(X, Y)  keeps them all
                                       │    the merge sticks at step 3: A, B each stand in a tail
                                       │
                                       │  mends, each proved by a run on paper
                                       │       where      edit           MRO then        changes elsewhere
                                       │    1  shop.py:6  class Y(A, B)  Both X Y A B …  1 name, 1 class
                                       │    2  shop.py:5  class X(B, A)  Both X Y B A …  1 name, 1 class
                                       │    3  shop.py:7  class Both(Y)  Both Y B A ob…  an ancestor leaves
                                       │    4  shop.py:7  class Both(X)  Both X A B ob…  an ancestor leaves
                                       │
        ───────────────────────────────┴────────────────────────────────────────────────────────────────────
         1 of 24 found    enter go to  O why before  m members  M merge  s source  [ back  / search  ? keys
    "#]].assert_eq(&tui.screen());
}

#[test]
fn other_bases_are_tried_in_a_line_and_proved_when_it_is_done() {
    let typing = explored(CROSSED, "/x<enter>w<c-u>X(B, A)");
    expect![[r#"
         app · 6 classes · ● 4 exact · ✗ 1 raise · ◇ 1 not reached                              python 3.13
        ───────────────────────────────┬────────────────────────────────────────────────────────────────────
          ▾ shop                     6 │ X  shop  what if                                           ● exact
             A                         │  mro  members ‹what if› merge  source  plugins  problems 1 …
             B                         ├────────────────────────────────────────────────────────────────────
             ✗ Both                    │  class X(B, A)
             ◇ Other                   │▌ now   class X(A, B)
        ▌    X                         │
             Y                         │     now     would be
                                       │  1  X       X
                                       │  2  A       B         ↑ 1
                                       │  3  B       A         ↓ 1
                                       │  4  object  object
                                       │
                                       │  below it: 1 class, 1 get another MRO, 0 cannot be made
                                       │    Other  shop  Other X B A object
                                       │
                                       │  2 names would come from elsewhere
                                       │    X.save      A  → B
                                       │    Other.save  A  → B
                                       │
                                       │
                                       │
                                       │
        ───────────────────────────────┴────────────────────────────────────────────────────────────────────
         class X(B, A)                                                           enter ask a run  esc leave
    "#]].assert_eq(&typing.screen());
    let done = explored(CROSSED, "/x<enter>w<c-u>X(B, A)<enter>");
    let screen = done.screen();
    assert!(screen.contains("a run on paper says the same"), "{screen}");
    let back = explored(CROSSED, "/x<enter>w<c-u>X(B, A)<enter>u").screen();
    assert!(
        back.contains("class X(A, B)\n") || back.contains("class X(A, B) "),
        "{back}"
    );
    assert!(!back.contains("↑"), "{back}");
}

#[test]
fn a_name_is_completed_by_those_that_begin_so() {
    let screen = explored(CROSSED, "/x<enter>w<c-u>X(Ot<tab>").screen();
    assert!(screen.contains("class X(Other"), "{screen}");
    let screen = explored(CROSSED, "/x<enter>w<c-u>X(Qq<tab>").screen();
    assert!(screen.contains("class X(Qq"), "{screen}");
}

#[test]
fn a_mend_is_copied_as_a_patch_and_written_after_asking() {
    // The cursor is on the statement; the mends are further down.
    let at_mend = "/both<enter>jjjjjj";
    let copied = explored(CROSSED, &format!("{at_mend}y"));
    let patch = copied.effects.iter().find_map(|effect| match effect {
        Effect::Copy { text, .. } => Some(text.clone()),
        _ => None,
    });
    expect![[r#"
        --- a/shop.py
        +++ b/shop.py
        @@ -3,6 +3,6 @@
         class B:
             def save(self): ...
         class X(A, B): ...
        -class Y(B, A): ...
        +class Y(A, B): ...
         class Both(X, Y): ...
         class Other(X): ...
    "#]]
    .assert_eq(&patch.expect("something is copied"));
    let asking = explored(CROSSED, &format!("{at_mend}W"));
    let screen = asking.screen();
    assert!(screen.contains("write the edit?"), "{screen}");
    assert!(
        !asking
            .effects
            .iter()
            .any(|it| matches!(it, Effect::Write(_)))
    );
    let left = explored(CROSSED, &format!("{at_mend}Wn"));
    assert!(!left.effects.iter().any(|it| matches!(it, Effect::Write(_))));
    let written = explored(CROSSED, &format!("{at_mend}Wy"));
    let files = written.effects.iter().find_map(|effect| match effect {
        Effect::Write(files) => Some(files),
        _ => None,
    });
    let [file] = files.expect("it is written").as_slice() else {
        panic!("one file is written");
    };
    assert_ne!(file.before, file.after);
}

#[test]
fn what_is_no_statement_of_the_project_has_no_what_if() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/object<enter>w");
    let screen = tui.screen();
    assert!(
        screen.contains("only class statements of the project"),
        "{screen}"
    );
}
