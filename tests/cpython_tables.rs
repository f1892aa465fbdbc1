//! The embedded tables are what each CPython on this machine says of itself.

use crate::support::python;

#[test]
fn every_interpreter_found_says_the_version_it_was_found_for() {
    for interpreter in python::interpreters() {
        let output = interpreter
            .command()
            .args([
                "-c",
                "import sys; print('%d.%d.%d' % sys.version_info[:3], end='')",
            ])
            .output()
            .expect("an interpreter that answered once starts again");
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            interpreter.full_version
        );
    }
}
