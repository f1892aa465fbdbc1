//! How much of a value is shown: limits by option, by configuration, and by keys on the members page.

use super::ran;

const VALUES: &str = "\
--- app.py
class Holds:
    items = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    text = 'a text that goes on for longer than thirty characters'
    def method(self): ...
";

/// The members page after these keys.
fn page(keys: &str) -> String {
    ran(
        VALUES,
        &format!("app.py --print --size 100x26 --keys /holds<enter>zzm{keys}"),
    )
}

#[test]
fn an_option_sets_limits_and_the_page_says_which_are_not_the_usual_ones() {
    let usual = ran(VALUES, "show Holds --page members");
    assert!(usual.contains("[1, 2, 3, 4, 5, 6, ...]"), "{usual}");
    assert!(!usual.contains("values within"), "{usual}");
    let wide = ran(
        VALUES,
        "show Holds --page members --repr maxlist=8,maxstring=80",
    );
    assert!(wide.contains("[1, 2, 3, 4, 5, 6, 7, 8, ...]"), "{wide}");
    assert!(wide.contains("longer than thirty characters'"), "{wide}");
    assert!(
        wide.contains("values within maxlist 8, maxstring 80\n"),
        "{wide}"
    );
    let dumped = ran(VALUES, "dump --values --repr maxlist=1");
    assert!(dumped.contains(r#""items":"[1, ...]""#), "{dumped}");
}

#[test]
fn a_configuration_sets_limits_and_an_option_lays_over_it() {
    let files = format!("{VALUES}--- mroscope.toml\n[repr]\nmaxlist = 2\nmaxstring = 12\n");
    let page = ran(&files, "show Holds --page members");
    assert!(page.contains("[1, 2, ...]"), "{page}");
    assert!(page.contains("'a t...ters'"), "{page}");
    let page = ran(&files, "show Holds --page members --repr maxlist=3");
    assert!(page.contains("[1, 2, 3, ...]"), "{page}");
    let page = ran(VALUES, "show Holds --page members --config repr.maxlist=4");
    assert!(page.contains("[1, 2, 3, 4, ...]"), "{page}");
}

#[test]
fn a_limit_that_is_none_is_refused_with_what_may_be_meant() {
    let said = ran(VALUES, "show Holds --repr maxlst=2");
    assert!(said.contains("did you mean `maxlist`?"), "{said}");
    assert!(said.contains("exit 2"), "{said}");
    let said = ran(VALUES, "show Holds --repr maxlist=many");
    assert!(
        said.contains("give maxlist a whole number up to 10000"),
        "{said}"
    );
    for (wrong, message) in [
        (
            "maxlst = 2",
            "2:1: `maxlst` is not a limit of `reprlib.Repr`",
        ),
        ("maxlist = -1", "2:11: `maxlist` has to be a whole number"),
        (
            "maxlevel = 1000",
            "2:12: `maxlevel` has to be a whole number",
        ),
    ] {
        let files = format!("{VALUES}--- mroscope.toml\n[repr]\n{wrong}\n");
        let said = ran(&files, "show Holds");
        assert!(said.contains(message), "{said}");
        assert!(said.contains("exit 2"), "{said}");
    }
}

#[test]
fn keys_widen_and_narrow_what_is_shown() {
    let wide = page("+");
    assert!(wide.contains("      [1, 2, 3, 4, 5, 6, 7, 8, 9]"), "{wide}");
    assert!(wide.contains("longer than thirty characters'"), "{wide}");
    assert!(wide.contains("maxlist 12"), "{wide}");
    let narrow = page("--");
    assert!(narrow.contains("[1, ...]"), "{narrow}");
    assert!(narrow.contains("maxlist 1,"), "{narrow}");
    assert_eq!(page("+-"), page(""), "one step and back is where it began");
    let end = page("+++++++++");
    assert!(end.contains("as they can be"), "{end}");
}
