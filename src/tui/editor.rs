//! How each editor is told a file and a line.
#![expect(
    clippy::disallowed_methods,
    reason = "the editor that a person has chosen is started here"
)]

use std::path::Path;
use std::process::Command;

/// How an editor wants to hear the line.
enum Manner {
    /// `+12 file`
    Plus,
    /// `file:12`
    Colon,
    /// `--goto file:12`
    Goto,
    /// `--line 12 file`
    Line,
}

/// Editors people use, how each hears the line, and whether it has a window of its own.
const EDITORS: [(&str, Manner, bool); 34] = [
    ("vi", Manner::Plus, false),
    ("vim", Manner::Plus, false),
    ("nvim", Manner::Plus, false),
    ("view", Manner::Plus, false),
    ("gvim", Manner::Plus, true),
    ("nano", Manner::Plus, false),
    ("pico", Manner::Plus, false),
    ("emacs", Manner::Plus, false),
    ("emacsclient", Manner::Plus, false),
    ("mg", Manner::Plus, false),
    ("jed", Manner::Plus, false),
    ("joe", Manner::Plus, false),
    ("ne", Manner::Plus, false),
    ("micro", Manner::Plus, false),
    ("kak", Manner::Plus, false),
    ("less", Manner::Plus, false),
    ("gedit", Manner::Plus, true),
    ("hx", Manner::Colon, false),
    ("helix", Manner::Colon, false),
    ("subl", Manner::Colon, true),
    ("sublime_text", Manner::Colon, true),
    ("zed", Manner::Colon, true),
    ("zeditor", Manner::Colon, true),
    ("lapce", Manner::Colon, true),
    ("code", Manner::Goto, true),
    ("code-insiders", Manner::Goto, true),
    ("codium", Manner::Goto, true),
    ("vscodium", Manner::Goto, true),
    ("cursor", Manner::Goto, true),
    ("windsurf", Manner::Goto, true),
    ("kate", Manner::Line, true),
    ("mate", Manner::Line, true),
    ("pycharm", Manner::Line, true),
    ("idea", Manner::Line, true),
];

/// What is to be run for an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The program.
    pub program: String,
    /// What it is given.
    pub arguments: Vec<String>,
    /// Whether it has a window of its own and leaves the terminal to us.
    pub window: bool,
}

impl Call {
    /// How the editor `wanted` (as `$EDITOR` says it, with its own arguments) is told a file and a line.
    ///
    /// Where `wanted` holds `{file}`, it says by itself where the file goes, and `{line}` likewise.
    pub fn new(wanted: &str, file: &Path, line: u32) -> Result<Self, String> {
        let mut words = shlex::split(wanted)
            .filter(|words| !words.is_empty())
            .ok_or_else(|| format!("`{wanted}` cannot be read as a command"))?
            .into_iter();
        let program = words.next().unwrap_or_default();
        let mut arguments: Vec<String> = words.collect();
        let file = file.to_string_lossy();
        let known = known(&program);
        if wanted.contains("{file}") {
            for argument in &mut arguments {
                *argument = argument
                    .replace("{file}", &file)
                    .replace("{line}", &line.to_string());
            }
        } else {
            arguments.extend(match known {
                Some((_, Manner::Plus, _)) => vec![format!("+{line}"), file.into_owned()],
                Some((_, Manner::Colon, _)) => vec![format!("{file}:{line}")],
                Some((_, Manner::Goto, _)) => vec!["--goto".into(), format!("{file}:{line}")],
                Some((_, Manner::Line, _)) => {
                    vec!["--line".into(), line.to_string(), file.into_owned()]
                }
                None => vec![file.into_owned()],
            });
        }
        Ok(Self {
            program,
            arguments,
            window: known.is_some_and(|(_, _, window)| *window),
        })
    }

    /// The command to run.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command
    }
}

fn known(program: &str) -> Option<&'static (&'static str, Manner, bool)> {
    let name = Path::new(program).file_stem()?.to_str()?;
    // `vim.basic`, `nvim-0.11`: the name up to the first sign that is no letter of it.
    EDITORS
        .iter()
        .find(|(known, ..)| *known == name)
        .or_else(|| {
            let stem = name.split(['.', '-']).next()?;
            EDITORS.iter().find(|(known, ..)| *known == stem)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(wanted: &str) -> String {
        let call = Call::new(wanted, Path::new("/a b/shop.py"), 12).expect(wanted);
        format!(
            "{}|{}{}",
            call.program,
            call.arguments.join("|"),
            if call.window { " (window)" } else { "" }
        )
    }

    #[test]
    fn each_editor_hears_the_line_in_its_own_manner() {
        assert_eq!(told("vim"), "vim|+12|/a b/shop.py");
        assert_eq!(
            told("/usr/bin/vim.basic -n"),
            "/usr/bin/vim.basic|-n|+12|/a b/shop.py"
        );
        assert_eq!(told("hx"), "hx|/a b/shop.py:12");
        assert_eq!(
            told("code --wait"),
            "code|--wait|--goto|/a b/shop.py:12 (window)"
        );
        assert_eq!(told("pycharm"), "pycharm|--line|12|/a b/shop.py (window)");
        assert_eq!(told("unheard-of"), "unheard-of|/a b/shop.py");
        assert_eq!(
            told("mine '--at={file}@{line}'"),
            "mine|--at=/a b/shop.py@12"
        );
        assert!(Call::new("'open", Path::new("x"), 1).is_err());
    }
}
