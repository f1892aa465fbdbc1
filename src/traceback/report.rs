//! `Report`: one exception as a log tells it.

/// What a log says of exceptions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Log {
    /// The reports, in the order in which they were met; those that are alike are one.
    pub reports: Vec<Report>,
    /// How many lines were read.
    pub lines: usize,
    /// Lines of the log at which a traceback begins that has no end.
    pub cut: Vec<usize>,
    /// Reports that were left out because there were too many different ones.
    pub left_out: usize,
    /// The version of Python that the log speaks of: `3.11`.
    pub python: Option<String>,
}

/// One exception, as it was reported.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Report {
    /// Its class as the log names it: `TypeError`, `dataclasses.FrozenInstanceError`.
    pub kind: String,
    /// Its message; a line break stands where the log has one.
    pub message: String,
    /// What was added to it on its way (`__notes__`), or, before 3.12, the exception that was raised from it to the same end.
    pub notes: Vec<String>,
    /// The frames it came through, the innermost last. Empty where the log shows none.
    pub frames: Vec<Frame>,
    /// In which form it is told.
    pub form: Form,
    /// The line of the log that names the exception, from 1.
    pub line: usize,
    /// How often it is told.
    pub count: usize,
    /// Whether the log shortened the message.
    pub is_cut: bool,
}

/// A line of source that an exception came through.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Frame {
    /// The file, as the log names it.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The function; `<module>` at the top of a file, the name of a class in its body. Not every form tells it.
    pub function: Option<String>,
    /// The first line of the source, without its indentation.
    pub source: Option<String>,
}

/// How an exception is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Python's own traceback.
    Plain,
    /// A section of pytest, long or short.
    Pytest,
    /// One line: `tests/test_cart.py:5: TypeError: …`.
    Line,
    /// A line of pytest's summary: `FAILED tests/test_cart.py::test_total - TypeError: …`.
    Summary,
    /// A member of an exception group that was never raised.
    Member,
}

impl Report {
    /// The last part of the exception's class: `FrozenInstanceError`.
    pub fn name(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or(&self.kind)
    }

    /// `TypeError: duplicate base class A`, on one line.
    pub fn said(&self) -> String {
        let message: Vec<&str> = self.message.split_whitespace().collect();
        if message.is_empty() {
            return self.name().to_owned();
        }
        format!("{}: {}", self.name(), message.join(" "))
    }
}
