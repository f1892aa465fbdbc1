//! `Theme`: what each role looks like, read from TOML.

#[cfg(test)]
mod contrast;

use std::borrow::Cow;

use ratatui::style::{Color, Modifier, Style};
use toml::de::{DeTable, DeValue};

use crate::app::mistake::{Mistake, suggest};
use crate::tui::background::Background;
use crate::view::Role;

/// Every role, in the order of the enum.
pub const ROLES: [Role; 31] = [
    Role::Plain,
    Role::Faint,
    Role::Heading,
    Role::Class,
    Role::ThirdParty,
    Role::Builtin,
    Role::Metaclass,
    Role::Module,
    Role::Method,
    Role::DataDescriptor,
    Role::NonDataDescriptor,
    Role::Value,
    Role::Taken,
    Role::Rejected,
    Role::Exact,
    Role::Assumed,
    Role::Unknown,
    Role::Error,
    Role::Warning,
    Role::Match,
    Role::Selected,
    Role::Key,
    Role::Keyword,
    Role::String,
    Role::Number,
    Role::Comment,
    Role::Operator,
    Role::Decorator,
    Role::Definition,
    Role::Rule,
    Role::Status,
];

/// The themes that come with the program.
pub const BUILT_IN: [(&str, &str); 6] = [
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    (
        "high-contrast",
        include_str!("../../themes/high-contrast.toml"),
    ),
    (
        "colour-blind-safe",
        include_str!("../../themes/colour-blind-safe.toml"),
    ),
    (
        "colour-blind-safe-light",
        include_str!("../../themes/colour-blind-safe-light.toml"),
    ),
    ("monochrome", include_str!("../../themes/monochrome.toml")),
];

const COLOURS: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// What each role looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    styles: [Style; ROLES.len()],
    /// The theme that takes its place on a light background.
    on_light: Option<&'static str>,
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// None are wanted.
    None,
    /// The sixteen of old.
    Sixteen,
    /// 256.
    Indexed,
    /// Any.
    True,
}

/// The name of a role in a theme: `data-descriptor`.
pub fn role_name(role: Role) -> String {
    let mut name = String::new();
    for letter in format!("{role:?}").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

impl Theme {
    /// A theme that comes with the program.
    pub fn built_in(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::read(text).ok()
    }

    /// Reads a theme from TOML.
    pub fn read(text: &str) -> Result<Self, Mistake> {
        let file = DeTable::parse(text).map_err(|error| Mistake::not_toml(text, &error))?;
        let mut theme = Self {
            styles: [Style::new(); ROLES.len()],
            on_light: None,
        };
        let mut palette: Vec<(Cow<'_, str>, Color)> = vec![];
        for (key, value) in file.get_ref() {
            match key.get_ref().as_ref() {
                "inherits" => {
                    let name = string(text, value)?;
                    let names = BUILT_IN.iter().map(|(name, _)| *name);
                    theme = Self::built_in(name).ok_or_else(|| {
                        Mistake::at(
                            text,
                            &value.span(),
                            format!("`{name}` is not a theme that comes with mroscope"),
                            Some(suggest(name, names)),
                        )
                    })?;
                }
                "on-light" => {
                    let name = string(text, value)?;
                    let known = BUILT_IN.iter().find(|(known, _)| *known == name);
                    let (name, _) = known.ok_or_else(|| {
                        let names = BUILT_IN.iter().map(|(name, _)| *name);
                        Mistake::at(
                            text,
                            &value.span(),
                            format!("`{name}` is not a theme that comes with mroscope"),
                            Some(suggest(name, names)),
                        )
                    })?;
                    theme.on_light = Some(name);
                }
                "palette" | "roles" => {}
                other => {
                    return Err(Mistake::at(
                        text,
                        &key.span(),
                        format!("`{other}` means nothing in a theme"),
                        Some(suggest(
                            other,
                            ["inherits", "on-light", "palette", "roles"].into_iter(),
                        )),
                    ));
                }
            }
        }
        for (name, value) in table(text, file.get_ref(), "palette")? {
            let word = string(text, value)?;
            let colour = colour(word, &palette).ok_or_else(|| {
                Mistake::at(
                    text,
                    &value.span(),
                    format!("`{word}` is not a colour"),
                    Some("write a name (`bright-cyan`), a number of the 256, or `#rrggbb`".into()),
                )
            })?;
            palette.push((name.get_ref().clone(), colour));
        }
        for (name, value) in table(text, file.get_ref(), "roles")? {
            let names: Vec<String> = ROLES.into_iter().map(role_name).collect();
            let Some(role) = names.iter().position(|known| known == name.get_ref()) else {
                return Err(Mistake::at(
                    text,
                    &name.span(),
                    format!("`{}` is not a role", name.get_ref()),
                    Some(format!(
                        "{}; the roles are {}",
                        suggest(name.get_ref(), names.iter().map(String::as_str))
                            .split(": ")
                            .next()
                            .unwrap_or_default(),
                        names.join(", ")
                    )),
                ));
            };
            theme.styles[role] = style(string(text, value)?, &palette).map_err(|word| {
                Mistake::at(
                    text,
                    &value.span(),
                    format!("`{word}` is neither a colour nor a way to write"),
                    Some(suggest(
                        &word,
                        COLOURS
                            .iter()
                            .map(|(name, _)| *name)
                            .chain(MODIFIERS.iter().map(|(name, _)| *name)),
                    )),
                )
            })?;
        }
        Ok(theme)
    }

    /// Whether another theme takes its place on a light background.
    pub(crate) fn hangs_on_background(&self) -> bool {
        self.on_light.is_some()
    }

    /// The theme for a background: on a light one another may take its place.
    pub(crate) fn on(&self, background: Background) -> Self {
        let light = self.on_light.filter(|_| background == Background::Light);
        light
            .and_then(Self::built_in)
            .unwrap_or_else(|| self.clone())
    }

    /// What a role looks like.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The same theme for a terminal with fewer colours; without colours, weight and slant stay.
    #[must_use]
    pub fn for_colours(mut self, colours: Colours) -> Self {
        for style in &mut self.styles {
            style.fg = style.fg.and_then(|colour| nearest(colour, colours));
            style.bg = style.bg.and_then(|colour| nearest(colour, colours));
        }
        if matches!(colours, Colours::None | Colours::Sixteen) {
            self.with_sure_selection()
        } else {
            self
        }
    }

    /// The same theme with a selection that can be read on any background.
    #[must_use]
    pub fn with_sure_selection(mut self) -> Self {
        self.styles[Role::Selected as usize] = Style::new().add_modifier(Modifier::REVERSED);
        self
    }
}

/// A key of a file, with its place.
type Key<'i> = toml::Spanned<Cow<'i, str>>;
/// A value of a file, with its place.
type Value<'i> = toml::Spanned<DeValue<'i>>;

fn table<'t, 'i>(
    text: &str,
    file: &'t DeTable<'i>,
    name: &str,
) -> Result<Vec<(&'t Key<'i>, &'t Value<'i>)>, Mistake> {
    match file.get(name).map(|value| (value, value.get_ref())) {
        None => Ok(vec![]),
        Some((_, DeValue::Table(table))) => Ok(table.iter().collect()),
        Some((value, _)) => Err(Mistake::at(
            text,
            &value.span(),
            format!("`{name}` must be a table"),
            None,
        )),
    }
}

fn string<'t>(text: &str, value: &'t toml::Spanned<DeValue<'_>>) -> Result<&'t str, Mistake> {
    value.get_ref().as_str().ok_or_else(|| {
        Mistake::at(
            text,
            &value.span(),
            format!("text is needed here, not {}", value.get_ref().type_str()),
            None,
        )
    })
}

/// Reads a style: `bright-cyan bold on 237`. The error is the word that is not understood.
fn style(text: &str, palette: &[(Cow<'_, str>, Color)]) -> Result<Style, String> {
    let mut style = Style::new();
    let mut behind = false;
    for word in text.split_whitespace() {
        if word == "on" {
            behind = true;
        } else if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*modifier);
        } else {
            let colour = colour(word, palette).ok_or(word)?;
            style = if behind {
                style.bg(colour)
            } else {
                style.fg(colour)
            };
        }
    }
    Ok(style)
}

fn colour(word: &str, palette: &[(Cow<'_, str>, Color)]) -> Option<Color> {
    if let Some((_, colour)) = palette.iter().find(|(name, _)| name == word) {
        return Some(*colour);
    }
    if let Some((_, colour)) = COLOURS.iter().find(|(name, _)| *name == word) {
        return Some(*colour);
    }
    if let Some(hex) = word.strip_prefix('#') {
        let number = u32::from_str_radix(hex, 16)
            .ok()
            .filter(|_| hex.len() == 6)?;
        let [_, red, green, blue] = number.to_be_bytes();
        return Some(Color::Rgb(red, green, blue));
    }
    word.parse().ok().map(Color::Indexed)
}

/// The colour of a smaller palette that comes nearest.
fn nearest(colour: Color, colours: Colours) -> Option<Color> {
    match (colours, colour) {
        (Colours::None, _) => None,
        (Colours::Indexed, Color::Rgb(..)) => (16..=255)
            .min_by_key(|&index| distance(rgb(Color::Indexed(index)), rgb(colour)))
            .map(Color::Indexed),
        (Colours::Sixteen, Color::Rgb(..) | Color::Indexed(_)) => COLOURS
            .iter()
            .map(|(_, known)| *known)
            .min_by_key(|known| distance(rgb(*known), rgb(colour))),
        _ => Some(colour),
    }
}

fn distance(one: (u8, u8, u8), other: (u8, u8, u8)) -> u32 {
    let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    square(one.0, other.0) + square(one.1, other.1) + square(one.2, other.2)
}

/// The red, green and blue that xterm shows for a colour.
pub(crate) fn rgb(colour: Color) -> (u8, u8, u8) {
    const BASE: [(u8, u8, u8); 16] = [
        (0, 0, 0),
        (205, 0, 0),
        (0, 205, 0),
        (205, 205, 0),
        (0, 0, 238),
        (205, 0, 205),
        (0, 205, 205),
        (229, 229, 229),
        (127, 127, 127),
        (255, 0, 0),
        (0, 255, 0),
        (255, 255, 0),
        (92, 92, 255),
        (255, 0, 255),
        (0, 255, 255),
        (255, 255, 255),
    ];
    match colour {
        Color::Rgb(red, green, blue) => (red, green, blue),
        Color::Indexed(index @ 0..=15) => BASE[usize::from(index)],
        Color::Indexed(index @ 16..=231) => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let cube = index - 16;
            (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        }
        Color::Indexed(index) => {
            let grey = 8 + 10 * (index - 232);
            (grey, grey, grey)
        }
        Color::Reset => BASE[7],
        named => COLOURS
            .iter()
            .position(|(_, known)| *known == named)
            .map_or(BASE[7], |at| BASE[at]),
    }
}
