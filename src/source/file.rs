//! One file's text, and how an offset in it becomes a line a person can go to.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// Which file of an analysis: one more than its index in the list of files, so that a place which may be absent takes no more room than one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(NonZeroU32);

impl FileId {
    /// The file at this index of the list.
    pub fn at(index: usize) -> Self {
        Self(NonZeroU32::MIN.saturating_add(index as u32))
    }

    /// Its index in the list.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A stretch of one file, as byte offsets into its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

/// A position as editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A file that was read: its path and its decoded text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Where it was read from.
    pub path: PathBuf,
    /// The path people are shown: relative to the import root, with `/` between its parts.
    pub shown: String,
    /// The whole text, decoded; line ends as they are in the file.
    pub text: Arc<str>,
    lines: Arc<Lines>,
}

/// Where the lines of a text start, counted when somebody asks first. Goes with one text, whoever reads it.
#[derive(Debug, Default)]
pub struct Lines(OnceLock<Vec<u32>>);

impl SourceFile {
    /// Takes a text that was read from `path`; `shown` is the path relative to its import root.
    pub fn new(path: PathBuf, shown: String, text: impl Into<Arc<str>>) -> Self {
        Self::of(path, shown, text.into(), Arc::default())
    }

    /// The same, of a text whose lines others count, too.
    pub(crate) fn of(path: PathBuf, shown: String, text: Arc<str>, lines: Arc<Lines>) -> Self {
        Self {
            path,
            shown,
            text,
            lines,
        }
    }

    /// Offsets at which lines start. `\n`, `\r\n` and a lone `\r` end a line, as in Python's tokenizer.
    fn line_starts(&self) -> &[u32] {
        self.lines.0.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut starts = vec![0];
            for (at, &byte) in bytes.iter().enumerate() {
                if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                    starts.push(at as u32 + 1);
                }
            }
            starts
        })
    }

    /// Returns the line, from 1, that holds the byte at `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        self.line_starts().partition_point(|&start| start <= offset) as u32
    }

    /// Returns line and column of the byte at `offset`.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.line(offset);
        let start = self.line_starts()[line as usize - 1] as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self
            .text
            .get(start..end)
            .map_or(0, |before| before.chars().count());
        LineColumn {
            line,
            column: column as u32 + 1,
        }
    }

    /// In which column the first letter of `line` stands, from 1.
    pub fn first_column(&self, line: u32) -> u32 {
        let letters = self.line_text(line).chars();
        letters.take_while(|it| it.is_whitespace()).count() as u32 + 1
    }

    /// How many lines there are; an empty file has one.
    pub fn line_count(&self) -> u32 {
        self.line_starts().len() as u32
    }

    /// Returns the text of `line` (from 1) without its line end, or an empty text past the end.
    pub fn line_text(&self, line: u32) -> &str {
        let starts = self.line_starts();
        let Some(&start) = (line as usize).checked_sub(1).and_then(|at| starts.get(at)) else {
            return "";
        };
        let end = starts
            .get(line as usize)
            .map_or(self.text.len(), |&next| next as usize);
        self.text[start as usize..end].trim_end_matches(['\n', '\r'])
    }

    /// Returns the offset at which `line` (from 1) starts.
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.line_starts()
            .get((line as usize).checked_sub(1)?)
            .copied()
    }

    /// Returns the text of a stretch of this file, empty where it lies outside.
    pub fn slice(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }
}
