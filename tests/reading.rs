//! Bytes → text: what CPython would read, and its words where it would not.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

use mroscope::source::{Trouble, decode, read};

use crate::support::Sandbox;
use crate::support::python::interpreters;

/// Files in many encodings, right and wrong. Those with a message of CPython's own are compared word by word.
const SAMPLES: &[&[u8]] = &[
    b"",
    b"x = 1\n",
    "x = 'é ĳ 漢 🐍'\r\n".as_bytes(),
    b"\xef\xbb\xbfx = '\xc3\xa9'\n",
    b"\xef\xbb\xbf# coding: utf-8\nx = '\xc3\xa9'\n",
    b"\xef\xbb\xbf# coding: latin-1\nx = 1\n",
    b"# -*- coding: latin-1 -*-\nx = '\x80\x92\xe9\xff'\n",
    b"#!/usr/bin/env python\n# vim: set fileencoding=iso-8859-15 :\nx = '\xa4'\n",
    b"#!/usr/bin/env python\r# coding: latin-1\rx = '\xe9'\r",
    b"\n# coding: latin-1\nx = '\xe9'\n",
    b"x = 1\n# coding: latin-1\nx = '\xc3\xa9'\n",
    b"\n\n# coding: latin-1\nx = '\xc3\xa9'\n",
    b"'''\n# coding: nothing\n'''\n",
    b"# coding: utf-8-unix\nx = '\xc3\xa9'\n",
    b"# coding: iso-latin-1-unix\nx = '\xe9'\n",
    b"# coding:cp1252\nx = '\x80\x92'\n",
    b"# coding: cp1252\nx = '\x81'\n",
    b"# coding: windows-1251\nx = '\xcf\xf0'\n",
    b"# coding: koi8-r\nx = '\xd0\xd2'\n",
    b"# coding: iso8859-9\nx = '\xd0\xfd\x85'\n",
    b"# coding: mac-roman\nx = '\x8e'\n",
    b"# coding: euc_jp\nx = '\xa4\xa2'\n",
    b"# coding: euc-jp\nx = '\xff'\n",
    b"# coding: shift_jis\nx = '\x82\xa0'\n",
    b"# coding: big5\nx = '\xa4\xa4'\n",
    b"# coding: gbk\nx = '\xd6\xd0'\n",
    b"# coding: euc-kr\nx = '\xb0\xa1'\n",
    b"# coding: utf-7\nx = '+AOk-  +- +2D3cDQ-'\n",
    b"# coding: ascii\nx = '\xe9'\n",
    b"# coding: cp437\nx = 1\n",
    b"# coding: nonsense\nx = 1\n",
    b"# coding: rot13\nx = 1\n",
    b"# encoding without a colon\nx = '\xc3\xa9'\n",
    b"# coding, coding: latin-1\nx = '\xe9'\n",
    b"\x0c \t# coding= latin-1\nx = '\xe9'\n",
    b"x = '\xe9'\n",
    b"x = '\xe9\n",
    b"x = '\x80'\n",
    b"x = '\xff'\n",
    b"x = '\xe2\x82",
    b"x = '\xf0\x9f\x90'\n",
    b"x = '\xed\xa0\x80'\n",
    b"x = '\xc0\x80'\n",
    b"x = 1\0\n",
];

/// Decodes a line of hexadecimal digits as CPython does: the text, or what it says.
const ASK: &str = r"
import binascii, io, sys, tokenize
for line in sys.stdin:
    data = binascii.unhexlify(line.strip())
    try:
        compile(data, 'sample', 'exec')
    except (SyntaxError, ValueError) as error:
        said = getattr(error, 'msg', None) or str(error)
    else:
        said = ''
    if not (said.startswith(('unknown encoding', 'encoding problem', 'source code')) or 'text encoding' in said):
        try:
            name = tokenize.detect_encoding(io.BytesIO(data.replace(b'\r\n', b'\n').replace(b'\r', b'\n')).readline)[0]
            said = ''
        except SyntaxError as error:
            # `detect_encoding` refuses what is not UTF-8 before it says where.
            name = 'utf-8'
        try:
            print('+', binascii.hexlify(data.decode(name).encode('utf-8', 'surrogatepass')).decode())
            continue
        except UnicodeDecodeError as error:
            said = str(error)
    print('-', said)
";

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("a string takes what is written to it");
        digits
    })
}

#[test]
fn every_encoding_is_read_as_cpython_reads_it() {
    let Some(python) = interpreters().pop() else {
        return;
    };
    let mut child = python
        .command()
        .args(["-c", ASK])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the interpreter started before");
    let mut input = child.stdin.take().expect("it was asked for");
    for sample in SAMPLES {
        writeln!(input, "{}", digits(sample)).expect("the interpreter listens");
    }
    drop(input);
    let output = child.wait_with_output().expect("the interpreter ends");
    let answers = String::from_utf8(output.stdout).expect("it prints ASCII");
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(
        answers.len(),
        SAMPLES.len(),
        "{python:?} answered everything"
    );
    let mut differences = vec![];
    for (sample, answer) in SAMPLES.iter().zip(answers) {
        let ours = match decode(sample.to_vec()) {
            Ok(text) => {
                format!("+ {}", digits(text.text.as_bytes()))
            }
            Err(error) => format!("- {}", error.message),
        };
        if ours != answer {
            let sample = sample.escape_ascii();
            differences.push(format!("{sample}\n  mroscope {ours}\n  CPython  {answer}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn trouble_with_bytes_names_the_line() {
    let error = decode(b"x = 1\ny = 2\nz = '\xe9'\n".to_vec()).expect_err("this is not UTF-8");
    assert_eq!(error.kind, Trouble::Undecodable);
    assert_eq!(error.line, Some(3));
    assert_eq!(
        error.message,
        "'utf-8' codec can't decode byte 0xe9 in position 17: invalid continuation byte"
    );
}

#[test]
fn what_is_no_file_is_said_and_not_waited_for() {
    let sandbox = Sandbox::new("--- folder/x.py");
    let error = read(&sandbox.path("folder")).expect_err("a folder has no text");
    assert_eq!(
        (error.kind, error.message.as_str()),
        (Trouble::Unreadable, "not a regular file")
    );
    let error = read(&sandbox.path("gone.py")).expect_err("nothing is there");
    assert_eq!(error.message, "no such file or directory");
}

#[test]
fn a_file_beyond_all_measure_is_not_read() {
    let sandbox = Sandbox::new("");
    let path = sandbox.path("huge.py");
    std::fs::File::create(&path)
        .and_then(|file| file.set_len(200 * 1024 * 1024))
        .expect("the file has no content, only a length");
    let error = read(&path).expect_err("200 MiB are too many");
    assert_eq!(error.message, "200 MiB; files over 64 MiB are not read");
}
