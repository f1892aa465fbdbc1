//! WHAT A LOG SAYS. Reports of exceptions in the output of Python, pytest, unittest and what runs them: pure text, no analysis.
//!
//! A log comes line by line and may be anything: bytes, half of a report, a line without end. What is kept is bounded; reading takes
//! time in proportion to its length.

mod complaint;
mod decoration;
mod plain;
mod pytest;
mod reader;
mod report;

pub use complaint::{Complaint, SuperFault};
pub use reader::Reader;
pub use report::{Form, Frame, Log, Report};
