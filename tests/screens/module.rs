//! The module page in the explorer: from the tree, into a value, and to a registry.

use crate::screens::what_if::explored;

const SYSTEM: &str = "\
--- app/formats.py
TABLE = {}
CODES = [('de', 'German'), ('fr', 'French')]

def register(cls):
    TABLE[cls.__name__] = cls
    return cls

@register
class Csv: ...

@register
class Tsv(Csv): ...
";

fn says(keys: &str, expected: &[&str]) {
    let tui = explored(SYSTEM, keys);
    let screen = tui.screen();
    for expected in expected {
        assert!(screen.contains(expected), "{expected}:\n{screen}");
    }
}

#[test]
fn enter_on_a_module_of_the_tree_opens_its_page() {
    says(
        "<esc>gg<enter>",
        &["module  formats.py", "2 classes · 1 function", "TABLE"],
    );
}

#[test]
fn a_value_opens_a_level_deeper_and_esc_comes_back() {
    says(
        "<esc>gg<enter>G<enter>",
        &["list of 2 entries", "('fr', 'French')"],
    );
    says(
        "<esc>gg<enter>G<enter><enter>",
        &["tuple of 2 entries", "'German'"],
    );
    says("<esc>gg<enter>G<enter><esc>", &["module  formats.py"]);
}

#[test]
fn the_filter_narrows_what_is_listed() {
    let tui = explored(SYSTEM, "<esc>gg<enter>fcodes");
    let screen = tui.screen();
    assert!(screen.contains("CODES"), "{screen}");
    assert!(!screen.contains("(cls)"), "{screen}");
}
