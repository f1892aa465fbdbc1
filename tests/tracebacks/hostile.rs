//! What is no log: bytes, halves of reports, lines without end. Nothing of it stops the reader, or takes long.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use mroscope::source::PythonVersion;
use mroscope::traceback::Reader;
use mroscope::view::{answers, traceback};

use super::recorded;
use crate::support::Sandbox;
use crate::support::random::Random;
use crate::support::witness::analysis_of;

/// Reads a text, answers it, and makes the page.
fn survives(analysis: &mroscope::analysis::Analysis, text: &str) {
    let log = Reader::read(text);
    let places = analysis.places();
    let answers = answers(&places, &log);
    let page = traceback(&places, &log, "log", &answers);
    for line in &page.lines {
        let plain = line.plain();
        assert!(!plain.chars().any(char::is_control), "{plain:?}");
    }
}

#[test]
fn a_log_may_end_anywhere() {
    let sandbox = Sandbox::new(recorded::PROJECT);
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(11));
    for (name, _, text) in recorded::logs() {
        // Each line of the shorter ones; of the others some.
        let lines: Vec<&str> = text.lines().collect();
        let step = 1 + lines.len() / 60;
        for at in (0..lines.len()).step_by(step) {
            survives(&analysis, &lines[..at].join("\n"));
            survives(&analysis, &lines[at..].join("\n"));
        }
        let half = text.floor_char_boundary(text.len() / 2);
        survives(&analysis, &text[half..]);
        assert!(!name.is_empty());
    }
}

#[test]
fn a_log_may_be_anything() {
    let sandbox = Sandbox::new(recorded::PROJECT);
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(11));
    let pieces = [
        "Traceback (most recent call last):\n",
        "  File \"shop/models.py\", line 5, in load\n",
        "  File \"",
        "\", line 99999999999999999999, in x\n",
        "E   ",
        "TypeError: ",
        "'Disk' object has no attribute '",
        "'super' object has no attribute 'load'\n",
        "Can't instantiate abstract class Disk with abstract methods , ,\n",
        "shop/models.py:5: TypeError\n",
        "shop/models.py:0: in f\n",
        ">   super().load()\n",
        "  + Exception Group Traceback (most recent call last):\n",
        "  +-+---------------- 1 ----------------\n",
        "    | ValueError: x\n",
        "\u{1b}[",
        "\u{1b}]8;;",
        "\u{202e}",
        "é",
        "\u{0}",
        "\n",
        "\r",
        "\t",
        "    ",
        "[",
        "]",
        ": ",
        "2024-01-01T00:00:00Z ",
        "web-1  | ",
        "FAILED tests/test_shop.py::test_x - AttributeError: 'Disk' obj...\n",
        "property '' of '' object has no setter\n",
        "Error calling __set_name__ on '' instance '' in ''\n",
        "() takes no arguments\n",
        "super(type, obj): obj (instance of ",
        "class ",
    ];
    for seed in 0..400 {
        let mut random = Random::new(11, seed);
        let count = 1 + random.below(60);
        let text: String = (0..count).map(|_| random.pick(&pieces)).collect();
        survives(&analysis, &text);
    }
    for seed in 0..200 {
        let mut random = Random::new(12, seed);
        let bytes: Vec<u8> = (0..random.below(2000))
            .map(|_| random.below(256) as u8)
            .collect();
        survives(&analysis, &String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_line_without_end_and_a_log_of_many_reports_take_no_time() {
    let sandbox = Sandbox::new(recorded::PROJECT);
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(11));
    let begun = Instant::now();
    survives(&analysis, &"x".repeat(10_000_000));
    survives(&analysis, &format!("TypeError: {}", "(".repeat(10_000_000)));
    survives(
        &analysis,
        &"Traceback (most recent call last):\n".repeat(100_000),
    );
    survives(
        &analysis,
        &"  File \"a.py\", line 1, in f\n".repeat(100_000),
    );
    let frames = "  File \"shop/models.py\", line 5, in load\n    self.load()\n".repeat(50_000);
    survives(
        &analysis,
        &format!("Traceback (most recent call last):\n{frames}RecursionError: too deep\n"),
    );
    let mut many = String::new();
    for number in 0..20_000 {
        many.push_str(
            "Traceback (most recent call last):\n  File \"shop/models.py\", line 5, in f\n    x\n",
        );
        writeln!(
            many,
            "AttributeError: 'Disk' object has no attribute 'a{number}'"
        )
        .expect("a text takes more text");
    }
    survives(&analysis, &many);
    let took = begun.elapsed();
    assert!(took < Duration::from_mins(1), "it took {took:?}");
}
