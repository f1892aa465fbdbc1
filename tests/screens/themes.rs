//! Themes: whole, legible, and free of surprises.

use std::fs;

use mroscope::tui::theme::{BUILT_IN, Colours, ROLES, Theme, role_name};
use mroscope::view::Role;
use ratatui::style::{Color, Modifier};

use crate::screens::SHOP;
use crate::support::tui::Tui;

#[test]
fn every_file_in_the_folder_is_built_in_and_says_every_role() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes");
    let mut files: Vec<String> = fs::read_dir(folder)
        .expect("the folder of themes is part of the project")
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            Some(name.strip_suffix(".toml")?.to_owned())
        })
        .collect();
    files.sort();
    let mut known: Vec<String> = BUILT_IN
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    known.sort();
    assert_eq!(files, known);
    for (name, text) in BUILT_IN {
        Theme::read(text).unwrap_or_else(|mistake| panic!("{name}.toml:{mistake}"));
        for role in ROLES {
            let line = format!("\n{} = ", role_name(role));
            assert!(
                text.contains(&line),
                "{name} does not say `{}`",
                role_name(role)
            );
        }
    }
}

#[test]
fn the_list_of_roles_is_whole() {
    for (index, role) in ROLES.into_iter().enumerate() {
        assert_eq!(role as usize, index);
        let name = serde_json::to_value(role).expect("a role has a name");
        assert_eq!(name, role_name(role));
    }
    assert_eq!(Role::Status as usize + 1, ROLES.len());
}

#[test]
fn no_theme_paints_a_background_but_behind_the_selected_line() {
    for (name, _) in BUILT_IN {
        let theme = Theme::built_in(name).expect("it is built in");
        for role in ROLES {
            if role != Role::Selected {
                assert_eq!(theme.style(role).bg, None, "{name}: {role:?}");
            }
        }
    }
}

#[test]
fn no_letter_has_the_colour_of_what_lies_behind_it() {
    for (name, _) in BUILT_IN {
        let theme = Theme::built_in(name).expect("it is built in");
        for colours in [
            Colours::None,
            Colours::Sixteen,
            Colours::Indexed,
            Colours::True,
        ] {
            let mut tui = Tui::sketched(SHOP);
            tui.press("/item<enter>");
            let frame = tui.frame(&theme.clone().for_colours(colours));
            for cell in &frame.content {
                assert!(
                    cell.symbol() == " " || cell.bg == Color::Reset || cell.fg != cell.bg,
                    "{name} {colours:?}: {:?}",
                    cell.symbol()
                );
                if colours == Colours::None {
                    assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{name}");
                }
            }
        }
    }
}

#[test]
fn the_selected_line_stands_out_in_every_theme_even_without_colours() {
    for (name, _) in BUILT_IN {
        for colours in [Colours::None, Colours::Sixteen, Colours::Indexed] {
            let theme = Theme::built_in(name)
                .expect("it is built in")
                .for_colours(colours);
            let selected = theme.style(Role::Selected);
            assert!(
                selected.bg.is_some() || selected.add_modifier.contains(Modifier::REVERSED),
                "{name} {colours:?}"
            );
        }
    }
}

#[test]
fn a_mistake_in_a_theme_is_said_with_its_place() {
    let mistake = |text| {
        let mistake = Theme::read(text).expect_err("the theme has a mistake");
        format!("{mistake}\n{}", mistake.hint.clone().unwrap_or_default())
    };
    let said = mistake("[roles]\nplain = \"\"\nclas = \"red\"\n");
    assert!(
        said.starts_with(
            "3:1: `clas` is not a role\ndid you mean `class`?; the roles are plain, faint,"
        ),
        "{said}"
    );
    assert_eq!(
        mistake("[roles]\nclass = \"bold crimson\"\n"),
        "2:9: `crimson` is neither a colour nor a way to write\nuse one of: black, red, green, yellow, blue, magenta, cyan, white, bright-black, bright-red, bright-green, bright-yellow, bright-blue, bright-magenta, bright-cyan, bright-white, bold, dim, italic, underline, reverse"
    );
    assert_eq!(
        mistake("inherits = \"drak\"\n"),
        "1:12: `drak` is not a theme that comes with mroscope\ndid you mean `dark`?"
    );
    assert!(mistake("[palette]\nown = \"#12\"\n").starts_with("2:7: `#12` is not a colour"));
}

#[test]
fn a_theme_takes_from_another_what_it_does_not_say() {
    let theme =
        Theme::read("inherits = \"dark\"\n[roles]\nclass = \"red\"\n").expect("it is right");
    assert_eq!(theme.style(Role::Class).fg, Some(Color::Red));
    let dark = Theme::built_in("dark").expect("it is built in");
    assert_eq!(theme.style(Role::Method), dark.style(Role::Method));
}
