//! The README's table of keys: each of them does something where it says so.

use std::path::Path;

use crate::screens::SHOP;
use crate::support::tui::Tui;

/// The keys of a row's first cell, as key scripts spell them, and what is pressed before them.
fn keys(cell: &str) -> Vec<String> {
    let mut keys = vec![];
    for (at, part) in cell.split('`').enumerate() {
        if at % 2 == 0 {
            if part.contains("arrows") {
                keys.extend(["<up>", "<down>", "<left>", "<right>"].map(str::to_owned));
            }
            continue;
        }
        keys.push(match part {
            "space" => "<space>".to_owned(),
            "left" | "right" | "enter" | "tab" | "esc" => format!("<{part}>"),
            "backspace" => "<bs>".to_owned(),
            "f5" => "<f5>".to_owned(),
            "<" => "<lt>".to_owned(),
            part if part.starts_with("ctrl-") => format!("<c-{}>", &part["ctrl-".len()..]),
            part => part.replace(' ', ""),
        });
    }
    keys
}

#[test]
fn every_key_of_the_readme_is_bound_where_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(path).expect("there is a README");
    let table = text
        .split("| key | does |")
        .nth(1)
        .expect("it has a table of keys");
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let mut seen = 0;
    for row in rows {
        let cell = row.split('|').nth(1).unwrap_or_default();
        let page = match cell {
            _ if cell.contains("merge") => "M",
            _ if cell.contains("source") && cell.contains('>') => "s",
            _ if cell.contains("members") => "m",
            _ if cell.contains("`X`") => "X",
            _ if cell.contains("`v`") => "m",
            _ => "L",
        };
        let keys = keys(cell);
        assert!(!keys.is_empty(), "{row}");
        for key in &keys {
            // These begin a sequence or belong to what is being typed.
            let pressed = match (key.as_str(), cell) {
                ("i" | "p" | "s" | "o", cell) if cell.contains("`v`") => {
                    format!("v{key}")
                }
                ("<space>", cell) if cell.contains("then") => "l<space>".to_owned(),
                ("v", _) => continue,
                ("u", _) => continue,
                (key, _) => key.to_owned(),
            };
            let mut tui = Tui::sketched(SHOP);
            tui.press("/item<enter>").press(page).press(&pressed);
            let screen = tui.screen();
            assert!(!screen.contains("is not bound"), "{pressed}\n{screen}");
            assert!(tui.state.pending.is_empty(), "{pressed} is only begun");
            seen += 1;
        }
    }
    assert!(seen > 50, "only {seen} keys were tried");
}
