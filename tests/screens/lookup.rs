//! The lookup page: what is asked of the run when it opens, what it shows until the answer is there, and how one gets about on it.
//! What the run answers is for the tests of `--print`.

use std::sync::Arc;

use mroscope::app::load::LoadMsg;
use mroscope::app::{Effect, Msg};
use mroscope::evaluate::{Answer, Question};
use mroscope::load::{Query, Reply};
use mroscope::semantics::{Access, AccessStep, Trace, TraceStep};

use crate::screens::SHOP;
use crate::support::tui::Tui;

/// The page of `Item.price`, opened from the members page.
fn opened() -> Tui {
    let mut tui = Tui::sketched(SHOP).sized(80, 20);
    tui.press("/item<enter>m").press("l");
    tui
}

fn asked(tui: &Tui) -> Vec<&Query> {
    let effects = tui.effects.iter();
    effects
        .filter_map(|effect| match effect {
            Effect::Ask(question) => Some(question),
            _ => None,
        })
        .collect()
}

fn answer(tui: &mut Tui, generation: u64, answer: Answer) {
    let question = asked(tui)[0].clone();
    tui.send(Msg::Load(LoadMsg::Answer {
        generation,
        question,
        answer: Arc::new(Reply::AtRest(answer)),
    }));
}

fn trace(access: Access) -> Trace {
    Trace {
        access,
        steps: vec![TraceStep {
            depth: 0,
            does: AccessStep::NoDict,
        }],
        raised: None,
        is_known: true,
        doubt: None,
    }
}

#[test]
fn it_is_asked_once_and_says_that_the_answer_is_on_its_way() {
    let mut tui = opened();
    assert!(
        tui.screen().contains("being worked out"),
        "{}",
        tui.screen()
    );
    tui.press("[").press("]").press("j").press("k");
    let questions = asked(&tui);
    assert_eq!(questions.len(), 1, "{questions:?}");
    assert!(
        matches!(questions[0], Query::AtRest(Question::Lookup { name, .. }) if name == "price"),
        "{questions:?}"
    );
}

#[test]
fn the_answer_takes_the_place_of_the_waiting_line_and_stays() {
    let mut tui = opened();
    let traces = vec![trace(Access::Read), trace(Access::Write)];
    answer(&mut tui, 1, Answer::Lookup(Some(traces)));
    let screen = tui.screen();
    assert!(screen.contains("obj.price"), "{screen}");
    assert!(screen.contains("instances have no __dict__"), "{screen}");
    tui.press("[").press("]");
    assert_eq!(tui.screen(), screen, "history returns to the answer");
    tui.press("<space>");
    assert!(
        tui.screen().contains("obj.price = value"),
        "{}",
        tui.screen()
    );
}

#[test]
fn what_an_older_reading_still_answers_is_dropped() {
    let mut tui = opened();
    tui.ready(2, crate::support::sketch::sketch(SHOP));
    answer(&mut tui, 1, Answer::Lookup(Some(vec![trace(Access::Read)])));
    assert!(
        tui.screen().contains("being worked out"),
        "{}",
        tui.screen()
    );
    assert_eq!(asked(&tui).len(), 2, "the new reading is asked for itself");
}

#[test]
fn a_class_that_is_not_made_says_so() {
    let mut tui = opened();
    answer(&mut tui, 1, Answer::Lookup(None));
    assert!(tui.screen().contains("cannot be said"), "{}", tui.screen());
}

#[test]
fn the_attribute_goes_along_from_class_to_class_and_has_a_tab() {
    let mut tui = opened();
    tui.press("/audited<enter>");
    assert!(tui.screen().contains("Audited.price"), "{}", tui.screen());
    tui.press("L");
    assert!(tui.screen().contains("look"), "{}", tui.screen());
    tui.press("}}");
    assert!(tui.screen().contains("‹lookup›"), "{}", tui.screen());
}

#[test]
fn where_no_name_is_selected_the_key_says_what_to_do() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>mfzzzz<enter>").press("l");
    assert!(tui.screen().contains("select a name"), "{}", tui.screen());
}

#[test]
fn it_opens_from_the_descriptors_page_as_from_the_members() {
    let mut tui = Tui::sketched(&[(
        "shop",
        "class Item:\n    @property\n    def price(self):\n        return 1\n",
    )]);
    tui.press("/item<enter>d");
    assert!(tui.screen().contains("l why"), "{}", tui.screen());
    tui.press("G").press("l");
    let questions = asked(&tui);
    assert!(
        matches!(questions.last(), Some(Query::AtRest(Question::Lookup { name, .. })) if name == "price"),
        "{questions:?}\n{}",
        tui.screen()
    );
}
