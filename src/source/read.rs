//! A file's bytes, decoded as CPython decodes source. What the text says is nobody's question here.
#![expect(clippy::disallowed_methods, reason = "this is where source is read")]

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::source::codec::{self, Codec};

/// Files larger than this, in bytes, are not read: nobody writes such a module, and one must not take all memory.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The whole text without its byte order mark; line ends as they are in the file.
    pub text: String,
    /// The encoding as the file names it; `utf-8` where it names none.
    pub encoding: String,
}

/// Why a file has no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    /// What kind of trouble.
    pub kind: Trouble,
    /// One line that says it, in CPython's words where CPython has some.
    pub message: String,
    /// The line, from 1, where the trouble has one.
    pub line: Option<u32>,
}

/// What kind of trouble a file or folder gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trouble {
    /// The system does not let us read it, or it is no file one could read.
    Unreadable,
    /// Its bytes are not the encoding it says, or Python knows no such encoding.
    Undecodable,
    /// Python would never import it under this name: another file comes first.
    Hidden,
}

impl ReadError {
    fn unreadable(message: impl Into<String>) -> Self {
        Self {
            kind: Trouble::Unreadable,
            message: message.into(),
            line: None,
        }
    }

    fn undecodable(message: impl Into<String>, line: u32) -> Self {
        Self {
            kind: Trouble::Undecodable,
            message: message.into(),
            line: Some(line),
        }
    }
}

/// Reads and decodes a source file.
pub fn read(path: &Path) -> Result<Text, ReadError> {
    decode(read_bytes(path)?)
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let say = |error: &io::Error| ReadError::unreadable(say_io(error));
    // A pipe or a device would keep us waiting for ever.
    let about = fs::metadata(path).map_err(|error| say(&error))?;
    if !about.is_file() {
        return Err(ReadError::unreadable("not a regular file"));
    }
    if about.len() > LARGEST_FILE {
        return Err(ReadError::unreadable(format!(
            "{} MiB; files over {} MiB are not read",
            about.len() / 1024 / 1024,
            LARGEST_FILE / 1024 / 1024
        )));
    }
    let mut bytes = Vec::with_capacity(about.len() as usize + 1);
    File::open(path)
        .and_then(|file| file.take(LARGEST_FILE).read_to_end(&mut bytes))
        .map_err(|error| say(&error))?;
    Ok(bytes)
}

/// Says a failure of the file system as the systems do, without a number: `permission denied`.
pub(super) fn say_io(error: &io::Error) -> String {
    let said = error.to_string();
    let said = said.split(" (os error").next().unwrap_or_default();
    let mut characters = said.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(characters).collect()
    })
}

/// Decodes the bytes of a source file: byte order mark, PEP 263 comment, UTF-8 if it names nothing.
pub fn decode(mut bytes: Vec<u8>) -> Result<Text, ReadError> {
    let marked = bytes.starts_with(b"\xef\xbb\xbf");
    if marked {
        bytes.drain(..3);
    }
    let cookie = cookie(&bytes);
    let (name, line) = cookie
        .as_ref()
        .map_or(("utf-8", 1), |cookie| (cookie.name.as_str(), cookie.line));
    let codec = codec::codec(name)
        .ok_or_else(|| ReadError::undecodable(format!("unknown encoding: {name}"), line))?;
    if marked && !matches!(codec, Codec::Utf8) {
        // CPython calls Latin-1 by this name however it was spelled.
        let name = match codec {
            Codec::Latin1 => "iso-8859-1",
            _ => name,
        };
        return Err(ReadError::undecodable(
            format!("encoding problem: {name} with BOM"),
            line,
        ));
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(ReadError::undecodable(
            "source code string cannot contain null bytes",
            line_of(&bytes, at),
        ));
    }
    // Only a failure asks for the bytes again, to count lines; they have become the text by then.
    let text = match codec {
        Codec::Utf8 => String::from_utf8(bytes).or_else(|error| {
            let bytes = error.into_bytes();
            decode_slowly(&bytes, codec, name)
        }),
        _ => decode_slowly(&bytes, codec, name),
    }?;
    Ok(Text {
        text,
        encoding: name.to_owned(),
    })
}

fn decode_slowly(bytes: &[u8], codec: Codec, name: &str) -> Result<String, ReadError> {
    codec::decode(bytes.to_vec(), codec, name)
        .map_err(|error| ReadError::undecodable(error.message, line_of(bytes, error.at)))
}

fn line_of(bytes: &[u8], at: usize) -> u32 {
    bytes[..at.min(bytes.len())]
        .split(|&byte| byte == b'\n')
        .count() as u32
}

/// A comment that names the encoding.
struct Cookie {
    name: String,
    line: u32,
}

/// Finds the encoding comment as CPython's tokenizer does (`get_coding_spec`): on the first line, or on the second if
/// the first holds nothing but a comment.
///
/// ```py
/// #!/usr/bin/env python
/// # -*- coding: latin-1 -*-
/// ```
fn cookie(bytes: &[u8]) -> Option<Cookie> {
    let mut rest = bytes;
    for line in 1..=2 {
        let end = rest
            .iter()
            .position(|&byte| byte == b'\n' || byte == b'\r')
            .unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        if let Some(name) = encoding_named(text) {
            return Some(Cookie { name, line });
        }
        let blank = text
            .iter()
            .find(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c'))
            .is_none_or(|&byte| byte == b'#');
        if !blank {
            return None;
        }
        rest = after
            .strip_prefix(b"\r\n")
            .or_else(|| after.get(1..))
            .unwrap_or_default();
    }
    None
}

/// `^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)`, by hand.
fn encoding_named(line: &[u8]) -> Option<String> {
    let start = line
        .iter()
        .position(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c'))?;
    let comment = line[start..].strip_prefix(b"#")?;
    let mut from = 0;
    while let Some(found) = comment[from..]
        .windows(6)
        .position(|window| window == b"coding")
    {
        let after = &comment[from + found + 6..];
        from += found + 6;
        let Some((b':' | b'=', value)) = after.split_first() else {
            continue;
        };
        let blanks = value
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        let value = &value[blanks..];
        let length = value
            .iter()
            .position(|&byte| !(byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)))
            .unwrap_or(value.len());
        if length > 0 {
            return Some(String::from_utf8_lossy(&value[..length]).into_owned());
        }
    }
    None
}
