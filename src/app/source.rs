//! Moving about in source: sideways where lines are longer than the screen is wide, and folding the bodies of functions and classes.

use std::ops::RangeInclusive;

use crate::analysis::Analysis;
use crate::app::clip;
use crate::app::state::State;
use crate::source::FileId;
use crate::syntax::{BodyAt, FileNames};
use crate::view::Body;

impl State {
    /// The cells of a row of source that hold its text, without the number of the line.
    fn room(&self) -> usize {
        let lines = self.shown.page.lines.iter();
        let label = lines.map(|line| match &line.body {
            Body::Source(text) => text.label_width(),
            _ => 0,
        });
        let label = label.max().unwrap_or(0);
        usize::from(self.areas().page_text().width).saturating_sub(label)
    }

    /// Scrolls lines of source sideways, by half of what is seen.
    pub(super) fn scroll_sideways(&mut self, by: isize) {
        if !self.here().shows_source() {
            self.say("only source is scrolled sideways");
            return;
        }
        let room = self.room();
        let height = usize::from(self.areas().page.height);
        let rows = self.shown.rows().iter().skip(self.here().top).take(height);
        let widths = rows.filter_map(|row| match &self.shown.page.lines.get(row.line)?.body {
            Body::Source(text) => Some(clip::width(&text.plain()) - text.label_width()),
            _ => None,
        });
        let most = widths.max().unwrap_or(0).saturating_sub(room);
        let step = (room / 2).max(1).cast_signed();
        let left = self.here().left;
        let next = left.saturating_add_signed(by * step);
        let next = if by > 0 {
            next.min(most.max(left))
        } else {
            next
        };
        if next == left {
            self.say(if by > 0 {
                "no line on the screen goes on"
            } else {
                "the lines begin here"
            });
        }
        self.history.here_mut().left = next;
    }

    /// Scrolls sideways so that these columns of a line's text are to be seen.
    pub(super) fn show_columns(&mut self, start: usize, end: usize) {
        let room = self.room();
        let left = self.here().left;
        // The first and the last cell hold the marks where text goes on.
        let is_seen = start > left || start == 0 || left == 0;
        if is_seen && end < left + room {
            return;
        }
        let wanted = (end + room / 4).saturating_sub(room);
        self.history.here_mut().left = wanted.min(start.saturating_sub(1));
    }

    /// Folds the body around the selected line, or unfolds it.
    pub(super) fn fold(&mut self) {
        let Some((file, line)) = self.line_of_source() else {
            self.say("a body is folded in the source of a class or file");
            return;
        };
        let Some(analysis) = self.analysis.clone() else {
            return;
        };
        let lines = |at: u32| analysis.file(file).line(at);
        let around = self.names_of(file).and_then(|names| {
            let mut bodies = names
                .bodies
                .iter()
                .filter(|it| lines(it.start) > lines(it.head));
            let here = |it: &&BodyAt| (lines(it.head)..=lines(it.end)).contains(&line);
            bodies.rfind(here).map(|it| lines(it.head))
        });
        let Some(head) = around else {
            self.say("no body of a function or class is around this line");
            return;
        };
        // What stands above the head stays where it is.
        let at = self
            .shown
            .page
            .lines
            .iter()
            .position(|it| match (&it.body, &it.link) {
                (Body::Source(_), Some(crate::view::Link::Source { line, .. })) => *line == head,
                _ => false,
            });
        let place = self.history.here_mut();
        match place.folds.iter().position(|&it| it == head) {
            Some(known) => {
                place.folds.remove(known);
            }
            None => place.folds.push(head),
        }
        place.line = at.or(place.line);
    }

    /// Folds the bodies of all functions, or unfolds all.
    pub(super) fn fold_all(&mut self) {
        let Some((file, line)) = self.line_of_source() else {
            self.say("bodies are folded in the source of a class or file");
            return;
        };
        let Some(analysis) = self.analysis.clone() else {
            return;
        };
        let lines = |at: u32| analysis.file(file).line(at);
        let mut seen = line;
        let folds = if self.here().folds.is_empty() {
            let mut heads = vec![];
            let mut end = 0;
            let names = self.names_of(file);
            for body in names.map_or(&[][..], |it| &it.bodies) {
                let (head, last) = (lines(body.head), lines(body.end));
                if !body.of_function || lines(body.start) == head || head <= end {
                    continue;
                }
                end = last;
                heads.push(head);
                if (head..=last).contains(&line) {
                    seen = head;
                }
            }
            if heads.is_empty() {
                self.say("there is no function whose body could be folded");
            }
            heads
        } else {
            vec![]
        };
        let place = self.history.here_mut();
        place.folds = folds;
        place.source_line = Some(seen);
    }

    /// The file and line of the selected line; of a folded body, its first line.
    fn line_of_source(&self) -> Option<(FileId, u32)> {
        if self.here().page != crate::view::PageKind::Source {
            return None;
        }
        match self.link() {
            Some(crate::view::Link::Source { file, line }) => Some((*file, *line)),
            _ => None,
        }
    }
}

/// The lines that are not shown where the bodies behind these heads are folded.
pub(super) fn hidden(
    analysis: &Analysis,
    file: FileId,
    names: &FileNames,
    heads: &[u32],
) -> Vec<RangeInclusive<u32>> {
    let lines = |at: u32| analysis.file(file).line(at);
    let bodies = names.bodies.iter();
    let folded = bodies.filter(|it| heads.contains(&lines(it.head)));
    folded
        .map(|it| lines(it.start)..=lines(it.end.saturating_sub(1)))
        .collect()
}

impl State {
    /// Says which of the lines that have what is sought is selected, on a page of source, and scrolls to it.
    pub(super) fn show_match(&mut self, found: &[usize], line: usize) {
        if !self.here().shows_source() {
            return;
        }
        let at = found.iter().position(|&it| it == line).unwrap_or(0);
        self.say(format!("match {} of {}", at + 1, found.len()));
        let Some(Body::Source(text)) = self.shown.page.lines.get(line).map(|it| &it.body) else {
            return;
        };
        let plain = text.plain().to_lowercase();
        let label = text.label_width();
        let sought = self.sought.to_lowercase();
        let Some(start) = plain.find(&sought) else {
            return;
        };
        let columns = |at: usize| plain.get(..at).map_or(0, clip::width).saturating_sub(label);
        let (start, end) = (columns(start), columns(start + sought.len()));
        self.show_columns(start, end);
    }

    /// Unfolds all bodies, with the selected line where it is.
    pub(super) fn unfold_source(&mut self) {
        if self.here().folds.is_empty() {
            return;
        }
        let line = self.line_of_source().map(|it| it.1);
        let place = self.history.here_mut();
        place.folds.clear();
        place.source_line = line;
    }
}
