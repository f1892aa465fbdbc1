//! Each page, and what lies over pages, on the screens that people have: what a reader would notice if it were not so.

use std::path::Path;

use mroscope::source::PythonVersion;
use mroscope::tui::Theme;
use mroscope::view::PageKind;
use ratatui::style::Color;

use crate::lessons::{Open, opened};

/// What is looked at: the keys that lead there from the first screen, and what its first screen says: what is asked, and an answer.
struct Place {
    name: &'static str,
    keys: &'static str,
    /// The page; none for what lies over one.
    page: Option<PageKind>,
    asked: &'static str,
    answered: &'static str,
}

const fn of(
    page: PageKind,
    name: &'static str,
    keys: &'static str,
    asked: &'static str,
    answered: &'static str,
) -> Place {
    Place {
        name,
        keys,
        page: Some(page),
        asked,
        answered,
    }
}

const fn over(
    name: &'static str,
    keys: &'static str,
    asked: &'static str,
    answered: &'static str,
) -> Place {
    Place {
        name,
        keys,
        page: None,
        asked,
        answered,
    }
}

/// Every page of [`PageKind::ALL`], and the lists that are no page of their own.
const PLACES: [Place; 39] = [
    of(
        PageKind::Linearization,
        "MRO",
        "/order<enter>L",
        "class Order(",
        "Order",
    ),
    of(
        PageKind::Linearization,
        "MRO of one that raises",
        "/sale<enter>L",
        "Sale",
        "TypeError",
    ),
    of(
        PageKind::Members,
        "members",
        "/order<enter>m",
        "Order",
        "names",
    ),
    of(
        PageKind::Members,
        "members, filtered",
        "/order<enter>mfsave<enter>",
        "Order",
        "names",
    ),
    of(
        PageKind::Matrix,
        "matrix",
        "/order<enter>X",
        "Order",
        "classes of its MRO",
    ),
    of(
        PageKind::Across,
        "across",
        "/order<enter>mx",
        "__init__ below",
        "classes have it",
    ),
    of(
        PageKind::Beside,
        "beside",
        "/order<enter>B/book<enter>B",
        "Order beside Book",
        "in both MROs",
    ),
    of(
        PageKind::Super,
        "super",
        "/order<enter>S",
        "Order",
        "several definitions",
    ),
    of(
        PageKind::Super,
        "super of a name",
        "/order.save<enter>S",
        "Order.save",
        "runs",
    ),
    of(
        PageKind::Descriptors,
        "descriptors",
        "/order<enter>d",
        "Order",
        "descriptor",
    ),
    of(
        PageKind::Live,
        "live",
        "/order<enter>!y",
        "Order",
        "Python is at work",
    ),
    of(
        PageKind::Lookup,
        "lookup",
        "/order.save<enter>",
        "Order.save",
        "answers",
    ),
    of(
        PageKind::WhatIf,
        "what if",
        "/order<enter>w",
        "Order",
        "now",
    ),
    of(
        PageKind::Creation,
        "creation",
        "/order<enter>c",
        "Order",
        "metaclass",
    ),
    of(PageKind::Costs, "costs", "$", "Costs", "functions begin"),
    of(
        PageKind::Operators,
        "operators",
        "/order<enter>a",
        "Order",
        "bool(_)",
    ),
    of(
        PageKind::Operators,
        "an operation",
        "/order<enter>a + 1<enter>",
        "Order",
        "TypeError",
    ),
    of(
        PageKind::Before,
        "why before",
        "/order<enter>jOjO",
        "why Order",
        "forces it",
    ),
    of(PageKind::Merge, "merge", "/order<enter>M", "Order", "takes"),
    of(
        PageKind::Merge,
        "merge that fails",
        "/sale<enter>MR",
        "Sale",
        "stuck",
    ),
    of(
        PageKind::Present,
        "presenter",
        "/order<enter>gp",
        "O r d e r",
        "In which order",
    ),
    of(
        PageKind::Source,
        "source",
        "/order<enter>s",
        "Order",
        "class Order(",
    ),
    of(
        PageKind::Plugins,
        "plugins",
        "/class:model<enter>p",
        "Model",
        "classes below it",
    ),
    of(
        PageKind::Module,
        "module",
        "/module:shop.models<enter>",
        "shop.models",
        "10 classes",
    ),
    of(PageKind::Atlas, "atlas", "A", "Atlas", "registries"),
    of(
        PageKind::Atlas,
        "a registry",
        "A<enter>",
        "shop.access",
        "plugin",
    ),
    of(PageKind::Home, "home", "H", "mixins", "73 classes"),
    of(
        PageKind::Home,
        "a list of the home",
        "H<enter>",
        "Most derived from",
        "Model",
    ),
    of(
        PageKind::Home,
        "history",
        "/order<enter>gl",
        "Lately",
        "Order",
    ),
    of(
        PageKind::Home,
        "marks",
        "/order<enter>bgb",
        "Marked",
        "Order",
    ),
    of(
        PageKind::Lesson,
        "lessons",
        "T",
        "Lessons",
        "which class comes first",
    ),
    of(
        PageKind::Lesson,
        "a question",
        "/order<enter>T2",
        "Which head",
        "1  ",
    ),
    of(PageKind::Problems, "problems", "P", "Problems", "Sale"),
    of(PageKind::Coverage, "coverage", "C", "Coverage", "72"),
    of(
        PageKind::Difference,
        "difference",
        "D<enter>",
        "Difference",
        "HEAD",
    ),
    of(PageKind::Help, "help", "?", "Keys", "the next line"),
    over("search", "/ord", "/ ord", "Order"),
    over("palette", ":mem", ": mem", "every name"),
    over("menu", "/order<enter>.", "actions here", "open"),
];

/// Opens the sample of mixins at a place, on a screen of a size.
fn at(open: &mut Open<'_>, place: &Place, width: u16, height: u16) {
    open.tui.resize(width, height);
    open.press("<esc><esc><esc><esc><esc><esc><esc>H")
        .press(place.keys);
}

/// Looks at every place on these sizes.
fn each(sizes: &[(u16, u16)], look: impl Fn(&Open<'_>, &Place, &str) + Send + Sync) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/mixins");
    let version = Some(PythonVersion::three(13));
    opened(&path, None, version, |mut first| {
        for place in &PLACES {
            for &(width, height) in sizes {
                first.begin_anew();
                at(&mut first, place, width, height);
                let what = format!("{} at {width}x{height}\n{}", place.name, first.screen());
                look(&first, place, &what);
            }
        }
    });
}

/// The rows of the screen between the rules: title, tabs and page, or what lies over them.
fn is_said(open: &Open<'_>, text: &str) -> bool {
    // What is broken into two rows is said, too.
    let screen = open.screen();
    let areas = open.tui.state.areas();
    let left = usize::from(areas.page.x);
    let rows = screen.lines().map(|row| {
        let row: String = row.chars().skip(left).collect();
        row.trim_start_matches(['▌', ' ']).trim_end().to_owned()
    });
    let joined = rows.collect::<Vec<String>>().join(" ");
    screen.contains(text) || joined.contains(text)
}

#[test]
fn the_list_of_places_has_every_page() {
    for page in PageKind::ALL {
        let has = PLACES.iter().any(|it| it.page == Some(page));
        assert!(has, "{page:?} is looked at nowhere");
    }
}

#[test]
fn each_page_is_the_one_its_keys_lead_to_and_says_what_is_asked_and_an_answer_above_the_fold() {
    let sizes = [
        (60, 24),
        (80, 24),
        (100, 24),
        (140, 24),
        (200, 24),
        (120, 40),
    ];
    each(&sizes, |open, place, what| {
        if let Some(page) = place.page {
            assert_eq!(open.tui.state.here().page, page, "{what}");
        }
        assert!(
            is_said(open, place.asked),
            "not asked: {}: {what}",
            place.asked
        );
        assert!(
            is_said(open, place.answered),
            "not answered: {}: {what}",
            place.answered
        );
    });
}

#[test]
fn the_selected_line_is_to_be_seen_and_marked() {
    each(&[(80, 24), (120, 40)], |open, place, what| {
        let state = &open.tui.state;
        // A slide and what is typed have no cursor of the page.
        if place
            .page
            .is_none_or(|it| matches!(it, PageKind::Present | PageKind::Merge))
            || state.prompt.is_some()
        {
            return;
        }
        let screen = open.screen();
        assert!(screen.contains('▌'), "{what}");
        let line = state.here().line.expect("a line is selected");
        let row = state.shown.first_row(line).checked_sub(state.here().top);
        let height = usize::from(state.areas().page.height);
        assert!(row.is_some_and(|row| row < height), "{what}");
        // A line that leads nowhere is not where one begins, if there is another on the screen.
        let leads = |line: &usize| state.shown.page.lines[*line].link.is_some();
        let rows = state
            .shown
            .rows()
            .iter()
            .skip(state.here().top)
            .take(height);
        let mut lines = rows.map(|row| row.line);
        assert!(leads(&line) || !lines.any(|it| leads(&it)), "{what}");
    });
}

#[test]
fn hints_and_tabs_are_whole_words() {
    each(&[(60, 24), (80, 24), (120, 40)], |open, place, what| {
        let screen = open.screen();
        let footer = screen.lines().last().unwrap_or_default();
        let width = usize::from(open.tui.state.size.width);
        assert!(footer.chars().count() <= width, "{what}");
        if open.tui.state.prompt.is_none() {
            assert!(!footer.contains('…'), "{what}");
        }
        // The last hint leads to all the others.
        if open.tui.state.prompt.is_none() && place.page != Some(PageKind::Help) {
            let hint = ["? keys", "F1 keys"].iter().any(|it| footer.contains(it));
            assert!(hint, "{what}");
        }
        let Some(page) = place
            .page
            .filter(|it| !matches!(it, PageKind::Present | PageKind::Help))
        else {
            return;
        };
        let tabs = open.tui.state.areas().tabs;
        let row = screen.lines().nth(usize::from(tabs.y)).unwrap_or_default();
        let row: String = row.chars().skip(usize::from(tabs.x)).collect();
        let open_tab = row.split(['‹', '›']).nth(1).unwrap_or_default();
        assert!(open_tab.contains(page.name()), "{what}");
        // Every name is there whole.
        let names: Vec<&str> = PageKind::ALL.into_iter().map(PageKind::name).collect();
        let is_word =
            |word: &&str| word.len() > 1 && word.chars().all(|it| it.is_ascii_lowercase());
        for word in row.split([' ', '‹', '›', '│', '…']).filter(is_word) {
            let is_known = names
                .iter()
                .any(|name| name.split(' ').any(|it| it == word));
            assert!(is_known, "{word}: {what}");
        }
    });
}

#[test]
fn nothing_is_painted_in_the_colour_of_what_lies_behind_it_in_the_dark_or_in_the_light() {
    let themes = ["dark", "light"].map(|name| {
        let theme = Theme::built_in(name).expect("it is built in");
        (name, theme)
    });
    each(&[(80, 24), (120, 40)], |open, _, what| {
        let plain = open.screen();
        for (name, theme) in &themes {
            let frame = open.tui.frame(theme);
            assert_eq!(mroscope::tui::to_plain(&frame), plain, "{name}: {what}");
            let mut painted = 0;
            for cell in frame.content.iter().filter(|it| it.symbol() != " ") {
                painted += 1;
                assert!(
                    cell.bg == Color::Reset || cell.fg != cell.bg,
                    "{name}: {:?}: {what}",
                    cell.symbol()
                );
            }
            assert!(painted > 100, "{name}: {what}");
        }
    });
}

#[test]
fn a_list_of_themes_is_a_screen_too() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/mixins");
    opened(&path, None, Some(PythonVersion::three(13)), |mut open| {
        for (width, height) in [(60, 24), (80, 24), (120, 40), (200, 24)] {
            open.tui.resize(width, height);
            open.press("gt");
            let screen = open.screen();
            assert!(screen.contains("2 themes"), "{screen}");
            assert!(
                screen.contains("▌   dark") && screen.contains("light"),
                "{screen}"
            );
            open.press("<esc>");
        }
    });
}
