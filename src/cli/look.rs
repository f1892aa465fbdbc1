//! A person's own theme and keys: read and checked before anything is painted, so that a bad file never opens half a program.
#![expect(
    clippy::disallowed_methods,
    reason = "a person's own files are read here"
)]

use std::fs;
use std::path::Path;

use crate::app::keymap::Keymap;
use crate::app::mistake::suggest;
use crate::cli::config::in_file;
use crate::cli::surroundings::Surroundings;
use crate::error::{Error, Kind};
use crate::tui::theme::BUILT_IN;
use crate::tui::{Theme, ThemeChoice};

/// The theme of this name: a file in the themes folder, a path to a file, or one that comes with the program.
pub(super) fn theme(
    wanted: Option<&str>,
    surroundings: &Surroundings,
) -> Result<ThemeChoice, Error> {
    let Some(wanted) = wanted else {
        return Ok(ThemeChoice::ByBackground);
    };
    let folder = surroundings
        .config_folder
        .as_ref()
        .map(|folder| folder.join("themes"));
    let own = folder
        .as_deref()
        .map(|folder| folder.join(format!("{wanted}.toml")))
        .filter(|file| file.is_file());
    let file = own.or_else(|| is_path(wanted).then(|| wanted.into()));
    if let Some(file) = file {
        let theme = Theme::read(&read(&file)?)
            .map_err(|mistake| in_file(&file.display().to_string(), &mistake))?;
        return Ok(ThemeChoice::Theme(Box::new(theme)));
    }
    if let Some(theme) = Theme::built_in(wanted) {
        return Ok(ThemeChoice::Theme(Box::new(theme)));
    }
    let mut names: Vec<String> = BUILT_IN.iter().map(|(name, _)| (*name).into()).collect();
    names.extend(folder.iter().flat_map(|folder| themes_in(folder)));
    Err(
        Error::new(Kind::Config, format!("there is no theme `{wanted}`"))
            .hint(suggest(wanted, names.iter().map(String::as_str))),
    )
}

/// All themes: the one that the terminal's background chooses, those that come with the program, and a person's own that can be read.
pub(super) fn themes(surroundings: &Surroundings) -> Vec<(String, ThemeChoice)> {
    let mut themes = vec![(String::from("auto"), ThemeChoice::ByBackground)];
    let names = BUILT_IN.iter().map(|(name, _)| (*name).to_owned());
    let folder = surroundings.config_folder.as_ref();
    let own = folder.iter().flat_map(|it| themes_in(&it.join("themes")));
    for name in names.chain(own) {
        if let Ok(choice) = theme(Some(&name), surroundings)
            && themes.iter().all(|it| it.0 != name)
        {
            themes.push((name, choice));
        }
    }
    themes
}

/// The keys: the program's own, with the person's file laid over them.
pub(super) fn keymap(surroundings: &Surroundings) -> Result<Keymap, Error> {
    let file = surroundings
        .config_folder
        .as_ref()
        .map(|folder| folder.join("keymap.toml"))
        .filter(|file| file.exists());
    let Some(file) = file else {
        return Ok(Keymap::default());
    };
    Keymap::with(&read(&file)?).map_err(|mistake| in_file(&file.display().to_string(), &mistake))
}

fn is_path(wanted: &str) -> bool {
    wanted.contains(['/', '\\'])
        || Path::new(wanted)
            .extension()
            .is_some_and(|extension| extension == "toml")
}

fn themes_in(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter_map(|file| {
            let path = file.path();
            let is_theme = path
                .extension()
                .is_some_and(|extension| extension == "toml");
            is_theme.then(|| {
                path.file_stem()
                    .map(|stem| stem.to_string_lossy().into_owned())
            })?
        })
        .collect()
}

fn read(file: &Path) -> Result<String, Error> {
    fs::read_to_string(file).map_err(|error| {
        Error::new(Kind::Config, format!("`{}` cannot be read", file.display())).caused_by(error)
    })
}
