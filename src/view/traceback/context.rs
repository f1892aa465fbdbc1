//! `Context`: a report beside the project: which of its lines are found, and which class is meant by a name.

use crate::analysis::{Analysis, ClassRef, Places, Spot, SpotText};
use crate::semantics::{Member, Outcome};
use crate::traceback::{Frame, Report};
use crate::view::bounded::{LONGEST, one_line, shortened};
use crate::view::words::place_link;
use crate::view::{Line, Link, Page, Role, Span};

/// The longest quotation of a line of source, in characters.
const QUOTED: usize = 60;

/// How many things out of view are named.
const GAPS: usize = 3;

/// A report beside the project.
pub(super) struct Context<'a, 'r> {
    pub(super) places: &'r Places<'a>,
    pub(super) analysis: &'a Analysis,
    pub(super) report: &'r Report,
    /// The frames with where they are found, the innermost first.
    pub(super) frames: Vec<(&'r Frame, Option<Spot>)>,
}

impl<'a, 'r> Context<'a, 'r> {
    pub(super) fn of(places: &'r Places<'a>, report: &'r Report) -> Self {
        let frames = report.frames.iter().rev();
        Self {
            places,
            analysis: places.analysis(),
            report,
            frames: frames
                .map(|frame| {
                    let source = frame.source.as_deref();
                    (frame, places.spot(&frame.path, frame.line, source))
                })
                .collect(),
        }
    }

    /// The frames that are found, the innermost first.
    pub(super) fn found(&self) -> impl Iterator<Item = (&'r Frame, Spot)> + '_ {
        self.frames
            .iter()
            .filter_map(|(frame, spot)| Some((*frame, (*spot)?)))
    }

    /// The innermost frame, if it is found.
    pub(super) fn innermost(&self) -> Option<(&'r Frame, Spot)> {
        let (frame, spot) = self.frames.first()?;
        Some((*frame, (*spot)?))
    }

    /// The source of the innermost frame that is found, as the log shows it, or as the file has it; where none is found, of the innermost.
    pub(super) fn source(&self) -> &str {
        let found = self.frames.iter().find(|(_, spot)| spot.is_some());
        self.source_of(found.or(self.frames.first()))
    }

    /// The same of the innermost frame, be it found or not.
    pub(super) fn innermost_source(&self) -> &str {
        self.source_of(self.frames.first())
    }

    fn source_of<'s>(&'s self, at: Option<&'s (&'r Frame, Option<Spot>)>) -> &'s str {
        let Some((frame, spot)) = at else {
            return "";
        };
        match (&frame.source, spot) {
            (Some(source), _) => source,
            (None, Some(spot)) => self.analysis.file(spot.file).line_text(spot.line).trim(),
            (None, None) => "",
        }
    }

    /// The class that is being made on a frame: its statement stands on the line, or its body runs. The innermost one.
    pub(super) fn making(&self) -> Option<(ClassRef<'a>, &'r Frame, Spot)> {
        self.found().find_map(|(frame, spot)| {
            let class = self.made_on(frame, spot)?;
            Some((class, frame, spot))
        })
    }

    fn made_on(&self, frame: &Frame, spot: Spot) -> Option<ClassRef<'a>> {
        if spot.text == SpotText::Gone {
            // Whatever stands on the line now, the log shows the statement.
            let name = statement_name(frame.source.as_deref()?)?;
            let mut in_file = self.places.classes_called(name).into_iter();
            return in_file.rfind(|class| class.place().is_some_and(|it| it.file == spot.file));
        }
        // Some tools write the qualified name.
        let function = frame.function.as_deref();
        let function = function.map(|it| it.rsplit('.').next().unwrap_or(it));
        let headed = self.places.class_headed(spot.file, spot.line);
        if let Some(class) = headed.filter(|it| function.is_none_or(|by| makes(by, *it))) {
            return Some(class);
        }
        let around = self.places.class_around(spot.file, spot.line)?;
        (Some(around.name()) == function).then_some(around)
    }

    /// Which class a message means by a name: the project's own before others, and of several that which the frames have to do with.
    /// Beside it, how many others have the name.
    pub(super) fn called(
        &self,
        name: &str,
        fits: &dyn Fn(ClassRef<'a>) -> bool,
    ) -> Option<(ClassRef<'a>, usize)> {
        let mut classes = self.places.classes_called(name);
        let nearest = classes.first()?.home();
        classes.retain(|class| class.home() == nearest);
        let likely = |class| self.has_to_do_with(class) + 3 * usize::from(fits(class));
        let best = classes
            .iter()
            .map(|&class| (likely(class), class))
            .rev()
            .max_by_key(|(likely, _)| *likely)?;
        Some((best.1, classes.len() - 1))
    }

    /// How much the frames have to do with a class.
    pub(super) fn has_to_do_with(&self, class: ClassRef<'a>) -> usize {
        let of_frame = |frame: &Frame, spot: Spot| {
            let around = self.places.class_around(spot.file, spot.line);
            let is_own = around.is_some_and(|around| {
                around == class
                    || class.known_ancestry().contains(&around)
                    || around.known_ancestry().contains(&class)
            });
            let is_named = frame
                .source
                .as_deref()
                .is_some_and(|it| names_word(it, class.name()));
            let is_near = class.place().is_some_and(|it| it.file == spot.file);
            let means = self.analysis.modules.iter().any(|module| {
                module.file == Some(spot.file)
                    && module.names.get(class.name()) == Some(&class.id())
            });
            4 * usize::from(is_own)
                + 2 * usize::from(means)
                + usize::from(is_near)
                + usize::from(is_named)
        };
        self.found()
            .map(|(frame, spot)| of_frame(frame, spot))
            .max()
            .unwrap_or(0)
    }

    /// Says that the log is of another revision, where the line that decides is another now.
    pub(super) fn revision(&self, page: &mut Page, frame: &Frame, spot: Spot) {
        let file = self.analysis.file(spot.file);
        let said = match spot.text {
            SpotText::Same | SpotText::NotTold => return,
            SpotText::Moved => format!(
                "  the log is of another revision: what it shows as {}:{} is line {} now",
                file.shown, frame.line, spot.line
            ),
            SpotText::Gone => {
                let now = one_line(file.line_text(frame.line), QUOTED);
                let now = if frame.line > file.line_count() {
                    format!("the file has {} lines now", file.line_count())
                } else if now.is_empty() {
                    "that line is empty now".to_owned()
                } else {
                    format!("that line is `{now}` now")
                };
                format!(
                    "  the log is of another revision: it shows {}:{} as `{}`, {now}",
                    file.shown,
                    frame.line,
                    one_line(frame.source.as_deref().unwrap_or(""), QUOTED)
                )
            }
        };
        page.push(
            Line::text(vec![Span::new(said, Role::Warning)]).to(Some(Link::Source {
                file: spot.file,
                line: spot.line.min(file.line_count()),
            })),
        );
    }

    /// The same of the innermost frame that is found.
    pub(super) fn revision_here(&self, page: &mut Page) {
        if let Some((frame, spot)) = self.found().next() {
            self.revision(page, frame, spot);
        }
    }
}

/// Whether the frame of a function can be the one that makes a class: the module, the function or the class around its statement.
///
/// ```py
/// class Cart: total = lambda self: self.items  # a frame of `<lambda>` on this line makes nothing
/// ```
fn makes(function: &str, class: ClassRef<'_>) -> bool {
    let qualname = class.path().qualname.as_str();
    let around = match qualname.rsplit_once('.') {
        None => "<module>",
        Some((around, _)) => around.strip_suffix(".<locals>").unwrap_or(around),
    };
    let around = around.rsplit('.').next().unwrap_or(around);
    // The body of a class is a function with its name.
    function == around || function == class.name()
}

/// Whether a word stands in a text by itself.
pub(super) fn names_word(text: &str, word: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(is_part)
            && !text[at + word.len()..].chars().next().is_some_and(is_part)
    })
}

/// The name in `class Cart(Base):`.
fn statement_name(source: &str) -> Option<&str> {
    let rest = source.trim_start().strip_prefix("class ")?.trim_start();
    let end = rest
        .find(|char: char| !(char.is_alphanumeric() || char == '_'))
        .unwrap_or(rest.len());
    (end > 0).then_some(&rest[..end])
}

/// The head of a function: `save(self, key, *, again=False)`, on one line.
pub(super) fn head(analysis: &Analysis, member: &Member) -> Option<String> {
    let text = analysis.text_of(member.place?);
    let text = &text[..text.floor_char_boundary(2000)];
    let start = text.find("def ")? + 4;
    let mut depth = 0_usize;
    for (at, char) in text[start..].char_indices() {
        match char {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(one_line(&text[start..=start + at], QUOTED));
                }
            }
            _ => {}
        }
    }
    None
}

/// Says something on a line of its own.
pub(super) fn say(page: &mut Page, text: impl AsRef<str>) {
    page.push(Line::text(vec![Span::plain(format!(
        "  {}",
        text.as_ref()
    ))]));
}

/// The ancestors of a class, itself first, as far as they are known.
pub(super) fn ancestors(class: ClassRef<'_>) -> String {
    let known: Vec<&str> = class
        .known_ancestry()
        .into_iter()
        .map(ClassRef::name)
        .collect();
    shortened(&known.join(" "), 2 * LONGEST)
}

/// Says what keeps the ancestors of a class from being known; tells whether anything does.
pub(super) fn gaps(page: &mut Page, class: ClassRef<'_>) -> bool {
    let Outcome::Unknown { because, .. } = class.outcome() else {
        return false;
    };
    say(
        page,
        "not all of its ancestors are known, so that there may be more to it:",
    );
    for gap in because.iter().take(GAPS) {
        page.push(
            Line::text(vec![Span::faint(format!(
                "    {}",
                class.analysis().say_gap(gap)
            ))])
            .to(place_link(class.analysis(), gap.at)),
        );
    }
    true
}
