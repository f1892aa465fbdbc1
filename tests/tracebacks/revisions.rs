//! Logs that are not of the files that are here: of another machine, of an older revision, of a project that was mended since.

use mroscope::source::PythonVersion;
use mroscope::traceback::Reader;
use mroscope::view::{Verdict, answers};

use super::{lines, named};
use crate::support::Sandbox;
use crate::support::witness::analysis_of;

const LOG: &str = r#"Traceback (most recent call last):
  File "/builds/group/shop/run.py", line 1, in <module>
    import shop.broken
  File "/builds/group/shop/shop/broken.py", line 5, in <module>
    class Crossed(X, Y): ...
TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B
"#;

const BROKEN: &str = "class A: ...
class B: ...
class X(A, B): ...
class Y(B, A): ...
class Crossed(X, Y): ...
";

/// The first answer to a log: its verdict, what it is about, what it says.
fn answer(files: &str, log: &str) -> (Verdict, String, String) {
    let sandbox = Sandbox::new(files);
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(13));
    let log = Reader::read(log);
    let answers = answers(&analysis.places(), &log);
    let first = answers.first().expect("there is a report");
    (first.verdict, named(&analysis, first), lines(first))
}

fn project(broken: &str) -> String {
    [
        "--- run.py\nimport shop.broken\n--- shop/__init__.py\n--- shop/broken.py\n",
        broken,
    ]
    .concat()
}

#[test]
fn a_path_of_another_machine_means_the_file_with_the_same_end() {
    let (verdict, about, said) = answer(&project(BROKEN), LOG);
    assert_eq!(verdict, Verdict::Explained);
    assert_eq!(about, "creation shop.broken:Crossed");
    assert!(!said.contains("revision"), "{said}");
    let windows = LOG
        .replace("/builds/group/", "C:\\\\work\\\\")
        .replace("shop/broken", "shop\\\\broken");
    assert_eq!(
        answer(&project(BROKEN), &windows).1,
        "creation shop.broken:Crossed"
    );
    let (verdict, _, _) = answer("--- other.py\nclass C: ...\n", LOG);
    assert_eq!(verdict, Verdict::NotPlaced);
}

#[test]
fn of_several_files_with_one_end_the_quoted_text_decides() {
    let files =
        "--- a/broken.py\nclass Z: ...\n--- b/broken.py\nclass A: ...\nclass C(A, A): ...\n";
    let log = "Traceback (most recent call last):
  File \"broken.py\", line 2, in <module>
    class C(A, A): ...
TypeError: duplicate base class A
";
    let (verdict, about, _) = answer(files, log);
    assert_eq!(
        (verdict, about.as_str()),
        (Verdict::Explained, "creation b.broken:C")
    );
}

#[test]
fn a_statement_that_has_moved_is_followed() {
    let moved = ["# a line\n\n# and more\n", BROKEN].concat();
    let (verdict, about, said) = answer(&project(&moved), LOG);
    assert_eq!(verdict, Verdict::Explained);
    assert_eq!(about, "creation shop.broken:Crossed");
    assert!(
        said.contains("another revision") && said.contains("is line 8 now"),
        "{said}"
    );
}

#[test]
fn a_class_that_was_mended_since_is_said_to_raise_no_more() {
    let mended = BROKEN.replace("class Y(B, A)", "class Y(A, B)");
    let (verdict, about, said) = answer(&project(&mended), LOG);
    assert_eq!(verdict, Verdict::NoReason);
    assert_eq!(about, "creation shop.broken:Crossed");
    assert!(
        said.contains("sees no reason") && said.contains("Crossed X Y A B object"),
        "{said}"
    );
}

#[test]
fn a_statement_that_was_written_anew_is_found_by_its_name() {
    let mended = BROKEN.replace("class Crossed(X, Y): ...", "class Crossed(X): ...");
    let (verdict, about, said) = answer(&project(&mended), LOG);
    assert_eq!(verdict, Verdict::NoReason);
    assert_eq!(about, "creation shop.broken:Crossed");
    assert!(
        said.contains("another revision") && said.contains("`class Crossed(X): ...` now"),
        "{said}"
    );
}

#[test]
fn a_class_that_is_gone_is_not_placed() {
    let gone = "class A: ...\nclass B: ...\n";
    let (verdict, about, said) = answer(&project(gone), LOG);
    assert_eq!(verdict, Verdict::NotPlaced);
    assert_eq!(about, "creation ");
    assert!(
        said.contains("another revision") && said.contains("the file has 3 lines now"),
        "{said}"
    );
}

#[test]
fn the_project_may_have_been_installed_there() {
    let log = LOG.replace(
        "/builds/group/shop/shop/",
        "/work/.tox/py39/lib/python3.9/site-packages/shop/",
    );
    assert_eq!(
        answer(&project(BROKEN), &log).1,
        "creation shop.broken:Crossed"
    );
    // The standard library's own files are no files of a project, whatever their names.
    let files = "--- enum.py\nclass C: ...\n";
    let log = "Traceback (most recent call last):
  File \"/usr/lib/python3.11/enum.py\", line 1, in <module>
    class C: ...
AttributeError: 'C' object has no attribute 'x'
";
    let sandbox = Sandbox::new(files);
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(11));
    let frame = &Reader::read(log).reports[0].frames[0];
    let found = analysis
        .places()
        .spot(&frame.path, frame.line, frame.source.as_deref());
    assert_eq!(found, None);
}

#[test]
fn what_is_not_known_whole_is_no_reason() {
    let files = "--- run.py\nimport gone\nclass Base(gone.Client): ...\nclass Order(Base):\n    def save(self):\n        super().save()\nOrder().total\n";
    let attribute = "Traceback (most recent call last):
  File \"run.py\", line 7, in <module>
    Order().total
AttributeError: 'Order' object has no attribute 'total'
";
    let (verdict, about, said) = answer(files, attribute);
    assert_eq!(
        (verdict, about.as_str()),
        (Verdict::Unknown, "attribute run:Order")
    );
    assert!(
        said.contains("not all of its ancestors are known") && said.contains("gone"),
        "{said}"
    );
    let called = "Traceback (most recent call last):
  File \"run.py\", line 6, in save
    super().save()
AttributeError: 'super' object has no attribute 'save'
";
    let (verdict, about, said) = answer(files, called);
    assert_eq!(
        (verdict, about.as_str()),
        (Verdict::Unknown, "super run:Order")
    );
    assert!(said.contains("gone"), "{said}");
    let made =
        "run.py:3: TypeError: Can't instantiate abstract class Order with abstract method go\n";
    let (verdict, about, said) = answer(files, made);
    assert_eq!(
        (verdict, about.as_str()),
        (Verdict::Unknown, "abstract run:Order")
    );
    assert!(said.contains("gone"), "{said}");
}

#[test]
fn a_logger_that_writes_json_is_understood() {
    let log = r#"{"level": "ERROR", "exc_info": "Traceback (most recent call last):\n  File \"/app/shop/broken.py\", line 5, in <module>\n    class Crossed(X, Y): ...\nTypeError: Cannot create a consistent method resolution order (MRO) for bases A, B", "time": 1}"#;
    assert_eq!(
        answer(&project(BROKEN), log).1,
        "creation shop.broken:Crossed"
    );
}

#[test]
fn an_exception_may_stand_above_its_traceback() {
    let log = "2024-01-01T00:00:00Z [ERROR] TypeError: duplicate base class A
2024-01-01T00:00:00Z Traceback (most recent call last):
2024-01-01T00:00:00Z \u{a0}\u{a0}File \"/var/task/shop/broken.py\", line 5, in <module>
"
    .replace('\u{a0}', " ")
        + "2024-01-01T00:00:00Z     class Crossed(X, Y): ...\nEND RequestId: 1\n";
    let (_, about, _) = answer(&project(BROKEN), &log);
    assert_eq!(about, "creation shop.broken:Crossed");
}

#[test]
fn what_was_abstract_and_is_defined_now_is_said_to_be() {
    let log = "Traceback (most recent call last):
  File \"/srv/app/run.py\", line 9, in <module>
    Disk()
TypeError: Can't instantiate abstract class Disk with abstract method load
";
    let files = "--- run.py\nfrom abc import ABC, abstractmethod\nclass Storage(ABC):\n    @abstractmethod\n    def load(self): ...\nclass Disk(Storage):\n    def load(self): ...\nDisk()\n";
    let (verdict, about, said) = answer(files, log);
    assert_eq!(
        (verdict, about.as_str()),
        (Verdict::NoReason, "abstract run:Disk")
    );
    assert!(
        said.contains("is defined by Disk now") && said.contains("another revision"),
        "{said}"
    );
}
