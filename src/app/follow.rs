//! The names of a line of source: which of them is meant, and going where it leads.

use crate::analysis::{Followed, FollowedTo};
use crate::app::act::around;
use crate::app::areas::Focus;
use crate::app::location::{ClassAt, Location};
use crate::app::state::State;
use crate::semantics::ClassId;
use crate::source::FileId;
use crate::syntax::FileNames;
use crate::view::{self, Body, Link, PageKind, SourceLine};

/// Longer files are not read anew while one goes from line to line: that takes longer than a frame.
const MOST_TEXT: usize = 600 << 10;

/// The names of the file whose source is open, and of its selected line.
#[derive(Default)]
pub struct Names {
    /// How often an analysis had arrived when the file was read, the file, and what is in it.
    file: Option<(u64, FileId, FileNames)>,
    /// What the names of the line were found for.
    found_for: Option<(u64, FileId, u32, Option<ClassId>)>,
    /// Those that lead somewhere, in order.
    found: Vec<Followed>,
    /// Which of them is meant.
    at: usize,
}

impl State {
    /// The file and line of source that is selected on a source page.
    pub(super) fn source_line_here(&self) -> Option<(FileId, u32, &SourceLine)> {
        // Where the file stands as it is now while the rest is read, its names are not known yet.
        if self.here().page != PageKind::Source || self.is_first() {
            return None;
        }
        let line = self.shown.page.lines.get(self.here().line?)?;
        match (&line.body, &line.link) {
            (Body::Source(text), Some(Link::Source { file, line })) => Some((*file, *line, text)),
            _ => None,
        }
    }

    /// What can be followed and folded in a file.
    pub(super) fn names_of(&mut self, file: FileId) -> Option<&FileNames> {
        let analysis = self.analysis.clone()?;
        if analysis.file(file).text.len() > MOST_TEXT {
            return None;
        }
        let is_known = |it: &(u64, FileId, FileNames)| (it.0, it.1) == (self.arrived, file);
        if !self.names.file.as_ref().is_some_and(is_known) {
            self.names.file = Some((self.arrived, file, analysis.file_names(file)));
        }
        self.names.file.as_ref().map(|it| &it.2)
    }

    /// Finds the names of the selected line, where it is another one.
    pub(super) fn refresh_names(&mut self) {
        let here = self
            .source_line_here()
            .filter(|_| self.focus == Focus::Page);
        let Some((file, line, _)) = here else {
            self.names.found_for = None;
            self.names.found.clear();
            return;
        };
        let from = self.settings.seen_from;
        let found_for = Some((self.arrived, file, line, from));
        if self.names.found_for == found_for {
            return;
        }
        let Some(analysis) = self.analysis.clone() else {
            return;
        };
        let found = self
            .names_of(file)
            .map(|names| analysis.followed(file, names, line, from));
        self.names.found = found.unwrap_or_default();
        self.names.found_for = found_for;
        self.names.at = 0;
    }

    /// The name of the selected line that `enter` follows.
    pub(super) fn name_here(&self) -> Option<&Followed> {
        self.source_line_here()?;
        self.names.found.get(self.names.at)
    }

    /// From which column to which of its row the name stands that `enter` follows.
    pub fn name_columns(&self) -> Option<(usize, usize)> {
        let name = self.name_here().filter(|_| self.focus == Focus::Page)?;
        let (_, _, text) = self.source_line_here()?;
        let label = text.label_width();
        let column = |offset: u32| {
            let column = text.column_of(offset).checked_sub(self.here().left)?;
            Some(label + column)
        };
        let (start, end) = (column(name.start)?, column(name.end)?);
        Some((start, end))
    }

    /// Where the name leads that `enter` follows, in a few words.
    pub fn name_said(&self) -> Option<String> {
        let analysis = self.analysis.as_deref()?;
        Some(match &self.name_here()?.to {
            FollowedTo::Class(class) => {
                let class = analysis.class(*class);
                let place = class.place().map(|it| analysis.say_place(it));
                let place = place.unwrap_or_else(|| class.path().module.to_string());
                format!("{}  {place}", view::safe(class.name()))
            }
            FollowedTo::Place(place) => analysis.say_place(*place),
            FollowedTo::Module(name) => format!("module {}", view::safe(name)),
        })
    }

    /// Means the next name of the line, or the one before.
    pub(super) fn turn_name(&mut self, by: isize) {
        let count = self.names.found.len();
        if count == 0 {
            self.say("no name on this line leads anywhere");
            return;
        }
        self.names.at = around(self.names.at, by, count);
        let text = self.source_line_here().map(|it| it.2);
        let columns = text
            .zip(self.name_here())
            .map(|(text, name)| (text.column_of(name.start), text.column_of(name.end)));
        if let Some((start, end)) = columns {
            self.show_columns(start, end);
        }
    }

    /// Where a name leads, as a place.
    pub(super) fn place_of_name(&self, to: &FollowedTo) -> Option<Location> {
        let analysis = self.analysis.as_deref()?;
        Some(match to {
            FollowedTo::Class(class) => {
                let class = analysis.class(*class);
                let page = match class.place() {
                    Some(_) => PageKind::Source,
                    None => PageKind::Linearization,
                };
                Location::new(page, Some(ClassAt::of(class)))
            }
            FollowedTo::Place(place) => {
                let line = analysis.file(place.file).line(place.start);
                match analysis.class_at(place.file, line) {
                    Some(class) => Location {
                        source_line: Some(line),
                        ..Location::new(PageKind::Source, Some(ClassAt::of(analysis.class(class))))
                    },
                    None => Location {
                        file: Some(analysis.file(place.file).shown.clone()),
                        source_line: Some(line),
                        ..Location::new(PageKind::Source, self.here().class.clone())
                    },
                }
            }
            FollowedTo::Module(name) => Location {
                head: Some(name.to_string()),
                ..Location::new(PageKind::Module, self.here().class.clone())
            },
        })
    }

    /// Goes where the name of the selected line leads. False where none does.
    pub(super) fn follow_name(&mut self) -> bool {
        let to = self.name_here().map(|it| it.to.clone());
        let Some(place) = to.and_then(|to| self.place_of_name(&to)) else {
            return false;
        };
        let attribute = self.here().attribute.clone();
        self.leave_place();
        let place = match place.page {
            PageKind::Module => place,
            _ => place.about(attribute),
        };
        self.history.go(place);
        self.reveal();
        true
    }
}
