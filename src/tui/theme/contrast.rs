//! Tests: every role of every theme is legible on its background, by the contrast ratio of WCAG 2.2, with the colours that xterm has.

use ratatui::style::{Color, Modifier};

use crate::tui::theme::{BUILT_IN, ROLES, Theme, rgb, role_name};
use crate::view::Role;

/// What text is asked to have (success criterion 1.4.3).
const LEAST: f64 = 4.5;

/// The relative luminance of a colour, from 0 to 1.
fn luminance(colour: Color) -> f64 {
    let (red, green, blue) = rgb(colour);
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The backgrounds that a theme is for; a theme that gives way on a light one is for dark ones.
fn backgrounds(name: &str, theme: &Theme) -> Vec<Color> {
    let (black, white) = (Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255));
    match name {
        _ if theme.on_light.is_some() => vec![black],
        "dark" => vec![black],
        _ if name.ends_with("light") => vec![white],
        _ => vec![black, white],
    }
}

#[test]
fn every_role_of_every_theme_is_legible_on_its_background_and_on_a_selected_line() {
    let mut faint = vec![];
    for (name, _) in BUILT_IN {
        let theme = Theme::built_in(name).expect("it is whole");
        let selected = theme.style(Role::Selected);
        for role in ROLES {
            // Without a colour it is the terminal's own text.
            let Some(colour) = theme.style(role).fg else {
                continue;
            };
            for behind in backgrounds(name, &theme) {
                // Rules are drawn beside lines, never on them.
                let is_on_lines = !matches!(role, Role::Rule | Role::Status);
                let line = selected.bg.filter(|_| is_on_lines);
                for behind in [Some(behind), line].into_iter().flatten() {
                    let ratio = contrast(colour, behind);
                    if ratio < LEAST {
                        faint.push(format!(
                            "{name}: {} on {behind:?}: {ratio:.2}",
                            role_name(role)
                        ));
                    }
                }
            }
        }
    }
    assert!(faint.is_empty(), "{}", faint.join("\n"));
}

#[test]
fn what_differs_by_colour_differs_without_it_too() {
    // Standings and errors have marks on every page; a selected line has one at its left. What is found in a search has none.
    for (name, _) in BUILT_IN {
        let theme = Theme::built_in(name).expect("it is whole");
        let found = theme.style(Role::Match);
        assert!(
            found.add_modifier.contains(Modifier::UNDERLINED),
            "{name}: what matches is told by colour alone"
        );
    }
}
