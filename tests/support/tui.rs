//! `Tui`: the program without a terminal. Keys go in, a screen comes out.

use std::fmt::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use mroscope::analysis::Analysis;
use mroscope::app::key;
use mroscope::app::keymap::Keymap;
use mroscope::app::live::Python;
use mroscope::app::load::LoadMsg;
use mroscope::app::{Begins, Effect, Msg, Start, State};
use mroscope::load::{Query, Request, load};
use mroscope::source::{EnvironmentWish, PythonVersion};
use mroscope::tui::theme::{ROLES, Theme, role_name};
use mroscope::tui::{paint, to_plain};
use mroscope::view::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Color;

use crate::support::sketch::sketch;

/// The program, on a screen of its own.
pub(crate) struct Tui {
    pub(crate) state: State,
    /// What it asked of the world, in order.
    pub(crate) effects: Vec<Effect>,
    /// Whether what is registered is waited for, too.
    pub(crate) wants_atlas: bool,
}

impl Tui {
    /// Opens a project whose reading has not begun.
    pub(crate) fn waiting() -> Self {
        Self {
            state: State::new(Start {
                project: "shop".to_owned(),
                keymap: Keymap::default(),
                size: Size::new(80, 24),
                python: Ok(Python {
                    path: "/opt/python/bin/python".to_owned(),
                    version: None,
                }),
                themes: vec!["dark".to_owned(), "light".to_owned()],
                begins: Begins::default(),
            }),
            effects: vec![],
            wants_atlas: false,
        }
    }

    /// Opens an analysis, on a screen of 80 by 24 cells.
    pub(crate) fn open(analysis: Analysis) -> Self {
        let mut tui = Self::waiting();
        tui.ready(1, analysis);
        tui
    }

    /// Opens one of the samples, as Python 3.13 on Linux sees it.
    pub(crate) fn open_sample(name: &str) -> Self {
        let request = Request {
            path: Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("samples")
                .join(name),
            environment: EnvironmentWish::default(),
            version: Some(PythonVersion::three(13)),
            platform: None,
            ..Request::default()
        };
        let analysis = load(&request, &|_| ()).expect("a sample can be loaded");
        Self::open(analysis)
    }

    /// Opens a project given as modules and their text.
    pub(crate) fn sketched(modules: &[(&str, &str)]) -> Self {
        Self::open(sketch(modules))
    }

    /// The same on a screen of another size.
    pub(crate) fn sized(mut self, width: u16, height: u16) -> Self {
        self.resize(width, height);
        self
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.send(Msg::Resize(Size::new(width, height)));
    }

    /// Tells that the project has been read.
    pub(crate) fn ready(&mut self, generation: u64, analysis: Analysis) {
        self.send(Msg::Load(LoadMsg::ready(generation, Arc::new(analysis))));
    }

    pub(crate) fn send(&mut self, msg: Msg) {
        for effect in self.state.update(msg) {
            // What is registered is asked in passing when a search begins; nobody waits for it.
            if effect == Effect::Ask(Query::Atlas) && !self.wants_atlas {
                continue;
            }
            if let Effect::Deal(number) = effect {
                let hand = self.state.dealing().expect("there is a lesson").deal();
                self.send(Msg::Dealt { number, hand });
                continue;
            }
            let Effect::Find { number, asked } = &effect else {
                self.effects.push(effect);
                continue;
            };
            let (index, analysis) = (self.state.index(), &self.state.analysis);
            let (index, analysis) = index.zip(analysis.as_ref()).expect("there is an index");
            let hits = Arc::new(index.find(analysis, asked));
            let number = *number;
            self.send(Msg::Found { number, hits });
        }
    }

    /// Presses keys, spelled as in key files: `/both<enter>jj`.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in key::sequence(keys).expect("a test spells keys right") {
            self.send(Msg::Key(key));
        }
        self
    }

    /// The letters on the screen.
    pub(crate) fn screen(&self) -> String {
        // Read once: a test paints thousands of screens.
        static DARK: LazyLock<Theme> =
            LazyLock::new(|| Theme::built_in("dark").expect("it is built in"));
        to_plain(&self.frame(&DARK))
    }

    /// The screen with a letter for the role of each cell; the letters that occur are listed below.
    pub(crate) fn roles(&self) -> String {
        let mut text = String::new();
        let mut seen = vec![];
        let frame = self.frame(&role_theme());
        for row in frame.content.chunks(usize::from(frame.area.width)) {
            let line: String = row
                .iter()
                .map(|cell| match cell.fg {
                    Color::Indexed(index) if cell.symbol() != " " => {
                        let role = ROLES[usize::from(index)];
                        if !seen.contains(&role) {
                            seen.push(role);
                        }
                        role_letter(role)
                    }
                    _ => ' ',
                })
                .collect();
            let _ = writeln!(text, "{}", line.trim_end());
        }
        seen.sort();
        for role in seen {
            let _ = writeln!(text, "{} {}", role_letter(role), role_name(role));
        }
        text
    }

    /// The cells on the screen.
    pub(crate) fn frame(&self, theme: &Theme) -> Buffer {
        let size = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        paint(&self.state, theme, &mut buffer);
        buffer
    }
}

fn role_letter(role: Role) -> char {
    let letters = "abcdefghijklmnopqrstuvwxyzABCDE";
    letters.chars().nth(role as usize).unwrap_or('?')
}

/// A theme in which each role has a colour of its own: its number.
fn role_theme() -> Theme {
    let mut text = "[roles]\n".to_owned();
    for role in ROLES {
        if role != Role::Selected {
            let _ = writeln!(text, "{} = \"{}\"", role_name(role), role as usize);
        }
    }
    Theme::read(&text).expect("every role has a name")
}
