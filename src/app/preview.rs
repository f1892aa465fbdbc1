//! What stands beside the page: what its selected line leads to, or in a search what the selected hit is.

use crate::analysis::Analysis;
use crate::app::location::{ClassAt, Location};
use crate::app::search::Thing as Found;
use crate::app::state::{Prompt, State};
use crate::view::{Link, PageKind};

impl State {
    /// What stands beside the page: what its selected line leads to, source if there is any.
    pub(super) fn preview_place(&self) -> Option<Location> {
        let analysis = self.analysis.as_deref()?;
        if let Some(Prompt::Search(search)) = &self.prompt {
            let thing = self.index()?.thing(&search.hits, search.at)?;
            return Some(place_of(analysis, thing));
        }
        if self.is_choosing_theme() {
            return Some(self.here().clone());
        }
        if let Some(Prompt::Palette(_)) = &self.prompt {
            return None;
        }
        if let Some(pinned) = &self.kept.pinned {
            return Some(pinned.clone());
        }
        if self.here().page == PageKind::Source
            && let Some(name) = self.name_here()
        {
            return self.place_of_name(&name.to);
        }
        match self.link() {
            Some(Link::Class(path)) => {
                let class = ClassAt::last(path.clone());
                let has_source = class.find(analysis)?.place().is_some();
                let page = if has_source {
                    PageKind::Source
                } else {
                    PageKind::Linearization
                };
                Some(Location::new(page, Some(class)))
            }
            Some(Link::Source { file, line } | Link::Mend { file, line, .. }) => Some(Location {
                file: Some(analysis.file(*file).shown.clone()),
                source_line: Some(*line),
                ..Location::new(PageKind::Source, None)
            }),
            Some(Link::Page(page)) => Some(Location::new(*page, self.here().class.clone())),
            Some(Link::Registry(name)) => Some(Location {
                head: Some(name.clone()),
                ..Location::new(PageKind::Atlas, self.here().class.clone())
            }),
            Some(Link::List(list)) => Some(Location {
                head: Some(list.says().0.to_owned()),
                ..Location::new(PageKind::Home, self.here().class.clone())
            }),
            Some(Link::Visit(at)) => self.history.place(*at).cloned(),
            Some(Link::Mark(at)) => self.marked(*at).cloned(),
            Some(Link::Module(name, inside)) => Some(
                Location {
                    head: Some(name.to_string()),
                    ..Location::new(PageKind::Module, self.here().class.clone())
                }
                .about(inside.clone()),
            ),
            Some(Link::Lesson(_)) => None,
            Some(Link::Attribute(name)) => Some(
                Location::new(PageKind::Lookup, self.here().class.clone())
                    .about(Some(name.clone())),
            ),
            Some(Link::Chain(name)) => Some(
                Location::new(PageKind::Super, self.here().class.clone()).about(Some(name.clone())),
            ),
            None => {
                let class = self.here().class.clone()?;
                Some(Location::new(PageKind::Source, Some(class)))
            }
        }
    }
}

/// The page that would be open if something that was found were opened; of a member, where it is written.
fn place_of(analysis: &Analysis, thing: Found) -> Location {
    let of_class = |page, id| Location::new(page, Some(ClassAt::of(analysis.class(id))));
    match thing {
        Found::Class(class)
        | Found::Key {
            class: Some(class), ..
        } => of_class(PageKind::Linearization, class),
        Found::Member {
            class,
            given_by,
            name,
        } => {
            let by = analysis.class(given_by);
            let bound = by.definitions(&name).into_iter().next();
            match bound.and_then(|it| it.place()) {
                Some(place) => Location {
                    source_line: Some(analysis.file(place.file).line(place.start)),
                    ..of_class(PageKind::Source, given_by)
                },
                None => of_class(PageKind::Lookup, class).about(Some(name)),
            }
        }
        Found::Module(name) => Location {
            head: Some(name.to_string()),
            ..Location::new(PageKind::Module, None)
        },
        Found::Registry(name) | Found::Key { registry: name, .. } => Location {
            head: Some(name),
            ..Location::new(PageKind::Atlas, None)
        },
        Found::Rule(_) => Location::new(PageKind::Problems, None),
        Found::Line { file, line } => Location {
            file: Some(analysis.file(file).shown.clone()),
            source_line: Some(line),
            ..Location::new(PageKind::Source, None)
        },
    }
}
