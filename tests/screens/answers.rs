//! Pages about more than a class answer in their first lines, at the sizes and in the themes that most have.

use mroscope::tui::theme::Theme;
use mroscope::tui::to_plain;

use crate::support::tui::Tui;

/// What is pressed, and what is to be seen at once: the question, and the answer.
const ANSWERS: [(&str, &[&str]); 5] = [
    (
        "/invoice<enter>LjOj",
        &["why Invoice before Lockable", "derives from"],
    ),
    (
        "/invoice<enter>LjOjjO",
        &[
            "why Invoice before",
            "forces it",
            "derives from",
            "models.py",
        ],
    ),
    ("/Invoice.save<enter>x", &["save below", "have it, from"]),
    (
        "/invoice<enter>B/book<enter>B",
        &["Invoice beside Book", "in both MROs", "="],
    ),
    ("/invoice<enter>sj", &["class Invoice", "→ "]),
];

#[test]
fn question_and_answer_are_above_the_fold_in_every_theme() {
    for (width, height) in [(80, 24), (120, 40)] {
        for (keys, wanted) in ANSWERS {
            let mut tui = Tui::open_sample("mixins").sized(width, height);
            tui.press(keys);
            let mut screens = ["dark", "light"].map(|name| {
                let theme = Theme::built_in(name).expect("it is built in");
                to_plain(&tui.frame(&theme))
            });
            assert_eq!(
                screens[0], screens[1],
                "colour says nothing that letters do not"
            );
            let screen = std::mem::take(&mut screens[0]);
            for text in wanted {
                assert!(
                    screen.contains(text),
                    "{keys} at {width}x{height}: `{text}` is not to be seen\n{screen}"
                );
            }
        }
    }
}
