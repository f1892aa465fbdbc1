//! Files that are made to stall, to fill the memory or to overflow the stack: each is read to its end, and what stands behind the trap is
//! known or said not to be. A trap that works shows as a test that does not come back, or as a program that is aborted.

use std::path::Path;

use mroscope::semantics::Outcome;
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::witness::analysis_of;

#[test]
fn no_file_stalls_it_and_what_stands_behind_is_still_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let entries = std::fs::read_dir(folder).expect("the folder stands beside this test");
    let mut paths: Vec<_> = entries.flatten().map(|it| it.path()).collect();
    paths.sort();
    assert!(paths.len() > 20, "there are files in it");
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("the file is text");
        let sandbox = Sandbox::new("");
        sandbox.write("trap.py", &text);
        let analysis = analysis_of(&sandbox.root(), PythonVersion::three(11));
        let last = analysis.project_classes().find(|it| it.name() == "Last");
        let last = last.unwrap_or_else(|| panic!("{} has lost its last class", path.display()));
        assert!(
            !matches!(last.outcome(), Outcome::Raises(_)),
            "{}: {:?}",
            path.display(),
            last.outcome()
        );
    }
}
