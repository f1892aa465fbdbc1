//! The screens of merge, lessons and presenter, at the sizes people have, in the dark theme and the light one.

use expect_test::expect;
use mroscope::source::PythonVersion;
use mroscope::tui::theme::Theme;
use ratatui::style::Color;

use super::{Open, opened, sample};

/// Opens the sample on a screen of a size.
fn at(width: u16, height: u16, keys: &str, then: impl FnOnce(&mut Open<'_>) + Send) {
    let version = Some(PythonVersion::three(13));
    opened(&sample(), None, version, |mut open| {
        open.tui.resize(width, height);
        open.press(keys);
        then(&mut open);
    });
}

#[test]
fn the_list_of_lessons() {
    at(80, 24, "T", |open| {
        expect![[r#"
             learn · 20 classes · ● 18 exact · ✗ 2 raise                        python 3.13
            ────────────────────────────────────────────────────────────────────────────────
             Lessons
              H home  ‹lessons›  P problems 2   C coverage
            ────────────────────────────────────────────────────────────────────────────────
              Every answer is worked out from the code. `enter`, or its number,
                begins a lesson.

            ▌ 1  which class comes first           ·
              2  the merge by hand                 ·
              3  which method runs                 ·
              4  what super() runs next            ·
              5  who answers obj.x                 ·
              6  an attribute of the class itself  ·
              7  what a class statement runs       ·
              8  a conflict to mend                ·
              9  whom an operator asks             ·





            ────────────────────────────────────────────────────────────────────────────────
             enter begin  [ back  / search  : actions  ? keys
        "#]]
        .assert_eq(&open.screen());
    });
}

#[test]
fn a_question_whose_answer_was_found_at_the_second_try() {
    at(80, 24, "/Gift<enter>T22", |open| {
        expect![[r#"
             learn · 20 classes · ● 18 exact · ✗ 2 raise                        python 3.13
            ────────────────────────────────────────────────────────────────────────────────
             the merge by hand  lesson 2 of 9                     question 1 of 4 · 0 right
              mro   members   merge   source   plugins  │‹lessons›  problems 2   coverage
            ────────────────────────────────────────────────────────────────────────────────
              Which head does the merge for the MRO of Gift take next?
                  taken   Gift
                  list 1  [Fragile Item object]  MRO of Fragile
                  list 2  [Parcel Tracked Insured Item …]  MRO of Parcel
                  list 3  [Fragile Parcel]  the written bases

            ▌    1  Fragile
              ✗  2  Parcel
              ✗ not 2: Parcel stands in the tail of list 3








            ────────────────────────────────────────────────────────────────────────────────
             1 answer  ? hint  space next  r again  esc leave  / search  : actions  F1 keys
        "#]]
        .assert_eq(&open.screen());
        open.press("1");
        expect![[r#"
             learn · 20 classes · ● 18 exact · ✗ 2 raise                        python 3.13
            ────────────────────────────────────────────────────────────────────────────────
             the merge by hand  lesson 2 of 9                     question 1 of 4 · 0 right
              mro   members   merge   source   plugins  │‹lessons›  problems 2   coverage
            ────────────────────────────────────────────────────────────────────────────────
              Which head does the merge for the MRO of Gift take next?
                  taken   Gift
                  list 1  [Fragile Item object]  MRO of Fragile
                  list 2  [Parcel Tracked Insured Item …]  MRO of Parcel
                  list 3  [Fragile Parcel]  the written bases

              ✓  1  Fragile
              ✗  2  Parcel
              ✓ right: the merge takes Fragile: head of list 1, in no tail
                in Python: Gift.__mro__[1].__name__ == 'Fragile'
              › see it: merge of Gift
            ▌ › the next question





            ────────────────────────────────────────────────────────────────────────────────
             enter go on  1 answer  ? hint  space next  r again  esc leave  F1 keys
        "#]]
        .assert_eq(&open.screen());
    });
}

#[test]
fn a_slide_that_asks_and_the_one_that_answers() {
    at(80, 24, "/Parcel<enter>gp", |open| {
        expect![[r#"



                    P a r c e l


                    class Parcel(Tracked, Insured)


                    In which order does Python look through its ancestors?



            ▌       1 of 10   Parcel









             space next  ← previous  r first  esc leave  / search  : actions  ? keys
        "#]]
        .assert_eq(&open.screen());
        open.press("<space><space><space>");
        expect![[r#"

                    Which head comes next?

                    the leftmost head that stands in no tail is taken

                    1    Item   object

                    2    Insured   Item   object

                    3    Insured

                    MRO  Parcel   Tracked

            ▌       4 of 10   Parcel









             space next  ← previous  r first  esc leave  / search  : actions  ? keys
        "#]]
        .assert_eq(&open.screen());
        open.press("<right>");
        expect![[r#"

                    refuses Item: it stands in the tail of list 2; takes Insured:
                      head of list 2, in no tail

                    the leftmost head that stands in no tail is taken

                    1    Item   object

                    2    Insured   ‹Item›   object

                    3    Insured

                    MRO  Parcel   Tracked   Insured

            ▌       5 of 10   Parcel








             space next  ← previous  r first  esc leave  / search  : actions  ? keys
        "#]]
        .assert_eq(&open.screen());
        open.press("R");
        expect![[r#"

                    Parcel.__mro__

                     1   Parcel

                     2   Tracked

                     3   Insured

                     4   Item

                     5   object


            ▌       10 of 10   Parcel








             space next  ← previous  r first  esc leave  / search  : actions  ? keys
        "#]]
        .assert_eq(&open.screen());
        open.press("r<pgdn><left>");
        assert!(open.screen().contains("P a r c e l"), "{}", open.screen());
        open.press("<esc>");
        assert!(open.screen().contains("‹mro›"), "{}", open.screen());
    });
}

#[test]
fn every_page_of_them_is_legible_at_both_sizes_and_in_both_themes() {
    let dark = Theme::built_in("dark").expect("it is built in");
    let light = Theme::built_in("light").expect("it is built in");
    let pages = [
        ("/Gift<enter>M<space>", "step 2 of"),
        ("/Gift<enter>Mi", "which is taken?"),
        ("T", "whom an operator asks"),
        ("T1", "question 1 of"),
        ("/Parcel<enter>gp<space>", "Which head comes next?"),
    ];
    for (width, height) in [(80, 24), (120, 40)] {
        for (keys, said) in pages {
            at(width, height, keys, |open| {
                let screen = open.screen();
                assert!(screen.contains(said), "{width}x{height} {keys}\n{screen}");
                assert_eq!(screen.lines().count(), usize::from(height));
                let colours = |theme: &Theme| -> Vec<Color> {
                    let frame = open.tui.frame(theme);
                    let cells = frame.content.iter().filter(|it| it.symbol() != " ");
                    let mut seen: Vec<Color> = vec![];
                    for cell in cells {
                        if !seen.contains(&cell.fg) {
                            seen.push(cell.fg);
                        }
                    }
                    seen
                };
                let (of_dark, of_light) = (colours(&dark), colours(&light));
                assert!(of_dark.len() > 2, "{keys}: {of_dark:?}");
                assert_ne!(of_dark, of_light, "{keys}");
                assert!(open.tui.state.here().line.is_some());
            });
        }
    }
}
